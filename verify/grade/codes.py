"""The kinds of mistakes, by their codes, and what explains a wrong link."""

from __future__ import annotations

from dataclasses import dataclass

from verify.language import Link, Misshapen, Refuted, Verdict

# What is a mistake of an answer, and of no link.
OWN = ("form", "unfinished")


@dataclass(frozen=True)
class Mistake:
    """A kind of mistake by its code, in a sentence for the student and in one for the grader, and how large it is."""

    code: str
    for_student: str
    for_grader: str
    size: int = 0


def known_codes() -> tuple[str, ...]:
    """All codes.

    >>> {"sign", "form"} <= set(known_codes())
    True
    """
    from verify.diagnose.codes import CODES

    return (*OWN, *CODES)


def explained(link: Link | None, verdict: Verdict) -> tuple[Mistake, ...]:
    """The smallest mistakes that explain a wrong link, the likeliest first; none if nothing explains it."""
    if link is None or not isinstance(verdict, Refuted | Misshapen):
        return ()
    from verify.diagnose import diagnose

    found = diagnose(link, verdict).explanations
    least = min((each.size for each in found), default=0)
    return tuple(
        Mistake(each.code, each.for_student, each.for_grader, each.size) for each in found if each.size == least
    )
