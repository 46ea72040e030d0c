"""Both sides at a point: floats where they can tell, balls where they cannot, and never an absolute tolerance."""

from fractions import Fraction

import numpy as np
import pytest

from tests.sample.cases import a, i, n, s, x, z
from verify.language import Chain, diff, equal, exp, grad, has_shape, log, norm, sigma, softplus, total, vector
from verify.sample import compare
from verify.sample.balls import Balls
from verify.sample.compare import NotDefined, Outcome, Separated, Told, Untold, outcome, shapes
from verify.sample.points import Ground, Point


def at(statement: Chain, *numbers: int | Fraction) -> Outcome:
    """The outcome for these entries of x, or for this z."""
    (link,) = statement.links()
    column = np.array([[Fraction(number)] for number in numbers], dtype=object)
    inputs = {z: np.array(Fraction(numbers[0]), dtype=object), x: column, a: np.array(Fraction(1), dtype=object)}
    return outcome(link, link.right, Point(Ground.of(link), {"n": len(numbers)}, inputs, {}))  # type: ignore[arg-type]


LOGISTIC = sigma(z) * (1 - sigma(z))


@pytest.mark.parametrize("number", [0, 3, 30, 90, 700, 1000, -90])
def test_a_saturated_function_neither_hides_a_sign_nor_breaks_a_true_claim(number: int) -> None:
    assert isinstance(at(equal(sigma.derivative(z), LOGISTIC), number), Told)
    assert isinstance(at(equal(sigma.derivative(z), -LOGISTIC), number), Separated)


@pytest.mark.parametrize("number", [90, 300, 900])
def test_a_saturated_gradient_is_not_zero(number: int) -> None:
    assert isinstance(at(equal(diff(sigma(z), z), 0), number), Separated)
    assert isinstance(at(equal(1 - sigma(z), 0), number), Separated)


@pytest.mark.parametrize(
    ("statement", "numbers", "expected", "why"),
    [
        (equal(total(s), 1), (1, 2, 3), Told, "floats tell"),
        (equal(log(1 + exp(z)), softplus(z)), (2,), Told, "floats tell"),
        (equal(exp(-z) - exp(-z), 0), (50,), Told, "0 = 0, which balls tell"),
        (equal(grad(x.T * x, x), 2 * x), (0, 0), Told, "0 = 0 with a rounding error in the differences"),
        (equal(diff(diff(sigma(z), z), z), 0), (0,), Told, "an inflection"),
        (equal(exp(-z), 0), (800,), Separated, "below the smallest float"),
        (equal(exp(exp(z)), exp(exp(z))), (7,), NotDefined, "above the largest float"),
        (equal(log(z), log(z)), (-1,), NotDefined, "outside the domain"),
        (equal(1 / z, 1 / z), (0,), NotDefined, "a pole"),
        (equal(grad(norm(x), x), x / norm(x)), (0, 0), NotDefined, "the tip of the norm"),
        (equal(x[3], x[3]), (1, 2), NotDefined, "no third entry"),
        (equal(1 + exp(-z), 1), (30,), Separated, "one part in 10^13 is more than the rounding"),
        (equal(1 + exp(-z), 1), (800,), Told, "one part in 10^347 is not: other points are for that"),
        (equal(exp(-z), 2 * exp(-z)), (3000,), Separated, "but no number is too small to have a sign and a size"),
    ],
)
def test_outcomes(statement: Chain, numbers: tuple[int, ...], expected: type[Outcome], why: str) -> None:
    assert isinstance(at(statement, *numbers), expected), why


def test_one_entry_inside_the_domain_is_compared() -> None:
    assert isinstance(at(equal(log(x[i]), log(x[i])), 1, -1), Told)
    assert isinstance(at(equal(log(x[i]), 2 * log(x[i])), 2, -1), Separated)


def test_a_separation_says_where() -> None:
    found = at(equal(x[i], x), 0, 1)
    assert found == Separated((("i", 1),), (2, 1), 0.0, 1.0)
    assert at(equal(x, 2 * x), 0, 3) == Separated((), (2, 1), 3.0, 6.0)
    assert at(equal(z, z + 1), 2) == Separated((), (), 2.0, 3.0)


def test_what_is_too_large_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = equal(grad(x.T * x, x), 2 * x)
    monkeypatch.setattr(Balls, "cells", 3)
    assert isinstance(at(statement, 0, 0), Untold)
    assert isinstance(at(statement, 1, 1), Told), "floats told"


def test_floats_alone_never_refute(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = equal(z, z + Fraction(1, 10**12))
    assert isinstance(at(statement, 1), Separated)
    monkeypatch.setattr(compare, "PRECISIONS", ())
    assert isinstance(at(statement, 1), Untold)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (has_shape(x, (n, 1)), Told(0.0)),
        (has_shape(x, (1, n)), Separated((), (1,), 2, 1)),
        (has_shape(x.T * x, ()), Told(0.0)),
        (has_shape(grad(vector("w", n).T * x, x), (n, n)), Separated((), (2,), 1, 2)),
        (has_shape(x, ()), Separated((), (), 2, 0)),
    ],
)
def test_shapes_are_those_of_the_arrays(statement: Chain, expected: object) -> None:
    (link,) = statement.links()
    column = np.array([[Fraction(1)], [Fraction(2)]], dtype=object)
    point = Point(Ground.of(link), {"n": 2}, {x: column, vector("w", n): column}, {})
    assert isinstance(link.right, tuple)
    assert shapes(link.left, link.right, point) == expected
