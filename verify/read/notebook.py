"""Jupyter notebooks: the text of their Markdown cells, which are read and never run."""

from __future__ import annotations

import json

from verify.read.errors import ReadError
from verify.read.source import Source

SEPARATOR = "\n\n"


def notebook(text: str, path: str) -> Source:
    r"""The Markdown cells of a notebook, put together; places are told by the cell, and the line and column in it.

    Cells are counted from 1, those of code as well. Raises :class:`ReadError` for what is no notebook.

    >>> cells = '{"cells": [{"cell_type": "code"}, {"cell_type": "markdown", "source": ["$a$"]}]}'
    >>> source = notebook(cells, "hw.ipynb")
    >>> source.text, str(source.at(1))
    ('$a$', 'hw.ipynb:cell 2:1:2')
    >>> notebook("{}", "hw.ipynb")
    Traceback (most recent call last):
    verify.read.errors.ReadError: hw.ipynb:1:1: no cells: this is no notebook of version 4
    """
    try:
        record = json.loads(text)
    except RecursionError as error:
        raise _none(path, "nested too deeply") from error
    except ValueError as error:
        raise _none(path, f"this is not JSON: {error}") from error
    cells = record.get("cells") if isinstance(record, dict) else None
    if not isinstance(cells, list):
        raise _none(path, "no cells: this is no notebook of version 4")
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for number, cell in enumerate(cells, start=1):
        inner = _markdown(cell)
        if inner is not None:
            starts.append((length, number))
            pieces.append(inner.replace("\r\n", "\n"))
            length += len(pieces[-1]) + len(SEPARATOR)
    return Source(path, SEPARATOR.join(pieces), cells=tuple(starts))


def _none(path: str, says: str) -> ReadError:
    return ReadError(says, source=Source(path, ""))


def _markdown(cell: object) -> str | None:
    """The text of a cell, if it is one of Markdown: a text, or a list of its lines."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
        return None
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(each for each in source if isinstance(each, str))
    return source if isinstance(source, str) else None
