"""Nonlinear operations on polynomials: one over, e to the, logarithm of, an unknown function of.

A delta d takes only the values 0 and 1, so f(p) = d f(p at d = 1) + (1 - d) f(p at d = 0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import fmpq, fmpz

from verify.kernel import division
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    DeltaForm,
    DivisorForm,
    ExpForm,
    Exponent,
    FnForm,
    LogForm,
    Monomial,
    Poly,
    content,
)
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import LARGEST_EXPONENT, OutOfBudget, Undefined


def power(ring: Ring, poly: Poly, exponent: int) -> Poly:
    """A whole power; a negative one divides."""
    if abs(exponent) > LARGEST_EXPONENT:
        raise OutOfBudget
    if exponent >= 0:
        return ring.power(poly, exponent)
    return ring.power(_by_cases(ring, poly, lambda each: division.inverse(ring, each)), -exponent)


def exponential(ring: Ring, poly: Poly) -> Poly:
    """E to a polynomial: the product of e to each of its terms; e to a whole multiple of log u is a power of u."""
    return _by_cases(ring, division.reduced(ring, poly), lambda each: _exponential(ring, each))


def logarithm(ring: Ring, poly: Poly) -> Poly:
    """The logarithm: of a product the sum, as far as the factors are known to be positive."""
    return _by_cases(ring, poly, lambda each: _logarithm(ring, each))


def applied(ring: Ring, symbol: str, order: int, poly: Poly) -> Poly:
    """A derivative of an unknown function at a polynomial."""
    return _by_cases(ring, division.reduced(ring, poly), lambda each: ring.of(FnForm(symbol, order, content(each))))


def _by_cases(ring: Ring, poly: Poly, operation: Callable[[Poly], Poly]) -> Poly:
    delta = _first_delta(poly) if ring.has_deltas else None
    if delta is None:
        return operation(poly)
    ring.spend(len(poly))
    where: Poly = {((delta, 1),): fmpq(1)}
    at_one, at_zero = _split(poly, delta)
    inside = ring.product(where, _by_cases(ring, at_one, operation))
    outside = ring.product(minus(ring.constant(1), where), _by_cases(ring, at_zero, operation))
    return ring.sum((inside, outside))


def _split(poly: Poly, delta: Atom) -> tuple[Poly, Poly]:
    """The polynomial where a delta is 1, and where it is 0."""
    at_one: Poly = {}
    for monomial, coefficient in poly.items():
        add_into(at_one, {tuple(p for p in monomial if p[0] is not delta): coefficient})
    return at_one, {monomial: c for monomial, c in poly.items() if all(atom is not delta for atom, _ in monomial)}


def cases(poly: Poly) -> Iterator[Poly]:
    """The polynomial for each choice of its deltas, some of which may never occur."""
    delta = _first_delta(poly)
    if delta is None:
        yield poly
    else:
        for part in _split(poly, delta):
            yield from cases(part)


def _first_delta(poly: Poly) -> Atom | None:
    deltas = {atom for monomial in poly for atom, _ in monomial if isinstance(atom.form, DeltaForm)}
    return min(deltas, key=lambda atom: atom.key, default=None)


def _exponential(ring: Ring, poly: Poly) -> Poly:
    result = ring.constant(1)
    for monomial, coefficient in poly.items():
        result = ring.product(result, _exponential_of_term(ring, monomial, coefficient))
    return result


def _exponential_of_term(ring: Ring, monomial: Monomial, coefficient: fmpq) -> Poly:
    multiple = as_exponent(coefficient)
    if len(monomial) == 1 and monomial[0][1] == 1 and isinstance(multiple, int):
        form = monomial[0][0].form
        if isinstance(form, LogForm):
            return power(ring, dict(form.argument), multiple)
    return ring.of(ExpForm(monomial), multiple)


def _logarithm(ring: Ring, poly: Poly) -> Poly:
    if not poly:
        raise Undefined("the logarithm of zero")
    numerator, denominator = division.cleared(ring, poly)
    total: Poly = {}
    unknown: list[Poly] = []
    for atom, exponent in denominator:
        _add_factor(ring, total, unknown, {((atom, 1),): fmpq(1)}, -exponent)
    common, constant, factors = division.factored(ring, numerator)
    for atom, exponent in common:
        _add_factor(ring, total, unknown, {((atom, 1),): fmpq(1)}, exponent)
    for factor, multiplicity in factors:
        _add_factor(ring, total, unknown, dict(factor), multiplicity)
    add_into(total, _logarithm_of_number(ring, abs(constant)))
    if unknown or constant < 0:
        rest = ring.constant(1 if constant > 0 else -1)
        for part in unknown:
            rest = ring.product(rest, part)
        add_into(total, ring.of(LogForm(content(division.reduced(ring, rest)))))
    return total


def _add_factor(ring: Ring, total: Poly, unknown: list[Poly], factor: Poly, exponent: Exponent) -> None:
    """Add exponent times log of a factor that is positive; keep one of unknown sign for later.

    One that is nowhere negative, as a square is, is positive wherever the product is, of which the logarithm is taken.
    """
    if not ring.is_positive(factor) and not all(c > 0 and ring.is_not_negative(m) for m, c in factor.items()):
        if exponent % 2:
            unknown.append(power(ring, ring.sum([factor]), int(exponent)))
        else:
            square = ring.power(ring.sum([factor]), 2)
            half = fmpq(Fraction(exponent).numerator, 2 * Fraction(exponent).denominator)
            add_into(total, ring.scaled(ring.of(LogForm(content(division.reduced(ring, square)))), half))
        return
    ((monomial, _), *more) = factor.items()
    form = monomial[0][0].form if not more and len(monomial) == 1 and monomial[0][1] == 1 else None
    scale = fmpq(Fraction(exponent).numerator, Fraction(exponent).denominator)
    if isinstance(form, ExpForm):
        add_into(total, {form.power: scale})
    elif isinstance(form, DivisorForm):
        add_into(total, ring.scaled(ring.of(LogForm(form.polynomial)), scale))
    else:
        add_into(total, ring.scaled(ring.of(LogForm(content(factor))), scale))


def _logarithm_of_number(ring: Ring, value: fmpq) -> Poly:
    """The logarithm of a positive rational, prime by prime."""
    total: Poly = {}
    for part, sign in ((value.p, 1), (value.q, -1)):
        for prime, multiplicity in fmpz(part).factor():
            logarithm_of_prime = ring.of(LogForm(((CONSTANT, fmpq(prime)),)))
            add_into(total, ring.scaled(logarithm_of_prime, fmpq(sign * int(multiplicity))))
    return total


def as_exponent(coefficient: fmpq) -> Exponent:
    """A rational coefficient as an exponent."""
    if coefficient.q == 1:
        return int(coefficient.p)
    return Fraction(int(coefficient.p), int(coefficient.q))
