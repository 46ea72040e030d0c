"""A refutation, decided again at its witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.recheck.chance import lots_of, meet
from verify.recheck.form import Malformed
from verify.recheck.instance import Instance
from verify.recheck.outcome import Outcome
from verify.recheck.points import inequalities_hold
from verify.recheck.real import Balls, Entry, Exact
from verify.recheck.stated import Stated
from verify.recheck.table import Undefined, frozen, size_of
from verify.recheck.tested import is_true, require_defined


def witnessed(stated: Stated, witness: Mapping[str, Any]) -> Outcome:
    """Whether the hypotheses hold at the witness, and the sides are defined and differ there."""
    sizes = witness["sizes"]
    values = {index: witness["indices"][index[1]] for index in stated.indices}
    positive = frozenset(frozen(stated.record["positive"]))

    def entry(variable: Any, own: tuple[int, ...]) -> Fraction:
        """The entry given; one that is not does not matter, and is any number that it may be."""
        symbol, axes, _ = variable
        if symbol not in witness["inputs"]:
            return Fraction(1 if variable in positive else 0)
        return _entry(witness["inputs"][symbol], [size_of(axis, sizes) for axis in axes], own, f"inputs.{symbol}")

    def gradient(symbol: str, slot: int, lengths: tuple[int, ...], own: tuple[int, ...]) -> Fraction:
        slots = witness["gradients"].get(symbol, [])
        rows = slots[slot] if slot < len(slots) else None
        return Fraction(0) if rows is None else _entry(rows, lengths, own, f"gradients.{symbol}[{slot}]")

    def function(symbol: str) -> list[int]:
        if symbol not in witness["functions"]:
            raise Malformed("witness.functions", f"{symbol!r} is missing")
        return list(witness["functions"][symbol])

    lots = lots_of(witness)
    balls = Balls(entry, function, gradient, 0, lots)
    here, exactly = (Instance(stated.table, sizes, numbers) for numbers in (balls, Exact(entry)))
    try:
        if not _is_a_place(stated, values, sizes) or not _hypotheses_hold(stated, exactly, entry):
            return Outcome.REJECTED
        if not meet(stated.record["random"], lots, exactly) or not inequalities_hold(stated, here):
            return Outcome.REJECTED
        require_defined(stated, here, values)
        holds = is_true(stated, here, values)
    except Undefined:
        return Outcome.REJECTED
    if holds is None and not stated.is_equation and any(each.strict for each in stated.distances):
        return Outcome.LEFT  # no balls show that two numbers are the same
    return Outcome.DECIDED if holds is False else Outcome.REJECTED


def _is_a_place(stated: Stated, values: Mapping[Any, int], sizes: Mapping[str, int]) -> bool:
    """Whether the indices have values that they can have."""
    return stated.allows(values) and all(value <= size_of(index[3], sizes) for index, value in values.items())


def _hypotheses_hold(stated: Stated, here: Instance, entry: Entry) -> bool:
    """Whether the equations hold exactly, what is positive is so, and no dimension is too small."""
    for each in stated.record["given"]:
        left, right = (here.all_of(frozen(each["indices"]), each[side]) for side in ("left", "right"))
        if left != right:
            return False
    for variable in frozen(stated.record["positive"]):
        if any(entry(variable, own) <= 0 for own in here.every_place(variable)):
            return False
    return all(here.sizes.get(each, bound) >= bound for each, bound in stated.record["least"])


def _entry(rows: Sequence[Sequence[str]], lengths: Sequence[int], own: tuple[int, ...], at: str) -> Fraction:
    """An entry of an input, which is a matrix of its first axis against all others."""
    if any(each > length for each, length in zip(own, lengths, strict=True)):
        raise Undefined
    column = 0
    for length, each in zip(lengths[1:], own[1:], strict=True):
        column = column * length + each - 1
    row = own[0] - 1 if own else 0
    if row >= len(rows) or column >= len(rows[row]):
        raise Malformed(f"witness.{at}", f"there is no entry in row {row + 1}, column {column + 1}")
    return Fraction(rows[row][column])
