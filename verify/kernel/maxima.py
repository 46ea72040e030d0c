"""The largest value of a polynomial over an index, as far as signs and monotone functions tell where it is attained.

What does not depend on the index comes out, and so does a common factor that is nowhere negative: max (a + c p) is
a + c max p for c >= 0. An increasing function and a maximum change places, max f(p) = f(max p), as both sides are the
value at the place where p is largest; a decreasing one gives f(min p), with min p = -max (-p). The functions are
exp, log, odd powers, and on positive numbers all powers. Nothing is concluded of a factor of unknown sign.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import (
    Atom,
    DeltaForm,
    DivisorForm,
    ExpForm,
    Exponent,
    LogForm,
    Monomial,
    Poly,
    monomial_of,
)
from verify.kernel.ring import Ring
from verify.kernel.term import Idx

Largest = Callable[[Poly], Poly]


def without(index: Idx, poly: Poly) -> tuple[Poly, Poly]:
    """The terms that do not mention an index, and those that do."""
    outside = {m: c for m, c in poly.items() if all(index not in atom.free for atom, _ in m)}
    return outside, {m: c for m, c in poly.items() if m not in outside}


def common_factor(ring: Ring, index: Idx, poly: Poly) -> tuple[Poly, Poly]:
    """A polynomial that is not 0 as a factor without the index that is nowhere negative, and the rest of it."""
    factor = ring.constant(1)
    while poly:
        ring.spend()
        powers = _powers(ring, index, poly)
        if not powers:
            break
        factor = ring.product(factor, {monomial_of(powers): fmpq(1)})
        poly = ring.sum(ring.scaled(ring.monomial(_lowered(each, powers)), c) for each, c in poly.items())
    scale = _content(poly)
    return ring.scaled(factor, scale), ring.scaled(poly, 1 / scale)


def _lowered(monomial: Monomial, powers: dict[Atom, Exponent]) -> Monomial:
    own = dict(monomial)
    return monomial_of({atom: own.get(atom, 0) - powers.get(atom, 0) for atom in {**own, **powers}})


def _powers(ring: Ring, index: Idx, poly: Poly) -> dict[Atom, Exponent]:
    """The powers that every term has in common: of positive atoms all, of others what makes a square."""
    least: dict[Atom, Exponent] = {}
    for monomial in poly:
        for atom, _ in monomial:
            if index not in atom.free and atom not in least:
                least[atom] = min(dict(each).get(atom, 0) for each in poly)
    kept = {atom: _not_negative(ring, atom, exponent) for atom, exponent in least.items()}
    return {atom: exponent for atom, exponent in kept.items() if exponent}


def _not_negative(ring: Ring, atom: Atom, exponent: Exponent) -> Exponent:
    """The part of a power that is nowhere negative."""
    if isinstance(atom.form, DeltaForm) or ring.positive_atom(atom):
        return exponent
    if isinstance(atom.form, DivisorForm) or not isinstance(exponent, int):
        return 0
    return exponent - exponent % 2


def _content(poly: Poly) -> fmpq:
    numerators = gcd(*(abs(int(c.p)) for c in poly.values()))
    return fmpq(numerators or 1, lcm(*(int(c.q) for c in poly.values())))


def exchanged(ring: Ring, poly: Poly, largest: Largest) -> Poly | None:
    """The maximum of a polynomial whose terms all mention the index, if it is a monotone function of something."""
    if len(poly) != 1:
        return None
    ((monomial, coefficient),) = poly.items()
    rising = coefficient > 0

    def extreme(inner: Poly, *, highest: bool) -> Poly:
        return largest(inner) if highest else ring.scaled(largest(ring.scaled(inner, fmpq(-1))), fmpq(-1))

    value = _of_exponentials(ring, monomial, lambda inner: extreme(inner, highest=rising))
    if value is None and len(monomial) == 1:
        ((atom, exponent),) = monomial
        growing = _growing(ring, atom, exponent)
        if growing is not None:
            inner, outer = _parts(ring, atom, exponent)
            value = outer(extreme(inner, highest=rising == growing))
    return None if value is None else ring.scaled(value, coefficient)


def _of_exponentials(ring: Ring, monomial: Monomial, extreme: Largest) -> Poly | None:
    """The extreme value of a product of exponentials: e to that of the sum of the exponents."""
    if not all(isinstance(atom.form, ExpForm) for atom, _ in monomial):
        return None
    exponents = [
        {atom.form.power: fmpq(exponent.numerator, exponent.denominator)}
        for atom, exponent in monomial
        if isinstance(atom.form, ExpForm)
    ]
    return operations.exponential(ring, extreme(ring.sum(exponents)))


def _growing(ring: Ring, atom: Atom, exponent: Exponent) -> bool | None:
    """Whether a power of an atom grows with what the atom is a function of, or falls; nothing if neither is known."""
    if isinstance(atom.form, LogForm) and exponent == 1:
        return True
    if not isinstance(exponent, int) or (exponent == 1 and not isinstance(atom.form, DivisorForm)):
        return None
    if ring.positive_atom(atom):
        return exponent > 0
    return True if exponent > 0 and exponent % 2 and not isinstance(atom.form, DeltaForm) else None


def _parts(ring: Ring, atom: Atom, exponent: Exponent) -> tuple[Poly, Largest]:
    """What a power of an atom is a monotone function of, and that function."""
    match atom.form:
        case LogForm(argument=argument) if exponent == 1:
            return dict(argument), lambda inner: operations.logarithm(ring, inner)
        case DivisorForm(polynomial=polynomial):
            inner = dict(polynomial)
        case _:
            inner = {((atom, 1),): fmpq(1)}
    return inner, lambda value: operations.power(ring, value, int(exponent))
