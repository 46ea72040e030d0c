"""What a sum is no less than, by the tangents of e and of the logarithm, which lie below the one and above the other.

E^u is at least 1 + u, and log u at most log t + u / t - 1 for every t > 0, with equality at u = 0 and at u = t alone.
So a sum with coefficients that are not negative is no less than the one with these in the place of e^u and -log u.
Logarithms with one coefficient are taken together first: log a - log b is that of a / b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flint import fmpq

from verify.kernel.atoms import CONSTANT, Atom, Content, ExpForm, Exponent, LogForm, Monomial, Poly, content
from verify.kernel.division import under_root
from verify.kernel.operations import logarithm, power
from verify.kernel.ring import Ring, minus

MOST_POINTS = 5

Logarithms = list[tuple[fmpq, Poly]]
"""Multiples of logarithms, by their factors and by what they are taken of."""


@dataclass(frozen=True)
class Bound:
    """What something is no less than, or, strictly, more than."""

    poly: Poly
    strict: bool


@dataclass(frozen=True)
class Tangents:
    """Lower bounds in one ring; two predicates say what is not negative."""

    ring: Ring
    never_negative: Callable[[Monomial], bool]
    not_negative: Callable[[Poly], bool]

    def below(self, poly: Poly) -> Iterator[Bound]:
        """What a sum is no less than, as far as the signs of what e and the logarithms are multiplied by are known."""
        found: list[Bound | None] = [self._term_by_term(poly), self._without_signs(poly), self._exponentials(poly)]
        found += [self._collected(poly, point) for point in _points(poly)]
        for place, bound in enumerate(found):
            if bound is not None and bound.poly != poly and bound not in found[:place]:
                yield bound

    def _tangent_to(self, term: Monomial) -> tuple[Atom | None, Exponent]:
        return next(((atom, e) for atom, e in term if _has_tangent(atom, e)), (None, 0))

    def _term_by_term(self, poly: Poly) -> Bound:
        """E^u as 1 + u, and u log(a) - u log(b) as u - u b/a: less, as far as what they are multiplied by is not."""
        ring, total = self.ring, Bound({}, strict=False)
        logarithms: dict[Monomial, Logarithms] = {}
        for term, coefficient in poly.items():
            found, exponent = self._tangent_to(term)
            others = tuple(each for each in term if each[0] is not found)
            match None if found is None else found.form:
                case LogForm(argument=argument) if self.never_negative(others):
                    logarithms.setdefault(others, []).append((coefficient, dict(argument)))
                case ExpForm(power=exponential) if coefficient > 0 and self.never_negative(others):
                    away: Poly = {exponential: fmpq(exponent.numerator, exponent.denominator)}
                    tangent = Bound(ring.sum((ring.constant(1), away)), strict=ring.is_never_zero(away))
                    total = self._more(total, {others: coefficient}, tangent)
                case _:
                    total = replace(total, poly=ring.sum((total.poly, {term: coefficient})))
        for others, terms in logarithms.items():
            total = self._more(total, {others: fmpq(1)}, self._bound(terms, fmpq(1)))
        return total

    def _more(self, total: Bound, factor: Poly, bound: Bound) -> Bound:
        """A sum with another term, a bound times a factor that is not negative."""
        poly = self.ring.sum((total.poly, self.ring.product(factor, bound.poly)))
        return Bound(poly, strict=total.strict or (bound.strict and self.ring.is_positive(factor)))

    def _exponentials(self, poly: Poly) -> Bound:
        """Each product of exponentials with what all of it is multiplied by, a polynomial that is not negative."""
        ring, total = self.ring, Bound({}, strict=False)
        factors: dict[Monomial, Poly] = {}
        for term, coefficient in poly.items():
            own = exponentials_in(term)
            factors.setdefault(own, {})[tuple(each for each in term if each not in own)] = coefficient
        for own, factor in factors.items():
            exponent = exponent_of_product(ring, own)
            if own and self.not_negative(factor):
                tangent = Bound(ring.sum((ring.constant(1), exponent)), strict=ring.is_never_zero(exponent))
                total = self._more(total, factor, tangent)
            else:
                total = replace(total, poly=ring.sum((total.poly, ring.product(factor, {own: fmpq(1)}))))
        return total

    def _by_logarithm(self, poly: Poly) -> tuple[Poly, dict[Atom, Poly]]:
        """A sum as what has no logarithm, and what each is multiplied by; that of a number is left where it is."""
        rest: Poly = {}
        factors: dict[Atom, Poly] = {}
        for term, coefficient in poly.items():
            found, _ = self._tangent_to(term)
            others = tuple(each for each in term if each[0] is not found)
            if found is None or not isinstance(found.form, LogForm) or _is_number(found.form.argument):
                rest[term] = coefficient
            else:
                factors.setdefault(found, {})[others] = coefficient
        return rest, factors

    def _without_signs(self, poly: Poly) -> Bound:
        """A sum without logarithms of what is at least 1, or at most 1, that add nothing negative to it."""
        rest, factors = self._by_logarithm(poly)
        for atom, factor in factors.items():
            assert isinstance(atom.form, LogForm)
            side = self._side(minus(dict(atom.form.argument), self.ring.constant(1)))
            added = self.ring.product(factor, {((atom, 1),): fmpq(1)})
            if side is None or not self.not_negative(self.ring.scaled(factor, side)):
                rest = self.ring.sum((rest, added))
        return Bound(rest, strict=False)

    def _collected(self, poly: Poly, point: fmpq) -> Bound | None:
        """The logarithms with what all of each is multiplied by, a polynomial that has a sign; tangents touch there."""
        rest, factors = self._by_logarithm(poly)
        total = Bound(rest, strict=False)
        together: dict[Content, Logarithms] = {}
        for atom, factor in factors.items():
            assert isinstance(atom.form, LogForm)
            terms = content(factor)
            scale = terms[0][1]
            plain = tuple((monomial, c / scale) for monomial, c in terms)
            together.setdefault(plain, []).append((scale, dict(atom.form.argument)))
        for plain, logarithms in together.items():
            side = self._side(dict(plain))
            if side is None:
                return None
            bound = self._bound([(scale * side, argument) for scale, argument in logarithms], point)
            total = self._more(total, self.ring.scaled(dict(plain), side), bound)
        return total

    def _side(self, factor: Poly) -> fmpq | None:
        """The sign with which a polynomial is not negative, if it has one."""
        return next((side for side in (fmpq(1), fmpq(-1)) if self.not_negative(self.ring.scaled(factor, side))), None)

    def _bound(self, terms: Logarithms, point: fmpq) -> Bound:
        """A lower bound of sum c log(a): several of one weight, with both signs, are one logarithm of a quotient."""
        ring = self.ring
        weights, signs = {abs(c) for c, _ in terms}, {c > 0 for c, _ in terms}
        if len(weights) == 1 and len(signs) == 2:
            quotient = ring.constant(1)
            for c, argument in terms:
                quotient = ring.product(quotient, power(ring, argument, 1 if c > 0 else -1))
            terms = [(weights.pop(), quotient)]
        bound = ring.sum(self._of_one(c, argument, point) for c, argument in terms)
        away = (minus(argument, ring.constant(point)) for _, argument in terms)
        return Bound(bound, strict=any(map(ring.is_never_zero, away)))

    def _of_one(self, factor: fmpq, argument: Poly, point: fmpq) -> Poly:
        """C log(a) >= c (log(t) + 1 - t / a) for c > 0, and c (log(t) + a / t - 1) for c < 0."""
        ring = self.ring
        if factor > 0:
            slope = minus(ring.constant(1), ring.scaled(power(ring, argument, -1), point))
        else:
            slope = minus(ring.scaled(argument, 1 / point), ring.constant(1))
        return ring.scaled(ring.sum((logarithm(ring, ring.constant(point)), slope)), factor)


def exponentials_in(term: Monomial) -> Monomial:
    """The powers of e in a term, but for roots."""
    return tuple(each for each in term if isinstance(each[0].form, ExpForm) and under_root(each[0]) is None)


def exponent_of_product(ring: Ring, exponentials: Monomial) -> Poly:
    """The u of which a product of exponentials is e^u."""
    return ring.sum(
        {atom.form.power: fmpq(exponent.numerator, exponent.denominator)}
        for atom, exponent in exponentials
        if isinstance(atom.form, ExpForm)
    )


def _has_tangent(atom: Atom, exponent: Exponent) -> bool:
    if isinstance(atom.form, LogForm):
        return exponent == 1
    return isinstance(atom.form, ExpForm) and under_root(atom) is None


def _is_number(argument: Content) -> bool:
    return len(argument) == 1 and argument[0][0] == CONSTANT


def _points(poly: Poly) -> list[fmpq]:
    """Where tangents of the logarithm may touch it: at 1, and at the numbers of which logarithms are there already."""
    logs = [atom.form for monomial in poly for atom, _ in monomial if isinstance(atom.form, LogForm)]
    numbers = sorted({log.argument[0][1] for log in logs if _is_number(log.argument)})
    return [fmpq(1), *(each for number in numbers for each in (1 / number, number))][:MOST_POINTS]
