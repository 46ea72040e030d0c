"""Inequalities by the signs of a number, by its ends, and at a point where both sides are one number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.kernel.planted import Plant, require_caught
from tests.kernel.test_order import verdict
from verify.kernel import ends, halves, touching
from verify.language import (
    Chain,
    Number,
    Positive,
    Proved,
    Refuted,
    Undecided,
    at_least,
    at_most,
    dims,
    equal,
    exp,
    greater,
    less,
    log,
    scalar,
    sigma,
    softplus,
    tanh,
    vector,
)

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
a, b, c, s, z = (scalar(name) for name in "abcsz")
half, two = Fraction(1, 2), log(Number(2))
cosine = log((exp(z) + exp(-z)) / 2)
size = (z**2) ** half
positive, not_negative = less(0, z), at_least(z, 0)
between = (at_least(c, 0), at_most(c, 1))
square = (at_least(a, -1), at_most(a, 1), at_least(b, -1), at_most(b, 1))
close = log(Number(3)) + exp(Number(-1500)) * (8 - exp(Number(2)))
mixed = c * x.T * x + (1 - c) * y.T * y

# Each true inequality with a false neighbor, under the hypotheses of either.
ROWS = [
    (at_most(tanh(z), z), (not_negative,), at_most(tanh(z), z), (), "a slope of at most 1, to the right of 0"),
    (less(tanh(z), z), (positive,), less(tanh(z), z), (not_negative,), "strictly, but not at 0"),
    (
        at_least(tanh(z), z - z**3 / 3),
        (not_negative,),
        at_least(tanh(z), z - z**3 / 3),
        (),
        "by the slope of the slope",
    ),
    (at_most(cosine, z**2 / 2), (), at_most(cosine, z**2 / 4), (), "rising on both sides"),
    (
        at_least(log(sigma(z)), z / 2 - two - z**2 / 8),
        (),
        at_least(log(sigma(z)), z / 2 - two - z**2 / 16),
        (),
        "a bound of the logistic function",
    ),
    (
        at_least(exp(z), 1 + z + z**2 / 2 + z**3 / 6),
        (),
        at_least(exp(z), 1 + z + z**2 / 2),
        (),
        "of odd degree, three derivatives",
    ),
    (
        at_least(log(1 + z), z - z**2 / 2),
        (not_negative,),
        at_least(log(1 + z), z - z**2 / 2),
        (),
        "defined to the right of -1",
    ),
    (at_most(sigma(z), half + z / 4), (not_negative,), at_most(sigma(z), half + z / 4), (), "a steepest slope"),
    (
        at_least(z * (exp(z) - 1), 0),
        (),
        at_least(z * (exp(z) - 4), 0),
        (),
        "two factors that change their sign together",
    ),
    (at_least(mixed, 0), between, at_least(mixed, 0), between[:1], "a weighted mean, by its ends"),
    (less(a * b * c, 2), (*square, *between), less(a * b, 1), square, "two numbers between two others"),
    (at_least(softplus(z) - c * z, 0), between, at_least(softplus(z) - 2 * c * z, 0), between, "between two losses"),
]


@pytest.mark.parametrize(("true", "given", "why"), [(row[0], row[1], row[4]) for row in ROWS])
def test_is_shown(true: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(true, *given)
    assert isinstance(found, Proved), f"{why}: {found}"
    assert not found.conditions, why


@pytest.mark.parametrize(("false", "given", "why"), [(row[2], row[3], row[4]) for row in ROWS])
def test_its_neighbor_is_refuted(false: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(false, *given)
    assert isinstance(found, Refuted), f"{why}: {found}"


ABSOLUTE = [
    (at_most(cosine, size), at_most(cosine, size - 1), "the absolute value from above"),
    (at_least(cosine, size - two), at_least(cosine, size), "and from below"),
    (at_most(softplus(z), two + size), at_most(softplus(z), size), "of a softplus"),
    (at_most(c * z, (c**2) ** half * size), at_most((c**2) ** half * size, c * z), "of a product"),
]


@pytest.mark.parametrize(("true", "false", "why"), ABSOLUTE)
def test_a_root_of_a_square_is_taken_apart_by_signs(true: Chain, false: Chain, why: str) -> None:
    found = verdict(true)
    assert isinstance(found, Proved), why
    assert Positive(z**2) in found.conditions
    assert isinstance(verdict(false), Refuted), why


NOT_PROVED = [
    pytest.param(at_least(1 / (z - 1) ** 2, 1), (not_negative,), id="not defined all the way from 0"),
    pytest.param(at_least(log((z - 1) ** 2) + z**2, 0), (not_negative,), id="not even by a logarithm"),
    pytest.param(at_least(b, 1), (equal(b, z**2), not_negative), id="a number that depends on the other"),
    pytest.param(at_most(z, 1), (greater(z**2, 4), not_negative), id="a number of which more is given"),
    pytest.param(at_least(c**2 - c, 0), between, id="not affine"),
    pytest.param(at_least(c * exp(c * 2) - 8 * c, 0), between, id="not affine, in an exponent"),
]


@pytest.mark.parametrize(("chain", "given"), NOT_PROVED)
def test_nothing_is_concluded_beyond_what_is_defined_and_given(chain: Chain, given: tuple[Chain, ...]) -> None:
    assert not isinstance(verdict(chain, *given), Proved)


TOUCHING = [
    pytest.param(greater(softplus(z), two + z / 2), (), ("z", (("0",),)), id="at 0"),
    pytest.param(less(-a * log(a) - (1 - a) * log(1 - a), two), (less(0, a), less(a, 1)), ("a", (("1/2",),)), id="1/2"),
    pytest.param(less(log(1 + s) - log(1 + b), (s - b) / (1 + b)), (less(0, s), less(0, b)), ("s", (("1",),)), id="1"),
]


@pytest.mark.parametrize(("chain", "given", "at"), TOUCHING)
def test_a_strict_inequality_is_refuted_where_both_sides_are_one_number(
    chain: Chain, given: tuple[Chain, ...], at: tuple[str, object]
) -> None:
    found = verdict(chain, *given)
    assert isinstance(found, Refuted)
    assert at in found.witness.inputs
    assert found.witness.left == found.witness.right


def test_sides_that_balls_cannot_tell_apart_need_not_be_equal() -> None:
    """They differ by less than 2^-2000."""
    assert isinstance(verdict(greater(close, log(Number(3)))), Undecided)


def _undefined_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves._Halves, "_is_defined", lambda self, side: True)


def _from_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is at least 0 at 0 is not asked."""
    monkeypatch.setattr(halves._Halves, "_is_shown_at_zero", lambda self, value, *, strict: True)


def _one_side_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves._Halves, "sides", (1,))


def _affine_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "_is_affine", lambda poly, atom: True)


PLANTED = [
    pytest.param(_undefined_on_the_way, at_least(-1 / (z - 1), 1), (not_negative,), id="a pole on the way"),
    pytest.param(_from_nowhere, at_least(z - 1, 0), (not_negative,), id="a start that is below"),
    pytest.param(_one_side_alone, at_most(tanh(z), z), (), id="one side alone"),
    pytest.param(_affine_in_all, at_least(c**2 - c, 0), between, id="a square taken to be affine"),
]


@pytest.mark.parametrize(("plant", "chain", "given"), PLANTED)
def test_a_wrong_step_is_caught_by_the_replay(
    plant: Plant, chain: Chain, given: tuple[Chain, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    require_caught(plant, chain, given, monkeypatch)


def test_it_is_the_normal_form_that_tells_them_to_be_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were it not asked, what balls cannot tell apart would be taken for one number."""
    monkeypatch.setattr(touching, "is_zero", lambda ring, poly: True)
    assert isinstance(verdict(greater(close, log(Number(3)))), Refuted)
