"""Inequalities by lemmas on sums, maxima and logarithms; and what hypotheses about 0 say, and do not say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from tests.kernel.test_order import verdict
from verify.kernel import division, estimates, lemmas, order
from verify.language import (
    Chain,
    Expression,
    Number,
    Proved,
    Refuted,
    Undecided,
    at_least,
    at_most,
    between,
    cross_entropy,
    delta,
    dims,
    distinct,
    equal,
    exp,
    greater,
    index,
    less,
    log,
    matrix,
    max_over,
    member,
    norm,
    scalar,
    sigma,
    softmax,
    sum_over,
    total,
    tr,
    vector,
)

m, n = dims("m n")
x, y, u, A, B, X = (
    vector("x", n),
    vector("y", n),
    vector("u", n),
    matrix("A", n, n),
    matrix("B", n, n),
    matrix("X", m, n),
)
a, c, z = scalar("a"), scalar("c"), scalar("z")
i, j, k, p = index("i", n), index("j", n), index("k", n), index("p", m)
largest, least, mass, s = max_over(i, x[i]), -max_over(i, -x[i]), total(exp(x)), softmax(x)
mean, several = sum_over(i, y[i] * x[i]), log(n + 0 * c)
weights, shares, positive, normal = at_least(y, 0), equal(total(y), 1), less(0, y), equal(total(x), 1)
units = sigma((X * u)[p])

Row = tuple[Chain, tuple[Chain, ...]]

PROVED = [
    pytest.param(at_most(log(mass), largest + several), (), id="log-sum-exp from above"),
    pytest.param(at_most(mass, n * exp(largest)), (), id="a sum is at most n times its largest term"),
    pytest.param(at_most(total(x), n * largest), (), id="so is one of any sign"),
    pytest.param(at_most(n * least, total(x)), (), id="and at least n times the smallest"),
    pytest.param(at_most(c * log(total(exp(x / c))), largest + c * several), (less(0, c),), id="at a temperature"),
    pytest.param(at_most(largest, c * log(total(exp(x / c)))), (less(0, c),), id="and from below"),
    pytest.param(at_most(mean, largest), (weights, shares), id="a weighted mean"),
    pytest.param(at_most(mean, total(y) * largest), (weights,), id="with any sum of weights"),
    pytest.param(at_most(sum_over(i, s[i] * y[i]), max_over(i, y[i])), (), id="with the weights of a softmax"),
    pytest.param(at_least(max_over(i, s[i]), 1 / (n + 0 * c)), (), id="the largest of a softmax"),
    pytest.param(at_most(max_over(i, x[i] + y[i]), largest + max_over(i, y[i])), (), id="a maximum of sums"),
    pytest.param(member(y[k], between(0, 1, closed="both")), (weights, shares), id="a probability"),
    pytest.param(at_most(y[k], Fraction(3)), (weights, equal(total(y), 3)), id="a part of 3"),
    pytest.param(at_most(A[i, j], 1), (at_least(A, 0), equal(sum_over(k, A[i, k]), 1)), id="in a stochastic matrix"),
    pytest.param(at_most(X[p, k], 1), (at_least(X, 0), equal(sum_over(i, X[p, i]), 1)), id="rows of a matrix"),
    pytest.param(at_most(y[k] * (1 - y[k]), Fraction(1, 4)), (weights, shares), id="a square is completed"),
    pytest.param(at_least(y[k] * (1 - y[k]), 0), (weights, shares), id="two factors"),
    pytest.param(at_most(sum_over(i, y[i] ** 2), 1), (weights, shares), id="squares of probabilities"),
    pytest.param(at_least(a * c, 0), (at_least(a, 0), at_least(c, 0)), id="a product of what is not negative"),
    pytest.param(less(0, c + 1), (at_least(c, 0),), id="strictly, with a constant"),
    pytest.param(at_least(log(1 + c), 0), (at_least(c, 0),), id="a logarithm"),
    pytest.param(at_least(sum_over(i, y[i] * exp(x[i])), 0), (weights,), id="a sum of what is not negative"),
    pytest.param(at_most(mean**2, total(y) * sum_over(i, y[i] * x[i] ** 2)), (weights,), id="Cauchy and Schwarz"),
    pytest.param(at_most(tr(A.T * B) ** 2, norm(A) ** 2 * norm(B) ** 2), (), id="for matrices"),
    pytest.param(at_most(sum_over(i, s[i] * u[i]) ** 2, sum_over(i, s[i] * u[i] ** 2)), (), id="log-sum-exp is convex"),
    pytest.param(at_least(sum_over(p, units * (1 - units)), 0), (), id="term by term"),
    pytest.param(at_least(-sum_over(i, y[i] * log(y[i])), 0), (positive, shares), id="an entropy"),
    pytest.param(at_most(-sum_over(i, y[i] * log(y[i])), several), (positive, shares), id="its bound"),
    pytest.param(at_least(-sum_over(i, s[i] * log(s[i])), 0), (), id="the entropy of a softmax"),
    pytest.param(
        at_least(sum_over(i, y[i] * log(y[i] / x[i])), 0),
        (positive, shares, less(0, x), normal),
        id="a divergence",
    ),
    pytest.param(
        at_least(sum_over(i, y[i] * log(y[i] / x[i])), total(y) - total(x)), (positive, less(0, x)), id="unnormalized"
    ),
    pytest.param(at_least(cross_entropy(y, s), 0), (weights, shares), id="a cross-entropy"),
    pytest.param(at_least(x[k], 0), (at_least(x[i], 0),), id="a sign that is said of an entry"),
]


@pytest.mark.parametrize(("chain", "given"), PROVED)
def test_proved(chain: Chain, given: tuple[Chain, ...]) -> None:
    found = verdict(chain, *given)
    assert isinstance(found, Proved), found
    assert not found.conditions


REFUTED = [
    pytest.param(less(log(mass), largest + several), (), id="n = 1, and equal entries"),
    pytest.param(at_most(log(mass), largest), (), id="their number forgotten"),
    pytest.param(at_most(total(x), largest), (), id="a sum for a mean"),
    pytest.param(at_most(total(x), n * least), (), id="the smallest for the largest"),
    pytest.param(at_most(mean, largest), (weights,), id="weights without a sum"),
    pytest.param(at_most(mean, largest), (shares,), id="weights of any sign"),
    pytest.param(at_most(largest, mean), (weights, shares), id="the sides swapped"),
    pytest.param(at_most(mean, total(y) * largest), (), id="a sum of weights of any sign"),
    pytest.param(at_least(max_over(i, s[i]), 2 / (n + 0 * c)), (), id="twice the share"),
    pytest.param(
        at_least(max_over(i, x[i] + y[i]), largest + max_over(i, y[i])), (), id="a maximum taken to be linear"
    ),
    pytest.param(at_most(y[k], 1), (shares,), id="a sum without signs"),
    pytest.param(at_most(y[k], 1), (weights,), id="signs without a sum"),
    pytest.param(at_most(A[i, j], 1), (at_least(A, 0), equal(sum_over(k, A[k, k]), 2)), id="a sum over the diagonal"),
    pytest.param(member(y[k], between(0, 1)), (weights, shares), id="both ends are attained"),
    pytest.param(less(0, a * c), (at_least(a, 0), at_least(c, 0)), id="a product that may be 0"),
    pytest.param(at_least(a * c, 0), (at_least(a, 0),), id="one of two signs"),
    pytest.param(at_least(a - c, 0), (at_least(a, 0), at_least(c, 0)), id="a difference"),
    pytest.param(at_most(mean**2, total(y) * sum_over(i, y[i] * x[i] ** 2)), (), id="weights of any sign, squared"),
    pytest.param(at_most(tr(A * B) ** 2, tr(A * A) * tr(B * B)), (), id="traces of products without a transpose"),
    pytest.param(at_least(sum_over(p, units * (1 - 2 * units)), 0), (), id="a factor that changes its sign"),
    pytest.param(at_least(sum_over(i, y[i] * log(y[i])), 0), (positive, shares), id="the sign of an entropy"),
    pytest.param(at_least(-sum_over(i, y[i] * log(y[i])), 0), (positive,), id="weights that are more than 1"),
    pytest.param(
        at_least(sum_over(i, y[i] * log(y[i] / x[i])), 0), (positive, shares, less(0, x)), id="a second sum not given"
    ),
    pytest.param(less(0, A[i, j]), (less(0, A[i, i]),), id="a sign of the diagonal"),
    pytest.param(less(0, x[2]), (equal(i, Number(1)),), id="a hypothesis about an index alone"),
    pytest.param(at_least(y[k], 0), (at_least(y[2], 0),), id="a sign of one entry"),
    pytest.param(
        at_most(total(x), 0), (equal(total(x), delta(i, j)),), id="a sum that is given where two indices differ"
    ),
    pytest.param(
        at_most(total(x), 1),
        (equal(total(x) * (1 - delta(i, j)), 1 - delta(i, j)),),
        id="there are no two indices that differ where n = 1",
    ),
]


@pytest.mark.parametrize(("chain", "given"), REFUTED)
def test_refuted(chain: Chain, given: tuple[Chain, ...]) -> None:
    assert isinstance(verdict(chain, *given), Refuted)


NOT_PROVED = [
    pytest.param(less(0, A[k, k]), (less(0, A[i, j]), distinct(i, j)), id="a sign off the diagonal"),
    pytest.param(less(0, A[k, 2]), (less(0, A[i, j]), equal(i, j)), id="a sign on the diagonal"),
    pytest.param(less(0, x[2]), (less(0, x[i]), equal(i, Number(1))), id="a sign of the first entry"),
    pytest.param(less(a, -1), (less(0, a), less(a, 0)), id="two signs of one number"),
    pytest.param(at_most(y[k], 1), (positive, equal(total(y), -1)), id="a sum that no positive numbers have"),
    pytest.param(at_most(y[k], 0), (weights, shares, equal(total(y), 0)), id="two sums"),
    pytest.param(less(x[k], 0), (equal(i, k), distinct(i, k)), id="indices that are equal and differ"),
    pytest.param(greater(s[k], sigma(z) * 0 + log(0 * z)), (), id="the logarithm of 0"),
]


@pytest.mark.parametrize(("chain", "given"), NOT_PROVED)
def test_nothing_follows_from_what_never_holds_or_is_about_other_entries(
    chain: Chain, given: tuple[Chain, ...]
) -> None:
    assert isinstance(verdict(chain, *given), Undecided)


MAXIMA = [
    pytest.param(max_over(i, c * x[i]), c * largest, at_least(a, 0), id="a sign of another name"),
    pytest.param(max_over(i, y[1] * x[i]), y[1] * largest, at_least(y[2], 0), id="a sign of another entry"),
    pytest.param(max_over(i, A[1, 2] * x[i]), A[1, 2] * largest, at_least(A[i, i], 0), id="a sign of the diagonal"),
    pytest.param(max_over(k, A[i, j] * x[k]), A[i, j] * largest, less(0, A[i, i]), id="a strict one of the diagonal"),
    pytest.param(max_over(i, A[i, j] * x[k]), x[k] * max_over(i, A[i, j]), at_least(A, 0), id="a sign of the matrix"),
    pytest.param(max_over(i, x[i] + x[i] ** 2), largest + largest**2, at_least(c, 0), id="a square beside what grows"),
    pytest.param(max_over(i, a * x[i] + exp(x[i])), a * largest + exp(largest), at_least(c, 0), id="any factor"),
]


@pytest.mark.parametrize(("left", "right", "given"), MAXIMA)
def test_maxima_are_not_taken_apart_by_the_sign_of_something_else(
    left: Expression, right: Expression, given: Chain
) -> None:
    assert isinstance(verdict(equal(left, right), given), Refuted)


def _slack_of_the_wrong_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    right = lemmas._less
    monkeypatch.setattr(lemmas, "_less", lambda ring, value, slack, sign=1: right(ring, value, slack, -sign))


def _weights_of_any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    right = lemmas._beside_the_largest

    def wrong(ring: object, *others: object) -> object:
        monkeypatch.setattr(type(ring), "is_not_negative", lambda self, monomial: True)
        return right(ring, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(lemmas, "_beside_the_largest", wrong)


def _sign_of_a_factor_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division.factored
    monkeypatch.setattr(estimates, "factored", lambda ring, poly: (right(ring, poly)[0], fmpq(1), right(ring, poly)[2]))


PLANTED = [
    pytest.param(_slack_of_the_wrong_sign, at_least(mean, largest), (weights, shares), id="a slack of the wrong sign"),
    pytest.param(_weights_of_any_sign, at_most(mean, total(y) * largest), (), id="weights of any sign"),
    pytest.param(_sign_of_a_factor_lost, at_least(-((a - c) ** 2), 0), (), id="the sign of a product lost"),
]


@pytest.mark.parametrize(("plant", "chain", "given"), PLANTED)
def test_a_wrong_lemma_is_caught_by_the_replay(
    plant: object, chain: Chain, given: tuple[Chain, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The value at an instance contradicts it; or it is refuted, where the wrong lemma shows nothing at n = 1."""
    monkeypatch.setattr(order, "_fails_already", lambda *_: False)  # so that the lemma is reached
    plant(monkeypatch)  # type: ignore[operator]
    found = verdict(chain, *given)
    assert isinstance(found, Undecided), found
    assert "contradict each other" in found.says
