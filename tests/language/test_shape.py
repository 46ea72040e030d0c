"""Shapes: what fits, and the words for what does not."""

import pytest

from verify.language import (
    Delta,
    Derivative,
    Diagonal,
    Dimension,
    Entry,
    Expression,
    Index,
    Matrix,
    Mismatch,
    Mul,
    Name,
    Number,
    Transpose,
    column,
    cross_entropy,
    define,
    describe,
    diag,
    dims,
    exp,
    grad,
    hadamard,
    identity,
    index,
    jacobian,
    loss,
    matrix,
    matrix_of,
    max_over,
    norm,
    one_hot,
    ones,
    product_over,
    row,
    same_shape,
    scalar,
    shape,
    softmax,
    sum_over,
    tr,
    vector,
    vector_of,
    vjp,
)
from verify.language.shape import base_of, is_scalar, long_axes, product_steps
from verify.language.size import same_dimension, size

m, n = dims("m n")
W, A = matrix("W", m, n), matrix("A", n, n)
x, b, r, c = vector("x", n), vector("b", m), row("r", n), scalar("c")
i, j, p = index("i", n), index("j", n), index("p", m)
y = define("y", W * x + b)

FITS = [
    (Number(3), "a scalar", "a number"),
    (n, "a scalar", "a dimension as a number"),
    (i, "a scalar", "an index as a number"),
    (x, "n x 1", "a column"),
    (r, "1 x n", "a row"),
    (W * x, "m x 1", "a matrix times a column"),
    (W * x + b, "m x 1", "plus a column"),
    (x + c, "n x 1", "a scalar added to each entry"),
    (c + W, "m x n", "a scalar in front"),
    (x.T * x, "1 x 1", "a row times a column"),
    (x.T * x + c, "1 x 1", "counts as a scalar"),
    (x.T * x * W, "m x n", "also as a factor"),
    (W * x.T * x, None, "but what stands on the left contracts first"),
    (x * x.T, "n x n", "a column times a row"),
    (x * r, "n x n", "a column times a row"),
    (r * A * x, "1 x 1", "a quadratic form"),
    (2 * W, "m x n", "a scaled matrix"),
    (W.T, "n x m", "a transpose"),
    (c.T, "a scalar", "the transpose of a scalar"),
    (x[i], "a scalar", "an entry of a column"),
    (x[i, 1], "a scalar", "by both of its indices"),
    (r[j], "a scalar", "an entry of a row"),
    (W[p, i], "a scalar", "an entry of a matrix"),
    ((x.T * x)[1], "a scalar", "the entry of a 1 x 1 product"),
    (hadamard(x, x), "n x 1", "a Hadamard product"),
    (A**2, "n x n", "a square matrix to a power"),
    (x**2, "n x 1", "a vector to a power, entrywise"),
    (c**c, "a scalar", "a power"),
    (exp(W), "m x n", "a function, entrywise"),
    (tr(A), "a scalar", "a trace"),
    (norm(W), "a scalar", "a norm"),
    (diag(x), "n x n", "a diagonal matrix"),
    (diag(r), "n x n", "of a row"),
    (Delta(i, j), "a scalar", "a Kronecker delta"),
    (sum_over(i, x[i]), "a scalar", "a sum"),
    (sum_over(p, W[p, i] * x), "n x 1", "a sum of vectors"),
    (product_over(i, x[i]), "a scalar", "a product"),
    (max_over(i, x[i]), "a scalar", "a maximum"),
    (vector_of(i, x[i]), "n x 1", "a column by its entries"),
    (matrix_of(p, i, W[p, i]), "m x n", "a matrix by its entries"),
    (Matrix((c, c), (c, c), (c, c)), "3 x 2", "a matrix with all its entries"),
    (softmax(x), "n x 1", "a softmax is shaped like its argument"),
    (cross_entropy(x, softmax(x)), "a scalar", "a cross-entropy"),
    (one_hot(i, n), "n x 1", "a one-hot column"),
    (ones(m), "m x 1", "ones"),
    (identity(n), "n x n", "the identity"),
    (column(W, i), "m x 1", "a column of a matrix"),
    (loss("J", y), "a scalar", "a loss"),
    (grad(loss("J", y), W), "m x n", "a gradient is shaped like its variable"),
    (grad(loss("J", y), y), "m x 1", "also a defined one"),
    (grad(x.T * x, r), "1 x n", "of a 1 x 1 product, by a row"),
    (jacobian(y, x), "m x n", "outputs as rows, inputs as columns"),
    (jacobian(y, W), "m x m x n", "of a vector by a matrix"),
    (jacobian(y, c), "m x 1", "by a scalar, shaped like the quantity"),
    (Derivative(y, x[i]), "m x 1", "so too by an entry"),
    (vjp(y, W, b), "m x n", "a vector-Jacobian product is shaped like its variable"),
    (vector("u", n + 1) + vector("v", 1 + n), "n + 1 x 1", "n + 1 and 1 + n are one dimension"),
    (vector("u", 2 * n) + vector("v", n + n), "2 n x 1", "2 n and n + n are"),
]


@pytest.mark.parametrize(("e", "expected", "why"), FITS, ids=[case[2] for case in FITS])
def test_what_fits_has_a_shape(e: Expression, expected: str | None, why: str) -> None:
    found = shape(e)
    if expected is None:
        assert isinstance(found, Mismatch), why
    else:
        assert not isinstance(found, Mismatch), why
        assert describe(found) == expected, why


