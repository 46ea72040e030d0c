r"""Dots between groups of factors: ``D_n W_n \cdots D_1 W_1``, and chains of derivatives through all layers.

For a_l = sigma(f_l), f_l = W_l a_{l-1} + b_l and a_0 = x, the chain rule makes the derivative of a_n by x the product,
from the last layer down to the first, of diag(sigma'(f_l)) W_l.
"""

import pytest

import verify
from verify.language import word

NETWORK = {
    "names": {"W": "d_l x d_{l-1} for l", "b": "d_l for l", "x": "d_0", "l": "index n"},
    "definitions": {"f_l": "W_l a_{l-1} + b_l", "a_l": r"\sigma(f_l)", "a_0": "x"},
}
SQUARE = {
    "names": {"W": "d x d for l", "V": "d x d for l", "x": "d", "l": "index n"},
    "definitions": {"f_l": "W_l V_l f_{l-1}", "f_0": "x"},
}
SLOPE = r"\operatorname{diag}(\sigma'(f_%s))"


def derived(quantity: str, variable: str) -> str:
    return rf"\frac{{\partial {quantity}}}{{\partial {variable}}}"


WHOLE = derived("a_n", "x")
PAIRS = derived("a_n", "f_n") + derived("f_n", "a_{n-1}")
NEXT = derived("a_{n-1}", "f_{n-1}") + derived("f_{n-1}", "a_{n-2}")
LAST = derived("a_1", "f_1")
APPLIED_LAST = derived(r"\sigma(f_1)", "f_1")
APPLIED = derived(r"\sigma(f_n)", "f_n") + derived("f_n", r"\sigma(f_{n-1})")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (rf"{WHOLE} = {SLOPE % 'n'} W_n \cdots {SLOPE % '1'} W_1", "proved", "two factors a layer"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n {SLOPE % '{n-1}'} W_{{n-1}} \cdots {SLOPE % '1'} W_1", "proved", "two layers"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n {SLOPE % '{n-1}'} \cdots {SLOPE % '1'} W_1", "proved", "cut within a layer"),
        (rf"{WHOLE} = -{SLOPE % 'n'} W_n \cdots {SLOPE % '1'} W_1", "refuted", "a sign"),
        (rf"{WHOLE} = W_n {SLOPE % 'n'} \cdots W_1 {SLOPE % '1'}", "misshapen", "turned round"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n \cdots {SLOPE % '2'} W_2", "misshapen", "the first layer is lost"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n \cdots {SLOPE % '1'}", "unreadable", "half a layer"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n {SLOPE % 'n'} W_n \cdots {SLOPE % '1'} W_1", "unreadable", "one layer twice"),
        (rf"{WHOLE} = {PAIRS} \cdots {LAST} {derived('f_1', 'a_0')}", "proved", "derivatives"),
        (rf"{WHOLE} = {PAIRS} \cdots {LAST} {derived('f_1', 'x')}", "proved", "a_0 is x"),
        (rf"{WHOLE} = {PAIRS} {NEXT} \cdots {LAST} {derived('f_1', 'x')}", "proved", "two layers"),
        (rf"{WHOLE} = 2 {PAIRS} \cdots {LAST} {derived('f_1', 'x')}", "refuted", "a factor"),
        (rf"{WHOLE} = {derived('a_n', 'a_{n-1}')} \cdots {derived('a_1', 'a_0')}", "proved", "one factor a layer"),
        (
            rf"{WHOLE} = {derived('a_n', 'a_{n-1}')} {derived('a_{n-1}', 'a_{n-2}')} \cdots {derived('a_1', 'a_0')}",
            "proved",
            "two of them",
        ),
        (
            rf"{WHOLE} = {derived('a_n', 'a_{n-1}')} \cdots {derived('a_2', 'a_1')} {derived('a_1', 'x')}",
            "proved",
            "the last two of them",
        ),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n \cdots {SLOPE % '2'} W_2 {SLOPE % '1'} W_1", "proved", "the last two layers"),
        (rf"{WHOLE} = {SLOPE % 'n'} W_n \cdots {SLOPE % '2'} W_2 {SLOPE % '2'} W_1", "unreadable", "a wrong level"),
        (
            rf"{WHOLE} = {APPLIED} \cdots {APPLIED_LAST} {derived('f_1', 'x')}",
            "proved",
            "by what the function makes",
        ),
        (
            rf"{WHOLE} = {PAIRS} \cdots {derived('f_1', 'x')} {LAST}",
            "unreadable",
            "the factors of a layer turned round",
        ),
    ],
)
def test_through_all_layers(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${text}$$", NETWORK)] == expected.split(), why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"f_n = W_n V_n \cdots W_1 V_1 x", "proved", "as it is made"),
        (r"f_n = V_n W_n \cdots V_1 W_1 x", "refuted", "turned round"),
        (r"f_n = W_n \cdots W_1 V_n \cdots V_1 x", "refuted", "these do not commute"),
        (
            r"f_n^T = x^T V_1^T W_1^T \cdots V_n^T W_n^T",
            "undecided",
            "upward; the kernel has no step for a transposed value",
        ),
    ],
)
def test_pairs_of_matrices(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${text}$$", SQUARE)] == expected.split(), why
