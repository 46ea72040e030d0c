"""Families over a level: levels, shapes, LaTeX, and what they unfold to at a fixed depth."""

from __future__ import annotations

import pickle

import pytest

from verify.language import (
    Add,
    Defined,
    Dimension,
    Expression,
    Mismatch,
    Name,
    Number,
    ascending,
    definition,
    descending,
    describe,
    dims,
    equal,
    family,
    function,
    index,
    indices,
    latex,
    matrix,
    oo,
    product_over,
    recursion,
    scalar,
    shape,
    sigma,
    sum_over,
    tends_to,
    vector,
    widths,
)
from verify.language.depth import LARGEST, is_too_large
from verify.language.layers import normal_level
from verify.language.unfold import NotUnfolded, Unfolding, at_depths, depth_of

L, n = dims("L n")
D = widths("D")
l, j = indices("l j", L)
x = vector("x", D(0))
W = family("W", lambda at: (D(at), D(at - 1)))
b = family("b", lambda at: (D(at), 1))
w = family("w")
f = function("f")
z = definition("z", lambda at: W(at) * a(at - 1) + b(at))
a = recursion("a", x, lambda at: f(z(at)), lambda at: (D(at), 1))


@pytest.mark.parametrize(
    ("level", "written", "why"),
    [
        (l + 1 - 1, "l", "what cancels is left out"),
        (1 + l, "l + 1", "one order"),
        (l - 1 - 1, "l - 2", "numbers are added"),
        (L - l + 1, "L - l + 1", "a level from above"),
        (Number(2) + Number(1), "3", "numbers alone"),
        (l - l, "0", "nothing left"),
    ],
)
def test_a_level_is_written_in_one_way(level: Expression, written: str, why: str) -> None:
    assert str(normal_level(level)) == written, why


@pytest.mark.parametrize("level", [scalar("z"), l * l, sigma(scalar("z"))])
def test_what_is_no_level_is_refused(level: Expression) -> None:
    with pytest.raises(TypeError, match="Expected a level"):
        W(level)


@pytest.mark.parametrize(
    ("expression", "written", "says"),
    [
        (W(L), "W_L", "D_L x D_{L - 1}"),
        (a(l - 1), "a_{l - 1}", "D_{l - 1} x 1"),
        (z(1), "z_1", "D_1 x 1"),
        (descending(l, W(l), L, 1), r"W_L \cdots W_1", "D_L x D_0"),
        (descending(l, W(l), L, j + 1) * b(j), r"W_L \cdots W_{j + 1} b_j", "D_L x 1"),
        (ascending(l, W(l).T, 1, L), r"W_1^T \cdots W_L^T", "D_0 x D_L"),
        (sum_over(j, descending(l, W(l), L, j + 1) * b(j)), r"\sum_{j=1}^{L} W_L \cdots W_{j + 1} b_j", "D_L x 1"),
        (product_over(l, w(l)), r"\prod_{l=1}^{L} w_l", "a scalar"),
        (oo, r"\infty", "a scalar"),
        (-oo, r"-\infty", "a scalar"),
    ],
)
def test_it_is_written_and_has_a_shape(expression: Expression, written: str, says: str) -> None:
    assert latex(expression) == written
    found = shape(expression)
    assert not isinstance(found, Mismatch)
    assert describe(found) == says


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        (sum_over(l, W(l)), "have different shapes"),
        (ascending(l, W(l), 1, L), "do not fit one another"),
        (W(l) * W(l), "do not meet the rows"),
        (W(l) * a(l), "do not meet the rows"),
        (descending(l, W(l), L, 2) * x, "do not meet the rows"),
    ],
)
def test_what_does_not_fit_is_named(expression: Expression, says: str) -> None:
    found = shape(expression)
    assert isinstance(found, Mismatch)
    assert says in found.says


def test_equal_up_to_the_name_of_the_index() -> None:
    assert descending(l, W(l), L, 1) == descending(j, W(j), L, 1)
    assert sum_over(j, descending(l, W(l), L, j + 1) * b(j)) == sum_over(l, descending(j, W(j), L, l + 1) * b(l))
    assert a(L) == a(L)
    assert a(L) != a(L - 1)


def test_the_first_value_is_the_start() -> None:
    assert a(0) == x
    assert a(l - l) == x


def test_two_recursions_written_alike_are_refused() -> None:
    first = recursion("s", scalar("x"), lambda at: second(at - 1) + 1)
    second = recursion("s", scalar("y"), lambda at: first(at - 1))
    with pytest.raises(ValueError, match="both written s"):
        first(L)


def test_forms_survive_pickling() -> None:
    for each in (a(L), descending(l, W(l), L, 1), z(l), oo, product_over(l, w(l))):
        assert pickle.loads(pickle.dumps(each)) == each  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("expression", "depth", "written"),
    [
        (descending(l, W(l), L, 1), 3, "W_3 W_2 W_1"),
        (ascending(l, W(l).T, 1, L), 2, "W_1^T W_2^T"),
        (descending(l, W(l), L, 2) * W(1), 1, "W_1"),
        (sum_over(j, descending(l, W(l), L, j + 1) * b(j)), 2, "W_2 b_1 + b_2"),
        (product_over(l, 1 - 1 / (l + 1)), 2, None),
        (a(L), 1, "a_1"),
        (L * w(L), 2, "2 w_2"),
        (4**L, 3, "4^{3}"),
    ],
)
def test_it_unfolds_to_what_one_would_write(expression: Expression, depth: int, written: str | None) -> None:
    unfolded = Unfolding({"L": depth}).of(expression)
    assert written is None or latex(unfolded) == written
    assert depth_of(equal(unfolded, unfolded).links()[0]).dimensions == ()


def test_a_recursion_unfolds_step_by_step() -> None:
    once = Unfolding({"L": 1}).of(a(L))
    assert isinstance(once, Defined)
    assert once.meaning == f(Unfolding({}).of(z(1)))
    assert Name("W_1", (Dimension("D_1"), Dimension("D_0"))) in once.atoms(Name)


def test_an_empty_product_is_the_identity() -> None:
    assert str(Unfolding({"L": 1}).of(descending(l, W(l), L, 2))) == r"\left[\delta_{ij}\right]_{ij}"


def test_a_level_that_is_no_number_is_refused() -> None:
    with pytest.raises(NotUnfolded, match="the level l"):
        Unfolding({"L": 2}).of(W(l))


def test_levels_run_over_all_their_values() -> None:
    inner = index("l", L - 1)
    (link,) = equal(a(inner), a(inner)).links()
    found = [sizes for sizes, _ in at_depths(link, depth_of(link), 3)]
    assert found == [{"L": 2, "l": 1}, {"L": 3, "l": 1}, {"L": 3, "l": 2}]


def test_an_ordinary_link_has_no_depth() -> None:
    i = index("i", n)
    (link,) = equal(sum_over(i, vector("x", n)[i]), matrix("A", n, n)[i, i]).links()
    assert not depth_of(link)


def test_what_tends_must_be_named() -> None:
    with pytest.raises(TypeError, match=r"Expected a number or a dimension of the left side \(n\) but got m"):
        tends_to(1 / n, 0, m=oo)


def test_an_expression_that_is_shared_many_times_is_too_large() -> None:
    shared: Expression = scalar("x")
    while not is_too_large(shared):
        shared = Add(shared, shared)
    assert not is_too_large(scalar("x"))
    assert is_too_large(Add(*(scalar(f"x_{each}") for each in range(LARGEST))))
