"""Differentiation of terms by an entry of a variable.

The rules: an entry gives Kronecker deltas, d T[i] / d T[k] = delta_ik; sums, products, powers, exp,
log, unknown functions, unknown dependences and inverses follow by linearity, the product and the chain rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from verify.kernel.term import (
    ZERO,
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Subscript,
    Sum,
    Term,
    Unsupported,
    Variable,
    add,
    delta,
    mul,
    number,
    summed,
)
from verify.kernel.walk import rename

Fresh = Callable[[Extent], Subscript]


def differentiate(term: Term, variable: Variable, at: tuple[Subscript, ...], fresh: Fresh) -> Term:
    """The partial derivative of a term by the entry of a variable at these subscripts."""
    memo: dict[int, Term] = {}

    def d(each: Term) -> Term:
        known = memo.get(id(each))
        if known is None:
            known = memo[id(each)] = _rule(each, variable, at, d, fresh)
        return known

    return d(term)


def _rule(term: Term, variable: Variable, at: tuple[Subscript, ...], d: Callable[[Term], Term], fresh: Fresh) -> Term:
    match term:
        case Num() | Size() | Delta():
            return ZERO
        case Entry():
            if term.variable != variable:
                return ZERO
            return mul(*(delta(own, other) for own, other in zip(term.subscripts, at, strict=True)))
        case Add():
            return add(map(d, term.terms))
        case Mul():
            return add(
                mul(*term.factors[:position], d(factor), *term.factors[position + 1 :])
                for position, factor in enumerate(term.factors)
            )
        case Pow():
            return mul(number(term.exponent), Pow(term.base, term.exponent - 1), d(term.base))
        case Exp():
            return mul(term, d(term.argument))
        case Log():
            return mul(Pow(term.argument, -1), d(term.argument))
        case Fn():
            return mul(Fn(term.symbol, term.order + 1, term.argument), d(term.argument))
        case Sum():
            return summed(term.index, d(term.body))
        case Max():
            if _mentions(d(term.body)):
                raise Unsupported("a maximum has no derivative where two entries are equal")
            return ZERO
        case Mean():
            raise Unsupported("the derivative of an expectation")
        case Dep():
            return add(_through(term, number_, d, fresh) for number_ in range(len(term.slots)))
        case Inverse():
            return _of_inverse(term, d, fresh)
        case _:
            assert_never(term)


def _mentions(derivative: Term) -> bool:
    return not (isinstance(derivative, Num) and derivative.value == 0)


def _of_inverse(term: Inverse, d: Callable[[Term], Term], fresh: Fresh) -> Term:
    """From Y X = I: dY = -Y dX Y, with both sums over the entries of X."""
    first, second = (fresh(index.extent) if isinstance(index, Idx) else index for index in term.slot.indices)
    names = {old: new for old, new in zip(term.slot.indices, (first, second), strict=True) if isinstance(old, Idx)}
    inner = rename(d(term.slot.body), names)
    result = mul(number(-1), Inverse(term.row, first, term.slot), inner, Inverse(second, term.column, term.slot))
    for index in (first, second):
        if isinstance(index, Idx):
            result = summed(index, result)
    return result


def _through(term: Dep, position: int, d: Callable[[Term], Term], fresh: Fresh) -> Term:
    """The chain rule through one slot: the sum over its entries of outer times inner derivative."""
    slot = term.slots[position]
    inner = d(slot.body)
    entry = tuple(fresh(index.extent) if isinstance(index, Idx) else index for index in slot.indices)
    names = {old: new for old, new in zip(slot.indices, entry, strict=True) if isinstance(old, Idx)}
    result = mul(Dep(term.symbol, (*term.by, (position, entry)), term.slots), rename(inner, names))
    for index in entry:
        if isinstance(index, Idx):
            result = summed(index, result)
    return result
