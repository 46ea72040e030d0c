"""How many bound indices a statement has, and so up to which size it must be tried: counted by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.kernel.tables import A, i, j, k, m, n, one_link, p, t, x, y, z
from tests.kernel.terms import M, N, bound, entry, free, num, over, plus, scalar, times, total
from verify.kernel import cutoff as module
from verify.kernel import hypotheses
from verify.kernel.contents import subterms
from verify.kernel.cutoff import Beyond, abstracted, cutoff
from verify.kernel.statement import Statement, statement
from verify.kernel.term import (
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Inverse,
    Log,
    Max,
    Mean,
    Pow,
    Size,
    Slot,
    Sum,
    Term,
)
from verify.language import (
    Chain,
    Cutoff,
    Expression,
    Interval,
    at_least,
    distinct,
    equal,
    exp,
    independent,
    matrix,
    sum_over,
    vector,
)
from verify.language import total as sum_of

I, J, K, F = bound("i"), bound("j"), bound("k"), free("f")
X, Y = entry("x", I), entry("y", I)
ROW = total(K, entry("W", F, K))


def stated(left: Expression | int, right: Expression | int, *given: Chain) -> Statement:
    link = one_link(left, right, given)
    assert not isinstance(link.right, tuple | Interval)
    return statement(link.left, link.right, link.given)


first, second, third = sum_of(exp(x)), sum_of(exp(2 * x)), sum_of(exp(3 * x))
SIZES = [
    pytest.param(sum_of(x) ** 3, sum_of(x) ** 3, {"n": 4}, id="a cube of a sum: three bound indices"),
    pytest.param(n**2 * sum_of(x), n**2 * sum_of(x), {"n": 4}, id="n squared as a number: two"),
    pytest.param(z, z, {}, id="no dimension"),
    pytest.param(sum_of(x) / first, sum_of(x) / first, {"n": 2}, id="one denominator: cleared, the sum is left"),
    pytest.param(
        sum_of(x) / first + 1, 1 + sum_of(x) / first, {"n": 2}, id="1 over the denominator: one index, as the sum"
    ),
    pytest.param(
        sum_of(x) / first + sum_of(x) / second,
        sum_of(x) / second + sum_of(x) / first,
        {"n": 3},
        id="two denominators: each clears the other",
    ),
    pytest.param(
        1 / first + 1 / second + 1 / third,
        1 / third + 1 / second + 1 / first,
        {"n": 3},
        id="three denominators: each term is multiplied by the two others",
    ),
    pytest.param(1 / first**2 + 1, 1 + 1 / first**2, {"n": 3}, id="a square below: 1 becomes a square of a sum"),
    pytest.param(
        sum_of(x) / first / second,
        sum_of(x) / (first * second),
        {"n": 4},
        id="a product as a denominator is another one: each side is multiplied by the two indices of the other's",
    ),
    pytest.param(x[i] * y[j], y[j] * x[i], {"n": 2}, id="two free indices, no sum"),
    pytest.param(x[i] + y[1] + y[2], y[2] + x[i] + y[1], {"n": 3}, id="a free index and the numbers 1 and 2"),
    pytest.param(y[3], y[3], {"n": 3}, id="an entry with the number 3"),
    pytest.param(x[i] / (1 + y[i]), x[i] / (y[i] + 1), {"n": 1}, id="a denominator without sums counts for nothing"),
    pytest.param((1 / first) ** 2, 1 / first**2, {"n": 3}, id="a squared denominator, and a square below"),
]


@pytest.mark.parametrize(("left", "right", "sizes"), SIZES)
def test_the_sizes_that_must_be_tried(left: Expression, right: Expression, sizes: dict[str, int]) -> None:
    proof = cutoff(stated(left, right))
    assert isinstance(proof, Cutoff)
    assert dict(proof.sizes) == sizes


INSTANCES = [
    pytest.param(sum_over(i, x[i]), sum_over(j, x[j]), 2 * 4, id="sizes 1 and 2"),
    pytest.param(x[i] * y[j], y[j] * x[i], 4 + 2 * 4, id="size 1 for i = j alone, size 2 for both patterns"),
    pytest.param(sum_over(i, x[i]) * z, z * sum_over(j, x[j]), 2 * 4, id="a number has no size"),
    pytest.param(
        vector("b", m)[p] * x[i], x[i] * vector("b", m)[p], 4, id="two dimensions, one index each: size 1 of both"
    ),
]


@pytest.mark.parametrize(("left", "right", "instances"), INSTANCES)
def test_the_instances_that_were_tried(left: Expression, right: Expression, instances: int) -> None:
    """Four points at every size and pattern that is possible there."""
    proof = cutoff(stated(left, right))
    assert isinstance(proof, Cutoff)
    assert proof.instances == instances


def test_each_instance_is_a_point_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds: list[int] = []
    satisfied = hypotheses.satisfied

    def noted(known: Any, point: Any, sizes: Any) -> Any:
        seeds.append(point.seed)
        assert not point.pool, "a proof takes its points among large numbers"
        return satisfied(known, point, sizes)

    monkeypatch.setattr(module, "satisfied", noted)
    assert cutoff(stated(x[i], 1 * x[i])) is not None
    assert seeds == [0, 1, 2, 3]


def test_no_point_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    true = stated(x[i], 1 * x[i])
    monkeypatch.setattr(module, "satisfied", lambda known, point, sizes: None)
    assert cutoff(true) is None


def test_a_symmetric_matrix_is_the_only_hypothesis_that_it_takes() -> None:
    S = matrix("A", n, n)
    symmetric = stated(A[i, j], A[j, i], equal(S, S.T))
    assert cutoff(symmetric) is not None
    assert cutoff(stated(sum_of(y), 1, equal(sum_of(y), 1))) is None
    assert cutoff(stated(x[i], 1 * x[i], at_least(n, 2))) is None
    assert cutoff(stated(x[i], 1 * x[i], independent(y, t))) is None


def test_index_hypotheses_choose_the_patterns() -> None:
    """i = j is given: only the pattern in which they are equal is tried, and only there is the claim true."""
    assert cutoff(stated(x[i], x[j])) is None
    assert cutoff(stated(x[i], x[j], equal(i, j))) is not None


def test_too_many_instances_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes 1, 2 and 3 with the two patterns of two indices are six instances."""
    true = stated(sum_over(k, x[i] * y[j] * t[k]), sum_over(k, t[k]) * y[j] * x[i])
    monkeypatch.setattr(module, "MANY_INSTANCES", 6)
    assert cutoff(true) is not None
    monkeypatch.setattr(module, "MANY_INSTANCES", 5)
    assert cutoff(true) is None


