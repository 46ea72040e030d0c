r"""A matrix that is said to be symmetric at a link: in words, by ``A = A^T``, in a tag, in the sentence around it."""

import pytest

from tests.read.reading import steps
from verify.language import Link, Proved, Refuted, Undecided
from verify.read.judge import judge_step

CONTEXT = """
[names]
A = "d x d"
B = "d x d"
W = "k x d"
x = "d"
"""
RIGHT = r"\nabla_x x^T A x = 2 A x"
WRONG = r"\nabla_x x^T A x = 3 A x"
OF_ANY = r"\nabla_x x^T A x = (A + A^T) x"


def given(text: str) -> list[str]:
    found = steps(text, CONTEXT)[-1].meaning
    assert isinstance(found, Link), found
    return [f"{each.left} = {each.right}" for each in found.given]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (rf"$${RIGHT} \tag{{if A is symmetric}}$$", ["A = A^T"], "a tag"),
        (rf"$${RIGHT} \tag{{when $A$ is symmetric}}$$", ["A = A^T"], "with a formula in it"),
        (rf"$${RIGHT} \tag{{A symmetric}}$$", ["A = A^T"], "in short"),
        (rf"$${RIGHT} \quad \text{{if }} A \text{{ is symmetric}}$$", ["A = A^T"], "words with a formula between"),
        (rf"$${RIGHT} \quad \text{{for symmetric }} A$$", ["A = A^T"], "the adjective before it"),
        (rf"$${RIGHT} \quad \text{{(symmetric A)}}$$", ["A = A^T"], "in parentheses"),
        (rf"$${RIGHT} \quad (A = A^T)$$", ["A = A^T"], "as a formula"),
        (rf"$${RIGHT}, \quad A^T = A$$", ["A = A^T"], "turned round"),
        (rf"$${RIGHT} \text{{ where }} A = A^T$$", ["A = A^T"], "after a word"),
        (rf"$${RIGHT} \quad \text{{if }} A = A^\top$$", ["A = A^T"], "another transpose"),
        (rf"$$A = A^T \Rightarrow {RIGHT}$$", ["A = A^T"], "before an arrow"),
        (r"$$(BA)^T = AB \quad \text{if A and B are symmetric}$$", ["A = A^T", "B = B^T"], "two matrices"),
        (r"$$(BA)^T = AB \tag{for symmetric matrices A, B}$$", ["A = A^T", "B = B^T"], "two after the adjective"),
        (rf"For symmetric $A$, $${RIGHT}$$", ["A = A^T"], "the sentence before"),
        (rf"If the matrix $A$ is symmetric, then $${RIGHT}$$", ["A = A^T"], "with more words"),
        (rf"If $A = A^T$, then $${RIGHT}$$", ["A = A^T"], "a formula in the sentence before"),
        (rf"$${RIGHT}$$ if $A$ is symmetric.", ["A = A^T"], "the words after it"),
        (rf"If $A$ is symmetric, $${OF_ANY}.$$ Now $${RIGHT}$$", [], "up to the end of the sentence"),
        (rf"We see that $B$ is symmetric. $${RIGHT}$$", [], "another sentence"),
        (rf"$${RIGHT} \tag{{by symmetry}}$$", [], "a reason"),
    ],
)
def test_it_is_a_hypothesis_of_the_link(text: str, expected: list[str], why: str) -> None:
    assert given(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (rf"$${OF_ANY}$$", Proved, "true of every matrix"),
        (rf"$${RIGHT}$$", Refuted, "not true of every matrix"),
        (rf"$${WRONG} \tag{{if A is symmetric}}$$", Refuted, "wrong for symmetric matrices as well"),
        (r"$$AB = BA \quad \text{for symmetric } A, B$$", Refuted, "symmetric matrices need not commute"),
        (rf"$${RIGHT} \tag{{if B is symmetric}}$$", Refuted, "of another matrix"),
        (rf"For symmetric $A$, $${OF_ANY}.$$ Then $${RIGHT}$$", Refuted, "the sentence has ended"),
        # what is not understood is no hypothesis, and nothing is refuted beside it
        (rf"$${RIGHT} \tag{{if A is not symmetric}}$$", Undecided, "the contrary"),
        (rf"If $A$ is not symmetric: $${RIGHT}$$", Undecided, "the contrary in a sentence"),
        (rf"$${RIGHT} \tag{{if A is skew-symmetric}}$$", Undecided, "another property"),
        (rf"$${RIGHT} \tag{{if A or its inverse is symmetric}}$$", Undecided, "other words"),
        (rf"$${RIGHT} \tag{{if W is symmetric}}$$", Undecided, "a matrix that is not square"),
        (rf"$${RIGHT} \tag{{if Q is symmetric}}$$", Undecided, "of which nothing is known"),
        (rf"$${RIGHT} \quad \text{{for positive definite }} A$$", Undecided, "a kind that is not known here"),
        (rf"$${RIGHT} \quad \text{{for some }} A$$", Undecided, "not for all"),
        (rf"Suppose $A$ is symmetric. Then $${RIGHT}$$", Undecided, "a write-up does not choose its hypotheses"),
        (r"$$A = A^T$$", Undecided, "alone it may be a condition"),
        (r"$$A^T = A$$", Undecided, "turned round"),
        (rf"$${RIGHT} \quad \text{{for all }} x$$", Refuted, "all values are no condition"),
    ],
)
def test_verdicts(text: str, expected: type, why: str) -> None:
    found = judge_step(steps(text, CONTEXT)[-1]).verdict
    assert isinstance(found, expected), f"{why}: {found}"


def test_a_hypothesis_of_an_assignment() -> None:
    for said in ("A^T = A", "A = A^T", "A_{ij} = A_{ji}"):
        (step,) = steps(f"$${RIGHT}$$", f"given = ['{said}']\n{CONTEXT}")
        assert isinstance(step.meaning, Link)
        assert [f"{each.left} = {each.right}" for each in step.meaning.given] == ["A = A^T"]
        (step,) = steps(f"$${WRONG}$$", f"given = ['{said}']\n{CONTEXT}")
        assert isinstance(judge_step(step).verdict, Refuted)
