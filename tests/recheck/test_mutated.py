"""Certificates that are changed anywhere: refused with a place or judged, and never a proof of what is false."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.recheck.made import written
from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.certificate import Certified, read_statement
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.patterns import assigned, patterns
from verify.kernel.point import GRID, Point
from verify.kernel.term import Num
from verify.language import (
    Chain,
    at_most,
    between,
    diff,
    dims,
    equal,
    exp,
    fraction,
    index,
    less,
    log,
    matrix,
    max_over,
    member,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    total,
    vector,
)
from verify.recheck import Malformed, Outcome, recheck

m, n = dims("m n")
W, x, z = matrix("W", m, n), vector("x", n), scalar("z")
i, j, k = index("i", n), index("j", m), index("k", n)


TRUE: list[Chain] = [
    equal(sum_over(i, x[i] * total(x)), total(x) ** 2),
    equal((W * x)[j], sum_over(k, W[j, k] * x[k])),
    equal(total(softmax(x)), 1),
    equal(diff(softmax(x)[k], x[k]), softmax(x)[k] * (1 - softmax(x)[k])),
    equal(sigma.derivative(z), sigma(z) * (1 - sigma(z))),
    equal(exp(total(x) + z), exp(total(x)) * exp(z)),
    equal(log(exp(z) / total(exp(x))), z - log(total(exp(x)))),
    equal(n * total(x), sum_over(i, total(x))),
    equal(1 - 2 * sigma(z), -tanh(z / 2)),
    member(sigma(z), between(0, 1)),
    member(sigma.derivative(z), between(0, fraction(1, 4), closed="high")),
    member(softmax(x)[k], between(0, 1, closed="high")),
    at_most(x[k], max_over(i, x[i])),
    less(0, log(1 + exp(z))),
]
FALSE: list[Chain] = [
    equal(sum_over(i, x[i] ** 2), total(x) ** 2),
    equal(total(x), n),
    equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))),
    equal(diff(softmax(x)[k], x[i]), -softmax(x)[k] * softmax(x)[i]),
    equal(exp(z), 1 + z),
    equal((W * x)[j], total(x)),
    member(sigma(z), between(0, fraction(1, 2))),
    member(sigma.derivative(z), between(0, fraction(1, 4))),
    less(log(1 + exp(z)), z),
]

ODD: list[Any] = [None, True, -1, 0, 1, 2, 10**30, 1.5, "", "x", "1/0", "1/2", "-3", [], {}, [[]], "9" * 500]
WORDS = ("add", "mul", "exp", "log", "sum", "max", "<", "<=", ">", ">=", "=", "in", "free", "fresh", "n", "m", "x")


def places(record: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything in a record."""
    if path:
        yield path
    keys: Any = record if isinstance(record, dict) else range(len(record)) if isinstance(record, list) else ()
    for key in keys:
        yield from places(record[key], (*path, key))


