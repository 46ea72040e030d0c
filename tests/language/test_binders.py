"""Bound indices are nameless: renaming changes nothing, and nothing is ever captured."""

import pytest

from verify.language import (
    Array,
    Bound,
    Defined,
    Delta,
    Expression,
    Index,
    Max,
    Mul,
    Number,
    Product,
    Range,
    Sum,
    column,
    cross_entropy,
    dims,
    index,
    indices,
    latex,
    matrix,
    matrix_of,
    max_over,
    one_hot,
    product_over,
    softmax,
    sum_over,
    total,
    vector,
    vector_of,
)
from verify.language.binders import Hint, close
from verify.language.declare import unused

m, n = dims("m n")
i, j, k = indices("i j k", n)
p = index("p", m)
A, W, x, v = matrix("A", n, n), matrix("W", m, n), vector("x", n), vector("v", n)

RENAMED = [
    (sum_over(i, x[i]), sum_over(j, x[j]), "a sum"),
    (product_over(i, x[i]), product_over(j, x[j]), "a product"),
    (max_over(i, x[i]), max_over(j, x[j]), "a maximum"),
    (vector_of(i, x[i]), vector_of(j, x[j]), "a vector by its entries"),
    (matrix_of(i, j, A[i, j]), matrix_of(j, i, A[j, i]), "a matrix by its entries"),
    (sum_over(i, sum_over(j, A[i, j])), sum_over(j, sum_over(i, A[j, i])), "both indices exchanged"),
    (sum_over(i, sum_over(i, x[i])), sum_over(i, sum_over(j, x[j])), "an inner index of the same name"),
    (sum_over(i, x[i] * v[k]), sum_over(j, x[j] * v[k]), "beside a free index"),
    (sum_over(i, Defined("d", x[i])), sum_over(j, Defined("d", x[j])), "inside a definition"),
    (sum_over(i, i), sum_over(j, j), "the index as a number"),
]


@pytest.mark.parametrize(("left", "right", "why"), RENAMED, ids=[case[2] for case in RENAMED])
def test_equal_up_to_renaming_is_equal(left: Expression, right: Expression, why: str) -> None:
    assert left == right, why
    assert hash(left) == hash(right)


DIFFERENT = [
    (sum_over(i, x[i]), sum_over(j, x[i]), "a free index is not the bound one"),
    (sum_over(i, sum_over(j, A[i, j])), sum_over(i, sum_over(j, A[j, i])), "the inner and the outer index"),
    (matrix_of(i, j, A[i, j]), matrix_of(i, j, A[j, i]), "rows and columns"),
    (sum_over(i, Number(1)), sum_over(p, Number(1)), "what the index runs over"),
    (sum_over(i, x[i]), product_over(i, x[i]), "sum and product"),
    (sum_over(i, sum_over(i, x[i])), sum_over(i, sum_over(j, x[i])), "which of two sums binds"),
]


@pytest.mark.parametrize(("left", "right", "why"), DIFFERENT, ids=[case[2] for case in DIFFERENT])
def test_what_is_bound_differently_is_not_equal(left: Expression, right: Expression, why: str) -> None:
    assert left != right, why


def test_any_two_hints_are_equal() -> None:
    assert Hint("i") == Hint("j")
    assert hash(Hint("i")) == hash(Hint("j"))


def test_a_hint_is_how_the_index_is_printed() -> None:
    assert latex(sum_over(i, x[i])) == r"\sum_{i=1}^{n} x_i"
    assert latex(sum_over(j, x[j])) == r"\sum_{j=1}^{n} x_j"


def test_a_hint_is_primed_where_its_name_is_taken() -> None:
    assert latex(sum_over(i, x[i]).opened(j) + sum_over(i, sum_over(i, x[i]))) == (
        r"x_j + \sum_{i=1}^{n} \sum_{i'=1}^{n} x_{i'}"
    )


