r"""Claims, links and verdicts as a notebook shows them: as HTML, as LaTeX, and as plain text.

Formulas stand between dollars, which notebooks set; all else is kept from being read as a formula or as a tag.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import assert_never, get_args

from verify.check import ClaimResult, MistakeResult
from verify.language import Chain, Claim, Judgment, Link, Mistake, Verdict, word
from verify.language.arithmetic import Node
from verify.language.link import side_text
from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase, told
from verify.report.readable import in_words
from verify.report.records import link_record
from verify.report.sentences import RELATIONS, evidence, remarks, statement
from verify.report.tex import printed
from verify.report.text import visible

STYLE = {"proved": "green", "refuted": "crimson", "misshapen": "crimson", "stated": "teal"}
VERDICTS = get_args(Verdict)


@dataclass(frozen=True)
class Row:
    """A statement, its verdict if it has one, and what is to be said of it."""

    statement: Phrase
    verdict: str | None = None
    said: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What is shown of a value: a sentence, rows, and a sentence."""

    head: Phrase
    rows: tuple[Row, ...] = ()
    tail: Phrase = ()


def bundle(value: object) -> dict[str, str]:
    r"""A value in all of its forms.

    >>> from verify.language import equal, scalar
    >>> z = scalar("z")
    >>> bundle(equal(z + z, 2 * z))["text/latex"]
    '$z + z = 2 z$'
    >>> print(bundle(z ** 2)["text/plain"])
    z²
    """
    shown = _shown(value)
    if shown is None:
        return {"text/plain": visible(repr(value))}
    return {"text/plain": plain_of(shown), "text/html": html_of(shown), "text/latex": latex_of(shown)}


def _shown(value: object) -> Shown | None:
    match value:
        case Claim():
            return Shown(told(value.says), (Row(_chain(value.statement)), *_given(value.links()[0])))
        case Mistake():
            links = value.links()
            return Shown(told(value.says), (*(Row(_link(each)) for each in links), *_given(links[0])))
        case ClaimResult() | MistakeResult():
            return Shown((), tuple(map(judged, value.judgments)))
        case Judgment():
            return Shown((), (judged(value),))
        case Chain():
            return Shown(_chain(value))
        case Link():
            return Shown(_link(value), tuple(_given(value)))
        case Node():
            return Shown((Formula(str(value)),))
        case _ if isinstance(value, VERDICTS):
            return Shown((), (judged(Judgment("", None, None, value)),))
        case _:
            return None


def judged(judgment: Judgment) -> Row:
    """A link with its verdict and the evidence."""
    record = link_record(judgment)
    written = statement(record["left"], record["relation"], record["right"]) if record["left"] else ()
    return Row(written, word(judgment.verdict), (*evidence(record), *remarks(record)))


def _chain(chain: Chain) -> Phrase:
    """A chain as one formula, if it is made of formulas."""
    links = chain.links()
    if any(str(each.relation) not in RELATIONS for each in links):
        return (Formula(str(chain)),)
    rest = "".join(f" {RELATIONS[str(each.relation)]} {side_text(each.right)}" for each in links)
    return (Formula(f"{links[0].left}{rest}"),)


def _link(link: Link) -> Phrase:
    return _chain(Chain((link.left, link.right), (link.relation,)))


def _given(link: Link) -> Iterator[Row]:
    if link.given:
        parts = tuple(piece for each in link.given for piece in (", ", *_link(each)))[1:]
        yield Row(("Given ", *parts, "."))


def plain_of(shown: Shown) -> str:
    """The value as lines of text."""
    lines = [in_words(shown.head)] if shown.head else []
    for row in shown.rows:
        lines.append(in_words((*row.statement, *((f"  {row.verdict}",) if row.verdict else ()))).strip())
        lines += [f"  {in_words(each)}" for each in row.said]
    return "\n".join([*lines, *([in_words(shown.tail)] if shown.tail else [])])


def html_of(shown: Shown) -> str:
    """The value as HTML; what is no formula is escaped."""
    head, tail = (f"<p>{html(each)}</p>" if each else "" for each in (shown.head, shown.tail))
    rows = "".join(map(_html_row, shown.rows))
    return f"{head}{f'<table>{rows}</table>' if rows else ''}{tail}"


def _html_row(row: Row) -> str:
    left = 'style="text-align: left"'
    verdict = ""
    if row.verdict is not None:
        verdict = f'<td style="color: {STYLE.get(row.verdict, "darkorange")}">{row.verdict}</td>'
    said = f"<td {left}>{' '.join(map(html, row.said))}</td>" if row.verdict is not None else ""
    return f"<tr>{verdict}<td {left}>{html(row.statement)}</td>{said}</tr>"


def latex_of(shown: Shown) -> str:
    """The value as LaTeX; what is no formula is escaped."""
    lines = [printed(shown.head).source] if shown.head else []
    for row in shown.rows:
        verdict = () if row.verdict is None else (f" ({row.verdict})",)
        lines.append(" ".join(printed(each).source.strip() for each in ((*row.statement, *verdict), *row.said)))
    return "\n\n".join([*lines, *([printed(shown.tail).source] if shown.tail else [])])


def html(phrase: Phrase) -> str:
    """A sentence as HTML, its formulas between dollars."""
    return "".join(map(_piece, phrase))


def _piece(piece: str | Formula | Code) -> str:
    match piece:
        case Formula():
            known = clean(piece.source)
            return _piece(Code(piece.source)) if known is None else f"${escape(known)}$"
        case Code():
            return f"<code>{_inert(piece.text)}</code>"
        case str():
            return _inert(piece)
        case _:
            assert_never(piece)


def _inert(text: str) -> str:
    r"""A text that is shown as it is: no tag, and nothing that would begin a formula.

    >>> _inert("<b> for $5")
    '&lt;b&gt; for <span>$</span>5'
    """
    return "".join(f"<span>{sign}</span>" if sign in {"$", "\\"} else escape(sign) for sign in visible(text))
