"""Kronecker products and stacked columns: their shapes, how they are printed, and their entries written out."""

import itertools
import pickle

import numpy as np
import pytest
import sympy

from verify.language import (
    Expression,
    Matrix,
    Mismatch,
    Number,
    Shape,
    define,
    dims,
    explicit,
    grad,
    hadamard,
    identity,
    jacobian,
    kronecker,
    latex,
    loss,
    matrix,
    row,
    scalar,
    shape,
    tr,
    vec,
    vector,
    vjp,
)
from verify.language.kronecker import Paired, paired, parts_of
from verify.language.shape import describe, same_shape
from verify.language.size import same_dimension

m, n, p, q = dims("m n p q")
A, B, S, T = matrix("A", m, n), matrix("B", p, q), matrix("S", m, m), matrix("T", p, p)
x, y, r, c = vector("x", n), vector("y", m), row("r", n), scalar("c")
one = Number(1)


@pytest.mark.parametrize(
    ("axes", "expected", "why"),
    [
        ((m, n), Paired(m, n), "the first one outermost"),
        ((n, m), Paired(n, m), "they do not commute"),
        ((m, one), m, "an axis of one entry is none"),
        ((one, one), one, "unless there is no other"),
        ((paired(m, n), p), Paired(m, n, p), "pairs within pairs are one"),
        ((m, paired(n, p)), Paired(m, n, p), "on both sides"),
        ((n, n), Paired(n, n), "of one length twice"),
    ],
)
def test_axes_are_paired(axes: tuple[Expression, ...], expected: Expression, why: str) -> None:
    assert paired(*axes) == expected, why
    assert paired(*parts_of(expected)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (kronecker(A, B), (Paired(m, p), Paired(n, q))),
        (kronecker(A, B).T, (Paired(n, q), Paired(m, p))),
        (kronecker(x, y), (Paired(n, m), one)),
        (kronecker(x, y.T), (n, m)),
        (kronecker(r, r), (one, Paired(n, n))),
        (kronecker(A, c), (m, n)),
        (kronecker(c, c), ()),
        (kronecker(x.T * x, c), (one, one)),
        (kronecker(A, B, S), (Paired(m, p, m), Paired(n, q, m))),
        (vec(A), (Paired(n, m), one)),
        (vec(x), (n, one)),
        (vec(r), (n, one)),
        (vec(c), ()),
        (vec(kronecker(A, B)), (Paired(n, q, m, p), one)),
        (jacobian(A * x, vec(A)), (m, Paired(n, m))),
        (grad(loss("J", A), vec(A)), (Paired(n, m), one)),
        (vjp(A * x, vec(A), upstream=y), (Paired(n, m), one)),
        (kronecker(A, B) * vec(matrix("X", q, n)), (Paired(m, p), one)),
        (tr(kronecker(S, T)), ()),
    ],
)
def test_shapes(expression: Expression, expected: Shape) -> None:
    assert shape(expression) == expected


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        (kronecker(A, B) * A, r"the columns of A \otimes B (m p x n q) do not meet the rows of A (m x n)"),
        (tr(kronecker(A, B)), r"A \otimes B (m p x n q) is not square and has no trace"),
        (kronecker(A, B) + A, "m p x n q and A (m x n) cannot be added"),
        (
            kronecker(jacobian(A, A), B),
            r"\frac{\partial A}{\partial A} has 4 axes, and no Kronecker product",
        ),
        (vec(jacobian(A, x)), r"\frac{\partial A}{\partial x} has 3 axes, and no columns to be stacked"),
        (
            jacobian(A * x, vec(A * x)),
            r"\operatorname{vec}\left(A x\right) is not a variable to differentiate by",
        ),
        (jacobian(A * x, vec(x[1])), r"\operatorname{vec}\left(x_1\right) is not a variable to differentiate by"),
    ],
)
def test_what_does_not_fit(expression: Expression, says: str) -> None:
    found = shape(expression)
    assert isinstance(found, Mismatch)
    assert found.says == says


