"""Lots: how the sampler distributes random entries on finitely many values, so that they meet the hypotheses.

An entry takes two values. Independent entries are lots of their own; entries that may depend on one another
are one lot, a point of [0, 1) that falls to the first value of each at one of the two ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verify.language import Link, Name, Relation
from verify.language.chance import is_moment, listed, moment_of
from verify.sample.tensor import Array

# An entry of a name, by its place along the rows.
Place = tuple[Name, int]

STEP, MEAN, VARIANCE = "step", "mean", "variance"


@dataclass(frozen=True)
class Lot:
    """Entries that are drawn together: what may come of it, each with its probability and the values of all of them."""

    entries: tuple[Place, ...]
    outcomes: tuple[tuple[Fraction, tuple[Fraction, ...]], ...]


@dataclass(frozen=True)
class Marginal:
    """The distribution of one entry: the first value has this probability."""

    probability: Fraction
    first: Fraction
    second: Fraction


def random_names(given: Sequence[Link]) -> tuple[Name, ...]:
    """The names that hypotheses say to be random."""
    return tuple(dict.fromkeys(name for link in given for name in listed(link)))


def about_chance(link: Link) -> bool:
    """Whether a hypothesis says what is random, or gives a moment."""
    return bool(listed(link)) or is_moment(link)


def parameters(given: Sequence[Link]) -> tuple[Name, ...]:
    """The numbers to be drawn for each random name: a step, and the moments that no hypothesis gives."""
    told = {moment_of(link.left) for link in given if is_moment(link)}
    kinds = {(kind, getattr(of, "tensor", of)) for kind, of in filter(None, told)}
    found: list[Name] = []
    for name in random_names(given):
        found.append(parameter(name, STEP))
        if (MEAN, name) not in kinds:
            found.append(parameter(name, MEAN))
        if (VARIANCE, name) not in kinds and ("square", name) not in kinds:
            found.append(parameter(name, VARIANCE))
    return tuple(found)


def parameter(name: Name, kind: str) -> Name:
    """The name of a number that the distribution of each entry is made from."""
    return Name(f"{kind} of {name.symbol}", name.declared)


def lots(
    given: Sequence[Link], inputs: Mapping[Name, Array], moments: Mapping[tuple[str, Name], Array]
) -> tuple[Lot, ...] | None:
    """Lots with these moments, or nothing if a variance would be negative; what is left open is as drawn."""
    marginals: dict[Place, Marginal] = {}
    for name in random_names(given):
        steps = inputs[parameter(name, STEP)]
        means = moments[MEAN, name] if (MEAN, name) in moments else inputs[parameter(name, MEAN)]
        for place in range(steps.size):
            mean, step = Fraction(means.flat[place]), Fraction(steps.flat[place]) or Fraction(1)
            if ("square", name) in moments and (MEAN, name) not in moments:
                # Within [-1, 1], and within the square's mean where that is less, so that its square is less as well.
                mean = min(Fraction(1), moments["square", name].flat[place]) * mean / 3
            if (VARIANCE, name) in moments:
                variance = moments[VARIANCE, name].flat[place]
            elif ("square", name) in moments:
                variance = moments["square", name].flat[place] - mean * mean
            else:
                variance = abs(inputs[parameter(name, VARIANCE)].flat[place])
            if variance < 0:
                return None
            spread = variance / step
            marginals[name, place] = Marginal(spread / (step + spread), mean + step, mean - spread)
    if any(link.relation is Relation.RANDOM for link in given):
        return (_one_lot(marginals),)
    return tuple(_own_lot(place, marginal) for place, marginal in marginals.items())


def _own_lot(place: Place, marginal: Marginal) -> Lot:
    first, rest = marginal.probability, 1 - marginal.probability
    outcomes = ((first, (marginal.first,)), (rest, (marginal.second,)))
    return Lot((place,), tuple(outcome for outcome in outcomes if outcome[0]))


def _one_lot(marginals: Mapping[Place, Marginal]) -> Lot:
    """Every other entry takes its first value at the upper end, so that some rise together and some do not."""
    runs = [
        (Fraction(0), each.probability) if number % 2 == 0 else (1 - each.probability, Fraction(1))
        for number, each in enumerate(marginals.values())
    ]
    ends = sorted({Fraction(0), Fraction(1), *(end for run in runs for end in run)})
    outcomes = []
    for low, high in pairwise(ends):
        pairs = zip(runs, marginals.values(), strict=True)
        values = tuple(each.first if start <= low < end else each.second for (start, end), each in pairs)
        outcomes.append((high - low, values))
    return Lot(tuple(marginals), tuple(outcomes))
