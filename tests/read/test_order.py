"""The order of indices as a number, by its values at a size; and cases that leave something out."""

from collections.abc import Callable
from itertools import product

import pytest
from sympy.matrices.dense import Matrix

from verify.language import Expression, dims, indices, matrix, matrix_of, sum_over, vector
from verify.read.order import HOLDS, Comparison, before, exhaustive, is_symmetric, over_pairs

(n,) = dims("n")
i, j = indices("i j", n)
u, v, A = vector("u", n), vector("v", n), matrix("A", n, n)


@pytest.mark.parametrize("by", [-2, -1, 0, 1, 2, 3])
def test_before_is_1_where_the_second_is_greater_by_so_much(by: int) -> None:
    expected = Matrix(4, 4, lambda row, column: 1 if column - row >= by else 0)
    assert matrix_of(i, j, before(i, j, by=by)).at(n=4) == expected


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (u[i] * u[j], True, "a product"),
        ((u[i] - u[j]) ** 2, True, "a square"),
        (A[i, j] + A[j, i], True, "both orders"),
        (u[i] - u[j], False, "a difference"),
        (u[i] * v[j], False, "two vectors"),
        (A[i, j], False, "an entry"),
    ],
)
def test_what_is_the_same_in_both_orders(body: Expression, expected: bool, why: str) -> None:
    assert is_symmetric(body, i, j) == expected, why


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("entry", [lambda row, column: u[row] * u[column], lambda row, column: A[row, column]])
def test_each_pair_counts_once(entry: Callable[..., Expression], equal: bool) -> None:
    value = sum_over(i, sum_over(j, over_pairs(entry(i, j), i, j, equal=equal))).at(n=3)
    pairs = product(range(1, 4), repeat=2)
    terms = [entry(*pair).at(n=3) for pair in pairs if pair[0] < pair[1] or (equal and pair[0] == pair[1])]
    assert (value - sum(terms)).expand() == 0


@pytest.mark.parametrize(
    ("cases", "otherwise", "wrong"),
    [
        ([[("i", "=", "j")], [("i", r"\ne", "j")]], False, None),
        ([[("i", "=", "j")], [("i", "<", "j")], [("i", ">", "j")]], False, None),
        ([[("i", "<", "j")], [("i", r"\ge", "j")]], False, None),
        ([[("i", "=", "j")]], True, None),
        ([[("i", "=", "1")], [("i", ">", "1")]], False, None),
        ([[("i", "=", "1")], [("i", "=", "2")]], True, None),
        ([[("i", "=", "j")]], False, "none of the cases holds where i < j"),
        ([[("i", r"\le", "j")], [("i", r"\ge", "j")]], False, "more than one of the cases holds where i = j"),
        ([[("i", "=", "j")], [("i", "=", "k")]], True, "more than one of the cases holds where i = j = k"),
        ([[("i", "=", "2")], [("i", ">", "2")]], False, "none of the cases holds where i < 2"),
        ([[(a, "=", b)] for a, b in ("ij", "kl", "mp")], True, "cases with more than 4 indices are not read"),
    ],
)
def test_one_case_holds_whatever_the_order(cases: list[list[Comparison]], otherwise: bool, wrong: str | None) -> None:
    assert exhaustive(cases, otherwise=otherwise) == wrong


def test_an_index_from_0_may_be_less_than_1() -> None:
    cases = [[("i", "=", "1")], [("i", ">", "1")]]
    assert exhaustive(cases, lowest=0) == "none of the cases holds where i < 1"


@pytest.mark.parametrize(("relation", "opposite"), [("=", r"\ne"), ("<", r"\ge"), (">", r"\le")])
def test_every_relation_has_its_opposite(relation: str, opposite: str) -> None:
    assert sorted(HOLDS[relation] + HOLDS[opposite]) == [-1, 0, 1]
