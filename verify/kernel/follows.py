"""What follows from inequalities that are given about the same number as the inequality that is asked for.

Each is reduced to a quotient of polynomials in one parameter t. Where that is e^z, a bound on z is a bound on t,
by a rational number on the safe side of the power of e. A hypothesis of another kind is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import arb, fmpq
from sympy import Poly as SymPyPoly
from sympy import Rational

from verify.kernel.atoms import CONSTANT, Atom, EntryForm, ExpForm, Poly
from verify.kernel.balls import precision
from verify.kernel.cells import Sign, implied
from verify.kernel.ranges import Quotient, exponent_of, quotient, univariate
from verify.kernel.ring import Ring
from verify.kernel.univariate import PARAMETER

ONE = SymPyPoly(1, PARAMETER)
BITS = 128
LARGEST_POWER = 1000


@dataclass(frozen=True)
class Distance:
    """A normal form that is positive or, if that is not strict, at least 0."""

    form: Poly
    strict: bool


def follows(ring: Ring, given: list[Distance], wanted: list[Distance]) -> bool:
    """Whether inequalities about one number, an entry or e to an entry, are shown to follow from others."""
    asked = [(each, one_number(ring, each.form)) for each in wanted]
    told = [(each, one_number(ring, each.form)) for each in given]
    atoms = {None if found is None else found[0] for _, found in asked}
    if len(atoms) != 1 or (atom := atoms.pop()) is None:
        return False
    same = [(each, found[1]) for each, found in told if found is not None and found[0] is atom]
    goals = [(each, found[1]) for each, found in asked if found is not None]
    scale = lcm(*(_root(parts, atom) for _, parts in (*same, *goals)))
    if scale > 1 and _exponent(atom) is None:
        return False
    hypotheses = [_sign(each, parts, atom, scale) for each, parts in same]
    hypotheses += _of_the_atom(ring, atom, scale, given)
    return implied(tuple(hypotheses), tuple(_sign(each, parts, atom, scale) for each, parts in goals))


def one_number(ring: Ring, form: Poly) -> tuple[Atom, Quotient] | None:
    """The one atom in a normal form, if that is an entry or e to an entry."""
    parts, parameters = quotient(ring, form)
    if parameters.spans or len(parts.atoms) != 1:
        return None
    (atom,) = parts.atoms
    return (atom, parts) if isinstance(atom.form, EntryForm) or _exponent(atom) is not None else None


def _exponent(atom: Atom) -> Atom | None:
    """The entry z of an atom e^z."""
    match atom.form:
        case ExpForm(power=((entry, 1),)) if isinstance(entry.form, EntryForm):
            return entry
        case _:
            return None


def _root(parts: Quotient, atom: Atom) -> int:
    """The k for which the polynomials hold whole powers of the k-th root of an atom."""
    return lcm(*(exponent_of(each, atom).denominator for poly in (parts.above, parts.below) for each in poly))


def _sign(stated: Distance, parts: Quotient, atom: Atom, scale: int) -> Sign:
    return Sign(univariate(parts.above, atom, scale), univariate(parts.below, atom, scale), stated.strict)


def _of_the_atom(ring: Ring, atom: Atom, scale: int, given: list[Distance]) -> Iterator[Sign]:
    """That an entry is positive if it is; of t = e^(z / scale) that it is, and what bounds on z say of it."""
    entry = _exponent(atom)
    if entry is None:
        if ring.positive_atom(atom):
            yield _beyond(Fraction(0), 1, strict=True)
        return
    yield _beyond(Fraction(1 if ring.positive_atom(entry) else 0), 1, strict=True)
    for each in given:
        slope, constant = each.form.get(((entry, 1),), fmpq(0)), each.form.get(CONSTANT, fmpq(0))
        if slope != 0 and len(each.form) == 1 + (constant != 0):
            bound, side = -constant / (slope * scale), 1 if slope > 0 else -1
            if abs(bound) <= LARGEST_POWER:
                yield _beyond(outside(bound, side), side, strict=each.strict)


def _beyond(number: Fraction, side: int, *, strict: bool) -> Sign:
    """The parameter is larger than a number (side 1), or smaller (side -1)."""
    return Sign(SymPyPoly(side * (PARAMETER - Rational(number.numerator, number.denominator)), PARAMETER), ONE, strict)


def outside(bound: fmpq, side: int) -> Fraction:
    """A rational number below e to the bound (side 1), or above it (side -1); 1 itself for the bound 0."""
    with precision(BITS):
        power = arb(bound).exp()
        end = power.lower() if side == 1 else power.upper()
        mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
