"""Names with their shapes: how a file of claims begins."""

from __future__ import annotations

from fractions import Fraction

from verify.language.arithmetic import Dimension, Name, Node, Number, as_expression
from verify.language.binders import Array, Index, Max, Product, Sum
from verify.language.calls import Defined, Dependent, Opaque
from verify.language.expression import Expression
from verify.language.shape import shape_of

DimensionLike = Expression | int


def fraction(numerator: int, denominator: int) -> Expression:
    r"""An exact fraction.

    >>> fraction(1, 4)
    \frac{1}{4}
    """
    return as_expression(Fraction(numerator, denominator))


def dims(symbols: str) -> tuple[Dimension, ...]:
    """Dimensions from their symbols, separated by spaces; each is at least 1.

    >>> dims("m n")
    (m, n)
    """
    return tuple(Dimension(symbol) for symbol in symbols.split())


def scalar(symbol: str) -> Name:
    """A real number."""
    return Name(symbol)


def vector(symbol: str, dimension: DimensionLike) -> Name:
    """A column vector, dimension x 1.

    >>> n, = dims("n")
    >>> vector("x", n)[index("i", n)]
    x_i
    >>> vector("x", 0.5)
    Traceback (most recent call last):
    TypeError: Expected an expression or an exact number but got 0.5 (type float).
    """
    return Name(symbol, (as_expression(dimension), Number(1)))


def row(symbol: str, dimension: DimensionLike) -> Name:
    """A row vector, 1 x dimension."""
    return Name(symbol, (Number(1), as_expression(dimension)))


def matrix(symbol: str, rows: DimensionLike, columns: DimensionLike) -> Name:
    """A matrix, rows x columns."""
    return Name(symbol, (as_expression(rows), as_expression(columns)))


def index(symbol: str, dimension: DimensionLike) -> Index:
    """A free index from 1 to the dimension: a statement with it holds for each of its values."""
    return Index(symbol, as_expression(dimension))


def unused(symbol: str, dimension: DimensionLike, *beside: Node) -> Index:
    """An index to bind over these expressions: its symbol is primed while one of their free indices has it.

    >>> n, = dims("n")
    >>> unused("i", n, vector("x", n)[index("i", n)])
    i'
    """
    taken = {each.symbol for expression in beside for each in expression.atoms(Index)}
    while symbol in taken:
        symbol += "'"
    return index(symbol, dimension)


def indices(symbols: str, dimension: DimensionLike) -> tuple[Index, ...]:
    """Several free indices of one dimension."""
    return tuple(index(symbol, dimension) for symbol in symbols.split())


def function(symbol: str) -> Opaque:
    """Any smooth function of one number, applied entrywise."""
    return Opaque(symbol)


def loss(symbol: str, *of: Node) -> Dependent:
    """A scalar that depends smoothly on these, and on them alone."""
    return Dependent(symbol, *of)


def define(symbol: str, meaning: Node | int) -> Defined:
    """A name for an expression: ``y = define("y", W * x + b)``."""
    return Defined(symbol, as_expression(meaning))


def sum_over(over: Index, body: object) -> Sum:
    """The sum of the body over an index."""
    return Sum(as_expression(body), over)


def product_over(over: Index, body: object) -> Product:
    """The product of the body over an index."""
    return Product(as_expression(body), over)


def max_over(over: Index, body: object) -> Max:
    """The largest value of the body over an index."""
    return Max(as_expression(body), over)


def vector_of(over: Index, body: object) -> Array:
    """The column whose entry at the index is the body."""
    return Array(as_expression(body), over)


def matrix_of(down: Index, across: Index, body: object) -> Array:
    """The matrix whose entry at the two indices is the body."""
    return Array(as_expression(body), down, across)


def total(tensor: Expression, symbol: str = "j") -> Sum:
    r"""The sum of all entries of a vector.

    >>> n, = dims("n")
    >>> total(vector("x", n))
    \sum_{j=1}^{n} x_j
    """
    over = unused(symbol, vector_dimension(tensor), tensor)
    return sum_over(over, tensor[over])


def vector_dimension(tensor: Expression) -> Expression:
    """How many entries a row or a column has.

    >>> m, n = dims("m n")
    >>> vector_dimension(matrix("W", m, n))
    Traceback (most recent call last):
    TypeError: Expected a row or a column but got W, which is m x n.
    """
    axes = shape_of(tensor)
    if len(axes) == 2 and Number(1) in axes:
        return axes[0] if axes[1] == Number(1) else axes[1]
    from verify.language.shape import describe

    raise TypeError(f"Expected a row or a column but got {tensor}, which is {describe(axes)}.")
