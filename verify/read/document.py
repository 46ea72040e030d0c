r"""Write-ups as text: where the displays ``$$ … $$`` stand, and under which headings.

Code and comments are no mathematics. What is found keeps its exact place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from verify.read.source import Source, Span

HEADING_LENGTH = 200
QUESTION_LEVEL = 7
PART_LEVEL = 8

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,500})(?<!`)\1(?!`)")
DOLLARS = re.compile(r"\\[\s\S]|\$\$?|\n[ \t\r]*\n")
ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{")

NUMBERED = r"(?:Q(?:uestion)?\.?|Problem|Exercise|Task|Part)\s*\d+(?:\.\d+)*\s*(?:\(?[a-z]\)|[a-z]\b\)?)?"
HASHES = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
QUESTION = re.compile(rf"\s*(\*\*|__)?\s*({NUMBERED})\s*[:.)]?\s*(\*\*|__)?\s*[:.]?\s*", re.IGNORECASE)
TITLED = re.compile(
    rf"\s*(\*\*|__)?\s*({NUMBERED}[\s:.)–-]*(?:\*\*|__)?[\s:.–-]+[^.$]{{1,60}})(\*\*|__)?\s*", re.IGNORECASE
)
PART = re.compile(r"\s*(\*\*|__)?\s*(\(?\d*[a-z]\))\s*(\*\*|__)?\s*")
BOLD = re.compile(r"\s*(\*\*|__)([^*_$]{1,80})(\*\*|__)\s*:?\s*")
UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*")


@dataclass(frozen=True)
class Display:
    """A formula on lines of its own: its content, where its dollars begin, whether they are closed, its headings."""

    content: Span
    start: int
    closed: bool
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading, or a line that numbers a question."""

    offset: int
    level: int
    text: str


@dataclass(frozen=True)
class Layout:
    """A text with its displays, the number of its formulas within lines, and its lines of prose."""

    displays: tuple[Display, ...]
    inline: int
    headings: tuple[Heading, ...]
    prose: str


def layout(source: Source) -> Layout:
    r"""Find the displays and the headings of a text.

    >>> found = layout(Source("hw.md", "# Homework\nQ1.5\n\n$$a = b$$ and `$$c$$`, for $a > 0$"))
    >>> found.displays[0].headings, len(found.displays), found.inline
    (('Homework', 'Q1.5'), 1, 1)
    """
    text = _masked(source.text)
    spans, inline = _dollars(text)
    prose = _without(text, spans)
    headings = _headings(prose)
    offsets = [heading.offset for heading in headings]
    paths = _paths(headings)
    displays = []
    for span, start, closed in spans:
        above = bisect_right(offsets, start) - 1
        displays.append(Display(span, start, closed, paths[above] if above >= 0 else ()))
    return Layout(tuple(displays), inline, tuple(headings), prose)


def _masked(text: str) -> str:
    """The text with code and comments blanked out, every other character in its place."""
    lines = text.split("\n")
    fence: str | None = None
    for number, line in enumerate(lines):
        match = FENCE.fullmatch(line.rstrip("\r"))
        if fence is None and match and "`" not in match[2]:
            fence = match[1]
        elif fence is not None and match and match[1].startswith(fence) and not match[2].strip():
            fence = None
        elif fence is None:
            continue
        lines[number] = " " * len(line)
    text = COMMENT.sub(_blank, "\n".join(lines)) if "<!--" in text else "\n".join(lines)
    return CODE.sub(_blank, text) if "`" in text else text


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in match.group())


Found = list[tuple[Span, int, bool]]


def _dollars(text: str) -> tuple[Found, int]:
    """The displays, and how many formulas there are within lines."""
    displays: Found = []
    inline = 0
    opened: int | None = None
    display = False
    for match in DOLLARS.finditer(text):
        sign, start = match.group(), match.start()
        if sign.startswith("\\"):
            continue
        if opened is None:
            if sign.startswith("$"):
                opened, display = start, sign == "$$"
        elif display:
            closes = sign == "$$"
            if closes or (sign.startswith("\n") and not _in_environment(text, opened, start)):
                displays.append((Span(opened + 2, start), opened, closes))
                opened = None
        elif sign.startswith("\n"):
            opened = None
        elif sign == "$$" and text[start - 1].isspace():
            opened, display = start, True
        elif _closes(text, opened, start):
            inline += 1
            opened = start + 1 if sign == "$$" else None
        else:
            opened = start
    if opened is not None and display:
        displays.append((Span(opened + 2, len(text)), opened, False))
    return displays, inline


def _in_environment(text: str, start: int, end: int) -> bool:
    return sum(1 if match[1] == "begin" else -1 for match in ENVIRONMENT.finditer(text, start, end)) > 0


def _closes(text: str, start: int, end: int) -> bool:
    """Whether two dollars enclose a formula; those of sums of money do not."""
    after = text[end + 1 : end + 2]
    return end > start + 1 and not text[start + 1].isspace() and not text[end - 1].isspace() and not after.isdigit()


def _without(text: str, displays: Found) -> str:
    pieces: list[str] = []
    position = 0
    for span, start, closed in displays:
        end = span.end + 2 if closed else span.end
        pieces += [text[position:start], "".join("\n" if each == "\n" else "\0" for each in text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _headings(prose: str) -> list[Heading]:
    found: list[Heading] = []
    offset = 0
    lines = [line.rstrip("\r") for line in prose.split("\n")]
    raw = prose.split("\n")
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        heading = _heading(line, after) if line and len(line) <= HEADING_LENGTH else None
        if heading is not None:
            level, text = heading
            found.append(Heading(offset, level, " ".join(text.replace("**", "").replace("__", "").split())))
        offset += len(raw[number]) + 1
    return found


def _heading(line: str, after: str) -> tuple[int, str] | None:
    if match := HASHES.fullmatch(line):
        return len(match[1]), match[2]
    if match := QUESTION.fullmatch(line):
        return QUESTION_LEVEL, match[2]
    if match := PART.fullmatch(line):
        return PART_LEVEL, match[2]
    if not after.strip() and (match := TITLED.fullmatch(line)):
        return QUESTION_LEVEL, match[2]
    if match := BOLD.fullmatch(line):
        return QUESTION_LEVEL, match[2]
    if line.strip() and not line.startswith(("-", "*", "|", ">", "\0")) and (match := UNDERLINE.fullmatch(after)):
        return (1 if match[1].startswith("=") else 2), line.strip()
    return None


def _paths(headings: list[Heading]) -> list[tuple[str, ...]]:
    """For each heading, the headings above it and itself."""
    paths: list[tuple[str, ...]] = []
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        paths.append(tuple(each.text for each in above))
    return paths
