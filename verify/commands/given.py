"""The files that a command is given or writes, each refused in one line where it cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands.ending import Exit, Refusal

if TYPE_CHECKING:
    from verify.read import Context

LARGEST_FILE, LARGEST_RECORD = 10_000_000, 200_000_000


def bytes_of(path: str, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, or of the standard input for ``-``."""
    try:
        with click.open_file(path, "rb") as file:
            data: bytes = file.read(largest + 1)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error
    if len(data) > largest:
        raise Refusal(f"{path}: it is larger than {largest // 1_000_000} MB", Exit.NO_FILE)
    return data


def text_of(path: str) -> str:
    """The text of a file, such as one of macros."""
    from verify.read import ReadError, decode

    try:
        return decode(bytes_of(path), path)
    except ReadError as error:
        raise Refusal(str(error).partition("\n")[0], Exit.NO_FILE) from error


def context_in(path: Path) -> Context:
    """The context that a file of TOML says."""
    from verify.read import AssignmentError, load_context

    try:
        return load_context(path)
    except AssignmentError as error:
        raise Refusal(str(error), Exit.USAGE) from error
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error


def write(path: str, data: bytes) -> None:
    """Write a file, or to the standard output for ``-``."""
    try:
        with click.open_file(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error


def print_json(record: object) -> None:
    """Print a record, indented."""
    click.echo(json.dumps(record, indent=2))
