"""What a person has decided: verdicts on links, and marks, each with its reason; kept when a batch is graded again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from verify.grade.grade import Graded
from verify.grade.lines import Ruling, Standing
from verify.grade.marks import Mark
from verify.grade.points import ZERO, points_of
from verify.read import AssignmentError, ContextMistake
from verify.read.assignment import nearest
from verify.read.toml_lines import key_lines

NAME = "overrides.toml"
KEYS = ("link", "submission", "part", "verdict", "mark", "reason")
VERDICTS = {"proved": Standing.SOUND, "refuted": Standing.WRONG, "misshapen": Standing.WRONG}


@dataclass(frozen=True)
class MarkOverride:
    """The mark of a part, for one submission or for all whose answer is the same link."""

    part: str
    mark: Fraction
    reason: str
    link: str | None
    submission: str | None

    def applies(self, mark: Mark, submission: str) -> bool:
        """Whether this is about the mark of a submission."""
        if mark.part.id != self.part:
            return False
        return submission == self.submission if self.submission is not None else mark.key == self.link


@dataclass(frozen=True)
class Overrides:
    """Verdicts on links by their names, and marks."""

    rulings: Mapping[str, Ruling]
    marks: tuple[MarkOverride, ...]
    text: str = ""

    def apply(self, graded: Graded, submission: str) -> Graded:
        """The marks as a person has changed them; the later of two decisions wins."""
        return replace(graded, marks=tuple(self._changed(each, submission) for each in graded.marks))

    def _changed(self, mark: Mark, submission: str) -> Mark:
        for each in reversed(self.marks):
            if each.applies(mark, submission):
                said = f"A person decided: {each.reason}"
                return replace(mark, awarded=min(each.mark, mark.part.points), pending=ZERO, override=said)
        return mark


NOTHING = Overrides({}, ())


def load_overrides(path: Path) -> Overrides:
    """The decisions in a file, none if it is not there. Raises :class:`AssignmentError` with all mistakes in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return NOTHING
    except UnicodeDecodeError as error:
        raise AssignmentError(str(path), (ContextMistake("", None, "this is not UTF-8"),)) from error
    return read_overrides(text, str(path))


def read_overrides(text: str, path: str = NAME) -> Overrides:
    r"""The decisions that a text of TOML says.

    >>> found = read_overrides('[[override]]\nlink = "a1"\nverdict = "proved"\nreason = "by symmetry"')
    >>> found.rulings["a1"].standing
    <Standing.SOUND: 'sound'>
    >>> read_overrides('[[override]]\nlink = "a1"\nverdict = "prooved"')
    Traceback (most recent call last):
    verify.read.errors.AssignmentError: overrides.toml: 2 mistakes
      line 1: override.1: a reason is missing
      line 3: override.1.verdict: unknown verdict 'prooved'; did you mean 'proved'?
    """
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        mistake = ContextMistake("", int(line[1]) if line else None, f"this is not TOML: {error}")
        raise AssignmentError(path, (mistake,)) from error
    reader = _Reader(text)
    found = reader.read(table)
    if reader.mistakes:
        raise AssignmentError(path, tuple(sorted(reader.mistakes, key=lambda each: (each.line or 0, each.key))))
    return found


class _Reader:
    """Reads the decisions of a file, and keeps the mistakes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = key_lines(text)
        self.mistakes: list[ContextMistake] = []

    def read(self, table: Mapping[str, object]) -> Overrides:
        for key in table:
            if key != "override":
                self._complain((key,), "unknown key; expected tables, each under [[override]]")
        given = table.get("override", [])
        tables = given if isinstance(given, list) and all(isinstance(each, dict) for each in given) else []
        if given and not tables:
            self._complain(("override",), "expected tables, each under [[override]]")
        rulings: dict[str, Ruling] = {}
        marks: list[MarkOverride] = []
        for number, each in enumerate(tables, start=1):
            self._one(each, ("override", str(number)), rulings, marks)
        return Overrides(rulings, tuple(marks), self.text)

    def _one(
        self, table: Mapping[str, object], place: tuple[str, ...], rulings: dict[str, Ruling], marks: list[MarkOverride]
    ) -> None:
        for key, value in table.items():
            if key not in KEYS:
                self._complain((*place, key), f"unknown key; {nearest(key, KEYS)}")
            elif key != "mark" and not isinstance(value, str):
                self._complain((*place, key), "expected a text")
        texts = {key: value for key, value in table.items() if isinstance(value, str)}
        if not texts.get("reason"):
            self._complain(place, "a reason is missing")
        if ("verdict" in table) == ("mark" in table):
            self._complain(place, "expected a verdict on a link, or a mark")
        elif "verdict" in texts:
            self._ruling(texts, place, rulings)
        elif "mark" in table:
            self._mark(table, texts, place, marks)

    def _ruling(self, texts: Mapping[str, str], place: tuple[str, ...], rulings: dict[str, Ruling]) -> None:
        if texts["verdict"] not in VERDICTS:
            says = f"unknown verdict {texts['verdict']!r}; {nearest(texts['verdict'], tuple(VERDICTS))}"
            self._complain((*place, "verdict"), says)
        elif "link" not in texts:
            self._complain(place, "a verdict is on a link: its name is missing")
        else:
            rulings[texts["link"]] = Ruling(VERDICTS[texts["verdict"]], texts.get("reason", ""))

    def _mark(
        self, table: Mapping[str, object], texts: Mapping[str, str], place: tuple[str, ...], marks: list[MarkOverride]
    ) -> None:
        points = points_of(table["mark"])
        if points is None or points < 0:
            self._complain((*place, "mark"), "expected a number of points, 0 or more")
        elif "part" not in texts or ("link" in texts) == ("submission" in texts):
            self._complain(place, "a mark is that of a part, and of a submission or of all with the same link")
        else:
            found = (texts.get("link"), texts.get("submission"))
            marks.append(MarkOverride(texts["part"], points, texts.get("reason", ""), *found))

    def _complain(self, place: Sequence[str], says: str) -> None:
        path = tuple(place)
        known = [self.lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in self.lines]
        self.mistakes.append(ContextMistake(".".join(path), known[0] if known else None, says))
