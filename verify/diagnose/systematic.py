"""One mistake made everywhere: each transpose forgotten, each product in the other order, z for h in every place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import cast

from verify.diagnose.edit import Edit, Material, negated
from verify.diagnose.names import is_related
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
        yield from _renamed(part, material)
        if isinstance(part, Add) and len(part.terms) > 2:
            yield Edit("sign", Add(part.terms[0], *map(negated, part.terms[1:])), 2)


def _transposed(part: Expression) -> Iterator[Edit]:
    """One name, and then all of them, transposed where they are not, and not where they are."""
    named: list[Expression] = sorted(part.atoms(*NAMED), key=str)
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
    products = [each for each in part.atoms(Mul) if sum(map(is_tensor, each.factors)) > 1]
    turned: dict[Expression, Expression] = {each: Mul(*_turned(each)) for each in products}
    if len(turned) > 1:
        yield Edit("order", replaced(part, turned), 2)


def _turned(product: Mul) -> list[Expression]:
    """Matrices in the other order; a vector at the end stays there."""
    numbers = [number for number, factor in enumerate(product.factors) if _is_matrix(factor)]
    factors = list(product.factors)
    for number, other in zip(numbers, reversed(numbers), strict=True):
        factors[number] = product.factors[other]
    return factors


def _renamed(part: Expression, material: Material) -> Iterator[Edit]:
    """A value for its argument everywhere, or the other way round; two names exchanged."""
    named: list[Expression] = sorted(part.atoms(Name, Defined), key=str)
    own = [each for each in named if not isinstance(shape(each), Mismatch)]
    for each in own:
        for piece in material.pieces:
            if isinstance(piece, Name | Defined | Call) and piece != each and is_related(each, piece):
                yield Edit("argument", replaced(part, {each: piece}))
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
