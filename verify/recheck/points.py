"""Real points by a seed that meet the hypotheses, as far as choosing entries can do that."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.recheck.chance import lots_by
from verify.recheck.instance import Instance, drawn
from verify.recheck.real import Balls, Exact
from verify.recheck.stated import Stated
from verify.recheck.table import frozen, size_of


def may_hold(stated: Stated, here: Instance) -> bool:
    """Whether no hypothesis certainly fails."""
    for each in stated.record["given"]:
        left, right = (here.all_of(frozen(each["indices"]), each[side]) for side in ("left", "right"))
        if any(not (left[own] - right[own]).contains(0) for own in left):
            return False
    return True


def real_numbers(stated: Stated, sizes: Mapping[str, int], seed: int) -> Balls:
    """Small numbers by a seed, positive for every other one; those with a total, as parts of it."""

    def small(*labels: object) -> Fraction:
        return Fraction(drawn(seed, *labels) % 33 - (16 if seed % 2 else -1), 8)

    def entry(variable: Any, own: tuple[int, ...]) -> Any:
        for told, at, place in stated.meanings:
            bound = {each: value for each, value in zip(at, own, strict=False) if each != value}
            if told == variable and not any(isinstance(each, int) for each in bound):
                return Instance(stated.table, sizes, numbers).of(place, bound)
        if variable not in stated.totals:
            value = small(variable, own)
            return abs(value) or Fraction(1) if variable in positive else value
        axis, total = stated.totals[variable]
        row = [(*own[:axis], each, *own[axis + 1 :]) for each in range(1, size_of(variable[1][axis], sizes) + 1)]
        weights = {place: abs(small(variable, place)) or Fraction(1) for place in row}
        return total * weights[own] / sum(weights.values())

    positive = frozen(stated.record["positive"])
    numbers = Balls(entry, lambda symbol: [drawn(seed, symbol, each) % 7 - 3 for each in range(8)], small, 1)
    numbers.lots = lots_by(stated.record["random"], Instance(stated.table, sizes, Exact(entry)), small)
    return numbers
