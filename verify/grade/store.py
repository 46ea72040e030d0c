"""The folder of results: files that are written as a whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any


class StoreError(OSError):
    """Results cannot be written: says where, and why."""


def write(path: Path, text: str | Iterable[str]) -> None:
    """Write a file so that it is there as a whole, or as it was. Raises :class:`StoreError`."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as file:
            file.writelines([text] if isinstance(text, str) else text)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise StoreError(f"{path}: {error.strerror or error}") from error


def write_json(path: Path, record: object) -> None:
    """Write a record, in the same way for the same record."""
    write(path, json_text(record))


def json_text(record: object) -> str:
    """A record as JSON, keys in their order."""
    return json.dumps(record, indent=1, ensure_ascii=True) + "\n"


def read_json(path: Path) -> dict[str, Any] | None:
    """The record in a file; nothing where there is none, or one that was cut short."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
