"""The statement of a certificate, and the hypotheses that can be met by choosing entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from verify.recheck.instance import taken
from verify.recheck.spread import Spread
from verify.recheck.table import Index, Table, frozen, parts, size_of


class Stated:
    """The statement of a certificate: two nodes, equal for all values of the indices, under hypotheses."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        nodes = frozen(record["terms"])
        found = [_total(nodes, each) for each in record["given"]]
        self.totals = {each[0]: each[1:] for each in found if each is not None}
        solved = [_solved(nodes, each) for each, total in zip(record["given"], found, strict=True) if total is None]
        self.solved = [each for each in solved if each is not None]
        turned = [_mirrored(nodes, each) for each in record["given"]]
        self.mirrored = {each[0]: each[1] for each in turned if each is not None and each[0] not in self.totals}
        met = len(self.totals) + len(self.mirrored) == len(found)
        self.plain = met and not record["inequalities"] and not record["random"]["variables"]
        summing = {variable: variable[1][axis] for variable, (axis, _) in self.totals.items()}
        self.table = Table(nodes, summing)
        self.sides: tuple[int, int] = (record["left"], record["right"])
        spread = Spread(nodes)
        self.spread = Table(spread.nodes, summing)
        self.spread_sides = (spread.places[record["left"]], spread.places[record["right"]])
        self.indices: tuple[Index, ...] = frozen(record["indices"])
        self.record, self.dimensions = record, list(record["dimensions"])
        self.related = [(key == "same", frozen(pair)) for key in ("same", "distinct") for pair in record[key]]

    def places(self, sizes: Mapping[str, int]) -> Iterator[dict[Index, int]]:
        """The values of the free indices that the hypotheses allow."""
        many = [size_of(index[3], sizes) for index in self.indices]
        for chosen in product(*(range(1, each + 1) for each in many)):
            values = dict(zip(self.indices, chosen, strict=True))
            if all((len({*taken(pair, values)}) == 1) == same for same, pair in self.related):
                yield values


def _total(nodes: Any, equation: Mapping[str, Any]) -> tuple[Any, int, Fraction] | None:
    """A hypothesis that the entries of a variable have a constant sum over an axis, whatever the other subscripts."""
    match nodes[equation["left"]], nodes[equation["right"]]:
        case ("sum", index, body), ("number", total) if nodes[body][0] == "entry":
            _, variable, own = nodes[body]
            free = frozen(equation["indices"])
            others = [(axis, each) for axis, each in zip(variable[1], own, strict=True) if each != index]
            general = all((each in free and each[3] == axis) or axis == (((), "1"),) for axis, each in others)
            distinct = len({each for _, each in others if each != 1}) == sum(each != 1 for _, each in others)
            if general and distinct and own.count(index) == 1 and variable[1][own.index(index)] == index[3]:
                return variable, own.index(index), Fraction(total)
    return None


def _mirrored(nodes: Any, equation: Mapping[str, Any]) -> tuple[Any, int] | None:
    """A hypothesis that a matrix is its own transpose, or the negative of it: the variable and the sign."""
    match nodes[equation["left"]], nodes[equation["right"]]:
        case ("entry", variable, (row, column)), right if row != column and {row, column} == set(
            frozen(equation["indices"])
        ):
            if right == ("entry", variable, (column, row)):
                return variable, 1
            if right[0] == "mul" and [nodes[each] for each in right[1]] == [
                ("number", "-1"),
                ("entry", variable, (column, row)),
            ]:
                return variable, -1
    return None


@dataclass(frozen=True)
class Solved:
    """A hypothesis left = right, to be solved for the entry of a variable at its subscripts."""

    variable: Any
    own: tuple[Any, ...]
    left: int
    right: int
    others: tuple[tuple[Any, ...], ...]

    def at(self, variable: Any, own: tuple[int, ...]) -> dict[Index, int] | None:
        """The values of its indices at which it can be solved for an entry: no later one of the variable is in it."""
        if variable != self.variable:
            return None
        bound = {each: value for each, value in zip(self.own, own, strict=True) if not isinstance(each, int)}
        later = any(taken(other, bound) > own for other in self.others)
        return None if later or taken(self.own, bound) != own else bound


def _solved(nodes: Any, equation: Mapping[str, Any]) -> Solved | None:
    left, right = equation["left"], equation["right"]
    inside = [nodes[place] for side in (left, right) for place in _below(nodes, side)]
    indices = frozen(equation["indices"])
    for node in inside:
        if node[0] == "entry" and {each for each in node[2] if not isinstance(each, int)} == set(indices):
            others = tuple(each[2] for each in inside if each[:2] == node[:2])
            if all(isinstance(each, int) or each in indices for other in others for each in other):
                return Solved(node[1], node[2], left, right, others)
    return None


def _below(nodes: Any, place: int) -> Iterator[int]:
    yield place
    for part in parts(nodes[place]):
        yield from _below(nodes, part)
