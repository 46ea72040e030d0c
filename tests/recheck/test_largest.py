"""Maxima of what grows, roots, logarithms times unknown numbers: what is true is decided, what seems so is not."""

from __future__ import annotations

import pytest

from tests.kernel.tables import i, m, n, one_link, row, x, y
from tests.recheck.made import pretended
from verify.language import (
    Chain,
    Expression,
    at_least,
    delta,
    exp,
    fraction,
    greater,
    index,
    log,
    matrix,
    max_over,
    norm,
    scalar,
    sigma,
    sum_over,
    total,
)
from verify.recheck import Outcome, recheck

c, r, z = scalar("c"), scalar("r"), scalar("z")
p, q = index("p", m), index("q", m)
T = matrix("T", m, n)
largest, smallest = max_over(i, x[i]), -max_over(i, -x[i])
tied = sum_over(i, (T[p, i] + delta(p, q) * (T[1, i] - T[p, i])) * x[i])
half = fraction(1, 2)


def root(e: Expression) -> Expression:
    return exp(half * log(e))


TRUE = [
    row(max_over(i, exp(x[i])), exp(largest), "e to the largest"),
    row(max_over(i, c - 2 * x[i]), c - 2 * smallest, "what falls"),
    row(max_over(i, c * x[i]), c * largest, "a factor that is given to be at least 0", at_least(c, 0)),
    row(max_over(i, sigma(x[i])), sigma(largest), "steps that fall twice"),
    row(max_over(i, x[i] ** 3 + exp(x[i])), largest**3 + exp(largest), "a sum of two that grow"),
    row(max_over(p, max_over(i, T[p, i])), max_over(i, max_over(p, T[p, i])), "maxima in any order"),
    row(root(x.T * x) ** 2, x.T * x, "the square of a root"),
    row(norm(c * x), c * norm(x), "a positive factor of a root", greater(c, 0)),
    row(norm(x / norm(x)), 1, "a root in a root"),
    row(root(exp(z) * (x.T * x)), exp(z / 2) * norm(x), "the root of a product"),
    row(c * log(sigma(z)) + (1 - c) * log(1 - sigma(z)), c * z - log(1 + exp(z)), "logarithms times a number"),
    row(delta(p, q) * exp(tied), delta(p, q) * exp(sum_over(i, T[1, i] * x[i])), "a row in the place of another one"),
]


@pytest.mark.parametrize(("left", "right", "given"), TRUE)
def test_what_is_decided(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    assert recheck(pretended(one_link(left, right, given))) is Outcome.DECIDED


FALSE = [
    row(max_over(i, c * x[i]), c * largest, "a factor that may be negative"),
    row(max_over(i, -x[i]), -largest, "what falls taken to grow"),
    row(max_over(i, -c * x[i]), -c * largest, "a negative factor", greater(c, 0)),
    row(max_over(i, x[i] ** 2), largest**2, "an even power"),
    row(max_over(i, 1 / x[i]), 1 / largest, "one over what grows", greater(x[i], 0)),
    row(max_over(i, 1 / x[i]), 1 / smallest, "one over what changes its sign"),
    row(max_over(i, x[i] + y[i]), largest + max_over(i, y[i]), "two that grow apart"),
    row(max_over(i, x[i] - exp(x[i])), largest - exp(largest), "a difference"),
    row(max_over(i, x[i] * exp(x[i])), largest * exp(largest), "a product of two"),
    row(max_over(i, (n - 2) * x[i]), (n - 2) * largest, "a dimension less 2"),
    row(root(z**2), z, "the root of a square"),
    row(norm(c * x), c * norm(x), "a factor of a root that may be negative"),
    row(root(c**2 * (x.T * x)), c * norm(x), "a square under a root"),
    row(norm(x) ** 3, x.T * x, "another power of a root"),
    row(norm(x + y), norm(x) + norm(y), "the root of a sum"),
    row(norm(x), total(x), "the root of squares"),
    row(c**2 * log(exp(z)), c * z, "the same for 0 and 1: a square"),
    row(c * log(1 + c**2), c * log(2), "the same for 0 and 1: in a logarithm"),
    row(c * log(sigma(z)), c * z - log(1 + exp(z)), "the same for 1 alone"),
    row(delta(p, q) * exp(tied), delta(p, q) * exp(sum_over(i, T[p, i] * x[i])), "the row that is replaced"),
    row(exp(tied), exp(sum_over(i, T[1, i] * x[i])), "a row in the place of all"),
]


@pytest.mark.parametrize(("left", "right", "given"), FALSE)
def test_what_is_not(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    assert not recheck(pretended(one_link(left, right, given))).decided
