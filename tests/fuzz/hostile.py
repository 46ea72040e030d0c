"""Hostile files: random bytes, broken archives and notebooks, contexts that are none, nesting without end."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from random import Random
from typing import Any

from tests.read.test_fuzz import PIECES
from verify.grade.archive import ArchiveError, members
from verify.grade.assignment import read_assignment
from verify.read import AssignmentError, ReadError, decode, read, read_context

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
FILES = sorted(each for each in EXAMPLES.rglob("*.*") if each.suffix in (".md", ".tex", ".ipynb", ".toml"))
SIGNS = (
    "\x00",
    "\ufeff",
    "\u202e",
    "\x1b[2J",
    "'" * 3,
    '"',
    "[",
    "]",
    "{",
    "}",
    "=",
    "\r",
    "\n",
    "$$",
    "\\",
    "../",
    "é",
)
MOST = 60_000


def write_up(random: Random) -> str:
    """A file of the examples, altered, or bytes: it is read, or refused as what nobody can read."""
    path, data = random.choice(("hw.md", "hw.tex", "hw.ipynb")), _bytes(random)
    try:
        read(decode(data, path), path)
    except ReadError:
        return "refused"
    return "read"


def notebook(random: Random) -> str:
    """JSON of random shape, in the place of a notebook."""
    try:
        read(json.dumps({"cells": [_json(random, 4) for _ in range(random.randint(0, 4))]}), "hw.ipynb")
    except ReadError:
        return "refused"
    return "read"


def table(random: Random) -> str:
    """A context or an assignment, altered."""
    text = _altered(random.choice([each for each in FILES if each.suffix == ".toml"]).read_text("utf-8"), random)
    reader = read_context if random.random() < 0.5 else read_assignment
    try:
        reader(text)
    except AssignmentError:
        return "refused"
    return "read"


def archive(random: Random) -> str:
    """A zip file with members of any name, and then some of its bytes altered."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as made:
        for number in range(random.randint(0, 4)):
            made.writestr(f"{random.choice(SIGNS[5:])}{number}.md", _bytes(random)[:2000])
    data = bytearray(held.getvalue())
    for _ in range(random.randint(0, 6)):
        data[random.randrange(len(data))] = random.randrange(256)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.zip"
        path.write_bytes(data[: random.randint(0, len(data))] if random.random() < 0.2 else data)
        try:
            for member in members(path):
                if member.refused is None:
                    member.data(MOST)
        except ArchiveError:
            return "refused"
    return "read"


def nested(random: Random) -> str:
    """A piece many times over, alone or between others."""
    piece, other = random.choice(PIECES), random.choice((*PIECES, "z", "{", "}"))
    text = (piece + random.choice(("", " ", other))) * random.randint(10, 600)
    document = read(f"$${text[:MOST]}$$", "hw.md")
    assert len(document.steps) >= document.displays
    return "read"


KINDS = (write_up, notebook, table, archive, nested)


def _bytes(random: Random) -> bytes:
    if random.random() < 0.2:
        return random.randbytes(random.randint(0, 400))
    data = bytearray(_altered(random.choice(FILES).read_text("utf-8"), random).encode("utf-8", "surrogatepass"))
    for _ in range(random.choice((0, 0, 1, 5)) if data else 0):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def _altered(text: str, random: Random) -> str:
    """Some pieces moved, doubled, cut off or put in."""
    for _ in range(random.randint(1, 6)):
        at, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + random.choice((0, 1, 5, 200)))
        put = random.choice(("", text[at:end] * 3, random.choice(SIGNS), random.choice(PIECES)))
        text = (text[:at] + put + text[end:])[:MOST]
    return text


def _json(random: Random, depth: int) -> Any:
    if depth == 0 or random.random() < 0.2:
        return random.choice((None, True, 1e308, -1, "markdown", "code", "$$x = x$$", ["$$x", "= x$$"], "\ud800"))
    if random.random() < 0.3:
        return [_json(random, depth - 1) for _ in range(random.randint(0, 3))]
    keys = ("cell_type", "source", "metadata", "text")
    return {random.choice(keys): _json(random, depth - 1) for _ in range(random.randint(1, 4))}
