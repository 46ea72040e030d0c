"""Proved claims and tried mistakes as text: a line a claim, a line a mistake, and what went wrong under it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from verify.language import Judgment, Proved, word
from verify.report.readable import Show, in_words, readable
from verify.report.reason import conditions
from verify.report.records import link_record
from verify.report.results import ProvedClaim, TriedMistake
from verify.report.sentences import evidence, statement
from verify.report.text import Paint, counted, plain, wrapped

CLAIM, MISTAKE, LINK = "  ", "    ", "      "


def proof_lines(
    claims: tuple[ProvedClaim, ...],
    mistakes: tuple[TriedMistake, ...],
    width: int,
    paint: Paint = plain,
    show: Show = readable,
) -> Iterator[str]:
    """The claims by module, each with its mistakes, and a summary."""
    about = {
        each.named.name: [mistake for mistake in mistakes if mistake.named.of == each.named.name] for each in claims
    }
    for module, group in groupby(claims, lambda each: each.named.name.rpartition(".")[0]):
        inside = list(group)
        names = [CLAIM + _short(each.named.name) for each in inside]
        names += [MISTAKE + _short(mistake.named.name) for each in inside for mistake in about[each.named.name]]
        column = max(map(len, names))
        yield module
        for claim in inside:
            yield from _claim_lines(claim, column, width, paint, show)
            for mistake in about[claim.named.name]:
                yield from _mistake_lines(mistake, MISTAKE + _short(mistake.named.name), column, width, paint, show)
        yield ""
    yield from alone_lines(claims, mistakes, width, paint, show)
    yield summary(claims, mistakes)


def alone_lines(
    claims: tuple[ProvedClaim, ...],
    mistakes: tuple[TriedMistake, ...],
    width: int,
    paint: Paint = plain,
    show: Show = readable,
) -> Iterator[str]:
    """The mistakes whose claims are not among those that were proved."""
    names = {each.named.name for each in claims}
    alone = [each for each in mistakes if each.named.of not in names]
    for mistake in alone:
        yield from _mistake_lines(mistake, mistake.named.name, len(mistake.named.name), width, paint, show)
    if alone:
        yield ""


def summary(claims: tuple[ProvedClaim, ...], mistakes: tuple[TriedMistake, ...]) -> str:
    """How many claims are proved and how many mistakes are caught."""
    proved, caught = sum(each.passed for each in claims), sum(each.caught for each in mistakes)
    of_claims = f"{counted(len(claims), 'claim')}: {proved} proved, {len(claims) - proved} not proved"
    return f"{of_claims}; {counted(len(mistakes), 'mistake')}: {caught} caught, {len(mistakes) - caught} missed"


def _claim_lines(claim: ProvedClaim, column: int, width: int, paint: Paint, show: Show) -> Iterator[str]:
    judgments = claim.result.judgments
    short = [judgment for judgment in judgments if not isinstance(judgment.verdict, Proved)]
    verdict = word(short[0].verdict) if short else "proved"
    details = "; ".join([*_methods(judgments), *_conditions(judgments, show), _sampling(claim)])
    yield from _row(CLAIM + _short(claim.named.name), verdict, details, column, width, paint)
    for judgment in short:
        yield from _link_lines(judgment, width, show)
    if not short and not claim.passed:
        yield from wrapped("not passed: the claim does not state these conditions", width, LINK, LINK)


def _mistake_lines(
    mistake: TriedMistake, name: str, column: int, width: int, paint: Paint, show: Show
) -> Iterator[str]:
    expected = mistake.named.mistake.expect.__name__.lower()
    details = _outcome(mistake, show)
    if not mistake.caught:
        details = f"expected {expected}, got {details}"
    yield from _row(name, "caught" if mistake.caught else "missed", details, column, width, paint)


def _outcome(mistake: TriedMistake, show: Show) -> str:
    """The verdict on a mistake and the evidence for it."""
    verdict = word(mistake.result.verdict)
    decisive = [each for each in mistake.result.judgments if word(each.verdict) == verdict][:1]
    said = " ".join(text for each in decisive for text in _evidence(each, show)).removesuffix(".")
    said = said.removeprefix(f"{verdict.capitalize()}: ")
    return f"{verdict}: {said[:1].lower()}{said[1:]}" if said else verdict


def _evidence(judgment: Judgment, show: Show) -> list[str]:
    return [in_words(each, show) for each in evidence(link_record(judgment))]


def _row(name: str, verdict: str, details: str, column: int, width: int, paint: Paint) -> Iterator[str]:
    """Name, verdict and details in columns, the details broken inside theirs."""
    blank = " " * len(f"{name:<{column}}  {verdict:<9}  ")
    first, *rest = wrapped(details, width - len(blank))
    yield f"{name:<{column}}  {paint(f'{verdict:<9}', verdict)}  {first}"
    yield from (blank + line for line in rest)


def _link_lines(judgment: Judgment, width: int, show: Show) -> Iterator[str]:
    written = in_words(statement(judgment.left, judgment.relation, judgment.right), show)
    yield from wrapped(written, width, LINK, LINK + "  ")
    for text in _evidence(judgment, show):
        yield from wrapped(text, width, LINK + "  ", LINK + "    ")


def _methods(judgments: tuple[Judgment, ...]) -> Iterator[str]:
    proofs = [judgment.verdict for judgment in judgments if isinstance(judgment.verdict, Proved)]
    methods = list(dict.fromkeys(proof.method for proof in proofs))
    if methods and all(proof.cutoff is not None for proof in proofs):
        methods.append("cutoff")
    if methods:
        yield f"by {', '.join(methods)}"


def _conditions(judgments: tuple[Judgment, ...], show: Show) -> Iterator[str]:
    needed = dict.fromkeys(each for judgment in judgments for each in conditions(judgment.verdict))
    if needed:
        yield f"where {', '.join(map(show, needed))}"


def _sampling(claim: ProvedClaim) -> str:
    sampled = claim.result.sampled
    if sampled is None:
        return f"not sampled: {claim.result.why_not_sampled}"
    error = f"{sampled.max_relative_error:.0e}" if sampled.max_relative_error else "0"
    return f"{counted(sampled.points, 'point')}, error {error}"


def _short(name: str) -> str:
    return name.rpartition(".")[2]
