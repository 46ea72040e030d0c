"""Kronecker products and stacked columns: what is proved, what is refuted and why, and that wrong rules are caught."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.check import Contradiction, check, prove_claim
from verify.kernel import lower
from verify.kernel.certificate import certificate
from verify.kernel.decide import decide
from verify.kernel.evaluate import Evaluation
from verify.kernel.exact import Exact
from verify.kernel.lower import Lowering
from verify.kernel.places import At, Folded, deltas, flat, free_places, on_axes, variable_of
from verify.kernel.point import Point
from verify.kernel.term import Delta, Idx, Mul, Num
from verify.language import (
    Claim,
    Expression,
    Link,
    Matrix,
    Misshapen,
    Name,
    Number,
    Proved,
    Refuted,
    Undecided,
    Vec,
    define,
    diag,
    dims,
    equal,
    expectation,
    explicit,
    grad,
    hadamard,
    identity,
    independent,
    index,
    jacobian,
    kronecker,
    less,
    loss,
    matrix,
    norm,
    scalar,
    sum_over,
    tr,
    vec,
    vector,
    vjp,
)
from verify.language.kronecker import Paired
from verify.language.laid_out import Layout
from verify.language.shape import shape_of
from verify.recheck.judge import recheck
from verify.sample import Differs, Sampled, at_witness, differences, sample, walk

m, n, p, q, r = dims("m n p q r")
A, B, C, D = matrix("A", m, n), matrix("B", p, q), matrix("C", n, r), matrix("D", q, r)
P, Q = matrix("P", m, p), matrix("Q", p, m)
M, N, S = matrix("M", n, n), matrix("N", n, n), matrix("S", n, n)
W, X, x, y, c = matrix("W", m, n), matrix("X", n, p), vector("x", n), vector("y", m), scalar("c")
u, v, w = vector("u", n), vector("v", m * p), vector("w", n * q)
Z = matrix("Z", m * p, n * q)
z = define("z", W * x)
J = loss("J", z)
stacked = define("s", vec(W))
K = loss("K", stacked)
i = index("i", n * q)
one, unit = identity(m), identity(n)
TWO = Matrix((Number(1), Number(2)), (Number(3), Number(4)))
EYE = Matrix((Number(1), Number(0)), (Number(0), Number(1)))
BY_ROWS = ((1, 0, 2, 0), (0, 1, 0, 2), (3, 0, 4, 0), (0, 3, 0, 4))
BLOCKS = ((1, 2, 0, 0), (3, 4, 0, 0), (0, 0, 1, 2), (0, 0, 3, 4))


def written(rows: tuple[tuple[int, ...], ...]) -> Matrix:
    return Matrix(*(tuple(map(Number, line)) for line in rows))


def link(left: Expression, right: object, *given: Link) -> Link:
    (only,) = equal(left, right).links(given)
    return only


PROVED = [
    (kronecker(A, B) * kronecker(C, D), kronecker(A * C, B * D), "the mixed product"),
    (kronecker(A, B, x) * kronecker(C, D, y.T), kronecker(A * C, B * D, x * y.T), "of three factors"),
    (kronecker(A, B).T, kronecker(A.T, B.T), "the order stays"),
    (kronecker(M, kronecker(N, S)).T, kronecker(kronecker(M.T, N.T), S.T), "six indices of one dimension"),
    (tr(kronecker(M, N)), tr(M) * tr(N), "the trace"),
    (tr(kronecker(M, N) * kronecker(N, M)), tr(M * N) * tr(N * M), "the trace of a product"),
    (kronecker(M, N) ** 2, kronecker(M**2, N**2), "powers"),
    (norm(kronecker(A, B)) ** 2, norm(A) ** 2 * norm(B) ** 2, "squares of norms"),
    (norm(kronecker(A, B)), norm(A) * norm(B), "norms"),
    (norm(vec(A)), norm(A), "stacking keeps the length"),
    (vec(A).T * vec(W), tr(A.T * W), "the inner product of matrices"),
    (vec(kronecker(x, y.T)), kronecker(y, x), "columns of an outer product"),
    (vec(x.T), x, "a row, stacked"),
    (kronecker(x.T, y), y * x.T, "a row and a column"),
    (kronecker(kronecker(A, x), B), kronecker(A, kronecker(x, B)), "columns in the midst"),
    (diag(kronecker(x, u)), kronecker(diag(x), diag(u)), "diagonals"),
    (hadamard(kronecker(x, y), kronecker(u, y)), kronecker(hadamard(x, u), hadamard(y, y)), "entrywise products"),
    (kronecker(unit, one), identity(n * m), "identities"),
    (kronecker(unit, A) * vec(matrix("T", n, n)), vec(A * matrix("T", n, n)), "a matrix from the left"),
    (jacobian(vec(W * X), vec(W)), kronecker(X.T, one), "by the left factor"),
    (jacobian(vec(W * X), vec(X)), kronecker(identity(p), W), "by the right factor"),
    (
        jacobian(vec(M * M), vec(M)),
        kronecker(M.T, unit) + kronecker(unit, M),
        "the Kronecker sum that derives a square",
    ),
    (grad(J, vec(W)), kronecker(x, grad(J, z)), "the gradient of a layer"),
    (grad(J, vec(W)), vec(grad(J, W)), "is that by the matrix, stacked"),
    (grad(K, stacked), vec(grad(K, W)), "a loss of the columns"),
    (grad(K, vec(W)), grad(K, stacked), "by what is defined so"),
    (jacobian(z, vec(W)) * vec(W), z, "a linear layer by its weights"),
    (vjp(W * x, vec(W), upstream=y), vec(y * x.T), "passed back"),
    (kronecker(A, B) * w, kronecker(A, B) * w, "a size that is written as the product that meets it"),
    ((kronecker(A, B) * w).T * v, w.T * kronecker(A.T, B.T) * v, "in both sizes"),
    (grad(v.T * kronecker(A, B) * w, w), kronecker(A.T, B.T) * v, "derived by it"),
    (kronecker(B, A) * vector("s", n * q), kronecker(B, A) * vector("s", n * q), "the factors in the other order"),
    (
        jacobian(kronecker(x.T, one) * vector("s", m * n), vector("s", m * n)),
        kronecker(x.T, one),
        "an unknown that is declared as m n, where columns are stacked",
    ),
    (tr(Z.T * kronecker(A, B)), tr(kronecker(A.T, B.T) * Z), "and for a matrix"),
    (kronecker(TWO, EYE), written(BY_ROWS), "matrices of numbers"),
    (kronecker(TWO, EYE)[2, 4], 2, "an entry of it"),
    (kronecker(A, B)[1, 1], A[1, 1] * B[1, 1], "the first entry of any"),
]

REFUTED = [
    (kronecker(A, B), kronecker(B, A), "it does not commute"),
    (kronecker(M, N), kronecker(N, M), "not for sizes that are alike"),
    (kronecker(A, B).T, kronecker(B.T, A.T), "the order of a transpose"),
    (kronecker(M, N) * kronecker(N, M), kronecker(N * M, M * N), "the order of the mixed product"),
    (kronecker(x, y), kronecker(y, x), "vectors"),
    (kronecker(x, u), kronecker(u, x), "vectors of one size"),
    (kronecker(x, y), vec(x * y.T), "rows stacked"),
    (vec(M), vec(M.T), "rows stacked, of a square matrix"),
    (vec(A * X * B), kronecker(A, B.T) * vec(X), "the factors of vec(A X B)"),
    (vec(M * N * S), kronecker(S, M) * vec(N), "the transpose in vec(M N S)"),
    (tr(kronecker(M, N)), tr(M * N), "the trace of a product"),
    (tr(kronecker(P, Q)), tr(P * Q), "axes that do not meet, but are of one length"),
    (jacobian(W * x, vec(W)), kronecker(one, x.T), "by rows"),
    (jacobian(vec(M * M), vec(M)), kronecker(M, unit) + kronecker(unit, M), "not transposed"),
    (grad(J, vec(W)), kronecker(grad(J, z), x), "the gradient by rows"),
    (jacobian(kronecker(x, y), y), kronecker(one, x), "the identity first"),
    (kronecker(unit, A) + kronecker(A, unit), 2 * kronecker(unit, A), "terms turned round"),
    (kronecker(TWO, EYE), written(BLOCKS), "the blocks of the other order"),
    ((kronecker(A, B) * w).T, w.T * kronecker(B.T, A.T), "sizes written as products"),
    (grad(K, stacked), vec(grad(K, W).T), "a loss of the columns, by rows"),
    (grad(K, stacked).T * stacked, 2 * vec(grad(K, W)).T * stacked, "twice its gradient"),
    (kronecker(A, B) * w, kronecker(B, A) * w, "both orders in one link"),
    (norm(kronecker(A, B)), norm(A) + norm(B), "norms added"),
    (kronecker(c * A, B), c**2 * kronecker(A, B), "a number counted twice"),
]

UNDECIDED = [
    (kronecker(A, B) + kronecker(B, A), kronecker(B, A) + kronecker(A, B), "true, with axes made in two ways"),
    (kronecker(A, B)[2, 1], A[1, 1] * B[2, 1], "true where B has two rows, and else not said"),
    (sum_over(i, w[i]), sum_over(i, kronecker(x, vector("t", q))[i] * 0 + w[i]), "an index along both axes"),
]


@pytest.mark.parametrize(("left", "right", "why"), PROVED)
def test_proved(left: Expression, right: Expression, why: str) -> None:
    stated = link(left, right)
    verdict = decide(stated, second=True)
    assert isinstance(verdict, Proved), why
    assert isinstance(sample(stated, 20), Sampled), why
    evidence = certificate(stated, verdict)
    assert evidence is not None
    assert recheck(evidence).accepted, why


@pytest.mark.parametrize(("left", "right", "why"), REFUTED)
def test_refuted(left: Expression, right: Expression, why: str) -> None:
    stated = link(left, right)
    verdict = check(stated).verdict
    assert isinstance(verdict, Refuted), why
    assert isinstance(at_witness(stated, verdict.witness), Differs), why
    evidence = certificate(stated, verdict)
    assert evidence is not None
    assert recheck(evidence).decided, why


@pytest.mark.parametrize(("left", "right", "why"), UNDECIDED)
def test_undecided(left: Expression, right: Expression, why: str) -> None:
    verdict = check(link(left, right)).verdict
    assert isinstance(verdict, Undecided), why
    assert verdict.reason == "no-proof"


def test_what_is_said_of_axes_that_do_not_meet() -> None:
    verdict = check(link(kronecker(A, B) + kronecker(B, A), kronecker(B, A) + kronecker(A, B))).verdict
    assert isinstance(verdict, Undecided)
    assert verdict.says == "the kernel has no rule for an axis made of p, m that meets another of its length"
    assert verdict.tried == ("small sizes laid out flat",)


def test_sizes_that_are_alike_as_numbers_are_never_misshapen() -> None:
    assert isinstance(check(link(kronecker(A, B), Z)).verdict, Refuted)
    assert isinstance(check(link(kronecker(A, B), kronecker(B, A))).verdict, Refuted)
    assert isinstance(check(link(kronecker(A, B), A)).verdict, Misshapen)


INVERTIBLE = (*equal(M**-1 * M, unit).links(), *equal(N**-1 * N, unit).links())


def test_inverses() -> None:
    right = check(link(kronecker(M, N) ** -1, kronecker(M**-1, N**-1), *INVERTIBLE)).verdict
    assert isinstance(right, Proved)
    assert right.conditions == ()
    without = check(link(kronecker(M, N).T ** -1, kronecker(M.T**-1, N.T**-1))).verdict
    assert isinstance(without, Proved)
    assert [str(each) for each in without.conditions] == [
        r"M \text{ is invertible}",
        r"N \text{ is invertible}",
    ]
    turned = check(link(kronecker(M, N) ** -1, kronecker(N**-1, M**-1), *INVERTIBLE)).verdict
    assert isinstance(turned, Refuted)


@pytest.mark.parametrize(
    "inverted", [kronecker(P, Q), kronecker(M, N) + kronecker(N, M)], ids=["of no square factors", "of a sum"]
)
def test_inverses_that_have_no_rule(inverted: Expression) -> None:
    assert isinstance(check(link(inverted**-1, inverted**-1)).verdict, Undecided)


def test_nothing_that_hypotheses_speak_of_is_counted_otherwise() -> None:
    """A random w, or a positive one, is the one that the hypotheses know."""
    j = index("j", n * q)
    chances = (*independent(w).links(), *equal(expectation(w[j]), 0).links())
    for told in (chances, less(0, w).links()):
        assert isinstance(check(link(kronecker(A, B) * w, kronecker(A, B) * w, *told)).verdict, Undecided)


def test_a_witness_has_the_rows_of_the_declaration() -> None:
    verdict = check(link(kronecker(A, B) * w, 2 * kronecker(A, B) * w)).verdict
    assert isinstance(verdict, Refuted)
    sizes, inputs = dict(verdict.witness.sizes), dict(verdict.witness.inputs)
    assert len(inputs["w"]) == sizes["n"] * sizes["q"]
    assert {len(line) for line in inputs["w"]} == {1}


# Places.

ROW, COLUMN = free_places((Paired(m, n), Paired(n, m)))


@pytest.mark.parametrize(
    ("at", "axes"),
    [
        ((ROW,), (Paired(n, m),)),
        ((ROW,), (Paired(m, n, p),)),
        ((ROW,), (m * n,)),
        (free_places((m * n,)), (Paired(m, n),)),
        ((2,), (Paired(m, n),)),
    ],
)
def test_a_place_is_not_read_on_axes_that_are_not_its_own(at: At, axes: tuple[Expression, ...]) -> None:
    with pytest.raises(Folded):
        on_axes(at, axes)


def test_the_first_place_is_that_of_all_axes() -> None:
    assert on_axes((1, ROW), (Paired(n, m), Paired(m, n))) == (1, 1, *flat((ROW,)))


def test_deltas_of_places() -> None:
    other = tuple(Idx(each.kind, "other", each.number, each.extent) for each in flat((ROW,)) if isinstance(each, Idx))
    assert isinstance(deltas(ROW, other), Mul)
    assert isinstance(deltas(ROW, ROW), Num)
    assert isinstance(deltas(ROW, 1), Mul)
    assert isinstance(deltas(flat((ROW,))[0], 1), Delta)
    for place in (COLUMN, 2, free_places((m * n,))[0]):
        with pytest.raises(Folded):
            deltas(ROW, place)


# Entries, against SymPy's.

SIZES = {"m": 2, "n": 3, "p": 2, "q": 2}
LEAVES: dict[tuple[str, str], list[Expression]] = {
    ("m", "n"): [A, W],
    ("n", "m"): [A.T, matrix("E", n, m)],
    ("n", "n"): [M, N, unit],
    ("m", "m"): [matrix("F", m, m), one],
    ("n", ""): [x, u],
    ("m", ""): [y],
    ("", "n"): [x.T],
}


def matrices(shape: tuple[str, str], depth: int) -> st.SearchStrategy[Any]:
    """Expressions of a shape."""
    leaves = st.sampled_from(LEAVES.get(shape, LEAVES[("n", "n")]))
    if not depth or shape not in LEAVES:
        return leaves
    same = matrices(shape, depth - 1)
    middle = st.sampled_from(["m", "n"]).flatmap(
        lambda between: (
            st.builds(
                lambda left, right: left * right,
                matrices((shape[0], between), depth - 1) if shape[0] else leaves,
                matrices((between, shape[1]), depth - 1) if shape[1] else leaves,
            )
            if shape[0] and shape[1]
            else leaves
        )
    )
    return st.one_of(leaves, st.builds(lambda a, b: a + b, same, same), st.builds(hadamard, same, same), middle)


ANY = st.sampled_from(sorted(LEAVES)).flatmap(lambda shape: matrices(shape, 1))


def laid(depth: int) -> st.SearchStrategy[Any]:
    """Kronecker products and stacked columns within one another."""
    inner = ANY if not depth else laid(depth - 1)
    return st.one_of(
        st.builds(kronecker, inner, ANY),
        st.builds(kronecker, ANY, ANY),
        st.builds(vec, inner),
        st.builds(lambda e: e.T, inner),
        st.builds(lambda a, b: kronecker(a, b) * kronecker(a.T, b.T), ANY, ANY),
        st.builds(lambda a, b: tr(kronecker(a * a.T, b * b.T)), ANY, ANY),
        st.builds(lambda a: norm(a) ** 2, inner),
    )


@settings(max_examples=100, deadline=None)
@given(laid(1))
def test_entries_are_those_of_sympy(e: Expression) -> None:
    names = sorted(e.atoms(Name), key=str)
    point, values = Point(1), {}
    for name in names:
        symbols = explicit.at(name, SIZES)
        at = product(*(range(1, SIZES.get(str(axis), 1) + 1) for axis in name.declared))
        variable = variable_of(name)
        for symbol, place in zip(symbols, at, strict=True):
            number = point.entry(variable, place)
            values[symbol] = sympy.Rational(number.numerator, number.denominator)
    own = shape_of(e)
    term = Lowering().entry(e, free_places(own))
    expected = explicit.at(e, SIZES)
    entries = list(expected) if own else [expected]
    free = [each for each in flat(free_places(own)) if isinstance(each, Idx)]
    evaluation = Evaluation(Exact(point), SIZES)
    found = [
        evaluation.of(term, dict(zip(free, at, strict=True)))
        for at in product(*(range(1, each.extent.at(SIZES) + 1) for each in free))
    ]
    assert [sympy.Rational(str(each)) for each in found] == [entry.xreplace(values) for entry in entries]


# Wrong rules, planted: kernel, NumPy and SymPy each compute the product in their own way.


def _kernel_inner_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The factors give out the subscripts of a pair in the wrong order: (k, i) for (i, k)."""
    right = Lowering._kronecker
    monkeypatch.setattr(
        Lowering, "_kronecker", lambda self, e, at, bound: right(self, kronecker(*reversed(e.factors)), at, bound)
    )


