r"""Layers within layers, and sums of products that become shorter: what dots in both stand for."""

import pytest

import verify
from verify.language import Misshapen, Proved, Refuted, Unreadable

LAYERS = {
    "names": {
        "W_l": "D_l x D_{l-1} for l",
        "b_l": "D_l for l",
        "V_l": "m x m for l",
        "c_l": "m for l",
        "x": "D_0",
        "y": "m",
        "n": "dimension",
    }
}
SLOPE = r"W_n \cdots W_1 x"
BIASES = r"\sum_{j=1}^n W_n \cdots W_{j+1} b_j"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (rf"W_n(W_{{n-1}}(\cdots(W_1 x + b_1)\cdots) + b_{{n-1}}) + b_n = {SLOPE} + {BIASES}", Proved, "the collapse"),
        (rf"W_n(\cdots(W_1 x + b_1)\cdots) + b_n = {SLOPE} + {BIASES}", Proved, "one layer written out"),
        (rf"W_n(\cdots(W_1 x + b_1)\cdots) + b_n = {SLOPE} + b_n", Refuted, "biases forgotten"),
        (rf"W_n(W_{{n-1}}(\cdots W_1 x \cdots)) = {SLOPE}", Proved, "dots right beside the first layer"),
        (rf"W_n(W_{{n-2}}(\cdots(W_1 x)\cdots)) = {SLOPE}", Unreadable, "a layer is left out"),
        (rf"W_n(W_{{n-1}}(\cdots(W_2 x)\cdots)) = {SLOPE}", Unreadable, "it does not begin with the first"),
        (rf"W_n(W_{{n-1}}(\cdots(b_1)\cdots)) = {SLOPE}", Unreadable, "the first layer is unlike the others"),
        (
            r"V_n(V_{n-1}(\cdots(V_1 y + c_1)\cdots) + c_{n-1}) + c_n = V_1 \cdots V_n y + c_n",
            Refuted,
            "layers of one width",
        ),
        (rf"{BIASES} = W_n \cdots W_2 b_1 + W_n \cdots W_3 b_2 + \cdots + W_n b_{{n-1}} + b_n", Proved, "all biases"),
        (
            rf"{BIASES} = W_n W_{{n-1}} \cdots W_2 b_1 + W_n W_{{n-1}} \cdots W_3 b_2 + \cdots + b_n",
            Proved,
            "two factors",
        ),
        (
            rf"{SLOPE} + {BIASES} = {SLOPE} + W_n \cdots W_2 b_1 + W_n \cdots W_3 b_2 + \cdots + b_n",
            Proved,
            "a term before",
        ),
        (
            rf"{BIASES} = W_n \cdots W_2 b_1 + W_n \cdots W_3 b_2 + \cdots + W_{{n-1}} b_{{n-1}} + b_n",
            Unreadable,
            "an end",
        ),
        (rf"{BIASES} = W_n \cdots W_2 b_1 - W_n \cdots W_3 b_2 + \cdots + b_n", Unreadable, "signs differ"),
        (rf"{BIASES} = W_n \cdots W_3 b_1 + W_n \cdots W_4 b_2 + \cdots + b_n", Unreadable, "a factor too few"),
        (r"V_n \cdots V_2 c_1 + V_n \cdots V_3 c_2 + \cdots + c_n = V_n \cdots V_1 y", Refuted, "no identity"),
        (rf"{SLOPE} = W_1 \cdots W_n x", Misshapen, "the wrong order"),
    ],
)
def test_dots_within_dots(text: str, expected: type, why: str) -> None:
    (judgment,) = verify.check(rf"$${text}$$", LAYERS)
    assert isinstance(judgment.verdict, expected), f"{why}: {judgment.verdict}"
