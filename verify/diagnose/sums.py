"""Sums: pulled apart, a function or a power taken through one, one forgotten or one too many."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import MINUS, Edit, Material, factors_of, joined, terms_of, without
from verify.diagnose.parts import atoms
from verify.diagnose.place import Place, named
from verify.language import Add, Call, Entry, Expression, Index, Mismatch, Mul, Number, Power, Sum, Variance, shape
from verify.language.shape import long_axes


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """What stands under the sum and what outside of it, otherwise."""
    part = place.part
    if place.is_derived or place.is_subscript:
        return
    match part:
        case Mul():
            yield from _put_together(part)
            yield from _taken_in(part)
        case Sum():
            yield from _of_sum(part, place, material)
        case Call() | Power():
            yield from _through(part)
        case Add():
            yield from _same_function(part)
            yield from _scope(part)
        case _:
            pass
    yield from _summed(place)


def _put_together(part: Mul) -> Iterator[Edit]:
    """A product, or a quotient, of two sums is one sum of products."""
    for number, first in enumerate(part.factors):
        for other in range(number + 1, len(part.factors)):
            second = part.factors[other]
            below = isinstance(second, Power) and second.exponent == MINUS
            inner = second.base if isinstance(second, Power) and below else second
            if isinstance(first, Sum) and isinstance(inner, Sum) and first.dimensions == inner.dimensions:
                (index,) = named(first, inner)
                last = inner.opened(index)
                one = Sum(Mul(*factors_of(first.opened(index)), *factors_of(last**-1 if below else last)), index)
                rest = (*part.factors[:number], one, *part.factors[number + 1 : other], *part.factors[other + 1 :])
                yield Edit("sum-split", joined(Mul, rest))


def _taken_in(part: Mul) -> Iterator[Edit]:
    """A factor with the index of a sum beside it belongs under that sum."""
    for number, factor in enumerate(part.factors):
        if not isinstance(factor, Sum):
            continue
        index = Index(factor.hints[0], factor.dimensions[0])
        inside = [each for each in part.factors if each is not factor and index in atoms(each, Index)]
        if inside:
            outer = [each for each in without(part.factors, number) if each not in inside]
            body = Mul(*inside, *factors_of(factor.opened(index)))
            yield Edit("index-escaped", joined(Mul, (*outer, Sum(body, index))))


def _of_sum(part: Sum, place: Place, material: Material) -> Iterator[Edit]:
    """One term alone; a part of the body outside of the sum; a function of the sum instead of the sum of it."""
    (index,) = named(part, *place.scope)
    body = part.opened(index)
    for at in material.usable(place):
        if at.dimension == index.dimension:
            yield Edit("extra-sum", part.opened(at))
    if index not in atoms(body, Index):
        yield Edit("extra-sum", body)
    match body:
        case Call():
            yield Edit("sum-split", Call(body.function, body.order, Sum(body.argument, index)))
        case Power() if index not in atoms(body.exponent, Index):
            yield Edit("sum-split", Power(Sum(body.base, index), body.exponent))
        case Add():
            for number, term in enumerate(body.terms):
                if index not in atoms(term, Index):
                    yield Edit("sum-scope", Add(Sum(joined(Add, without(body.terms, number)), index), term))
        case _:
            return


def _through(part: Call | Power) -> Iterator[Edit]:
    """A function of a sum is the sum of its values."""
    inner = part.argument if isinstance(part, Call) else part.base

    def applied(term: Expression) -> Expression:
        if isinstance(part, Call):
            return Call(part.function, part.order, term)
        return Power(term, part.exponent)

    match inner:
        case Sum():
            (index,) = named(inner, part)
            yield Edit("sum-split", Sum(applied(inner.opened(index)), index))
        case Add():
            yield Edit("sum-split", Add(*map(applied, inner.terms)))
        case _:
            return


def _same_function(part: Add) -> Iterator[Edit]:
    """Values of one function at two terms are its value at their sum."""
    for number in range(len(part.terms) - 1):
        first, second = part.terms[number : number + 2]
        together: Expression
        match first, second:
            case Call(), Call() if (first.function, first.order) == (second.function, second.order):
                inner = Add(*terms_of(first.argument), *terms_of(second.argument))
                together = Call(first.function, first.order, inner)
            case Power(), Power() if first.exponent == second.exponent:
                together = Power(Add(*terms_of(first.base), *terms_of(second.base)), first.exponent)
            case _:
                continue
        yield Edit("sum-split", joined(Add, (*part.terms[:number], together, *part.terms[number + 2 :])))


def _scope(part: Add) -> Iterator[Edit]:
    """A term beside a sum belongs under it."""
    for number, term in enumerate(part.terms):
        for other, sum_ in enumerate(part.terms):
            if isinstance(sum_, Sum) and other != number:
                (index,) = named(sum_, part)
                one = Sum(Add(*terms_of(sum_.opened(index)), *terms_of(term)), index)
                rest = (each for at, each in enumerate(part.terms) if at not in (number, other))
                yield Edit("sum-scope", joined(Add, (one, *rest)))


def _summed(place: Place) -> Iterator[Edit]:
    """A sum over an index, free or given as a number, that was forgotten."""
    part = place.part
    if isinstance(part, Variance | Number):
        return
    for index in sorted(atoms(part, Index) - set(place.scope), key=str):
        yield Edit("missing-sum", Sum(part, index), 2)
    for over, numbered in _numbered(part).items():
        index = Index("k", over)
        generic = part.xreplace({each: _with(each, over, index) for each in numbered})
        yield Edit("missing-sum", Sum(generic, index), 2)


def _numbered(part: Expression) -> dict[Expression, list[Entry]]:
    """The entries that are taken at a number, by the dimension of the axis."""
    found: dict[Expression, list[Entry]] = {}
    for each in sorted(atoms(part, Entry), key=str):
        for axis, at in zip(_axes(each), each.subscripts, strict=False):
            if isinstance(at, Number):
                found.setdefault(axis, []).append(each)
    return found


def _axes(entry: Entry) -> tuple[Expression, ...]:
    own = shape(entry.tensor)
    if isinstance(own, Mismatch):
        return ()
    return own if len(own) == len(entry.subscripts) else long_axes(own)


def _with(entry: Entry, over: Expression, index: Index) -> Entry:
    """The entry with an index for each number on the axes of a dimension."""
    subscripts = (
        index if isinstance(at, Number) and axis == over else at
        for axis, at in zip(_axes(entry), entry.subscripts, strict=False)
    )
    return Entry(entry.tensor, *subscripts)
