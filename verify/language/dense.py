"""Entries at given sizes, row by row, and what the sizes and indices are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from verify.language.arithmetic import Node, Number
from verify.language.binders import Index, Range
from verify.language.expression import Expression
from verify.language.shape import Shape
from verify.language.size import size

LARGEST = 10_000


@dataclass(frozen=True)
class Dense:
    """Entries, row by row."""

    axes: tuple[int, ...]
    entries: tuple[Any, ...]

    def of(self, place: tuple[int, ...]) -> Any:
        """The entry at a place, counted from 0; a single one stands everywhere."""
        if len(self.entries) == 1:
            return self.entries[0]
        position = 0
        for count, each in zip(self.axes, place, strict=True):
            position = position * count + each
        return self.entries[position]

    def each(self, change: Callable[[Any], Any]) -> Dense:
        """All entries changed."""
        return Dense(self.axes, tuple(map(change, self.entries)))


@dataclass(frozen=True)
class Place:
    """Sizes, values of free indices, and what is held in the place of names and definitions."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    held: Mapping[Node, Dense] = field(default_factory=dict)

    def count(self, dimension: Expression) -> int:
        """A dimension at these sizes."""
        polynomial = size(dimension)
        if polynomial is None:
            raise ValueError(f"{dimension} is no dimension.")
        total = Fraction(0)
        for symbols, coefficient in polynomial.items():
            for symbol in symbols:
                if symbol not in self.sizes:
                    known = ", ".join(self.sizes) or "none"
                    raise ValueError(f"The dimension {symbol} has no size; given were {known}.")
                coefficient *= self.sizes[symbol]
            total += coefficient
        if total.denominator != 1:
            raise ValueError(f"The dimension {dimension} is {total} at these sizes.")
        return int(total)

    def axes(self, shape: Shape) -> tuple[int, ...]:
        """A shape at these sizes."""
        axes = tuple(map(self.count, shape))
        if prod(axes) > LARGEST:
            raise ValueError(f"{axes} are more than {LARGEST} entries.")
        return axes

    def values(self, dimension: Expression) -> range:
        """What an index of this dimension runs over."""
        if isinstance(dimension, Range):
            return range(self.count(dimension.low), self.count(dimension.high) + 1)
        return range(1, self.count(dimension) + 1)

    def index(self, subscript: Expression) -> int:
        """The value of a subscript."""
        match subscript:
            case Number():
                return int(subscript.value)
            case Index() if subscript.symbol in self.indices:
                return self.indices[subscript.symbol]
            case _:
                raise ValueError(f"The index {subscript} has no value; indices={{...}} gives one.")


def one(entry: Any) -> Dense:
    """A scalar."""
    return Dense((), (entry,))


def places(axes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All places, row by row, counted from 0."""
    return product(*map(range, axes))
