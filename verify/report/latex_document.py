"""Proved claims and tried mistakes as a LaTeX document: sections by subject, numbered claims, evidence.

It is made from the record alone, so that a record that was kept gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verify.report.latex_pieces import evidence, hypothesis, related
from verify.report.records import ClaimRecord, LinkRecord, MistakeRecord, ProofsRecord
from verify.report.tex import Tex, escaped, formula
from verify.report.text import counted

TEMPLATES = Path(__file__).parent / "templates"
TITLE = "What is claimed, and what is proved"


@dataclass(frozen=True)
class Row:
    """A link of a chain: its left side only if it is the first; what is to be said of its verdict."""

    left: Tex
    relation: Tex
    right: Tex
    verdict: str
    evidence: tuple[Tex, ...]


@dataclass(frozen=True)
class Wrong:
    """A mistake: what it says, whether it was caught, and by what evidence."""

    name: Tex
    says: str
    outcome: str
    statement: Tex
    given: tuple[Tex, ...]
    evidence: tuple[Tex, ...]


@dataclass(frozen=True)
class Stated:
    """A claim with its hypotheses, its links and its mistakes; its source by the key of the bibliography."""

    name: str
    says: str
    verdict: str
    details: tuple[str, ...]
    source: str | None
    given: tuple[Tex, ...]
    links: tuple[Row, ...]
    mistakes: tuple[Wrong, ...]


@dataclass(frozen=True)
class Subject:
    """The claims of one module, counted."""

    title: str
    claims: tuple[Stated, ...]
    proved: int
    tried: int
    caught: int


def latex_document(record: ProofsRecord, title: str = TITLE) -> str:
    r"""The document; it needs amsmath, amssymb, lmodern and nothing beyond the base of LaTeX.

    >>> text = latex_document({"format": "gradproof.proofs/1", "claims": [], "mistakes": []}, title="50%")
    >>> r"\title{50\%}" in text, "0 claims: 0 proved; 0 mistakes: 0 caught." in text
    (True, True)
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        autoescape=False,  # noqa: S701 - that is HTML's; whatever is printed goes through _shown
    )
    keys = {source: f"source{place}" for place, source in enumerate(_sources(record), start=1)}
    return environment.get_template("report.tex").render(
        title=title,
        summary=_summary(record),
        subjects=_subjects(record, keys),
        sources=[(key, source) for source, key in keys.items()],
    )


def _shown(value: object) -> str:
    """What the template prints: LaTeX as it is, anything else escaped."""
    return value.source if isinstance(value, Tex) else escaped(str(value))


def _summary(record: ProofsRecord) -> str:
    claims, mistakes = record["claims"], record["mistakes"]
    proved, caught = sum(map(_is_proved, claims)), sum(each["caught"] for each in mistakes)
    return f"{counted(len(claims), 'claim')}: {proved} proved; {counted(len(mistakes), 'mistake')}: {caught} caught."


def _sources(record: ProofsRecord) -> tuple[str, ...]:
    """Every source once, in the order in which it is first cited."""
    return tuple(dict.fromkeys(each["source"] for each in record["claims"] if each["source"] is not None))


def _subjects(record: ProofsRecord, keys: dict[str, str]) -> list[Subject]:
    modules: dict[str, list[ClaimRecord]] = {}
    for claim in record["claims"]:
        modules.setdefault(claim["name"].rpartition(".")[0], []).append(claim)
    return [_subject(module, claims, record["mistakes"], keys) for module, claims in modules.items()]


def _subject(module: str, claims: list[ClaimRecord], mistakes: list[MistakeRecord], keys: dict[str, str]) -> Subject:
    about = {claim["name"]: [each for each in mistakes if each["of"] == claim["name"]] for claim in claims}
    tried = [each for own in about.values() for each in own]
    return Subject(
        title=module.replace("_", " "),
        claims=tuple(_stated(claim, about[claim["name"]], keys) for claim in claims),
        proved=sum(map(_is_proved, claims)),
        tried=len(tried),
        caught=sum(each["caught"] for each in tried),
    )


def _is_proved(claim: ClaimRecord) -> bool:
    return all(link["verdict"] == "proved" and not link["conditions"] for link in claim["links"])


def _stated(claim: ClaimRecord, mistakes: list[MistakeRecord], keys: dict[str, str]) -> Stated:
    short = [link["verdict"] for link in claim["links"] if link["verdict"] != "proved"]
    return Stated(
        name=claim["name"],
        says=claim["says"],
        verdict=short[0]
        if short
        else "proved"
        if _is_proved(claim)
        else "proved under a condition that it does not state",
        details=tuple(_details(claim)),
        source=None if claim["source"] is None else keys[claim["source"]],
        given=tuple(map(hypothesis, claim["given"])),
        links=tuple(_row(link, first=place == 0) for place, link in enumerate(claim["links"])),
        mistakes=tuple(_wrong(each, claim) for each in mistakes),
    )


def _details(claim: ClaimRecord) -> Iterator[str]:
    for method in dict.fromkeys(link["method"] for link in claim["links"]):
        if method is not None:
            yield f"by {method}"
    sampled = claim["sampled"]
    yield f"not sampled: {claim['why_not_sampled']}" if sampled is None else counted(sampled["points"], "point")


def _row(link: LinkRecord, *, first: bool) -> Row:
    left = formula(link["left"]) if first else Tex("")
    relation, right = related(link["relation"], link["right"])
    return Row(left, relation, right, link["verdict"], tuple(evidence(link)))


def _wrong(mistake: MistakeRecord, claim: ClaimRecord) -> Wrong:
    first, *others = (_row(link, first=place == 0) for place, link in enumerate(mistake["links"]))
    chain = f"{first.left.source} {first.relation.source} {first.right.source}"
    outcome = "caught" if mistake["caught"] else f"missed: expected {mistake['expected']}, got {mistake['verdict']}"
    return Wrong(
        name=Tex(rf"\texttt{{{escaped(mistake['name'].rpartition('.')[2])}}}"),
        says=mistake["says"],
        outcome=outcome,
        statement=Tex(" ".join([chain, *(f"{row.relation.source} {row.right.source}" for row in others)])),
        given=() if mistake["given"] == claim["given"] else tuple(map(hypothesis, mistake["given"])),
        evidence=tuple(text for row in (first, *others) for text in row.evidence),
    )
