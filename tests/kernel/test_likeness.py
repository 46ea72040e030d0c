"""Likeness: what is equal is admitted, what differs at one pattern only is seen, and it decides nothing."""

import pytest

from verify.kernel.likeness import likeness_of
from verify.language import (
    Chain,
    Expression,
    cross_entropy,
    delta,
    diff,
    dims,
    equal,
    exp,
    expectation,
    family,
    function,
    grad,
    independent,
    index,
    log,
    loss,
    matrix,
    product_over,
    scalar,
    sigma,
    softmax,
    sum_over,
    total,
    variance,
    vector,
)

m, n, L = dims("m n L")
i, j, k, l = index("i", m), index("j", n), index("k", n), index("l", L)
W, x, y, z = matrix("W", m, n), vector("x", n), vector("y", n), scalar("z")
f, w = function("f"), family("w")
S = softmax(x)
J = loss("J", x)
ce = cross_entropy(y, S)
both = (independent(x, y), equal(expectation(x[j]), 0), equal(expectation(y[j]), 0))


@pytest.mark.parametrize(
    ("left", "like", "unlike", "given", "why"),
    [
        (W * x, W * x, -W * x, (), "a vector"),
        (diff(S[j], x[k]), S[j] * (delta(j, k) - S[k]), -S[j] * S[k], (), "they differ on the diagonal only"),
        (diff(S[j], x[k]), S[j] * (delta(j, k) - S[k]), S[j] * (1 - S[k]), (), "they agree on the diagonal only"),
        (diff(f(z), z), f.derivative(z), f(z), (), "an unknown function"),
        (grad(J, x), grad(J, x), x, (), "an unknown loss"),
        (log(exp(z) * exp(z)), 2 * z, z * z, (), "a logarithm"),
        (grad(ce, x), S - y, y - S, (equal(total(y), 1),), "under a hypothesis"),
        (grad(ce, x), total(y) * S - y, S - y, (), "and without it"),
        (sum_over(j, x[j] * y[j]), x.T * y, sum_over(j, x[j]) * sum_over(j, y[j]), (), "a 1 x 1 matrix is a number"),
        (variance(x.T * y), sum_over(j, variance(x[j]) * variance(y[j])), variance(x[1]), both, "chance"),
        (product_over(l, w(l)), w(1) * product_over(l, w(l)) / w(1), product_over(l, w(l) * w(l)), (), "levels"),
        (x[j], x[j], x[k], (), "an index that the left side does not have"),
    ],
)
def test_what_is_admitted(
    left: Expression, like: Expression, unlike: Expression, given: tuple[Chain, ...], why: str
) -> None:
    hypotheses = tuple(link for chain in given for link in chain.links())
    (link,) = equal(left, like).links(hypotheses)
    likeness = likeness_of(link, like, unlike)
    assert likeness is not None, why
    assert likeness.admits(like), why
    assert not likeness.admits(unlike), why


def test_steps_are_counted() -> None:
    (link,) = equal(W * x, W * x).links()
    likeness = likeness_of(link)
    assert likeness is not None
    assert likeness.admits(W * x + W * x - W * x)
    assert likeness.spent > 0


def test_what_is_defined_nowhere_has_no_likeness() -> None:
    (link,) = equal(log(-exp(z)), z).links()
    assert likeness_of(link) is None


def test_what_does_not_fit_is_not_admitted() -> None:
    (link,) = equal(sigma(z), z).links()
    likeness = likeness_of(link)
    assert likeness is not None
    assert not likeness.admits(log(-exp(z)))
