"""A checked write-up as compilers report: a line for each link that is not proved, which editors and CI understand."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose import Told
from verify.language import Judgment, Proved, Stated, Undecided, word
from verify.report.reason import reason, why
from verify.report.results import CheckedFile
from verify.report.text import visible


def gcc_lines(file: CheckedFile) -> Iterator[str]:
    """Each link that is not proved, as ``path:line:column: error: message [code]``; an undecided one is a warning.

    The code is that of the mistake where one explains the link, and the verdict's word else.
    """
    for judgment in file.judgments:
        if not isinstance(judgment.verdict, Proved | Stated):
            yield _line(file.path, judgment, file.told(judgment))


def _line(path: str, judgment: Judgment, told: Told | None) -> str:
    at = judgment.at
    place = f"{path}:1:1" if at is None else f"{at.path}:{at.line}:{at.column}"
    severity = "warning" if isinstance(judgment.verdict, Undecided) else "error"
    kind = reason(judgment.verdict)
    code = word(judgment.verdict) if kind is None else f"{word(judgment.verdict)}-{kind}"
    formula = judgment.left if judgment.relation is None else f"{judgment.left} {judgment.relation} {judgment.right}"
    message = f"{formula}: {why(judgment.verdict)}" if formula.strip() else str(why(judgment.verdict))
    if judgment.suggestion is not None:
        message += f"; {judgment.suggestion}"
    if told is not None:
        message += f"; {told.for_student}"
        code = told.code or code
    return visible(f"{place}: {severity}: {message} [{code}]")
