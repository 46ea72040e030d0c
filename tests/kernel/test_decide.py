"""What is always proved, what is never, the conditions that are carried, and what is left undecided."""

from __future__ import annotations

import pytest

from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, A, a, c, f, i, j, k, largest, n, one_link, s, x, y, z
from verify.check import check
from verify.language import (
    AtLeast,
    Chain,
    Expression,
    Invertible,
    Nonzero,
    Positive,
    Proved,
    Refuted,
    Relation,
    Undecided,
    diag,
    diff,
    equal,
    exp,
    identity,
    index,
    less,
    log,
    norm,
    product_over,
    sigma,
    sum_over,
    total,
    tr,
)


@pytest.mark.parametrize(("left", "right", "given"), ALWAYS_PROVED)
def test_always_proved(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    verdict = check(one_link(left, right, given)).verdict
    assert isinstance(verdict, Proved), verdict
    assert verdict.replay.instances > 0


@pytest.mark.parametrize(("left", "right", "given"), NEVER_PROVED)
def test_never_proved(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    verdict = check(one_link(left, right, given)).verdict
    assert isinstance(verdict, Refuted), verdict
    assert verdict.witness.left != verdict.witness.right


CONDITIONS = [
    pytest.param(z / z, 1, [Nonzero(z)], id="a quotient that cancels keeps its condition"),
    pytest.param((x[i] - x[k]) / (x[i] - x[k]), 1, [Nonzero(x[k] - x[i])], id="undefined on the diagonal"),
    pytest.param(x[2] * x[1], x[1] * x[2], [AtLeast("n", 2)], id="a second entry needs n >= 2"),
    pytest.param(log(a * c), log(a) + log(c), [Positive(a), Positive(a * c), Positive(c)], id="factors of a logarithm"),
    pytest.param(log(a**2), 2 * log(a), [Positive(a), Positive(a**2)], id="the logarithm of a square"),
    pytest.param(0 * (1 / z), 0 * z, [Nonzero(z)], id="a factor 0 does not hide a division"),
    pytest.param(diff(log(z) + c, c), 1, [Positive(z)], id="nor does a derivative"),
    pytest.param(sum_over(i, log(x[i]) - log(x[i])), 0, [Positive(x[j])], id="a condition under a sum"),
    pytest.param(log(1 - sigma(z)), log(sigma(-z)), [], id="one minus a logistic function is positive"),
    pytest.param(exp(z) / exp(z), 1, [], id="an exponential is never zero"),
    pytest.param(s[i] / s[i], 1, [], id="nor is an entry of a softmax"),
    pytest.param(tr(A**-1 * A), n, [Invertible(A)], id="an inverse that cancels keeps its condition"),
    pytest.param(tr(diag(x) ** -1), total(1 / x), [Nonzero(x[j])], id="a diagonal matrix has an inverse without zeros"),
    pytest.param(tr(identity(n) ** -1), n, [], id="the identity always has one"),
    pytest.param((diag(x) ** -1)[1, 2], 0, [Nonzero(x[j]), AtLeast("n", 2)], id="nor does an entry that is 0"),
    pytest.param(0 * tr(A.T**-1), 0 * z, [Invertible(A)], id="a factor 0 does not hide an inverse"),
]


@pytest.mark.parametrize(("left", "right", "conditions"), CONDITIONS)
def test_conditions_are_carried(left: Expression, right: Expression, conditions: list[object]) -> None:
    verdict = check(one_link(left, right, ())).verdict
    assert isinstance(verdict, Proved)
    assert list(verdict.conditions) == conditions


GIVEN = [
    pytest.param(norm(x) / norm(x), 1, less(0, norm(x)), id="a length that is not 0"),
    pytest.param(norm(x) / norm(x), 1, less(0, x.T * x), id="the same of its square"),
    pytest.param(1 / (a - c) * (a - c), 1, less(c, a), id="a difference with a sign"),
    pytest.param(1 / (c - a) * (c - a), 1, less(c, a), id="the same turned round"),
    pytest.param(log((a - c) * z) - log(z), log(a - c), less(c, a), id="a factor of a logarithm"),
    pytest.param(tr(A**-1 * A), n, equal(A**-1 * A, identity(n)), id="an inverse that a hypothesis speaks of"),
    pytest.param(tr(A.T**-1 * A.T), n, equal(A * A**-1, identity(n)), id="that of the transpose"),
]


@pytest.mark.parametrize(("left", "right", "given"), GIVEN)
def test_what_is_given_is_no_condition(left: Expression, right: Expression, given: Chain) -> None:
    verdict = check(one_link(left, right, (given, less(0, z)))).verdict
    assert isinstance(verdict, Proved)
    assert not verdict.conditions


NOT_GIVEN = [
    pytest.param(norm(y) / norm(y), 1, less(0, norm(x)), id="the length of another vector"),
    pytest.param(1 / (a + c) * (a + c), 1, less(c, a), id="a sum for a difference"),
    pytest.param(1 / a * a, 1, less(c, a), id="a larger number that may be 0"),
]


@pytest.mark.parametrize(("left", "right", "given"), NOT_GIVEN)
def test_what_is_not_given_stays_a_condition(left: Expression, right: Expression, given: Chain) -> None:
    verdict = check(one_link(left, right, (given,))).verdict
    assert isinstance(verdict, Proved)
    assert verdict.conditions


UNDECIDED = [
    pytest.param(1 / (z - z), 1 / (z - z), "nowhere-defined", id="a division by zero"),
    pytest.param(0 * log(-(z**2)), 0 * z, "nowhere-defined", id="the same behind a factor 0"),
    pytest.param(log(-(z**2)), log(-(z**2)), "nowhere-defined", id="the logarithm of what is never positive"),
    pytest.param(diff(largest, x[j]), 1, "no-proof", id="the derivative of a maximum"),
]


@pytest.mark.parametrize(("left", "right", "reason"), UNDECIDED)
def test_undecided_says_why(left: Expression, right: Expression, reason: str) -> None:
    verdict = check(one_link(left, right, ())).verdict
    assert isinstance(verdict, Undecided)
    assert verdict.reason == reason


def test_deep_nesting_runs_out_of_budget_and_not_of_stack() -> None:
    for levels, expected in ((50, Proved), (1000, Undecided)):
        nested: Expression = z
        for _ in range(levels):
            nested = f(nested + a)
        (link,) = Chain((nested, nested), (Relation.EQUAL,)).links()
        assert isinstance(check(link).verdict, expected)


HUGE = [
    pytest.param(a ** (10**9), id="a huge exponent"),
    pytest.param(exp(10**9 * z) / (1 + exp(10**9 * z)), id="a huge factor in an exponent"),
    pytest.param((a + c) ** 99 * (a - c) ** 99, id="many terms"),
    pytest.param(exp(exp(exp(exp(exp(a))))), id="exponentials beyond any exponent"),
]


@pytest.mark.parametrize("huge", HUGE)
def test_huge_numbers_run_out_of_budget_and_not_of_memory(huge: Expression) -> None:
    assert isinstance(check(one_link(huge, huge + 0 * a, ())).verdict, Proved | Undecided)
    assert not isinstance(check(one_link(huge, huge * (1 + a**2), ())).verdict, Proved)


@pytest.mark.parametrize("many", [3, 10**9])
def test_a_product_of_very_many_factors_is_not_written_out(many: int) -> None:
    """One of three is; a thousand million would not fit into memory."""
    verdict = check(one_link(product_over(index("q", many), z), z**3, ())).verdict
    assert isinstance(verdict, Proved) if many == 3 else isinstance(verdict, Undecided) and verdict.reason == "budget"
