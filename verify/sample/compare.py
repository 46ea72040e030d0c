"""Both sides of a link at one point: in floats first, and where those cannot tell, in balls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verify.language import Expression, Link, Shape
from verify.language.shape import shape_of
from verify.sample.balls import Balls, precision
from verify.sample.floats import Floats
from verify.sample.points import Point
from verify.sample.scope import count_of
from verify.sample.tensor import Comparison, Mask, Outside, Tensor, TooLarge
from verify.sample.walk import fit, value

# Differences at the first precision have some 400 bits left, at the second 1600: enough for e^-1000.
PRECISIONS = (700, 2800)


@dataclass(frozen=True)
class Told:
    """The sides agree at this point, up to this relative error."""

    relative_error: float


@dataclass(frozen=True)
class Separated:
    """The sides differ here, beyond the error of both: at these values of the free indices, in this entry."""

    indices: tuple[tuple[str, int], ...]
    entry: tuple[int, ...]
    left: float
    right: float


@dataclass(frozen=True)
class NotDefined:
    """A side is undefined or infinite here."""


@dataclass(frozen=True)
class Untold:
    """Neither floats nor balls can tell the sides apart, or show them equal."""

    why: str


Outcome = Told | Separated | NotDefined | Untold


def outcome(link: Link, right: Expression, point: Point) -> Outcome:
    """What the error bounds say of the two sides at this point."""
    try:
        with np.errstate(all="ignore", under="raise"):
            found = _told(compared(link, right, point, Floats)[0])
    except FloatingPointError:
        # A number fell below the smallest float, and its error bound with it.
        found = None
    except (TooLarge, Outside) as reason:
        return Untold(str(reason)) if isinstance(reason, TooLarge) else NotDefined()
    if found is not None:
        return found
    for bits in PRECISIONS:
        with precision(bits):
            try:
                comparison, left, other = compared(link, right, point, Balls)
            except TooLarge as reason:
                return Untold(str(reason))
            if comparison.differ.any():
                return separated(point, comparison.differ, left, other)
            found = _told(comparison)
        if found is not None:
            return found
    return Untold("floats and balls know the values too poorly there")


def shapes(left: Expression, claimed: Shape, point: Point) -> Told | Separated | NotDefined:
    """Whether the array of values has the lengths that are claimed; if not, the axis, and both lengths."""
    scope = point.scope(Floats, ())
    try:
        with np.errstate(all="ignore"):
            own = value(left, scope).shape
        expected = tuple(count_of(axis, point.sizes) for axis in claimed)
    except Outside:
        return NotDefined()
    own, expected = (() if set(axes) <= {1} and len(axes) <= 2 else axes for axes in (own, expected))
    if len(own) != len(expected):
        return Separated((), (), len(own), len(expected))
    apart = [axis for axis, (one, other) in enumerate(zip(own, expected, strict=True)) if one != other]
    return Separated((), (apart[0] + 1,), own[apart[0]], expected[apart[0]]) if apart else Told(0.0)


def compared(link: Link, right: Expression, point: Point, field: type[Tensor]) -> tuple[Comparison, Tensor, Tensor]:
    """The comparison of both sides at a point, where the hypotheses say something, and the sides."""
    scope = point.scope(field)
    rank = max(len(shape_of(link.left)), len(shape_of(right)))
    first = fit(value(link.left, scope), shape_of(link.left), rank, scope.depth)
    second = fit(value(right, scope), shape_of(right), rank, scope.depth)
    comparison = first.compared(second)
    allowed = point.allowed(scope)
    meant = allowed.reshape(allowed.shape + (1,) * (comparison.outside.ndim - allowed.ndim))
    return comparison.where(meant), first, second


def _told(comparison: Comparison) -> Told | NotDefined | None:
    """What a comparison settles, if it settles every entry that lies inside the domain."""
    if comparison.outside.all():
        return NotDefined()
    settled = comparison.agree | comparison.outside
    return Told(comparison.relative_error) if settled.all() else None


def separated(point: Point, differ: Mask, left: Tensor, right: Tensor) -> Separated:
    """The first place at which the sides differ."""
    place = [int(each) for each in np.argwhere(differ)[0]]
    free = [index for index in point.ground.indices if index not in point.pinned]
    scope = point.scope(Floats)
    values = dict(point.pinned)
    for axis, index in enumerate(free):
        values[index] = int(scope.indices[index].reshape(-1)[place[axis]])
    at = tuple(place)
    numbers = [np.broadcast_to(side.rounded(), differ.shape)[at] for side in (left, right)]
    entry = tuple(each + 1 for each in place[len(free) :])
    indices = tuple((index.symbol, values[index]) for index in point.ground.indices)
    return Separated(indices, entry, float(numbers[0]), float(numbers[1]))
