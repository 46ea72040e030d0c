"""Marks in the formats of the systems that graders use: Gradescope, Canvas, and nbgrader's order of columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Literal

from verify.grade.feedback import feedback_markdown
from verify.report.text import visible

Pending = Literal["zero", "omit"]
RUNS = ("=", "+", "-", "@", "\t", "\r")
NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


class ExportError(ValueError):
    """Marks cannot be put into a file of another system: says why."""


@dataclass(frozen=True)
class Person:
    """Someone on a roster."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""


def cell(text: object) -> str:
    """A cell of a table that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("-5"), cell(1.5)
    ("'=1+1", '-5', '1.5')
    """
    shown = visible(str(text))
    try:
        float(shown)
    except ValueError:
        return f"'{shown}" if shown.startswith(RUNS) else shown
    return shown


def score_of(record: Mapping[str, Any], pending: Pending) -> float | None:
    """The score to be exported; none while some of it is for a person, unless that counts as nothing."""
    return None if record["pending"] and pending == "omit" else record["score"]


def gradescope(record: Mapping[str, Any], title: str, pending: Pending) -> dict[str, Any]:
    """The ``results.json`` of Gradescope: a test for each part."""
    tests = []
    for number, part in enumerate(record["parts"], start=1):
        full = not part["pending"] and part["score"] >= part["points"]
        test: dict[str, Any] = {
            "name": visible(part["id"]),
            "number": str(number),
            "output": "\n".join(map(visible, part["feedback"].split("\n"))),
            "output_format": "text",
            "visibility": "after_published",
        }
        if not part["pending"] or pending == "zero":
            test |= {"score": part["score"], "max_score": part["points"], "status": "passed" if full else "failed"}
        tests.append(test)
    return {
        "score": record["score"],
        "output": feedback_markdown({**record, "parts": []}, title),
        "output_format": "md",
        "visibility": "after_published",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"pending": record["pending"], "points": record["points"]},
    }


def nbgrader(records: Iterable[Mapping[str, Any]], title: str, roster: Mapping[str, Person], pending: Pending) -> str:
    """A table in nbgrader's order of columns."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NBGRADER)
    for record in records:
        person = roster.get(record["student"]) or roster.get(record["submission"]) or Person(record["student"])
        score = score_of(record, pending)
        mark = "" if score is None else score
        who = (person.id, person.last_name, person.first_name, person.email)
        writer.writerow([*map(cell, (title, "", "", *who)), mark, 0, mark, record["points"]])
    return text.getvalue()


def canvas(gradebook: str, column: str, records: Iterable[Mapping[str, Any]], pending: Pending) -> str:
    """The gradebook that Canvas exported, with one column filled; nothing else in it is touched.

    Students are found by their ID, then by SIS User ID, then by SIS Login ID. Raises :class:`ExportError`.
    """
    rows = list(csv.reader(StringIO(gradebook.removeprefix("\ufeff"))))
    if not rows or "Student" not in rows[0][:1] or rows[0][1:2] != ["ID"]:
        raise ExportError("this is no gradebook of Canvas: its first columns are Student and ID")
    at = _column(rows[0], column)
    keys = [rows[0].index(name) for name in ("ID", "SIS User ID", "SIS Login ID") if name in rows[0]]
    marks = {each["student"]: score_of(each, pending) for each in records}
    for row in rows[1:]:
        student = next((row[key] for key in keys if key < len(row) and row[key] and row[key] in marks), None)
        if student is None or len(row) <= at or row[0].strip() == "Points Possible":
            continue
        mark = marks[student]
        row[at] = "" if mark is None else f"{mark:g}"
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [[_guarded(each, number) for number, each in enumerate(row)] for row in rows]
    )
    return text.getvalue()


def _guarded(text: str, _: int) -> str:
    return cell(text) if text.startswith(RUNS) else text


def _column(header: Sequence[str], column: str) -> int:
    """Where a column stands: by its whole title, or by the title before its number."""
    found = [at for at, title in enumerate(header) if title == column or title.rpartition(" (")[0] == column]
    if len(found) != 1:
        raise ExportError(f"the gradebook has {len(found) or 'no'} column{'s' if found else ''} {column!r}")
    return found[0]


def roster_of(text: str) -> dict[str, Person]:
    r"""The people of a roster, a CSV with a column ``id`` and others for names. Raises :class:`ExportError`.

    >>> roster_of("id,first_name,last_name,email\n7,Ada,L,a@b").keys()
    dict_keys(['7'])
    """
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    columns = {name.strip().lower().replace(" ", "_"): name for name in (rows[0] if rows else ())}
    identity = next((columns[name] for name in ("id", "student_id", "user_id", "sis_user_id") if name in columns), None)
    if identity is None:
        raise ExportError("the roster has no column id")

    def person(row: Mapping[str, str]) -> Person:
        own = {name: (row.get(column) or "").strip() for name, column in columns.items()}
        first, last = own.get("first_name", ""), own.get("last_name", "")
        if not first and not last:
            first, _, last = own.get("name", "").rpartition(" ")
        return Person((row[identity] or "").strip(), first, last, own.get("email", ""))

    return {each.id: each for each in map(person, rows)}
