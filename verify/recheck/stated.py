"""The statement of a certificate, and the hypotheses that can be met by choosing entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from verify.recheck.instance import taken
from verify.recheck.table import Index, Table, Undefined, frozen, parts, size_of

MANY_PLACES = 10_000


@dataclass(frozen=True)
class Distance:
    """A node that is to be positive or, if it is not strict, at least 0."""

    place: int
    strict: bool


class Stated:
    """The statement of a certificate: nodes, of which two are its sides, for all values of the indices.

    Its hypotheses are sums that are constant, matrices that are their own transposes, and what they define; others are
    used where a point is tried, and nowhere else.
    """

    def __init__(self, record: Mapping[str, Any], ones: frozenset[str] = frozenset()) -> None:
        record = {key: at_one(value, ones) for key, value in record.items()} if ones else record
        nodes = frozen(record["terms"])
        self.related = [(key == "same", frozen(pair)) for key in ("same", "distinct") for pair in record[key]]
        # What is said where indices are related is not said of other entries.
        special = {each for _, pair in self.related for each in pair if not isinstance(each, int)}
        given = [each for each in record["given"] if special.isdisjoint(frozen(each["indices"]))]
        found = [_total(nodes, each) for each in given]
        self.totals = {each[0]: each[1:] for each in found if each is not None}
        solved = [_solved(nodes, each) for each, total in zip(given, found, strict=True) if total is None]
        self.solved = [each for each in solved if each is not None]
        turned = [_mirrored(nodes, each) for each in given]
        self.mirrored = {each[0]: each[1] for each in turned if each is not None and each[0] not in self.totals}
        random = set(frozen(record["random"]["variables"]))
        meant = [_meaning(nodes, each, random) for each in given]
        used = {*self.totals, *self.mirrored}
        self.meanings = {each[0]: each[1:] for each in reversed(meant) if each is not None and each[0] not in used}
        self.plain = len(used) == len(record["given"]) and not (record["inequalities"] or record["random"]["variables"])
        self.summing = {variable: variable[1][axis] for variable, (axis, _) in self.totals.items()}
        self.nodes, self.record = list(nodes), record
        self.sides: tuple[int, int] = (record["left"], record["right"])
        self.is_equation = record.get("relation", "=") == "="
        self.distances = tuple(self._distances())
        self.table = Table(self.nodes, self.summing)
        self.indices: tuple[Index, ...] = tuple(each for each in frozen(record["indices"]) if not isinstance(each, int))
        self.dimensions = [each for each in record["dimensions"] if each not in ones]

    def new(self, *node: Any) -> int:
        """The place of a node that is added to the table, made from nodes that are in it."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def tends_to(self, limit: str) -> bool:
        """Whether a limit, a number or an infinity, is the one that is stated."""
        said = self.record["limit"]
        infinite = {"oo", "-oo"} & {said, limit}
        return bool(said == limit if infinite else Fraction(said) == Fraction(limit))

    def partial(self) -> Iterator[int]:
        """The places of what may be undefined: in the sides, and in what the certificate says to be defined."""
        for place in (*self.sides, *self.record["defined"]):
            yield from partial_in(self.nodes, place)

    def _distances(self) -> Iterator[Distance]:
        """What must be positive: the larger side less the smaller one, or how far both ends of an interval are."""
        left, right = self.sides
        match self.record.get("relation", "="):
            case "<" | "<=" as relation:
                yield Distance(self.less(right, left), relation == "<")
            case ">" | ">=" as relation:
                yield Distance(self.less(left, right), relation == ">")
            case "in":
                low, closed_low, high, closed_high = self.record["interval"]
                if low is not None:
                    yield Distance(self.less(left, self.new("number", low)), not closed_low)
                if high is not None:
                    yield Distance(self.less(self.new("number", high), left), not closed_high)
            case _:
                return

    def less(self, high: int, low: int) -> int:
        """The place of a difference."""
        return self.new("add", (high, self.new("mul", (self.new("number", "-1"), low))))

    def numbers(self) -> dict[str, int]:
        """The largest number that an index of each dimension is said to be, or not to be."""
        pairs = [
            (each[3], other)
            for _, pair in self.related
            for each, other in (pair, pair[::-1])
            if not isinstance(each, int)
        ]
        found = [
            (name, number) for over, number in pairs if isinstance(number, int) for names, _ in over for name in names
        ]
        return {name: max(number for own, number in found if own == name) for name, _ in found}

    def places(self, sizes: Mapping[str, int], indices: tuple[Index, ...] | None = None) -> Iterator[dict[Index, int]]:
        """The values of free indices that the hypotheses allow; raises :class:`Undefined` for very many."""
        indices = self.indices if indices is None else indices
        many = [size_of(index[3], sizes) for index in indices]
        if prod(max(each, 1) for each in many) > MANY_PLACES:
            raise Undefined
        for chosen in product(*(range(1, each + 1) for each in many)):
            values = dict(zip(indices, chosen, strict=True))
            if self.allows(values):
                yield values

    def allows(self, values: Mapping[Index, int]) -> bool:
        """Whether the hypotheses allow these values of the free indices."""
        return all((len({*taken(pair, values)}) == 1) == same for same, pair in self.related)


