"""Replacing a wrong link and all that follows it by right ones never lowers a mark."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grade.test_answers import ASSIGNMENTS
from verify.grade.deciding import Decider
from verify.grade.grade import Text, grade

# Derivations with all of their sides equal, and wrong sides to put in.
RIGHT = {
    "3a": [
        "\\sigma'(t)",
        r"\frac{e^{-t}}{(1 + e^{-t})^2}",
        r"\frac{1}{1 + e^{-t}} - \frac{1}{(1 + e^{-t})^2}",
        r"\sigma(t) - \sigma(t)^2",
        r"\sigma(t) (1 - \sigma(t))",
    ],
    "3b": [
        r"2 \sigma(2t) - 1",
        r"\frac{2}{1 + e^{-2t}} - 1",
        r"\frac{1 - e^{-2t}}{1 + e^{-2t}}",
        r"\frac{e^t - e^{-t}}{e^t + e^{-t}}",
        r"\tanh(t)",
    ],
}
WRONG = [
    r"\sigma(t) (1 + \sigma(t))",
    r"-\sigma(t) (1 - \sigma(t))",
    r"\frac{e^{t}}{(1 + e^{-t})^2}",
    "0",
    "2 t",
    r"-\tanh(t)",
]
DECIDE = Decider()


def marks(chains: dict[str, list[str]]) -> dict[str, tuple[Fraction, Fraction]]:
    text = "# 3\n" + "\n".join(f"$${' = '.join(chain)}$$" for chain in chains.values())
    found = grade(ASSIGNMENTS["networks"], [Text("hw.md", text)], DECIDE).marks
    return {each.part.id: (each.awarded, each.awarded + each.pending) for each in found if each.part.id in chains}


@st.composite
def derivations(draw: st.DrawFn, part: str) -> tuple[list[str], list[str]]:
    """A derivation with something wrong in it, and the same with all right from there on."""
    sides = RIGHT[part]
    kept = [sides[0], *draw(st.lists(st.sampled_from(sides[1:]), max_size=3))]
    rest = draw(st.lists(st.sampled_from([*sides[1:], *WRONG]), max_size=2))
    wrong = [*kept, draw(st.sampled_from(WRONG)), *rest]
    mended = [*kept, *draw(st.lists(st.sampled_from(sides[1:]), max_size=2)), sides[-1]]
    return wrong, mended


@settings(max_examples=60, deadline=None, derandomize=True)
@given(derivations("3a"), derivations("3b"))
def test_a_mended_derivation_is_worth_no_less(
    first: tuple[list[str], list[str]], second: tuple[list[str], list[str]]
) -> None:
    before = marks({"3a": first[0], "3b": second[0]})
    after = marks({"3a": first[1], "3b": second[1]})
    for part, (awarded, most) in before.items():
        assert awarded <= after[part][0]
        assert most <= after[part][1]
    half = marks({"3a": first[0], "3b": second[1]})
    assert half["3b"] >= before["3b"]
    assert half["3a"] == before["3a"]


BY_S, BY_X = r"\frac{\partial E}{\partial s} = ", r"\frac{\partial E}{\partial x} = "
SLOPE = r"W_2^T) \circ \sigma'(a)) W_1^T"

# Answers to parts that build on one another, the right one first.
BUILT = {
    "3a": [r"\delta_1 = p - t", r"\delta_1 = t - p", r"\delta_1 = p - t = t - p", r"\delta_1 = t - p = p - t"],
    "3b": [BY_S + "(p - t) W_2^T", BY_S + "(t - p) W_2^T", BY_S + r"\delta_1 W_2^T = (t - p) W_2^T"],
    "3c": [f"{BY_X}(((p - t) {SLOPE}", f"{BY_X}(((t - p) {SLOPE}", BY_X + "(p - t) W_2^T W_1^T"],
}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.tuples(*(st.integers(0, len(each) - 1) for each in BUILT.values())), st.integers(0, 2))
def test_mending_an_answer_and_all_that_builds_on_it_lowers_nothing(chosen: tuple[int, ...], first: int) -> None:
    def points(numbers: tuple[int, ...]) -> list[Fraction]:
        written = [answers[number] for answers, number in zip(BUILT.values(), numbers, strict=True)]
        text = "# Question 3\n" + "\n".join(f"$${each}$$" for each in written)
        found = grade(ASSIGNMENTS["vectors"], [Text("hw.md", text)], DECIDE).marks
        return [each.awarded for each in found if each.part.id in BUILT]

    mended = (*chosen[:first], *(0 for _ in chosen[first:]))
    before, after = points(chosen), points(mended)
    assert all(old <= new for old, new in zip(before, after, strict=True)), (chosen, before, after)
    assert after[first:] == [Fraction(2), Fraction(2), Fraction(3)][first:]
