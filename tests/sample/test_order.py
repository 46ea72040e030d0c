"""Inequalities and intervals at drawn points: in balls, so that rounding decides nothing."""

from __future__ import annotations

import pytest

from verify.language import (
    Chain,
    at_least,
    at_most,
    between,
    dims,
    exp,
    fraction,
    greater,
    index,
    less,
    max_over,
    member,
    scalar,
    sigma,
    softmax,
    tanh,
    vector,
)
from verify.sample import Disagreement, NotSampled, Sampled, sample

(n,) = dims("n")
x, z = vector("x", n), scalar("z")
i, k = index("i", n), index("k", n)
largest = max_over(i, x[i])

HOLDS = [
    pytest.param(member(sigma(50 * z), between(0, 1)), id="strictly, although floats round it to 1"),
    pytest.param(member(exp(x[k] - largest), between(0, 1, closed="high")), id="a bound that is attained"),
    pytest.param(at_most(x[k], largest), id="an inequality of two sides"),
    pytest.param(greater(exp(z), 0), id="a positive value"),
    pytest.param(at_least(z**2, 0), id="a square, 0 at 0"),
    pytest.param(member(softmax(x)[k], between(0, 1, closed="high")), id="1 for n = 1"),
]


@pytest.mark.parametrize("chain", HOLDS)
def test_what_holds_is_sampled(chain: Chain) -> None:
    (link,) = chain.links()
    found = sample(link)
    assert isinstance(found, Sampled), found
    assert found.points > 20


FAILS = [
    pytest.param(member(exp(x[k] - largest), between(0, 1)), id="the bracket at an attained end"),
    pytest.param(less(x[k], largest), id="< for <="),
    pytest.param(less(0, z**2), id="an exact 0 is not positive"),
    pytest.param(member(softmax(x)[k], between(0, 1)), id="n = 1"),
    pytest.param(member(sigma(z) * (1 - sigma(z)), between(0, fraction(1, 4))), id="a quarter is attained"),
    pytest.param(greater(tanh.derivative(z), sigma.derivative(z)), id="far from 0"),
    pytest.param(at_least(z, -1), id="a number of any size"),
]


@pytest.mark.parametrize("chain", FAILS)
def test_what_fails_is_seen(chain: Chain) -> None:
    (link,) = chain.links()
    found = sample(link)
    assert isinstance(found, Disagreement), found


def test_an_interval_that_holds_for_several_entries_is_sampled_from_two_on() -> None:
    (link,) = member(softmax(x)[k], between(0, 1)).links()
    assert isinstance(sample(link, at_least={"n": 2}), Sampled)


def test_what_is_defined_nowhere_is_not_sampled() -> None:
    (link,) = less(0, 1 / (z - z)).links()
    assert isinstance(sample(link), NotSampled)
