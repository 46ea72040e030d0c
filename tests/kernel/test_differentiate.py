"""Differentiation of terms: every rule against the derivative worked out by hand, at all values of all indices."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, product

import pytest

from tests.kernel.terms import M, N, bound, entry, free, num, over, plus, scalar, times, total
from verify.kernel.differentiate import differentiate
from verify.kernel.evaluate import Evaluation
from verify.kernel.modular import Modular
from verify.kernel.point import Point
from verify.kernel.term import (
    ONE_WIDE,
    ZERO,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Kind,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Slot,
    Subscript,
    Term,
    Unsupported,
    Variable,
)

I, J, K = bound("i"), bound("j"), bound("k")
F, G = free("f"), free("g")
X, W = Variable("x", (N,)), Variable("W", (N, N))
x_i, x_f, w_fi = Entry(X, (I,)), Entry(X, (F,)), Entry(W, (F, I))
a, b = scalar("a"), scalar("b")


class Fresh:
    """Bound indices that were not used before."""

    def __init__(self) -> None:
        self.many = 0

    def __call__(self, over: Extent) -> Subscript:
        self.many += 1
        return 1 if over == ONE_WIDE else Idx(Kind.FRESH, "new", self.many, over)


def derivative(term: Term, variable: Variable = X, at: tuple[Subscript, ...] = (G,)) -> Term:
    return differentiate(term, variable, at, Fresh())


def values(term: Term, sizes: Mapping[str, int], indices: tuple[Idx, ...] = (F, G)) -> list[int]:
    """The residues of a term at a point, for all values of the free indices; derivatives of functions are numbers."""
    found = []
    for chosen in product(*(range(1, each.extent.at(sizes) + 1) for each in indices)):
        evaluation = Evaluation(Modular(Point(3)), sizes)
        found.append(int(evaluation.of(term, dict(zip(indices, chosen, strict=True)))[1]))
    return found


def same(left: Term, right: Term) -> bool:
    return all(values(left, sizes) == values(right, sizes) for sizes in ({"n": 1, "m": 2}, {"n": 3, "m": 2}))


f_of_x = Fn("f", 0, x_f)
RULES = [
    pytest.param(num(3), num(0), id="a number"),
    pytest.param(Size(N), num(0), id="a dimension"),
    pytest.param(Delta(F, G), num(0), id="a delta"),
    pytest.param(a, num(0), id="another variable"),
    pytest.param(entry("x", F, F), num(0), id="one of the same name with other axes"),
    pytest.param(Entry(Variable("x", (N,), held=1), (F,)), num(0), id="one that is held independent"),
    pytest.param(x_f, Delta(F, G), id="an entry"),
    pytest.param(Entry(X, (G,)), num(1), id="the entry itself"),
    pytest.param(plus(x_f, a, times(num(3), x_f)), times(num(4), Delta(F, G)), id="a sum"),
    pytest.param(times(a, x_f), times(a, Delta(F, G)), id="a product with a constant"),
    pytest.param(
        times(x_f, Exp(x_f), f_of_x),
        times(
            Delta(F, G),
            plus(times(Exp(x_f), f_of_x), times(x_f, Exp(x_f), f_of_x), times(x_f, Exp(x_f), Fn("f", 1, x_f))),
        ),
        id="a product of three",
    ),
    pytest.param(Pow(x_f, 3), times(num(3), x_f, x_f, Delta(F, G)), id="a cube"),
    pytest.param(over(x_f, 2), times(num(-2), over(x_f, 3), Delta(F, G)), id="one over a square"),
    pytest.param(Exp(Pow(x_f, 2)), times(num(2), x_f, Exp(Pow(x_f, 2)), Delta(F, G)), id="the exponential of a square"),
    pytest.param(Log(a), num(0), id="a logarithm of another"),
    pytest.param(
        Fn("f", 2, times(num(3), x_f)),
        times(num(3), Fn("f", 3, times(num(3), x_f)), Delta(F, G)),
        id="a second derivative of an unknown function",
    ),
    pytest.param(total(I, Pow(x_i, 2)), times(num(2), Entry(X, (G,))), id="a sum over an index"),
    pytest.param(total(I, times(w_fi, x_i)), Entry(W, (F, G)), id="a product of a matrix and a vector"),
    pytest.param(total(I, a), num(0), id="a sum over an index without it"),
    pytest.param(Max(I, entry("y", I)), num(0), id="a maximum of others"),
]


@pytest.mark.parametrize(("term", "expected"), RULES)
def test_each_rule(term: Term, expected: Term) -> None:
    assert same(derivative(term), expected)


@pytest.mark.parametrize("term", [num(3), Size(N), Delta(F, G), a, total(I, a), plus(a, b), Exp(a), Pow(a, -2)])
def test_a_derivative_that_is_zero_is_written_as_zero(term: Term) -> None:
    assert isinstance(derivative(term), Num)
    assert derivative(term) == ZERO or derivative(term).value == 0  # type: ignore[union-attr]


def test_the_logarithm() -> None:
    found = derivative(Log(Pow(x_f, 2)))
    assert same(found, times(over(Pow(x_f, 2)), num(2), x_f, Delta(F, G)))


def test_a_matrix_has_a_delta_for_each_axis() -> None:
    row, column = free("r"), free("c")
    found = differentiate(Entry(W, (F, G)), W, (row, column), Fresh())
    expected = times(Delta(F, row), Delta(G, column))
    everywhere = (F, G, row, column)
    assert values(found, {"n": 2}, everywhere) == values(expected, {"n": 2}, everywhere)


def test_numbers_as_subscripts() -> None:
    """d x_2 / d x_2 is 1, and d x_2 / d x_1 is 0, as numbers are told apart at once."""
    second = Entry(X, (2,))
    assert isinstance(derivative(second, at=(2,)), Num)
    assert values(derivative(second, at=(2,)), {"n": 2}, ()) == [1]
    assert values(derivative(second, at=(1,)), {"n": 2}, ()) == [0]


def test_a_number_by_itself() -> None:
    assert values(derivative(Pow(a, 2), a.variable, ()), {}, ()) == values(times(num(2), a), {}, ())


REFUSED = [
    pytest.param(Max(I, x_i), "a maximum has no derivative where two entries are equal", id="a maximum"),
    pytest.param(Max(I, Pow(x_i, 2)), "a maximum has no derivative where two entries are equal", id="of squares"),
    pytest.param(Mean(x_f), "the derivative of an expectation", id="an expectation"),
    pytest.param(Mean(a), "the derivative of an expectation", id="an expectation of another"),
]


@pytest.mark.parametrize(("term", "why"), REFUSED)
def test_what_has_no_rule_is_refused(term: Term, why: str) -> None:
    with pytest.raises(Unsupported, match=f"^{why}$"):
        derivative(term)


def slot(*indices: Subscript, body: Term) -> Slot:
    return Slot(indices, body)


def test_an_unknown_dependence() -> None:
    """J of x and of the matrix with entries x_i y_p: dJ/dx_g = J_1g + sum_p J_2gp y_p."""
    Q = bound("q", M)
    y = entry("y", Q)
    slots = (slot(I, body=x_i), slot(J, Q, body=times(Entry(X, (J,)), y)))
    J_of = Dep("J", (), slots)
    R = bound("r", M)
    expected = plus(Dep("J", ((0, (G,)),), slots), total(R, times(Dep("J", ((1, (G, R)),), slots), entry("y", R))))
    assert same(derivative(J_of), expected)


def test_a_second_derivative_of_an_unknown_dependence() -> None:
    """d/dx_g of J_f(2 x) is twice the derivative by f and then by g."""
    slots = (slot(I, body=times(num(2), x_i)),)
    first = Dep("J", ((0, (F,)),), slots)
    assert same(derivative(first), times(num(2), Dep("J", ((0, (F,)), (0, (G,))), slots)))


def test_a_slot_of_one_column_keeps_its_number() -> None:
    """A column has the subscripts (i, 1): only i is summed over."""
    slots = (slot(I, 1, body=Pow(x_i, 2)),)
    expected = times(num(2), Entry(X, (G,)), Dep("J", ((0, (G, 1)),), slots))
    assert same(derivative(Dep("J", (), slots)), expected)


def test_an_unknown_dependence_on_another_variable() -> None:
    assert same(derivative(Dep("J", (), (slot(I, body=entry("y", I)),))), num(0))


matrix = slot(I, J, body=plus(Entry(W, (I, J)), times(Entry(X, (I,)), Entry(X, (J,)))))


def test_an_inverse_by_its_own_entries() -> None:
    """d (X^-1)_fg / d X_rc = -(X^-1)_fr (X^-1)_cg."""
    row, column = free("r"), free("c")
    whole = slot(I, J, body=Entry(W, (I, J)))
    found = differentiate(Inverse(F, G, whole), W, (row, column), Fresh())
    expected = times(num(-1), Inverse(F, row, whole), Inverse(column, G, whole))
    everywhere = (F, G, row, column)
    assert values(found, {"n": 2}, everywhere) == values(expected, {"n": 2}, everywhere)


def test_an_inverse_by_what_is_inside() -> None:
    """For X = W + x x^T: d X_ij / d x_g = delta_ig x_j + x_i delta_jg."""
    found = differentiate(Inverse(F, F, matrix), X, (G,), Fresh())
    inner = plus(times(Delta(I, G), Entry(X, (J,))), times(Entry(X, (I,)), Delta(J, G)))
    expected = times(num(-1), total(I, total(J, times(Inverse(F, I, matrix), inner, Inverse(J, F, matrix)))))
    assert same(found, expected)


def test_second_derivatives_sum_over_indices_of_their_own() -> None:
    """J of u_i = x_i^2: dJ/dx_g = 2 x_g J_g, and d/dx_f of that 2 delta_fg J_g + 4 x_f x_g J_fg."""
    fresh = Fresh()
    slots = (slot(I, body=Pow(x_i, 2)),)
    found = differentiate(differentiate(Dep("J", (), slots), X, (G,), fresh), X, (F,), fresh)
    once, twice = Dep("J", ((0, (G,)),), slots), Dep("J", ((0, (F,)), (0, (G,))), slots)
    expected = plus(times(num(2), Delta(F, G), once), times(num(4), x_f, Entry(X, (G,)), twice))
    assert same(found, expected)


def test_second_derivatives_of_an_inverse() -> None:
    """d (X^-1)_fg / d X_rr d X_ss, for rows r and s."""
    fresh, r, s = Fresh(), free("r"), free("s")
    whole = slot(I, J, body=Entry(W, (I, J)))
    found = differentiate(differentiate(Inverse(F, G, whole), W, (r, r), fresh), W, (s, s), fresh)

    def chain(*at: Idx) -> Term:
        return times(*(Inverse(one, other, whole) for one, other in pairwise(at)))

    everywhere = (F, G, r, s)
    expected = plus(chain(F, s, r, G), chain(F, r, s, G))
    assert values(found, {"n": 2}, everywhere) == values(expected, {"n": 2}, everywhere)


def test_an_inverse_of_a_number() -> None:
    """A matrix with one entry, whose subscripts are numbers: nothing is summed over."""
    number = slot(1, 1, body=times(a, a))
    found = differentiate(Inverse(1, 1, number), a.variable, (), Fresh())
    assert values(found, {}, ()) == values(times(num(-2), over(a, 3)), {}, ())


def test_what_is_shared_is_differentiated_once() -> None:
    """((x^2)^2)^2 and so on, as products: 2^40 factors, if each is taken by itself."""
    term: Term = x_f
    for _ in range(40):
        term = Mul((term, term))
    assert not isinstance(derivative(term), Num)
    assert values(derivative(Mul((x_f, x_f))), {"n": 1}) == values(times(num(2), x_f), {"n": 1})


def test_values_are_not_all_the_same() -> None:
    """What the tests above compare can differ."""
    assert not same(x_f, Entry(X, (G,)))
