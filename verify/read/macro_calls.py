"""What one call of a macro grows to: its body with the arguments in it, and the macros in that in their turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

LONGEST_CALL = 10_000
MOST_STEPS = 2_000
LONGEST_GROWTH = 5_000_000
DEEPEST = 50

COMMAND = re.compile(r"\\(?:[A-Za-z@]+|[\s\S])")
DEFAULT = re.compile(r"\s*\[([^\[\]]*)\]\s*")
LETTERED = re.compile(r"\\[A-Za-z@]+\Z")
BRACES = re.compile(r"\\[\s\S]|[{}]")


class Macro(NamedTuple):
    r"""What a command stands for: its arguments are ``#1``, ``#2`` and so on; the first may have a default.

    The body of one that is ``final`` is taken as it is, such as that of ``\let\old\vec``.
    """

    body: str
    arguments: int = 0
    default: str | None = None
    final: bool = False


class TooMuch(Exception):
    """A call grows without end."""


class Calls:
    """Expands calls of macros, which are bounded in length, depth and number of steps."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self.macros = macros
        self.scanned = self.steps = 0

    def grown(self, text: str, macro: Macro, end: int) -> tuple[str, int]:
        r"""What a call grows to, whose command ends here, and where the call ends.

        Raises :class:`TooMuch` where that is too much.

        >>> Calls({}).grown(r"\half{x} + y", Macro(r"\frac{#1}{2}", 1), 5)
        ('\\frac{x}{2}', 8)
        """
        self.steps = 0
        return self._grown(text, macro, end, 0)

    def _grown(self, text: str, macro: Macro, end: int, depth: int) -> tuple[str, int]:
        self.steps += 1
        if self.steps > MOST_STEPS or depth > DEEPEST:
            raise TooMuch
        arguments, end = self._arguments(text, macro, end)
        body = _filled(macro.body, arguments)
        if len(body) > LONGEST_CALL:
            raise TooMuch
        return _spaced(body if macro.final else self._inside(body, depth + 1), text, end), end

    def _inside(self, body: str, depth: int) -> str:
        """A body in which the macros are expanded in their turn."""
        pieces: list[str] = []
        position = copied = length = 0
        while (match := COMMAND.search(body, position)) is not None:
            macro = self.macros.get(match.group())
            position = match.end()
            if macro is None:
                continue
            grown, position = self._grown(body, macro, match.end(), depth)
            pieces += [body[copied : match.start()], grown]
            copied = position
            length += len(pieces[-1]) + len(pieces[-2])
            if length > LONGEST_CALL:
                raise TooMuch
        return "".join([*pieces, body[copied:]])

    def _arguments(self, text: str, macro: Macro, end: int) -> tuple[list[str], int]:
        """The arguments of a call: groups in braces, or single signs; what is missing is empty."""
        found: list[str] = []
        for number in range(macro.arguments):
            if number == 0 and macro.default is not None:
                given = DEFAULT.match(text, end)
                found.append(macro.default if given is None else given[1])
                end = end if given is None else given.end()
                continue
            while end < len(text) and text[end].isspace():
                end += 1
            group = self.group(text, end)
            if group is not None:
                inner, end = group
            else:
                single = COMMAND.match(text, end)
                inner = single.group() if single else text[end : end + 1].strip("}$&")
                end += len(inner)
            found.append(inner)
        return found, end

    def group(self, text: str, position: int) -> tuple[str, int] | None:
        """What stands in the braces that open here, and where it ends."""
        if text[position : position + 1] != "{" or self.scanned > LONGEST_GROWTH:
            return None
        depth = 0
        for match in BRACES.finditer(text, position, min(len(text), position + LONGEST_CALL)):
            self.scanned += 1
            depth += (match.group() == "{") - (match.group() == "}")
            if depth == 0:
                return text[position + 1 : match.start()], match.end()
        return None


def _filled(body: str, arguments: list[str]) -> str:
    """The body of a macro with its arguments in it."""
    if not arguments or "#" not in body:
        return body
    first, *rest = re.split(r"#(\d)", body)
    filled = first
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        argument = arguments[int(number) - 1] if 0 < int(number) <= len(arguments) else f"#{number}"
        filled += _spaced(argument, after, 0) + after
        if len(filled) > LONGEST_CALL:
            raise TooMuch
    return filled


def _spaced(piece: str, after: str, at: int) -> str:
    r"""The piece, with a space where a command at its end would run into a letter after it."""
    return f"{piece} " if after[at : at + 1].isalpha() and LETTERED.search(piece) else piece
