"""Where the keys of a TOML file stand, which the standard library's parser does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from io import BytesIO

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=""")

Path = tuple[str, ...]


def key_lines(text: str) -> Mapping[Path, int]:
    r"""The line of each key, by its path; the tables of an array are counted from 1, also within another's.

    >>> key_lines('a = 1\n[[question]]\nid = "1"\n[question.names]\nW = "d"')[("question", "1", "names", "W")]
    5
    >>> sorted(key_lines('[[question]]\n[[question.part]]\n[[question.part]]').values())
    [1, 2, 3]
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if header := HEADER.fullmatch(line.rstrip("\r")):
            names = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            *above, last = names
            inside = _counted(above, counts)
            if header[1] == "[[":
                counts[*inside, last] = counts.get((*inside, last), 0) + 1
            table = _counted(names, counts)
            lines.setdefault(table, number)
        elif key := KEY.match(line):
            lines.setdefault((*table, *_unquoted(key[1])), number)
    return lines


def _counted(names: Sequence[str], counts: Mapping[Path, int]) -> Path:
    """The path of a table, each array on it followed by the number of the table that is open in it."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        if path in counts:
            path = (*path, str(counts[path]))
    return path


def _unquoted(key: str) -> Path:
    try:
        value: object = tomllib.load(BytesIO(f"{key} = 0".encode()))
    except tomllib.TOMLDecodeError:
        return (key,)
    path: list[str] = []
    while isinstance(value, dict) and value:
        name = next(iter(value))
        path.append(name)
        value = value[name]
    return tuple(path)
