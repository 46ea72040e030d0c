"""The terminal that results are shown on: its width, its colors, and a bar for what takes time.

Off a terminal there are no colors and no bar, and lines have one width, so that the same input gives the same bytes.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Protocol, TypeVar

import click

from verify.report.text import Paint, plain

PIPED_WIDTH, NARROWEST, WIDEST = 88, 60, 100
COLORS = {"proved": "green", "caught": "green", "refuted": "red", "misshapen": "red", "missed": "red", "stated": "cyan"}


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str:
        """The name."""


Each = TypeVar("Each", bound=Named)


def width() -> int:
    """How many columns to use."""
    if not sys.stdout.isatty():
        return PIPED_WIDTH
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def painter() -> Paint:
    """Colors where FORCE_COLOR is set, and on a terminal that is not a dumb one; none where NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        return plain
    if os.environ.get("FORCE_COLOR", "") not in {"", "0"}:
        context = click.get_current_context(silent=True)
        if context is not None:
            # Else the colors would be taken away again where no terminal is.
            context.color = True
        return _painted
    return _painted if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else plain


def tracked(items: tuple[Each, ...], doing: str) -> Iterator[Each]:
    """The items one by one, with a bar on the standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.fields[doing]}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(items), doing=doing)
        for item in items:
            progress.update(task, description=item.name)
            yield item
            progress.advance(task)


def _painted(text: str, kind: str) -> str:
    if kind in {"heading", "quiet"}:
        return click.style(text, bold=kind == "heading" or None, dim=kind == "quiet" or None)
    return click.style(text, fg=COLORS.get(kind, "yellow"), bold=kind in {"refuted", "missed"})
