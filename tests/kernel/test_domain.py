"""Conditions of a proof: what is asked for, and what squares and signs show by themselves."""

from __future__ import annotations

import pytest

from tests.kernel.tables import one_link
from verify.kernel.decide import decide
from verify.language import (
    Chain,
    Expression,
    Invertible,
    Nonzero,
    Positive,
    Proved,
    dims,
    exp,
    index,
    less,
    log,
    matrix,
    scalar,
    sum_over,
    tr,
    vector,
)

(n,) = dims("n")
x, A, B = vector("x", n), matrix("A", n, n), matrix("B", n, n)
a, b, e = scalar("a"), scalar("b"), scalar("e")
i, j = index("i", n), index("j", n)
mean = sum_over(j, x[j]) / n
variance = sum_over(i, (x[i] - mean) ** 2) / n

SHOWN = [
    pytest.param(1 / (variance + e), (less(0, e),), id="a sum of squares and something positive"),
    pytest.param(log(variance + e), (less(0, e),), id="under a logarithm"),
    pytest.param(1 / (a**2 - a * b + b**2 + 1), (), id="a definite form"),
    pytest.param(1 / (a**2 - a + 1), (), id="one in a number and 1"),
    pytest.param(log(exp(a) - a), (), id="above a tangent, strictly"),
    pytest.param(log((1 - a) / (1 - b)), (less(a, 1), less(b, 1)), id="two negative numbers, divided"),
]


@pytest.mark.parametrize(("value", "given"), SHOWN)
def test_what_is_always_defined_needs_no_condition(value: Expression, given: tuple[Chain, ...]) -> None:
    found = decide(one_link(value, value, given))
    assert isinstance(found, Proved)
    assert not found.conditions


ASKED = [
    pytest.param(1 / (variance + e), (), Nonzero, id="something of any sign beside squares"),
    pytest.param(1 / variance, (), Nonzero, id="squares alone"),
    pytest.param(1 / (a**2 - 2 * a + 1), (), Nonzero, id="a form that is 0 somewhere"),
    pytest.param(log(exp(a) - a - 1), (), Positive, id="a tangent that touches"),
    pytest.param(log((1 - a) / (1 - b)), (less(a, 1),), Positive, id="one sign of two"),
    pytest.param(tr((A * B) ** -1), (), Invertible, id="a product that is inverted"),
]


@pytest.mark.parametrize(("value", "given", "kind"), ASKED)
def test_what_may_be_undefined_is_a_condition(value: Expression, given: tuple[Chain, ...], kind: type) -> None:
    found = decide(one_link(value, value, given))
    assert isinstance(found, Proved)
    assert any(isinstance(each, kind) for each in found.conditions)
