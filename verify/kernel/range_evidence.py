"""What shows an inequality or a range, for certificates: distances from the ends of the set as quotients in parameters.

Whoever has the quotients can decide their signs: by those of all terms or, in one parameter, by the roots,
which are isolated here. A distance of logarithms may be told by e to it, less 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import lcm

from flint import fmpq
from sympy import Poly as SymPyPoly
from sympy import Rational

from verify import language as said
from verify.kernel.atoms import CONSTANT, Atom, ExpForm, LogForm
from verify.kernel.cells import FINENESS
from verify.kernel.contents import subterms
from verify.kernel.follows import LARGEST_POWER, Distance, follows, one_number, outside
from verify.kernel.normal import NormalForm
from verify.kernel.operations import exponential
from verify.kernel.order import Question, cases, distances, with_sizes
from verify.kernel.patterns import patterns
from verify.kernel.ranges import Parameters, Quotient, exponent_of, is_positive, quotient, span_of
from verify.kernel.ring import Ring, minus
from verify.kernel.serial import Json, Table
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Add, Entry, Exp, Max, Num, OutOfBudget, Term, Undefined, Unsupported, mul
from verify.kernel.terms_of import of_atom, of_monomial, of_poly
from verify.kernel.univariate import PARAMETER
from verify.kernel.walk import rename
from verify.language import Link


def range_evidence(asked: Question, link: Link, stated: Statement, table: Table) -> list[Json] | None:
    """The quotients that show that a value lies in a set, where each choice of dimensions is 1 and the others more.

    Nothing where the signs of these are not enough.
    """
    with suppress(Undefined, Unsupported, OutOfBudget):
        chosen = cases(stated.dimensions, dict(stated.least))
        return [{"ones": sorted(ones), "distances": list(_case(asked, link, ones, table))} for ones in chosen]
    return None


def _case(asked: Question, link: Link, ones: dict[str, int], table: Table) -> Iterator[Json]:
    replaced = {said.Dimension(name): said.Number(1) for name in ones}
    given = tuple(with_sizes(each, replaced) for each in link.given)
    stated = statement(asked.value.xreplace(replaced), said.Number(0), given)
    own = dict(stated.least)
    ring = Ring(replace(stated.facts, least=tuple((name, max(2, own.get(name, 1))) for name in stated.dimensions)))
    if any(isinstance(term, Max) and not isinstance(term.body, Entry) for term in subterms(stated.left)):
        raise Unsupported("a certificate for a maximum of what is no entry")
    generic, *others = patterns(stated.indices, (*stated.terms, *stated.known.terms))
    if others:
        raise Unsupported("a certificate for indices that may be equal")
    form = NormalForm(ring).of(rename(stated.left, generic.classes))
    told = [
        (place, Distance(NormalForm(ring).of(each.value), each.strict))
        for place, each in enumerate(stated.known.inequalities)
        if not each.indices
    ]
    for distance in distances(ring, form, asked.target):
        yield _Shown(ring, table, told).of(distance)


@dataclass(frozen=True)
class _Shown:
    """Writes distances as quotients; ``told`` are the inequalities that are given, by their place."""

    ring: Ring
    table: Table
    told: list[tuple[int, Distance]]

    def of(self, distance: Distance) -> Json:
        ring, form = self.ring, distance.form
        logarithms = any(isinstance(atom.form, LogForm) for monomial in form for atom, _ in monomial)
        by_exponential = logarithms and not is_positive(ring, form, strict=distance.strict)
        if by_exponential:
            form = minus(exponential(ring, form), ring.constant(1))
        self._require_enough(Distance(form, distance.strict))
        parts, parameters = quotient(ring, form)
        atoms = parts.atoms
        alike = list(self._alike(atoms[0])) if len(atoms) == 1 else []
        scale = lcm(*(_scale(each, atoms) for each in (parts, *(own for _, own in alike))))
        given = [{"inequality": place} | _quotient_json(own, atoms, scale) for place, own in alike]
        given += self._lines(atoms[0], scale) if len(atoms) == 1 else []
        shown = _quotient_json(parts, atoms, scale)
        return {
            "exponential": by_exponential,
            "parameters": [self.table.place(_parameter(atom, parameters, scale)) for atom in atoms],
            **shown,
            "given": given,
            "roots": _roots([shown, *given]) if 1 <= len(atoms) <= 2 else [],
        }

    def _require_enough(self, distance: Distance) -> None:
        """Raise :class:`Unsupported` where neither the signs of terms nor roots show that a distance is positive."""
        found = span_of(self.ring, distance.form)
        low = None if found is None else found[0].low
        by_range = (
            low is not None and low.value is not None and (low.value > 0 or (low.value == 0 and not low.attained))
        )
        at_zero = low is not None and low.value == 0 and not distance.strict
        by_signs = is_positive(self.ring, distance.form, strict=distance.strict)
        if not (by_range or at_zero or by_signs or follows(self.ring, [each for _, each in self.told], [distance])):
            raise Unsupported("a certificate of this inequality")

    def _alike(self, atom: Atom) -> Iterator[tuple[int, Quotient]]:
        """What is given about the same number."""
        for place, each in self.told:
            found = one_number(self.ring, each.form)
            if found is not None and found[0] is atom:
                yield place, found[1]

    def _lines(self, atom: Atom, scale: int) -> Iterator[Json]:
        """What is given about the exponent of a number, as a bound of the number."""
        for place, each in self.told:
            match atom.form:
                case ExpForm(power=((entry, 1),)):
                    slope, constant = each.form.get(((entry, 1),), fmpq(0)) * scale, each.form.get(CONSTANT, fmpq(0))
                case _:
                    return
            if slope != 0 and len(each.form) == 1 + (constant != 0) and abs(constant / slope) <= LARGEST_POWER:
                number = outside(-constant / slope, 1 if slope > 0 else -1)
                yield {"inequality": place, "slope": str(slope), "constant": str(constant), "number": str(number)}


def _scale(parts: Quotient, atoms: list[Atom]) -> int:
    """The k for which the polynomials hold whole powers of the k-th roots of atoms."""
    polys = (parts.above, parts.below)
    return lcm(*(exponent_of(monomial, atom).denominator for atom in atoms for poly in polys for monomial in poly))


def _quotient_json(parts: Quotient, atoms: list[Atom], scale: int) -> Json:
    return {
        name: [[str(c), [int(exponent_of(each, atom) * scale) for atom in atoms]] for each, c in poly.items()]
        for name, poly in (("above", parts.above), ("below", parts.below))
    }


def _parameter(atom: Atom, parameters: Parameters, scale: int) -> Term:
    """What a parameter is: an atom or a root of it, what is left of one, or e to that."""
    for whole, parts in parameters.meanings if atom in parameters.spans else ():
        (monomial, *_) = (*(each for each in parts if any(own is atom for own, _ in each)), None)
        if monomial is None:
            continue
        less = [(each, -c) for each, c in parts.items() if each is not monomial]
        if less:
            return Add((of_atom(whole), of_poly(less)))
        (factor,) = (own for own, _ in monomial if own is not atom)
        assert isinstance(whole.form, ExpForm)
        assert isinstance(factor.form, ExpForm)
        return Exp(Add((of_monomial(whole.form.power), of_poly([(factor.form.power, fmpq(-1))]))))
    if scale == 1:
        return of_atom(atom)
    if not isinstance(atom.form, ExpForm):
        raise Unsupported("a root in a certificate")
    return Exp(mul(Num(Fraction(1, scale)), of_monomial(atom.form.power)))


def _roots(quotients: list[Json]) -> list[Json]:
    """Disjoint intervals that hold one root each of the polynomials in one parameter, of t and of t - 1."""
    product = SymPyPoly(PARAMETER * (PARAMETER - 1), PARAMETER)
    for each in quotients:
        if "number" in each:
            product = product.lcm(SymPyPoly(PARAMETER - Rational(each["number"]), PARAMETER))
            continue
        for part in (each["above"], each["below"]):
            own = SymPyPoly.from_dict({(exponents[0],): Rational(c) for c, exponents in part}, PARAMETER)
            product = product.lcm(own.sqf_part()) if not own.is_zero else product
    for fineness in FINENESS:
        roots = product.intervals(eps=fineness, sqf=True)
        if all(left[1] < right[0] for left, right in pairwise(roots)):
            return [[str(low), str(high)] for low, high in roots]
    return []
