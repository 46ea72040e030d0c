"""The largest value of a polynomial over an index, as far as signs and monotone functions tell where it is attained.

What does not depend on the index comes out, and so does a common factor that is nowhere negative: max (a + c p) is
a + c max p for c >= 0. An increasing function and a maximum change places, max f(p) = f(max p), as both sides are the
value at the place where p is largest; a decreasing one gives f(min p), with min p = -max (-p). The functions are
exp, log, odd powers, and on positive numbers all powers. A sum of functions that all grow with one p, or all fall, is
largest where each of them is. Nothing is concluded of a factor of unknown sign. Maxima over several indices change
places; which stands outside is a matter of names.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import (
    Atom,
    Content,
    DeltaForm,
    DivisorForm,
    ExpForm,
    Exponent,
    LogForm,
    MaxForm,
    Monomial,
    Poly,
    content,
    monomial_of,
)
from verify.kernel.division import reduced
from verify.kernel.ring import Ring, add_into
from verify.kernel.term import Idx

MOST_TOGETHER = 4

Largest = Callable[[Poly], Poly]
Opened = Callable[[Atom], tuple[Idx, Poly]]


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
    """The powers that every term has in common: of atoms that are at least 0 all, of others what makes a square."""
    least: dict[Atom, Exponent] = {}
    for monomial in poly:
        for atom, _ in monomial:
            if index not in atom.free and atom not in least:
                least[atom] = min(dict(each).get(atom, 0) for each in poly)
    kept = {atom: _not_negative(ring, atom, exponent) for atom, exponent in least.items()}
    return {atom: exponent for atom, exponent in kept.items() if exponent}


def _not_negative(ring: Ring, atom: Atom, exponent: Exponent) -> Exponent:
    """The part of a power that is nowhere negative."""
    if ring.is_not_negative(((atom, 1),)):
        return exponent
    if isinstance(atom.form, DivisorForm) or not isinstance(exponent, int):
        return 0
    return exponent - exponent % 2


def _content(poly: Poly) -> fmpq:
    numerators = gcd(*(abs(int(c.p)) for c in poly.values()))
    return fmpq(numerators or 1, lcm(*(int(c.q) for c in poly.values())))


def hoisted(ring: Ring, index: Idx, poly: Poly, opened: Opened) -> tuple[list[Idx], Poly]:
    """The indices of all maxima that a maximum is one of, and what the largest value over all of them is taken of.

    c max_j p = max_j (c p) where c is nowhere negative, and max_j p + max_k q = max_jk (p + q).
    """
    over, waiting, done = [index], dict(poly), Poly()
    while waiting:
        ring.spend()
        monomial, coefficient = waiting.popitem()
        inner = next((atom for atom, exponent in monomial if _is_joined(atom, exponent, over)), None)
        rest = tuple(power for power in monomial if power[0] is not inner)
        if inner is None or coefficient < 0 or len(over) == MOST_TOGETHER or not ring.is_not_negative(rest):
            add_into(done, {monomial: coefficient})
            continue
        another, body = opened(inner)
        over.append(another)
        add_into(waiting, ring.product({rest: coefficient}, body))
    return over, done


def _is_joined(atom: Atom, exponent: Exponent, over: list[Idx]) -> bool:
    return isinstance(atom.form, MaxForm) and exponent == 1 and not atom.free.isdisjoint(over)


def exchanged(ring: Ring, index: Idx, poly: Poly, largest: Largest) -> Poly | None:
    """The maximum of a polynomial whose terms all mention the index, if it is a monotone function of something."""
    if len(poly) != 1:
        return _together(ring, index, poly, largest)
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
    exponents = _exponents(ring, monomial)
    return None if exponents is None else operations.exponential(ring, extreme(exponents))


def _exponents(ring: Ring, monomial: Monomial) -> Poly | None:
    """The p of which a product of exponentials is e^p."""
    if not all(isinstance(atom.form, ExpForm) for atom, _ in monomial):
        return None
    return ring.sum(
        {atom.form.power: fmpq(exponent.numerator, exponent.denominator)}
        for atom, exponent in monomial
        if isinstance(atom.form, ExpForm)
    )


def _together(ring: Ring, index: Idx, poly: Poly, largest: Largest) -> Poly | None:
    """The maximum of a sum whose terms all grow, or all fall, with one and the same thing: each is largest there.

    Logarithms that fall beside what grows may still grow with it, as log sigma(x) = x - log(1 + e^x) does.
    """
    directions = {_direction(ring, index, {monomial: c}) for monomial, c in poly.items()}
    if len(directions) == 1:
        return ring.sum(largest({monomial: c}) for monomial, c in poly.items())
    logarithms = [(m, c) for m, c in poly.items() if any(isinstance(atom.form, LogForm) for atom, _ in m)]
    if not logarithms or not all(len(m) == 1 and m[0][1] == 1 and c.q == 1 for m, c in logarithms):
        return None
    power = operations.exponential(ring, poly)
    _, inside = without(index, reduced(ring, power))
    falling = len(inside) == 1 and any(isinstance(atom.form, DivisorForm) for m in inside for atom, _ in m)
    if not falling or _direction(ring, index, inside)[0] == content(inside):
        return None
    return operations.logarithm(ring, largest(power))


def _direction(ring: Ring, index: Idx, poly: Poly) -> tuple[Content, bool]:
    """What a polynomial is a monotone function of, up to what does not depend on the index; and whether it grows."""
    _, inside = without(index, poly)
    _, inside = common_factor(ring, index, inside)
    if len(inside) == 1:
        ((monomial, coefficient),) = inside.items()
        ring.spend()
        found = _inner(ring, monomial)
        if found is not None:
            inner, growing = found
            core, rises = _direction(ring, index, inner)
            return core, rises == (growing == (coefficient > 0))
    terms = content(inside)
    rising = not terms or terms[0][1] > 0
    return (terms if rising else content(ring.scaled(inside, fmpq(-1)))), rising


def _inner(ring: Ring, monomial: Monomial) -> tuple[Poly, bool] | None:
    """What a product of exponentials, or a power of an atom, is a monotone function of; and whether it grows."""
    exponents = _exponents(ring, monomial)
    if exponents is not None:
        return exponents, True
    if len(monomial) != 1:
        return None
    ((atom, exponent),) = monomial
    growing = _growing(ring, atom, exponent)
    return None if growing is None else (_parts(ring, atom, exponent)[0], growing)


def _growing(ring: Ring, atom: Atom, exponent: Exponent) -> bool | None:
    """Whether a power of an atom grows with what the atom is a function of, or falls; nothing if neither is known."""
    if isinstance(atom.form, LogForm) and exponent == 1:
        return True
    if not isinstance(exponent, int) or (exponent == 1 and not isinstance(atom.form, DivisorForm)):
        return None
    if ring.positive_atom(atom):
        return exponent > 0
    rises = exponent > 0 and (exponent % 2 == 1 or ring.is_not_negative(((atom, 1),)))
    return True if rises and not isinstance(atom.form, DeltaForm) else None


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
