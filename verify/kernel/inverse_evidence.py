"""What shows an identity with inverse matrices, for certificates: steps, each of them a node that is 0, and why it is.

Entries of inverses are taken for those of matrices of their own, of which nothing is known. Of what is left of the
identity multiples of M B - 1 and of B M - 1 are subtracted, where B is the inverse of M, until no product of both is
left. And R_i is 0 for all i if Q_k is for all k, the sum over i of M_ki R_i: as R is B Q less (B M - 1) R. The steps
are these sums, in the order in which each needs those before it alone; who reads them needs to seek nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flint import fmpq

from verify.kernel.atoms import DivisorForm, EntryForm, Monomial, Poly, SumForm, content, content_key
from verify.kernel.binding import sum_over
from verify.kernel.contents import free, subterms
from verify.kernel.division import cleared
from verify.kernel.inverted import Inverted, joins
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Ring, minus
from verify.kernel.serial import Json, Table
from verify.kernel.statement import Statement
from verify.kernel.term import (
    Add,
    Entry,
    Idx,
    Inverse,
    Kind,
    Mul,
    OutOfBudget,
    Pow,
    Slot,
    Subscript,
    Sum,
    Term,
    Undefined,
    Unsupported,
    Variable,
    mul,
    number,
)
from verify.kernel.terms_of import of_poly
from verify.kernel.walk import rebuild
from verify.kernel.walk import rename as renamed

MOST_PRODUCTS, DEEPEST, MOST_SIDES, MOST_STEPS = 120, 6, 4, 100

# An inverse, an index that is its row or its column and free elsewhere, and whether it is the row.
Side = tuple[Inverted, Idx, bool]


def inverse_evidence(stated: Statement, table: Table) -> list[Json] | None:
    """The steps that show an identity with inverses, or nothing.

    >>> from verify.kernel.statement import statement
    >>> from verify.language import dims, identity, matrix
    >>> n, = dims("n")
    >>> A = matrix("A", n, n)
    >>> len(inverse_evidence(statement(A * A**-1, identity(n), ()), Table()))
    2
    >>> inverse_evidence(statement(A * A**-1, A, ()), Table()) is None
    True
    """
    known = stated.known
    if known.same or known.distinct or known.facts.chances.variables:
        return None
    if not any(isinstance(each, Inverse) for side in stated.terms for each in subterms(side)):
        return None
    with suppress(OutOfBudget, Undefined, Unsupported):
        chain = _Chain(stated)
        if chain.found() and len(chain.steps) <= MOST_STEPS:
            return [[table.place(renamed(each, chain.back)) for each in step] for step in chain.steps]
    return None


class _Chain:
    """The steps for one statement, while they are sought."""

    def __init__(self, stated: Statement) -> None:
        self.ring = Ring(stated.facts)
        self.forms, self._keys = NormalForm(self.ring), NormalForm(Ring())
        # To the ring, two indices that are free in a statement are different ones; others may be the same.
        names: dict[Idx, Subscript] = {index: self.ring.fresh(index.extent) for index in stated.indices}
        self.back: dict[Idx, Subscript] = {new: old for old, new in names.items() if isinstance(new, Idx)}
        self.left, self.right = (renamed(side, names) for side in stated.terms)
        self.steps: list[tuple[Term, Term]] = []
        self._matrices: dict[str, Inverted] = {}
        self._by_variable: dict[Variable, Inverted] = {}
        terms = subterms(self.left, self.right)
        bases = [term.base for term in terms if isinstance(term, Pow) and term.exponent < 0 and not free(term)]
        self._divisors = [(base, self.forms.of(self._without_inverses(base))) for base in bases]

    def found(self) -> bool:
        """Whether the steps show that the sides are equal."""
        left, right = (self.forms.of(self._without_inverses(side)) for side in (self.left, self.right))
        poly, denominator = cleared(self.ring, minus(left, right))
        start = self._term(poly)
        if not self._vanishes(poly, start, 0):
            return False
        difference = Add((self.left, Mul((number(-1), self.right))))
        self.steps.append((difference, Mul((self._inverse_of(denominator), start))))
        return True

    def _vanishes(self, poly: Poly, node: Term, depth: int) -> bool:
        """Whether a polynomial, of which the node is the term, is shown to be 0; adds the steps for that."""
        left, reasons = self._contracted(poly)
        if not left:
            self.steps.append((node, Add((*reasons, number(0)))))
            return True
        rest, many = self._term(left) if reasons else node, len(self.steps)
        for side in list(self._sides(left))[:MOST_SIDES] if depth < DEEPEST else ():
            if self._vanishes_times(left, rest, side, depth):
                self.steps += [(node, Add((*reasons, rest)))] if reasons else []
                return True
            del self.steps[many:]
        return False

    def _contracted(self, poly: Poly) -> tuple[Poly, list[Term]]:
        """What is left of a polynomial without products of a matrix with its inverse, and what was subtracted."""
        reasons: list[Term] = []
        for _ in range(MOST_PRODUCTS):
            step = next(joins(self.ring, poly, self._by_variable.get), None)
            if step is None:
                return poly, reasons
            taken, reason = step.multiple(self.ring)
            poly = minus(poly, taken)
            reasons.append(self._written(reason))
        raise Unsupported("too many products of a matrix with its inverse")

    def _vanishes_times(self, poly: Poly, node: Term, side: Side, depth: int) -> bool:
        """Whether a polynomial is 0, since the matrix of one of its inverses times it is."""
        (matrix, end, at_row), ring = side, self.ring
        new, old = ring.fresh(end.extent), ring.fresh(end.extent)
        entry = matrix.entry(ring, new, end) if at_row else matrix.entry(ring, end, new)
        times = sum_over(ring, end, ring.product(entry, poly))
        inner = self._term(times)
        if not self._vanishes(times, inner, depth + 1):
            return False
        inverse = matrix.inverse(end, new) if at_row else matrix.inverse(new, end)
        relation = matrix.relation((end, old) if at_row else (old, end), new, at_left=at_row)
        again = Sum(old, Mul((relation, renamed(node, {end: old}))))
        self.steps.append((node, Add((Sum(new, Mul((inverse, inner))), Mul((number(-1), again))))))
        return True

    def _sides(self, poly: Poly) -> Iterator[Side]:
        """The inverses in a polynomial with a free index as row or as column."""
        ends = {index for monomial in poly for atom, _ in monomial for index in atom.free}
        found: dict[Side, None] = {}
        for monomial, _ in content(poly):
            for atom, _ in monomial:
                for inner in [each for each, _ in atom.form.body] if isinstance(atom.form, SumForm) else [atom]:
                    form = inner.form
                    matrix = self._by_variable.get(form.variable) if isinstance(form, EntryForm) else None
                    if matrix is not None and isinstance(form, EntryForm):
                        row, column = form.subscripts
                        pairs = ((row, True), (column, False)) if row != column else ()
                        found |= {(matrix, end, at): None for end, at in pairs if isinstance(end, Idx) and end in ends}
        yield from found

    def _without_inverses(self, term: Term) -> Term:
        """The term with entries of variables in the place of those of inverses."""

        def change(each: Term) -> Term | None:
            if not isinstance(each, Inverse):
                return None
            return Entry(self._of(each.slot).variable, (each.row, each.column))

        return rebuild(term, change)

    def _of(self, slot: Slot) -> Inverted:
        """The matrix that is inverted; two are the same if they are by their form, without hypotheses."""
        first, second = slot.indices
        if not isinstance(first, Idx) or not isinstance(second, Idx) or first.extent.fixed is not None:
            raise Unsupported("the inverse of a matrix of a fixed size")
        at = (Idx(Kind.FRESH, "row", 0, first.extent), Idx(Kind.FRESH, "column", 0, first.extent))
        plain = renamed(self._without_inverses(slot.body), {first: at[0], second: at[1]})
        if not set(free(plain)) <= set(at):
            raise Unsupported("a certificate for the inverses of many matrices")
        key = repr(content_key(content(self._keys.of(plain))))
        if key not in self._matrices:
            variable = Variable(f"inverse {len(self._matrices)}", (first.extent, first.extent))
            found = Inverted(variable, slot, at, self.forms.of(plain))
            self._matrices[key] = self._by_variable[variable] = found
        return self._matrices[key]

    def _term(self, poly: Poly) -> Term:
        return self._written(of_poly(content(poly)))

    def _written(self, term: Term) -> Term:
        """A term with the entries of inverses in the place of those of the variables that stand for them."""

        def change(each: Term) -> Term | None:
            matrix = self._by_variable.get(each.variable) if isinstance(each, Entry) else None
            return None if matrix is None or not isinstance(each, Entry) else matrix.inverse(*each.subscripts)

        return rebuild(term, change)

    def _inverse_of(self, denominator: Monomial) -> Term:
        """One over divisors, as they stand in the sides."""
        pairs = [(atom.form, int(power)) for atom, power in denominator if isinstance(atom.form, DivisorForm)]
        return mul(*(self._divided(form.polynomial, power) for form, power in pairs))

    def _divided(self, divisor: tuple[tuple[Monomial, fmpq], ...], power: int) -> Term:
        for base, own in self._divisors:
            scale = own.get(divisor[0][0], fmpq(0)) / divisor[0][1]
            if scale and not minus(own, self.ring.scaled(dict(divisor), scale)):
                return mul(Pow(base, -power), of_poly([((), scale**power)]))
        raise Unsupported("a divisor that is not in the sides")
