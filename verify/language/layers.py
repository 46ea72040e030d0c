r"""Families over a level: the weights W_l of a layer, their widths; recursions a_l = f(W_l a_{l-1}); ordered products.

A level is a whole number, an index, a dimension, or such plus a number: ``l - 1``, ``L``, ``0``. At a fixed
depth all of these are ordinary expressions; see :mod:`verify.language.unfold`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sympy.core.basic import Basic
from sympy.core.containers import Tuple
from sympy.core.symbol import Str

from verify.language.arithmetic import Add, Dimension, Mul, Node, Number, as_expression
from verify.language.binders import Binder, Bound, Index

if TYPE_CHECKING:
    from verify.language.expression import Expression

Linear = tuple[tuple[tuple[Node, Fraction], ...], Fraction]


class Width(Node):
    """The dimension of a layer: D_l."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, level: Node) -> Width:
        return Basic.__new__(cls, Str(str(symbol)), normal_level(level))

    @property
    def symbol(self) -> str:
        """How the family is written."""
        return str(self._args[0].name)

    @property
    def level(self) -> Expression:
        """Which of them it is."""
        return self._args[1]


class Member(Node):
    """A member of a family of unknown tensors, such as the weights W_l, with the shape that it has at its level."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, level: Node, shape: tuple[Expression, ...] | Tuple = ()) -> Member:
        return Basic.__new__(cls, Str(str(symbol)), normal_level(level), Tuple(*shape))

    @property
    def symbol(self) -> str:
        """How the family is written."""
        return str(self._args[0].name)

    @property
    def level(self) -> Expression:
        """Which of them it is."""
        return self._args[1]

    @property
    def declared(self) -> tuple[Expression, ...]:
        """Its shape."""
        return tuple(self._args[2])


class Leveled(Node):
    """A quantity that is defined at every level: z_l = W_l a_{l-1} + b_l."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, level: Node, meaning: Node) -> Leveled:
        return Basic.__new__(cls, Str(str(symbol)), normal_level(level), meaning)

    @property
    def symbol(self) -> str:
        """How the family is written."""
        return str(self._args[0].name)

    @property
    def level(self) -> Expression:
        """Which of them it is."""
        return self._args[1]

    @property
    def meaning(self) -> Expression:
        """What it stands for at this level."""
        return self._args[2]


class Step(Binder):
    """What a recursion does at a level, which it binds; values before are the :class:`Member` of one level less."""

    __slots__ = ()


