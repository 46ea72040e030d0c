"""Indices, and what binds them: sums, products and maxima over an index, vectors and matrices by their entry.

A bound index is nameless inside its binder (it counts binders outward, as de Bruijn did) and is
printed by a hint that does not take part in comparison, so that expressions which are equal up to
renaming are equal, and nothing is ever captured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import is_
from typing import TYPE_CHECKING, TypeVar, cast

from sympy.core.basic import Atom, Basic
from sympy.core.containers import Tuple
from sympy.core.numbers import Integer
from sympy.core.symbol import Str

from verify.language.arithmetic import MOST_KEPT, Dimension, Node, Number, as_str, kinds

if TYPE_CHECKING:
    from verify.language.expression import Expression

_Tree = TypeVar("_Tree", bound=Basic)


class Hint(Atom):
    """A display name: any two are equal."""

    __slots__ = ("symbol",)
    symbol: str

    def __new__(cls, symbol: str) -> Hint:
        hint: Hint = Basic.__new__(cls)
        hint.symbol = symbol
        return hint

    def _hashable_content(self) -> tuple[()]:
        return ()

    def __getnewargs__(self) -> tuple[str]:
        return (self.symbol,)


class Index(Node):
    """A free index that runs from 1 to its dimension."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, dimension: Node) -> Index:
        # One over anything else than a dimension may hold names of bound indices, which do not take part in equality.
        if isinstance(dimension, Dimension):
            return _over(as_str(symbol), dimension)
        return Basic.__new__(cls, as_str(symbol), dimension)

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)

    @property
    def dimension(self) -> Expression:
        """What it runs to."""
        return self._args[1]


@lru_cache(MOST_KEPT)
def _over(symbol: Str, dimension: Dimension) -> Index:
    index: Index = Basic.__new__(Index, symbol, dimension)
    return index


class Bound(Node):
    """A bound index: level 0 belongs to the innermost binder around it."""

    __slots__ = ()

    def __new__(cls, level: int | Integer, dimension: Node) -> Bound:
        return Basic.__new__(cls, Integer(level), dimension)

    @property
    def level(self) -> int:
        """How many binders lie between it and its own."""
        return int(self._args[0])

    @property
    def dimension(self) -> Expression:
        """What it runs to."""
        return self._args[1]


class Range(Node):
    """The dimension of an index that does not run from 1: ``low..high`` fits no axis but its own."""

    __slots__ = ()

    def __new__(cls, low: Node, high: Node) -> Range:
        return Basic.__new__(cls, low, high)

    @property
    def low(self) -> Expression:
        """The first value."""
        return self._args[0]

    @property
    def high(self) -> Expression:
        """The last value."""
        return self._args[1]


class Binder(Node):
    """What binds one index in its body, or several (the last is level 0)."""

    __slots__ = ()

    def __new__(cls, body: Node, *indices: Index) -> Binder:
        hints = Tuple(*(Hint(index.symbol) for index in indices))
        dimensions = Tuple(*(index.dimension for index in indices))
        return cls.rebuilt(close(body, indices), hints, dimensions)

    @classmethod
    def rebuilt(cls, body: Node, hints: Tuple, dimensions: Tuple) -> Binder:
        """The binder from its parts, the body's indices being bound already."""
        return Basic.__new__(cls, body, hints, dimensions)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return type(self).rebuilt, self.args

    @property
    def func(self) -> object:
        """How SymPy puts the node together again from its arguments."""
        return type(self).rebuilt

    @property
    def body(self) -> Expression:
        """What stands under the binder, its indices nameless."""
        return self._args[0]

    @property
    def hints(self) -> tuple[str, ...]:
        """The names that its indices were written with."""
        return tuple(hint.symbol for hint in self._args[1])

    @property
    def dimensions(self) -> tuple[Expression, ...]:
        """What its indices run to."""
        return tuple(self._args[2])

    def opened(self, *subscripts: Node) -> Expression:
        """The body with free indices (or numbers) in the place of the bound ones."""
        return _open(self.body, subscripts, 0)

    def over(self, dimension: Node) -> Binder:
        """The same under an index that runs over another dimension."""
        index = Index("#", dimension)
        return type(self).rebuilt(close(self.opened(index), (index,)), self.args[1], Tuple(dimension))


