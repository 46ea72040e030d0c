"""Roots counted and signs told by Sturm sequences, against polynomials whose roots are known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq, fmpq_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.recheck import sturm
from verify.recheck.sturm import Place, Sign, implied, many_roots

ONE, X = fmpq_poly([1]), fmpq_poly([0, 1])
TWO = fmpq_poly([-2, 0, 1])  # x^2 - 2
ABOVE, NONE = fmpq_poly([1, 0, 1]), fmpq_poly([])


def with_roots(*roots: int | Fraction) -> fmpq_poly:
    product = ONE
    for each in roots:
        root = Fraction(each)
        product = product * fmpq_poly([-fmpq(root.numerator, root.denominator), 1])
    return product


def number(value: int | str) -> fmpq:
    fraction = Fraction(value)
    return fmpq(fraction.numerator, fraction.denominator)


ROOTS = [
    (ONE, None, None, 0, "a constant"),
    (ABOVE, None, None, 0, "x^2 + 1"),
    (TWO, None, None, 2, "x^2 - 2"),
    (TWO, 0, None, 1, "above 0"),
    (TWO, None, 0, 1, "up to 0"),
    (TWO, 1, 2, 1, "between 1 and 2"),
    (TWO, -2, 2, 2, "between -2 and 2"),
    (TWO, 2, 3, 0, "between 2 and 3"),
    (X, None, None, 1, "x"),
    (X, 0, 1, 0, "not at the low end"),
    (X, -1, 0, 1, "but at the high one"),
    (with_roots(1, 2, 3), 1, 3, 2, "of three, above 1 and up to 3"),
    (with_roots(1, 2, 3), None, 2, 2, "up to the second"),
    (with_roots(1, 2, 3), 2, None, 1, "above the second"),
    (with_roots(1, 1), None, None, 1, "a double root, once"),
    (with_roots(1, 1, 1, 5, 5), 0, 6, 2, "one of three and one of two"),
    (-with_roots(1, 2), None, None, 2, "a negative leading number"),
    (with_roots(1, 2) * ABOVE, None, None, 2, "beside what has none"),
    (fmpq_poly([-1, 0, 0, 1]), None, None, 1, "x^3 - 1"),
    (fmpq_poly([0, -1, 0, 1]), None, None, 3, "x^3 - x"),
    (fmpq_poly([0, -1, 0, 1]), None, 0, 2, "of which two are at most 0"),
]


@pytest.mark.parametrize(("polynomial", "low", "high", "many", "why"), ROOTS)
def test_how_many_roots_there_are(
    polynomial: fmpq_poly, low: int | None, high: int | None, many: int, why: str
) -> None:
    ends = (None if low is None else fmpq(low), None if high is None else fmpq(high))
    assert many_roots(polynomial, *ends) == many, why


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(st.lists(st.integers(-4, 4), max_size=5), st.integers(-5, 5), st.integers(0, 5))
def test_roots_in_an_interval(roots: list[int], low: int, length: int) -> None:
    polynomial, high = 3 * with_roots(*roots), low + length
    assert many_roots(polynomial, fmpq(low), fmpq(high)) == len({each for each in roots if low < each <= high})
    assert many_roots(polynomial, None, None) == len(set(roots))


def test_each_root_once() -> None:
    assert sturm._without_squares(with_roots(1, 1, 2)) == with_roots(1, 2)
    assert sturm._without_squares(with_roots(3)) == with_roots(3)
    assert sturm._without_squares(fmpq_poly([7])) == fmpq_poly([7])


AT_ROOT = Place(fmpq(1), fmpq(2))
SIGNS = [
    (Place(fmpq(1), fmpq(1)), with_roots(2), -1, "below a root"),
    (Place(fmpq(3), fmpq(3)), with_roots(2), 1, "above it"),
    (Place(fmpq(2), fmpq(2)), with_roots(2), 0, "at it"),
    (AT_ROOT, TWO, 0, "at the root of 2"),
    (AT_ROOT, X * TWO, 0, "of a multiple"),
    (AT_ROOT, with_roots(3), -1, "another polynomial there"),
    (AT_ROOT, X, 1, "and one that is positive"),
    (AT_ROOT, -ABOVE, -1, "and one that is negative"),
]


@pytest.mark.parametrize(("place", "polynomial", "expected", "why"), SIGNS)
def test_signs_at_a_place(place: Place, polynomial: fmpq_poly, expected: int, why: str) -> None:
    assert place.sign(polynomial) == expected, why


FAILS = [
    (ONE, ONE, True, False, "1 > 0"),
    (-ONE, ONE, False, True, "-1 >= 0"),
    (-ONE, -ONE, True, False, "-1 / -1 > 0"),
    (ONE, -ONE, False, True, "1 / -1 >= 0"),
    (with_roots(2), ONE, True, True, "0 > 0"),
    (with_roots(2), ONE, False, False, "0 >= 0"),
    (-ONE, with_roots(2), True, False, "-1 / 0, which is not defined"),
    (with_roots(2), with_roots(2), True, False, "0 / 0"),
]


@pytest.mark.parametrize(("above", "below", "strict", "expected", "why"), FAILS)
def test_what_fails_at_2(above: fmpq_poly, below: fmpq_poly, strict: bool, expected: bool, why: str) -> None:
    assert Place(fmpq(2), fmpq(2)).fails(Sign(above, below, strict)) == expected, why


def sign(above: fmpq_poly, below: fmpq_poly = ONE, *, strict: bool = True) -> Sign:
    return Sign(above, below, strict)


Roots = list[tuple[int | str, int | str]]
POSITIVE, BELOW_ONE = sign(X), sign(fmpq_poly([1, -1]))
IMPLIED: list[tuple[list[Sign], Sign, Roots, bool, str]] = [
    ([], sign(ABOVE), [], True, "x^2 + 1 > 0"),
    ([], sign(-ABOVE), [], False, "-x^2 - 1 > 0"),
    ([], sign(X * X, strict=False), [(0, 0)], True, "x^2 >= 0"),
    ([], sign(X * X), [(0, 0)], False, "x^2 > 0"),
    ([], sign(X, strict=False), [(0, 0)], False, "x >= 0"),
    ([], sign(-X, strict=False), [(0, 0)], False, "-x >= 0"),
    ([POSITIVE], sign(X), [(0, 0)], True, "x > 0 if x > 0"),
    ([sign(X, strict=False)], sign(X), [(0, 0)], False, "x > 0 if x >= 0"),
    ([sign(X, strict=False)], sign(X, strict=False), [(0, 0)], True, "x >= 0 if x >= 0"),
    ([POSITIVE, BELOW_ONE], sign(X - X * X), [(0, 0), (1, 1)], True, "x (1 - x) > 0 between 0 and 1"),
    ([POSITIVE], sign(X - X * X), [(0, 0), (1, 1)], False, "not beyond 1"),
    ([BELOW_ONE], sign(X - X * X), [(0, 0), (1, 1)], False, "not below 0"),
    ([sign(TWO), POSITIVE], sign(fmpq_poly([-1, 1])), [("-2", "-1"), (0, 0), (1, 1), ("7/5", "3/2")], True, "x > 1"),
    (
        [sign(TWO), POSITIVE],
        sign(with_roots(Fraction(3, 2))),
        [("-2", "-1"), (0, 0), ("7/5", "71/50"), ("3/2", "3/2")],
        False,
        "x > 3/2, where x^2 > 2",
    ),
    ([], sign(ONE, X), [(0, 0)], False, "1 / x is not defined at 0"),
    ([POSITIVE], sign(ONE, X), [(0, 0)], True, "1 / x > 0 if x > 0"),
    ([], sign(ONE, X * X), [(0, 0)], False, "nor is 1 / x^2"),
    ([sign(ONE, X)], sign(X), [(0, 0)], False, "x > 0 if 1 / x > 0, which says nothing at 0"),
    ([sign(ONE, X)], sign(X, strict=False), [(0, 0)], True, "x >= 0 if 1 / x > 0"),
    ([], sign(ONE, NONE), [], False, "a division by 0"),
    ([], sign(NONE, strict=False), [], True, "0 >= 0"),
    ([], sign(NONE), [], False, "0 > 0"),
]


@pytest.mark.parametrize(("hypotheses", "wanted", "roots", "expected", "why"), IMPLIED)
def test_what_is_implied(hypotheses: list[Sign], wanted: Sign, roots: Roots, expected: bool, why: str) -> None:
    assert implied(hypotheses, wanted, [(number(low), number(high)) for low, high in roots]) == expected, why


def test_large_degrees_are_refused() -> None:
    power = ABOVE
    for _ in range(5):
        power = power * power
    assert power.degree() == 64
    assert implied([], sign(power), [])
    assert not implied([sign(power)], sign(power), []), "128 together"
    assert implied([sign(ABOVE)] * 28, sign(power), []), "120 together"


PLACES: list[tuple[fmpq_poly, Roots, bool, str]] = [
    (TWO, [("-2", "-1"), (1, 2)], True, "both roots of 2"),
    (TWO, [(1, 2)], False, "one is left out"),
    (TWO, [("-2", 2)], False, "both in one interval"),
    (TWO, [(1, 2), ("-2", "-1")], False, "out of order"),
    (TWO, [("-2", "-1"), ("-3/2", "-1"), (1, 2)], False, "intervals that meet"),
    (TWO, [("-2", 1), (1, 2)], False, "with an end in common"),
    (TWO, [("-1", "-2"), (1, 2)], False, "an interval turned round"),
    (TWO, [("-2", "-1"), (0, "1/2"), (1, 2)], True, "one that holds none"),
    (TWO, [("-2", "-1"), (0, 0), (1, 2)], True, "a number that is none"),
    (with_roots(1, 3), [(1, 1), (3, 3)], True, "rational roots"),
    (with_roots(1, 3), [(1, 1)], False, "one of them"),
    (with_roots(1, 3), [(1, 2), (3, 3)], False, "a root at a low end"),
    (with_roots(1, 3), [(0, 1), (3, 3)], False, "or at a high one"),
    (with_roots(1, 3), [(0, 2), (3, 3)], True, "a rational root between two numbers"),
    (ONE, [], True, "no root"),
]


@pytest.mark.parametrize(("polynomial", "roots", "expected", "why"), PLACES)
def test_intervals_that_hold_all_roots(polynomial: fmpq_poly, roots: Roots, expected: bool, why: str) -> None:
    places = [Place(number(low), number(high)) for low, high in roots]
    assert sturm._hold_all_roots(polynomial, places) == expected, why


def test_numbers_between_places() -> None:
    places = [Place(fmpq(1), fmpq(2)), Place(fmpq(3), fmpq(3))]
    assert [each.low for each in sturm._between(places)] == [0, fmpq(5, 2), 4]
    assert [each.low for each in sturm._between(places[:1])] == [0, 3]
    assert all(each.low == each.high for each in sturm._between(places))
    assert list(sturm._between([])) == [Place(fmpq(0), fmpq(0))]
