"""Random entries at a point: lots that have the moments that hypotheses give, and whether lots have them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from flint import arb, fmpq

from verify.language import Entry, Index, Interval, Link, Name, Relation
from verify.language.chance import is_moment, moment_of
from verify.language.shape import shape_of
from verify.sample.balls import Balls
from verify.sample.lots import Lot, Place, lots
from verify.sample.points import Point
from verify.sample.scope import count_of
from verify.sample.tensor import Array, Unsampled
from verify.sample.walk import fit, value

# A solution that is a fraction with a smaller denominator is taken to be that fraction.
DENOMINATOR = 1 << 24


def distributed(point: Point, given: tuple[Link, ...], lots_told: tuple[Lot, ...] = ()) -> Point | None:
    """The point with lots for its random entries: those told, and others that meet the hypotheses; or nothing."""
    moments: dict[tuple[str, Name], Array] = {}
    for link in filter(is_moment, given):
        kind, named, numbers = _moment(link, point)
        if None in numbers.flat:
            return None
        moments[kind, named] = numbers
    made = lots(given, point.inputs, moments)
    if made is None:
        return None
    told = {place for lot in lots_told for place in lot.entries}
    return replace(point, lots=(*lots_told, *filter(None, (_without(lot, told) for lot in made))))


def _moment(link: Link, point: Point) -> tuple[str, Name, Array]:
    """What a hypothesis gives of which name, for each of its entries: an exact number, or None where undefined."""
    kind, of = moment_of(link.left) or ("", None)
    subscripts = of.subscripts if isinstance(of, Entry) else ()
    named = of.tensor if isinstance(of, Entry) else of
    indices = tuple(each for each in subscripts if isinstance(each, Index))
    right = link.right
    if (
        not isinstance(named, Name)
        or len(set(indices)) != len(subscripts)
        or link.relation is not Relation.EQUAL
        or isinstance(right, tuple | Interval)
    ):
        raise Unsampled(f"the hypothesis {link} is not met by construction")
    scope = replace(point, pinned={}).scope(Balls, indices)
    numbers = fit(value(right, scope), shape_of(right), 0, scope.depth)
    assert isinstance(numbers, Balls)
    counts = [count_of(index.dimension, point.sizes) for index in indices]
    everywhere: Array = np.broadcast_to(numbers.array, counts)
    exact = [simplest(ball) for ball in everywhere.flat]
    axes = tuple(count_of(axis, point.sizes) for axis in named.declared)
    return kind, named, np.array(exact, dtype=object).reshape(axes)


def has_moment(link: Link, point: Point) -> bool:
    """Whether every entry has the moment that a hypothesis gives, by the lots that are drawn."""
    kind, named, numbers = _moment(link, point)
    columns = {
        place: [(chance, values[position]) for chance, values in lot.outcomes]
        for lot in point.lots
        for position, place in enumerate(lot.entries)
    }
    for place, number in enumerate(numbers.flat):
        mean, square = (sum(chance * each**power for chance, each in columns[named, place]) for power in (1, 2))
        if number != {"mean": mean, "square": square, "variance": square - mean**2}[kind]:
            return False
    return True


def _without(lot: Lot, told: set[Place]) -> Lot | None:
    """A lot without entries that are drawn otherwise."""
    kept = [position for position, place in enumerate(lot.entries) if place not in told]
    outcomes = tuple((chance, tuple(values[position] for position in kept)) for chance, values in lot.outcomes)
    return Lot(tuple(lot.entries[position] for position in kept), outcomes) if kept else None


def simplest(ball: arb) -> Fraction | None:
    """The fraction of small denominator inside a ball, or else its midpoint."""
    if not ball.is_finite():
        return None
    mantissa, exponent = ball.mid().man_exp()
    middle = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    near = middle.limit_denominator(DENOMINATOR)
    return near if ball.contains(arb(fmpq(near.numerator, near.denominator))) else middle
