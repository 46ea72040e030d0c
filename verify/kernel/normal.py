"""The index normal form: a term as a polynomial, equal terms (in the fragment that is decided) as the same one."""

from __future__ import annotations

from contextlib import suppress
from typing import assert_never

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import Poly
from verify.kernel.binding import INVERSES, delta, dependence, entry, maximum, sum_over
from verify.kernel.division import under_root
from verify.kernel.moments import Moments
from verify.kernel.ring import Ring
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
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
    Sum,
    Term,
    Undefined,
    Unsupported,
)


class NormalForm:
    """Normal forms of terms in one ring; shared subterms are normalized once."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._known: dict[int, Poly] = {}
        self._meanings = dict(ring.facts.meanings)
        self._kept: list[Term] = []
        self._moments = Moments(ring, self.of)
        for term in ring.facts.above:
            with suppress(Undefined, Unsupported):
                self._assume(self.of(term))
        for term in ring.facts.divided_by:
            with suppress(Undefined, Unsupported):
                divisor = self.of(term)
                if divisor:
                    ring.assume_nonzero(divisor)

    def _assume(self, above: Poly) -> None:
        """Take what a hypothesis says to be above 0 as positive, and with a root what is under it."""
        if above:
            self.ring.assume_positive(above)
            ((monomial, coefficient), *more) = above.items()
            if not more and coefficient > 0 and len(monomial) == 1:
                radicand = under_root(monomial[0][0])
                if radicand is not None:
                    self.ring.assume_positive(dict(radicand))

    def of(self, term: Term) -> Poly:
        """The normal form of a term."""
        known = self._known.get(id(term))
        if known is None:
            self.ring.spend()
            known = self._known[id(term)] = self._of(term)
            self._kept.append(term)  # an identity is only a name while its object lives
        return known

    def _of(self, term: Term) -> Poly:
        ring = self.ring
        match term:
            case Num():
                return ring.constant(fmpq(term.value.numerator, term.value.denominator))
            case Size():
                return ring.size(term.extent)
            case Entry():
                meaning = self._meanings.get(term.variable)
                return entry(ring, term.variable, term.subscripts) if meaning is None else self.of(meaning)
            case Delta():
                return delta(ring, term.row, term.column)
            case Add():
                return ring.sum(map(self.of, term.terms))
            case Mul():
                product = ring.constant(1)
                for factor in term.factors:
                    product = ring.product(product, self.of(factor))
                return product
            case Pow():
                return operations.power(ring, self.of(term.base), term.exponent)
            case Exp():
                return operations.exponential(ring, self.of(term.argument))
            case Log():
                return operations.logarithm(ring, self.of(term.argument))
            case Fn():
                return operations.applied(ring, term.symbol, term.order, self.of(term.argument))
            case Sum():
                return sum_over(ring, term.index, self.of(term.body))
            case Max():
                return maximum(ring, term.index, self.of(term.body))
            case Mean():
                return self._moments.of(self.of(term.body))
            case Dep():
                slots = tuple((slot.indices, self.of(slot.body)) for slot in term.slots)
                return dependence(ring, term.symbol, term.by, slots)
            case Inverse():
                first, second = term.slot.indices
                assert isinstance(first, Idx)
                assert isinstance(second, Idx)
                return INVERSES.entry(ring, (term.row, term.column), (first, second), self.of(term.slot.body))
            case _:
                assert_never(term)
