"""Reports as LaTeX documents: templates that escape what they print, unless it is a formula that was let through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.report.course import CourseRecord
from verify.report.course_view import course_view
from verify.report.drawing import drawn, marked_up
from verify.report.figures import figures_of
from verify.report.phrase import Code, Formula
from verify.report.proofs_view import proofs_view
from verify.report.records import CheckRecord, ProofsRecord
from verify.report.tex import Tex, escaped, formula, printed
from verify.report.text import counted
from verify.report.writeup_view import Line, writeup_view

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
TITLE = "What is claimed, and what is proved"
FIGURES = {"figures_of": figures_of, "drawn": drawn, "marked_up": marked_up}
CHECKED = "What was checked, line by line"


def latex_document(record: ProofsRecord, title: str = TITLE) -> str:
    r"""The document on claims; it needs nothing beyond the base of LaTeX and lmodern.

    >>> text = latex_document({"format": "gradproof.proofs/1", "claims": [], "mistakes": []}, title="50%")
    >>> r"{\LARGE\bfseries 50\%\par}" in text, "0 claims: 0 proved; 0 mistakes: 0 caught." in text
    (True, True)
    """
    shown = {"title": title, "view": proofs_view(record), **FIGURES}
    return _environment().get_template("proofs.tex").render(shown)


def latex_writeups(record: CheckRecord, title: str = CHECKED) -> str:
    r"""The document on checked write-ups.

    >>> record = {"format": "gradproof.check/1", "files": [{"path": "a_b.md", "displays": 0, "links": []}]}
    >>> text = latex_writeups(record)
    >>> r"\texttt{a\_b.md}" in text, "There is nothing in it to check." in text
    (True, True)
    """
    shown = {"title": title, "files": writeup_view(record), "said": _said, "caret": _caret}
    return _environment().get_template("writeup.tex").render(shown)


def latex_course(record: CourseRecord) -> str:
    """The document on a graded batch."""
    view = course_view(record)
    return _environment().get_template("course.tex").render(title=view.title, view=view, counted=counted, **FIGURES)


def _said(line: Line) -> Tex:
    """What is to be said of a line, a paragraph each."""
    caret = () if line.caret is None or line.right is None else (_caret(line),)
    return Tex(r"\endgraf ".join(each.source for each in (*caret, *map(printed, line.said))))


def _caret(line: Line) -> Tex:
    """The source of a line, with a caret under the place where it could not be read."""
    assert line.caret is not None
    return Tex(rf"\caret{{{_listing(line.caret.before)}}}{{{_listing(line.caret.after)}}}")


def _listing(text: str) -> str:
    """Source that may be broken at its spaces."""
    return escaped(text).replace(" ", r"\ ").replace(r"\ ", r"\ \allowbreak ")


def _environment() -> Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        autoescape=False,  # noqa: S701 - that is HTML's; whatever is printed goes through _shown
    )
    environment.filters["math"] = _math
    return environment


def _shown(value: Any) -> str:
    """What a template prints: LaTeX as it is, sentences with their formulas, anything else escaped."""
    match value:
        case Tex():
            return value.source
        case tuple():
            return printed(value).source
        case Formula() | Code():
            return printed((value,)).source
        case _:
            return escaped(str(value))


def _math(value: Formula | Code | None) -> Tex:
    """A side of a link in math mode."""
    match value:
        case None:
            return Tex("")
        case Code():
            return Tex(rf"\mbox{{\texttt{{{escaped(value.text)}}}}}")
        case Formula():
            return formula(value.source) if value.source else Tex("")
