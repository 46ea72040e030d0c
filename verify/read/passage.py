"""The displays of a write-up in order: each in the question that it stands in, each going on from what it follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from verify.language import Location, Stated
from verify.read.chains import ChainReader
from verify.read.contested import Contests
from verify.read.context import Context
from verify.read.document import BEGINS_WITH_RELATION, Display, Layout
from verify.read.errors import ReadError
from verify.read.known import Section
from verify.read.pieces import Condition
from verify.read.prose import Placed, Role, roles
from verify.read.repeated import RepeatingReader
from verify.read.sequel import Chain
from verify.read.setting import Setting
from verify.read.step import Step
from verify.read.tokens import tokenize

SHOWN = 200
UNCONTESTED: Mapping[Section, Contests] = {}

NUMBERED = re.compile(r"(?:Q(?:uestion)?\.?|Problem|Exercise|Task)\s*(\d.*)", re.IGNORECASE)


class DocumentReader:
    """Reads the displays of a write-up in order.

    A formula within a line does not come between a display and the one that goes on from it.
    """

    def __init__(
        self,
        found: Layout,
        context: Context,
        placed: Sequence[Placed] = (),
        shown: Mapping[Section, Contests] = UNCONTESTED,
    ) -> None:
        self.found = found
        self.text = found.source.text
        self.reader = RepeatingReader(found.source, context.general)
        self.reader.names.shown = shown
        self.settings = Settings(context, found.prose, [heading.offset for heading in found.headings])
        self.displayed: Chain | None = None
        self.placed = placed or roles(found)
        self.entered = 0
        """How many sections were entered so far."""

    def enter(self, number: int) -> None:
        """Enter the section that a display stands in."""
        display = self.found.displays[number]
        setting, begun = self.settings.at(display)
        question = setting.question or question_of(display.headings)
        section = (*display.headings, begun)
        if section != self.reader.names.section or setting is not self.reader.setting:
            self.displayed = None
            self.entered += 1
        self.reader.enter(setting, section, question)

    @property
    def said(self) -> tuple[object, ...]:
        """All that the displays so far say of names."""
        return self.reader.names.said

    @property
    def contests(self) -> Mapping[Section, Contests]:
        """What formulas show of names otherwise than those before them."""
        return self.reader.names.contests

    @property
    def section(self) -> Section:
        """The section that is read."""
        return self.reader.names.section

    def steps(self, number: int) -> list[Step]:
        """The steps of a display, at least one."""
        display, placed = self.found.displays[number], self.placed[number]
        self.enter(number)
        if placed.role is not Role.CLAIM:
            return [self._stated(display, "a condition" if placed.role is Role.CONDITION else "how far an index runs")]
        formulas = tuple(self._condition(each) for each in placed.conditions)
        self.reader.standing = (*formulas, *map(Condition, placed.worded))
        if not display.inline and self._goes_on(display) and not self._follows(number):
            self.reader.chain = self.displayed
        after = self.found.displays[number + 1] if number + 1 < len(self.found.displays) else None
        steps = display_steps(self.reader, display, goes_on=after is not None and self._goes_on(after))
        if not display.inline:
            self.displayed = self.reader.chain
        return steps

    def shown(self, number: int) -> tuple[Location, str]:
        """Where a display stands, and what stands in it."""
        display = self.found.displays[number]
        return self.found.source.at(display.content.start), self._shown(display)

    def _stated(self, display: Display, what: str) -> Step:
        place = self.found.source.at(display.content.start)
        return Step(self._shown(display), None, None, Stated(what), place, self.reader.question)

    def _shown(self, display: Display) -> str:
        return " ".join(self.text[display.content.start : display.content.end].split())[:SHOWN]

    def _condition(self, number: int) -> Condition:
        """A condition of the text as one of a link; one that cannot be read has no tokens."""
        display, shown = self.found.displays[number], self._shown(self.found.displays[number])
        if self.placed[number].negated:
            return Condition(f"unless {shown}")
        try:
            return Condition(shown, tuple(tokenize(self.text, display.content.start, display.content.end)))
        except ReadError:
            return Condition(shown)

    def _goes_on(self, display: Display) -> bool:
        return BEGINS_WITH_RELATION.match(self.text, display.content.start) is not None

    def _follows(self, number: int) -> bool:
        """Whether a display stands right after a formula within a line, with no word between."""
        before = self.found.displays[number - 1] if number else None
        return before is not None and not self.text[before.end : self.found.displays[number].start].strip()


def display_steps(reader: ChainReader, display: Display, *, goes_on: bool = False) -> list[Step]:
    """The steps of a display, at least one; one of definitions of macros alone says nothing of its own."""
    if display.defines:
        place = reader.source.at(display.start)
        return [Step("", None, None, Stated("macros"), place, reader.question)]
    if display.refused is not None:
        offset, says = display.refused
        reader.chain = None
        error = ReadError(says, offset, expected="a macro that ends").within(reader.source)
        shown = " ".join(reader.source.text[display.content.start : display.content.end].split())[:SHOWN]
        return [Step(shown, None, None, error.verdict, reader.source.at(offset), reader.question)]
    return reader.display(display, goes_on=goes_on)


class Settings:
    """Which question a display belongs to: by its headings, or by a line of text that begins one."""

    def __init__(self, context: Context, prose: str, headings: Sequence[int]) -> None:
        self.context = context
        self.headings = headings
        self.by_path: dict[tuple[str, ...], Setting] = {}
        self.begun: list[tuple[int, Setting]] = []
        if any(question.assigned.begins is not None for question in context.questions):
            offset = 0
            for line in prose.split("\n"):
                setting = context.beginning_at(line)
                if setting is not None:
                    self.begun.append((offset, setting))
                offset += len(line) + 1
        self.offsets = [offset for offset, _ in self.begun]

    def at(self, display: Display) -> tuple[Setting, str]:
        """The setting of a display, and a mark of the line that begins it."""
        last = bisect_right(self.offsets, display.start) - 1
        heading = bisect_right(self.headings, display.start) - 1
        if last >= 0 and (heading < 0 or self.headings[heading] <= self.offsets[last]):
            return self.begun[last][1], str(self.offsets[last])
        if display.headings not in self.by_path:
            self.by_path[display.headings] = self.context.for_question(display.headings)
        return self.by_path[display.headings], ""


def question_of(headings: Sequence[str]) -> str | None:
    """The number of the innermost question, or else the innermost heading."""
    for heading in reversed(headings):
        match = NUMBERED.match(heading)
        if match:
            return match[1]
    return headings[-1] if headings else None
