"""Inequalities and intervals: what is proved, with its exact range, and what is never proved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Poly

from verify.check import check
from verify.kernel.univariate import AT_LEAST_ONE, PARAMETER, POSITIVE, REAL, Span, range_of
from verify.language import (
    AtLeast,
    Chain,
    Interval,
    Positive,
    Proved,
    Refuted,
    Undecided,
    at_least,
    at_most,
    between,
    delta,
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
    norm,
    oo,
    scalar,
    sigma,
    softmax,
    tanh,
    total,
    vector,
)
from verify.language.verdict import Verdict

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
i, k = index("i", n), index("k", n)
z, a, v = scalar("z"), scalar("a"), vector("v", n)
s = softmax(x)
largest = max_over(i, x[i])
quarter = Fraction(1, 4)


def verdict(chain: Chain, *given: Chain) -> Verdict:
    """The verdict on a chain of one link under hypotheses."""
    (link,) = chain.links(tuple(each for one in given for each in one.links()))
    return check(link).verdict


PROVED = [
    pytest.param(member(s[k], between(0, 1, closed="high")), (), "(0, 1)", id="softmax, for n >= 1"),
    pytest.param(member(s[k], between(0, 1)), (at_least(n, 2),), "(0, 1)", id="softmax, for n >= 2"),
    pytest.param(member(exp(x[k] - largest), between(0, 1, closed="high")), (), "(0, 1]", id="e^(x - max x)"),
    pytest.param(member(exp(x[k] - largest), between(0, 1, closed="both")), (), "(0, 1]", id="the same, loosely"),
    pytest.param(member(exp(z), between(0, None)), (), r"(0, \infty)", id="e^x"),
    pytest.param(member(sigma(z), between(0, 1)), (), "(0, 1)", id="the logistic function"),
    pytest.param(
        member(sigma.derivative(z), between(0, quarter, closed="high")), (), r"(0, \frac{1}{4}]", id="its derivative"
    ),
    pytest.param(member(tanh(z), between(-1, 1)), (), "(-1, 1)", id="tanh"),
    pytest.param(member(tanh.derivative(z), between(0, 1, closed="high")), (), "(0, 1]", id="its derivative too"),
    pytest.param(at_most(x[k] - largest, 0), (), None, id="an entry is at most the maximum"),
    pytest.param(less(0, total(exp(x))), (), None, id="a sum of positive terms"),
    pytest.param(at_most(x[k] + a, 0), (equal(a, -largest),), None, id="an entry shifted by the maximum"),
    pytest.param(
        member(exp(x[k] + a), between(0, 1, closed="high")), (equal(a, -largest),), "(0, 1]", id="e to the power of it"
    ),
    pytest.param(less(0, (v * a)[k]), (less(0, v), less(0, a)), None, id="a column of any length times a number"),
    pytest.param(at_most(0, z**2), (), None, id="a square"),
    pytest.param(less(0, a), (less(0, a),), None, id="a hypothesis"),
    pytest.param(less(sigma(z) * sigma(a), 1), (), None, id="a product of two logistic functions"),
    pytest.param(greater(tanh.derivative(0 * z), sigma.derivative(0 * z)), (), None, id="at 0"),
    pytest.param(at_most(1 / n, 1), (), None, id="a dimension is at least 1"),
    pytest.param(less(1 / n, 1), (at_least(n, 2),), None, id="and at least what is given"),
    pytest.param(at_most(1 / n, Fraction(1, 3)), (at_least(n, 3),), None, id="if that is 3"),
    pytest.param(less(0, log(1 + exp(z))), (), None, id="the softplus is positive"),
    pytest.param(less(z, log(1 + exp(z))), (), None, id="and more than its argument"),
    pytest.param(less(log(sigma(z)), 0), (), None, id="the logarithm of a logistic function"),
    pytest.param(at_most(0, -log(s[k])), (), None, id="a cross-entropy is not negative"),
    pytest.param(at_most(largest, log(total(exp(x)))), (), None, id="log-sum-exp is at least the maximum"),
    pytest.param(less(largest, log(total(exp(x)))), (at_least(n, 2),), None, id="and more for two entries"),
    pytest.param(at_most(x[k], log(total(exp(x)))), (), None, id="and at least each entry"),
    pytest.param(greater(largest, x[1] - 1), (), None, id="a maximum and its first entry"),
    pytest.param(at_most(x[1], largest), (), None, id="which is at most it"),
    pytest.param(at_most(x[k], largest), (), None, id="as any other"),
    pytest.param(at_most(exp(x[1]), total(exp(x))), (), None, id="the first term of a sum"),
]


@pytest.mark.parametrize(("chain", "given", "exact"), PROVED)
def test_proved(chain: Chain, given: tuple[Chain, ...], exact: str | None) -> None:
    found = verdict(chain, *given)
    assert isinstance(found, Proved), found
    assert not found.conditions
    assert (None if found.exact_range is None else str(found.exact_range)) == exact
    assert found.replay.instances > 0


NEVER_PROVED = [
    pytest.param(member(exp(x[k] - largest), between(0, 1)), id="the bracket at the largest entry"),
    pytest.param(less(x[k] - largest, 0), id="< for <= at the largest entry"),
    pytest.param(member(sigma.derivative(z), between(0, quarter)), id="a maximum that is attained"),
    pytest.param(member(sigma.derivative(z), between(quarter, 1, closed="both")), id="an end from the wrong side"),
    pytest.param(member(tanh(z), between(0, 1)), id="the range of another function"),
    pytest.param(member(tanh.derivative(z), between(0, 1)), id="the derivative of tanh at 0"),
    pytest.param(greater(tanh.derivative(z), sigma.derivative(z)), id="true near 0 only"),
    pytest.param(member(z * (1 - sigma(z)), between(0, 1)), id="a factor that is not the function"),
    pytest.param(less(0, z**2), id="a square at 0"),
    pytest.param(greater(x[k], 0), id="an entry of any sign"),
    pytest.param(less(s[k], Fraction(1, 2)), id="a bound that a large entry passes"),
    pytest.param(less(total(exp(x)), n * exp(largest)), id="equal entries, and n = 1"),
    pytest.param(less(exp(largest), total(exp(x))), id="n = 1"),
    pytest.param(less(s[k], s[i]), id="two entries in any order"),
    pytest.param(less(log(a), a - 1), id="a tangent at its point"),
    pytest.param(greater(sigma(2 * z), sigma(z)), id="a function that grows, at negative arguments"),
    pytest.param(member(sigma(z), between(Fraction(1, 10), 1)), id="a low end that is too high"),
    pytest.param(member(sigma(z), between(0, Fraction(9, 10))), id="a high end that is too low"),
    pytest.param(less(0, total(x)), id="a sum of terms of any sign"),
    pytest.param(at_most(x[k] * y[k], total(x) * total(y)), id="a product of sums"),
    pytest.param(less(1 / n, 1), id="n = 1 again"),
    pytest.param(less(1 / n, Fraction(1, 2)), id="n = 2"),
    pytest.param(less(log(2 + 0 * z), log(1 + exp(z))), id="the value at 0 for a bound"),
    pytest.param(less(log(sigma(z)), -1), id="a logarithm's bound that is too low"),
    pytest.param(less(0, log(z**2 + a**2)), id="the logarithm of a small number"),
    pytest.param(at_most(log(total(exp(x))), largest), id="log-sum-exp taken for the maximum"),
    pytest.param(less(0, -log(s[k])), id="a cross-entropy at n = 1"),
    pytest.param(less(x[1], largest), id="the first entry where it is the largest"),
    pytest.param(at_most(largest, x[1]), id="and where it is not"),
    pytest.param(less(x[2], largest), id="the second one, of which there is none for n = 1"),
    pytest.param(at_most(largest, x[2]), id="the same the other way"),
    pytest.param(at_most(max_over(i, -x[i]), -x[1]), id="a largest negative"),
    pytest.param(less(0, norm(x)), id="a length at 0, where it is no root by a logarithm"),
    pytest.param(less(0, norm(x) + norm(y)), id="a sum of lengths at 0"),
    pytest.param(member(norm(x - y), between(0, oo)), id="a distance at 0"),
]


@pytest.mark.parametrize("chain", NEVER_PROVED)
def test_never_proved(chain: Chain) -> None:
    found = verdict(chain)
    if isinstance(found, Proved):
        # Only ever under a bound on n, below which it is false.
        assert found.conditions == (AtLeast("n", 2),)
    else:
        assert isinstance(found, Refuted | Undecided)


def test_a_length_is_positive_where_that_is_given() -> None:
    assert isinstance(verdict(at_least(norm(x), 0)), Proved)
    assert isinstance(verdict(less(0, norm(x) * exp(z)), less(0, norm(x))), Proved)


def test_what_fails_for_one_entry_only_is_proved_for_more() -> None:
    found = verdict(member(s[k], between(0, 1)))
    assert isinstance(found, Proved)
    assert found.conditions == (AtLeast("n", 2),)
    assert str(found.exact_range) == "(0, 1)"


BRACKETS = [
    (sigma(z), 0, 1, ""),
    (sigma.derivative(z), 0, quarter, "high"),
    (tanh(z), -1, 1, ""),
    (tanh.derivative(z), 0, 1, "high"),
    (exp(x[k] - largest), 0, 1, "high"),
]


@pytest.mark.parametrize(("value", "low", "high", "closed"), BRACKETS, ids=lambda each: str(each)[:20])
def test_mutants_of_a_range_are_refuted_or_loose(value: object, low: int, high: int | Fraction, closed: str) -> None:
    """Each end moved inward, and each bracket that is attained opened, must be refuted."""
    width = Fraction(1, 20)
    moved = [between(low + width, high, closed=closed), between(low, high - width, closed=closed)]
    opened = [between(low, high)] if closed else []
    for interval in (*moved, *opened):
        found = verdict(member(value, interval))  # type: ignore[arg-type]
        assert isinstance(found, Refuted), f"{value} in {interval}: {found}"


def test_a_hypothesis_keeps_a_range_from_being_called_exact() -> None:
    found = verdict(member(x[k] ** 2, between(0, None, closed="low")), equal(total(x), 1))
    assert isinstance(found, Proved)
    assert found.exact_range is None


def test_a_number_as_a_subscript_needs_its_dimension() -> None:
    found = verdict(at_most(x[2], largest))
    assert isinstance(found, Proved)
    assert found.conditions == (AtLeast("n", 2),)
    wrong = verdict(equal(x[3], x[1]))
    assert isinstance(wrong, Refuted)
    assert dict(wrong.witness.sizes) == {"n": 3}


NOT_EXACT = [
    (member(sigma(z), between(0, 1)), (less(0, z),), "a positive argument: more than a half"),
    (member(s[k], between(0, 1)), (less(0, x), at_least(n, 2)), "positive arguments"),
    (member(delta(i, k) * sigma(z), between(0, 1, closed="low")), (), "0 where i and k differ"),
    (member(z * z / z, between(None, None)), (), "0 is no value: there it is not defined"),
    (member(exp(z), between(0, None)), (less(z, 1),), "a bound on z"),
    (member(exp(a), between(0, None)), (equal(a, -largest), less(0, a)), "a meaning that must be positive"),
    (member(z**2, between(0, None, closed="low")), (equal(z, 1 / a),), "a meaning that is never 0"),
    (member(exp(a), between(0, None)), (equal(a, z), equal(a, 2 * z)), "two meanings of one number"),
]


@pytest.mark.parametrize(("chain", "given", "why"), NOT_EXACT, ids=[row[2] for row in NOT_EXACT])
def test_a_range_is_called_exact_only_if_all_of_it_is_taken(chain: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(chain, *given)
    if isinstance(found, Proved):
        assert found.exact_range is None, why
    else:
        assert isinstance(found, Undecided), why


def test_ends_must_be_numbers() -> None:
    found = verdict(Chain((z, Interval(a, None, False, False)), member(z, between(0, 1)).relations))
    assert isinstance(found, Undecided)


def test_a_power_of_e_is_no_parameter() -> None:
    """It lies above 1 + 2, by the tangent at 0; that it lies below 8 is not known, and nothing is below all of them."""
    assert isinstance(verdict(less(sigma(z), exp(fraction(2, 1)))), Proved)
    assert isinstance(verdict(less(exp(fraction(2, 1)), 8)), Undecided)
    assert isinstance(verdict(less(sigma(z), exp(fraction(-2, 1)))), Refuted)


def test_conditions_of_a_logarithm_are_carried() -> None:
    found = verdict(less(log(a) - log(a), 1))
    assert isinstance(found, Proved)
    assert found.conditions == (Positive(a),)


T = PARAMETER
RANGES = [
    (T, 1 + T, POSITIVE, "(0, 1)"),
    (T, (1 + T) ** 2, POSITIVE, "(0, 1/4]"),
    (T**2 - 1, T**2 + 1, POSITIVE, "(-1, 1)"),
    (1, T, AT_LEAST_ONE, "(0, 1]"),
    (T**2, 1, REAL, "[0, oo)"),
    (2, 1, REAL, "{2}"),
    (-T, 1, POSITIVE, "(-oo, 0)"),
    (1, T - 2, AT_LEAST_ONE, None),
]


@pytest.mark.parametrize(("above", "below", "over", "expected"), RANGES, ids=lambda each: str(each)[:16])
def test_ranges_of_one_parameter(above: object, below: object, over: Span, expected: str | None) -> None:
    found = range_of(Poly(above, T), Poly(below, T), over)
    assert (None if found is None else str(found)) == expected


def test_an_irrational_critical_value_is_enclosed() -> None:
    found = range_of(Poly(T**3 - 2 * T, T), Poly(1 + T**2, T), POSITIVE)
    assert found is not None
    assert not found.exact
    assert found.low.value is not None
    assert found.low.other is not None
    assert found.low.value < found.low.other < 0
