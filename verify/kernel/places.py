"""Where an entry stands on an axis that is made of others: at a subscript for each of those.

A place is a number of the axis laid out flat, written with one subscript for each of the axes that it is made of, the
outermost first. What has axes of other lengths in it cannot be asked for the entry there: the number would have to be
computed from the subscripts, and terms cannot.
"""

from __future__ import annotations

from functools import lru_cache

from verify.kernel.term import ONE_WIDE, Extent, Idx, Kind, Subscript, Term, Unsupported, Variable, delta, extent, mul
from verify.language import Expression, Name, Number
from verify.language.kronecker import Paired, parts_of

Place = Subscript | tuple[Subscript, ...]
At = tuple[Place, ...]


def extents(axes: tuple[Expression, ...]) -> tuple[Extent, ...]:
    """The lengths of all axes that axes are made of."""
    return tuple(extent(part) for axis in axes for part in parts_of(axis))


@lru_cache(maxsize=4096)
def variable_of(name: Name) -> Variable:
    """The variable that a name is, with all axes that those of its shape are made of."""
    return Variable(name.symbol, extents(name.declared))


class Folded(Unsupported):
    """A place on an axis whose subscripts are not those of the axis."""


def finest(left: tuple[Expression, ...], right: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The axes of two shapes that agree: where one of them is made of others, and the other is not said to be, those.

    >>> from verify.language import dims
    >>> from verify.language.kronecker import paired
    >>> m, n = dims("m n")
    >>> finest((m * n, n), (paired(m, n), n))[0].factors
    (m, n)
    """
    if len(left) != len(right) or not any(isinstance(axis, Paired) for axis in right):
        return left
    return tuple(
        two if isinstance(two, Paired) and not isinstance(one, Paired) else one
        for one, two in zip(left, right, strict=True)
    )


def free_places(axes: tuple[Expression, ...]) -> At:
    """Free indices for the axes of a shape: the entry of a vector, the row and column of a matrix.

    On an axis that is made of others, ``row 1`` is the outermost, that of the first factor.
    """
    if len(axes) == 2 and Number(1) in axes:
        names: tuple[str, ...] = ("entry", "entry")
    else:
        names = ("row", "column") if len(axes) == 2 else tuple(f"axis {place}" for place in range(1, len(axes) + 1))
    return tuple(_free(axis, name) for axis, name in zip(axes, names, strict=True))


def _free(axis: Expression, name: str) -> Place:
    if axis == Number(1):
        return 1
    if not isinstance(axis, Paired):
        return Idx(Kind.FREE, name, 1, extent(axis))
    return tuple(Idx(Kind.FREE, f"{name} {part}", 1, extent(each)) for part, each in enumerate(axis.factors, start=1))


def flat(at: At) -> tuple[Subscript, ...]:
    """All subscripts of places."""
    return tuple(each for place in at for each in (place if isinstance(place, tuple) else (place,)))


def on_axes(at: At, axes: tuple[Expression, ...]) -> tuple[Subscript, ...]:
    """The subscripts of places, one for each axis that these are made of; raises :class:`Folded` where they are not."""
    return tuple(each for place, axis in zip(at, axes, strict=True) for each in _on_axis(place, axis))


def _on_axis(place: Place, axis: Expression) -> tuple[Subscript, ...]:
    if not isinstance(axis, Paired):
        if isinstance(place, tuple):
            raise Folded(f"an axis of length {axis} that meets one made of others")
        return (place,)
    if _is_first(place):
        return (1,) * len(axis.factors)
    if not isinstance(place, tuple) or tuple(map(_length, place)) != extents((axis,)):
        raise Folded(f"an axis made of {', '.join(map(str, axis.factors))} that meets another of its length")
    return place


def _is_first(place: Place) -> bool:
    """Whether a place is the first of an axis, whatever that is made of."""
    return all(each == 1 for each in flat((place,)))


def _length(subscript: Subscript) -> Extent:
    """What a subscript runs to; a number that stands beside indices is the one entry of its axis."""
    return subscript.extent if isinstance(subscript, Idx) else ONE_WIDE


def gathered(subscripts: tuple[Subscript, ...], axes: tuple[Expression, ...]) -> At:
    """The places that :func:`on_axes` took apart."""
    given = iter(subscripts)
    return tuple(tuple(next(given) for _ in axis.factors) if isinstance(axis, Paired) else next(given) for axis in axes)


def parted(subscripts: tuple[Subscript, ...], axes: tuple[Expression, ...]) -> At:
    """The subscripts of an axis given out to those that it is made of; one of length one has its one entry."""
    longer = iter(gathered(subscripts, tuple(axis for axis in axes if axis != Number(1))))
    return tuple(1 if axis == Number(1) else next(longer) for axis in axes)


def deltas(row: Place, column: Place) -> Term:
    """1 where two places are the same, and 0 elsewhere; raises :class:`Folded` where that is not told."""
    if not isinstance(row, tuple) and not isinstance(column, tuple):
        return delta(row, column)
    rows, columns = flat((row,)), flat((column,))
    if _is_first(row) or _is_first(column):
        return mul(*(delta(each, 1) for each in (columns if _is_first(row) else rows)))
    if tuple(map(_length, rows)) != tuple(map(_length, columns)):
        raise Folded("two indices that count along one axis in different ways")
    return mul(*map(delta, rows, columns))
