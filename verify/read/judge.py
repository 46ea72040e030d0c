"""From a write-up as read to the verdict on each of its steps.

A step that is not proved is tried in its other readings; one of them that is proved is suggested,
and never takes the place of what was written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from verify.check import check
from verify.language import (
    Judgment,
    Link,
    Misshapen,
    Name,
    Number,
    Proved,
    Refuted,
    Relation,
    Stated,
    Undecided,
    Unreadable,
    Verdict,
)
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
        verdict=_verdict(step, decide),
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
    r"""The verdict on a link.

    Hypotheses such as y \ge 0, which say of a name that it is not negative, are used in no proof: the link is decided
    without them, and a counterexample counts where it meets them.

    >>> from verify.language import at_least, equal, greater, scalar
    >>> y = scalar("y")
    >>> links = [*equal(y + y, 2 * y, y).links(), *greater(y, -1).links()]
    >>> [type(decided(replace(each, given=at_least(y, 0).links()))).__name__ for each in links]
    ['Proved', 'Refuted', 'Undecided']
    """
    signs = [each for each in link.given if _is_sign(each)]
    if not signs:
        return check(link).verdict
    rest = tuple(each for each in link.given if not _is_sign(each))
    verdict = check(replace(link, given=rest)).verdict
    names = [each.left.symbol for each in signs if isinstance(each.left, Name)]
    if isinstance(verdict, Refuted) and not all(_is_nonnegative(verdict, name) for name in names):
        return Undecided("no-proof", f"no counterexample is known that meets {' and '.join(map(str, signs))}")
    return verdict


def _is_sign(link: Link) -> bool:
    return isinstance(link.left, Name) and link.relation is Relation.AT_LEAST and link.right == Number(0)


def _is_nonnegative(refuted: Refuted, name: str) -> bool:
    """Whether a name has no negative entry at a witness; it may be that it is not looked at."""
    inputs = dict(refuted.witness.inputs).get(name, ())
    return not any(entry.startswith("-") for row in inputs for entry in row)


def suggestion(step: Step, decide: Decide) -> str | None:
    """The first other reading of a step that is proved."""
    for reading in step.readings:
        if isinstance(decide(reading.link), Proved):
            return f"proved if read as {reading.text}"
    return None
