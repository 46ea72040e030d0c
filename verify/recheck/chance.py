"""Lots: what is drawn together, each outcome with its probability; and whether they meet the hypotheses on moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from verify.recheck.instance import Instance, bound_to
from verify.recheck.real import Key, Lot, key
from verify.recheck.table import Undefined, frozen

Draw = Callable[..., Fraction]


def entries(random: Mapping[str, Any], here: Instance) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """Every random entry at an instance."""
    for variable in frozen(random["variables"]):
        for own in here.every_place(variable):
            yield variable, own


def given(random: Mapping[str, Any], here: Instance, variable: Any, own: tuple[int, ...]) -> dict[str, Fraction]:
    """The moments that hypotheses give for an entry."""
    found = {}
    for kind, of, at, place in frozen(random["moments"]):
        if of == variable:
            indices = bound_to(at, own)
            if indices is not None:
                found[kind] = here.of(place, indices)
    return found


def lots_of(witness: Mapping[str, Any]) -> list[Lot]:
    """The lots of a witness."""
    found: list[Lot] = []
    for chance in witness["chances"]:
        keys: list[Key] = [(symbol, tuple(own)) for symbol, own in chance["entries"]]
        outcomes = [(p, dict(zip(keys, map(Fraction, values), strict=True))) for p, values in chance["outcomes"]]
        found.append([(Fraction(p), values) for p, values in outcomes])
    return found


def meet(random: Mapping[str, Any], lots: Sequence[Lot], here: Instance) -> bool:
    """Whether lots are distributions that meet the hypotheses exactly; raises :class:`Undefined`."""
    if any(sum(p for p, _ in lot) != 1 or any(p < 0 for p, _ in lot) for lot in lots):
        return False
    if random["independent"] and any(len(values) != 1 for lot in lots for _, values in lot):
        return False
    drawn = [name for lot in lots for name in lot[0][1]]
    allowed = {key(variable, own): (variable, own) for variable, own in entries(random, here)}
    if len(set(drawn)) != len(drawn) or not set(drawn) <= set(allowed):
        return False
    return all(_meets(given(random, here, *allowed[name]), lot, name) for lot in lots for name in lot[0][1])


def _meets(moments: Mapping[str, Fraction], lot: Lot, name: Key) -> bool:
    mean, square = (sum((p * values[name] ** power for p, values in lot), Fraction(0)) for power in (1, 2))
    actual = {"mean": mean, "square": square, "variance": square - mean**2}
    return all(actual[kind] == value for kind, value in moments.items())


def lots_by(random: Mapping[str, Any], here: Instance, small: Draw) -> list[Lot]:
    """Lots that meet the hypotheses: an entry is m + a or m - v / a. Raises :class:`Undefined` where none is found."""
    lots: list[Lot] = []
    for variable, own in entries(random, here):
        moments = given(random, here, variable, own)
        step, mean = small(variable, own, "step") or Fraction(1), small(variable, own, "mean")
        if "square" in moments and "mean" not in moments:
            mean = min(Fraction(1), moments["square"]) * mean / (1 + abs(mean))
        mean = moments.get("mean", mean)
        free = moments["square"] - mean**2 if "square" in moments else abs(small(variable, own, "variance"))
        variance = moments.get("variance", free)
        if variance < 0:
            raise Undefined
        name, first = key(variable, own), variance / (step**2 + variance)
        lots.append([(first, {name: mean + step}), (1 - first, {name: mean - variance / step})])
    return lots if random["independent"] else _joined(lots)


def _joined(lots: Sequence[Lot]) -> list[Lot]:
    """One lot, uniform on [0, 1): an entry takes its first value below the probability of that."""
    ends = sorted({Fraction(0), Fraction(1), *(lot[0][0] for lot in lots)})
    steps = list(pairwise(ends))
    return [[(high - low, {k: v for lot in lots for k, v in lot[high > lot[0][0]][1].items()}) for low, high in steps]]
