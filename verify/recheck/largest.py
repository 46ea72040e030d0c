"""Maxima of what grows: the largest g(t_i) is g of the largest t_i, if g grows, and g of the smallest if it falls.

Only the finitely many values t_i matter, at all of which g is defined, and the largest t_i is one of them. That g
grows is told from its form: it is made of t, of what does not depend on the index, and of steps that keep the order
or turn it around: sums, products with numbers of a known sign, exponentials, logarithms, and powers.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

from verify.recheck.bounds import Bounds
from verify.recheck.stated import Stated
from verify.recheck.table import Index, Table, parts, with_parts

STEPS = ("add", "mul", "pow", "exp", "log")


class Largest:
    """Places of nodes in which maxima are those of the least that they can be taken of."""

    def __init__(self, stated: Stated) -> None:
        self.stated, self.nodes, self.bounds = stated, stated.nodes, Bounds(stated, 1)
        self.table = Table(self.nodes, {})
        given = [place for place, _, indices in stated.record["inequalities"] if not indices]
        self._given = {self.table.text(place, {}) for place in given}
        self._known: dict[int, int] = {}

    def place(self, old: int) -> int:
        """Where a node has gone."""
        if old not in self._known:
            self._known[old] = self._rewritten(self.nodes[old])
        return self._known[old]

    def _new(self, node: Any) -> int:
        self.table.add(node)
        return self.stated.new(*node)

    def _rewritten(self, node: Any) -> int:
        if node[0] == "max":
            return self._of(node[1], self.place(node[2]))
        inside = (
            [self.place(part) for part in parts(node)] if node[0] in (*STEPS, "sum", "function", "expectation") else []
        )
        return self._new(with_parts(node, inside))

    def _of(self, index: Index, body: int) -> int:
        """The largest value of a node over an index."""
        for core in dict.fromkeys(self._parts_with(index, body)):
            turned = self._direction(index, body, core)
            if turned:
                return self._put(body, core, self._extreme(index, core, turned))
        return self._new(("max", index, body))

    def _extreme(self, index: Index, core: int, turned: int) -> int:
        """The largest value of a node, or the smallest, which is less the largest of less the values."""
        if turned > 0:
            return self._new(("max", index, core))
        return self._less(self._new(("max", index, self._less(core))))

    def _less(self, place: int) -> int:
        return self._new(("mul", (self._new(("number", "-1")), place)))

    def _parts_with(self, index: Index, place: int) -> Iterator[int]:
        """The parts of a node that depend on an index and on no index bound in it, the innermost first."""
        if index not in self.table.free[place]:
            return
        if self.nodes[place][0] in STEPS:
            for part in parts(self.nodes[place]):
                yield from self._parts_with(index, part)
        yield place

    def _is(self, place: int, core: int) -> bool:
        return self.table.text(place, {}) == self.table.text(core, {})

    def _direction(self, index: Index, place: int, core: int) -> int:
        """Whether a node grows as a part of it does: 1, or falls: -1; 0 where that is not clear."""
        if self._is(place, core):
            return 1
        match self.nodes[place]:
            case ("add", places):
                found = {self._direction(index, each, core) for each in places if index in self.table.free[each]}
                return found.pop() if len(found) == 1 else 0
            case ("mul", places):
                inner = [each for each in places if index in self.table.free[each]]
                sign = 1 if len(inner) == 1 else 0
                for each in places:
                    sign *= self._direction(index, each, core) if each in inner else self._sign(each)
                return sign
            case ("exp" | "log", argument):
                return self._direction(index, argument, core)
            case ("pow", base, exponent) if exponent > 0 and exponent % 2:
                return self._direction(index, base, core)
            case ("pow", base, exponent) if exponent and self.bounds.is_above_zero(base):
                return self._direction(index, base, core) * (1 if exponent > 0 else -1)
            case _:
                return 0

    def _sign(self, place: int) -> int:
        """1 for what is at least 0 wherever it is defined, -1 for what is at most 0, 0 for all else."""
        node = self.nodes[place]
        match node:
            case ("number", text):
                return 1 if Fraction(text) >= 0 else -1
            case ("mul", places):
                return prod(map(self._sign, places))
            case _:
                return int(self.bounds.is_above_zero(place) or self.table.text(place, {}) in self._given)

    def _put(self, place: int, core: int, largest: int) -> int:
        """A node with another one in the place of a part of it."""
        if self._is(place, core):
            return largest
        node = self.nodes[place]
        if node[0] not in STEPS:
            return place
        return self._new(with_parts(node, [self._put(part, core, largest) for part in parts(node)]))
