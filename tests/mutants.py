"""Mutants of an expression: every way to alter it at one node, by operator, sign, index, order or exponent."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from verify.language import (
    Add,
    Array,
    Ascending,
    Bound,
    Call,
    Defined,
    Delta,
    Derivative,
    Descending,
    Entry,
    Expression,
    Hadamard,
    Index,
    Kronecker,
    Max,
    Mul,
    Number,
    Power,
    Product,
    Range,
    Sum,
    Transpose,
    Vec,
    Vjp,
    exp,
    log,
    sigma,
    tanh,
)
from verify.language.arithmetic import Node
from verify.language.binders import Binder


def mutants(expression: Expression) -> Iterator[Expression]:
    """Every mutant, once; the meaning of a definition and what is derived by stay as they are."""
    seen: set[Basic] = {expression}
    for mutant in _everywhere(expression, _indices(expression), ()):
        if mutant not in seen:
            seen.add(mutant)
            yield mutant  # type: ignore[misc]


def _indices(expression: Expression) -> tuple[Index, ...]:
    return tuple(sorted(expression.atoms(Index), key=lambda index: (index.symbol, str(index.dimension))))


def _everywhere(node: Basic, free: tuple[Index, ...], bound: tuple[Expression, ...]) -> Iterator[Basic]:
    if isinstance(node, Node):
        yield from _here(node, free, bound)  # type: ignore[arg-type]
    inner = (*bound, *node.dimensions) if isinstance(node, Binder) else bound
    for place, part in enumerate(node.args):
        fixed = (isinstance(node, Derivative | Vjp) and place == 1) or (isinstance(node, Defined) and place < 2)
        fixed = fixed or isinstance(node, Bound)
        if fixed or not isinstance(part, Node):
            continue
        for changed in _everywhere(part, free, inner):
            yield node.func(*node.args[:place], changed, *node.args[place + 1 :])


def _here(node: Expression, free: tuple[Index, ...], bound: tuple[Expression, ...]) -> Iterator[Basic]:
    match node:
        case Number():
            yield Number(node.value + 1)
        case Add():
            yield from (Add(*_without(node.terms, place)) for place in range(len(node.terms)) if len(node.terms) > 2)
            yield from (
                Add(*node.terms[:place], Mul(Number(-1), term), *node.terms[place + 1 :])
                for place, term in enumerate(node.terms)
            )
            if len(node.terms) == 2:
                yield from (Mul(*node.terms), *node.terms)
        case Mul():
            yield Mul(Number(-1), *node.factors)
            yield from (Mul(*_swapped(node.factors, place)) for place in range(len(node.factors) - 1))
            yield from (_one_or_more(Mul, _without(node.factors, place)) for place in range(len(node.factors)))
            if len(node.factors) == 2:
                yield from (Add(*node.factors), Hadamard(*node.factors))
        case Hadamard():
            yield Mul(*node.factors)
        case Kronecker():
            yield from (Kronecker(*_swapped(node.factors, place)) for place in range(len(node.factors) - 1))
            yield from (_one_or_more(Kronecker, _without(node.factors, place)) for place in range(len(node.factors)))
            yield Mul(*node.factors)
        case Vec():
            yield Vec(Transpose(node.argument))
            yield node.argument
        case Power():
            yield from (node.base, Power(node.base, Mul(Number(2), node.exponent)))
        case Transpose():
            yield node.argument
        case Call():
            yield Call(node.function, node.order + 1, node.argument)
            yield from (function(node.argument) for function in (exp, log, sigma, tanh) if function != node.function)
            yield Call(node.function, node.order, Mul(Number(-1), node.argument))
        case Entry():
            yield from _reindexed(node, free, bound)
        case Sum() | Product() | Max() | Array():
            others: dict[type, type] = {Sum: Max, Max: Sum, Product: Sum}
            other = others.get(type(node))
            if other is not None:
                yield other.rebuilt(*node.args)  # type: ignore[attr-defined]
        case Descending() | Ascending():
            yield (Ascending if isinstance(node, Descending) else Descending).rebuilt(*node.args)
            over = node.dimensions[0]
            assert isinstance(over, Range)
            yield node.over(Range(over.low + 1, over.high))
        case Delta():
            yield Number(1)
        case _:
            return


def _one_or_more(form: type, parts: tuple[Expression, ...]) -> Basic:
    return parts[0] if len(parts) == 1 else form(*parts)


def _without(parts: tuple[Expression, ...], place: int) -> tuple[Expression, ...]:
    return parts[:place] + parts[place + 1 :]


def _swapped(parts: tuple[Expression, ...], place: int) -> tuple[Expression, ...]:
    return (*parts[:place], parts[place + 1], parts[place], *parts[place + 2 :])


def _reindexed(node: Entry, free: tuple[Index, ...], bound: tuple[Expression, ...]) -> Iterator[Basic]:
    """Another index in the place of each, and the indices of a matrix in another order."""
    usable: list[Expression] = list(free)
    usable += [Bound(len(bound) - 1 - place, dimension) for place, dimension in enumerate(bound)]
    for place, subscript in enumerate(node.subscripts):
        for other in usable:
            if other != subscript:
                yield Entry(node.tensor, *node.subscripts[:place], other, *node.subscripts[place + 1 :])
    if len(node.subscripts) == 2:
        yield Entry(node.tensor, *reversed(node.subscripts))
