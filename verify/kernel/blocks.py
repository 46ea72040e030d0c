"""Blocks: one sum over several indices, split into connected parts whose indices get canonical names.

The names are chosen so that renamed copies of a block give the same atom: indices are told apart by
what they subscript, and among those that this leaves alike every order is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations, product
from math import factorial, prod

from flint import fmpq

from verify.kernel.atoms import (
    Atom,
    EntryForm,
    Exponent,
    Monomial,
    Poly,
    SumForm,
    canonical,
    monomial_key,
    monomial_of,
)
from verify.kernel.ring import Ring
from verify.kernel.symmetry import Symmetry
from verify.kernel.term import Idx, OutOfBudget, Subscript, Unsupported

Rename = Callable[[Ring, Poly, dict[Idx, Subscript]], Poly]

MANY_ORDERS = 5040


def summed(ring: Ring, bounds: Sequence[Idx], monomial: Monomial, rename: Rename) -> Poly:
    """The sum of a monomial over these indices."""
    remaining = list(bounds)
    powers = dict(monomial)
    scale = _known_inner_sums(ring, remaining, powers, rename)
    result = ring.constant(scale)
    for indices, factors in _components(remaining, monomial_of(powers)):
        part = _named(ring, indices, factors, rename) if indices else ring.monomial(factors)
        result = ring.product(result, part)
    return result


def _known_inner_sums(ring: Ring, bounds: list[Idx], powers: dict[Atom, Exponent], rename: Rename) -> fmpq:
    """Sum out each index whose sum is given by a hypothesis, or cancels a divisor; the constant that this gives."""
    scale = fmpq(1)
    progress = True
    while progress:
        progress = False
        for index in list(bounds):
            part = tuple((atom, exponent) for atom, exponent in powers.items() if index in atom.free)
            value = _given(ring, index, part)
            inner = None if value is not None else _cancelling(ring, index, part, powers, rename)
            if value is None and inner is None:
                continue
            for atom, _ in part:
                del powers[atom]
            if value is not None:
                scale *= value
            elif inner is not None:
                powers[inner] += 1
            bounds.remove(index)
            progress = True
    return scale


def _given(ring: Ring, index: Idx, part: Monomial) -> fmpq | None:
    """The value that a hypothesis gives to the sum of this part over the index."""
    if len(part) != 1 or part[0][1] != 1 or not isinstance(part[0][0].form, EntryForm):
        return None
    form = part[0][0].form
    symmetric = ring.symmetries.get(form.variable) is Symmetry.SYMMETRIC
    for variable, axis, value in ring.facts.sums:
        own = index in form.subscripts if symmetric else form.subscripts[axis] == index
        if form.variable == variable and own and form.subscripts.count(index) == 1:
            return value
    return None


def _cancelling(ring: Ring, index: Idx, part: Monomial, powers: dict[Atom, Exponent], rename: Rename) -> Atom | None:
    """The sum of this part over the index, if it stands among the factors with a negative exponent."""
    divisors = [
        atom
        for atom, exponent in powers.items()
        if exponent < 0 and isinstance(atom.form, SumForm) and index not in atom.free
    ]
    if not part or not divisors:
        return None
    named = _named(ring, (index,), monomial_of(dict(part)), rename)
    ((monomial, coefficient),) = named.items()
    if coefficient == 1 and len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in divisors:
        return monomial[0][0]
    return None


def _components(bounds: list[Idx], monomial: Monomial) -> list[tuple[tuple[Idx, ...], Monomial]]:
    """The parts that share no index; factors without one form a part of their own."""
    groups: list[tuple[set[Idx], dict[Atom, Exponent]]] = [({index}, {}) for index in bounds]
    free: dict[Atom, Exponent] = {}
    for atom, exponent in monomial:
        mine = [group for group in groups if not group[0].isdisjoint(atom.free)]
        if not mine:
            free[atom] = exponent
            continue
        first, *others = mine
        first[1][atom] = exponent
        for other in others:
            first[0].update(other[0])
            first[1].update(other[1])
            groups = [group for group in groups if group is not other]
    parts = [(tuple(i for i in bounds if i in members), monomial_of(factors)) for members, factors in groups]
    return [*parts, ((), monomial_of(free))] if free else parts


def _named(ring: Ring, indices: tuple[Idx, ...], factors: Monomial, rename: Rename) -> Poly:
    """One connected part as an atom: of all orders of its indices the one that gives the least key."""
    if not factors:
        return ring.size(indices[0].extent)
    depth = 1 + max(atom.depth for atom, _ in factors)
    best: tuple[tuple[object, ...], Monomial, fmpq, tuple[Idx, ...]] | None = None
    vanishes = False
    orders = _orders(ring, indices, factors)
    for order in orders:
        ring.spend(len(factors))
        over = tuple(canonical(depth, place, index.extent) for place, index in enumerate(order))
        renamed = rename(ring, {factors: fmpq(1)}, dict(zip(order, over, strict=True)))
        if len(renamed) != 1:
            raise Unsupported("a sum whose body changes form when its indices are renamed")
        ((monomial, coefficient),) = renamed.items()
        key = monomial_key(monomial) if len(orders) > 1 else ()
        if best is None or key < best[0]:
            best, vanishes = (key, monomial, coefficient, over), False
        elif key == best[0] and coefficient != best[2]:
            vanishes = True  # one sum with two factors, as of A_ij x_i x_j where A_ij = -A_ji
    assert best is not None
    if vanishes:
        return {}
    _, monomial, coefficient, over = best
    return ring.scaled(ring.of(SumForm(over, monomial)), coefficient)


def _orders(ring: Ring, indices: tuple[Idx, ...], factors: Monomial) -> list[tuple[Idx, ...]]:
    """The orders to try: sorted by signature, indices of one signature in every order."""
    if len(indices) == 1:
        return [indices]
    classes: dict[tuple[object, ...], list[Idx]] = {}
    for index in indices:
        classes.setdefault(_signature(ring, index, factors), []).append(index)
    groups = [classes[signature] for signature in sorted(classes)]
    if prod(factorial(len(group)) for group in groups) > MANY_ORDERS:
        raise OutOfBudget
    arranged = product(*(permutations(group) for group in groups))
    return [tuple(index for group in arrangement for index in group) for arrangement in arranged]


def _signature(ring: Ring, index: Idx, factors: Monomial) -> tuple[object, ...]:
    """What an index subscripts, in words that do not depend on any index's name."""
    uses: list[tuple[object, ...]] = []
    for atom, exponent in factors:
        if index in atom.free:
            match atom.form:
                case EntryForm(variable=variable, subscripts=subscripts):
                    tied = variable in ring.symmetries  # whose subscripts change places
                    places = tuple(0 if tied else place for place, each in enumerate(subscripts) if each == index)
                    uses.append((0, variable.symbol, variable.held, places, exponent))
                case form:
                    uses.append((1, type(form).__name__, 0, (len(atom.free),), exponent))
    return (index.extent.monomials, tuple(sorted(uses)))