def at(record: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        record = record[key]
    return record


def changed(record: dict[str, Any], random: Random, only: str = "") -> dict[str, Any]:
    """A certificate with one or a few changes: what is there is left out, replaced, moved or made a bit different."""
    record = copy.deepcopy(record)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        paths = [path for path in places(record) if not only or path[0] == only]
        if not paths:
            return record
        *to, key = random.choice(paths)
        parent = at(record, tuple(to))
        value = parent[key]
        match random.randrange(5):
            case 0:
                del parent[key]
            case 1:
                parent[key] = copy.deepcopy(random.choice(ODD))
            case 2:
                parent[key] = copy.deepcopy(at(record, random.choice(paths)))
            case 3 if isinstance(parent, list):
                other = random.randrange(len(parent))
                parent[key], parent[other] = parent[other], value
            case _:
                parent[key] = nearby(value, random)
    return record


def nearby(value: Any, random: Random) -> Any:
    """Something of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + random.choice((-2, -1, 1, 2))
        case str() if value.lstrip("-").isdigit():
            return str(int(value) + random.choice((-2, -1, 1, 2)))
        case str():
            return random.choice(WORDS)
        case _:
            return value


def judged(record: dict[str, Any]) -> Outcome:
    """What is said of a record; that it is none counts as a rejection, and nothing else may come of it."""
    try:
        return recheck(record)
    except Malformed:
        return Outcome.REJECTED


@pytest.mark.parametrize("place", range(len(TRUE)))
def test_what_is_still_accepted_is_true(place: int) -> None:
    record, random = written(TRUE[place].links()[0]), Random(place)  # noqa: S311
    assert recheck(record) is Outcome.DECIDED
    for _ in range(60):
        other = changed(record, random)
        if judged(other).accepted and other["verdict"] == "proved":
            require_true(other)


@pytest.mark.parametrize("place", range(len(FALSE)))
def test_what_is_false_is_never_proved(place: int) -> None:
    """Whatever the evidence: that of true statements, changed; and that of its own refutation."""
    record, random = written(FALSE[place].links()[0]), Random(place)  # noqa: S311
    assert record["verdict"] == "refuted"
    evidence = [written(each.links()[0]) for each in TRUE if each.links()[0].relation.value != "="]
    for _ in range(40):
        with_other = {"range": changed(random.choice(evidence), random, "range").get("range")}
        for made in (record | {"verdict": "proved"}, record | {"verdict": "proved"} | with_other):
            assert judged(made) is not Outcome.DECIDED


@pytest.mark.parametrize("place", range(len(TRUE)))
def test_what_is_true_is_never_refuted(place: int) -> None:
    """The witnesses of others, changed in many ways, refute nothing."""
    record, random = written(TRUE[place].links()[0]), Random(place)  # noqa: S311
    witnesses = [written(each.links()[0])["witness"] for each in FALSE]
    for _ in range(40):
        witness = changed({"witness": random.choice(witnesses)}, random).get("witness")
        made = {key: record[key] for key in ("format", "statement")} | {"verdict": "refuted", "witness": witness}
        assert not judged(made).accepted


@pytest.mark.parametrize("place", range(len(FALSE)))
def test_what_is_still_refuted_is_false(place: int) -> None:
    record, random = written(FALSE[place].links()[0]), Random(place)  # noqa: S311
    for _ in range(60):
        other = changed(record, random, "statement")
        if judged(other).decided and other["verdict"] == "refuted":
            assert not judged(other | {"verdict": "proved"}).decided


def require_true(record: dict[str, Any]) -> None:
    """Evaluate both sides at instances with the kernel, and see that the statement holds there."""
    for part in record.get("parts", [record]):
        stated = part["statement"]
        if stated["given"] or stated["inequalities"] or stated["random"]["variables"]:
            continue
        read = read_statement(stated)
        for size in (1, 2, 3):
            sizes = {
                name: max(size, *(least for own, least in read.least if own == name), 1) for name in read.dimensions
            }
            for seed in range(3):
                require_true_at(read, stated, sizes, seed)


def require_true_at(read: Certified, stated: dict[str, Any], sizes: dict[str, int], seed: int) -> None:
    for pattern in patterns(read.indices, (read.left, read.right)):
        values = assigned(pattern, sizes, seed)
        if values is None:
            continue
        with precision(BITS):
            try:
                here = Evaluation(Balls(Point(seed, GRID, positive=read.positive)), sizes)
                left, right = here.of(read.left, values), here.of(read.right, values)
            except (OutsideDomain, OutOfReach):
                continue
            match stated.get("relation", "="):
                case "=":
                    assert (left - right).contains(0)
                case "<" | "<=":
                    assert not left > right
                case ">" | ">=":
                    assert not left < right
                case _:
                    low, _, high, _ = stated["interval"]
                    assert low is None or not left < here.of(read_number(low), {})
                    assert high is None or not left > here.of(read_number(high), {})


def read_number(text: str) -> Num:
    return Num(Fraction(text))


def test_a_change_can_go_wrong() -> None:
    """Of all changes some are refused, some rejected and some still right, so that nothing is tried in vain."""
    record, random = written(TRUE[0].links()[0]), Random(5)  # noqa: S311
    found = {judged(json.loads(json.dumps(changed(record, random)))) for _ in range(120)}
    assert Outcome.DECIDED in found
    assert Outcome.REJECTED in found
