"""Layouts that are left open, and links that another layout would make true."""

from functools import partial

import pytest

from verify.language import Judgment, word
from verify.read import context_of, judged, read, read_chain, read_context

NAMES = {"W": "k x d", "x": "d", "J": "function of y"}
INNER = r"\frac{\partial y}{\partial x} = W"
OUTER = r"\frac{\partial J}{\partial x} = \frac{\partial J}{\partial y}"


def judgments(latex: str, layout: str) -> tuple[Judgment, ...]:
    context = context_of({"names": NAMES, "definitions": {"y": "W x"}, "layout": layout})
    return judged(partial(read_chain, latex), context)[1]


@pytest.mark.parametrize(
    ("latex", "layout", "verdicts"),
    [
        (rf"{INNER}, \quad {OUTER} W", "numerator", ["proved", "proved"]),
        (rf"{INNER}^T, \quad \frac{{\partial J}}{{\partial x}} = W^T \frac{{\partial J}}{{\partial y}}", "denominator",
         ["proved", "proved"]),
        (INNER, "mixed", ["proved"]),
    ],
)  # fmt: skip
def test_any_layout_is_the_one_in_which_most_is_proved(latex: str, layout: str, verdicts: list[str]) -> None:
    found = judgments(latex, "any")
    assert [word(each.verdict) for each in found] == verdicts
    assert {each.layout for each in found} == {layout}


def test_a_mixture_is_refused() -> None:
    found = judgments(rf"{INNER}^T, \quad {OUTER} W", "any")
    assert sorted(word(each.verdict) for each in found) == ["misshapen", "proved"]


def test_each_question_has_its_own() -> None:
    context = read_context(r"""
        layout = "any"
        [names]
        W = "k x d"
        x = "d"
        [definitions]
        y = "W x"
        [[question]]
        id = "1"
        [[question]]
        id = "2"
    """)
    text = f"Q1\n\n$${INNER}$$\n\nQ2\n\n$${INNER}^T$$"
    found = judged(lambda known: read(text, "hw.md", known), context)[1]
    assert [(word(each.verdict), each.layout) for each in found] == [("proved", "mixed"), ("proved", "denominator")]


@pytest.mark.parametrize(
    ("latex", "suggestion"),
    [
        (f"{INNER}^T", "proved in the denominator layout"),
        (f"{INNER} + W", None),
        (r"\frac{\partial J}{\partial x} = \frac{\partial J}{\partial y} W", "proved in the numerator layout"),
    ],
)
def test_another_layout_is_named_where_it_would_do(latex: str, suggestion: str | None) -> None:
    (found,) = judgments(latex, "mixed")
    assert (word(found.verdict) in ("refuted", "misshapen"), found.suggestion) == (True, suggestion)
