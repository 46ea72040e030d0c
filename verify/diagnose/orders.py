"""Factors of a matrix product, or a Kronecker product, in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations

from verify.diagnose.edit import Edit, Material
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import Expression, Kronecker, Mul, Transpose

MOST_FACTORS = 4


def edits(place: Place, _: Material) -> Iterator[Edit]:
    """The factors in each other order, and two of them exchanged under their transposes."""
    part = place.part
    if place.is_derived or not isinstance(part, Mul | Kronecker):
        return
    matrices = [number for number, factor in enumerate(part.factors) if is_tensor(factor)]
    if len(matrices) < 2:
        return
    for order in _orders(matrices):
        factors = list(part.factors)
        for number, other in zip(matrices, order, strict=True):
            factors[number] = part.factors[other]
        yield Edit("order", type(part)(*factors))
    for number, other in pairwise(matrices):
        yield from _exchanged(part, number, other)


def _orders(matrices: list[int]) -> Iterator[tuple[int, ...]]:
    if len(matrices) <= MOST_FACTORS:
        yield from (order for order in permutations(matrices) if list(order) != matrices)
        return
    yield tuple(reversed(matrices))
    for number in range(len(matrices) - 1):
        yield (*matrices[:number], matrices[number + 1], matrices[number], *matrices[number + 2 :])


def _exchanged(part: Mul | Kronecker, number: int, other: int) -> Iterator[Edit]:
    """Two factors exchanged, the transpose staying where it was, or coming to one of them."""
    first, second = part.factors[number], part.factors[other]
    bare = [each.argument if isinstance(each, Transpose) else each for each in (first, second)]
    changes: list[tuple[Expression, Expression, int]] = []
    if isinstance(first, Transpose) != isinstance(second, Transpose):
        in_first = isinstance(first, Transpose)
        changes.append((Transpose(bare[1]), bare[0], 1) if in_first else (bare[1], Transpose(bare[0]), 1))
    else:
        changes += [(Transpose(bare[1]), bare[0], 2), (bare[1], Transpose(bare[0]), 2)]
    if isinstance(first, Transpose) or isinstance(second, Transpose):
        changes.append((bare[1], bare[0], 2))
    for left, right, size in changes:
        factors = list(part.factors)
        factors[number], factors[other] = left, right
        yield Edit("order", type(part)(*factors), size)
