r"""Expectations of polynomials in random entries, as polynomials in their moments.

The joint cumulant of independent entries is that of one entry where they all coincide, and else 0. Hence the
expectation of a product is the sum over the set partitions of its factors in which each block gives
Kronecker deltas, which make its members one entry, times the cumulant of that entry. Deltas under sums
are contracted by the rules that are there already. Of entries that may depend on one another the
expectation of a product stays as it is, and so do the moments that no hypothesis gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb

from flint import fmpq

from verify.kernel.atoms import (
    Atom,
    DeltaForm,
    EntryForm,
    MomentForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    form_parts,
)
from verify.kernel.binding import delta, open_binder, sum_over
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import OutOfBudget, Term, Unsupported
from verify.language.chance import Given

MOST_FACTORS = 8


class Moments:
    """Expectations in one ring; ``value`` gives the normal form of a term."""

    def __init__(self, ring: Ring, value: Callable[[Term], Poly]) -> None:
        self.ring = ring
        self._value = value

    def of(self, poly: Poly) -> Poly:
        """The expectation of a polynomial; raises :class:`Unsupported` where a random entry is under a function."""
        total: Poly = {}
        for monomial, coefficient in poly.items():
            self.ring.spend()
            add_into(total, self.ring.scaled(self._of_monomial(monomial), coefficient))
        return total

    def _of_monomial(self, monomial: Monomial) -> Poly:
        """A sum over random entries is opened, the expectation taken inside, and the sum closed again."""
        for place, (atom, exponent) in enumerate(monomial):
            if isinstance(atom.form, SumForm) and exponent > 0 and self._is_random(atom):
                fewer = ((atom, exponent - 1),) if exponent > 1 else ()
                others = (*monomial[:place], *fewer, *monomial[place + 1 :])
                opened, body = open_binder(self.ring, atom.form.over, {atom.form.body: fmpq(1)})
                result = self.of(self.ring.product({others: fmpq(1)}, body))
                for index in reversed(opened):
                    result = sum_over(self.ring, index, result)
                return result
        return self._of_product(monomial)

    def _of_product(self, monomial: Monomial) -> Poly:
        """The expectation of a product of entries and of constants, whatever indices they have."""
        constant = tuple(power for power in monomial if not self._is_random(power[0]))
        entries = tuple(power for power in monomial if self._is_random(power[0]))
        if not all(isinstance(atom.form, EntryForm) and exponent > 0 for atom, exponent in entries):
            raise Unsupported("the expectation of a function of random numbers that is no polynomial")
        factors = [atom.form for atom, exponent in entries for _ in range(int(exponent))]
        if len(factors) > MOST_FACTORS:
            raise OutOfBudget
        result: Poly = {constant: fmpq(1)}
        if not self.ring.facts.chances.independent:
            return self.ring.product(result, self._dependent(entries))
        for variable in self.ring.facts.chances.variables:
            own = [form for form in factors if isinstance(form, EntryForm) and form.variable == variable]
            result = self.ring.product(result, self._independent(own))
        return result

    def _independent(self, factors: list[EntryForm]) -> Poly:
        """The expectation of a product of entries of one variable, all of whose entries are independent."""
        total: Poly = {}
        for blocks in partitions(factors):
            self.ring.spend()
            term = self.ring.constant(1)
            for first, *others in blocks:
                for other in others:
                    for one, same in zip(first.subscripts, other.subscripts, strict=True):
                        term = self.ring.product(term, delta(self.ring, one, same))
                if term:
                    term = self.ring.product(term, self._cumulant(first, 1 + len(others)))
            add_into(total, term)
        return total

    def _cumulant(self, entry: EntryForm, order: int) -> Poly:
        """The cumulant of an entry: the mean, the variance, and so on, by the moments."""
        known = self._given("variance", entry) if order == 2 else None
        if known is not None:
            return known
        result = self._moment(entry, order)
        for lower in range(1, order):
            product = self.ring.product(self._cumulant(entry, lower), self._moment(entry, order - lower))
            result = minus(result, self.ring.scaled(product, fmpq(comb(order - 1, lower - 1))))
        return result

    def _moment(self, entry: EntryForm, order: int) -> Poly:
        """The expectation of a power of an entry: by the hypotheses, or as it is."""
        if order == 1:
            known = self._given("mean", entry)
        elif order == 2:
            known, variance = self._given("square", entry), self._given("variance", entry)
            if variance is not None:
                known = self.ring.sum((variance, self.ring.power(self._moment(entry, 1), 2)))
        else:
            known = None
        return self._opaque(((self.ring.atom(entry), order),)) if known is None else known

    def _dependent(self, entries: Monomial) -> Poly:
        if not entries:
            return self.ring.constant(1)
        ((atom, exponent), *others) = entries
        if not others and isinstance(atom.form, EntryForm):
            return self._moment(atom.form, int(exponent))
        return self._opaque(entries)

    def _opaque(self, entries: Monomial) -> Poly:
        return self.ring.of(MomentForm(entries))

    def _given(self, kind: Given, entry: EntryForm) -> Poly | None:
        told = self.ring.facts.chances.given(kind, entry.variable, entry.subscripts)
        return None if told is None else self._value(told)

    def _is_random(self, atom: Atom) -> bool:
        """Whether an atom holds a random entry that stands under no expectation."""
        match atom.form:
            case EntryForm(variable=variable):
                return variable in self.ring.facts.chances.variables
            case MomentForm() | SizeForm() | DeltaForm():
                return False
            case form:
                return any(self._is_random(part) for part in form_parts(form))


def partitions(factors: list[EntryForm]) -> Iterator[list[list[EntryForm]]]:
    """All partitions of factors into blocks.

    >>> len(list(partitions([None] * 4)))
    15
    """
    if not factors:
        yield []
        return
    *before, last = factors
    for blocks in partitions(before):
        yield [*blocks, [last]]
        for place, block in enumerate(blocks):
            yield [*blocks[:place], [*block, last], *blocks[place + 1 :]]
