"""Without a context: what names may mean is read off the formulas, listed, and refutes nothing by itself."""

import pytest

import verify
from verify.language import Proved, Undecided, Unreadable, word
from verify.read import read
from verify.read.judge import judge


def verdicts(*formulas: str) -> list[str]:
    document = read("\n\n".join(f"$${formula}$$" for formula in formulas), "hw.md")
    return [word(each.verdict) for each in judge(document)]


def assumed(*formulas: str) -> tuple[str, ...]:
    document = read("\n\n".join(f"$${formula}$$" for formula in formulas), "hw.md")
    return document.steps[-1].assumed


@pytest.mark.parametrize(
    ("formulas", "expected", "why"),
    [
        ([r"(a + b)^2 = a^2 + 2ab + b^2"], ["proved"], "small letters are numbers"),
        ([r"\tanh(x) = 2\sigma(2x) - 1 = 26(2x) - 1"], ["proved", "refuted"], "an identity in one number"),
        ([r"\frac{d}{dx}\sigma(x) = \sigma(x)(1 - \sigma(x))"], ["proved"], "a derivative by it"),
        (["y = W x + b", r"\frac{\partial y}{\partial x} = W"], ["stated", "proved"], "an affine layer"),
        (["z = W_2 (W_1 x + b_1) + b_2 = W_2 W_1 x + W_2 b_1 + b_2"], ["stated", "proved"], "two of them"),
        ([r"h = \sigma(W x + b)", r"\hat y = softmax(U h + c)"], ["stated", "stated"], "one after the other"),
        (["(A B)^T = B^T A^T"], ["proved"], "capitals are matrices"),
        (["u^T v = v^T u"], ["proved"], "what is transposed is a column"),
        ([r"softmax(x_i) = \frac{e^{x_i}}{\sum_j e^{x_j}}"], ["proved"], "what has an index is a vector"),
        (
            [r"s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}", r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} - s_j)"],
            ["stated", "proved"],
            "a softmax and its derivative",
        ),
        (
            [r"z_j = \sum_i w_{ij} x_i + b_j", r"\frac{\partial z_j}{\partial x_i} = w_{ij}"],
            ["stated", "proved"],
            "a layer by its entries",
        ),
        ([r"\sum_{i=1}^n (x_i + y_i) = \sum_{i=1}^n x_i + \sum_{i=1}^n y_i"], ["proved"], "a sum with bounds"),
        # nothing is refuted by what is only assumed
        (["p - y = q"], ["undecided"], "what other formulas may have said"),
        (["(a + b)^2 = a^2 + b^2"], ["undecided"], "of two numbers"),
        (["2x = 4"], ["undecided"], "an equation for a number"),
        (
            ["y = W x + b", r"\frac{\partial y}{\partial x} = W^T"],
            ["stated", "undecided"],
            "another layout may be meant",
        ),
        (["(A B)^T = A^T B^T"], ["undecided"], "shapes that do not fit"),
        (["y = w^T x + b", r"2y = 2 w^T x + 2b"], ["stated", "proved"], "an inner product and a number"),
        # what stays unclear is not read
        (["W x = x^T W^T"], ["unreadable"], "what would make a matrix of one row"),
        (["f(x) g(x) = g(x) f(x)"], ["unreadable"], "a letter before a letter in parentheses is a function"),
        ([r"\frac{\partial J}{\partial W} = \delta x^T"], ["unreadable"], "a loss"),
        ([r"\sum_{w \in V} x_w = 1"], ["unreadable"], "a set"),
        (["x^{(2)} = x^{(2)} + 0"], ["unreadable"], "a tag"),
        (["A B + x A = x A + A B"], ["proved"], "a small letter before a capital is a number"),
    ],
)
def test_without_a_context(formulas: list[str], expected: list[str], why: str) -> None:
    assert verdicts(*formulas) == expected, why


def test_what_is_assumed_is_listed() -> None:
    assert assumed("y = W x + b") == ("y is m x 1", "W is m x n", "x is n x 1", "b is m x 1")
    assert assumed("y = W x + b", r"\frac{\partial y}{\partial x} = W") == ("W is m x n", "b is m x 1", "x is n x 1")
    assert assumed("a + b = b + a") == ("a is a number", "b is a number")


def test_it_is_said_why_nothing_is_refuted() -> None:
    (judgment,) = judge(read("$$p - y = q$$", "hw.md"))
    assert judgment.verdict == Undecided("ambiguous", "what p and q and y may be is assumed, and not said")


AFFINE = r"$y = W x + b$ and $\delta = \frac{\partial J}{\partial y}$. "


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (AFFINE + r"$$\frac{\partial J}{\partial W} = \delta x^T$$", Proved, "a loss of the one quantity that is made"),
        (AFFINE + r"$$\frac{\partial J}{\partial x} = W^T \delta$$", Proved, "its gradient by the input"),
        (AFFINE + r"$$\frac{\partial J}{\partial x} = W \delta$$", Undecided, "nothing is refuted on such grounds"),
        (AFFINE + r"$$\frac{\partial J}{\partial b} = 2 \delta$$", Undecided, "nor here"),
        (r"$y = W x$ $$\frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial y}$$", Proved, "another letter"),
        (r"$z = W x$, $y = \sigma(z)$ $$\frac{\partial J}{\partial z} = y$$", Undecided, "of the last of them"),
        (r"$u = A x$, $v = B x$ $$\frac{\partial J}{\partial x} = x$$", Unreadable, "of two it is not clear which"),
        (r"$$\frac{\partial J}{\partial x} = x$$", Unreadable, "nothing is made"),
    ],
)
def test_a_loss_of_which_nothing_is_said(text: str, expected: type, why: str) -> None:
    *_, last = verify.check(text)
    assert isinstance(last.verdict, expected), f"{why}: {last.verdict}"


def test_the_loss_is_listed_with_what_it_is_supposed_to_depend_on() -> None:
    *_, last = verify.check(AFFINE + r"$$\frac{\partial J}{\partial W} = \delta x^T$$")
    assert "J is a function of y" in last.assumed
