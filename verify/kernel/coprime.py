"""Two denominators that have no zero in common: 1 as a combination of them, so that a fraction comes apart.

From a P + b Q = 1 follows 1/(P Q) = a/Q + b/P wherever P and Q are not 0; nothing else is divided by. The factors a
and b are sought where P - Q is a number or a positive monomial, 1/(P Q) = (1/Q - 1/P)/(P - Q), and for polynomials
in one atom, by Euclid's algorithm. With numerators reduced modulo their one divisor the pieces are then unique.
"""

from __future__ import annotations

from flint import fmpq, fmpq_poly

from verify.kernel.atoms import CONSTANT, Atom, Content, Poly
from verify.kernel.ring import Ring, minus

LARGEST_DEGREE = 12


def combination(ring: Ring, first: Content, second: Content) -> tuple[Poly, Poly] | None:
    """Polynomials a and b for which a times the first plus b times the second is 1, if they are found."""
    difference = minus(dict(first), dict(second))
    if len(difference) == 1:
        ((monomial, coefficient),) = difference.items()
        if monomial == CONSTANT or ring.is_positive({monomial: fmpq(1)}):
            inverse = tuple((atom, -exponent) for atom, exponent in monomial)
            return {inverse: 1 / coefficient}, {inverse: -1 / coefficient}
    atoms = {atom for each in (first, second) for monomial, _ in each for atom, _ in monomial}
    if len(atoms) != 1:
        return None
    (atom,) = atoms
    dense = [_dense(each, atom) for each in (first, second)]
    if dense[0] is None or dense[1] is None:
        return None
    common, one, other = dense[0].xgcd(dense[1])
    return (_sparse(one, atom), _sparse(other, atom)) if common == fmpq_poly([1]) else None


def _dense(poly: Content, atom: Atom) -> fmpq_poly | None:
    """A polynomial in one atom, unless a power of it is fractional or very high."""
    powers = {dict(monomial).get(atom, 0): coefficient for monomial, coefficient in poly}
    if any(not isinstance(power, int) or not 0 <= power <= LARGEST_DEGREE for power in powers):
        return None
    return fmpq_poly([powers.get(power, fmpq(0)) for power in range(LARGEST_DEGREE + 1)])


def _sparse(poly: fmpq_poly, atom: Atom) -> Poly:
    terms = enumerate(poly.coeffs())
    return {((atom, power),) if power else CONSTANT: coefficient for power, coefficient in terms if coefficient}
