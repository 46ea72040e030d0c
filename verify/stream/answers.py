"""From a request to the records of its links: what the process of a worker does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache, partial
from time import perf_counter

from verify.diagnose import explain_link
from verify.language import Judgment, Undecided
from verify.read import AssignmentError, Context, ReadError, context_of, judged, read_chain
from verify.report.records import LinkRecord, link_record

CONTEXTS_KEPT = 1024
SHOWN_OF_LOST = 200


@dataclass(frozen=True)
class Asked:
    """A chain, and its context as JSON."""

    latex: str
    context: str
    certificates: bool = False
    diagnosed: bool = False


@dataclass(frozen=True)
class Answered:
    """The links of a chain, or what is wrong with the request, and how long it took."""

    links: tuple[LinkRecord, ...]
    mistakes: tuple[str, ...]
    seconds: float


def answer(asked: Asked) -> Answered:
    r"""The links of a chain with their verdicts, or all mistakes in its context.

    >>> [link["verdict"] for link in answer(Asked("a + a = 2a = 3a", '{"names": {"a": "scalar"}}')).links]
    ['proved', 'refuted']
    >>> answer(Asked("a = a", '{"nmaes": {}}')).mistakes
    ("nmaes: unknown key; did you mean 'names'?",)
    """
    start = perf_counter()
    context = _context(asked.context)
    if isinstance(context, tuple):
        return Answered((), context, perf_counter() - start)
    try:
        _, judgments = judged(partial(read_chain, asked.latex), context)
    except ReadError as error:
        return Answered((), (f"latex: column {error.column}: {error.says}",), perf_counter() - start)
    explain = explain_link if asked.diagnosed else None
    links = tuple(link_record(each, certificates=asked.certificates, explain=explain) for each in judgments)
    return Answered(links, (), perf_counter() - start)


def lost(latex: str, says: str) -> LinkRecord:
    """The record of a chain whose judging was ended."""
    shown = " ".join(latex.split())[:SHOWN_OF_LOST]
    return link_record(Judgment(shown, None, None, Undecided("killed", says)))


@lru_cache(CONTEXTS_KEPT)
def _context(text: str) -> Context | tuple[str, ...]:
    """The context that a text of JSON says, or the mistakes in it."""
    try:
        return context_of(json.loads(text))
    except AssignmentError as error:
        return tuple(map(str, error.mistakes))
