"""Entries of inverse matrices in the normal form: what they are taken of, made canonical, and their products with it.

Where A is invertible: the inverse of a transpose is the transpose of the inverse, so of A and A^T the one with the
smaller key is inverted; a factor c of A leaves as 1/c; of a diagonal matrix the entries are inverted; and
(L R)^-1 = R^-1 L^-1 for square L and R, which are invertible if their product is. A sum over j of A_ij (A^-1)_jk is
delta_ik, as is that of (A^-1)_ij A_jk; of a sum A = T + R, where T is an entry, also of an inverse, or a sum of
products, that of T_ij (A^-1)_jk is delta_ik less that of R_ij (A^-1)_jk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    Content,
    DeltaForm,
    EntryForm,
    Exponent,
    InverseForm,
    Monomial,
    Poly,
    SumForm,
    canonical,
    content,
    content_key,
    monomial_of,
    subscript_key,
)
from verify.kernel.division import reduced
from verify.kernel.ring import Ring, add_into
from verify.kernel.term import Idx, Subscript, Undefined

MOST_NESTED, MOST_SUMMED = 20, 3

At = tuple[Subscript, Subscript]
Over = tuple[Idx, Idx]


@dataclass(frozen=True)
class Binders:
    """What renames free indices, sums over one, and makes a delta: of the module that opens binders."""

    rename: Callable[[Ring, Poly, dict[Idx, Subscript]], Poly]
    sum_over: Callable[[Ring, Idx, Poly], Poly]
    delta: Callable[[Ring, Subscript, Subscript], Poly]


@dataclass(frozen=True)
class Inverses:
    """Inverses in normal forms, by the binders that they need."""

    binders: Binders

    def entry(self, ring: Ring, at: At, over: Over, body: Poly) -> Poly:
        """The entry of an inverse; the matrix is given by its entry at two indices."""
        body = reduced(ring, body)
        if not body:
            raise Undefined("the inverse of zero")
        ring.spend()
        scale, body = _without_factor(ring, over, body)
        for rule in (self._of_diagonal, self._of_inverse, self._of_product):
            value = rule(ring, at, over, body)
            if value is not None:
                return ring.product(scale, value)
        return ring.product(scale, self._atom(ring, at, over, body))

    def _of_diagonal(self, ring: Ring, at: At, over: Over, body: Poly) -> Poly | None:
        first, second = over
        rest: Poly = {}
        for monomial, coefficient in body.items():
            others = tuple(power for power in monomial if not _ties(power[0], over))
            if len(others) != len(monomial) - 1:
                return None
            add_into(rest, {others: coefficient})
        inverted = operations.power(ring, self.binders.rename(ring, rest, {first: at[0], second: at[0]}), -1)
        return ring.product(self.binders.delta(ring, *at), inverted)

    def _of_inverse(self, ring: Ring, at: At, over: Over, body: Poly) -> Poly | None:
        """The matrix itself, of its inverse: that it has one is a condition that was noted where it was inverted."""
        ((monomial, _), *more) = body.items()
        form = monomial[0][0].form if len(monomial) == 1 and monomial[0][1] == 1 else None
        if more or not isinstance(form, InverseForm) or {form.row, form.column} != set(over):
            return None
        row, column = at if (form.row, form.column) == over else at[::-1]
        return self.binders.rename(ring, dict(form.body), {form.over[0]: row, form.over[1]: column})

    def _of_product(self, ring: Ring, at: At, over: Over, body: Poly) -> Poly | None:
        """By rows and columns that are scaled, or by two square factors."""
        if len(body) != 1:
            return None
        ((monomial, _),) = body.items()
        first, second = over
        rows, columns, core = (_only(monomial, over, own) for own in ((first,), (second,), over))
        if len(rows) + len(columns) + len(core) < len(monomial):
            return None
        if (rows or columns) and core:
            scales = [
                operations.power(ring, self.binders.rename(ring, {factor: fmpq(1)}, {own: place}), -1)
                for factor, own, place in ((rows, first, at[1]), (columns, second, at[0]))
            ]
            inner = self.entry(ring, at, over, {core: fmpq(1)})
            return ring.product(ring.product(scales[0], scales[1]), inner)
        if len(core) != 1 or core[0][1] != 1 or not isinstance(core[0][0].form, SumForm):
            return None
        return self._of_factors(ring, at, over, core[0][0].form)

    def _of_factors(self, ring: Ring, at: At, over: Over, form: SumForm) -> Poly | None:
        inner = {each: ring.fresh(each.extent) for each in form.over}
        opened = self.binders.rename(ring, {form.body: fmpq(1)}, dict(inner.items()))
        if len(opened) != 1:
            return None
        ((monomial, coefficient),) = opened.items()
        bound = list(inner.values())
        for middle in bound:
            others = [each for each in bound if each != middle]
            parts = _cut(monomial, over, middle, others) if middle.extent == over[0].extent else None
            if parts is None:
                continue
            left, right = (self._summed(ring, part, others) for part in parts)
            between = ring.fresh(middle.extent)
            one = self.entry(ring, (at[0], between), (middle, over[1]), right)
            other = self.entry(ring, (between, at[1]), (over[0], middle), left)
            total = self.binders.sum_over(ring, between, ring.product(one, other))
            return ring.scaled(total, 1 / coefficient)
        return None

    def _summed(self, ring: Ring, part: Monomial, bound: list[Idx]) -> Poly:
        poly: Poly = {part: fmpq(1)}
        for index in bound:
            if any(index in atom.free for atom, _ in part):
                poly = self.binders.sum_over(ring, index, poly)
        return poly

    def _atom(self, ring: Ring, at: At, over: Over, body: Poly) -> Poly:
        """An atom: of k B and its transpose h C, with leading coefficients 1 in B and C, that of the smaller key."""
        depth = 1 + max((atom.depth for monomial in body for atom, _ in monomial), default=0)
        first, second = (canonical(depth, place, over[place].extent) for place in (0, 1))
        (scale, plain), (other, turned) = (
            _monic(self.binders.rename(ring, body, {over[0]: down, over[1]: across}))
            for down, across in ((first, second), (second, first))
        )
        if plain == turned and scale != other and at[0] == at[1]:
            return {}  # on the diagonal of an antisymmetric matrix
        in_order = [subscript_key(each) for each in at] == sorted(map(subscript_key, at))
        if in_order if plain == turned else content_key(plain) < content_key(turned):
            return ring.scaled(ring.of(InverseForm(*at, (first, second), plain)), 1 / scale)
        return ring.scaled(ring.of(InverseForm(*at[::-1], (first, second), turned)), 1 / other)

    def contracted(self, ring: Ring, bounds: list[Idx], monomial: Monomial) -> tuple[list[Idx], Poly] | None:
        """The sum over an index that joins an inverse to its matrix; the indices that are left to sum over."""
        for atom, exponent in monomial:
            if isinstance(atom.form, InverseForm) and exponent == 1:
                for index in bounds:
                    if (atom.form.row == index) != (atom.form.column == index):
                        found = self._joined(ring, bounds, monomial, atom, index)
                        if found is not None:
                            return found
        return None

    def _joined(
        self, ring: Ring, bounds: list[Idx], monomial: Monomial, atom: Atom, index: Idx
    ) -> tuple[list[Idx], Poly] | None:
        form = atom.form
        assert isinstance(form, InverseForm)
        lead = max((each for each, _ in form.body if _is_lead(each, form.over)), key=_summed_in, default=None)
        if lead is None:
            return None
        rest: Poly = {each: c for each, c in form.body if each != lead}
        scale = dict(form.body)[lead]
        from_left = form.row == index
        end = form.column if from_left else form.row
        joins = {form.over[1] if from_left else form.over[0]: index}
        for inner, term in self._opened(ring, lead, bounds, index):
            for other in _ends(monomial, index):
                if other in inner:
                    continue
                names = {**joins, (form.over[0] if from_left else form.over[1]): other}
                wanted = self.binders.rename(ring, {term: fmpq(1)}, dict(names))
                others = _divided(monomial, wanted, atom, (index, *inner))
                if others is None:
                    continue
                remaining = [each for each in bounds if each != index and each not in inner]
                left = self.binders.rename(ring, rest, dict(names))
                less = self._less(ring, index, left, atom) if left else {}
                value = ring.sum((self.binders.delta(ring, other, end), ring.scaled(less, fmpq(-1))))
                return remaining, ring.scaled(ring.product({others: fmpq(1)}, value), 1 / scale)
        return None

    def _less(self, ring: Ring, index: Idx, left: Poly, atom: Atom) -> Poly:
        """What the rest of the matrix makes with its inverse; that goes on for ever where it has the first term in it.

        Of B + t B, the product of B with the inverse is 1 less t times that product.
        """
        with ring.within(MOST_NESTED):
            return self.binders.sum_over(ring, index, ring.product(left, {((atom, 1),): fmpq(1)}))

    def _opened(
        self, ring: Ring, lead: Monomial, bounds: list[Idx], index: Idx
    ) -> Iterator[tuple[tuple[Idx, ...], Monomial]]:
        """A leading term with bound indices in the places of its own, if it sums over some."""
        form = lead[0][0].form
        if not isinstance(form, SumForm):
            yield (), lead
            return
        for inner in permutations([each for each in bounds if each != index], len(form.over)):
            ring.spend()
            if all(each.extent == own.extent for each, own in zip(inner, form.over, strict=True)):
                names: dict[Idx, Subscript] = dict(zip(form.over, inner, strict=True))
                opened = self.binders.rename(ring, {form.body: fmpq(1)}, names)
                for term, coefficient in opened.items():
                    if len(opened) == 1 and coefficient == 1:
                        yield inner, term


def _monic(poly: Poly) -> tuple[fmpq, Content]:
    terms = content(poly)
    scale = terms[0][1]
    return scale, tuple((monomial, coefficient / scale) for monomial, coefficient in terms)


def _ties(atom: Atom, over: Over) -> bool:
    return isinstance(atom.form, DeltaForm) and atom.free == frozenset(over)


def _only(monomial: Monomial, over: Over, own: tuple[Idx, ...]) -> Monomial:
    """The powers that mention these of the two indices, and not the other."""
    return tuple(power for power in monomial if power[0].free & frozenset(over) == frozenset(own))


def _without_factor(ring: Ring, over: Over, body: Poly) -> tuple[Poly, Poly]:
    """One over the factor that all terms have in common, without the two indices; and what is left of the matrix."""
    least: dict[Atom, Exponent] = {}
    for monomial in body:
        for atom, _ in monomial:
            if atom.free.isdisjoint(over) and not isinstance(atom.form, DeltaForm):
                least[atom] = min(dict(each).get(atom, 0) for each in body)
    factor = monomial_of(least)
    leading = content(body)[0][1]
    kept: Poly = {}
    for monomial, coefficient in body.items():
        powers = dict(monomial)
        for atom, exponent in factor:
            powers[atom] = powers.get(atom, 0) - exponent
        add_into(kept, ring.scaled(ring.monomial(monomial_of(powers)), coefficient / leading))
    inverse = ring.monomial(tuple((atom, -exponent) for atom, exponent in factor))
    return ring.scaled(inverse, 1 / leading), kept


def _cut(monomial: Monomial, over: Over, middle: Idx, others: list[Idx]) -> tuple[Monomial, Monomial] | None:
    """The factors on both sides of an index, if nothing else joins those of the row to those of the column."""
    linking = frozenset((*over, *others))
    sides: list[list[tuple[Atom, Exponent]]] = []
    waiting = list(monomial)
    for end in over:
        reached, side = {end}, []
        for _ in monomial:
            found = [power for power in waiting if power[0].free & reached]
            side += found
            waiting = [power for power in waiting if power not in found]
            reached |= {index for atom, _ in found for index in atom.free & linking}
        sides.append(side)
        if not side or (end == over[0] and over[1] in reached):
            return None
    if waiting or any(middle not in {i for atom, _ in side for i in atom.free} for side in sides):
        return None
    left, right = (monomial_of(dict(side)) for side in sides)
    return left, right


def _is_lead(monomial: Monomial, over: Over) -> bool:
    """Whether a term of a matrix is an entry, one of another inverse, or a sum of products."""
    if len(monomial) != 1 or monomial[0][1] != 1 or not monomial[0][0].free.issuperset(over):
        return False
    form = monomial[0][0].form
    return isinstance(form, EntryForm | InverseForm) or (isinstance(form, SumForm) and len(form.over) <= MOST_SUMMED)


def _summed_in(lead: Monomial) -> int:
    """Over how many indices a leading term sums: the longest product is replaced by shorter ones."""
    form = lead[0][0].form
    return len(form.over) if isinstance(form, SumForm) else 0


def _ends(monomial: Monomial, index: Idx) -> list[Subscript]:
    """The subscripts at which a matrix may stand whose other one is the index."""
    found: set[Subscript] = set()
    for atom, _ in monomial:
        found |= {each for each in atom.free if each.extent == index.extent and each != index}
        if isinstance(atom.form, EntryForm):
            found |= {each for each in atom.form.subscripts if isinstance(each, int)}
    return sorted(found, key=subscript_key)


def _divided(monomial: Monomial, wanted: Poly, inverse: Atom, gone: tuple[Idx, ...]) -> Monomial | None:
    """What is left of a product without an inverse and the term that it is joined to, if no index is left in it."""
    if len(wanted) != 1:
        return None
    ((term, coefficient),) = wanted.items()
    powers = dict(monomial)
    del powers[inverse]
    for atom, exponent in term:
        if not isinstance(exponent, int) or powers.get(atom, 0) < exponent:
            return None
        powers[atom] -= exponent
    left = monomial_of(powers)
    free = coefficient == 1 and all(atom.free.isdisjoint(gone) for atom, _ in left)
    return left if free and term != CONSTANT else None