def test_no_instance_is_no_proof() -> None:
    """Hypotheses that contradict leave no pattern to try."""
    assert cutoff(stated(x[i], y[j], equal(i, j), distinct(i, j))) is None


def test_a_side_that_is_not_defined_is_no_proof() -> None:
    assert cutoff(stated(1 / (x[i] - x[i]), 1 / (x[i] - x[i]))) is None


def counted(term: Term) -> tuple[Counter[str], Counter[str]]:
    count = module._Counting().of(term)
    return +count.above, +count.below


ABOVE = [
    pytest.param(num(3), {}, id="a number"),
    pytest.param(X, {}, id="an entry"),
    pytest.param(Size(N), {"n": 1}, id="n"),
    pytest.param(Size(Extent(((("m", "n"), 1), (("n", "n"), 2)))), {"m": 1, "n": 2}, id="m n + 2 n n: most of each"),
    pytest.param(Size(Extent((((), 1), (("n",), 1)))), {"n": 1}, id="1 + n"),
    pytest.param(total(I, X), {"n": 1}, id="a sum"),
    pytest.param(total(I, total(bound("p", M), X)), {"n": 1, "m": 1}, id="a sum over each dimension"),
    pytest.param(plus(total(I, X), times(total(I, X), total(J, X))), {"n": 2}, id="of summands the most"),
    pytest.param(times(total(I, X), Size(N), scalar("a")), {"n": 2}, id="of factors the sum"),
    pytest.param(Pow(total(I, X), 3), {"n": 3}, id="a power"),
    pytest.param(Pow(total(I, X), 0), {}, id="the power 0"),
    pytest.param(over(scalar("a"), 2), {}, id="a denominator without sums"),
    pytest.param(over(total(I, X)), {}, id="a denominator with a sum has nothing above"),
    pytest.param(plus(over(total(I, X)), num(1)), {"n": 1}, id="1 over it has one"),
    pytest.param(plus(over(total(I, X), 2), total(I, X)), {"n": 3}, id="a sum over the square of one has three"),
    pytest.param(
        plus(times(over(total(I, X)), total(I, X)), over(total(I, X))), {"n": 1}, id="what is below both is shared"
    ),
    pytest.param(
        plus(times(total(I, X), total(I, Y)), total(J, times(entry("x", J), over(total(I, X))))),
        {"n": 3},
        id="a denominator inside a sum is below it, too",
    ),
    pytest.param(
        plus(over(total(I, X)), over(total(I, Y)), num(1)), {"n": 2}, id="denominators that differ are multiplied"
    ),
    pytest.param(
        plus(over(total(I, X)), over(total(J, entry("x", J)))), {}, id="denominators that differ in names are the same"
    ),
    pytest.param(over(plus(over(total(I, X)), num(1))), {"n": 1}, id="1 / (1/Sx + 1) = Sx / (1 + Sx)"),
    pytest.param(
        plus(over(plus(over(total(I, X)), total(J, Y))), num(1)),
        {"n": 2},
        id="1 + 1/(1/Sx + Sy) = (1 + Sx Sy + Sx) / (1 + Sx Sy)",
    ),
]


