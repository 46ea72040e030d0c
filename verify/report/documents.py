"""A record made into a document of the kind that a file's ending asks for: LaTeX, PDF or a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal, cast

from verify.report.course import COURSE, CourseRecord
from verify.report.records import CheckRecord, ProofsRecord

ENDINGS = (".tex", ".pdf", ".html")
Kind = Literal[".tex", ".pdf", ".html"]
PROOFS, CHECK = "gradproof.proofs/1", "gradproof.check/1"
Record = CheckRecord | ProofsRecord | CourseRecord


class NoRecord(Exception):
    """What was given is not what ``gradproof check`` or ``prove`` prints; says what is amiss."""


def record_of(data: bytes) -> Record:
    """A record that was kept.

    Raises :class:`NoRecord`.

    >>> record_of(b'{"format": "gradproof.check/1", "files": []}')
    {'format': 'gradproof.check/1', 'files': []}
    >>> record_of(b"{}")
    Traceback (most recent call last):
    verify.report.documents.NoRecord: it is not of the format gradproof.check/1 or gradproof.proofs/1
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NoRecord(f"it is no JSON: {error}") from error
    form = found.get("format") if isinstance(found, dict) else None
    if form not in {PROOFS, CHECK}:
        raise NoRecord(f"it is not of the format {CHECK} or {PROOFS}")
    return cast(Record, found)


def latex(record: Record) -> str:
    """The LaTeX of a report on a record.

    Raises :class:`NoRecord` if the record lacks what the report needs.
    """
    from verify.report.latex_document import latex_course, latex_document, latex_writeups

    return _made(record, {PROOFS: latex_document, CHECK: latex_writeups, COURSE: latex_course})


def html(record: Record) -> str:
    """The page of a report on a record.

    Raises :class:`NoRecord` if the record lacks what the report needs.
    """
    from verify.report.page import page_of_course, page_of_proofs, page_of_writeups

    return _made(record, {PROOFS: page_of_proofs, CHECK: page_of_writeups, COURSE: page_of_course})


def _made(record: Record, makers: dict[str, Callable[[Any], str]]) -> str:
    try:
        return makers[record["format"]](record)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoRecord(f"the record is not whole: {type(error).__name__} {error}") from error


def passes(record: Record) -> bool:
    """Whether all that was checked holds, and something was; a batch was graded, whatever its marks are.

    >>> passes({"format": "gradproof.check/1", "files": []})
    False
    """
    if record["format"] == PROOFS:
        proofs = cast(ProofsRecord, record)
        links = [link for claim in proofs["claims"] for link in claim["links"]]
        proved = all(link["verdict"] == "proved" and not link["conditions"] for link in links)
        return bool(links) and proved and all(each["caught"] for each in proofs["mistakes"])
    if record["format"] == COURSE:
        return True
    files = cast(CheckRecord, record)["files"]
    verdicts = [link["verdict"] for file in files for link in file["links"] if link["verdict"] != "stated"]
    return bool(verdicts) and set(verdicts) == {"proved"}
