"""A list of tokens with a place in it, and what is said of a token that cannot stand there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from verify.read.alphabet import NOT_YET
from verify.read.errors import ReadError
from verify.read.tokens import Kind, Token

KEPT = 256


@lru_cache(KEPT)
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words), default=0)


class Cursor:
    """Goes through a list of tokens."""

    def __init__(self, tokens: Sequence[Token], words: frozenset[str], end: int | None = None) -> None:
        self.tokens = tokens
        self.words = words
        self.longest = _longest(words)
        self.position = 0
        self.next = tokens[0] if tokens else None
        """The next token."""
        self.depth = 0
        self.bars = ""
        self.end = end or 0

    def peek(self, ahead: int) -> Token | None:
        """A token so much further on than the next one."""
        place = self.position + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def next_is(self, kind: Kind, text: str | None = None) -> bool:
        """Whether the next token is of this kind, and this text."""
        token = self.next
        return token is not None and token.kind is kind and (text is None or token.text == text)

    def take(self) -> Token:
        """The next token, passed over."""
        token = self.tokens[self.position]
        self.position = after = self.position + 1
        self.next = self.tokens[after] if after < len(self.tokens) else None
        return token

    def move(self, by: int) -> None:
        """Go on by so many tokens."""
        self.position += by
        self.next = self.tokens[self.position] if self.position < len(self.tokens) else None

    def close(self, kind: Kind, text: str, opened: Token) -> Token:
        """The token that closes what another opened; raises :class:`ReadError` for any other."""
        token = self.next
        if token is None:
            raise ReadError(f"this {opened.text} is not closed", opened.start, expected=text)
        if token.kind is not kind or token.text != text:
            raise self.surprise(token, text)
        return self.take()

    def finish(self) -> None:
        """Raise :class:`ReadError` if something is left."""
        if self.position < len(self.tokens):
            raise self.surprise(self.tokens[self.position], "the end of the expression")

    def surprise(self, token: Token | None, expected: str) -> ReadError:
        """The error at a token that cannot stand where it stands."""
        if token is None:
            return ReadError("the expression ends here", self.end, expected=expected)
        if token.text in NOT_YET:
            return ReadError(NOT_YET[token.text], token.start)
        says = {
            Kind.COMMAND: f"{token.text} is not known here",
            Kind.TEXT: f"a text, {token.text[:30].strip()!r}, in the midst of a formula",
            Kind.BEGIN: f"the environment {token.text} is not read here",
            Kind.ALIGN: "& outside of a matrix",
            Kind.ABOVE: "^ with nothing to its left that it could belong to",
            Kind.BELOW: "_ with nothing to its left that it could belong to",
        }.get(token.kind, f"{token.text} cannot stand here")
        return ReadError(says, token.start, expected=expected)
