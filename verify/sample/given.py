"""Hypotheses: points are made to meet the equations among them, and tested for the rest.

An equation is met by solving it, exactly, for one entry in which it is affine: of ``sum_i y_i = 1`` for the
last y_i, of ``c = -max_i x_i`` for c. Positive tensors are scaled as a whole where that will do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from flint import arb

from verify.language import Interval, Link, Name, Relation
from verify.language.chance import is_moment
from verify.language.shape import shape_of
from verify.sample.balls import Balls, precision
from verify.sample.distributed import distributed, has_moment, simplest
from verify.sample.lots import about_chance
from verify.sample.points import Point, indices_of, parts, relates_indices
from verify.sample.tensor import Array, Unsampled
from verify.sample.walk import fit, value

# Enough for what is solved to be exact to the last bit that a comparison looks at.
BITS = 4200
ROUNDS = 32


def met(point: Point, given: tuple[Link, ...]) -> Point | None:
    """The point changed so that it meets the hypotheses, or nothing.

    They hold for all values of their indices if they can. Where an equation can hold for one value only, as
    ``y_i = delta_ik`` can for one k, that index is pinned to its chosen value.

    Raises :class:`~verify.sample.tensor.Unsampled` for hypotheses of a kind that cannot be met by construction.
    """
    if not given:
        return point
    equations = tuple(
        link
        for link in given
        if link.relation is Relation.EQUAL and not relates_indices(link) and not about_chance(link)
    )
    shared = [index for index in indices_of(*equations) if index in point.choice]
    with precision(BITS):
        for pinned in ({}, *({index: point.choice[index]} for index in shared)):
            solved = _solved(replace(point, pinned=pinned), equations)
            solved = None if solved is None else distributed(solved, given)
            if solved is not None and all(_holds(link, solved) for link in given):
                return solved
    return None


def broken(point: Point, given: tuple[Link, ...]) -> Link | None:
    """The first hypothesis that does not hold at a point, if there is one."""
    with precision(BITS):
        return next((link for link in given if not _holds(link, point)), None)


def _solved(point: Point, equations: tuple[Link, ...]) -> Point | None:
    """The point with one unknown after the other solved for, none of them twice."""
    solved: list[Unknown] = []
    for link in equations:
        for _ in range(ROUNDS):
            residual = _residual(link, point)
            broken_at = next((place for place in range(residual.size) if not residual.flat[place].contains(0)), None)
            if broken_at is None:
                break
            for unknown in _unknowns(link, point):
                solution = _solution(link, point, unknown, broken_at)
                if solution is not None:
                    break
            else:
                return None
            if unknown in solved:
                return None
            solved.append(unknown)
            point = unknown.put(point, solution)
    return point


@dataclass(frozen=True)
class Unknown:
    """What an equation is solved for: an entry of a name, counted along its rows, or the scale of all of it."""

    name: Name
    place: int | None

    def put(self, point: Point, number: Fraction) -> Point:
        """The point with this entry, or with all entries times this."""
        entries = point.inputs[self.name]
        if self.place is None:
            return point.with_input(self.name, np.asarray(entries * number, dtype=object))
        changed = entries.copy()
        changed.flat[self.place] = number
        return point.with_input(self.name, changed)


def _unknowns(link: Link, point: Point) -> Iterator[Unknown]:
    """What an equation may be solved for: the scale of a positive tensor, or one entry, the last first."""
    for name in (node for node in parts(link) if isinstance(node, Name)):
        if name in point.ground.positive:
            yield Unknown(name, None)
        for place in reversed(range(point.inputs[name].size)):
            yield Unknown(name, place)


def _solution(link: Link, point: Point, unknown: Unknown, place: int) -> Fraction | None:
    """The value at which this entry of the residual vanishes, if it is affine in the unknown."""
    at = [_residual(link, unknown.put(point, Fraction(step))).flat[place] for step in range(3)]
    slope = at[1] - at[0]
    if slope.contains(0) or not (at[2] - at[1] - slope).contains(0):
        return None
    return simplest(-at[0] / slope)


def _residual(link: Link, point: Point) -> Array:
    scope = point.scope(Balls, indices_of(link))
    left, right = link.left, link.right
    if isinstance(right, tuple | Interval):
        raise Unsampled(f"the hypothesis {link} is not met by construction")
    rank = max(len(shape_of(left)), len(shape_of(right)))
    first, second = (fit(value(side, scope), shape_of(side), rank, scope.depth) for side in (left, right))
    residual = first - second
    assert isinstance(residual, Balls)
    return residual.array


def _holds(link: Link, point: Point) -> bool:
    if is_moment(link):
        return has_moment(link, point)
    if relates_indices(link):
        return bool(point.allowed(point.scope(Balls)).any())
    if link.relation is not Relation.EQUAL:
        point = replace(point, pinned={})
    match link.relation:
        case Relation.EQUAL:
            return all(ball.contains(0) and ball.rad() < arb(2) ** (-BITS // 8) for ball in _residual(link, point).flat)
        case Relation.LESS:
            return all(ball < 0 for ball in _residual(link, point).flat)
        case Relation.AT_MOST:
            return all(ball <= 0 for ball in _residual(link, point).flat)
        case Relation.GREATER:
            return all(ball > 0 for ball in _residual(link, point).flat)
        case Relation.AT_LEAST:
            return all(ball >= 0 for ball in _residual(link, point).flat)
        case Relation.DISTINCT:
            return not any(ball.contains(0) for ball in _residual(link, point).flat)
        case Relation.MEMBER:
            return all(_holds(end, point) for end in ends(link))
        case Relation.INDEPENDENT:
            return all(len(lot.entries) == 1 for lot in point.lots)
        case Relation.RANDOM:
            return True
        case Relation.TENDS | Relation.SHAPE:
            raise Unsampled(f"the hypothesis {link} is not met by construction")


def ends(link: Link) -> Iterator[Link]:
    """Membership in an interval as bounds, one for each end."""
    interval = link.right
    if not isinstance(interval, Interval):
        raise Unsampled(f"the hypothesis {link} is not met by construction")
    if interval.low is not None:
        yield Link(link.left, Relation.AT_LEAST if interval.closed_low else Relation.GREATER, interval.low)
    if interval.high is not None:
        yield Link(link.left, Relation.AT_MOST if interval.closed_high else Relation.LESS, interval.high)
