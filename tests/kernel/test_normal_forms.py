"""The normal form on the tables of what is always and never proved: equal where it should be, and of the right value.

The replay takes no part in it. Rows are taken in tens, so that all of them are tried in a second or two: these tests
are also what alterations of the normal form are tried with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from _pytest.mark import ParameterSet

from tests.kernel.forms import Values
from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, Row, one_link
from verify.kernel.balls import Balls, precision
from verify.kernel.clearing import vanishes
from verify.kernel.contents import subterms
from verify.kernel.division import residual
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.hypotheses import satisfied
from verify.kernel.normal import NormalForm
from verify.kernel.patterns import Pattern, assigned, patterns
from verify.kernel.point import GRID, Point
from verify.kernel.replay import instance_sizes
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Inverse, Term, Undefined, Unsupported
from verify.kernel.walk import rename
from verify.language import Interval

TEN = 10


# Proved by small sizes instead: the normal form does not pair the entry at i, j with that at j, i.
WITHOUT = {"pairs that add up to 1"}


def rows(table: list[ParameterSet]) -> list[Statement]:
    """The statements of a table that the kernel takes."""
    found: list[Statement] = []
    for each in table:
        left, right, given = cast(Row, each.values)
        if each.id in WITHOUT:
            continue
        link = one_link(left, right, given)
        assert not isinstance(link.right, tuple | Interval)
        try:
            found.append(statement(link.left, link.right, link.given))
        except Unsupported:
            continue
    return found


TRUE, FALSE = rows(ALWAYS_PROVED), rows(NEVER_PROVED)


def allowed(stated: Statement) -> Iterator[Pattern]:
    """The patterns of a statement."""
    yield from (each for each in patterns(stated.indices, stated.terms) if stated.known.allow(each.classes))


def agree(stated: Statement) -> bool:
    """Whether both sides have normal forms, and equal ones, for all patterns."""
    for pattern in allowed(stated):
        ring = Ring(stated.facts_of_equation)
        forms = NormalForm(ring)
        try:
            left, right = (forms.of(rename(side, pattern.classes)) for side in stated.terms)
        except (Undefined, Unsupported):
            return False
        if residual(ring, minus(left, right)):
            return False
    return True


def has_inverses(stated: Statement) -> bool:
    """Whether it may be that the sides are equal only once they are cleared of inverse matrices."""
    return any(isinstance(each, Inverse) for each in subterms(*stated.terms))


def tens(many: int) -> list[slice]:
    return [slice(start, start + TEN) for start in range(0, many, TEN)]


def name(part: slice) -> str:
    return f"{part.start} to {part.stop}"


@pytest.mark.parametrize("part", tens(len(TRUE)), ids=name)
def test_what_is_true_has_equal_normal_forms(part: slice) -> None:
    for stated in TRUE[part]:
        equal = agree(stated) or (has_inverses(stated) and vanishes(stated))
        assert equal, f"{stated.left} and {stated.right}"


@pytest.mark.parametrize("part", tens(len(FALSE)), ids=name)
def test_what_is_false_has_others(part: slice) -> None:
    for stated in FALSE[part]:
        assert not agree(stated), f"{stated.left} and {stated.right}"


@pytest.mark.parametrize("part", tens(len(TRUE) + len(FALSE)), ids=name)
def test_a_normal_form_has_the_value_of_its_term(part: slice) -> None:
    for stated in [*TRUE, *FALSE][part]:
        for pattern in allowed(stated):
            forms = NormalForm(Ring(stated.facts_of_equation))
            for side in stated.terms:
                require_value(stated, pattern, side, forms)


def require_value(stated: Statement, pattern: Pattern, side: Term, forms: NormalForm) -> None:
    """Compare at the largest of the sizes that a replay takes, at the first point where all is defined."""
    try:
        poly = forms.of(rename(side, pattern.classes))
    except (Undefined, Unsupported):
        return
    sizes = list(instance_sizes(stated, pattern))[-1]
    for seed in range(4):
        indices = assigned(pattern, sizes, seed)
        positive = stated.facts.positive
        with precision(128):
            point = satisfied(stated.known, Point(seed, GRID[25:] if seed % 2 else GRID, positive=positive), sizes)
            if indices is None or point is None or point.laws:
                continue
            numbers = Balls(point)
            try:
                direct = Evaluation(numbers, sizes).of(side, indices)
                difference = direct - Values(numbers, sizes).of(poly, indices)
            except (OutOfReach, OutsideDomain):
                continue
            if difference.is_finite():
                assert difference.contains(0), f"{side} at {sizes} is not {poly}"
                return
