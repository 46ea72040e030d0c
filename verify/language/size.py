"""Dimensions as polynomials with whole coefficients, so that n + 1 and 1 + n are one dimension."""

from __future__ import annotations

from fractions import Fraction

from verify.language.arithmetic import Add, Dimension, Mul, Number
from verify.language.expression import Expression
from verify.language.kronecker import Paired
from verify.language.layers import Width

Size = dict[tuple[str, ...], Fraction]


def same_dimension(left: Expression, right: Expression) -> bool:
    """Whether two dimensions are the same number, whatever the sizes.

    >>> from verify.language import dims
    >>> n, = dims("n")
    >>> same_dimension(n + 1, 1 + n), same_dimension(n, 2 * n)
    (True, False)
    """
    if left == right:
        return True
    first, second = size(left), size(right)
    return first is not None and first == second


def size(dimension: Expression) -> Size | None:
    """The polynomial of a dimension, or nothing for what is no polynomial in dimensions."""
    match dimension:
        case Number():
            return {(): dimension.value} if dimension.value else {}
        case Dimension():
            return {(dimension.symbol,): Fraction(1)}
        case Width():
            return {(str(dimension),): Fraction(1)}
        case Add():
            total: Size = {}
            for term in map(size, dimension.terms):
                if term is None:
                    return None
                total = _plus(total, term)
            return total
        case Mul() | Paired():
            product: Size = {(): Fraction(1)}
            for factor in map(size, dimension.factors):
                if factor is None:
                    return None
                product = _times(product, factor)
            return product
        case _:
            return None


def _plus(left: Size, right: Size) -> Size:
    total = dict(left)
    for monomial, coefficient in right.items():
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def _times(left: Size, right: Size) -> Size:
    product: Size = {}
    for first, one in left.items():
        for second, other in right.items():
            product = _plus(product, {tuple(sorted(first + second)): one * other})
    return product
