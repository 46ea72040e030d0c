"""The links of a submission with what they are worth: sound, wrong, open, or nothing to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from hashlib import sha256
from typing import assert_never

from verify.grade.asked import plain
from verify.grade.forms import preorder
from verify.language import (
    Defined,
    Judgment,
    Misshapen,
    Node,
    Proved,
    Refuted,
    Relation,
    Stated,
    Undecided,
    Unreadable,
    Verdict,
    latex,
)
from verify.read.step import Step


class Standing(Enum):
    """What a verdict means for marks: what is open is for a person."""

    SOUND = "sound"
    WRONG = "wrong"
    OPEN = "open"
    STATED = "stated"


@dataclass(frozen=True)
class Ruling:
    """What a person has decided of a link: ``standing``, and why."""

    standing: Standing
    reason: str


@dataclass(frozen=True, eq=False)
class Line:
    """A link of a submission, the number of its file, and what a person has said of it."""

    step: Step
    judgment: Judgment
    file: int
    rulings: Mapping[str, Ruling]

    @property
    def standing(self) -> Standing:
        """What it counts as."""
        return standing_of(self.judgment.verdict) if self.ruling is None else self.ruling.standing

    @cached_property
    def ruling(self) -> Ruling | None:
        """What a person has said of this link."""
        return self.rulings.get(self.key) if self.rulings else None

    @cached_property
    def key(self) -> str:
        """A short name that identical links have in common: what is written, the question, and what names stand for."""
        names = {node for side in self.step.values if isinstance(side, Node) for node in preorder(side)}
        meanings = sorted(f"{each} = {latex(each.meaning)}" for each in names if isinstance(each, Defined))
        texts = (self.step.question, self.step.left, self.step.relation, self.step.right)
        written = [plain(str(each)) for each in texts]
        return sha256("\0".join((*written, *meanings)).encode()).hexdigest()[:12]

    @property
    def other_reading(self) -> bool:
        """Whether it is proved if read otherwise, as what was misread in transcribing may be."""
        return "proved if read as " in (self.judgment.suggestion or "")

    @property
    def text(self) -> str:
        """The link as it was written."""
        step = self.step
        return step.left if step.relation is None else f"{step.left} {step.relation} {step.right}"


def standing_of(verdict: Verdict) -> Standing:
    """What a verdict counts as.

    >>> standing_of(Stated("y")), standing_of(Undecided("budget", "too long"))
    (<Standing.STATED: 'stated'>, <Standing.OPEN: 'open'>)
    """
    match verdict:
        case Proved():
            return Standing.SOUND
        case Refuted() | Misshapen():
            return Standing.WRONG
        case Undecided() | Unreadable():
            return Standing.OPEN
        case Stated():
            return Standing.STATED
        case _:
            assert_never(verdict)


def chains(lines: Sequence[Line]) -> Iterator[range]:
    """Which lines make up chains, in their order."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not _goes_on(lines[at - 1], lines[at]):
            yield range(start, at)
            start = at


def _goes_on(before: Line, after: Line) -> bool:
    """Whether a line takes up the right side of the one before; or its left side again, where that was not read."""
    first, second = before.step, after.step
    if before.file != after.file or first.question != second.question or second.relation is None:
        return False
    skipped = isinstance(first.meaning, Unreadable) and first.left == second.left
    if first.at == second.at and (first.left, first.right) == (second.left, second.right):
        return True
    return bool(first.right) and (first.right == second.left or skipped)


def is_equation(line: Line) -> bool:
    """Whether a line is an equation."""
    return line.step.relation == str(Relation.EQUAL)
