r"""Sums that are not written, where the context says so: an index that stands twice in a product is summed over."""

from __future__ import annotations

from dataclasses import replace

from verify.language import Add, Entry, Expression, Index, Mismatch, Mul, Node, Sum, latex, shape
from verify.language.shape import is_scalar
from verify.read.apply import bound, free_indices
from verify.read.join import total
from verify.read.sides import Good, Side


def summed(side: Side) -> Side:
    """A side with a sum over each index that stands twice in a term; three times is a doubt."""
    if not isinstance(side, Good) or not isinstance(side.value, Node) or not side.free:
        return side
    own = shape(side.value)
    if isinstance(own, Mismatch) or not is_scalar(own):
        return side
    terms = [_term(each, side) for each in _terms(side.value)]
    value = side.value if all(new is old for new, old in zip(terms, _terms(side.value), strict=True)) else total(terms)
    left = {index.symbol for index in free_indices(value)}
    return replace(side, value=value, free={name: over for name, over in side.free.items() if name in left})


def _terms(value: Expression) -> tuple[Expression, ...]:
    return value.terms if isinstance(value, Add) else (value,)


def _term(term: Expression, side: Good) -> Expression:
    times = {index: _times(term, index) for index in free_indices(term)}
    whole = term
    for index, many in times.items():
        if many > 2:
            side.notes.doubt(f"{index.symbol} stands {many} times in {latex(whole)}")
        if many == 2:
            side.notes.assume(f"{latex(whole)} is summed over {index.symbol}")
            term = bound(Sum, term, index)
    return term


def _times(term: Expression, index: Index) -> int:
    """How often an index stands in the factors of a term; in a sum in parentheses once."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    found = 0
    for factor in factors:
        if isinstance(factor, Entry):
            found += factor.subscripts.count(index)
        elif index in free_indices(factor):
            found += 1
    return found
