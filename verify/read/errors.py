"""What cannot be read: said to the writer of an answer, or to the author of an assignment, with the place."""

from __future__ import annotations

from dataclasses import dataclass

from verify.language import Unreadable
from verify.read.source import Source

KNOWN_NAMES = 40


class ReadError(ValueError):
    """A text cannot be read. Says where, what was expected there, and which names are known.

    Raised inside the reader with an offset alone; ``within`` a source it has a line and a column.

    >>> print(ReadError("a parenthesis is not closed", 4, expected=")").within(Source("hw.md", "a = (b")))
    hw.md:1:5: a parenthesis is not closed; expected )
    a = (b
        ^
    """

    def __init__(
        self,
        says: str,
        offset: int = 0,
        *,
        expected: str | None = None,
        known: tuple[str, ...] = (),
        source: Source | None = None,
    ) -> None:
        super().__init__(says)
        self.says = says
        self.offset = offset
        self.expected = expected
        self.known = known[:KNOWN_NAMES]
        self.source = source

    def within(self, source: Source) -> ReadError:
        """The same error, its offset being one into this source."""
        return ReadError(self.says, self.offset, expected=self.expected, known=self.known, source=source)

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.source.place(self.offset)[0] if self.source else 1

    @property
    def column(self) -> int:
        """The column, counted from 1."""
        return self.source.place(self.offset)[1] if self.source else self.offset + 1

    @property
    def verdict(self) -> Unreadable:
        """The verdict on a link that could not be read for this reason."""
        shown = self.source.line_at(self.offset) if self.source else ""
        return Unreadable(self.line, self.column, shown, self.says, self.expected, self.known)

    def __str__(self) -> str:
        path = f"{self.source.path}:" if self.source else ""
        text = f"{path}{self.line}:{self.column}: {self.says}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.known:
            text += f"; known here: {', '.join(self.known)}"
        shown = self.source.line_at(self.offset) if self.source else ""
        return f"{text}\n{shown}\n{' ' * (self.column - 1)}^" if shown.strip() else text


@dataclass(frozen=True)
class ContextMistake:
    """One thing that is wrong in the file of an assignment: its key, and its line where that is known."""

    key: str
    line: int | None
    says: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.key}: {self.says}" if self.key else f"{place}{self.says}"


class AssignmentError(ValueError):
    """The file of an assignment says what cannot be: lists all mistakes in it, each with its key and its line.

    >>> print(AssignmentError("hw.toml", (ContextMistake("names.W", 3, "unknown kind 'd y k'"),)))
    hw.toml: 1 mistake
      line 3: names.W: unknown kind 'd y k'
    """

    def __init__(self, path: str, mistakes: tuple[ContextMistake, ...]) -> None:
        super().__init__(path, mistakes)
        self.path = path
        self.mistakes = mistakes

    def __str__(self) -> str:
        many = f"{len(self.mistakes)} mistake{'' if len(self.mistakes) == 1 else 's'}"
        return "\n".join([f"{self.path}: {many}", *(f"  {mistake}" for mistake in self.mistakes)])