@pytest.mark.parametrize(("term", "above"), ABOVE)
def test_bound_indices_above_the_line(term: Term, above: dict[str, int]) -> None:
    assert counted(term)[0] == Counter(above)


def test_bound_indices_below_the_line() -> None:
    """A power of a denominator is that many of it, and a power of a quotient has the powers of both."""
    (once,), (twice,) = counted(over(total(I, X)))[1].items(), counted(over(total(I, X), 2))[1].items()
    assert (once[1], twice) == (1, (once[0], 2))
    above, below = counted(Pow(times(total(J, Y), over(total(I, X))), 3))
    assert (above, below) == ({"n": 3}, {once[0]: 3})
    above, below = counted(times(over(total(I, X)), over(total(I, X))))
    assert (above, below) == ({}, {once[0]: 2})


@pytest.mark.parametrize("term", [Mean(X), times(Mean(X), num(2)), total(I, Mean(X))])
def test_expectations_are_beyond_it(term: Term) -> None:
    with pytest.raises(Beyond):
        module._Counting().of(term)


def test_the_name_of_a_dimension() -> None:
    assert module._name(N) == "n"
    assert module._name(M) == "m"


@pytest.mark.parametrize(
    "monomials",
    [
        pytest.param((), id="0"),
        pytest.param((((), 3),), id="3"),
        pytest.param((((), 1), (("n",), 1)), id="1 + n"),
        pytest.param(((("n",), 2),), id="2 n"),
        pytest.param(((("n", "n"), 1),), id="n n"),
        pytest.param(((("m", "n"), 1),), id="m n"),
        pytest.param(((("m",), 1), (("n",), 1)), id="m + n"),
        pytest.param(((("n",), 1), (("n", "n"), 1)), id="n + n n"),
    ],
)
def test_an_index_of_a_composed_dimension_is_beyond_it(monomials: Any) -> None:
    """Its values are not those of n: the sizes of n say too little, or too much."""
    with pytest.raises(Beyond):
        module._name(Extent(monomials))


SLOT = Slot((bound("a"), bound("b")), entry("A", bound("a"), bound("b")))
ABSTRACT = [
    pytest.param(Exp(total(I, X)), id="e to a sum"),
    pytest.param(Log(scalar("a")), id="a logarithm"),
    pytest.param(Max(I, X), id="a maximum"),
    pytest.param(Fn("f", 0, total(I, X)), id="an unknown function of a sum"),
    pytest.param(Dep("J", (), (Slot((I,), X),)), id="an unknown dependence"),
    pytest.param(Inverse(F, F, SLOT), id="an inverse matrix"),
]


@pytest.mark.parametrize("term", ABSTRACT)
def test_what_has_sums_inside_becomes_a_tensor(term: Term) -> None:
    found = abstracted(term)
    assert isinstance(found, Entry)
    assert found.variable.symbol.startswith("new: ")
    assert found.subscripts == ((F, F)[:1] if isinstance(term, Inverse) else ())


@pytest.mark.parametrize("term", [Exp(X), Fn("f", 1, X), Exp(times(X, over(Y))), Pow(total(I, X), 2), over(ROW)])
def test_what_has_none_stays(term: Term) -> None:
    found = abstracted(term)
    assert type(found) is type(term)
    assert not [each for each in subterms(found) if isinstance(each, Entry) and "new" in each.variable.symbol]


def test_the_new_tensor_has_the_free_indices_of_what_it_replaces() -> None:
    found = abstracted(Exp(times(ROW, entry("y", F))))
    assert isinstance(found, Entry)
    assert found.subscripts == (F,)
    assert found.variable.axes == (N,)


def test_a_denominator_that_depends_on_the_index_of_a_sum_becomes_a_tensor() -> None:
    """sum_i x_i / sum_k W_ik has as many denominators as rows: they are no common one."""
    rows = total(K, entry("W", I, K))
    found = abstracted(Sum(I, times(X, over(rows, 2))))
    assert isinstance(found, Sum)
    new = [each for each in subterms(found) if isinstance(each, Entry) and each.variable.symbol.startswith("new: ")]
    assert [each.subscripts for each in new] == [(I,)]
    assert not [each for each in subterms(found) if isinstance(each, Pow)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(times(X, over(total(K, entry("y", K)))), id="a denominator without the index"),
        pytest.param(times(X, over(Y)), id="a denominator without sums"),
        pytest.param(Pow(total(K, entry("W", I, K)), 0), id="the power 0"),
        pytest.param(Pow(total(K, entry("W", I, K)), 1), id="the power 1"),
    ],
)
def test_other_powers_under_a_sum_stay(body: Term) -> None:
    found = abstracted(Sum(I, body))
    assert not [each for each in subterms(found) if isinstance(each, Entry) and "new" in each.variable.symbol]
    assert len([each for each in subterms(found) if isinstance(each, Pow)]) == 1
