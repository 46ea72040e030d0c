"""Reports as pages: one file, with nothing to fetch. What is printed is escaped; formulas are set by KaTeX.

The policy in a page allows its own scripts and fonts alone, so that no text in it could run or fetch anything.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from verify.report.course import CourseRecord
from verify.report.course_view import course_view
from verify.report.drawing import marked_up, svg
from verify.report.figures import figures_of
from verify.report.formulas import clean
from verify.report.latex_document import CHECKED, TITLE
from verify.report.phrase import Code, Formula, Phrase
from verify.report.proofs_view import Row, proofs_view
from verify.report.records import CheckRecord, ProofsRecord
from verify.report.text import counted
from verify.report.writeup_view import Line, writeup_view

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

HERE = Path(__file__).parent
FACE = re.compile(r"@font-face\{[^}]*?url\(fonts/([^)]*\.woff2)\)[^}]*\}")
URL = re.compile(r"src:[^;}]*")
FIGURES = {"figures_of": figures_of, "svg": svg, "marked_up": marked_up}
SHAPES = {"proved": "✓", "refuted": "✗", "misshapen": "▲", "undecided": "?", "unreadable": "!", "stated": "○"}


@dataclass(frozen=True)
class Assets:
    """What a page holds beside the report: KaTeX with its fonts, and the few lines that start it."""

    katex_style: Markup
    katex_script: Markup
    start: Markup

    @property
    def hashes(self) -> Markup:
        """By these the browser knows the scripts that it may run."""
        from markupsafe import Markup

        digests = (b64encode(sha256(each.encode()).digest()).decode() for each in (self.katex_script, self.start))
        return Markup(" ".join(f"'sha256-{each}'" for each in digests))  # noqa: S704 - it is base64


@cache
def katex() -> Assets:
    """KaTeX as it is kept beside this file, its fonts put into its style."""
    from markupsafe import Markup

    folder = HERE / "katex"
    style = FACE.sub(_face, (folder / "katex.min.css").read_text(encoding="utf-8"))
    scripts = (folder / "katex.min.js", HERE / "templates" / "start.js")
    return Assets(Markup(style), *(Markup(each.read_text(encoding="utf-8")) for each in scripts))  # noqa: S704 - ours


def _face(face: re.Match[str]) -> str:
    """A font with its data, or nothing for one that we do without."""
    path = HERE / "katex" / face[1]
    if not path.is_file():
        return ""
    data = b64encode(path.read_bytes()).decode()
    return URL.sub(f'src:url(data:font/woff2;base64,{data}) format("woff2")', face[0])


def page_of_proofs(record: ProofsRecord, title: str = TITLE, assets: Assets | None = None) -> str:
    """The page on claims."""
    view = proofs_view(record)
    return _environment().get_template("proofs.html").render(_known(title, assets), view=view, **FIGURES)


def page_of_writeups(record: CheckRecord, title: str = CHECKED, assets: Assets | None = None) -> str:
    """The page on checked write-ups."""
    files = writeup_view(record)
    return _environment().get_template("writeup.html").render(_known(title, assets), files=files)


def page_of_course(record: CourseRecord, assets: Assets | None = None) -> str:
    """The page on a graded batch."""
    view = course_view(record)
    return (
        _environment()
        .get_template("course.html")
        .render(_known(view.title, assets), view=view, counted=counted, **FIGURES)
    )


def _known(title: str, assets: Assets | None) -> dict[str, Any]:
    return {
        "title": title,
        "assets": assets or katex(),
        "shapes": SHAPES,
        "formula": display,
        "alone": alone,
        "verdict": _verdict,
    }


def _verdict(word: str) -> Markup:
    """A verdict as a shape and a word; the color only says it again."""
    from markupsafe import Markup

    mark = Markup('<span class="verdict {}"><span aria-hidden="true">{}</span> {}</span>')
    return mark.format(word if word in SHAPES else "undecided", SHAPES.get(word, "?"), word)


@cache
def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: markup(value) if isinstance(value, tuple) else value,
    )


def markup(phrase: Phrase) -> Markup:
    r"""A sentence with its formulas, as HTML.

    >>> print(markup(("<b> of ", Formula("W_1"), " and ", Formula(r"\input{x}"))))
    &lt;b&gt; of <span class="math">W_1</span> and <code>\input{x}</code>
    """
    from markupsafe import Markup

    return Markup("").join(map(_piece, phrase))


def _piece(piece: str | Formula | Code) -> Markup:
    from markupsafe import Markup, escape

    match piece:
        case Formula():
            known = clean(piece.source)
            if known is None:
                return _piece(Code(piece.source))
            return Markup('<span class="math">{}</span>').format(known)
        case Code():
            return Markup("<code>{}</code>").format(piece.text)
        case str():
            return escape(piece)
        case _:
            assert_never(piece)


def alone(line: Line) -> Markup:
    """A link that goes on from another, without it."""
    return display(replace(line, left=line.whole))


def display(line: Row | Line) -> Markup:
    """A link as a displayed formula; sides that are no formulas as their source."""
    from markupsafe import Markup

    sides = [each for each in (line.left, line.right) if each is not None]
    if line.right is None or any(isinstance(each, Code) for each in sides):
        shown = ([] if line.left is None else [line.left]) + ([] if line.right is None else [line.relation, line.right])
        return markup(tuple(piece for each in shown for piece in (each, " "))[:-1])
    left = "" if line.left is None else f"{clean(line.left.source)} " if isinstance(line.left, Formula) else ""
    right = clean(line.right.source) if isinstance(line.right, Formula) else ""
    whole = rf"\displaystyle {left}{line.relation.source} {right}"
    return Markup('<span class="math">{}</span>').format(whole)
