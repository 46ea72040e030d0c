"""The second judge on all rows of the tables: what is plain is decided, the rest accepted, what is false is not."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

import pytest
from _pytest.mark import ParameterSet

from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, Row, one_link
from verify.kernel.certificate import FORMAT, statement_json
from verify.kernel.statement import statement
from verify.kernel.term import Unsupported
from verify.language import Interval
from verify.recheck import Outcome, recheck

TEN = 10
# A statement of these nodes alone, without hypotheses, is decided by small sizes: all but a few poles, and those in one
# or two of the tens.
PLAIN = {"number", "size", "entry", "delta", "add", "mul", "sum", "pow", "exp", "function", "dependence"}
FEW = 3


@cache
def records(rows: tuple[ParameterSet, ...]) -> list[tuple[str, dict[str, Any]]]:
    """Certificates that say of the rows of a table that they are proved, with the reason of each."""
    found = []
    for each in rows:
        left, right, given = cast(Row, each.values)
        link = one_link(left, right, given)
        assert not isinstance(link.right, tuple | Interval)
        try:
            stated = statement_json(statement(link.left, link.right, link.given))
        except Unsupported:
            continue
        record = {"format": FORMAT, "verdict": "proved", "statement": stated}
        found.append((str(each.id), json.loads(json.dumps(record))))
    return found


def parts(rows: list[ParameterSet]) -> list[ParameterSet]:
    """Ten rows, and the next ten, and so on."""
    starts = range(0, len(rows), TEN)
    return [pytest.param(tuple(rows[start : start + TEN]), id=f"from {start} on") for start in starts]


@pytest.mark.parametrize("rows", parts(ALWAYS_PROVED))
def test_what_is_true(rows: tuple[ParameterSet, ...]) -> None:
    """Expectations are left to other tests, for the time that they take."""
    left: list[str] = []
    for why, record in records(rows):
        stated = record["statement"]
        kinds = {node[0] for node in stated["terms"]}
        if "expectation" in kinds:
            continue
        outcome = recheck(record)
        assert outcome is not Outcome.REJECTED, why
        if kinds <= PLAIN and not stated["given"] and not stated["positive"] and outcome is not Outcome.DECIDED:
            left.append(why)
    assert len(left) <= FEW, left


@pytest.mark.parametrize("rows", parts(NEVER_PROVED))
def test_what_is_false(rows: tuple[ParameterSet, ...]) -> None:
    for why, record in records(rows):
        assert not recheck(record).accepted, why
