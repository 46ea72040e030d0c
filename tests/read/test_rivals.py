"""Without a context: what may be one of several things is decided as each of them, and is proved of none alone."""

import pytest

import verify
from verify.language import Proved, Stated, Undecided, word
from verify.read import read
from verify.read.judge import judge

LAYERS = "W may be m x n (y = W x), n x m (y = W^T x), n x m (y = x W) or m x n (y = x W^T)"


def displays(*formulas: str) -> str:
    return "\n\n".join(f"$${formula}$$" for formula in formulas)


@pytest.mark.parametrize(
    ("formula", "where", "why"),
    [
        (r"\frac{\partial J}{\partial W} = \delta x^T", "for the first", "y_i = sum_j W_ij x_j"),
        (r"\frac{\partial J}{\partial W} = x \delta^T", "for the second", "y_i = sum_j W_ji x_j"),
        (r"\frac{\partial J}{\partial W} = x^T \delta", "for the third", "y_i = sum_j x_j W_ji, of rows"),
        (r"\frac{\partial J}{\partial W} = \delta^T x", "for the fourth", "as in PyTorch"),
        (r"\frac{\partial J}{\partial x} = W^T \delta", "for the first", "by the input"),
        (r"\frac{\partial J}{\partial x} = W \delta", "for the second", "by the input, transposed"),
        (r"\frac{\partial J}{\partial x} = \delta W^T", "for the third", "by a row"),
        (r"\frac{\partial J}{\partial x} = \delta W", "for the fourth", "by a row, transposed"),
        (r"\frac{\partial J}{\partial x} = W^T \frac{\partial J}{\partial y}", "for the first", "with a named output"),
        (r"\nabla_W J = \delta x^T", "for the first", "by a nabla"),
        (r"\frac{\partial J}{\partial W} = 2 \delta x^T", "for none of these", "a factor too much"),
        (r"\frac{\partial J}{\partial W} = -x \delta^T", "for none of these", "a sign"),
    ],
)
def test_a_gradient_alone_does_not_say_what_the_layer_is(formula: str, where: str, why: str) -> None:
    (judgment,) = verify.check(displays(formula))
    assert judgment.verdict == Undecided("ambiguous", f"{LAYERS}; the link holds {where}"), why


def test_each_link_of_a_chain_is_decided_for_each_layer() -> None:
    first, second = verify.check(displays(r"\frac{\partial J}{\partial W} = \delta x^T = (x \delta^T)^T"))
    assert first.verdict == Undecided("ambiguous", f"{LAYERS}; the link holds for the first")
    assert isinstance(second.verdict, Proved | Undecided)


def test_a_layer_that_is_said_is_no_question() -> None:
    *_, last = verify.check(displays("y = x W", r"\frac{\partial J}{\partial W} = x^T \frac{\partial J}{\partial y}"))
    assert isinstance(last.verdict, Proved)


def test_nothing_is_known_of_the_names_afterwards() -> None:
    """W was not found to have one row by what may be said of another layer."""
    *_, last = verify.check(displays(r"\frac{\partial J}{\partial W} = x \delta^T", "y = W x"))
    assert isinstance(last.verdict, Stated)
    assert last.assumed == ("y is m x 1", "W is m x n", "x is n x 1")


@pytest.mark.parametrize(
    ("formulas", "expected", "says", "why"),
    [
        (["x y = y x"], ["proved"], "", "numbers"),
        (
            ["x y = y x", "z = W x + y"],
            ["undecided", "stated"],
            "x and y may be numbers or columns; the link holds for the first",
            "of two columns there is no such product",
        ),
        (["x + y = y + x", "z = W x + y"], ["proved", "stated"], "", "true of numbers and of columns"),
        (
            [r"\frac{d}{dx} x^2 = 2x", "z = A x"],
            ["undecided", "stated"],
            "x may be a number or a column; the link holds for the first",
            "a column has no square",
        ),
        (
            [r"\|x\|^2 = x^T x", "y = x W + b"],
            ["undecided", "stated"],
            "x may be a column or a row; the link holds for the first",
            "of a row, x^T x is a matrix",
        ),
        (
            ["a^T b = b^T a", "y = a W", r"\|a\|^2 = a a^T"],
            ["undecided", "stated", "proved"],
            "what a and b may be is assumed, and not said",
            "as rows, all formulas fit, and the first is false",
        ),
        (["a x = x a", "y = a W x"], ["proved", "stated"], "", "a number times a column, either way round"),
        (["x y = y x", "# Another question", "z = W x + y"], ["proved", "stated"], "", "numbers in one question"),
    ],
)
def test_formulas_that_take_a_name_for_different_things(
    formulas: list[str], expected: list[str], says: str, why: str
) -> None:
    text = "\n\n".join(each if each.startswith("#") else f"$${each}$$" for each in formulas)
    judgments = judge(read(text, "hw.md"))
    assert [word(each.verdict) for each in judgments] == expected, why
    if says:
        assert judgments[0].verdict == Undecided("ambiguous", says), why


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{\partial}{\partial x} (a^T x) = a^T",
        r"\frac{\partial y^T x}{\partial x} = y^T",
        r"\frac{\partial \|x\|^2}{\partial x} = 2x^T",
        r"\frac{\partial}{\partial x} x^T A x = x^T (A + A^T)",
        r"\nabla_x (a^T x) = a^T",
    ],
)
def test_a_gradient_that_lies_makes_no_number_of_a_vector(formula: str) -> None:
    """With x a number, the first would be true."""
    (judgment,) = verify.check(displays(formula))
    assert isinstance(judgment.verdict, Undecided)
    assert "x is a number" not in judgment.assumed


def test_the_quantity_above_a_bar_is_a_product() -> None:
    (judgment,) = verify.check(displays(r"\frac{\partial A x}{\partial x} = A"))
    assert isinstance(judgment.verdict, Proved)
    assert judgment.assumed == ("A is m x n", "x is n x 1")
