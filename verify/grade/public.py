"""The file of an assignment as students may see it: what is asked and what it is worth, without what answers it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal

SHOWN = ("id", "asks", "points", "steps", "prose", "bonus", "form")


def public_text(text: str) -> str:
    r"""The TOML of an assignment without answers; comments, which may give them away, are left out as well.

    >>> print(public_text("[[question]]\n[[question.part]]\nasks = 'y'\nanswer = 'W x' # easy\npoints = 1.5"))
    [[question]]
    <BLANKLINE>
    [[question.part]]
    asks = 'y'
    points = 1.5
    <BLANKLINE>
    """
    table = tomllib.loads(text, parse_float=Decimal)
    return "\n".join(_lines(table, ())).lstrip("\n") + "\n"


def _lines(table: Mapping[str, object], path: tuple[str, ...]) -> Iterator[str]:
    """The lines of a table: first its values, then the tables in it."""
    inner: list[tuple[str, object]] = []
    for key, value in table.items():
        if path[-1:] == ("part",) and key not in SHOWN:
            continue
        if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(each, Mapping) for each in value)):
            inner.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner:
        name = ".".join(map(_key, (*path, key)))
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]", *_lines(value, (*path, key)))
        elif isinstance(value, list):
            for each in value:
                yield from ("", f"[[{name}]]", *_lines(each, (*path, key)))


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return str(value)


def _text(text: str) -> str:
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
