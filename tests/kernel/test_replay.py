"""Replay: what comes of it at instances, of which sizes and points these are, and when nothing can be told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from tests.kernel.tables import W, i, j, k, largest, m, mean_x, n, one_link, p, t, var_x, x, y, z
from tests.kernel.terms import THREE, M, N
from verify.kernel import hypotheses
from verify.kernel import replay as module
from verify.kernel.balls import Balls
from verify.kernel.evaluate import OutOfReach
from verify.kernel.patterns import patterns
from verify.kernel.point import GRID, Point
from verify.kernel.replay import Agrees, Differs, NowhereDefined, Outcome, Unclear, instance_sizes, replay, summary
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Extent, Variable
from verify.language import (
    Chain,
    Expression,
    Interval,
    Replay,
    at_least,
    delta,
    equal,
    exp,
    expectation,
    independent,
    less,
    log,
    max_over,
    scalar,
    sum_over,
)
from verify.language import total as sum_of


def stated(left: Expression | int, right: Expression | int, *given: Chain) -> Statement:
    link = one_link(left, right, given)
    assert not isinstance(link.right, tuple | Interval)
    return statement(link.left, link.right, link.given)


def first(of: Statement) -> Outcome:
    """What comes of the pattern in which all free indices differ."""
    return replay(of, patterns(of.indices, of.terms)[0])


c = scalar("c")
AGREE = [
    pytest.param(stated(2 * z, z + z), Agrees(1, True, ("no dimension",)), id="a number"),
    pytest.param(
        stated(sum_over(i, x[i]), sum_over(j, x[j])), Agrees(2, True, ("n = 1", "n = 2")), id="a size and the next"
    ),
    pytest.param(
        stated(W[p, i] * x[i], x[i] * W[p, i]),
        Agrees(3, True, ("m = 1, n = 1", "m = 2, n = 3", "m = 3, n = 2")),
        id="two dimensions, each larger than the other once",
    ),
    pytest.param(stated(x[i] * y[j], y[j] * x[i]), Agrees(1, True, ("n = 2",)), id="two indices differ from size 2 on"),
    pytest.param(
        stated(x[i] * y[j] * t[k], y[j] * x[i] * t[k]), Agrees(1, True, ("n = 3",)), id="three from size 3 on"
    ),
    pytest.param(stated(x[4] + x[1], x[1] + x[4]), Agrees(1, True, ("n = 4",)), id="a fourth entry needs size 4"),
    pytest.param(stated(1 / (n - 1), 2 / (2 * n - 2)), Agrees(1, True, ("n = 2",)), id="only where both are defined"),
    pytest.param(
        stated(sum_over(i, x[i]), sum_over(j, x[j]), at_least(n, 2)),
        Agrees(1, True, ("n = 2",)),
        id="no size below the least one that is given",
    ),
    pytest.param(
        stated(W[p, i], 1 * W[p, i], at_least(n, 4)),
        Agrees(3, True, ("m = 1, n = 4", "m = 2, n = 4", "m = 3, n = 4")),
        id="nor of one dimension of two",
    ),
    pytest.param(stated(log(exp(z)), z), Agrees(1, False, ("no dimension",)), id="a logarithm, in balls"),
    pytest.param(
        stated(x[i] * log(exp(z)), z * x[i]), Agrees(2, False, ("n = 1", "n = 2")), id="in balls at every size"
    ),
    pytest.param(
        stated(log(exp(100 * z)), 100 * z), Agrees(1, False, ("no dimension",)), id="balls, of a larger number"
    ),
    pytest.param(
        stated(exp(exp(8 + 0 * z)) * exp(log(2 + z * z)), (2 + z * z) * exp(exp(8 + 0 * z))),
        Agrees(1, False, ("no dimension",)),
        id="a number of a thousand digits has as many bits as it has: they agree relative to it",
    ),
    pytest.param(
        stated(log(exp(y[i])), y[i], equal(sum_of(y), 1)),
        Agrees(2, False, ("n = 1", "n = 2")),
        id="a hypothesis in balls",
    ),
    pytest.param(
        stated(sum_over(i, W[p, i] / x[i]), sum_over(j, W[p, j] / x[j])),
        Agrees(3, True, ("m = 1, n = 1", "m = 2, n = 3", "m = 3, n = 2")),
        id="denominators inside a sum",
    ),
    pytest.param(
        stated(sum_over(i, log(exp(x[i]))), sum_of(x)),
        Agrees(2, False, ("n = 1", "n = 2")),
        id="logarithms inside a sum",
    ),
    pytest.param(stated(2 * z, z + z, less(z, 5)), Agrees(1, False, ("no dimension",)), id="an inequality: balls"),
    pytest.param(
        stated(largest * 1, max_over(j, x[j])),
        Agrees(36, True, ("n = 1", "n = 2", "n = 3")),
        id="a maximum has cases: twelve points at each of three sizes",
    ),
    pytest.param(
        stated(largest * log(exp(z)), z * max_over(j, x[j])),
        Agrees(36, False, ("n = 1", "n = 2", "n = 3")),
        id="a maximum in balls",
    ),
    pytest.param(
        stated(max_over(i, W[p, i]), max_over(j, W[p, j])),
        Agrees(36, True, ("m = 1, n = 1", "m = 2, n = 3", "m = 3, n = 2")),
        id="a maximum with two dimensions: they reach three anyhow",
    ),
    pytest.param(
        stated(expectation(x[i]) * 1, c, independent(x), equal(expectation(x[i]), c)),
        Agrees(3, True, ("n = 1", "n = 2", "n = 3")),
        id="chance: three entries may differ",
    ),
]


@pytest.mark.parametrize(("of", "outcome"), AGREE)
def test_what_is_true_agrees(of: Statement, outcome: Agrees) -> None:
    assert first(of) == outcome


DIFFER = [
    pytest.param(stated(z, z + 1), {}, id="numbers"),
    pytest.param(stated(x[i] ** 2, x[i]), {"n": 1}, id="at size 1"),
    pytest.param(stated(sum_of(x) ** 2, sum_over(i, x[i] ** 2)), {"n": 2}, id="at size 2 only"),
    pytest.param(
        stated(sum_of(x) * sum_over(p, W[p, i]), n * m * x[i] * sum_over(p, W[p, i])),
        {"m": 2, "n": 3},
        id="where sizes differ",
    ),
    pytest.param(stated(log(exp(z) + 1), z), {}, id="in balls"),
    pytest.param(stated(largest, sum_of(x)), {"n": 2}, id="a maximum"),
    pytest.param(
        stated(sum_of(x) * largest, max_over(j, sum_of(x) * x[j])), {"n": 2}, id="a maximum times what may be negative"
    ),
    pytest.param(stated(log(x[i] * y[i]) - log(x[i]), log(y[i]) + 1), {"n": 1}, id="where it is defined"),
]


@pytest.mark.parametrize(("of", "sizes"), DIFFER)
def test_what_is_false_differs(of: Statement, sizes: dict[str, int]) -> None:
    assert first(of) == Differs(sizes)


j_th = x[j]
NOWHERE = [
    pytest.param(stated(1 / (z - z), 1 / (z - z)), id="a division by 0"),
    pytest.param(stated(log(-exp(z)), log(-exp(z))), id="the logarithm of a negative number"),
    pytest.param(stated(1 / (n - n + 0 * x[i]), x[i]), id="at every size"),
    pytest.param(stated(sum_over(j, delta(i, j) * (j_th - j_th) ** -1), x[i]), id="inside a sum, in balls or not"),
    pytest.param(stated(sum_over(j, 0 * log(-exp(j_th))), x[i]), id="inside a sum, times 0, in balls"),
    pytest.param(stated(x[i], x[i], equal(sum_of(y), 1), equal(sum_of(y), 2)), id="hypotheses that contradict"),
    pytest.param(stated(z, z, less(z, 1), less(2, z)), id="inequalities that contradict"),
    pytest.param(stated(0 * z / (z - z), z + 1), id="what stands in no value, but must be defined"),
]


@pytest.mark.parametrize("of", NOWHERE)
def test_what_is_defined_nowhere(of: Statement) -> None:
    assert first(of) == NowhereDefined()


def test_what_one_instance_tells() -> None:
    assert module._modular(stated(2 * z, z + z), {}, {}, 0) == Agrees(1, True, ())
    assert module._modular(stated(z, z + 1), {"n": 4}, {}, 0) == Differs({"n": 4})
    assert module._balls(stated(2 * z, z + z), {}, {}, 0) == Agrees(1, False, ())
    assert module._balls(stated(z, z + 1), {"n": 4}, {}, 0) == Differs({"n": 4})


def test_a_pattern_that_no_size_has_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    of = stated(x[i], 1 * x[i])
    monkeypatch.setattr(module, "assigned", lambda pattern, sizes, seed: None)
    assert first(of) == NowhereDefined()


def test_balls_that_are_too_wide_tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """They agree to all the bits that the precision gives; more are asked for."""
    monkeypatch.setattr(module, "AGREEMENT_BITS", 400)
    assert first(stated(log(exp(z)), z)) == Unclear()
    assert first(stated(largest * log(exp(z)), z * max_over(j, x[j]))) == Unclear()


def test_two_hundred_bits_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Balls of a radius above 2^-200 tell nothing of numbers near 0, and enough of such near 7."""

    def widened(radius: arb) -> Any:
        class Wide(Balls):
            def log(self, argument: arb) -> arb:
                return super().log(argument) + arb(0, radius)

        return Wide

    small, large = stated(log(exp(z)) - z, 0), stated(log(exp(z)) - z + 7, 7)
    monkeypatch.setattr(module, "Balls", widened(3 * arb(2) ** -201))
    assert first(small) == Unclear()
    assert first(large) == Agrees(1, False, ("no dimension",))
    monkeypatch.setattr(module, "Balls", widened(arb(2) ** -201))
    assert first(small) == Agrees(1, False, ("no dimension",))
    monkeypatch.setattr(module, "Balls", widened(arb(2) ** -190))
    assert first(large) == Unclear()


