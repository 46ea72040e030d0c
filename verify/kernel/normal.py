"""The index normal form: a term as a polynomial, equal terms (in the fragment that is decided) as the same one."""

from __future__ import annotations

from typing import assert_never

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import EntryForm, Poly
from verify.kernel.binding import delta, dependence, maximum, sum_over
from verify.kernel.moments import Moments
from verify.kernel.ring import Ring
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Fn,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Sum,
    Term,
)


class NormalForm:
    """Normal forms of terms in one ring; shared subterms are normalized once."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._known: dict[int, Poly] = {}
        self._meanings = dict(ring.facts.meanings)
        self._kept: list[Term] = []
        self._moments = Moments(ring, self.of)

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
                return ring.of(EntryForm(term.variable, term.subscripts)) if meaning is None else self.of(meaning)
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
            case _:
                assert_never(term)
