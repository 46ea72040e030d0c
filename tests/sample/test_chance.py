"""Random entries in the sampler: lots that meet their hypotheses, and expectations over all outcomes."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest

from tests.kernel.tables import ALWAYS_PROVED, NEVER_PROVED, one_link
from verify.check import check
from verify.language import (
    Chain,
    Expression,
    Link,
    Refuted,
    Witness,
    covariance,
    dims,
    equal,
    expectation,
    independent,
    index,
    matrix,
    random,
    scalar,
    sum_over,
    total,
    variance,
    vector,
)
from verify.language.chance import is_moment, listed
from verify.language.verdict import Chance
from verify.sample import (
    Agrees,
    CannotTell,
    Differs,
    Disagreement,
    Inadmissible,
    NotSampled,
    Sampled,
    at_witness,
    sample,
)
from verify.sample.floats import Floats
from verify.sample.given import met
from verify.sample.lots import Lot, lots, parameter
from verify.sample.points import Ground, Point, drawn
from verify.sample.walk import value

m, n = dims("m n")
x, y, W = vector("x", n), vector("y", n), matrix("W", m, n)
u, t, a, v = scalar("u"), scalar("t"), scalar("a"), scalar("v")
i, p, q = index("i", n), index("p", m), index("q", m)
both = independent(x, y)
mean, spread = equal(expectation(x[i]), a), equal(variance(x[i]), v)


def link(left: object, right: object, *hypotheses: Chain) -> Link:
    (found,) = equal(left, right).links(tuple(each for chain in hypotheses for each in chain.links()))
    return found


def point_of(claimed: Link, *data: int) -> Point:
    point = met(drawn(Ground.of(claimed), bytes(data)), claimed.given)
    assert point is not None
    return point


def moments(lot: Lot, position: int) -> tuple[Fraction, Fraction]:
    """The mean and the variance of an entry of a lot."""
    values = [(chance, each[position]) for chance, each in lot.outcomes]
    average = sum((chance * number for chance, number in values), Fraction(0))
    return average, sum((chance * (number - average) ** 2 for chance, number in values), Fraction(0))


@pytest.mark.parametrize("listing", [independent(x, y), random(x, y)], ids=["independent", "dependent"])
@pytest.mark.parametrize("step", [Fraction(1), Fraction(-1, 2), Fraction(3)])
def test_lots_have_the_moments_that_are_given(listing: Chain, step: Fraction) -> None:
    given = (*listing.links(), *mean.links(), *spread.links())
    steps = np.array([[step], [2 * step]], dtype=object)
    free = np.array([[Fraction(1)], [Fraction(2)]], dtype=object)
    inputs = {parameter(name, "step"): steps for name in (x, y)}
    inputs |= {parameter(y, "mean"): free, parameter(y, "variance"): free}
    told = np.array([[Fraction(3)], [Fraction(1, 3)]], dtype=object)
    found = lots(given, inputs, {("mean", x): told, ("variance", x): told})
    assert found is not None
    assert len(found) == (4 if listing == both else 1)
    for lot in found:
        assert sum(chance for chance, _ in lot.outcomes) == 1
        for position, (name, place) in enumerate(lot.entries):
            expected = told if name == x else free
            assert moments(lot, position) == (expected.flat[place],) * 2


def test_a_negative_variance_has_no_lots() -> None:
    given = (*independent(u).links(),)
    inputs = {parameter(u, "step"): np.array(Fraction(1)), parameter(u, "mean"): np.array(Fraction(0))}
    assert lots(given, inputs, {("variance", u): np.array(Fraction(-1), dtype=object)}) is None


def test_an_expectation_is_the_sum_over_all_outcomes() -> None:
    claimed = link(expectation((x.T * y) ** 2 + x[i]), 0, both)
    point = point_of(claimed, 0, 1, 1, *range(3, 40))
    assert point.sizes == {"n": 2}
    found = value(claimed.left, point.scope(Floats)).rounded()
    for entry in range(2):
        by_hand = Fraction(0)
        for chosen in product(*(lot.outcomes for lot in point.lots)):
            held = {place: each for lot, (_, (each,)) in zip(point.lots, chosen, strict=True) for place in lot.entries}
            inner = sum((held[x, place] * held[y, place] for place in range(2)), Fraction(0))
            chance = prod((probability for probability, _ in chosen), start=Fraction(1))
            by_hand += chance * (inner**2 + held[x, entry])
        assert float(found[entry]) == pytest.approx(float(by_hand), rel=1e-12)


def test_an_expectation_within_is_a_constant() -> None:
    claimed = link(expectation((u - expectation(u)) * u), variance(u), independent(u))
    assert isinstance(sample(claimed), Sampled)


def about_chance(row: object) -> bool:
    given: tuple[Chain, ...] = row.values[2]  # type: ignore[attr-defined]
    return any(listed(each) or is_moment(each) for chain in given for each in chain.links())


@pytest.mark.parametrize(("left", "right", "given"), [row for row in ALWAYS_PROVED if about_chance(row)])
def test_what_is_proved_is_sampled(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    assert isinstance(sample(one_link(left, right, given), 30), Sampled)


@pytest.mark.parametrize(("left", "right", "given"), [row for row in NEVER_PROVED if about_chance(row)])
def test_what_is_refuted_differs_at_the_witness(left: Expression, right: Expression, given: tuple[Chain, ...]) -> None:
    claimed = one_link(left, right, given)
    verdict = check(claimed).verdict
    assert isinstance(verdict, Refuted)
    assert isinstance(at_witness(claimed, verdict.witness), Differs)


FALSE = [
    pytest.param(variance(x.T * y), n * v * a, (both, mean, spread), id="means ignored"),
    pytest.param(expectation(x[i] ** 3), 0, (both, equal(expectation(x[i]), 0), spread), id="skewness ignored"),
    pytest.param(expectation(u * t), expectation(u) * expectation(t), (random(u, t),), id="independence not given"),
    pytest.param(covariance((W * x)[p], (W * x)[q]), 0, (independent(W, x),), id="means of the weights"),
    pytest.param(variance(total(x)), n**2 * v, (both, spread), id="n squared"),
]


@pytest.mark.parametrize(("left", "right", "hypotheses"), FALSE)
def test_it_finds_a_disagreement_by_itself(left: Expression, right: object, hypotheses: tuple[Chain, ...]) -> None:
    assert isinstance(sample(link(left, right, *hypotheses)), Disagreement)


def test_a_random_entry_outside_an_expectation_is_not_sampled() -> None:
    assert isinstance(sample(link(x[i], a, both, mean)), NotSampled)


@pytest.mark.parametrize(
    "hypothesis",
    [equal(expectation(x[i] * y[i]), 0), equal(variance(x.T * y), v), equal(expectation(x[1]), 0)],
    ids=["of a product", "of a sum", "of one entry"],
)
def test_hypotheses_that_are_not_met_by_construction_are_named(hypothesis: Chain) -> None:
    found = sample(link(variance(x[i]), variance(x[i]), both, hypothesis))
    assert isinstance(found, NotSampled)
    assert "not met by construction" in found.why


HALF = (("1/2", ("-1",)), ("1/2", ("1",)))
TOGETHER = (("1/2", ("-1", "-1")), ("1/2", ("1", "1")))


@pytest.mark.parametrize(
    ("chances", "expected", "why"),
    [
        ((Chance((("u", ()),), HALF),), Differs, "E[u^2] is 1, and t does not vary"),
        ((), Agrees, "what is left out does not vary where nothing says that it does"),
        ((Chance((("u", ()),), (("1/2", ("0",)), ("1/2", ("1",)))),), Inadmissible, "its mean is not 0"),
        ((Chance((("u", ()), ("t", ())), TOGETHER),), Inadmissible, "one lot for two that are independent"),
        ((Chance((("z", ()),), HALF),), CannotTell, "no such name"),
        ((Chance((("u", (1,)),), HALF),), CannotTell, "no such entry"),
    ],
)
def test_the_distributions_of_a_witness_are_judged(chances: tuple[Chance, ...], expected: type, why: str) -> None:
    claimed = link(expectation(u**2), 2 * expectation(t**2), independent(u, t), equal(expectation(u), 0))
    inputs: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    assert isinstance(at_witness(claimed, Witness((), (), inputs, (), "1", "2", chances)), expected), why


def test_a_sum_of_expectations_over_an_index() -> None:
    claimed = link(expectation(sum_over(i, x[i] * a)), a * sum_over(i, expectation(x[i])), random(x))
    assert isinstance(sample(claimed), Sampled)