def _kernel_rows_stacked(monkeypatch: pytest.MonkeyPatch) -> None:
    right = lower._unstacked
    monkeypatch.setattr(lower, "_unstacked", lambda axes, at: right(axes, at)[::-1])


def _laid_out_inner_first(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Layout._product
    monkeypatch.setattr(Layout, "_product", lambda self, e: right(self, kronecker(*reversed(e.factors))))


def _sampler_inner_first(monkeypatch: pytest.MonkeyPatch) -> None:
    right = walk._kronecker
    monkeypatch.setattr(walk, "_kronecker", lambda e, scope: right(kronecker(*reversed(e.factors)), scope))


def _sampler_derives_by_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    right = differences._entries
    monkeypatch.setattr(
        differences,
        "_entries",
        lambda variable, scope, axes: (
            (right(variable.argument, scope, axes)[0], (int(np.prod(axes)), 1))
            if isinstance(variable, Vec)
            else right(variable, scope, axes)
        ),
    )


Plant = Callable[[pytest.MonkeyPatch], None]

# What the kernel proves under the wrong rule: false, or true and contradicted by a wrong sampler.
PLANTED: list[tuple[Plant, Expression, Expression]] = [
    (_kernel_inner_first, kronecker(x, u), vec(x * u.T)),
    (_kernel_inner_first, jacobian(M * x, vec(M)), kronecker(unit, x.T)),
    (_kernel_rows_stacked, kronecker(x, u), vec(x * u.T)),
    (_laid_out_inner_first, kronecker(TWO, EYE), written(BLOCKS)),
    (_sampler_inner_first, kronecker(x, y), vec(y * x.T)),
    (_sampler_inner_first, grad(J, vec(W)), kronecker(x, grad(J, z))),
    (_sampler_derives_by_rows, jacobian(W * x, vec(W)), kronecker(x.T, one)),
]


@pytest.mark.parametrize(("plant", "left", "right"), PLANTED)
def test_one_wrong_rule_contradicts_the_others(
    monkeypatch: pytest.MonkeyPatch, plant: Plant, left: Expression, right: Expression
) -> None:
    plant(monkeypatch)
    claim = Claim("Planted.", equal(left, right))
    assert isinstance(decide(link(left, right)), Proved), "the kernel is taken in, or right"
    with pytest.raises(Contradiction):
        prove_claim(claim)


def test_sympy_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = link(kronecker(x, u), vec(x * u.T))
    _kernel_inner_first(monkeypatch)
    assert isinstance(decide(wrong), Proved)
    assert wrong.left.at(n=2) != wrong.right.at(n=2)  # type: ignore[union-attr]
