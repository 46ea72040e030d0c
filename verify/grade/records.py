"""Marks as records for programs: ``gradproof.grade/1`` of a submission, ``gradproof.grades/1`` of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, TypedDict

from verify.grade.asked import plain
from verify.grade.assignment import Assignment
from verify.grade.grade import Graded
from verify.grade.lines import Line
from verify.grade.marks import Mark
from verify.grade.points import number
from verify.grade.words import feedback, graders_words
from verify.language import Proved, Stated, Undecided
from verify.report.records import LinkRecord, link_record

GRADE, GRADES = "gradproof.grade/1", "gradproof.grades/1"


class PlaceRecord(TypedDict):
    """Where a line stands, counted from 1."""

    line: int
    column: int


class PartRecord(TypedDict):
    """The mark of a part."""

    id: str
    score: float
    pending: float
    points: float
    bonus: bool
    mistakes: list[str]
    first_wrong: PlaceRecord | None
    feedback: str
    why: list[str]
    for_grader: str
    answer: str | None
    key: str | None
    carried: list[str]
    override: str | None


class GradedLink(TypedDict):
    """A link, the name that identical links have in common where it needs one, and what a person decided."""

    link: LinkRecord
    key: str | None
    override: dict[str, str] | None


class GradeRecord(TypedDict):
    """A submission with its marks and its links."""

    format: str
    submission: str
    student: str
    digest: str
    assignment: str
    score: float
    pending: float
    points: float
    parts: list[PartRecord]
    displays: int
    links: list[GradedLink]
    unread: list[dict[str, str]]
    killed: int


def grade_record(name: str, student: str, digest: str, assignment: Assignment, graded: Graded) -> GradeRecord:
    """A graded submission as a record."""
    settled = {(each.part.question, plain(each.part.asks)) for each in graded.marks if not each.pending}
    links = [_link(line, settled) for line in graded.lines]
    return {
        "format": GRADE,
        "submission": name,
        "student": student,
        "digest": digest,
        "assignment": assignment.digest,
        "score": number(graded.score),
        "pending": number(graded.pending),
        "points": number(assignment.points),
        "parts": [_part(each) for each in graded.marks],
        "displays": graded.displays,
        "links": links,
        "unread": [{"path": each.path, "why": each.why} for each in graded.unread],
        "killed": sum(each["link"]["reason"] == "killed" for each in links),
    }


def _link(line: Line, settled: Set[tuple[str, str]]) -> GradedLink:
    """A link as a record; one that is not decided needs no name where it answers a part of which nothing is open."""
    ruling, verdict = line.ruling, line.judgment.verdict
    known = isinstance(verdict, Proved | Stated)
    answers = isinstance(verdict, Undecided) and (line.step.question, plain(line.step.left)) in settled
    return {
        "link": link_record(line.judgment),
        "key": None if known or answers else line.key,
        "override": None if ruling is None else {"standing": ruling.standing.value, "reason": ruling.reason},
    }


def _part(mark: Mark) -> PartRecord:
    first = None if mark.first_wrong is None else mark.first_wrong.judgment.at
    return {
        "id": mark.part.id,
        "score": number(mark.awarded),
        "pending": number(mark.pending),
        "points": number(mark.part.points),
        "bonus": mark.part.bonus,
        "mistakes": list(dict.fromkeys(each.code for each in mark.mistakes)),
        "first_wrong": None if first is None else {"line": first.line, "column": first.column},
        "feedback": feedback(mark),
        "why": list(mark.why),
        "for_grader": graders_words(mark),
        "answer": mark.answer,
        "key": mark.key,
        "carried": list(mark.carried),
        "override": mark.override,
    }


def short_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the record of a batch says of one submission."""
    keys = ("id", "score", "pending", "points", "mistakes", "first_wrong", "feedback")
    return {
        **{key: record[key] for key in ("submission", "score", "pending", "points")},
        "parts": [{key: part[key] for key in keys} for part in record["parts"]],
    }
