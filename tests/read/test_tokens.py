"""Tokens: what is kept, what only moves ink about, and where each stands."""

from copy import deepcopy

import pytest

from verify.read.errors import ReadError
from verify.read.tokens import MOST_TOKENS, Kind, tokenize


@pytest.mark.parametrize(
    ("text", "tokens", "why"),
    [
        (r"\frac12", [r"\frac", "1", "2"], "digits are single"),
        (r"\left( x \right)", ["(", "x", ")"], "sizes of parentheses are left out"),
        (r"\bigl[x\bigr]", ["[", "x", "]"], "also others"),
        (r"x\,y\;z\!w\ v~u", list("xyzwvu"), "small spaces"),
        (r"a \quad b", ["a", r"\quad", "b"], "wide spaces separate"),
        ("a % b = c\n+ d", list("a+d"), "a comment ends with its line"),
        (r"50\% a", ["5", "0", r"\%", "a"], "a percent sign is none"),
        (r"\displaystyle\sum\limits_i", [r"\sum", "_", "i"], "styles and limits"),
        (r"a \nonumber \label{eq:1} b", ["a", "b"], "numbers and labels"),
        (r"\color{red} a", ["a"], "colors"),
        (r"\boxed{a = b}", list("a=b"), "a box around a statement"),
        (r"\textcolor{red}{a} + b", list("a+b"), "a colored letter"),
        (r"\underbrace{a + b}_{\text{the bias}} c", list("a+bc"), "a brace with its label"),
        (r"\overbrace{a}^{x}", ["a"], "a brace above"),
        (r"\frac{\boxed{a}}{b}", [r"\frac", "{", "a", "}", "{", "b", "}"], "a box within braces"),
        (r"\mathrm{T}", ["T"], "an upright T"),
        (r"\mathrm{d}x", [r"\mathrm{d}", "x"], "an upright d"),
        (r"\operatorname{soft max}", ["soft max"], "a word"),
        (r"\text{if $x$}", ["if ", "x"], "a formula in a text"),
        (r"a \\[2pt] b", ["a", "\\\\", "b"], "a row with its space"),
        (r"a \\ [b]", ["a", "\\\\", "[", "b", "]"], "a bracket after a row is none"),
        (r"a \le b \leq c", ["a", r"\le", "b", r"\le", "c"], "one spelling stands for all"),
        (r"x^\top", ["x", "^", "T"], "a transpose"),
        (r"\begin{align*}a\end{align*}", ["align*", "a", "align*"], "an environment"),
        ("δ ⊙ σ", [r"\delta", r"\odot", r"\sigma"], "Unicode"),
        (r"f'(x)", ["f", "'", "(", "x", ")"], "a prime"),
        (r"f^\prime", ["f", "^", "'"], "written out"),
        ("a − b", list("a-b"), "a typographic minus"),
    ],
)
def test_tokens(text: str, tokens: list[str], why: str) -> None:
    assert [token.text for token in tokenize(text)] == tokens, why


def test_each_token_has_its_place() -> None:
    text = r"\frac{\partial J}{\mathrm{softmax}(x)} \text{ so }"
    for token in tokenize(text):
        assert token.text in text[token.start : token.end]


def test_a_piece_of_a_text_keeps_its_offsets() -> None:
    assert [(token.start, token.end) for token in tokenize("$$a + b$$ c", 2, 7)] == [(2, 3), (4, 5), (6, 7)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("a", Kind.LETTER), ("7", Kind.DIGIT), (r"\frac", Kind.COMMAND), (r"\tag{1}", Kind.TAG), ("ħ", Kind.SIGN)],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert [token.kind for token in tokenize(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        (r"a + \text{if", 5, r"the argument of \text is not closed"),
        (r"\operatorname", 1, r"\operatorname has no argument"),
        (r"\mathrm{x^2}", 1, r"\mathrm{x^2} is no word"),
        (r"\underbrace a", 1, r"\underbrace has no argument"),
        ("x" * (MOST_TOKENS + 1), MOST_TOKENS + 1, f"a formula of more than {MOST_TOKENS} signs"),
    ],
)
def test_refused(text: str, column: int, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        tokenize(text)
    assert (caught.value.column, caught.value.says) == (column, says)


def test_a_kind_is_the_same_however_it_is_handed_over() -> None:
    kinds = [getattr(Kind, name) for name in Kind.__annotations__]
    assert deepcopy(kinds) == kinds
    assert len(set(kinds)) == len(kinds) == len(set(map(repr, kinds)))
