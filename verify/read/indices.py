"""The indices of a formula: which are bound where, which are free, and how far each of them runs.

How far an index runs is told by the first axis that it subscripts. Where it is needed before it is
known, as in a Kronecker delta that stands first, the formula is read once more with what was learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.language import Dimension, Expression, Index, Number, Range
from verify.language.size import same_dimension, size
from verify.read.errors import ReadError

FREE_LETTERS = frozenset("ijklmnpqrs")
UNKNOWN = Dimension("?")
UNTOLD = "nothing says that this index counts from 0"
FROM_ZERO = '1, or a context with i = "index n from 0"'

Key = str | tuple[str, int]


class Unsettled(ReadError):
    """How far an index runs is not to be seen from one side alone."""


@dataclass
class Running:
    """An index while its formula is being read."""

    name: str
    key: Key
    symbol: str
    dimension: Expression | None
    given: bool
    at: int


class Indices:
    """The indices in scope. ``known`` is what an earlier reading found out, ``fallback`` what other sides say."""

    def __init__(
        self, known: Mapping[Key, Expression], fallback: Mapping[str, Expression], *, again: bool = False
    ) -> None:
        self._known = known
        self._fallback = fallback
        self._again = again
        self._bound: list[Running] = []
        self._all: list[Running] = []
        self._unsettled: dict[Key, Running] = {}
        self.free: dict[str, Running] = {}
        self.bound_names: dict[str, None] = {}

    def bind(self, name: str, dimension: Expression | None, at: int, *, declared: bool = False) -> Running:
        """Begin the body of a sum over an index.

        Where a declared index has the same name, and so may stand in a definition, the bound one gets another.
        """
        key = (name, at)
        given = dimension is not None
        symbol = f"{name}@{at}" if declared else name
        running = Running(name, key, symbol, dimension or self._known.get(key), given, at)
        self._bound.append(running)
        self._all.append(running)
        self.bound_names[name] = None
        return running

    def release(self, running: Running) -> Index:
        """End the body of a sum: the index to bind in it."""
        self._bound.remove(running)
        if running.dimension is None:
            self._unsettled[running.key] = running
        return Index(running.symbol, running.dimension or UNKNOWN)

    @property
    def binds(self) -> bool:
        """Whether a sum or the like is being read."""
        return bool(self._bound)

    def find(self, name: str) -> Running | None:
        """The index of this name that is bound innermost, if one is."""
        for running in reversed(self._bound):
            if running.name == name:
                return running
        return None

    def free_index(self, name: str, dimension: Expression | None, at: int) -> Running:
        """A free index; the letters from i on need no declaration."""
        if name not in self.free:
            known = dimension or self._known.get(name)
            if known is None and self._again:
                known = self._fallback.get(name)
            self.free[name] = Running(name, name, name, known, dimension is not None, at)
            self._all.append(self.free[name])
        return self.free[name]

    def subscript(self, running: Running, axis: Expression) -> Index:
        """The index as a subscript of an axis.

        Raises :class:`ReadError` where it runs over a part of the axis alone.
        """
        if running.dimension is None:
            running.dimension = axis
        elif isinstance(running.dimension, Range) and _shifted(running.dimension, axis):
            raise ReadError(UNTOLD, running.at, expected=FROM_ZERO)
        elif running.given and not same_dimension(running.dimension, axis) and _smaller(running.dimension, axis):
            says = f"{running.name} runs over a part of the entries alone, which is not read yet"
            raise ReadError(says, running.at, expected=f"a sum up to {axis}")
        return Index(running.symbol, running.dimension)

    def pair(self, first: Running, second: Running) -> tuple[Index, Index]:
        """Two indices of one dimension, as in a Kronecker delta: what is not known of one the other tells."""
        for one, other in ((first, second), (second, first)):
            if one.dimension is None and self._again:
                one.dimension = other.dimension
            if one.dimension is None:
                self._unsettled[one.key] = one
        over = first.dimension or second.dimension or UNKNOWN
        return Index(first.symbol, first.dimension or over), Index(second.symbol, second.dimension or over)

    def lone(self, running: Running) -> Index:
        """The index where no axis tells how far it runs."""
        if running.dimension is None:
            self._unsettled[running.key] = running
        return Index(running.symbol, running.dimension or UNKNOWN)

    @property
    def names(self) -> frozenset[str]:
        """The names of all indices that were met."""
        return frozenset(each.name for each in self._all)

    @property
    def unsettled(self) -> tuple[Running, ...]:
        """The indices that were needed before it was known how far they run."""
        return tuple(self._unsettled.values())

    @property
    def learned(self) -> dict[Key, Expression]:
        """How far the indices run that are known."""
        return {each.key: each.dimension for each in self._all if each.dimension is not None}


def _shifted(over: Range, axis: Expression) -> bool:
    """Whether a range from 0 on has as many values as an axis."""
    return over.low == Number(0) and same_dimension(over.high + 1, axis)


def _smaller(dimension: Expression, axis: Expression) -> bool:
    """Whether the dimension is less than the axis by a fixed number."""
    if isinstance(dimension, Range):
        return False
    first, second = size(dimension), size(axis)
    if first is None or second is None:
        return False
    difference = {key: second.get(key, 0) - first.get(key, 0) for key in {**first, **second}}
    return difference.pop((), 0) > 0 and not any(difference.values())
