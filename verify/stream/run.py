"""The loop: a line is read, answered and flushed, and then the next one is read."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from verify.stream.answers import Answered, Asked, answer, lost
from verify.stream.lines import Fault, Request, lines_of, request_of
from verify.stream.worker import Lost, Worker

SECONDS, MEGABYTES = 60.0, 4000
ANSWERS_KEPT, LONGEST_KEPT = 10_000, 20_000


@dataclass
class Outcome:
    """What came of all lines: whether all that was checked is proved, and whether something of ours broke."""

    checked: int = 0
    failed: int = 0
    broken: int = 0

    @property
    def passed(self) -> bool:
        """Whether something was checked, all of it is proved, and every line could be answered."""
        return self.checked > 0 and self.failed == 0

    def count(self, verdict: str) -> None:
        """Take in the verdict on one link."""
        self.checked += verdict != "stated"
        self.failed += verdict not in ("proved", "stated")


@dataclass
class _Kept:
    """Answers to lines that were met before; the oldest are forgotten."""

    known: OrderedDict[Asked, Answered] = field(default_factory=OrderedDict)

    def find(self, asked: Asked) -> Answered | None:
        found = self.known.get(asked)
        if found is not None:
            self.known.move_to_end(asked)
        return found

    def keep(self, asked: Asked, answered: Answered) -> None:
        if len(asked.latex) + len(asked.context) <= LONGEST_KEPT:
            self.known[asked] = answered
            if len(self.known) > ANSWERS_KEPT:
                self.known.popitem(last=False)


def answer_lines(
    stream: IO[bytes],
    write: Callable[[str], object],
    *,
    timings: bool = False,
    certificates: bool = False,
    diagnosed: bool = False,
) -> Outcome:
    r"""Answer each line of a stream by a line of JSON, in order.

    >>> from io import BytesIO
    >>> written = []
    >>> outcome = answer_lines(BytesIO(b'{"id": 1, "latex": "2 + 2 = 4"}\n{"id": 2,'), written.append)
    >>> [list(json.loads(line)) for line in written], outcome.passed
    ([['id', 'links'], ['id', 'error']], False)
    """
    outcome, kept = Outcome(), _Kept()
    adds = {"certificates": certificates, "diagnosed": diagnosed}
    with Worker(answer, seconds=SECONDS, megabytes=MEGABYTES) as worker:
        for number, line in lines_of(stream):
            request = request_of(line)
            if isinstance(request, Fault):
                record = _refused(request.id, number, request.mistakes)
                outcome.failed += 1
            else:
                asked = Asked(request.latex, request.context, **adds)
                found = kept.find(asked) or worker.ask(asked)
                if isinstance(found, Answered) and not found.mistakes:
                    kept.keep(asked, found)
                record = _answered(request, number, found, outcome, timings=timings)
            write(json.dumps(record))
    return outcome


def _answered(
    request: Request, number: int, found: Answered | Lost, outcome: Outcome, *, timings: bool
) -> dict[str, object]:
    match found:
        case Answered(mistakes=()):
            for link in found.links:
                outcome.count(link["verdict"])
            seconds = {"seconds": round(found.seconds, 6)} if timings else {}
            return {"id": request.id, "links": found.links, **seconds}
        case Answered():
            outcome.failed += 1
            return _refused(request.id, number, found.mistakes)
        case Lost(killed=True):
            outcome.count("undecided")
            return {"id": request.id, "links": [lost(request.latex, found.says)]}
        case Lost():
            outcome.broken += 1
            return _error(request.id, number, "ours", (f"an error of ours: {found.says}",))


def _refused(name: object, number: int, mistakes: tuple[str, ...]) -> dict[str, object]:
    return _error(name, number, "request", mistakes)


def _error(name: object, number: int, reason: str, mistakes: tuple[str, ...]) -> dict[str, object]:
    return {"id": name, "error": {"reason": reason, "line": number, "mistakes": list(mistakes)}}
