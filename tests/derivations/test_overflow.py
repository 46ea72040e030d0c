"""What floating point does to a softmax: no overflow after the shift by the maximum, for all finite inputs.

In exact numbers the shift changes nothing (``softmax.shift_by_the_maximum``); in float64 it decides.
"""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shift = Callable[[Floats], np.float64]

LARGEST = np.finfo(np.float64).max
LEAST = 5e-324
# Half the distance from 1 to the next number: the largest relative error of one rounding.
UNIT = 2.0**-53


def no_shift(_: Floats) -> np.float64:
    return np.float64(0)


def softmax(x: Floats, shift: Shift) -> Floats:
    """The softmax as it is computed; raises FloatingPointError where an exponential or their sum overflows.

    Taking the shift off may itself reach minus infinity, of which the exponential is 0.
    """
    with np.errstate(over="ignore"):
        shifted = x - shift(x)
    with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
        exponentials: Floats = np.exp(shifted)
        result: Floats = exponentials / exponentials.sum()
        return result


def tolerance(count: int) -> float:
    """How far from 1 the sum of a softmax of so many entries may be.

    With S the computed sum of positive numbers, S = (sum of e_i) (1 + d), |d| <= (count - 1) UNIT to first order. Each
    quotient and the last sum are rounded once more; terms of second order and underflow are less than one UNIT.
    """
    return (count + 2) * UNIT


def require_a_distribution(x: Floats, shift: Shift) -> None:
    """Raises AssertionError or FloatingPointError if the softmax overflows, or is no distribution."""
    result = softmax(x, shift)
    assert np.isfinite(result).all()
    assert (result >= 0).all()
    assert (result <= 1).all()
    assert abs(fsum(result) - 1) <= tolerance(len(x))
    assert result[np.argmax(x)] == result.max()
    assert result.max() * len(x) >= 1 - tolerance(len(x)), "the largest entry has at least its share"


HARD = [
    ([LARGEST], "the largest number alone"),
    ([-LARGEST], "the least number alone"),
    ([LARGEST, -LARGEST], "the difference is larger than any number"),
    ([LARGEST, LARGEST], "equal and huge"),
    ([-LARGEST, -LARGEST, -LARGEST], "equal, huge and negative"),
    ([1.79e308, -1.79e308, 0.0], "huge with both signs, and 0"),
    ([709.79], "e^x overflows"),
    ([709.5, 709.5], "the sum of e^x overflows"),
    ([-746.0, -746.0], "e^x underflows to 0 for all entries"),
    ([LEAST, -LEAST], "the numbers nearest to 0"),
    ([LEAST, 1e-310, 0.0, -0.0], "subnormal numbers and both zeros"),
    ([1000.0, -1000.0], "both signs"),
    ([0.0, -745.1332191019411], "the exponential is the least number"),
    ([710.0] * 1000, "a thousand, all too large"),
    ([LARGEST / 501 * each for each in range(-500, 500)], "a thousand from end to end"),
    ([LARGEST, *[LEAST] * 999], "one huge among subnormal ones"),
]


@pytest.mark.parametrize(("entries", "why"), HARD, ids=[why for _, why in HARD])
def test_shifted_by_the_maximum_it_never_overflows_on_hard_inputs(entries: list[float], why: str) -> None:
    require_a_distribution(np.array(entries), np.max)


FINITE = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=True)
SPREAD = st.sampled_from([0.0, LEAST, -LEAST, 1e-310, 700.0, 709.5, 709.79, -745.2, 1e16, -1e16, LARGEST, -LARGEST])
SIZES = st.one_of(st.integers(1, 12), st.sampled_from([100, 999, 1000]))


@given(arrays(np.float64, SIZES, elements=st.one_of(FINITE, SPREAD)))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_shifted_by_the_maximum_it_never_overflows(x: Floats) -> None:
    require_a_distribution(x, np.max)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([709.79], "one exponential is too large: log of the largest number is 709.7827..."),
        ([709.5, 709.5], "each exponential is finite, their sum is not"),
        ([700.0] * 20_000, "many of them overflow earlier"),
        ([1000.0, -1000.0], "both signs"),
    ],
)
def test_it_overflows_without_the_shift(entries: list[float], why: str) -> None:
    with pytest.raises(FloatingPointError, match="overflow"):
        softmax(np.array(entries), no_shift)


@pytest.mark.parametrize(
    ("entries", "why"),
    [([709.78], "one exponential just fits"), ([709.0, 709.0], "and two of them"), ([-700.0, 700.0], "both signs")],
)
def test_a_little_earlier_it_does_not(entries: list[float], why: str) -> None:
    require_a_distribution(np.array(entries), no_shift)


def test_the_exponential_that_is_summed_is_finite_where_the_sum_is_not() -> None:
    with np.errstate(over="raise"):
        assert np.isfinite(np.exp(np.float64(709.5)))


def test_without_the_shift_all_exponentials_may_vanish() -> None:
    with pytest.raises(FloatingPointError, match="invalid"):
        softmax(np.array([-746.0, -746.0]), no_shift)


WRONG: list[tuple[str, Shift]] = [
    ("nothing", no_shift),
    ("the minimum", np.min),
    ("the mean", np.mean),
    ("the largest absolute value", lambda x: np.abs(x).max()),
    ("the first entry", lambda x: x[0]),
    ("twice the maximum", lambda x: 2 * x.max()),
]


@pytest.mark.parametrize(("name", "shift"), WRONG, ids=[name for name, _ in WRONG])
def test_another_shift_is_caught(name: str, shift: Shift) -> None:
    """Planted: the inputs above show that the maximum is the one to take off."""
    caught = []
    for entries, why in HARD:
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                require_a_distribution(np.array(entries), shift)
        except (AssertionError, FloatingPointError):
            caught.append(why)
    assert caught, name
