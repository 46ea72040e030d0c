"""Rows cut at wide spaces, commas and words, and the conditions that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from verify.read.alphabet import IMPLICATIONS
from verify.read.signs import text_of, with_depth
from verify.read.tokens import Kind, Token

QUANTIFIERS = frozenset({r"\forall"})
CONDITIONS = (
    "if",
    "when",
    "whenever",
    "for",
    "assuming",
    "assume",
    "given",
    "unless",
    "provided",
    "with",
    "iff",
    "only",
)
UNIVERSAL = ("for all", "for each", "for every", "for any", "forall", "for")
CONNECTIVES = frozenset(
    {
        *("and", "so", "thus", "hence", "then", "therefore", "since", "because", "where", "or", "i.e.", "that", "is"),
        *("let", "now", "but", "also", "as", "which", "gives"),
    }
)


class Cut(Enum):
    """How strongly a sign separates what stands on both sides of it."""

    SOFT = "a wide space or an &"
    COMMA = "a comma"
    BREAK = "the beginning of a new statement"


@dataclass
class Piece:
    """A stretch of tokens, and how it is separated from the one before."""

    tokens: list[Token] = field(default_factory=list)
    cut: Cut = Cut.SOFT


def pieces_of(row: list[Token], words: frozenset[str]) -> tuple[list[Piece], str | None]:
    """A row cut at wide spaces, commas and words; and the condition that stands in it."""
    pieces = [Piece()]
    condition: str | None = None
    for position, (token, depth) in enumerate(with_depth(row)):
        cut = _cut(token)
        if depth > 0 and token.kind is not Kind.TAG:
            pieces[-1].tokens.append(token)
        elif token.kind is Kind.TAG:
            condition = condition or _condition(token.text)
        elif cut is not None:
            before = pieces[-1]
            if before.tokens:
                pieces.append(Piece([], cut))
            elif len(pieces) > 1 or cut is Cut.BREAK:
                pieces[-1] = Piece([], _stronger(before.cut, cut))
        elif token.text in QUANTIFIERS or (token.kind is Kind.TEXT and not _is_name(row, position, words)):
            role = _condition(token.text)
            if role is not None or token.text in QUANTIFIERS:
                rest = row[position + 1 :]
                named = token.text in QUANTIFIERS or token.text.strip().lower().startswith(UNIVERSAL)
                if not (named and (_only_indices(rest) or _is_counting(rest, 0))):
                    condition = condition or (role or "for all") + " " + text_of(rest)
                break
            connective = token.text.strip(" ,.:;").lower() in CONNECTIVES
            pieces.append(Piece([], Cut.BREAK if connective and pieces[-1].tokens else Cut.SOFT))
        elif len(pieces) > 1 and not pieces[-1].tokens and _is_counting(row, position):
            break
        else:
            pieces[-1].tokens.append(token)
    return pieces, condition


def _stronger(first: Cut, second: Cut) -> Cut:
    order = (Cut.SOFT, Cut.COMMA, Cut.BREAK)
    return max(first, second, key=order.index)


def _cut(token: Token) -> Cut | None:
    if token.kind in (Kind.ALIGN, Kind.SPACE):
        return Cut.SOFT
    if token.kind is Kind.SIGN and token.text in (",", ";"):
        return Cut.COMMA
    return Cut.BREAK if token.text in IMPLICATIONS else None


def _condition(text: str) -> str | None:
    """The text, if it begins a condition."""
    words = text.strip(" ,.:;()").lower().split()
    return text.strip() if words and words[0] in CONDITIONS else None


def _is_name(row: list[Token], position: int, words: frozenset[str]) -> bool:
    r"""Whether a text is a name within a formula, such as ``\text{softmax}(x)``."""
    word = row[position].text.strip()
    if word in words:
        return True
    if not word.isalpha() or word.lower() in CONNECTIVES or _condition(word) is not None:
        return False
    after = row[position + 1] if position + 1 < len(row) else None
    return after is not None and (after.text == "(" or after.kind in (Kind.ABOVE, Kind.BELOW))


def _only_indices(tokens: Sequence[Token]) -> bool:
    plain = (Kind.LETTER, Kind.PRIME, Kind.SPACE, Kind.ALIGN)
    return all(token.kind in plain or token.text in (",", ".", ";") for token in tokens)


def _is_counting(row: Sequence[Token], position: int) -> bool:
    r"""Whether ``i = 1, \dots, n`` begins here."""
    kinds = [token.kind for token in row[position : position + 3]]
    if kinds != [Kind.LETTER, Kind.SIGN, Kind.DIGIT] or row[position + 1].text != "=":
        return False
    return any(token.text == r"\cdots" for token in row[position + 3 :])
