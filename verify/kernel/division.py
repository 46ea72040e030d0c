"""Division: irreducible divisors, common denominators, and remainders.

FLINT factors; a factor is stored with leading coefficient 1 in a monomial order that is compatible
with multiplication (lexicographic, the atom with the largest key first).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations
from math import lcm

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    Content,
    DivisorForm,
    ExpForm,
    Exponent,
    LogForm,
    Monomial,
    Poly,
    content,
    monomial_of,
)
from verify.kernel.coprime import combination
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import Idx, OutOfBudget, Undefined

# FLINT is not interrupted while it factors, so what is given to it is bounded instead.
MANY_TERMS, LARGEST_DEGREE = 600, 160


def inverse(ring: Ring, poly: Poly) -> Poly:
    """One over a polynomial without deltas: a monomial in divisors and in what was stripped, times a constant."""
    if not poly:
        raise Undefined("a division by zero")
    numerator, denominator = cleared(ring, poly)
    common, constant, factors = factored(ring, numerator)
    powers: dict[Atom, Exponent] = {atom: -exponent for atom, exponent in common}
    for factor, multiplicity in factors:
        atom = ring.atom(DivisorForm(factor))
        powers[atom] = powers.get(atom, 0) - multiplicity
    return ring.product({monomial_of(powers): 1 / constant}, ring.monomial(denominator))


def cleared(ring: Ring, poly: Poly) -> tuple[Poly, Monomial]:
    """A polynomial as numerator over denominator, the denominator a product of divisors."""
    powers: dict[Atom, Exponent] = {}
    for monomial in poly:
        for atom, exponent in monomial:
            if isinstance(atom.form, DivisorForm):
                powers[atom] = max(powers.get(atom, 0), -exponent)
    if not powers:
        return poly, CONSTANT
    denominator = monomial_of(powers)
    return ring.product(poly, {denominator: fmpq(1)}), denominator


def is_zero(ring: Ring, poly: Poly) -> bool:
    """Whether nothing is left of a polynomial."""
    return not residual(ring, poly)


def residual(ring: Ring, poly: Poly) -> Poly:
    """What is left of a difference once its denominators are cleared, and whole powers of roots are no roots."""
    return _without_whole_roots(ring, cleared(ring, _without_whole_roots(ring, poly))[0])


def _without_whole_roots(ring: Ring, poly: Poly) -> Poly:
    return ring.sum(
        ring.scaled(ring.monomial(monomial) if step is None else step, coefficient)
        for monomial, coefficient in poly.items()
        for step in (_whole_root(ring, monomial),)
    )


def _whole_root(ring: Ring, monomial: Monomial) -> Poly | None:
    """A monomial with e^(q log u) as u^k e^((q - k) log u), k the whole part of q, for every such root in it.

    Where log u is defined u is positive, and e^(log u) is u. Nothing, if there is no such k but 0.
    """
    result, rest = ring.constant(1), dict(monomial)
    for atom, exponent in monomial:
        argument, whole = under_root(atom), int(exponent // 1)
        if argument is not None and whole:
            rest[atom] = exponent - whole
            base = dict(argument) if whole > 0 else inverse(ring, dict(argument))
            result = ring.product(result, ring.power(base, abs(whole)))
    return None if rest == dict(monomial) else ring.product({monomial_of(rest): fmpq(1)}, result)


def under_root(atom: Atom) -> Content | None:
    """The u of which an atom is e^(log u)."""
    if isinstance(atom.form, ExpForm) and len(atom.form.power) == 1 and atom.form.power[0][1] == 1:
        logarithm = atom.form.power[0][0].form
        return logarithm.argument if isinstance(logarithm, LogForm) else None
    return None


def factored(ring: Ring, poly: Poly) -> tuple[Monomial, fmpq, list[tuple[Content, int]]]:
    """A polynomial without divisors, not 0: monomial x constant x irreducible factors of leading coefficient 1."""
    key = tuple(poly), tuple(map(str, poly.values()))
    known = ring.factored.get(key)
    if known is None:
        known = ring.factored[key] = _factored(ring, poly)
    return known


def _factored(ring: Ring, poly: Poly) -> tuple[Monomial, fmpq, list[tuple[Content, int]]]:
    common, rest = _stripped(poly)
    if len(rest) == 1:
        ((monomial, coefficient),) = rest.items()
        assert monomial == CONSTANT
        return common, coefficient, []
    ring.spend(len(rest))
    atoms = sorted({atom for monomial in rest for atom, _ in monomial}, key=lambda atom: atom.key, reverse=True)
    scales = [_scale(rest, atom) for atom in atoms]
    degrees = [
        max(_exponents(monomial, [atom], [scale])[0] for monomial in rest)
        for atom, scale in zip(atoms, scales, strict=True)
    ]
    if len(rest) > MANY_TERMS or sum(degrees) > LARGEST_DEGREE:
        raise OutOfBudget
    if _is_linear(rest, atoms, scales):
        return _irreducible(common, rest, atoms, scales)
    context = fmpq_mpoly_ctx.get([f"a{number}" for number in range(len(atoms))], Ordering.lex)
    constant, found = context.from_dict(
        {_exponents(monomial, atoms, scales): coefficient for monomial, coefficient in rest.items()}
    ).factor()
    factors: list[tuple[Content, int]] = []
    for factor, multiplicity in found:
        leading = factor.leading_coefficient()
        constant *= leading ** int(multiplicity)
        terms = {_monomial(exponents, atoms, scales): c / leading for exponents, c in factor.to_dict().items()}
        factors.append((content(terms), int(multiplicity)))
    return common, constant, factors


def _is_linear(poly: Poly, atoms: list[Atom], scales: list[int]) -> bool:
    """Whether one term is a number times an atom that is in no other one: such a polynomial is irreducible."""
    scale_of = dict(zip(atoms, scales, strict=True))
    many = Counter(atom for monomial in poly for atom, _ in monomial)
    alone = (monomial[0] for monomial in poly if len(monomial) == 1)
    return any(many[atom] == 1 and exponent * scale_of[atom] == 1 for atom, exponent in alone)


def _irreducible(
    common: Monomial, poly: Poly, atoms: list[Atom], scales: list[int]
) -> tuple[Monomial, fmpq, list[tuple[Content, int]]]:
    """A polynomial with no factors of its own: its leading coefficient, and itself without that."""
    first = max(poly, key=lambda monomial: _exponents(monomial, atoms, scales))
    leading = poly[first]
    return common, leading, [(content({monomial: c / leading for monomial, c in poly.items()}), 1)]


def _stripped(poly: Poly) -> tuple[Monomial, Poly]:
    """The largest monomial that divides every term, and the quotient."""
    least: dict[Atom, Exponent] | None = None
    for monomial in poly:
        powers = dict(monomial)
        if least is None:
            least = powers
            continue
        for atom in {**least, **powers}:
            least[atom] = min(least.get(atom, 0), powers.get(atom, 0))
    assert least is not None
    quotient: Poly = {}
    for monomial, coefficient in poly.items():
        powers = dict(monomial)
        for atom, exponent in least.items():
            powers[atom] = powers.get(atom, 0) - exponent
        quotient[monomial_of(powers)] = coefficient
    return monomial_of(least), quotient


def _scale(poly: Poly, atom: Atom) -> int:
    return lcm(*(Fraction(exponent).denominator for monomial in poly for own, exponent in monomial if own is atom))


def _exponents(monomial: Monomial, atoms: list[Atom], scales: list[int]) -> tuple[int, ...]:
    powers = dict(monomial)
    return tuple(int(powers.get(atom, 0) * scale) for atom, scale in zip(atoms, scales, strict=True))


def _monomial(exponents: tuple[int, ...], atoms: list[Atom], scales: list[int]) -> Monomial:
    return monomial_of(
        {
            atom: exponent // scale if exponent % scale == 0 else Fraction(exponent, scale)
            for atom, exponent, scale in zip(atoms, map(int, exponents), scales, strict=True)
        }
    )


def leading(poly: Content) -> Monomial:
    """The leading monomial, in the order that divisors are normalized by."""
    return max((monomial for monomial, _ in poly), key=cmp_to_key(_compare))


def _compare(left: Monomial, right: Monomial) -> int:
    first, second = dict(left), dict(right)
    for atom in sorted({**first, **second}, key=lambda atom: atom.key, reverse=True):
        one, other = first.get(atom, 0), second.get(atom, 0)
        if one != other:
            return 1 if one > other else -1
    return 0


def reduced(ring: Ring, poly: Poly) -> Poly:
    """The polynomial with numerators reduced modulo their divisors: a/(a+b) becomes 1 - b/(a+b).

    Two divisors of which a combination is 1 come apart, and roots have exponents from 0 to 1. Linear, and unique where
    each term has one divisor: what sums and exponents need.
    """
    pending, done = dict(poly), Poly()
    while pending:
        monomial, coefficient = pending.popitem()
        ring.spend()
        step = _step(ring, monomial)
        add_into(*((done, {monomial: coefficient}) if step is None else (pending, ring.scaled(step, coefficient))))
    return done


def _step(ring: Ring, monomial: Monomial) -> Poly | None:
    root = _whole_root(ring, monomial)
    if root is not None:
        return root
    divisors = sorted((atom for atom, _ in monomial if atom.is_divisor), key=lambda atom: atom.key)
    for atom in divisors:
        assert isinstance(atom.form, DivisorForm)
        polynomial = atom.form.polynomial
        split = _divided(monomial, polynomial) or _partial_fraction(monomial, polynomial)
        if split is not None:
            quotient, term, scale = split
            others = {each: -c / scale for each, c in polynomial if each != term}
            others[((atom, 1),)] = 1 / scale
            return ring.product({quotient: fmpq(1)}, others)
    for first, second in combinations(divisors, 2):
        apart = _taken_apart(ring, monomial, first, second)
        if apart is not None:
            return apart
    return None


def _taken_apart(ring: Ring, monomial: Monomial, first: Atom, second: Atom) -> Poly | None:
    """1/(P Q) = a/Q + b/P for divisors with a P + b Q = 1."""
    assert isinstance(first.form, DivisorForm)
    assert isinstance(second.form, DivisorForm)
    found = combination(ring, first.form.polynomial, second.form.polynomial) or _by_elimination(ring, first, second)
    if found is None:
        return None
    without = [ring.join(monomial, ((divisor, 1),)) for divisor in (first, second)]
    return ring.sum(ring.product({rest: fmpq(1)}, factor) for rest, factor in zip(without, found, strict=True))


def _by_elimination(ring: Ring, first: Atom, second: Atom) -> tuple[Poly, Poly] | None:
    """Factors for divisors P = p u + r and Q = q u + t in which u alone has an index: (q, -p) over q r - p t.

    That is a combination of them, if it is a multiple of what is divided by.
    """
    parts = [_linear(divisor, first.free & second.free) for divisor in (first, second)]
    if parts[0] is None or parts[1] is None or parts[0][1] != parts[1][1]:
        return None
    (one, _, rest), (other, _, left) = parts[0], parts[1]
    combined = minus(ring.product(other, rest), ring.product(one, left))
    if not ring.is_given_nonzero(combined):
        return None
    factor = inverse(ring, combined)
    return ring.product(other, factor), ring.scaled(ring.product(one, factor), fmpq(-1))


def _linear(divisor: Atom, indices: frozenset[Idx]) -> tuple[Poly, Monomial, Poly] | None:
    """A divisor as p u + r, where u is what has these indices in its one term that has any of them."""
    assert isinstance(divisor.form, DivisorForm)
    terms = dict(divisor.form.polynomial)
    own = [monomial for monomial in terms if any(atom.free & indices for atom, _ in monomial)]
    if len(own) != 1 or any(atom.is_delta for monomial in terms for atom, _ in monomial):
        return None
    inside = tuple(power for power in own[0] if power[0].free & indices)
    outside = tuple(power for power in own[0] if power not in inside)
    return {outside: terms.pop(own[0])}, inside, terms


def _divided(monomial: Monomial, polynomial: Content) -> tuple[Monomial, Monomial, fmpq] | None:
    """The leading monomial of the divisor divides the numerator: it is the divisor minus its other terms."""
    lead = leading(polynomial)
    powers = dict(monomial)
    if any(powers.get(atom, 0) < exponent for atom, exponent in lead):
        return None
    for atom, exponent in lead:
        powers[atom] -= exponent
    return monomial_of(powers), lead, fmpq(1)


def _partial_fraction(monomial: Monomial, polynomial: Content) -> tuple[Monomial, Monomial, fmpq] | None:
    """1/(a (a+c)) = (1/a - 1/(a+c))/c: a pole at an atom that divides all of the divisor but its constant."""
    constant = dict(polynomial).get(CONSTANT)
    if constant is None:
        return None
    for atom, exponent in monomial:
        if exponent < 0 and not isinstance(atom.form, DivisorForm):
            others = [dict(each).get(atom, 0) for each, _ in polynomial if each != CONSTANT]
            if all(power > 0 for power in others):
                return monomial, CONSTANT, constant
    return None
