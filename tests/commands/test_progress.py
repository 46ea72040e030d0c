"""How far long work has come: on a terminal alone, when it has taken long, and gone at the end."""

import io
import sys

import pytest

from verify.commands import progress
from verify.commands.progress import CLEAR, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, times: list[float], what: str = "hw.md") -> str:
    """What is said where the clock shows these times: at the start, and at each tick."""
    monkeypatch.setattr(sys, "stderr", stream)
    clock = iter(times)
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    with Progress(what) as work:
        for _ in times[1:]:
            work.tick()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([0.0, 0.5, 0.9], ""),
        ([0.0, 0.5, 2.0], f"{CLEAR}hw.md: 2 links, 1 a second{CLEAR}"),
        ([0.0, 1.0, 1.1, 1.5], f"{CLEAR}hw.md: 1 links, 1 a second{CLEAR}hw.md: 3 links, 2 a second{CLEAR}"),
    ],
    ids=["short", "long", "not at each tick"],
)
def test_a_terminal_shows_long_work(monkeypatch: pytest.MonkeyPatch, times: list[float], expected: str) -> None:
    assert shown(monkeypatch, Terminal(), times) == expected


def test_what_is_no_terminal_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), [0.0, 5.0, 10.0]) == ""


def test_a_name_cannot_write_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, Terminal(), [0.0, 2.0], "a\x1b]0;title\x07.md")
    assert said.replace(CLEAR, "").isprintable()
