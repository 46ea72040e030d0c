"""Macros: expanded where they are called, each error at its call, and no growth without end."""

import time

import pytest

from verify.read import read
from verify.read.macro_calls import LONGEST_CALL, LONGEST_GROWTH
from verify.read.macros import NOTHING, definitions, expand
from verify.read.source import Source


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"\newcommand{\R}{\mathbb{R}}\R^n", r"\mathbb{R}^n", "a command"),
        (r"\newcommand\R{\mathbb{R}}\R^n", r"\mathbb{R}^n", "without braces"),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}}\vec x", r"\mathbf{x}", "an argument that is a letter"),
        (r"\newcommand{\p}[2]{\frac{\partial #1}{\partial #2}}\p{J}{x}", r"\frac{\partial J}{\partial x}", "two"),
        (r"\newcommand{\p}[2][J]{\frac{#1}{#2}}\p{x}\p[K]{x}", r"\frac{J}{x}\frac{K}{x}", "a default"),
        (r"\def\p#1#2{#2#1}\p ab\p{c}{d}", "badc", "of TeX"),
        (r"\DeclareMathOperator{\sm}{softmax}\sm(x)", r"\operatorname{softmax}(x)", "an operator"),
        (r"\DeclareMathOperator*{\am}{arg\,max}\am", r"\operatorname{arg\,max}", "an operator with a star"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{c}\a", "c", "one in another, defined later"),
        (r"\newcommand{\d}{\partial}\d x + \d{x}", r"\partial x + \partial{x}", "a command is not run into a letter"),
        (r"\newcommand{\T}[1]{#1^\top}\T\alpha\T{\alpha}b", r"\alpha^\top\alpha^\top b", "nor is an argument"),
        (r"\let\oldvec\vec\renewcommand{\vec}[1]{\oldvec{#1}}\vec{x}", r"\vec{x}", "an old meaning that is kept"),
        (r"\a\newcommand{\a}{b}\a", r"\ab", "known from its definition on"),
        (r"\newcommand{\a}{b}\renewcommand{\a}{c}\a", "c", "defined anew"),
        (r"\newcommand{\a}{b}\providecommand{\a}{c}\a", "b", "defined already"),
        (r"\newcommand{\a}{b}\aa \a", r"\aa b", "a longer name is another one"),
        (r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}\be a \ee",
         r"\begin{equation} a \end{equation}", "an environment"),
        (r"\newcommand{\half}{\ensuremath{1/2}}\half", "1/2", "in text and in formulas"),
        (r"a &= b \\ \intertext{so} &= c", r"a &= b \\ \\ \text{so} \\  &= c", "text between rows"),
        (r"\newcommand{\a}{b", r"\newcommand{\a}{b", "a brace that is not closed"),
        (r"\newcommand", r"\newcommand", "nothing defined"),
        ("a = b", "a = b", "none"),
    ],
)  # fmt: skip
def test_expansion(text: str, expected: str, why: str) -> None:
    assert expand(text).text.replace(NOTHING, "") == expected, why


def test_a_chain_goes_on_after_text_between_its_rows() -> None:
    text = r"\begin{align} 2 + 2 &= 4 \\ \intertext{which is} &= 2 \cdot 2 \end{align}"
    steps = read(text, "hw.tex").steps
    assert [(step.left, step.right) for step in steps] == [("2 + 2", "4"), ("4", r"2 \cdot 2")]


def test_those_of_another_file() -> None:
    assert expand(r"\R", definitions(r"\newcommand{\R}{\mathbb{R}}")).text == r"\mathbb{R}"


def test_what_a_macro_made_stands_where_it_was_called() -> None:
    written = r"\def\p{+ +} a \p b"
    expanded = expand(written)
    source = Source("hw.md", expanded.text, written, expanded.origins)
    places = [source.place(expanded.text.index(sign)) for sign in ("a", "+", "b")]
    assert places == [(1, 13), (1, 15), (1, 18)]


@pytest.mark.parametrize(
    "text",
    [
        r"\def\a{\a}\a",
        r"\def\a{\a\a}\a",
        r"\def\a{\b\b}\def\b{\a\a}\a",
        "".join(rf"\def\{chr(97 + n)}{{{f'{chr(92)}{chr(98 + n)}' * 10}}}" for n in range(20)) + r"\a",
        rf"\def\a#1{{#1#1}}\a{{{'x' * LONGEST_CALL}",
        rf"\def\a{{{'x' * 9000}}}\def\b{{\a\a}}\b",
    ],
)
def test_bombs_are_refused_where_they_are_called(text: str) -> None:
    start = time.perf_counter()
    expanded = expand(text * 50)
    assert len(expanded.text) < LONGEST_GROWTH
    assert expanded.refused or "x" in expanded.text
    assert time.perf_counter() - start < 5


def test_all_calls_together_are_bounded() -> None:
    expanded = expand(rf"\def\a{{{'x' * 9000}}}" + r"\a " * 2000)
    assert len(expanded.text) < LONGEST_GROWTH + 20_000
    assert len(expanded.refused) > 1000


def test_a_bomb_costs_its_display_alone() -> None:
    document = read(r"$\def\a{\a\a}$ $$1 + \a = 2$$ $$1 + 1 = 2$$")
    kinds = [type(step.meaning).__name__ for step in document.steps]
    assert kinds == ["Stated", "Unreadable", "Link"]
    assert document.steps[1].at.column == 22


@pytest.mark.parametrize("body", ["__import__('os')", r"\input{/etc/passwd}", r"\write18{ls}", "<script>", "$(ls)"])
def test_a_macro_is_text_and_nothing_else(body: str) -> None:
    *_, step = read(rf"$\def\a{{{body}}}$ $$\a = 1$$").steps
    assert type(step.meaning).__name__ in ("Unreadable", "Undecided", "Link")
