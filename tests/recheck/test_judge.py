"""The second judge re-decides what was decided, and accepts nothing that is false."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, i, m, n, one_link, row, s, x, y
from tests.recheck.made import pretended
from verify.catalog import NamedClaim, NamedMistake, find
from verify.check import check
from verify.kernel.certificate import FORMAT, certificate
from verify.kernel.term import Unsupported
from verify.language import (
    Chain,
    Expression,
    Link,
    Proved,
    Refuted,
    diff,
    equal,
    exp,
    index,
    log,
    matrix,
    sum_over,
    total,
    unknown_vector,
    vector,
)
from verify.recheck import Malformed, Outcome, recheck, sizes
from verify.sample import Differs, at_witness

CATALOG = find("derivations")
PACKAGE = Path(sizes.__file__).parent


def certificates(links: tuple[Link, ...]) -> list[dict[str, Any]]:
    """The certificates of links, of those that have one, as they are after writing and reading JSON."""
    decided = [(link, check(link).verdict) for link in links]
    records = [certificate(link, verdict) for link, verdict in decided if isinstance(verdict, Proved | Refuted)]
    return [json.loads(json.dumps(record)) for record in records if record is not None]


def require_sound(named: NamedClaim | NamedMistake) -> None:
    links = named.claim.links() if isinstance(named, NamedClaim) else named.mistake.links()
    for record in certificates(links):
        outcome = recheck(record)
        assert outcome in (Outcome.DECIDED, Outcome.TESTED)
        if record["verdict"] == "refuted":
            assert outcome is Outcome.DECIDED
            pretended_outcome = recheck(record | {"verdict": "proved"})
            # An inequality may fail at one point alone.
            is_order = record["statement"].get("relation", "=") != "="
            assert pretended_outcome is Outcome.REJECTED or (is_order and not pretended_outcome.decided)


@pytest.mark.parametrize("named", CATALOG.claims[::11], ids=lambda named: named.name)
def test_a_proof_is_not_rejected(named: NamedClaim) -> None:
    require_sound(named)


@pytest.mark.parametrize("named", CATALOG.mistakes[::17], ids=lambda named: named.name)
def test_a_mistake_is_refuted_again_and_never_accepted(named: NamedMistake) -> None:
    require_sound(named)


@pytest.mark.exhaustive
@pytest.mark.parametrize("named", [*CATALOG.claims, *CATALOG.mistakes], ids=lambda named: named.name)
def test_all_of_them(named: NamedClaim | NamedMistake) -> None:
    require_sound(named)


@pytest.mark.parametrize(("left", "right", "given"), ALWAYS_PROVED)
def test_what_is_always_proved_is_accepted(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    outcome = recheck(pretended(one_link(left, right, given)))
    # Two hypotheses on the same entries may be more than points can be found for.
    assert outcome.accepted or (len(given) > 1 and outcome is Outcome.LEFT)


@pytest.mark.parametrize(("left", "right", "given"), NEVER_PROVED)
def test_what_is_never_proved_is_not_accepted(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    try:
        record = pretended(one_link(left, right, given))
    except Unsupported:
        return
    assert recheck(record) in (Outcome.REJECTED, Outcome.LEFT)


def test_a_witness_with_the_slopes_of_a_vector_by_a_matrix_is_seen_again() -> None:
    """A slope with three axes is a matrix of its first axis against the others."""
    columns, entry = vector("c", n), index("p", m)
    entries = unknown_vector("f", m, columns * columns.T, matrix("W", n, 2))
    links = equal(diff(entries[entry], matrix("W", n, 2)[2, 1]), diff(entries[entry], matrix("W", n, 2)[1, 2])).links()
    (record,) = certificates(links)
    assert record["verdict"] == "refuted"
    assert recheck(record) is Outcome.DECIDED
    (slopes,) = (each for name, each in record["witness"]["gradients"].items() if name == "f")
    assert len(slopes[2][0]) == record["witness"]["sizes"]["n"] * 2
    found = check(links[0]).verdict
    assert isinstance(found, Refuted)
    assert isinstance(at_witness(links[0], found.witness), Differs)


DECIDED = [
    row(sum_over(i, x[i]) ** 2, sum_over(i, x[i] * total(x)), "a square of a sum"),
    row(total(s), 1, "a denominator that all terms have"),
    row(exp(total(x) + x[i]), exp(total(x)) * exp(x[i]), "e to a sum"),
    row(log(s[i]), x[i] - log(total(exp(x))), "the logarithm of a quotient"),
    row(sum_over(i, y[i] * x[i] + y[i]) - 1, x.T * y, "a hypothesis on a sum", equal(total(y), 1)),
]


@pytest.mark.parametrize(("left", "right", "given"), DECIDED)
def test_what_it_decides_by_small_sizes(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    assert recheck(pretended(one_link(left, right, given))) is Outcome.DECIDED


def test_one_size_too_few_would_accept_what_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    record = pretended(one_link(sum_over(i, 1 + 0 * x[i]), 1, ()))
    assert recheck(record) is Outcome.REJECTED
    fewer = sizes.largest_sizes

    def planted(*given: Any) -> dict[str, int]:
        return {name: size - 1 for name, size in fewer(*given).items()}

    monkeypatch.setattr("verify.recheck.identity.largest_sizes", planted)
    assert recheck(record) is Outcome.DECIDED


def refuted(left: Expression, right: Expression, *given: Any) -> dict[str, Any]:
    """The certificate of a refutation."""
    (record,) = certificates((one_link(left, right, given),))
    assert record["verdict"] == "refuted"
    assert recheck(record) is Outcome.DECIDED
    return record


def test_a_witness_at_which_nothing_fails_is_rejected() -> None:
    record = refuted(sum_over(i, x[i] ** 2), total(x) ** 2)
    record["witness"]["inputs"]["x"] = [["0"] for _ in record["witness"]["inputs"]["x"]]
    assert recheck(record) is Outcome.REJECTED


def test_a_witness_that_breaks_a_hypothesis_is_rejected() -> None:
    record = refuted(sum_over(i, x[i] * y[i]), total(x), equal(total(y), 1))
    record["witness"]["inputs"]["y"] = [["5"] for _ in range(record["witness"]["sizes"]["n"])]
    assert recheck(record) is Outcome.REJECTED


def test_a_witness_outside_the_domain_is_rejected() -> None:
    record = refuted(log(x[i]), x[i])
    record["witness"]["inputs"]["x"] = [["-1"] for _ in record["witness"]["inputs"]["x"]]
    assert recheck(record) is Outcome.REJECTED


def test_what_is_no_certificate_is_said_to_be_none() -> None:
    with pytest.raises(Malformed, match=r"format: 'x'; expected gradproof\.certificate/1"):
        recheck({"format": "x"})
    record = pretended(one_link(n * total(x), total(x) * n, ()))
    record["statement"]["terms"][0] = ["sine", 0]
    with pytest.raises(Malformed, match=r"statement\.terms\[0\]: a node of no known kind: 'sine'"):
        recheck(record)


def test_it_imports_nothing_of_the_prover() -> None:
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name and name.startswith("verify") and "recheck" not in name]


def by_hand(terms: list[Any], left: int, right: int, **more: Any) -> dict[str, Any]:
    """A certificate without hypotheses but those that are told."""
    keys = ("defined", "given", "inequalities", "positive", "same", "distinct", "least")
    nothing: dict[str, Any] = {key: [] for key in keys}
    random = {"independent": True, "variables": [], "moments": []}
    stated = nothing | {
        "left": left,
        "right": right,
        "indices": [],
        "dimensions": ["n"],
        "random": random,
        "terms": terms,
    }
    return {"format": FORMAT, "verdict": "proved", "statement": stated | more}


OVER = [[["n"], "1"]]
VECTOR, FREE = ["x", [OVER], 0], ["free", "i", 0, OVER]


def test_a_mean_that_is_given_at_one_place_is_not_that_of_all() -> None:
    terms = [["entry", VECTOR, [FREE]], ["expectation", 0], ["number", "0"]]
    for at, outcome in (([1], Outcome.REJECTED), ([FREE], Outcome.DECIDED)):
        random = {"independent": True, "variables": [VECTOR], "moments": [["mean", VECTOR, at, 2]]}
        assert recheck(by_hand(terms, 1, 2, indices=[FREE], random=random)) is outcome


def test_what_is_left_out_of_the_places_counts_as_one() -> None:
    """(n - 2) x_i is 0 at every i but 1 where n is at most 2, and not where n is 3."""
    size = [
        ["entry", VECTOR, [FREE]],
        ["size", OVER],
        ["number", "-2"],
        ["add", [1, 2]],
        ["mul", [0, 3]],
        ["number", "0"],
    ]
    assert recheck(by_hand(size, 4, 5, indices=[FREE], distinct=[[FREE, 1]])) is Outcome.REJECTED


@pytest.mark.parametrize(
    "node",
    [
        ["sum", FREE, 0],
        ["max", FREE, 0],
        ["dependence", "J", [], [[[FREE], 0]]],
        ["inverse", [1, 1], [FREE, ["fresh", "j", 1, OVER]], 0],
    ],
    ids=lambda node: str(node[0]),
)
def test_what_is_free_is_bound_nowhere(node: list[Any]) -> None:
    """Whether a divisor is one or one for each row is told from the kind of its index."""
    with pytest.raises(Malformed, match="one of fresh, canonical was expected"):
        recheck(by_hand([["entry", VECTOR, [FREE]], node], 1, 1))
