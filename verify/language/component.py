"""Vectors that depend on others in an unknown way, by their entries.

The entries f_1, ..., f_D of a smooth vector function are one unknown number: f_i(x) is F(e_i, e_i x^T), where e_i is
the column with a 1 at i, of F(u, M) = sum_k u_k f_k(M^T u), which is smooth. So what holds for every smooth F holds
for every such vector, and every F gives one. That F may be linear, and still each entry has a gradient of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sympy.core.basic import Basic
from sympy.core.containers import Tuple
from sympy.core.symbol import Str

from verify.language.arithmetic import Entry, Mul, Node, as_expression
from verify.language.binders import Array, Bound, Delta, Hint, Index, inside
from verify.language.calls import Defined, Dependent, Derivative
from verify.language.declare import unused
from verify.language.shape import long_axes, shape_of

if TYPE_CHECKING:
    from verify.language.expression import Expression

LETTERS = "abcdef"


class Component(Dependent):
    """The entry at an index of a vector with a dimension, which depends smoothly on some quantities and on them alone.

    Its ``arguments`` are those of the number that it is: e_i, and the products of e_i with each quantity.
    """

    __slots__ = ()

    def __new__(cls, symbol: str | Str, dimension: Node, index: Node, *of: Node) -> Component:
        return Basic.__new__(cls, Str(str(symbol)), dimension, index, *of)

    @property
    def dimension(self) -> Expression:
        """How many entries the vector has."""
        return self._args[1]

    @property
    def index(self) -> Expression:
        """Which entry it is."""
        return self._args[2]

    @property
    def of(self) -> tuple[Expression, ...]:
        """What the vector depends on."""
        return self._args[3:]

    @property
    def arguments(self) -> tuple[Expression, ...]:
        """The column e_i; then, for each quantity, the tensor that has it at i, and 0 elsewhere."""
        return (self._at_index(None), *map(self._at_index, self.of))

    @property
    def whole(self) -> Defined:
        """The vector."""
        return unknown_vector(self.symbol, self.dimension, *self.of)

    def _at_index(self, quantity: Expression | None) -> Expression:
        axes = () if quantity is None else long_axes(shape_of(quantity))
        deeper = len(axes) + 1
        over = (self.dimension, *axes)
        at = [Bound(deeper - 1 - place, inside(each, deeper)) for place, each in enumerate(over)]
        body: Node = Delta(at[0], inside(self.index, deeper))
        if quantity is not None:
            own = inside(quantity, deeper)
            body = Mul(body, Entry(own, *at[1:]) if axes else own)
        return cast("Expression", Array.rebuilt(body, Tuple(*map(Hint, LETTERS[:deeper])), Tuple(*over)))


def unknown_vector(symbol: str, dimension: Node | int, *of: Node) -> Defined:
    r"""A column that depends smoothly on these, and on them alone.

    >>> from verify.language import dims, jacobian, shape, vector
    >>> m, n = dims("m n")
    >>> x = vector("x", n)
    >>> y = unknown_vector("y", m, x)
    >>> shape(jacobian(y, x)), y.meaning
    ((m, n), \left[y_i\right]_{i})
    >>> unknown_vector("y", 0.5, x)
    Traceback (most recent call last):
    TypeError: Expected an expression or an exact number but got 0.5 (type float).
    """
    size = as_expression(dimension)
    over: Index = unused("i", size, *of)
    return Defined(symbol, Array(Component(symbol, size, over, *of), over))


def slope(dependent: Dependent, position: int) -> str:
    r"""How the weights are written by which an unknown quantity that is linear depends on one of its arguments.

    >>> from verify.language import dims, loss, vector
    >>> n, = dims("n")
    >>> x = vector("x", n)
    >>> print(slope(loss("J", x), 0))
    \frac{\partial J}{\partial x}
    >>> (component,) = unknown_vector("y", n, x).atoms(Component)
    >>> print(slope(component, 0), slope(component, 1))
    y\left(0\right) \frac{\partial y}{\partial x}
    """
    if not isinstance(dependent, Component):
        return str(Derivative(dependent, dependent.arguments[position]))
    if position == 0:
        return rf"{dependent.symbol}\left(0\right)"
    return str(Derivative(dependent.whole, dependent.of[position - 1]))
