"""Reading a write-up in one context, and what is wanted of it again in another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from verify.language import Location
from verify.read.context import Context
from verify.read.document import Layout
from verify.read.passage import DocumentReader
from verify.read.prose import Placed
from verify.read.step import Step


@dataclass
class WriteUp:
    """The displays of a write-up, which are read once as a whole, and then those that are wanted in other contexts."""

    found: Layout
    placed: Sequence[Placed] = ()
    places: list[frozenset[Location]] = field(default_factory=list)
    """Where the steps of each display stand."""
    sections: list[int] = field(default_factory=list)
    """Which section each display stands in."""
    telling: set[int] = field(default_factory=set)
    """The displays that say something of names."""

    def steps(self, context: Context) -> Iterator[Step]:
        """All steps, in their order."""
        reader = DocumentReader(self.found, context)
        self.placed = reader.placed
        for number in range(len(self.found.displays)):
            said = reader.said
            steps = reader.steps(number)
            self.places.append(frozenset(each.at for each in steps))
            self.sections.append(reader.entered)
            if reader.said != said:
                self.telling.add(number)
            yield from steps

    def again(self, context: Context, wanted: Collection[Location]) -> Iterator[Step]:
        """The steps at some places in another context, among others.

        What is read is their sections, as far as those places, and in the sections before what is said of names.
        """
        own = [number for number, places in enumerate(self.places) if not places.isdisjoint(wanted)]
        last = {self.sections[number]: number for number in own}
        reader = DocumentReader(self.found, context, self.placed)
        for number in range(max(own, default=-1) + 1):
            if number <= last.get(self.sections[number], -1) or number in self.telling:
                yield from reader.steps(number)
            else:
                reader.enter(number)
