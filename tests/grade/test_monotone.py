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
