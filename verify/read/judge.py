"""From a write-up as read to the verdict on each of its steps.

A step that is not proved is tried in its other readings; one of them that is proved is suggested,
and never takes the place of what was written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from verify.check import check
from verify.language import Judgment, Link, Misshapen, Proved, Stated, Undecided, Unreadable, Verdict
from verify.read.step import Document, Step


def judge(document: Document) -> tuple[Judgment, ...]:
    """The verdicts on all steps of a write-up, in its order."""
    return tuple(map(judge_step, document.steps))


def judge_step(step: Step) -> Judgment:
    """The verdict on one step, with the first of its other readings that is proved."""
    judgment = Judgment(
        left=step.left,
        relation=step.relation,
        right=step.right,
        verdict=_verdict(step),
        link=step.meaning if isinstance(step.meaning, Link) else None,
        at=step.at,
        question=step.question,
        layout=step.layout,
        assumed=step.assumed,
    )
    if isinstance(judgment.verdict, Proved | Stated):
        return judgment
    return replace(judgment, suggestion=suggestion(step))


def _verdict(step: Step) -> Verdict:
    match step.meaning:
        case Link():
            return check(step.meaning).verdict
        case Misshapen() | Unreadable() | Undecided() | Stated():
            return step.meaning
        case _:
            assert_never(step.meaning)


def suggestion(step: Step) -> str | None:
    """The first other reading of a step that is proved."""
    for reading in step.readings:
        if isinstance(check(reading.link).verdict, Proved):
            return f"proved if read as {reading.text}"
    return None
