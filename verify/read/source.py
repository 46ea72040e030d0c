"""A text with its lines: offsets into it become lines and columns, counted from 1."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

LONGEST_LINE = 1000


@dataclass(frozen=True)
class Span:
    """A piece of a text, from an offset up to another."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this span to the end of another."""
        return Span(self.start, other.end)


@dataclass(frozen=True)
class Source:
    r"""A text, and the path that it was read from.

    >>> source = Source("hw.md", "one\ntwo")
    >>> source.place(5), source.line(2)
    ((2, 2), 'two')
    """

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line without its end; nothing for a line too long to be shown."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r") if end - start <= LONGEST_LINE else ""
