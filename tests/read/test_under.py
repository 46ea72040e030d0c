r"""Conditions beside a link, antecedents before an arrow, and definitions that stand after what uses them."""

import pytest

from tests.read.reading import outline, steps
from verify.check import check
from verify.language import Link, Proved, Refuted, Stated, Undecided, word
from verify.read.judge import judge_step

CONTEXT = r"""
[names]
u = "n"
v = "n"
A = "n x n"
z = "scalar"
c = "scalar"
o = "index n"
"""


def verdicts(text: str) -> list[str]:
    return [word(judge_step(step).verdict) for step in steps(text, CONTEXT)]


def assumed(text: str) -> tuple[str, ...]:
    return steps(text, CONTEXT)[-1].assumed


D = r"\frac{\partial u_i}{\partial u_k}"
NEXT = "$$\n\n$$"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        # indices
        (rf"{D} = 1, \quad i = k", ["proved"], "a condition after a comma"),
        (rf"{D} = 1 \quad i = k", ["proved"], "after a wide space"),
        (rf"{D} = 1 \quad (i = k)", ["proved"], "in parentheses"),
        (rf"{D} = 1 \quad \text{{if }} i = k", ["proved"], "after a word"),
        (rf"{D} = 1 \text{{ for $i = k$}}", ["proved"], "within a text"),
        (rf"{D} = 0, \quad i \ne k", ["proved"], "different indices"),
        (rf"{D} = 0 \quad \text{{if }} i \ne k", ["proved"], "in words"),
        (rf"{D} = 1 \quad \text{{if }} i \ne k", ["refuted"], "the wrong value for them"),
        (rf"{D} = 0 \quad (i = k)", ["refuted"], "and for equal ones"),
        (rf"{D} = 1", ["refuted"], "without a condition"),
        (rf"\text{{If }} i = k: \quad {D} = 1", ["proved"], "before it"),
        (rf"i = k: \quad {D} = 1", ["proved"], "before a colon"),
        (rf"i = k, \quad {D} = 1", ["proved"], "before a comma"),
        (rf"i = k \Rightarrow {D} = 1", ["stated", "proved"], "before an arrow"),
        (rf"i \ne k \Rightarrow {D} = 0", ["stated", "proved"], "different ones before an arrow"),
        (rf"i \ne k \Rightarrow {D} = 1", ["stated", "refuted"], "the wrong value"),
        (rf"i = k {NEXT} \Rightarrow {D} = 1", ["stated", "proved"], "an arrow in the next display"),
        (rf"i = k \Rightarrow {D} = 1 {NEXT} {D} = 1", ["stated", "proved", "refuted"], "and not beyond"),
        (r"\frac{\partial u_o}{\partial u_k} = 1 \quad (k = o)", ["proved"], "a declared index"),
        (r"\frac{\partial u_k}{\partial u_1} = 1 \quad (k = 1)", ["proved"], "a number"),
        (
            rf"{D} = \begin{{cases}} 1 & i = k \\ 0 & i \ne k \end{{cases}} = \mathbf{{1}}[i = k] = \delta_{{ik}}",
            ["proved", "proved", "proved"],
            "both cases at once",
        ),
        (rf"{D} = \begin{{cases}} 0 & i = k \\ 1 & i \ne k \end{{cases}}", ["refuted"], "interchanged"),
        # signs and sizes
        (r"2z > 0 \quad (z > 0)", ["proved"], "the sign of a number"),
        (r"2z > 0, \quad z > 0", ["proved"], "after a comma"),
        (r"z > 0 \Rightarrow 2z > 0", ["stated", "proved"], "before an arrow"),
        (r"z > 0 \Rightarrow 2z < 0", ["stated", "refuted"], "and the wrong conclusion"),
        (r"2z > 0", ["refuted"], "without a condition"),
        (r"softmax(u)_i < 1 \quad \text{for } n \ge 2", ["proved"], "the size of a dimension"),
        (r"n \ge 2 \Rightarrow softmax(u)_i < 1", ["stated", "proved"], "before an arrow"),
        (r"n > 1 \Rightarrow softmax(u)_i < 1", ["stated", "proved"], "said otherwise"),
        (r"2 \le n \Rightarrow softmax(u)_i < 1", ["stated", "proved"], "turned round"),
        # equations
        (r"c = 0 \Rightarrow e^{u_i + c} = e^{u_i} \in (0, \infty)", ["stated", "proved", "proved"], "a number"),
        (r"c = -\max_i u_i \Rightarrow u_i + c \le 0", ["stated", "proved"], "a definition"),
        (rf"c = -\max u_i {NEXT} \Rightarrow e^{{u_i + c}} \in (0, 1]", ["stated", "proved"], "in the next display"),
        # statements before an arrow are judged
        (r"2z = z + z \Rightarrow 4z = 2z + 2z", ["proved", "proved"], "what holds always is no condition"),
        (r"2z = 3z \Rightarrow 4z = 6z", ["refuted", "refuted"], "and what is wrong neither"),
        # conditions that are not used
        (r"2u_j > 0 \quad \text{if } u_i > 0", ["undecided"], "of single entries: it would say more than is written"),
        (r"u_i > 0 \Rightarrow 2u_j > 0", ["undecided", "undecided"], "before an arrow"),
        (r"2u_j = u_j + u_j \quad \text{if } u_i > 0", ["proved"], "what holds without it holds with it"),
        (r"2z = z \quad \text{if the moon is full}", ["undecided"], "words"),
        (rf"{D} = 1 \quad \text{{unless }} i = k", ["undecided"], "a condition that is taken back"),
        (rf"{D} = 1 \quad \text{{if not }} i = k", ["undecided"], "and said not to hold"),
        (rf"{D} = 1 \quad \text{{not only if }} i = k", ["undecided", "stated"], "or is not needed"),
        (rf"{D} = 1 \quad \text{{whether or not }} i = k", ["undecided", "stated"], "or is none"),
        (rf"{D} = 1 \quad \text{{if }} i = k \text{{ is false}}", ["undecided"], "or is taken back afterwards"),
        (rf"{D} = 1 \quad \text{{for }} i = k \text{{ or }} i = j", ["undecided"], "one of two"),
        (rf"{D} = 1 \quad \text{{for example }} i = k", ["undecided"], "an example"),
        (rf"{D} = 1 \quad \text{{iff }} i = k", ["undecided"], "more is said than that it suffices"),
        (rf"{D} = 1 \quad (i = k \text{{ not needed}})", ["undecided"], "in parentheses"),
        (rf"{D} = 1 \quad \text{{if }} i = k {NEXT} {D} = 0 \quad \text{{otherwise}}", ["proved", "undecided"], "else"),
        (rf"{D} = 1 \quad \text{{if }} i = k {NEXT} {D} = 1 \quad \text{{otherwise}}", ["proved", "undecided"], "no"),
        (rf"{D} = 1 \quad \text{{otherwise}}", ["undecided"], "what it is other than is not known"),
        (rf"{D} = 1 \text{{ if }} i = k, \quad {D} = 2", ["undecided"] * 2, "a statement after a condition is one"),
        (rf"{D} = 1 \text{{ if }} i = k, \quad z = z", ["proved"], "of few signs it is taken for one more"),
        (r"\text{not } z = 1 \Rightarrow z^2 = z", ["undecided", "undecided"], "not, before an arrow"),
        (r"2z = z + z \quad \text{if the moon is full}", ["proved"], "words, where none are needed"),
        (r"A u = A^T u \quad \text{if $A$ is symmetric}", ["proved"], "a symmetric matrix is its own transpose"),
        (r"A u = 2 A^T u \tag{if A is symmetric}", ["refuted"], "but one there is to what is wrong then as well"),
        (r"z > 0", ["undecided"], "a bare name alone may be a condition on what follows"),
        (r"u_i \le 0 \quad \text{for all } i", ["undecided"], "also by entries"),
    ],
)
def test_conditions(text: str, expected: list[str], why: str) -> None:
    assert verdicts(f"$${text}$$") == expected, why


