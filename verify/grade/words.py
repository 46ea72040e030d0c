"""What is said of a mark: to the student, who is not given the answer, and to the grader, who is."""

from __future__ import annotations

from verify.grade.marks import Mark
from verify.grade.points import counted_points, shown
from verify.language import Judgment
from verify.report.reason import why
from verify.report.text import visible


def feedback(mark: Mark) -> str:
    """What a student is told of a part."""
    said = [f"{shown(mark.awarded)} of {counted_points(mark.part.points)}: {'; '.join(mark.why)}."]
    if mark.pending:
        said.append(f"For a person: {counted_points(mark.pending)}.")
    if mark.first_wrong is not None:
        judgment = mark.first_wrong.judgment
        place = "" if judgment.at is None else f", line {judgment.at.line}"
        said.append(f"The first wrong step{place}: {_formula(judgment)}; {why(judgment.verdict)}.")
    said += [each.for_student for each in mark.likely]
    if mark.carried:
        said.append(f"Judged with your own answer to {', '.join(mark.carried)}.")
    if mark.override is not None:
        said.append(mark.override)
    return visible(" ".join(said))


def graders_words(mark: Mark) -> str:
    """What a grader is told of the mistakes in a part."""
    return visible(" ".join(each.for_grader for each in mark.mistakes))


def _formula(judgment: Judgment) -> str:
    return judgment.left if judgment.relation is None else f"{judgment.left} {judgment.relation} {judgment.right}"
