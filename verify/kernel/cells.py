"""Whether inequalities about one real number imply others: the signs of polynomials on the cells that their roots cut.

All real roots are isolated exactly (SymPy counts them by Sturm sequences). Between two of them every polynomial
keeps its sign, so that one rational point of each cell, and each root, tell of all numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from sympy import Poly, Rational

from verify.kernel.univariate import PARAMETER

FINENESS = tuple(Rational(1, 10**digits) for digits in (2, 6, 18, 54))


@dataclass(frozen=True)
class Sign:
    """The statement that a quotient of polynomials is positive or, if it is not strict, at least 0."""

    above: Poly
    below: Poly
    strict: bool


@dataclass(frozen=True)
class Place:
    """A rational number, or the one root of the polynomials in an interval."""

    low: Fraction
    high: Fraction

    def sign(self, polynomial: Poly) -> int:
        """The sign of a polynomial here: 0 if this is a root of it."""
        low, high = (Rational(end.numerator, end.denominator) for end in (self.low, self.high))
        if polynomial.is_zero or (low != high and polynomial.count_roots(low, high)):
            return 0
        value = polynomial(low)
        return 0 if value == 0 else 1 if value > 0 else -1


def implied(given: tuple[Sign, ...], wanted: tuple[Sign, ...]) -> bool:
    """Whether each number at which no hypothesis fails has what is wanted, wherever that is defined.

    >>> t = PARAMETER
    >>> one = Poly(1, t)
    >>> square_below_two = Sign(Poly(2 - t**2, t), one, strict=True)
    >>> implied((square_below_two,), (Sign(Poly(3 - 2*t, t), one, strict=True),))
    True
    >>> implied((square_below_two,), (Sign(Poly(7 - 5*t, t), one, strict=True),))
    False
    """
    places = _places([polynomial for each in (*given, *wanted) for polynomial in (each.above, each.below)])
    if places is None:
        return False
    return all(
        any(_fails(each, place) for each in given) or not any(_fails(each, place) for each in wanted)
        for place in places
    )


def _fails(stated: Sign, place: Place) -> bool:
    """Whether a quotient is defined at a place and has the wrong sign."""
    below = place.sign(stated.below)
    sign = place.sign(stated.above) * below
    return below != 0 and (sign < 0 or (sign == 0 and stated.strict))


def _places(polynomials: list[Poly]) -> list[Place] | None:
    """Every root, and a number between each two of them; nothing if the roots are too close to be told apart."""
    product = Poly(1, PARAMETER)
    for polynomial in polynomials:
        if not polynomial.is_zero:
            product = product.lcm(polynomial.sqf_part())
    if product.is_ground:
        return [_number(Fraction(0))]
    for fineness in FINENESS:
        roots = [Place(_fraction(low), _fraction(high)) for low, high in product.intervals(eps=fineness, sqf=True)]
        if all(left.high < right.low for left, right in pairwise(roots)):
            return [*roots, *_between(roots)]
    return None


def _between(roots: list[Place]) -> Iterator[Place]:
    """A rational number in each cell."""
    if not roots:
        yield _number(Fraction(0))
        return
    numbers = [roots[0].low - 1, roots[-1].high + 1]
    numbers += [(left.high + right.low) / 2 for left, right in pairwise(roots)]
    yield from map(_number, numbers)


def _number(value: Fraction) -> Place:
    return Place(value, value)


def _fraction(value: Rational) -> Fraction:
    return Fraction(int(value.p), int(value.q))
