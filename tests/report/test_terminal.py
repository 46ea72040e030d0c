"""What depends on the terminal: width, colors, and the bar."""

import os
import shutil
import sys
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from verify.report.terminal import PIPED_WIDTH, painter, tracked, width


class Thing(NamedTuple):
    """Something with a name."""

    name: str


THINGS = (Thing("affine.weight_gradient"), Thing("softmax.sums_to_one"))


def pretend(monkeypatch: pytest.MonkeyPatch, terminal: bool, columns: int = 80) -> None:
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: os.terminal_size((columns, 24)))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.mark.parametrize(
    ("terminal", "columns", "used"),
    [(True, 80, 80), (True, 300, 100), (True, 20, 60), (False, 300, PIPED_WIDTH), (False, 20, PIPED_WIDTH)],
)
def test_width(monkeypatch: pytest.MonkeyPatch, terminal: bool, columns: int, used: int) -> None:
    pretend(monkeypatch, terminal, columns)
    assert width() == used


@pytest.mark.parametrize(
    ("terminal", "variable", "colored"),
    [
        (True, ("LANG", "C"), True),
        (False, ("LANG", "C"), False),
        (True, ("NO_COLOR", "1"), False),
        (True, ("NO_COLOR", ""), True),
        (True, ("TERM", "dumb"), False),
        (False, ("FORCE_COLOR", "1"), True),
        (False, ("FORCE_COLOR", "0"), False),
        (False, ("FORCE_COLOR", ""), False),
    ],
)
def test_colors(monkeypatch: pytest.MonkeyPatch, terminal: bool, variable: tuple[str, str], colored: bool) -> None:
    pretend(monkeypatch, terminal)
    monkeypatch.setenv(*variable)
    painted = painter()("proved    ", "proved")
    assert ("\x1b[" in painted) is colored
    assert "proved    " in painted


def test_who_wants_no_color_gets_none_even_where_others_force_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, terminal=True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert painter()("proved", "proved") == "proved"


def test_forced_colors_are_not_taken_away_off_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, terminal=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = CliRunner().invoke(click.Command("say", callback=lambda: click.echo(painter()("proved", "proved"))))
    assert shown.output == "\x1b[32m\x1b[22mproved\x1b[0m\n"


def test_what_is_wrong_does_not_look_like_what_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, terminal=True)
    paint = painter()
    looks = {kind: paint("word", kind) for kind in ("proved", "refuted", "undecided", "stated", "missed")}
    assert len({looks[kind] for kind in ("proved", "refuted", "undecided", "stated")}) == 4
    assert looks["missed"] == looks["refuted"]


@pytest.mark.parametrize("terminal", [True, False])
def test_all_things_come_in_their_order(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    pretend(monkeypatch, terminal)
    assert list(tracked(THINGS, "proving")) == list(THINGS)


def test_the_bar_is_on_the_standard_error_and_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend(monkeypatch, terminal=True)
    list(tracked(THINGS, "proving"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "proving" in captured.err
    assert captured.err.rstrip("\n").endswith("\x1b[2K")


def test_there_is_no_bar_off_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pretend(monkeypatch, terminal=False)
    list(tracked(THINGS, "proving"))
    assert capsys.readouterr() == ("", "")
