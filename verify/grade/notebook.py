"""A graded submission as a notebook shows it: its points, and for each part the points and why they are so."""

from __future__ import annotations

from verify.grade.grade import Graded
from verify.grade.marks import Mark
from verify.grade.points import counted_points, shown
from verify.report.notebook import Row, Shown, html_of, latex_of, plain_of
from verify.report.phrase import Code, Formula, Phrase
from verify.report.sentences import shown_side


def bundle(graded: Graded) -> dict[str, str]:
    """The marks in all forms that a notebook asks for."""
    found = Shown(_total(graded), tuple(map(_row, graded.marks)))
    return {"text/plain": plain_of(found), "text/html": html_of(found), "text/latex": latex_of(found)}


def _total(graded: Graded) -> Phrase:
    pending = f", {counted_points(graded.pending)} for a person" if graded.pending else ""
    return (f"{counted_points(graded.score)}{pending}",)


def _row(mark: Mark) -> Row:
    answer: tuple[str | Formula | Code, ...] = () if mark.answer is None else (": ", shown_side(mark.answer))
    points = f"{shown(mark.awarded)} of {counted_points(mark.part.points)}"
    codes = [piece for each in mark.mistakes for piece in (" ", Code(each.code))]
    why = ("; ".join(mark.why), *(("; mistakes:", *codes) if codes else ()), ".")
    return Row((mark.part.id, *answer), points, (why,))
