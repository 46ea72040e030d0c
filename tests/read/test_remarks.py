"""Remarks in parentheses with words in them: a condition on the formula that they stand after, and no factor of it."""

import pytest

import verify
from verify.language import word

CONTEXT = {"names": {"x": "scalar", "u": "n"}}


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"x + x = 3x (x = 0 \text{ if all is well})", "undecided", "nobody is said to be wrong under it"),
        (r"x + x = 2x (x = 0 \text{ if all is well})", "proved", "what holds anyway holds under it"),
        (r"x + x = 3x = 2x (x = 0 \text{ if all is well})", "refuted undecided", "of the last formula alone"),
        (r"x + x = 3x (x = 0 \text{ if all is well}) = 2x", "undecided refuted", "or of one in the midst"),
        (r"x (x = 0 \text{ if all is well}) + x = 2x", "proved", "beside the left side"),
        (r"x + x (x = 0 \text{ if all is well}) = 3x", "undecided", "beside the left side of what is wrong"),
        (r"x + x = 3x (x + 1)", "refuted", "parentheses without words are a factor"),
        (r"x + x = 3x (\text{as } x = 0)", "unreadable", "no condition, and no factor"),
        (r"u_i + u_i = 3 u_i (u_i = 0 \text{ when } i > 1, \text{ else } u_i = 1)", "undecided", "several words"),
        (r"x + x = 3x (x = 0 \text{ if all is well", "unreadable", "parentheses that are not closed"),
    ],
)
def test_remarks(text: str, expected: str, why: str) -> None:
    found = verify.check(f"$${text}$$", CONTEXT)
    assert " ".join(word(each.verdict) for each in found) == expected, f"{why}: {[each.verdict for each in found]}"
