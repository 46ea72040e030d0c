"""What is told of a judgment: the mistake that explains it, in a sentence, and the witness in round numbers."""

from __future__ import annotations

from dataclasses import dataclass

from verify.diagnose.diagnosis import Diagnosis, Explanation
from verify.diagnose.search import BUDGET, diagnose
from verify.diagnose.witness import for_people
from verify.diagnose.words import FOR_STUDENT, written
from verify.language import Judgment, Misshapen, Refuted

NOISE = "noise"


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
    others: tuple[Explanation, ...] = ()

    def record(self) -> dict[str, str | None] | None:
        """As JSON: the code, the sentence for the student and the repaired formula; null if nothing explains it."""
        return None if self.code is None else {"code": self.code, "says": self.for_student, "repaired": self.repaired}


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
    if judgment.suggestion is not None:
        # Another reading of the line is proved: the formula may be right, and the transcription wrong.
        return Told(NOISE, FOR_STUDENT[NOISE], judgment.suggestion, None, witness)
    return _told(diagnose(judgment.link, verdict, budget), witness)


def _told(found: Diagnosis, witness: str | None) -> Told:
    if not found.explanations:
        return Told(None, found.says, found.says, None, witness)
    best, *others = found.explanations
    return Told(best.code, best.for_student, best.for_grader, written(best.repaired), witness, tuple(others))
