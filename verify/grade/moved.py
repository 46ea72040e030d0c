"""Whose marks moved when a batch was graded again, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Moved:
    """The mark of a part that is not what it was."""

    submission: str
    part: str
    before: str
    after: str
    why: str

    def __str__(self) -> str:
        return f"{self.submission}, {self.part}: {self.before} -> {self.after}: {self.why}"


def moved(old: Mapping[str, Any], new: Mapping[str, Any], *, other_assignment: bool) -> Iterator[Moved]:
    """The marks that differ, each with what is said of it now and was said before."""
    before = {part["id"]: part for part in old.get("parts", ())}
    for part in new["parts"]:
        known = before.pop(part["id"], None)
        if known is None:
            yield Moved(new["submission"], part["id"], "nothing", _mark(part), "the part is new")
        elif _mark(known) != _mark(part):
            reason = "the assignment changed" if other_assignment else "it was decided anew"
            now = part.get("override") or "; ".join(part["why"])
            yield Moved(new["submission"], part["id"], _mark(known), _mark(part), f"{reason}: {now}")
    for name, part in before.items():
        yield Moved(new["submission"], name, _mark(part), "nothing", "the part is no longer asked for")


def _mark(part: Mapping[str, Any]) -> str:
    pending = f" and {part['pending']:g} pending" if part["pending"] else ""
    return f"{part['score']:g}{pending} of {part['points']:g}"
