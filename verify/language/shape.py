"""The shape of an expression, or the place where its parts do not fit.

A scalar has the shape ``()``, a column ``(n, 1)``, a row ``(1, n)``, a matrix ``(m, n)``; derivatives
of a vector by a matrix have three axes. A 1 x 1 product is a scalar wherever one is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never, cast

from sympy.core.basic import Basic

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Number, Power, Transpose
from verify.language.binders import Array, Binder, Bound, Delta, Index, Max, Product, Range, Sum, mentions, outside
from verify.language.calls import Argument, Call, Defined, Dependent, Derivative, Vjp
from verify.language.expression import Expression
from verify.language.kronecker import Kronecker, Paired, Vec, paired
from verify.language.layers import Ascending, Descending, Infinity, Leveled, Member, Recursive, Width
from verify.language.matrices import Diagonal, Hadamard, Matrix, Norm, Trace
from verify.language.moments import Covariance, Expectation, Variance
from verify.language.size import same_dimension

Shape = tuple[Expression, ...]

ONE = Number(1)
SCALAR: Shape = ()


@dataclass(frozen=True)
class Mismatch:
    """Where parts do not fit: the shape that would have, and the shape that is there."""

    reason: Literal["shape", "index-range"]
    where: Expression
    expected: Shape
    actual: Shape
    says: str

    @property
    def transposed(self) -> bool:
        """Whether the transpose would fit."""
        return len(self.actual) == 2 and same_shape(self.expected, self.actual[::-1])


class _Misfit(Exception):
    def __init__(self, mismatch: Mismatch) -> None:
        self.mismatch = mismatch


def shape(expression: Expression) -> Shape | Mismatch:
    """The shape of an expression, or the first mismatch in it.

    >>> from verify.language import dims, matrix, vector
    >>> m, n = dims("m n")
    >>> W, x = matrix("W", m, n), vector("x", n)
    >>> shape(W * x)
    (m, 1)
    >>> shape(x * W).says
    'the columns of x (n x 1) do not meet the rows of W (m x n)'
    """
    try:
        return shape_of(expression)
    except _Misfit as misfit:
        return _named(expression, misfit.mismatch)


def _named(expression: Expression, mismatch: Mismatch) -> Mismatch:
    """The mismatch where the indices of the binders around it have the names that they were written with."""
    while (binder := _misfitting(expression)) is not None:
        expression = _opened(binder)
        try:
            shape_of(expression)
        except _Misfit as misfit:
            mismatch = misfit.mismatch
        else:
            break
    return mismatch


def _opened(binder: Binder) -> Expression:
    """What stands under a binder, its indices with the names that they were written with."""
    return binder.opened(*(Index(hint, over) for hint, over in zip(binder.hints, binder.dimensions, strict=True)))


def _misfitting(expression: Basic) -> Binder | None:
    """The first of the outermost binders whose own parts do not fit."""
    if isinstance(expression, Recursive):
        # Its steps are no formulas by themselves; it has the shape that it was declared with.
        return None
    if isinstance(expression, Binder):
        try:
            shape_of(cast(Expression, expression))
        except _Misfit:
            return expression
        return None
    return next((found for part in expression.args if (found := _misfitting(part)) is not None), None)


def shape_of(expression: Expression) -> Shape:
    """The shape of an expression whose parts are known to fit."""
    known: Shape | None = getattr(expression, "_shape", None)
    if known is None:
        expression._shape = known = _shape(expression)
    return known


def same_shape(left: Shape, right: Shape) -> bool:
    """Whether two shapes agree, a 1 x 1 matrix being a scalar."""
    left, right = (() if _is_unit(each) else each for each in (left, right))
    return len(left) == len(right) and all(map(same_dimension, left, right))


def describe(shape: Shape) -> str:
    """A shape in words: ``m x n``, or ``a scalar``."""
    return " x ".join(str(dimension) for dimension in shape) if shape else "a scalar"


def is_scalar(shape: Shape) -> bool:
    """Whether a quantity of this shape may stand where a number is needed."""
    return not shape or _is_unit(shape)


def long_axes(shape: Shape) -> Shape:
    """The axes that an index runs over: those of a row or a column without the axis of length one."""
    if len(shape) != 2:
        return shape
    return tuple([dimension for dimension in shape if dimension != ONE])


def _is_unit(shape: Shape) -> bool:
    return len(shape) == 2 and shape[0] == ONE and shape[1] == ONE


def _shape(e: Expression) -> Shape:
    match e:
        case Number() | Dimension() | Index() | Bound() | Range() | Argument() | Width() | Infinity() | Paired():
            return SCALAR
        case Name() | Member() | Recursive():
            return e.declared
        case Entry():
            return _entry(e)
        case Sum():
            return _sum(e)
        case Product() | Max() | Array() | Delta():
            return _of_indices(e)
        case Matrix():
            return _matrix(e)
        case Add():
            return _add(e)
        case Mul():
            return _mul(e)
        case Power():
            return _power(e)
        case Transpose():
            inner = shape_of(e.argument)
            if len(inner) > 2:
                raise _misfit(e.argument, SCALAR, inner, f"{e.argument} has {len(inner)} axes, a transpose takes two")
            return inner[::-1]
        case Hadamard():
            return _hadamard(e)
        case Kronecker() | Vec():
            return _paired(e)
        case Call():
            return shape_of(e.argument)
        case Trace() | Norm() | Diagonal() | Expectation() | Variance():
            return _unary(e)
        case Derivative() | Vjp():
            return _derivative(e)
        case Defined() | Leveled() | Covariance():
            return shape_of(e.meaning)
        case Descending() | Ascending():
            return _ordered(e)
        case Dependent():
            for argument in e.arguments:
                shape_of(argument)
            return SCALAR
        case _:
            assert_never(e)


def _misfit(
    where: Expression,
    expected: Shape,
    actual: Shape,
    says: str,
    reason: Literal["shape", "index-range"] = "shape",
) -> _Misfit:
    return _Misfit(Mismatch(reason, where, expected, actual, says))


def _entry(e: Entry) -> Shape:
    tensor, subscripts = e.tensor, e.subscripts
    inner = shape_of(tensor)
    axes = long_axes(inner) if len(subscripts) != len(inner) else inner
    if len(axes) == 0 and len(subscripts) == 1 and _is_unit(inner):
        axes = (ONE,)
    if len(axes) != len(subscripts):
        taken = f"{len(subscripts)} {'index' if len(subscripts) == 1 else 'indices'}"
        raise _misfit(tensor, SCALAR, inner, f"{tensor} ({describe(inner)}) is given {taken}")
    for axis, subscript in zip(axes, subscripts, strict=True):
        _in_range(tensor, axis, subscript)
    return SCALAR


def _in_range(tensor: Expression, axis: Expression, subscript: Expression) -> None:
    match subscript:
        case Number():
            if isinstance(axis, Number) and not 1 <= subscript.value <= axis.value:
                says = f"{tensor} has no entry {subscript}: its index runs to {axis}"
                raise _misfit(tensor, (axis,), (subscript,), says, "index-range")
        case Index() | Bound():
            if not same_dimension(axis, subscript.dimension):
                symbol = subscript.symbol if isinstance(subscript, Index) else "the index"
                says = f"{symbol} runs over {subscript.dimension}, the entries of {tensor} over {axis}"
                raise _misfit(tensor, (axis,), (subscript.dimension,), says, "index-range")
        case _:
            raise _misfit(tensor, (axis,), SCALAR, f"{subscript} is not an index of {tensor}")


def _sum(e: Sum) -> Shape:
    """The shape of the terms, which must be the same for all of them."""
    inner = shape_of(e.body)
    if any(axis.atoms(Bound) for axis in inner):
        if any(mentions(axis, 0) for axis in inner):
            raise _misfit(e.body, SCALAR, SCALAR, f"the terms of {e} have different shapes")
        return tuple(outside(axis) for axis in inner)
    return inner


def _of_indices(e: Product | Max | Array | Delta) -> Shape:
    match e:
        case Delta():
            row, column = (getattr(index, "dimension", None) for index in (e.row, e.column))
            if row is not None and column is not None and not same_dimension(row, column):
                says = f"the indices of {e} run over {row} and over {column}"
                raise _misfit(e, (row,), (column,), says, "index-range")
            return SCALAR
        case Product() | Max() | Array():
            inner = shape_of(e.body)
            if not is_scalar(inner):
                inner = shape_of(_opened(e))
                raise _misfit(e, SCALAR, inner, f"{e} needs a scalar under its index, not {describe(inner)}")
            if isinstance(e, Array):
                return e.dimensions if len(e.dimensions) > 1 else (*e.dimensions, ONE)
            return SCALAR
        case _:
            assert_never(e)


def _matrix(e: Matrix) -> Shape:
    widths = {len(row) for row in e.rows}
    if len(widths) != 1:
        raise _misfit(e, SCALAR, SCALAR, "the rows of the matrix have different lengths")
    for row in e.rows:
        for entry in row:
            inner = shape_of(entry)
            if not is_scalar(inner):
                raise _misfit(entry, SCALAR, inner, f"the entry {entry} of the matrix is {describe(inner)}")
    return (Number(len(e.rows)), Number(widths.pop()))


def _add(e: Add) -> Shape:
    """Terms of one shape; a scalar is added to each entry."""
    common = SCALAR
    for term in e.terms:
        inner = shape_of(term)
        if is_scalar(common):
            common = inner if not is_scalar(inner) else common or inner
        elif not is_scalar(inner) and not same_shape(common, inner):
            says = f"{describe(common)} and {term} ({describe(inner)}) cannot be added"
            raise _misfit(term, common, inner, says)
    return common


def _mul(e: Mul) -> Shape:
    *_, (shape, _step) = product_steps(e)
    return shape


Step = Literal["scale", "contract"]


def product_steps(e: Mul) -> Iterator[tuple[Shape, Step]]:
    """The shape of the product so far, factor by factor from the left, and how the factor came in.

    ``scale``: one of the two is a number (a 1 x 1 product counts). ``contract``: the last axis of the
    left is summed against the first axis of the right.
    """
    shape = shape_of(e.factors[0])
    yield shape, "scale"
    for position, factor in enumerate(e.factors[1:], start=1):
        inner = shape_of(factor)
        if not shape or not inner:
            shape = shape or inner
            yield shape, "scale"
        elif same_dimension(shape[-1], inner[0]):
            shape = shape[:-1] + inner[1:]
            yield shape, "contract"
        elif _is_unit(shape) or _is_unit(inner):
            shape = inner if _is_unit(shape) else shape
            yield shape, "scale"
        else:
            before = cast(Expression, Mul(*e.factors[:position])) if position > 1 else e.factors[0]
            says = f"the columns of {before} ({describe(shape)}) do not meet the rows of {factor} ({describe(inner)})"
            turned = same_dimension(shape[-1], inner[-1])
            raise _misfit(factor, inner[::-1] if turned else (shape[-1], *inner[1:]), inner, says)


def _ordered(e: Descending | Ascending) -> Shape:
    """The rows of the first factor, the columns of the last; the columns of each must be the rows of the next."""
    over = e.dimensions[0]
    assert isinstance(over, Range)
    between = Index("#", over)
    first, last = (over.high, over.low) if isinstance(e, Descending) else (over.low, over.high)
    after = between - 1 if isinstance(e, Descending) else between + 1
    here, there = (shape_of(e.opened(level)) for level in (between, after))
    if len(here) != 2 or len(there) != 2 or not same_dimension(here[1], there[0]):
        raise _misfit(e, (here[-1:] or SCALAR), there, f"the factors of {e} do not fit one another")
    return (shape_of(e.opened(first))[0], shape_of(e.opened(last))[1])


def _power(e: Power) -> Shape:
    base, exponent = shape_of(e.base), shape_of(e.exponent)
    if not is_scalar(exponent):
        raise _misfit(e.exponent, SCALAR, exponent, f"the exponent {e.exponent} is {describe(exponent)}, not a scalar")
    if len(long_axes(base)) > 1 and not same_dimension(base[0], base[-1]):
        raise _misfit(e.base, (base[0], base[0]), base, f"{e.base} ({describe(base)}) is not square and has no powers")
    return base


def _hadamard(e: Hadamard) -> Shape:
    common = shape_of(e.factors[0])
    for factor in e.factors[1:]:
        inner = shape_of(factor)
        if not same_shape(common, inner):
            says = f"{e.factors[0]} ({describe(common)}) and {factor} ({describe(inner)}) have no entrywise product"
            raise _misfit(factor, common, inner, says)
    return common


def _paired(e: Kronecker | Vec) -> Shape:
    """The rows of the factors paired, and their columns; of the columns stacked, the columns and their entries."""
    parts = e.factors if isinstance(e, Kronecker) else (e.argument,)
    shapes = [shape_of(part) for part in parts]
    for part, inner in zip(parts, shapes, strict=True):
        if len(inner) > 2:
            named = "Kronecker product" if isinstance(e, Kronecker) else "columns to be stacked"
            raise _misfit(part, SCALAR, inner, f"{part} has {len(inner)} axes, and no {named}")
    if not any(shapes):
        return SCALAR
    rows, columns = ([axes[side] if axes else ONE for axes in shapes] for side in (0, 1))
    return (paired(*rows), paired(*columns)) if isinstance(e, Kronecker) else (paired(*columns, *rows), ONE)


def _unary(e: Trace | Norm | Diagonal | Expectation | Variance) -> Shape:
    inner = shape_of(e.argument)
    match e:
        case Norm():
            return SCALAR
        case Trace():
            if inner and not (len(inner) == 2 and same_dimension(*inner)):
                says = f"{e.argument} ({describe(inner)}) is not square and has no trace"
                raise _misfit(e.argument, (inner[0], inner[0]), inner, says)
            return SCALAR
        case Diagonal():
            axes = long_axes(inner)
            if len(axes) != 1:
                raise _misfit(e.argument, SCALAR, inner, f"{e.argument} ({describe(inner)}) is not a vector")
            return (axes[0], axes[0])
        case Expectation() | Variance():
            if not is_scalar(inner):
                named = "expectation" if isinstance(e, Expectation) else "variance"
                says = f"the {named} of {e.argument} ({describe(inner)}) is not that of a scalar"
                raise _misfit(e.argument, SCALAR, inner, says)
            return SCALAR
        case _:
            assert_never(e)


def _derivative(e: Derivative | Vjp) -> Shape:
    quantity, variable = shape_of(e.quantity), shape_of(e.variable)
    if not isinstance(base_of(e.variable), Name | Defined | Member | Recursive | Leveled):
        raise _misfit(e.variable, SCALAR, variable, f"{e.variable} is not a variable to differentiate by")
    if isinstance(e, Vjp):
        upstream = shape_of(e.upstream)
        if not same_shape(quantity, upstream):
            says = f"the upstream gradient {e.upstream} ({describe(upstream)}) is not shaped like {describe(quantity)}"
            raise _misfit(e.upstream, quantity, upstream, says)
        return variable
    if is_scalar(quantity):
        return variable
    if is_scalar(variable):
        return quantity
    return long_axes(quantity) + long_axes(variable)


def base_of(variable: Expression) -> Expression:
    """The name that is derived by: of an entry, the tensor it belongs to; of columns that are stacked, the matrix."""
    match variable:
        case Entry():
            return variable.tensor
        case Vec():
            return variable.argument
        case _:
            return variable