def test_lengths_are_compared_as_numbers() -> None:
    assert same_dimension(Paired(m, n), n * m)
    assert same_dimension(Paired(m, n), Paired(n, m))
    assert not same_dimension(Paired(m, n), m + n)
    assert same_shape((Paired(Number(2), Number(3)), n), (Number(6), n))
    assert describe((Paired(m, n + 1), one)) == r"m \left(n + 1\right) x 1"


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (kronecker(A, B), r"A \otimes B"),
        (kronecker(A, B) * kronecker(x, y), r"\left(A \otimes B\right) \left(x \otimes y\right)"),
        (kronecker(A * B, x + y), r"\left(A B\right) \otimes \left(x + y\right)"),
        (kronecker(A, B).T, r"\left(A \otimes B\right)^T"),
        (kronecker(A.T, S**-1), r"A^T \otimes S^{-1}"),
        (kronecker(A, B) + kronecker(S, T), r"A \otimes B + S \otimes T"),
        (hadamard(kronecker(A, B), A), r"\left(A \otimes B\right) \odot A"),
        (c * kronecker(A, B), r"c \left(A \otimes B\right)"),
        (kronecker(kronecker(A, B), S), r"\left(A \otimes B\right) \otimes S"),
        (kronecker(A, B, S), r"A \otimes B \otimes S"),
        (vec(A * B), r"\operatorname{vec}\left(A B\right)"),
        (vec(A).T, r"\operatorname{vec}\left(A\right)^T"),
    ],
)
def test_printing(expression: Expression, printed: str) -> None:
    assert latex(expression) == printed


def by_hand(left: sympy.Matrix, right: sympy.Matrix) -> sympy.Matrix:
    """The definition: rows and columns run through those of both factors, the second one the faster."""
    rows = list(itertools.product(range(left.rows), range(right.rows)))
    columns = list(itertools.product(range(left.cols), range(right.cols)))
    return sympy.Matrix([[left[i, j] * right[k, l] for j, l in columns] for i, k in rows])


SIZES = {"m": 2, "n": 3, "p": 3, "q": 2}


def at(e: Expression) -> sympy.Matrix:
    """An expression at these sizes."""
    return explicit.at(e, SIZES)


def test_entries_written_out() -> None:
    a, b = at(A), at(B)
    assert at(kronecker(A, B)) == by_hand(a, b)
    assert at(kronecker(A, B, x)) == by_hand(by_hand(a, b), at(x))
    assert at(kronecker(x, y.T)) == at(x) * at(y).T
    assert at(kronecker(c, A)) == sympy.Symbol("c") * a
    assert at(vec(A)) == sympy.Matrix([a[i, j] for j in range(3) for i in range(2)])
    assert at(vec(r)) == at(r).T
    assert at(vec(c)) == sympy.Symbol("c")


def test_derivatives_by_columns_written_out() -> None:
    flat = [at(A)[i, j] for j in range(3) for i in range(2)]
    product = at(A) * at(x)
    assert at(jacobian(A * x, vec(A))) == product.jacobian(flat)
    gradient = (at(y).T * product).jacobian(flat).T
    assert at(grad(y.T * A * x, vec(A))) == gradient
    assert at(vjp(A * x, vec(A), upstream=y)) == gradient
    z = define("Z", 2 * A)
    assert at(jacobian(z * x, vec(z))) == product.jacobian(flat)


def test_of_numbers_it_is_that_of_numpy() -> None:
    first, second = np.arange(1, 7).reshape(2, 3), np.arange(2, 6).reshape(2, 2)
    one, other = (Matrix(*(tuple(map(Number, map(int, line))) for line in each)) for each in (first, second))
    assert kronecker(one, other).at() == sympy.Matrix(np.kron(first, second))
    assert vec(one).at() == sympy.Matrix(first.ravel("F"))


def test_it_is_a_value_like_others() -> None:
    product = kronecker(A, vec(B))
    assert pickle.loads(pickle.dumps(product)) == product  # noqa: S301 - our own
    assert product != kronecker(vec(B), A)
    assert {identity(m): product}[identity(m)] == product