def points(of: Statement, monkeypatch: pytest.MonkeyPatch, found: bool = True) -> list[Point]:
    """The points of a replay at the first sizes."""
    asked: list[Point] = []
    satisfied = hypotheses.satisfied

    def noted(known: Any, point: Point, sizes: Any) -> Point | None:
        asked.append(point)
        return satisfied(known, point, sizes) if found else None

    monkeypatch.setattr(module, "satisfied", noted)
    sizes = next(instance_sizes(of, patterns(of.indices, of.terms)[0]))
    module._at_sizes(of, patterns(of.indices, of.terms)[0], sizes)
    return asked


POSITIVE = tuple(value for value in GRID if value > 0)
number, maximum = stated(2 * z, z + z), stated(largest * 1, max_over(j, x[j]))
chance = stated(expectation(x[i]) * 1, c, independent(x), mean_x, var_x)
POINTS = [
    pytest.param(number, True, [()] * 12, id="modulo a prime: large numbers"),
    pytest.param(number, False, [POSITIVE, GRID] * 6, id="in balls: positive ones first"),
    pytest.param(stated(2 * z, z + z, less(z, 5)), True, [POSITIVE, GRID] * 6, id="with an inequality, in balls"),
    pytest.param(maximum, True, [(), GRID] * 12, id="with a maximum: small ones of both signs, too"),
    pytest.param(maximum, False, [POSITIVE, GRID] * 12, id="with a maximum in balls"),
    pytest.param(chance, True, [(), GRID] * 6, id="with chance: small ones, too"),
]


