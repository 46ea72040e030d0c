r"""LaTeX as a list of tokens, each with its place; what only moves ink about is left out.

Macros are to be expanded between this list and the parser: a token made by an expansion carries the
place of the call, so that errors point at what was written.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters, digits

from verify.read.alphabet import BELOW, DELIMITERS, LOWERED, RAISED, SPACING, SYNONYMS, UNICODE
from verify.read.errors import ReadError
from verify.read.frames import unframed
from verify.read.lexis import Kind, Token
from verify.read.respelled import respelled

__all__ = ["MOST_TOKENS", "Kind", "Token", "tokenize"]

MOST_TOKENS = 20_000


RING = r"[\u2460-\u2473\u2776-\u277f]|\\(?:(?:text)?circled|ding)\s*\{\s*\w{1,3}\s*\}"
NUMBERED = r"\\(?:text)?circled\s*\{\s*\d+\s*\}"
CIRCLED = rf"{NUMBERED}|(?:{RING})(?=\s*[.,]?\s*(?:\\\\|\\end\b|\Z))"
"""A circled number, and any such sign at the end of a row, which numbers it."""
TOKEN = re.compile(rf"(?P<blank>\s+|%[^\n]*|~|{CIRCLED})|(?P<command>\\(?:[A-Za-z]+\*?|.|$))|(?P<other>.)", re.DOTALL)
PLAIN = {
    **dict.fromkeys(ascii_letters, Kind.LETTER),
    **dict.fromkeys(digits, Kind.DIGIT),
    **dict.fromkeys('()[]<>=+-*/,:;!?@#$`"', Kind.SIGN),
    "{": Kind.OPEN,
    "}": Kind.CLOSE,
    "^": Kind.ABOVE,
    "_": Kind.BELOW,
    "'": Kind.PRIME,
    "&": Kind.ALIGN,
}
TEXTS = frozenset({r"\text", r"\textrm", r"\textbf", r"\textit", r"\textnormal", r"\textsf", r"\mbox", r"\hbox"})
WORDS = frozenset({r"\operatorname", r"\operatorname*", r"\mathrm", r"\mathop", r"\mathsf", r"\mathit", r"\mathtt"})
DROPPED = frozenset(
    {
        r"\label",
        r"\color",
        r"\hspace",
        r"\hspace*",
        r"\vspace",
        r"\phantom",
        r"\hphantom",
        r"\vphantom",
    }
)
WIDE = frozenset({r"\quad", r"\qquad", r"\hfill"})
ARROWS = frozenset({r"\xrightarrow", r"\xlongrightarrow"})
STARRED = frozenset({r"\operatorname*", r"\hspace*", r"\tag*"})


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    r"""The tokens of a piece of a text.

    Raises :class:`ReadError` for an argument whose brace is not closed, and for too many tokens.

    >>> [token.text for token in tokenize(r"\left(x_1 \right)^\top % transposed")]
    ['(', 'x', '_', '1', ')', '^', 'T']
    >>> tokenize(r"\operatorname{soft")
    Traceback (most recent call last):
    verify.read.errors.ReadError: 1:1: the argument of \operatorname is not closed; expected }
    """
    return respelled(unframed(_Scanner(text, start, len(text) if end is None else end).tokens()))


class _Scanner:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.position, self.end = text, start, end
        self.found: list[Token] = []
        self.sized: int | None = None

    def tokens(self) -> list[Token]:
        text = self.text
        while self.position < self.end:
            start = self.position
            character = text[start]
            kind = PLAIN.get(character)
            if kind is not None:
                begun, self.sized, self.position = start if self.sized is None else self.sized, None, start + 1
                self.found.append(Token(kind, character, begun, start + 1))
            elif character == " ":
                self.position = start + 1
            else:
                match = TOKEN.match(text, start, self.end)
                assert match is not None, "every character is matched"
                self.position = match.end()
                if match.lastgroup == "command":
                    self._command(match.group(), start)
                elif match.lastgroup == "other":
                    self._character(match.group(), start)
            if len(self.found) > MOST_TOKENS:
                raise ReadError(f"a formula of more than {MOST_TOKENS} signs", start)
        return self.found

    def _add(self, kind: Kind, text: str, start: int) -> None:
        self.found.append(Token(kind, text, start if self.sized is None else self.sized, self.position))
        self.sized = None

    def _character(self, character: str, start: int) -> None:
        if character in RAISED or character in LOWERED:
            self._script(character, start)
        elif character == "|" and self.text.startswith("|", self.position) and self.position < self.end:
            self.position += 1
            self._add(Kind.COMMAND, r"\Vert", start)
        elif character == "." and self.text.startswith("..", self.position) and self.position + 2 <= self.end:
            self.position += 2
            self._add(Kind.COMMAND, r"\cdots", start)
        elif len(parts := unicodedata.normalize("NFD", character)) == 2 and parts[1] in BELOW:
            self._add(Kind.COMMAND, BELOW[parts[1]], start)
            self._add(Kind.LETTER, parts[0], start)
        else:
            known = UNICODE.get(character, character)
            self._add(Kind.COMMAND if known.startswith("\\") else Kind.SIGN, known, start)

    def _script(self, character: str, start: int) -> None:
        """A run of small raised or lowered characters, as in x², xᵀ and x₁₂."""
        table = RAISED if character in RAISED else LOWERED
        self._add(Kind.ABOVE if table is RAISED else Kind.BELOW, "^" if table is RAISED else "_", start)
        self._add(Kind.OPEN, "{", start)
        while character in table:
            known = table[character]
            kind = Kind.DIGIT if known.isdigit() else Kind.LETTER if known.isalpha() else Kind.SIGN
            self._add(kind, known, start)
            if self.position >= self.end or self.text[self.position] not in table:
                break
            start, character = self.position, self.text[self.position]
            self.position += 1
        self._add(Kind.CLOSE, "}", start)

    def _command(self, command: str, start: int) -> None:
        if command.endswith("*") and command not in STARRED:
            command, self.position = command[:-1], self.position - 1
        if command in DELIMITERS:
            self._delimiter(start)
        if command in SPACING:
            return
        if command in TEXTS:
            self._words(self._argument(command, start), start)
        elif command in WORDS:
            self._word(command, start)
        elif command in ARROWS:
            self._arrow(command, start)
        elif command in ("\\tag", "\\tag*"):
            self._add(Kind.TAG, self._argument(command, start), start)
        elif command in DROPPED:
            self._argument(command, start)
        elif command in ("\\begin", "\\end"):
            name = self._argument(command, start).strip()
            self._add(Kind.BEGIN if command == "\\begin" else Kind.END, name, start)
        elif command in ("\\\\", "\\newline", "\\cr"):
            self._row(start)
        elif command in WIDE:
            self._add(Kind.SPACE, command, start)
        elif command == "\\prime":
            self._add(Kind.PRIME, "'", start)
        else:
            known = SYNONYMS.get(command, command)
            kind = Kind.COMMAND if known.startswith("\\") else Kind.LETTER if known.isalpha() else Kind.SIGN
            self._add(kind, known, start)

    def _arrow(self, command: str, start: int) -> None:
        r"""``\xrightarrow{z \to \infty}``: what stands over an arrow is beside it."""
        below = re.compile(r"\s*\[([^\[\]]*)\]").match(self.text, self.position, self.end)
        self.position = self.position if below is None else below.end()
        above = self._argument(command, start)
        self._add(Kind.COMMAND, r"\to", start)
        for label in (above, "" if below is None else below[1]):
            if label.strip():
                self._add(Kind.TAG, label, start)

    def _delimiter(self, start: int) -> None:
        r"""The size of a bracket; ``\left.`` is no bracket at all."""
        after = re.compile(r"\s*\.").match(self.text, self.position, self.end)
        self.sized = None if after else start
        if after:
            self.position = after.end()

    def _words(self, text: str, start: int) -> None:
        r"""A text; of one with formulas in it, ``\text{if $i = k$}``, the words and the formulas."""
        if text.count("$") < 2 or text.count("$") % 2:
            self._add(Kind.TEXT, text, start)
            return
        closed, self.sized = self.position, None
        inside = self.text.index("{", start) + 1
        for number, part in enumerate(text.split("$")):
            if number % 2:
                self.found += _Scanner(self.text, inside, inside + len(part)).tokens()
            elif part.strip():
                self.position = inside + len(part)
                self._add(Kind.TEXT, part, inside)
            inside += len(part) + 1
        self.position = closed

    def _row(self, start: int) -> None:
        r"""The end of a row, with the space that ``\\[2pt]`` asks for."""
        space = re.compile(r"\*?\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]").match(self.text, self.position, self.end)
        if space:
            self.position = space.end()
        self._add(Kind.ROW, "\\\\", start)

    def _word(self, command: str, start: int) -> None:
        r"""``\mathrm{d}`` keeps its font; a word in any upright font is a word."""
        inner = self._argument(command, start).replace("\\,", "").strip()
        if inner in ("T", "\\top"):
            self._add(Kind.LETTER, "T", start)
        elif inner == "d":
            self._add(Kind.WORD, r"\mathrm{d}", start)
        elif re.fullmatch(r"[A-Za-z]", inner):
            self._add(Kind.LETTER, inner, start)
        elif re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]*", inner):
            self._add(Kind.WORD, " ".join(inner.split()), start)
        elif re.fullmatch(r"\\[A-Za-z]+", UNICODE.get(inner, inner)):
            self._add(Kind.COMMAND, UNICODE.get(inner, inner), start)
        else:
            raise ReadError(f"{command}{{{inner[:40]}}} is no word", start, expected="a word of letters")

    def _argument(self, command: str, start: int) -> str:
        """What stands in the braces after a command, or the one character after it."""
        text = self.text
        while self.position < self.end and text[self.position].isspace():
            self.position += 1
        if self.position >= self.end:
            raise ReadError(f"{command} has no argument", start, expected="{")
        if text[self.position] != "{":
            self.position += 1
            return text[self.position - 1]
        depth, first = 0, self.position
        while self.position < self.end:
            character = text[self.position]
            self.position += 2 if character == "\\" else 1
            depth += (character == "{") - (character == "}")
            if depth == 0:
                return text[first + 1 : self.position - 1]
        raise ReadError(f"the argument of {command} is not closed", start, expected="}")
