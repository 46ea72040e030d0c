"""Displays that a write-up repeats word for word: what says nothing of names, and leans on nothing, is read once.

Such a display means the same wherever the same is known of names; its steps are those of before, at another place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from verify.language import Link, Location
from verify.read.chains import ChainReader
from verify.read.document import Display
from verify.read.pieces import ARROWS, Condition
from verify.read.rivals import no_rivals
from verify.read.segment import Statement
from verify.read.sequel import Chain
from verify.read.setting import Setting
from verify.read.source import Source
from verify.read.step import Step

LONGEST, KEPT = 1000, 1000

Key = tuple[str, bool, str | None]


@dataclass(frozen=True)
class Met:
    """What a display was read as, where it stood, and what the next one may go on with."""

    steps: tuple[Step, ...]
    at: Location
    chain: Chain
    before: Callable[[], tuple[Condition, ...]]

    def moved(self, at: Location) -> list[Step]:
        """The steps where the display stands at another place."""
        return [replace(step, at=self._moved(step.at, at)) for step in self.steps]

    def _moved(self, place: Location, at: Location) -> Location:
        column = place.column - self.at.column + at.column if place.line == self.at.line else place.column
        return Location(place.path, place.line - self.at.line + at.line, column)


class RepeatingReader(ChainReader):
    """Reads the displays of a write-up, and those that are repeated once."""

    def __init__(self, source: Source, setting: Setting) -> None:
        super().__init__(source, setting)
        self.known: tuple[object, ...] = ()
        """What was known of names when the displays were met that are kept."""
        self.seen: set[Key] = set()
        self.met: dict[Key, Met] = {}
        self.alone = False
        """Whether no statement of the display leans on what stands before it, or beside it."""

    def display(self, display: Display, *, goes_on: bool) -> list[Step]:
        """The steps of a display, at least one; ``goes_on`` if the next display begins with a relation."""
        key = self._key(display, goes_on=goes_on)
        if key is None:
            return super().display(display, goes_on=goes_on)
        if (met := self.met.get(key)) is not None:
            self.chain, self.carried, self.before = _copied(met.chain), (), met.before
            return met.moved(self.place(display.content.start))
        if key not in self.seen:
            self.seen.add(key)
            return super().display(display, goes_on=goes_on)
        said, self.alone = self.names.said, False
        steps = super().display(display, goes_on=goes_on)
        says_nothing = self.names.said == said and self._unchanged()
        if self.alone and says_nothing and self.chain is not None and all(map(_is_link, steps)):
            self.met[key] = Met(tuple(steps), self.place(display.content.start), _copied(self.chain), self.before)
        return steps

    def _key(self, display: Display, *, goes_on: bool) -> Key | None:
        """By what a display is known again; nothing for one that is not kept."""
        start, end = display.content.start, display.content.end
        plain = self.source.origins is None and not self.source.cells and display.closed and not self.standing
        if not plain or end - start > LONGEST:
            return None
        if not self._unchanged() or len(self.seen) == KEPT:
            self.known = self._state()
            self.seen, self.met = set(), {}
        return self.source.text[start:end], goes_on, self.question

    def _state(self) -> tuple[object, ...]:
        names = self.names
        return names.scope, names.section, names.loose, self.setting

    def _unchanged(self) -> bool:
        state = self._state()
        return len(self.known) == len(state) and all(one is other for one, other in zip(self.known, state, strict=True))

    def _arranged(self, found: Sequence[Statement], *, goes_on: bool) -> list[Step]:
        self.alone = all(map(_is_alone, found))
        return super()._arranged(found, goes_on=goes_on)


def _is_alone(statement: Statement) -> bool:
    leans = statement.continues or statement.cut in ARROWS or bool(statement.conditions)
    return bool(statement.relations) and not leans


def _is_link(step: Step) -> bool:
    return isinstance(step.meaning, Link) and step.unread is None and step.rivals is no_rivals


def _copied(chain: Chain) -> Chain:
    return Chain(list(chain.sides), chain.last, chain.defines)
