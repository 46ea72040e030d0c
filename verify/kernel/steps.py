"""Steps: what is done to evaluate one term, made from the steps of its parts.

A step takes an evaluation, which knows the point and the sizes, and gives a value where the indices have the values
that stand in the evaluation's registers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.kernel.evaluate import Evaluation

Step = Callable[["Evaluation[Any]"], Any]
Registers = tuple[int, ...]


def kept(number: int, registers: Registers, compute: Step) -> Step:
    """What is made once for all values of these registers, without counting a step."""

    def step(run: Evaluation[Any]) -> Any:
        held = run.registers
        key = (number, *[held[each] for each in registers])
        value = run.slots.get(key)
        if value is None:
            value = run.slots[key] = compute(run)
        return value

    return step


def remembered(number: int, registers: Registers, compute: Step) -> Step:
    """A step that is taken once for all values of these registers; the cases differ in the key alone, for speed."""
    match registers:
        case ():
            return _once(number, compute)
        case (only,):
            return _once_for_each(number, only, compute)
        case (first, second):
            return _once_for_each_pair(number, first, second, compute)
        case _:
            return _once_for_all(number, registers, compute)


def _once(number: int, compute: Step) -> Step:
    def step(run: Evaluation[Any]) -> Any:
        value = run.known.get(number)
        if value is None:
            run.spend()
            value = run.known[number] = compute(run)
        return value

    return step


def _once_for_each(number: int, register: int, compute: Step) -> Step:
    def step(run: Evaluation[Any]) -> Any:
        key = (number, run.registers[register])
        value = run.known.get(key)
        if value is None:
            run.spend()
            value = run.known[key] = compute(run)
        return value

    return step


def _once_for_each_pair(number: int, first: int, second: int, compute: Step) -> Step:
    def step(run: Evaluation[Any]) -> Any:
        held = run.registers
        key = (number, held[first], held[second])
        value = run.known.get(key)
        if value is None:
            run.spend()
            value = run.known[key] = compute(run)
        return value

    return step


def _once_for_all(number: int, registers: Registers, compute: Step) -> Step:
    def step(run: Evaluation[Any]) -> Any:
        held = run.registers
        key = (number, *[held[each] for each in registers])
        value = run.known.get(key)
        if value is None:
            run.spend()
            value = run.known[key] = compute(run)
        return value

    return step


def total_of(terms: tuple[Step, ...]) -> Step:
    """The sum of terms, from the left."""
    first, *others = terms

    def total(run: Evaluation[Any]) -> Any:
        add, value = run.add, first(run)
        for each in others:
            value = add(value, each(run))
        return value

    return total


def product_of(factors: tuple[Step, ...]) -> Step:
    """The product; a delta that is 0 still lets the other factors be evaluated: they must be defined."""
    first, *others = factors

    def multiplied(run: Evaluation[Any]) -> Any:
        mul, value = run.mul, first(run)
        for each in others:
            value = mul(value, each(run))
        return value

    return multiplied


def sum_over(register: int, end: int, body: Step) -> Step:
    """The sum over an index, from its first value on."""

    def total(run: Evaluation[Any]) -> Any:
        add, (value, *others) = run.add, run.over(register, end, body)
        for each in others:
            value = add(value, each)
        return value

    return total


def largest_over(register: int, end: int, body: Step) -> Step:
    """The largest value over an index."""
    return lambda run: run.arithmetic.largest(run.over(register, end, body))