@pytest.mark.parametrize(("of", "modular", "pools"), POINTS)
def test_the_points_that_are_tried(
    of: Statement, modular: bool, pools: list[tuple[Fraction, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no point is found, as many are tried as are allowed, each of its own seed."""
    if not modular:
        monkeypatch.setattr(module, "_modular", _out_of_reach)
    asked = points(of, monkeypatch, found=False)
    assert [point.pool for point in asked] == pools
    assert [point.seed for point in asked] == list(range(len(pools)))


def _out_of_reach(*_: object) -> Outcome:
    raise OutOfReach


def test_what_is_given_to_be_positive_is(monkeypatch: pytest.MonkeyPatch) -> None:
    given = less(0, z)
    positive = frozenset({Variable("z", ())})
    assert [point.positive for point in points(stated(2 * z, z + z, given), monkeypatch)] == [positive]
    assert [point.positive for point in points(stated(log(z * z), 2 * log(z), given), monkeypatch)] == [positive] * 2


def test_it_ends_with_as_many_points_as_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [point.seed for point in points(stated(2 * z, z + z), monkeypatch)] == [0]
    assert len(points(stated(largest, 1 * max_over(j, x[j])), monkeypatch)) == 12


SIZES = [
    pytest.param(stated(z, 1 * z), [{}], id="no dimension"),
    pytest.param(stated(x[i], 1 * x[i]), [{"n": 1}, {"n": 2}], id="one"),
    pytest.param(stated(x[2], 1 * x[2]), [{"n": 2}], id="one that is at least 2: once"),
    pytest.param(stated(x[i], x[i], at_least(n, 3)), [{"n": 3}], id="one that is given to be at least 3: once"),
    pytest.param(stated(largest, sum_of(x)), [{"n": 1}, {"n": 2}, {"n": 3}], id="with a maximum"),
    pytest.param(stated(largest, sum_of(x), at_least(n, 2)), [{"n": 2}, {"n": 3}], id="with a maximum, at least 2"),
    pytest.param(
        stated(W[p, i] + W[p, 3], W[p, i]),
        [{"m": 1, "n": 3}, {"m": 2, "n": 3}, {"m": 3, "n": 4}],
        id="an index that is not 3, of two dimensions: 3 is needed, and 4 to be apart",
    ),
]


@pytest.mark.parametrize(("of", "sizes"), SIZES)
def test_the_sizes_of_instances(of: Statement, sizes: list[dict[str, int]]) -> None:
    assert list(instance_sizes(of, patterns(of.indices, of.terms)[0])) == sizes


BEFORE_N = Extent((((), -1), (("n",), 1)))
PRODUCT = Extent(((("m", "n"), 1),))
ENLARGED = [
    pytest.param({"n": 1}, {}, {"n": 1}, id="nothing is needed"),
    pytest.param({"n": 1}, {N: 3}, {"n": 3}, id="one grows"),
    pytest.param({"n": 4}, {N: 3}, {"n": 4}, id="one that is large enough stays"),
    pytest.param({"m": 1, "n": 1}, {N: 2}, {"m": 1, "n": 2}, id="of two that were the same one grows"),
    pytest.param({"m": 2, "n": 3}, {M: 3}, {"m": 3, "n": 4}, id="of two that were apart both do, to stay apart"),
    pytest.param({"m": 2, "n": 3}, {N: 4, M: 4}, {"m": 4, "n": 5}, id="both are needed larger"),
    pytest.param({"n": 1}, {BEFORE_N: 2}, {"n": 3}, id="n - 1 is to be 2"),
    pytest.param({"m": 1, "n": 1}, {PRODUCT: 5}, {"m": 3, "n": 3}, id="m n is to be 5"),
    pytest.param({"n": 1}, {THREE: 4}, None, id="3 will not be 4"),
    pytest.param({"n": 1}, {THREE: 3}, {"n": 1}, id="3 is 3"),
    pytest.param({"n": 1}, {Extent((((), 2), (("n",), -1))): 2}, None, id="2 - n will not be 2 for a larger n"),
]


@pytest.mark.parametrize(("sizes", "least", "grown"), ENLARGED)
def test_sizes_grow_as_needed(sizes: dict[str, int], least: dict[Extent, int], grown: dict[str, int] | None) -> None:
    before = dict(sizes)
    assert module._enlarged(sizes, least) == grown
    assert sizes == before


def test_one_disagreement_or_doubt_among_sizes_is_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    of = stated(x[i], 1 * x[i])
    pattern = patterns(of.indices, of.terms)[0]

    def outcomes(*given: Outcome) -> Outcome:
        waiting = iter(given)
        monkeypatch.setattr(module, "_at_sizes", lambda stated, pattern, sizes: next(waiting))
        return replay(of, pattern)

    yes, balls = Agrees(1, True, ()), Agrees(3, False, ())
    assert outcomes(yes, Differs({"n": 2})) == Differs({"n": 2})
    assert outcomes(yes, Unclear()) == Unclear()
    assert outcomes(NowhereDefined(), yes) == Agrees(1, True, ("n = 2",))
    assert outcomes(NowhereDefined(), NowhereDefined()) == NowhereDefined()
    assert outcomes(yes, balls) == Agrees(4, False, ("n = 1", "n = 2"))


def test_one_disagreement_or_doubt_among_points_is_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    of = stated(largest, 1 * max_over(j, x[j]))
    pattern = patterns(of.indices, of.terms)[0]

    def outcomes(*given: Outcome) -> Outcome:
        waiting = iter(given)
        monkeypatch.setattr(module, "_modular", lambda stated, sizes, indices, seed: next(waiting))
        return module._at_sizes(of, pattern, {"n": 2})

    yes, balls, none = Agrees(1, True, ()), Agrees(1, False, ()), NowhereDefined()
    assert outcomes(yes, none, Differs({"n": 2})) == Differs({"n": 2})
    assert outcomes(yes, none, Unclear()) == Unclear()
    assert outcomes(*[none] * 23, yes) == Agrees(1, True, ())
    assert outcomes(*[none] * 24) == none
    assert outcomes(balls, *[yes] * 11) == Agrees(12, False, ())


def test_what_a_proof_was_replayed_on() -> None:
    once = [Agrees(2, True, ("n = 1", "n = 2")), Agrees(3, True, ("n = 2", "n = 3"))]
    assert summary(once) == Replay(5, "modular", ("n = 1", "n = 2", "n = 3"))
    assert summary([*once, Agrees(1, False, ("n = 1",))]) == Replay(6, "balls", ("n = 1", "n = 2", "n = 3"))
