"""Terms made ready to be evaluated at many points: a step for each subterm, a register for each index.

A step takes an evaluation, which knows the point and the sizes, and gives the subterm's value where the indices have
the values that stand in the registers. A statement has one program, which all evaluations of it share.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, assert_never

from flint import fmpq

from verify.kernel.contents import free, free_of_slot
from verify.kernel.point import as_fmpq
from verify.kernel.steps import (
    Registers,
    Step,
    kept,
    largest_over,
    product_of,
    remembered,
    sum_over,
    total_of,
)
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
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

if TYPE_CHECKING:
    from verify.kernel.evaluate import Evaluation


class Program:
    """The steps of the terms met so far, and the registers of their indices; a number as a subscript has one too."""

    def __init__(self) -> None:
        self.registers: list[int] = []
        self.extents: list[Extent] = []
        self._register_of: dict[Subscript, int] = {}
        self._end_of: dict[Extent, int] = {}
        self._number_of: dict[Variable, int] = {}
        self._steps: dict[int, Step] = {}
        self._slots: dict[tuple[tuple[Subscript, ...], int], Step] = {}
        self._kept: list[Term] = []
        self._numbers = 0

    def step(self, term: Term) -> Step:
        """The step of a term."""
        known = self._steps.get(id(term))
        if known is None:
            known = self._steps[id(term)] = self._made(term)
            self._kept.append(term)  # an identity is only a name while its object lives
        return known

    def register(self, subscript: Subscript) -> int:
        """The register that holds the value of a subscript."""
        known = self._register_of.get(subscript)
        if known is None:
            known = self._register_of[subscript] = len(self.registers)
            self.registers.append(subscript if isinstance(subscript, int) else 0)
        return known

    def _registers(self, subscripts: tuple[Subscript, ...]) -> Registers:
        return tuple(map(self.register, subscripts))

    def _end(self, extent: Extent) -> int:
        """The number by which an evaluation knows what an index runs to."""
        known = self._end_of.get(extent)
        if known is None:
            known = self._end_of[extent] = len(self.extents)
            self.extents.append(extent)
        return known

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _made(self, term: Term) -> Step:
        match term:
            case Delta():
                return self._delta(term)
            case Entry():
                return self._entry(term.variable, self._registers(term.subscripts))
            case _:
                return remembered(self._number(), self._registers(free(term)), self._computed(term))

    def _delta(self, term: Delta) -> Step:
        row, column = self._registers((term.row, term.column))
        return lambda run: run.one if run.registers[row] == run.registers[column] else run.zero

    def _running(self, body: Term) -> Step:
        """The step of what is taken for many values of an index: there a delta counts as a step, too."""
        if isinstance(body, Delta):
            return remembered(self._number(), self._registers(free(body)), self._delta(body))
        return self.step(body)

    def _entry(self, variable: Variable, at: Registers) -> Step:
        """Entries of one variable are known by its number, wherever they stand."""
        if variable not in self._number_of:
            self._number_of[variable] = self._number()
        return remembered(
            self._number_of[variable], at, lambda run: run.entry(variable, tuple([run.registers[each] for each in at]))
        )

    def _computed(self, term: Term) -> Step:
        match term:
            case Num():
                value = as_fmpq(term.value)
                return lambda run: run.number(value)
            case Size():
                end = self._end(term.extent)
                return lambda run: run.number(fmpq(run.end(end)))
            case Add():
                return total_of(tuple(map(self.step, term.terms)))
            case Mul():
                return product_of(tuple(map(self.step, term.factors)))
            case Pow():
                base, exponent = self.step(term.base), term.exponent
                return lambda run: run.power(base(run), exponent)
            case Exp():
                exponential = self.step(term.argument)
                return lambda run: run.arithmetic.exp(exponential(run))
            case Log():
                logged = self.step(term.argument)
                return lambda run: run.arithmetic.log(logged(run))
            case Fn():
                symbol, order, argument = term.symbol, term.order, self.step(term.argument)
                return lambda run: run.arithmetic.function(symbol, order, argument(run))
            case Sum():
                return sum_over(self.register(term.index), self._end(term.index.extent), self._running(term.body))
            case Max():
                return largest_over(self.register(term.index), self._end(term.index.extent), self._running(term.body))
            case Mean():
                body = self.step(term.body)
                return lambda run: run.expected(body, {})
            case Dep():
                return self._dependence(term)
            case Inverse():
                row, column, slot = self.register(term.row), self.register(term.column), self._slot(term.slot)
                return lambda run: run.inverted(slot(run), run.registers[row], run.registers[column])
            case Entry() | Delta():
                raise AssertionError("an entry, or a delta, has a step of its own")
            case _:
                assert_never(term)

    def _dependence(self, term: Dep) -> Step:
        by = tuple((slot, self._registers(subscripts)) for slot, subscripts in term.by)
        slots = tuple(map(self._slot, term.slots))

        def dependence(run: Evaluation[Any]) -> Any:
            at = [(slot, tuple([run.registers[each] for each in places])) for slot, places in by]
            return run.arithmetic.dependence(term.symbol, at, [slot(run) for slot in slots])

        return dependence

    def _slot(self, slot: Slot) -> Step:
        """The values of a slot at all places; slots of the same indices and the same body have one step."""
        key = (slot.indices, id(slot.body))
        known = self._slots.get(key)
        if known is None:
            known = self._slots[key] = self._places(slot)
            self._kept.append(slot.body)
        return known

    def _places(self, slot: Slot) -> Step:
        body = self._running(slot.body)
        at = self._registers(slot.indices)
        running = [(self.register(each), self._end(each.extent)) for each in slot.indices if isinstance(each, Idx)]

        def values(run: Evaluation[Any]) -> dict[tuple[int, ...], Any]:
            held = run.registers
            before = [held[register] for register, _ in running]
            found: dict[tuple[int, ...], Any] = {}
            for chosen in product(*(range(1, run.end(end) + 1) for _, end in running)):
                for (register, _), value in zip(running, chosen, strict=True):
                    held[register] = value
                found[tuple([held[each] for each in at])] = body(run)
            for (register, _), value in zip(running, before, strict=True):
                held[register] = value
            return found

        return kept(self._number(), self._registers(free_of_slot(slot)), values)
