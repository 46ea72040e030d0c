"""The write-ups that ship as examples: what they claim is right, but for the mistakes planted in them."""

from functools import partial
from pathlib import Path

import pytest

from verify.language import Judgment, Proved, Refuted, Stated, word
from verify.read import judged, load_context, read

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"

# Each planted mistake: the question that it stands in, its right side, and what it must be called.
PLANTED = {
    # tanh is a stretched sigmoid, and not a sigmoid of the same width.
    "softmax-affine.tex": [("1.6", r"2 \sigma(x) - 1", "refuted")],
    # The exponentials are divided by their sum, not the entries; two lost signs; the logistic's slope is greater at 2.
    "layers.md": [
        ("1", r"\frac{1}{S} x_i", "refuted"),
        ("2", r"W_2^T (W_1^T x - b_1) + b_2", "refuted"),
        ("2", r"W_2^T W_1^T x + W_2^T b_1 + b_2", "refuted"),
        ("5", "G(x) - G^2(x)", "refuted"),
    ],
    # The largest entry gives 1; no sum of layers; a factor that is not bounded, twice; the wrong side of a matrix; 1/2.
    "depth.md": [
        ("1", "(0, 1)", "refuted"),
        ("2", r"\left[ \sum_{i=1}^n W_i \right] x", "misshapen"),
        ("4", "(0, 1)", "refuted"),
        ("4", "0", "refuted"),
        ("5", "d s r", "refuted"),
        ("6", "0", "refuted"),
    ],
    # t_i is 1 at one class only.
    "cross-entropy.ipynb": [("3 The gradient of the loss", "q_i - 1", "refuted")],
    # The value for the slope; a sign; the gradient by U is d x n.
    "word2vec.md": [
        ("2", r"(\delta_2 \circ \sigma(z)) W_1^T", "refuted"),
        ("3", r"-u_o - \sum_k q_k u_k", "refuted"),
        ("3", "(q - y) v^T", "misshapen"),
    ],
}


def judgments(name: str) -> tuple[Judgment, ...]:
    path = EXAMPLES / name
    reading = partial(read, path.read_text(encoding="utf-8"), path.name)
    return judged(lambda context: reading(context), load_context(path.with_suffix(".toml")))[1]


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_the_planted_mistakes_are_found_and_nothing_else(name: str) -> None:
    caught = [each for each in judgments(name) if not isinstance(each.verdict, Proved | Stated)]
    assert [(each.question, each.right, word(each.verdict)) for each in caught] == PLANTED[name]


def test_what_is_said_beside_a_verdict() -> None:
    said = {each.right: each.suggestion for name in PLANTED for each in judgments(name) if each.suggestion is not None}
    assert said == {
        r"W_2^T W_1^T x + W_2^T b_1 + b_2": r"the end of this chain is right: f_2 = W_2^T W_1^T x + W_2^T b_1 + b_2",
        "(q - y) v^T": "proved in the numerator layout",
        r"(\delta_2 \circ \sigma(z)) W_1^T": (
            r"proved if read as \frac{\partial C}{\partial x} = (\delta_2 \circ \sigma'(z)) W_1^T"
        ),
    }


def test_one_layout_is_chosen_for_a_question_that_leaves_it_open() -> None:
    layouts = {each.layout for each in judgments("softmax-affine.tex") if each.question == "1.5" and each.layout}
    assert layouts == {"numerator"}


def test_two_errors_that_cancel_are_both_shown() -> None:
    shown = [each for each in judgments("layers.md") if each.question == "2" and isinstance(each.verdict, Refuted)]
    assert len(shown) == 2
