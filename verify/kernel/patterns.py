"""Equality patterns: which free indices are equal, and to which numbers; a statement is decided for each.

A claim that is false only at i = k passes every point at which they differ, so that no pattern may be
left out. Within a pattern, indices of different classes differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from verify.kernel.contents import names_of, numbers_of
from verify.kernel.point import drawn_before
from verify.kernel.term import Extent, Idx, Kind, OutOfBudget, Subscript, Term

# Six indices of one dimension, those of a Kronecker product of three matrices, have 203.
MANY_PATTERNS = 210


@dataclass(frozen=True, eq=False)
class Pattern:
    """The class of each free index: the first index in it, or a number; and the numbers to be told apart from."""

    classes: Mapping[Idx, Subscript]
    numbers: Mapping[Extent, frozenset[int]]

    def distinct(self, over: Extent) -> list[Idx]:
        """The classes of indices of this extent that are no numbers, by their first index."""
        return [index for index, own in self.classes.items() if index.extent == over and own == index]


def patterns(indices: Iterable[Idx], terms: Iterable[Term]) -> list[Pattern]:
    """All equality patterns of these free indices, the one in which all differ first.

    Raises :class:`OutOfBudget` when there are too many.
    """
    numbers = numbers_in(terms)
    groups: dict[Extent, list[Idx]] = {}
    for index in indices:
        groups.setdefault(index.extent, []).append(index)
    choices = [
        list(islice(_partitions(group, sorted(numbers.get(over, ())), over), MANY_PATTERNS + 1))
        for over, group in groups.items()
    ]
    found: list[Pattern] = []
    for parts in product(*choices):
        found.append(Pattern({index: chosen for part in parts for index, chosen in part.items()}, numbers))
        if len(found) > MANY_PATTERNS:
            raise OutOfBudget
    return found


def _partitions(group: list[Idx], numbers: list[int], over: Extent) -> Iterator[dict[Idx, Subscript]]:
    """Each index joins a class that is there, opens one of its own, or is one of the numbers."""
    if over.fixed is not None:
        for values in product(range(1, over.fixed + 1), repeat=len(group)):
            yield dict(zip(group, values, strict=True))
        return
    if not group:
        yield {}
        return
    *before, last = group
    for pattern in _partitions(before, numbers, over):
        classes = [index for index in before if pattern[index] == index]
        joined: tuple[Subscript, ...] = (last, *classes, *numbers)
        for chosen in joined:
            yield {**pattern, last: chosen}


def numbers_in(terms: Iterable[Term]) -> dict[Extent, frozenset[int]]:
    """The numbers that are used as subscripts, by what the axis runs to."""
    found: dict[Extent, set[int]] = {}
    pairs = {pair for term in terms for pair in numbers_of(term)}
    for axis, subscript in sorted(pairs, key=lambda pair: (pair[0].monomials, pair[1])):
        found.setdefault(axis, set()).add(subscript)
    return {over: frozenset(numbers) for over, numbers in found.items()}


def least_sizes(pattern: Pattern) -> dict[Extent, int]:
    """How large each extent must be for the pattern, and the numbers used as subscripts, to be possible."""
    least: dict[Extent, int] = {}
    for over in dict.fromkeys([*pattern.numbers, *(index.extent for index in pattern.classes)]):
        if over.fixed is None:
            numbers = pattern.numbers.get(over, frozenset())
            least[over] = max(1, *numbers, len(pattern.distinct(over)) + len(numbers) * bool(pattern.distinct(over)))
    return least


def assigned(pattern: Pattern, sizes: Mapping[str, int], seed: int) -> dict[Idx, int] | None:
    """Values of the free indices that have this pattern at these sizes, or nothing if they are too small."""
    values: dict[Idx, int] = {}
    for index, own in pattern.classes.items():
        if isinstance(own, int):
            values[index] = own
        elif own != index:
            values[index] = values[own]
        else:
            taken = {values[other] for other in pattern.distinct(index.extent) if other in values}
            taken |= pattern.numbers.get(index.extent, frozenset())
            left = [value for value in range(1, index.extent.at(sizes) + 1) if value not in taken]
            if not left:
                return None
            values[index] = left[drawn_before((seed, "index", index.symbol), len(left))]
    return values if all(values[index] <= index.extent.at(sizes) for index in values) else None


def dimension_names(terms: Iterable[Term], indices: Iterable[Idx]) -> tuple[str, ...]:
    """The names of all dimensions that occur, in alphabetical order."""
    own = frozenset(name for index in indices for name in index.extent.names)
    return tuple(sorted(own.union(*map(names_of, terms))))


def free_of(indices: Iterable[Idx]) -> tuple[Idx, ...]:
    """The free ones among indices, once each."""
    return tuple(dict.fromkeys(index for index in indices if index.kind is Kind.FREE))
