"""Feedback for a student, as Markdown and as HTML; what the student wrote is shown and never run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from verify.report.text import visible

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])")


def feedback_markdown(record: Mapping[str, Any], title: str) -> str:
    r"""Feedback as Markdown; nothing in it is markup but what stands here.

    >>> record = {"submission": "*a*", "score": 1, "pending": 0, "points": 2, "unread": [], "parts": []}
    >>> print(feedback_markdown(record, "Homework").splitlines()[2])
    \*a\*: 1 of 2 points
    """
    lines = [f"# {_plain(title)}", "", f"{_plain(record['submission'])}: {_total(record)}", ""]
    for part in record["parts"]:
        lines += [f"## {_plain(part['id'])}", "", _plain(part["feedback"]), ""]
    for each in record["unread"]:
        lines += [f"Not read: {_plain(each['path'])}, {_plain(each['why'])}", ""]
    return "\n".join(lines)


def feedback_html(record: Mapping[str, Any], title: str) -> str:
    """Feedback as a page of HTML, which loads nothing and runs nothing."""
    parts = "".join(f"<h2>{_safe(part['id'])}</h2><p>{_safe(part['feedback'])}</p>\n" for part in record["parts"])
    unread = "".join(f"<p>Not read: {_safe(each['path'])}, {_safe(each['why'])}</p>\n" for each in record["unread"])
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f"<title>{_safe(title)}</title></head>\n<body><h1>{_safe(title)}</h1>\n"
        f"<p>{_safe(record['submission'])}: {_total(record)}</p>\n{parts}{unread}</body></html>\n"
    )


def _total(record: Mapping[str, Any]) -> str:
    pending = f", {record['pending']:g} more for a person to decide" if record["pending"] else ""
    return f"{record['score']:g} of {record['points']:g} points{pending}"


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", visible(text))


def _safe(text: str) -> str:
    return escape(visible(text))
