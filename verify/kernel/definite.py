"""What is at least 0 at sight: a positive semidefinite form, or a product of what is known not to be negative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations

from flint import fmpq

from verify.kernel.atoms import Atom, Content, Exponent, LogForm, Monomial, Poly, SumForm, content, monomial_of
from verify.kernel.division import factored, under_root
from verify.kernel.ring import Ring, minus
from verify.kernel.semidefinite import is_semidefinite
from verify.kernel.term import OutOfBudget


@dataclass(frozen=True)
class Definite:
    """What is known in a ring not to be negative, or to be positive, besides what the ring itself knows.

    >>> from verify.kernel.normal import NormalForm
    >>> from verify.kernel.statement import statement
    >>> from verify.language import scalar
    >>> a, b, ring = scalar("a"), scalar("b"), Ring()
    >>> forms = [NormalForm(ring).of(statement(each, 0 * a, ()).left) for each in (a**2 - a * b + b**2, a * b, 1 - a)]
    >>> signs = Definite(ring).with_given(forms[2:])
    >>> [signs.not_negative(each) for each in forms]
    [True, False, True]
    """

    ring: Ring
    known: frozenset[Atom] = frozenset()
    given: frozenset[Content] = frozenset()
    above: frozenset[Content] = frozenset()

    def with_given(self, forms: Sequence[Poly]) -> Definite:
        """The same, and that these are not negative."""
        known = self.known.union(atom for form in forms for atom in _lone(form))
        return replace(self, known=known, given=self.given.union(_primitive(form) for form in forms if form))

    def with_logarithms(self, poly: Poly) -> Definite:
        """What a logarithm is taken of is positive, where that is defined."""
        forms = (atom.form for monomial in poly for atom, _ in monomial)
        above = [dict(form.argument) for form in forms if isinstance(form, LogForm)]
        known = self.known.union(atom for each in above for atom in _lone(each))
        return replace(self, known=known, above=self.above.union(map(_primitive, above)))

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

    def not_negative(self, poly: Poly) -> bool:
        """Whether a polynomial is at least 0: as a form, or by its factors."""
        return self.is_form(poly) or self.is_product(poly, strict=False)

    def is_product(self, poly: Poly, *, strict: bool) -> bool:
        """Whether each factor of a polynomial is given to have a sign, or has it, and an even number is negative."""
        if not poly:
            return not strict
        try:
            common, constant, found = factored(self.ring, poly)
        except OutOfBudget:
            return False
        factors: list[tuple[Poly, Exponent]] = [({((atom, 1),): fmpq(1)}, exponent) for atom, exponent in common]
        factors += [(dict(each), many) for each, many in found]
        negative = constant < 0
        for factor, exponent in factors:
            if not strict and exponent % 2 == 0:
                continue
            sign = next((s for s in (1, -1) if self._has_sign(self.ring.scaled(factor, fmpq(s)), strict=strict)), None)
            if sign is None:
                return False
            negative ^= sign < 0 and exponent % 2 == 1
        return not negative

    def _has_sign(self, factor: Poly, *, strict: bool) -> bool:
        if self.ring.is_positive(factor) or _primitive(factor) in self.above:
            return True
        return not strict and (self.is_form(factor) or self._is_more_than_given(factor))

    def _is_more_than_given(self, poly: Poly) -> bool:
        """Whether a polynomial is something that is given, or is positive, and what is at least 0."""
        return any(self.is_form(minus(poly, dict(each))) for each in chain(self.given, self.above))

    def _root(self, monomial: Monomial) -> Monomial:
        halves = {atom: Fraction(exponent) / 2 for atom, exponent in monomial}
        return monomial_of({a: int(e) if e.denominator == 1 else e for a, e in halves.items()})


def _lone(form: Poly) -> Iterator[Atom]:
    """The atom that a form is a positive multiple of, if it is."""
    for monomial, coefficient in form.items():
        if len(form) == 1 and coefficient > 0 and len(monomial) == 1 and monomial[0][1] == 1:
            yield monomial[0][0]


def _primitive(form: Poly) -> Content:
    """A form as a value, up to a positive factor."""
    terms = content(form)
    scale = abs(terms[0][1])
    return tuple((monomial, c / scale) for monomial, c in terms)


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
