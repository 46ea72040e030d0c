"""Estimates, one at a time: what is shown of a normal form without anything that checks it afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import fmpq

from tests.kernel.terms import M, N, bound, free, num, over, plus, scalar, times, total
from tests.kernel.test_squares_steps import values
from verify.kernel import estimates
from verify.kernel.atoms import Poly
from verify.kernel.estimates import is_estimated
from verify.kernel.normal import NormalForm
from verify.kernel.ranges import Parameters
from verify.kernel.ring import Facts, Ring
from verify.kernel.term import (
    Entry,
    Exp,
    Idx,
    Log,
    Max,
    OutOfBudget,
    Pow,
    Size,
    Subscript,
    Term,
    Undefined,
    Unsupported,
    Variable,
)

I, J, P = bound("i"), bound("j"), bound("p", M)
F, G = free("f"), free("g")
X, Y, Q, R = (Variable(name, (N,)) for name in "xyqr")
V, W = Variable("v", (M,)), Variable("W", (N, N))
a, b, c, r, s, t, u = (scalar(name) for name in "abcrstu")
n = Size(N)
FACTS = Facts(
    positive=frozenset({r.variable, s.variable, R, Q}), nonnegative=frozenset({t.variable, u.variable}), least=()
)
SHARES = Facts(nonnegative=frozenset({Y}), sums=((Y, 0, fmpq(1)),))


def x(index: Subscript = I, variable: Variable = X) -> Entry:
    return Entry(variable, (index,))


def minus(term: Term) -> Term:
    return times(num(-1), term)


def square(term: Term) -> Pow:
    return Pow(term, 2)


y, q, weight = x(variable=Y), x(variable=Q), x(variable=R)
sum_x, largest, powers = total(I, x()), Max(I, x()), total(I, Exp(x()))
softly = Log(powers)


def shown(term: Term, *, strict: bool = False, facts: Facts = FACTS) -> bool:
    ring = Ring(facts)
    return is_estimated(ring, NormalForm(ring).of(term), strict=strict)


# What is shown to be at least 0, and one beside it that is negative somewhere.
ROWS = [
    pytest.param(times(t, u), times(t, a), id="a product of two; with one of any sign"),
    pytest.param(times(r, over(s)), times(r, over(a)), id="a quotient; by anything"),
    pytest.param(square(plus(a, minus(b))), minus(square(plus(a, minus(b)))), id="a square; less it"),
    pytest.param(
        times(square(plus(a, minus(b))), t), times(plus(a, minus(b)), t), id="an even power of any sign; an odd one"
    ),
    pytest.param(
        times(num(-1), plus(minus(t), num(-1)), u), times(num(-1), plus(t, num(1)), u), id="two signs that are turned"
    ),
    pytest.param(
        times(plus(minus(t), num(-1)), plus(minus(u), num(-2))),
        times(plus(minus(t), num(-1)), plus(u, num(2))),
        id="two factors that are negative; one",
    ),
    pytest.param(
        times(Pow(plus(t, num(1)), 3), u),
        times(Pow(plus(minus(t), num(-1)), 3), u),
        id="a cube that is positive; negative",
    ),
    pytest.param(plus(softly, minus(largest)), plus(largest, minus(softly)), id="log-sum-exp above the largest"),
    pytest.param(plus(largest, Log(n), minus(softly)), plus(largest, minus(softly)), id="and below it, with log n"),
    pytest.param(plus(times(n, largest), minus(sum_x)), plus(largest, minus(sum_x)), id="a sum"),
    pytest.param(
        plus(times(total(I, q), largest), minus(total(I, times(q, x())))),
        plus(times(sum_x, largest), minus(total(I, times(x(), x())))),
        id="with weights that are positive; of any sign",
    ),
    pytest.param(
        plus(total(I, q), minus(Max(I, q))),
        plus(sum_x, minus(largest)),
        id="no less than its largest term; of any sign",
    ),
    pytest.param(
        plus(times(total(I, square(x())), total(I, square(y))), minus(square(total(I, times(x(), y))))),
        plus(total(I, square(x())), minus(square(total(I, times(x(), y))))),
        id="Cauchy and Schwarz",
    ),
    pytest.param(
        plus(largest, Max(I, y), minus(Max(I, plus(x(), y)))),
        plus(Max(I, plus(x(), y)), minus(largest), minus(Max(I, y))),
        id="the maximum of a sum",
    ),
    pytest.param(
        total(I, times(q, square(plus(x(), num(1))))),
        total(I, times(q, plus(x(), num(1)))),
        id="term by term: a sum of squares; of numbers",
    ),
    pytest.param(
        plus(total(I, square(x())), total(I, square(y)), times(num(-2), total(I, times(x(), y)))),
        plus(total(I, square(x())), total(I, square(y)), times(num(-3), total(I, times(x(), y)))),
        id="three sums over one index together",
    ),
    pytest.param(plus(r, num(-1), minus(Log(r))), plus(minus(r), num(1), Log(r)), id="a logarithm from above; turned"),
    pytest.param(
        plus(Log(plus(num(1), Exp(a))), minus(a)), plus(a, minus(Log(plus(num(1), Exp(a))))), id="e to it is at least 1"
    ),
    pytest.param(
        times(r, plus(Log(plus(num(1), Exp(times(a, over(r))))), minus(times(a, over(r))))),
        times(b, plus(Log(plus(num(1), Exp(times(a, over(b))))), minus(times(a, over(b))))),
        id="after a division by what is positive; by anything",
    ),
    pytest.param(
        plus(total(I, times(q, Log(q))), minus(total(I, times(q, Log(weight)))), minus(total(I, q)), total(I, weight)),
        plus(total(I, times(q, Log(q))), minus(total(I, times(q, Log(weight))))),
        id="a divergence; without the masses",
    ),
]


@pytest.mark.parametrize(("true", "false"), ROWS)
def test_what_is_shown_and_what_is_not(true: Term, false: Term) -> None:
    assert shown(true)
    assert not shown(false)


@pytest.mark.parametrize(("true", "false"), ROWS)
def test_values(true: Term, false: Term) -> None:
    assert min(values(true, FACTS), default=0) > -1e-9
    assert min(values(false, FACTS), default=0) < 0


STRICT = [
    pytest.param(times(r, s), times(r, t), id="a product"),
    pytest.param(plus(t, num(1)), t, id="with a number"),
    pytest.param(square(plus(t, num(1))), square(plus(t, minus(u))), id="a square of what is positive; of anything"),
    pytest.param(over(r, 2), times(t, over(r, 2)), id="one over a square"),
    pytest.param(
        times(plus(minus(r), num(-1)), plus(minus(s), num(-2))),
        times(plus(minus(r), num(-1)), minus(t)),
        id="two that are negative; one that may be 0",
    ),
    pytest.param(
        plus(Log(plus(num(1), Exp(a))), minus(a)), plus(softly, minus(largest)), id="e to it is more than 1; n may be 1"
    ),
    pytest.param(plus(total(I, q), r), plus(total(I, q), minus(Max(I, q))), id="a sum; with one term it is 0"),
]


@pytest.mark.parametrize(("positive", "attained"), STRICT)
def test_what_is_positive_and_what_is_0_somewhere(positive: Term, attained: Term) -> None:
    assert shown(positive, strict=True)
    assert not shown(attained, strict=True)
    assert shown(attained)


def test_nothing_is_at_least_0_and_not_more() -> None:
    ring = Ring()
    assert is_estimated(ring, {}, strict=False)
    assert not is_estimated(ring, {}, strict=True)


FROM_ABOVE = [
    pytest.param(
        plus(num(1), minus(x(F, Y))), plus(num("1/2"), minus(x(F, Y))), id="a share is at most 1; at most a half"
    ),
    pytest.param(
        times(x(F, Y), plus(num(1), minus(x(F, Y)))),
        times(x(F, Y), plus(num("2/3"), minus(x(F, Y)))),
        id="as a factor beside itself",
    ),
    pytest.param(
        plus(num(1), minus(total(I, square(y)))), plus(num("1/4"), minus(total(I, square(y)))), id="the squares of all"
    ),
]


@pytest.mark.parametrize(("true", "false"), FROM_ABOVE)
def test_what_adds_up_to_1(true: Term, false: Term) -> None:
    assert shown(true, facts=SHARES)
    assert not shown(false, facts=SHARES)
    assert not shown(true, facts=replace(SHARES, sums=())), "not if they may add up to anything"
    assert not shown(true, facts=replace(SHARES, nonnegative=frozenset())), "not if they may have any sign"


@pytest.mark.parametrize("error", [OutOfBudget(), Undefined(), Unsupported("anything")])
def test_what_ends_in_an_error_is_not_shown(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(*given: object, **named: object) -> bool:
        raise error

    monkeypatch.setattr(estimates, "_is_estimated", raised)
    assert not shown(num(1))


def signs(term: Term, *, strict: bool) -> bool:
    ring = Ring(FACTS)
    return estimates._by_factors(NormalForm(ring).of(term), Parameters(ring), strict=strict)


FACTORS = [
    pytest.param(t, True, False, id="not negative"),
    pytest.param(r, True, True, id="positive"),
    pytest.param(minus(r), False, False, id="negative"),
    pytest.param(num(0), True, False, id="0"),
    pytest.param(num(3), True, True, id="3"),
    pytest.param(num(-3), False, False, id="-3"),
    pytest.param(num("1/2"), True, True, id="1/2"),
    pytest.param(times(num("1/2"), r), True, True, id="half of what is positive"),
    pytest.param(times(square(a), b), False, False, id="a square, times anything"),
    pytest.param(times(square(b), a), False, False, id="in the other order"),
    pytest.param(times(square(plus(a, num(1))), plus(b, num(1))), False, False, id="of sums"),
    pytest.param(times(square(plus(b, num(1))), plus(a, num(1))), False, False, id="of sums, in the other order"),
    pytest.param(square(a), True, False, id="a square"),
    pytest.param(a, False, False, id="of any sign"),
    pytest.param(times(minus(r), minus(s)), True, True, id="two negative ones"),
    pytest.param(times(minus(r), square(a)), False, False, id="less a square"),
    pytest.param(times(plus(minus(r), minus(s)), plus(num(-1), minus(t))), True, True, id="two sums that are negative"),
    pytest.param(times(plus(r, s), plus(num(-1), minus(t))), False, False, id="one of them"),
    pytest.param(times(plus(r, s), square(plus(num(-1), minus(t)))), True, True, id="its square"),
    pytest.param(times(plus(r, s), Pow(plus(num(-1), minus(t)), 3)), False, False, id="its cube"),
    pytest.param(times(plus(r, s), plus(a, b)), False, False, id="one of any sign"),
    pytest.param(times(plus(r, s), square(plus(a, b))), True, False, id="the square of one"),
]


@pytest.mark.parametrize(("term", "not_negative", "positive"), FACTORS)
def test_signs_of_factors(term: Term, not_negative: bool, positive: bool) -> None:
    assert signs(term, strict=False) == not_negative
    assert signs(term, strict=True) == positive


def by_terms(term: Term, facts: Facts = FACTS) -> bool:
    ring = Ring(facts)
    return estimates._term_by_term(ring, NormalForm(ring).of(term))


def w(row: Idx = I, column: Idx = J) -> Entry:
    return Entry(W, (row, column))


def both(body: Term) -> Term:
    return total(I, total(J, body))


BY_TERMS = [
    pytest.param(total(I, times(q, square(x()))), True, id="each term is at least 0"),
    pytest.param(total(I, times(q, x())), False, id="each has any sign"),
    pytest.param(
        plus(total(I, q), total(I, times(q, square(x()))), times(num(-2), total(I, times(q, x())))),
        True,
        id="the sum of q (1 - x)^2",
    ),
    pytest.param(
        plus(total(I, q), total(I, times(q, square(x()))), times(num(2), total(I, times(q, x())))),
        True,
        id="the sum of q (1 + x)^2",
    ),
    pytest.param(plus(total(I, q), minus(total(I, times(q, square(x()))))), False, id="a difference"),
    pytest.param(plus(total(I, times(q, square(x()))), num(1)), False, id="something that is no sum"),
    pytest.param(plus(total(I, square(x())), total(P, square(x(P, V)))), False, id="sums over two dimensions"),
    pytest.param(times(num(2), total(I, square(x())), total(I, square(y))), False, id="a product of sums"),
    pytest.param(square(sum_x), False, id="the square of one"),
    pytest.param(both(times(q, x(J, Q), square(w()))), True, id="over two indices"),
    pytest.param(both(times(x(I), w(), x(J))), False, id="a form of any sign"),
]


@pytest.mark.parametrize(("term", "expected"), BY_TERMS)
def test_term_by_term(term: Term, expected: bool) -> None:
    assert by_terms(term) == expected


def test_sums_over_many_indices_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    term = total(I, times(q, square(x())))
    monkeypatch.setattr(estimates, "MOST_SUMMED", 0)
    assert not by_terms(term)
    monkeypatch.setattr(estimates, "MOST_SUMMED", 1)
    assert by_terms(term)


def test_second_lemmas_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs two lemmas: the largest of x is no less than a mean, and that of y."""
    two = plus(times(n, largest), times(n, Max(I, y)), minus(sum_x), minus(total(I, y)))
    assert shown(two)
    monkeypatch.setattr(estimates, "MANY_TWICE", 0)
    assert not shown(two)
    assert shown(plus(times(n, largest), minus(sum_x)))


