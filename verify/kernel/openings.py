"""What it suffices to show of sums over an index, so that they are at least 0: of their terms, or of other sums.

A sum is at least 0 if what it is taken of is; what stands beside it may be taken for its shares, by what is given to
add up to a number. By Cauchy and Schwarz the square of a sum of products is at most a product of sums of squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product

from flint import fmpq

from verify.kernel.atoms import EntryForm, Monomial, Poly, SizeForm, SumForm, monomial_of
from verify.kernel.binding import open_binder, rename, sum_over
from verify.kernel.definite import Definite
from verify.kernel.ring import minus
from verify.kernel.tangents import Tangents
from verify.kernel.term import Extent, Idx

MOST_OPENINGS = 32


def tangents(signs: Definite) -> Tangents:
    """The tangents of e and of the logarithm, with what is known of signs."""
    return Tangents(signs.ring, signs.never_negative, signs.not_negative)


def opened(signs: Definite, poly: Poly) -> Iterator[tuple[Poly, ...]]:
    """The terms of sums over an index, and what is no such sum; or what those terms are no less than."""
    extents = {index.extent: None for m in poly for a, _ in m if isinstance(a.form, SumForm) for index in a.form.over}
    for over in extents:
        index = signs.ring.fresh(over)
        choices = {term: _choices(signs, term, index) for term in poly}
        sums = [term for term in poly if choices[term]]
        for chosen in islice(product(*(choices[term] for term in sums)), MOST_OPENINGS):
            taken = [(term, each) for term, each in zip(sums, chosen, strict=True) if each is not None]
            body = signs.ring.sum(signs.ring.scaled(each, poly[term]) for term, each in taken)
            rest = minus(poly, {term: poly[term] for term, _ in taken})
            yield (body, rest) if rest else (body,)
            for lower in tangents(signs.with_logarithms(body)).below(body):
                yield (signs.ring.sum((sum_over(signs.ring, index, lower.poly), rest)),)


def _choices(signs: Definite, term: Monomial, index: Idx) -> list[Poly | None]:
    """What a term may be the sum of, over an index; or nothing, where it may be left as it is."""
    return [*_openings(signs, term, index)] or [*_shared(signs, term, index)]


def _shared(signs: Definite, term: Monomial, index: Idx) -> Iterator[Poly | None]:
    """The term as it is, and as its shares by what is given to add up to a number, or by two of these alike."""
    shares = [
        signs.ring.product({term: 1 / value}, rename(signs.ring, {form.body: fmpq(1)}, {form.over[0]: index}))
        for form, value in _given_sums(signs)
        if form.over[0].extent == index.extent
    ]
    if shares:
        yield None
        yield from shares
        yield from (signs.ring.scaled(signs.ring.sum(pair), fmpq(1, 2)) for pair in combinations(shares, 2))


def _openings(signs: Definite, term: Monomial, index: Idx) -> Iterator[Poly]:
    """The term as what is summed over an index: each way to take a sum, or a dimension, for that sum."""
    for atom, exponent in term:
        without = {signs.ring.join(term, ((atom, -1),)): fmpq(1)}
        match atom.form:
            case SumForm(over=over, body=body) if isinstance(exponent, int):
                for own in (each for each in over if each.extent == index.extent):
                    others = {each: signs.ring.fresh(each.extent) for each in over if each != own}
                    opened = rename(signs.ring, {body: fmpq(1)}, {own: index, **others})
                    for other in others.values():
                        opened = sum_over(signs.ring, other, opened)
                    yield signs.ring.product(without, opened)
            case SizeForm(name=name) if index.extent == Extent((((name,), 1),)):
                yield without
            case _:
                pass


def by_products_of_sums(signs: Definite, poly: Poly) -> Iterator[tuple[Poly]]:
    """Without c (sum u^2 sum v^2 - (sum u v)^2), for a term -c (sum u v)^2."""
    for term, coefficient in poly.items():
        for atom, exponent in term:
            if coefficient < 0 and isinstance(atom.form, SumForm) and exponent == 2:
                others = {signs.ring.join(term, ((atom, -2),)): -coefficient}
                if signs.never_negative(next(iter(others))):
                    yield from _without_gram(signs, poly, term, atom.form, others)
        if coefficient < 0 and signs.never_negative(term):
            for form, value in _given_sums(signs):
                yield from _without_gram(signs, poly, term, form, {term: -coefficient / value**2})


def _given_sums(signs: Definite) -> Iterator[tuple[SumForm, fmpq]]:
    """The sums over all entries of a vector that are given, and not 0."""
    for variable, along, value in signs.ring.facts.sums:
        long = [axis for axis in variable.axes if axis.fixed != 1]
        # Of x_i = 1, for every i, the sum is that over the other axis, with its one entry.
        if len(long) == 1 and variable.axes[along].fixed != 1 and value:
            index = signs.ring.fresh(long[0])
            entry = signs.ring.atom(EntryForm(variable, tuple(1 if a.fixed == 1 else index for a in variable.axes)))
            yield SumForm((index,), ((entry, 1),)), value


def _without_gram(signs: Definite, poly: Poly, term: Monomial, form: SumForm, others: Poly) -> Iterator[tuple[Poly]]:
    for many in range(len(form.body) + 1):
        for chosen in combinations(form.body, many):
            first, second = (
                _squared(signs, form, part) for part in (chosen, tuple(p for p in form.body if p not in chosen))
            )
            bound = signs.ring.product(others, signs.ring.product(first, second))
            if any(each in poly for each in bound):
                yield (minus(minus(poly, {term: poly[term]}), bound),)


def _squared(signs: Definite, form: SumForm, part: Monomial) -> Poly:
    """The sum of the squares of a part of the terms."""
    fresh, total = open_binder(signs.ring, form.over, {monomial_of({a: 2 * e for a, e in part}): fmpq(1)})
    for index in fresh:
        total = sum_over(signs.ring, index, total)
    return total
