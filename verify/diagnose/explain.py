"""What is told of a judgment: the mistake that explains it, in a sentence, and the witness in round numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from verify.diagnose.diagnosis import Diagnosis, Explanation
from verify.diagnose.search import BUDGET, diagnose
from verify.diagnose.witness import for_people
from verify.diagnose.words import FOR_STUDENT, written
from verify.language import Judgment, Misshapen, Refuted

NOISE = "noise"
PLAIN = ("reversed", "transpose", "layout", "sign", "order")


class EditRecord(TypedDict):
    """The part of a formula that was edited, and what stands there in the right one."""

    side: str
    before: str
    after: str


class MistakeRecord(TypedDict):
    """What is told of a wrong link, for programs; all but the sentence for the student may give the answer away."""

    code: str | None
    for_student: str
    for_grader: str
    edit: EditRecord | None
    repaired: str | None
    witness: str | None
    others: list[str]


@dataclass(frozen=True)
class Told:
    """What is told of a wrong link: the mistakes that explain it, and where it fails, in round numbers.

    ``code`` is nothing where no mistake explains it; then ``for_student`` and ``for_grader`` say so.
    """

    code: str | None
    for_student: str
    for_grader: str
    repaired: str | None
    witness: str | None
    best: Explanation | None = None
    others: tuple[Explanation, ...] = ()

    @property
    def shown(self) -> str:
        """The sentence for the student, and the code in brackets."""
        return self.for_student if self.code is None else f"{self.for_student} [{self.code}]"

    def record(self) -> MistakeRecord:
        """As JSON: what is told, the edit that makes the link right, and the codes of other explanations."""
        best = self.best if self.best is not None and self.best.edits else None
        return {
            "code": self.code,
            "for_student": self.for_student,
            "for_grader": self.for_grader,
            "edit": None if best is None else {"side": best.side, "before": best.before, "after": best.after},
            "repaired": self.repaired,
            "witness": self.witness,
            "others": [each.code for each in self.others],
        }


def explain_link(judgment: Judgment, budget: int = BUDGET) -> Told | None:
    """What is told of a refuted or misshapen link; nothing of any other.

    >>> from verify.check import check
    >>> from verify.language import equal, scalar, sigma
    >>> z = scalar("z")
    >>> link, = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()
    >>> told = explain_link(check(link))
    >>> print(told.code, "-", told.for_student, told.witness)
    sign - Check the signs: one of them is wrong. for z = 0: left 1/4, right 3/4
    >>> right, = equal(z + z, 2 * z).links()
    >>> explain_link(check(right)) is None
    True
    """
    verdict = judgment.verdict
    if judgment.link is None or not isinstance(verdict, Refuted | Misshapen):
        return None
    witness = for_people(verdict.witness) if isinstance(verdict, Refuted) else None
    told = _told(diagnose(judgment.link, verdict, budget), witness)
    if judgment.suggestion is not None and not _is_plain(told.best):
        # Another reading of the line is proved: the formula may be right, and the transcription wrong.
        return Told(NOISE, FOR_STUDENT[NOISE], judgment.suggestion, None, witness)
    return told


def _is_plain(best: Explanation | None) -> bool:
    """Whether a mistake is so small and so common that no other reading is as likely."""
    return best is not None and best.code in PLAIN and best.size == 1


def _told(found: Diagnosis, witness: str | None) -> Told:
    if not found.explanations:
        return Told(None, found.says, found.says, None, witness)
    best, *others = found.explanations
    repaired = written(best.repaired) if best.edits else None
    return Told(best.code, best.for_student, best.for_grader, repaired, witness, best, tuple(others))
