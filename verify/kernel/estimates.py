"""That a normal form is at least 0, by what is known of sums, maxima, logarithms and numbers that add up to another.

It is a quotient whose denominator is positive by the signs of its terms. Its numerator is a product of factors with a
sign, or of even powers, or a sum over an index of what is at least 0, or becomes so by one or two of the ``lemmas``.
Of logarithms, e to the value may be shown to be at least 1 instead. Where none of p_i is negative and they add up to
c, each of them is c less a slack.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, combinations, islice

from flint import fmpq

from verify.kernel.atoms import CONSTANT, Atom, ExpForm, Exponent, LogForm, Poly, SumForm, monomial_key
from verify.kernel.binding import rename
from verify.kernel.blocks import summed
from verify.kernel.division import factored
from verify.kernel.lemmas import upper_bound, with_slack
from verify.kernel.operations import exponential, logarithm
from verify.kernel.ranges import Parameters, plain_quotient, sign_of_terms, substituted
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import Idx, OutOfBudget, Subscript, Undefined, Unsupported
from verify.kernel.univariate import NOT_NEGATIVE

MOST_SUMMED, MOST_NESTED, MANY_TWICE = 5, 3, 60


def is_estimated(ring: Ring, poly: Poly, *, strict: bool) -> bool:
    """Whether a value is shown to be positive or, if that is not strict, to be at least 0."""
    with suppress(OutOfBudget, Undefined, Unsupported):
        return any(_is_estimated(ring, each, strict=strict) for each in _instead(ring, poly))
    return False


def _instead(ring: Ring, poly: Poly) -> Iterator[Poly]:
    """The value, and what has the same sign: of logarithms e to it, less 1, and of a difference that of logarithms."""
    yield poly
    yield from _beyond_one(ring, poly)
    yield from _as_logarithms(ring, poly)


def _as_logarithms(ring: Ring, poly: Poly) -> Iterator[Poly]:
    """Of a difference of two positive numbers, where e to something is in the smaller one, that of their logarithms."""
    parts = plain_quotient(ring, poly)
    larger = {term: c for term, c in parts.above.items() if c > 0}
    smaller = {term: -c for term, c in parts.above.items() if c < 0}
    exponentials = any(isinstance(atom.form, ExpForm) for term in smaller for atom, _ in term)
    if not exponentials or not sign_of_terms(parts.below, Parameters(ring), strict=True):
        return
    if ring.is_positive(larger) and ring.is_positive(smaller):
        yield minus(logarithm(ring, larger), logarithm(ring, smaller))


def _beyond_one(ring: Ring, poly: Poly) -> Iterator[Poly]:
    """Less 1, e to a value with logarithms, after it was divided by a positive factor that one of these has."""
    factors = {
        tuple(power for power in monomial if power[0] is not atom)
        for monomial in poly
        for atom, exponent in monomial
        if isinstance(atom.form, LogForm) and exponent == 1
    }
    for factor in sorted(factors, key=monomial_key):
        if all(ring.positive_atom(atom) for atom, _ in factor):
            inverse = tuple((atom, -exponent) for atom, exponent in factor)
            yield minus(exponential(ring, ring.product(poly, {inverse: fmpq(1)})), ring.constant(1))


def _is_estimated(ring: Ring, poly: Poly, *, strict: bool) -> bool:
    parts, parameters = plain_quotient(ring, poly), Parameters(ring)
    if not sign_of_terms(parts.below, parameters, strict=True):
        return False
    if _by_factors(parts.above, parameters, strict=strict) or (not strict and _term_by_term(ring, parts.above)):
        return True

    def slack() -> Atom:
        return parameters.new("slack", NOT_NEGATIVE)

    once = list(with_slack(ring, parts.above, slack))
    twice = (further for each in once for further in with_slack(ring, each, slack))
    return any(_by_factors(each, parameters, strict=strict) for each in chain(once, islice(twice, MANY_TWICE)))


def _by_factors(poly: Poly, parameters: Parameters, *, strict: bool) -> bool:
    """Whether every factor of a polynomial has a sign, or an even power, and the product is positive or at least 0."""
    ring = parameters.ring
    if not poly:
        return not strict
    common, constant, found = factored(ring, poly)
    factors: list[tuple[Poly, Exponent]] = [({((atom, 1),): fmpq(1)}, exponent) for atom, exponent in common]
    factors += [(dict(factor), multiplicity) for factor, multiplicity in found]
    negative = constant < 0
    for factor, multiplicity in factors:
        if multiplicity % 2 == 0 and not strict:
            continue
        below = not _has_sign(factor, parameters, strict=strict)
        if below and not _has_sign(ring.scaled(factor, fmpq(-1)), parameters, strict=strict):
            return False
        negative ^= below and multiplicity % 2 == 1
    return not negative


def _has_sign(poly: Poly, parameters: Parameters, *, strict: bool) -> bool:
    return any(sign_of_terms(each, parameters, strict=strict) for each in chain([poly], _from_above(poly, parameters)))


def _from_above(poly: Poly, parameters: Parameters) -> Iterator[Poly]:
    """The polynomial with an atom that is at most a number written as that number less a slack."""
    for atom in sorted({a for monomial in poly for a, _ in monomial}, key=lambda each: each.key):
        high = upper_bound(parameters.ring, atom)
        if high is not None and all(e >= 0 for monomial in poly for a, e in monomial if a is atom):
            slack = parameters.new("slack", NOT_NEGATIVE)
            yield substituted(parameters.ring, poly, atom, {CONSTANT: high, ((slack, 1),): fmpq(-1)})


def _term_by_term(ring: Ring, poly: Poly) -> bool:
    """Whether a sum, or several over the same indices, is one over a part of these of what is not negative."""
    forms = [monomial[0][0].form for monomial in poly if len(monomial) == 1 and monomial[0][1] == 1]
    sums = [form for form in forms if isinstance(form, SumForm)]
    extents = {tuple(index.extent for index in form.over) for form in sums}
    if len(sums) < len(poly) or len(extents) != 1 or len(sums[0].over) > MOST_SUMMED:
        return False
    fresh = [ring.fresh(index.extent) for index in sums[0].over]
    body: Poly = {}
    for form, coefficient in zip(sums, poly.values(), strict=True):
        names: dict[Idx, Subscript] = dict(zip(form.over, fresh, strict=True))
        add_into(body, ring.scaled(rename(ring, {form.body: fmpq(1)}, names), coefficient))
    kept = chain.from_iterable(combinations(fresh, size) for size in range(1, len(fresh) + 1))
    with ring.within(MOST_NESTED):
        return any(_is_at_least_zero_inside(ring, body, each, fresh) for each in kept)


def _is_at_least_zero_inside(ring: Ring, body: Poly, kept: tuple[Idx, ...], over: list[Idx]) -> bool:
    """Whether the sum over some indices is at least 0 for all values of the others."""
    inner = [each for each in over if each not in kept]
    value = ring.sum(ring.scaled(summed(ring, inner, each, rename), c) for each, c in body.items())
    return _is_estimated(ring, value, strict=False)
