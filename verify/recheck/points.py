"""Real points by a seed that meet the hypotheses, as far as choosing entries can do that."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb

from verify.recheck.chance import lots_by
from verify.recheck.instance import Instance, drawn
from verify.recheck.real import Balls, Exact
from verify.recheck.stated import Solved, Stated
from verify.recheck.table import Index, Undefined, frozen, size_of

# So many points are all zeros, all ones, where what is attained at all is often attained; they may only reject.
SIMPLE = 2


def may_hold(stated: Stated, here: Instance) -> bool:
    """Whether no equation among the hypotheses certainly fails, and the inequalities hold."""
    for each in stated.record["given"]:
        left, right = (here.all_of(frozen(each["indices"]), each[side]) for side in ("left", "right"))
        if any(not (left[own] - right[own]).contains(0) for own in left):
            return False
    return inequalities_hold(stated, here)


def inequalities_hold(stated: Stated, here: Instance) -> bool:
    """Whether all inequalities among the hypotheses hold for certain."""
    for place, strict, indices in stated.record["inequalities"]:
        values = here.all_of(frozen(indices), place).values()
        if not all(value > 0 or (value >= 0 and not strict) for value in values):
            return False
    return True


def real_numbers(stated: Stated, sizes: Mapping[str, int], seed: int) -> Balls:
    """Small numbers by a seed, positive for every other one; those with a total, as parts of it."""

    def small(*labels: object) -> Fraction:
        if seed < SIMPLE:
            return Fraction(seed)
        return Fraction(drawn(seed, *labels) % 33 - (16 if seed % 2 else -1), 8)

    def away_from_zero(value: Fraction, *labels: object) -> Fraction:
        """A positive number, as often below 1 as above: logarithms have either sign."""
        size = abs(value) or Fraction(1)
        return 1 / size if drawn(seed, "inverse", *labels) % 2 else size

    def entry(variable: Any, own: tuple[int, ...]) -> Any:
        if (variable, own) in tried:
            return tried[variable, own]
        for equation in stated.solved:
            bound = equation.at(variable, own)
            if bound is not None:
                constant, slope = (apart(equation, bound, (variable, own), trial) for trial in (0, 1))
                slope = slope - constant
                if slope != 0:
                    return -constant / slope
        if variable not in stated.totals:
            value = small(variable, own)
            return away_from_zero(value, variable, own) if variable in positive else value
        axis, total = stated.totals[variable]
        row = [(*own[:axis], each, *own[axis + 1 :]) for each in range(1, size_of(variable[1][axis], sizes) + 1)]
        signed = seed % 2 and variable not in positive
        weights = {place: small(variable, place) or Fraction(1) for place in row}
        weights = weights if signed else {place: abs(weight) for place, weight in weights.items()}
        if sum(weights.values()) == 0:
            raise Undefined
        return total * weights[own] / sum(weights.values())

    def apart(equation: Solved, bound: Mapping[Index, int], of: tuple[Any, tuple[int, ...]], trial: int) -> arb:
        """How far apart the sides are, where the entry is 0 or 1: they are affine in it."""
        tried[of] = Fraction(trial)
        here = Instance(stated.table, sizes, numbers)
        found: arb = here.of(equation.left, bound) - here.of(equation.right, bound)
        del tried[of]
        return found

    tried: dict[tuple[Any, tuple[int, ...]], Fraction] = {}
    positive = frozen(stated.record["positive"])
    numbers = Balls(entry, lambda symbol: [drawn(seed, symbol, each) % 7 - 3 for each in range(8)], small, 1)
    numbers.lots = lots_by(stated.record["random"], Instance(stated.table, sizes, Exact(entry)), small)
    return numbers
