"""Tokens: what they are, and where each stands."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from verify.read.source import Span


class Kind(Enum):
    """What a token is."""

    LETTER = "a letter"
    DIGIT = "a digit"
    COMMAND = "a command"
    WORD = "a word"
    TEXT = "a text"
    TAG = "a tag"
    OPEN = "{"
    CLOSE = "}"
    ABOVE = "^"
    BELOW = "_"
    PRIME = "'"
    ALIGN = "&"
    ROW = r"\\"
    SPACE = "a wide space"
    BEGIN = r"\begin"
    END = r"\end"
    SIGN = "a sign"


class Token(NamedTuple):
    """A token, and the offsets where it starts and ends in the source."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def at(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)
