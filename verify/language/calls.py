"""Functions of a number, applied entrywise; definitions; and quantities that depend on others in an unknown way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Atom, Basic
from sympy.core.numbers import Integer
from sympy.core.symbol import Str

from verify.language.arithmetic import Node, as_expression

if TYPE_CHECKING:
    from verify.language.expression import Expression, Function


class ScalarFunction(Basic):
    r"""A function of one number; calling it writes the call down.

    >>> from verify.language import scalar, sigma
    >>> z = scalar("z")
    >>> sigma(z), sigma.derivative(z)
    (\sigma\left(z\right), \sigma'\left(z\right))
    """

    __slots__ = ()

    def __call__(self, argument: object) -> Call:
        """The value, or for a tensor the tensor of values."""
        return Call(self, 0, as_expression(argument))

    def derivative(self, argument: object, order: int = 1) -> Call:
        """The derivative's value: ``f'(z)``."""
        return Call(self, order, as_expression(argument))

    def __str__(self) -> str:
        return str(self._args[0].name)

    __repr__ = __str__


class Primitive(ScalarFunction):
    """A function that the kernel knows by its rules: exp, log."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str) -> Primitive:
        return Basic.__new__(cls, Str(str(symbol)))

    @property
    def symbol(self) -> str:
        """Its name."""
        return str(self._args[0].name)


class Opaque(ScalarFunction):
    """Any smooth function of one number: a claim about it holds for all of them."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str) -> Opaque:
        return Basic.__new__(cls, Str(str(symbol)))

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)


class Argument(Atom, Node):
    """The place of the argument in the body of a :class:`Formula`."""

    __slots__ = ()

    def __new__(cls) -> Argument:
        return Basic.__new__(cls)


class Formula(ScalarFunction):
    """A function given by a formula in its argument, such as the logistic function."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, body: Node) -> Formula:
        return Basic.__new__(cls, Str(str(symbol)), body)

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)

    @property
    def body(self) -> Expression:
        """The formula, with an :class:`Argument` in it."""
        return self._args[1]


class Call(Node):
    """A function, or a derivative of it, applied to each entry of its argument."""

    __slots__ = ()

    def __new__(cls, function: Basic, order: int | Integer, argument: Node) -> Call:
        return Basic.__new__(cls, function, Integer(order), argument)

    @property
    def function(self) -> Function:
        """The function."""
        return self._args[0]

    @property
    def order(self) -> int:
        """How many times it is derived: the number of primes."""
        return int(self._args[1])

    @property
    def argument(self) -> Expression:
        """What it is applied to."""
        return self._args[2]


class Defined(Node):
    """The use of a definition: a symbol with its arguments, and what it stands for.

    Two uses are equal when symbol, arguments and meaning are. A derivative by a defined quantity
    holds it independent and unfolds every other definition.
    """

    __slots__ = ()

    def __new__(cls, symbol: str | Str, meaning: Node, *arguments: Node) -> Defined:
        return Basic.__new__(cls, Str(str(symbol)), meaning, *arguments)

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)

    @property
    def meaning(self) -> Expression:
        """What it stands for."""
        return self._args[1]

    @property
    def arguments(self) -> tuple[Expression, ...]:
        """What it was applied to; none for a defined name."""
        return self._args[2:]


class Dependent(Node):
    """A scalar that depends smoothly on its arguments, and on nothing else, in an unknown way: a loss J of y."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, *arguments: Node) -> Dependent:
        return Basic.__new__(cls, Str(str(symbol)), *arguments)

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)

    @property
    def arguments(self) -> tuple[Expression, ...]:
        """What it depends on."""
        return self._args[1:]


class Derivative(Node):
    """A derivative, written and not taken: that of a scalar is shaped like the variable.

    Otherwise the axes of the quantity come first and those of the variable after them, the axis of
    length one of a row or a column left out: for vectors the Jacobian, with outputs as rows.
    """

    __slots__ = ()

    def __new__(cls, quantity: Node, variable: Node) -> Derivative:
        return Basic.__new__(cls, quantity, variable)

    @property
    def quantity(self) -> Expression:
        """What is derived."""
        return self._args[0]

    @property
    def variable(self) -> Expression:
        """What it is derived by: a name, a defined name, an entry of one, or its columns stacked."""
        return self._args[1]


class Vjp(Node):
    """A vector-Jacobian product: the gradient, shaped like the variable, that an upstream gradient passes on."""

    __slots__ = ()

    def __new__(cls, quantity: Node, variable: Node, upstream: Node) -> Vjp:
        return Basic.__new__(cls, quantity, variable, upstream)

    @property
    def quantity(self) -> Expression:
        """What is derived."""
        return self._args[0]

    @property
    def variable(self) -> Expression:
        """What it is derived by."""
        return self._args[1]

    @property
    def upstream(self) -> Expression:
        """The gradient by the quantity, shaped like it."""
        return self._args[2]
