"""The answer to a part: where it stands in a submission, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from verify.grade.asked import Asked
from verify.grade.codes import Mistake
from verify.grade.deciding import Decider
from verify.grade.forms import breach, unfinished
from verify.grade.lines import Line, Standing, chains, is_equation, standing_of
from verify.language import Expression, Link, Misshapen, Node, Verdict
from verify.read.conventions import LAYOUTS
from verify.report.reason import why


class Outcome(Enum):
    """What becomes of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Candidate:
    """A chain that starts at what a part asks for; ``asked`` names its indices as the chain does."""

    asked: Asked
    lines: range


@dataclass(frozen=True)
class Answer:
    """An answer with what became of it, why, and the mistakes that explain it; ``note`` says how it was found right."""

    candidate: Candidate
    outcome: Outcome
    why: str
    value: Expression | None = None
    text: str = ""
    mistakes: tuple[Mistake, ...] = ()
    link: Link | None = None


def candidates(part: Asked, lines: Sequence[Line]) -> Iterator[Candidate]:
    """The chains that start at what a part asks for, in their order."""
    variants = list(_variants(part))
    for chain in chains(lines):
        for at in chain:
            if lines[at].step.question != part.part.question or lines[at].step.relation is None:
                continue
            found = next((each for each in (variant.matched(lines[at].step) for variant in variants) if each), None)
            if found is not None:
                yield Candidate(found, range(at, chain.stop))
                break


def _variants(part: Asked) -> Iterator[Asked]:
    """The part, in every layout if its question leaves that open."""
    yield part
    if part.setting.any_layout:
        yield from _others(part)


def _others(part: Asked) -> Iterator[Asked]:
    """The part in the other layouts."""
    for layout in LAYOUTS:
        if layout == part.setting.layout:
            continue
        other = part.in_layout(layout)
        if other is not None:
            yield other


def answer(candidate: Candidate, lines: Sequence[Line], decide: Decider) -> Answer:
    """What becomes of the last side of a chain."""
    chain = [lines[at] for at in candidate.lines]
    ruled = _ruled(candidate, chain)
    if ruled is not None:
        return ruled
    last = [each for each in chain if is_equation(each)]
    if not last:
        return Answer(candidate, Outcome.OPEN, "it is no equation")
    final, part = last[-1], candidate.asked
    value, text = final.step.values[1], final.step.right or ""
    misfit = final.step.meaning if isinstance(final.step.meaning, Misshapen) else None
    if misfit is not None:
        mistakes = decide.explained(part.link(value), misfit) if isinstance(value, Node) else ()
        return Answer(candidate, Outcome.WRONG, f"wrong: {why(misfit)}", None, text, mistakes)
    if not isinstance(value, Node):
        return Answer(candidate, Outcome.OPEN, f"it could not be read: {why(final.judgment.verdict)}", text=text)
    missing = unfinished(value, part.subjects, part.known)
    if missing is not None:
        return Answer(candidate, Outcome.UNFINISHED, f"unfinished: {missing}", value, text)
    outcome, says, link, verdict = compared(part, value, _conditions(final, part), decide)
    if outcome is not Outcome.RIGHT and part.part.tolerant:
        for other in _others(part):
            if _is(Standing.SOUND, other.derived(value), decide):
                outcome, says = Outcome.RIGHT, f"right in the {other.setting.layout} layout"
    if outcome is Outcome.RIGHT and (kind := breach(value, part.part.form, part.known, part.forbidden)):
        sentence = f"The answer is right, and not in the form that is asked for: no {kind}."
        return Answer(candidate, Outcome.WRONG, sentence, value, text, (Mistake("form", sentence, sentence),), link)
    mistakes = decide.explained(link, verdict) if outcome is Outcome.WRONG and verdict is not None else ()
    return Answer(candidate, outcome, says, value, text, mistakes, link)


def tolerated(part: Asked, line: Line, decide: Decider) -> bool:
    """Whether a line that is wrong is right in another layout, where its part leaves that open."""
    left, value = line.step.values
    if not part.part.tolerant or line.standing is not Standing.WRONG or left not in part.subjects:
        return False
    return isinstance(value, Node) and any(_is(Standing.SOUND, other.derived(value), decide) for other in _others(part))


def _ruled(candidate: Candidate, chain: Sequence[Line]) -> Answer | None:
    """The answer as a person has decided on lines of its chain."""
    ruled = [each.ruling for each in chain if each.ruling is not None]
    if not ruled:
        return None
    step = chain[-1].step
    value = step.values[1] if isinstance(step.values[1], Node) else None
    says = "; ".join(each.reason for each in ruled)
    if any(each.standing is Standing.WRONG for each in ruled):
        return Answer(candidate, Outcome.WRONG, f"wrong, as a person decided: {says}", value, step.right or "")
    if all(each.standing in (Standing.SOUND, Standing.STATED) for each in chain):
        return Answer(candidate, Outcome.RIGHT, f"right, as a person decided: {says}", value, step.right or "")
    return None


Compared = tuple[Outcome, str, Link | None, Verdict | None]


def compared(part: Asked, value: Expression, conditions: tuple[Link, ...], decide: Decider) -> Compared:
    """Whether a value is the answer, by the answer of the assignment or by what is asked for."""
    links = [] if part.is_open_name else [part.derived(value)]
    if standing_of(decide_own(part, decide)) is not Standing.WRONG:
        links.insert(0, part.link(value))
    verdicts = [(link, decide(link)) for link in links if link is not None]
    standings = [standing_of(verdict) for _, verdict in verdicts]
    if Standing.SOUND in standings:
        return Outcome.RIGHT, "right", None, None
    if Standing.WRONG in standings:
        link, verdict = verdicts[standings.index(Standing.WRONG)]
        if conditions and _is(Standing.SOUND, _under(link, conditions), decide):
            return Outcome.OPEN, f"it is right only where {' and '.join(map(str, conditions))}", link, verdict
        return Outcome.WRONG, f"wrong: {why(verdict)}", link, verdict
    return Outcome.OPEN, f"it could not be decided: {why(verdicts[0][1])}", *verdicts[0]


def decide_own(part: Asked, decide: Decider) -> Verdict:
    """The verdict on the assignment's own answer."""
    meaning = part.step.meaning
    return decide(meaning) if isinstance(meaning, Link) else meaning


def _conditions(line: Line, part: Asked) -> tuple[Link, ...]:
    """The hypotheses of a link that the assignment does not make."""
    meaning = line.step.meaning
    return tuple(each for each in meaning.given if each not in part.setting.given) if isinstance(meaning, Link) else ()


def _under(link: Link, conditions: tuple[Link, ...]) -> Link:
    return Link(link.left, link.relation, link.right, (*link.given, *conditions))


def _is(standing: Standing, link: Link | None, decide: Decider) -> bool:
    return link is not None and standing_of(decide(link)) is standing


def differ(first: Answer, second: Answer) -> bool:
    """Whether two answers to a part are not known to be the same."""
    if first.outcome is Outcome.RIGHT and second.outcome is Outcome.RIGHT:
        return False
    return first.value is None or second.value is None or first.value != second.value
