"""Floats and balls: the true number lies within the error bound, whatever was computed, and the bound is small."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq

from verify.sample.balls import Balls, precision
from verify.sample.floats import Floats
from verify.sample.tensor import Tensor, stacked

Program = Callable[[Callable[[Fraction], Tensor]], Tensor]

THIRD, SEVENTH, LARGE = Fraction(1, 3), Fraction(-1, 7), Fraction(10**9 + 7, 3)

PROGRAMS: dict[str, Program] = {
    "a sum": lambda of: of(THIRD) + of(SEVENTH),
    "a cancelling difference": lambda of: (of(LARGE) + of(THIRD)) - of(LARGE),
    "a product": lambda of: of(THIRD) * of(SEVENTH) * of(LARGE),
    "an inverse": lambda of: (of(THIRD) - of(Fraction(1, 4))).inverse(),
    "an inverse of what nearly cancels": lambda of: (of(LARGE) - of(LARGE - THIRD)).inverse(),
    "an exponential": lambda of: (of(THIRD) + of(Fraction(20))).exp(),
    "a logarithm": lambda of: (of(THIRD) * of(LARGE)).log(),
    "a logarithm near 1": lambda of: (of(Fraction(1)) + of(Fraction(1, 3 * 10**9))).log(),
    "a root": lambda of: (of(LARGE) * of(THIRD)).root(),
    "a root of what nearly cancels": lambda of: (of(LARGE) - of(LARGE - THIRD)).root(),
    "a sine": lambda of: (of(LARGE) * of(Fraction(1, 10**8))).sine(0),
    "its third derivative": lambda of: of(THIRD).sine(3),
    "a power": lambda of: (of(THIRD) + of(SEVENTH)).raised(np.array(7)),
    "a negative power": lambda of: of(SEVENTH).raised(np.array(-3)),
    "a total": lambda of: stacked([of(LARGE), of(THIRD), of(-LARGE)]).total(0),
    "a product along an axis": lambda of: stacked([of(LARGE), of(THIRD), of(SEVENTH)]).product(0),
    "the largest": lambda of: stacked([of(SEVENTH), of(THIRD), of(SEVENTH)]).largest(0),
    "what saturates": lambda of: of(Fraction(1)) - (of(Fraction(-30)).exp() + of(Fraction(1))).inverse(),
}


@pytest.fixture(autouse=True)
def _silent() -> Iterator[None]:
    with np.errstate(all="ignore"):
        yield


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_true_number_lies_within_the_bound_of_the_floats(name: str) -> None:
    found = PROGRAMS[name](Floats.exactly)
    assert isinstance(found, Floats)
    with precision(500):
        true = PROGRAMS[name](Balls.exactly)
        assert isinstance(true, Balls)
        distance = abs(true.array.item() - arb(float(found.value)))
        assert bool(distance <= arb(float(found.spread))), name
        # A bound that is far larger than the error would tell nothing.
        assert float(found.spread) < 1e-6 * max(1.0, abs(float(found.value)))


@pytest.mark.parametrize("name", PROGRAMS)
def test_balls_of_few_bits_hold_those_of_many(name: str) -> None:
    with precision(64):
        rough = PROGRAMS[name](Balls.exactly)
    with precision(500):
        fine = PROGRAMS[name](Balls.exactly)
    assert isinstance(rough, Balls)
    assert isinstance(fine, Balls)
    assert rough.array.item().contains(fine.array.item())


@pytest.mark.parametrize("arithmetic", [Floats, Balls])
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (lambda of: of(Fraction(0)).inverse(), "1 / 0"),
        (lambda of: of(Fraction(0)).log(), "log 0"),
        (lambda of: of(Fraction(-1)).log(), "log of a negative number"),
        (lambda of: of(Fraction(-1)).root(), "root of a negative number"),
        (lambda of: of(Fraction(0)).raised(np.array(-1)), "0 to the -1"),
    ],
)
def test_what_is_not_defined_lies_outside(arithmetic: type[Tensor], program: Program, why: str) -> None:
    with precision(100):
        found = program(arithmetic.exactly)
        assert found.compared(found).outside.all(), why


@pytest.mark.parametrize("arithmetic", [Floats, Balls])
def test_what_is_not_a_number_spreads_to_all_that_depends_on_it(arithmetic: type[Tensor]) -> None:
    with precision(100):
        unknown, zero = arithmetic.unknown(), arithmetic.exactly(0)
        for result in (unknown + zero, unknown * zero, unknown.exp(), stacked([zero, unknown]).largest(0)):
            assert result.undefined().all()
        assert not (zero + zero).undefined().any()


@pytest.mark.parametrize(
    ("left", "right", "expected", "why"),
    [
        (1.0, 1.0, "agree", "equal and exact"),
        (1.0, 1.0 + 1e-15, "agree", "within the bound"),
        (1.0, 1.0 + 1e-13, "differ", "outside the bound"),
        (1e-20, -1e-20, "open", "known less well than its size: not told, never taken for equal"),
        (0.0, 0.0, "open", "0 within a bound that is not 0"),
        (np.inf, 1.0, "outside", "infinite"),
        (np.nan, np.nan, "outside", "not a number"),
    ],
)
def test_floats_tell_three_ways(left: float, right: float, expected: str, why: str) -> None:
    spread = np.array(0.0 if why == "equal and exact" else 1e-15)
    told = Floats(np.array(left), spread).compared(Floats(np.array(right), np.array(0.0)))
    found = "agree" if told.agree else "differ" if told.differ else "outside" if told.outside else "open"
    assert found == expected, why


@pytest.mark.parametrize(
    ("bits", "left", "right", "expected", "why"),
    [
        (700, arb(1), arb(1), "agree", "equal and exact"),
        (700, arb(2) ** -600, -(arb(2) ** -600), "differ", "a sign far below the floats"),
        (700, arb(0, 2**-200), arb(0), "open", "0 up to 2^-200 is not yet 0 at 700 bits"),
        (2800, arb(0, arb(2) ** -1600), arb(0), "agree", "0 up to 2^-1600 is, at 2800"),
        (2800, arb(0, 2**-200), arb(0), "open", "0 up to 2^-200 is not"),
        (2800, arb(1, 2**-50), arb(1), "open", "1 up to 2^-50 is known too poorly"),
    ],
)
def test_balls_tell_three_ways(bits: int, left: arb, right: arb, expected: str, why: str) -> None:
    with precision(bits):
        one, other = (Balls(np.array([each], dtype=object)) for each in (left, right))
        told = one.compared(other)
    found = "agree" if told.agree else "differ" if told.differ else "outside" if told.outside else "open"
    assert found == expected, why


def test_a_rational_that_no_float_is_has_a_bound() -> None:
    found = Floats.exactly(np.array([Fraction(1, 8), Fraction(1, 3)], dtype=object))
    assert found.spread[0] == 0
    assert 0 < found.spread[1] < 1e-16
    with precision(200):
        assert Balls.exactly(THIRD).array.item().contains(arb(fmpq(1, 3)))


def test_sums_and_products_of_nothing() -> None:
    nothing = Floats.exactly(np.zeros((2, 0), dtype=np.int64))
    assert nothing.total(1).value.tolist() == [0.0, 0.0]
    assert nothing.product(1).value.tolist() == [1.0, 1.0]
    with precision(100):
        balls = Balls.exactly(np.zeros((2, 0), dtype=np.int64))
        assert balls.total(1).rounded().tolist() == [0.0, 0.0]
        assert balls.product(1).rounded().tolist() == [1.0, 1.0]
