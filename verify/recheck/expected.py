"""Expectations at an instance: polynomials in random entries, each product of powers having its moment.

Moments that are given have their values, all others are free: of entries that are independent the product of theirs,
and else a number for each product. That is every distribution which meets the hypotheses, and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

from verify.recheck.instance import Instance, Residue, Residues, bound_to, taken
from verify.recheck.table import Table, Undefined, Values, parts

Key = tuple[Any, tuple[int, ...]]
Monomial = tuple[tuple[Key, int], ...]
# For a variable what is given: the kind, the subscripts, and the place of the value.
Moments = Mapping[Any, list[tuple[str, tuple[Any, ...], int]]]

MANY_TERMS = 4000


class Polynomial:
    """A polynomial in random entries."""

    def __init__(self, terms: Mapping[Monomial, Residue]) -> None:
        if len(terms) > MANY_TERMS:
            raise Undefined
        self.terms = terms

    def __add__(self, other: Polynomial) -> Polynomial:
        return _collected([*self.terms.items(), *other.terms.items()])

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > MANY_TERMS:
            raise Undefined
        return _collected(
            (_joined(one, two), first * second)
            for one, first in self.terms.items()
            for two, second in other.terms.items()
        )


def _collected(terms: Iterable[tuple[Monomial, Residue]]) -> Polynomial:
    total: dict[Monomial, Residue] = {}
    for monomial, coefficient in terms:
        total[monomial] = total[monomial] + coefficient if monomial in total else coefficient
    return Polynomial(total)


def _joined(left: Monomial, right: Monomial) -> Monomial:
    powers = dict(left)
    for key, power in right:
        powers[key] = powers.get(key, 0) + power
    return tuple(sorted(powers.items(), key=repr))


class Expected(Residues):
    """Residues, with expectations of polynomials in random entries."""

    def __init__(
        self,
        seed: int,
        totals: Mapping[Any, Any],
        mirrored: Mapping[Any, int],
        random: Mapping[str, Any],
        given: Moments,
    ) -> None:
        super().__init__(seed, totals, mirrored)
        self.independent, self.given = random["independent"], given

    def special(self, here: Instance, node: Any, values: Values) -> Residue:
        """The value of a node that is no number, sum, product or power."""
        if node[0] != "expectation":
            return super().special(here, node, values)
        inner = Instance(here.table, here.sizes, _Random(self, here))
        inner.steps = here.steps
        found = inner.of(node[1], values)
        here.steps = inner.steps
        terms = [coefficient * self._moment(here, monomial) for monomial, coefficient in found.terms.items()]
        total: Residue = reduce(add, terms, self.number(Fraction(0)))
        return total

    def _moment(self, here: Instance, monomial: Monomial) -> Residue:
        if not monomial:
            return self.number(Fraction(1))
        if len(monomial) > 1 and not self.independent:
            return self._drawn("moment", monomial)
        total: Residue = reduce(mul, [self._power(here, key, power) for key, power in monomial])
        return total

    def _power(self, here: Instance, key: Key, power: int) -> Residue:
        """The expectation of a power of an entry."""
        variable, own = key
        given: dict[str, Residue] = {}
        for kind, at, place in self.given.get(variable, ()):
            values = bound_to(at, own)
            if values is not None:
                given[kind] = here.of(place, values)
        mean = given.get("mean", self._drawn("moment", key, 1))
        if power == 1:
            return mean
        if power == 2 and "variance" in given:
            return given["variance"] + mean * mean
        return given["square"] if power == 2 and "square" in given else self._drawn("moment", key, power)


class _Random:
    """Polynomials in random entries, with residues as coefficients."""

    def __init__(self, residues: Expected, here: Instance) -> None:
        self.residues, self.outside = residues, here

    def number(self, value: Fraction) -> Polynomial:
        """A rational number."""
        return Polynomial({(): self.residues.number(value)})

    def inverse(self, value: Polynomial) -> Polynomial:
        """One over what is not random; raises :class:`Undefined` for what is."""
        if set(value.terms) != {()}:
            raise Undefined
        return Polynomial({(): self.residues.inverse(value.terms[()])})

    def special(self, here: Instance, node: Any, values: Values) -> Polynomial:
        """The value of a node that is no number, sum, product or power."""
        if node[0] == "entry" and node[1] in here.table.random:
            return Polynomial({(((node[1], taken(node[2], values)), 1),): self.residues.number(Fraction(1))})
        if node[0] != "expectation" and _is_random(here.table, node):
            raise Undefined
        return Polynomial({(): self.residues.special(self.outside, node, values)})


def _is_random(table: Table, node: Any) -> bool:
    return (node[0] == "entry" and node[1] in table.random) or any(
        _is_random(table, table.nodes[place]) for place in parts(node)
    )
