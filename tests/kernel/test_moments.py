"""Expectations: by set partitions in the normal form, by enumeration at instances; what is not given is not used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.check import Contradiction, check, prove_claim
from verify.kernel import binding, decide, moments
from verify.kernel import laws as laws_of_a_point
from verify.kernel.atoms import EntryForm, MomentForm, Monomial, Poly
from verify.kernel.certificate import certificate, read_statement
from verify.kernel.evaluate import Evaluation
from verify.kernel.exact import Exact
from verify.kernel.laws import laws
from verify.kernel.moments import Moments, partitions
from verify.kernel.patterns import patterns
from verify.kernel.point import GRID, Law, Place, Point, as_fraction
from verify.kernel.randomness import Chances
from verify.kernel.replay import Agrees, replay
from verify.kernel.ring import Facts, Ring
from verify.kernel.statement import statement
from verify.kernel.structure import structure
from verify.kernel.term import Idx, Subscript, Variable, extent
from verify.language import (
    Chain,
    Claim,
    Expression,
    Link,
    Misshapen,
    Number,
    Proved,
    Refuted,
    Undecided,
    as_expression,
    at_least,
    delta,
    diff,
    dims,
    equal,
    exp,
    expectation,
    family,
    greater,
    independent,
    index,
    less,
    log,
    matrix,
    max_over,
    oo,
    product_over,
    random,
    recursion,
    scalar,
    sum_over,
    tends_to,
    total,
    variance,
    vector,
)
from verify.language.chance import Given
from verify.sample import Inadmissible, at_witness

m, n = dims("m n")
x, y, W = vector("x", n), vector("y", n), matrix("W", m, n)
u, t, a, c, v = scalar("u"), scalar("t"), scalar("a"), scalar("c"), scalar("v")
i, j, p = index("i", n), index("j", n), index("p", m)
both = independent(x, y)
mean, spread = equal(expectation(x[i]), a), equal(variance(x[i]), v)


def link(left: object, right: object, *hypotheses: Chain) -> Link:
    (found,) = equal(left, right).links(tuple(each for chain in hypotheses for each in chain.links()))
    return found


def bell(number: int) -> int:
    """The number of partitions of a set, by Bell's triangle."""
    row = [1]
    for _ in range(number - 1):
        following = [row[-1]]
        for each in row:
            following.append(following[-1] + each)
        row = following
    return row[-1]


@pytest.mark.parametrize("number", range(1, 8))
def test_there_are_as_many_partitions_as_bell_says(number: int) -> None:
    factors = [EntryForm(Variable("x", ()), (place,)) for place in range(number)]
    found = list(partitions(factors))
    assert len(found) == bell(number)
    assert len({frozenset(frozenset(block) for block in blocks) for blocks in found}) == bell(number)


