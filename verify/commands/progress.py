"""How far long work has come, on a terminal: a line on the standard error, which is gone when the work is done."""

from __future__ import annotations

import sys
from time import monotonic

AFTER, EVERY = 1.0, 0.2
CLEAR = "\r\x1b[K"


class Progress:
    """Counts, and says how many and how many a second; it says nothing where no terminal is, or all is done soon."""

    def __init__(self, what: str, things: str = "links") -> None:
        self.what, self.things, self.count = what, things, 0
        self.start = monotonic()
        self.next = self.start + AFTER if sys.stderr.isatty() else float("inf")
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()

    def tick(self) -> None:
        """One more is done."""
        self.count += 1
        now = monotonic()
        if now < self.next:
            return
        self.next, self.shown = now + EVERY, True
        rate = self.count / (now - self.start)
        name = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in self.what[-40:])
        sys.stderr.write(f"{CLEAR}{name}: {self.count} {self.things}, {rate:.0f} a second")
        sys.stderr.flush()
