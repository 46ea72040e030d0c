r"""Recursions that begin at level 1 with what is no step.

By hand, for f_1 = W_1 x + b_1 and f_l = W_l g(f_{l-1}) + b_l: f_2 = W_2 g(W_1 x + b_1) + b_2, and df_2/df_1 is W_2
times the diagonal matrix of g'(f_1). Nothing is said of f_0, so that f_{l-1} is there for l from 2 on.
"""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word
from verify.read import AssignmentError, read_context

NAMES: Mapping[str, object] = {
    "W_l": "D_l x D_{l-1} for l",
    "b_l": "D_l for l",
    "x": "D_0",
    "g": "elementwise function",
}
STACK: Mapping[str, object] = {
    "names": NAMES,
    "definitions": {"f_1": "W_1 x + b_1", "f_l": "W_l g(f_{l-1}) + b_l"},
}
WRITTEN = "$$f_1 = W_1 x + b_1$$ $$f_l = W_l g(f_{l-1}) + b_l$$ "


@pytest.mark.parametrize(
    ("formula", "expected", "why"),
    [
        ("f_1 = W_1 x + b_1", "proved", "as it is given"),
        ("f_1 = W_1 g(x) + b_1", "refuted", "x goes in as it is"),
        ("f_2 = W_2 g(W_1 x + b_1) + b_2", "proved", "one step"),
        ("f_2 = W_2 (W_1 x + b_1) + b_2", "refuted", "the function is lost"),
        ("f_3 = W_3 g(W_2 g(W_1 x + b_1) + b_2) + b_3", "proved", "two steps"),
        ("f_l = W_l g(f_{l-1}) + b_l", "proved", "any step"),
        ("f_l = W_l f_{l-1} + b_l", "refuted", "any step, without the function"),
        (r"\frac{\partial f_2}{\partial x} = W_2 \operatorname{diag}(g'(f_1)) W_1", "proved", "through both"),
        (r"\frac{\partial f_2}{\partial x} = W_2 W_1", "refuted", "without the slope"),
        (r"\frac{\partial f_l}{\partial f_{l-1}} = W_l \operatorname{diag}(g'(f_{l-1}))", "proved", "at any level"),
        (r"\frac{\partial f_l}{\partial g(f_{l-1})} = W_l", "proved", "by what the step takes"),
        (r"\frac{\partial f_2}{\partial g(f_1)} = W_2", "proved", "by what the second step takes"),
        (r"\frac{\partial f_2}{\partial g(f_1)} = W_2^T", "misshapen", "the transpose of it"),
        ("f_0 = x", "undecided", "nothing is said of f_0"),
        ("g(f_0) = x", "undecided", "nor that x is a value of g"),
    ],
)
def test_a_first_level_by_its_own_formula(formula: str, expected: str, why: str) -> None:
    assert [word(each.verdict) for each in verify.check(f"$${formula}$$", dict(STACK))] == [expected], why
    if "partial" not in formula and "_l" not in formula:
        *_, last = verify.check(f"{WRITTEN}$${formula}$$", {"names": NAMES})
        assert word(last.verdict) == expected, why


def test_from_which_level_on_is_listed() -> None:
    (found,) = verify.check("$$f_l = W_l g(f_{l-1}) + b_l$$", dict(STACK))
    assert found.assumed == ("l numbers the layers 1 to L", "l runs from 2 to L")


@pytest.mark.parametrize(
    "step", ["W_l g(f_{l-1})", "W_l g(f_{l-1}) + 2 b_l", "W_l (g(f_{l-1}) + f_{l-1}) + b_l"], ids=str
)
def test_a_first_level_that_no_name_makes_is_refused(step: str) -> None:
    """W_1 x + b_1 is no such step of a name: without b_l, with 2 b_l, and where f_{l-1} stands beside g(f_{l-1})."""
    names = "".join(f"{key} = '{kind}'\n" for key, kind in NAMES.items())
    with pytest.raises(AssignmentError, match="at level 1 is not what"):
        read_context(f"[names]\n{names}[definitions]\nf_1 = 'W_1 x + b_1'\nf_l = '{step}'\n")