def test_levels_count_the_binders_outward() -> None:
    e = sum_over(i, sum_over(j, A[i, j]))
    assert isinstance(e.body, Sum)
    assert e.body.body == A[Bound(1, n), Bound(0, n)]
    assert matrix_of(i, j, A[i, j]).body == A[Bound(1, n), Bound(0, n)]


@pytest.mark.parametrize(
    ("e", "subscripts", "expected", "why"),
    [
        (sum_over(i, x[i] * v[k]), (j,), x[j] * v[k], "one index"),
        (matrix_of(i, j, A[i, j]), (k, Number(2)), A[k, 2], "two, in their order"),
        (sum_over(i, sum_over(j, A[i, j])), (k,), sum_over(j, A[k, j]), "the outer one, under the inner"),
        (sum_over(i, sum_over(j, A[i, j])), (j,), sum_over(k, A[j, k]), "by the inner one's name: no capture"),
        (sum_over(i, sum_over(j, x[j])), (k,), sum_over(j, x[j]), "an index that is not used"),
    ],
)
def test_opening_puts_subscripts_in(e: Sum, subscripts: tuple[Index, ...], expected: Expression, why: str) -> None:
    assert e.opened(*subscripts) == expected, why


@pytest.mark.parametrize("e", [case[0] for case in RENAMED], ids=[case[2] for case in RENAMED])
def test_closing_what_was_opened_gives_it_back(e: Sum | Product | Max | Array) -> None:
    fresh = [index(f"u{place}", dimension) for place, dimension in enumerate(e.dimensions)]
    again = type(e)(e.opened(*fresh), *fresh)
    assert again == e


def test_closing_leaves_other_indices_free() -> None:
    assert close(Mul(x[i], v[j]), (i,)) == Mul(x[Bound(0, n)], v[j])
    assert close(x[index("i", n)], (index("i", m),)) == x[i]


@pytest.mark.parametrize(
    ("e", "free", "why"),
    [
        (one_hot(i, n), {i}, "a one-hot column at i, whose own index is called i"),
        (column(A, i), {i}, "a column of a matrix"),
        (total(column(A, j)), {j}, "a sum over j of what has j free"),
        (cross_entropy(column(A, i), softmax(column(A, i))), {i}, "a cross-entropy of columns"),
        (Delta(i, j), {i, j}, "a Kronecker delta"),
        (sum_over(i, one_hot(i, n)), set(), "bound by a sum"),
        (softmax(x), set(), "a softmax"),
    ],
)
def test_the_functions_of_the_field_capture_no_index(e: Expression, free: set[Index], why: str) -> None:
    assert e.atoms(Index) == free, why


def test_a_one_hot_column_is_no_column_of_ones() -> None:
    assert one_hot(i, n) == one_hot(i, n)
    assert one_hot(i, n).meaning == vector_of(k, Delta(k, i))


def test_an_unused_index_is_primed_as_often_as_it_must_be() -> None:
    assert unused("i", n, x[j]) == i
    assert unused("i", n, x[i]) == index("i'", n)
    assert unused("i", n, x[i], v[index("i'", n)]) == index("i''", n)
    assert unused("i", n, sum_over(i, x[i])) == i


def test_an_index_keeps_the_names_in_what_it_runs_over() -> None:
    """Two that are equal need not be written alike, so that one is not kept for the other."""
    first, second = (Index("a", Range(Number(1), sum_over(each, x[each]))) for each in (i, j))
    assert first == second
    assert [latex(each.dimension)[-3:] for each in (first, second)] == ["x_i", "x_j"]


def test_indices_over_dimensions_are_told_apart() -> None:
    """By their letters, and by what they run over, whichever was made before."""
    made = [Index(letter, over) for letter in "ab" for over in (m, n, m)]
    assert [(each.symbol, each.dimension) for each in made] == [(letter, over) for letter in "ab" for over in (m, n, m)]
