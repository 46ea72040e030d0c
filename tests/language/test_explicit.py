"""Expressions at given sizes: what SymPy shows, and what it thinks of the claims as a third judge."""

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

import pytest
import sympy

from tests.sample.cases import TRUE, WRONG, Case
from verify.language import (
    Call,
    Expression,
    Number,
    Primitive,
    Range,
    column,
    define,
    delta,
    diag,
    diff,
    dims,
    exp,
    function,
    grad,
    hadamard,
    identity,
    index,
    jacobian,
    log,
    loss,
    matrix,
    max_over,
    norm,
    product_over,
    row,
    scalar,
    sigma,
    sum_over,
    total,
    tr,
    vector,
    vector_of,
    vjp,
)
from verify.language.explicit import at
from verify.language.expression import Expression as AnyExpression
from verify.language.link import Link

m, n = dims("m n")
W, A, x, b, r = matrix("W", m, n), matrix("A", n, n), vector("x", n), vector("b", m), row("r", n)
c, z = scalar("c"), scalar("z")
i, j, p = index("i", n), index("j", n), index("p", m)
f = function("f")
y = define("y", W * x + b)
J = loss("J", y)
SIZES = {"m": 1, "n": 2}

SHOWN = [
    (W, "Matrix([[W_{11}, W_{12}]])", "a matrix of symbols"),
    (x, "Matrix([[x_1], [x_2]])", "a column"),
    (r, "Matrix([[r_1, r_2]])", "a row"),
    (vector("b_1", m), "Matrix([[{b_1}_1]])", "a name with a subscript of its own"),
    (x + c, "Matrix([[c + x_1], [c + x_2]])", "a scalar added to each entry"),
    (W * x, "Matrix([[W_{11}*x_1 + W_{12}*x_2]])", "a product"),
    (x.T * x * r, "Matrix([[r_1*(x_1**2 + x_2**2), r_2*(x_1**2 + x_2**2)]])", "a 1 x 1 product scales"),
    (A**2, None, "a power of a matrix"),
    (x**2, "Matrix([[x_1**2], [x_2**2]])", "and of a vector"),
    (x.T, "Matrix([[x_1, x_2]])", "a transpose"),
    (tr(A), "A_{11} + A_{22}", "a trace"),
    (tr(c), "c", "of a scalar"),
    (norm(x), "sqrt(x_1**2 + x_2**2)", "a norm"),
    (diag(x), "Matrix([[x_1, 0], [0, x_2]])", "a diagonal matrix"),
    (hadamard(x, x), "Matrix([[x_1**2], [x_2**2]])", "a Hadamard product"),
    (total(x), "x_1 + x_2", "a sum"),
    (sum_over(i, column(W, i)), "Matrix([[W_{11} + W_{12}]])", "a sum of vectors"),
    (sum_over(index("k", Range(Number(3), n)), c), "0", "an empty sum"),
    (product_over(i, x[i]), "x_1*x_2", "a product over an index"),
    (max_over(i, x[i]), "Max(x_1, x_2)", "a maximum"),
    (vector_of(i, x[i] + i), "Matrix([[x_1 + 1], [x_2 + 2]])", "a column by its entries"),
    (identity(n), "Matrix([[1, 0], [0, 1]])", "a Kronecker delta"),
    (n + c, "c + 2", "a dimension as a number"),
    (exp(z), "exp(z)", "a function"),
    (log.derivative(z, 2), "-1/z**2", "its derivative"),
    (f(z), "f(z)", "an unknown function"),
    (f.derivative(z), "Derivative(f(z), z)", "its derivative"),
    (J, "J(W_{11}*x_1 + W_{12}*x_2 + b_1)", "an unknown quantity"),
    (grad(x.T * x, x), "Matrix([[2*x_1], [2*x_2]])", "a gradient"),
    (diff(x, x[1]), "Matrix([[1], [0]])", "by an entry"),
    (diff(x, c), "Matrix([[0], [0]])", "by a scalar"),
    (jacobian(y, W), "[[[x_1, x_2]]]", "three axes"),
    (vjp(y, W, b), "Matrix([[b_1*x_1, b_1*x_2]])", "a vector-Jacobian product"),
    (grad(y.T * y, y), "Matrix([[2*W_{11}*x_1 + 2*W_{12}*x_2 + 2*b_1]])", "a definition held independent, then put in"),
    (grad(c, x), "Matrix([[0], [0]])", "what does not depend on it"),
]


