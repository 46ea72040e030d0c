"""Terms of the kernel, written down directly: what tests of its parts are about."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.term import (
    Add,
    Entry,
    Extent,
    Idx,
    Kind,
    Mul,
    Num,
    Pow,
    Subscript,
    Sum,
    Term,
    Variable,
)

N = Extent(((("n",), 1),))
M = Extent(((("m",), 1),))
THREE = Extent((((), 3),))


def free(symbol: str, over: Extent = N) -> Idx:
    """A free index."""
    return Idx(Kind.FREE, symbol, 1, over)


def bound(symbol: str, over: Extent = N, number: int = 1) -> Idx:
    """A bound index."""
    return Idx(Kind.FRESH, symbol, number, over)


def scalar(symbol: str) -> Entry:
    """A number with a name."""
    return Entry(Variable(symbol, ()), ())


def entry(symbol: str, *subscripts: Subscript, axes: tuple[Extent, ...] = ()) -> Entry:
    """An entry of a tensor, whose axes are those of its indices unless they are given."""
    own = axes or tuple(each.extent if isinstance(each, Idx) else N for each in subscripts)
    return Entry(Variable(symbol, own), subscripts)


def num(value: int | str) -> Num:
    """A number."""
    return Num(Fraction(value))


def plus(*terms: Term) -> Add:
    """A sum of terms, as it is."""
    return Add(terms)


def times(*factors: Term) -> Mul:
    """A product of terms, as it is."""
    return Mul(factors)


def over(base: Term, exponent: int = 1) -> Pow:
    """A denominator."""
    return Pow(base, -exponent)


def total(index: Idx, body: Term) -> Sum:
    """A sum over an index."""
    return Sum(index, body)
