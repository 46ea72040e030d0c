"""What a link speaks of, and the points at which it is evaluated.

Hypothesis draws bytes, 0 being the simplest, and a point is read off them: sizes, then the entries of each
name on the grid of eighths from -3 to 3, whole numbers first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil

import numpy as np
from sympy.core.basic import Basic

from verify.language import (
    Dependent,
    Dimension,
    Entry,
    Expression,
    Index,
    Interval,
    Link,
    Name,
    Number,
    Opaque,
    Relation,
    slope,
)
from verify.language.claim import misfit
from verify.language.depth import DEEPEST, is_too_deep
from verify.sample.lots import Lot, parameters, random_names
from verify.sample.scope import Scope, Whole, count_of, run_of, weight
from verify.sample.smooth import Smooth, Wave
from verify.sample.tensor import Array, Mask, Tensor

GRID = tuple(sorted((Fraction(eighths, 8) for eighths in range(-24, 25)), key=lambda x: (x.denominator, abs(x), x < 0)))
POSITIVE = tuple(each for each in GRID if each > 0)
# Size 1 hides most mistakes: it is drawn half as often as 2 and 3.
SIZES = (1, 2, 3, 2, 3)
LARGEST = 3


@dataclass(frozen=True)
class Ground:
    """The dimensions, names, free indices and unknown functions of a link, in the order in which they are met."""

    dimensions: tuple[str, ...]
    names: tuple[Name, ...]
    indices: tuple[Index, ...]
    functions: tuple[str, ...]
    # The name that is shown for the weights of an unknown quantity.
    shown: Mapping[Name, str]

    # The names that a hypothesis says to be positive.
    positive: frozenset[Name]
    # The smallest size of each dimension.
    smallest: Mapping[str, int]
    given: tuple[Link, ...]

    @classmethod
    def of(cls, link: Link, at_least: Mapping[str, int] | None = None) -> Ground:
        """The ground of a link with its hypotheses, for dimensions that are no smaller than given."""
        nodes = parts(link, *link.given)
        symbols = tuple(dict.fromkeys(node.symbol for node in nodes if isinstance(node, Dimension)))
        weights: dict[Name, str] = {}
        for node in nodes:
            if isinstance(node, Dependent):
                for position in range(len(node.arguments)):
                    weights.setdefault(weight(node, position), slope(node, position))
        return cls(
            dimensions=symbols,
            names=(
                *(node for node in nodes if isinstance(node, Name) and node not in random_names(link.given)),
                *parameters(link.given),
                *weights,
            ),
            indices=tuple(dict.fromkeys((*indices_of(link), *indices_of(*filter(relates_indices, link.given))))),
            functions=tuple(dict.fromkeys(node.symbol for node in nodes if isinstance(node, Opaque))),
            shown=weights,
            given=link.given,
            positive=frozenset(filter(None, map(_said_positive, link.given))),
            smallest={symbol: max(1, *_bounds(symbol, link), (at_least or {}).get(symbol, 1)) for symbol in symbols},
        )

    def bytes_needed(self) -> int:
        """How many bytes say a point at the largest sizes."""
        sizes = {symbol: smallest - 1 + LARGEST for symbol, smallest in self.smallest.items()}
        entries = sum(int(np.prod([count_of(axis, sizes) for axis in name.declared], dtype=int)) for name in self.names)
        return 1 + len(self.dimensions) + len(self.indices) + entries


@dataclass(frozen=True, eq=False)
class Point:
    """Sizes, exact inputs, and what stands for the unknown functions; ``pinned`` indices have one value only.

    ``choice`` is a value for each index, to pin it to where a hypothesis can hold for one value only.
    """

    ground: Ground
    sizes: Mapping[str, int]
    inputs: Mapping[Name, Array]
    functions: Mapping[str, Smooth]
    choice: Mapping[Index, int] = field(default_factory=dict)
    pinned: Mapping[Index, int] = field(default_factory=dict)
    linear: bool = False
    # How the random entries are distributed.
    lots: tuple[Lot, ...] = ()

    def scope(self, arithmetic: type[Tensor], indices: Iterable[Index] | None = None) -> Scope:
        """Where a statement is evaluated: an axis for each of its free indices that is not pinned.

        The indices are those of the link, unless others are given.
        """
        held: dict[Expression, Tensor] = {name: arithmetic.exactly(entries) for name, entries in self.inputs.items()}
        pinned: dict[Index, Whole] = {index: np.array(value) for index, value in self.pinned.items()}
        scope = Scope(arithmetic, self.sizes, held, pinned, self.functions, self.lots, self.linear)
        for index in self.ground.indices if indices is None else indices:
            if index not in pinned:
                scope = scope.bind(index, *run_of(index.dimension, self.sizes))
        return replace(scope, binders=0)

    def allowed(self, scope: Scope) -> Mask:
        """At which values of the free indices the hypotheses say something, with the axes of the scope."""
        mask = np.ones((1,) * scope.depth, dtype=np.bool_)
        for link in filter(relates_indices, self.ground.given):
            assert isinstance(link.right, Index | Number)
            same = scope.index(link.left) == scope.index(link.right)
            mask = mask & (same if link.relation is Relation.EQUAL else ~same)
        return mask

    def with_input(self, name: Name, entries: Array) -> Point:
        """The point with other entries of a name."""
        return replace(self, inputs={**self.inputs, name: entries})

    def key(self) -> tuple[object, ...]:
        """What tells two points apart."""
        entries = tuple(tuple(array.flat) for array in self.inputs.values())
        return (tuple(self.sizes.values()), tuple(self.pinned.values()), entries)


def drawn(ground: Ground, data: bytes) -> Point:
    """The point that bytes say; zeros say the smallest one.

    Every other byte in front asks for sizes that differ, and every other pair for positive entries, so that
    logarithms and roots are met inside their domain.
    """
    stream = _stream(data)
    mode = next(stream)
    different, all_positive = mode & 1 == 1, mode & 2 == 2
    sizes = {}
    for position, symbol in enumerate(ground.dimensions):
        byte = next(stream)
        size = 1 + ((mode >> 2) + position) % LARGEST if different else SIZES[byte % len(SIZES)]
        sizes[symbol] = size - 1 + ground.smallest[symbol]
    choice = {}
    for index in ground.indices:
        first, count = run_of(index.dimension, sizes)
        choice[index] = first + next(stream) % max(count, 1)
    inputs = {}
    for name in ground.names:
        axes = tuple(count_of(axis, sizes) for axis in name.declared)
        grid = POSITIVE if all_positive or name in ground.positive else GRID
        entries = [grid[next(stream) % len(grid)] for _ in range(int(np.prod(axes, dtype=int)))]
        inputs[name] = np.array(entries, dtype=object).reshape(axes)
    functions: dict[str, Smooth] = {symbol: Wave.numbered(at) for at, symbol in enumerate(ground.functions)}
    return Point(ground, sizes, inputs, functions, choice)


def _stream(data: bytes) -> Iterator[int]:
    yield from data
    while True:
        yield 0


def unfit(link: Link) -> str | None:
    """Why a link cannot be evaluated anywhere, in words: it is nested too deeply, or its shapes do not fit."""
    for each in (link, *link.given):
        if any(map(is_too_deep, _sides(each))):
            return f"an expression is nested more than {DEEPEST} deep"
        problem = misfit(each)
        if problem is not None:
            return problem
    return None


@lru_cache(maxsize=1024)
def parts(*links: Link) -> tuple[Basic, ...]:
    """All parts of the sides of links, each once, in the order in which they stand; hypotheses are left out."""
    met: dict[Basic, None] = {}
    for link in links:
        for side in _sides(link):
            _meet(side, met)
    return tuple(met)


def _sides(link: Link) -> tuple[Expression, ...]:
    right = link.right
    if isinstance(right, Interval):
        right = tuple(end for end in (right.low, right.high) if end is not None)
    return (link.left, *(right if isinstance(right, tuple) else (right,)))


@lru_cache(maxsize=1024)
def indices_of(*links: Link) -> tuple[Index, ...]:
    """The free indices of the sides of links."""
    return tuple(node for node in parts(*links) if isinstance(node, Index))


def relates_indices(link: Link) -> bool:
    """Whether a hypothesis only says which values of free indices are meant: ``i = j``, or ``i != j``."""
    return (
        link.relation in (Relation.EQUAL, Relation.DISTINCT)
        and isinstance(link.left, Index)
        and isinstance(link.right, Index | Number)
    )


def _bounds(symbol: str, link: Link) -> Iterator[int]:
    """What the hypotheses say of the smallest size of a dimension."""
    for each in link.given:
        match each:
            case Link(left=Dimension(symbol=named), relation=Relation.AT_LEAST, right=Number() as low) if (
                named == symbol
            ):
                yield ceil(low.value)


def _meet(node: Basic, met: dict[Basic, None]) -> None:
    if node not in met:
        met[node] = None
        for part in node.args:
            _meet(part, met)


def _said_positive(link: Link) -> Name | None:
    pairs = {Relation.LESS: (link.left, link.right), Relation.GREATER: (link.right, link.left)}
    low, high = pairs.get(link.relation, (None, None))
    named = high.tensor if isinstance(high, Entry) else high
    return named if low == Number(0) and isinstance(named, Name) else None
