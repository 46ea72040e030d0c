"""Signs of polynomials in one real number, exactly: Sturm sequences count the roots between two rational numbers.

Where the roots are is said by the certificate, as rational intervals; here it is only counted whether
each holds one root and whether there are others. Between the roots every polynomial keeps its sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import mul

from flint import fmpq, fmpq_poly

LARGEST_DEGREE = 120


@dataclass(frozen=True)
class Sign:
    """That above / below is positive or, if that is not strict, at least 0."""

    above: fmpq_poly
    below: fmpq_poly
    strict: bool


@dataclass(frozen=True)
class Place:
    """A rational number, or the one root that lies between two."""

    low: fmpq
    high: fmpq

    def sign(self, polynomial: fmpq_poly) -> int:
        """The sign of a polynomial here, which has no root in the interval but this one."""
        if self.low != self.high and many_roots(polynomial, self.low, self.high):
            return 0
        value = polynomial(self.low)
        return (value > 0) - (value < 0)

    def fails(self, stated: Sign) -> bool:
        """Whether a quotient is defined here and has the wrong sign."""
        below = self.sign(stated.below)
        sign = self.sign(stated.above) * below
        return below != 0 and (sign < 0 or (sign == 0 and stated.strict))


def implied(given: Sequence[Sign], wanted: Sign, roots: Sequence[tuple[fmpq, fmpq]]) -> bool:
    """Whether what is wanted holds for every number at which no hypothesis fails, by intervals that hold all roots.

    >>> square = Sign(fmpq_poly([2, 0, -1]), fmpq_poly([1]), strict=True)
    >>> wanted = Sign(fmpq_poly([3, -2]), fmpq_poly([1]), strict=True)
    >>> implied([square], wanted, [(fmpq(-2), fmpq(-1)), (fmpq(7, 5), fmpq(71, 50)), (fmpq(3, 2), fmpq(3, 2))])
    True
    >>> implied([square], wanted, [(fmpq(-2), fmpq(-1)), (fmpq(3, 2), fmpq(3, 2))])
    False
    """
    polynomials = [each for stated in (*given, wanted) for each in (stated.above, stated.below) if each]
    if sum(each.degree() for each in polynomials) > LARGEST_DEGREE or not wanted.below:
        return False
    together = _without_squares(reduce(mul, polynomials, fmpq_poly([1])))
    found = [Place(*each) for each in roots]
    if not _hold_all_roots(together, found):
        return False
    return all(
        any(place.fails(each) for each in given) or not (place.sign(wanted.below) == 0 or place.fails(wanted))
        for place in (*found, *_between(found))
    )


def many_roots(polynomial: fmpq_poly, low: fmpq | None, high: fmpq | None) -> int:
    """How many roots there are above the low end and up to the high one; without an end, all on that side.

    >>> many_roots(fmpq_poly([-2, 0, 1]), fmpq(0), None), many_roots(fmpq_poly([1, -2, 1]), None, None)
    (1, 1)
    """
    chain = [_without_squares(polynomial)]
    chain.append(chain[0].derivative())
    while chain[-1]:
        chain.append(-(chain[-2] % chain[-1]))
    return _changes(chain[:-1], low, -1) - _changes(chain[:-1], high, 1)


def _changes(chain: Sequence[fmpq_poly], at: fmpq | None, side: int) -> int:
    """How often the sign changes along a sequence at a number, or far out on one side."""
    values = [_far_out(each, side) if at is None else each(at) for each in chain]
    kept = [value for value in values if value != 0]
    return sum((first > 0) != (second > 0) for first, second in pairwise(kept))


def _far_out(polynomial: fmpq_poly, side: int) -> fmpq:
    leading = polynomial[polynomial.degree()]
    return -leading if side < 0 and polynomial.degree() % 2 else leading


def _without_squares(polynomial: fmpq_poly) -> fmpq_poly:
    """The polynomial with the same roots, each of them once."""
    return polynomial // polynomial.gcd(polynomial.derivative()) if polynomial.degree() > 0 else polynomial


def _hold_all_roots(polynomial: fmpq_poly, places: Sequence[Place]) -> bool:
    """Whether disjoint intervals, in order, hold at most one root each, and there is no other."""
    if any(place.low > place.high for place in places):
        return False
    if any(left.high >= right.low for left, right in pairwise(places)):
        return False
    apart = [place for place in places if place.low != place.high]
    if any(polynomial(end) == 0 for place in apart for end in (place.low, place.high)):
        return False
    inside = [many_roots(polynomial, place.low, place.high) for place in apart]
    at_points = sum(polynomial(place.low) == 0 for place in places if place.low == place.high)
    return all(many <= 1 for many in inside) and many_roots(polynomial, None, None) == sum(inside) + at_points


def _between(places: Sequence[Place]) -> Iterator[Place]:
    """A number on each side of all places, and between each two of them."""
    if not places:
        yield Place(fmpq(0), fmpq(0))
        return
    ends = [places[0].low - 1, *((left.high + right.low) / 2 for left, right in pairwise(places)), places[-1].high + 1]
    yield from (Place(end, end) for end in ends)
