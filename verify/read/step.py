"""A step of an argument as it was written: what it means, if it could be read, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verify.language import Expression, Interval, Link, Location, Misshapen, Shape, Stated, Undecided, Unreadable
from verify.read.rivals import Rivals, no_rivals

if TYPE_CHECKING:
    from verify.read.context import Context

Meaning = Link | Misshapen | Unreadable | Undecided | Stated
Value = Expression | Interval | Shape


@dataclass(frozen=True)
class Repair:
    """Another reading of a step, by a small edit of what transcription confuses; a guess until it is proved."""

    text: str
    link: Link


def no_repair() -> tuple[Repair, ...]:
    """No other readings."""
    return ()


@dataclass(frozen=True)
class Step:
    """One link of a chain, read or not.

    ``left`` and ``right`` are the LaTeX as written. ``at`` is where the right side begins. ``layout`` is given where
    the link holds a derivative by a vector or a matrix. ``unread`` is a condition beside it that was not read,
    ``supposed`` says what of its names is assumed alone: it may be proved all the same, and not refuted. ``values``
    are what the left and the right side mean, where they could be read. A step that ``begins`` goes on from none
    before it. ``misfit`` is the link as far as it could be read, where shapes or indices in it do not fit.
    ``rivals`` are readings between which nothing decides. These and ``repairs`` are worked out only when they are
    asked for, since most links need none.
    """

    left: str
    relation: str | None
    right: str | None
    meaning: Meaning
    at: Location
    question: str | None = None
    layout: str | None = None
    unread: str | None = None
    supposed: str | None = None
    assumed: tuple[str, ...] = ()
    begins: bool = False
    values: tuple[Value | None, Value | None] = field(default=(None, None), compare=False, repr=False)
    misfit: Link | None = field(default=None, compare=False, repr=False)
    repair: Callable[[], tuple[Repair, ...]] = field(default=no_repair, compare=False, repr=False)
    rivals: Callable[[], Rivals] = field(default=no_rivals, compare=False, repr=False)

    @property
    def readings(self) -> tuple[Repair, ...]:
        """Other readings, the most likely first; at most a dozen."""
        return self.repair()


Again = Callable[["Context", Collection[Location]], Iterable[Step]]


def nothing_again(_: Context, __: Collection[Location]) -> tuple[Step, ...]:
    """No steps, of a document that was not read."""
    return ()


@dataclass(frozen=True)
class Document:
    """A write-up as read: its steps in order, how many displays it has, and how many formulas within lines.

    ``again`` reads the steps at some places in another context, and others with them.
    """

    path: str
    displays: int
    inline: int
    steps: tuple[Step, ...]
    again: Again = field(default=nothing_again, compare=False, repr=False)
