"""Limits of a number or a dimension that grows beyond all bounds, by the leading terms of a normal form.

A normal form in one variable t is a quotient of sums of terms c t^a e^(kt), or c t^a b^t. The largest term above
and the largest below settle the limit. Of log p, whose p grows like c t^a e^(kt) with c > 0, the largest term is k t;
without an exponential it is a log t; and that of p - 1 if p tends to 1. What cancels is refused, so that nothing
smaller is needed. The limit is replayed in ball arithmetic at four points further and further out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from verify import language as said
from verify.kernel.atoms import CONSTANT, Atom, EntryForm, ExpForm, Exponent, LogForm, Monomial, Poly, SizeForm
from verify.kernel.balls import Balls, precision
from verify.kernel.division import cleared
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.members import entries_as_members
from verify.kernel.normal import NormalForm
from verify.kernel.point import Point
from verify.kernel.products import Decide, decide_product_limit
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import Statement, statement
from verify.kernel.term import LARGEST_EXPONENT, Unsupported, Variable
from verify.language import Expression, Infinity, Link, Relation
from verify.language.link import Interval
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import Depth
from verify.language.verdict import Proved, Refuted, Replay, Undecided, Verdict, Witness

FAR = tuple(2**power for power in (8, 16, 24, 32))
BITS = 4096
NEAR = arb(2) ** -5
BESIDE = "the limit of powers of e beside powers of other numbers"


@dataclass(frozen=True, order=True)
class Growth:
    """How fast t^power (log t)^logs base^t e^(rate t) grows; of a base beside a rate nothing is said."""

    rate: Fraction
    base: Fraction
    power: Fraction
    logs: Fraction = Fraction(0)

    def __mul__(self, other: Growth) -> Growth:
        return Growth(self.rate + other.rate, self.base * other.base, self.power + other.power, self.logs + other.logs)

    def power_of(self, exponent: int) -> Growth:
        """How a whole power of it grows."""
        return Growth(self.rate * exponent, self.base**exponent, self.power * exponent, self.logs * exponent)


CONSTANT_GROWTH = Growth(Fraction(0), Fraction(1), Fraction(0))


@dataclass(frozen=True)
class Limit:
    """What a quotient tends to: a number, or plus or minus infinity."""

    value: Fraction | None
    sign: int = 0

    def __str__(self) -> str:
        return str(self.value) if self.value is not None else "oo" if self.sign > 0 else "-oo"


@dataclass(frozen=True)
class Approach:
    """A variable, and the sign of the infinity that it tends to."""

    variable: said.Name | said.Dimension
    sign: int


def approach(link: Link) -> tuple[Approach, tuple[Link, ...]]:
    """What tends to infinity in a link, and its other hypotheses."""
    found: list[Approach] = []
    others: list[Link] = []
    for each in link.given:
        match each:
            case Link(
                left=(said.Name() | said.Dimension()) as variable, relation=Relation.TENDS, right=Infinity() as end
            ):
                found.append(Approach(variable, end.sign))
            case _:
                others.append(each)
    if len(found) != 1:
        raise Unsupported("a limit without exactly one variable that tends to infinity")
    (only,) = found
    if isinstance(only.variable, said.Dimension) and only.sign < 0:
        raise Unsupported("a dimension that tends to minus infinity")
    return only, tuple(others)


def decide_limit(link: Link, depth: Depth, decide: Decide) -> Verdict:
    """The verdict on a limit.

    >>> from verify.language import oo, scalar, sigma, tends_to
    >>> z = scalar("z")
    >>> from verify.kernel.decide import decide
    >>> link, = tends_to(sigma.derivative(z), 0, z=oo).links()
    >>> decide(link).method
    'leading terms'
    >>> link, = tends_to(sigma(z), 0, z=oo).links()
    >>> print(decide(link).witness)
    for z = oo: left 1, right 0
    """
    towards, others = approach(link)
    if depth:
        return _of_product(link, depth, towards, decide)
    if others or not is_scalar(shape_of(link.left)) or isinstance(link.right, tuple | Interval):
        raise Unsupported("a limit of anything but a number, or under hypotheses")
    claimed = claimed_limit(link.right)
    stated = statement(link.left, said.Number(0), ())
    found = _limit(stated, towards)
    if found != claimed:
        ends = (("oo" if towards.sign > 0 else "-oo",),)
        seen = Witness((), (), ((towards.variable.symbol, ends),), (), str(found), str(claimed))
        return Refuted(seen) if _replayed(stated, towards, found) else _unclear()
    if not _replayed(stated, towards, found):
        return _unclear()
    words = tuple(f"{towards.variable.symbol} = {towards.sign * far}" for far in FAR)
    return Proved("leading terms", (), Replay(len(FAR), "balls", words))


def _of_product(link: Link, depth: Depth, towards: Approach, decide: Decide) -> Verdict:
    if not isinstance(link.left, said.Product) or depth.dimensions != (towards.variable.symbol,):
        raise Unsupported("the limit of anything but a product as its length grows")
    return decide_product_limit(entries_as_members(link, depth), decide)


def _unclear() -> Undecided:
    return Undecided("no-proof", "the values far out do not show the limit that the leading terms have")


def claimed_limit(right: Expression) -> Limit:
    """What a link says that something tends to."""
    if isinstance(right, Infinity):
        return Limit(None, right.sign)
    value = NormalForm(Ring()).of(statement(right, said.Number(0), ()).left)
    if set(value) - {CONSTANT}:
        raise Unsupported(f"the limit {right}")
    constant = value.get(CONSTANT, fmpq(0))
    return Limit(Fraction(int(constant.p), int(constant.q)))


def _limit(stated: Statement, towards: Approach) -> Limit:
    ring = Ring()
    above, denominator = cleared(ring, NormalForm(ring).of(stated.left))
    if not above:
        return Limit(Fraction(0))
    (high, top), (low, bottom) = (_largest(ring, poly, towards) for poly in (above, ring.monomial(denominator)))
    ratio = top / bottom
    _require_one_kind(high, low)
    if high < low:
        return Limit(Fraction(0))
    if high == low:
        return Limit(ratio)
    power = high.power - low.power
    if towards.sign < 0 and power.denominator != 1:
        raise Unsupported("a broken power of what tends to minus infinity")
    odd = towards.sign < 0 and power % 2 == 1
    return Limit(None, (1 if ratio > 0 else -1) * (-1 if odd else 1))


def _require_one_kind(*growths: Growth) -> None:
    """Raise :class:`Unsupported` for b^t above and e^(kt) below, which are not compared: b may be very near e^k."""
    if any(each.base != 1 for each in growths) and any(each.rate for each in growths):
        raise Unsupported(BESIDE)


def _largest(ring: Ring, poly: Poly, towards: Approach) -> tuple[Growth, Fraction]:
    """The term that grows fastest: the rate of its exponential and its power; and its coefficient."""
    grown: dict[Growth, Fraction] = {}
    mixed = based = False
    for monomial, coefficient in poly.items():
        growth, factor = _growth(ring, monomial, towards)
        mixed = mixed or growth.base != 1
        based = based or growth.rate != 0
        grown[growth] = grown.get(growth, Fraction(0)) + factor * Fraction(int(coefficient.p), int(coefficient.q))
    if mixed and based:
        raise Unsupported(BESIDE)
    fastest = max(grown)
    if not grown[fastest]:
        raise Unsupported("terms that grow alike and cancel")
    return fastest, grown[fastest]


def _growth(ring: Ring, monomial: Monomial, towards: Approach) -> tuple[Growth, Fraction]:
    """How a monomial grows, and the coefficient of that."""
    total, coefficient = CONSTANT_GROWTH, Fraction(1)
    for atom, exponent in monomial:
        match atom.form:
            case ExpForm(power=inner):
                if is_power_of_variable(inner, towards):
                    rate = Fraction(exponent) * towards.sign
                    total *= Growth(rate, Fraction(1), Fraction(0))
                else:
                    total *= Growth(Fraction(0), base_of(inner, towards, exponent), Fraction(0))
            case _ if _is_variable(atom, towards):
                total *= Growth(Fraction(0), Fraction(1), Fraction(exponent))
            case LogForm(argument=argument) if isinstance(exponent, int):
                own, factor = _growth_of_logarithm(ring, dict(argument), towards)
                total, coefficient = total * own.power_of(exponent), coefficient * factor**exponent
            case _:
                raise Unsupported(f"the limit of a {type(atom.form).__name__}")
    return total, coefficient


def _growth_of_logarithm(ring: Ring, argument: Poly, towards: Approach) -> tuple[Growth, Fraction]:
    """How the logarithm of what grows like c t^a e^(kt) grows, where c t^a is positive far out."""
    growth, coefficient = _largest_of_quotient(ring, argument, towards)
    parity = -1 if towards.sign < 0 and growth.power % 2 == 1 else 1
    if growth.base != 1 or growth.logs or growth.power.denominator != 1 or coefficient * parity <= 0:
        raise Unsupported("the limit of such a logarithm")
    if growth.rate:
        return Growth(Fraction(0), Fraction(1), Fraction(1)), growth.rate * towards.sign
    if growth.power:
        return Growth(Fraction(0), Fraction(1), Fraction(0), Fraction(1)), growth.power
    if coefficient != 1:
        raise Unsupported("the limit of a logarithm that is no rational number")
    return _largest_of_quotient(ring, minus(argument, ring.constant(1)), towards)


def _largest_of_quotient(ring: Ring, poly: Poly, towards: Approach) -> tuple[Growth, Fraction]:
    above, denominator = cleared(ring, poly)
    (high, top), (low, bottom) = (_largest(ring, each, towards) for each in (above, ring.monomial(denominator)))
    if low.base != 1 or low.logs:
        raise Unsupported("the limit of such a quotient")
    return high * Growth(-low.rate, Fraction(1), -low.power), top / bottom


def is_power_of_variable(inner: Monomial, towards: Approach) -> bool:
    """Whether e to this is e to the variable."""
    return len(inner) == 1 and inner[0][1] == 1 and _is_variable(inner[0][0], towards)


def base_of(inner: Monomial, towards: Approach, exponent: Exponent) -> Fraction:
    """The number b of b^n, which is e to the power of n log b."""
    logs = [atom.form for atom, power in inner if isinstance(atom.form, LogForm) and power == 1]
    variables = [atom for atom, power in inner if power == 1 and _is_variable(atom, towards)]
    whole = Fraction(exponent)
    if len(inner) != 2 or len(logs) != 1 or len(variables) != 1 or whole.denominator != 1 or towards.sign < 0:
        raise Unsupported("the limit of an exponential of anything but a multiple of the variable")
    (argument,) = (dict(log.argument) for log in logs)
    if set(argument) != {CONSTANT} or abs(whole) > LARGEST_EXPONENT:
        raise Unsupported("the limit of an exponential of a logarithm")
    return Fraction(int(argument[CONSTANT].p), int(argument[CONSTANT].q)) ** int(whole)


def _is_variable(atom: Atom, towards: Approach) -> bool:
    match atom.form, towards.variable:
        case EntryForm(), said.Name() as name:
            return atom.form.variable.symbol == name.symbol and not atom.form.variable.axes
        case SizeForm(), said.Dimension() as dimension:
            return atom.form.name == dimension.symbol
        case _:
            return False


def _replayed(stated: Statement, towards: Approach, limit: Limit) -> bool:
    """Whether values further and further out come closer to the limit, or grow beyond any bound."""
    gaps: list[arb] = []
    with precision(BITS):
        for far in FAR:
            value = _value(stated, towards, towards.sign * far)
            if value is None:
                return False
            if limit.value is None:
                gaps.append(1 / (value * limit.sign) if value * limit.sign > 0 else arb(2))
            else:
                gaps.append(abs(value - arb(fmpq(limit.value.numerator, limit.value.denominator))))
    closer = all(later < earlier or later < NEAR for earlier, later in pairwise(gaps))
    return bool(closer and gaps[-1] < NEAR)


def _value(stated: Statement, towards: Approach, at: int) -> arb | None:
    sizes: dict[str, int] = {}
    point = Point(0)
    if isinstance(towards.variable, said.Dimension):
        sizes[towards.variable.symbol] = at
    else:
        variable = Variable(towards.variable.symbol, ())
        point = Point(0, given={(variable, ()): Fraction(at)})
    try:
        return Evaluation(Balls(point), sizes, program=stated.program).of(stated.left, {})
    except OutsideDomain:
        return None
