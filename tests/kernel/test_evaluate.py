"""Direct evaluation: the value of every form of a term, worked out by hand, at given sizes and inputs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from tests.kernel.terms import THREE, M, N, bound, entry, free, num, over, plus, scalar, times, total
from verify.kernel.budget import Budget
from verify.kernel.compiled import Program
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.point import Law, Place, Point, as_fraction, gradient_variable
from verify.kernel.term import (
    ONE_WIDE,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    OutOfBudget,
    Pow,
    Size,
    Slot,
    Sum,
    Term,
    Variable,
)

I, J, K, P = bound("i"), bound("j"), bound("k"), bound("p", M)
F, G = free("f"), free("g")
SIZES = {"n": 2, "m": 3}
x_i, y_i, w_ij = entry("x", I), entry("y", I), entry("W", I, J)
a, b = scalar("a"), scalar("b")
# x = (3, 5), y = (-1, 4), W = ((1, 2), (3, 4)), v = (1, 10, 100), a = 1/2, b = -2.
GIVEN: dict[Place, Fraction] = {
    **{(x_i.variable, (place,)): Fraction(value) for place, value in ((1, 3), (2, 5))},
    **{(y_i.variable, (place,)): Fraction(value) for place, value in ((1, -1), (2, 4))},
    **{(w_ij.variable, at): Fraction(value) for at, value in (((1, 1), 1), ((1, 2), 2), ((2, 1), 3), ((2, 2), 4))},
    **{(Variable("v", (M,)), (place,)): Fraction(10 ** (place - 1)) for place in (1, 2, 3)},
    (a.variable, ()): Fraction(1, 2),
    (b.variable, ()): Fraction(-2),
    (gradient_variable("J", 0), (1,)): Fraction(7),
    (gradient_variable("J", 0), (2,)): Fraction(11),
    (gradient_variable("J", 1), (1, 1)): Fraction(100),
    (gradient_variable("J", 1), (2, 1)): Fraction(1000),
}


def value(term: Term, at: dict[Idx, int] | None = None, sizes: dict[str, int] | None = None) -> Fraction:
    """The value at these inputs, f being t^3 - t."""
    evaluation = Evaluation(Exact(Point(0, given=GIVEN), {"f": (0, -1, 0, 1)}), SIZES if sizes is None else sizes)
    return as_fraction(evaluation.of(term, at or {}))


VALUES = [
    pytest.param(num("2/3"), Fraction(2, 3), id="a number"),
    pytest.param(Size(N), 2, id="a dimension"),
    pytest.param(Size(Extent((((), -1), (("m", "n"), 2)))), 11, id="2 m n - 1"),
    pytest.param(a, Fraction(1, 2), id="an entry without subscripts"),
    pytest.param(entry("x", 2), 5, id="an entry at a number"),
    pytest.param(Delta(1, 1), 1, id="a delta of the same numbers"),
    pytest.param(Delta(1, 2), 0, id="of others"),
    pytest.param(plus(a, b, num(3)), Fraction(3, 2), id="a sum of three"),
    pytest.param(plus(a), Fraction(1, 2), id="a sum of one"),
    pytest.param(times(a, b, num(3)), -3, id="a product of three"),
    pytest.param(times(b), -2, id="a product of one"),
    pytest.param(Pow(b, 3), -8, id="a power"),
    pytest.param(Pow(b, -2), Fraction(1, 4), id="a negative one"),
    pytest.param(Exp(plus(a, a, num(-1))), 1, id="e to the 0"),
    pytest.param(Log(plus(a, a)), 0, id="the logarithm of 1"),
    pytest.param(Fn("f", 0, num(2)), 6, id="a function"),
    pytest.param(Fn("f", 1, num(2)), 11, id="its slope, 3 t^2 - 1"),
    pytest.param(Fn("f", 2, num(2)), 12, id="its second derivative, 6 t"),
    pytest.param(total(I, x_i), 8, id="a sum over an index"),
    pytest.param(total(P, entry("v", P)), 111, id="over an index of the other dimension"),
    pytest.param(total(I, times(x_i, y_i)), 17, id="a scalar product"),
    pytest.param(total(I, total(J, times(x_i, w_ij, entry("y", J)))), 86, id="x^T W y = 3 (-1 + 8) + 5 (-3 + 16)"),
    pytest.param(total(I, times(Delta(I, 2), x_i)), 5, id="a delta contracts"),
    pytest.param(total(I, Entry(w_ij.variable, (I, I))), 5, id="a trace"),
    pytest.param(total(bound("r", THREE), num(2)), 6, id="a sum over a number of places"),
    pytest.param(Max(I, y_i), 4, id="a maximum"),
    pytest.param(Max(I, times(num(-1), y_i)), 1, id="a minimum"),
    pytest.param(total(I, Pow(total(J, w_ij), 2)), 58, id="an inner sum at each value of the outer index: 3^2 + 7^2"),
    pytest.param(total(I, total(I, x_i)), 16, id="an index that is used twice: the inner one counts inside"),
    pytest.param(total(I, times(total(I, x_i), x_i)), 64, id="and outside after it"),
    pytest.param(
        plus(total(bound("r", THREE), Delta(bound("r", THREE), 3)), total(I, Delta(I, 1))), 2, id="two deltas alone"
    ),
    pytest.param(times(Delta(1, 2), x_1 := entry("x", 1)), 0, id="a product that is 0"),
    pytest.param(plus(x_1, x_1), 6, id="the same term twice"),
]


@pytest.mark.parametrize(("term", "expected"), VALUES)
def test_values(term: Term, expected: Fraction | int) -> None:
    assert value(term) == expected


def test_free_indices_have_the_values_given() -> None:
    product = times(entry("x", F), entry("y", G))
    assert [value(product, {F: f, G: g}) for f in (1, 2) for g in (1, 2)] == [-3, 12, -5, 20]
    assert [value(Delta(F, G), {F: 1, G: g}) for g in (1, 2)] == [1, 0]
    assert [value(Delta(F, 2), {F: f}) for f in (1, 2)] == [0, 1]
    assert value(total(I, Entry(w_ij.variable, (F, I))), {F: 2}) == 7


OUTSIDE = [
    pytest.param(over(plus(a, a, num(-1))), id="one over 0"),
    pytest.param(times(num(0), over(plus(a, a, num(-1)))), id="also times 0"),
    pytest.param(times(Delta(1, 2), over(Delta(1, 2))), id="also times a delta that is 0"),
    pytest.param(total(I, over(Delta(I, 2))), id="for one value of an index"),
    pytest.param(total(bound("z", Extent((((), -1), (("n",), 1)))), num(1)), id="a sum over no values"),
    pytest.param(Max(bound("z", Extent((((), -1), (("n",), 1)))), num(1)), id="a maximum over no values"),
    pytest.param(Log(b), id="the logarithm of a negative number"),
]


@pytest.mark.parametrize("term", OUTSIDE)
def test_what_is_not_defined(term: Term) -> None:
    with pytest.raises(OutsideDomain):
        value(term, sizes={"n": 1, "m": 3})


@pytest.mark.parametrize("term", [Exp(a), Log(num(2)), Fn("g", 0, a)])
def test_what_has_no_rational_value(term: Term) -> None:
    with pytest.raises(OutOfReach):
        value(term)


SLOTS = (Slot((I,), Pow(x_i, 2)), Slot((J, 1), entry("y", J)))
# J = 7 * 9 + 11 * 25 + 100 * (-1) + 1000 * 4, linear in both slots.
DEPENDENCES = [
    pytest.param(Dep("J", (), SLOTS), 63 + 275 - 100 + 4000, id="a quantity that depends on two vectors"),
    pytest.param(Dep("J", ((0, (2,)),), SLOTS), 11, id="its slope by an entry of the first"),
    pytest.param(Dep("J", ((1, (1, 1)),), SLOTS), 100, id="and of the second"),
    pytest.param(Dep("J", ((0, (1,)), (0, (1,))), SLOTS), 0, id="a second derivative"),
    pytest.param(total(K, times(Dep("J", ((0, (K,)),), SLOTS), entry("x", K))), 76, id="the slopes at an index"),
    pytest.param(total(I, times(Dep("J", ((0, (I,)),), SLOTS), x_i)), 76, id="at the index that the slot binds, too"),
    pytest.param(
        total(I, times(x_i, Dep("J", (), (Slot((I,), x_i), Slot((1, 1), entry("x", 1)))), x_i)),
        34 * (21 + 55 + 300),
        id="before and after it is bound",
    ),
]


@pytest.mark.parametrize(("term", "expected"), DEPENDENCES)
def test_dependences(term: Term, expected: int) -> None:
    assert value(term) == expected


def inverse(row: int, column: int, body: Term) -> Inverse:
    return Inverse(row, column, Slot((I, J), body))


def test_an_inverse() -> None:
    """((1, 2), (3, 4)) has the inverse ((-2, 1), (3/2, -1/2))."""
    entries = [value(inverse(row, column, w_ij)) for row in (1, 2) for column in (1, 2)]
    assert entries == [-2, 1, Fraction(3, 2), Fraction(-1, 2)]


def test_an_inverse_whose_first_entry_is_zero() -> None:
    """((0, 1), (1, 0)) is its own inverse; a row below has to come up."""
    swapped = plus(num(1), times(num(-1), Delta(I, J)))
    assert [value(inverse(row, column, swapped)) for row in (1, 2) for column in (1, 2)] == [0, 1, 1, 0]


def test_an_inverse_of_three_rows() -> None:
    """The matrix 1 + i delta_ij for i = 1, 2, 3: A^-1 = D^-1 - D^-1 1 1^T D^-1 / (1 + tr D^-1), D = diag(1, 2, 3)."""
    body = plus(num(1), *(times(num(k), Delta(I, k), Delta(I, J)) for k in (1, 2, 3)))
    factor = 1 + Fraction(1) + Fraction(1, 2) + Fraction(1, 3)
    for row in (1, 2, 3):
        for column in (1, 2, 3):
            expected = Fraction(row == column, row) - Fraction(1, row * column) / factor
            assert value(inverse(row, column, body), sizes={"n": 3, "m": 1}) == expected


def test_a_singular_matrix_has_no_inverse() -> None:
    with pytest.raises(OutsideDomain):
        value(inverse(1, 1, num(1)))
    with pytest.raises(OutsideDomain):
        value(inverse(1, 2, num(0)))


def test_an_index_that_an_inverse_binds_and_a_sum_too() -> None:
    """The trace of the inverse, beside the trace of the matrix."""
    at_diagonal = Inverse(I, I, Slot((I, J), w_ij))
    assert value(total(I, at_diagonal)) == Fraction(-5, 2)
    assert value(total(I, plus(at_diagonal, Entry(w_ij.variable, (I, I))))) == Fraction(5, 2)


def test_inverses_of_two_matrices_with_the_same_indices() -> None:
    twice = times(num(2), w_ij)
    assert value(plus(inverse(1, 1, w_ij), times(num(10), inverse(1, 1, twice)))) == -2 - 10


def test_tensors_of_three_axes_are_told_apart() -> None:
    """The sum of t_ijk u_ijk, where all t are 2 and all u are 3: of eight sixes."""
    both = [entry(symbol, I, J, K) for symbol in "tu"]
    at = [(i, j, k) for i in (1, 2) for j in (1, 2) for k in (1, 2)]
    given: dict[Place, Fraction] = {
        (each.variable, place): Fraction(n) for each, n in zip(both, (2, 3), strict=True) for place in at
    }
    term = total(I, total(J, total(K, times(*both))))
    assert Evaluation(Exact(Point(0, given=given)), SIZES).of(term, {}) == 48


def test_an_inverse_of_one_number() -> None:
    number = Inverse(1, 1, Slot((1, 1), a))
    assert value(number) == 2


def test_an_inverse_with_other_free_indices() -> None:
    """The matrix y_f W: its inverse is W^-1 / y_f."""
    scaled = Inverse(F, 2, Slot((I, J), times(entry("y", F), w_ij)))
    assert [value(scaled, {F: f}) for f in (1, 2)] == [-1, Fraction(-1, 8)]


def test_steps_are_counted() -> None:
    def steps(term: Term) -> int:
        budget = Budget(1000)
        Evaluation(Exact(Point(0, given=GIVEN)), SIZES, budget).of(term, {})
        return 1000 - budget.left

    assert steps(a) == 1
    assert steps(plus(a, b)) == 3
    assert steps(plus(a, a, a)) == 2, "the same term is evaluated once"
    assert steps(times(both := plus(a, b), both)) == 4, "so is one that is made of others"
    assert steps(total(I, x_i)) == 3
    assert steps(total(I, total(J, entry("y", J)))) == 4, "a sum without the outer index is evaluated once"
    assert steps(total(I, plus(y_i, y_i))) == 1 + 2 + 2, "so is one with an index, at each value of it"
    assert steps(total(I, total(J, plus(w_ij, w_ij)))) == 1 + 2 + 4 + 4, "with two"
    cube = entry("T", I, J, K)
    assert steps(total(I, total(J, total(K, plus(cube, cube))))) == 1 + 2 + 4 + 8 + 8, "with three"
    # The inverse itself, four entries of W, and for each of two pivots the other row.
    assert steps(inverse(1, 1, w_ij)) == 1 + 4 + 2


def test_steps_end() -> None:
    evaluation = Evaluation(Exact(Point(0, given=GIVEN)), SIZES, Budget(3))
    assert evaluation.of(plus(a, b), {}) == fmpq(-3, 2)
    with pytest.raises(OutOfBudget):
        evaluation.of(num(1), {})


def test_without_a_budget_there_is_one() -> None:
    sizes = {"n": 600}
    with pytest.raises(OutOfBudget):
        Evaluation(Exact(Point(0)), sizes).of(total(I, total(J, Delta(I, J))), {})


def test_a_sum_of_one_value_is_not_added_up_without_end() -> None:
    evaluation = Evaluation(Exact(Point(0, given=GIVEN)), {"n": 2**40})
    with pytest.raises(OutOfBudget):
        evaluation.of(total(I, a), {})


def test_a_program_is_shared() -> None:
    """Another point and other sizes have other values: nothing of them is kept with the steps."""
    term, program = times(entry("x", F), a), Program()
    first = Evaluation(Exact(Point(0, given=GIVEN)), SIZES, program=program)
    assert first.of(term, {F: 2}) == fmpq(5, 2)
    assert first.of(plus(term, b), {F: 1}) == fmpq(-1, 2), "a term that was not met before"
    assert first.of(term, {F: 2, G: 1}) == fmpq(5, 2), "an index that is not in it"
    other = Evaluation(Exact(Point(0, given={**GIVEN, (a.variable, ()): Fraction(3)})), SIZES, program=program)
    assert [other.of(term, {F: f}) for f in (1, 2)] == [9, 15]
    sums = total(I, x_i)
    assert first.of(sums, {}) == 8
    assert Evaluation(Exact(Point(0, given=GIVEN)), {"n": 1, "m": 1}, program=program).of(sums, {}) == 3
    assert first.of(term, {F: 2}) == fmpq(5, 2)


def test_a_term_that_is_gone_is_not_taken_for_the_next_one() -> None:
    """The steps are known by the identities of terms, which later ones would get if these were not kept."""
    evaluation = Evaluation(Exact(Point(0, given=GIVEN)), SIZES)
    for number in range(200):
        assert evaluation.of(plus(num(number), num(1)), {}) == number + 1


# Random entries: u is 1 or -3 with 3/4 and 1/4, w is 0 or 2 with 1/2 each; r and s are drawn together.
u, w, r, s = (scalar(name) for name in "uwrs")
U, V, R, S = ((each.variable, ()) for each in (u, w, r, s))
LAWS: dict[Place, Law] = {
    U: ((Fraction(3, 4), {U: Fraction(1)}), (Fraction(1, 4), {U: Fraction(-3)})),
    V: ((Fraction(1, 2), {V: Fraction(0)}), (Fraction(1, 2), {V: Fraction(2)})),
}
BOTH: Law = (
    (Fraction(1, 3), {R: Fraction(1), S: Fraction(2)}),
    (Fraction(1, 3), {R: Fraction(2), S: Fraction(3)}),
    (Fraction(1, 3), {R: Fraction(3), S: Fraction(1)}),
)
MEANS = [
    pytest.param(Mean(u), 0, id="the mean"),
    pytest.param(Mean(Pow(u, 2)), 3, id="the mean square"),
    pytest.param(Mean(w), 1, id="another mean"),
    pytest.param(Mean(times(Pow(u, 2), w)), 3, id="independent: the product of the means"),
    pytest.param(Mean(plus(u, w, w)), 2, id="a sum of them"),
    pytest.param(Mean(times(r, s)), Fraction(11, 3), id="drawn together: (2 + 6 + 3) / 3"),
    pytest.param(Mean(times(r, s, Pow(u, 2))), 11, id="and independently of another"),
    pytest.param(Mean(a), Fraction(1, 2), id="what is not random"),
    pytest.param(plus(Mean(Pow(u, 2)), times(num(-1), Pow(Mean(u), 2)), a), Fraction(7, 2), id="a variance, and more"),
    pytest.param(Mean(times(total(I, x_i), w)), 8, id="with a sum inside"),
]


@pytest.mark.parametrize(("term", "expected"), MEANS)
def test_expectations(term: Term, expected: Fraction | int) -> None:
    point = Point(0, given=GIVEN, laws={**LAWS, R: BOTH, S: BOTH})
    assert as_fraction(Evaluation(Exact(point), SIZES).of(term, {})) == expected


def test_an_expectation_at_an_index() -> None:
    first, second = ((y_i.variable, (place,)) for place in (1, 2))
    laws: dict[Place, Law] = {
        first: ((Fraction(1), {first: Fraction(9)}),),
        second: ((Fraction(1, 2), {second: Fraction(2)}), (Fraction(1, 2), {second: Fraction(6)})),
    }
    evaluation = Evaluation(Exact(Point(0, given=GIVEN, laws=laws)), SIZES)
    assert evaluation.of(total(I, times(x_i, Mean(y_i))), {}) == 27 + 20
    assert evaluation.of(Mean(entry("y", F)), {F: 2}) == 4


def test_the_steps_of_all_outcomes_count() -> None:
    budget = Budget(1000)
    point = Point(0, laws=LAWS)
    Evaluation(Exact(point), SIZES, budget).of(Mean(times(u, w)), {})
    # The mean; then u w is tried without, with each of two u, and with each of two w for both: 1 + 2 + 2 (3 + 2 * 3).
    assert 1000 - budget.left == 1 + 2 + 2 * 3 + 4 * 3


def test_one_wide_axes_have_one_value() -> None:
    assert value(Sum(bound("one", ONE_WIDE), a)) == Fraction(1, 2)
