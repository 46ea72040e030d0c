"""Tokens: what they are, and where each stands."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, final

from verify.read.source import Span


@final
class Kind:
    """What a token is.

    This is no ``Enum``: in Python 3.11 each look at a member of one calls a function, and reading looks at kinds more
    than at anything else.
    """

    LETTER: ClassVar[Kind]
    DIGIT: ClassVar[Kind]
    COMMAND: ClassVar[Kind]
    WORD: ClassVar[Kind]
    TEXT: ClassVar[Kind]
    TAG: ClassVar[Kind]
    OPEN: ClassVar[Kind]
    CLOSE: ClassVar[Kind]
    ABOVE: ClassVar[Kind]
    BELOW: ClassVar[Kind]
    PRIME: ClassVar[Kind]
    ALIGN: ClassVar[Kind]
    ROW: ClassVar[Kind]
    SPACE: ClassVar[Kind]
    BEGIN: ClassVar[Kind]
    END: ClassVar[Kind]
    SIGN: ClassVar[Kind]

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Kind.{self.name}"

    def __reduce__(self) -> str:
        return repr(self)


for _name in Kind.__annotations__:
    setattr(Kind, _name, Kind(_name))


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
