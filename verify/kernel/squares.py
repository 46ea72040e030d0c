"""That a normal form is at least 0: it is a sum of squares, or more than one by an inequality that always holds.

A value is at least 0 if it is a form in real numbers whose matrix is positive semidefinite, or a sum over an index of
what is. What it is compared with may come first: a sum of what is not negative is no less than one of its terms, the
product of two sums of squares no less than the square of the sum of products (Cauchy and Schwarz), e^u no less than
1 + u, -log u no less than 1 - u, and p no less than q if p is a root and p^2 - q^2 is at least 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, islice, product

from flint import fmpq

from verify.kernel.atoms import (
    Atom,
    EntryForm,
    ExpForm,
    Exponent,
    LogForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    monomial_of,
    subscript_key,
)
from verify.kernel.binding import open_binder, rename, sum_over
from verify.kernel.budget import Budget
from verify.kernel.division import cleared, reduced, under_root
from verify.kernel.operations import power
from verify.kernel.ring import Ring, minus
from verify.kernel.semidefinite import is_semidefinite
from verify.kernel.term import Extent, Idx, OutOfBudget, Subscript, Undefined

DEPTH, MOST_TERMS, MOST_OPENINGS, TRIALS = 4, 24, 32, 400


def is_shown(ring: Ring, poly: Poly, *, strict: bool, given: Sequence[Poly] = ()) -> bool:
    """Whether a value is shown to be at least 0, or, strictly, more than that; ``given`` are not negative."""
    known = {atom for form in given for atom in _lone(form)}
    with suppress(OutOfBudget, Undefined):
        squares = _Squares(ring, Budget(TRIALS), frozenset(known))
        if not strict:
            return squares.shown(poly, DEPTH)
        positive = [term for term, c in poly.items() if c > 0 and all(ring.positive_atom(atom) for atom, _ in term)]
        return any(squares.shown(minus(poly, {term: poly[term]}), DEPTH) for term in positive)
    return False


def _lone(form: Poly) -> Iterator[Atom]:
    """The atom that a form is a positive multiple of, if it is."""
    for monomial, coefficient in form.items():
        if len(form) == 1 and coefficient > 0 and len(monomial) == 1 and monomial[0][1] == 1:
            yield monomial[0][0]


@dataclass(frozen=True)
class _Squares:
    """What is known not to be negative, besides what the ring knows to be positive."""

    ring: Ring
    trials: Budget
    known: frozenset[Atom]

    def shown(self, poly: Poly, depth: int) -> bool:
        """Whether the value is at least 0; each trial is counted."""
        self.trials.spend(1)
        divided = reduced(self.ring, poly)
        poly = self._without_denominators(divided)
        if len(poly) > MOST_TERMS:
            return False
        here = self._with_logarithms(poly)
        if here.is_form(poly):
            return True
        ways = chain(here._instead(poly), here._by_tangents(divided) if divided != poly else ())
        return depth > 0 and any(
            all(here.shown(part, depth - 1) for part in parts) for parts in ways if poly not in parts
        )

    def _with_logarithms(self, poly: Poly) -> _Squares:
        """What a logarithm is taken of is positive, where that is defined."""
        logarithms = [atom.form for monomial in poly for atom, _ in monomial if isinstance(atom.form, LogForm)]
        return _Squares(
            self.ring, self.trials, self.known | {atom for log in logarithms for atom in _lone(dict(log.argument))}
        )

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

    # ---------------------------------------------------------------- forms

    def never_negative(self, monomial: Monomial) -> bool:
        """Whether each power in a monomial is at least 0."""
        return all(exponent % 2 == 0 or self._is_at_least_zero(atom) for atom, exponent in monomial)

    def _is_at_least_zero(self, atom: Atom) -> bool:
        if atom in self.known or self.ring.is_not_negative(((atom, 1),)):
            return True
        return isinstance(atom.form, SumForm) and self.never_negative(atom.form.body)

    def is_form(self, poly: Poly) -> bool:
        """Whether the terms are those of a positive semidefinite form, and others that are not negative."""
        diagonal = {self._root(term): term for term, c in poly.items() if c > 0 and self.never_negative(term)}
        mixed = [term for term, c in poly.items() if not (c > 0 and self.never_negative(term))]
        matrix = {(root, root): Fraction(int(poly[term].p), int(poly[term].q)) for root, term in diagonal.items()}
        pairs = list(combinations(diagonal, 2))
        for term in mixed:
            pair = next((each for each in pairs if self.ring.join(*each) == _with_powers(term)), None)
            if pair is None:
                return False
            half = Fraction(int(poly[term].p), 2 * int(poly[term].q))
            matrix[pair] = matrix[pair[::-1]] = half
            pairs.remove(pair)
        return is_semidefinite([[matrix.get((row, column), Fraction(0)) for column in diagonal] for row in diagonal])

    def _root(self, monomial: Monomial) -> Monomial:
        halves = {atom: Fraction(exponent) / 2 for atom, exponent in monomial}
        return monomial_of({a: int(e) if e.denominator == 1 else e for a, e in halves.items()})

    # ---------------------------------------------------------------- what suffices instead

    def _instead(self, poly: Poly) -> Iterator[tuple[Poly, ...]]:
        """What it suffices to show instead, in the order in which it is tried."""
        yield from self._by_products_of_sums(poly)
        yield from self._by_tangents(poly)
        yield from self._by_roots(poly)
        yield from self._by_own_terms(poly)
        yield from self._opened(poly)

    def _opened(self, poly: Poly) -> Iterator[tuple[Poly, ...]]:
        """The terms of sums over an index, and what is no such sum; or what those terms are no less than."""
        extents = {
            index.extent: None for m in poly for a, _ in m if isinstance(a.form, SumForm) for index in a.form.over
        }
        for over in extents:
            index = self.ring.fresh(over)
            choices = {term: list(self._openings(term, index)) for term in poly}
            sums = [term for term in poly if choices[term]]
            rest = {term: c for term, c in poly.items() if not choices[term]}
            for chosen in islice(product(*(choices[term] for term in sums)), MOST_OPENINGS):
                body = self.ring.sum(
                    self.ring.scaled(each, poly[term]) for term, each in zip(sums, chosen, strict=True)
                )
                yield (body, rest) if rest else (body,)
                for (lower,) in self._with_logarithms(body)._by_tangents(body):
                    yield (self.ring.sum((sum_over(self.ring, index, lower), rest)),)

    def _openings(self, term: Monomial, index: Idx) -> Iterator[Poly]:
        """The term as what is summed over an index: each way to take a sum, or a dimension, for that sum."""
        for atom, exponent in term:
            without = {self.ring.join(term, ((atom, -1),)): fmpq(1)}
            match atom.form:
                case SumForm(over=over, body=body) if isinstance(exponent, int):
                    for own in (each for each in over if each.extent == index.extent):
                        others = {each: self.ring.fresh(each.extent) for each in over if each != own}
                        opened = rename(self.ring, {body: fmpq(1)}, {own: index, **others})
                        for other in others.values():
                            opened = sum_over(self.ring, other, opened)
                        yield self.ring.product(without, opened)
                case SizeForm(name=name) if index.extent == Extent((((name,), 1),)):
                    yield without
                case _:
                    pass

    def _by_tangents(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """E^u as 1 + u, and u log(a) - u log(b) as u - u b/a: less, as far as what they are multiplied by is not."""
        lower: Poly = {}
        logarithms: dict[Monomial, list[tuple[fmpq, Poly]]] = {}
        for term, coefficient in poly.items():
            found, exponent = next(((atom, e) for atom, e in term if self._has_tangent(atom, e)), (None, 0))
            others = tuple(each for each in term if each[0] is not found)
            match found and found.form:
                case LogForm(argument=argument) if self.never_negative(others):
                    logarithms.setdefault(others, []).append((coefficient, dict(argument)))
                case ExpForm(power=exponential) if coefficient > 0 and self.never_negative(others):
                    slope = fmpq(exponent.numerator, exponent.denominator)
                    tangent = self.ring.sum((self.ring.constant(1), {exponential: slope}))
                    lower = self.ring.sum((lower, self.ring.product({others: coefficient}, tangent)))
                case _:
                    lower = self.ring.sum((lower, {term: coefficient}))
        for others, terms in logarithms.items():
            lower = self.ring.sum((lower, self.ring.product({others: fmpq(1)}, self._under_logarithms(terms))))
        if lower != poly:
            yield (lower,)

    @staticmethod
    def _has_tangent(atom: Atom, exponent: Exponent) -> bool:
        if isinstance(atom.form, LogForm):
            return exponent == 1
        return isinstance(atom.form, ExpForm) and under_root(atom) is None

    def _under_logarithms(self, terms: list[tuple[fmpq, Poly]]) -> Poly:
        """A lower bound of sum c log(a): two of opposite weights are one logarithm of a quotient."""
        match terms:
            case [(one, first), (other, second)] if one == -other:
                above, below = (first, second) if one > 0 else (second, first)
                quotient = self.ring.product(below, power(self.ring, above, -1))
                return self.ring.scaled(minus(self.ring.constant(1), quotient), abs(one))
            case _:
                bounds = (
                    minus(self.ring.constant(1), argument if c < 0 else power(self.ring, argument, -1))
                    for c, argument in terms
                )
                return self.ring.sum(
                    self.ring.scaled(bound, abs(c)) for bound, (c, _) in zip(bounds, terms, strict=True)
                )

    def _by_products_of_sums(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """Without c (sum u^2 sum v^2 - (sum u v)^2), for a term -c (sum u v)^2."""
        for term, coefficient in poly.items():
            for atom, exponent in term:
                if coefficient < 0 and isinstance(atom.form, SumForm) and exponent == 2:
                    others = {self.ring.join(term, ((atom, -2),)): -coefficient}
                    if self.never_negative(next(iter(others))):
                        yield from self._without_gram(poly, term, atom.form, others)

    def _without_gram(self, poly: Poly, term: Monomial, form: SumForm, others: Poly) -> Iterator[tuple[Poly]]:
        for many in range(len(form.body) + 1):
            for chosen in combinations(form.body, many):
                first, second = (
                    self._squared(form, part) for part in (chosen, tuple(p for p in form.body if p not in chosen))
                )
                bound = self.ring.product(others, self.ring.product(first, second))
                if any(each in poly for each in bound):
                    yield (minus(minus(poly, {term: poly[term]}), bound),)

    def _squared(self, form: SumForm, part: Monomial) -> Poly:
        """The sum of the squares of a part of the terms."""
        opened, total = open_binder(self.ring, form.over, {monomial_of({a: 2 * e for a, e in part}): fmpq(1)})
        for index in opened:
            total = sum_over(self.ring, index, total)
        return total

    def _by_own_terms(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """A sum of what is not negative as one of its terms."""
        for term, coefficient in poly.items():
            for atom, exponent in term:
                match atom.form:
                    case SumForm(over=(index,), body=body) if exponent == 1 and coefficient > 0:
                        others = self.ring.join(term, ((atom, -1),))
                        if self.never_negative(others) and self.never_negative(body):
                            for place in _places(poly, index.extent):
                                own = rename(self.ring, {body: fmpq(1)}, {index: place})
                                less = self.ring.product({others: coefficient}, own)
                                yield (self.ring.sum((minus(poly, {term: coefficient}), less)),)
                    case _:
                        pass

    def _by_roots(self, poly: Poly) -> Iterator[tuple[Poly]]:
        """The square of the roots that are added, less the square of the rest."""
        roots = {
            term: c
            for term, c in poly.items()
            if c > 0 and self.never_negative(term) and any(under_root(atom) is not None for atom, _ in term)
        }
        if roots:
            rest = {term: c for term, c in poly.items() if term not in roots}
            yield (minus(self.ring.power(roots, 2), self.ring.power(rest, 2)),)


def _with_powers(monomial: Monomial) -> Monomial:
    """The monomial with the root of one atom as a power of that atom."""
    powers: dict[Atom, Exponent] = {}
    for atom, exponent in monomial:
        match under_root(atom):
            case ((((base, 1),), coefficient),) if coefficient == 1:
                powers[base] = powers.get(base, 0) + exponent
            case _:
                powers[atom] = powers.get(atom, 0) + exponent
    return monomial_of(powers)


def _places(poly: Poly, over: Extent) -> list[Subscript]:
    """The free indices of this extent, and the numbers that stand for one."""
    found: dict[Subscript, None] = {}
    for atom in (atom for monomial in poly for atom, _ in monomial):
        found |= dict.fromkeys(sorted((each for each in atom.free if each.extent == over), key=subscript_key))
        if isinstance(atom.form, EntryForm):
            pairs = zip(atom.form.variable.axes, atom.form.subscripts, strict=True)
            found |= {each: None for axis, each in pairs if isinstance(each, int) and axis == over}
    return list(found)
