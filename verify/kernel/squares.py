"""That a normal form is at least 0: it is a sum of squares, or more than one by an inequality that always holds.

A value is at least 0 if it is a form in real numbers whose matrix is positive semidefinite, a product of what is given
not to be negative, or a sum over an index of what is. What it is compared with may come first: a sum of what is not
negative is no less than one of its terms, a sum over pairs of such than that over equal pairs, the product of two sums
of squares no less than the square of the sum of products (Cauchy and Schwarz), e and the logarithm no less than by
their tangents, and p no less than q if one of them is a root, p is not negative, and p^2 - q^2 is at least 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, product
from math import prod

from flint import fmpq

from verify.kernel.atoms import (
    Atom,
    EntryForm,
    Exponent,
    LogForm,
    Monomial,
    Poly,
    SumForm,
    monomial_of,
    subscript_key,
)
from verify.kernel.binding import rename, sum_over
from verify.kernel.budget import Budget
from verify.kernel.definite import Definite
from verify.kernel.division import cleared, factored, reduced, under_root
from verify.kernel.openings import by_products_of_sums, opened, tangents
from verify.kernel.operations import exponential
from verify.kernel.ring import Ring, minus
from verify.kernel.tangents import Bound, exponentials_in
from verify.kernel.term import Extent, Idx, OutOfBudget, Subscript, Undefined

MOST_TERMS, MOST_FACTORS, TRIALS = 24, 3, 400
SHARES = (fmpq(1, 2), fmpq(1, 8))
DEPTHS = (1, 2, 3)
TERMS_AT_ONCE = 6


def is_shown(
    ring: Ring, poly: Poly, *, strict: bool, given: Sequence[Poly] = (), depths: Sequence[int] = DEPTHS
) -> bool:
    """Whether a value is shown to be at least 0, or, strictly, more than that; ``given`` are not negative."""
    signs = Definite(ring).with_given(given)
    with suppress(OutOfBudget, Undefined):
        for depth in depths:  # a short proof is found before the steps are used up for long ones
            squares = _Squares(signs, Budget(TRIALS))
            with suppress(OutOfBudget):
                if squares.positive(poly, depth) if strict else squares.shown(poly, depth):
                    return True
    return False


@dataclass(frozen=True)
class _Squares:
    """A search in counted trials, with what is known of signs."""

    signs: Definite
    trials: Budget

    @property
    def ring(self) -> Ring:
        """The ring of what is shown."""
        return self.signs.ring

    def positive(self, poly: Poly, depth: int) -> bool:
        """Whether the value is more than 0: it has a positive part beside what is at least 0, or a bound that has."""
        poly = self._without_denominators(reduced(self.ring, poly))
        self.trials.spend(1 + len(poly) // TERMS_AT_ONCE)
        here = self._with_logarithms(poly)
        if len(poly) > MOST_TERMS or here.signs.is_product(poly, strict=True):
            return bool(poly) and len(poly) <= MOST_TERMS
        apart = [term for term, c in poly.items() if c > 0 and all(self.ring.positive_atom(atom) for atom, _ in term)]
        parts = ({term: poly[term] * share} for term in apart for share in SHARES)
        if any(here.signs.is_form(minus(poly, part)) for part in parts):
            return True
        if any(here.shown(minus(poly, {term: poly[term]}), depth) for term in apart):
            return True
        if depth == 0:
            return False
        for bound in here._bounds(poly):
            if (bound.strict and here.shown(bound.poly, depth - 1)) or here.positive(bound.poly, depth - 1):
                return True
        return any(
            here.positive(part, depth - 1) and all(here.shown(other, depth - 1) for other in others)
            for part, *others in here._by_roots(poly)
        )

    def shown(self, poly: Poly, depth: int) -> bool:
        """Whether the value is at least 0; each trial is counted, a long one more than once."""
        divided = reduced(self.ring, poly)
        poly = self._without_denominators(divided)
        self.trials.spend(1 + len(poly) // TERMS_AT_ONCE)
        if len(poly) > MOST_TERMS:
            return False
        here = self._with_logarithms(poly)
        signs = here.signs
        if signs.is_form(poly) or ((signs.given or signs.above) and signs.is_product(poly, strict=False)):
            return True
        ways = chain(here._instead(poly), here._by_tangents(divided) if divided != poly else ())
        return depth > 0 and any(
            all(here.shown(part, depth - 1) for part in parts) for parts in ways if poly not in parts
        )

    def _with_logarithms(self, poly: Poly) -> _Squares:
        return replace(self, signs=self.signs.with_logarithms(poly))

    def _without_denominators(self, poly: Poly) -> Poly:
        """The value times what is positive: a denominator of unknown sign is squared."""
        poly, _ = self._times_even(poly, cleared(self.ring, poly)[1])
        least: dict[Atom, int | Fraction] = {}
        for monomial in poly:
            for atom, exponent in monomial:
                least[atom] = min(least.get(atom, 0), exponent)
        return self._times_even(poly, monomial_of({atom: -exponent for atom, exponent in least.items()}))[0]

    def _times_even(self, poly: Poly, factor: Monomial) -> tuple[Poly, Monomial]:
        even = monomial_of({a: e if self.ring.positive_atom(a) or e % 2 == 0 else e + 1 for a, e in factor})
        return self.ring.product(poly, {even: fmpq(1)}), even

    # ---------------------------------------------------------------- what suffices instead

    def _instead(self, poly: Poly) -> Iterator[tuple[Poly, ...]]:
        """What it suffices to show instead, in the order in which it is tried."""
        yield from by_products_of_sums(self.signs, poly)
        yield from self._by_tangents(poly)
        yield from self._by_roots(poly)
        yield from self._by_factors(poly)
        yield from self._by_exponentials(poly)
        yield from self._by_own_terms(poly)
        yield from opened(self.signs, poly)

    def _bounds(self, poly: Poly) -> Iterator[Bound]:
        """What e and logarithms are no less than by tangents, also after a division by one of the exponentials."""
        yield from tangents(self.signs).below(poly)
        for own in dict.fromkeys(exponentials_in(term) for term in poly):
            if own:
                inverse = monomial_of({atom: -exponent for atom, exponent in own})
                yield from tangents(self.signs).below(self.ring.product(poly, {inverse: fmpq(1)}))

    def _by_tangents(self, poly: Poly) -> Iterator[tuple[Poly]]:
        yield from ((bound.poly,) for bound in self._bounds(poly))

    def _by_exponentials(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """E to a sum of whole multiples of logarithms, and of what else stands there, less 1."""
        logarithms = [(term, c) for term, c in poly.items() if any(isinstance(a.form, LogForm) for a, _ in term)]
        if logarithms and all(len(term) == 1 and term[0][1] == 1 and c.q == 1 for term, c in logarithms):
            yield (minus(exponential(self.ring, poly), self.ring.constant(1)),)

    def _by_factors(self, poly: Poly) -> Iterator[tuple[Poly, ...]]:
        """The factors of a product, each with one of its signs, of which an even number is turned."""
        common, constant, found = factored(self.ring, poly)
        factors: list[tuple[Poly, Exponent]] = [({((atom, 1),): fmpq(1)}, exponent) for atom, exponent in common]
        factors += [(dict(each), many) for each, many in found]
        odd = [factor for factor, exponent in factors if exponent % 2 and not self.ring.is_positive(factor)]
        if 1 < len(odd) <= MOST_FACTORS or (len(odd) == 1 and len(factors) > 1):
            for signs in product((1, -1), repeat=len(odd)):
                if prod(signs) == (1 if constant > 0 else -1):
                    yield tuple(self.ring.scaled(each, fmpq(s)) for each, s in zip(odd, signs, strict=True))

    def _by_own_terms(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """A sum of what is not negative as one of its terms, over pairs as that over equal pairs."""
        for term, coefficient in poly.items():
            if coefficient < 0 or not self.signs.never_negative(term):
                continue
            for atom, exponent in term:
                if isinstance(atom.form, SumForm) and exponent >= 1 and self.signs.never_negative(atom.form.body):
                    others = self.ring.join(term, ((atom, -1),))
                    for fewer in chain(self._own_terms(poly, atom.form), self._equal_pairs(others, atom.form)):
                        less = self.ring.product({others: coefficient}, fewer)
                        yield (self.ring.sum((minus(poly, {term: coefficient}), less)),)

    def _own_terms(self, poly: Poly, form: SumForm) -> Iterator[Poly]:
        """The terms of a sum over one index, at places that stand in a polynomial."""
        if len(form.over) == 1:
            for place in _places(poly, form.over[0].extent):
                yield rename(self.ring, {form.body: fmpq(1)}, {form.over[0]: place})

    def _equal_pairs(self, others: Monomial, form: SumForm) -> Iterator[Poly]:
        """A sum over two indices where they are equal; a product of two sums over one as one over both."""
        for one, two in combinations(form.over, 2):
            if one.extent == two.extent:
                yield self._summed(form.over, {form.body: fmpq(1)}, {one: two})
        for atom, exponent in others:
            second = atom.form
            if isinstance(second, SumForm) and exponent >= 1 and self.signs.never_negative(second.body):
                extents = [each.extent for each in (*form.over, *second.over)]
                if len(extents) == 2 and extents[0] == extents[1]:
                    index = self.ring.fresh(extents[0])
                    bodies = [rename(self.ring, {each.body: fmpq(1)}, {each.over[0]: index}) for each in (form, second)]
                    fewer = sum_over(self.ring, index, self.ring.product(*bodies))
                    yield self.ring.product(fewer, {((atom, -1),): fmpq(1)})

    def _summed(self, over: tuple[Idx, ...], body: Poly, same: Mapping[Idx, Idx]) -> Poly:
        """A sum over some indices, of which one may be taken for another."""
        fresh: dict[Idx, Subscript] = {each: self.ring.fresh(each.extent) for each in over if each not in same}
        total = rename(self.ring, body, {**fresh, **{each: fresh[other] for each, other in same.items()}})
        for index in fresh.values():
            assert isinstance(index, Idx)
            total = sum_over(self.ring, index, total)
        return total

    def _by_roots(self, poly: Poly) -> Iterator[tuple[Poly, ...]]:
        """The square of the roots that are added, less that of the rest; or that of a rest, less that of the roots."""
        roots = {term: c for term, c in poly.items() if any(under_root(atom) is not None for atom, _ in term)}
        added = {term: c for term, c in roots.items() if c > 0 and self.signs.never_negative(term)}
        for own, side in ((added, 1), ({term: c for term, c in roots.items() if term not in added}, -1)):
            rest = {term: c for term, c in poly.items() if term not in own}
            if own and rest:
                difference = minus(self.ring.power(own, 2), self.ring.power(rest, 2))
                yield (self.ring.scaled(difference, fmpq(side)), *((rest,) if side < 0 else ()))


def _places(poly: Poly, over: Extent) -> list[Subscript]:
    """The free indices of this extent, and the numbers that stand for one."""
    found: dict[Subscript, None] = {}
    for atom in (atom for monomial in poly for atom, _ in monomial):
        found |= dict.fromkeys(sorted((each for each in atom.free if each.extent == over), key=subscript_key))
        if isinstance(atom.form, EntryForm):
            pairs = zip(atom.form.variable.axes, atom.form.subscripts, strict=True)
            found |= {each: None for axis, each in pairs if isinstance(each, int) and axis == over}
    return list(found)
