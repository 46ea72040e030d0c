"""A text with its lines: offsets into it become lines and columns, counted from 1.

What is read may differ from what was written: macros are expanded, and the cells of a notebook are put together. An
offset into what is read is then taken back to where it was written.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from verify.language import Location

LONGEST_LINE = 1000


class Span(NamedTuple):
    """A piece of a text, from an offset up to another."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this span to the end of another."""
        return Span(self.start, other.end)


@dataclass(frozen=True)
class Origins:
    """Where the pieces of a text come from: a piece begins at an offset, and was written at another.

    A piece that is ``copied`` goes on there letter by letter; one that a macro made stands for its call.
    """

    starts: tuple[int, ...]
    written: tuple[int, ...]
    copied: tuple[bool, ...]

    def of(self, offset: int) -> int:
        """Where what stands at an offset was written."""
        piece = max(0, bisect_right(self.starts, offset) - 1)
        beyond = offset - self.starts[piece] if self.copied[piece] else 0
        return self.written[piece] + beyond


@dataclass(frozen=True)
class Source:
    r"""A text that is read, the path that it came from, and what was written, where that differs.

    ``cells`` are the offsets at which the cells of a notebook begin, each with its number.

    >>> source = Source("hw.md", "one\ntwo")
    >>> source.place(5), source.line_at(5)
    ((2, 2), 'two')
    """

    path: str
    text: str
    written: str | None = None
    origins: Origins | None = None
    cells: tuple[tuple[int, int], ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        text = self.text if self.written is None else self.written
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, in its cell if there are cells."""
        return self._place(self._origin(offset))

    def at(self, offset: int) -> Location:
        """The path, the line and the column of an offset; the path names the cell of a notebook."""
        origin = self._origin(offset)
        cell = self._cell(origin)
        path = self.path if cell is None else f"{self.path}:cell {cell[1]}"
        return Location(path, *self._place(origin))

    def line_at(self, offset: int) -> str:
        """The line of an offset as it was written, without its end; nothing for a line too long to be shown."""
        text = self.text if self.written is None else self.written
        number = bisect_right(self._starts, self._origin(offset))
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(text)
        return text[start:end].rstrip("\r") if end - start <= LONGEST_LINE else ""

    def _origin(self, offset: int) -> int:
        offset = max(0, min(offset, len(self.text)))
        return offset if self.origins is None else self.origins.of(offset)

    def _place(self, origin: int) -> tuple[int, int]:
        line = bisect_right(self._starts, origin)
        column = origin - self._starts[line - 1] + 1
        cell = self._cell(origin)
        return (line if cell is None else line - bisect_right(self._starts, cell[0]) + 1), column

    def _cell(self, origin: int) -> tuple[int, int] | None:
        if not self.cells:
            return None
        return self.cells[max(0, bisect_right(self.cells, (origin, len(self.cells) + 10**9)) - 1)]
