"""Proved claims and tried mistakes as a report shows them: subjects, numbered claims, chains, counterexamples.

It is made from the record alone, so that a record that was kept gives the same bytes; it knows neither LaTeX's
documents nor pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase, phrase, told
from verify.report.records import ClaimRecord, LinkRecord, MistakeRecord, ProofsRecord
from verify.report.sentences import RELATIONS, evidence, hypothesis, rests, statement, verdict_of
from verify.report.text import counted

METHODS = {
    "normal form": "by its normal form, for all dimensions",
    "shape": "by the shapes of its parts, for all dimensions",
    "induction": "by induction over the depth",
    "range": "by its exact range",
    "a step at any level": "by a step at any level",
    "leading terms": "by leading terms",
    "bounded factors": "by bounded factors, for any number of them",
}


@dataclass(frozen=True)
class Row:
    """A link of a chain: its left side only if it is the first, and what is to be said of its verdict."""

    left: Formula | Code | None
    relation: Formula
    right: Formula | Code
    verdict: str
    evidence: tuple[Phrase, ...]


@dataclass(frozen=True)
class Inducted:
    """An induction: the statement that it begins with, what is assumed, and the step."""

    over: str
    first: Phrase
    hypothesis: Phrase
    step: Phrase


@dataclass(frozen=True)
class Wrong:
    """A mistake: what it says, whether it was caught, and by what evidence."""

    name: str
    says: Phrase
    caught: bool
    outcome: str
    statement: Phrase
    given: tuple[Phrase, ...]
    evidence: tuple[Phrase, ...]


@dataclass(frozen=True)
class Told:
    """A claim with its hypotheses, its links, how it was proved, and its mistakes; its source by a number.

    The ``key`` is a number, that links lead to.
    """

    key: int
    name: str
    says: Phrase
    verdict: str
    source: int | None
    given: tuple[Phrase, ...]
    links: tuple[Row, ...]
    proof: Phrase
    inductions: tuple[Inducted, ...]
    sampled: Phrase
    mistakes: tuple[Wrong, ...]

    @property
    def short(self) -> str:
        """The name without the module."""
        return self.name.rpartition(".")[2]

    @property
    def missed(self) -> bool:
        """Whether a mistake about it was not caught."""
        return not all(each.caught for each in self.mistakes)


@dataclass(frozen=True)
class Subject:
    """The claims of one module, counted."""

    name: str
    title: str
    claims: tuple[Told, ...]
    proved: int
    links: int
    points: int
    tried: int
    caught: int


@dataclass(frozen=True)
class ProofsView:
    """The whole of it."""

    subjects: tuple[Subject, ...]
    methods: tuple[tuple[str, int], ...]
    sources: tuple[str, ...]
    summary: str
    links: int
    points: int
    claims: int
    proved: int
    tried: int
    caught: int

    @property
    def passed(self) -> bool:
        """Whether every claim is proved and every mistake caught."""
        return self.claims == self.proved and self.tried == self.caught


def proofs_view(record: ProofsRecord) -> ProofsView:
    """The report on a record.

    >>> proofs_view({"format": "gradproof.proofs/1", "claims": [], "mistakes": []}).summary
    '0 claims: 0 proved; 0 mistakes: 0 caught.'
    """
    claims, mistakes = record["claims"], record["mistakes"]
    cited = tuple(dict.fromkeys(each["source"] for each in claims if each["source"] is not None))
    subjects = tuple(_subjects(record, cited))
    proved, caught = sum(map(_is_proved, claims)), sum(each["caught"] for each in mistakes)
    methods = Counter(link["method"] or link["verdict"] for each in claims for link in each["links"])
    return ProofsView(
        subjects,
        tuple(methods.most_common()),
        cited,
        f"{counted(len(claims), 'claim')}: {proved} proved; {counted(len(mistakes), 'mistake')}: {caught} caught.",
        methods.total(),
        sum(each.points for each in subjects),
        len(claims),
        proved,
        len(mistakes),
        caught,
    )


def _subjects(record: ProofsRecord, cited: tuple[str, ...]) -> Iterator[Subject]:
    modules: dict[str, list[ClaimRecord]] = {}
    for claim in record["claims"]:
        modules.setdefault(claim["name"].rpartition(".")[0], []).append(claim)
    about: dict[str, list[MistakeRecord]] = {}
    for mistake in record["mistakes"]:
        about.setdefault(mistake["of"], []).append(mistake)
    keys = {claim["name"]: place for place, claim in enumerate(record["claims"], start=1)}
    for module, claims in modules.items():
        tried = [each for claim in claims for each in about.get(claim["name"], [])]
        yield Subject(
            module,
            module.replace("_", " "),
            tuple(_told(keys[claim["name"]], claim, about.get(claim["name"], []), cited) for claim in claims),
            sum(map(_is_proved, claims)),
            sum(len(claim["links"]) for claim in claims),
            sum(0 if claim["sampled"] is None else claim["sampled"]["points"] for claim in claims),
            len(tried),
            sum(each["caught"] for each in tried),
        )


def _is_proved(claim: ClaimRecord) -> bool:
    return all(link["verdict"] == "proved" and not link["conditions"] for link in claim["links"])


def _told(key: int, claim: ClaimRecord, mistakes: list[MistakeRecord], cited: tuple[str, ...]) -> Told:
    short = [link["verdict"] for link in claim["links"] if link["verdict"] != "proved"]
    conditioned = "proved" if _is_proved(claim) else "proved under a condition that it does not state"
    return Told(
        key=key,
        name=claim["name"],
        says=told(claim["says"]),
        verdict=short[0] if short else conditioned,
        source=None if claim["source"] is None else cited.index(claim["source"]) + 1,
        given=tuple(map(hypothesis, claim["given"])),
        links=tuple(_row(link, first=place == 0) for place, link in enumerate(claim["links"])),
        proof=_proof(claim["links"]),
        inductions=tuple(_inductions(claim["links"])),
        sampled=_sampled(claim),
        mistakes=tuple(_wrong(each, claim) for each in mistakes),
    )


def _proof(links: list[LinkRecord]) -> Phrase:
    """By what the links were proved, and on what that rests."""
    methods = [METHODS.get(name, f"by {name}") for name in dict.fromkeys(each["method"] for each in links) if name]
    if not methods:
        return ()
    subject = "Proved" if len(links) == 1 else "Each link proved" if len(methods) == 1 else "The links proved"
    said: list[str | Formula | Code] = [f"{subject} {'; '.join(methods)}"]
    told = dict.fromkeys(tuple(rests(proof)) for each in links if (proof := each.get("proof")) is not None)
    if len(told) == 1:
        for part in next(iter(told)):
            said += ["; ", *part]
    elif told:
        times = sum(proof["instances"] for each in links if (proof := each.get("proof")) is not None)
        said.append(f"; replayed at {counted(times, 'instance')} in all")
    return (*said, ".")


def _inductions(links: list[LinkRecord]) -> Iterator[Inducted]:
    for link in links:
        shown = (link.get("proof") or {"induction": None})["induction"]
        if shown is not None:
            yield Inducted(shown["over"], *(phrase(shown[part]) for part in ("first", "hypothesis", "step")))


def _sampled(claim: ClaimRecord) -> Phrase:
    sampled = claim["sampled"]
    if sampled is None:
        return (f"Not sampled: {claim['why_not_sampled']}.",)
    measured = f"Measured at {counted(sampled['points'], 'random point')}: the sides "
    error = sampled["max_relative_error"]
    if not error:
        return (f"{measured}do not differ.",)
    digit, _, power = f"{error:.0e}".partition("e")
    return (f"{measured}differ by ", Formula(rf"{digit} \cdot 10^{{{int(power)}}}"), " at most, relatively.")


def side(text: str) -> Formula | Code:
    """A side of a link: a formula, or its source where it cannot be one."""
    return Code(text) if clean(text) is None else Formula(text)


def _row(link: LinkRecord, *, first: bool) -> Row:
    relation = RELATIONS.get(link["relation"] or "", "")
    return Row(
        side(link["left"]) if first else None,
        Formula(relation),
        side(link["right"] or ""),
        verdict_of(link),
        tuple(evidence(link)),
    )


def _wrong(mistake: MistakeRecord, claim: ClaimRecord) -> Wrong:
    outcome = "caught" if mistake["caught"] else f"missed: expected {mistake['expected']}, got {mistake['verdict']}"
    said = [
        piece
        for link in mistake["links"]
        for piece in ("; ", *statement(link["left"], link["relation"], link["right"]))
    ]
    return Wrong(
        name=mistake["name"].rpartition(".")[2],
        says=told(mistake["says"]),
        caught=mistake["caught"],
        outcome=outcome,
        statement=tuple(said[1:]),
        given=() if mistake["given"] == claim["given"] else tuple(map(hypothesis, mistake["given"])),
        evidence=tuple(text for link in mistake["links"] for text in evidence(link)),
    )
