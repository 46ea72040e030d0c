r"""Functions within functions, with dots: ``\sigma(W_n \sigma(\cdots \sigma(W_1 x + b_1) \cdots) + b_n)``."""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word

NAMES = {"W": "n_l x n_{l-1} for l", "b": "n_l for l", "x": "n_0", "n": "dimension", "D": "n_l x n_l for l"}
STARTS = {"f_0": "x"}
BIASED = {"names": NAMES, "definitions": {"f_l": r"\sigma(W_l f_{l-1} + b_l)", **STARTS}}
PLAIN = {"names": NAMES, "definitions": {"f_l": r"\sigma(W_l f_{l-1})", **STARTS}}
AFFINE = {"names": NAMES, "definitions": {"f_l": "W_l f_{l-1} + b_l", **STARTS}}


@pytest.mark.parametrize(
    ("context", "text", "expected", "why"),
    [
        # written out down to the first layer
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots \sigma(W_1 x + b_1) \cdots) + b_n)", "proved", "one layer written"),
        (
            BIASED,
            r"f_n = \sigma(W_n \sigma(W_{n-1} \sigma(\cdots \sigma(W_1 x + b_1) \cdots) + b_{n-1}) + b_n)",
            "proved",
            "two layers",
        ),
        (
            BIASED,
            r"f_n = \sigma(W_n \sigma(W_{n-1} \cdots \sigma(W_1 x + b_1) \cdots + b_{n-1}) + b_n)",
            "proved",
            "dots in a product",
        ),
        (
            BIASED,
            r"f_n(x) = \sigma(W_n \sigma(W_{n-1} \cdots \sigma(W_1 x + b_1) \cdots + b_{n-1}) + b_n)",
            "proved",
            "with its argument; what the context defines is checked",
        ),
        (PLAIN, r"f_n = \sigma(W_n \sigma(W_{n-1} \cdots \sigma(W_1 x)))", "proved", "no dots behind"),
        (PLAIN, r"f_n = \sigma(W_n \sigma(W_{n-1} \sigma(\cdots \sigma(W_1 x))))", "proved", "dots within parentheses"),
        (PLAIN, r"f_n = \sigma(W_n \cdots \sigma(W_2 \sigma(W_1 x)) \cdots)", "proved", "two from below"),
        (PLAIN, r"f_n = \sigma(W_n \cdots \sigma(W_2 \sigma(W_1 x)))", "proved", "the same, no dots behind"),
        (AFFINE, r"f_n = W_n(\cdots(W_2 (W_1 x + b_1) + b_2)\cdots) + b_n", "proved", "no function, two from below"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots \sigma(W_1 x - b_1) \cdots) - b_n)", "refuted", "a sign"),
        (PLAIN, r"f_n = \tanh(W_n \tanh(\cdots \tanh(W_1 x) \cdots))", "refuted", "another function"),
        (PLAIN, r"f_n = 2 \sigma(W_n \sigma(\cdots \sigma(W_1 x) \cdots))", "refuted", "a factor"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots \sigma(W_1 x + b_1) \cdots) - b_n)", "unreadable", "layers differ"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots \sigma(W_2 x + b_2) \cdots) + b_n)", "unreadable", "no first layer"),
        (BIASED, r"f_n = \sigma(W_n \tanh(\cdots \sigma(W_1 x + b_1) \cdots) + b_n)", "unreadable", "tanh of what?"),
        (
            BIASED,
            r"f_n = \sigma(W_n \sigma(W_{n-2} \sigma(\cdots \sigma(W_1 x + b_1) \cdots) + b_{n-2}) + b_n)",
            "unreadable",
            "a layer is left out",
        ),
        (PLAIN, r"f_n = \sigma(W_n \cdots \sigma(W_3 \sigma(W_1 x)))", "unreadable", "a layer is left out below"),
        # dots alone: the value before of a recursion that is known
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots) + b_n)", "proved", "the value before"),
        (BIASED, r"2 f_n = 2 \sigma(W_n \sigma(\cdots) + b_n)", "proved", "beside a factor"),
        (
            BIASED,
            r"\frac{\partial f_n}{\partial f_{n-1}} = \operatorname{diag}(\sigma'(W_n \sigma(\cdots) + b_n)) W_n",
            "unreadable",
            "of a derivative of it nothing is defined",
        ),
        (AFFINE, r"f_n = W_n(\cdots) + b_n", "proved", "without a function"),
        (BIASED, r"f_n = \sigma(W_n f_{n-1}(\cdots) + b_n)", "proved", "a value with dots as its argument"),
        (BIASED, r"f_n(x) = \sigma(W_n f_{n-1}(\cdots) + b_n)", "proved", "both with arguments"),
        (BIASED, r"f_n(x) = \sigma(W_n f_{n-1}(\cdots) - b_n)", "refuted", "a sign"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots) + b_n) + b_n", "refuted", "a bias too many"),
        (BIASED, r"f_n = \sigma(W_n \tanh(\cdots) + b_n)", "unreadable", "the value before is no tanh"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots) + b_{n-1})", "unreadable", "no recursion is made so"),
        (BIASED, r"f_n = \sigma(W_n \sigma(\cdots))", "unreadable", "nor so"),
        ({"names": NAMES}, r"W_n \sigma(\cdots) = W_n \sigma(\cdots)", "unreadable", "nothing is defined"),
        # dots that are something else
        (PLAIN, r"\sigma(W_n \cdots W_1 x) = \sigma(W_n (W_{n-1} \cdots W_1 x))", "undecided", "a product"),
        (PLAIN, r"\sigma(W_n \cdots W_1 x) = \sigma(W_n \cdots W_1 x)", "proved", "a product"),
        # groups that go up
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = W_1^T D_1^T \cdots W_n^T D_n^T", "proved", "groups"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = W_1^T D_1^T W_2^T D_2^T \cdots W_n^T D_n^T", "proved", "two layers"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = W_1^T D_1^T W_2^T \cdots W_n^T D_n^T", "proved", "cut within a layer"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = -W_1^T D_1^T \cdots W_n^T D_n^T", "refuted", "a sign"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = D_1^T W_1^T \cdots D_n^T W_n^T", "misshapen", "turned round"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = W_1^T D_1^T W_1^T D_1^T \cdots W_n^T D_n^T", "unreadable", "twice"),
        (PLAIN, r"(D_n W_n \cdots D_1 W_1)^T = W_1^T D_1^T \cdots W_n^T W_n^T", "unreadable", "groups differ"),
    ],
)
def test_dots_within_functions(context: Mapping[str, object], text: str, expected: str, why: str) -> None:
    (judgment,) = verify.check(f"$${text}$$", context)
    assert word(judgment.verdict) == expected, f"{why}: {judgment.verdict}"


def test_what_dots_stand_for_is_listed() -> None:
    (judgment,) = verify.check(r"$$f_n = \sigma(W_n \sigma(\cdots) + b_n)$$", BIASED)
    assert judgment.assumed == ("the dots stand for what f_{n - 1} is made of",)
