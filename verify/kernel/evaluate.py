"""Direct evaluation of a term at given sizes, over any arithmetic: the semantics that a normal form must agree with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Generic, Protocol, Self, TypeVar

from flint import fmpq

from verify.kernel.budget import Budget
from verify.kernel.compiled import Program
from verify.kernel.contents import free
from verify.kernel.point import Place, Point, Undrawn, as_fmpq
from verify.kernel.steps import Step
from verify.kernel.term import Idx, OutOfBudget, Term, Variable

Value = TypeVar("Value")

STEPS = 200_000

ZERO, ONE = fmpq(0), fmpq(1)


class OutOfReach(Exception):
    """This arithmetic has no exact value for the term: another one is needed."""


class OutsideDomain(Exception):
    """The term is not defined at this point, or it cannot be told that it is."""


class Arithmetic(Protocol[Value]):
    """Numbers to evaluate with. Its methods raise :class:`OutOfReach` or :class:`OutsideDomain`."""

    point: Point

    def at(self, point: Point) -> Self:
        """The same arithmetic at another point."""

    def number(self, value: fmpq) -> Value:
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
    """Evaluates terms at fixed sizes; the value of a subterm is remembered for the indices that it mentions.

    A program that is given is shared with other evaluations of the same terms.
    """

    def __init__(
        self,
        arithmetic: Arithmetic[Value],
        sizes: Mapping[str, int],
        budget: Budget | None = None,
        program: Program | None = None,
    ) -> None:
        self.arithmetic = arithmetic
        self.add, self.mul, self.power = arithmetic.add, arithmetic.mul, arithmetic.power
        self.number, self.entry = arithmetic.number, arithmetic.entry
        self.zero, self.one = arithmetic.number(ZERO), arithmetic.number(ONE)
        self.known: dict[object, Value] = {}
        self.slots: dict[tuple[int, ...], Mapping[tuple[int, ...], Value]] = {}
        self.registers: list[int] = []
        self._sizes = sizes
        self._budget = budget or Budget(STEPS)
        self.spend = self._budget.spend
        self._program = program or Program()
        self._ends: dict[int, int] = {}

    def of(self, term: Term, indices: Mapping[Idx, int]) -> Value:
        """The value of a term where its free indices have these values."""
        program = self._program
        step = program.step(term)
        if len(self.registers) < len(program.registers):
            self.registers.extend(program.registers[len(self.registers) :])
        for index in free(term):
            self.registers[program.register(index)] = indices[index]
        value: Value = step(self)
        return value

    def end(self, number: int) -> int:
        """What an index runs to, or a dimension as a number."""
        known = self._ends.get(number)
        if known is None:
            known = self._ends[number] = self._program.extents[number].at(self._sizes)
        return known

    def over(self, register: int, end: int, body: Step) -> list[Value]:
        """The values of a step while an index runs; there must be some."""
        last = self.end(end)
        if last < 1:
            raise OutsideDomain
        if last > STEPS:  # what does not depend on the index is computed once, but added up every time
            raise OutOfBudget
        held = self.registers
        before, values = held[register], []
        for held[register] in range(1, last + 1):
            values.append(body(self))
        held[register] = before
        return values

    def expected(self, body: Step, outcome: Mapping[Place, Fraction]) -> Value:
        """The sum over all outcomes of probability times value; each entry is drawn when the value first needs it."""
        arithmetic = self.arithmetic
        chosen = arithmetic.at(arithmetic.point.in_outcome(outcome))
        here = Evaluation(chosen, self._sizes, self._budget, self._program)
        here.registers = list(self.registers)
        try:
            value: Value = body(here)
        except Undrawn as undrawn:
            law = arithmetic.point.laws[undrawn.place]
        else:
            return value
        parts = [
            arithmetic.mul(arithmetic.number(as_fmpq(chance)), self.expected(body, {**outcome, **values}))
            for chance, values in law
        ]
        total = parts[0]
        for part in parts[1:]:
            total = arithmetic.add(total, part)
        return total

    def inverted(self, matrix: Mapping[tuple[int, ...], Value], row: int, column: int) -> Value:
        """An entry of the inverse, by elimination: A x = e_column is solved for x_row."""
        arithmetic = self.arithmetic
        zero, one, minus_one = self.zero, self.one, arithmetic.number(-ONE)
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
                    self.spend()
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
                return candidate, self.power(rows[candidate][place], -1)
        raise OutsideDomain
