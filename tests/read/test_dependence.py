r"""What a value of a recursion depends on.

By hand, for f_l = W_l a_{l-1} + b_l, a_l = g(f_l), a_0 = x: f_1 = W_1 x + b_1 depends on x, W_1 and b_1; f_2 on x, W_1,
W_2, b_1, b_2, f_1 and a_1; no f_l on a layer above it, or on c, which stands nowhere.
"""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word

NETWORK: Mapping[str, object] = {
    "names": {
        "W_l": "D_l x D_{l-1} for l",
        "b_l": "D_l for l",
        "x": "D_0",
        "c": "D_0",
        "n": "dimension",
        "g": "elementwise function",
    },
    "definitions": {"f_l": "W_l a_{l-1} + b_l", "a_l": "g(f_l)", "a_0": "x"},
}
NUMBERS: Mapping[str, object] = {
    "names": {"w_l": "scalar for l", "b_l": "scalar for l", "x": "scalar", "c": "scalar", "n": "dimension"},
    "definitions": {"f_l": "w_l a_{l-1} + b_l", "a_l": r"\sigma(f_l)", "a_0": "x"},
}
DECLARED: Mapping[str, object] = {"names": {**NETWORK["names"], "f_l": "D_l for l"}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        (r"\frac{\partial f_1}{\partial x} = W_1", "proved", "through a_0, which is x"),
        (r"\frac{\partial f_1}{\partial x} = 2 W_1", "refuted", "once, not twice"),
        (r"\frac{\partial f_2}{\partial x} = W_2 \operatorname{diag}(g'(f_1)) W_1", "proved", "two layers"),
        (r"\frac{\partial f_2}{\partial b_3} = 0", "undecided", "the bias of a later layer"),
        (r"\frac{\partial f_2}{\partial a_2} = 0", "undecided", "its own activation"),
        (r"\frac{\partial f_2}{\partial f_3} = 0", "undecided", "a later layer"),
        (r"\frac{\partial f_2}{\partial c} = 0", "undecided", "a name that stands nowhere in it"),
        (r"\frac{\partial f_n}{\partial c} = 0", "undecided", "nor at any depth"),
        (r"\frac{\partial f_n}{\partial b_{n+1}} = 0", "undecided", "a layer above any depth"),
    ],
)
def test_what_layers_depend_on(formula: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${formula}$$", dict(NETWORK))] == [expected], why


def test_what_nothing_depends_on_is_said() -> None:
    (found,) = verify.check(r"$$\frac{\partial f_2}{\partial b_3} = 0$$", dict(NETWORK))
    assert "f_2 does not depend on b_3" in str(found.verdict)


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        (r"\frac{\partial f_2}{\partial b_2} = 1", "proved", "its own bias"),
        (r"\frac{\partial f_n}{\partial b_n} = 1", "proved", "the last bias"),
        (r"\frac{\partial f_n}{\partial b_n} = 2", "refuted", "once, not twice"),
        (r"w_2 \sigma(f_1(x)) + b_2 = f_2", "proved", "f_1(x) is f_1, no product"),
        (r"w_2 \sigma(f_1(x)) = f_2", "refuted", "the bias is lost"),
        (r"w_2 \sigma(f_1(c)) + b_2 = f_2", "unreadable", "of what it does not depend on"),
        (r"a_1 (x + c) = a_1 x + a_1 c", "proved", "a product"),
    ],
)
def test_a_value_may_be_written_with_what_it_depends_on(formula: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${formula}$$", dict(NUMBERS))] == [expected], why


def test_a_declared_member_is_open() -> None:
    """Nothing says what f_1 is: this may say it."""
    (found,) = verify.check("$$f_1 = W_1 x + b_1$$", dict(DECLARED))
    assert word(found.verdict) == "undecided"


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        (r"f_n = w_n a_{n-1}(\cdots) + b_n", "proved", "what a_{n-1} is made of is not written"),
        (r"f_2 = w_2 a_1(\dots) + b_2", "proved", "at a number"),
        (r"f_n = w_n a_{n-1}(\cdots)", "refuted", "the bias is lost"),
        (r"f_n = w_n \sigma(x(\cdots)) + b_n", "unreadable", "x is made of nothing"),
        (r"f_n = w_n \sigma(\cdots) + b_n", "unreadable", "dots alone stand for nothing"),
    ],
)
def test_dots_in_the_place_of_an_argument(formula: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${formula}$$", dict(NUMBERS))] == [expected], why