class System(Basic):
    """Recursions that go through each other's values: their symbols, the values of level 0, and the steps."""

    __slots__ = ()

    def __new__(cls, symbols: Tuple, starts: Tuple, steps: Tuple) -> System:
        return Basic.__new__(cls, symbols, starts, steps)

    @property
    def symbols(self) -> tuple[str, ...]:
        """How their values are written."""
        return tuple(str(symbol.name) for symbol in self._args[0])

    def start(self, symbol: str) -> Expression:
        """The value of one of them at level 0."""
        start: Expression = self._args[1][self.symbols.index(symbol)]
        return start

    def step(self, symbol: str) -> Step:
        """What one of them does at each further level."""
        step: Step = self._args[2][self.symbols.index(symbol)]
        return step

    @property
    def starts(self) -> tuple[Expression, ...]:
        """All values of level 0."""
        return tuple(self._args[1])

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps."""
        return tuple(self._args[2])


class Recursive(Node):
    """A value of a recursion: that of level 0 is given, and each further one is made from those before."""

    __slots__ = ()

    def __new__(
        cls, symbol: str | Str, level: Node, shape: tuple[Expression, ...] | Tuple, system: System
    ) -> Recursive:
        return Basic.__new__(cls, Str(str(symbol)), normal_level(level), Tuple(*shape), system)

    @property
    def symbol(self) -> str:
        """How the values are written."""
        return str(self._args[0].name)

    @property
    def level(self) -> Expression:
        """Which of them it is."""
        return self._args[1]

    @property
    def declared(self) -> tuple[Expression, ...]:
        """Its shape."""
        return tuple(self._args[2])

    @property
    def system(self) -> System:
        """The recursions that it belongs to."""
        system: System = self._args[3]
        return system

    @property
    def start(self) -> Expression:
        """The value at level 0."""
        return self.system.start(self.symbol)

    @property
    def step(self) -> Step:
        """What is done at each further level."""
        return self.system.step(self.symbol)

    def value(self, member: Member) -> Recursive:
        """The value that a member stands for in a step of the same system."""
        return Recursive(member.symbol, member.level, member.declared, self.system)

    def at_level(self, level: Node, shape: tuple[Expression, ...]) -> Recursive:
        """Another value of the same recursion."""
        return Recursive(self.symbol, level, shape, self.system)


class Descending(Binder):
    """The product of matrices from the highest level down to the lowest, W_L ... W_1; of none, the identity."""

    __slots__ = ()


class Ascending(Binder):
    """The product of matrices from the lowest level up to the highest, W_1 ... W_L; of none, the identity."""

    __slots__ = ()


class Infinity(Node):
    """What a limit tends to, or what is tended to: plus or minus infinity. It is no number."""

    __slots__ = ()

    def __new__(cls, sign: int | Basic = 1) -> Infinity:
        return Basic.__new__(cls, Number(int(sign.value)) if isinstance(sign, Number) else Number(int(str(sign))))

    @property
    def sign(self) -> int:
        """1 or -1."""
        return int(self._args[0].value)

    def __neg__(self) -> Infinity:
        return Infinity(-self.sign)


oo = Infinity()


def linear(level: Node) -> Linear | None:
    """A level as a linear form: its parts with their coefficients, and the number; nothing for what is no level."""
    match level:
        case Number():
            return (), level.value
        case Dimension() | Index() | Bound():
            return ((level, Fraction(1)),), Fraction(0)
        case Add():
            return _plus(level.terms)
        case Mul():
            return _times(level.factors)
        case _:
            return None


def _plus(terms: tuple[Expression, ...]) -> Linear | None:
    parts: dict[Node, Fraction] = {}
    constant = Fraction(0)
    for each in map(linear, terms):
        if each is None:
            return None
        constant += each[1]
        for part, coefficient in each[0]:
            parts[part] = parts.get(part, Fraction(0)) + coefficient
    return tuple((part, c) for part, c in parts.items() if c), constant


def _times(factors: tuple[Expression, ...]) -> Linear | None:
    """The product of a linear form and numbers."""
    by = Fraction(1)
    varying: list[Linear] = []
    for each in map(linear, factors):
        if each is None:
            return None
        if each[0]:
            varying.append(each)
        else:
            by *= each[1]
    if len(varying) > 1:
        return None
    if not varying or not by:
        return (), by if not varying else Fraction(0)
    ((parts, constant),) = varying
    return tuple((part, c * by) for part, c in parts), constant * by


def difference(high: Node, low: Node) -> Linear:
    """How much higher one level is than another, as a linear form."""
    form = linear(high - low)
    assert form is not None
    return form


def normal_level(level: Node) -> Expression:
    """A level in the one way of writing it: ``l + 1 - 1`` is ``l``.

    >>> from verify.language.declare import dims, index
    >>> L, = dims("L")
    >>> l = index("l", L)
    >>> normal_level(l + 1 - 2)
    l - 1
    >>> normal_level(l * l)
    Traceback (most recent call last):
    TypeError: Expected a level, such as l - 1, but got l l.
    """
    form = linear(level)
    if form is None:
        raise TypeError(f"Expected a level, such as l - 1, but got {level}.")
    parts, constant = form
    ordered = sorted(parts, key=lambda part: (type(part[0]).__name__, str(part[0])))
    terms = [part if c == 1 else as_expression(c) * part for part, c in ordered]
    if constant or not terms:
        terms.append(as_expression(constant))
    return terms[0] if len(terms) == 1 else Add(*terms)  # type: ignore[return-value]
