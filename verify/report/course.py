"""A graded batch made into a record to report: the spread of its marks, the commonest mistakes, what needs a person.

It goes through the records of the submissions once and keeps little of each, so that a batch may be large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypedDict

from verify.report.records import LinkRecord

COURSE = "gradproof.course/1"
EXAMPLES = 3


class PartSpread(TypedDict):
    """A part: its points, the mean, how many have all of its points, none, or some that are for a person."""

    id: str
    points: float
    many: int
    mean: float
    full: int
    zero: int
    pending: int


class Example(TypedDict):
    """A mistake as somebody made it: the first wrong link of a part, or its answer."""

    submission: str
    part: str
    link: LinkRecord | None
    answer: str | None
    for_grader: str


class MistakeSpread(TypedDict):
    """A kind of mistake: in how many parts of how many submissions, with examples."""

    code: str
    parts: int
    submissions: int
    examples: list[Example]


class Doubt(TypedDict):
    """What needs a person, alike ones together: a link or the reason why a part is open."""

    key: str | None
    text: str
    verdict: str | None
    why: str
    where: str | None
    submissions: list[str]


class CourseRecord(TypedDict):
    """A graded batch, as it is reported."""

    format: str
    title: str
    points: float
    submissions: int
    scores: list[float]
    pending: int
    parts: list[PartSpread]
    mistakes: list[MistakeSpread]
    links: list[Doubt]
    open: list[Doubt]
    unread: list[str]


@dataclass
class _Part:
    points: float = 0
    scores: list[Fraction] = field(default_factory=list)
    full: int = 0
    zero: int = 0
    pending: int = 0


@dataclass
class _Mistake:
    parts: int = 0
    submissions: set[str] = field(default_factory=set)
    alone: list[Example] = field(default_factory=list)
    among: list[Example] = field(default_factory=list)

    def shown(self) -> list[Example]:
        """Different formulas of different people as far as there are, those first in which nothing else is wrong."""
        found: dict[tuple[str | None, ...], Example] = {}
        for each in (*self.alone, *self.among):
            link = each["link"]
            written = (each["answer"],) if link is None else (link["left"], link["relation"], link["right"])
            found.setdefault(written, each)
        times: Counter[str] = Counter()
        ordered: list[tuple[int, Example]] = []
        for each in found.values():
            ordered.append((times[each["submission"]], each))
            times[each["submission"]] += 1
        return [each for _, each in sorted(ordered, key=lambda pair: pair[0])][:EXAMPLES]


def course_record(
    batch: Mapping[str, Any],
    records: Iterable[Mapping[str, Any]],
    links: Iterable[Doubt] = (),
    doubts: Iterable[tuple[str, str, str]] = (),
) -> CourseRecord:
    """The record of a batch and those of its submissions as one that is reported.

    The links that need a person come alike ones together; the doubts are submission, part and why.
    """
    parts: dict[str, _Part] = {name: _Part() for name in batch["parts"]}
    mistakes: dict[str, _Mistake] = {}
    scores: list[float] = []
    pending, unread = 0, []
    for record in records:
        scores.append(record["score"])
        pending += record["pending"] > 0
        unread += [f"{record['submission']}: {each['path']}: {each['why']}" for each in record["unread"]]
        for part in record["parts"]:
            _count(parts.setdefault(part["id"], _Part()), part)
            for code, example in _examples(record, part):
                _put(mistakes.setdefault(code, _Mistake()), part, example)
    return {
        "format": COURSE,
        "title": batch["title"],
        "points": batch["points"],
        "submissions": len(batch["submissions"]),
        "scores": scores,
        "pending": pending,
        "parts": [_spread(name, part) for name, part in parts.items()],
        "mistakes": [
            {
                "code": code,
                "parts": each.parts,
                "submissions": len(each.submissions),
                "examples": each.shown(),
            }
            for code, each in sorted(mistakes.items(), key=lambda pair: (-pair[1].parts, pair[0]))
        ],
        "links": list(links),
        "open": list(_open(doubts)),
        "unread": unread,
    }


def _count(own: _Part, part: Mapping[str, Any]) -> None:
    own.points = part["points"]
    own.scores.append(Fraction(str(part["score"])))
    own.full += part["score"] >= part["points"]
    own.zero += not part["score"] and not part["pending"]
    own.pending += part["pending"] > 0


def _spread(name: str, part: _Part) -> PartSpread:
    many = len(part.scores)
    return {
        "id": name,
        "points": part.points,
        "many": many,
        "mean": round(float(sum(part.scores) / many), 6) if many else 0,
        "full": part.full,
        "zero": part.zero,
        "pending": part.pending,
    }


def _examples(record: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[tuple[str, Example]]:
    """Each kind of mistake in a part, once."""
    if not part["mistakes"]:
        return
    first = part["first_wrong"]
    link = next((each["link"] for each in record["links"] if first is not None and _stands(each["link"], first)), None)
    for code in dict.fromkeys(part["mistakes"]):
        yield (
            code,
            {
                "submission": record["submission"],
                "part": part["id"],
                "link": link,
                "answer": part["answer"],
                "for_grader": part["for_grader"],
            },
        )


def _stands(link: Mapping[str, Any], place: Mapping[str, int]) -> bool:
    at = link["at"]
    wrong = link["verdict"] in {"refuted", "misshapen"}
    return wrong and at is not None and (at["line"], at["column"]) == (place["line"], place["column"])


def _put(own: _Mistake, part: Mapping[str, Any], example: Example) -> None:
    own.parts += 1
    own.submissions.add(example["submission"])
    kept = own.alone if len(part["mistakes"]) == 1 else own.among
    if len(kept) < 4 * EXAMPLES:
        kept.append(example)


def _open(doubts: Iterable[tuple[str, str, str]]) -> Iterator[Doubt]:
    """The reasons why parts need a person, the most frequent first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for submission, part, why in doubts:
        found.setdefault(why, []).append((part, submission))
    for why, places in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield {
            "key": None,
            "text": "",
            "verdict": None,
            "why": why,
            "where": ", ".join(dict.fromkeys(part for part, _ in places)),
            "submissions": [submission for _, submission in places],
        }
