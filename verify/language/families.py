"""How layers and recursions are declared: families, their widths, and values that are made from the one before."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar, cast

from sympy.core.containers import Tuple
from sympy.core.symbol import Str

from verify.language.arithmetic import Node, as_expression
from verify.language.binders import Hint, Index, Range, close
from verify.language.expression import Expression
from verify.language.layers import Ascending, Descending, Leveled, Member, Recursive, Step, System, Width, normal_level

Level = Expression | int
Axes = tuple[Level, ...]
ShapeAt = Callable[[Expression], Axes] | Axes


def _shape(shape: ShapeAt, level: Expression) -> tuple[Expression, ...]:
    return tuple(map(as_expression, shape(level) if callable(shape) else shape))


@dataclass(frozen=True)
class Widths:
    """The dimensions of the layers: ``D(l)`` is that of layer l, ``D(0)`` that of the input."""

    symbol: str

    def __call__(self, level: Level) -> Width:
        """The dimension of this layer."""
        return Width(self.symbol, as_expression(level))


@dataclass(frozen=True)
class Family:
    """Unknown tensors, one for each level."""

    symbol: str
    shape: ShapeAt

    def __call__(self, level: Level) -> Member:
        """The member of this level."""
        at = normal_level(as_expression(level))
        return Member(self.symbol, at, _shape(self.shape, at))


@dataclass(frozen=True)
class Definition:
    """A quantity that is defined at every level."""

    symbol: str
    formula: Callable[[Expression], Expression]

    def __call__(self, level: Level) -> Leveled:
        """The quantity at this level."""
        at = normal_level(as_expression(level))
        return Leveled(self.symbol, at, self.formula(at))


@dataclass(frozen=True, eq=False)
class Recursion:
    """Values of which each is made from those before; a step may go through values of other recursions."""

    symbol: str
    start: Expression
    step: Callable[[Expression], Expression]
    shape: ShapeAt

    def __call__(self, level: Level) -> Expression:
        """The value at this level; that of level 0 is the start."""
        at = normal_level(as_expression(level))
        own = _shape(self.shape, at)
        met = _met.get()
        if met is not None:
            if self not in met:
                met.append(self)
            return Member(self.symbol, at, own)
        return self.start if at == as_expression(0) else Recursive(self.symbol, at, own, self._system())

    def _system(self) -> System:
        """This recursion with all that its steps go through, in the order of their symbols."""
        met = [self]
        token = _met.set(met)
        over = Index("l", as_expression(0))
        steps: dict[str, tuple[Expression, Step]] = {}
        try:
            for each in met:
                if each.symbol in steps:
                    raise ValueError(f"Two recursions go through each other and are both written {each.symbol}.")
                steps[each.symbol] = (each.start, Step(each.step(over), over))
        finally:
            _met.reset(token)
        symbols = sorted(steps)
        return System(
            Tuple(*map(Str, symbols)),
            Tuple(*(steps[symbol][0] for symbol in symbols)),
            Tuple(*(steps[symbol][1] for symbol in symbols)),
        )


# The recursions met while a step is written down: there they stand for themselves, by their members.
_met: ContextVar[list[Recursion] | None] = ContextVar("met", default=None)


def widths(symbol: str) -> Widths:
    """The dimensions of the layers of a network.

    >>> D = widths("D")
    >>> D(0), D(2)
    (D_0, D_2)
    """
    return Widths(symbol)


def family(symbol: str, shape: ShapeAt = ()) -> Family:
    """An unknown tensor for each level, with the shape that it has there, or one shape for all; else scalars.

    >>> D = widths("D")
    >>> W = family("W", lambda l: (D(l), D(l - 1)))
    >>> W(2) * W(1)
    W_2 W_1
    >>> from verify.language.shape import describe, shape_of
    >>> describe(shape_of(W(2) * W(1)))
    'D_2 x D_0'
    """
    return Family(symbol, shape)


def definition(symbol: str, formula: Callable[[Expression], Expression]) -> Definition:
    """A quantity that is defined at every level, such as the pre-activation z_l = W_l a_{l-1} + b_l."""
    return Definition(symbol, formula)


def recursion(
    symbol: str, start: Node | int, step: Callable[[Expression], Expression], shape: ShapeAt = ()
) -> Recursion:
    """Values of which the first is given and each further one made by the step from the one before it.

    The step names the value before as the recursion itself at one level less.

    >>> from verify.language import dims, vector
    >>> D, (L,) = widths("D"), dims("L")
    >>> W = family("W", lambda l: (D(l), D(l - 1)))
    >>> a = recursion("a", vector("x", D(0)), lambda l: W(l) * a(l - 1), lambda l: (D(l), 1))
    >>> a(L), a(0)
    (a_L, x)
    """
    return Recursion(symbol, as_expression(start), step, shape)


def descending(over: Index, body: Node, high: Level, low: Level) -> Descending:
    r"""The product from the highest level down to the lowest; of no factors, the identity.

    >>> from verify.language import dims, index
    >>> D, (L,) = widths("D"), dims("L")
    >>> W, l = family("W", lambda l: (D(l), D(l - 1))), index("l", L)
    >>> descending(l, W(l), L, 1)
    W_L \cdots W_1
    """
    return _ordered(Descending, over, body, low, high)


def ascending(over: Index, body: Node, low: Level, high: Level) -> Ascending:
    """The product from the lowest level up to the highest; of no factors, the identity."""
    return _ordered(Ascending, over, body, low, high)


_Ordered = TypeVar("_Ordered", Ascending, Descending)


def _ordered(form: type[_Ordered], over: Index, body: Node, low: Level, high: Level) -> _Ordered:
    ends = Range(*(normal_level(as_expression(end)) for end in (low, high)))
    return cast(_Ordered, form.rebuilt(close(body, (over,)), Tuple(Hint(over.symbol)), Tuple(ends)).over(ends))
