"""Products of matrices, and powers of numbers and matrices."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np

from verify.sample.tensor import Tensor, TooLarge, Unsampled, stacked


def contracted(left: Tensor, right: Tensor, left_rank: int, right_rank: int, depth: int) -> Tensor:
    """The last axis of the left summed against the first of the right, both without the axes in front."""
    left = left.reshaped(left.shape + (1,) * (right_rank - 1))
    right = right.reshaped(right.shape[:depth] + (1,) * (left_rank - 1) + right.shape[depth:])
    return (left * right).total(depth + left_rank - 1)


def rational_power(base: Tensor, exponent: Fraction) -> Tensor:
    """Each entry to a power; one that is not whole is defined for positive entries."""
    match exponent.numerator, exponent.denominator:
        case -1, 1:
            return base.inverse()
        case numerator, 1:
            return base.raised(np.array(numerator))
        case numerator, 2:
            return base.root().raised(np.array(numerator))
        case _:
            return (base.log() * type(base).exactly(exponent)).exp()


def matrix_power(base: Tensor, exponent: int) -> Tensor:
    """A whole power of a square matrix; a negative one by the adjugate, which needs no pivots."""
    size, depth = base.shape[-1], len(base.shape) - 2
    if abs(exponent) > 16:
        raise Unsampled(f"a matrix to the power {exponent} is too large")
    if exponent < 0 and size > 4:
        raise TooLarge(f"a matrix of {size} rows to the power {exponent} is too large")
    factor = _inverse(base) if exponent < 0 else base
    result = type(base).exactly(np.eye(size, dtype=np.int64)).reshaped((1,) * depth + (size, size))
    for _ in range(abs(exponent)):
        result = contracted(result, factor, 2, 2, depth)
    return result


def _inverse(matrix: Tensor) -> Tensor:
    size, depth = matrix.shape[-1], len(matrix.shape) - 2
    cofactors = []
    for column, row in product(range(size), repeat=2):
        minor = _determinant(_without(_without(matrix, row, -2), column, -1))
        cofactors.append(-minor if (row + column) % 2 else minor)
    adjugate = stacked(cofactors)
    inverse = _determinant(matrix).inverse()
    return adjugate.reshaped(adjugate.shape[:depth] + (size, size)) * inverse.reshaped(inverse.shape + (1, 1))


def _determinant(matrix: Tensor) -> Tensor:
    size, depth = matrix.shape[-1], len(matrix.shape) - 2
    total = type(matrix).exactly(int(size == 0)).repeated(matrix.shape[:depth])
    for column in range(size):
        corner = matrix.rearranged(lambda array, at=column: array[..., 0, at])  # type: ignore[misc]
        term = corner * _determinant(_without(_without(matrix, 0, -2), column, -1))
        total = total + (-term if column % 2 else term)
    return total


def _without(matrix: Tensor, place: int, axis: int) -> Tensor:
    return matrix.rearranged(lambda array: np.delete(array, place, axis))
