r"""Kronecker products, the columns of a matrix stacked, and the axes that both have: pairs of axes.

The entry of A ⊗ B in row (i, k) and column (j, l) is A_ij B_kl: its axes are those of A, each with one of B inside
it. Stacked column by column, X_ij stands at (j, i). Laid out flat, the outer index of a pair runs slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from verify.language.arithmetic import Node, Number, as_expression
from verify.language.matrices import Unary

if TYPE_CHECKING:
    from verify.language.expression import Expression

ONE = Number(1)


class Kronecker(Node):
    """The Kronecker product of matrices, rows, columns and scalars."""

    __slots__ = ()

    @property
    def factors(self) -> tuple[Expression, ...]:
        """The factors, the outermost first."""
        return self._args


class Vec(Unary):
    """The columns of a matrix, one below the other; of a column, the column."""

    __slots__ = ()


class Paired(Node):
    """The dimension of an axis made of several, the outermost first: as a number, their product."""

    __slots__ = ()

    @property
    def factors(self) -> tuple[Expression, ...]:
        """The axes that it is made of, none of them 1 or made of others."""
        return self._args


def paired(*axes: Expression) -> Expression:
    """The axis with these inside one another, the first one outermost; those of length one are left out.

    >>> from verify.language import dims
    >>> m, n = dims("m n")
    >>> paired(m, paired(Number(1), n), m).args, paired(Number(1), n), paired(Number(1))
    ((m, n, m), n, 1)
    """
    found = [part for axis in axes for part in parts_of(axis) if part != ONE]
    return cast("Expression", Paired(*found)) if len(found) > 1 else found[0] if found else cast("Expression", ONE)


def parts_of(axis: Expression) -> tuple[Expression, ...]:
    """The axes that an axis is made of: itself, if it is no pair."""
    return axis.factors if isinstance(axis, Paired) else (axis,)


def kronecker(*factors: object) -> Kronecker:
    r"""The Kronecker product.

    >>> from verify.language import dims, matrix, shape, vector
    >>> m, n = dims("m n")
    >>> product = kronecker(matrix("A", m, n), vector("x", n))
    >>> product, shape(product)
    (A \otimes x, (m n, n))
    >>> kronecker(matrix("A", m, n), 0.5)
    Traceback (most recent call last):
    TypeError: Expected an expression or an exact number but got 0.5 (type float).
    """
    return Kronecker(*map(as_expression, factors))


def vec(matrix: Expression) -> Vec:
    r"""The columns of a matrix, one below the other.

    >>> from verify.language import dims, matrix, shape
    >>> m, n = dims("m n")
    >>> vec(matrix("X", m, n)), shape(vec(matrix("X", m, n)))
    (\operatorname{vec}\left(X\right), (n m, 1))
    """
    return Vec(matrix)
