"""Equations with inverse matrices by steps: true ones are decided; steps that show nothing, or the wrong, are seen."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.recheck.made import pretended, written
from verify.language import Chain, Link, dims, equal, identity, index, matrix, scalar, tr, vector
from verify.recheck import Malformed, Outcome, recheck

m, n = dims("m n")
A, B, X = matrix("A", n, n), matrix("B", n, n), matrix("X", m, n)
P, Q = matrix("P", n, m), matrix("Q", m, n)
u, v, x, c = vector("u", n), vector("v", n), vector("x", n), scalar("c")
i, k = index("i", n), index("k", n)
ONE = identity(n)
OVER = [[["n"], "1"]]
J, R, S = (["fresh", "of a step", number, OVER] for number in (901, 902, 903))


def link(stated: Chain) -> Link:
    (found,) = stated.links()
    return found


TRUE = [
    pytest.param(link(equal(A * A**-1, ONE)), id="from the right"),
    pytest.param(link(equal(A**-1 * A, ONE)), id="from the left"),
    pytest.param(link(equal((A * B) ** -1, B**-1 * A**-1)), id="of a product"),
    pytest.param(link(equal((A.T) ** -1, (A**-1).T)), id="of a transpose"),
    pytest.param(link(equal((A**-1) ** -1, A)), id="of an inverse"),
    pytest.param(link(equal(A**-1 - B**-1, A**-1 * (B - A) * B**-1)), id="a difference"),
    pytest.param(link(equal(tr(B**-1 * A * B), tr(A))), id="a trace"),
    pytest.param(link(equal((ONE + P * Q) ** -1 * P, P * (identity(m) + Q * P) ** -1)), id="pushed through"),
    pytest.param(
        link(equal((A + u * v.T) ** -1, A**-1 - A**-1 * u * v.T * A**-1 / (1 + v.T * A**-1 * u))), id="a rank more"
    ),
    pytest.param(
        link(equal((X.T * X + c * ONE) ** -1 * (X.T * X), ONE - c * (X.T * X + c * ONE) ** -1)),
        id="a product beside a sum",
    ),
]


@pytest.mark.parametrize("stated", TRUE)
def test_what_is_shown(stated: Link) -> None:
    record = written(stated)
    assert record["vanishing"]
    assert recheck(record) is Outcome.DECIDED
    del record["vanishing"]
    assert recheck(record) is Outcome.TESTED


@pytest.mark.parametrize("stated", TRUE)
def test_every_step_is_needed(stated: Link) -> None:
    """With a side for a reason a statement is not shown, nor without one of several steps."""
    record = written(stated)
    last, side = len(record["vanishing"]) - 1, record["statement"]["left"]
    for place, (node, _) in enumerate(record["vanishing"]):
        for changed in ([[node, side]], []) if 1 < last > place else ([[node, side]],):
            altered = copy.deepcopy(record)
            altered["vanishing"][place : place + 1] = changed
            assert recheck(altered) is Outcome.REJECTED


FALSE = [
    pytest.param(link(equal(A * A**-1, 2 * ONE)), link(equal(A * A**-1, ONE)), id="twice the unit matrix"),
    pytest.param(link(equal(A * (A.T) ** -1, ONE)), link(equal(A * A**-1, ONE)), id="turned round"),
    pytest.param(link(equal((A * B) ** -1, A**-1 * B**-1)), link(equal((A * B) ** -1, B**-1 * A**-1)), id="the order"),
    pytest.param(link(equal(A * B**-1, ONE)), link(equal(A * A**-1, ONE)), id="of another matrix"),
]


@pytest.mark.parametrize(("false", "true"), FALSE)
def test_the_steps_of_another_statement_show_nothing(false: Link, true: Link) -> None:
    record, other = pretended(false), written(true)
    many = len(record["statement"]["terms"])
    record["statement"]["terms"] += [moved(node, many) for node in other["statement"]["terms"]]
    record["vanishing"] = [[place + many for place in step] for step in other["vanishing"]]
    assert recheck(record) is Outcome.REJECTED


def moved(node: list[Any], by: int) -> list[Any]:
    """A node whose parts have moved."""
    match node:
        case ["add" | "mul" as kind, places]:
            return [kind, [place + by for place in places]]
        case ["pow", place, exponent]:
            return ["pow", place + by, exponent]
        case ["sum", index, place]:
            return ["sum", index, place + by]
        case ["inverse", at, own, place]:
            return ["inverse", at, own, place + by]
        case _:
            return node


class Steps:
    """A certificate whose steps are written by hand."""

    def __init__(self, stated: Link) -> None:
        self.record = pretended(stated)
        self.terms: list[Any] = self.record["statement"]["terms"]
        self.indices: list[Any] = self.record["statement"]["indices"]

    def add(self, *node: Any) -> int:
        self.terms.append(list(node))
        return len(self.terms) - 1

    def entry(self, symbol: str, *at: Any) -> int:
        (variable,) = {
            str(each[1]): each[1] for each in self.terms if each[0] == "entry" and each[1][0] == symbol
        }.values()
        return self.add("entry", variable, list(at) + [1] * (len(variable[1]) - len(at)))

    def inverse(self, symbol: str, *at: Any) -> int:
        return self.add("inverse", list(at), [R, S], self.entry(symbol, R, S))

    def relation(self, first: int, second: int, *ends: Any, over: Any = J, sign: str = "-1") -> int:
        """The sum over an index of a product, less a delta."""
        unit = self.add("mul", [self.add("number", sign), self.add("delta", *ends)])
        return self.add("add", [self.add("sum", over, self.add("mul", [first, second])), unit])

    def by(self, reason: int) -> Outcome:
        return recheck(self.record | {"vanishing": [[reason, reason]]})


def test_a_relation_by_hand() -> None:
    steps = Steps(link(equal(A * A**-1, ONE)))
    row, column = steps.indices
    assert (
        steps.by(steps.relation(steps.entry("A", row, J), steps.inverse("A", J, column), row, column))
        is Outcome.DECIDED
    )


WRONG: list[Any] = [
    pytest.param(
        equal(A * A.T, ONE),
        lambda s, row, column: s.relation(s.entry("A", row, J), s.entry("A", column, J), row, column),
        id="without an inverse",
    ),
    pytest.param(
        equal(A * A**-1, 2 * ONE),
        lambda s, row, column: s.relation(s.entry("A", row, J), s.inverse("A", J, column), row, column, sign="-2"),
        id="less twice the unit matrix",
    ),
    pytest.param(
        equal(A * A**-1, -ONE),
        lambda s, row, column: s.relation(s.entry("A", row, J), s.inverse("A", J, column), row, column, sign="1"),
        id="and the unit matrix",
    ),
    pytest.param(
        equal(A * (A**-1).T, ONE),
        lambda s, row, column: s.relation(s.entry("A", row, J), s.inverse("A", column, J), row, column),
        id="an inverse turned round",
    ),
    pytest.param(
        equal(A.T * A**-1, ONE),
        lambda s, row, column: s.relation(s.entry("A", J, row), s.inverse("A", J, column), row, column),
        id="a matrix turned round",
    ),
    pytest.param(
        equal(A * A**-1 - ONE, A**-1 - A**-1 + B - B),
        lambda s, row, column: s.relation(s.entry("A", row, J), s.inverse("B", J, column), row, column),
        id="the inverse of another matrix, that is not in the statement",
    ),
    pytest.param(
        equal((A * A**-1)[i, i] * x[i], 0),
        lambda s, row: s.add("mul", [divided(s, row, -1), divided(s, row, 1), s.entry("x", row), unit(s, row)]),
        id="divided by what is 0",
    ),
    pytest.param(
        equal(x[i], 0),
        lambda s, row: s.add("mul", [s.add("number", "-1"), s.entry("x", row), nothing(s, row)]),
        id="the inverse of 0",
    ),
    pytest.param(
        equal(x[i] * A[i, k], x[i]),
        lambda s, *_: s.add("add", [s.record["statement"]["left"], s.record["statement"]["right"]]),
        id="by nothing",
    ),
]


def unit(s: Steps, row: Any) -> int:
    """An entry on the diagonal of a matrix times its inverse."""
    return s.add("sum", J, s.add("mul", [s.entry("A", row, J), s.inverse("A", J, row)]))


def divided(s: Steps, row: Any, power: int) -> int:
    """A power of what says that a matrix times its inverse is the unit matrix."""
    relation = s.relation(s.entry("A", row, J), s.inverse("A", J, row), row, row)
    return s.add("pow", relation, power) if power < 0 else relation


def nothing(s: Steps, row: Any) -> int:
    """The matrix 0 times its inverse, less 1: that is -1."""
    zero = s.add("number", "0")
    return s.relation(zero, s.add("inverse", [J, row], [R, S], zero), row, row)


@pytest.mark.parametrize(("stated", "reason"), WRONG)
def test_what_shows_nothing(stated: Chain, reason: Callable[..., int]) -> None:
    steps = Steps(link(stated))
    assert steps.by(reason(steps, *steps.indices)) is Outcome.REJECTED


def test_what_is_defined_nowhere_is_not_shown() -> None:
    """Where the matrix 0 is inverted everything is true, and nothing said."""
    steps = Steps(link(equal(x[i], 0)))
    (row,) = steps.indices
    zero = steps.add("number", "0")
    inverse = steps.add("inverse", [row, row], [R, S], zero)
    record = steps.record["statement"]
    record["left"] = steps.add("add", [record["left"], steps.add("mul", [zero, inverse])])
    record["defined"] = [inverse]
    reason = steps.add("mul", [steps.add("number", "-1"), steps.entry("x", row), nothing(steps, row)])
    assert steps.by(reason) is Outcome.REJECTED


def malformed() -> Iterator[Any]:
    record = written(link(equal(A * A**-1, ONE)))
    many = len(record["statement"]["terms"])
    for steps, says in (
        ([], "1 to 100 entries were expected"),
        ([[many, 0]], "there is no node"),
        ([[0]], "2 to 2 entries were expected"),
        ([["0", 0]], "a whole number"),
        ("all", "a list was expected"),
    ):
        yield pytest.param(record | {"vanishing": steps}, says, id=says)


@pytest.mark.parametrize(("record", "says"), list(malformed()))
def test_steps_that_are_none(record: Any, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        recheck(record)
