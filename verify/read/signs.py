"""Which tokens are relations and operators, and how many brackets are open around each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.read.alphabet import CLOSING, OPENING, PRODUCTS, RELATIONS
from verify.read.tokens import Kind, Token

OPENS, CLOSES = frozenset((Kind.OPEN, Kind.BEGIN)), frozenset((Kind.CLOSE, Kind.END))


def is_relation(token: Token) -> bool:
    """Whether a token is a relation."""
    return token.text in RELATIONS and token.kind in (Kind.SIGN, Kind.COMMAND)


def is_operator(token: Token) -> bool:
    """Whether a token is a sign between terms or factors."""
    if token.kind not in (Kind.SIGN, Kind.COMMAND):
        return False
    return token.text in ("+", "-") or token.text in PRODUCTS


def with_depth(row: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Each token with the number of brackets that are open around it."""
    depth = 0
    for token in row:
        kind, text, _, _ = token
        closes = kind in CLOSES or text in CLOSING
        if closes and depth:
            depth -= 1
        yield token, depth + closes
        if kind in OPENS or text in OPENING:
            depth += 1


def relations_in(tokens: Sequence[Token]) -> list[int]:
    """The places of the relations that stand outside of brackets."""
    if RELATIONS.isdisjoint([token.text for token in tokens]):
        return []
    found: list[int] = []
    depth = 0
    for place, token in enumerate(tokens):
        kind, text, _, _ = token
        if kind in OPENS or text in OPENING:
            depth += 1
        elif kind in CLOSES or text in CLOSING:
            depth = max(0, depth - 1)
        elif not depth and text in RELATIONS and is_relation(token):
            found.append(place)
    return found


def related(tokens: Sequence[Token]) -> bool:
    """Whether a relation stands in it, outside of brackets."""
    return bool(relations_in(tokens))


def text_of(tokens: Sequence[Token]) -> str:
    """Tokens as a short text."""
    return " ".join(token.text for token in tokens)[:80]