def test_quotients_that_are_above_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of r log a, e^(log a) - 1 for r > 0; nothing of c log a, where the sign of c is not known."""

    def beyond(term: Term) -> list[Poly]:
        ring = Ring(FACTS)
        forms = NormalForm(ring)
        found = list(estimates._beyond_one(ring, forms.of(term)))
        assert all(each in found for each in [forms.of(plus(a, num(-1)))] * bool(found))
        return found

    assert len(beyond(times(r, Log(a)))) == 1
    assert beyond(times(c, Log(a))) == []
    assert beyond(times(r, a)) == []


def test_logarithms_of_both_sides_of_a_difference() -> None:
    """Of r / 2 + 3 s - e^a: log (r / 2 + 3 s) - a; and nothing where a sign is not known, or no e stands below."""

    ring = Ring(FACTS)
    forms = NormalForm(ring)

    def logarithms(term: Term) -> list[Poly]:
        return list(estimates._as_logarithms(ring, forms.of(term)))

    larger = plus(times(num("1/2"), r), times(num(3), s))
    for denominator in (num(1), over(r), over(plus(r, s))):
        found = logarithms(times(denominator, plus(larger, minus(Exp(a)))))
        assert found == [forms.of(plus(Log(larger), minus(a)))]
    for term in (
        plus(larger, minus(t)),
        plus(larger, minus(Exp(a)), minus(b)),
        plus(b, minus(Exp(a))),
        times(over(b), plus(larger, minus(Exp(a)))),
        times(minus(over(r)), plus(larger, minus(times(num(-1), Exp(a))))),
        minus(Exp(a)),
        larger,
        plus(Exp(a), minus(r)),
    ):
        assert logarithms(term) == []
