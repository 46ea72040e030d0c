r"""Functions of a level: ``f_i(x) = \sigma(W_i x + b_i)``, applied one after another."""

import re

import pytest

from tests.read.reading import steps
from verify.language import Misshapen, Proved, Refuted, Stated, Undecided, Unreadable
from verify.read.judge import judge_step
from verify.read.parse import parse
from verify.read.patterns import at_level
from verify.read.source import Span
from verify.read.syntax import Numeral
from verify.read.tokens import tokenize

CONTEXT = """
[names]
W_i = "d_i x d_{i-1} for i"
b_i = "d_i for i"
x = "d_0"
n = "dimension"
"""
SQUARE = """
[names]
W_i = "d x d for i"
b_i = "d for i"
x = "d"
n = "dimension"
"""
NETWORK = r"$$f_i(x) = \sigma(W_i x + b_i)$$ "
LINEAR = r"$$f_i(x) = W_i x$$ "
ALL = r"f_n(f_{n-1}(\cdots f_1(x)))"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (NETWORK, Stated, "a definition"),
        (NETWORK + r"$$f_2(f_1(x)) = \sigma(W_2 \sigma(W_1 x + b_1) + b_2)$$", Proved, "two levels"),
        (NETWORK + r"$$f_2(f_1(x)) = \sigma(W_2 (W_1 x + b_1) + b_2)$$", Refuted, "one activation is lost"),
        (NETWORK + r"$$f_1(f_2(x)) = x$$", Misshapen, "the wrong way round"),
        (NETWORK + r"$$f_2 \circ f_1 (x) = f_2(f_1(x))$$", Proved, "a composition"),
        (NETWORK + r"$$(f_2 \circ f_1)(x) = f_2(f_1(x))$$", Proved, "in parentheses"),
        (
            r"$$f_i(x) = W_i x + b_i$$ $$f_3(f_2(f_1(x))) = W_3 W_2 W_1 x + W_3 W_2 b_1 + W_3 b_2 + b_3$$",
            Proved,
            "three affine levels",
        ),
        (
            r"$$f_i(x) = W_i x + b_i$$ $$f_3(f_2(f_1(x))) = W_3 W_2 W_1 x + W_3 b_1 + W_3 b_2 + b_3$$",
            Misshapen,
            "a factor is lost",
        ),
        # a letter without an argument is the value so far
        (NETWORK + r"$$\frac{\partial f_2}{\partial f_1} = \mathrm{diag}(\sigma'(W_2 f_1 + b_2)) W_2$$", Proved, "one"),
        (
            NETWORK + r"$$\frac{\partial f_2}{\partial f_1} = \mathrm{diag}(\sigma'(W_1 x + b_1)) W_2$$",
            Misshapen,
            "at it",
        ),
        (
            NETWORK + r"$$\frac{\partial f_2(f_1(x))}{\partial x}"
            r" = \frac{\partial f_2}{\partial f_1} \frac{\partial f_1}{\partial x}$$",
            Proved,
            "the chain rule",
        ),
        (
            NETWORK + r"$$\frac{\partial f_3}{\partial x}"
            r" = \frac{\partial f_3}{\partial f_2} \frac{\partial f_2}{\partial f_1} \frac{\partial f_1}{\partial x}$$",
            Proved,
            "of three levels",
        ),
        (
            NETWORK + r"$$\frac{\partial f_3}{\partial x}"
            r" = \frac{\partial f_2}{\partial f_1} \frac{\partial f_3}{\partial f_2} \frac{\partial f_1}{\partial x}$$",
            Misshapen,
            "in another order",
        ),
        # any depth
        (LINEAR + rf"$${ALL} = W_n \cdots W_1 x$$", Proved, "a linear network of any depth"),
        (LINEAR + r"$$f_n \circ f_{n-1} \circ \cdots \circ f_1(x) = W_n \cdots W_1 x$$", Proved, "as a composition"),
        (
            LINEAR + rf"$$O = {ALL}$$ $$\frac{{\partial O}}{{\partial x}} = W_n \cdots W_1$$",
            Undecided,
            "a limit",
        ),
        (LINEAR + rf"$$O = {ALL}$$ $$\frac{{\partial O}}{{\partial x}} = 2 W_n \cdots W_1$$", Refuted, "a wrong one"),
        (LINEAR + rf"$${ALL} = W_1 \cdots W_n x$$", Misshapen, "the other way round"),
        (LINEAR + rf"$${ALL} = 2 W_n \cdots W_1 x$$", Refuted, "a wrong factor"),
        # what is not read
        (r"$$f_i(x) = W_i x + b_j$$ $$f_2(f_1(x)) = x$$", Unreadable, "an index that nothing binds"),
        (NETWORK + r"$$\frac{\partial f_n}{\partial f_1} = W_1$$", Unreadable, "a bare value at any level"),
    ],
)
def test_verdicts(text: str, expected: type, why: str) -> None:
    found = judge_step(steps(text, CONTEXT)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (NETWORK + r"$$f_2(f_1(x)) = f_1(f_2(x))$$", Refuted, "they do not commute"),
        (LINEAR + r"$$f_2(f_1(x)) = f_1(f_2(x))$$", Refuted, "nor do matrices"),
        (LINEAR + rf"$${ALL} = W_1 \cdots W_n x$$", Refuted, "in the wrong order"),
        (LINEAR + r"$$f_1(x) + f_1(x) = f_1(2x)$$", Proved, "any argument"),
        (NETWORK + r"$$f_1(x) + f_1(x) = f_1(2x)$$", Refuted, "of what is not linear"),
    ],
)
def test_square_layers(text: str, expected: type, why: str) -> None:
    found = judge_step(steps(text, SQUARE)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


def test_functions_of_one_letter_whose_variable_has_two_shapes() -> None:
    context = '[names]\nW_1 = "m x d"\nW_2 = "k x m"\nx = "d"'
    text = r"$$f_1(x) = \sigma(W_1 x)$$ $$f_2(x) = \sigma(W_2 x)$$ $$f_2(f_1(x)) = \sigma(W_2 \sigma(W_1 x))$$"
    assert isinstance(judge_step(steps(text, context)[-1]).verdict, Proved)
    text = r"$$f_1(x) = \sigma(W_1 x)$$ $$f_2(x) = \sigma(W_2 x)$$ $$f_2(f_1(x)) = \sigma(W_2 W_1 x)$$"
    assert isinstance(judge_step(steps(text, context)[-1]).verdict, Refuted)


def test_elementwise_functions_of_a_level() -> None:
    context = '[names]\nf_1 = "elementwise function"\nf_2 = "elementwise function"\nx = "scalar"'
    right = r"$$\frac{d}{dx} f_2(f_1(x)) = f_2'(f_1(x)) f_1'(x)$$"
    wrong = r"$$\frac{d}{dx} f_2(f_1(x)) = f_2'(x) f_1'(x)$$"
    assert isinstance(judge_step(steps(right, context)[-1]).verdict, Proved)
    assert isinstance(judge_step(steps(wrong, context)[-1]).verdict, Refuted)


def test_every_letter_for_the_level_is_replaced() -> None:
    two = Numeral("2", Span(0, 0))
    for text, other in (("W_i x + b_i", "W_2 x + b_2"), ("W^{[i]} i", "W^{[2]} i"), ("x_{j}", "x_{j}")):
        placed, expected = at_level(parse(tokenize(text)), "i", two), parse(tokenize(other))
        assert _plain(placed) == _plain(expected)


def _plain(node: object) -> str:
    """A tree without its places."""
    return re.sub(r"Span\([^)]*\)", "", repr(node))
