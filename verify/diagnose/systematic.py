"""One mistake made everywhere: each transpose forgotten, each product in the other order, z for h in every place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import cast

from verify.diagnose.edit import Edit, Material, negated
from verify.diagnose.names import is_related
from verify.diagnose.parts import atoms
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import (
    Add,
    Ascending,
    Call,
    Defined,
    Descending,
    Expression,
    Mismatch,
    Mul,
    Name,
    Number,
    Range,
    Sum,
    Transpose,
    shape,
)
from verify.language.binders import rebuild
from verify.language.layers import Leveled, Member, Recursive
from verify.language.shape import same_shape

NAMED = (Name, Defined, Member, Recursive, Leveled)


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """The same edit at every place that it fits; ordered products over levels the other way round."""
    part = place.part
    match part:
        case Descending() | Ascending():
            other = Ascending if isinstance(part, Descending) else Descending
            yield Edit("order", other.rebuilt(*part.args))
        case Sum() if isinstance(part.body, Member | Transpose) and is_tensor(part.body):
            over = part.dimensions[0]
            levels = part if isinstance(over, Range) else part.over(Range(Number(1), over))
            yield Edit("sum-product", Descending.rebuilt(*levels.args))
        case _:
            pass
    if place.is_root:
        yield from _transposed(part)
        yield from _reversed(part)
        yield from renamed(place, material)
        yield from _exchanged(part)
        yield from _multiplied(part)
        if isinstance(part, Add) and len(part.terms) > 2:
            yield Edit("sign", Add(part.terms[0], *map(negated, part.terms[1:])), 2)


def _transposed(part: Expression) -> Iterator[Edit]:
    """One name, and then all of them, transposed where they are not, and not where they are."""
    named: list[Expression] = sorted(atoms(part, *NAMED), key=str)
    matrices = [each for each in named if _is_matrix(each)]
    groups = [[each] for each in matrices] + ([matrices] if len(matrices) > 1 else [])
    for group in groups:
        turned: dict[Expression, Expression] = {each: Transpose(each) for each in group}
        back: dict[Expression, Expression] = {Transpose(Transpose(each)): each for each in group}
        yield Edit("transpose", replaced(replaced(part, turned), back), len(group))


def _is_matrix(part: Expression) -> bool:
    own = shape(part)
    return not isinstance(own, Mismatch) and len(own) == 2 and is_tensor(part) and "1" not in map(str, own)


def _reversed(part: Expression) -> Iterator[Edit]:
    """All products of matrices from right to left, their scalars staying where they are."""
    products = [each for each in atoms(part, Mul) if sum(map(is_tensor, each.factors)) > 1]
    turned: dict[Expression, Expression] = {each: Mul(*_turned(each)) for each in products}
    if len(turned) > 1:
        yield Edit("order", replaced(part, turned), 2)


def _multiplied(part: Expression) -> Iterator[Edit]:
    """Products for all sums of matrices; that of none is 1, and not 0."""
    sums = [each for each in atoms(part, Add) if all(map(_is_factor, each.terms))]
    one: dict[Expression, Expression] = {Number(0): Number(1)}
    if not sums:
        return
    for turned in (True, False):
        changes: dict[Expression, Expression] = {each: Mul(*each.terms[:: -1 if turned else 1]) for each in sums}
        yield Edit("sum-product", replaced(part, {**changes, **one}), len(sums))


def _is_factor(term: Expression) -> bool:
    """Whether a term is a matrix with a name, or the transpose of one."""
    return _is_matrix(term) and isinstance(term.argument if isinstance(term, Transpose) else term, NAMED)


def _turned(product: Mul) -> list[Expression]:
    """Matrices in the other order; a vector at the end stays there."""
    numbers = [number for number, factor in enumerate(product.factors) if _is_matrix(factor)]
    factors = list(product.factors)
    for number, other in zip(numbers, reversed(numbers), strict=True):
        factors[number] = product.factors[other]
    return factors


def renamed(place: Place, material: Material) -> Iterator[Edit]:
    """A value for its argument everywhere, or the other way round."""
    part = place.part
    named: list[Expression] = sorted(atoms(part, Name, Defined), key=str)
    own = [each for each in named if not isinstance(shape(each), Mismatch)]
    asked = sorted(atoms(material.kept, Call), key=str)
    for each in own:
        for piece in dict.fromkeys((*material.pieces, *asked)):
            if isinstance(piece, Name | Defined | Call) and piece != each and is_related(each, piece):
                yield Edit("argument", replaced(part, {each: piece}))
            elif isinstance(piece, Call) and piece.argument == each:
                # What a function is applied to already stays what it is.
                calls: dict[Expression, Expression] = {call: call for call in atoms(part, Call)}
                yield Edit("argument", replaced(part, {**calls, each: Call(piece.function, 0, each)}))


def _exchanged(part: Expression) -> Iterator[Edit]:
    """Two names exchanged."""
    named: list[Expression] = sorted(atoms(part, Name, Defined), key=str)
    own = [each for each in named if not isinstance(shape(each), Mismatch)]
    for first, second in combinations(own, 2):
        one, other = shape(first), shape(second)
        if not isinstance(one, Mismatch) and not isinstance(other, Mismatch) and same_shape(one, other):
            yield Edit("name", replaced(part, {first: second, second: first}), 2)


def replaced(part: Expression, changes: Mapping[Expression, Expression]) -> Expression:
    """A formula with other parts, as far as it is written: the meaning of a definition stays what it is."""
    found = changes.get(part)
    if found is not None:
        return found
    match part:
        case Defined() | Member() | Leveled() | Recursive():
            return part
        case _:
            return rebuild(part, lambda inner, _: replaced(cast(Expression, inner), changes))