def law(mean_: Fraction, variance_: Fraction, step: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Two values with this mean and variance, each with its probability."""
    low = variance_ / step
    return [(mean_ + step, low / (step + low)), (mean_ - low, step / (step + low))]


POWERS = st.lists(st.integers(0, 4), min_size=3, max_size=3).filter(lambda powers: 0 < sum(powers) <= 8)
RATIONALS = st.fractions(-3, 3, max_denominator=4)


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(POWERS, st.lists(RATIONALS, min_size=3, max_size=3))
def test_moments_of_products_of_powers(powers: list[int], means: list[Fraction]) -> None:
    """The normal form of E[x_1^p x_2^q x_3^r], with the moments as they are, has the value of the enumeration."""
    laws_ = [law(each, Fraction(place + 1), Fraction(1, place + 2)) for place, each in enumerate(means)]
    raw = [[sum((chance * value**k for value, chance in each), Fraction(0)) for k in range(9)] for each in laws_]
    expected = prod((raw[place][power] for place, power in enumerate(powers)), start=Fraction(1))
    entries = Variable("x", ())
    ring = Ring(Facts(chances=Chances((entries,))))
    body: Poly = {
        tuple(
            (ring.atom(EntryForm(entries, (place + 1,))), power) for place, power in enumerate(powers) if power
        ): fmpq(1)
    }
    found = Moments(ring, lambda _: {}).of(body)
    total_ = Fraction(0)
    for monomial, coefficient in found.items():
        value = Fraction(int(coefficient.p), int(coefficient.q))
        for atom, exponent in monomial:
            assert isinstance(atom.form, MomentForm)
            ((entry, power),) = atom.form.product
            assert isinstance(entry.form, EntryForm)
            (place,) = entry.form.subscripts
            assert isinstance(place, int)
            value *= raw[place - 1][int(power)] ** int(exponent)
        total_ += value
    assert total_ == expected


FACTORS = [x[i], x[j], y[i], total(x), x.T * y, a, sum_over(j, x[j] * c + y[j]), delta(i, j), W[p, i] * 2, n * x[1]]
POLYNOMIALS = st.lists(st.lists(st.sampled_from(FACTORS), min_size=1, max_size=3), min_size=1, max_size=3)
GIVEN = [
    (),
    (mean, spread),
    (equal(expectation(x[i]), 0),),
    (equal(expectation(x[i] ** 2), 2), equal(variance(y[i]), c)),
]


@settings(max_examples=80, derandomize=True, deadline=None, database=None)
@given(POLYNOMIALS, st.sampled_from([independent(x, y, W), random(x, y)]), st.sampled_from(GIVEN))
def test_the_normal_form_of_an_expectation_has_its_value(
    terms: list[list[Expression]], listing: Chain, hypotheses: tuple[Chain, ...]
) -> None:
    body: Expression = x[i]
    for factors in terms:
        term = as_expression(1)
        for factor in factors:
            term = term * factor
        body = body + term
    claimed = link(expectation(body), 0, listing, *hypotheses)
    stated = statement(claimed.left, Number(0), claimed.given)
    for pattern in patterns(stated.indices, stated.terms):
        form = decide.normal_forms(stated, pattern, Ring(stated.facts))
        again = statement(claimed.left, form.shown(form.left), claimed.given)
        assert isinstance(replay(again, pattern), Agrees), str(form.shown(form.left))


NEVER_DECIDED = [
    (expectation(x[i] * y[j]), expectation(x[i]) * expectation(y[j]), (), "nothing is said to be random"),
    (expectation(x[i] * y[i]), expectation(x[i]) * expectation(y[i]), (independent(x),), "y is not said to be random"),
    (variance(x.T * y), n * v * c, (mean, spread), "moments of what is not said to be random"),
    (variance(x.T * y), n * v * c, (independent(y), mean, spread), "moments of another name"),
    (expectation(x[i] * y[i]), expectation(x[i]) * expectation(y[i]), (independent(x), independent(y)), "two families"),
    (x[i], a, (both, mean), "a random entry outside an expectation"),
    (expectation(exp(x[i]) * exp(-x[i]) * exp(x[i])), expectation(exp(x[i])), (both,), "no polynomial"),
    (expectation(x[i] / x[i]), 1, (both,), "a quotient of random numbers"),
    (expectation(0 * log(x[i])), 0, (both,), "a logarithm of a random number, though times zero"),
    (expectation(max_over(i, x[i])), expectation(max_over(j, x[j])), (both,), "a maximum"),
    (diff(expectation(x[i]), a), 1, (both, mean), "the derivative of an expectation"),
    (expectation(x[i]), a, (both, equal(expectation(x[1]), a)), "the moment of one entry only"),
    (expectation(W[p, j]), a, (independent(y), equal(expectation(x[i]), a)), "a mean of another name"),
    (expectation(x[i]), a, (both, mean, equal(expectation(x[j]), a)), "two means"),
    (variance(x[i]), v, (both, spread, equal(expectation(x[i] ** 2), v)), "two hypotheses on the spread"),
    (expectation(x[i]), y[j], (independent(x), equal(expectation(x[i]), y[j])), "an index on one side"),
    (expectation(x[i]), expectation(y[i]), (both, equal(expectation(x[i]), expectation(y[i]))), "moments related"),
    (expectation(x[i]), y[i], (both, equal(expectation(x[i]), y[i])), "a mean that is random"),
    (variance(x[i]), v, (both, spread, equal(total(x), 1)), "an equation between random entries"),
    (variance(x[i]), v, (both, spread, less(0, x[i])), "a sign of random entries"),
    (variance(x[i]), v, (both, greater(variance(x[i]), 1), equal(v, 2)), "an inequality for a variance"),
    (expectation(u * t), a, (random(u, t), equal(expectation(u * t), a)), "a moment of a product"),
    (expectation(x[i]), a, (both, mean, equal(variance(x[i]), -1 - a**2)), "a variance that is never one"),
]


@pytest.mark.parametrize(("left", "right", "hypotheses", "why"), NEVER_DECIDED, ids=[row[-1] for row in NEVER_DECIDED])
def test_what_is_left_undecided(left: Expression, right: object, hypotheses: tuple[Chain, ...], why: str) -> None:
    assert isinstance(check(link(left, right, *hypotheses)).verdict, Undecided), why


def test_an_inequality_of_expectations_is_left_undecided() -> None:
    (found,) = at_least(variance(x[i]), 0).links(both.links())
    assert isinstance(check(found).verdict, Undecided)


def test_nothing_is_random_at_any_depth_or_in_a_limit() -> None:
    """The hypothesis of an induction is about unknown numbers, and would take a random one for a constant."""
    (depth,) = dims("L")
    w, h = family("w"), recursion("h", u, lambda level: t * h(level - 1))
    claims = [
        equal(expectation(t * h(depth)), expectation(t) * expectation(h(depth))),
        equal(expectation(u * w(depth)), expectation(u) * w(depth)),
        equal(expectation(h(depth)), product_over(index("l", depth), expectation(t)) * expectation(u)),
        tends_to(c * expectation(u), 0, c=oo),
    ]
    for claim in claims:
        for hypotheses in (independent(u, t), random(u, t)):
            (found,) = claim.links(hypotheses.links())
            assert isinstance(check(found).verdict, Undecided)


def test_what_is_random_is_no_claim() -> None:
    (found,) = both.links()
    assert isinstance(check(found).verdict, Undecided)


def test_the_expectation_of_a_vector_is_misshapen() -> None:
    assert isinstance(check(link(expectation(x), a, both)).verdict, Misshapen)


MEANS = [
    pytest.param(expectation(x[i]), y[i], (independent(x), equal(expectation(x[i]), y[i])), id="one for each entry"),
    pytest.param(
        expectation(total(x)), total(y), (independent(x), equal(expectation(x[i]), y[i])), id="of a sum, renamed"
    ),
    pytest.param(
        expectation(W[p, i]), a * y[i], (independent(W), equal(expectation(W[p, i]), a * y[i])), id="of a matrix"
    ),
    pytest.param(
        variance(total(x)), total(y), (independent(x), equal(variance(x[i]), y[i])), id="variances of their own"
    ),
    pytest.param(
        expectation(total(x) ** 2),
        n * c + n * (n - 1) * a**2,
        (independent(x), mean, equal(expectation(x[i] ** 2), c)),
        id="the square's mean given",
    ),
    pytest.param(
        variance(x[i]), c - a**2, (independent(x), mean, equal(expectation(x[i] ** 2), c)), id="and the variance by it"
    ),
    pytest.param(expectation(x[1] * x[2]), a**2, (independent(x), mean), id="numbers as subscripts"),
    pytest.param(variance(u), v, (independent(u), equal(variance(u), v)), id="of a scalar"),
    pytest.param(
        variance(x[i]), 1 / n, (independent(x), equal(variance(x[i]), 1 / n)), id="a variance that falls with n"
    ),
    pytest.param(
        expectation(vector("z", 3).T * vector("z", 3)),
        3 * v,
        (
            independent(vector("z", 3)),
            equal(expectation(vector("z", 3)[index("k", 3)]), 0),
            equal(variance(vector("z", 3)[index("k", 3)]), v),
        ),
        id="three entries",
    ),
]


@pytest.mark.parametrize(("left", "right", "hypotheses"), MEANS)
def test_moments_are_those_of_each_entry(left: Expression, right: Expression, hypotheses: tuple[Chain, ...]) -> None:
    verdict = check(link(left, right, *hypotheses)).verdict
    assert isinstance(verdict, Proved), verdict


def test_what_is_left_of_false_claims_is_the_missing_hypothesis() -> None:
    stated = statement(
        variance(x.T * y), n * v * c, tuple(each for chain in (both, mean, spread, *OTHER) for each in chain.links())
    )
    (pattern,) = patterns(stated.indices, stated.terms)
    forms = decide.normal_forms(stated, pattern, Ring(stated.facts))
    shown = statement(forms.shown(forms.residual), n * (v * a**2 + c * a**2), ())
    assert decide.normal_forms(shown, pattern, Ring()).equal


OTHER = (equal(expectation(y[i]), a), equal(variance(y[i]), c))


# The distributions at a point.


def outcomes(found: dict[Place, Law]) -> Iterator[tuple[Fraction, dict[Place, Fraction]]]:
    """All outcomes of independent lots, with their probabilities."""
    lots = list({id(each): each for each in found.values()}.values())
    for chosen in product(*lots):
        values: dict[Place, Fraction] = {}
        for _, part in chosen:
            values |= part
        yield prod((chance for chance, _ in chosen), start=Fraction(1)), values


@pytest.mark.parametrize("listing", [independent(x, y), random(x, y)], ids=["independent", "dependent"])
@pytest.mark.parametrize("seed", range(6))
def test_distributions_meet_their_hypotheses(listing: Chain, seed: int) -> None:
    given_ = tuple(each for chain in (listing, mean, spread) for each in chain.links())
    stated = statement(variance(x.T * y), Number(0), given_)
    point = Point(seed, tuple(each for each in GRID if each > 0))
    sizes = {"n": 2}
    found = laws(stated.known.facts.chances, point, sizes)
    assert found is not None
    everything = list(outcomes(found))
    assert sum(chance for chance, _ in everything) == 1
    assert all(chance > 0 for chance, _ in everything)
    names = {variable.symbol: variable for variable in stated.known.facts.chances.variables}
    scalars = {symbol: point.entry(Variable(symbol, ()), ()) for symbol in ("a", "v")}
    for place in ((1, 1), (2, 1)):
        values = [(chance, outcome[names["x"], place]) for chance, outcome in everything]
        average = sum(chance * value for chance, value in values)
        assert average == scalars["a"]
        assert sum(chance * (value - average) ** 2 for chance, value in values) == scalars["v"]
    third = [
        sum(chance * (outcome[names["x"], place] - scalars["a"]) ** 3 for chance, outcome in everything)
        for place in ((1, 1), (2, 1))
    ]
    assert third[0] != third[1] or seed, "skewness differs from entry to entry"
    product_mean = sum(
        chance * outcome[names["x"], (1, 1)] * outcome[names["x"], (2, 1)] for chance, outcome in everything
    )
    assert (product_mean == scalars["a"] ** 2) == (listing == both)


def test_a_negative_variance_has_no_distribution() -> None:
    stated = statement(variance(x.T * y), Number(0), (*both.links(), *spread.links()))
    negative = Point(0, (Fraction(-1),))
    assert laws(stated.known.facts.chances, negative, {"n": 1}) is None


def test_enumeration_is_what_it_says() -> None:
    """E[(x_1 + x_2)^2 y_1] by hand, over the eight outcomes."""
    stated = statement(expectation((x[1] + x[2]) ** 2 * y[1]), Number(0), both.links())
    point = Point(3, GRID)
    sizes = {"n": 2}
    found = laws(stated.known.facts.chances, point, sizes)
    assert found is not None
    first, second = stated.known.facts.chances.variables
    by_hand = sum(
        chance * (values[first, (1, 1)] + values[first, (2, 1)]) ** 2 * values[second, (1, 1)]
        for chance, values in outcomes(found)
    )
    point.laws = found
    assert as_fraction(Evaluation(Exact(point), sizes).of(stated.left, {})) == by_hand


# Witnesses.


@pytest.mark.parametrize(
    ("left", "right", "hypotheses", "words"),
    [
        (
            expectation(u * t),
            expectation(u) * expectation(t),
            (random(u, t),),
            "for (t, u) in {(-1, -1), (1, 1)}, each with probability 1/2: left 1, right 0",
        ),
        (
            variance(total(x)),
            v,
            (independent(x), spread),
            "for n = 2, v = 1; x_1 in {-1, 1}, each with probability 1/2; "
            "x_2 in {-1, 1}, each with probability 1/2: left 2, right 1",
        ),
        (
            expectation(u**3),
            0,
            (independent(u), equal(expectation(u), 0), equal(variance(u), 2)),
            "for u = -2 with probability 1/3, 1 with probability 2/3: left -2, right 0",
        ),
        (expectation(u), 1, (independent(u),), "for u = 0 always: left 0, right 1"),
    ],
)
def test_a_witness_can_be_done_again_by_hand(
    left: Expression, right: object, hypotheses: tuple[Chain, ...], words: str
) -> None:
    verdict = check(link(left, right, *hypotheses)).verdict
    assert isinstance(verdict, Refuted)
    assert str(verdict.witness) == words


def test_entries_that_do_not_matter_are_not_in_the_witness() -> None:
    verdict = check(link(expectation(y[i]), 1, both, spread)).verdict
    assert isinstance(verdict, Refuted)
    assert [chance.entries for chance in verdict.witness.chances] == [(("y", (1,)),)]


# Certificates.


def test_a_certificate_says_what_is_random() -> None:
    claimed = link(variance(total(x)), n * v, independent(x), mean, spread)
    verdict = check(claimed).verdict
    assert isinstance(verdict, Proved)
    record = certificate(claimed, verdict)
    assert record is not None
    read = read_statement(record["statement"])
    stated = statement(claimed.left, n * v, claimed.given)
    assert structure(read.left) == structure(stated.left)
    assert read.random.independent
    assert read.random.variables == stated.known.facts.chances.variables
    assert set(read.random.moments) == set(stated.known.facts.chances.moments)


# Wrong rules, planted on purpose: the normal form accepts a false equation, and the replay refutes it.

Plant = Callable[[pytest.MonkeyPatch], None]


def _coinciding_indices_independent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moments, "partitions", lambda factors: iter([[[each] for each in factors]]))


def _one_block_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moments, "partitions", lambda factors: iter([[list(factors)] if factors else []]))


def _pairs_only(patch: pytest.MonkeyPatch) -> None:
    right = moments.partitions
    patch.setattr(
        moments,
        "partitions",
        lambda factors: (each for each in right(factors) if all(len(block) < 3 for block in each)),
    )


def _no_delta_in_a_block(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moments, "delta", lambda ring, row, column: ring.constant(1))


def _first_axis_only(patch: pytest.MonkeyPatch) -> None:
    right, first = binding.delta, index("first", m).dimension

    def wrong(ring: Ring, row: Subscript, column: Subscript) -> Poly:
        rows = isinstance(row, Idx) and row.extent == extent(first)
        return right(ring, row, column) if rows else ring.constant(1)

    patch.setattr(moments, "delta", wrong)


def _variance_for_the_square(patch: pytest.MonkeyPatch) -> None:
    right = Moments._moment

    def wrong(self: Moments, entry: EntryForm, order: int) -> Poly:
        known = self._given("variance", entry) if order == 2 else None
        return right(self, entry, order) if known is None else known

    patch.setattr(Moments, "_moment", wrong)


def _dependent_as_independent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Moments, "_dependent", _product_of_means)


def _product_of_means(self: Moments, entries: Monomial) -> Poly:
    result = self.ring.constant(1)
    for atom, exponent in entries:
        assert isinstance(atom.form, EntryForm)
        result = self.ring.product(result, self._moment(atom.form, int(exponent)))
    return result


def _mean_of_another_entry(patch: pytest.MonkeyPatch) -> None:
    right = Moments._given

    def wrong(self: Moments, kind: Given, entry: EntryForm) -> Poly | None:
        return right(self, kind, EntryForm(entry.variable, (1,) * len(entry.subscripts)))

    patch.setattr(Moments, "_given", wrong)


def _cumulants_of_order_three_are_zero(patch: pytest.MonkeyPatch) -> None:
    right = Moments._cumulant
    patch.setattr(Moments, "_cumulant", lambda self, entry, order: right(self, entry, order) if order < 3 else {})


def _sums_not_opened(patch: pytest.MonkeyPatch) -> None:
    """A power of a sum is given one index only."""
    right = Moments._of_monomial

    def wrong(self: Moments, monomial: Monomial) -> Poly:
        return right(self, tuple((atom, 1) for atom, _ in monomial))

    patch.setattr(Moments, "_of_monomial", wrong)


PLANTED: list[tuple[Plant, Expression, Expression | int, tuple[Chain, ...], str]] = [
    (
        _coinciding_indices_independent,
        expectation(x[i] ** 2),
        a**2,
        (both, mean, spread),
        "coinciding indices taken for independent: E[x_i^2] = mean^2",
    ),
    (
        _one_block_only,
        expectation(x[i] * x[j]),
        delta(i, j) * v,
        (both, mean, spread),
        "indices always taken to coincide",
    ),
    (_pairs_only, expectation(x[i] ** 3), 0, (both, equal(expectation(x[i]), 0), spread), "third cumulants lost"),
    (_no_delta_in_a_block, expectation(x[i] * x[j]), a**2 + v, (both, mean, spread), "the delta of a block lost"),
    (
        _first_axis_only,
        expectation(sum_over(j, sum_over(i, W[p, i] * W[p, j]))),
        n**2 * v,
        (independent(W), equal(expectation(W[p, i]), 0), equal(variance(W[p, i]), v)),
        "entries of a matrix that share a row taken for one",
    ),
    (
        _variance_for_the_square,
        expectation(u**2),
        v,
        (random(u), equal(expectation(u), a), equal(variance(u), v)),
        "a variance for the mean of the square",
    ),
    (
        _dependent_as_independent,
        expectation(u * t),
        expectation(u) * expectation(t),
        (random(u, t),),
        "independence used that is not given",
    ),
    (
        _mean_of_another_entry,
        expectation(x[i]),
        y[1],
        (independent(x), equal(expectation(x[i]), y[i])),
        "the mean of another entry",
    ),
    (
        _cumulants_of_order_three_are_zero,
        expectation(total(x) ** 3),
        0,
        (both, equal(expectation(x[i]), 0), spread),
        "the third cumulants of a sum lost",
    ),
    (_sums_not_opened, expectation(total(x) ** 2), expectation(total(x)), (both,), "the power of a sum lost"),
]


@pytest.mark.parametrize(("plant", "left", "right", "hypotheses", "why"), PLANTED, ids=[row[-1] for row in PLANTED])
def test_a_wrong_rule_of_expectation_is_caught_by_the_replay(
    plant: Plant,
    left: Expression,
    right: Expression | int,
    hypotheses: tuple[Chain, ...],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claimed = link(left, right, *hypotheses)
    assert not accepted(claimed), "the equation must be false for this test to mean anything"
    plant(monkeypatch)
    assert accepted(claimed), "the planted rule must make the normal form accept it"
    assert isinstance(decide.decide(claimed), Refuted), why


def accepted(claimed: Link) -> bool:
    """Whether the normal form alone takes the sides for equal, without a replay."""
    assert not isinstance(claimed.right, tuple)
    stated = statement(claimed.left, as_expression(claimed.right), claimed.given)
    found = patterns(stated.indices, stated.terms)
    return all(decide.normal_forms(stated, each, Ring(stated.facts)).equal for each in found)


def test_a_hypothesis_used_for_another_entry_by_all_of_the_kernel_is_caught_by_the_sampler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = Chances.given
    hypotheses = (independent(x), equal(expectation(x[i]), y[i]))
    claim = Claim("False.", equal(expectation(x[i]), y[1]), given=hypotheses)
    assert isinstance(decide.decide(claim.links()[0]), Refuted), "the equation must be false"
    monkeypatch.setattr(
        Chances, "given", lambda self, kind, variable, subscripts: right(self, kind, variable, (1,) * len(subscripts))
    )
    with pytest.raises(Contradiction, match="is proved, but the sampler sees it fail"):
        prove_claim(claim)


def test_distributions_that_do_not_meet_the_hypotheses_are_caught_by_the_sampler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = laws_of_a_point._pair

    def wrong(*given_: object) -> tuple[Fraction, Fraction, Fraction] | None:
        pair = right(*given_)  # type: ignore[arg-type]
        return None if pair is None else (pair[0], pair[1], 2 * pair[2])

    claimed = link(variance(x[i]), v, independent(x), equal(expectation(x[i]), 0), spread)
    assert isinstance(decide.decide(claimed), Proved)
    monkeypatch.setattr(laws_of_a_point, "_pair", wrong)
    verdict = decide.decide(claimed)
    assert isinstance(verdict, Refuted), "a true claim is refuted by a distribution that has other moments"
    assert isinstance(at_witness(claimed, verdict.witness), Inadmissible)
