"""Witnesses: the simplest ones, found where they are to be sought, and none where there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq

from tests.kernel.tables import A, W, a, f, g, i, j, k, m, n, one_link, p, x, y, z
from verify.kernel import witness as module
from verify.kernel.balls import precision
from verify.kernel.point import GRID, Point
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Ambiguous, OutOfBudget, Variable
from verify.kernel.witness import WIDE, Search, chosen_functions, differ, difference, refute
from verify.language import (
    Chain,
    Expression,
    Interval,
    at_least,
    diff,
    dims,
    distinct,
    equal,
    exp,
    less,
    log,
    loss,
    scalar,
    sum_over,
    vector,
)
from verify.language import total as sum_of


def stated(left: Expression | int, right: Expression | int, *given: Chain) -> Statement:
    link = one_link(left, right, given)
    assert not isinstance(link.right, tuple | Interval)
    return statement(link.left, link.right, link.given)


J = loss("J", z)
b, c, d = scalar("b"), scalar("c"), scalar("d")
FOUND = [
    pytest.param(stated(1, 2), "left 1, right 2", id="numbers"),
    pytest.param(stated(z, z + 1), "for z = 0: left 0, right 1", id="0 comes first"),
    pytest.param(stated(2 * z, z), "for z = 1: left 2, right 1", id="then 1"),
    pytest.param(stated(z**2, z), "for z = -1: left 1, right -1", id="then -1"),
    pytest.param(stated(z**3, z), "for z = 2: left 8, right 2", id="then 2"),
    pytest.param(
        stated(z * (z - 1) * (z + 1) * (z - 2) * (z + 2), 0), "for z = 3: left 120, right 0", id="then others"
    ),
    pytest.param(
        stated(z * (z - 1) * (z + 1) * (z - 2) * (z - 3), 0), "for z = -2: left -120, right 0", id="of both signs"
    ),
    pytest.param(stated(x[i] ** 2, x[i]), "for n = 1, i = 1, x = -1: left 1, right -1", id="the smallest size"),
    pytest.param(
        stated(sum_of(x) ** 2, sum_over(i, x[i] ** 2)), "for n = 2, x = (1, 1): left 4, right 2", id="size 2 if needed"
    ),
    pytest.param(stated((n - 1) * (n - 2), 0), "for n = 3: left 2, right 0", id="size 3 if needed"),
    pytest.param(stated(n, 2, at_least(n, 2)), "for n = 3: left 3, right 2", id="no size below one that is given"),
    pytest.param(stated((n - 1) * (m - 1), 0), "for m = 2, n = 2: left 1, right 0", id="the smallest of both"),
    pytest.param(
        stated((m - 1) * (m - 2) * x[i], 0), "for m = 3, n = 1, i = 1, x = 1: left 2, right 0", id="one that is larger"
    ),
    pytest.param(stated(z, 1, less(0, z)), "for z = 2: left 2, right 1", id="what is positive is not 0, nor -1"),
    pytest.param(stated(log(z), z), "for z = 1: left 0, right 1", id="where it is defined"),
    pytest.param(stated(1 / z, z + 1), "for z = 1: left 1, right 2", id="a quotient where it is defined"),
    pytest.param(stated(exp(z), 1 + z), "for z = 1: left 2.718281828, right 2", id="in balls"),
    pytest.param(
        stated(log(z), z - 1, less(1, z)), "for z = 2: left 0.6931471806, right 1", id="in balls, under a hypothesis"
    ),
    pytest.param(
        stated(1 / (exp(z) - 1), 1 / z), "for z = 1: left 0.5819767069, right 1", id="in balls, where it is defined"
    ),
    pytest.param(
        stated(sum_over(i, exp(x[i])), n + sum_of(x)), "for n = 1, x = 1: left 2.718281828, right 2", id="sums in balls"
    ),
    pytest.param(stated(sum_over(i, 1 / x[i]), 0), "for n = 1, x = 1: left 1, right 0", id="quotients inside a sum"),
    pytest.param(
        stated(sum_over(i, log(x[i])), 0), "for n = 1, x = 2: left 0.6931471806, right 0", id="logarithms inside a sum"
    ),
    pytest.param(
        stated(diff(J, z), 0),
        r"for \frac{\partial J}{\partial z} = 1, z = 0: left 1, right 0",
        id="a quantity that depends on z in an unknown way: its slope is an input",
    ),
    pytest.param(
        stated(z, 2 * z, at_least(m, 2)), "for z = 1: left 1, right 2", id="the size of what is not spoken of"
    ),
    pytest.param(
        stated(f(z) + z / 3, z), "for z = 1, f(t) = t^3 - t: left 1/3, right 1", id="exact values with functions"
    ),
    pytest.param(stated(y[i], 0, equal(sum_of(y), 1)), "for n = 1, i = 1, y = 1: left 1, right 0", id="solved for"),
    pytest.param(
        stated(a, b, equal(c * a, b * 2)), "for a = 1, b = 0, c = 0: left 1, right 0", id="all that is given holds"
    ),
    pytest.param(
        stated(f(z), z), "for z = 1, f(t) = t^3 - t: left 0, right 1", id="an unknown function: odd, as most are"
    ),
    pytest.param(stated(f(z), g(z)), "for z = 1, f(t) = t^3 - t, g(t) = t^3 - 2t: left 0, right -1", id="two are two"),
    pytest.param(
        stated(f(-z), -f(z)), "for z = 0, f(t) = t^3 + t^2 + 1: left 1, right -1", id="one that is not odd if needed"
    ),
    pytest.param(
        stated(f(-z) + g(0 * z), -f(z) + g(0 * z)),
        "for z = 0, f(t) = t^3 + t^2 + 1, g(t) = t^3 + t^2 + t + 1: left 2, right 0",
        id="two that are not odd",
    ),
    pytest.param(
        stated(f(z) * exp(a), f(z)),
        "for a = 1, z = 2, f(t) = t^3 - t: left 16.30969097, right 6",
        id="an odd one that is 0 at 0, 1 and -1 tells at 2: 6 e and 6",
    ),
]


@pytest.mark.parametrize(("of", "witness"), FOUND)
def test_the_simplest_witness(of: Statement, witness: str) -> None:
    found = refute(of)
    assert found is not None
    assert str(found.witness).removeprefix("for : ") == witness


NONE = [
    pytest.param(stated(2 * z, z + z), id="what is true"),
    pytest.param(stated(log(exp(z)), z), id="what is true, in balls"),
    pytest.param(stated(1 / (z - z), z), id="what is defined nowhere"),
    pytest.param(stated(log(-exp(z)), z), id="what is defined nowhere, in balls"),
    pytest.param(stated(exp(z) * z, z, equal(z, 0)), id="what is true where the hypothesis holds"),
    pytest.param(stated(x[4], x[3]), id="what needs a larger size than is tried"),
    pytest.param(stated(n, 3, at_least(n, 3)), id="what needs one above what is given"),
    pytest.param(stated(x[i], x[j], equal(i, j)), id="what is true for the indices that are given"),
    pytest.param(stated(z, z + 1, equal(a, 1), equal(a, 2)), id="hypotheses that contradict"),
    pytest.param(stated(diff(diff(J, z), z) * exp(a), 0), id="a quantity that depends on another is linear in balls"),
    pytest.param(stated(diff(diff(J, z), z) * a, 0), id="and exactly"),
]


@pytest.mark.parametrize("of", NONE)
def test_no_witness(of: Statement) -> None:
    assert refute(of) is None


def test_a_size_that_is_suspected_is_tried_after_the_small_ones() -> None:
    large = refute(stated(x[4], x[3]), suspected={"n": 4})
    assert large is not None
    assert large.witness.sizes == (("n", 4),)
    small = refute(stated(x[1], 2 * x[1]), suspected={"n": 4})
    assert small is not None
    assert small.witness.sizes == (("n", 1),)


def test_what_fails_is_for_the_caller_to_say() -> None:
    of = stated(z**2, 1)
    above = refute(of, lambda left, right: not isinstance(left, arb) and not isinstance(right, arb) and left > right)
    assert above is not None
    assert str(above.witness) == "for z = 2: left 4, right 1"
    in_balls = refute(stated(exp(z), 2), lambda left, right: bool(left < right))
    assert in_balls is not None
    assert str(in_balls.witness) == "for z = 0: left 1, right 2"
    assert refute(of, lambda left, right: False) is None


def test_a_hypothesis_with_two_meanings_is_not_refuted() -> None:
    """That dJ/dz = z may hold at one point says nothing of the second derivative; at all it says that it is 1."""
    with pytest.raises(Ambiguous, match="what is given of J may hold at one point, or at all, with other derivatives"):
        refute(stated(diff(diff(J, z), z), 2, equal(diff(J, z), z)))


def test_indices_of_one_pattern_only() -> None:
    found = refute(stated(x[i], x[j], distinct(i, j)))
    assert found is not None
    assert dict(found.witness.sizes) == {"n": 2}
    assert dict(found.witness.indices) in ({"i": 1, "j": 2}, {"i": 2, "j": 1})
    assert {found.witness.left, found.witness.right} == {"0", "1"}


VALUES = [
    pytest.param(fmpq(1, 3), fmpq(1, 2), fmpq(-1, 6), True, id="rationals"),
    pytest.param(fmpq(1, 3), fmpq(1, 3), fmpq(0), False, id="the same rational"),
]


@pytest.mark.parametrize(("left", "right", "apart", "differs"), VALUES)
def test_differences_of_rationals(left: fmpq, right: fmpq, apart: fmpq, differs: bool) -> None:
    assert difference(left, right) == apart
    assert differ(left, right) is differs


def test_differences_of_balls() -> None:
    with precision():
        assert difference(arb(3), arb(1)) == arb(2)
        assert differ(arb(3).log(), arb(1))
        assert not differ(arb(3).log(), arb(3).log())
        assert not differ(arb(1, 1), arb(2))


def searched(of: Statement, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Point, dict[str, int]]]:
    """The points that are asked for, and at which sizes, where the statement fails at none."""
    asked: list[tuple[Point, dict[str, int]]] = []

    def noted(known: Any, point: Point, sizes: Any) -> Point | None:
        asked.append((point, dict(sizes)))
        return None

    monkeypatch.setattr(module, "satisfied", noted)
    assert refute(of) is None
    return asked


def test_the_points_that_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small whole numbers, then a grid, then a few large ones; at each size in turn, with seeds of their own."""
    asked = searched(stated(x[i], 2 * x[i]), monkeypatch)
    pools = [((0, 1), 4), ((0, 1, -1, 2), 12), ((-2, -1, 0, 1, 2, 3), 24), (GRID, 24), (WIDE, 12)]
    expected = [
        (seed, tuple(map(Fraction, pool)), size) for pool, tries in pools for size in (1, 2, 3) for seed in range(tries)
    ]
    assert [(point.seed, point.pool, sizes["n"]) for point, sizes in asked] == expected
    assert Fraction(-32) in WIDE


