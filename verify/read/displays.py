r"""Where formulas stand: ``$$ … $$``, ``\[ … \]``, environments, and those within lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.read.source import Span

LONGEST_INLINE = 2000

ENVIRONMENTS = (
    *("equation", "align", "gather", "multline", "eqnarray", "flalign", "alignat", "displaymath", "dmath"),
    *("math", "aligned", "split", "gathered"),
)
_NAMES = "|".join(ENVIRONMENTS)
MARK = re.compile(rf"\\\\?[\[(]|\\begin\s*\{{(?P<name>(?:{_NAMES})\*?)\}}|\\[\s\S]|\$\$?")
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
CLOSE = re.compile(r"\\(?:begin|end)\s*\{|\\[\s\S]|\$\$?|\n[ \t\r]*\n")
WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}\b")
FUNCTIONS = frozenset({"softmax", "sigmoid", "tanh", "diag", "sign", "relu", "ReLU", "loss", "cosh", "sinh"})
TEXT = re.compile(r"\\(?:text|mbox|textrm|textit|textbf|operatorname|mathrm|tag|label)\*?\s*\{[^{}]*\}|\\[A-Za-z]+")
SIGNS = re.compile(r"[\\=<>^_]")


@dataclass(frozen=True)
class Found:
    """A formula: its content, where its sign of opening stands, where all of it ends, whether it is closed.

    ``inline`` says that it stands within a line; ``opening`` is its sign, ``closing`` the one that closes it.
    """

    content: Span
    start: int
    end: int
    closed: bool
    inline: bool
    opening: str
    closing: str


def formulas(text: str, *, tex: bool = False) -> Iterator[Found]:
    r"""The formulas of a text from which code and comments are blanked out.

    >>> [(each.opening, each.inline) for each in formulas(r"\[a = b\] costs $5, not $6, for $c$")]
    [('\\[', False), ('$', True)]
    """
    finder = _Finder(text, tex=tex)
    position = 0
    while (mark := MARK.search(text, position)) is not None:
        found = finder.at(mark)
        if found is None:
            position = mark.end()
        else:
            yield found
            position = max(found.end, mark.end())


class _Finder:
    def __init__(self, text: str, *, tex: bool) -> None:
        self.text, self.tex = text, tex
        self.absent: set[str] = set()

    def at(self, mark: re.Match[str]) -> Found | None:
        """The formula that a sign opens, if it opens one."""
        sign = mark.group()
        if sign == "$$":
            return self._dollars(mark.start())
        if sign == "$":
            return self._dollar(mark.start())
        if mark["name"]:
            return self._environment(mark)
        if sign[-1] in "[(" and (len(sign) == 2 or not self.tex):
            return self._bracket(mark)
        return None

    def _dollars(self, start: int) -> Found:
        """``$$ … $$``; without an end it goes up to an empty line, since prose follows there."""
        content, depth = start + 2, 0
        gap: int | None = None
        for match in CLOSE.finditer(self.text, content):
            sign, at = match.group(), match.start()
            if sign == "$$":
                if gap is not None and _is_prose(self.text[gap:at], 1):
                    break
                return Found(Span(content, at), start, at + 2, True, False, "$$", "$$")
            if sign == "$" and gap is not None:
                break
            if sign.startswith("\n") and gap is None and depth <= 0:
                gap = at
            depth += sign.startswith("\\begin") - sign.startswith("\\end")
        end = len(self.text) if gap is None else gap
        return Found(Span(content, end), start, end, False, False, "$$", "$$")

    def _dollar(self, start: int) -> Found | None:
        """``$ … $``; dollars of sums of money enclose no formula."""
        content = start + 1
        for match in CLOSE.finditer(self.text, content, min(len(self.text), start + LONGEST_INLINE)):
            sign, at = match.group(), match.start()
            if sign.startswith("\\"):
                continue
            if sign.startswith("\n") or (sign == "$$" and self.text[at - 1].isspace()):
                return None
            inner = self.text[content:at]
            if not inner.strip() or (self.text[at + 1 : at + 2].isdigit() and not self.tex):
                return None
            spaced = inner[0].isspace() or inner[-1].isspace()
            if spaced and not self.tex and (SIGNS.search(inner) is None or _is_prose(inner, 2)):
                return None
            return Found(Span(content, at), start, at + 1, True, True, "$", "$")
        return None

    def _bracket(self, mark: re.Match[str]) -> Found | None:
        r"""``\[ … \]`` and ``\( … \)``; in Markdown their backslashes may be doubled."""
        opening = mark.group()
        closing = opening[:-1] + ("]" if opening[-1] == "[" else ")")
        inline = opening[-1] == "("
        return self._closed(mark, opening, closing, inline=inline, must=inline or len(opening) == 3)

    def _environment(self, mark: re.Match[str]) -> Found | None:
        closing = rf"\end{{{mark['name']}}}"
        found = self._closed(mark, mark.group(), closing, inline=mark["name"] == "math", must=False)
        assert found is not None
        end = found.end
        return Found(Span(mark.start(), end), mark.start(), end, found.closed, found.inline, found.opening, closing)

    def _closed(self, mark: re.Match[str], opening: str, closing: str, *, inline: bool, must: bool) -> Found | None:
        start, content = mark.span()
        at = -1 if closing in self.absent else self.text.find(closing, content)
        if at < 0:
            self.absent.add(closing)
        if at < 0 or self.text.find(opening, content, at) >= 0 or (must and at - content > LONGEST_INLINE):
            if must:
                return None
            gap = EMPTY_LINE.search(self.text, content)
            end = len(self.text) if gap is None else gap.start()
            return Found(Span(content, end), start, end, False, inline, opening, closing)
        return Found(Span(content, at), start, at + len(closing), True, inline, opening, closing)


def _is_prose(piece: str, many: int) -> bool:
    """Whether so many words stand in a text, outside of those that belong to a formula."""
    words = WORD.findall(TEXT.sub(" ", piece))
    return sum(word not in FUNCTIONS for word in words) >= many
