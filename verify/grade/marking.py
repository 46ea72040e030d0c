"""Marking the parts of a submission, from its judged lines: answers, derivations, and what is carried forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sympy.core.basic import Basic

from verify.grade.answers import Answer, Candidate, Outcome, answer, candidates, differ, tolerated
from verify.grade.asked import Asked
from verify.grade.assignment import Assignment
from verify.grade.codes import Mistake
from verify.grade.deciding import Decider
from verify.grade.lines import Line, Standing, standing_of
from verify.grade.marks import Derivation, Mark, derivation, marked
from verify.grade.parts import Part
from verify.grade.points import ZERO
from verify.grade.substitution import Carrying, own_answer
from verify.language import Expression, Link, Misshapen, Node


@dataclass
class Marking:
    """Marks the parts of one submission in their order, and keeps the answers that later parts may build on."""

    assignment: Assignment
    lines: tuple[Line, ...]
    unread: bool
    decide: Decider
    own: dict[str, dict[Basic, Expression]] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)

    def marks(self) -> list[Mark]:
        """The marks in the order of the parts."""
        asked = {each.part.id: each for each in self.assignment.parts}
        found = {name: list(candidates(each, self.lines)) for name, each in asked.items()}
        self.owners = {at: name for name, chains in found.items() for each in chains for at in each.lines}
        return [
            _for_a_person(part, "a part in prose is for a person")
            if part.id not in asked
            else self._mark(asked[part.id], found[part.id])
            for part in self.assignment.all_parts
        ]

    def _mark(self, asked: Asked, found: Sequence[Candidate]) -> Mark:
        if not found:
            return self._missing(asked)
        answers = [answer(each, self.lines, self.decide) for each in found]
        finished = [each for each in answers if each.outcome is not Outcome.UNFINISHED] or answers[-1:]
        marks = [self._with_carried(asked, each) for each in finished]
        last, mark = finished[-1], marks[-1]
        if last.value is not None and last.outcome in (Outcome.WRONG, Outcome.OPEN) and asked.part.carry:
            self._keep(asked, last)
        if answers[-1].outcome is Outcome.UNFINISHED and last is not answers[-1]:
            return _doubtful([*marks, replace(mark, awarded=ZERO, pending=ZERO)], "the last chain has no finished end")
        if any(differ(each, last) for each in finished[:-1]):
            return _doubtful(marks, "several different answers: which of them counts is for a person")
        return mark

    # ---------------------------------------------------------------- no answer

    def _missing(self, asked: Asked) -> Mark:
        """The mark of a part to which no answer was found; where there may be one, it is for a person."""
        part = asked.part
        here = [each for each in self.lines if each.step.question == part.question]
        questions = {each.question for each in self.assignment.context.settings} - {None}
        elsewhere = [each for each in self.lines if each.step.question not in questions]
        if self.unread:
            return _for_a_person(part, "no answer was found, and a file could not be read")
        if any(each.step.values[0] is None or each.step.values[1] is None for each in here if _is_open(each)):
            return _for_a_person(part, "no answer was found, and a line of this question could not be read")
        if any(each.other_reading for at, each in enumerate(self.lines) if each in here and at not in self.owners):
            return _for_a_person(part, "no answer was found, and a line of this question may have been misread")
        if any(each.step.values[1] in asked.subjects for each in here if isinstance(each.step.values[1], Node)):
            return _for_a_person(part, "what is asked for stands on a right side: no chain starts at it")
        if elsewhere and not here:
            return _for_a_person(part, "no answer was found, and there are formulas that stand in no question")
        return Mark(part, ZERO, ZERO, ("there is no answer",))

    # ---------------------------------------------------------------- carried forward

    def _keep(self, asked: Asked, found: Answer) -> None:
        """Keep a student's own answer for the parts that build on it."""
        assert found.value is not None
        for later in asked.part.carry:
            self.own.setdefault(later, {}).update(own_answer(asked, found.value))

    def _with_carried(self, asked: Asked, found: Answer) -> Mark:
        """The mark of an answer, proved again with the student's own earlier answers where it is wrong."""
        own = self.own.get(asked.part.id, {})
        led = self._region(found.candidate)
        sound = frozenset(each for each in led if tolerated(asked, each, self.decide))
        if not own:
            return self._marked(asked, found, derivation(led, found, sound))
        carrying = Carrying(own)
        holding = frozenset(each for each in led if each.standing is Standing.WRONG and self._holds(each, carrying))
        sound |= holding
        carried = self._carried(found, carrying)
        if carried is None:
            return self._marked(asked, found, derivation(led, found, sound))
        mark = self._marked(asked, carried, derivation(led, carried, sound | {led[-1]}))
        earlier = [each.part.id for each in self.assignment.parts if asked.part.id in each.part.carry]
        return replace(mark, carried=tuple(earlier))

    def _carried(self, found: Answer, carrying: Carrying) -> Answer | None:
        """A wrong answer as a right one, if it follows from the student's own earlier answer."""
        if found.outcome is not Outcome.WRONG or found.value is None or found.link is None:
            return None
        asked = found.candidate.asked
        right, value = carrying.of(asked.answer), carrying.of(found.value)
        if right == asked.answer:
            return None
        link = replace(asked.link(found.value), left=right, right=value)
        if standing_of(self.decide(link)) is not Standing.SOUND:
            return None
        return replace(found, outcome=Outcome.RIGHT, why="right with your own earlier answer", mistakes=())

    def _holds(self, line: Line, carrying: Carrying) -> bool:
        """Whether a wrong line holds with the student's own earlier answers."""
        meaning = line.step.meaning
        if not isinstance(meaning, Link) or not isinstance(meaning.right, Node):
            return False
        link = replace(meaning, left=carrying.of(meaning.left), right=carrying.of(meaning.right))
        return link != meaning and standing_of(self.decide(link)) is Standing.SOUND

    # ---------------------------------------------------------------- derivations

    def _region(self, candidate: Candidate) -> list[Line]:
        """The lines that lead to an answer: its chain, and those before it that belong to no other part."""
        first = candidate.lines.start
        name, question, file = candidate.asked.part.id, candidate.asked.part.question, self.lines[first].file
        while first > 0 and self.owners.get(first - 1, name) == name:
            before = self.lines[first - 1]
            if before.step.question != question or before.file != file:
                break
            first -= 1
        return list(self.lines[first : candidate.lines.stop])

    def _marked(self, asked: Asked, found: Answer, led: Derivation) -> Mark:
        """The mark of an answer; a wrong line that was charged to an earlier part costs nothing more."""
        mistakes = [(each, self._explained(each, found)) for each in led.wrong if self._counts(each, found)]
        mark = marked(asked.part, found, led, mistakes)
        key = self.lines[found.candidate.lines.stop - 1].key if mark.awarded < asked.part.points else None
        return replace(mark, key=key)

    def _counts(self, line: Line, found: Answer) -> bool:
        """Whether a wrong line costs something: of a wrong answer, those of its own chain do."""
        own = [self.lines[at] for at in found.candidate.lines]
        return found.outcome is Outcome.RIGHT or line in own

    def _explained(self, line: Line, found: Answer) -> tuple[Mistake, ...]:
        """What explains a wrong line: of equally small mistakes, the one that costs least comes first."""
        explained = self.decide.explained(line.judgment.link, line.judgment.verdict)
        if not explained and line is self.lines[found.candidate.lines.stop - 1]:
            explained = found.mistakes
        part = found.candidate.asked.part
        return tuple(sorted(explained, key=lambda mistake: part.cost(mistake.code)))


def _is_open(line: Line) -> bool:
    return line.standing is Standing.OPEN or isinstance(line.judgment.verdict, Misshapen)


def _for_a_person(part: Part, why: str) -> Mark:
    return Mark(part, ZERO, part.points, (why,))


def _doubtful(marks: Sequence[Mark], why: str) -> Mark:
    """A mark that is certain only as far as all of these agree."""
    last = marks[-1]
    awarded, lost = min(each.awarded for each in marks), min(each.lost for each in marks)
    return replace(last, awarded=awarded, pending=last.part.points - awarded - lost, why=(why, *last.why))
