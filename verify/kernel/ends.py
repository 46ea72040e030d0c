"""An affine function of a number that lies between two others: what holds at both ends holds between them.

Where l <= c <= h is given and A and B do not depend on c, A + c B is a weighted mean of A + l B and A + h B. So it is
at least 0, or positive, if both of these are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from verify.kernel.atoms import CONSTANT, Atom, EntryForm, Poly, form_parts
from verify.kernel.follows import Distance
from verify.kernel.ranges import substituted
from verify.kernel.ring import Ring


def at_the_ends(ring: Ring, distance: Distance, given: Sequence[Distance]) -> Iterator[tuple[Distance, Distance]]:
    """The value at both ends of a number that is bounded and of which it is an affine function, for each of these.

    >>> from verify.kernel.term import Variable
    >>> ring = Ring()
    >>> c, x = (ring.atom(EntryForm(Variable(symbol, ()), ())) for symbol in "cx")
    >>> form = {((c, 1), (x, 1)): fmpq(1), ((x, 2),): fmpq(1)}
    >>> given = [Distance({((c, 1),): fmpq(1)}, False), Distance({(): fmpq(3), ((c, 1),): fmpq(-1)}, True)]
    >>> ((low, high),) = at_the_ends(ring, Distance(form, strict=False), given)
    >>> low.form == {((x, 2),): fmpq(1)}, high.form == {((x, 1),): fmpq(3), ((x, 2),): fmpq(1)}
    (True, True)
    >>> list(at_the_ends(ring, Distance({((c, 2),): fmpq(1)}, strict=False), given))
    []
    """
    for atom in sorted({each for monomial in distance.form for each, _ in monomial}, key=lambda each: each.key):
        low, high = (_bound(ring, atom, given, side) for side in (1, -1))
        if low is not None and high is not None and low < high and _is_affine(distance.form, atom):
            ends = [substituted(ring, distance.form, atom, ring.constant(end)) for end in (low, high)]
            yield Distance(ends[0], distance.strict), Distance(ends[1], distance.strict)


def _bound(ring: Ring, atom: Atom, given: Sequence[Distance], side: int) -> fmpq | None:
    """The closest number that an entry is given to be at least (side 1), or at most (side -1)."""
    form = atom.form
    if not isinstance(form, EntryForm):
        return None
    found: list[fmpq] = []
    if side == 1 and form.variable in ring.facts.positive | ring.facts.nonnegative:
        found.append(fmpq(0))
    for each in given:
        slope = each.form.get(((atom, 1),), fmpq(0)) * side
        if slope > 0 and set(each.form) <= {((atom, 1),), CONSTANT}:
            found.append(-each.form.get(CONSTANT, fmpq(0)) / slope)
    return max(found) * side if found else None


def _is_affine(poly: Poly, atom: Atom) -> bool:
    """Whether an atom stands in no power but the first, and in no other atom."""
    powers = (exponent for monomial in poly for own, exponent in monomial if own is atom)
    others = {own for monomial in poly for own, _ in monomial if own is not atom}
    return all(exponent == 1 for exponent in powers) and not any(_mentions(own, atom) for own in others)


def _mentions(atom: Atom, other: Atom) -> bool:
    return any(part is other or _mentions(part, other) for part in form_parts(atom.form))
