"""What inequalities about one real number imply, against signs at very many points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Poly, Rational

from verify.kernel.cells import Sign, implied
from verify.kernel.univariate import PARAMETER as T


def sign(above: object, below: object = 1, *, strict: bool = True) -> Sign:
    return Sign(Poly(above, T), Poly(below, T), strict)


IMPLIED = [
    ((), (sign(T**2 + 1),), True, "no real root"),
    ((), (sign(T**2),), False, "a root, and a strict sign"),
    ((), (sign(T**2, strict=False),), True, "a double root, and a sign that is not strict"),
    ((sign(T),), (sign(T**2),), True, "the root is excluded"),
    ((sign(T, strict=False),), (sign(T**2),), False, "the root is the end of what is given"),
    ((sign(2 - T**2),), (sign(3 - 2 * T),), True, "3/2 is larger than the square root of 2"),
    ((sign(2 - T**2),), (sign(7 - 5 * T),), False, "7/5 is smaller"),
    ((sign(2 - T**2),), (sign(2 - T**2),), True, "the same irrational root"),
    ((sign(2 - T**2, strict=False),), (sign(2 - T**2),), False, "the same root, attained"),
    ((sign(2 - T**2, strict=False),), (sign((2 - T**2) * (3 - T), strict=False),), True, "a multiple with that root"),
    ((sign(T), sign(-T)), (sign(-1),), True, "nothing is left"),
    ((sign(T), sign(1 - T)), (sign(T * (1 - T)),), True, "two ends"),
    ((sign(T), sign(1 - T)), (sign(2 * T - 1),), False, "a root inside"),
    ((sign(1, T),), (sign(T),), False, "a hypothesis that is defined nowhere at 0 excludes nothing there"),
    ((), (sign(T, T),), True, "what is asked for is not defined at 0"),
    ((sign(T - 1),), (sign(1, T - 1),), True, "a pole outside"),
    ((), (sign(0, strict=False),), True, "zero is at least 0"),
    ((), (sign(0),), False, "zero is not positive"),
    ((sign(0),), (sign(-1),), True, "a hypothesis that never holds"),
]


@pytest.mark.parametrize(("told", "wanted", "expected", "why"), IMPLIED, ids=[row[3] for row in IMPLIED])
def test_implied(told: tuple[Sign, ...], wanted: tuple[Sign, ...], expected: bool, why: str) -> None:
    assert implied(told, wanted) is expected, why


def holds(stated: Sign, number: Rational) -> bool | None:
    """Whether a statement holds at a number; nothing where it is not defined."""
    below = stated.below.eval(number)
    if below == 0:
        return None
    value = stated.above.eval(number) / below
    return bool(value > 0) or (not stated.strict and value == 0)


WHOLE = st.integers(-4, 4)
SIGNS = st.builds(
    lambda above, below, strict: Sign(Poly(above, T), Poly(below, T), strict),
    st.lists(WHOLE, min_size=1, max_size=4),
    st.sampled_from([[1], [1, 0], [1, -1], [1, 0, 1]]),
    st.booleans(),
)
NUMBERS = [
    Rational(each.numerator, each.denominator) for each in {Fraction(p, q) for p in range(-40, 41) for q in range(1, 8)}
]


@given(st.lists(SIGNS, max_size=2), SIGNS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_no_number_breaks_what_is_implied(told: list[Sign], wanted: Sign) -> None:
    if implied(tuple(told), (wanted,)):
        for number in NUMBERS:
            if all(holds(each, number) is not False for each in told):
                assert holds(wanted, number) is not False, number


def test_what_is_not_implied_has_a_number_that_breaks_it_if_all_roots_are_whole() -> None:
    """Every cell between whole numbers holds one of the numbers that are tried."""
    linear = [
        sign(slope * (T - end), strict=strict) for slope in (1, -1) for end in (-1, 0, 2) for strict in (True, False)
    ]
    for first in linear:
        for second in linear:
            for wanted in linear:
                broken = any(
                    holds(first, number) and holds(second, number) and not holds(wanted, number) for number in NUMBERS
                )
                assert implied((first, second), (wanted,)) is not broken
