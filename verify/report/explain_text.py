"""Claims explained on a terminal, as a report explains them: what is claimed, how it is proved, its mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.decide import Trace, decide
from verify.language import Link, Proved, Undecided
from verify.report.inline import CLOSING, OPENING, SIGNS
from verify.report.phrase import Code, Formula, Phrase
from verify.report.proofs_text import alone_lines, summary
from verify.report.proofs_view import ProofsView, Told, Wrong, proofs_view
from verify.report.readable import Show, in_words, readable
from verify.report.records import proofs_record
from verify.report.results import ProvedClaim, TriedMistake
from verify.report.text import Paint, plain, wrapped

INDENT, DEEPER, HANGING = "  ", "    ", "      "
MARGIN = 12


def explain_lines(
    claims: tuple[ProvedClaim, ...],
    mistakes: tuple[TriedMistake, ...],
    width: int,
    paint: Paint = plain,
    show: Show = readable,
) -> Iterator[str]:
    """Each claim with its hypotheses, its chain and the normal forms, on what the proof rests, and its mistakes."""
    view = proofs_view(proofs_record(claims, mistakes))
    links = {each.named.name: _decided(each) for each in claims}
    page = _Page(width, paint, show)
    for subject in view.subjects:
        for claim in subject.claims:
            yield from page.claim(claim, view, links[claim.name])
            yield ""
    yield from alone_lines(claims, mistakes, width, paint, show)
    yield summary(claims, mistakes)


def _decided(claim: ProvedClaim) -> tuple[Link | None, ...]:
    """The links that were decided by comparing forms, each in its place."""
    return tuple(each.link if isinstance(each.verdict, Proved | Undecided) else None for each in claim.result.judgments)


class _Page:
    """Lines of one width, with one way to show formulas and colors."""

    def __init__(self, width: int, paint: Paint, show: Show) -> None:
        self.width, self.paint, self.show = width, paint, show

    def claim(self, claim: Told, view: ProofsView, links: tuple[Link | None, ...]) -> Iterator[str]:
        yield from self.headed(self.paint(claim.name, "heading"), len(claim.name), claim.verdict)
        yield from self.sentence(claim.says, INDENT)
        if claim.source is not None:
            yield from (
                self.paint(line, "quiet")
                for line in wrapped(view.sources[claim.source - 1], self.width, INDENT, DEEPER)
            )
        if claim.given:
            yield ""
            yield from self.sentence(_listed("Given ", claim.given), INDENT)
        yield ""
        yield from self.chain(claim, links)
        yield ""
        if claim.proof:
            yield from self.sentence(claim.proof, INDENT)
        for shown in claim.inductions:
            for word, said in (("First", shown.first), ("Hypothesis", shown.hypothesis), ("Step", shown.step)):
                yield from self.sentence((f"{word}: ", *said), DEEPER, HANGING)
        yield from self.sentence(claim.sampled, INDENT)
        if claim.mistakes:
            yield from ("", f"{INDENT}Mistakes")
        for mistake in claim.mistakes:
            yield from self.mistake(mistake)

    def headed(self, text: str, length: int, verdict: str) -> Iterator[str]:
        """A line with a verdict at its right end, or under it where there is no room."""
        room = self.width - length - len(verdict)
        kind = verdict.partition(":")[0]
        if room < len(INDENT):
            yield text
            yield from (self.paint(line, kind) for line in wrapped(verdict, self.width, DEEPER, DEEPER))
        else:
            yield f"{text}{' ' * room}{self.paint(verdict, kind)}"

    def sentence(self, said: Phrase, first: str, later: str | None = None) -> Iterator[str]:
        yield from wrapped(in_words(said, self.show), self.width, first, first if later is None else later)

    def chain(self, claim: Told, links: tuple[Link | None, ...]) -> Iterator[str]:
        """Each link on lines of its own, its verdict at their right end; under it the forms that were compared."""
        for place, row in enumerate(claim.links):
            relation, right = self.show(row.relation.source), self.side(row.right)
            left = None if row.left is None else self.side(row.left)
            whole = f"{left} {relation} {right}"
            if left is not None and len(DEEPER + whole) <= self.width - MARGIN:
                lines = [DEEPER + whole]
            else:
                lines = [] if left is None else self.formula(left, DEEPER)
                lines += self.formula(f"{relation} {right}", HANGING)
            *before, last = lines
            yield from before
            yield from self.headed(last, len(last), row.verdict)
            yield from self.forms(links[place] if place < len(links) else None)
            for said in row.evidence:
                yield from self.sentence(said, HANGING + INDENT, HANGING + DEEPER)

    def forms(self, link: Link | None) -> Iterator[str]:
        """The normal forms of both sides, for each way in which the free indices may coincide."""
        if link is None:
            return
        trace = Trace()
        decide(link, trace)
        for forms in trace.forms:
            case = f"where {self.show(forms.words)}: " if forms.words else ""
            left, right = (self.show(str(forms.shown(side))) for side in (forms.left, forms.right))
            said = [f"{case}both sides come down to {left}"]
            if left != right:
                said = [f"{case}the left side comes down to {left}", f"the right side comes down to {right}"]
            for text in said:
                lines = broken(text, self.width, HANGING + INDENT, HANGING + DEEPER)
                yield from (self.paint(line, "quiet") for line in lines)

    def mistake(self, mistake: Wrong) -> Iterator[str]:
        name = f"{DEEPER}{mistake.name}"
        yield from self.headed(name, len(name), mistake.outcome)
        yield from self.sentence(mistake.says, HANGING)
        yield from self.formula(in_words(mistake.statement, self.show), HANGING)
        if mistake.given:
            yield from self.sentence(_listed("Given ", mistake.given), HANGING)
        for said in mistake.evidence:
            yield from self.sentence(said, HANGING)

    def side(self, side: Formula | Code) -> str:
        return in_words((side,), self.show)

    def formula(self, text: str, indent: str) -> list[str]:
        return broken(text, self.width - MARGIN, indent, indent + DEEPER)


def broken(text: str, width: int, indent: str, hanging: str) -> list[str]:
    """Lines of a text with formulas, which are broken before signs, and in as few parentheses as may be.

    >>> broken("a = (b + c) (d + e) + f", 20, "", "  ")
    ['a = (b + c) (d + e)', '  + f']
    """
    lines, lead = [], indent
    while (cut := _cut(text, width - len(lead))) is not None:
        lines.append(lead + text[:cut])
        text, lead = text[cut + 1 :], hanging
    return [*lines, lead + text]


def _cut(text: str, room: int) -> int | None:
    """Where to break a line that is too long: the latest of the best places, or the first one at all."""
    if len(text) <= room:
        return None
    depth, found = 0, []
    for place, sign in enumerate(text):
        depth += (sign in OPENING) - (sign in CLOSING)
        if sign == " " and not (text[place - 1] in SIGNS and text[max(place - 2, 0)] == " "):
            found.append((depth, -place))
    inside = [each for each in found if room // 3 <= -each[1] <= room] or [each for each in found if -each[1] <= room]
    best = min(inside, default=None) or max(found, key=lambda each: each[1], default=None)
    return None if best is None else -best[1]


def _listed(head: str, parts: tuple[Phrase, ...]) -> Phrase:
    return (head, *tuple(piece for part in parts for piece in (", ", *part))[1:], ".")
