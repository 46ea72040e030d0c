"""Functions of functions, which double from one to the next: they end in an honest verdict, and soon."""

from functools import partial
from itertools import pairwise

import pytest

from verify.language import Undecided, word
from verify.read import judged, read, read_context

CONTEXT = read_context('[names]\nt = "scalar"')
LETTERS = "fghpqruvwyzFGHPQRUVWY"


def nested(step: str, many: int) -> str:
    """So many functions, each by the step made of the one before; the last one is taken at 1."""
    lines = ["$$f(t) = t + 1$$"]
    for before, letter in pairwise(LETTERS[:many]):
        lines.append(f"$${letter}(t) = {step.replace('_', before)}$$")
    return "\n".join([*lines, f"$${LETTERS[many - 1]}(1) = 0$$"])


@pytest.mark.parametrize(
    ("step", "few", "why"),
    [
        ("_(_(t))", 6, "adds 2^5 to 1, and doubles in depth"),
        ("_(t) + _(2 t)", 6, "positive, and doubles in size"),
        (r"_(t) _(t + 1)", 6, "a product of positive numbers"),
    ],
)
def test_functions_of_functions(step: str, few: int, why: str) -> None:
    _, found = judged(partial(read, nested(step, few), "hw.md"), CONTEXT)
    assert word(found[-1].verdict) == "refuted", why
    for many in (12, 18, len(LETTERS)):
        _, found = judged(partial(read, nested(step, many), "hw.md"), CONTEXT)
        assert word(found[-1].verdict) in ("undecided", "unreadable"), why
        assert any(isinstance(each.verdict, Undecided) and each.verdict.reason == "budget" for each in found)
