"""A function that is missing, too much, another one, its derivative, or at another argument."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import Edit, Material
from verify.diagnose.parts import atoms
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import (
    Call,
    Defined,
    Entry,
    Expression,
    Hadamard,
    Number,
    Power,
    exp,
    log,
    shape,
    sigma,
    tanh,
)
from verify.language.shape import Mismatch, same_shape

TWO = Number(2)


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """The function or its derivative elsewhere, and the square."""
    part = place.part
    if place.is_derived or place.is_subscript or isinstance(part, Number):
        return
    match part:
        case Call():
            yield from _of_call(part, place, material)
        case Power(exponent=Number() as exponent) if exponent == TWO:
            yield Edit("extra-function", part.base)
        case Defined() | Entry():
            yield from _of_value(part)
        case _:
            pass
    if isinstance(place.around, Power) and place.around.exponent == TWO:
        return
    yield Edit("missing-function", Hadamard(part, part) if is_tensor(part) else Power(part, TWO))
    own = material.functions
    for function in dict.fromkeys((*own, exp, log, sigma, tanh)):
        if not (isinstance(part, Call) and part.function == function):
            yield Edit("missing-function", Call(function, 0, part), 1 if function in own else 2)


def _of_call(part: Call, place: Place, material: Material) -> Iterator[Edit]:
    if part.function != exp:
        yield Edit("prime", Call(part.function, part.order + 1, part.argument))
    if part.order:
        yield Edit("prime", Call(part.function, part.order - 1, part.argument))
    else:
        yield Edit("extra-function", part.argument)
    for function in dict.fromkeys((exp, log, sigma, tanh, *material.functions)):
        if function != part.function:
            yield Edit("function", Call(function, part.order, part.argument), 2)
    own = shape(part.argument)
    for piece in material.here(place):
        other = shape(piece)
        fits = not isinstance(own, Mismatch) and not isinstance(other, Mismatch) and same_shape(own, other)
        if fits and piece != part.argument:
            yield Edit("argument", Call(part.function, part.order, piece), 1 if not atoms(piece, Call) else 2)


def _of_value(part: Defined | Entry) -> Iterator[Edit]:
    """A value h = f(z), or an entry of one, that should be f'(z), or z."""
    tensor: Expression = part.tensor if isinstance(part, Entry) else part
    if not isinstance(tensor, Defined) or not isinstance(tensor.meaning, Call) or tensor.arguments:
        return
    call = tensor.meaning
    slope = Call(call.function, call.order + 1, call.argument)
    for code, other in (("prime", slope), ("argument", call.argument)):
        yield Edit(code, Entry(other, *part.subscripts) if isinstance(part, Entry) else other)
