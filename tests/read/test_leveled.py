"""Definitions at every level, and recursions, as a context gives them and as a write-up does; decided at any depth."""

from collections.abc import Mapping

import pytest

import verify
from verify.language import Misshapen, Proved, Refuted, Stated, Unreadable
from verify.read import AssignmentError, read_context

NETWORK = {
    "names": {
        "W^{[l]}": "n_l x n_{l-1} for l",
        "b^{[l]}": "n_l for l",
        "x": "n_0",
        "L": "dimension",
        "g": "elementwise function",
        "J": "function of a^{[L]}",
    },
    "definitions": {"z^{[l]}": "W^{[l]} a^{[l-1]} + b^{[l]}", "a^{[l]}": "g(z^{[l]})", "a^{[0]}": "x"},
}
WEIGHTS = {"names": {"W_l": "D_l x D_{l-1} for l", "b_l": "D_l for l", "x": "D_0", "L": "dimension"}}
ERRORS = r"$$\delta^{[l]} = \frac{\partial J}{\partial z^{[l]}}$$ "
STACK = r"$$f_1 = W_1 x + b_1$$ $$f_l = W_l f_{l-1} + b_l$$ "
ONE_CHAIN = r"$$a_0 = x, \quad z_l = W_l a_{l-1} + b_l, \quad a_l = \sigma(z_l)$$ "


def verdicts(text: str, context: Mapping[str, object]) -> list[type]:
    return [type(each.verdict) for each in verify.check(text, dict(context))]


@pytest.mark.parametrize(
    ("text", "context", "expected", "why"),
    [
        (r"$$a^{[l]} = g(z^{[l]})$$", NETWORK, [Proved], "the definition itself"),
        (r"$$a^{[1]} = g(W^{[1]} x + b^{[1]})$$", NETWORK, [Proved], "its first step"),
        (r"$$a^{[2]} = g(W^{[2]} x + b^{[2]})$$", NETWORK, [Misshapen], "the second does not begin with x"),
        (
            r"$$\frac{\partial J}{\partial W^{[l]}} = \frac{\partial J}{\partial z^{[l]}} (a^{[l-1]})^T$$",
            NETWORK,
            [Proved],
            "backpropagation to the weights of any layer",
        ),
        (
            r"$$\frac{\partial J}{\partial W^{[l]}} = \frac{\partial J}{\partial z^{[l]}} (a^{[l]})^T$$",
            NETWORK,
            [Misshapen],
            "of another layer",
        ),
        (
            r"$$\frac{\partial J}{\partial z^{[L]}} = \frac{\partial J}{\partial a^{[L]}} \odot g'(z^{[L]})$$",
            NETWORK,
            [Proved],
            "the error of the last layer",
        ),
        (
            ERRORS + r"$$\delta^{[l]} = W^{[l+1]T} \delta^{[l+1]} \odot g'(z^{[l]})$$",
            NETWORK,
            [Stated, Proved],
            "passed",
        ),
        (
            ERRORS + r"$$\delta^{[l]} = W^{[l+1]T} \delta^{[l+1]} \odot g'(a^{[l]})$$",
            NETWORK,
            [Stated, Refuted],
            "wrong",
        ),
        (ERRORS + r"$$\delta^{[l]} = W^{[l+1]T} \delta^{[l+1]}$$", NETWORK, [Stated, Refuted], "the slope is missing"),
        (ERRORS + r"$$\frac{\partial J}{\partial b^{[l]}} = \delta^{[l]}$$", NETWORK, [Stated, Proved], "the bias"),
        (STACK + r"$$f_2 = W_2 W_1 x + W_2 b_1 + b_2$$", WEIGHTS, [Stated, Stated, Proved], "two steps"),
        (STACK + r"$$f_2 = W_2 W_1 x + b_1 + b_2$$", WEIGHTS, [Stated, Stated, Misshapen], "biases of other widths"),
        (
            STACK + r"$$\frac{\partial f_L}{\partial x} = W_L \cdots W_1$$",
            WEIGHTS,
            [Stated, Stated, Proved],
            "any depth",
        ),
        (
            STACK + r"$$f_L = W_L \cdots W_1 x + \sum_{j=1}^L W_L \cdots W_{j+1} b_j$$",
            WEIGHTS,
            [Stated, Stated, Proved],
            "the collapse",
        ),
        (STACK + r"$$f_L = W_L \cdots W_1 x + b_L$$", WEIGHTS, [Stated, Stated, Refuted], "only the last bias"),
        (ONE_CHAIN + r"$$a_1 = \sigma(W_1 x + b_1)$$", WEIGHTS, [Stated] * 3 + [Proved], "through each other"),
        (
            r"$$h^{(l)} = \tanh(W^{(l)} h^{(l-1)}), \quad h^{(0)} = x$$ $$h^{(1)} = \tanh(W^{(1)} x)$$",
            WEIGHTS,
            [Stated, Stated, Proved],
            "the beginning comes after",
        ),
        (
            r"$$h_0 = x$$ $$h_l = W_l h_{l-1} \quad (l \ge 1)$$ $$h_1 = W_1 x$$",
            WEIGHTS,
            [Stated, Stated, Proved],
            "from 1",
        ),
        (r"$$f_0 = x$$ $$f_n = W_n f_{n-1}$$ $$f_2 = W_2 W_1 x$$", WEIGHTS, [Stated, Stated, Proved], "another letter"),
        (r"$$f_1 = W_1 x + 2 b_1$$ $$f_l = W_l f_{l-1} + b_l$$", WEIGHTS, [Stated, Unreadable], "another beginning"),
        (r"$$f_l = W_l f_{l-1}$$ $$f_2 = 2 f_2$$", WEIGHTS, [Stated, Unreadable], "without a beginning"),
        (r"$$f_0 = x$$ $$f_l = f_{l-1} W_l$$", WEIGHTS, [Stated, Misshapen], "factors in the wrong order"),
        (
            r"$$s_i = \sum_j y_{ij}$$",
            {"names": {"y": "m x n"}},
            [Stated],
            "an index is no level where nothing is a family",
        ),
    ],
)
def test_definitions_at_every_level(text: str, context: Mapping[str, object], expected: list[type], why: str) -> None:
    assert verdicts(text, context) == expected, why


def test_how_far_a_level_runs_is_listed() -> None:
    *_, last = verify.check(ERRORS + r"$$\delta^{[l]} = W^{[l+1]T} \delta^{[l+1]} \odot g'(z^{[l]})$$", NETWORK)
    assert last.assumed == ("l numbers the layers 1 to L", "l runs from 1 to L - 1")


def test_where_a_recursion_begins_must_be_said() -> None:
    text = "[names]\n'W_l' = \"n x n for l\"\n[definitions]\n'a_l' = 'W_l a_{l-1}'\n"
    with pytest.raises(AssignmentError, match="where it begins is not said"):
        read_context(text)
