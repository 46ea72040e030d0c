"""Marks: every point of a part is awarded, pending for a person, or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from verify.grade.answers import Answer, Outcome
from verify.grade.codes import Mistake
from verify.grade.lines import Line, Standing
from verify.grade.parts import Part
from verify.grade.points import ZERO, counted_points
from verify.grade.steps import steps_of

FEWEST_STEPS = 2

Charges = Sequence[tuple[Line, tuple[Mistake, ...]]]
"""Wrong lines, each with the mistakes that explain it, the cheapest first."""


@dataclass(frozen=True)
class Mark:
    """The points of a part, why they are so, the mistakes that were found, and the first wrong line.

    ``likely`` are those of the mistakes that points were taken off for.
    """

    part: Part
    awarded: Fraction
    pending: Fraction
    why: tuple[str, ...]
    mistakes: tuple[Mistake, ...] = ()
    first_wrong: Line | None = None
    answer: str | None = None
    key: str | None = None
    carried: tuple[str, ...] = ()
    override: str | None = None
    likely: tuple[Mistake, ...] = ()

    @property
    def lost(self) -> Fraction:
        """What is neither awarded nor pending."""
        return self.part.points - self.awarded - self.pending


@dataclass(frozen=True)
class Derivation:
    """The lines that lead to an answer, those of them that are wrong, and how many sound steps come before these."""

    lines: tuple[Line, ...]
    wrong: tuple[Line, ...]
    steps: int
    open: bool

    @property
    def first_wrong(self) -> Line | None:
        """The first line that is wrong."""
        return self.wrong[0] if self.wrong else None


def derivation(lines: Sequence[Line], answer: Answer, sound: frozenset[Line] = frozenset()) -> Derivation:
    """What leads to an answer; ``sound`` are wrong lines that hold with the student's own earlier answers."""
    wrong = [each for each in lines if each.standing is Standing.WRONG and each not in sound]
    before = lines[: lines.index(wrong[0])] if wrong else lines
    carried = [each for each in before if each in sound and each.standing is Standing.WRONG]
    steps = steps_of([each for each in before if each not in carried], answer.candidate.asked.known) + len(carried)
    doubtful = any(each.standing is Standing.OPEN and not _defines(each, answer) for each in before)
    return Derivation(tuple(lines), tuple(wrong), steps, doubtful)


def _defines(line: Line, answer: Answer) -> bool:
    """Whether a line says what a name is that is asked for and left open."""
    asked = answer.candidate.asked
    return line.step.values[0] in asked.subjects and asked.is_open_name


def marked(part: Part, answer: Answer, led: Derivation, found: Charges) -> Mark:
    """The mark of an answer; ``found`` are the wrong lines, each with the mistakes that explain it."""
    mistakes = tuple(dict.fromkeys(each for _, explained in found for each in explained)) or answer.mistakes
    first = led.first_wrong
    match answer.outcome:
        case Outcome.UNFINISHED:
            return Mark(part, ZERO, ZERO, (answer.why,), mistakes, first, answer.text)
        case Outcome.OPEN:
            return Mark(part, ZERO, part.points, (answer.why,), mistakes, first, answer.text)
        case Outcome.RIGHT | Outcome.WRONG:
            return _decided(part, answer, led, found, mistakes)
        case _:
            assert_never(answer.outcome)


def _decided(
    part: Part,
    answer: Answer,
    led: Derivation,
    found: Charges,
    mistakes: tuple[Mistake, ...],
) -> Mark:
    """The mark of an answer that is right or wrong.

    A wrong line costs what its mistake costs, once: of a right answer the points for the derivation, of a wrong one
    those of the part. Points for the derivation are earned by what comes before the first wrong line.
    """
    earned, doubted = _steps(part, led)
    known = part.points - part.steps
    costs = [part.cost(explained[0].code) if explained else part.points for _, explained in found]
    likely = tuple(dict.fromkeys(explained[0] for _, explained in found if explained)) or answer.mistakes[:1]
    if answer.outcome is Outcome.RIGHT:
        cost = sum(costs, ZERO)
        awarded, most = known + max(ZERO, earned - cost), known + max(ZERO, earned + doubted - cost)
    else:
        costs = costs or [part.cost(answer.mistakes[0].code) if answer.mistakes else part.points]
        cost = sum(costs, ZERO)
        awarded, most = max(ZERO, known + earned - cost), max(ZERO, known + earned + doubted - cost)
    why = (answer.why, *_said(part, earned, doubted))
    return Mark(part, awarded, most - awarded, why, mistakes, led.first_wrong, answer.text, likely=likely)


def _steps(part: Part, led: Derivation) -> tuple[Fraction, Fraction]:
    """The points for the derivation that are earned before the first wrong line, and those that are for a person."""
    if led.open:
        return ZERO, part.steps
    return (part.steps, ZERO) if led.steps >= FEWEST_STEPS else (ZERO, ZERO)


def _said(part: Part, earned: Fraction, doubted: Fraction) -> tuple[str, ...]:
    """What is said of the derivation."""
    worth = counted_points(part.steps)
    if part.steps and doubted:
        return (f"whether the derivation is sound ({worth}) is for a person: not every line could be decided",)
    if part.steps and not earned:
        return (f"there is no sound derivation of at least two steps ({worth})",)
    return ()
