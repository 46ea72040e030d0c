"""Ranges and inequalities decided again; and evidence that does not show what it should is seen each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq, fmpq_poly

from tests.recheck.made import with_evidence_of, written
from verify.language import (
    Chain,
    Link,
    at_least,
    at_most,
    between,
    dims,
    equal,
    exp,
    fraction,
    greater,
    index,
    less,
    log,
    max_over,
    member,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    vector,
)
from verify.recheck import Malformed, Outcome, recheck
from verify.recheck.order import _shifted, _univariate

(n,) = dims("n")
x, z, c = vector("x", n), scalar("z"), scalar("c")
i, k = index("i", n), index("k", n)
largest, mass = max_over(i, x[i]), sum_over(i, exp(x[i]))
width = exp(z) + exp(-z)
quarter = fraction(1, 4)


def link(stated: Chain, *given: Chain) -> Link:
    (found,) = stated.links(tuple(each for hypothesis in given for each in hypothesis.links()))
    return found


SHOWN = [
    pytest.param(link(member(sigma(z), between(0, 1))), id="two ends that are only approached"),
    pytest.param(link(member(sigma.derivative(z), between(0, quarter, closed="high"))), id="an end at a double root"),
    pytest.param(link(member(tanh(z), between(-1, 1))), id="a negative end"),
    pytest.param(link(member(softmax(x)[k], between(0, 1, closed="high"))), id="n = 1, and n at least 2"),
    pytest.param(link(member(softmax(x)[k], between(0, 1)), at_least(n, 2)), id="n at least 2"),
    pytest.param(link(at_most(x[k] + c, 0), equal(c, -largest)), id="a maximum, by what a hypothesis defines"),
    pytest.param(link(at_most(exp(x[k] - largest), 1)), id="e to a slack"),
    pytest.param(link(less(largest, log(mass)), at_least(n, 2)), id="the largest of several exponentials"),
    pytest.param(link(less(0, -log(sigma(z)))), id="a logarithm, by e to it"),
    pytest.param(link(at_most(1 / n, 1)), id="a dimension"),
    pytest.param(link(greater(tanh.derivative(z), sigma.derivative(z)), less((width - 2) ** 2, 12)), id="hypothesis"),
    pytest.param(link(greater(tanh.derivative(z), sigma.derivative(z)), member(z, between(-1, 1))), id="exponents"),
    pytest.param(link(greater(z**2, 2), greater(z, fraction(3, 2))), id="a root that is no rational number"),
    pytest.param(link(at_least(exp(z / 2) + exp(-z / 2), 2)), id="a root of e^z"),
    pytest.param(link(less(0, exp(z) - 1), less(0, z)), id="e to what is positive"),
]


@pytest.mark.parametrize("shown", SHOWN)
def test_what_the_kernel_shows_is_shown_again(shown: Link) -> None:
    record = written(shown)
    assert record["verdict"] == "proved"
    assert "range" in record
    assert recheck(record) is Outcome.DECIDED


FALSE = [
    pytest.param(link(member(sigma(z), between(0, fraction(1, 2)))), id="half of the range"),
    pytest.param(link(member(sigma.derivative(z), between(0, quarter))), id="open where the end is attained"),
    pytest.param(link(less(x[k] + c, 0), equal(c, -largest)), id="strict where the slack may be 0"),
    pytest.param(link(greater(tanh.derivative(z), sigma.derivative(z))), id="a hypothesis forgotten"),
    pytest.param(link(greater(tanh.derivative(z), sigma.derivative(z)), member(z, between(-2, 2))), id="a wider one"),
    pytest.param(link(greater(z**2, 2), greater(z, 1)), id="a bound below the root"),
    pytest.param(link(greater(exp(z / 2) + exp(-z / 2), 2)), id="strict at a double root"),
    pytest.param(link(less(0, exp(z) - 1), at_most(0, z)), id="e to what may be 0"),
]


@pytest.mark.parametrize("true", SHOWN)
@pytest.mark.parametrize("false", FALSE)
def test_no_evidence_shows_what_is_false(true: Link, false: Link) -> None:
    """The quotients of one statement, given for another one."""
    record = with_evidence_of(written(true), written(false))
    if any(each["inequality"] >= len(record["statement"]["inequalities"]) for each in first(record)["given"]):
        with pytest.raises(Malformed, match="there is no such inequality"):
            recheck(record)
        return
    assert recheck(record) is Outcome.REJECTED


Change = Callable[[dict[str, Any]], None]


def first(record: dict[str, Any]) -> dict[str, Any]:
    """The last distance of the last case."""
    found: dict[str, Any] = record["range"][-1]["distances"][-1]
    return found


def end_opened(record: dict[str, Any]) -> None:
    record["statement"]["interval"][3] = False


def end_moved(record: dict[str, Any]) -> None:
    record["statement"]["interval"][2] = "1/5"


def root_left_out(record: dict[str, Any]) -> None:
    first(record)["roots"] = [each for each in first(record)["roots"] if each != ["1", "1"]]


def roots_left_out(record: dict[str, Any]) -> None:
    first(record)["roots"] = []


def root_in_a_wrong_interval(record: dict[str, Any]) -> None:
    first(record)["roots"] = [["2", "3"] if each == ["1", "1"] else each for each in first(record)["roots"]]


def two_roots_in_one_interval(record: dict[str, Any]) -> None:
    first(record)["roots"] = [["-2", "2"]]


def intervals_that_meet(record: dict[str, Any]) -> None:
    first(record)["roots"] = [["-1/2", "1/2"], ["1/2", "2"]]


def interval_turned_round(record: dict[str, Any]) -> None:
    first(record)["roots"] = [list(reversed(each)) for each in [["-2", "-1"], ["-1/2", "1/2"], ["1/2", "3/2"]]]


def quotient_doubled(record: dict[str, Any]) -> None:
    first(record)["above"] = [[str(2 * Fraction(c)), powers] for c, powers in first(record)["above"]]


def quotient_of_nothing(record: dict[str, Any]) -> None:
    first(record)["above"] = first(record)["below"] = []


def parameter_without_a_bound(record: dict[str, Any]) -> None:
    record["statement"]["terms"].append(["entry", ["z", [], 0], []])
    first(record)["parameters"] = [len(record["statement"]["terms"]) - 1]


def case_left_out(record: dict[str, Any]) -> None:
    record["range"] = []


def distance_left_out(record: dict[str, Any]) -> None:
    record["range"][0]["distances"].pop()


def by_exponentials(record: dict[str, Any]) -> None:
    first(record)["exponential"] = True


@pytest.mark.parametrize(
    "change",
    [
        end_opened,
        end_moved,
        root_left_out,
        roots_left_out,
        root_in_a_wrong_interval,
        two_roots_in_one_interval,
        intervals_that_meet,
        interval_turned_round,
        quotient_doubled,
        quotient_of_nothing,
        parameter_without_a_bound,
        case_left_out,
        distance_left_out,
        by_exponentials,
    ],
)
def test_evidence_that_is_changed_is_rejected(change: Change) -> None:
    record = written(link(member(sigma.derivative(z), between(0, quarter, closed="high"))))
    assert recheck(record) is Outcome.DECIDED
    change(record)
    assert recheck(record) is Outcome.REJECTED


def test_a_case_that_is_left_out_is_missed() -> None:
    record = written(link(member(softmax(x)[k], between(0, 1, closed="high"))))
    assert [case["ones"] for case in record["range"]] == [["n"], []]
    assert recheck(record | {"range": record["range"][:1]}) is Outcome.REJECTED
    assert recheck(record | {"range": record["range"][1:]}) is Outcome.REJECTED


def test_the_rest_of_a_sum_of_one_is_not_positive() -> None:
    """For n = 1 nothing is left of a sum without one of its terms."""
    record = written(link(member(softmax(x)[k], between(0, 1)), at_least(n, 2)))
    record["statement"]["least"] = []
    record["range"].append(json.loads(json.dumps(record["range"][0])) | {"ones": ["n"]})
    assert recheck(record) is Outcome.REJECTED


def test_a_number_beyond_the_power_of_e_bounds_nothing() -> None:
    record = written(link(greater(tanh.derivative(z), sigma.derivative(z)), member(z, between(-1, 1))))
    lines = [each for each in first(record)["given"] if "number" in each]
    assert len(lines) == 2
    for each in lines:
        each["number"] = {"1": "11/4", "-1": "1/3"}[each["slope"]] if each["slope"] == "-1" else "1/2"
    assert recheck(record) is Outcome.REJECTED


@pytest.mark.parametrize("false", FALSE)
def test_a_counterexample_is_seen_again(false: Link) -> None:
    record = written(false)
    assert record["verdict"] == "refuted"
    assert recheck(record) is Outcome.DECIDED
    assert not recheck(record | {"verdict": "proved"}).decided
    record["witness"]["inputs"] = {
        name: [["1/7" for _ in row] for row in rows] for name, rows in record["witness"]["inputs"].items()
    }
    assert recheck(record) in (Outcome.DECIDED, Outcome.REJECTED)


@pytest.mark.parametrize(("parameter", "power"), [(3, 1), (6, 2)], ids=["e to a logarithm", "the square of a root"])
def test_a_parameter_is_defined_wherever_the_statement_is(parameter: int, power: int) -> None:
    """Any number z is e^(log z), which is positive, but only where z is."""
    record = written(link(greater(exp(z), 0)))
    stated = record["statement"]
    place = next(at for at, node in enumerate(stated["terms"]) if node[0] == "entry")
    many = len(stated["terms"])
    stated["terms"] += [["log", place], ["number", "1/2"], ["mul", [many + 1, many]], ["exp", many], ["exp", many + 2]]
    parameters = {3: many + 3, 6: many + 4}
    own = {
        "parameters": [parameters[parameter]],
        "above": [["1", [power]]],
        "below": [["1", [0]]],
        "given": [],
        "roots": [],
    }
    record["range"] = [{"ones": [], "distances": [own | {"exponential": False}]}]
    stated["left"] = place
    assert recheck(record) is Outcome.REJECTED
    stated["defined"] = [many]
    assert recheck(record) is Outcome.DECIDED


def test_e_to_what_is_negative_is_below_1_and_no_other_number() -> None:
    record = written(link(less(exp(z), 1), less(z, 0)))
    (line,) = [each for each in first(record)["given"] if "number" in each]
    assert (line["slope"], line["constant"], line["number"]) == ("-1", "0", "1")
    assert recheck(record) is Outcome.DECIDED
    for other in ("1/2", "2", "0"):
        line["number"] = other
        assert recheck(record) is Outcome.REJECTED


def test_polynomials_moved_and_read() -> None:
    """(x + 2)^2 (y + 1) is 4 + 4 x + x^2 + 4 y + 4 x y + x^2 y; of one parameter by its powers, 0 for nothing."""
    moved = _shifted({(2, 1): fmpq(1)}, (fmpq(2), fmpq(1)))
    assert moved == {(0, 0): 4, (1, 0): 4, (2, 0): 1, (0, 1): 4, (1, 1): 4, (2, 1): 1}
    assert _shifted({(3,): fmpq(5)}, (fmpq(0),)) == {(3,): 5}
    assert _shifted({(1,): fmpq(1), (0,): fmpq(-2)}, (fmpq(2),)) == {(1,): 1}
    assert _univariate({(2,): fmpq(3), (0,): fmpq(-1)}) == fmpq_poly([-1, 0, 3])
    assert _univariate({(): fmpq(7)}) == fmpq_poly([7])
    assert _univariate({}) == fmpq_poly([])
