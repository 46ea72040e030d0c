"""Measured derivatives: they lie within the error that they claim; kinks have none; independence is exact."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from flint import arb

from tests.sample.cases import a, f, n, s, x, z
from verify.language import (
    Expression,
    define,
    diff,
    equal,
    exp,
    grad,
    index,
    jacobian,
    log,
    max_over,
    norm,
    sigma,
    softplus,
    tanh,
    total,
    vjp,
)
from verify.sample import Disagreement, Sampled, differences, sample
from verify.sample.balls import Balls, precision
from verify.sample.differences import orders
from verify.sample.floats import Floats
from verify.sample.points import Ground, Point, drawn
from verify.sample.tensor import Tensor
from verify.sample.walk import value

i = index("i", n)


def at(e: Expression, arithmetic: type[Tensor], number: Fraction) -> Tensor:
    """The value of an expression in z alone."""
    point = Point(Ground.of(equal(e, e).links()[0]), {}, {z: np.array(number, dtype=object)}, {})
    return value(e, point.scope(arithmetic, ()))


@pytest.mark.parametrize(
    ("e", "number", "true"),
    [
        (diff(z * z * z, z), Fraction(2), lambda t: 3 * t * t),
        (diff(exp(z), z), Fraction(1, 2), lambda t: t.exp()),
        (diff(1 / z, z), Fraction(1, 8), lambda t: -1 / t**2),
        (diff(log(z), z), Fraction(3), lambda t: 1 / t),
        (diff(exp(30 * z), z), Fraction(1, 2), lambda t: 30 * (30 * t).exp()),
        (diff(diff(exp(2 * z), z), z), Fraction(1, 4), lambda t: 4 * (2 * t).exp()),
        (sigma.derivative(z), Fraction(1), lambda t: 1 / (2 + t.exp() + (-t).exp())),
        (tanh.derivative(z), Fraction(-3, 8), lambda t: 1 - t.tanh() ** 2),
        (softplus.derivative(z, 2), Fraction(1), lambda t: 1 / (2 + t.exp() + (-t).exp())),
        (log.derivative(z, 2), Fraction(3, 4), lambda t: -1 / t**2),
        (sigma.derivative(z), Fraction(90), lambda t: 1 / (2 + t.exp() + (-t).exp())),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_the_derivative_lies_within_its_error(e, number, true) -> None:
    with np.errstate(all="ignore"):
        floats = at(e, Floats, number)
    with precision(700):
        balls, exact = at(e, Balls, number), true(arb(int(number.numerator)) / int(number.denominator))
        assert isinstance(floats, Floats)
        assert isinstance(balls, Balls)
        assert abs(exact - arb(float(floats.value))) <= arb(4 * float(floats.spread))
        ball = balls.array.item()
        assert ball.contains(exact)
        assert ball.rad() < abs(exact) * arb(2) ** -150, "the ball is no use if it is wide"


def test_what_does_not_depend_on_the_variable_has_derivative_exactly_zero() -> None:
    for e in (diff(exp(a) + a, z), grad(exp(a), z)):
        point = Point(Ground.of(equal(e, e).links()[0]), {}, {each: np.array(Fraction(1, 3)) for each in (a, z)}, {})
        found = value(e, point.scope(Floats, ()))
        assert isinstance(found, Floats)
        assert (float(found.value), float(found.spread)) == (0.0, 0.0)


def test_an_output_does_not_depend_on_another_entry() -> None:
    e = jacobian(exp(x), x)
    point = drawn(Ground.of(equal(e, e).links()[0]), bytes([0, 1, 1, 2]))
    found = value(e, point.scope(Floats, ()))
    assert isinstance(found, Floats)
    assert found.shape == (2, 2)
    assert found.spread[0, 1] == found.spread[1, 0] == 0
    assert found.value[0, 1] == found.value[1, 0] == 0
    assert found.value[0, 0] == pytest.approx(np.e, rel=1e-9)


@pytest.mark.parametrize("arithmetic", [Floats, Balls])
@pytest.mark.parametrize(
    ("e", "entries", "smooth", "why"),
    [
        (grad(max_over(i, x[i]), x), ("1", "1"), False, "two largest entries"),
        (grad(max_over(i, x[i]), x), ("1", "3/8"), True, "one largest entry"),
        (grad(norm(x), x), ("0", "0"), False, "the tip of the cone"),
        (grad(norm(x), x), ("0", "1"), True, "elsewhere it is smooth"),
        (grad(max_over(i, x[i]) - max_over(i, x[i]), x), ("1", "1"), True, "kinks that cancel"),
        (grad(total(x) ** 3, x), ("0", "0"), True, "a flat place is no kink"),
    ],
)
def test_there_is_no_derivative_at_a_kink(
    arithmetic: type[Tensor], e: Expression, entries: tuple[str, ...], smooth: bool, why: str
) -> None:
    vector = np.array([[Fraction(entry)] for entry in entries], dtype=object)
    point = Point(Ground.of(equal(e, e).links()[0]), {"n": 2}, {x: vector}, {})
    with precision(700), np.errstate(all="ignore"):
        found = value(e, point.scope(arithmetic, ()))
        assert bool(found.undefined().any()) != smooth, why


def test_a_definition_is_held_independent_where_it_is_derived_by_and_unfolded_elsewhere() -> None:
    inner = define("u", 3 * z)
    middle = define("v", inner * inner)
    for e, expected in (
        (diff(middle, inner), 12.0),
        (diff(middle, z), 36.0),
        (diff(middle + z, inner), 12.0),
        (diff(middle * inner, middle), 6.0),
        (vjp(middle, z, inner), 216.0),
    ):
        assert at(e, Floats, Fraction(2)).rounded() == pytest.approx(expected, rel=1e-8), str(e)


@pytest.mark.parametrize(
    ("e", "expected"),
    [(z, 0), (diff(z, z), 1), (sigma.derivative(z, 2), 2), (diff(sigma.derivative(z), z), 2), (f.derivative(z, 3), 0)],
    ids=str,
)
def test_orders_counts_differences_of_differences(e: Expression, expected: int) -> None:
    assert orders(e) == expected


# Wrong rules, each of which must make the sampler see a true claim about a derivative fail.


def half(values: Tensor, axis: int, step: Tensor) -> Tensor:
    return honest(values, axis, step + step)


def parts(values: Tensor, axis: int) -> list[Tensor]:
    """The values at each step."""
    return [values.rearranged(partial(np.take, indices=at, axis=axis)) for at in range(differences.POINTS)]


def one_sided(values: Tensor, axis: int, step: Tensor) -> Tensor:
    part = parts(values, axis)
    return (part[0] - part[4]) * step.inverse()


def without_its_error(values: Tensor, axis: int, step: Tensor) -> Tensor:
    part = parts(values, axis)
    return (part[0] - part[1]) * (step + step).inverse()


def turned_round(values: Tensor, axis: int, step: Tensor) -> Tensor:
    return -honest(values, axis, step)


def constant_bits(bits: int) -> Callable[[int], int]:
    """Steps of one size, whatever they are steps of."""
    return lambda nesting: bits


honest = differences.difference
DERIVED = (
    equal(sigma.derivative(z), sigma(z) * (1 - sigma(z))).links()[0],
    equal(grad(log(total(exp(x))), x), s).links()[0],
)
PLAIN = equal(total(s), 1).links()[0]


@pytest.mark.parametrize("rule", [half, one_sided, turned_round], ids=lambda rule: rule.__name__)
def test_a_wrong_rule_is_caught_where_there_are_derivatives(monkeypatch: pytest.MonkeyPatch, rule) -> None:
    monkeypatch.setattr(differences, "difference", rule)
    for link in DERIVED:
        assert isinstance(sample(link), Disagreement), f"{link} passes with {rule.__name__}"
    assert isinstance(sample(PLAIN), Sampled)


@pytest.mark.parametrize("bits", [1, 4, 30, 50])
def test_a_clumsy_step_is_answered_by_its_error(monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    monkeypatch.setattr(Floats, "step_bits", constant_bits(bits))
    for link in DERIVED:
        assert isinstance(sample(link), Sampled), f"{link} with steps of 2^-{bits}"


def test_a_clumsy_step_without_its_error_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Floats, "step_bits", constant_bits(4))
    monkeypatch.setattr(Balls, "step_bits", constant_bits(4))
    monkeypatch.setattr(differences, "difference", without_its_error)
    for link in DERIVED:
        assert isinstance(sample(link), Disagreement)


def test_a_step_that_is_not_the_one_taken_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "STEPS", tuple(step * Fraction(1001, 1000) for step in differences.STEPS))
    for link in DERIVED:
        assert isinstance(sample(link), Disagreement)
