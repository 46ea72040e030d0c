"""A certificate's statement as its format documents it: nodes that name their parts by place. Nothing of the prover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

# [kind, symbol, number, extent]: a "free" index of the statement, or one that a node binds.
Index = tuple[Any, ...]
Values = Mapping[Index, int]
MOST_ORDERED = 3


def frozen(record: Any) -> Any:
    """Lists as tuples, so that they can be compared and kept in sets."""
    return tuple(map(frozen, record)) if isinstance(record, list) else record


class Undefined(Exception):
    """There is no value at this point, or none that can be told."""


def size_of(extent: Any, sizes: Mapping[str, int]) -> int:
    """The value of a polynomial in dimension names; raises :class:`Undefined` if it is no whole number."""
    total = Fraction(0)
    for names, coefficient in extent:
        value = Fraction(coefficient)
        for name in names:
            value *= sizes[name]
        total += value
    if total.denominator != 1:
        raise Undefined
    return int(total)


def parts(node: Any) -> tuple[int, ...]:
    """The places of the parts of a node."""
    match node:
        case ("add" | "mul", places):
            return tuple(places)
        case ("sum" | "max", _, place) | ("pow", place, _) | ("function", _, _, place):
            return (place,)
        case ("exp" | "log" | "expectation" | "hidden", place) | ("share" | "root", _, place):
            return (place,)
        case ("dependence", _, _, slots):
            return tuple(body for _, body in slots)
        case ("inverse", _, _, body):
            return (body,)
        case ("choice", _, _, where, elsewhere):
            return where, elsewhere
        case ("number" | "size", _) | ("entry" | "delta", _, _):
            return ()
        case _:
            raise ValueError(f"a node of no known kind: {node!r}")


def with_parts(node: Any, places: Sequence[int]) -> Any:
    """A node with its parts elsewhere; for kinds whose parts are counted."""
    match node:
        case ("add" | "mul" as kind, _):
            return kind, tuple(places)
        case ("sum" as kind, index, _):
            return kind, index, *places
        case ("pow", _, exponent):
            return "pow", *places, exponent
        case ("function", symbol, order, _):
            return "function", symbol, order, *places
        case ("exp" | "log" | "expectation" as kind, _):
            return kind, *places
        case ("choice" as kind, row, column, _, _):
            return kind, row, column, *places
        case _:
            return node


def bound_by(node: Any) -> tuple[Index, ...]:
    """The indices that a node binds in its parts."""
    match node:
        case ("sum" | "max", index, _):
            return (index,)
        case ("dependence", _, _, slots):
            return tuple(each for own, _ in slots for each in own if not isinstance(each, int))
        case ("inverse", _, own, _):
            return tuple(own)
        case _:
            return ()


def subscripts(node: Any) -> tuple[Any, ...]:
    """The subscripts that a node has itself."""
    match node:
        case ("entry", _, own):
            return tuple(own)
        case ("delta", row, column) | ("inverse", (row, column), _, _) | ("choice", row, column, _, _):
            return (row, column)
        case ("dependence", _, by, _):
            return tuple(each for _, own in by for each in own)
        case _:
            return ()


class Table:
    """The nodes of one statement; for each, the indices free in it, and whether it sums, as entries of some do."""

    def __init__(self, nodes: Any, summing: Mapping[Any, Any], random: frozenset[Any] = frozenset()) -> None:
        self.nodes: list[Any] = []
        self.summing, self.random = summing, random
        self.free: list[tuple[Index, ...]] = []
        self.sums: list[bool] = []
        self._texts: dict[Any, str] = {}
        for node in nodes:
            self.add(frozen(node))

    def add(self, node: Any) -> int:
        """The place of a node that is added, made from nodes that are there."""
        inner = {each for place in parts(node) for each in self.free[place]} - set(bound_by(node))
        inner.update(each for each in subscripts(node) if not isinstance(each, int))
        own = node[0] in ("sum", "size", "share", "expectation")
        own = own or (node[0] == "entry" and (node[1] in self.summing or node[1] in self.random))
        self.nodes.append(node)
        self.free.append(tuple(sorted(inner, key=repr)))
        self.sums.append(own or (node[0] not in ("hidden", "root") and any(self.sums[place] for place in parts(node))))
        return len(self.nodes) - 1

    def text(self, place: int, values: Values, bound: tuple[Index, ...] = ()) -> str:
        """The node in words, bound indices by their depth: nodes with the same text have the same value."""
        own = tuple(
            f"b{len(bound) - 1 - bound[::-1].index(each)}" if each in bound else values.get(each, each)
            for each in self.free[place]
        )
        key = (place, len(bound), own)
        if key not in self._texts:
            self._texts[key] = self._text(place, values, bound)
        return self._texts[key]

    def _text(self, place: int, values: Values, bound: tuple[Index, ...]) -> str:
        node = self.nodes[place]

        def name(each: Index | int) -> str:
            if each in bound:
                return f"b{len(bound) - 1 - bound[::-1].index(each)}"
            return str(each if isinstance(each, int) else values.get(each, each))

        inner = [self.text(part, values, bound + bound_by(node)) for part in parts(node)]
        match node:
            case ("add" | "mul" as kind, _):
                return f"{kind}({','.join(sorted(inner))})"
            case ("delta", row, column):
                return f"delta({','.join(sorted((name(row), name(column))))})"
            case ("entry", variable, own):
                return f"{variable}[{','.join(map(name, own))}]"
            case ("sum" | "max" as kind, _, body) if self.nodes[body][0] == kind:
                return min(self._nested(kind, place, values, bound))
            case ("sum" | "max" as kind, index, _):
                return f"{kind}<{index[3]}>({inner[0]})"
            case ("choice", *at, _, _):
                numbers = [each if isinstance(each, int) else values.get(each) for each in at if each not in bound]
                if len(numbers) == 2 and None not in numbers:
                    return inner[numbers[0] != numbers[1]]
                return f"choice{sorted(map(name, at))}({inner})"
            case ("root", order, _):
                return f"root<{order}>({inner[0]})"
            case ("dependence", symbol, by, slots):
                taken = [(slot, [name(each) for each in own]) for slot, own in by]
                shapes = [[each if isinstance(each, int) else each[3] for each in own] for own, _ in slots]
                return f"{symbol!r}<{taken},{shapes}>({inner})"
            case ("function", symbol, order, _):
                return f"{symbol!r}<{order}>({inner[0]})"
            case ("inverse", at, own, _):
                return f"inverse{[name(each) for each in at]}<{own[0][3]}>({inner[0]})"
            case ("pow", _, exponent):
                return f"({inner[0]})^{exponent}"
            case ("hidden", _) | ("share", _, _):
                return inner[0]
            case _:
                return f"{node[0]}({inner or node[1]})"

    def _nested(self, kind: str, place: int, values: Values, bound: tuple[Index, ...]) -> Iterator[str]:
        """A sum, or a maximum, over several indices in words, these in any order."""
        over: list[Index] = []
        while self.nodes[place][0] == kind and len(over) < MOST_ORDERED:
            _, index, place = self.nodes[place]
            over.append(index)
        for order in permutations(over):
            yield f"{kind}<{[each[3] for each in order]}>({self.text(place, values, bound + order)})"
