"""Certificates to be judged: as they are after writing and reading JSON."""

from __future__ import annotations

import json
from typing import Any

from verify.check import check
from verify.kernel.certificate import FORMAT, certificate, statement_json
from verify.kernel.statement import statement
from verify.language import Interval, Link, Proved, Refuted


def written(link: Link) -> dict[str, Any]:
    """The certificate of a link that is proved or refuted."""
    verdict = check(link).verdict
    assert isinstance(verdict, Proved | Refuted)
    record = certificate(link, verdict)
    assert record is not None
    read: dict[str, Any] = json.loads(json.dumps(record))
    return read


def pretended(link: Link) -> dict[str, Any]:
    """A certificate that says of a statement, true or not, that it was proved."""
    assert not isinstance(link.right, tuple | Interval)
    stated = statement_json(statement(link.left, link.right, link.given))
    record: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, "verdict": "proved", "statement": stated}))
    return record


def with_evidence_of(true: dict[str, Any], false: dict[str, Any]) -> dict[str, Any]:
    """The certificate of a statement with the evidence of another one, whose nodes are put behind its own."""
    many = len(false["statement"]["terms"])
    terms = [*false["statement"]["terms"], *(_moved(node, many) for node in true["statement"]["terms"])]
    evidence = json.loads(json.dumps(true["range"]))
    for distance in (each for case in evidence for each in case["distances"]):
        distance["parameters"] = [place + many for place in distance["parameters"]]
    stated = false["statement"] | {
        "terms": terms,
        "dimensions": sorted({*false["statement"]["dimensions"], *true["statement"]["dimensions"]}),
        "indices": false["statement"]["indices"] or true["statement"]["indices"],
    }
    return {"format": FORMAT, "verdict": "proved", "statement": stated, "range": evidence}


def _moved(node: list[Any], by: int) -> list[Any]:
    """A node whose parts have moved."""
    match node:
        case ["add" | "mul" as kind, places]:
            return [kind, [place + by for place in places]]
        case ["exp" | "log" as kind, place]:
            return [kind, place + by]
        case ["pow", place, exponent]:
            return ["pow", place + by, exponent]
        case ["sum" | "max" as kind, index, place]:
            return [kind, index, place + by]
        case _:
            return node
