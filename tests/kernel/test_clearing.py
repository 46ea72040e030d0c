"""Identities cleared of inverses: nothing false vanishes, and a wrong rule is caught by the replay."""

from __future__ import annotations

import pytest
from flint import fmpq

from tests.kernel.tables import (
    A,
    A_inverse,
    B,
    C,
    V,
    W,
    antisymmetric,
    c,
    dual,
    i,
    inner,
    j,
    m,
    n,
    one_link,
    one_of_m,
    ridge,
    u,
    x,
    y,
)
from verify.kernel import clearing, decide, traces
from verify.kernel.clearing import vanishes
from verify.kernel.explain import explain
from verify.kernel.statement import statement
from verify.language import (
    Chain,
    Expression,
    Invertible,
    Proved,
    Refuted,
    at_most,
    diag,
    distinct,
    equal,
    identity,
    less,
    log,
    matrix,
    sum_over,
    tr,
)

two_rows = matrix("T", 2, n)

TRUE = [
    pytest.param((one_of_m + W * V.T) ** -1 * W, W * (identity(n) + V.T * W) ** -1, id="from the left"),
    pytest.param(u.T * W * ridge**-1, u.T * dual**-1 * W, id="from the right"),
    pytest.param(A * (A * A + identity(n)) ** -1, (A * A + identity(n)) ** -1 * A, id="what commutes"),
    pytest.param(
        (A + W.T * V) ** -1, A_inverse - A_inverse * W.T * inner**-1 * V * A_inverse, id="an inverse between others"
    ),
    pytest.param(u.T * W * ridge**-1 * W.T * u, u.T * W * W.T * dual**-1 * u, id="without an end, cut open"),
    pytest.param(tr(W * ridge**-1 * W.T), tr(dual**-1 * W * W.T), id="two traces, written by their products"),
    pytest.param(n - c * tr(ridge**-1), m - c * tr(dual**-1), id="two traces of inverses, with their factor"),
    pytest.param(tr((A * B + c * identity(n)) ** -1), tr((B * A + c * identity(n)) ** -1), id="without a factor"),
    pytest.param(tr(ridge**-2) * c - tr(ridge**-1), tr(dual**-2) * c - tr(dual**-1), id="traces of powers of inverses"),
    pytest.param((A * B + identity(n)) ** -1, identity(n) - A * (B * A + identity(n)) ** -1 * B, id="square factors"),
]

FALSE = [
    pytest.param(
        sum_over(i, two_rows[1, i] * (A_inverse * x)[i]),
        sum_over(i, two_rows[2, i] * (A_inverse * x)[i]),
        id="different rows of one name, cut open",
    ),
    pytest.param((one_of_m + W * V.T) ** -1 * W, W * (identity(n) + W.T * V) ** -1, id="a transpose"),
    pytest.param(A_inverse * B, B * A_inverse, id="the side of an inverse"),
    pytest.param(u.T * W * ridge**-1 * W.T * u, u.T * dual**-1 * u, id="a factor, without an end"),
    pytest.param(A_inverse, A_inverse.T, id="an asymmetry"),
    pytest.param(tr(A_inverse * B), tr(A * B), id="an inverse under a trace"),
    pytest.param((A + B) ** -1, A_inverse + B**-1, id="a sum"),
    pytest.param(n - c * tr(ridge**-1), m - 2 * c * tr(dual**-1), id="a trace with another factor"),
    pytest.param(tr(ridge**-1), tr(dual**-1), id="traces of another number of rows"),
    pytest.param(tr((A * B + c * identity(n)) ** -1), tr((A * B.T + c * identity(n)) ** -1), id="under a trace"),
]


def test_by_what_may_be_0_as_it_is_given_is_not_divided() -> None:
    """Of c nothing is given, or that it is positive: then c tr(M^-1) says what tr(M^-1) is."""
    left, right = (tr((product + c * identity(n)) ** -1) for product in (A * B, B * A))
    for given, expected in (((), True), ((less(0, c),), True), ((at_most(c * c, c),), False)):
        assert vanishes(statement(left, right, tuple(link for chain in given for link in chain.links()))) == expected


