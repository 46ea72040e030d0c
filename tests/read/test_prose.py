"""Conditions in the text around formulas, and how far each of them reaches."""

import pytest

from verify.language import Proved, Refuted, Stated, Undecided
from verify.read import judge, read, read_context
from verify.read.document import layout
from verify.read.prose import roles
from verify.read.source import Source

CONTEXT = read_context('[names]\nx = "n"\na = "scalar"\nb = "scalar"\nc = "scalar"')
SAME = r"\frac{\partial x_i}{\partial x_k} = 1"
APART = r"\frac{\partial x_i}{\partial x_k} = 0"


def placed(text: str) -> list[str]:
    """Each formula's role in a letter, with the numbers of its conditions."""
    found = roles(layout(Source("hw.md", text)))
    return [each.role.name[0] + "".join(map(str, each.conditions)) for each in found]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("If $a = b$, then $c = d$.", ["C", "C0"], "a condition before"),
        ("We have $c = d$ if $a = b$.", ["C1", "C"], "a condition after"),
        ("If $a = b$, $c = d$. Now $e = f$.", ["C", "C0", "C"], "up to the end of the sentence"),
        ("When $a = b$:\n\n$$c = d$$\n\n$$e = f$$", ["C", "C0", "C0"], "a display after a colon, and the next"),
        ("When $a = b$:\n\n$$c = d.$$\n\n$$e = f$$", ["C", "C0", "C"], "a period in the display ends it"),
        ("If $a = b$ and $c > 0$, then $e = f$.", ["C", "C", "C01"], "two conditions"),
        ("If $a = b$ then $c = d$, and if $a < b$ then $e = f$.", ["C", "C0", "C", "C2"], "one, and then another"),
        ("$c = d$ if $a = b$ and $e = f$ if $a < b$.", ["C1", "C", "C3", "C"], "each after its own"),
        ("Case 1: $a = b$. Then\n\n$$c = d.$$\n\nSo $e = f$.", ["C", "C0", "C0"], "a case lasts"),
        ("Case 1: $a = b$.\n\n$$c = d$$\n\nCase 2: $a < b$.\n\n$$e = f$$", ["C", "C0", "C", "C2"], "to the next"),
        ("Case 1: $a = b$.\n\n# Next\n\n$$c = d$$", ["C", "C"], "or to the next heading"),
        ("- If $a = b$, fine\n- $c = d$", ["C", "C"], "an item ends it"),
        ("If $a = b$ this holds.\n\nHere $c = d$", ["C", "C"], "a paragraph ends it"),
        ("$c = d$ for $a \\ne b$ and $n > 2$, say.", ["C12", "C", "C"], "two after it"),
        ("If $a = b$, i.e. always, $c = d$.", ["C", "C0"], "an abbreviation does not"),
        ("for $i = 1, \\dots, n$ we have $a = b$", ["R", "C"], "how far an index runs"),
        ("where $y = W x$ and $a = b$", ["C", "C"], "where defines"),
        ("where $a \\ne b$, $c = d$", ["C", "C0"], "but not with an inequality"),
        ("for $W \\in \\mathbb{R}^{m \\times n}$, $c = d$", ["C", "C"], "a declaration"),
        ("If $a = b$, $c = d$, otherwise $e = f$.", ["C", "C0", "C"], "not where it does not hold"),
        ("If $a = b$,\n\n$$c = d$$\n\nbut for all others $e = f$.", ["C", "C0", "C"], "nor for others"),
        ("If $a = b$, in other words $c = d$.", ["C", "C0"], "other words take nothing back"),
        ("Case 1: $a = b$.\n\n$$c = d$$\n\nCase 2: otherwise.\n\n$$e = f$$", ["C", "C0", "C"], "another case in words"),
        ("Case 1: $a = b$.\n\n$$c = d$$\n\nHere, in this case,\n\n$$e = f$$", ["C", "C0", "C0"], "this case"),
        ("In any case $a = b$, so $c = d$.", ["C", "C"], "no case"),
        ("In the case where $a = b$, $c = d$.", ["C", "C0"], "a case in a sentence"),
        ("Since $a = b$, $c = d$.", ["C", "C"], "a reason is claimed"),
    ],
)
def test_roles(text: str, expected: list[str], why: str) -> None:
    letters = [each.replace("CL", "C") for each in placed(text)]
    assert letters == expected, why


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        (f"If $i = k$, then ${SAME}$.", Proved, "equal indices"),
        (f"If $i = k$, then ${APART}$.", Refuted, "which they are"),
        (f"For $i \\ne k$:\n\n$${APART}$$", Proved, "different ones"),
        (f"${APART}$ for $i \\ne k$", Proved, "afterwards"),
        (f"Then ${APART}$.", Refuted, "without a condition"),
        (f"**Case 2: $i \\ne k$.** Here\n\n$${APART}.$$", Proved, "a case in bold"),
        ("If $a = 2b$, then $a + b = 3b$.", Proved, "a number with a meaning"),
        ("If $a = 2b$, then $a + b = 4b$.", Refuted, "and a wrong end"),
        (f"If $i = k$, $${SAME}$$ otherwise $${APART}$$", Undecided, "the other case is not refuted at this one"),
        (f"If $i = k$, $${SAME}$$ otherwise $${SAME}$$", Undecided, "nor proved by it"),
        (f"${SAME}$ if $i = k$, else ${APART}$.", Undecided, "after a condition that stands behind"),
        (f"Case 1: $i = k$. $${SAME}$$ Case 2: otherwise. $${SAME}$$", Undecided, "a case in words"),
        (
            f"Now let us look at the case $i = k$. $${SAME}$$",
            Undecided,
            "a case in the midst of a sentence: not refuted",
        ),
        (f"Look at the case $i = k$. $${APART}$$", Undecided, "nor proved by it"),
        (f"Case 1: $i = k$. $${SAME}$$ Hence, in general, $${SAME}$$", Undecided, "the general case"),
        (f"For $i = k$ $${SAME}$$ and off the diagonal $${SAME}$$", Undecided, "other places"),
        (f"Even if $i = k$ fails, ${SAME}$.", Undecided, "a condition that is taken back"),
        (f"Not only for $i = k$ we have ${SAME}$.", Undecided, "or is one of several"),
        (f"Without assuming that $i = k$, ${SAME}$.", Undecided, "or is not needed"),
        (f"Except when $i = k$, ${SAME}$.", Undecided, "or left out"),
        (f"If $i = k$ does not hold, ${SAME}$.", Undecided, "or does not hold"),
        (f"If $i = k$ or not, ${SAME}$.", Undecided, "or either way"),
        (f"Otherwise, $x_i + x_k = x_k + x_i$, as ${SAME}$ if $i = k$.", Proved, "a condition after it is read"),
        ("Unless $a = 0$, $a + b = b + a$.", Proved, "what holds without the condition"),
        ("Unless $a = 0$, $a + b = b$.", Undecided, "what does not, and the condition is not read"),
        ("If $a$ is even, or $[a = 2]$ holds, $a + a = 3a$.", Refuted, "no formula in front"),
    ],
)
def test_verdicts(text: str, verdict: type, why: str) -> None:
    judgments = [each for each in judge(read(text, "hw.md", CONTEXT)) if not isinstance(each.verdict, Stated)]
    assert isinstance(judgments[-1].verdict, verdict), why


def test_a_condition_is_stated_and_never_a_definition() -> None:
    steps = read("If $y = 2$, then $a = a$. So $y = 3$.", "hw.md", CONTEXT).steps
    assert [step.meaning for step in steps if isinstance(step.meaning, Stated)] == [Stated("a condition"), Stated("y")]
