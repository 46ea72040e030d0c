r"""A letter that is a family with an index, and one thing without: ``W = W_n \cdots W_1``."""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word

NAMES = {"W_i": "D_i x D_{i-1} for i", "b_i": "D_i for i", "x": "D_0", "n": "dimension"}
LAYERS = {"names": NAMES}
DEFINED = {
    "names": NAMES,
    "definitions": {"W": r"W_n W_{n-1} \cdots W_1", "b": r"W_n \cdots W_2 b_1 + W_n \cdots W_3 b_2 + \cdots + b_n"},
}
DECLARED = {"names": {**NAMES, "W": "D_n x D_0"}}
SQUARE = {"names": {**NAMES, "W": "D_n x D_n"}}
WRITTEN = r"$$W = W_n \cdots W_1$$"


@pytest.mark.parametrize(
    ("text", "context", "expected", "why"),
    [
        (rf"{WRITTEN} $$W_n \cdots W_1 x = W x$$", LAYERS, "stated proved", "the write-up defines it"),
        (rf"{WRITTEN} $$W_n \cdots W_1 x = 2 W x$$", LAYERS, "stated refuted", "and twice it is something else"),
        (rf"{WRITTEN} $$W_2 W_1 x = W_2 (W_1 x)$$", LAYERS, "stated proved", "the layers are what they were"),
        (rf"{WRITTEN} $$W = W_1$$", LAYERS, "stated misshapen", "it is defined once"),
        (rf"{WRITTEN} $$W^T = W_1^T \cdots W_n^T$$", LAYERS, "stated proved", "with a transpose on it"),
        (r"$$\mathbf{W} = \mathbf{W}_n \cdots \mathbf{W}_1$$ $$\mathbf{W}_n \cdots \mathbf{W}_1 x = \mathbf{W} x$$",
         LAYERS, "stated proved", "in bold"),
        (r"$$W x = W x$$", LAYERS, "unreadable", "nothing says what it is by itself"),
        (rf"{WRITTEN} $$W_n \cdots W_1 x = W x$$", DEFINED, "proved proved", "the context says it, and it is checked"),
        (r"$$W = W_n \cdots W_2$$", DEFINED, "misshapen", "the first layer was forgotten"),
        (r"$$b = W_n \cdots W_2 b_1 + W_n \cdots W_3 b_2 + \cdots + W_n b_{n-1} + b_n$$", DEFINED, "proved", "all b_i"),
        (r"$$W_n(W_{n-1}(\cdots(W_1 x + b_1)\cdots) + b_{n-1}) + b_n = W x + b$$", DEFINED, "proved",
         "one affine map, for every depth"),
        (r"$$W_n(W_{n-1}(\cdots(W_1 x + b_1)\cdots) + b_{n-1}) + b_n = W x$$", DEFINED, "refuted", "without biases"),
        (rf"{WRITTEN} $$W_n \cdots W_1 x = W x$$", DECLARED, "stated proved", "declared, and then defined"),
        (WRITTEN, SQUARE, "misshapen", "declared in another shape"),
    ],
)  # fmt: skip
def test_wholes(text: str, context: Mapping[str, object], expected: str, why: str) -> None:
    found = verify.check(text, dict(context))
    assert " ".join(word(each.verdict) for each in found) == expected, f"{why}: {[each.verdict for each in found]}"
