"""Reading a write-up: a text and a context in, its steps out, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from verify.language import Location
from verify.read.again import Begins, WriteUp, told_nothing
from verify.read.chains import ChainReader
from verify.read.context import Context
from verify.read.document import Display, form_of, layout
from verify.read.errors import ReadError
from verify.read.macros import expand
from verify.read.notebook import notebook
from verify.read.passage import display_steps
from verify.read.source import Source, Span
from verify.read.step import Document, Step

LONGEST_TEXT = 10_000_000

NO_TEXT = re.compile("[\0\ud800-\udfff]")
# A formula between signs of its own; two backslashes before a bracket end a row.
DELIMITED = re.compile(r"\$|(?<!\\)\\[\[(]|<script")
TEXT = re.compile(r"\\(?:text|textrm|textbf|textit|mbox|tag\*?)\s*\{[^{}]*\}")
RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|neq?|in|to|equiv|approx|Rightarrow|implies)(?![A-Za-z])")


def read(
    text: str,
    path: str = "",
    context: Context | None = None,
    macros: str = "",
    begins: Begins = told_nothing,
) -> Document:
    r"""The steps of a write-up: Markdown, plain text, TeX or a notebook, as the end of its name says.

    ``macros`` is a text that defines macros which are used here; ``begins`` is told of each display before it is read,
    so that whoever waits knows at which one reading ended, if it did. Raises :class:`ReadError` for a text that cannot
    be one: a NUL character, half of a surrogate pair, more than ten million characters, or a notebook that is none.
    Whatever cannot be read in it is a step that says so.

    >>> document = read("$$f(x) = e^{-x}$$ so $$f(0) = 1 = $$")
    >>> [type(step.meaning).__name__ for step in document.steps]
    ['Stated', 'Link', 'Unreadable']
    >>> read("a\0", "hw.md")
    Traceback (most recent call last):
    verify.read.errors.ReadError: hw.md:1:2: a NUL character: this is no text...
    """
    refuse_no_text(Source(path, text))
    source = notebook(text, path) if path.lower().endswith(".ipynb") else Source(path, text)
    refuse_no_text(source)
    context = context or Context()
    found = layout(source, form_of(path, text), macros)
    writeup = WriteUp(found, begins)
    return Document(path, len(found.displays), found.inline, tuple(writeup.steps(context)), writeup.again)


def read_chain(latex: str, context: Context | None = None) -> Document:
    r"""The steps of one formula, as it would stand in a display; the signs around it may be there or not.

    Raises :class:`ReadError` for what is no text, as :func:`read` does.

    >>> [step.right for step in read_chain(r"$$ 1 + 1 = 2 = \frac{4}{2} $$").steps]
    ['2', '\\frac{4}{2}']
    """
    refuse_no_text(Source("", latex))
    if DELIMITED.search(TEXT.sub("", latex)) and _is_document(latex):
        return read(latex, "", context)
    expanded = expand(latex)
    source = Source("", expanded.text, latex, expanded.origins)
    refused = next(iter(expanded.refused.items()), None)
    whole = Display(Span(0, len(source.text)), 0, True, (), refused=refused)

    def steps(known: Context, _: Collection[Location] = ()) -> Sequence[Step]:
        return display_steps(ChainReader(source, known.general), whole)

    return Document("", 1, 0, tuple(steps(context or Context())), steps)


def _is_document(latex: str) -> bool:
    """Whether formulas stand between signs of their own in a text, and no relation outside of them."""
    found = layout(Source("", latex))
    return bool(found.displays) and RELATION.search(found.prose) is None


def decode(data: bytes, path: str = "") -> str:
    r"""The text in bytes of UTF-8.

    Raises :class:`ReadError` at the first byte that is none.

    >>> decode(b"a\xff", "hw.md")
    Traceback (most recent call last):
    verify.read.errors.ReadError: hw.md:1:2: this is not UTF-8: byte 0xff...
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        says = f"this is not UTF-8: byte {data[error.start]:#04x}"
        raise ReadError(says, len(before), source=Source(path, before)) from error


def refuse_no_text(source: Source) -> None:
    """Raise :class:`ReadError` for what cannot be a text."""
    if len(source.text) > LONGEST_TEXT:
        raise ReadError(f"a text of more than {LONGEST_TEXT} characters", 0, source=source)
    bad = NO_TEXT.search(source.text)
    if bad is not None:
        what = "a NUL character" if bad.group() == "\0" else "half of a surrogate pair"
        before = Source(source.path, source.text[: bad.start()])
        raise ReadError(f"{what}: this is no text", bad.start(), source=before)
