"""Direct evaluation of a term at given sizes, over any arithmetic: the semantics that a normal form must agree with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Generic, Protocol, Self, TypeVar, assert_never

from verify.kernel.budget import Budget
from verify.kernel.point import Place, Point, Undrawn
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Slot,
    Subscript,
    Sum,
    Term,
    Variable,
)
from verify.kernel.walk import free_indices

Value = TypeVar("Value")

STEPS = 200_000


class OutOfReach(Exception):
    """This arithmetic has no exact value for the term: another one is needed."""


class OutsideDomain(Exception):
    """The term is not defined at this point, or it cannot be told that it is."""


class Arithmetic(Protocol[Value]):
    """Numbers to evaluate with. Its methods raise :class:`OutOfReach` or :class:`OutsideDomain`."""

    point: Point

    def at(self, point: Point) -> Self:
        """The same arithmetic at another point."""

    def number(self, value: Fraction) -> Value:
        """A rational number."""

    def add(self, left: Value, right: Value) -> Value:
        """A sum."""

    def mul(self, left: Value, right: Value) -> Value:
        """A product."""

    def power(self, base: Value, exponent: int) -> Value:
        """A whole power, perhaps negative."""

    def exp(self, argument: Value) -> Value:
        """The exponential."""

    def log(self, argument: Value) -> Value:
        """The logarithm of a positive number."""

    def largest(self, values: Sequence[Value]) -> Value:
        """The largest of some values."""

    def function(self, symbol: str, order: int, argument: Value) -> Value:
        """A derivative of an unknown function, as chosen for this evaluation."""

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> Value:
        """An entry of a variable."""

    def dependence(
        self, symbol: str, by: Sequence[tuple[int, tuple[int, ...]]], slots: Sequence[Mapping[tuple[int, ...], Value]]
    ) -> Value:
        """A partial derivative of an unknown dependence, as chosen for this evaluation."""


class Evaluation(Generic[Value]):
    """Evaluates terms at fixed sizes; the value of a subterm is remembered for the indices that it mentions."""

    def __init__(
        self,
        arithmetic: Arithmetic[Value],
        sizes: Mapping[str, int],
        budget: Budget | None = None,
        free: Mapping[int, tuple[Idx, ...]] | None = None,
    ) -> None:
        self._arithmetic = arithmetic
        self._sizes = sizes
        self._budget = budget or Budget(STEPS)
        self._known: dict[tuple[int, tuple[int, ...]], Value] = {}
        self._free = dict(free or {})
        self._kept: list[Term] = []

    def of(self, term: Term, indices: Mapping[Idx, int]) -> Value:
        """The value of a term where its free indices have these values."""
        if id(term) not in self._free:
            self._free.update(free_indices(term))
            self._kept.append(term)
        return self._value(term, dict(indices))

    def _value(self, term: Term, indices: dict[Idx, int]) -> Value:
        key = (id(term), tuple([indices[index] for index in self._free[id(term)]]))
        known = self._known.get(key)
        if known is None:
            self._budget.spend()
            known = self._known[key] = self._compute(term, indices)
        return known

    def _compute(self, term: Term, indices: dict[Idx, int]) -> Value:
        arithmetic = self._arithmetic
        match term:
            case Num():
                return arithmetic.number(term.value)
            case Size():
                return arithmetic.number(Fraction(term.extent.at(self._sizes)))
            case Entry():
                return arithmetic.entry(term.variable, _at(term.subscripts, indices))
            case Delta():
                row, column = _at((term.row, term.column), indices)
                return arithmetic.number(Fraction(int(row == column)))
            case Add():
                return self._sum(term.terms, indices)
            case Mul():
                return self._product(term.factors, indices)
            case Pow():
                return arithmetic.power(self._value(term.base, indices), term.exponent)
            case Exp():
                return arithmetic.exp(self._value(term.argument, indices))
            case Log():
                return arithmetic.log(self._value(term.argument, indices))
            case Fn():
                return arithmetic.function(term.symbol, term.order, self._value(term.argument, indices))
            case Sum():
                values = self._over(term.index, term.body, indices)
                total = values[0]
                for value in values[1:]:
                    total = arithmetic.add(total, value)
                return total
            case Max():
                return arithmetic.largest(self._over(term.index, term.body, indices))
            case Mean():
                return self._expected(term.body, indices, {})
            case Dep():
                by = [(slot, _at(subscripts, indices)) for slot, subscripts in term.by]
                return arithmetic.dependence(term.symbol, by, [self._slot(slot, indices) for slot in term.slots])
            case Inverse():
                row, column = _at((term.row, term.column), indices)
                return self._inverted(self._slot(term.slot, indices), row, column)
            case _:
                assert_never(term)

    def _sum(self, terms: tuple[Term, ...], indices: dict[Idx, int]) -> Value:
        total = self._value(terms[0], indices)
        for term in terms[1:]:
            total = self._arithmetic.add(total, self._value(term, indices))
        return total

    def _product(self, factors: tuple[Term, ...], indices: dict[Idx, int]) -> Value:
        """The product; a delta that is 0 still lets the other factors be evaluated: they must be defined."""
        product = self._value(factors[0], indices)
        for factor in factors[1:]:
            product = self._arithmetic.mul(product, self._value(factor, indices))
        return product

    def _over(self, index: Idx, body: Term, indices: dict[Idx, int]) -> list[Value]:
        values = range(1, index.extent.at(self._sizes) + 1)
        if len(values) == 0:
            raise OutsideDomain
        return [self._value(body, {**indices, index: value}) for value in values]

    def _expected(self, body: Term, indices: dict[Idx, int], outcome: Mapping[Place, Fraction]) -> Value:
        """The sum over all outcomes of probability times value; each entry is drawn when the value first needs it."""
        arithmetic = self._arithmetic
        here = Evaluation(arithmetic.at(replace(arithmetic.point, outcome=outcome)), self._sizes, self._budget)
        here._free = self._free
        try:
            return here.of(body, indices)
        except Undrawn as undrawn:
            law = arithmetic.point.laws[undrawn.place]
        parts = [
            arithmetic.mul(arithmetic.number(chance), self._expected(body, indices, {**outcome, **values}))
            for chance, values in law
        ]
        total = parts[0]
        for part in parts[1:]:
            total = arithmetic.add(total, part)
        return total

    def _inverted(self, matrix: dict[tuple[int, ...], Value], row: int, column: int) -> Value:
        """An entry of the inverse, by elimination: A x = e_column is solved for x_row."""
        arithmetic = self._arithmetic
        zero, one, minus_one = (arithmetic.number(Fraction(each)) for each in (0, 1, -1))
        size = max(down for down, _ in matrix)
        rows = [
            [*(matrix[down, across] for across in range(1, size + 1)), one if down == column else zero]
            for down in range(1, size + 1)
        ]
        for place in range(size):
            pivot, inverse = self._pivot(rows, place)
            rows[place], rows[pivot] = rows[pivot], rows[place]
            rows[place] = [arithmetic.mul(inverse, each) for each in rows[place]]
            for other in range(size):
                if other != place:
                    self._budget.spend()
                    factor = arithmetic.mul(minus_one, rows[other][place])
                    rows[other] = [
                        arithmetic.add(own, arithmetic.mul(factor, each))
                        for own, each in zip(rows[other], rows[place], strict=True)
                    ]
        return rows[row - 1][size]

    def _pivot(self, rows: list[list[Value]], place: int) -> tuple[int, Value]:
        """A row at or below a place whose entry there has an inverse, and that; there is none in a singular matrix."""
        for candidate in range(place, len(rows)):
            with suppress(OutsideDomain):
                return candidate, self._arithmetic.power(rows[candidate][place], -1)
        raise OutsideDomain

    def _slot(self, slot: Slot, indices: dict[Idx, int]) -> dict[tuple[int, ...], Value]:
        places: list[dict[Idx, int]] = [{}]
        for index in slot.indices:
            if isinstance(index, Idx):
                many = range(1, index.extent.at(self._sizes) + 1)
                places = [{**place, index: value} for place in places for value in many]
        return {_at(slot.indices, place): self._value(slot.body, {**indices, **place}) for place in places}


def _at(subscripts: tuple[Subscript, ...], indices: Mapping[Idx, int]) -> tuple[int, ...]:
    return tuple(indices[each] if isinstance(each, Idx) else each for each in subscripts)
