r"""Other readings of a step: small edits of what transcribing handwriting confuses, each a guess to be proved.

``26(2x)`` for ``2\sigma(2x)``, ``-`` for ``=``, a lost minus, softman for softmax, ``\delta`` and 8, v and V,
y and ŷ, a lost prime. A reading is never put in the place of what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from verify.language import Link, Relation
from verify.read.errors import ReadError
from verify.read.links import join
from verify.read.scope import Elementwise, Scope
from verify.read.setting import Setting
from verify.read.sides import Good, SideReader, Written, fitted
from verify.read.source import Source
from verify.read.step import Repair
from verify.read.tokens import Kind, Token, tokenize

MOST_READINGS = 12
MOST_TRIALS = 40
LONGEST_TRIED = 300

# Letters that look alike in handwriting, each with those it may have been.
ALIKE = {
    "h": "bnk",
    "b": "hk",
    "n": "hmu",
    "m": "n",
    "u": "vn",
    "v": "ur",
    "r": "v",
    "a": "do",
    "o": "a",
    "w": "uv",
    "z": "2s",
    "s": "5z",
    "l": "1t",
    "q": "gy",
    "g": "qy",
    "y": "gq",
    "k": "hb",
    "t": "f",
    "f": "t",
    "i": "j",
    "j": "i",
    "d": "a",
}


@dataclass(frozen=True)
class Attempt:
    """A step whose other readings may be asked for: what stands before it, and its tokens.

    ``left`` is the side before, or its tokens where these may be edited too. A ``lone`` step has no relation.
    """

    source: Source
    scope: Scope
    setting: Setting
    left: Good | tuple[Token, ...]
    relation: Relation
    right: tuple[Token, ...]
    lone: bool = False
    joints: tuple[int, ...] = ()

    def readings(self) -> tuple[Repair, ...]:
        """The readings that make a link, the most likely first."""
        if len(self.right) > LONGEST_TRIED:
            return ()
        found: dict[Link, Repair] = {}
        for trial, (left, right) in enumerate(self._edited()):
            if trial >= MOST_TRIALS or len(found) >= MOST_READINGS:
                break
            repair = self._read(left, right)
            if repair is not None:
                found.setdefault(repair.link, repair)
        return tuple(found.values())

    def _edited(self) -> Iterator[tuple[Good | tuple[Token, ...], tuple[Token, ...]]]:
        right = self.right
        if self.lone:
            if right and right[0].text == "-":
                yield self.left, right[1:]
            yield self.left, right
            return
        for joint in self.joints:
            at = next((position for position, token in enumerate(right) if token.start == joint), 0)
            if at:
                yield right[:at], right[at + 1 :]
        for edited in edits(right, self.scope):
            yield self.left, edited
        if isinstance(self.left, tuple):
            for edited in edits(self.left, self.scope):
                yield edited, right

    def _read(self, left: Good | tuple[Token, ...], right: tuple[Token, ...]) -> Repair | None:
        parts = [left, right] if isinstance(left, tuple) else [right]
        sides = [Written(part, spelled(part, self.source), 0, 0) for part in parts]
        told = {} if isinstance(left, tuple) else left.free
        sets = [False] * (len(sides) - 1) + [self.relation is Relation.MEMBER]
        reader = SideReader(self.scope, self.setting.conventions, self.source)
        read = [fitted(side) for side in reader.read(sides, sets, told)]
        first, second = (fitted(left), read[0]) if isinstance(left, Good) else (read[0], read[1])
        if not isinstance(first, Good) or not isinstance(second, Good):
            return None
        joined = join(first, self.relation, second, self.setting, opening=False)
        if not isinstance(joined.meaning, Link):
            return None
        shown = first.written.text
        return Repair(f"{shown} {self.relation} {second.written.text}", joined.meaning)


def edits(tokens: Sequence[Token], scope: Scope) -> Iterator[tuple[Token, ...]]:
    """The token lists that one small edit makes."""
    for position, token in enumerate(tokens):
        for new in (*_digits(tokens, position, scope), *_words(tokens, position, scope), *_letters(token, scope)):
            width, replacement = new
            yield (*tokens[:position], *replacement, *tokens[position + width :])
        if _is_function(tokens, position, scope):
            lost = token._replace(kind=Kind.PRIME, text="'", start=token.end)
            yield (*tokens[: position + 1], lost, *tokens[position + 1 :])
        if token.text == r"\hat" and position + 1 < len(tokens):
            yield (*tokens[:position], *tokens[position + 1 :])
        if position and token.kind is Kind.DIGIT and _ends_factor(tokens[position - 1], token):
            for sign in "-+":
                yield (*tokens[:position], token._replace(kind=Kind.SIGN, text=sign), *tokens[position:])


Edit = tuple[int, tuple[Token, ...]]


def _digits(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    r"""6, o and \delta for \sigma, 8 for \delta."""
    token = tokens[position]
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    if token.text in ("6", "o") and after == "(":
        yield 1, (token._replace(kind=Kind.COMMAND, text=r"\sigma"),)
    if token.text == r"\delta" and after == "(":
        yield 1, (token._replace(text=r"\sigma"),)
    if token.text == "8" and r"\delta" in scope.names:
        yield 1, (token._replace(kind=Kind.COMMAND, text=r"\delta"),)


def _words(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """A word that nearly is a known one."""
    token = tokens[position]
    if token.kind in (Kind.WORD, Kind.TEXT):
        run, width = token.text, 1
    elif token.kind is Kind.LETTER and (position == 0 or tokens[position - 1].kind is not Kind.LETTER):
        width = 1
        while position + width < len(tokens) and tokens[position + width].kind is Kind.LETTER:
            width += 1
        run = "".join(each.text for each in tokens[position : position + width])
    else:
        return
    if len(run) < 3 or run in scope.words:
        return
    for word in get_close_matches(run, sorted(scope.words), 2, 0.7):
        yield width, (token._replace(kind=Kind.WORD, text=word, end=tokens[position + width - 1].end),)


def _letters(token: Token, scope: Scope) -> Iterator[Edit]:
    """A letter for one that looks like it, if that one is known."""
    if token.kind is not Kind.LETTER:
        return
    others = ALIKE.get(token.text, "") if token.text not in scope.names else ""
    for other in (token.text.swapcase(), *others):
        if other in scope.names:
            yield 1, (token._replace(text=other),)
    if rf"\hat{{{token.text}}}" in scope.names:
        yield 1, (token._replace(kind=Kind.COMMAND, text=r"\hat"), token)


def _is_function(tokens: Sequence[Token], position: int, scope: Scope) -> bool:
    """Whether a function of a number stands here without a prime, which may have been lost."""
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    known = scope.names.get(tokens[position].text)
    return after == "(" and known is not None and isinstance(known.meaning, Elementwise)


def _ends_factor(before: Token, token: Token) -> bool:
    closes = before.kind in (Kind.CLOSE, Kind.LETTER) or before.text in (")", "]")
    return closes and token.start > before.end


def spelled(tokens: Sequence[Token], source: Source) -> str:
    """Tokens as LaTeX: as they are written, and those that an edit made as they would be."""
    text, end = "", None
    for token in tokens:
        own = source.text[token.start : token.end]
        edited = not own or _is_edited(token, own)
        piece = _spelling(token) if edited else own
        gap = source.text[end : token.start] if end is not None and end <= token.start <= end + 40 else " "
        bare = edited and (token.kind is Kind.SIGN or (piece.startswith("\\") and piece[-1:].isalpha()))
        text += ("" if end is None else gap) + piece + (" " if bare else "")
        end = token.start if edited and token.kind is Kind.SIGN else token.end
    return " ".join(text.split())


def _is_edited(token: Token, own: str) -> bool:
    """Whether a token is another than what stands in its place."""
    try:
        found = tokenize(own)
    except ReadError:
        return False
    return not found or found[0].text != token.text


def _spelling(token: Token) -> str:
    if token.kind is Kind.WORD and not token.text.startswith("\\"):
        return rf"\operatorname{{{token.text}}}"
    return token.text
