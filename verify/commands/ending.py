"""How a command ends: its exit code, the refusal that it prints on one line, and what is said beside the results."""

from __future__ import annotations

from enum import IntEnum

import click


class Exit(IntEnum):
    """What the exit code says."""

    PROVED = 0
    NOT_PROVED = 1
    USAGE = 2
    NO_FILE = 3
    OURS = 4
    INTERRUPTED = 130


class Refusal(Exception):
    """What was given cannot be worked on: one line that says why, and the exit code."""

    def __init__(self, says: str, code: Exit) -> None:
        super().__init__(says)
        self.code = code


def say(message: object) -> None:
    """Say something on the standard error, without the control characters of what a message quotes."""
    shown = "".join(
        each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in str(message)
    )
    click.echo(f"gradproof: {shown}", err=True)


def only_in_json(form: str, **flags: bool) -> None:
    """Refuse a flag that adds to what is printed as JSON, where something else is printed."""
    for name, is_set in flags.items():
        if is_set and form != "json":
            raise click.UsageError(f"--{name} goes with --format json")
