"""What is said of a mark: to the student, who is not given the answer, and to the grader, who is."""

from __future__ import annotations

from collections.abc import Iterator

from verify.grade.marks import Mark
from verify.grade.points import counted_points, shown
from verify.language import Judgment
from verify.report.reason import why
from verify.report.text import visible

# Formulas stand between these, on a line of their own sentence; they stand nowhere else.
QUOTE = "`"


def feedback(mark: Mark) -> str:
    """What a student is told of a part, a sentence a line; formulas stand between backquotes."""
    return "\n".join(_sentences(mark))


def _sentences(mark: Mark) -> Iterator[str]:
    yield _plain(f"{shown(mark.awarded)} of {counted_points(mark.part.points)}: {'; '.join(mark.why)}.")
    if mark.pending:
        yield f"For a person: {counted_points(mark.pending)}."
    if mark.first_wrong is not None:
        judgment = mark.first_wrong.judgment
        place = "" if judgment.at is None else f", line {judgment.at.line}"
        yield f"The first wrong step{place}: {_formula(judgment)}"
        said = _plain(why(judgment.verdict) or "")
        if said not in _plain("; ".join(mark.why)):
            yield f"{said[:1].upper()}{said[1:]}."
    yield from (_plain(each.for_student) for each in mark.likely)
    if mark.carried:
        yield _plain(f"Judged with your own answer to {', '.join(mark.carried)}.")
    if mark.override is not None:
        yield _plain(mark.override)


def graders_words(mark: Mark) -> str:
    """What a grader is told of the mistakes in a part, and of another reading that would be right."""
    said = [each.for_grader for each in mark.mistakes]
    if mark.first_wrong is not None and mark.first_wrong.other_reading:
        said.append(f"The first wrong step is {mark.first_wrong.judgment.suggestion}.")
    return visible(" ".join(said))


def _formula(judgment: Judgment) -> str:
    text = judgment.left if judgment.relation is None else f"{judgment.left} {judgment.relation} {judgment.right}"
    return f"{QUOTE}{_plain(text)}{QUOTE}"


def _plain(text: str) -> str:
    """A text on one line without backquotes."""
    return visible(" ".join(text.split())).replace(QUOTE, "'")
