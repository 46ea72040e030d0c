"""The statement of a certificate, and the hypotheses that can be met by choosing entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from verify.recheck.instance import taken
from verify.recheck.spread import Spread
from verify.recheck.table import Index, Table, bound_by, frozen, parts, size_of, subscripts


class Stated:
    """The statement of a certificate: two nodes, equal for all values of the indices, under hypotheses."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        nodes = frozen(record["terms"])
        found = [_total(nodes, each) for each in record["given"]]
        self.totals = {each[0]: each[1:] for each in found if each is not None}
        self.meanings = [meaning for each in record["given"] if (meaning := _meaning(nodes, each)) is not None]
        self.plain = len(self.totals) == len(found) and not record["inequalities"] and not record["random"]["variables"]
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


def _meaning(nodes: Any, equation: Mapping[str, Any]) -> tuple[Any, tuple[Any, ...], int] | None:
    """A hypothesis that tells what entries of a variable are: the variable, the subscripts, the place of the value."""
    for told, value in ((equation["left"], equation["right"]), (equation["right"], equation["left"])):
        if nodes[told][0] != "entry":
            continue
        _, variable, own = nodes[told]
        indices = [each for each in own if not isinstance(each, int)]
        inside = [nodes[place] for place in _below(nodes, value)]
        known = {*indices, *(each for node in inside for each in bound_by(node))}
        told_all = all(isinstance(each, int) or each in known for node in inside for each in subscripts(node))
        others = [node[2] for node in inside if node[:2] == ("entry", variable)]
        if told_all and len(set(indices)) == len(indices) and all(_apart(own, each) for each in others):
            return variable, own, value
    return None


def _below(nodes: Any, place: int) -> Iterator[int]:
    yield place
    for part in parts(nodes[place]):
        yield from _below(nodes, part)


def _apart(first: tuple[Any, ...], second: tuple[Any, ...]) -> bool:
    """Whether subscripts are never those of the same entry."""
    pairs = zip(first, second, strict=True)
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs)
