"""Sums of inverses written by the products that they come from: what joined a matrix to its inverse, undone.

Of an invertible M = s 1 + T, s times an entry of the inverse is that of 1 less that of T M^-1, as M M^-1 is 1. The
normal form goes the other way, so that tr(X G^-1 X^T) with G = X^T X + s 1 becomes n - s tr(G^-1), in which no X is
left that an identity could be cut open at. Here such products are given as they are, to be opened before they are
joined again. By s itself is divided only if it is never 0, or if no hypothesis speaks of it: then it is not 0 at points
as close as one likes to any other, and both sides are continuous where they are defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from verify.kernel.atoms import Atom, DeltaForm, EntryForm, InverseForm, Monomial, Poly, SumForm, monomial_of
from verify.kernel.binding import INVERSES, delta, open_binder, rename, sum_over
from verify.kernel.ring import Ring, add_into
from verify.kernel.term import Idx, Subscript, Variable

MOST_UNDONE = 32


@dataclass(frozen=True)
class Product:
    """A number times the sum of a product of factors over all of these indices, which is not carried out."""

    number: Poly
    bound: tuple[Idx, ...]
    factors: Monomial

    def variables(self) -> frozenset[Variable]:
        """The variables that have an entry among the factors."""
        forms = [atom.form for atom, _ in self.factors]
        return frozenset(form.variable for form in forms if isinstance(form, EntryForm) and form.subscripts)

    def opened_at(self, ring: Ring, variable: Variable, ends: tuple[Idx, ...]) -> Iterator[Poly]:
        """What stands beside one entry of a variable, whose indices are made free."""
        for atom, exponent in self.factors:
            form = atom.form
            if not isinstance(form, EntryForm) or form.variable != variable or exponent != 1:
                continue
            pairs = zip(variable.axes, form.subscripts, strict=True)
            own = [each for axis, each in pairs if axis.fixed is None and isinstance(each, Idx) and each in self.bound]
            if len(own) != len(ends) or len(set(own)) != len(own):
                continue
            names: dict[Idx, Subscript] = dict(zip(own, ends, strict=True))
            rest = monomial_of({other: power for other, power in self.factors if other is not atom})
            value = rename(ring, {rest: fmpq(1)}, names)
            for index in self.bound:
                if index not in names:
                    value = sum_over(ring, index, value)
            yield ring.product(self.number, value)


def undone(ring: Ring, poly: Poly, told: frozenset[Variable] = frozenset()) -> tuple[Poly, list[Product]] | None:
    """A polynomial as one without such sums, and products in their place; nothing, if there are none.

    Hypotheses speak of the variables that are ``told``.

    >>> from verify.kernel.normal import NormalForm
    >>> from verify.kernel.statement import statement
    >>> from verify.language import dims, identity, matrix, scalar, tr
    >>> n, = dims("n")
    >>> A, a = matrix("A", n, n), scalar("a")
    >>> ring = Ring()
    >>> term = statement(a * tr((A + a * identity(n)) ** -1) - n, n, ()).left
    >>> rest, (product,) = undone(ring, NormalForm(ring).of(term))
    >>> rest, [variable.symbol for variable in product.variables()]
    ({}, ['A'])
    """
    rest, waiting = Poly(), dict(poly)
    products: list[Product] = []
    for _ in range(MOST_UNDONE):
        if not waiting:
            break
        monomial, coefficient = waiting.popitem()
        found = next(_undone(ring, monomial, coefficient, told), None)
        if found is None:
            add_into(rest, {monomial: coefficient})
        else:
            add_into(waiting, found[0])
            products += found[1]
    add_into(rest, waiting)
    return (rest, products) if products else None


def _undone(
    ring: Ring, monomial: Monomial, coefficient: fmpq, told: frozenset[Variable]
) -> Iterator[tuple[Poly, list[Product]]]:
    """A number times a sum with an inverse: what is left of the sum with 1 in the place of that, and the products."""
    for atom, exponent in monomial:
        form = atom.form
        if not isinstance(form, SumForm) or exponent != 1:
            continue
        bound, opened = open_binder(ring, form.over, {form.body: fmpq(1)})
        for body, scale in opened.items():
            for each, power in body:
                if len(opened) == 1 and isinstance(each.form, InverseForm) and isinstance(power, int) and power > 0:
                    outside = ring.join(monomial, ((atom, -1),))
                    within = ring.join(body, ((each, -1),))
                    number = {outside: coefficient * scale}
                    yield from _parted(ring, number, tuple(bound), within, each.form, told)


def _parted(
    ring: Ring,
    number: Poly,
    bound: tuple[Idx, ...],
    factors: Monomial,
    inverse: InverseForm,
    told: frozenset[Variable],
) -> Iterator[tuple[Poly, list[Product]]]:
    """The sum of factors and an entry of an inverse, where the number is a multiple of what the matrix has of 1."""
    own = [(term, c) for term, c in inverse.body if _is_multiple_of_one(term, inverse.over)]
    closed = all(each.free <= {*inverse.over} for term, _ in inverse.body for each, _ in term if bound and each.free)
    if len(own) != 1 or not closed or not isinstance(inverse.row, Idx) or not isinstance(inverse.column, Idx):
        return
    ((identity, scale),) = own
    scalar = tuple(power for power in identity if not isinstance(power[0].form, DeltaForm))
    ((outside, coefficient),) = number.items()
    left = ring.join(outside, tuple((each, -power) for each, power in scalar))
    if any(dict(outside).get(each, 0) < power and not _may_divide(ring, each, told) for each, power in scalar):
        return
    factor: Poly = {left: coefficient / scale}
    others = [(each, c) for each, c in inverse.body if each != identity]
    found = [_product(ring, ring.scaled(factor, -c), bound, factors, each, inverse) for each, c in others]
    products = [each for each in found if each is not None]
    if len(products) == len(found):
        value = ring.product({factors: fmpq(1)}, delta(ring, inverse.row, inverse.column))
        for index in bound:
            value = sum_over(ring, index, value)
        yield ring.product(factor, value), products


def _may_divide(ring: Ring, atom: Atom, told: frozenset[Variable]) -> bool:
    """Whether a factor is never 0, or is a number of its own that may be taken not to be."""
    form = atom.form
    return ring.is_never_zero({((atom, 1),): fmpq(1)}) or (isinstance(form, EntryForm) and form.variable not in told)


def _is_multiple_of_one(term: Monomial, over: tuple[Idx, Idx]) -> bool:
    """Whether a term of a matrix is the identity, times what has neither of its indices."""
    deltas = [atom for atom, _ in term if isinstance(atom.form, DeltaForm) and atom.free == frozenset(over)]
    return len(deltas) == 1 and all(atom in deltas or atom.free.isdisjoint(over) for atom, _ in term)


def _product(
    ring: Ring, number: Poly, bound: tuple[Idx, ...], factors: Monomial, term: Monomial, inverse: InverseForm
) -> Product | None:
    """The sum of factors and of the entry of a term of a matrix times its inverse, the sums in the term opened."""
    first, second = inverse.over
    between = ring.fresh(second.extent)
    names: dict[Idx, Subscript] = {first: inverse.row, second: between}
    over = [*bound, between]
    total = ring.product(
        {factors: fmpq(1)}, INVERSES.entry(ring, (between, inverse.column), inverse.over, dict(inverse.body))
    )
    for atom, exponent in term:
        form = atom.form
        if isinstance(form, SumForm) and exponent == 1 and not atom.free.isdisjoint(inverse.over):
            inner, body = open_binder(ring, form.over, {form.body: fmpq(1)}, names)
            over += inner
            total = ring.product(total, body)
        else:
            total = ring.product(total, rename(ring, {((atom, exponent),): fmpq(1)}, names))
    if len(total) != 1:
        return None
    ((monomial, coefficient),) = total.items()
    return Product(ring.scaled(number, coefficient), tuple(over), monomial)
