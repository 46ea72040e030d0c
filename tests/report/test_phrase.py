"""Sentences that hold formulas: what is a word, and what is LaTeX."""

from __future__ import annotations

import pytest

from verify.report.phrase import Formula, Phrase, phrase

F = Formula
SENTENCES: list[tuple[str, Phrase, str]] = [
    ("", (F(""),), "nothing"),
    ("nothing but words", ("nothing but words",), "words"),
    (
        "the left side is m x n, the right side a scalar",
        ("the left side is ", F(r"m \times n"), ", the right side ", "a scalar"),
        "shapes",
    ),
    (
        r"the columns of W x (m x 1) do not meet the rows of W (m x n)",
        (
            "the columns of ",
            F("W x"),
            " (",
            F(r"m \times 1"),
            ") do not meet the rows of ",
            F("W"),
            " (",
            F(r"m \times n"),
            ")",
        ),
        "a product is no shape, though there is an x in it",
    ),
    (r"y_2 is D_{l - 1} x 1", (F("y_2"), " is ", F(r"D_{l - 1} \times 1")), "a dimension with an index"),
    (
        r"\frac{a}{b} is m x n (its transpose would fit)",
        (F(r"\frac{a}{b}"), " is ", F(r"m \times n"), " (its transpose would fit)"),
        "a hint",
    ),
    ("i is not bound here: only inside the sum", (F("i"), " is not bound here: only inside the sum"), "a name"),
    (
        "w in {-1, 1}, each with probability 1/2",
        (F("w"), " in ", F(r"\{-1, 1\}"), ", each with probability ", F("1/2")),
        "chances",
    ),
    ("each factor t has |t| <= 1/4", ("each factor ", F("t"), " has ", F(r"|t| \le 1/4")), "a comparison"),
    (r"f_m = W_m \cdots W_1 x", (F(r"f_m = W_m \cdots W_1 x"),), "a formula alone"),
    ("a = b", (F("a = b"),), "a letter that is a word elsewhere"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SENTENCES, ids=[why for *_, why in SENTENCES])
def test_phrase(text: str, expected: Phrase, why: str) -> None:
    assert phrase(text) == expected, why
