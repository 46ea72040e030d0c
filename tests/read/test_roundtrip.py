"""What is printed reads back as the same expression: for every claim, and for random expressions."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivations
from tests.read.reading import KRONECKER, expression, name, scope_for
from tests.read.typed import is_sized
from verify.language import (
    Claim,
    Defined,
    Expression,
    Mismatch,
    Mistake,
    Node,
    Number,
    as_expression,
    delta,
    diag,
    dims,
    function,
    grad,
    hadamard,
    index,
    indices,
    latex,
    log,
    loss,
    matrix,
    matrix_of,
    max_over,
    norm,
    product_over,
    row,
    scalar,
    shape,
    sigma,
    softmax,
    sum_over,
    swish,
    tanh,
    tr,
    vector,
    vector_of,
    vjp,
)
from verify.language import exp as exponential
from verify.language.families import Definition, Family, Recursion
from verify.language.layers import Leveled, Member, Recursive
from verify.language.shape import is_scalar
from verify.read.scope import Layered, Scope

m, n = dims("m n")
i, j, k = indices("i j k", n)
a, b = scalar("a"), scalar(r"\beta")
x, y, u = vector("x", n), vector(r"\hat{y}", n), vector("u_1", m)
r = row("r", n)
A, B, W = matrix("A", n, n), matrix(r"\mathbf{B}", n, n), matrix("W'", m, n)
z = Defined("z", W * x + u)
f = function("f")
J = loss("J", z)
SCOPE = scope_for([a * b * tr(A) * norm(x * r * y) * (J + n + m), W * x + u, B * f(x), A, z])


def written_claims(module: str) -> list[Expression]:
    """Each side of each link of each claim and mistake in a module of derivations that fits, and is printed whole."""
    found: dict[Expression, None] = {}
    for value in vars(importlib.import_module(f"derivations.{module}")).values():
        if isinstance(value, Claim | Mistake):
            for link in value.links():
                sides = [side for side in (link.left, link.right) if isinstance(side, Node)]
                found |= dict.fromkeys(
                    side for side in sides if not isinstance(shape(side), Mismatch) and is_sized(side)
                )
    return list(found)


FAMILIES = Family | Definition | Recursion


def scope_of_side(module: str, side: Expression) -> Scope:
    """The names in a side, the families of its module among them."""
    scope = scope_for([side])
    known = vars(importlib.import_module(f"derivations.{module}")).values()
    families = [value for value in known if isinstance(value, FAMILIES)]
    for node in sorted(side.atoms(Member, Leveled, Recursive), key=str):
        assert isinstance(node, Member | Leveled | Recursive)
        own = next((each for each in families if each.symbol == node.symbol and each(node.level) == node), None)
        if own is not None:
            scope = scope.with_name(name(own.symbol), Layered(own.symbol, own))
    return scope


MODULES = [module.name for module in pkgutil.iter_modules(derivations.__path__)]


def test_there_are_claims() -> None:
    assert len([side for module in MODULES for side in written_claims(module)]) > 100


@pytest.mark.parametrize("module", MODULES)
def test_every_claim_reads_back(module: str) -> None:
    for side in written_claims(module):
        assert expression(latex(side), scope_of_side(module, side), KRONECKER) == side


@pytest.mark.parametrize(
    ("written", "printed", "why"),
    [
        (-a * 1, r"-a \cdot 1", "a digit after a letter would be read with what stands before it"),
        (a * 2 * b, r"a \cdot 2 \cdot \beta", "juxtaposition binds tighter than a dot, so that all are dots"),
        (hadamard(x, y) * 2, r"\left(x \odot \hat{y}\right) \cdot 2", "juxtaposition binds tighter than odot"),
        (hadamard(A * x, y), r"\left(A x\right) \odot \hat{y}", "a product within an entrywise product"),
        (a - 1, "a - 1", "minus one is one number"),
        (-(a * -1), r"-a \left(-1\right)", "a sign after a factor, and one before"),
        (2 * (-a), r"2 \left(-a\right)", "a sign after a factor"),
        ((x + y)[i], r"\left(x + \hat{y}\right)_i", "brackets would be the vector of entries"),
        (vector_of(i, x[i] * y[i]), r"\left[x_i \hat{y}_i\right]_{i}", "a vector by its entries"),
        (sum_over(i, x[i]) * a, r"\left(\sum_{i=1}^{n} x_i\right) a", "a sum takes all that follows"),
        (a * sum_over(i, x[i] + a), r"a \sum_{i=1}^{n} \left(x_i + a\right)", "a sum ends at a plus"),
        (sigma(x).T, r"\left(\sigma\left(x\right)\right)^T", "an exponent on parentheses after a function"),
        (softmax(x)[i], r"\operatorname{softmax}\left(x\right)_i", "an entry of a value"),
        (a / (b / 2), r"\frac{a}{\frac{\beta}{2}}", "fractions within"),
        (a * u[2], r"a \left(u_1\right)_2", "an entry of a name with a number, after a factor"),
        (a**-1 * b, r"a^{-1} \beta", "a power that stands first is no fraction"),
    ],
)
def test_parentheses_where_they_are_needed(written: Expression, printed: str, why: str) -> None:
    assert latex(written) == printed, why
    assert expression(printed, SCOPE) == written, why


# Random expressions of a shape, each built with the operators that a file of claims uses.

Expressions = st.SearchStrategy[Any]


def scalars(depth: int) -> Expressions:
    entries = st.sampled_from([x[i], x[j], y[k], A[i, j], W[1, i], r[i], u[2], z[1], softmax(x)[i], delta(i, j)])
    leaves = st.one_of(st.sampled_from([a, b, J, n]), st.integers(-12, 12).map(as_expression), entries)
    leaves |= st.sampled_from([grad(J, z)[1], grad(J, W)[1, i], grad(x[i], x[j]), delta(Number(1), j), tr(A), norm(x)])
    if depth == 0:
        return leaves
    inner, vectors = scalars(depth - 1), columns(depth - 1)
    return st.one_of(
        leaves,
        combined(inner, inner),
        st.tuples(inner, st.sampled_from([2, -1, -2, 3])).map(lambda pair: pair[0] ** pair[1]),
        inner.map(exponential),
        inner.map(log),
        st.sampled_from([sigma, tanh, swish, f]).flatmap(lambda each: inner.map(each)),
        inner.map(lambda each: f.derivative(each, 2)),
        inner.map(lambda each: sum_over(i, each * x[i])),
        inner.map(lambda each: product_over(j, each * x[j])),
        inner.map(lambda each: sum_over(i, (1 - delta(i, j)) * (each * x[i]))),
        inner.map(lambda each: sum_over(i, i * each * x[i])),
        inner.map(lambda each: delta(i, j) * each + (1 - delta(i, j)) * x[i]),
        inner.map(lambda each: grad(grad(each * a**2, a), a)),
        inner.map(norm),
        inner.map(lambda each: max_over(k, each + x[k])),
        vectors.map(lambda each: each[i]),
        st.tuples(vectors, vectors).map(lambda pair: pair[0].T * pair[1]),
        vectors.map(norm),
        inner.map(lambda each: grad(each * x[i], x)[k]),
    )


def columns(depth: int) -> Expressions:
    leaves = st.sampled_from([x, y, r.T, softmax(x), grad(J, x)])
    if depth == 0:
        return leaves
    inner, numbers = columns(depth - 1), scalars(depth - 1)
    squares = st.sampled_from(
        [A, B, A.T, A * B, diag(x), x * y.T, matrix_of(i, j, x[i] * y[j]), A + B, grad(z, x).T * W]
    )
    return st.one_of(
        leaves,
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: hadamard(*pair)),
        st.tuples(numbers, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, numbers).map(lambda pair: pair[0] / pair[1]),
        st.tuples(squares, inner).map(lambda pair: pair[0] * pair[1]),
        inner.map(sigma),
        inner.map(lambda each: -each),
        inner.map(lambda each: vjp(each, x, upstream=y)),
        inner.map(softmax),
        numbers.map(lambda each: vector_of(i, each * x[i])),
    )


def combined(left: Expressions, right: Expressions) -> Expressions:
    operations: list[Callable[[Expression, Expression], Expression]] = [
        lambda first, second: first + second,
        lambda first, second: first - second,
        lambda first, second: first * second,
        lambda first, second: first / second,
        lambda first, second: first**second,
    ]
    return st.tuples(st.sampled_from(operations), left, right).map(lambda each: each[0](each[1], each[2]))


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(st.one_of(scalars(3), columns(3)))
def test_random_expressions_read_back(written: Expression) -> None:
    assert expression(latex(written), SCOPE, i=n, j=n, k=n) == written


@settings(max_examples=50, derandomize=True, deadline=None, database=None)
@given(scalars(2), columns(2))
def test_the_random_expressions_fit(number: Expression, column: Expression) -> None:
    found = shape(number)
    assert not isinstance(found, Mismatch)
    assert is_scalar(found)
    assert shape(column) == (n, index("i", 1).dimension)
