"""The value of an expression at a point, form by form.

Where the kernel normalizes, this only computes: every binder is an axis, every derivative a measured difference.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import assert_never

import numpy as np

from verify.language import (
    Add,
    Argument,
    Array,
    Ascending,
    Bound,
    Call,
    Covariance,
    Defined,
    Delta,
    Dependent,
    Derivative,
    Descending,
    Diagonal,
    Dimension,
    Entry,
    Expectation,
    Expression,
    Hadamard,
    Index,
    Infinity,
    Kronecker,
    Leveled,
    Matrix,
    Max,
    Member,
    Mul,
    Name,
    Norm,
    Number,
    Paired,
    Power,
    Product,
    Range,
    Recursive,
    Shape,
    Sum,
    Trace,
    Transpose,
    Variance,
    Vec,
    Vjp,
    Width,
)
from verify.language.shape import is_scalar, long_axes, product_steps, shape_of
from verify.sample import differences
from verify.sample.chance import expected
from verify.sample.entries import entry, of_binder
from verify.sample.powers import contracted, matrix_power, rational_power
from verify.sample.scope import Scope, constant, count_of, weight
from verify.sample.tensor import Tensor, Unsampled, stacked


def value(e: Expression, scope: Scope) -> Tensor:
    """The value of an expression: the axes of the scope, and then its own.

    Raises :class:`~verify.sample.tensor.Unsampled` for what has no numeric value anywhere, and
    :class:`~verify.sample.tensor.Outside` where an index leaves its range.
    """
    known = scope.look_up(e) or scope.memo.get(e)
    if known is None:
        known = scope.memo[e] = _value(e, scope)
    return known


def _value(e: Expression, scope: Scope) -> Tensor:
    match e:
        case Number():
            return scope.number(e.value)
        case Dimension():
            return scope.number(count_of(e, scope.sizes))
        case Index():
            return scope.number(scope.index(e))
        case Name() | Argument() | Bound() | Range() | Paired():
            raise Unsampled(f"{e} has no value")
        case Entry():
            return entry(e, scope, value)
        case Sum() | Product() | Max() | Array():
            return of_binder(e, scope, value)
        case Add() | Hadamard() | Mul() | Power():
            return _operation(e, scope)
        case Matrix():
            rows = [[scalar(each, scope) for each in row] for row in e.rows]
            flat = stacked([each for row in rows for each in row])
            return flat.reshaped(flat.shape[:-1] + (len(rows), len(rows[0])))
        case Transpose() | Trace() | Norm() | Diagonal():
            return _of_matrix(e, scope)
        case Kronecker():
            return _kronecker(e, scope)
        case Vec():
            inner = value(e.argument, scope)
            if not shape_of(e):
                return inner
            before, (down, across) = inner.shape[:-2], inner.shape[-2:]
            return inner.rearranged(lambda array: np.swapaxes(array, -1, -2)).reshaped((*before, down * across, 1))
        case Call():
            return differences.applied(e.function, e.order, value(e.argument, scope), scope, value)
        case Delta():
            return scope.number((scope.index(e.row) == scope.index(e.column)).astype(np.int64))
        case Expectation():
            return expected(e, scope, scalar)
        case Variance() | Covariance():
            return value(e.meaning, scope)
        case Derivative():
            return differences.derivative(e, scope, value)
        case Vjp():
            return differences.pulled_back(e, scope, value)
        case Defined():
            return value(e.meaning, scope)
        case Dependent():
            return _unknown(e, scope)
        case Width() | Member() | Leveled() | Recursive() | Ascending() | Descending() | Infinity():
            raise Unsampled(f"{e} has a value at a fixed depth only")
        case _:
            assert_never(e)


def scalar(e: Expression, scope: Scope) -> Tensor:
    """The value of an expression that counts as a scalar, without axes of its own."""
    return fit(value(e, scope), shape_of(e), 0, scope.depth)


def fit(tensor: Tensor, shape: Shape, rank: int, depth: int) -> Tensor:
    """A scalar with so many axes of length one; anything else as it is."""
    if is_scalar(shape) and len(tensor.shape) != depth + rank:
        return tensor.reshaped(tensor.shape[:depth] + (1,) * rank)
    return tensor


def _operation(e: Add | Hadamard | Mul | Power, scope: Scope) -> Tensor:
    rank = len(shape_of(e))
    match e:
        case Add():
            terms = [fit(value(term, scope), shape_of(term), rank, scope.depth) for term in e.terms]
            return reduce(lambda left, right: left + right, terms)
        case Hadamard():
            factors = [fit(value(factor, scope), shape_of(factor), rank, scope.depth) for factor in e.factors]
            return reduce(lambda left, right: left * right, factors)
        case Mul():
            return _product(e, scope)
        case Power():
            return _power(e, scope)
        case _:
            assert_never(e)


def _product(e: Mul, scope: Scope) -> Tensor:
    """The product from the left, as the shapes say: scaled, or contracted over adjacent axes."""
    result, before = value(e.factors[0], scope), shape_of(e.factors[0])
    for factor, (shape, step) in list(zip(e.factors, product_steps(e), strict=True))[1:]:
        right, inner = value(factor, scope), shape_of(factor)
        if step == "scale":
            result = fit(result, before, len(shape), scope.depth) * fit(right, inner, len(shape), scope.depth)
        else:
            result = contracted(result, right, len(before), len(inner), scope.depth)
        before = shape
    return result


def _power(e: Power, scope: Scope) -> Tensor:
    exponent = constant(e.exponent, scope.sizes)
    base, shape = value(e.base, scope), shape_of(e.base)
    if len(long_axes(shape)) > 1:
        if exponent is None or exponent.denominator != 1:
            raise Unsampled(f"{e} is no whole power of a matrix")
        return matrix_power(base, int(exponent))
    if exponent is None:
        if isinstance(e.exponent, Index):
            whole = scope.index(e.exponent)
            return base.raised(whole.reshape(whole.shape + (1,) * len(shape)))
        power = fit(scalar(e.exponent, scope), (), len(shape), scope.depth)
        return (base.log() * power).exp()
    return rational_power(base, exponent)


def _kronecker(e: Kronecker, scope: Scope) -> Tensor:
    """Every entry of the first factor times the whole of the second, laid out as ``numpy.kron`` lays it out."""
    parts = [fit(value(factor, scope), shape_of(factor), 2, scope.depth) for factor in e.factors]
    result = parts[0]
    for part in parts[1:]:
        outer = result.rearranged(lambda array: array[..., :, None, :, None])
        both = outer * part.rearranged(lambda array: array[..., None, :, None, :])
        rows, inner_rows, columns, inner_columns = both.shape[-4:]
        result = both.reshaped((*both.shape[:-4], rows * inner_rows, columns * inner_columns))
    return result if shape_of(e) else result.reshaped(result.shape[: scope.depth])


def _of_matrix(e: Transpose | Trace | Norm | Diagonal, scope: Scope) -> Tensor:
    inner, shape = value(e.argument, scope), shape_of(e.argument)
    before = inner.shape[: scope.depth]
    match e:
        case Transpose():
            return inner if not shape else inner.rearranged(lambda array: np.swapaxes(array, -1, -2))
        case Trace():
            return inner if not shape else inner.rearranged(lambda array: np.diagonal(array, 0, -2, -1)).total(-1)
        case Norm():
            flat = inner.reshaped((*before, int(np.prod(inner.shape[scope.depth :], dtype=int))))
            return (flat * flat).total(-1).root()
        case Diagonal():
            entries = int(np.prod(inner.shape[scope.depth :], dtype=int))
            return inner.reshaped((*before, entries, 1)) * type(inner).exactly(np.eye(entries, dtype=np.int64))
        case _:
            assert_never(e)


def _unknown(e: Dependent, scope: Scope) -> Tensor:
    """A smooth quantity with every mixed derivative: s + s²/8 for s the sum of weights times (y + y²/4)."""
    exactly, total = scope.arithmetic.exactly, scope.number(0)
    for position, argument in enumerate(e.arguments):
        weights, inner = scope.look_up(weight(e, position)), value(argument, scope)
        if weights is None:
            raise Unsampled(f"the weights of {e} by {argument} are not given")
        bent = inner if scope.linear else inner + inner * inner * exactly(Fraction(1, 4))
        part = weights * bent
        total = total + part.reshaped((*part.shape[: scope.depth], -1)).total(-1)
    return total if scope.linear else total + total * total * exactly(Fraction(1, 8))
