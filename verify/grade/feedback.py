"""Feedback for a student, as Markdown and as HTML; what the student wrote is shown and never run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from typing import Any

from verify.grade.words import QUOTE
from verify.report.text import visible

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])")

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding-bottom: .5rem; }
h1 { font-size: 1.5rem; margin: 0; }
.total { font-size: 1.1rem; margin: .3rem 0; }
section { border-left: .3rem solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.4rem; }
section.full { border-color: #2e8b57; } section.some { border-color: #d08a00; }
section.none { border-color: #c0392b; } section.open { border-color: #4a7ebb; }
h2 { font-size: 1.1rem; margin: 0; display: flex; justify-content: space-between; }
h2 span { font-weight: normal; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
code { background: var(--soft); border-radius: .2rem; padding: .1rem .3rem; font-size: .9em; }
""".strip()
POLICY = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


def feedback_markdown(record: Mapping[str, Any], title: str) -> str:
    r"""Feedback as Markdown; nothing in it is markup but what stands here.

    >>> record = {"submission": "*a*", "score": 1, "pending": 0, "points": 2, "unread": [], "parts": []}
    >>> print(feedback_markdown(record, "Homework").splitlines()[2])
    \*a\*: 1 of 2 points
    """
    lines = [f"# {_plain(title)}", "", f"{_plain(record['submission'])}: {_total(record)}", ""]
    for part in record["parts"]:
        lines += [f"## {_plain(part['id'])}", ""]
        for sentence in part["feedback"].split("\n"):
            pieces = (f"`{piece}`" if quoted else _plain(piece) for quoted, piece in _pieces(sentence))
            lines += ["".join(pieces), ""]
    for each in record["unread"]:
        lines += [f"Not read: {_plain(each['path'])}, {_plain(each['why'])}", ""]
    return "\n".join(lines)


def feedback_html(record: Mapping[str, Any], title: str) -> str:
    """Feedback as a page of HTML, which loads nothing and runs nothing."""
    unread = "".join(f"<p>Not read: {_safe(each['path'])}, {_safe(each['why'])}</p>\n" for each in record["unread"])
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{_safe(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><header><h1>{_safe(title)}</h1>\n"
        f'<p class="total">{_safe(record["submission"])}: {_total(record)}</p>{unread}</header>\n'
        f"{''.join(map(_part, record['parts']))}</body></html>\n"
    )


def _part(part: Mapping[str, Any]) -> str:
    """A part as a section, its color after what it earned."""
    full, none = part["score"] >= part["points"], not part["score"]
    kind = "open" if part["pending"] else "full" if full else "none" if none else "some"
    points = f"{part['score']:g} of {part['points']:g}" + (f", {part['pending']:g} open" if part["pending"] else "")
    first, *rest = part["feedback"].split("\n")
    said = [first.partition(": ")[2] or first, *rest]
    return (
        f'<section class="{kind}"><h2>{_safe(part["id"])}<span>{points}</span></h2>\n'
        f"{''.join(f'<p>{_sentence(each)}</p>' for each in said)}</section>\n"
    )


def _sentence(text: str) -> str:
    """A sentence with its formulas, beginning with a capital letter."""
    said = "".join(f"<code>{_safe(piece)}</code>" if quoted else _safe(piece) for quoted, piece in _pieces(text))
    return said[:1].upper() + said[1:]


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a sentence, and whether they are formulas."""
    for number, piece in enumerate(text.split(QUOTE)):
        if piece:
            yield number % 2 == 1, visible(piece)


def _total(record: Mapping[str, Any]) -> str:
    pending = f", {record['pending']:g} more for a person to decide" if record["pending"] else ""
    return f"{record['score']:g} of {record['points']:g} points{pending}"


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", visible(text))


def _safe(text: str) -> str:
    return escape(visible(text))
