"""The value of each form at a point, against the number that arithmetic by hand, or plain NumPy, gives."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from tests.sample.cases import TRUE, WRONG, Case
from verify.language import (
    Call,
    Defined,
    Dependent,
    Diagonal,
    Dimension,
    Entry,
    Expression,
    Index,
    Interval,
    Link,
    Matrix,
    Max,
    Name,
    Number,
    Opaque,
    Primitive,
    Range,
    Relation,
    column,
    cross_entropy,
    delta,
    diag,
    diff,
    dims,
    equal,
    exp,
    explicit,
    function,
    grad,
    hadamard,
    identity,
    index,
    jacobian,
    log,
    loss,
    matrix,
    matrix_of,
    max_over,
    norm,
    one_hot,
    ones,
    product_over,
    row,
    scalar,
    softmax,
    sum_over,
    total,
    tr,
    vector,
    vector_of,
    vjp,
)
from verify.sample.differences import orders
from verify.sample.floats import Floats
from verify.sample.points import Ground, Point, drawn, parts
from verify.sample.scope import Scope, constant, count_of
from verify.sample.smooth import Polynomial, Smooth, Wave
from verify.sample.tensor import Array, Outside, TooLarge, Unsampled
from verify.sample.walk import value

m, n = dims("m n")
A, B, W = matrix("A", n, n), matrix("B", n, n), matrix("W", m, n)
x, v, b, w = vector("x", n), vector("v", n), vector("b", m), row("w", n)
c, z = scalar("c"), scalar("z")
i, j, p = index("i", n), index("j", n), index("p", m)
f = function("f")
J = loss("J", x, c)

SIZES = {"m": 2, "n": 3}
VALUES = {
    A: [[1, 2, 0], [0, 1, -1], [3, 0, 2]],
    B: [[0, 1, 1], [2, 0, 1], [1, 1, 0]],
    W: [[1, 0, 2], [-1, 1, 3]],
    x: [[1], [2], [-1]],
    v: [[2], [0], [1]],
    b: [[4], [-2]],
    w: [[1, -1, 2]],
    c: 2,
    z: -1,
}
N: dict[Name, Array] = {name: np.array(entries, dtype=float) for name, entries in VALUES.items()}
e_x = np.exp(N[x])
soft = e_x / e_x.sum()


def scope(e: Expression) -> Scope:
    inputs = {name: np.vectorize(Fraction, otypes=[object])(np.array(entries)) for name, entries in VALUES.items()}
    ground = Ground.of(equal(e, e).links()[0])
    weights = dict.fromkeys(ground.shown, np.array(Fraction(1)))
    for weight in weights:
        weights[weight] = np.full([count_of(axis, SIZES) for axis in weight.declared], Fraction(1), dtype=object)
    functions: dict[str, Smooth] = {"f": Polynomial((0, 0, 0, 1)), "g": Wave.numbered(0)}
    return Point(ground, SIZES, {**inputs, **weights}, functions).scope(Floats, ground.indices)


CASES = [
    (Number(Fraction(1, 3)), 1 / 3, "a number"),
    (2 * n + m, 8, "dimensions as numbers"),
    (W * x + b, N[W] @ N[x] + N[b], "an affine map"),
    (W * x + 1, N[W] @ N[x] + 1, "a scalar added to each entry"),
    (x.T * v + c, np.array([[3.0]]), "a 1 x 1 product is a scalar"),
    (c * x.T * v * W, 2 * 1 * N[W], "which scales what follows"),
    (x * v.T * A, N[x] @ N[v].T @ N[A], "an outer product contracts on"),
    (w * A * x, N[w] @ N[A] @ N[x], "a row"),
    (x[i] * v[j], np.outer(N[x], N[v]), "free indices are axes, in the order in which they are met"),
    (x[i] * A[j, i], N[x] * N[A].T, "also where they are met the other way round"),
    (A[i, i], np.diag(N[A]), "the diagonal"),
    (A[2, 3], -1, "numbers as subscripts"),
    (w[i], N[w].ravel(), "a row takes one subscript, or two"),
    (w[1, i], N[w].ravel(), "a row takes one subscript, or two"),
    (i + 1, np.array([2.0, 3.0, 4.0]), "an index is its value"),
    (delta(i, j), np.eye(3), "the Kronecker delta"),
    (delta(i, Number(2)), np.array([0.0, 1.0, 0.0]), "the Kronecker delta of a number"),
    (sum_over(i, x[i] * v[i]), 1, "a sum"),
    (sum_over(i, Number(1)), 3, "a sum of what does not depend on the index"),
    (sum_over(i, A[i, j]), N[A].sum(0), "a sum beside a free index"),
    (sum_over(i, sum_over(j, A[i, j] * B[j, i])), np.trace(N[A] @ N[B]), "a double sum"),
    (sum_over(i, sum_over(i, x[i]) * v[i]), 6, "an inner index hides the outer one"),
    (sum_over(i, column(A, i)), N[A].sum(1, keepdims=True), "a sum of vectors"),
    (sum_over(index("k", Range(Number(2), n)), index("k", Range(Number(2), n))), 5, "a sum from 2"),
    (sum_over(index("k", Range(Number(4), n)), Number(1)), 0, "an empty sum"),
    (product_over(index("k", Range(Number(4), n)), Number(7)), 1, "an empty product"),
    (product_over(i, x[i] + 2), 12, "a product"),
    (max_over(i, x[i]), 2, "a maximum"),
    (max_over(i, A[i, j]), N[A].max(0), "a maximum for each column"),
    (vector_of(i, x[i] ** 2), N[x] ** 2, "a vector by its entries"),
    (matrix_of(i, j, A[j, i]), N[A].T, "a matrix by its entries"),
    (Matrix((c, z), (z * z, Number(0))), np.array([[2.0, -1], [1, 0]]), "a matrix with all its entries"),
    (A**2, N[A] @ N[A], "a square is a matrix product"),
    (A**-1, np.linalg.inv(N[A]), "an inverse"),
    (A**-2, np.linalg.inv(N[A] @ N[A]), "its square"),
    (A**0, np.eye(3), "to the 0"),
    (x**2, N[x] ** 2, "the square of a vector is taken entrywise"),
    (c**-1, 0.5, "1 over"),
    (c ** Number(Fraction(1, 2)), np.sqrt(2), "a root"),
    (c ** Number(Fraction(3, 2)), np.sqrt(8), "a cubed root"),
    (c ** Number(Fraction(1, 3)), np.cbrt(2), "a third root"),
    (z**3, -1, "a negative number to a whole power"),
    (Number(4) ** (-n), 1 / 64, "a dimension as exponent"),
    (z**i, np.array([-1.0, 1, -1]), "an index as exponent"),
    (c**z, 0.5, "a variable exponent"),
    (W.T, N[W].T, "a transpose"),
    (x.T, N[x].T, "a row"),
    (c.T, 2, "the transpose of a scalar"),
    (hadamard(x, v, x), N[x] * N[v] * N[x], "a Hadamard product"),
    (tr(A * B), np.trace(N[A] @ N[B]), "a trace"),
    (tr(c), 2, "the trace of a scalar"),
    (norm(A), np.linalg.norm(N[A]), "a norm"),
    (norm(z), 1, "the norm of a scalar"),
    (diag(x), np.diag(N[x].ravel()), "a diagonal matrix"),
    (Diagonal(w), np.diag(N[w].ravel()), "of a row"),
    (exp(x), e_x, "an exponential, entrywise"),
    (exp.derivative(x, 3), e_x, "and its derivatives"),
    (log(exp(x)), N[x], "a logarithm"),
    (f(x), N[x] ** 3, "a function that is given"),
    (f.derivative(x, 2), 6 * N[x], "its second derivative"),
    (softmax(x), soft, "a definition is unfolded"),
    (softmax(A[i, j] + x)[i], None, "a definition under free indices"),
    (cross_entropy(v, softmax(x)), -(N[v] * np.log(soft)).sum(), "cross-entropy"),
    (one_hot(j, n)[i], np.eye(3), "one-hot with an index of the same name"),
    (ones(n), np.ones((3, 1)), "ones"),
    (identity(n) * x, N[x], "the identity"),
    (grad(x.T * A * x, x), (N[A] + N[A].T) @ N[x], "a gradient is shaped like its variable"),
    (grad(w * x, w), N[x].T, "a row for a row"),
    (diff(x * c, c), N[x], "a derivative by a scalar is shaped like the quantity"),
    (diff(x, x[2]), np.array([[0.0], [1], [0]]), "by an entry too"),
    (jacobian(W * x, x), N[W], "outputs as rows"),
    (jacobian(x.T, x), np.eye(3), "of a row by a column"),
    (jacobian(W * x, W), np.einsum("ij,k->ijk", np.eye(2), N[x].ravel()), "three axes"),
    (jacobian(W * x, x) * jacobian(x, x), N[W], "Jacobians contract"),
    (vjp(W * x, W, b), N[b] @ N[x].T, "a vector-Jacobian product"),
    (vjp(W * x, W[p, i], b), N[b] @ N[x].T, "by an entry"),
    (vjp(x.T * v, v, c), 2 * N[x], "of a 1 x 1 product, with a scalar from above"),
    (diff(sum_over(i, A[i, j] * x[i]), x[i]), N[A].T, "the sum's own index is another one"),
    (sum_over(i, diff(x[i] ** 2, x[i])), 4, "a derivative under a sum"),
    (sum_over(i, diff(total(hadamard(x, x)), x[i]) * v[i]), 2, "by an entry whose index is bound outside"),
    (diff(diff(total(x) ** 2 * c, x[i]), c), np.full(3, 4.0), "a derivative of a derivative"),
    (J, None, "an unknown quantity has some value"),
]


@pytest.mark.parametrize(("e", "expected", "why"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_the_value_of_a_form(e: Expression, expected: Any, why: str) -> None:
    with np.errstate(all="ignore"):
        found = value(e, scope(e))
    assert isinstance(found, Floats)
    if expected is None:
        assert np.isfinite(found.value).all(), why
        return
    assert found.shape == np.shape(expected), why
    error = np.abs(found.value - expected)
    assert (error <= 4 * found.spread + 1e-13 * np.abs(expected)).all(), why
    assert (found.spread < (1e-8 if orders(e) < 2 else 1e-4)).all(), why


def test_an_unknown_quantity_depends_on_each_argument_and_on_their_mixture() -> None:
    # s = (1 + 1/4) + (2 + 4/4) + (-1 + 1/4) + (2 + 4/4) = 13/2 with all weights 1, and J = s + s^2/8.
    found = value(J, scope(J))
    assert found.rounded() == pytest.approx(6.5 + 6.5**2 / 8)
    mixed = diff(diff(J, x[1]), c)
    # d^2 J = 1/4 * (1 + x_1/2) * (1 + c/2)
    assert value(mixed, scope(mixed)).rounded() == pytest.approx(0.25 * 1.5 * 2, rel=1e-6)


@pytest.mark.parametrize(
    ("e", "error", "words"),
    [
        (vector("u", n), Unsampled, "u has no value"),
        (Entry(x, Index("o", Dimension("k"))), Unsampled, "no size"),
        (function("g2")(c), Unsampled, "not given"),
        (Call(Primitive("sin"), 0, c), Unsampled, "sin"),
        (A**c, Unsampled, "whole power"),
        (A ** Number(99), Unsampled, "too large"),
        (x[4], Outside, "leaves 1..3"),
        (max_over(index("k", Range(Number(4), n)), Number(1)), Outside, "nothing"),
        (ones(n / 2), Outside, "3/2"),
        (diff(diff(diff(total(A * A * A * x), A), A), A), TooLarge, "at once"),
    ],
    ids=str,
)
def test_what_has_no_value_says_why(e: Expression, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        value(e, scope(e))


@pytest.mark.parametrize(
    ("e", "expected"),
    [(2 * n + 1, 7), (n * m, 6), (1 / n, Fraction(1, 3)), (-n, -3), (n**2, None), (x, None)],
    ids=str,
)
def test_constants_are_rational_functions_of_the_sizes(e: Expression, expected: Fraction | None) -> None:
    assert constant(e, SIZES) == expected


def part(k: Index) -> Defined:
    """A definition for each value of an index."""
    return Defined("d", x[k] * x[k])


def test_a_definition_with_an_index_is_held_for_that_index() -> None:
    e = sum_over(i, diff(part(i) ** 2 * v[i], part(i)))
    assert value(e, scope(e)).rounded() == pytest.approx(2 * 1 * 2 + 2 * 1 * 1, rel=1e-8)


def test_a_definition_with_an_index_beside_itself_under_a_sum_is_refused() -> None:
    e = sum_over(i, diff(part(i) * sum_over(j, part(j)), part(i)))
    with pytest.raises(Unsampled, match="for other indices"):
        value(e, scope(e))


def exact(link: Link) -> bool:
    """Whether a claim has no unknown functions, and no maximum, which SymPy does not derive by a number."""
    kinds = (Dependent, Opaque, Max)
    return link.relation is Relation.EQUAL and not any(isinstance(part, kinds) for part in parts(link))


@pytest.mark.parametrize("case", [each for each in (*TRUE, *WRONG) if exact(each.link())], ids=lambda case: case.why)
def test_the_walk_agrees_with_ordinary_sympy(case: Case) -> None:
    link = case.link()
    point = drawn(Ground.of(link), bytes([5, 1, *(place * place % 48 for place in range(7, 60))]))
    # The first index at 1 and the others at 2: off the diagonal.
    pinned = {index: 2 if position else 1 for position, index in enumerate(point.ground.indices)}
    point = replace(point, pinned=pinned)
    numbers: dict[Any, Any] = {}
    for name, entries in point.inputs.items():
        flat = explicit.at(name, point.sizes)
        symbols = list(flat) if isinstance(flat, sympy.MatrixBase) else [flat]
        numbers |= {symbol: sympy.Rational(str(entry)) for symbol, entry in zip(symbols, entries.flat, strict=True)}
    for side in (link.left, link.right):
        assert not isinstance(side, Interval | tuple)
        shown = explicit.at(side, point.sizes, {index.symbol: at for index, at in pinned.items()})
        flat = list(shown) if isinstance(shown, sympy.MatrixBase | sympy.NDimArray) else [shown]
        expected = np.array([sympy.N(entry.subs(numbers), 30) for entry in flat], dtype=float)
        with np.errstate(all="ignore"):
            found = value(side, point.scope(Floats))
        assert isinstance(found, Floats)
        assert (np.abs(found.value.reshape(-1) - expected) <= 4 * found.spread.reshape(-1) + 1e-14).all(), case.why


def test_smooth_functions_know_their_derivatives() -> None:
    t, h = 0.3, 1e-5
    for smooth in (Wave.numbered(0), Wave.numbered(3), Polynomial((1, -2, 0, 5))):
        for order in range(3):
            left, here, right = (smooth.derived(order, Floats(np.array(at), np.array(0.0))) for at in (t - h, t, t + h))
            slope = (right.value - left.value) / (2 * h)
            following = smooth.derived(order + 1, Floats(np.array(t), np.array(0.0)))
            assert slope == pytest.approx(float(following.value), rel=1e-6, abs=1e-6)
            assert here.spread >= 0
