"""Results as records for programs: the same link everywhere, absent things null."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NotRequired, TypedDict

from verify.diagnose import Told
from verify.diagnose.explain import MistakeRecord as DiagnosisRecord
from verify.kernel.certificate import certificate
from verify.language import Judgment, Link, Proved, Refuted, Relation, Unreadable, Verdict, Witness, word
from verify.language.link import side_text
from verify.language.verdict import polynomial_text
from verify.report.reason import conditions, reason, why
from verify.report.results import CheckedFile, ProvedClaim, TriedMistake

Explain = Callable[[Judgment], Told | None]


class Place(TypedDict):
    """Where a link stands, counted from 1."""

    path: str
    line: int
    column: int


class WitnessRecord(TypedDict):
    """The point at which a link fails: rational inputs row by row, functions as polynomials in t, chances in words."""

    sizes: dict[str, int]
    indices: dict[str, int]
    inputs: dict[str, list[list[str]]]
    functions: dict[str, str]
    left: str
    right: str
    chances: list[str]


class InductionRecord(TypedDict):
    """An induction: over what, the first statement, the hypothesis, and the step."""

    over: str
    first: str
    hypothesis: str
    step: str


class ProofRecord(TypedDict):
    """On what a proof rests: the induction, the instances of the replay, the sizes that suffice."""

    induction: InductionRecord | None
    instances: int
    arithmetic: str
    sizes: list[str]
    cutoff: dict[str, int] | None


class CaretRecord(TypedDict):
    """The line that could not be read, and where in it, counted from 1."""

    source: str
    column: int


class LinkRecord(TypedDict):
    """A link with its verdict.

    The proof is there for the claims of a package, the caret for what could not be read, and the mistake and the
    certificate when they are asked for.
    """

    left: str
    relation: str | None
    right: str | None
    at: Place | None
    question: str | None
    verdict: str
    reason: str | None
    why: str | None
    conditions: list[str]
    layout: str | None
    witness: WitnessRecord | None
    assumed: list[str]
    suggestion: str | None
    method: str | None
    proof: NotRequired[ProofRecord | None]
    caret: NotRequired[CaretRecord]
    mistake: NotRequired[DiagnosisRecord | None]
    certificate: NotRequired[dict[str, Any] | None]


class FileRecord(TypedDict):
    """A write-up with its links."""

    path: str
    displays: int
    links: list[LinkRecord]


class CheckRecord(TypedDict):
    """What ``gradproof check --format json`` prints."""

    format: str
    files: list[FileRecord]


class SampledRecord(TypedDict):
    """How a claim fared at random points."""

    points: int
    max_relative_error: float


class GivenRecord(TypedDict):
    """A hypothesis: a relation between two sides, or one that names alone stand in."""

    left: str
    relation: str
    right: str | None


class ClaimRecord(TypedDict):
    """A claim with its hypotheses and its links."""

    name: str
    says: str
    source: str | None
    given: list[GivenRecord]
    links: list[LinkRecord]
    sampled: SampledRecord | None
    why_not_sampled: str | None


class MistakeRecord(TypedDict):
    """A mistake: what was expected of it, and what came."""

    name: str
    of: str
    says: str
    given: list[GivenRecord]
    expected: str
    verdict: str
    caught: bool
    links: list[LinkRecord]


class ProofsRecord(TypedDict):
    """What ``gradproof prove --format json`` prints."""

    format: str
    claims: list[ClaimRecord]
    mistakes: list[MistakeRecord]


def link_record(judgment: Judgment, *, certificates: bool = False, explain: Explain | None = None) -> LinkRecord:
    """A judged link as a record; with its certificate, and with the mistake that explains it, if those are asked for.

    >>> from verify.language import Stated
    >>> record = link_record(Judgment("y", "=", "W x", Stated("y")))
    >>> record["verdict"], record["why"], record["at"]
    ('stated', 'y', None)
    """
    verdict = judgment.verdict
    record: LinkRecord = {
        "left": judgment.left,
        "relation": judgment.relation,
        "right": judgment.right,
        "at": _place(judgment),
        "question": judgment.question,
        "verdict": word(verdict),
        "reason": reason(verdict),
        "why": why(verdict),
        "conditions": list(conditions(verdict)),
        "layout": judgment.layout,
        "witness": _witness(verdict),
        "assumed": list(judgment.assumed),
        "suggestion": judgment.suggestion,
        "method": verdict.method if isinstance(verdict, Proved) else None,
    }
    if isinstance(verdict, Unreadable):
        record["caret"] = {"source": verdict.source, "column": verdict.column}
    if explain is not None:
        told = explain(judgment)
        record["mistake"] = None if told is None else told.record()
    if certificates:
        record["certificate"] = _certificate(judgment)
    return record


def _proof(verdict: Verdict) -> ProofRecord | None:
    if not isinstance(verdict, Proved):
        return None
    shown, replay, cutoff = verdict.induction, verdict.replay, verdict.cutoff
    return {
        "induction": None
        if shown is None
        else {"over": shown.over, "first": shown.first, "hypothesis": shown.hypothesis, "step": shown.step},
        "instances": replay.instances,
        "arithmetic": replay.arithmetic,
        "sizes": list(replay.sizes),
        "cutoff": None if cutoff is None else dict(cutoff.sizes),
    }


def _certificate(judgment: Judgment) -> dict[str, Any] | None:
    if judgment.link is None or not isinstance(judgment.verdict, Proved | Refuted):
        return None
    return certificate(judgment.link, judgment.verdict)


def check_record(files: Sequence[CheckedFile | FileRecord], *, certificates: bool = False) -> CheckRecord:
    """Checked write-ups as a record; some of them may be records already."""
    found = [file_record(each, certificates=certificates) if isinstance(each, CheckedFile) else each for each in files]
    return {"format": "gradproof.check/1", "files": found}


def file_record(file: CheckedFile, *, certificates: bool = False) -> FileRecord:
    """A checked write-up as a record."""
    links = _links(file.judgments, certificates, file.told if file.diagnosed else None)
    return {"path": file.path, "displays": file.displays, "links": links}


def proofs_record(
    claims: tuple[ProvedClaim, ...], mistakes: tuple[TriedMistake, ...], *, certificates: bool = False
) -> ProofsRecord:
    """Proved claims and tried mistakes as a record."""
    return {
        "format": "gradproof.proofs/1",
        "claims": [_claim(each, certificates) for each in claims],
        "mistakes": [_mistake(each, certificates) for each in mistakes],
    }


def _links(judgments: tuple[Judgment, ...], certificates: bool, explain: Explain | None = None) -> list[LinkRecord]:
    return [link_record(each, certificates=certificates, explain=explain) for each in judgments]


def _given(link: Link) -> list[GivenRecord]:
    return [_hypothesis(each) for each in link.given]


def _hypothesis(link: Link) -> GivenRecord:
    relation = str(link.relation)
    if link.relation in (Relation.INDEPENDENT, Relation.RANDOM):
        return {"left": str(link).removesuffix(f" {relation}"), "relation": relation, "right": None}
    return {"left": str(link.left), "relation": relation, "right": side_text(link.right)}


def _place(judgment: Judgment) -> Place | None:
    at = judgment.at
    return None if at is None else {"path": at.path, "line": at.line, "column": at.column}


def _witness(verdict: Verdict) -> WitnessRecord | None:
    return _point(verdict.witness) if isinstance(verdict, Refuted) else None


def _point(witness: Witness) -> WitnessRecord:
    return {
        "sizes": dict(witness.sizes),
        "indices": dict(witness.indices),
        "inputs": {name: list(map(list, rows)) for name, rows in witness.inputs},
        "functions": {name: polynomial_text(coefficients) for name, coefficients in witness.functions},
        "left": witness.left,
        "right": witness.right,
        "chances": list(map(str, witness.chances)),
    }


def _claim(proved: ProvedClaim, certificates: bool) -> ClaimRecord:
    claim, result = proved.named.claim, proved.result
    sampled = result.sampled
    return {
        "name": proved.named.name,
        "says": claim.says,
        "source": None if claim.source is None else str(claim.source),
        "given": _given(claim.links()[0]),
        "links": [
            {**link_record(each, certificates=certificates), "proof": _proof(each.verdict)} for each in result.judgments
        ],
        "sampled": None
        if sampled is None
        else {"points": sampled.points, "max_relative_error": sampled.max_relative_error},
        "why_not_sampled": result.why_not_sampled,
    }


def _mistake(tried: TriedMistake, certificates: bool) -> MistakeRecord:
    named, result = tried.named, tried.result
    return {
        "name": named.name,
        "of": named.of,
        "says": named.mistake.says,
        "given": _given(named.mistake.links()[0]),
        "expected": named.mistake.expect.__name__.lower(),
        "verdict": word(result.verdict),
        "caught": tried.caught,
        "links": _links(result.judgments, certificates),
    }