def test_what_a_link_is_claimed_under_is_listed() -> None:
    assert assumed(rf"$${D} = 1 \quad (i = k)$$") == ("where i = k",)
    assert assumed(r"$$2z > 0 \quad (z > 0)$$") == ("where z > 0",)


def test_a_condition_is_a_hypothesis_of_its_link_alone() -> None:
    first, second = steps(rf"$${D} = 1, \quad i = k$$ $${D} = 1$$", CONTEXT)
    assert isinstance(first.meaning, Link)
    assert isinstance(second.meaning, Link)
    assert [str(each) for each in first.meaning.given] == ["i = k"]
    assert second.meaning.given == ()
    assert isinstance(check(first.meaning).verdict, Proved)
    assert isinstance(check(second.meaning).verdict, Refuted)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"s = t + c, \quad t = 2z", ["s = t + c [stated]", "t = 2z [stated]"], "a definition after its use"),
        (r"s = t + c \text{ where } t = 2z", ["s = t + c [stated]", "t = 2z [stated]"], "after a word"),
        (r"s = t + c \quad (t = 2z)", ["s = t + c [stated]", "t = 2z [stated]"], "in parentheses"),
        (
            r"2z = t + t', \quad t = z, \quad t' = t",
            ["2z = t + t'", "t = z [stated]", "t' = t [stated]"],
            "one in terms of another",
        ),
        (
            r"A A u + A u = V' u + z' \quad (V' = A A, \quad z' = A u)",
            ["A A u + A u = V' u + z'", "V' = A A [stated]", "z' = A u [stated]"],
            "two in parentheses",
        ),
        (r"2z = t, \quad t = h", ["2z = t [unreadable]", "t = h [unreadable]"], "one that cannot be read"),
        (r"t = 2z, \quad t = z + z", ["t = 2z [stated]", "t = z + z"], "the first of two defines"),
    ],
)
def test_definitions_after_their_use(text: str, expected: list[str], why: str) -> None:
    assert outline(f"$${text}$$", CONTEXT) == expected, why


def test_a_definition_after_its_use_is_used() -> None:
    first, second = steps(r"$$2t = 4z \quad (t = 2z)$$", CONTEXT)
    assert isinstance(second.meaning, Stated)
    assert isinstance(first.meaning, Link)
    assert isinstance(check(first.meaning).verdict, Proved)


def test_two_sets_may_have_different_members() -> None:
    (step,) = steps(r"$$\sum_{w \in \mathcal{V}} u_w = \sum_{w \in V} u_w$$", CONTEXT)
    assert isinstance(step.meaning, Undecided)
    assert step.meaning.reason == "ambiguous"
