"""Documents of any kind and size: steps with places in them, or a ReadError, in bounded time."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language import Unreadable
from verify.read import Document, ReadError, decode, judge, read, read_context

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
CONTEXT = read_context('[names]\na = "scalar"\nb = "scalar"\nx = "n"')

_PIECES = (
    r"$ $$ \[ \] \( \) \\[ \\] \begin{align} \end{align} \begin{document} \end{document} \begin{verbatim} "
    r"\end{verbatim} "
    r"\newcommand{\p}[1]{(#1)} \newcommand{\p} \def\q#1{#1#1} \def\q{\q\q} \p{a} \q \let\r\q \section{A} \item[(a)] "
    r"# ## ** `` ` ``` ```math ~~~ <!-- --> <pre> </pre> <script> </script> (a) Q1.5 % & \\ = a = b a x_i i=k i\ne{}k "
    r"if for when unless Case 1: where and . , : ; $a=b$ $$a=b$$ $i=k$ {"
)
PIECES = [*_PIECES.split(), '<script type="math/tex">', "\n", "\n\n", "- ", " "]
SETTINGS = settings(max_examples=200, derandomize=True, deadline=None, database=None)
SECONDS = 5.0


def checked(text: str, path: str) -> Document:
    """Read a text: each display has a step, each step a place in what was written."""
    started = time.process_time()
    document = read(text, path, CONTEXT)
    assert time.process_time() - started < SECONDS
    assert len(document.steps) >= document.displays
    lines = text.split("\n")
    for step in document.steps:
        assert 1 <= step.at.line <= len(lines)
        assert 1 <= step.at.column <= len(lines[step.at.line - 1]) + 1
        if isinstance(step.meaning, Unreadable):
            assert step.meaning.source in ("", lines[step.meaning.line - 1].rstrip("\r"))
    return document


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([" ", ""]), st.sampled_from(["hw.md", "hw.tex"]))
def test_random_pieces(pieces: list[str], between: str, path: str) -> None:
    checked(between.join(pieces), path)


@SETTINGS
@given(st.binary(max_size=200), st.sampled_from(["hw.md", "hw.tex", "hw.ipynb"]))
def test_random_bytes(data: bytes, path: str) -> None:
    try:
        checked(decode(data, path), path)
    except ReadError as error:
        refused = error.source
    else:
        return
    assert refused is not None


@SETTINGS
@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)))
def test_random_cells(cells: object) -> None:
    for text in (json.dumps({"cells": cells}), json.dumps({"cells": [{"cell_type": "markdown", "source": cells}]})):
        try:
            read(text, "hw.ipynb")
        except ReadError:
            continue


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_truncations(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".md", ".tex"):
        for end in range(0, len(text), max(1, len(text) // 40)):
            checked(text[:end], path.name)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("$$1 = 1$$\n\n" * 5_000, 5_000),
        ("if $a = b$ then " * 3_000, 3_000),
        ("# A\n\n" * 50_000 + "$$1 = 1$$", 1),
        ("prose and more of it " * 200_000, 0),
        ("$$" + "a + " * 1_000_000 + "a$$", 1),
        ("x" * 9_999_000, 0),
        (r"\newcommand{\a}{b} $\a = b$ " * 2_000, 2_000),
        ("$$" + "{" * 200_000 + "$$", 1),
        ("$$" + r"\frac{" * 3_000 + "$$", 1),
        ("$$9^{9^{9^{9^9}}} = 1$$", 1),
        ("$$" + r"\begin{aligned}" * 3_000 + "$$", 1),
        ("(a) " * 10_000 + "$$1 = 1$$", 1),
        ("If $a = b$, " + "and $a = b$ " * 1_000, 1_001),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_large_and_deep(text: str, steps: int) -> None:
    started = time.process_time()
    for path in ("hw.md", "hw.tex"):
        assert len(read(text, path).steps) == steps
    assert time.process_time() - started < 40


def test_a_tower_of_powers_is_decided_or_not_but_does_not_hang() -> None:
    started = time.process_time()
    judge(read("$$9^{9^{9^9}} = 1$$ $$a^{9^9} = a^{9^{9^9}}$$", "hw.md", CONTEXT))
    assert time.process_time() - started < 20


@pytest.mark.parametrize("evil", ["__import__('os')", "$(ls)", "<script>alert(1)</script>", r"\write18{ls}", "\x1b[2J"])
def test_headings_and_questions_are_text(evil: str) -> None:
    steps = read(f"# {evil}\n\n$$1 = 1$$", "hw.md").steps
    assert len(steps) == 1
    assert steps[0].question is not None
