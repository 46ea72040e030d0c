r"""Shapes that are written under a formula, and equations of shapes.

By hand, for W of d x k and x of d x 1: W^T is k x d, W^T x is k x 1. In the layout that derives rows, the derivative of
J by x is 1 x d.
"""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word
from verify.read.scope import Scope
from verify.read.shape_lines import is_line_of_shapes, shapes_in
from verify.read.tokens import tokenize

SIZES: Mapping[str, object] = {"names": {"W": "d x k", "x": "d", "b": "k", "n": "dimension"}}
LAYER: Mapping[str, object] = {
    "names": {"W": "d x k", "x": "d", "b": "k", "J": "function of y"},
    "definitions": {"y": "W^T x + b", r"\delta": r"\frac{\partial J}{\partial y}"},
    "layout": "numerator",
}
DEFINES = "$$y = W^T x + b$$\n\n"


def four(first: str = "k 1", third: str = "d 1", weights: str = "k d") -> str:
    """The shapes of y, W^T, x and b."""
    shapes = (first, weights, third, "k 1")
    return r" \quad ".join(r" \times ".join(shape.split()) for shape in shapes)


@pytest.mark.parametrize(
    ("context", "text", "expected", "why"),
    [
        # under a formula
        (SIZES, f"{DEFINES}$$ {four()} $$", "stated proved proved proved proved", "in a display"),
        (SIZES, f"{DEFINES}$ {four()} $", "stated proved proved proved proved", "on a line of its own"),
        (SIZES, f"{DEFINES}$ {four(weights='d k')} $", "stated proved proved proved proved", "of W itself"),
        (SIZES, f"{DEFINES}$ {four(first='d 1')} $", "stated misshapen proved proved proved", "of y"),
        (SIZES, f"{DEFINES}$ {four(third='1 d')} $", "stated proved proved misshapen proved", "x is a column"),
        (
            SIZES,
            f"{DEFINES}$ {four(third='k 1')} $",
            "stated proved proved misshapen proved",
            "x has d entries",
        ),
        (LAYER, f"{DEFINES}$ {four()} $", "proved proved proved proved proved", "where y is defined by the context"),
        (
            LAYER,
            "$$\\frac{\\partial J}{\\partial x} = (W \\delta^T)^T$$\n\n"
            r"$1 \times d \quad d \times k \quad k \times 1$",
            "proved proved proved proved",
            "within a transpose",
        ),
        (
            LAYER,
            "$$\\frac{\\partial J}{\\partial x} = (W \\delta^T)^T$$\n\n"
            r"$d \times 1 \quad d \times k \quad k \times 1$",
            "proved misshapen proved proved",
            "a row in this layout",
        ),
        (SIZES, f"{DEFINES}$$ k \\times 1 \\quad k \\times d $$", "stated undecided", "two shapes for four things"),
        (SIZES, r"$$ k \times 1 \quad k \times d $$", "undecided", "under nothing"),
        (
            SIZES,
            DEFINES + r"$$ k \times d \quad d \times 1 \quad k \times 1 $$",
            "stated" + 3 * " proved",
            "of W^T, x, b alone",
        ),
        (
            SIZES,
            DEFINES + r"$$ k \times d \quad k \times 1 \quad k \times 1 $$",
            "stated proved misshapen proved",
            "x has d entries",
        ),
        (
            SIZES,
            "$$W^T x + b = b + W^T x$$\n\n"
            r"$ k \times 1 \quad k \times d \quad d \times 1 $",
            "proved" + 3 * " proved",
            "of the last side",
        ),
        ({}, r"$$y = Wx$$ $$ k \times d \quad d \times 1 $$", "stated proved proved", "of W and x, without a context"),
        ({}, r"$$y = Wx$$ $$ k \times d \quad k \times 1 $$", "stated undecided", "which do not fit"),
        # without a context: W^T is as wide as x is long, and as long as y and b are
        ({}, f"{DEFINES}$ {four()} $", "stated proved proved proved proved", "letters for sizes"),
        ({}, f"{DEFINES}$ {four(weights='d k')} $", "stated proved proved proved proved", "under W, not W^T"),
        ({}, f"{DEFINES}$ {four('m 1', 'n 1', 'm n').replace('k', 'm')} $", "stated" + 4 * " proved", "any letters"),
        ({}, f"{DEFINES}$ {four('n 1', 'm 1', 'n m').replace('k', 'n')} $", "stated" + 4 * " proved", "the other way"),
        ({}, f"{DEFINES}$ {four(third='k 1')} $", "stated undecided", "x is as long as W^T is wide"),
        ({}, f"{DEFINES}$ {four(third='1 d')} $", "stated undecided", "x lies"),
        ({}, f"$x \\in \\mathbb{{R}}^e$ {DEFINES}$ {four()} $", "stated stated undecided", "x has e entries"),
        (
            {},
            f"{DEFINES}$ {four()} $\n\n$$y_i = \\sum_{{j=1}}^d W_{{ji}} x_j + b_i$$",
            "stated proved proved proved proved proved",
            "d is from there on how long x is",
        ),
        (
            {},
            f"{DEFINES}$ {four()} $\n\n$$y_i = \\sum_{{j=1}}^k W_{{ji}} x_j + b_i$$",
            "stated proved proved proved proved misshapen",
            "and k is not",
        ),
        # as the last row
        (
            SIZES,
            f"$$\\begin{{aligned}} y &= W^T x + b \\\\ & {four()} \\end{{aligned}}$$",
            "stated" + 4 * " proved",
            "a row",
        ),
        (
            SIZES,
            f"$$\\begin{{aligned}} y &= W^T x + b \\\\ & {four(third='k 1')} \\end{{aligned}}$$",
            "stated proved proved misshapen proved",
            "a wrong row",
        ),
        # equations
        (SIZES, r"$$k \times 1 = (k \times d)(d \times 1) + k \times 1$$", "proved", "a sum"),
        (SIZES, r"$$(k \times d)(d \times 1) = k \times 1$$", "proved", "turned round"),
        (SIZES, r"$$(k \times d)(d \times 1) = d \times 1$$", "misshapen", "the wrong axis is left"),
        (SIZES, r"$$(k \times d)(k \times 1) = d \times 1$$", "undecided", "these have no product: numbers, maybe"),
        # numbers
        (SIZES, r"$$k \times d + k \times 1 = k \times (d + 1)$$", "proved", "a number of parameters"),
        (SIZES, r"$$n \times k = k \times n$$", "proved", "products commute, shapes do not"),
        (SIZES, r"$$2 \times 3 = 7$$", "refuted", "no letters"),
        (SIZES, r"The matrix is $d \times k$.", "", "in a sentence"),
    ],
)
def test_verdicts(context: Mapping[str, object], text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(text, context)] == expected.split(), why


