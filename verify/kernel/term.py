"""The kernel's own terms: one entry of a tensor expression, with its indices spelled out.

A term is a scalar. Its indices are free (the statement holds for each value), bound (made fresh for
each binder, so that nothing can be captured), or canonical (the names that normal forms give).
Constructors absorb 0 and 1 and do nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from verify.language import Expression
from verify.language.size import size


class Unsupported(Exception):
    """The kernel has no rule for this; the link is undecided."""


class Ambiguous(Exception):
    """What is written may mean several things, of which some are true; the link is undecided."""


class OutOfBudget(Exception):
    """The steps allowed for one link are used up; the link is undecided."""


class Undefined(Exception):
    """A quantity that is defined nowhere: a division by zero, whatever the values."""


Coefficient = int | Fraction


@dataclass(frozen=True, slots=True)
class Extent:
    """A dimension as a polynomial in dimension names: what an index runs to."""

    monomials: tuple[tuple[tuple[str, ...], Coefficient], ...]

    @property
    def fixed(self) -> int | None:
        """The number, if it is one."""
        if not self.monomials:
            return 0
        (names, coefficient), *more = self.monomials
        return int(coefficient) if not names and not more else None

    @property
    def names(self) -> tuple[str, ...]:
        """The dimension names in it, in order."""
        return tuple(sorted({name for names, _ in self.monomials for name in names}))

    def at(self, sizes: Mapping[str, int]) -> int:
        """Its value at given sizes."""
        value: Coefficient = 0
        for names, coefficient in self.monomials:
            for name in names:
                coefficient *= sizes[name]
            value += coefficient
        return int(value)


LARGEST_EXPONENT = 100


@lru_cache(maxsize=4096)
def extent(dimension: Expression) -> Extent:
    """The extent of a dimension.

    >>> from verify.language import dims
    >>> n, = dims("n")
    >>> extent(n + 1).at({"n": 4})
    5
    """
    monomials = size(dimension)
    if monomials is None:
        raise Unsupported(f"{dimension} is not a dimension that the kernel knows")
    return Extent(tuple(sorted((names, whole(coefficient)) for names, coefficient in monomials.items())))


def whole(coefficient: Fraction) -> Coefficient:
    """A whole number as such: it is hashed far faster than a fraction, and extents are hashed all the time."""
    return coefficient.numerator if coefficient.denominator == 1 else coefficient


ONE_WIDE = Extent((((), 1),))


class Kind(IntEnum):
    """How an index is bound."""

    FREE = 0
    FRESH = 1
    CANONICAL = 2


@dataclass(frozen=True, slots=True)
class Idx:
    """An index; two are the same when kind, symbol and number are."""

    kind: Kind
    symbol: str
    number: int
    extent: Extent
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((int(self.kind), self.symbol, self.number, self.extent)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def key(self) -> tuple[object, ...]:
        """Its place in the order of indices."""
        return (1, int(self.kind), self.symbol, self.number, self.extent.monomials)


Subscript = Idx | int


@dataclass(frozen=True, slots=True)
class Variable:
    """A tensor of independent real numbers: a name, or a defined quantity that is held independent."""

    symbol: str
    axes: tuple[Extent, ...]
    held: int = 0
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.symbol, self.axes, self.held)))

    def __hash__(self) -> int:
        return self._hash


class Built:
    """What all terms are: immutable, and told apart by identity. What ``walk`` finds out about one is kept on it."""

    __slots__ = ("_found",)
    _found: Found


class Found(NamedTuple):
    """What there is in a term, found once.

    The free indices, in order of their first use; the kinds of terms, a bit for each; the names of dimensions; the
    numbers used as subscripts, with what their axes run to; and how many terms are inside one another, at most.
    """

    free: tuple[Idx, ...]
    kinds: int
    names: frozenset[str]
    numbers: frozenset[tuple[Extent, int]]
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Num(Built):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Size(Built):
    """A dimension as a number."""

    extent: Extent


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Built):
    """An entry of a variable."""

    variable: Variable
    subscripts: tuple[Subscript, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Delta(Built):
    """The Kronecker delta of two subscripts."""

    row: Subscript
    column: Subscript


@dataclass(frozen=True, slots=True, eq=False)
class Add(Built):
    """A sum of terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Mul(Built):
    """A product of terms."""

    factors: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pow(Built):
    """A whole power; a negative one divides."""

    base: Term
    exponent: int


@dataclass(frozen=True, slots=True, eq=False)
class Exp(Built):
    """The exponential."""

    argument: Term


@dataclass(frozen=True, slots=True, eq=False)
class Log(Built):
    """The natural logarithm of a positive number."""

    argument: Term


@dataclass(frozen=True, slots=True, eq=False)
class Fn(Built):
    """A derivative (or, at order 0, the value) of an unknown smooth function of a number."""

    symbol: str
    order: int
    argument: Term


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Built):
    """The sum over an index."""

    index: Idx
    body: Term


@dataclass(frozen=True, slots=True, eq=False)
class Max(Built):
    """The largest value over an index."""

    index: Idx
    body: Term


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A tensor that an unknown quantity depends on, by its entry at the indices."""

    indices: tuple[Subscript, ...]
    body: Term


@dataclass(frozen=True, slots=True, eq=False)
class Dep(Built):
    """A partial derivative of an unknown smooth scalar: by an entry of a slot, once for each of ``by``."""

    symbol: str
    by: tuple[tuple[int, tuple[Subscript, ...]], ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Inverse(Built):
    """An entry of the inverse of a square matrix, which is given by its entry at two indices."""

    row: Subscript
    column: Subscript
    slot: Slot


@dataclass(frozen=True, slots=True, eq=False)
class Mean(Built):
    """The expectation of a term, over the random entries in it; hypotheses say which entries are random."""

    body: Term


Term = Num | Size | Entry | Delta | Add | Mul | Pow | Exp | Log | Fn | Sum | Max | Dep | Inverse | Mean

ZERO, ONE = Num(Fraction(0)), Num(Fraction(1))


@lru_cache(maxsize=1024)
def number(value: int | Fraction) -> Num:
    """A number as a term."""
    return Num(Fraction(value))


def add(terms: Iterable[Term]) -> Term:
    """The sum, zeros left out."""
    kept = tuple(term for term in terms if not is_number(term, 0))
    return kept[0] if len(kept) == 1 else Add(kept) if kept else ZERO


def mul(*factors: Term) -> Term:
    """The product: 0 if a factor is, ones left out."""
    kept = factors
    if any(map(_is_numeral, factors)):
        if any(is_number(factor, 0) for factor in factors):
            return ZERO
        kept = tuple(factor for factor in factors if not is_number(factor, 1))
    return kept[0] if len(kept) == 1 else Mul(kept) if kept else ONE


def delta(row: Subscript, column: Subscript) -> Term:
    """The Kronecker delta, decided where both are numbers or the same index."""
    if row == column:
        return ONE
    if isinstance(row, int) and isinstance(column, int):
        return ZERO
    return Delta(row, column)


def summed(index: Idx, body: Term) -> Term:
    """The sum over an index, 0 if the body is."""
    return ZERO if is_number(body, 0) else Sum(index, body)


def _is_numeral(term: Term) -> bool:
    return type(term) is Num


def is_number(term: Term, value: int) -> bool:
    """Whether a term is written as this number."""
    return type(term) is Num and term.value.denominator == 1 and term.value.numerator == value