MISFITS = [
    (x * W, "shape", "the columns of x (n x 1) do not meet the rows of W (m x n)", False),
    (W * b, "shape", "the columns of W (m x n) do not meet the rows of b (m x 1)", False),
    (W * r, "shape", "the columns of W (m x n) do not meet the rows of r (1 x n)", True),
    (W * x * x, "shape", "the columns of W x (m x 1) do not meet the rows of x (n x 1)", True),
    (x + r, "shape", "n x 1 and r (1 x n) cannot be added", True),
    (c + x + b, "shape", "n x 1 and b (m x 1) cannot be added", False),
    (W + W.T, "shape", "m x n and W^T (n x m) cannot be added", True),
    (hadamard(x, r), "shape", "x (n x 1) and r (1 x n) have no entrywise product", True),
    (W**2, "shape", "W (m x n) is not square and has no powers", False),
    (c**x, "shape", "the exponent x is n x 1, not a scalar", False),
    (tr(W), "shape", "W (m x n) is not square and has no trace", False),
    (Diagonal(W), "shape", "W (m x n) is not a vector", False),
    (max_over(i, x), "shape", "needs a scalar under its index, not n x 1", False),
    (vector_of(i, W), "shape", "needs a scalar under its index, not m x n", False),
    (Matrix((c, c), (c,)), "shape", "the rows of the matrix have different lengths", False),
    (Matrix((x,)), "shape", "the entry x of the matrix is n x 1", False),
    (x[i, j], "index-range", "j runs over n, the entries of x over 1", False),
    (W[i], "shape", "W (m x n) is given 1 index", False),
    (c[i], "shape", "c (a scalar) is given 1 index", False),
    (W[i, p], "index-range", "i runs over n, the entries of W over m", False),
    (sum_over(p, x[p]), "index-range", "p runs over m, the entries of x over n", False),
    (sum_over(p, sum_over(i, x[i] * W * (b[p] * b))), "shape", "the columns of x_i W (m x n) do not meet", False),
    (vector("u", 2)[3], "index-range", "u has no entry 3: its index runs to 2", False),
    (Entry(x, c), "shape", "c is not an index of x", False),
    (Delta(i, p), "index-range", "run over n and over m", False),
    (grad(c, W * x), "shape", "W x is not a variable to differentiate by", False),
    (vjp(y, W, x), "shape", "the upstream gradient x (n x 1) is not shaped like m x 1", False),
    (Transpose(jacobian(y, W)), "shape", "has 3 axes, a transpose takes two", False),
]


@pytest.mark.parametrize(("e", "reason", "words", "transposed"), MISFITS, ids=[case[2] for case in MISFITS])
def test_what_does_not_fit_says_which_parts(e: Expression, reason: str, words: str, transposed: bool) -> None:
    found = shape(e)
    assert isinstance(found, Mismatch)
    assert found.reason == reason
    assert words in found.says
    assert found.transposed == transposed


def test_the_first_mismatch_inside_is_the_one_that_is_told() -> None:
    found = shape(tr(exp(x * W)) + c)
    assert isinstance(found, Mismatch)
    assert found.where == W


def test_a_mismatch_is_found_again_when_asked_again() -> None:
    e = x * W
    assert shape(e) == shape(e)


def test_the_steps_of_a_product_say_how_each_factor_comes_in() -> None:
    steps = [(describe(own), step) for own, step in product_steps(Mul(c, x.T, x, W, x))]
    assert steps == [
        ("a scalar", "scale"),
        ("1 x n", "scale"),
        ("1 x 1", "contract"),
        ("m x n", "scale"),
        ("m x 1", "contract"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (n, n, True),
        (n, m, False),
        (n + 1, 1 + n, True),
        (2 * n, n + n, True),
        (n * (m + 1), n * m + n, True),
        (n * m, m * n, True),
        (n + 1, n, False),
        (n - n, Number(0), True),
        (Number(2) * 3, Number(6), True),
        (n / 2, n / 2, True),
        (n / 2, n / 3, False),
        (n**2, n * n, False),
    ],
    ids=str,
)
def test_dimensions_are_equal_as_polynomials(left: Expression, right: Expression, same: bool) -> None:
    assert same_dimension(left, right) == same


def test_what_is_no_polynomial_in_dimensions_has_no_size() -> None:
    assert size(n**2) is None
    assert size(x) is None
    assert size(n + c) is None
    assert size(2 * c) is None


def test_a_unit_is_a_scalar_and_a_vector_is_not() -> None:
    one = Number(1)
    assert is_scalar(())
    assert is_scalar((one, one))
    assert not is_scalar((n, one))
    assert same_shape((), (one, one))
    assert not same_shape((n, one), (one, n))
    assert long_axes((n, one)) == long_axes((one, n)) == (n,)
    assert long_axes((m, m, one)) == (m, m, one)


def test_what_is_derived_by_is_a_name_or_the_tensor_of_an_entry() -> None:
    assert base_of(W[p, i]) == W
    assert base_of(y) == y


@pytest.mark.parametrize("made", [Name("x", (n, Number(1))), Index("i", n), Dimension("n")], ids=str)
def test_shapes_are_remembered_and_do_not_take_part_in_equality(made: Name | Index | Dimension) -> None:
    again = type(made)(*made.args)
    shape(made)
    assert made == again
    assert hash(made) == hash(again)
