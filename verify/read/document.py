r"""Write-ups: where their formulas stand, and under which headings, whatever kind of file they are.

What is found keeps its exact place in the text. A formula within a line counts if it holds a relation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from verify.read.displays import Found, formulas
from verify.read.errors import ReadError
from verify.read.headings import Heading, headings, paths
from verify.read.macro_calls import Macro
from verify.read.macros import NOTHING, Expanded, definitions, expand
from verify.read.masks import markdown_mask, tex_body, tex_mask
from verify.read.shape_lines import is_line_of_shapes
from verify.read.signs import is_relation, related
from verify.read.source import Source, Span
from verify.read.tokens import Kind, Token, tokenize

Form = Literal["markdown", "tex"]

TEX_BEGINS = re.compile(r"^[ \t]*\\(?:documentclass|begin\{document\})", re.MULTILINE)

BEGINS_WITH_RELATION = re.compile(
    r"(?:\s|&|\\begin\{[a-z]+\*?\}|\\(?:quad|qquad|,|;|!))*(?:[=<>]|\\(?:leq?|geq?|leqslant|geqslant|in)(?![A-Za-z]))"
)


@dataclass(frozen=True)
class Display:
    """A formula: its content, where its signs begin, whether they are closed, its headings.

    ``inline`` says that it stands within a line; ``refused`` why a macro in it cannot be expanded, and
    ``defines`` that nothing but definitions of macros stands in it.
    """

    content: Span
    start: int
    closed: bool
    headings: tuple[str, ...]
    inline: bool = False
    end: int = 0
    opening: str = "$$"
    closing: str = "$$"
    refused: tuple[int, str] | None = None
    defines: bool = False


@dataclass(frozen=True)
class Layout:
    """A text with its displays, how many formulas without a relation there are, its headings and lines of prose."""

    source: Source
    displays: tuple[Display, ...]
    inline: int
    headings: tuple[Heading, ...]
    prose: str


def form_of(path: str, text: str = "") -> Form:
    r"""How a text is written: by the end of its file's name, or because a document begins in it.

    >>> form_of("hw.tex"), form_of("-", r"\documentclass{article}"), form_of("hw.md")
    ('tex', 'tex', 'markdown')
    """
    named = path.lower().endswith((".tex", ".ltx", ".latex"))
    unnamed = "." not in path and TEX_BEGINS.search(text) is not None
    return "tex" if named or unnamed else "markdown"


def layout(source: Source, form: Form = "markdown", macros: str = "") -> Layout:
    r"""Find the displays and the headings of a text; ``macros`` is a text that defines macros.

    >>> found = layout(Source("hw.md", "# Homework\nQ1.5\n\n$$a = b$$ and `$$c$$`, for $a$"))
    >>> found.displays[0].headings, len(found.displays), found.inline
    (('Homework', 'Q1.5'), 1, 1)
    """
    expanded = _expanded(source, form, definitions(tex_mask(macros)) if macros else {})
    text = expanded.text
    source = Source(source.path, text, source.text, expanded.origins, source.cells)
    found = list(formulas(text, tex=form == "tex"))
    prose = _without(text, found)
    titles = headings(prose, text, tex=form == "tex")
    offsets, above = [heading.offset for heading in titles], [(), *paths(titles)]
    refused, defined = list(expanded.refused), expanded.defined
    displays = []
    lone = 0
    for number, each in enumerate(found):
        content = each.content
        bad = _first(refused, content)
        empty = (
            _first(defined, content) is not None and not text[content.start : content.end].replace(NOTHING, "").strip()
        )
        display = Display(
            content,
            each.start,
            each.closed,
            above[bisect_right(offsets, each.start)],
            *(each.inline, each.end, each.opening, each.closing),
            None if bad is None else (bad, expanded.refused[bad]),
            empty,
        )
        after = found[number + 1] if number + 1 < len(found) else None
        if _is_aside(text, each, after) and not display.defines:
            lone += 1
        else:
            displays.append(display)
    return Layout(source, tuple(displays), lone, tuple(titles), prose)


def _expanded(source: Source, form: Form, known: dict[str, Macro]) -> Expanded:
    """The text without what is no mathematics, and with its macros expanded."""
    if form == "tex":
        before, body = tex_body(tex_mask(source.text))
        return expand(body, {**known, **definitions(before)})
    starts = [start for start, _ in source.cells] or [0]
    ends = [*starts[1:], len(source.text)]
    masked = "".join(markdown_mask(source.text[start:end]) for start, end in zip(starts, ends, strict=True))
    return expand(masked, known)


def _first(offsets: Sequence[int], content: Span) -> int | None:
    """The first of some offsets that lies in a formula."""
    at = bisect_left(offsets, content.start)
    return offsets[at] if at < len(offsets) and offsets[at] <= content.end else None


def _is_aside(text: str, found: Found, after: Found | None) -> bool:
    """Whether a formula within a line says nothing: no relation stands in it, nor in what goes on right after it."""
    if not found.inline or not found.closed or _holds_relation(text, found.content):
        return False
    goes_on = after is not None and BEGINS_WITH_RELATION.match(text, after.content.start) is not None
    return after is None or not goes_on or bool(text[found.end : after.start].strip())


def _holds_relation(text: str, content: Span) -> bool:
    """Whether a relation stands in a formula, outside of brackets; what has no tokens may hold one.

    Where a brace is not closed, nothing tells what is in it.
    """
    try:
        tokens = tokenize(text, content.start, content.end)
    except ReadError:
        return True
    kinds = Counter(token.kind for token in tokens)
    return (
        related(tokens)
        or _is_line_of_shapes(text, content, tokens)
        or (kinds[Kind.OPEN] != kinds[Kind.CLOSE] and any(map(is_relation, tokens)))
    )


def _is_line_of_shapes(text: str, content: Span, tokens: list[Token]) -> bool:
    r"""Whether shapes alone stand on a line of their own: ``$k \times d \quad d \times 1$``."""
    start = text.rfind("\n", 0, content.start) + 1
    end = text.find("\n", content.end)
    around = text[start : content.start] + text[content.end : len(text) if end < 0 else end]
    return not around.strip(" $\\()*") and is_line_of_shapes(tokens)


def _without(text: str, found: list[Found]) -> str:
    """The text with its formulas blanked out, so that they begin no heading."""
    pieces: list[str] = []
    position = 0
    for each in found:
        pieces += [text[position : each.start], _nulls(text[each.start : each.end])]
        position = each.end
    return "".join([*pieces, text[position:]])


def _nulls(piece: str) -> str:
    if "\n" not in piece:
        return "\0" * len(piece)
    return "".join("\n" if character == "\n" else "\0" for character in piece)
