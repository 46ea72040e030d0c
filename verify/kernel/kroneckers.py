r"""What is one Kronecker product, though it is written as a multiple, a sum or a product of several.

Numbers go to one of the factors; of terms that differ in one factor alone, those are added, as
(A \otimes B) + (C \otimes B) = (A + C) \otimes B; and products are taken factor by factor, where these fit. An inverse
can be taken of each factor then.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from verify import language as said
from verify.language import Expression
from verify.language.shape import is_scalar, shape_of
from verify.language.size import same_dimension

MOST_TERMS = 16

Factors = tuple[Expression, ...]


@dataclass(frozen=True)
class Scaled:
    """Numbers times a Kronecker product of factors."""

    numbers: Factors
    factors: Factors

    def times_at(self, place: int) -> Expression:
        """One of the factors, with the numbers."""
        return said.Mul(*self.numbers, self.factors[place]) if self.numbers else self.factors[place]


def as_kronecker(e: Expression, held: Container[Expression] = ()) -> said.Kronecker | None:
    r"""An expression as a Kronecker product, if it is one by the way it is written; what is held is not unfolded.

    >>> from verify.language import dims, kronecker, matrix, scalar
    >>> n, = dims("n")
    >>> A, B, C, c = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n), scalar("c")
    >>> as_kronecker(kronecker(A, B) + c * kronecker(C, B))
    \left(A + c C\right) \otimes B
    >>> as_kronecker(kronecker(A, B) + kronecker(B, A)) is None
    True
    """
    found = _scaled(e, held)
    return None if found is None else said.kronecker(found.times_at(0), *found.factors[1:])


def _scaled(e: Expression, held: Container[Expression]) -> Scaled | None:
    match e:
        case said.Kronecker():
            return Scaled((), e.factors)
        case said.Transpose():
            inner = _scaled(e.argument, held)
            return None if inner is None else Scaled(inner.numbers, tuple(map(said.Transpose, inner.factors)))
        case said.Defined() if e not in held:
            return _scaled(e.meaning, held)
        case said.Mul():
            return _of_product(e.factors, held)
        case said.Add() if len(e.terms) <= MOST_TERMS:
            terms = [_scaled(term, held) for term in e.terms]
            products = [each for each in terms if each is not None]
            return _of_sum(products) if len(products) == len(terms) else None
        case _:
            return None


def _of_product(factors: Factors, held: Container[Expression]) -> Scaled | None:
    numbers = tuple(each for each in factors if is_scalar(shape_of(each)))
    found = [_scaled(each, held) for each in factors if not is_scalar(shape_of(each))]
    products = [each for each in found if each is not None]
    if not products or len(products) < len(found):
        return None
    together = products[0].factors
    for each in products[1:]:
        if len(each.factors) != len(together) or not all(map(_fits, together, each.factors)):
            return None
        together = tuple(said.Mul(left, right) for left, right in zip(together, each.factors, strict=True))
    return Scaled((*numbers, *(number for each in products for number in each.numbers)), together)


def _fits(left: Expression, right: Expression) -> bool:
    """Whether two factors are matrices that can be multiplied."""
    shapes = shape_of(left), shape_of(right)
    return all(len(each) == 2 for each in shapes) and same_dimension(shapes[0][1], shapes[1][0])


def _of_sum(products: Sequence[Scaled]) -> Scaled | None:
    """The terms added in the one factor in which they differ, if they do in no other one."""
    first = products[0].factors
    if any(list(map(shape_of, each.factors)) != list(map(shape_of, first)) for each in products):
        return None
    apart = [place for place, own in enumerate(first) if any(each.factors[place] != own for each in products)]
    if len(apart) > 1:
        return None
    place = apart[0] if apart else 0
    return Scaled((), (*first[:place], said.Add(*(each.times_at(place) for each in products)), *first[place + 1 :]))
