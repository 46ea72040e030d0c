"""Deciding links within a batch: each once, whichever process comes to it first, and none that one was killed for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from verify.grade.codes import Mistake, explained
from verify.grade.fingerprint import Fingerprints
from verify.grade.once import Lost, Once, alone
from verify.language import Link, Undecided, Verdict
from verify.read.judge import decided

KEPT = 5_000
KILLED = Undecided("killed", "it took more time or memory than there is for one link")

Found = TypeVar("Found")


class Decider:
    """Finds the verdict on a link, and what explains it.

    ``once`` finds what no other process has found. The names of links that a process was killed for are kept in
    ``killed``.
    """

    def __init__(self, once: Once = alone) -> None:
        self.once = once
        self.killed: set[str] = set()
        self.verdicts: OrderedDict[str, Verdict] = OrderedDict()
        self.mistakes: OrderedDict[str, tuple[Mistake, ...]] = OrderedDict()

    def __call__(self, link: Link) -> Verdict:
        """The verdict on a link."""
        return self._kept(self.verdicts, name_of(link), lambda: decided(link), KILLED)

    def explained(self, link: Link | None, verdict: Verdict) -> tuple[Mistake, ...]:
        """The mistakes that explain a wrong link."""
        if link is None:
            return ()
        return self._kept(self.mistakes, f"{name_of(link)}?", lambda: explained(link, verdict), ())

    def _kept(self, known: OrderedDict[str, Found], name: str, find: Callable[[], Found], otherwise: Found) -> Found:
        if name in known:
            known.move_to_end(name)
            return known[name]
        found = self.once(name, find)
        if isinstance(found, Lost):
            self.killed.add(name)
            return otherwise
        known[name] = found
        if len(known) > KEPT:
            known.popitem(last=False)
        return found


def name_of(link: Link) -> str:
    """A short name of all that a link says, the words for its indices included."""
    return Fingerprints().of_link(link)
