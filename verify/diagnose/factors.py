"""A factor that is missing, or one too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from verify.diagnose.edit import MINUS, ONE, Edit, Material, factors_of, joined, negated, weight, without
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import (
    Array,
    Call,
    Defined,
    Delta,
    Entry,
    Expression,
    Hadamard,
    Mismatch,
    Mul,
    Name,
    Power,
    Transpose,
    shape,
)

# Taking something out is a small edit, however large it is.
HEAVIEST = 2


def marked(piece: Expression, code: str) -> str:
    """The code for a piece that is missing or too much: a delta is a case, a one-hot vector its own matter."""
    match piece:
        case Delta():
            return "case"
        case Defined(symbol="e"):
            return "one-hot"
        case Entry(tensor=Defined(symbol="e")):
            return "one-hot"
        case Mul() if len(piece.factors) == 2 and piece.factors[0] == MINUS:
            return marked(piece.factors[1], code)
        case _:
            return code


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """A factor more, and each factor less."""
    part = place.part
    if place.is_derived or place.is_subscript:
        return
    if isinstance(part, Mul | Hadamard):
        parts = part.factors
        for number, factor in enumerate(parts):
            if factor != MINUS:
                left = joined(type(part), without(parts, number))
                yield Edit(marked(factor, "extra-factor"), left, min(weight(factor), HEAVIEST))
    if isinstance(place.around, Mul) or isinstance(part, Array):
        return
    for piece in material.here(place):
        yield from _multiplied(part, piece, whole=place.is_root)


def _multiplied(part: Expression, piece: Expression, *, whole: bool) -> Iterator[Edit]:
    code, size = marked(piece, "missing-factor"), weight(piece)
    factors = factors_of(part)
    if not is_tensor(piece) and not isinstance(shape(piece), Mismatch):
        # What takes a factor away is no factor that is missing.
        below = piece.base if isinstance(piece, Power) and piece.exponent == MINUS else None
        if piece == ONE or below in factors or Power(piece, MINUS) in factors:
            return
        yield Edit(code, Mul(piece, *factors), size)
        if whole and isinstance(piece, Call):
            # The inner derivative of what has a minus sign in it.
            yield Edit(code, Mul(negated(piece), *factors), size + 1)
        if below is None and piece not in factors:
            yield Edit(code, Mul(*factors, Power(piece, MINUS)), size)
        return
    if not is_tensor(part) and not isinstance(shape(part), Mismatch):
        yield Edit(code, Mul(piece, *factors), size)
        return
    entrywise = part.factors if isinstance(part, Hadamard) else (part,)
    yield Edit(code, Hadamard(*entrywise, piece), size)
    if isinstance(part, Mul):
        for first, after in combinations(range(len(part.factors) + 1), 2):
            group = joined(Mul, part.factors[first:after])
            if is_tensor(group):
                parts = (*part.factors[:first], Hadamard(group, piece), *part.factors[after:])
                yield Edit(code, joined(Mul, parts), size)
    turned = (piece, Transpose(piece)) if isinstance(piece, Name | Defined) else (piece,)
    for factor in turned:
        for number in range(len(factors) + 1):
            yield Edit(code, Mul(*factors[:number], factor, *factors[number:]), size)
