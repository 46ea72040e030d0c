"""Many definitions and displays in one file: each takes as much work as those before it.

Work is counted in lines of Python that were run, which is the same on every machine.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from verify.read import known as known_names
from verify.read import read, supposing

MANY = 40


def work(text: str) -> int:
    """How many lines of Python run while a text is read."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text, "hw.md")
    finally:
        sys.settrace(before)
    return lines


DISPLAYS = {
    "definitions": "$$ y_{{{0}}} = {0} $$",
    "functions": "$$ f_{{{0}}}(z) = {0} z $$",
    "names of which nothing is said": "$$ y_{{{0}}} + y_{{{0}}} = 2 y_{{{0}}} $$",
    "other displays": "$$ 1 + {0} = {0} + 1 $$",
    "the same display": "$$ 1 + 1 = 2 $$",
}


def file(display: str, many: int) -> str:
    """So many displays of a kind, their numbers all of one length."""
    return "\n\n".join(display.format(1000 + number) for number in range(many))


@pytest.mark.parametrize("kind", DISPLAYS)
def test_work_is_in_proportion(kind: str) -> None:
    read(file(DISPLAYS[kind], 3 * MANY), "hw.md")
    one, two, three = (work(file(DISPLAYS[kind], many * MANY)) for many in (1, 2, 3))
    assert three - two <= 1.05 * (two - one)


def test_names_beyond_the_most_that_are_known_cost_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether many names are known by then, or few."""
    costs = []
    for most in (MANY, 4 * MANY):
        monkeypatch.setattr(known_names, "MOST_NAMES", most)
        monkeypatch.setattr(supposing, "MOST_NAMES", most)
        display = DISPLAYS["names of which nothing is said"]
        read(file(display, most + 3 * MANY), "hw.md")
        costs.append(work(file(display, most + 2 * MANY)) - work(file(display, most + MANY)))
    assert costs[1] <= 1.05 * costs[0]
