"""What small sizes show, and what they would show if one of the rewritings that come before were wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.recheck.made import pretended
from verify.language import (
    Chain,
    Expression,
    Link,
    dims,
    equal,
    exp,
    expectation,
    independent,
    index,
    log,
    matrix,
    norm,
    random,
    scalar,
    sigma,
    sum_over,
    tanh,
    total,
    variance,
    vector,
)
from verify.recheck import Outcome, recheck
from verify.recheck.expected import Expected
from verify.recheck.instance import Residue

(n, N) = dims("n N")
x, y, X, Y, W = vector("x", n), vector("y", N), matrix("X", N, n), matrix("Y", N, n), matrix("W", N, n)
a, b, c, z = scalar("a"), scalar("b"), scalar("c"), scalar("z")
i, k, r = index("i", n), index("k", n), index("r", N)
row_total = sum_over(k, exp(X[r, k]))


def link(left: Expression, right: Expression | int, *given: Chain) -> Link:
    (found,) = equal(left, right).links(tuple(each for hypothesis in given for each in hypothesis.links()))
    return found


SHOWN = [
    pytest.param(link(sum_over(r, sum_over(i, exp(X[r, i])) / row_total), N), id="a denominator for each row"),
    pytest.param(
        link(
            sum_over(r, sum_over(i, Y[r, i] * (1 - exp(X[r, i]) / row_total))),
            sum_over(r, sum_over(i, Y[r, i])) - sum_over(r, sum_over(i, Y[r, i] * exp(X[r, i])) / row_total),
        ),
        id="shares of each row",
    ),
    pytest.param(link(exp(total(x) + z) * exp(-total(x)), exp(z)), id="a sum in an exponent, and less"),
    pytest.param(link(sigma(-sum_over(i, x[i] ** 2)), 1 - sigma(sum_over(i, x[i] ** 2))), id="the logistic of a sum"),
    pytest.param(link(sum_over(i, c * x[i] + x[i]), (1 + c) * total(x)), id="a factor out of a sum"),
    pytest.param(link(log(1 + exp(z)), z + log(1 + exp(-z))), id="logarithms, by e to them"),
    pytest.param(link(log(a * b / c), log(a) + log(b) - log(c)), id="the logarithm of a quotient"),
    pytest.param(link(sum_over(r, y[r]), sum_over(i, x[i] * sum_over(r, W[r, i])), equal(y, W * x)), id="a definition"),
    pytest.param(link(tanh(z), 2 * sigma(2 * z) - 1), id="half of an exponent"),
]


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_shown(shown: Link) -> None:
    assert recheck(pretended(shown)) is Outcome.DECIDED


FALSE = [
    pytest.param(link(sum_over(r, sum_over(i, exp(X[r, i])) / row_total), n), id="the other dimension"),
    pytest.param(link(sum_over(r, exp(X[r, k]) / row_total), 1), id="the sum over the other axis"),
    pytest.param(link(norm(c * x), c * norm(x)), id="the sign of what leaves a length"),
    pytest.param(link(exp(log(a**2) / 2), a), id="a root of a square"),
    pytest.param(link(log(1 + exp(z)), log(1 + exp(-z)) - z), id="the sign of an exponent"),
    pytest.param(link(sum_over(r, y[r]), total(x), equal(y, W * x)), id="a definition forgotten"),
    pytest.param(link(sum_over(i, x[i] * total(x)), sum_over(i, x[i] ** 2)), id="an inner index captured"),
]


@pytest.mark.parametrize("false", FALSE)
def test_what_is_not(false: Link) -> None:
    assert recheck(pretended(false)) in (Outcome.REJECTED, Outcome.LEFT)


u, v = vector("u", n), vector("v", n)
means = equal(expectation(u[k]), 0)
RANDOM = [
    pytest.param(
        link(variance(total(u)), n * c, independent(u), means, equal(variance(u[k]), c)), id="of independent entries"
    ),
    pytest.param(
        link(
            expectation(total(u) * total(v)),
            n**2 * a * b,
            independent(u, v),
            equal(expectation(u[k]), a),
            equal(expectation(v[k]), b),
        ),
        id="of a product",
    ),
    pytest.param(link(expectation(total(u)), n * a, random(u), equal(expectation(u[k]), a)), id="of any sum"),
    pytest.param(
        link(variance(total(u)), 1, independent(u), means, equal(variance(u[k]), 1 / n)),
        id="a moment that depends on n",
    ),
]
NOT_RANDOM = [
    pytest.param(link(variance(total(u)), n * c, random(u), means, equal(variance(u[k]), c)), id="not independent"),
    pytest.param(
        link(expectation(total(u) ** 2), n**2 * a**2, independent(u), equal(expectation(u[k]), a)), id="coinciding ones"
    ),
    pytest.param(link(expectation(u[k] ** 3), 0, independent(u), means), id="taken to be symmetric"),
    pytest.param(
        link(variance(total(u)), 1, independent(u), means, equal(variance(u[k]), 1 / n**2)), id="n variances of 1 / n^2"
    ),
]


@pytest.mark.parametrize("shown", RANDOM)
def test_expectations(shown: Link) -> None:
    assert recheck(pretended(shown)) is Outcome.DECIDED


@pytest.mark.parametrize("false", NOT_RANDOM)
def test_expectations_that_are_not(false: Link) -> None:
    assert recheck(pretended(false)) in (Outcome.REJECTED, Outcome.LEFT)


def test_independence_that_is_not_given_would_show_what_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of those that are not: with independence planted it is shown."""
    false = pretended(link(variance(total(u)), n * c, random(u), means, equal(variance(u[k]), c)))
    made = Expected.__init__

    def planted(
        self: Expected, seed: int, totals: object, mirrored: object, known: dict[str, object], *rest: object
    ) -> None:
        made(self, seed, totals, mirrored, known | {"independent": True}, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Expected, "__init__", planted)
    assert recheck(false) is Outcome.DECIDED


def test_shares_of_a_wrong_total_would_show_what_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms of a sum that are all alike: then each is 1 / n of it."""
    false = pretended(link(sum_over(r, n * exp(X[r, k]) / row_total), N))
    assert recheck(false) is Outcome.REJECTED

    def planted(self: Expected, here: object, whole: int, own: str) -> Residue:
        of, terms = here.shares(whole)[own]  # type: ignore[attr-defined]
        return self._drawn(of) * self.number(Fraction(1, len(terms)))

    monkeypatch.setattr(Expected, "_share", planted)
    assert recheck(false) is Outcome.DECIDED
