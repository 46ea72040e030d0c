"""A checked write-up as a report shows it: questions, chains of its own lines, each with its verdict and evidence.

It is made from the record alone, so that a record that was kept gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase
from verify.report.records import CheckRecord, FileRecord, LinkRecord
from verify.report.sentences import RELATIONS, diagnosis, evidence, remarks, verdict_of
from verify.report.text import VERDICTS, counted

WRONG = frozenset(("refuted", "misshapen", "undecided", "unreadable"))
SHOWN, BEFORE = 76, 50
REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Caret:
    """The line that could not be read, or a part of it: what stands before the place, and from there on."""

    before: str
    after: str

    @property
    def spaces(self) -> str:
        """As much room as what stands before the place."""
        return " " * len(self.before)


@dataclass(frozen=True)
class Line:
    """A link: its left side if it does not go on from the one before, its verdict, and what is to be said of it.

    ``whole`` is its left side in any case.

    The ``key`` is a number, that links lead to.
    """

    key: int
    place: str
    left: Formula | Code | None
    whole: Formula | Code
    relation: Formula
    right: Formula | Code | None
    verdict: str
    evidence: tuple[Phrase, ...]
    remarks: tuple[Phrase, ...]
    caret: Caret | None

    @property
    def said(self) -> tuple[Phrase, ...]:
        """All that is to be said of it."""
        return self.evidence + self.remarks

    @property
    def wrong(self) -> bool:
        """Whether it is something to look at again."""
        return self.verdict in WRONG


@dataclass(frozen=True)
class Question:
    """The chains of a question, each of lines that go on from one another."""

    name: str | None
    chains: tuple[tuple[Line, ...], ...]

    @property
    def wrong(self) -> int:
        """How many lines are to be looked at again."""
        return sum(line.wrong for chain in self.chains for line in chain)


@dataclass(frozen=True)
class Written:
    """A write-up."""

    path: str
    questions: tuple[Question, ...]
    counts: tuple[tuple[str, int], ...]
    displays: int
    links: int

    @property
    def wrong(self) -> tuple[Line, ...]:
        """The lines to be looked at again."""
        return tuple(line for each in self.questions for chain in each.chains for line in chain if line.wrong)

    @property
    def summary(self) -> str:
        """How many displays and links there are."""
        return f"{counted(self.displays, 'display')}, {counted(self.links, 'link')}"


def writeup_view(record: CheckRecord) -> tuple[Written, ...]:
    """The write-ups of a record.

    >>> record = {"format": "gradproof.check/1", "files": [{"path": "a.md", "displays": 0, "links": []}]}
    >>> writeup_view(record)[0].summary
    '0 displays, 0 links'
    """
    keys = iter(range(1, 1 + sum(len(each["links"]) for each in record["files"])))
    return tuple(_written(each, keys) for each in record["files"])


def _written(file: FileRecord, keys: Iterator[int]) -> Written:
    links = file["links"]
    counts = Counter(link["verdict"] for link in links)
    return Written(
        file["path"],
        tuple(
            Question(name, tuple(_chains(list(group), file["path"], keys)))
            for name, group in groupby(links, lambda link: link["question"])
        ),
        tuple((each, counts[each]) for each in VERDICTS),
        file["displays"],
        len(links),
    )


def _chains(links: list[LinkRecord], path: str, keys: Iterator[int]) -> Iterator[tuple[Line, ...]]:
    chain: list[Line] = []
    before: LinkRecord | None = None
    for link in links:
        goes_on = before is not None and link["relation"] is not None and before["right"] == link["left"]
        if chain and not goes_on:
            yield tuple(chain)
            chain = []
        chain.append(_line(link, path, next(keys), goes_on=goes_on))
        before = link
    if chain:
        yield tuple(chain)


def _line(link: LinkRecord, path: str, key: int, *, goes_on: bool) -> Line:
    caret = link.get("caret")
    return Line(
        key=key,
        place=_place(link, path),
        left=None if goes_on else _side(link["left"]),
        whole=_side(link["left"]),
        relation=Formula(RELATIONS.get(link["relation"] or "", "")),
        right=None if link["right"] is None else _side(link["right"]),
        verdict=verdict_of(link),
        evidence=(*evidence(link), *diagnosis(link)),
        remarks=tuple(remarks(link)),
        caret=None if caret is None or not caret["source"].strip() else _caret(caret["source"], caret["column"]),
    )


def _side(text: str) -> Formula | Code:
    return Code(_visible(text)) if clean(text) is None else Formula(text)


def _visible(text: str) -> str:
    """The text without control characters, as long as it was."""
    return "".join(" " if each.isspace() else each if each.isprintable() else REPLACED for each in text)


def _caret(source: str, column: int) -> Caret:
    """As much of the line as there is room for, around the place."""
    shown, at = _visible(source), min(column - 1, len(source))
    start = max(0, at - BEFORE)
    before = ("…" if start else "") + shown[start:at]
    after = shown[at : start + SHOWN] + ("…" if start + SHOWN < len(shown) else "")
    return Caret(before.lstrip(), after.rstrip())


def _place(link: LinkRecord, path: str) -> str:
    """Line and column, in a notebook after the cell."""
    at = link["at"]
    if at is None:
        return ""
    cell = at["path"].removeprefix(path).removeprefix(":") if at["path"] != path else ""
    return f"{cell + ':' if cell else ''}{at['line']}:{at['column']}"
