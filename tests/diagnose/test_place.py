"""Places: what is found in a formula, under which indices, and what comes of putting another part there."""

import pytest

from verify.diagnose.place import Place, named, places, put
from verify.language import (
    Derivative,
    Expression,
    diff,
    dims,
    exp,
    index,
    matrix,
    one_hot,
    softmax,
    sum_over,
    vector,
)

m, n = dims("m n")
i, j = index("i", m), index("j", n)
W, x, y = matrix("W", m, n), vector("x", n), vector("y", n)


def at(formula: Expression, text: str) -> Place:
    return next(place for place in places(formula) if str(place.part) == text)


@pytest.mark.parametrize(
    ("formula", "part", "new", "expected", "why"),
    [
        (x + y, "y", x, x + x, "a term"),
        (sum_over(j, W[i, j] * x[j]), "x_j", y[j], sum_over(j, W[i, j] * y[j]), "under the sum, its index has a name"),
        (sum_over(j, x[j]), r"\sum_{j=1}^{n} x_j", x[1], x[1], "the whole"),
        (
            sum_over(i, sum_over(j, W[i, j])),
            "W_{ij}",
            W[i, j] * x[j],
            sum_over(i, sum_over(j, W[i, j] * x[j])),
            "two sums",
        ),
        (softmax(2 * x), "2 x", x, softmax(x), "in the argument of a definition, its meaning follows"),
        (exp(x), "x", y, exp(y), "in the argument of a function"),
    ],
)
def test_a_part_is_replaced(formula: Expression, part: str, new: Expression, expected: Expression, why: str) -> None:
    assert put(at(formula, part), new) == expected, why


def test_what_is_put_back_changes_nothing() -> None:
    for formula in (sum_over(j, W[i, j] * x[j]), softmax(x + y)[j], diff(sum_over(j, x[j]), x[j]), one_hot(j, n)):
        assert all(put(place, place.part) == formula for place in places(formula))


def test_a_bound_index_gets_another_name_where_its_own_is_taken() -> None:
    inner = sum_over(j, x[j])
    assert [str(each) for each in named(inner, x[j])] == ["j'"]
    assert [str(each) for each in named(inner)] == ["j"]


def test_what_is_derived_is_marked() -> None:
    formula = diff(x[1] * x[2], x[1])
    assert isinstance(formula, Derivative)
    assert at(formula, "x_1 x_2").is_derived
    assert not places(formula)[0].is_derived
