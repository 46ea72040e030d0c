"""A name that stands for another one of its shape: z for h, W for x; and a number that is another."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from verify.diagnose.edit import Edit, Material, is_inner, weight
from verify.diagnose.place import Place
from verify.language import (
    Add,
    Call,
    Defined,
    Delta,
    Derivative,
    Entry,
    Expression,
    Index,
    Member,
    Mismatch,
    Name,
    Number,
    Recursive,
    shape,
)
from verify.language.layers import Leveled
from verify.language.shape import is_scalar, same_shape

NAMED = (Name, Defined, Entry, Member, Recursive, Leveled)


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """Another name, another number, a delta or a one-hot vector for a number."""
    part = place.part
    if place.is_subscript or (place.is_derived and not isinstance(part, Name | Defined | Entry | Leveled | Recursive)):
        return
    match part:
        case Number():
            yield from _numbers(part, place, material)
        case Name() | Defined() | Entry() | Member() | Recursive() | Leveled() | Call():
            yield from _others(part, place, material)
        case Delta():
            yield Edit("case", Number(1))
            yield Edit("case", Number(0))
        case _:
            return


def _numbers(part: Number, place: Place, material: Material) -> Iterator[Edit]:
    value = part.value
    near = (value + 1, value - 1, value * 2, value / 2, Number(4).value * value)
    for other in dict.fromkeys(near):
        if other != value and value != -1:
            yield Edit("number", Number(other))
    if place.is_exponent:
        return
    if value == -1:
        return
    for piece in material.here(place):
        match piece:
            case Defined(symbol="e") | Entry(tensor=Defined(symbol="e")):
                yield Edit("one-hot", piece)
            case Delta():
                yield Edit("case", piece)
            case Name() | Defined() if isinstance(place.around, Add) and not is_scalar_piece(piece):
                yield Edit("name", piece, weight(piece) + 1)
            case _ if is_scalar_piece(piece) and not isinstance(piece, Number) and not is_inner(piece):
                yield Edit("name", piece, weight(piece) + 1)


def is_scalar_piece(piece: Expression) -> bool:
    """Whether a piece is a number."""
    own = shape(piece)
    return not isinstance(own, Mismatch) and is_scalar(own)


def _others(part: Expression, place: Place, material: Material) -> Iterator[Edit]:
    own = shape(part)
    if isinstance(own, Mismatch):
        return
    for piece in material.here(place):
        other = shape(piece)
        if piece == part or isinstance(other, Mismatch) or isinstance(piece, Index | Number) or is_inner(piece):
            continue
        if isinstance(piece, Delta) and is_scalar(own):
            yield Edit("case", piece, 2)
        if isinstance(piece, NAMED + (Call, Derivative)) and len(own) == len(other):
            code = "argument" if is_related(part, piece) else "name"
            if same_shape(own, other) or not is_scalar(own):
                # What is derived, and by what, is seldom confused.
                yield Edit(code, piece, weight(piece) + place.is_derived)


def is_related(part: Basic, piece: Basic) -> bool:
    """Whether one of two names is a function of the other: h = f(z)."""
    first, second = (each.tensor if isinstance(each, Entry) else each for each in (part, piece))
    return any(
        isinstance(value, Defined) and isinstance(value.meaning, Call) and value.meaning.argument == argument
        for value, argument in ((first, second), (second, first))
    )
