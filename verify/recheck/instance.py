"""The value of a node at an instance: sizes, values of indices, and numbers that stand for entries and functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from hashlib import blake2b
from itertools import combinations, permutations, product
from math import factorial
from operator import add, mul
from typing import Any, Protocol

from verify.recheck.table import Index, Table, Values, size_of

# Both are prime; e^u is GENERATOR^u, which has prime order, where u is known modulo that order.
ORDER = 2**127 - 1
PRIME = 114 * ORDER + 1
GENERATOR = pow(3, 114, PRIME)
MANY_STEPS = 100_000
NONE: Values = {}


class Undefined(Exception):
    """There is no value at this point, or none that can be told."""


def drawn(*labels: object) -> int:
    """A number from 1 to 2^64 that depends on the labels alone."""
    return 1 + int.from_bytes(blake2b(repr(labels).encode(), digest_size=8).digest(), "big")


class Residue:
    """A number modulo PRIME, and modulo ORDER where it is known there."""

    def __init__(self, value: int, exponent: int | None) -> None:
        self.value, self.exponent = value % PRIME, None if exponent is None else exponent % ORDER

    def _with(self, other: Residue, operation: Callable[[int, int], int]) -> Residue:
        both = None if self.exponent is None or other.exponent is None else operation(self.exponent, other.exponent)
        return Residue(operation(self.value, other.value), both)

    def __add__(self, other: Residue) -> Residue:
        return self._with(other, add)

    def __mul__(self, other: Residue) -> Residue:
        return self._with(other, mul)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Residue) and self.value == other.value

    __hash__ = None  # type: ignore[assignment]

    def inverse(self) -> Residue:
        """One over it."""
        if 0 in (self.value, self.exponent):
            raise Undefined
        return Residue(pow(self.value, -1, PRIME), None if self.exponent is None else pow(self.exponent, -1, ORDER))


class Numbers(Protocol):
    """An arithmetic: its numbers, and the values of nodes that are no number, sum, product or power."""

    def number(self, value: Fraction) -> Any:
        """A rational number."""

    def inverse(self, value: Any) -> Any:
        """One over a value; raises :class:`Undefined` where there is none."""

    def special(self, here: Instance, node: Any, values: Values, /) -> Any:
        """The value of a node that is no number, sum, product or power."""


class Instance:
    """One instance: a table of nodes, the sizes, the arithmetic, and the nodes that are tensors of their own."""

    def __init__(
        self, table: Table, sizes: Mapping[str, int], numbers: Numbers, opaque: frozenset[int] = frozenset()
    ) -> None:
        self.table, self.sizes, self.numbers, self.opaque, self.steps = table, sizes, numbers, opaque, 0
        self._known: dict[tuple[int, tuple[int, ...]], Any] = {}

    def of(self, place: int, values: Values) -> Any:
        """The value of the node at a place; raises :class:`Undefined`."""
        key = (place, tuple([values[index] for index in self.table.free[place]]))
        if key not in self._known:
            self.spend(1)
            node = ("tensor", self.table.text(place, values)) if place in self.opaque else self.table.nodes[place]
            self._known[key] = self._value(node, values)
        return self._known[key]

    def spend(self, steps: int) -> None:
        """Count steps; raises :class:`Undefined` when there have been too many."""
        self.steps += steps
        if self.steps > MANY_STEPS:
            raise Undefined

    def over(self, index: Index, place: int, values: Values) -> list[Any]:
        """The values of a node for all values of an index."""
        found = [self.of(place, {**values, index: each}) for each in range(1, size_of(index[3], self.sizes) + 1)]
        if not found:
            raise Undefined
        return found

    def all_of(self, own: tuple[Any, ...], body: int, values: Values = NONE) -> dict[tuple[int, ...], Any]:
        """The values of a node for all values of the indices among the subscripts, by subscripts."""
        bound = [each for each in own if not isinstance(each, int)]
        found = {}
        for chosen in product(*(range(1, size_of(each[3], self.sizes) + 1) for each in bound)):
            inner = {**values, **dict(zip(bound, chosen, strict=True))}
            found[taken(own, inner)] = self.of(body, inner)
        return found

    def _value(self, node: Any, values: Values) -> Any:
        match node:
            case ("number", text):
                return self.numbers.number(Fraction(text))
            case ("size", extent):
                return self.numbers.number(Fraction(size_of(extent, self.sizes)))
            case ("delta", row, column):
                return self.numbers.number(Fraction(len({*taken((row, column), values)}) == 1))
            case ("add", places):
                return reduce(add, [self.of(each, values) for each in places])
            case ("mul", places):
                return reduce(mul, [self.of(each, values) for each in places])
            case ("sum", index, body):
                return reduce(add, self.over(index, body, values))
            case ("pow", base, exponent):
                power = reduce(mul, [self.of(base, values)] * abs(exponent), self.numbers.number(Fraction(1)))
                return power if exponent >= 0 else self.numbers.inverse(power)
            case ("inverse", at, own, body):
                return self._inverted(self.all_of(own, body, values), *taken(at, values))
            case _:
                return self.numbers.special(self, node, values)

    def _inverted(self, matrix: dict[tuple[int, ...], Any], row: int, column: int) -> Any:
        """An entry of the inverse: the cofactor over the determinant, by permutations."""
        size = max(down for down, _ in matrix)
        self.spend(factorial(size))
        places = list(permutations(range(1, size + 1)))
        terms = [
            reduce(mul, [matrix[down, across] for down, across in enumerate(each, start=1)], self._sign(each))
            for each in places
        ]
        minors = [
            reduce(mul, [matrix[d, a] for d, a in enumerate(each, start=1) if d != column], self._sign(each))
            for each in places
            if each[column - 1] == row
        ]
        return reduce(add, minors) * self.numbers.inverse(reduce(add, terms))

    def _sign(self, order: tuple[int, ...]) -> Any:
        odd = sum(first > second for first, second in combinations(order, 2)) % 2
        return self.numbers.number(Fraction(-1 if odd else 1))


def taken(own: tuple[Any, ...], values: Values) -> tuple[int, ...]:
    """The numbers that subscripts are."""
    return tuple(each if isinstance(each, int) else values[each] for each in own)


class Residues:
    """Residues by a seed. Entries whose sum over an axis is c are u + (c - sum of u) / n, where entries u are free."""

    def __init__(self, seed: int, totals: Mapping[Any, tuple[int, Fraction]], mirrored: Mapping[Any, int]) -> None:
        self.seed, self.totals, self.mirrored = seed, totals, mirrored

    def number(self, value: Fraction) -> Residue:
        """A rational number."""
        below = value.denominator
        return Residue(value.numerator * pow(below, -1, PRIME), value.numerator * pow(below, -1, ORDER))

    def inverse(self, value: Residue) -> Residue:
        """One over a value; raises :class:`Undefined` where there is none."""
        return value.inverse()

    def special(self, here: Instance, node: Any, values: Values) -> Residue:
        """The value of a node that is no number, sum, product or power."""
        match node:
            case ("tensor", text):
                return self._drawn(text)
            case ("entry", variable, own):
                return self._entry(here, variable, taken(own, values))
            case ("exp", argument):
                inner = here.of(argument, values)
                if inner.exponent is None:
                    return self._drawn("exp", inner.value)
                return Residue(pow(GENERATOR, inner.exponent, PRIME), None)
            case ("log", argument):
                inner = here.of(argument, values)
                return self.number(Fraction(0)) if inner.value == 1 else self._drawn("log", inner.value)
            case ("function", symbol, order, argument):
                return self._drawn(symbol, order, here.of(argument, values).value)
            case ("dependence", symbol, by, slots):
                at = [(slot, taken(own, values)) for slot, own in by]
                filled = [here.all_of(own, body, values) for own, body in slots]
                return self._drawn(symbol, sorted(at), [{p: v.value for p, v in each.items()} for each in filled])
            case _:
                raise Undefined

    def _entry(self, here: Instance, variable: Any, own: tuple[int, ...]) -> Residue:
        if variable in self.mirrored:
            turned = self._drawn(variable, own[::-1]) * self.number(Fraction(self.mirrored[variable]))
            return self._drawn(variable, own) + turned
        if variable not in self.totals:
            return self._drawn(variable, own)
        axis, total = self.totals[variable]
        many = size_of(variable[1][axis], here.sizes)
        row = [self._drawn(variable, (*own[:axis], each, *own[axis + 1 :])) for each in range(1, many + 1)]
        rest = self.number(total) + self.number(Fraction(-1)) * reduce(add, row)
        return self._drawn(variable, own) + rest * self.number(Fraction(1, many))

    def _drawn(self, *labels: object) -> Residue:
        number = drawn(self.seed, *labels)
        return Residue(number, number)
