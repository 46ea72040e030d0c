"""From a write-up as read to the verdict on each of its steps.

A step that is not proved is tried in its other readings; one of them that is proved is suggested,
and never takes the place of what was written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import assert_never

from verify.check import check
from verify.language import (
    Dimension,
    Judgment,
    Link,
    Misshapen,
    Name,
    Node,
    Number,
    Proved,
    Relation,
    Stated,
    Undecided,
    Unreadable,
    Verdict,
)
from verify.language.layers import Member, Recursive
from verify.read.apply import occurs, substituted
from verify.read.endings import Decide, right_ends
from verify.read.step import Document, Step
from verify.read.under import beside


def judge(document: Document, decide: Decide | None = None) -> tuple[Judgment, ...]:
    """The verdicts on all steps of a write-up, in its order; where the end of a wrong chain is right, that is said."""
    decide = decide or decided
    return right_ends([judge_step(step, decide) for step in document.steps], decide)


def judge_step(step: Step, decide: Decide | None = None) -> Judgment:
    """The verdict on one step, with the first of its other readings that is proved."""
    decide = decide or decided
    judgment = Judgment(
        left=step.left,
        relation=step.relation,
        right=step.right,
        verdict=step.rivals().among(_verdict(step, decide), lambda rival: _verdict(rival, decide)),
        link=step.meaning if isinstance(step.meaning, Link) else step.misfit,
        at=step.at,
        question=step.question,
        layout=step.layout,
        assumed=step.assumed,
        begins=step.begins,
    )
    if isinstance(judgment.verdict, Proved | Stated) or _is_killed(judgment.verdict):
        return judgment
    return replace(judgment, suggestion=suggestion(step, decide))


def _is_killed(verdict: Verdict) -> bool:
    """Whether so much time was lost already that other readings are not tried."""
    return isinstance(verdict, Undecided) and verdict.reason == "killed"


def _verdict(step: Step, decide: Decide) -> Verdict:
    match step.meaning:
        case Link():
            verdict = decide(step.meaning)
            return verdict if _is_killed(verdict) else beside(step, verdict)
        case Misshapen() | Unreadable() | Undecided() | Stated():
            return step.meaning
        case _:
            assert_never(step.meaning)


def decided(link: Link) -> Verdict:
    r"""The verdict on a link; one that follows from another that is proved is proved.

    >>> from verify.language import at_least, equal, greater, scalar
    >>> y = scalar("y")
    >>> links = [*equal(y + y, 2 * y, y).links(), *greater(y, -1).links()]
    >>> [type(decided(replace(each, given=at_least(y, 0).links()))).__name__ for each in links]
    ['Proved', 'Refuted', 'Proved']
    """
    verdict = check(link).verdict
    for other in _stronger(link) if isinstance(verdict, Undecided) else ():
        if isinstance(found := check(other).verdict, Proved):
            return found
    return verdict


def _stronger(link: Link) -> Iterator[Link]:
    """Other links from which one follows: without what is said of signs, and with a depth counted from its least on."""
    rest = tuple(each for each in link.given if not _is_sign(each))
    if len(rest) < len(link.given):
        yield replace(link, given=rest)
    if not isinstance(link.right, Node) or not any(each.atoms(Member, Recursive) for each in (link.left, link.right)):
        return
    shifts: dict[Node, Node] = {each.left: each.left + Number(_least(each) - 1) for each in rest if _least(each)}
    given = tuple(each for each in rest if not _least(each))
    if shifts and not any(_speaks_of(each, shifts) for each in given):
        yield replace(link, left=substituted(link.left, shifts), right=substituted(link.right, shifts), given=given)


def _is_sign(link: Link) -> bool:
    return isinstance(link.left, Name) and link.relation is Relation.AT_LEAST and link.right == Number(0)


def _least(link: Link) -> int:
    """The least value that a hypothesis says of a dimension; 0 for any other hypothesis."""
    of_dimension = isinstance(link.left, Dimension) and link.relation is Relation.AT_LEAST
    right = link.right
    return int(right.value) if of_dimension and isinstance(right, Number) and right.value.denominator == 1 else 0


def _speaks_of(link: Link, names: Collection[Node]) -> bool:
    return any(isinstance(side, Node) and occurs(name, side) for name in names for side in (link.left, link.right))


def suggestion(step: Step, decide: Decide) -> str | None:
    """The first other reading of a step that is proved."""
    for reading in step.readings:
        if isinstance(decide(reading.link), Proved):
            return f"proved if read as {reading.text}"
    return None
