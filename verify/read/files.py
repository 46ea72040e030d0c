"""The write-ups that paths name: files as they are, and folders with all that they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

ENDINGS = (".md", ".qmd", ".txt", ".tex", ".ipynb")


def write_ups(paths: Sequence[str]) -> Iterator[str]:
    """The paths, with each folder replaced by the write-ups in it and below, in order; what is hidden is left out.

    >>> list(write_ups(["hw.md", "-"]))
    ['hw.md', '-']
    """
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from _inside(path)
        else:
            yield path


def _inside(folder: str) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield str(Path(here) / name)