def test_what_is_positive_is_so_at_all_points(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = searched(stated(z, 2 * z, less(0, z)), monkeypatch)
    assert {point.positive for point, _ in asked} == {frozenset({Variable("z", ())})}


def search(of: Statement, only: dict[str, int] | None = None) -> Search:
    return Search(of, {}, differ, only)


def test_the_sizes_that_are_tried() -> None:
    two = [tuple(sizes.values()) for sizes in search(stated(W[p, i], 1 * W[p, i]))._sizes()]
    assert two == [(1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1), (2, 3), (3, 2), (3, 3)]
    given = [tuple(sizes.values()) for sizes in search(stated(W[p, i], 0, at_least(n, 2)))._sizes()]
    assert given == [(1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]
    needed = [tuple(sizes.values()) for sizes in search(stated(W[p, 3], 0))._sizes()]
    assert needed == [(1, 3), (2, 3), (3, 3)]
    assert list(search(stated(W[p, i], 0), {"m": 5, "n": 4})._sizes()) == [{"m": 5, "n": 4}]


def test_of_many_sizes_some_are_tried() -> None:
    four = sum((vector(name, size)[1] for name, size in zip("abcd", dims("r s t u"), strict=True)), start=0 * z)
    sizes = [tuple(each.values()) for each in search(stated(four, 0))._sizes()]
    assert len(sizes) == 40
    assert sizes == sorted(sizes, key=lambda each: (sum(each), each))
    six = sum((vector(name, size)[1] for name, size in zip("abcdef", dims("q r s t u v"), strict=True)), start=0 * z)
    assert len(list(search(stated(six, 0))._sizes())) == 40
    many = dims("q r s t u v w")
    seven = sum((vector(name, size)[2] for name, size in zip("abcdefg", many, strict=True)), start=0 * z)
    assert list(search(stated(seven, 0))._sizes()) == [dict.fromkeys("qrstuvw", size) for size in (2, 3)]


def test_of_many_indices_some_are_tried() -> None:
    of = stated(x[i] * y[j] * x[k], x[k] * y[j] * x[i])
    assert len(search(of)._indices({"n": 3})) == 27
    assert len(search(of)._indices({"n": 4})) == 60
    given = stated(x[i] * y[j], y[j] * x[i], distinct(i, j))
    symbols = [{index.symbol: value for index, value in each.items()} for each in search(given)._indices({"n": 2})]
    assert symbols == [{"i": 1, "j": 2}, {"i": 2, "j": 1}]


def test_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search ends without a witness when they are used up, and with the one it has when that is made simpler."""
    of = stated(sum_of(x) ** 3, sum_over(i, x[i] ** 3))
    best = refute(of)
    monkeypatch.setattr(module, "MANY_STEPS", 1)
    assert refute(of) is None
    found: set[str] = set()
    for steps in range(1, 400, 7):
        monkeypatch.setattr(module, "MANY_STEPS", steps)
        found.add(str(refute(of)))
    assert str(None) in found
    assert str(best) in found


def test_out_of_steps_while_it_is_made_simpler(monkeypatch: pytest.MonkeyPatch) -> None:
    of = stated(z + a + 7, z + a)
    changes_seen: list[Any] = []

    def ends(_: Search, failure: Any, changes: Any) -> Any:
        changes_seen.append(changes)
        raise OutOfBudget

    monkeypatch.setattr(Search, "_still_fails", ends)
    pools = iter([((5,), 1)])
    monkeypatch.setattr(module, "POOLS", tuple(pools))
    found = refute(of)
    assert found is not None
    assert (found.witness.left, found.witness.right) == ("17", "10")
    assert len(changes_seen) == 1


def test_each_instance_counts_as_a_step() -> None:
    tried = search(stated(x[i], y[i]))
    before = tried.budget.left
    tried._fails(Point(0, (Fraction(1),)), {"n": 3}, tried._indices({"n": 3}))
    assert before - tried.budget.left == 9, "for each of three indices itself and two entries, which are all 1"


def test_instances_in_balls_count_too() -> None:
    tried = search(stated(exp(x[i]), exp(y[i])))
    before = tried.budget.left
    tried._fails(Point(0, (Fraction(1),)), {"n": 1}, tried._indices({"n": 1}))
    # The instance; e^1 and what it is taken of, tried exactly; then both sides in balls.
    assert before - tried.budget.left == 1 + 2 + 4


def test_every_input_is_made_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 7 for each, one is 0, one 1 as it may not be 0, one -1 as it may not be 0 or 1, one 2, and one stays 7."""
    monkeypatch.setattr(module, "POOLS", (((7,), 1),))
    of = stated(
        a + 1 / b + 1 / (c * (c - 1)) + 1 / (d * (d - 1) * (d + 1)) + 1 / (z * (z - 1) * (z + 1) * (z - 2)),
        a,
    )
    found = refute(of)
    assert found is not None
    assert dict(found.witness.inputs) == {
        "a": (("0",),),
        "b": (("1",),),
        "c": (("-1",),),
        "d": (("2",),),
        "z": (("7",),),
    }


def test_what_is_positive_stays_so_when_it_is_made_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POOLS", (((7,), 1),))
    found = refute(stated(z + a, a, less(0, z), less(0, a)))
    assert found is not None
    assert dict(found.witness.inputs) == {"a": (("1",),), "z": (("1",),)}


def test_an_input_that_a_hypothesis_fixes_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a = 5 is given: 0 would be solved back to 5, and is not what was tried."""
    monkeypatch.setattr(module, "POOLS", (((7,), 1),))
    found = refute(stated(a + z, z, equal(a, 5)))
    assert found is not None
    assert dict(found.witness.inputs) == {"a": (("5",),), "z": (("0",),)}


def test_inputs_that_do_not_matter_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entries used are those of the instance that fails."""
    monkeypatch.setattr(module, "POOLS", (((2,), 1),))
    found = refute(stated(A[i, j], 1, equal(i, j)))
    assert found is not None
    assert str(found.witness) == "for n = 1, i = 1, j = 1, A = 0: left 0, right 1"


def test_the_functions_that_are_chosen() -> None:
    assert chosen_functions(stated(z, 1)) == [{}]
    assert chosen_functions(stated(g(z), f(f(z)))) == [
        {"f": (0, -1, 0, 1), "g": (0, -2, 0, 1)},
        {"f": (1, 0, 1, 1), "g": (1, 1, 1, 1)},
    ]
