"""Grading one submission: its lines are judged, its answers found, and every part gets a mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from verify.grade.assignment import Assignment
from verify.grade.deciding import Decider
from verify.grade.lines import Line, Ruling
from verify.grade.marking import Marking
from verify.grade.marks import Mark
from verify.grade.points import ZERO
from verify.read import ReadError, judged, read

PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\(|\\includegraphics\b|<img\b", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A file of a submission: its name, and its text or why there is none."""

    path: str
    text: str
    refused: str | None = None


@dataclass(frozen=True)
class Unread:
    """A file of a submission that could not be read, or something in it, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class Graded:
    """A submission with the marks of all parts, its lines, and the files that could not be read."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...] = ()
    unread: tuple[Unread, ...] = ()
    displays: int = 0

    @property
    def score(self) -> Fraction:
        """The points that are awarded."""
        return sum((each.awarded for each in self.marks), ZERO)

    @property
    def pending(self) -> Fraction:
        """The points that are for a person."""
        return sum((each.pending for each in self.marks), ZERO)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from verify.grade.notebook import bundle

        return bundle(self)


def grade(
    assignment: Assignment,
    texts: Sequence[Text],
    decide: Decider | None = None,
    rulings: Mapping[str, Ruling] | None = None,
) -> Graded:
    r"""The marks of a submission.

    >>> from verify.grade.assignment import read_assignment
    >>> asks = "asks = '(x+1)^2'\nanswer = 'x^2+2x+1'\npoints = 2"
    >>> names = '[names]\nx = "scalar"\n[[question]]\nid = "1"\n[[question.part]]\nid = "1a"\n'
    >>> assignment = read_assignment(names + asks)
    >>> for text in ("# 1\n$$(x+1)^2 = 1 + 2x + x^2$$", "# 1\n$$(x+1)^2 = x^2 + 1$$", "# 1\n$$(x+1)^2 = (x+1)^2$$"):
    ...     (mark,) = grade(assignment, [Text("hw.md", text)]).marks
    ...     print(mark.awarded, mark.why[0])
    2 right
    0 wrong: for x = 1: left 4, right 2
    0 unfinished: what is asked for stands in the answer
    """
    decide = decide or Decider()
    lines, unread, displays = _lines(assignment, texts, decide, rulings or {})
    return Graded(tuple(Marking(assignment, lines, bool(unread), decide).marks()), lines, unread, displays)


def _lines(
    assignment: Assignment, texts: Sequence[Text], decide: Decider, rulings: Mapping[str, Ruling]
) -> tuple[tuple[Line, ...], tuple[Unread, ...], int]:
    """The judged lines of all files, and the files that are no text."""
    lines: list[Line] = []
    unread: list[Unread] = []
    displays = 0
    for number, each in enumerate(texts):
        if each.refused is not None:
            unread.append(Unread(each.path, each.refused))
            continue
        try:
            document, judgments = judged(partial(read, each.text, each.path), assignment.context, decide)
        except ReadError as error:
            unread.append(Unread(each.path, str(error).partition("\n")[0]))
            continue
        if PICTURE.search(each.text):
            unread.append(Unread(each.path, "a picture stands in it"))
        displays += document.displays
        for step, judgment in zip(document.steps, judgments, strict=True):
            lines.append(Line(step, judgment, number, rulings))
    return tuple(lines), tuple(unread), displays
