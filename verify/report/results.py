"""What there is to report: write-ups that were checked, claims that were proved, mistakes that were tried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from verify.catalog import NamedClaim, NamedMistake
from verify.check import ClaimResult, MistakeResult
from verify.diagnose import Told, explain_link
from verify.language import Judgment, Proved, Stated


@dataclass(frozen=True)
class CheckedFile:
    """A write-up, the file that says what its names mean (if any), and its links with their verdicts.

    Where it is ``diagnosed``, each wrong link is shown with the mistake that explains it: one of those in ``found``, a
    place a link, or else one that is looked for when it is shown.
    """

    path: str
    context: str | None
    displays: int
    judgments: tuple[Judgment, ...]
    diagnosed: bool = False
    found: tuple[Told | None, ...] = ()

    def told(self, judgment: Judgment) -> Told | None:
        """What is told of a wrong link of a write-up that is diagnosed; nothing of any other."""
        if not self.diagnosed:
            return None
        return self._found[id(judgment)] if self.found else explain_link(judgment)

    @cached_property
    def _found(self) -> dict[int, Told | None]:
        return {id(judgment): told for judgment, told in zip(self.judgments, self.found, strict=True)}

    @property
    def passed(self) -> bool:
        """Whether something was checked, and all of it is proved."""
        checked = [judgment for judgment in self.judgments if not isinstance(judgment.verdict, Stated)]
        return bool(checked) and all(isinstance(judgment.verdict, Proved) for judgment in checked)


@dataclass(frozen=True)
class ProvedClaim:
    """A claim under its name, and how it fared."""

    named: NamedClaim
    result: ClaimResult

    @property
    def passed(self) -> bool:
        """Whether every link is proved, with no condition that the claim does not state."""
        return self.result.proved


@dataclass(frozen=True)
class TriedMistake:
    """A mistake under its name, and how it fared."""

    named: NamedMistake
    result: MistakeResult

    @property
    def caught(self) -> bool:
        """Whether it got the verdict that it must get."""
        return self.result.caught
