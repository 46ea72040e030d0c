r"""Whole numbers, ``k \in \mathbb{N}``, and circled numbers at the end of a row."""

import pytest

import verify
from verify.language import word


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"Let $n \in \mathbb{N}$. $$\sum_{i=1}^n 1 = n$$", "stated proved", "a dimension"),
        (r"Let $n \in \mathbb{N}$. $$\sum_{i=1}^n 1 = n + 1$$", "stated refuted", "one too many"),
        (r"$d, D \in \mathbb{N}^+$", "stated stated", "two of them"),
        (r"$D \in \mathbb{Z}_{>0}$", "stated", "in other signs"),
        (r"$D \in ℕ$", "stated", "as a sign"),
        (r"$D \in \mathbb{Z}$", "unreadable", "no size: it may be negative"),
        (r"$x \in \mathbb{R}^n, n \in \mathbb{N}$ $$\sum_{i=1}^n x_i = \sum_j x_j$$", "stated stated proved", "a size"),
        (r"$i \in \mathbb{N}$ $$x_i + y_i = y_i + x_i$$", "stated proved", "an index"),
        (r"$i \in \mathbb{N}$ $$x_i + y_i = y_i - x_i$$", "stated undecided", "an index, wrong"),
    ],
)
def test_whole_numbers(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(text, {})] == expected.split(), why


def test_what_is_declared_as_something_else_is_no_size() -> None:
    (found,) = verify.check(r"$W \in \mathbb{N}$", {"names": {"W": "2 x 2"}})
    assert word(found.verdict) == "undecided"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"$$x + x = 2x ①$$", "proved", "at the end"),
        (r"$$x + x = 2x \quad ①. \\ x + x = 3x \quad ②$$", "proved refuted", "in each row"),
        (r"$$\begin{aligned} x + x &= 2x && ③ \end{aligned}$$", "proved", "in rows that are aligned"),
        (r"$$① = 2x$$", "unreadable", "no number of a row, and no name"),
        (r"$$x + x = ② x$$", "unreadable", "within a formula"),
    ],
)
def test_circled_numbers(text: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(text, {"names": {"x": "scalar"}})] == expected.split(), why
