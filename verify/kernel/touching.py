"""Simple points at which both sides of a strict inequality are one number, though no decimals can show that.

Balls never show that log 2 is log 2; the normal form of both sides, with numbers for the variables, does.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.contents import subterms
from verify.kernel.division import is_zero
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.failure import Failure, decimal, described
from verify.kernel.hypotheses import satisfied
from verify.kernel.normal import NormalForm
from verify.kernel.point import Point
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import Statement
from verify.kernel.term import Dep, Entry, Fn, Mean, OutOfBudget, Undefined, Unsupported, number
from verify.language.verdict import Refuted

TRIED = tuple(Fraction(value) for value in ("0", "1", "1/2", "-1", "2"))


def touches(stated: Statement) -> Refuted | None:
    """A point at which both sides are defined and equal, all numbers being one and the same; or nothing."""
    terms = [each for side in stated.terms for each in subterms(side)]
    entries = [each for each in terms if isinstance(each, Entry)]
    if stated.dimensions or stated.indices or any(each.subscripts for each in entries):
        return None
    if any(isinstance(each, Fn | Dep | Mean) for each in terms):
        return None
    for value in TRIED:
        with suppress(Undefined, Unsupported, OutOfBudget, OutsideDomain):
            found = _touches_at(stated, Point(0, (value,), positive=stated.known.facts.positive))
            if found is not None:
                return found
    return None


def _touches_at(stated: Statement, drawn: Point) -> Refuted | None:
    point = satisfied(stated.known, drawn, {})
    if point is None:
        return None
    with precision(BITS):
        balls = Evaluation(Balls(point), {}, program=stated.program)
        stated.require_defined(balls, {}, {})
        left, right = (balls.of(side, {}) for side in stated.terms)
    if not left.overlaps(right):
        return None
    named = tuple((variable, number(value)) for (variable, _), value in point.used.items())
    ring = Ring(replace(stated.facts, meanings=named, above=(), divided_by=()))
    forms = NormalForm(ring)
    if not is_zero(ring, minus(*(forms.of(side) for side in stated.terms))):
        return None
    return Refuted(described(Failure({}, {}, point, {}, decimal(left), decimal(right)), stated))
