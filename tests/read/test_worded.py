"""Conditions in words."""

import pytest

from verify.read.worded import conditions_in, supposed_in, symmetric_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if A is symmetric", ("A",)),
        ("If $A$ is symmetric.", ("A",)),
        ("A symmetric", ("A",)),
        ("for any symmetric matrix A", ("A",)),
        ("for symmetric A, B, and C", ("A", "B", "C")),
        ("when A_1 and A_2 are both symmetric", ("A_1", "A_2")),
        (r"assuming that \Sigma is symmetric", (r"\Sigma",)),
        (r"where A is symmetric", ()),
        ("A is not symmetric", ()),
        ("A is skew-symmetric", ()),
        ("A is symmetric and x is positive", ()),
        ("unless A is symmetric", ()),
        ("only if A is symmetric", ()),
        ("if A is symmetric or B is", ()),
        ("if A or B is symmetric", ()),
        ("", ()),
    ],
)
def test_names_that_are_said_to_be_symmetric(text: str, expected: tuple[str, ...]) -> None:
    assert symmetric_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If $A$ is symmetric, then", ("If A is symmetric",)),
        ("Now for symmetric A we have", ("for symmetric A",)),
        ("The matrix is symmetric, so", ("The matrix is symmetric, so",)),
        ("If A is symmetric and B is not, then", ("If A is symmetric and B is not, then",)),
        ("It is true that", ()),
        ("Even for symmetric A", ("Even for symmetric A",)),
        ("Without assuming that $A$ is symmetric", ("Without assuming that A is symmetric",)),
        ("If A is symmetric this is clear, but in general", ("If A is symmetric this is clear, but in general",)),
    ],
)
def test_conditions_in_a_sentence(text: str, expected: tuple[str, ...]) -> None:
    assert conditions_in(text) == expected


def test_what_is_supposed() -> None:
    assert supposed_in("Now let $A$ be symmetric.") == ("let A be symmetric",)
    assert supposed_in("The outlet is symmetric.") == ()
