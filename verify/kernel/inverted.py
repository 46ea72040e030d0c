"""Products of a matrix with its inverse in a polynomial, found one by one, for certificates.

Entries of an inverse are there those of a variable of its own, of which nothing is known. Where one stands beside the
leading term of its matrix, in a sum over the index that joins them, the sum over that of M_ij B_jk less delta_ik, times
what stands beside them, may be subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

from flint import fmpq

from verify.kernel.atoms import Atom, EntryForm, Monomial, Poly, SumForm, content, monomial_key, monomial_of
from verify.kernel.binding import delta, entry, open_binder, rename, sum_over
from verify.kernel.ring import Ring, minus
from verify.kernel.term import Add, Delta, Idx, Inverse, Mul, Slot, Subscript, Sum, Term, Variable, number
from verify.kernel.terms_of import of_monomial, of_poly
from verify.kernel.walk import rename as renamed

Ends = tuple[Subscript, Subscript]
Of = Callable[[Variable], "Inverted | None"]


@dataclass(frozen=True, eq=False)
class Inverted:
    """A matrix by its entry at two indices, as it was written and in the ring, and the variable of its inverse."""

    variable: Variable
    slot: Slot
    at: tuple[Idx, Idx]
    body: Poly

    def entry(self, ring: Ring, row: Subscript, column: Subscript) -> Poly:
        """The entry of the matrix in the ring."""
        return rename(ring, self.body, dict(zip(self.at, (row, column), strict=True)))

    def term(self, row: Subscript, column: Subscript) -> Term:
        """The entry of the matrix as a term."""
        first, second = self.slot.indices
        assert isinstance(first, Idx)
        assert isinstance(second, Idx)
        return renamed(self.slot.body, {first: row, second: column})

    def inverse(self, row: Subscript, column: Subscript) -> Term:
        """The entry of the inverse as a term."""
        return Inverse(row, column, self.slot)

    def relation(self, ends: Ends, middle: Idx, *, at_left: bool) -> Term:
        """The product with the inverse, that at the left or not, less the unit matrix: which is 0."""
        first, second = (self.inverse, self.term) if at_left else (self.term, self.inverse)
        product = Sum(middle, Mul((first(ends[0], middle), second(middle, ends[1]))))
        return Add((product, Mul((number(-1), Delta(*ends)))))

    @property
    def lead(self) -> Monomial:
        """The term that is looked for beside the inverse: one entry or a long product, rather than a delta."""
        return max(self.body, key=_rank)


@dataclass(frozen=True)
class Joined:
    """An inverse beside the leading term of its matrix: what else is summed over which indices, and how often."""

    inverted: Inverted
    middle: Idx
    ends: Ends
    at_left: bool
    beside: Monomial
    over: tuple[Idx, ...]
    scale: fmpq

    def multiple(self, ring: Ring) -> tuple[Poly, Term]:
        """The multiple of the relation between both that is subtracted, in the ring and as a term."""
        matrix, (first, last) = self.inverted, self.ends
        pairs = ((first, self.middle), (self.middle, last))
        at_matrix, at_inverse = pairs[::-1] if self.at_left else pairs
        product = ring.product(matrix.entry(ring, *at_matrix), entry(ring, matrix.variable, at_inverse))
        known = minus(sum_over(ring, self.middle, product), delta(ring, first, last))
        taken = ring.product({self.beside: self.scale}, known)
        reason: Term = Mul((of_monomial(self.beside), matrix.relation(self.ends, self.middle, at_left=self.at_left)))
        for index in self.over:
            taken, reason = sum_over(ring, index, taken), Sum(index, reason)
        return taken, Mul((of_poly([((), self.scale)]), reason))


def joins(ring: Ring, poly: Poly, of: Of) -> Iterator[Joined]:
    """The places where an inverse stands beside the leading term of its matrix, in a sum over what joins them."""
    for monomial, coefficient in content(poly):
        for atom, exponent in monomial:
            if not isinstance(atom.form, SumForm) or not isinstance(exponent, int) or exponent < 1:
                continue
            others: Poly = {monomial_of({**dict(monomial), atom: exponent - 1}): coefficient}
            over, opened = open_binder(ring, atom.form.over, {atom.form.body: fmpq(1)})
            for inside, scale in ring.product(opened, others).items():
                for own, power in inside:
                    matrix = of(own.form.variable) if isinstance(own.form, EntryForm) and power == 1 else None
                    if matrix is not None:
                        yield from _beside(ring, matrix, own, (inside, scale), over)


def _beside(ring: Ring, matrix: Inverted, own: Atom, term: tuple[Monomial, fmpq], over: list[Idx]) -> Iterator[Joined]:
    """The ways to take an inverse in a product together with the leading term of its matrix."""
    assert isinstance(own.form, EntryForm)
    (row, column), (inside, scale), lead = own.form.subscripts, term, matrix.lead
    for middle, end, at_left in ((row, column, False), (column, row, True)):
        if not isinstance(middle, Idx) or middle not in over or middle == end:
            continue
        for gone, opened in _opened(ring, lead, [each for each in over if each != middle]):
            for other in (each for each in _indices(inside, middle) if each not in gone):
                pair = (middle, other) if at_left else (other, middle)
                wanted = rename(ring, {opened: fmpq(1)}, dict(zip(matrix.at, pair, strict=True)))
                beside = _without(inside, own, wanted)
                if beside is None or any(atom.free & {middle, *gone} for atom, _ in beside):
                    continue
                kept = tuple(each for each in over if each != middle and each not in gone)
                often = scale / (matrix.body[lead] * next(iter(wanted.values())))
                ends = (end, other) if at_left else (other, end)
                yield Joined(matrix, middle, ends, at_left, beside, kept, often)


def _opened(ring: Ring, lead: Monomial, over: list[Idx]) -> Iterator[tuple[tuple[Idx, ...], Monomial]]:
    """A leading term with bound indices in the places of those that it sums over."""
    sums = [atom for atom, _ in lead if isinstance(atom.form, SumForm)]
    if not sums:
        yield (), lead
    if len(sums) != 1 or dict(lead)[sums[0]] != 1:
        return
    form = sums[0].form
    assert isinstance(form, SumForm)
    rest = tuple(power for power in lead if power[0] is not sums[0])
    for gone in permutations(over, len(form.over)):
        if all(each.extent == own.extent for each, own in zip(gone, form.over, strict=True)):
            names: dict[Idx, Subscript] = dict(zip(form.over, gone, strict=True))
            opened = ring.product({rest: fmpq(1)}, rename(ring, {form.body: fmpq(1)}, names))
            yield from ((gone, term) for term in opened if len(opened) == 1)


def _rank(monomial: Monomial) -> tuple[object, ...]:
    own = [atom for atom, _ in monomial if atom.free]
    summed = sum(len(atom.form.over) for atom in own if isinstance(atom.form, SumForm))
    return not any(atom.is_delta for atom in own), len(own) == 1, summed, monomial_key(monomial)


def _indices(monomial: Monomial, like: Idx) -> list[Idx]:
    """The other indices of the same dimension in a monomial, in order."""
    found = {index for atom, _ in monomial for index in atom.free if index.extent == like.extent and index != like}
    return sorted(found, key=lambda index: index.key)


def _without(monomial: Monomial, own: Atom, wanted: Poly) -> Monomial | None:
    """What is left of a product without an atom and without others, if those of them with an index are in it."""
    if len(wanted) != 1:
        return None
    powers = dict(monomial)
    del powers[own]
    for atom, exponent in next(iter(wanted)):
        if atom.free and powers.get(atom, 0) < exponent:
            return None
        powers[atom] = powers.get(atom, 0) - exponent
    return monomial_of(powers)