@pytest.mark.parametrize(("e", "expected", "why"), SHOWN, ids=[case[2] for case in SHOWN])
def test_what_sympy_shows(e: Expression, expected: str | None, why: str) -> None:
    found = at(e, SIZES)
    if expected is not None:
        assert str(found) == expected, why
    else:
        square = at(A, SIZES)
        assert found == square * square


def test_free_indices_take_the_values_that_are_given() -> None:
    assert str(at(x[i] * x[j] + delta(i, j), {"n": 3}, {"i": 2, "j": 3})) == "x_2*x_3"


def test_names_of_ten_and_more_entries_have_commas() -> None:
    assert str(at(W[1, 12], {"m": 2, "n": 12})) == "W_{1,12}"


REFUSED = [
    (x, {}, None, "The dimension n has no size; given were none."),
    (reduce(lambda e, _: exp(e), range(200), exp(z)), {}, None, "nested more than 120 deep"),
    (x, {"n": 0}, None, "at least 1 for n but got 0"),
    (x, {"n": True}, None, "at least 1 for n but got True"),
    (x, {"n": 1.5}, None, "at least 1 for n but got 1.5"),
    (x[i], {"n": 2}, None, "The index i has no value"),
    (x[i], {"n": 2}, {"i": 3}, "is 3 and should lie in 1..2"),
    (x[i], {"n": 2}, {"i": 0}, "at least 1 for i but got 0"),
    (vector("u", n / 2), {"n": 2}, None, "is no dimension"),
    (W, {"m": 200, "n": 200}, None, "more than 10000 entries"),
    (sum_over(i, sum_over(j, c)), {"n": 20_000}, None, "more than 10000"),
    (scalar("x;y"), {}, None, "Expected a name of letters"),
    (scalar("__import__('os')"), {}, None, "Expected a name of letters"),
    (vector("x\n", n), {"n": 1}, None, "Expected a name of letters"),
    (function("f()")(c), {}, None, "Expected a name of letters"),
    (loss("J.J", c), {}, None, "Expected a name of letters"),
    (scalar("x_1") * total(x), {"n": 2}, None, "both have an entry that is written x_1"),
    (Call(Primitive("sin"), 0, c), {}, None, "no counterpart"),
    (grad(c, exp(c)), {}, None, "not a variable"),
]


@pytest.mark.parametrize(("e", "sizes", "indices", "words"), REFUSED, ids=[case[3] for case in REFUSED])
def test_what_cannot_be_written_out_is_refused(
    e: Expression, sizes: Mapping[str, Any], indices: Mapping[str, int] | None, words: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        at(e, sizes, indices)


def test_a_derivative_of_a_formula_is_that_of_its_body() -> None:
    s = at(sigma(z), {})
    assert sympy.cancel(at(sigma.derivative(z, 2), {}) - s * (1 - s) * (1 - 2 * s)) == 0


def entries(e: AnyExpression, sizes: Mapping[str, int], indices: Mapping[str, int]) -> list[Any]:
    found = at(e, sizes, indices)
    return list(found) if isinstance(found, sympy.MatrixBase | sympy.NDimArray) else [found]


def judged(link: Link, sizes: Mapping[str, int], indices: Mapping[str, int]) -> bool:
    """Whether ordinary SymPy finds both sides equal."""
    assert not isinstance(link.right, tuple)
    left, right = entries(link.left, sizes, indices), entries(link.right, sizes, indices)  # type: ignore[arg-type]
    return all(sympy.cancel(sympy.together(one - other)) == 0 for one, other in zip(left, right, strict=True))


# A logarithm of a product, a maximum and a root are not rational functions of their arguments to SymPy, a matrix
# and its inverse are too large for it, and hypotheses it does not know.
BEYOND = ("logarithm", "maximum", "largest", "norm", "inverse", "second derivatives", "0 on the diagonal")
PLAIN = [case for case in TRUE if not case.given and not any(word in case.why for word in (*BEYOND, "a shape"))]
ANYWAY = [case for case in WRONG if not case.given and "shape" not in case.why and "n = 2" not in case.why]


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.why)
def test_sympy_finds_true_claims_true(case: Case, size: int) -> None:
    # Off the diagonal, where there are two indices.
    sizes, places = dict.fromkeys("mnk", size), {"i": 1, "j": size, "p": 1, "q": size}
    assert judged(case.link(), sizes, places)


@pytest.mark.parametrize("case", ANYWAY, ids=lambda case: case.why)
def test_sympy_finds_wrong_claims_wrong(case: Case) -> None:
    sizes = dict.fromkeys("mnk", 2)
    places: list[dict[str, int]] = [{"i": 1, "j": 2}, {"i": 1, "j": 1}]
    assert not all(judged(case.link(), sizes, place) for place in places)