def _total(nodes: Any, equation: Mapping[str, Any]) -> tuple[Any, int, Fraction] | None:
    """A hypothesis that the entries of a variable have a constant sum over an axis, whatever the other subscripts."""
    match _alone(nodes, equation["left"]), _alone(nodes, equation["right"]):
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


def _alone(nodes: Any, place: int) -> Any:
    """A node, or the one term of a sum over an index with one value."""
    node = nodes[place]
    return _alone(nodes, node[1][0]) if node[0] == "add" and len(node[1]) == 1 else node


def _meaning(nodes: Any, equation: Mapping[str, Any], random: set[Any]) -> tuple[Any, tuple[Any, ...], int] | None:
    """A hypothesis that says what every entry of a variable is: the variable, its subscripts, and the place of that."""
    for entry, meaning in ((equation["left"], equation["right"]), (equation["right"], equation["left"])):
        match _alone(nodes, entry):
            case ("entry", variable, own):
                inside = {nodes[each][1] for each in below(nodes, meaning) if nodes[each][0] == "entry"}
                if (
                    variable not in inside
                    and not random & {variable, *inside}
                    and is_general(variable, own, frozen(equation["indices"]))
                ):
                    return variable, own, meaning
            case _:
                pass
    return None


def is_general(variable: Any, own: tuple[Any, ...], free: Any) -> bool:
    """Whether subscripts stand for all places of a variable: different free indices, or 1 where there is one place."""
    indices = [each for each in own if not isinstance(each, int)]
    pairs = zip(variable[1], own, strict=True)
    everywhere = all(axis == (((), "1"),) if isinstance(each, int) else each[3] == axis for axis, each in pairs)
    return everywhere and set(indices) == set(free) and len(set(indices)) == len(indices)


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
    inside = [nodes[place] for side in (left, right) for place in below(nodes, side)]
    indices = frozen(equation["indices"])
    for node in inside:
        if node[0] == "entry" and {each for each in node[2] if not isinstance(each, int)} == set(indices):
            others = tuple(each[2] for each in inside if each[:2] == node[:2])
            if all(isinstance(each, int) or each in indices for other in others for each in other):
                return Solved(node[1], node[2], left, right, others)
    return None


def partial_in(nodes: Any, place: int) -> Iterator[int]:
    """The places, in a node, of logarithms, divisions and inverses."""
    return (each for each in below(nodes, place) if nodes[each][0] in ("log", "inverse") or _divides(nodes[each]))


def _divides(node: Any) -> bool:
    return bool(node[0] == "pow" and node[2] < 0)


def below(nodes: Any, place: int) -> Iterator[int]:
    """The places of a node and of all that it is made from."""
    yield place
    for part in parts(nodes[place]):
        yield from below(nodes, part)


def at_one(value: Any, ones: frozenset[str]) -> Any:
    """A part of a record where these dimensions are 1: indices that take one value are the number 1."""
    match value:
        case dict():
            return {key: at_one(each, ones) for key, each in value.items()}
        case [[[*_], str()], *_]:
            return _extent_at_one(value, ones)
        case [str(kind), str(symbol), int(number), over]:
            extent = at_one(over, ones)
            return 1 if extent == [[[], "1"]] else [kind, symbol, number, extent]
        case list():
            return _settled([at_one(each, ones) for each in value])
        case _:
            return value


def _extent_at_one(extent: list[Any], ones: frozenset[str]) -> list[Any]:
    total: dict[tuple[str, ...], Fraction] = {}
    for names, coefficient in extent:
        left = tuple(each for each in names if each not in ones)
        total[left] = total.get(left, Fraction(0)) + Fraction(coefficient)
    return [[list(names), str(coefficient)] for names, coefficient in sorted(total.items()) if coefficient]


def _settled(node: list[Any]) -> list[Any]:
    match node:
        case ["sum" | "max", 1, body]:
            return ["add", [body]]
        case ["delta", 1, 1]:
            return ["number", "1"]
        case _:
            return node
