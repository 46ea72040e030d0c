"""The value of a node at an instance: sizes, values of indices, and numbers that stand for entries and functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from hashlib import blake2b
from itertools import combinations, permutations, product
from math import factorial
from operator import add, mul
from typing import Any, Protocol

from verify.recheck.table import Index, Table, Undefined, Values, size_of

# Both are prime; e^u is GENERATOR^u, which has prime order, where u is known modulo that order.
ORDER = 2**127 - 1
PRIME = 114 * ORDER + 1
GENERATOR = pow(3, 114, PRIME)
MANY_STEPS = 100_000
LONG = 20_000
NONE: Values = {}


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
    """One instance: a table of nodes, the sizes, and the arithmetic."""

    def __init__(self, table: Table, sizes: Mapping[str, int], numbers: Numbers) -> None:
        self.table, self.sizes, self.numbers, self.steps = table, sizes, numbers, 0
        self._known: dict[tuple[int, tuple[int, ...]], Any] = {}
        self._shares: dict[int, dict[str, tuple[str, list[str]]]] = {}

    def of(self, place: int, values: Values) -> Any:
        """The value of the node at a place; raises :class:`Undefined`."""
        key = (place, tuple([values[index] for index in self.table.free[place]]))
        if key not in self._known:
            self.spend(1)
            self._known[key] = self._value(self.table.nodes[place], values)
        return self._known[key]

    def spend(self, steps: int) -> None:
        """Count steps; raises :class:`Undefined` when there have been too many."""
        self.steps += steps
        if self.steps > MANY_STEPS:
            raise Undefined

    def over(self, index: Index, place: int, values: Values) -> list[Any]:
        """The values of a node for all values of an index."""
        return [self.of(place, {**values, index: each}) for each in range(1, self.many(index[3]) + 1)]

    def many(self, extent: Any) -> int:
        """How many values an index takes; there is at least one."""
        size = size_of(extent, self.sizes)
        if size < 1:
            raise Undefined
        self.spend(size)
        return size

    def every_place(self, variable: Any) -> Iterator[tuple[int, ...]]:
        """The subscripts of all entries of a variable."""
        for own in product(*(range(1, self.many(axis) + 1) for axis in variable[1])):
            self.spend(1)
            yield own

    def all_of(self, own: tuple[Any, ...], body: int, values: Values = NONE) -> dict[tuple[int, ...], Any]:
        """The values of a node for all values of the indices among the subscripts, by subscripts."""
        bound = [each for each in own if not isinstance(each, int)]
        found = {}
        for chosen in product(*(range(1, self.many(each[3]) + 1) for each in bound)):
            self.spend(1)
            inner = {**values, **dict(zip(bound, chosen, strict=True))}
            found[taken(own, inner)] = self.of(body, inner)
        return found

    def shares(self, whole: int) -> dict[str, tuple[str, list[str]]]:
        """For every term of a sum, at any values of its free indices: the sum, and all of its terms, in words."""
        if whole not in self._shares:
            found = self._shares[whole] = {}
            _, index, body = self.table.nodes[whole]
            free = self.table.free[whole]
            for chosen in product(*(range(1, self.many(each[3]) + 1) for each in free)):
                values = dict(zip(free, chosen, strict=True))
                many = range(1, self.many(index[3]) + 1)
                terms = [self.table.text(body, {**values, index: each}) for each in many]
                if any(term in found for term in terms) or len(set(terms)) < len(terms):
                    raise Undefined
                found.update(dict.fromkeys(terms, (self.table.text(whole, values), terms)))
        return self._shares[whole]

    def _value(self, node: Any, values: Values) -> Any:
        match node:
            case ("number", text):
                return self.numbers.number(Fraction(text))
            case ("size", extent):
                return self.numbers.number(Fraction(size_of(extent, self.sizes)))
            case ("delta", row, column):
                return self.numbers.number(Fraction(len({*taken((row, column), values)}) == 1))
            case ("choice", row, column, where, elsewhere):
                return self.of(where if len({*taken((row, column), values)}) == 1 else elsewhere, values)
            case ("add", places):
                return self._all(add, [self.of(each, values) for each in places])
            case ("mul", places):
                return self._all(mul, [self.of(each, values) for each in places])
            case ("sum", index, body):
                return self._all(add, self.over(index, body, values))
            case ("pow", base, exponent):
                power = self._all(mul, [self.numbers.number(Fraction(1)), *[self.of(base, values)] * abs(exponent)])
                return power if exponent >= 0 else self.numbers.inverse(power)
            case ("inverse", at, own, body):
                return self._inverted(self.all_of(own, body, values), *taken(at, values))
            case _:
                return self.numbers.special(self, node, values)

    def _all(self, operation: Callable[[Any, Any], Any], values: list[Any]) -> Any:
        """The sum or the product of values; raises :class:`Undefined` where numbers grow too long."""
        total = values[0]
        for value in values[1:]:
            total = operation(total, value)
            if isinstance(total, Fraction) and max(total.numerator.bit_length(), total.denominator.bit_length()) > LONG:
                raise Undefined
        return total

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


def bound_to(own: tuple[Any, ...], numbers: tuple[int, ...]) -> dict[Index, int] | None:
    """The values of the indices among subscripts for which these are the numbers; nothing if there are none."""
    values = {each: number for each, number in zip(own, numbers, strict=True) if not isinstance(each, int)}
    return values if taken(own, values) == numbers else None


class Residues:
    """Residues by a seed. Entries whose sum over an axis is c are u + (c - sum of u) / n, where entries u are free."""

    def __init__(self, seed: int, totals: Mapping[Any, tuple[int, Fraction]], mirrored: Mapping[Any, int]) -> None:
        self.seed, self.totals, self.mirrored = seed, totals, mirrored

    def number(self, value: Fraction) -> Residue:
        """A rational number."""
        below = value.denominator
        if below % PRIME == 0 or below % ORDER == 0:
            raise Undefined
        return Residue(value.numerator * pow(below, -1, PRIME), value.numerator * pow(below, -1, ORDER))

    def inverse(self, value: Residue) -> Residue:
        """One over a value; raises :class:`Undefined` where there is none."""
        return value.inverse()

    def special(self, here: Instance, node: Any, values: Values) -> Residue:
        """The value of a node that is no number, sum, product or power."""
        match node:
            case ("hidden", place):
                return self._drawn(here.table.text(place, values))
            case ("share", whole, place):
                return self._share(here, whole, here.table.text(place, values))
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
        many = here.many(variable[1][axis])
        row = [self._drawn(variable, (*own[:axis], each, *own[axis + 1 :])) for each in range(1, many + 1)]
        rest = self.number(total) + self.number(Fraction(-1)) * reduce(add, row)
        return self._drawn(variable, own) + rest * self.number(Fraction(1, many))

    def _share(self, here: Instance, whole: int, own: str) -> Residue:
        """A term of a sum that has a value of its own: a share of that, all shares having the sum 1."""
        if own not in here.shares(whole):
            return self._drawn(own)
        of, terms = here.shares(whole)[own]
        rest = reduce(add, map(self._drawn, terms)) * self.number(Fraction(-1)) + self.number(Fraction(1))
        return self._drawn(of) * (self._drawn(own) + rest * self.number(Fraction(1, len(terms))))

    def _drawn(self, *labels: object) -> Residue:
        number = drawn(self.seed, *labels)
        return Residue(number, number)
