r"""Expectations, variances and covariances of scalars, unevaluated.

What is random is said by a hypothesis; see :mod:`verify.language.chance`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from verify.language.arithmetic import Node
from verify.language.matrices import Unary

if TYPE_CHECKING:
    from verify.language.expression import Expression


class Expectation(Unary):
    """The expectation of a scalar."""

    __slots__ = ()


class Variance(Unary):
    """The variance of a scalar."""

    __slots__ = ()

    @property
    def meaning(self) -> Expression:
        """The expectation of its square, less the square of its expectation."""
        return expectation(self.argument**2) - expectation(self.argument) ** 2


class Covariance(Node):
    """The covariance of two scalars."""

    __slots__ = ()

    def __new__(cls, left: Node, right: Node) -> Covariance:
        return Basic.__new__(cls, left, right)

    @property
    def left(self) -> Expression:
        """The first of the two."""
        return self._args[0]

    @property
    def right(self) -> Expression:
        """The second."""
        return self._args[1]

    @property
    def meaning(self) -> Expression:
        """The expectation of their product, less the product of their expectations."""
        return expectation(self.left * self.right) - expectation(self.left) * expectation(self.right)


def expectation(quantity: Expression) -> Expectation:
    r"""The expectation of a scalar.

    >>> from verify.language import dims, shape, vector
    >>> n, = dims("n")
    >>> w, x = vector("w", n), vector("x", n)
    >>> expectation(w.T * x)
    \operatorname{E}\left[w^T x\right]
    >>> shape(expectation(w)).says
    'the expectation of w (n x 1) is not that of a scalar'
    """
    return Expectation(quantity)


def variance(quantity: Expression) -> Variance:
    r"""The variance of a scalar.

    >>> from verify.language import scalar
    >>> variance(scalar("w")), variance(scalar("w")).meaning
    (\operatorname{Var}\left(w\right), \operatorname{E}\left[w^{2}\right] - \operatorname{E}\left[w\right]^{2})
    """
    return Variance(quantity)


def covariance(left: Expression, right: Expression) -> Covariance:
    """The covariance of two scalars."""
    return Covariance(left, right)
