"""One kind of product for another, or a product for a sum."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import MINUS, Edit, Material, joined
from verify.diagnose.place import Place
from verify.diagnose.transposes import is_tensor
from verify.language import Add, Expression, Hadamard, Max, Mul, Node, Number, Power, Product, Sum, Transpose


def edits(place: Place, _: Material) -> Iterator[Edit]:
    """The other product, or the sum; and a product over an index for the sum over it."""
    part = place.part
    if place.is_derived:
        return
    match part:
        case Mul():
            yield from _of_product(part)
            yield from _added(part)
        case Hadamard():
            yield Edit("hadamard", Mul(*part.factors))
            yield Edit("sum-product", Add(*part.factors))
            for number in range(len(part.factors) - 1):
                yield from _as_matrices(part, number)
        case Add():
            yield from _multiplied(part)
        case Sum():
            yield Edit("sum-product", Product.rebuilt(*part.args))
        case Product() | Max():
            yield Edit("sum-product", Sum.rebuilt(*part.args))
        case _:
            return


def _of_product(part: Mul) -> Iterator[Edit]:
    """Neighbors that are multiplied entry by entry."""
    for number in range(len(part.factors) - 1):
        first, second = part.factors[number : number + 2]
        bare = [each.argument if isinstance(each, Transpose) else each for each in (first, second)]
        for left, right in dict.fromkeys(((first, second), (bare[0], second), (first, bare[1]))):
            if is_tensor(left) and is_tensor(right):
                yield Edit("hadamard", _spliced(part.factors, number, Hadamard(left, right)))
    tensors = [each for each in part.factors if is_tensor(each)]
    if len(tensors) > 2 or (len(tensors) == 2 and len(part.factors) > 2):
        scalars = [each for each in part.factors if not is_tensor(each)]
        yield Edit("hadamard", joined(Mul, (*scalars, Hadamard(*tensors))))


def _as_matrices(part: Hadamard, number: int) -> Iterator[Edit]:
    first, second = part.factors[number : number + 2]
    for left, right in ((first, second), (Transpose(first), second), (first, Transpose(second))):
        product = Mul(left, right)
        rest = (*part.factors[:number], product, *part.factors[number + 2 :])
        yield Edit("hadamard", joined(Hadamard, rest))


def _spliced(factors: tuple[Expression, ...], number: int, new: Node) -> Node:
    return joined(Mul, (*factors[:number], new, *factors[number + 2 :]))


def _added(part: Mul) -> Iterator[Edit]:
    """Two neighbors added; a quotient is a difference."""
    for number in range(len(part.factors) - 1):
        first, second = part.factors[number : number + 2]
        if MINUS in (first, second):
            continue
        yield Edit("sum-product", _spliced(part.factors, number, Add(first, second)))
        if isinstance(second, Power) and second.exponent == Number(-1):
            yield Edit("sum-product", _spliced(part.factors, number, first - second.base))


def _multiplied(part: Add) -> Iterator[Edit]:
    """Two neighbors multiplied; a difference is a quotient."""
    for number in range(len(part.terms) - 1):
        first, second = part.terms[number : number + 2]
        for product in _products(first, second):
            rest = (*part.terms[:number], product, *part.terms[number + 2 :])
            yield Edit("sum-product", joined(Add, rest))


def _products(first: Expression, second: Expression) -> Iterator[Node]:
    yield Mul(first, second)
    if is_tensor(first) and is_tensor(second):
        yield Mul(second, first)
        yield Hadamard(first, second)
    if isinstance(second, Mul) and second.factors[0] == MINUS:
        yield Mul(first, Power(joined(Mul, second.factors[1:]), MINUS))
