"""Deciding links within a batch: each once, and none that a worker was killed for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from verify.grade.codes import Mistake, explained
from verify.grade.fingerprint import Fingerprints
from verify.language import Link, Undecided, Verdict
from verify.read.judge import decided

KEPT = 20_000
KILLED = Undecided("killed", "it took more time or memory than there is for one link")

Found = TypeVar("Found")


class Decider:
    """Finds the verdict on a link, and what explains it.

    ``announce`` is told the name of each link before it is decided; those in ``killed`` are not decided again.
    """

    def __init__(self, announce: Callable[[str], object] = str, killed: frozenset[str] = frozenset()) -> None:
        self.announce = announce
        self.killed = killed
        self.verdicts: OrderedDict[str, Verdict] = OrderedDict()
        self.mistakes: OrderedDict[str, tuple[Mistake, ...]] = OrderedDict()

    def __call__(self, link: Link) -> Verdict:
        """The verdict on a link."""
        name = name_of(link)
        return KILLED if name in self.killed else self._kept(self.verdicts, name, lambda: decided(link))

    def explained(self, link: Link | None, verdict: Verdict) -> tuple[Mistake, ...]:
        """The mistakes that explain a wrong link."""
        if link is None:
            return ()
        name = f"{name_of(link)}?"
        return () if name in self.killed else self._kept(self.mistakes, name, lambda: explained(link, verdict))

    def _kept(self, known: OrderedDict[str, Found], name: str, find: Callable[[], Found]) -> Found:
        if name in known:
            known.move_to_end(name)
            return known[name]
        self.announce(name)
        found = known[name] = find()
        if len(known) > KEPT:
            known.popitem(last=False)
        return found


def name_of(link: Link) -> str:
    """A short name of all that a link says, the words for its indices included."""
    return Fingerprints().of_link(link)
