"""What is no certificate is refused with its place, whatever is wrong with it, and never ends in another error."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from tests.recheck.made import written
from verify.cli import Exit, program
from verify.language import between, dims, equal, exp, index, less, member, scalar, sigma, sum_over, vector
from verify.recheck import Malformed, Outcome, recheck

(n,) = dims("n")
x, z, i = vector("x", n), scalar("z"), index("i", n)

Change = Callable[[dict[str, Any]], object]


def refuted() -> dict[str, Any]:
    """A certificate with a witness."""
    (link,) = equal(sum_over(i, x[i] ** 2), sum_over(i, x[i])).links()
    return written(link)


def ranged() -> dict[str, Any]:
    """A certificate with evidence of a range."""
    (link,) = member(sigma(z), between(0, 1)).links()
    return written(link)


CHANGES = [
    (lambda c: c.pop("statement"), "the record: the key 'statement' is missing"),
    (lambda c: c.pop("verdict"), "the record: the key 'verdict' is missing"),
    (lambda c: c.pop("witness"), "the record: the key 'witness' is missing"),
    (lambda c: c.update(verdict="true"), "verdict: one of proved, refuted was expected"),
    (lambda c: c.update(more=1), "the record: the key 'more' is not known"),
    (lambda c: c.update(statement=[]), "statement: an object was expected"),
    (lambda c: c["statement"].update(left=-1), "statement.left: a whole number from 0 to 10000 was expected"),
    (lambda c: c["statement"].update(left=True), "statement.left: a whole number from 0 to 10000 was expected"),
    (lambda c: c["statement"].update(left=9999), "statement.left: there is no node at 9999"),
    (lambda c: c["statement"].update(left=1.0), "statement.left: a whole number from 0 to 10000 was expected"),
    (lambda c: c["statement"]["terms"].__setitem__(0, "exp"), "statement.terms[0]: a list was expected"),
    (lambda c: c["statement"]["terms"].__setitem__(0, []), "statement.terms[0]: a node was expected"),
    (lambda c: c["statement"]["terms"].__setitem__(0, ["exp", 0]), "statement.terms[0]: it names a part that does"),
    (lambda c: c["statement"]["terms"].__setitem__(0, ["add", []]), "statement.terms[0]: a sum or a product of noth"),
    (lambda c: c["statement"]["terms"].__setitem__(0, ["number", "1/0"]), "statement.terms[0][1]: a rational number"),
    (lambda c: c["statement"]["terms"].__setitem__(0, ["number", "9" * 400]), "statement.terms[0][1]: a rational"),
    (lambda c: c["statement"]["terms"].__setitem__(0, ["number", "NaN"]), "statement.terms[0][1]: a rational number"),
    (lambda c: c["statement"]["terms"][0][2].pop(), "statement.terms[0]: it has not one subscript for each axis"),
    (lambda c: c["statement"]["dimensions"].clear(), "statement.terms[0][1][1][0]: the dimension ['n'] is not among"),
    (lambda c: c["witness"].update(sizes={}), "witness.sizes: ['n'] is missing"),
    (lambda c: c["witness"].update(sizes={"n": 10**9}), "witness.sizes.n: a whole number from 1 to 50 was expected"),
    (lambda c: c["witness"]["inputs"]["x"].clear(), "witness.inputs.x: there is no entry in row 1, column 1"),
    (lambda c: c["witness"]["inputs"]["x"][0].clear(), "witness.inputs.x: there is no entry in row 1, column 1"),
    (lambda c: c["witness"]["inputs"]["x"][0].__setitem__(0, "a"), "witness.inputs.x[0][0]: a rational number was"),
    (lambda c: c["witness"]["inputs"]["x"][0].__setitem__(0, 1.5), "witness.inputs.x[0][0]: a rational number was"),
    (lambda c: c["witness"].update(chances=[{}]), "witness.chances[0]: the key 'entries' is missing"),
]


@pytest.mark.parametrize(("change", "says"), CHANGES)
def test_a_refutation_that_is_none(change: Change, says: str) -> None:
    record = refuted()
    assert recheck(record) is Outcome.DECIDED
    change(record)
    with pytest.raises(Malformed) as refused:
        recheck(record)
    assert str(refused.value).startswith(says)


RANGES = [
    (lambda c: c["statement"].pop("interval"), "statement: the key 'interval' is missing"),
    (lambda c: c["statement"].update(relation="="), "the record: a range shows no equation"),
    (lambda c: c["statement"].update(relation="!="), "statement.relation: one of =, <, <=, >, >=, in, to was expected"),
    (lambda c: c.update(range={}), "range: a list was expected"),
    (lambda c: c["range"][0]["distances"][0].update(parameters=[99]), "range[0].distances[0].parameters[0]: there is"),
    (lambda c: c["range"][0]["distances"][0]["above"][0][1].append(1), "range[0].distances[0].above: 1 exponents"),
    (lambda c: c["range"][0]["distances"][0].update(above=[["1", [0]]] * 2), "range[0].distances[0].above: a term"),
    (lambda c: c["range"][0]["distances"][0].update(roots=[["0"]]), "range[0].distances[0].roots[0]: 2 to 2 entries"),
]


@pytest.mark.parametrize(("change", "says"), RANGES)
def test_evidence_that_is_none(change: Change, says: str) -> None:
    record = ranged()
    change(record)
    with pytest.raises(Malformed) as refused:
        recheck(record)
    assert str(refused.value).startswith(says)


def tower(depth: int) -> dict[str, Any]:
    """A certificate about a term that is nested."""
    record = written(equal(exp(z), exp(z)).links()[0])
    terms = record["statement"]["terms"]
    for _ in range(depth):
        terms.append(["exp", len(terms) - 1])
    record["statement"]["left"] = record["statement"]["right"] = len(terms) - 1
    return record


def doubled(times: int) -> dict[str, Any]:
    """A certificate about a term that has 2 to a power of parts."""
    record = tower(0)
    terms = record["statement"]["terms"]
    for _ in range(times):
        terms.append(["mul", [len(terms) - 1, len(terms) - 1]])
    record["statement"]["left"] = record["statement"]["right"] = len(terms) - 1
    return record


@pytest.mark.parametrize("made", [lambda: tower(200), lambda: doubled(40)], ids=["deep", "many times the same"])
def test_what_is_too_large_is_refused(made: Callable[[], dict[str, Any]]) -> None:
    with pytest.raises(Malformed, match="it is too large or too deep"):
        recheck(made())


def test_powers_of_powers_are_not_computed() -> None:
    record = tower(0)
    terms = record["statement"]["terms"]
    for _ in range(20):
        terms.append(["pow", len(terms) - 1, 1000])
    record["statement"]["left"] = len(terms) - 1
    assert not recheck(record).accepted


def test_parts_that_are_refuted_prove_nothing() -> None:
    proved = tower(0)
    whole = {"format": proved["format"], "verdict": "proved", "parts": [proved, proved]}
    assert recheck(whole) is Outcome.DECIDED
    with pytest.raises(Malformed, match=r"parts\[1\]\.verdict: only what is proved proves anything"):
        recheck(whole | {"parts": [proved, refuted()]})
    with pytest.raises(Malformed, match="parts: 1 to 50 entries were expected, not 0"):
        recheck(whole | {"parts": []})
    for _ in range(6):
        whole = {"format": proved["format"], "verdict": "proved", "parts": [whole]}
    with pytest.raises(Malformed, match="nested too deeply"):
        recheck(whole)


WHOLE = [
    ('{"format": "gradproof.certificate/1", "format": "x"}', "-: it is no JSON: the key 'format' stands twice"),
    ('{"format": "gradproof.certificate/1", "verdict": NaN}', "-: it is no JSON: NaN is no number of JSON"),
    ('{"format": "gradproof.certificate/1", "verdict": ' + "9" * 5000 + "}", "-: it is no JSON: Exceeds the limit"),
    ('{"format": "gradproof.certificate/1", "parts": ' + "[" * 50_000 + "]" * 50_000 + "}", "-: it is no JSON"),
    ('{"format": "gradproof.certificate/1", "verdict": "' + "x" * 10_000_000 + '"}', "certificate: not a certificate"),
    ('{"format": "gradproof.certificate/1", "verdict": 1e400}', "certificate: not a certificate as documented"),
    ('["\\ud800"]', "-: it holds no certificate"),
    ("\x00", "-: it is no JSON"),
]


@pytest.mark.parametrize(("given", "says"), WHOLE, ids=range(len(WHOLE)))
def test_a_file_that_is_none(given: str, says: str) -> None:
    found = CliRunner().invoke(program, ["recheck", "-"], input=given)
    assert found.exit_code == Exit.NO_FILE
    assert f"gradproof: {says}" in found.stderr


def test_a_hypothesis_that_is_not_used_does_no_harm() -> None:
    (link,) = equal(z + z, 2 * z).links(less(0, z).links())
    record = written(link)
    assert recheck(record) is Outcome.DECIDED
    assert recheck(json.loads(json.dumps(record))) is Outcome.DECIDED
