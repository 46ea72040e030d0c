"""How fast a normal form grows with a number or a dimension: by its leading terms, of which the largest is kept.

A sum of terms c t^a e^(kt), or c t^a b^t, grows like the largest of them. So does log p like k t, where p grows like
c t^a e^(kt) with c > 0; without an exponential like a log t; and like p - 1 if p tends to 1. What cancels is refused,
as then something smaller counts; but first the leading term of a logarithm is taken out, as in log (1 + e^z) =
z + log (1 + e^-z), and of a root the difference with what is as large, as sqrt(p) - q = (p - q^2) / (sqrt(p) + q).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from verify import language as said
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    EntryForm,
    ExpForm,
    Exponent,
    LogForm,
    Monomial,
    Poly,
    SizeForm,
    content,
    monomial_of,
)
from verify.kernel.division import cleared, under_root
from verify.kernel.operations import logarithm
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import LARGEST_EXPONENT, Unsupported

HALF = Fraction(1, 2)
BESIDE = "the limit of powers of e beside powers of other numbers"


class Cancels(Unsupported):
    """The terms that grow fastest cancel; what is left of them grows more slowly."""


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
class Approach:
    """A variable, and the sign of the infinity that it tends to."""

    variable: said.Name | said.Dimension
    sign: int


def require_one_kind(*growths: Growth) -> None:
    """Raise :class:`Unsupported` for b^t above and e^(kt) below, which are not compared: b may be very near e^k."""
    if any(each.base != 1 for each in growths) and any(each.rate for each in growths):
        raise Unsupported(BESIDE)


def largest(ring: Ring, poly: Poly, towards: Approach) -> tuple[Growth, Fraction]:
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
        raise Cancels("terms that grow alike and cancel")
    return fastest, grown[fastest]


def _growth(ring: Ring, monomial: Monomial, towards: Approach) -> tuple[Growth, Fraction]:
    """How a monomial grows, and the coefficient of that."""
    total, coefficient = CONSTANT_GROWTH, Fraction(1)
    for atom, exponent in monomial:
        radicand = under_root(atom)
        match atom.form:
            case ExpForm() if radicand is not None:
                own, factor = _growth_of_root(ring, dict(radicand), Fraction(exponent), towards)
                total, coefficient = total * own, coefficient * factor
            case ExpForm(power=inner):
                if is_power_of_variable(inner, towards):
                    rate = Fraction(exponent) * towards.sign
                    total *= Growth(rate, Fraction(1), Fraction(0))
                else:
                    total *= Growth(Fraction(0), base_of(inner, towards, exponent), Fraction(0))
            case _ if is_variable(atom, towards):
                total *= Growth(Fraction(0), Fraction(1), Fraction(exponent))
            case LogForm(argument=argument) if isinstance(exponent, int):
                own, factor = _growth_of_logarithm(ring, dict(argument), towards)
                total, coefficient = total * own.power_of(exponent), coefficient * factor**exponent
            case _:
                raise Unsupported(f"the limit of a {type(atom.form).__name__}")
    return total, coefficient


def _growth_of_root(ring: Ring, radicand: Poly, exponent: Fraction, towards: Approach) -> tuple[Growth, Fraction]:
    """How a power of what grows like t^a e^(kt) grows; below 0 that of t^a, with a even, is one of -t."""
    growth, coefficient = _largest_of_quotient(ring, radicand, towards)
    power = growth.power * exponent
    below = towards.sign < 0 and growth.power != 0
    if coefficient != 1 or growth.base != 1 or growth.logs or (below and (growth.power % 2 or power.denominator != 1)):
        raise Unsupported("the limit of such a root")
    return Growth(growth.rate * exponent, Fraction(1), power), Fraction(-1 if below and power % 2 else 1)


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
    (high, top), (low, bottom) = (largest(ring, each, towards) for each in (above, ring.monomial(denominator)))
    if low.base != 1 or low.logs:
        raise Unsupported("the limit of such a quotient")
    return high * Growth(-low.rate, Fraction(1), -low.power), top / bottom


# ---------------------------------------------------------------- what cancels


def quotients(ring: Ring, above: Poly, below: Poly, towards: Approach) -> Iterator[tuple[Poly, Poly]]:
    """A quotient in other words, in which the terms that grow fastest may not cancel any more."""
    yield above, below
    yield _without_leading_terms(ring, above, towards), below
    for root, radicand in _roots(above):
        own = {monomial: c for monomial, c in above.items() if dict(monomial).get(root) == HALF}
        factor = ring.product(own, {((root, -HALF),): fmpq(1)})
        rest = minus(above, own)
        squares = ring.product(ring.power(factor, 2), radicand), ring.power(rest, 2)
        yield minus(*squares), ring.product(below, minus(own, rest))


def _roots(poly: Poly) -> Iterator[tuple[Atom, Poly]]:
    """The square roots in a polynomial that stand in no other power, and what they are taken of."""
    powers: dict[Atom, set[Exponent]] = {}
    for monomial in poly:
        for atom, exponent in monomial:
            powers.setdefault(atom, set()).add(exponent)
    for atom, exponents in powers.items():
        radicand = under_root(atom)
        if radicand is not None and exponents == {HALF}:
            yield atom, dict(radicand)


def _without_leading_terms(ring: Ring, poly: Poly, towards: Approach) -> Poly:
    """The same with each logarithm of what grows like M as log M and the logarithm of what tends to 1.

    That one stays as it is, whatever the normal form would make of it.
    """
    total: Poly = {}
    for monomial, coefficient in poly.items():
        value: Poly = {tuple(each for each in monomial if not _is_whole_logarithm(*each)): coefficient}
        for atom, exponent in monomial:
            if _is_whole_logarithm(atom, exponent):
                value = ring.product(value, ring.power(_parted(ring, atom, towards), int(exponent)))
        add_into(total, value)
    return total


def _is_whole_logarithm(atom: Atom, exponent: Exponent) -> bool:
    return isinstance(atom.form, LogForm) and isinstance(exponent, int) and exponent > 0


def _parted(ring: Ring, atom: Atom, towards: Approach) -> Poly:
    """The logarithm of a sum by the one term that grows fastest, if its logarithm is known to be that of its factors.

    A power of t is positive as t is, far out; it is left alone as t falls.
    """
    assert isinstance(atom.form, LogForm)
    argument = dict(atom.form.argument)
    if cleared(ring, argument)[1] != CONSTANT:
        return ring.of(atom.form)
    grown = [(_growth(ring, monomial, towards)[0], monomial) for monomial in argument]
    fastest = max(growth for growth, _ in grown)
    leading, *more = (monomial for growth, monomial in grown if growth == fastest)
    logarithms = [_logarithm_of_power(ring, own, exponent, towards) for own, exponent in leading]
    if more or argument[leading] < 0 or any(each is None for each in logarithms):
        return ring.of(atom.form)
    inverse = monomial_of({own: -exponent for own, exponent in leading})
    near = ring.scaled(ring.product(argument, {inverse: fmpq(1)}), 1 / argument[leading])
    taken_out = (each for each in logarithms if each is not None)
    of_number = logarithm(ring, ring.constant(argument[leading]))
    return ring.sum((*taken_out, of_number, ring.of(LogForm(content(near))) if len(near) > 1 else {}))


def _logarithm_of_power(ring: Ring, atom: Atom, exponent: Exponent, towards: Approach) -> Poly | None:
    """The logarithm of a power of e^t, or of t where that is positive far out."""
    scale = fmpq(exponent.numerator, exponent.denominator)
    if isinstance(atom.form, ExpForm) and is_power_of_variable(atom.form.power, towards):
        return {atom.form.power: scale}
    if is_variable(atom, towards) and towards.sign > 0:
        return ring.scaled(ring.of(LogForm(content({((atom, 1),): fmpq(1)}))), scale)
    return None


# ---------------------------------------------------------------- the variable


def is_power_of_variable(inner: Monomial, towards: Approach) -> bool:
    """Whether e to this is e to the variable."""
    return len(inner) == 1 and inner[0][1] == 1 and is_variable(inner[0][0], towards)


def base_of(inner: Monomial, towards: Approach, exponent: Exponent) -> Fraction:
    """The number b of b^n, which is e to the power of n log b."""
    logs = [atom.form for atom, power in inner if isinstance(atom.form, LogForm) and power == 1]
    variables = [atom for atom, power in inner if power == 1 and is_variable(atom, towards)]
    whole = Fraction(exponent)
    if len(inner) != 2 or len(logs) != 1 or len(variables) != 1 or whole.denominator != 1 or towards.sign < 0:
        raise Unsupported("the limit of an exponential of anything but a multiple of the variable")
    (argument,) = (dict(log.argument) for log in logs)
    if set(argument) != {CONSTANT} or abs(whole) > LARGEST_EXPONENT:
        raise Unsupported("the limit of an exponential of a logarithm")
    return Fraction(int(argument[CONSTANT].p), int(argument[CONSTANT].q)) ** int(whole)


def is_variable(atom: Atom, towards: Approach) -> bool:
    """Whether an atom is what tends to infinity."""
    match atom.form, towards.variable:
        case EntryForm(), said.Name() as name:
            return atom.form.variable.symbol == name.symbol and not atom.form.variable.axes
        case SizeForm(), said.Dimension() as dimension:
            return atom.form.name == dimension.symbol
        case _:
            return False
