"""Limits decided again; and evidence that does not show what it should is seen each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.recheck.made import written
from verify.language import Link, dims, exp, fraction, log, oo, scalar, sigma, tanh, tends_to
from verify.recheck import Malformed, Outcome, recheck

(n,) = dims("n")
z = scalar("z")


def link(e: Any, to: Any, **where: Any) -> Link:
    (found,) = tends_to(e, to, **where).links()
    return found


SHOWN = [
    pytest.param(link(sigma(z), 1, z=oo), id="equal growth above and below"),
    pytest.param(link(sigma.derivative(z), 0, z=oo), id="the denominator grows faster"),
    pytest.param(link(sigma.derivative(z), 0, z=-oo), id="and so far below"),
    pytest.param(link(tanh(z), -1, z=-oo), id="a negative limit"),
    pytest.param(link(z**3 / (1 + z**2), -oo, z=-oo), id="an odd power, far below"),
    pytest.param(link((n + 2) / (2 * (n + 1)), fraction(1, 2), n=oo), id="a dimension"),
    pytest.param(link(fraction(1, 4) ** n, 0, n=oo), id="a power of a number"),
    pytest.param(link(fraction(3, 2) ** n / n, oo, n=oo), id="which grows faster than the dimension"),
    pytest.param(link(log(1 + exp(z)) / z, 1, z=oo), id="a logarithm that is as good as its rate"),
    pytest.param(link(log(1 + exp(z)), 0, z=-oo), id="a logarithm of what tends to 1"),
    pytest.param(link(log(1 + z**2) / z, 0, z=oo), id="a logarithm of a power"),
]


@pytest.mark.parametrize("shown", SHOWN)
def test_a_limit_is_shown_again(shown: Link) -> None:
    record = written(shown)
    assert record["verdict"] == "proved"
    assert recheck(record) is Outcome.DECIDED
    assert recheck(record | {"verdict": "refuted"}) is Outcome.REJECTED


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("other", ["0", "1", "-1", "1/2", "2", "oo", "-oo"])
def test_another_limit_is_not(shown: Link, other: str) -> None:
    record = written(shown)
    if other != record["statement"]["limit"]:
        record["statement"]["limit"] = other
        assert recheck(record) is Outcome.REJECTED
        assert recheck(record | {"verdict": "refuted"}) is Outcome.DECIDED


FALSE = [
    pytest.param(link(sigma(z), 0, z=oo), id="the other end"),
    pytest.param(link(log(1 + exp(z)) / z, 0, z=oo), id="flat"),
    pytest.param(link(n / (n + 1), 0, n=oo), id="a dimension"),
]


@pytest.mark.parametrize("false", FALSE)
def test_a_wrong_limit_is_refuted_again(false: Link) -> None:
    record = written(false)
    assert record["verdict"] == "refuted"
    assert recheck(record) is Outcome.DECIDED
    assert recheck(record | {"verdict": "proved"}) is Outcome.REJECTED


Change = Callable[[dict[str, Any]], object]


def of_exponential(record: dict[str, Any]) -> dict[str, Any]:
    """What is said of the function that is e to the variable."""
    found: dict[str, Any] = record["growth"]["functions"][0]
    return found


CHANGES: list[tuple[str, Change]] = [
    ("a rate that is not its own", lambda r: of_exponential(r).update(rate="2")),
    ("a rate with the wrong sign", lambda r: of_exponential(r).update(rate="-1")),
    ("nothing of how it grows", lambda r: of_exponential(r).pop("rate")),
    ("a base instead", lambda r: r["growth"].update(functions=[{"place": of_exponential(r)["place"], "base": "2"}])),
    ("the numerator doubled", lambda r: r["growth"]["above"].append(["1", [3]])),
    ("the denominator left out", lambda r: r["growth"].update(below=[["1", [0]]])),
    ("no denominator", lambda r: r["growth"].update(below=[], above=[])),
    ("the other direction", lambda r: r["statement"].update(towards=[r["statement"]["towards"][0], -1])),
]


@pytest.mark.parametrize(("why", "change"), CHANGES)
def test_evidence_that_is_changed_is_rejected(why: str, change: Change) -> None:
    record = written(link(sigma(z), 1, z=oo))
    assert recheck(record) is Outcome.DECIDED
    change(record)
    assert recheck(record) is Outcome.REJECTED, why


def test_a_logarithm_of_what_tends_to_one_needs_the_rest() -> None:
    record = written(link(log(1 + exp(z)), 0, z=-oo))
    (function,) = [each for each in record["growth"]["functions"] if "argument" in each]
    del function["less_one"]
    assert recheck(record) is Outcome.REJECTED


def test_of_a_base_beside_a_rate_nothing_is_said() -> None:
    """2^n below e^n: that e is more than 2 is not known here."""
    record = written(link(fraction(1, 4) ** n, 0, n=oo))
    terms = record["statement"]["terms"]
    terms.append(["exp", record["statement"]["towards"][0]])
    record["growth"]["functions"].append({"place": len(terms) - 1, "rate": "1"})
    for part in ("above", "below"):
        record["growth"][part] = [[c, [*powers, 1]] for c, powers in record["growth"][part]]
    assert recheck(record) is Outcome.REJECTED


REFUSED: list[tuple[Change, str]] = [
    (lambda r: r.pop("growth"), "the record: the key 'growth' is missing"),
    (lambda r: r["statement"].pop("limit"), "statement: the key 'limit' is missing"),
    (lambda r: r["statement"].update(towards=[0, 0]), "statement.towards: a number or a dimension was expected"),
    (lambda r: r["statement"].update(relation="="), "statement.relation: growth shows a limit alone"),
    (lambda r: r["statement"].update(positive=[["z", [], 0]]), "statement: a limit under hypotheses"),
    (lambda r: r["growth"]["functions"].pop(), "growth.above: 0 exponents were expected"),
    (lambda r: r["growth"]["functions"][0].update(place=99), "growth.functions[0]: there is no node at 99"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
def test_what_is_no_certificate_of_a_limit(change: Change, says: str) -> None:
    record = written(link(sigma(z), 1, z=oo))
    change(record)
    with pytest.raises(Malformed) as refused:
        recheck(record)
    assert str(refused.value).startswith(says)


def test_logarithms_of_logarithms_end() -> None:
    record = written(link(sigma(z), 1, z=oo))
    inner = record["growth"]
    for _ in range(10):
        inner = {"functions": [{"place": 0, "argument": inner}], "above": [], "below": []}
    with pytest.raises(Malformed, match="nested too deeply"):
        recheck(record | {"growth": inner})


def test_the_same_number_in_other_words_is_no_other_limit() -> None:
    """That sigma tends to 2/2 is not refuted by its tending to 1."""
    record = written(link(sigma(z), 1, z=oo))
    record["statement"]["limit"] = "2/2"
    assert recheck(record) is Outcome.DECIDED
    assert recheck(record | {"verdict": "refuted"}) is Outcome.REJECTED


@pytest.mark.parametrize("limit", ["", "1.0", "+oo", "infinity", 1])
def test_what_is_no_limit(limit: object) -> None:
    record = written(link(sigma(z), 1, z=oo))
    record["statement"]["limit"] = limit
    with pytest.raises(Malformed, match="a rational number was expected"):
        recheck(record)
