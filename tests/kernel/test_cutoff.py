"""The small-model cutoff: proofs from finitely many sizes, and what it must not prove."""

from __future__ import annotations

from typing import cast

import pytest

from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, Row, n, one_link, x
from verify.kernel import cutoff as module
from verify.kernel.cutoff import cutoff
from verify.kernel.decide import decide
from verify.kernel.statement import Statement, statement
from verify.language import Chain, Cutoff, Expression, Interval, Proved, exp, index, matrix, sum_over, total

W = matrix("W", n, n)
i, j, k = index("i", n), index("j", n), index("k", n)


def stated(left: Expression | int, right: Expression | int, *given: Chain) -> Statement:
    """The statement left = right."""
    link = one_link(left, right, given)
    assert not isinstance(link.right, tuple | Interval)
    return statement(link.left, link.right, link.given)


SIZES = [
    pytest.param(sum_over(i, x[i]), sum_over(j, x[j]), 2, id="one sum: sizes 1 and 2"),
    pytest.param(total(x) ** 2, sum_over(i, sum_over(j, x[i] * x[j])), 3, id="two sums"),
    pytest.param(n * total(x), sum_over(i, sum_over(j, x[j])), 3, id="n as a number counts as a sum"),
    pytest.param(sum_over(j, W[i, j] * W[j, k]), (W * W)[i, k], 3, id="one sum and two free indices"),
    pytest.param(total(x) / total(exp(x)), sum_over(i, x[i] / total(exp(x))), 2, id="one denominator, shared"),
    pytest.param(
        total(x) / total(exp(x)) - 1, (total(x) - total(exp(x))) / total(exp(x)), 2, id="denominators cleared"
    ),
]


@pytest.mark.parametrize(("left", "right", "largest"), SIZES)
def test_the_sizes_that_must_be_tried(left: Expression, right: Expression, largest: int) -> None:
    proof = cutoff(stated(left, right))
    assert isinstance(proof, Cutoff)
    assert proof.sizes == (("n", largest),)


def test_the_sum_of_ones_is_not_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An identity without free indices needs one size more: with one less, sum_i 1 = 1 passes at n = 1."""
    false = stated(sum_over(i, 1 + 0 * x[i]), 1)
    assert cutoff(false) is None
    monkeypatch.setattr(module, "_sizes", lambda statement_, left, right: {"n": 1})
    assert cutoff(false) is not None, "the planted bound must make it pass, or this test says nothing"


@pytest.mark.parametrize(("left", "right", "given"), NEVER_PROVED)
def test_what_is_false_has_no_proof(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    assert cutoff(stated(left, right, *given)) is None


def test_most_of_what_is_true_has_two_proofs() -> None:
    rows = [cast(Row, row.values) for row in ALWAYS_PROVED]
    statements = [stated(left, right, *given) for left, right, given in rows]
    proved = [each for each in statements if cutoff(each) is not None]
    assert len(proved) >= 25


def test_denominators_of_rows_become_new_tensors() -> None:
    """1 / sum_k W_ik depends on a whole row; as a tensor of its own it lets this identity through."""
    row_sum = sum_over(k, W[i, k])
    proof = cutoff(stated(sum_over(i, 2 * x[i] / row_sum), 2 * sum_over(i, x[i] / row_sum)))
    assert proof is not None


def test_two_denominators_under_a_sum_are_proved_by_small_sizes() -> None:
    both = 1 / ((x[i] + 1) * (x[i] + 2))
    link = one_link(sum_over(i, both), sum_over(i, 1 / (x[i] + 1)) - sum_over(i, 1 / (x[i] + 2)), ())
    assert isinstance(decide(link), Proved)
