"""Headings of a write-up, and the lines that number a question: they choose what the names mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADING_LENGTH = 200
QUESTION_LEVEL, PART_LEVEL, ANSWER_LEVEL = 7, 8, 9

NUMBERED = r"(?:Q(?:uestion)?\.?|Problem|Exercise|Task|Part)\s*\d+(?:\.\d+)*\s*(?:\(?[a-z]\)|[a-z]\b\)?)?"
HASHES = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
QUESTION = re.compile(rf"\s*(\*\*|__)?\s*({NUMBERED})\s*[:.)]?\s*(\*\*|__)?\s*[:.]?\s*", re.IGNORECASE)
TITLED = re.compile(
    rf"\s*(\*\*|__)?\s*({NUMBERED}[\s:.)–-]*(?:\*\*|__)?[\s:.–-]+[^.$]{{1,60}})(\*\*|__)?\s*", re.IGNORECASE
)
PART = re.compile(r"\s*(\*\*|__)?\s*(\(?\d*[a-z]\))\s*(\*\*|__)?\s*")
BOLD = re.compile(r"\s*(\*\*|__)([^*_$]{1,80})(\*\*|__)\s*:?\s*")
UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*")
# At the start of a paragraph, with text after it.
EXAMPLE = re.compile(
    rf"(?:[-*+>]\s+|\d+\.\s+)*(?:\*\*|__)?\s*((?:{NUMBERED}|Example\s+\d+(?:\.\d+)*))\s*(?:\*\*|__)?\s*[.:](?=\s|[*_]|$)",
    re.IGNORECASE,
)
LETTERED = re.compile(r"(?:[-*+>]\s+|\d+\.\s+)*(?:\*\*|__)?(\((?:\d*[a-h]|[ivx]{1,4})\))(?:\*\*|__)?\s+\S")
ANSWER = re.compile(r"(?:solution|answer|proof|hint|remark|note|derivation|step|case)\b.*", re.IGNORECASE)

TEX_LEVELS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
TEX_HEADING = re.compile(
    r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\[\]]*\])?\s*"
    r"\{((?:[^{}]|\{[^{}]*\})*)\}"
)
TEX_LINE = re.compile(
    r"\s*(?:\\noindent\s*)?\\(?:textbf|underline|question|problem|exercise)\*?\s*\{([^{}$]{1,80})\}\s*[:.]?\s*"
)
TEX_ITEM = re.compile(r"\s*\\item\s*\[\s*([^\[\]$]{1,60}?)\s*\]")
TEX_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*|[{}~]")


@dataclass(frozen=True)
class Heading:
    """A heading, or a line that numbers a question."""

    offset: int
    level: int
    text: str


def headings(prose: str, text: str = "", *, tex: bool = False) -> list[Heading]:
    r"""The headings of a text in which formulas are blanked out; ``text`` is the same with them.

    >>> [each.text for each in headings("# Softmax\n\n(a) Show that it is invariant.")]
    ['Softmax', '(a)']
    >>> [each.text for each in headings(r"\section*{Softmax}\label{one}", tex=True)]
    ['Softmax']
    """
    found: list[Heading] = []
    offset = 0
    raw = prose.split("\n")
    lines = [line.rstrip("\r") for line in raw]
    for number, line in enumerate(lines):
        if line and not line.isspace():
            after = lines[number + 1] if number + 1 < len(lines) else ""
            before = lines[number - 1] if number else ""
            heading = _heading(line, before, after, tex=tex)
            if heading is not None:
                level, words = heading
                if "\0" in words and text:
                    start = offset + line.index(words)
                    words = text[start : start + len(words)]
                words = TEX_COMMAND.sub(" ", words) if tex else words.replace("**", "").replace("__", "")
                found.append(Heading(offset, level, " ".join(words.split())[:HEADING_LENGTH]))
        offset += len(raw[number]) + 1
    return found


def _heading(line: str, before: str, after: str, *, tex: bool) -> tuple[int, str] | None:
    if tex and (found := _tex_heading(line)) is not None:
        return found
    short = len(line) <= HEADING_LENGTH
    if short and (found := _whole_line(line, after, tex=tex)) is not None:
        return found
    if before.strip() and not before.lstrip().startswith(("#", "\\section", "\\begin")):
        return None
    if match := EXAMPLE.match(line):
        return QUESTION_LEVEL, match[1]
    if match := LETTERED.match(line):
        return PART_LEVEL, match[1]
    return None


def _whole_line(line: str, after: str, *, tex: bool) -> tuple[int, str] | None:
    """A line that is a heading as a whole."""
    if not tex and (match := HASHES.fullmatch(line)):
        return len(match[1]), match[2]
    if match := QUESTION.fullmatch(line):
        return QUESTION_LEVEL, match[2]
    if match := PART.fullmatch(line):
        return PART_LEVEL, match[2]
    if not after.strip() and (match := TITLED.fullmatch(line)):
        return QUESTION_LEVEL, match[2]
    if match := BOLD.fullmatch(line):
        return _bold(match[2])
    if tex or not line.strip() or line.startswith(("-", "*", "|", ">", "\0")):
        return None
    match = UNDERLINE.fullmatch(after)
    return None if match is None else ((1 if match[1].startswith("=") else 2), line.strip())


def _bold(text: str) -> tuple[int, str]:
    """A line in bold: the name of a part of an answer stands below the question that is answered."""
    if PART.fullmatch(text):
        return PART_LEVEL, text
    return (ANSWER_LEVEL if ANSWER.fullmatch(text.strip()) else QUESTION_LEVEL), text


def _tex_heading(line: str) -> tuple[int, str] | None:
    if match := TEX_HEADING.search(line):
        return TEX_LEVELS[match[1]], match[2]
    if match := TEX_LINE.fullmatch(line):
        return _bold(match[1])
    if match := TEX_ITEM.match(line):
        return PART_LEVEL, match[1]
    return None


def paths(found: Sequence[Heading]) -> list[tuple[str, ...]]:
    """For each heading, the headings above it and itself."""
    all_paths: list[tuple[str, ...]] = []
    above: list[Heading] = []
    for heading in found:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        all_paths.append(tuple(each.text for each in above))
    return all_paths
