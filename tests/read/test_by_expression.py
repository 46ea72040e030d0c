r"""Derivatives by an expression that is no name: by what a quantity is defined as, by a value before, by -z."""

import pytest

from tests.read.reading import steps
from verify.language import Misshapen, Proved, Refuted, Undecided, Unreadable
from verify.read.judge import judge_step

CONTEXT = r"""
[names]
W = "k x d"
x = "d"
b = "k"
J = "function of y"
z = "scalar"
t = "scalar"
c = "scalar"
V = "m x k"
O = "elementwise function"
[definitions]
y = 'W x + b'
g = 'V O(y)'
"""
LEVELS = r"""
[names]
W_l = "n x n for l"
b_l = "n for l"
x = "n"
O = "elementwise function"
l = "index L"
[definitions]
f_0 = 'x'
f_l = 'W_l O(f_{l-1}) + b_l'
"""


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        # by what a quantity is defined as
        (r"\frac{\partial J}{\partial x} = W^T \frac{\partial J}{\partial (Wx + b)}", Proved, "y by its formula"),
        (r"\frac{\partial J}{\partial x} = W^T \frac{\partial J}{\partial (b + Wx)}", Proved, "terms in another order"),
        (r"\frac{\partial J}{\partial x} = W \frac{\partial J}{\partial (Wx + b)}", Misshapen, "without the transpose"),
        (r"\frac{\partial J}{\partial b} = 2 \frac{\partial J}{\partial (Wx + b)}", Refuted, "a wrong factor"),
        # by a function of one number
        (r"\frac{\partial \sigma(z)}{\partial (-z)} = -\sigma(z)(1 - \sigma(z))", Proved, "by -z"),
        (r"\frac{\partial \sigma(z)}{\partial (-z)} = \sigma(z)(1 - \sigma(z))", Refuted, "the sign is lost"),
        (r"\frac{\partial \sigma(-z)}{\partial (-z)} = \sigma(z)(1 - \sigma(z))", Proved, "of what has -z in it"),
        (r"\frac{\partial z^2}{\partial (2z)} = z", Proved, "by 2z: 2z / 2"),
        (r"\frac{\partial z^2}{\partial (2z)} = 2z", Refuted, "and not by z"),
        (r"\frac{\partial z^2}{\partial (2z + 3)} = z", Proved, "a constant does not matter"),
        (r"\frac{\partial \sigma(z)}{\partial (1 + e^{-z})} = -\sigma(z)^2", Proved, "1/u by u is -1/u^2"),
        (r"\frac{\partial \sigma(z)}{\partial (1 + e^{-z})} = \sigma(z)^2", Refuted, "with its sign"),
        (r"\frac{\partial c}{\partial (-z)} = 0", Undecided, "c does not depend on z, as far as is said"),
        # by a value before
        (r"\frac{\partial g}{\partial O(y)} = V", Proved, "a layer by the activation before"),
        (r"\frac{\partial g}{\partial O(y)} = V^T", Misshapen, "a transpose too many"),
        (r"\frac{\partial g}{\partial O(y)} = 2V", Refuted, "a wrong factor"),
        (
            r"\frac{\partial g}{\partial x} = \frac{\partial g}{\partial O(y)} \frac{\partial O(y)}{\partial y} W",
            Proved,
            "a chain through it",
        ),
        (r"\frac{\partial J}{\partial (Wx)} = \frac{\partial J}{\partial y}", Proved, "by a part of y"),
        # what has no one meaning
        (r"\frac{\partial y}{\partial O(g)} = V", Unreadable, "no part of it"),
        (r"\frac{\partial (zt + z)}{\partial (zt)} = 1", Unreadable, "z stands elsewhere: what is held fixed?"),
        (r"\frac{\partial J}{\partial (2x)} = 0", Unreadable, "a vector that is no part of it"),
    ],
)
def test_verdicts(formula: str, expected: type, why: str) -> None:
    found = judge_step(steps(f"$${formula}$$", CONTEXT)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        (r"\frac{\partial f_3}{\partial O(f_2)} = W_3", Proved, "at a fixed level"),
        (r"\frac{\partial f_3}{\partial O(f_2)} = W_2", Refuted, "the matrix of another level"),
        (r"\frac{\partial f_l}{\partial O(f_{l-1})} = W_l^T", Refuted, "at any level, transposed"),
        (r"\frac{\partial f_1}{\partial O(f_2)} = W_1", Unreadable, "a value after it"),
    ],
)
def test_levels(formula: str, expected: type, why: str) -> None:
    found = judge_step(steps(f"$${formula}$$", LEVELS)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


GOING_THROUGH = r"""
[names]
W_l = "d_l x d_{l-1} for l"
b_l = "d_l for l"
x = "d_0"
O = "elementwise function"
l = "index L"
[definitions]
a_0 = 'x'
a_l = 'O(f_l)'
f_l = 'W_l a_{l-1} + b_l'
"""
CHAIN = (
    r"\frac{\partial O(f_2)}{\partial f_2} \frac{\partial f_2}{\partial O(f_1)}"
    r" \frac{\partial O(f_1)}{\partial f_1} \frac{\partial f_1}{\partial x}"
)


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        (r"\frac{\partial f_l}{\partial O(f_{l-1})} = W_l", Proved, "by the value before, at any level"),
        (r"\frac{\partial f_l}{\partial O(f_{l-1})} = W_l^T", Misshapen, "transposed"),
        (r"\frac{\partial f_l}{\partial O(f_{l-1})} = 2 W_l", Refuted, "a wrong factor"),
        (rf"\frac{{\partial O(f_2)}}{{\partial x}} = {CHAIN}", Proved, "the chain of two levels, written out"),
        (rf"\frac{{\partial O(f_2)}}{{\partial x}} = 2 {CHAIN}", Refuted, "twice of it"),
    ],
)
def test_values_of_families(formula: str, expected: type, why: str) -> None:
    found = judge_step(steps(f"$${formula}$$", GOING_THROUGH)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


def test_how_it_was_read_is_listed() -> None:
    (step,) = steps(r"$$\frac{\partial J}{\partial b} = \frac{\partial J}{\partial (Wx + b)}$$", CONTEXT)
    assert step.assumed == ("the derivative by W x + b is that by y",)


def test_two_quantities_that_are_defined_alike() -> None:
    context = CONTEXT + "u = 'W x + b'\n"
    (step,) = steps(r"$$\frac{\partial J}{\partial b} = \frac{\partial J}{\partial (Wx + b)}$$", context)
    assert step.meaning == Undecided("ambiguous", "W x + b is y or u: by which of them is derived is not said")