class Sum(Binder):
    """A sum over an index."""

    __slots__ = ()


class Product(Binder):
    """A product over an index."""

    __slots__ = ()


class Max(Binder):
    """The largest value over an index."""

    __slots__ = ()


class Array(Binder):
    """A column given by its entry (one index), or a matrix (two)."""

    __slots__ = ()


class Delta(Node):
    """The Kronecker delta of two indices: 1 where they are equal, 0 elsewhere."""

    __slots__ = ()

    def __new__(cls, row: Node, column: Node) -> Delta:
        return Basic.__new__(cls, row, column)

    @property
    def row(self) -> Expression:
        """The first index."""
        return self._args[0]

    @property
    def column(self) -> Expression:
        """The second index."""
        return self._args[1]


def close(body: Node, indices: tuple[Index, ...], depth: int = 0) -> Node:
    """The body with these free indices bound, the last of them nearest.

    >>> from verify.language import dims, index, sum_over, vector
    >>> n, = dims("n")
    >>> i, j, x = index("i", n), index("j", n), vector("x", n)
    >>> sum_over(i, x[i]) == sum_over(j, x[j])
    True
    """
    if isinstance(body, Index):
        for distance, index in enumerate(reversed(indices)):
            if body == index:
                return Bound(depth + distance, _deeper(body.dimension, depth + len(indices)))
        return body
    if Index not in kinds(body):
        return body
    return rebuild(body, lambda part, deeper: close(part, indices, depth + deeper))


def _open(body: Node, subscripts: tuple[Node, ...], depth: int) -> Expression:
    if isinstance(body, Bound):
        distance = body.level - depth
        if 0 <= distance < len(subscripts):
            chosen = subscripts[len(subscripts) - 1 - distance]
            return cast("Expression", _deeper(chosen, depth) if depth and chosen.args else chosen)
    opened = rebuild(body, lambda part, deeper: _open(part, subscripts, depth + deeper))
    return cast("Expression", opened)


def mentions(node: Basic, level: int) -> bool:
    """Whether the nameless index of a binder so many levels out occurs."""
    if isinstance(node, Bound):
        return node.level == level
    inner = level + len(node.args[1]) if isinstance(node, Binder) else level
    return any(mentions(part, inner if place == 0 else level) for place, part in enumerate(node.args))


def outside(node: Node) -> Expression:
    """What stood under a binder of one index, and does not mention it, as it is written outside of it."""
    return cast("Expression", _deeper(node, -1))


def inside(node: Node, by: int) -> Expression:
    """What stood outside of so many binders, as it is written under them."""
    return cast("Expression", _deeper(node, by))


def _deeper(node: Node, by: int, depth: int = 0) -> Node:
    """A subscript that is put under so many more binders: the nameless indices in it belong to binders around those."""
    if isinstance(node, Dimension | Number):
        return node
    if isinstance(node, Bound) and node.level >= depth:
        return Bound(node.level + by, _deeper(node.dimension, by, depth))
    return rebuild(node, lambda part, deeper: _deeper(part, by, depth + deeper))


def rebuild(node: _Tree, change: Callable[[Node, int], Node]) -> _Tree:
    """The node with each part changed; the parts of a binder lie as many levels deeper as it binds."""
    before = node._args
    if not before:
        return node
    # The dimensions of a binder stand outside of it: in sum_j of W_L ... W_{j+1} the product runs down to j + 1.
    deeper = len(before[1]) if isinstance(node, Binder) else 0
    parts = [_changed(part, change, 0 if place else deeper) for place, part in enumerate(before)]
    same = all(map(is_, parts, before))
    return node if same else cast("_Tree", node.func(*parts))


def _changed(part: Basic, change: Callable[[Node, int], Node], deeper: int) -> Basic:
    if isinstance(part, Node):
        return change(part, deeper)
    return rebuild(part, lambda inner, own: change(inner, deeper + own)) if part._args else part
