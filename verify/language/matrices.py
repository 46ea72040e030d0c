"""What is said of vectors and matrices beyond sums and products: Hadamard product, trace, norm, diagonal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Basic
from sympy.core.containers import Tuple

from verify.language.arithmetic import Node

if TYPE_CHECKING:
    from verify.language.expression import Expression


class Unary(Node):
    """A form of one argument."""

    __slots__ = ()

    def __new__(cls, argument: Node) -> Unary:
        return Basic.__new__(cls, argument)

    @property
    def argument(self) -> Expression:
        """What it is taken of."""
        return self._args[0]


class Trace(Unary):
    """The trace of a square matrix."""

    __slots__ = ()


class Norm(Unary):
    """The Euclidean norm of a vector, the Frobenius norm of a matrix."""

    __slots__ = ()


class Diagonal(Unary):
    """The square matrix with this vector on its diagonal."""

    __slots__ = ()


class Hadamard(Node):
    """The entrywise product of tensors of one shape."""

    __slots__ = ()

    @property
    def factors(self) -> tuple[Expression, ...]:
        """The factors."""
        return self._args


class Matrix(Node):
    """A matrix given by all of its entries, row by row."""

    __slots__ = ()

    def __new__(cls, *rows: tuple[Node, ...] | Tuple) -> Matrix:
        return Basic.__new__(cls, *(Tuple(*row) for row in rows))

    @property
    def rows(self) -> tuple[tuple[Expression, ...], ...]:
        """The rows."""
        return tuple(tuple(row) for row in self._args)