def test_each_shape_is_a_link_at_its_place() -> None:
    _, *found = verify.check(f"{DEFINES}$ {four()} $", SIZES)
    assert [(each.left, each.right) for each in found][1:3] == [("W^T", r"k \times d"), ("x", r"d \times 1")]
    assert {each.relation for each in found} == {"shape"}
    assert [each.at.column for each in found if each.at is not None] == [3, 20, 37, 54]


@pytest.mark.parametrize(
    ("formula", "shapes"),
    [
        (r"2 \times 3", False),
        (r"2 \times 3 \quad 3 \times 1", True),
        (r"(k \times d)(d \times 1)", True),
        (r"k \times d, \; d \times 1", True),
        (r"2 \times 3 = 6", False),
        (r"u \times v \times w", False),
        ("x y", False),
    ],
)
def test_what_looks_like_shapes(formula: str, shapes: bool) -> None:
    assert is_line_of_shapes(tokenize(formula)) is shapes


def test_letters_that_are_no_dimensions_make_no_shapes() -> None:
    assert shapes_in(tokenize(r"u \times v \quad v \times 1"), Scope()) is None


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"$W \in \mathbb{R}^{d \times k}$", "stated", "as the context says"),
        (r"$W \in \mathbb{R}^{k \times d}$", "misshapen", "the context wins"),
        (r"$W = \mathbb{R}^{k \times d}$", "misshapen", "as people write it"),
        (r"$x \in \mathbb{R}$", "misshapen", "no number"),
        (r"$x \in \mathbb{R}^{1 \times d}$", "misshapen", "no row"),
        (r"$W \in \mathbb{R}^{p \times q}$", "stated", "in letters of which the context knows nothing"),
        (r"$W^T x \in \mathbb{R}^k$", "proved", "of a formula"),
    ],
)
def test_a_shape_that_is_said_otherwise_than_by_the_context_is_a_link(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(text, SIZES)] == expected.split(), why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"Let $x \in \mathbb{R}^n$.", "stated", "a column"),
        (r"Let $x \in ℝ^n$.", "stated", "as a sign"),
        (
            r"$W \in \mathbb{R}^{d \times k}$, $x \in \mathbb{R}^d$: $$W^T x \in \mathbb{R}^k$$",
            "stated stated proved",
            "",
        ),
        (
            r"$W \in \mathbb{R}^{d \times k}$, $x \in \mathbb{R}^d$: $$W x \in \mathbb{R}^k$$",
            "stated stated misshapen",
            "the transpose is lost",
        ),
        (
            r"$W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$: $$y = Wx$$ $$y_i = \sum_j W_{ij} x_j$$",
            "stated stated stated proved",
            "said, and then used",
        ),
        (
            r"$W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$: $$y = Wx$$ $$y_i = \sum_j W_{ji} x_j$$",
            "stated stated stated misshapen",
            "the wrong axis",
        ),
        (r"$$Wx + b \in \mathbb{R}^m$$", "undecided", "nothing says what m is"),
    ],
)
def test_what_a_write_up_says_of_shapes_needs_no_context(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(text, {})] == expected.split(), why
