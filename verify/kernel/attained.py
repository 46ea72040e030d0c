"""Where a range is attained: at which value of the one number that it depends on."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq
from sympy import Rational, ground_roots

from verify.kernel.atoms import Atom, EntryForm, ExpForm, Poly
from verify.kernel.lift import lift
from verify.kernel.ranges import PARAMETER_HELD, Quotient, independent, quotient, univariate
from verify.kernel.ring import Ring
from verify.kernel.univariate import Bound, Span


def attained_at(ring: Ring, poly: Poly, span: Span) -> Iterator[str]:
    """The ends of the exact range of a normal form that are attained, and where; nothing where it is no simple point.

    >>> from verify.kernel.decide import decide
    >>> from verify.language import between, fraction, member, scalar, sigma
    >>> z = scalar("z")
    >>> link, = member(sigma.derivative(z), between(0, fraction(1, 4), closed="high")).links()
    >>> decide(link).attained
    ('1/4 at z = 0',)
    """
    parts, parameters = quotient(ring, poly)
    atoms = independent(parts, parameters)
    if atoms is None or len(atoms) != 1:
        return
    (atom,) = atoms
    if not _has_whole_powers(parts):
        return
    above, below = (univariate(each, atom, 1) for each in (parts.above, parts.below))
    for end in (span.low, span.high):
        if not end.attained or end.value is None:
            continue
        level = above - below * Rational(end.value.numerator, end.value.denominator)
        roots = sorted(root for root in ground_roots(level) if _within(root, parameters.span(atom)))
        if roots:
            yield f"{end.value} at {_place(atom, roots[0])}"


def _has_whole_powers(parts: Quotient) -> bool:
    powers = [exponent for poly in (parts.above, parts.below) for monomial in poly for _, exponent in monomial]
    return all(isinstance(power, int) for power in powers)


def _within(root: Rational, over: Span) -> bool:
    return _beyond(root, over.low, 1) and _beyond(root, over.high, -1)


def _beyond(root: Rational, end: Bound, side: int) -> bool:
    if end.value is None:
        return True
    distance = (root - Rational(end.value.numerator, end.value.denominator)) * side
    return bool(distance > 0 or (distance == 0 and end.attained))


def _place(atom: Atom, root: Rational) -> str:
    """The point in words: the entry itself where the atom is e to an entry and the root is 1."""
    match atom.form:
        case EntryForm(variable=variable) if variable.held <= PARAMETER_HELD:
            return "the largest entry"
        case ExpForm(power=((inner, 1),)) if root == 1:
            return f"{lift({((inner, 1),): fmpq(1)})} = 0"
        case _:
            return f"{lift({((atom, 1),): fmpq(1)})} = {root}"
