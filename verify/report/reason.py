"""Why a link has the verdict that it has, in one sentence."""

from __future__ import annotations

from typing import assert_never

from verify.language import Misshapen, Proved, Refuted, Stated, Undecided, Unreadable, Verdict

EXACT_RANGE = "the exact range is "


def reason(verdict: Verdict) -> str | None:
    """The kind of trouble, as a word for programs; nothing where the verdict says it all.

    >>> reason(Misshapen("unbound-index", "i is not bound here")), reason(Stated("y"))
    ('unbound-index', None)
    """
    match verdict:
        case Misshapen() | Undecided():
            return verdict.reason
        case Proved() | Refuted() | Unreadable() | Stated():
            return None
        case _:
            assert_never(verdict)


def why(verdict: Verdict) -> str | None:
    """The evidence in words; for a proof the exact range, if it is one of a range.

    >>> why(Undecided("budget", "gave up after 1000 steps", residual="x - y"))
    'gave up after 1000 steps; what is left: x - y'
    >>> why(Unreadable(3, 7, "a = (b", "the parenthesis is not closed", ")", ("a", "b")))
    'the parenthesis is not closed; expected ); known here: a, b'
    """
    match verdict:
        case Proved():
            if verdict.exact_range is None:
                return None
            return "; ".join((f"{EXACT_RANGE}{verdict.exact_range}", *verdict.attained))
        case Refuted():
            return _joined(str(verdict.witness), "true if", verdict.holds_if)
        case Misshapen():
            return str(verdict)
        case Unreadable():
            known = ", ".join(verdict.known) or None
            return _joined(_joined(verdict.says, "expected", verdict.expected), "known here:", known)
        case Undecided():
            return _joined(verdict.says, "what is left:", verdict.residual)
        case Stated():
            return verdict.introduces
        case _:
            assert_never(verdict)


def conditions(verdict: Verdict) -> tuple[str, ...]:
    """What a proof asks for: denominators that are not 0, least dimensions."""
    return tuple(map(str, verdict.conditions)) if isinstance(verdict, Proved) else ()


def _joined(first: str, words: str, more: str | None) -> str:
    return first if more is None else f"{first}; {words} {more}"
