r"""Macros: ``\newcommand``, ``\renewcommand``, ``\def``, ``\DeclareMathOperator``, expanded where they are called.

A macro is known from its definition on. What one call grows to is bounded, and so is what all calls grow to: a macro
that doubles itself is refused where it is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verify.read.macro_calls import COMMAND, DEFAULT, LONGEST_GROWTH, Calls, Macro, TooMuch
from verify.read.source import Origins

NAME = r"\\(?:[A-Za-z@]+|[^A-Za-z\s])"
DEFINES = re.compile(
    r"\\(?P<how>newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|gdef|edef|xdef|def|let)"
    r"(?![A-Za-z@])\*?"
)
BRACED_NAME = re.compile(rf"\s*(?:\{{\s*({NAME})\s*\}}|({NAME}))\s*")
COUNT = re.compile(r"\s*\[\s*(\d)\s*\]\s*")
PARAMETERS = re.compile(r"\s*((?:#\d)*)\s*(?=\{)")
EQUALS = re.compile(r"\s*=?\s*")


# What stays in the place of a definition: a space that is seen by nobody, so that $…$ does not become $$.
NOTHING = r"\!"
# Commands of LaTeX that are read as what they stand for; text between the rows of a display is a row of text.
BETWEEN = Macro(r"\\ \text{#1} \\ ", 1, final=True)
USUAL = {
    r"\ensuremath": Macro("#1", 1),
    r"\xspace": Macro(""),
    r"\intertext": BETWEEN,
    r"\shortintertext": BETWEEN,
}
USED = re.compile(r"\\(?:ensuremath|xspace|(?:short)?intertext)(?![A-Za-z@])")


@dataclass
class Expanded:
    """A text with its macros expanded, where its pieces come from, and the calls that are refused, with reasons."""

    text: str
    origins: Origins | None
    refused: dict[int, str] = field(default_factory=dict)
    defined: tuple[int, ...] = ()


def definitions(text: str) -> dict[str, Macro]:
    r"""The macros that a text defines, such as the preamble of an article.

    >>> definitions(r"\newcommand{\R}{\mathbb{R}} \def\d#1{\partial #1}")
    {'\\R': Macro(body='\\mathbb{R}', ...), '\\d': Macro(body='\\partial #1', arguments=1, ...)}
    """
    expander = _Expander(text, {})
    expander.run()
    return expander.macros


def expand(text: str, known: dict[str, Macro] | None = None) -> Expanded:
    r"""The text with its macros expanded, a space in the place of each definition.

    >>> expand(r"\newcommand{\half}[1]{\frac{#1}{2}} \half{x} + \half y").text
    '\\! \\frac{x}{2} + \\frac{y}{2}'
    >>> expand(r"\def\a{\a\a} \a").refused
    {3: '\\a stands for more than can be written out'}
    """
    if not known and DEFINES.search(text) is None and USED.search(text) is None:
        return Expanded(text, None)
    return _Expander(text, {**USUAL, **(known or {})}).run()


class _Expander:
    def __init__(self, text: str, macros: dict[str, Macro]) -> None:
        self.text = text
        self.macros = macros
        self.pieces: list[str] = []
        self.origins: list[tuple[int, int, bool]] = []
        self.calls = Calls(macros)
        self.length = self.growth = 0
        self.broken: set[str] = set()
        self.refused: dict[int, str] = {}
        self.defined: list[int] = []

    def run(self) -> Expanded:
        position = copied = 0
        while (match := COMMAND.search(self.text, position)) is not None:
            command, start, position = match.group(), match.start(), match.end()
            if (end := self._definition(start)) is not None:
                self._add(self.text[copied:start], copied, copied=True)
                self.defined.append(self.length)
                self._add(NOTHING, start, copied=False)
            elif command in self.macros:
                try:
                    grown, end = self._call(command, match.end())
                except TooMuch:
                    says = f"{command} stands for more than can be written out"
                    self.refused[self.length + start - copied] = says
                    self.broken.add(command)
                    continue
                self._add(self.text[copied:start], copied, copied=True)
                self._add(grown, start, copied=False)
            else:
                continue
            position = copied = end
        self._add(self.text[copied:], copied, copied=True)
        origins = Origins(*zip(*self.origins, strict=True)) if self.origins else None
        return Expanded("".join(self.pieces), origins, self.refused, tuple(self.defined))

    def _add(self, piece: str, written: int, *, copied: bool) -> None:
        if piece:
            self.pieces.append(piece)
            self.origins.append((self.length, written, copied))
            self.length += len(piece)

    # ---------------------------------------------------------------- definitions

    def _definition(self, start: int) -> int | None:
        """Take in the definition that begins here, if one does; where it ends."""
        match = DEFINES.match(self.text, start)
        if match is None:
            return None
        named = BRACED_NAME.match(self.text, match.end())
        if named is None:
            return None
        name, position = named[1] or named[2], named.end()
        if match["how"] == "let":
            return self._let(name, position)
        macro, position = self._signature(match["how"], position)
        body = self.calls.group(self.text, position)
        if body is None:
            return None
        inner, position = body
        if match["how"] == "DeclareMathOperator":
            inner = rf"\operatorname{{{inner}}}"
        if match["how"] != "providecommand" or name not in self.macros:
            self.macros[name] = macro._replace(body=inner)
            self.broken.discard(name)
        return position

    def _let(self, name: str, position: int) -> int | None:
        equals = EQUALS.match(self.text, position)
        other = COMMAND.match(self.text, equals.end() if equals else position)
        if other is None:
            return None
        self.macros[name] = self.macros.get(other.group(), Macro(other.group(), final=True))
        return other.end()

    def _signature(self, how: str, position: int) -> tuple[Macro, int]:
        """The arguments of a macro, as yet without its body, and where the body begins."""
        if how in ("def", "gdef", "edef", "xdef"):
            many = PARAMETERS.match(self.text, position)
            return (Macro("", len(many[1]) // 2), many.end()) if many else (Macro(""), position)
        count = COUNT.match(self.text, position)
        if count is None:
            return Macro(""), position
        default = DEFAULT.match(self.text, count.end())
        if default is None:
            return Macro("", int(count[1])), count.end()
        return Macro("", int(count[1]), default[1]), default.end()

    # ---------------------------------------------------------------- calls

    def _call(self, command: str, end: int) -> tuple[str, int]:
        """What a call grows to, and where it ends; raises :class:`TooMuch` where that is too much."""
        if command in self.broken or self.growth > LONGEST_GROWTH:
            raise TooMuch
        grown, end = self.calls.grown(self.text, self.macros[command], end)
        self.growth += len(grown)
        return grown, end
