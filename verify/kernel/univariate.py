"""The exact range of a rational function of one real number over an interval.

Critical points are isolated exactly (SymPy counts real roots by Sturm sequences); a function without
poles on an interval takes all values between the least and the largest of its critical values and of
its limits at the ends. What is attained, and what is only approached, is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sympy import Poly, Rational, Symbol
from sympy.core.numbers import Rational as SymPyRational

PARAMETER = Symbol("t")
FINE = Rational(1, 10**12)


@dataclass(frozen=True)
class Bound:
    """An end of a set of real numbers: a number, or infinity; attained or only approached.

    An end that is no rational number is enclosed: it lies between ``value`` and ``other``.
    """

    value: Fraction | None
    attained: bool
    other: Fraction | None = None

    @property
    def exact(self) -> bool:
        """Whether the end is known exactly."""
        return self.other is None


@dataclass(frozen=True)
class Span:
    """An interval of real numbers, by its two ends; an end without a value is infinite."""

    low: Bound
    high: Bound

    @property
    def exact(self) -> bool:
        """Whether both ends are known exactly."""
        return self.low.exact and self.high.exact

    def __str__(self) -> str:
        low = "-oo" if self.low.value is None else str(self.low.value)
        high = "oo" if self.high.value is None else str(self.high.value)
        if self.exact and self.low.value is not None and self.low.value == self.high.value:
            return f"{{{low}}}"
        return f"{'[' if self.low.attained else '('}{low}, {high}{']' if self.high.attained else ')'}"


POSITIVE = Span(Bound(Fraction(0), False), Bound(None, False))
AT_LEAST_ONE = Span(Bound(Fraction(1), True), Bound(None, False))
NOT_NEGATIVE = Span(Bound(Fraction(0), True), Bound(None, False))
REAL = Span(Bound(None, False), Bound(None, False))


def range_of(numerator: Poly, denominator: Poly, over: Span) -> Span | None:
    """The range of a quotient of polynomials over an interval; nothing where it has a pole.

    >>> t = PARAMETER
    >>> str(range_of(Poly(t, t), Poly((1 + t) ** 2, t), POSITIVE))
    '(0, 1/4]'
    >>> range_of(Poly(1, t), Poly(t - 1, t), POSITIVE) is None
    True
    """
    common = numerator.gcd(denominator)
    numerator, denominator = numerator.quo(common), denominator.quo(common)
    if any(_within(root, over) is not False for root in _roots(denominator)):
        return None
    slope = numerator.diff() * denominator - numerator * denominator.diff()
    if slope.is_zero:
        constant = Bound(_fraction(numerator(0) / denominator(0)), True)
        return Span(constant, constant)
    candidates = [_limit(numerator, denominator, over.low, -1), _limit(numerator, denominator, over.high, 1)]
    for root in _roots(slope):
        inside = _within(root, over)
        if inside is None:
            return None
        if inside:
            candidates.append(_value(numerator, denominator, root))
    return Span(_least(candidates), _mirrored(_least(map(_mirrored_signed, candidates))))


Root = tuple[SymPyRational, SymPyRational]

# A candidate: its end, and whether an infinite one lies above (1) or below (-1).
Candidate = tuple[Bound, int]


def _roots(polynomial: Poly) -> list[Root]:
    if polynomial.is_ground:
        return []
    return [interval for interval, _ in polynomial.intervals(eps=FINE)]


def _within(root: Root, over: Span) -> bool | None:
    """Whether a root lies in an interval or on an end that belongs to it; nothing if that is not clear."""
    low, high = root
    for end, side in ((over.low, 1), (over.high, -1)):
        if end.value is None:
            continue
        at = Rational(end.value.numerator, end.value.denominator)
        near, far = (low, high) if side == 1 else (high, low)
        if low == high == at:
            return end.attained
        if side * (far - at) <= 0:
            return False
        if side * (near - at) <= 0:
            return None
    return True


def _value(numerator: Poly, denominator: Poly, root: Root) -> Candidate:
    """The value at a critical point: exact at a rational one, else enclosed."""
    low, high = root
    if low == high:
        return Bound(_fraction(numerator(low) / denominator(low)), True), 0
    ends = [numerator(at) / denominator(at) for at in root]
    spread = abs(ends[0] - ends[1]) + FINE
    return Bound(_fraction(min(ends) - spread), True, _fraction(max(ends) + spread)), 0


def _limit(numerator: Poly, denominator: Poly, end: Bound, side: int) -> Candidate:
    """The limit at an end of the interval, from inside."""
    if end.value is not None:
        at = Rational(end.value.numerator, end.value.denominator)
        below = denominator(at)
        if below != 0:
            return Bound(_fraction(numerator(at) / below), end.attained), 0
        inside = numerator(at)
        order = next(k for k in range(1, denominator.degree() + 1) if denominator.diff((PARAMETER, k))(at) != 0)
        slope = denominator.diff((PARAMETER, order))(at)
        sign = 1 if inside * slope > 0 else -1
        return Bound(None, False), sign * (-1 if side == 1 and order % 2 else 1)
    degree = numerator.degree() - denominator.degree() if not numerator.is_zero else -1
    if degree < 0:
        return Bound(Fraction(0), False), 0
    ratio = numerator.LC() / denominator.LC()
    if degree == 0:
        return Bound(_fraction(ratio), False), 0
    return Bound(None, False), (1 if ratio > 0 else -1) * (-1 if side == -1 and degree % 2 else 1)


def _least(candidates: Iterable[Candidate]) -> Bound:
    """The least of some ends; of equal ones one that is attained."""
    every = list(candidates)
    if any(sign < 0 for _, sign in every):
        return Bound(None, False)
    finite = [bound for bound, sign in every if sign == 0 and bound.value is not None]
    if not finite:
        return Bound(None, False)
    return min(finite, key=lambda bound: (bound.value, not bound.attained))


def _mirrored_signed(candidate: Candidate) -> Candidate:
    bound, sign = candidate
    return _mirrored(bound), -sign


def _mirrored(bound: Bound) -> Bound:
    if bound.value is None:
        return bound
    if bound.other is None:
        return Bound(-bound.value, bound.attained)
    return Bound(-bound.other, bound.attained, -bound.value)


def _fraction(value: SymPyRational) -> Fraction:
    return Fraction(int(value.p), int(value.q))
