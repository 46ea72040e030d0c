"""Matrices of a declared symmetry: which hypotheses say one, where it is used, and what is ambiguous because of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import fmpq

from tests.kernel.tables import one_link
from verify.check import check
from verify.kernel import binding, decide, normal
from verify.kernel.atoms import EntryForm, Poly, subscript_key
from verify.kernel.cutoff import cutoff
from verify.kernel.patterns import patterns
from verify.kernel.ring import Ring
from verify.kernel.statement import Statement, statement
from verify.kernel.symmetry import Symmetry
from verify.kernel.term import Subscript, Variable
from verify.language import (
    Chain,
    Cutoff,
    Expression,
    Interval,
    Proved,
    Refuted,
    Undecided,
    define,
    delta,
    diag,
    diff,
    dims,
    distinct,
    equal,
    expectation,
    grad,
    hadamard,
    identity,
    independent,
    index,
    jacobian,
    loss,
    matrix,
    tr,
    vector,
    vjp,
)

m, n = dims("m n")
A, B, W = matrix("A", n, n), matrix("B", n, n), matrix("W", m, n)
x, y = vector("x", n), vector("y", n)
i, j = index("i", n), index("j", n)


def stated(left: Expression, right: Expression | int, *given: Chain) -> Statement:
    """The statement left = right."""
    link = one_link(left, right, given)
    assert not isinstance(link.right, tuple | Interval)
    return statement(link.left, link.right, link.given)


SAID = [
    pytest.param(equal(A, A.T), Symmetry.SYMMETRIC, id="A = A^T"),
    pytest.param(equal(A.T, A), Symmetry.SYMMETRIC, id="A^T = A"),
    pytest.param(equal(A - A.T, 0 * A), Symmetry.SYMMETRIC, id="a difference that is zero"),
    pytest.param(equal(A[i, j], A[j, i]), Symmetry.SYMMETRIC, id="entry by entry"),
    pytest.param(equal(A, (A + A.T) / 2), Symmetry.SYMMETRIC, id="its symmetric part"),
    pytest.param(equal(A, -A.T), Symmetry.ANTISYMMETRIC, id="A = -A^T"),
    pytest.param(equal(A + A.T, 0 * A), Symmetry.ANTISYMMETRIC, id="a sum that is zero"),
    pytest.param(equal(A, hadamard(A, identity(n))), Symmetry.DIAGONAL, id="its diagonal part"),
    pytest.param(equal(A[i, j], delta(i, j) * A[i, i]), Symmetry.DIAGONAL, id="entries off the diagonal are zero"),
    pytest.param(equal(A, 2 * A.T), None, id="a factor two"),
    pytest.param(equal(A, B.T), None, id="another matrix"),
    pytest.param(equal(A * A, (A * A).T), None, id="of its square"),
    pytest.param(equal(A[1, 2], A[2, 1]), None, id="of two entries"),
    pytest.param(equal(A[1, i], A[i, 1]), None, id="of one row"),
    pytest.param(equal(A[i, j] + A[j, i], 2 * delta(i, j) * A[i, i]), None, id="an antisymmetry off the diagonal only"),
    pytest.param(equal(A, diag(x)), None, id="a diagonal that is given"),
    pytest.param(equal(A, A), None, id="nothing"),
    pytest.param(equal(A[i, i], 0), None, id="of the diagonal alone"),
]


@pytest.mark.parametrize(("given", "symmetry"), SAID)
def test_what_a_hypothesis_says(given: Chain, symmetry: Symmetry | None) -> None:
    found = stated(A[1, 1], A[1, 1], given).facts.symmetries
    assert [kind for _, kind in found] == ([] if symmetry is None else [symmetry])


def test_of_indices_that_are_tied_nothing_is_concluded() -> None:
    assert not stated(A[i, j], A[j, i], equal(A[i, j], A[j, i]), distinct(i, j)).facts.symmetries


def test_of_random_entries_nothing_is_concluded() -> None:
    """Entries that are independent are not equal: the hypotheses contradict each other."""
    verdict = check(
        one_link(expectation(A[i, j] * A[j, i]), expectation(A[i, j] ** 2), (independent(A), equal(A, A.T)))
    )
    assert isinstance(verdict.verdict, Undecided)


S = define("S", A * x)
AMBIGUOUS = [
    pytest.param(grad(tr(A * B), A), B.T, id="a gradient"),
    pytest.param(grad(tr(A * B), A), B + B.T - hadamard(B, identity(n)), id="by the other convention"),
    pytest.param(diff(tr(A * B), A[i, j]), B[j, i], id="by an entry"),
    pytest.param(vjp(A * x, A, upstream=y), y * x.T, id="with a gradient from upstream"),
    pytest.param(grad(loss("J", S), A), grad(loss("J", S), S) * x.T, id="of an unknown loss"),
    pytest.param(tr(grad(tr(A * B), A)), tr(B), id="inside another form, where the conventions agree on the value"),
    pytest.param(grad(define("t", grad(x.T * A * x, A)[i, j]), x), x, id="inside a definition"),
]


@pytest.mark.parametrize(("left", "right"), AMBIGUOUS)
@pytest.mark.parametrize("given", [equal(A, A.T), equal(A, -A.T), equal(A, hadamard(A, identity(n)))])
def test_a_derivative_by_such_a_matrix_is_ambiguous(left: Expression, right: Expression, given: Chain) -> None:
    verdict = check(one_link(left, right, (given,))).verdict
    assert isinstance(verdict, Undecided)
    assert verdict.reason == "ambiguous"
    assert "a derivative by A, which is given as" in verdict.says


def test_a_derivative_by_something_else_is_not() -> None:
    verdict = check(one_link(jacobian(A * x, x), A.T, (equal(A, A.T),))).verdict
    assert isinstance(verdict, Proved)


def test_small_sizes_prove_what_holds_of_symmetric_matrices() -> None:
    """A part of the rows and columns of a symmetric matrix is symmetric; rows that sum to 1 have no such parts."""
    proof = cutoff(stated(tr(A * B), tr(A * B.T), equal(A, A.T)))
    assert isinstance(proof, Cutoff)
    assert cutoff(stated(tr(A * B), tr(A * B.T), equal(B, B.T))) is not None
    assert cutoff(stated(tr(A * B), tr(A * B.T))) is None
    assert cutoff(stated(A[i, j], A[j, i], equal(A, diag(A * x)))) is None, "which says more than a symmetry"


Entry = Callable[[Ring, Variable, tuple[Subscript, ...]], Poly]


def _of_any_matrix(right: Entry) -> Entry:
    def wrong(ring: Ring, variable: Variable, subscripts: tuple[Subscript, ...]) -> Poly:
        ordered = tuple(sorted(subscripts, key=subscript_key))
        return ring.of(EntryForm(variable, ordered)) if ring.symmetries else right(ring, variable, subscripts)

    return wrong


def _without_its_sign(right: Entry) -> Entry:
    def wrong(ring: Ring, variable: Variable, subscripts: tuple[Subscript, ...]) -> Poly:
        return {monomial: abs(k) for monomial, k in right(ring, variable, subscripts).items()}

    return wrong


def _vanishing(right: Entry) -> Entry:
    def wrong(ring: Ring, variable: Variable, subscripts: tuple[Subscript, ...]) -> Poly:
        return ring.scaled(right(ring, variable, subscripts), fmpq(0 if variable in ring.symmetries else 1))

    return wrong


PLANTED = [
    pytest.param(_of_any_matrix, B, B.T, equal(A, A.T), id="a symmetry of every matrix"),
    pytest.param(_without_its_sign, A, A.T, equal(A, -A.T), id="the sign of an antisymmetry"),
    pytest.param(_vanishing, A, 0 * A, equal(A, A.T), id="a symmetric matrix taken for zero"),
]


@pytest.mark.parametrize(("plant", "left", "right", "given"), PLANTED)
def test_a_wrong_rule_is_caught_by_the_replay(
    plant: Callable[[Entry], Entry],
    left: Expression,
    right: Expression,
    given: Chain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    false = stated(left, right, given)
    wrong = plant(binding.entry)

    def agree() -> bool:
        found = patterns(false.indices, false.terms)
        return all(decide.normal_forms(false, pattern, Ring(false.facts)).equal for pattern in found)

    assert not agree(), "the equation must be false for this test to mean anything"
    monkeypatch.setattr(binding, "entry", wrong)
    monkeypatch.setattr(normal, "entry", wrong)
    assert agree(), "the planted rule must make the normal form accept it"
    assert isinstance(decide.decide(one_link(left, right, (given,))), Refuted)
