"""A line that asks for the verdicts on a chain: its JSON, taken apart with care."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO

LONGEST_LINE = 10_000_000
KEYS = ("id", "latex", "context")


@dataclass(frozen=True)
class Request:
    """A chain to be judged: its name, its LaTeX, and what its names mean, as JSON with sorted keys."""

    id: object
    latex: str
    context: str


@dataclass(frozen=True)
class Fault:
    """Why a line cannot be answered; ``id`` is that of the line, where it has one."""

    id: object
    mistakes: tuple[str, ...]


def lines_of(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    r"""The lines of a stream that are not blank, with their numbers; nothing for one too long to be held.

    >>> from io import BytesIO
    >>> list(lines_of(BytesIO(b'{"id": 1}\n\n{"id": 2}')))
    [(1, b'{"id": 1}'), (3, b'{"id": 2}')]
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield number, None
        elif line.strip():
            yield number, line.strip()


def request_of(line: bytes | None) -> Request | Fault:
    r"""What a line asks.

    >>> request_of(b'{"id": "7", "latex": "a = a", "context": {"names": {"a": "scalar"}}}').context
    '{"names": {"a": "scalar"}}'
    >>> request_of(b'{"id": "7", "latxe": "a = a"}').mistakes
    ("latxe: unknown key; did you mean 'latex'?", 'latex: missing')
    """
    if line is None:
        return Fault(None, (f"a line of more than {LONGEST_LINE} bytes",))
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Fault(None, (f"this is not UTF-8: byte {line[error.start]:#04x} at column {error.start + 1}",))
    except RecursionError:
        return Fault(None, ("this is nested too deeply",))
    except ValueError as error:
        return Fault(None, (f"this is not JSON: {error}",))
    if not isinstance(record, dict):
        return Fault(None, ('expected an object, {"id": …, "latex": …, "context": …}',))
    mistakes = _mistakes(record)
    if mistakes:
        return Fault(record.get("id"), mistakes)
    context = record.get("context") or {}
    return Request(record.get("id"), record["latex"], json.dumps(context, sort_keys=True))


def _mistakes(record: dict[str, object]) -> tuple[str, ...]:
    found = []
    for key in record:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1, 0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(KEYS)}"
            found.append(f"{key}: unknown key; {hint}")
    if not isinstance(record.get("latex"), str):
        found.append("latex: missing" if record.get("latex") is None else "latex: expected a text")
    if not isinstance(record.get("context", {}), dict | None):
        found.append("context: expected an object")
    return tuple(found)
