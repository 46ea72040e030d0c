"""Reading a write-up in one context, and what is wanted of it again in another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from verify.language import Location
from verify.read.contested import Contests, decided_both_ways, is_read
from verify.read.context import Context
from verify.read.document import Layout
from verify.read.known import Section
from verify.read.passage import DocumentReader
from verify.read.prose import Placed
from verify.read.step import Step

Begins = Callable[[int, Location, str], None]
"""What is told which display is read next, where it stands, and what stands in it."""


def told_nothing(_: int, __: Location, ___: str) -> None:
    """Nobody wants to know."""


@dataclass
class WriteUp:
    """The displays of a write-up, which are read once as a whole, and then those that are wanted in other contexts."""

    found: Layout
    begins: Begins = told_nothing
    placed: Sequence[Placed] = ()
    places: list[frozenset[Location]] = field(default_factory=list)
    """Where the steps of each display stand."""
    sections: list[int] = field(default_factory=list)
    """Which section each display stands in."""
    telling: set[int] = field(default_factory=set)
    """The displays that say something of names."""
    read_in: list[Section] = field(default_factory=list)
    """The section of each display, by its headings."""
    contests: Mapping[Section, Contests] = field(default_factory=dict)
    fitting: set[Section] = field(default_factory=set)
    """The contested sections that fit with what their later formulas show."""

    def steps(self, context: Context) -> Iterator[Step]:
        """All steps, in their order."""
        reader = DocumentReader(self.found, context)
        self.placed = reader.placed
        read: list[list[Step]] = []
        said = reader.said
        for number in range(len(self.found.displays)):
            self.begins(number + 1, *reader.shown(number))
            read.append(reader.steps(number))
            self.places.append(frozenset(each.at for each in read[-1]))
            self.sections.append(reader.entered)
            self.read_in.append(reader.section)
            if (now := reader.said) != said:
                self.telling.add(number)
            said = now
        self.contests = reader.contests
        return chain.from_iterable(self._settled(read, context))

    def _settled(self, read: Sequence[list[Step]], context: Context) -> Sequence[list[Step]]:
        """The steps, where formulas of a section take a name for different things: read once more."""
        if not self.contests:
            return read
        reader = DocumentReader(self.found, context, self.placed, self.contests)
        after = [reader.steps(number) for number in range(len(read))]
        for section in self.contests:
            own = [number for number, display in enumerate(self.read_in) if display == section]
            if all(is_read(step) for number in own for step in after[number]):
                self.fitting.add(section)
        return [self._either(number, *steps) for number, steps in enumerate(zip(read, after, strict=True))]

    def _either(self, number: int, before: list[Step], after: list[Step]) -> list[Step]:
        """The steps of a display that was read twice."""
        section = self.read_in[number]
        if section in self.fitting:
            return after
        return decided_both_ways(before, after, self.contests[section]) if section in self.contests else before

    def again(self, context: Context, wanted: Collection[Location]) -> Iterator[Step]:
        """The steps at some places in another context, among others.

        What is read is their sections, as far as those places, and in the sections before what is said of names.
        """
        own = [number for number, places in enumerate(self.places) if not places.isdisjoint(wanted)]
        last = {self.sections[number]: number for number in own}
        reader = DocumentReader(self.found, context, self.placed)
        other = DocumentReader(self.found, context, self.placed, self.contests) if self.contests else None
        for number in range(max(own, default=-1) + 1):
            if number <= last.get(self.sections[number], -1) or number in self.telling:
                self.begins(number + 1, *reader.shown(number))
                steps = reader.steps(number)
                yield from steps if other is None else self._either(number, steps, other.steps(number))
            else:
                reader.enter(number)
                if other is not None:
                    other.enter(number)
