"""The functions of the field, as textbooks define them."""

from __future__ import annotations

from verify.language.arithmetic import Entry, Number, as_expression
from verify.language.binders import Array, Delta
from verify.language.calls import Argument, Defined, Derivative, Formula, Primitive, Vjp
from verify.language.declare import index, matrix_of, sum_over, total, unused, vector_dimension, vector_of
from verify.language.expression import Expression, Subscript
from verify.language.matrices import Diagonal, Hadamard, Norm, Trace
from verify.language.shape import shape_of

exp = Primitive("exp")
log = Primitive("log")

_z = Argument()

sigma = Formula(r"\sigma", Number(1) / (1 + exp(-_z)))
tanh = Formula(r"\tanh", (exp(_z) - exp(-_z)) / (exp(_z) + exp(-_z)))
softplus = Formula(r"\operatorname{softplus}", log(1 + exp(_z)))
swish = Formula(r"\operatorname{swish}", _z * sigma(_z))


def softmax(x: Expression) -> Defined:
    r"""The softmax of a vector: e^x over the sum of its entries; shaped like x.

    >>> from verify.language import dims, vector
    >>> n, = dims("n")
    >>> softmax(vector("x", n))
    \operatorname{softmax}\left(x\right)
    """
    return Defined(r"\operatorname{softmax}", exp(x) / total(exp(x)), x)


def softmax_rows(x: Expression) -> Defined:
    """The softmax of each row of a matrix."""
    rows, columns = shape_of(x)
    i, j, k = unused("i", rows, x), unused("j", columns, x), unused("k", columns, x)
    meaning = matrix_of(i, j, exp(x[i, j]) / sum_over(k, exp(x[i, k])))
    return Defined(r"\operatorname{softmax}", meaning, x)


def cross_entropy(y: Expression, predicted: Expression) -> Defined:
    """The cross-entropy of a prediction with respect to y: minus the sum of y_i log of predicted_i."""
    i = unused("i", vector_dimension(y), y, predicted)
    return Defined(r"\operatorname{CE}", -sum_over(i, y[i] * log(predicted[i])), y, predicted)


def one_hot(at: Subscript, dimension: Expression) -> Defined:
    """The column with a 1 at one index and 0 elsewhere."""
    i = unused("i", dimension, at)
    return Defined("e", vector_of(i, Delta(i, at)), at)


def ones(dimension: Expression) -> Defined:
    """The column of ones."""
    return Defined(r"\mathbf{1}", vector_of(index("i", dimension), 1))


def identity(dimension: Expression) -> Defined:
    """The identity matrix."""
    i, j = index("i", dimension), index("j", dimension)
    return Defined("I", matrix_of(i, j, Delta(i, j)))


def hadamard(*factors: Expression) -> Hadamard:
    """The entrywise product."""
    return Hadamard(*factors)


def diag(v: Expression) -> Diagonal:
    """The square matrix with v on its diagonal."""
    return Diagonal(v)


def tr(a: Expression) -> Trace:
    """The trace."""
    return Trace(a)


def norm(a: Expression) -> Norm:
    """The Euclidean or Frobenius norm."""
    return Norm(a)


def delta(row: Subscript, column: Subscript) -> Delta:
    """The Kronecker delta."""
    return Delta(row, column)


def column(tensor: Expression, subscript: Subscript | int) -> Array:
    """A column of a matrix, as a column vector; by an index or by its number.

    >>> from verify.language import dims, matrix, shape
    >>> m, n = dims("m n")
    >>> shape(column(matrix("W", m, n), 1))
    (m, 1)
    """
    at = as_expression(subscript)
    i = unused("i", shape_of(tensor)[0], tensor, at)
    return vector_of(i, Entry(tensor, i, at))


def diff(quantity: Expression, variable: Expression) -> Derivative:
    """The derivative of a scalar by a scalar or by one entry, unevaluated."""
    return Derivative(quantity, variable)


def grad(quantity: Expression, variable: Expression) -> Derivative:
    """The gradient of a scalar, shaped like the variable, unevaluated."""
    return Derivative(quantity, variable)


def jacobian(quantity: Expression, variable: Expression) -> Derivative:
    """The Jacobian of a vector by a vector, outputs as rows, unevaluated."""
    return Derivative(quantity, variable)


def vjp(quantity: Expression, variable: Expression, upstream: Expression) -> Vjp:
    r"""The gradient by the variable, shaped like it, that an upstream gradient of the quantity passes on.

    >>> from verify.language import dims, matrix, vector
    >>> m, n = dims("m n")
    >>> W, x, delta = matrix("W", m, n), vector("x", n), vector("\\delta", m)
    >>> vjp(W * x, W, upstream=delta)
    \left(\frac{\partial \left(W x\right)}{\partial W}\right)^* \delta
    """
    return Vjp(quantity, variable, upstream)
