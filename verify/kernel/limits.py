"""Limits of a number or a dimension that grows beyond all bounds, by the leading terms of a normal form.

A normal form in one variable t is a quotient of sums of terms c t^a e^(kt), or c t^a b^t, of logarithms and of roots.
The largest term above and the largest below settle the limit; ``growth`` says which they are. That something tends to
a number that is not rational, such as log 2, says that the difference tends to 0. The limit is replayed in ball
arithmetic at four points further and further out, or where that is too far to tell, at four that are closer.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from verify import language as said
from verify.kernel.atoms import CONSTANT, Poly
from verify.kernel.balls import Balls, precision
from verify.kernel.contents import subterms
from verify.kernel.division import cleared
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.growth import Approach, Cancels, largest, quotients, require_one_kind
from verify.kernel.members import entries_as_members
from verify.kernel.normal import NormalForm
from verify.kernel.point import Point
from verify.kernel.products import Decide, decide_product_limit
from verify.kernel.ring import Ring
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Entry, OutOfBudget, Size, Unsupported, Variable
from verify.language import Expression, Infinity, Link, Relation
from verify.language.link import Interval
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import Depth
from verify.language.verdict import Proved, Refuted, Replay, Undecided, Verdict, Witness

FAR, CLOSER = (tuple(2**power for power in powers) for powers in ((8, 16, 24, 32), (4, 6, 8, 10)))
BITS = 4096
NEAR = arb(2) ** -5


@dataclass(frozen=True)
class Limit:
    """What a quotient tends to: a number, or plus or minus infinity."""

    value: Fraction | None
    sign: int = 0

    def __str__(self) -> str:
        return str(self.value) if self.value is not None else "oo" if self.sign > 0 else "-oo"


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
    compared = None if is_rational(link.right) else link.right
    claimed = claimed_limit(link.right) if compared is None else Limit(Fraction(0))
    stated = statement(link.left if compared is None else link.left - compared, said.Number(0), ())
    found = _limit(stated, towards)
    points = _replayed(stated, towards, found)
    if not points:
        return _unclear()
    if found != claimed:
        ends = (("oo" if towards.sign > 0 else "-oo",),)
        left, right = str(found), str(claimed)
        if compared is not None:
            left, right = left if found.value is None else f"{found} + {compared}", str(compared)
        return Refuted(Witness((), (), ((towards.variable.symbol, ends),), (), left, right))
    words = tuple(f"{towards.variable.symbol} = {towards.sign * at}" for at in points)
    return Proved("leading terms", (), Replay(len(points), "balls", words))


def _of_product(link: Link, depth: Depth, towards: Approach, decide: Decide) -> Verdict:
    if not isinstance(link.left, said.Product) or depth.dimensions != (towards.variable.symbol,):
        raise Unsupported("the limit of anything but a product as its length grows")
    return decide_product_limit(entries_as_members(link, depth), decide)


def _unclear() -> Undecided:
    return Undecided("no-proof", "the values far out do not show the limit that the leading terms have")


def is_rational(right: Expression) -> bool:
    """Whether what something is said to tend to is a rational number or an infinity; else it must be a number."""
    if isinstance(right, Infinity):
        return True
    value = statement(right, said.Number(0), ()).left
    if any(isinstance(each, Entry | Size) for each in subterms(value)):
        raise Unsupported(f"the limit {right}")
    return set(NormalForm(Ring()).of(value)) <= {CONSTANT}


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
    """The limit, by the first way to write the quotient in which the terms that grow fastest do not cancel."""
    ring = Ring()
    above, denominator = cleared(ring, NormalForm(ring).of(stated.left))
    for parts in quotients(ring, above, ring.monomial(denominator), towards):
        with suppress(Cancels):
            return _of_leading_terms(ring, *parts, towards)
    raise Unsupported("terms that grow alike and cancel")


def is_by_leading_terms(stated: Statement, towards: Approach) -> bool:
    """Whether the terms that grow fastest do not cancel as they are written."""
    ring = Ring()
    above, denominator = cleared(ring, NormalForm(ring).of(stated.left))
    try:
        _of_leading_terms(ring, above, ring.monomial(denominator), towards)
    except Unsupported:
        return False
    return True


def _of_leading_terms(ring: Ring, above: Poly, below: Poly, towards: Approach) -> Limit:
    if not above:
        return Limit(Fraction(0))
    (high, top), (low, bottom) = (largest(ring, poly, towards) for poly in (above, below))
    ratio = top / bottom
    require_one_kind(high, low)
    if high < low:
        return Limit(Fraction(0))
    if high == low:
        return Limit(ratio)
    power = high.power - low.power
    if towards.sign < 0 and power.denominator != 1:
        raise Unsupported("a broken power of what tends to minus infinity")
    odd = towards.sign < 0 and power % 2 == 1
    return Limit(None, (1 if ratio > 0 else -1) * (-1 if odd else 1))


def _replayed(stated: Statement, towards: Approach, limit: Limit) -> tuple[int, ...]:
    """Points at which values come closer and closer to the limit, or grow beyond any bound; none, if they do not.

    Points that are not so far out serve where further out nothing is told, and not where something else is.
    """
    for points in (FAR, CLOSER):
        gaps = _gaps(stated, towards, limit, points)
        if all(later < earlier or later < NEAR for earlier, later in pairwise(gaps)) and gaps[-1] < NEAR:
            return points
        if any(later >= earlier and later >= NEAR for earlier, later in pairwise(gaps)) or gaps[-1] >= NEAR:
            return ()
    return ()


def _gaps(stated: Statement, towards: Approach, limit: Limit, points: tuple[int, ...]) -> list[arb]:
    """How far the values at some points are from the limit; for an infinite one, the inverses of the values."""
    gaps: list[arb] = []
    with precision(BITS):
        for at in points:
            try:
                value = _value(stated, towards, towards.sign * at)
            except OutsideDomain:
                return [arb(2)]  # what is not defined far out has no limit
            except OutOfBudget:
                return [arb("nan")]
            gaps.append(_gap(value, limit))
    return gaps


def _gap(value: arb, limit: Limit) -> arb:
    if limit.value is not None:
        return abs(value - arb(fmpq(limit.value.numerator, limit.value.denominator)))
    if value.contains(0):
        return arb("nan")
    return 1 / (value * limit.sign) if value * limit.sign > 0 else arb(2)


def _value(stated: Statement, towards: Approach, at: int) -> arb:
    sizes: dict[str, int] = {}
    point = Point(0)
    if isinstance(towards.variable, said.Dimension):
        sizes[towards.variable.symbol] = at
    else:
        variable = Variable(towards.variable.symbol, ())
        point = Point(0, given={(variable, ()): Fraction(at)})
    return Evaluation(Balls(point), sizes, program=stated.program).of(stated.left, {})
