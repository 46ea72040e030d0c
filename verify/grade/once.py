"""What several processes find between them: each thing once, by whichever comes to it first.

A process says the name of what it is about to find. It is told what another has found, or waits while another is at
it, or finds it and says so. What a process was ended for is lost to all of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

KEPT = 20_000

Found = TypeVar("Found")


@dataclass(frozen=True)
class Lost:
    """No answer came: what a process was doing last, why it ended, and whether it was ``killed`` or broke."""

    doing: str | None
    says: str
    killed: bool = True


class Once(Protocol):
    """Finds what has a name, unless it is known; or says that it was lost."""

    def __call__(self, name: str, find: Callable[[], Found], /) -> Found | Lost:
        """What ``find`` finds, or found in another process."""


def alone(_: str, find: Callable[[], Found], /) -> Found | Lost:
    """What is found where there is one process only.

    >>> alone("two", lambda: 1 + 1)
    2
    """
    return find()


def through(pipe: Connection) -> Once:
    """What is found by a process that has others beside it, and asks through a pipe."""

    def once(name: str, find: Callable[[], Found], /) -> Found | Lost:
        pipe.send(("doing", name))
        kind, says = pipe.recv()
        if kind == "lost":
            return Lost(name, says)
        if kind == "known":
            known: Found = pipe.recv()
            return known
        found = find()
        pipe.send(("found", name))
        pipe.send(found)
        return found

    return once


@dataclass
class Findings:
    """What is known, lost, or being found, as the one who is asked keeps it; what was found stays packed."""

    known: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    lost: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, list[Connection]] = field(default_factory=dict)

    def asked(self, name: str, pipe: Connection) -> bool:
        """Whether the one who asks must wait; otherwise it is told what is known, or that it is to find it."""
        if name in self.lost:
            _tell(pipe, "lost", self.lost[name])
        elif name in self.known:
            self.known.move_to_end(name)
            _tell(pipe, "known", "", self.known[name])
        elif name in self.waiting:
            self.waiting[name].append(pipe)
            return True
        else:
            self.waiting[name] = []
            _tell(pipe, "find", "")
        return False

    def found(self, name: str, packed: bytes) -> list[Connection]:
        """Keep what was found, and tell those who wait for it; these are returned."""
        self.known[name] = packed
        if len(self.known) > KEPT:
            self.known.popitem(last=False)
        told = self.waiting.pop(name, [])
        for pipe in told:
            _tell(pipe, "known", "", packed)
        return told

    def gave_up(self, name: str, says: str) -> list[Connection]:
        """Keep that a process was ended for this, and tell those who wait for it; these are returned."""
        self.lost[name] = says
        told = self.waiting.pop(name, [])
        for pipe in told:
            _tell(pipe, "lost", says)
        return told

    def gone(self, pipe: Connection) -> None:
        """Forget a process that waits no longer."""
        for waiting in self.waiting.values():
            if pipe in waiting:
                waiting.remove(pipe)


def _tell(pipe: Connection, kind: str, says: str, packed: bytes | None = None) -> None:
    """Tell a process; one that has died is told nothing, and found out when it is heard next."""
    with suppress(OSError):
        pipe.send((kind, says))
        if packed is not None:
            pipe.send_bytes(packed)
