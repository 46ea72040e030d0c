"""A wrong sign: of the whole, of a term, in an argument or an exponent; a difference turned round; a fraction too."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import MINUS, Edit, Material, is_negative, joined, negated, without
from verify.diagnose.place import Place
from verify.language import Add, Expression, Mul, Number, Power


def edits(place: Place, _: Material) -> Iterator[Edit]:
    """The opposite sign, and what was turned round turned back."""
    part = place.part
    if place.is_derived or place.is_subscript:
        return
    if place.is_root or place.is_argument or (place.is_exponent and not isinstance(part, Number)):
        yield Edit("sign", negated(part))
    match part:
        case Add():
            if len(part.terms) == 2 and is_negative(part.terms[0]) != is_negative(part.terms[1]):
                yield Edit("reversed", Add(*map(negated, reversed(part.terms))))
            for number, term in enumerate(part.terms):
                yield Edit("sign", Add(*part.terms[:number], negated(term), *part.terms[number + 1 :]))
        case Power(exponent=Number() as exponent) if exponent.value < 0:
            yield Edit("inverse", _raised(part.base, -exponent.value.numerator))
        case Mul():
            yield from _turned_over(part)
        case _:
            return


def _raised(base: Expression, exponent: int) -> Expression:
    return base if exponent == 1 else base ** Number(exponent)


def _turned_over(part: Mul) -> Iterator[Edit]:
    """The fraction upside down, and each factor on the other side of it."""
    below = [each.base for each in part.factors if isinstance(each, Power) and each.exponent == MINUS]
    above = [each for each in part.factors if not (isinstance(each, Power) and each.exponent == MINUS)]
    if below:
        yield Edit("inverse", joined(Mul, (*below, *(Power(each, MINUS) for each in above))))
    for number, factor in enumerate(part.factors):
        if factor in above and not (isinstance(factor, Number) and abs(factor.value) == 1):
            yield Edit("inverse", Mul(*without(part.factors, number), Power(factor, MINUS)))
