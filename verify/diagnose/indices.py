"""A wrong index, or a bound that is off."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import Edit, Material
from verify.diagnose.parts import atoms
from verify.diagnose.place import Place
from verify.language import Array, Defined, Delta, Dimension, Entry, Expression, Index, Node, Number, Range
from verify.language.binders import Binder
from verify.language.layers import Leveled, Member, Recursive, Width


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """Other indices, other bounds, the level before or after."""
    part = place.part
    match part:
        case Index() if place.is_subscript or isinstance(place.around, Delta | Defined):
            for other in material.usable(place):
                if other != part and other.dimension == part.dimension:
                    yield Edit("index", other)
            yield Edit("index", Number(1), 2)
        case Number() if place.is_subscript:
            yield Edit("bound", Number(part.value + 1))
            if part.value > 1:
                yield Edit("bound", Number(part.value - 1))
            for other in material.usable(place):
                yield Edit("index", other)
        case Entry() if len(part.subscripts) == 2 and not place.is_derived:
            yield Edit("index", Entry(part.tensor, *_exchanged(part.subscripts, place)))
        case Dimension() if not place.is_derived:
            for piece in material.pieces:
                if isinstance(piece, Dimension) and piece != part:
                    yield Edit("dimension", piece)
        case Member() | Leveled() | Recursive():
            yield from (Edit("index", moved(part, by)) for by in (1, -1) if atoms(part.level, Index))
        case Binder() if not isinstance(part, Array):
            yield from _bounds(part, material)
        case _:
            pass
    if place.is_root:
        yield from _renamed(part, material)


def _exchanged(subscripts: tuple[Expression, ...], place: Place) -> tuple[Expression, ...]:
    """Two subscripts exchanged; a free index then runs as far as the axis that it comes to."""
    first, second = subscripts
    match first, second:
        case Index(), Index() if not {first, second} & set(place.scope):
            return Index(second.symbol, first.dimension), Index(first.symbol, second.dimension)
        case _:
            return second, first


def _bounds(part: Binder, material: Material) -> Iterator[Edit]:
    """The index runs to another end."""
    over = part.dimensions[0]
    if isinstance(over, Range):
        for low, high in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            yield Edit("bound", part.over(Range(_plus(over.low, low), _plus(over.high, high))))
        return
    for piece in material.pieces:
        if isinstance(piece, Dimension) and piece != over:
            yield Edit("bound", part.over(piece))


def _plus(end: Expression, by: int) -> Expression:
    return end if by == 0 else end + by if by > 0 else end - (-by)


def moved(part: Member | Leveled | Recursive, by: int) -> Node:
    """The same of the level after, or before."""
    level: dict[Node, Node] = {each: _plus(each, by) for each in atoms(part.level, Index)}
    return part.xreplace(level)


def _renamed(part: Expression, material: Material) -> Iterator[Edit]:
    """One free index for another, everywhere."""
    own = sorted(atoms(part, Index), key=str)
    for index in own:
        for other in material.indices:
            if other != index and other.dimension == index.dimension:
                yield Edit("index", part.xreplace({index: other}))
    dimensions = [each for each in material.pieces if isinstance(each, Dimension | Width)]
    if not own and any(isinstance(each, Dimension) for each in atoms(part, Dimension)) and not atoms(part, Entry):
        for first in dimensions:
            for second in dimensions:
                if str(first) < str(second):
                    yield Edit("dimension", part.xreplace({first: second, second: first}))
