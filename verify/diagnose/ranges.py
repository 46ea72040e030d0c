"""What is wrong with a range, an inequality, a limit or a shape: the exact one is known, or near ones are tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from verify.check import check
from verify.diagnose.diagnosis import Diagnosis, Explanation
from verify.diagnose.edit import negated
from verify.diagnose.material import material_of
from verify.diagnose.place import Place
from verify.diagnose.systematic import renamed
from verify.diagnose.trial import PROOF, Steps
from verify.diagnose.words import explanation, written
from verify.language import Expression, Interval, Link, Mismatch, Number, Proved, Relation, as_expression, oo, shape
from verify.language.link import Side
from verify.language.verdict import AtLeast

EVERYTHING = Interval(None, None, False, False)
ENDS = tuple(map(Fraction, (0, 1, -1, 2, -2))) + (Fraction(1, 2), Fraction(1, 4), Fraction(-1, 2), Fraction(4))

OPPOSITE = {
    Relation.LESS: Relation.GREATER,
    Relation.GREATER: Relation.LESS,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.AT_MOST,
}
WEAKER = {Relation.LESS: Relation.AT_MOST, Relation.GREATER: Relation.AT_LEAST}

Proposal = tuple[str, Link]


def explain_range(link: Link, steps: Steps) -> Diagnosis:
    r"""The first proposal that is proved, under no condition but that a dimension is not 1.

    >>> from verify.language import between, fraction, member, scalar, sigma
    >>> z = scalar("z")
    >>> link, = member(sigma.derivative(z), between(0, fraction(1, 4))).links()
    >>> found, = explain_range(link, Steps(100)).explanations
    >>> found.code, str(found.repaired)
    ('bracket', '(0, \\frac{1}{4}]')
    """
    for code, proposed in chain(_proposals(link, steps), _renamed(link), _half_lines(link)):
        steps.tried += 1
        if not steps.spend(PROOF):
            break
        verdict = check(proposed).verdict
        if isinstance(verdict, Proved) and all(isinstance(each, AtLeast) for each in verdict.conditions):
            return Diagnosis((_explained(code, link, proposed),), steps.tried)
    return Diagnosis((), steps.tried)


def _explained(code: str, link: Link, proposed: Link) -> Explanation:
    before, after = (str(each) if code == "relation" else written(each.right) for each in (link, proposed))
    if proposed.left != link.left:
        was, now = str(link.left), str(proposed.left)
        return explanation(code, "left", proposed.left, (), was, now, 1)
    found = explanation(code, "right", proposed.right, (), before, after, 1)
    if code in {"relation", "bracket"} and proposed.relation is not link.relation:
        return replace(found, for_grader=f"{found.for_grader.partition(':')[0]}: {proposed}.")
    return found


def _proposals(link: Link, steps: Steps) -> Iterator[Proposal]:
    right = link.right
    match link.relation:
        case Relation.SHAPE:
            own = shape(link.left)
            if not isinstance(own, Mismatch) and isinstance(right, tuple):
                turned = len(own) == 2 and own[::-1] == right
                yield "transpose" if turned else "shape", replace(link, right=own)
        case Relation.MEMBER if isinstance(right, Interval):
            yield from _intervals(link, right, steps)
        case Relation.TENDS if not isinstance(right, tuple | Interval):
            ends: list[Expression] = [negated(right), *map(as_expression, ENDS), oo, -oo]
            yield from (("limit", replace(link, right=end)) for end in dict.fromkeys(ends) if end != right)
        case Relation.LESS | Relation.AT_MOST | Relation.GREATER | Relation.AT_LEAST:
            yield from _inequalities(link)
        case _:
            return


def _renamed(link: Link) -> Iterator[Proposal]:
    """A value in the place of its argument on the left side, or the other way round."""
    if link.relation is Relation.SHAPE or not isinstance(link.left, Expression):
        return
    root = Place(link.left)
    for edit in renamed(root, material_of(link.left, link.left, link.left)):
        yield edit.code, replace(link, left=edit.part)  # type: ignore[arg-type]


def _intervals(link: Link, right: Interval, steps: Steps) -> Iterator[Proposal]:
    """The exact range if it is known; else other brackets, and other ends."""
    steps.spend(PROOF)
    known = check(replace(link, right=EVERYTHING)).verdict
    if isinstance(known, Proved) and known.exact_range is not None:
        exact = known.exact_range
        yield "bracket" if _same_ends(exact, right, link) else "endpoint", replace(link, right=exact)
        return
    for low, high in ((True, False), (False, True), (True, True)):
        closed = replace(right, closed_low=right.closed_low or low, closed_high=right.closed_high or high)
        if closed != right:
            yield "bracket", replace(link, right=closed)
    for end in map(as_expression, ENDS):
        yield "endpoint", replace(link, right=replace(right, low=end))
        yield "endpoint", replace(link, right=replace(right, high=end))


def _half_lines(link: Link) -> Iterator[Proposal]:
    """The interval without one of its ends, last: that a value is less than 1 tells little of where it lies."""
    if link.relation is Relation.MEMBER and isinstance(link.right, Interval):
        yield "endpoint", replace(link, right=replace(link.right, low=None, closed_low=False))
        yield "endpoint", replace(link, right=replace(link.right, high=None, closed_high=False))


def _same_ends(exact: Interval, right: Interval, link: Link) -> bool:
    return all(
        (one is None and other is None) or (one is not None and other is not None and _equal(one, other, link))
        for one, other in ((exact.low, right.low), (exact.high, right.high))
    )


def _equal(one: Expression, other: Expression, link: Link) -> bool:
    return isinstance(check(Link(one, Relation.EQUAL, other, link.given)).verdict, Proved)


def _inequalities(link: Link) -> Iterator[Proposal]:
    """The bound attained, the other direction, and other numbers for the bound."""
    weaker = WEAKER.get(link.relation)
    if weaker is not None:
        yield "bracket", replace(link, relation=weaker)
    opposite = OPPOSITE[link.relation]
    yield "relation", replace(link, relation=opposite)
    if opposite in WEAKER:
        yield "relation", replace(link, relation=WEAKER[opposite])
    for side in ("right", "left"):
        own: Side = getattr(link, side)
        if isinstance(own, Number):
            for end in sorted(ENDS, key=lambda end: (abs(end - own.value), end)):
                if end != own.value:
                    yield "endpoint", replace(link, **{side: as_expression(end)})  # type: ignore[arg-type]
