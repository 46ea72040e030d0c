"""Exact distributions at a point, which meet the hypotheses on what is random.

Every random entry takes two values, m + a and m - v / a, so that its mean is m and its variance v whatever
the number a is; as a varies from entry to entry, so do skewness and all else that the hypotheses leave open.
Independent entries are drawn each by itself; entries that may depend on one another, all by one lot.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product

from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.point import LAW, Law, Place, Point, as_fraction
from verify.kernel.randomness import Chances
from verify.kernel.term import Variable
from verify.language.chance import Given

# A pair of values, the first of them with this probability.
Pair = tuple[Fraction, Fraction, Fraction]


def laws(known: Chances, point: Point, sizes: Mapping[str, int]) -> dict[Place, Law] | None:
    """The distribution of each random entry; nothing if the point makes a variance negative or a moment undefined."""
    pairs: dict[Place, Pair] = {}
    for variable in known.variables:
        for subscripts in product(*(range(1, axis.at(sizes) + 1) for axis in variable.axes)):
            try:
                pair = _pair(known, point, sizes, variable, subscripts)
            except (OutOfReach, OutsideDomain):
                return None
            if pair is None:
                return None
            pairs[variable, subscripts] = pair
    if known.independent:
        return {place: _alone(place, pair) for place, pair in pairs.items()}
    return dict.fromkeys(pairs, _together(pairs))


def _pair(
    known: Chances, point: Point, sizes: Mapping[str, int], variable: Variable, subscripts: tuple[int, ...]
) -> Pair | None:
    """The two values of an entry: what is not given is drawn, a mean so that its square is at most the square's."""

    def told(kind: Given) -> Fraction | None:
        term = known.given(kind, variable, subscripts)
        return None if term is None else as_fraction(Evaluation(Exact(point), sizes).of(term, {}))

    def drawn(number: int) -> Fraction:
        return point.entry(Variable(variable.symbol, variable.axes, held=LAW + number), subscripts)

    step = drawn(0) or Fraction(1)
    mean, variance, square = told("mean"), told("variance"), told("square")
    if mean is None:
        mean = drawn(1) if square is None else min(Fraction(1), square) * drawn(1) / (1 + abs(drawn(1)))
    if variance is None:
        variance = abs(drawn(2)) if square is None else square - mean**2
    if variance < 0:
        return None
    return variance / (step**2 + variance), mean + step, mean - variance / step


def _alone(place: Place, pair: Pair) -> Law:
    probability, first, second = pair
    outcomes = ((probability, {place: first}), (1 - probability, {place: second}))
    return tuple(outcome for outcome in outcomes if outcome[0])


def _together(pairs: Mapping[Place, Pair]) -> Law:
    """One lot, uniform on [0, 1): below its own probability an entry takes its first value, above it the second."""
    ends = sorted({Fraction(0), Fraction(1), *(probability for probability, _, _ in pairs.values())})
    return tuple(
        (high - low, {place: first if high <= chance else second for place, (chance, first, second) in pairs.items()})
        for low, high in pairwise(ends)
    )
