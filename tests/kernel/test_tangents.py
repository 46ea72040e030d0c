"""Bounds by tangents, by what is given, by sums that are given and by roots: what is shown, and what must not be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.kernel.planted import Plant, require_caught
from tests.kernel.test_order import verdict
from verify.kernel import definite, openings, squares, tangents
from verify.language import (
    Chain,
    Number,
    Positive,
    Proved,
    Refuted,
    at_least,
    at_most,
    dims,
    equal,
    exp,
    greater,
    index,
    less,
    log,
    matrix,
    norm,
    scalar,
    sigma,
    softmax,
    softplus,
    sum_over,
    swish,
    total,
    tr,
    vector,
)

(n,) = dims("n")
x, u, p, q = vector("x", n), vector("u", n), vector("p", n), vector("q", n)
A = matrix("A", n, n)
a, b, c, s, z = (scalar(name) for name in "abcsz")
i, k = index("i", n), index("k", n)
half, two = Fraction(1, 2), log(Number(2))
unit = (less(0, a), less(a, 1))
units = (*unit, less(0, b), less(b, 1))
closed = (at_least(a, 0), at_most(a, 1))
shares = (less(0, p), equal(total(p), 1))
both = (*shares, less(0, q), equal(total(q), 1))
entropy = -a * log(a) - (1 - a) * log(1 - a)
divergence = a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))
middle = [sum_over(i, w[i] * log(2 * w[i] / (p[i] + q[i]))) for w in (p, q)]
focal = -((1 - sigma(z)) ** 2) * log(sigma(z))
weighted = sum_over(i, softmax(x)[i] * u[i] ** 2) - sum_over(i, softmax(x)[i] * u[i]) ** 2
length = (1 + z**2) ** half

# Each true inequality with a false neighbor, under the hypotheses of either.
ROWS = [
    (at_least(entropy, 0), unit, at_most(entropy, 0), unit, "the entropy of two events"),
    (greater(entropy, 0), unit, greater(entropy, half), unit, "which is positive"),
    (at_most(entropy, two), unit, less(entropy, two), unit, "a tangent at a half, which is touched there"),
    (at_least(divergence, 0), units, greater(divergence, 0), units, "two pairs of logarithms of one weight each"),
    (at_least(a * (1 - a), 0), closed, greater(a * (1 - a), 0), closed, "a product of what is given"),
    (at_least(a * (1 - a) * (2 - a), 0), closed, at_least(a * (1 - a) * (half - a), 0), closed, "more than is given"),
    (greater(a * (1 - a), 0), unit, greater(a * (1 - a), Fraction(1, 8)), unit, "strictly"),
    (greater(a**2 - a + 1, 0), (), greater(a**2 - 2 * a + 1, 0), (), "a definite form, and one that is not"),
    (less(softplus(z), exp(z)), (), less(softplus(z), exp(z) / 2), (), "a tangent that is touched nowhere"),
    (less(log(1 + s), s), (less(0, s),), less(log(1 + s), s), (at_least(s, 0),), "or at an end alone"),
    (greater(swish(z), -1), (), greater(swish(z), -Fraction(1, 4)), (), "divided by an exponential"),
    (
        at_most(exp(a * s + (1 - a) * c), a * exp(s) + (1 - a) * exp(c)),
        closed,
        at_most(exp(a * s + (1 - a) * c), a * exp(s) + (1 - a) * exp(c)),
        closed[:1],
        "a coefficient of several terms",
    ),
    (at_most(focal, -log(sigma(z))), (), at_most(-log(sigma(z)), focal), (), "factors, each with its sign"),
    (at_most(length, 1 + z**2 / 2), (), at_most(length, 1 + z**2 / 4), (), "a root that is smaller"),
    (less(z / length, 1), (), less(z / length, half), (), "a root of unknown sign"),
    (greater(length, z), (), greater((z**2) ** half, z), (), "strictly by squares"),
    (at_most(weighted, u.T * u), (), at_most(weighted, u.T * u / 4), (), "a product of two sums, over equal indices"),
    (at_most(tr(A) ** 2, n * norm(A) ** 2), (), at_most(tr(A) ** 2, norm(A) ** 2), (), "a double sum on its diagonal"),
    (
        at_least(sum_over(i, p[i] ** 2), 1 / (n + 0 * c)),
        shares,
        greater(sum_over(i, p[i] ** 2), 1 / (n + 0 * c)),
        shares,
        "Cauchy and Schwarz with a sum that is given",
    ),
    (
        at_most(sum_over(i, (p[i] * q[i]) ** half), 1),
        both,
        at_most(sum_over(i, (p[i] * q[i]) ** half), 1),
        both[:3],
        "shares of two sums alike",
    ),
    (
        at_least(middle[0] + middle[1], 0),
        both,
        greater(middle[0] + middle[1], 0),
        both,
        "three logarithms of one weight",
    ),
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


def test_what_a_logarithm_is_taken_of_is_positive_where_it_is_defined() -> None:
    found = verdict(greater(entropy, 0), less(0, a))
    assert isinstance(found, Proved)
    assert found.conditions == (Positive(-a + 1),)


def test_a_quotient_of_two_logarithms_may_touch_although_neither_does() -> None:
    """Neither 2 + s nor 2 + c is ever 1; of their quotient that says nothing."""
    positive = less(0, s), less(0, c)
    assert isinstance(verdict(less(log(2 + s) - log(2 + c), (s - c) / (2 + c)), *positive), Refuted)
    assert isinstance(verdict(at_most(log(2 + s) - log(2 + c), (s - c) / (2 + c)), *positive), Proved)


def _touching_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tangent at t is taken to pass through (t, 0)."""
    monkeypatch.setattr(tangents, "logarithm", lambda ring, poly: {})


def _any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definite.Definite, "is_product", lambda self, poly, *, strict: True)


def _twice_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is given to add up to 1 is taken to add up to 2."""
    right = openings._given_sums
    monkeypatch.setattr(openings, "_given_sums", lambda signs: ((form, 2 * value) for form, value in right(signs)))


def _roots_by_their_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """That p is not negative is not asked where p^2 is compared with the square of a root."""
    right = squares._Squares._by_roots
    monkeypatch.setattr(squares._Squares, "_by_roots", lambda self, poly: ((each[0],) for each in right(self, poly)))


PLANTED = [
    pytest.param(_touching_elsewhere, at_most(entropy, two / 2), unit, id="a tangent at another height"),
    pytest.param(_any_sign, at_least(a * (1 - a), 0), closed[:1], id="factors of any sign"),
    pytest.param(_twice_the_sum, at_least(sum_over(i, p[i] ** 2), 4 / (n + 0 * c)), shares, id="twice what is given"),
    pytest.param(_roots_by_their_difference, at_most(length, -1 - z**2), (), id="a negative number above a root"),
]


@pytest.mark.parametrize(("plant", "chain", "given"), PLANTED)
def test_a_wrong_step_is_caught_by_the_replay(
    plant: Plant, chain: Chain, given: tuple[Chain, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    require_caught(plant, chain, given, monkeypatch)