def test_a_trace_with_a_wrong_number_of_rows_is_caught_by_the_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were s tr(M^-1) taken for 1 - tr(T M^-1), the replay would see it before the normal form is asked."""
    monkeypatch.setattr(traces, "delta", lambda ring, row, column: {})
    assert isinstance(decide.decide(one_link(c * tr(ridge**-1), c * tr(dual**-1), ())), Refuted)
    assert vanishes(statement(c * tr(ridge**-1), c * tr(dual**-1), ()))


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_what_is_true_vanishes(left: Expression, right: Expression) -> None:
    assert vanishes(statement(left, right, ()))
    verdict = decide.decide(one_link(left, right, ()))
    assert isinstance(verdict, Proved)
    assert any(isinstance(each, Invertible) for each in verdict.conditions)


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_what_is_false_does_not(left: Expression, right: Expression) -> None:
    assert not vanishes(statement(left, right, ()))
    assert isinstance(decide.decide(one_link(left, right, ())), Refuted)


NOT_TRIED = [
    pytest.param(A_inverse * x, A_inverse * x, (distinct(i, j), equal(x[i], y[j])), id="indices that are related"),
    pytest.param(x, x, (), id="no inverse"),
    pytest.param(diag(1 / x) * A_inverse * x, diag(1 / x) * A_inverse * x, (), id="defined at some rows only"),
    pytest.param(diag(log(x)) * A_inverse, diag(log(x)) * A_inverse, (), id="the same of a logarithm"),
    pytest.param(((A + x[i] * B) ** -1)[i, j], ((A + x[i] * B) ** -1)[i, j], (), id="a matrix for each row"),
]


@pytest.mark.parametrize(("left", "right", "given"), NOT_TRIED)
def test_not_where_a_statement_may_be_defined_at_some_indices_only(
    left: Expression, right: Expression, given: tuple[Chain, ...]
) -> None:
    """A sum over rows says nothing of one row if another one is not defined."""
    assert not vanishes(statement(left, right, tuple(link for chain in given for link in chain.links())))


def test_the_matrix_of_an_antisymmetric_sum_is_not_taken_for_symmetric() -> None:
    (given,) = antisymmetric.links()
    turned = (identity(n) + A) ** -1
    assert vanishes(statement(turned.T * turned, turned * turned.T, (given,)))
    assert not vanishes(statement(turned, turned.T, (given,)))


def test_an_explanation_says_that_it_was_cleared() -> None:
    text = explain(one_link(A * (A * A + identity(n)) ** -1, (A * A + identity(n)) ** -1 * A, ()))
    assert "multiplied by the matrices that are inverted in it" in text
    assert "left  " not in text


def _delta_for_any_inverse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "_other_end", lambda form, side: form.column if form.row == side.end else form.row)


def _cut_at_different_places(monkeypatch: pytest.MonkeyPatch) -> None:
    right = clearing._opened_at

    def wrong(*given: object) -> object:
        return (({} if isinstance(each, dict) else each) for each in right(*given))  # type: ignore[arg-type]

    monkeypatch.setattr(clearing, "_opened_at", wrong)


def _multiplied_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "_multiplied", lambda ring, poly, side, new: ring.scaled(poly, fmpq(0)))


PLANTED = [
    pytest.param(_delta_for_any_inverse, A_inverse * C, B**-1 * C, id="any inverse taken for that of the matrix"),
    pytest.param(_cut_at_different_places, x.T * A_inverse * y, y.T * A_inverse * x, id="a cut that loses the rest"),
    pytest.param(_multiplied_to_nothing, A_inverse * x, 2 * A_inverse * x, id="a product that is lost"),
]


@pytest.mark.parametrize(("plant", "left", "right"), PLANTED)
def test_a_wrong_rule_is_caught_by_the_replay(
    plant: object, left: Expression, right: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not vanishes(statement(left, right, ()))
    plant(monkeypatch)  # type: ignore[operator]
    assert vanishes(statement(left, right, ())), "the wrong rule must matter"
    assert isinstance(decide.decide(one_link(left, right, ())), Refuted)
