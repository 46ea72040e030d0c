"""A judge of equations written out at fixed sizes: Maxima brings left minus right to zero, or computes it to 50 digits.

It is given both sides apart, so that SymPy, which writes them out, cancels nothing between them.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy.core.function import AppliedUndef  # type: ignore[import-untyped]

from tests.outside.maxima import Maxima, Silent, Unprinted, printed
from tests.outside.opinion import Found, Opinion
from tests.outside.points import plain
from tests.test_third_judge import pairs
from verify.language import Link, Relation
from verify.language.unfold import NotUnfolded

SIZES = (1, 2)
EQUATIONS = (Relation.EQUAL, Relation.DISTINCT)
MOST_OPERATIONS = 1500
# Where it begins. The symbols follow at uneven steps: matrices with even ones commute too often. At some points a
# logarithm is no real number.
POINTS = (sympy.Rational(3, 7), sympy.Rational(-5, 11))
NEAR = sympy.Float("1e-25", 50)


def opinion(link: Link, size: int, session: Maxima) -> Found:
    """What Maxima finds of an equation with every dimension of this size; of any depth, at depths 1 and 2."""
    # What hypotheses say to be positive is so at the first point.
    starts = POINTS[:1] if any(each.relation not in EQUATIONS for each in link.given) else POINTS
    told: list[Found] = []
    try:
        for part in plain(link):
            for left, right in pairs(part, size):
                found = of_entry(left, right, session, starts)
                if found.opinion is Opinion.DISAGREES:
                    return found
                told.append(found)
    except (ValueError, TypeError, NotUnfolded, StopIteration, RuntimeError) as reason:
        return Found(Opinion.CANNOT, f"not written out: {reason}"[:80])
    cannot = [each for each in told if each.opinion is Opinion.CANNOT]
    return (cannot or told or [Found(Opinion.CANNOT, "no equation")])[0]


def of_entry(
    left: sympy.Basic, right: sympy.Basic, session: Maxima, starts: tuple[sympy.Rational, ...] = POINTS
) -> Found:
    """What Maxima finds of two expressions: that they are equal, by algebra or by numbers; or that they are not."""
    if left.count_ops() + right.count_ops() > MOST_OPERATIONS:
        return Found(Opinion.CANNOT, "too long")
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    names: dict[sympy.Basic, str] = {symbol: f"v{place}" for place, symbol in enumerate(symbols)}
    try:
        sides = [printed(chosen(side), names) for side in (left, right)]
    except Unprinted as reason:
        return Found(Opinion.CANNOT, f"not printed: {reason}")
    try:
        if session.ask(f"ratsimp(radcan({sides[0]}-({sides[1]})))") == "0":
            return Found(Opinion.AGREES, "by algebra")
    except Silent:
        pass
    told = []
    for values in _points(symbols, names, starts):
        try:
            told.append(tuple(_number(session, side, values) for side in sides))
        except (Silent, ValueError):
            continue
    if not told:
        return Found(Opinion.CANNOT, "no real number in time")
    if all(abs(one - other) <= NEAR * max(1, abs(one), abs(other)) for one, other in told):
        return Found(Opinion.AGREES, "by numbers")
    return Found(Opinion.DISAGREES, f"{left} - ({right}) is {told}")


def chosen(e: sympy.Basic) -> sympy.Basic:
    """With polynomials of a weighted sum in the place of unknown functions, and what is derived derived."""

    def function(unknown: AppliedUndef) -> sympy.Basic:
        if unknown.func.__name__ == "E":
            raise Unprinted("an expectation")
        inner = sum((1 + sympy.Rational(place, 3)) * part for place, part in enumerate(unknown.args))
        phase = sympy.Rational(sum(unknown.func.__name__.encode()) % 7, 4)
        return (inner + phase) ** 3 / 12 + inner / 2

    return e.replace(lambda node: isinstance(node, AppliedUndef), function).doit() if e.atoms(AppliedUndef) else e


def _points(
    symbols: list[sympy.Symbol], names: dict[sympy.Basic, str], starts: tuple[sympy.Rational, ...]
) -> Iterator[str]:
    for start in starts:
        values = (start + sympy.Rational(place**2 % 7, 5) + sympy.Rational(place, 11) for place in range(len(symbols)))
        yield ",".join(f"{names[symbol]}={value}" for symbol, value in zip(symbols, values, strict=True))


def _number(session: Maxima, side: str, values: str) -> sympy.Float:
    """The value at a point, to 80 digits; raises ValueError where it is no real number."""
    text = session.ask(f"bfloat(ev({side},{values}))" if values else f"bfloat({side})")
    return sympy.Float(text.replace("b", "e"), 50)


SESSIONS: list[Maxima] = []


def judges(link: Link, name: str, thorough: bool) -> Found | None:
    """The opinion at sizes 1 and 2 together: it agrees if it does at one of them, and disagrees at none."""
    if not SESSIONS:
        SESSIONS.append(Maxima())
    told = [opinion(link, size, SESSIONS[0]) for size in SIZES]
    return min(told, key=lambda found: (Opinion.DISAGREES, Opinion.AGREES, Opinion.CANNOT).index(found.opinion))
