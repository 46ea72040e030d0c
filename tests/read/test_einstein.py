"""Sums that are not written: read where the context says so, and in doubt where it does not."""

import pytest

from tests.read.reading import steps
from verify.language import word
from verify.read.judge import judge_step

NAMES = """
[names]
u = "n"
v = "n"
A = "n x n"
z = "scalar"
"""
EINSTEIN = f'sums = "einstein"\n{NAMES}'


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("u^T v = u_i v_i", "proved", "an inner product"),
        ("u_i v_i = v_j u_j", "proved", "by different names"),
        ("(A u)_i = A_{ij} u_j", "proved", "a product of a matrix and a vector"),
        ("u^T A v = u_i A_{ij} v_j", "proved", "two sums"),
        (r"\operatorname{tr}(A) = A_{ii}", "proved", "a trace"),
        (r"\sum_i u_i v_i = u_i v_i", "proved", "beside a sum that is written"),
        ("u^T u + z = u_i u_i + z", "proved", "a term of a sum"),
        ("(A u)_i = A_{ji} u_j", "refuted", "the transpose"),
        ("u_i v_i = u_i + v_i", "refuted", "one summed over, one free"),
        ("u^T v = u_i v_i u_i", "undecided", "three times"),
        ("z = u_i v_i", "stated", "in a definition"),
    ],
)
def test_sums_that_the_context_announces(text: str, expected: str, why: str) -> None:
    (step,) = steps(f"$${text}$$", EINSTEIN)
    assert word(judge_step(step).verdict) == expected, why


def test_what_is_summed_over_is_listed() -> None:
    (step,) = steps("$$u^T v = u_i v_i$$", EINSTEIN)
    assert step.assumed == ("u_i v_i is summed over i",)


def test_without_a_word_from_the_context_it_is_a_doubt() -> None:
    (step,) = steps("$$u^T v = u_i v_i$$", NAMES)
    assert word(judge_step(step).verdict) == "undecided"
