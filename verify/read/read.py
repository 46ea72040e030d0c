"""Reading a write-up: a text and a context in, its steps out, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from verify.read.chains import ChainReader
from verify.read.context import Context
from verify.read.document import Display, layout
from verify.read.errors import ReadError
from verify.read.setting import Setting
from verify.read.source import Source
from verify.read.step import Document

LONGEST_TEXT = 10_000_000

BEGINS_WITH_RELATION = re.compile(
    r"(?:\s|&|\\begin\{[a-z]+\*?\}|\\(?:quad|qquad|,|;|!))*(?:[=<>]|\\(?:leq?|geq?|leqslant|geqslant|in)(?![A-Za-z]))"
)
NUMBERED = re.compile(r"(?:Q(?:uestion)?\.?|Problem|Exercise|Task)\s*(\d.*)", re.IGNORECASE)


def read(text: str, path: str = "", context: Context | None = None) -> Document:
    r"""The steps of a write-up in Markdown or plain text.

    Raises :class:`ReadError` for a text that cannot be one: a NUL character, half of a surrogate pair,
    or more than ten million characters. Whatever cannot be read in it is a step that says so.

    >>> document = read("$$f(x) = e^{-x}$$ so $$f(0) = 1 = $$")
    >>> [type(step.meaning).__name__ for step in document.steps]
    ['Stated', 'Link', 'Unreadable']
    >>> read("a\0", "hw.md")
    Traceback (most recent call last):
    verify.read.errors.ReadError: hw.md:1:2: a NUL character: this is no text...
    """
    source = Source(path, text)
    _refuse_no_text(source)
    context = context or Context()
    found = layout(source)
    reader = ChainReader(source, context.general)
    settings = _Settings(context, found.prose, [heading.offset for heading in found.headings])
    steps = []
    for number, display in enumerate(found.displays):
        setting, begun = settings.at(display)
        question = setting.question or _question(display.headings)
        reader.enter(setting, (*display.headings, begun), question)
        after = found.displays[number + 1] if number + 1 < len(found.displays) else None
        goes_on = after is not None and BEGINS_WITH_RELATION.match(text, after.content.start) is not None
        steps += reader.display(display, goes_on=goes_on)
    return Document(path, len(found.displays), found.inline, tuple(steps))


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


def _refuse_no_text(source: Source) -> None:
    if len(source.text) > LONGEST_TEXT:
        raise ReadError(f"a text of more than {LONGEST_TEXT} characters", 0, source=source)
    bad = re.search("[\0\ud800-\udfff]", source.text)
    if bad is not None:
        what = "a NUL character" if bad.group() == "\0" else "half of a surrogate pair"
        before = Source(source.path, source.text[: bad.start()])
        raise ReadError(f"{what}: this is no text", bad.start(), source=before)


class _Settings:
    """Which question a display belongs to: by its headings, or by a line of text that begins one."""

    def __init__(self, context: Context, prose: str, headings: Sequence[int]) -> None:
        self.context = context
        self.headings = headings
        self.by_path: dict[tuple[str, ...], Setting] = {}
        self.begun: list[tuple[int, Setting]] = []
        if any(question.begins is not None for question in context.questions):
            offset = 0
            for line in prose.split("\n"):
                setting = context.beginning_at(line)
                if setting is not None:
                    self.begun.append((offset, setting))
                offset += len(line) + 1
        self.offsets = [offset for offset, _ in self.begun]

    def at(self, display: Display) -> tuple[Setting, str]:
        """The setting of a display, and a mark of the line that begins it."""
        last = bisect_right(self.offsets, display.start) - 1
        heading = bisect_right(self.headings, display.start) - 1
        if last >= 0 and (heading < 0 or self.headings[heading] <= self.offsets[last]):
            return self.begun[last][1], str(self.offsets[last])
        if display.headings not in self.by_path:
            self.by_path[display.headings] = self.context.for_question(display.headings)
        return self.by_path[display.headings], ""


def _question(headings: Sequence[str]) -> str | None:
    """The number of the innermost question, or else the innermost heading."""
    for heading in reversed(headings):
        match = NUMBERED.match(heading)
        if match:
            return match[1]
    return headings[-1] if headings else None
