"""Equations with inverse matrices: what is left of one is 0, by steps of which each is seen to be 0.

A step names a node and another one, its reason. That they are the same is an identity in which entries of inverses are
any numbers, and which is decided as all others are. Of the reason it is seen that it is 0: it is a sum of products that
each have a factor which is 0, and this is an earlier step or says that a matrix times its inverse is the unit matrix.
So nothing is said of matrices but what an inverse is; and only those are inverted, and only by that is divided, by
which the statement itself does. The last step is the difference of the sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from verify.recheck.bounds import Bounds
from verify.recheck.identity import equal_for_all_sizes
from verify.recheck.stated import Stated, partial_in

# What the indices of a matrix are called where two matrices are compared.
ROW: Any = ("row", "", 0, ())
COLUMN: Any = ("column", "", 0, ())


def vanishes_by(stated: Stated, steps: Sequence[Sequence[int]]) -> bool:
    """Whether steps show that the sides of a statement are equal."""
    if not steps or stated.related or stated.record["random"]["variables"]:
        return False
    shown = Vanishing(stated)
    for node, reason in steps[:-1]:
        if not shown.is_zero(node, reason):
            return False
        shown.known.add(stated.table.text(node, {}))
    return shown.is_zero(stated.less(*stated.sides), steps[-1][1])


class Vanishing:
    """The nodes of a statement that are known to be 0."""

    def __init__(self, stated: Stated) -> None:
        self.stated, self.table, self.bounds = stated, stated.table, Bounds(stated, 1)
        self.known: set[str] = set()
        self.defined = {self._divisor(place) for place in stated.partial()}

    def is_zero(self, node: int, reason: int) -> bool:
        """Whether a node is 0, as it is the same as another one that is seen to be."""
        places = [*partial_in(self.stated.nodes, node), *partial_in(self.stated.nodes, reason)]
        if any(self._divisor(place) not in self.defined and not self.bounds.is_defined(place) for place in places):
            return False
        return self._is_seen(reason) and equal_for_all_sizes(self.stated, node, reason)

    def _divisor(self, place: int) -> str:
        """What a logarithm, a division or an inverse is of, in words."""
        node = self.stated.nodes[place]
        if node[0] == "inverse":
            return "inverse " + self._matrix(node[3], *node[2])
        return f"{node[0]} {self.table.text(node[1], {})}"

    def _matrix(self, body: int, row: Any, column: Any) -> str:
        return self.table.text(body, {row: ROW, column: COLUMN})

    def _is_seen(self, place: int) -> bool:
        """Whether a node is seen to be 0."""
        if self.table.text(place, {}) in self.known:
            return True
        match self.stated.nodes[place]:
            case ("number", text):
                return bool(text == "0")
            case ("sum", _, body):
                return self._is_seen(body)
            case ("mul", places):
                return any(map(self._is_seen, places))
            case ("add", places):
                return all(map(self._is_seen, places)) or self._says_what_an_inverse_is(places)
            case _:
                return False

    def _says_what_an_inverse_is(self, terms: tuple[int, ...]) -> bool:
        """Whether terms are the sum over j of A_ij B_jk, and less delta_ik, where A is the inverse of B or B of A."""
        match [self.stated.nodes[place] for place in terms]:
            case [("sum", middle, product), unit] if self.stated.nodes[product][0] == "mul":
                factors = self.stated.nodes[product][1]
            case _:
                return False
        if len(factors) != 2:
            return False
        left, right = factors
        return any(
            middle not in (row, column)
            and (
                self._is_inverse(left, right, (row, middle), (middle, column))
                or self._is_inverse(right, left, (middle, column), (row, middle))
            )
            for row, column in self._ends(unit, left, right)
        )

    def _ends(self, unit: Any, *factors: int) -> Iterator[tuple[Any, Any]]:
        """The indices of a delta that is subtracted; of 1, which is a delta too, any that are the same."""
        nodes = self.stated.nodes
        match unit:
            case ("mul", (sign, place)) if nodes[sign] == ("number", "-1") and nodes[place][0] == "delta":
                yield nodes[place][1:]
            case ("number", "-1"):
                yield from ((end, end) for place in factors if nodes[place][0] == "inverse" for end in nodes[place][1])
            case _:
                return

    def _is_inverse(self, inverse: int, matrix: int, at: tuple[Any, Any], over: tuple[Any, Any]) -> bool:
        """Whether a node is the entry at two indices of the inverse of the matrix with an entry at two others."""
        match self.stated.nodes[inverse]:
            case ("inverse", (row, column), own, body) if (row, column) == at and own[0] != own[1]:
                if any(isinstance(each, int) for each in over) or over[0] == over[1]:
                    return False
                return self._matrix(matrix, *over) == self._matrix(body, *own)
            case _:
                return False
