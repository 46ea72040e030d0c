"""Operators write down what was said: nothing evaluates, reorders or merges."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from verify.language import (
    Add,
    Dimension,
    Entry,
    Mul,
    Name,
    Number,
    Power,
    Transpose,
    as_expression,
    define,
    dims,
    exp,
    index,
    matrix,
    scalar,
    vector,
)
from verify.language.arithmetic import Node

m, n = dims("m n")
W, x, c, z = matrix("W", m, n), vector("x", n), scalar("c"), scalar("z")
i = index("i", n)
ONE, MINUS = Number(1), Number(-1)

WRITTEN = [
    (x + x, Add(x, x), "x + x is not 2 x"),
    (x + c + x, Add(x, c, x), "a sum keeps its order"),
    (x + (c + x), Add(x, Add(c, x)), "and its parentheses on the right"),
    ((x + c) + x, Add(x, c, x), "from the left it is one list"),
    (x - x, Add(x, Mul(MINUS, x)), "x - x is not 0"),
    (x - 1, Add(x, MINUS), "minus a number is plus its opposite"),
    (1 - z, Add(ONE, Mul(MINUS, z)), "a number on the left"),
    (1 + z, Add(ONE, z), "a number on the left"),
    (1 + exp(-z) - 1, Add(ONE, exp(-z), MINUS), "1 + e^-z - 1 is not e^-z"),
    (z * z, Mul(z, z), "z z is not z^2"),
    (z * 1, Mul(z, ONE), "z 1 is not z"),
    (z * 0, Mul(z, Number(0)), "z 0 is not 0"),
    (z * (1 / z), Mul(z, Mul(ONE, Power(z, MINUS))), "z (1 / z) is not 1"),
    (z / z, Mul(z, Power(z, MINUS)), "z / z is not 1"),
    (2 * W * x, Mul(Number(2), W, x), "a product is one list from the left"),
    (2 * (W * x), Mul(Number(2), Mul(W, x)), "and keeps parentheses on the right"),
    (x.T * x * x, Mul(Transpose(x), x, x), "(x^T x) x is not x^T x^2"),
    (-z, Mul(MINUS, z), "minus z"),
    (-(z.__neg__()), Mul(MINUS, MINUS, z), "minus minus z"),
    (-(2 * z), Mul(MINUS, Number(2), z), "minus 2 z"),
    (z**2, Power(z, Number(2)), "a power"),
    (z**1, Power(z, ONE), "z^1 is not z"),
    ((z**2) ** 2, Power(Power(z, Number(2)), Number(2)), "nor are powers of powers"),
    (W.T.T, Transpose(Transpose(W)), "nor transposes of transposes"),
    (x[i], Entry(x, i), "an entry"),
    (W[1, i], Entry(W, ONE, i), "with a number as index"),
    (c / 2, Mul(c, Power(Number(2), MINUS)), "halves"),
]


@pytest.mark.parametrize(("e", "expected", "why"), WRITTEN, ids=[case[2] for case in WRITTEN])
def test_what_is_written_is_what_there_is(e: Node, expected: Node, why: str) -> None:
    assert e == expected, why
    assert type(e) is type(expected)


DIFFERENT = [
    (x + c, c + x, "order of terms"),
    (z * c, c * z, "order of factors"),
    (x + (c + z), x + c + z, "parentheses"),
    (2 * z, z + z, "value"),
    (Number(2), Number(3), "number"),
    (vector("x", n), vector("x", m), "dimension of a name"),
    (vector("x", n), scalar("x"), "shape of a name"),
    (Dimension("n"), Name("n"), "a dimension and a scalar"),
    (index("i", n), index("i", m), "dimension of an index"),
    (define("y", z), define("y", c), "meaning of a definition"),
    (define("y", z), z, "a definition and its meaning"),
]


@pytest.mark.parametrize(("left", "right", "why"), DIFFERENT, ids=[case[2] for case in DIFFERENT])
def test_what_is_written_differently_is_not_equal(left: Node, right: Node, why: str) -> None:
    assert left != right, why


@pytest.mark.parametrize("e", [case[0] for case in WRITTEN], ids=[case[2] for case in WRITTEN])
def test_an_expression_is_built_again_from_its_parts_and_hashes_alike(e: Node) -> None:
    again = e.func(*e.args)
    assert again == e
    assert hash(again) == hash(e)


@pytest.mark.parametrize(
    ("value", "expected", "why"),
    [
        (3, Number(3), "a whole number"),
        (-1, MINUS, "minus one"),
        (-3, Mul(MINUS, Number(3)), "a negative one is minus its opposite, as it is written"),
        (Fraction(2, 3), Mul(Number(2), Power(Number(3), MINUS)), "a fraction is a quotient"),
        (Fraction(4, 2), Number(2), "a fraction that is whole"),
        (Fraction(-2, 3), Mul(MINUS, Number(2), Power(Number(3), MINUS)), "a negative one"),
        (x, x, "an expression is itself"),
    ],
)
def test_exact_numbers_become_expressions(value: object, expected: Node, why: str) -> None:
    assert as_expression(value) == expected, why


@pytest.mark.parametrize("value", [0.5, 1j, True, None, "x", [1], float("nan")], ids=repr)
@pytest.mark.parametrize(
    "operation",
    [
        as_expression,
        lambda value: x + value,
        lambda value: value + x,
        lambda value: x - value,
        lambda value: x * value,
        lambda value: x / value,
        lambda value: x**value,
        lambda value: x[value],
    ],
    ids=["alone", "+", "r+", "-", "*", "/", "**", "[]"],
)
def test_what_is_not_exact_is_refused(operation: Callable[[object], object], value: object) -> None:
    with pytest.raises(TypeError, match="Expected an expression or an exact number but got"):
        operation(value)


def test_a_number_has_its_exact_value() -> None:
    assert Number(Fraction(1, 3)).value == Fraction(1, 3)
    assert Number(10**40).value == 10**40
    assert (Number(Fraction(1, 3)) + Fraction(1, 3)).args[0].value == Fraction(1, 3)


@pytest.mark.parametrize(
    ("e", "sizes", "indices", "expected"),
    [
        (W * x, {"m": 1, "n": 2}, None, "Matrix([[W_{11}*x_1 + W_{12}*x_2]])"),
        (x[i], {"n": 3}, {"i": 2}, "x_2"),
        (z + z, {}, None, "2*z"),
    ],
)
def test_at_gives_ordinary_sympy(
    e: Node, sizes: Mapping[str, int], indices: Mapping[str, int] | None, expected: str
) -> None:
    assert str(e.at(indices, **sizes)) == expected
