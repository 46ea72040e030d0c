"""Edits of the tokens of a formula: some of them replaced by others, each with a place in what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verify.read.tokens import Token

Change = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Edit:
    """The tokens from ``at`` on, ``width`` of them and at least one, replaced by others."""

    at: int
    width: int
    put: tuple[Token, ...]

    def change(self, tokens: Sequence[Token]) -> Change:
        """What it puts in the place of what, wherever that stands."""
        old = tokens[self.at : self.at + self.width]
        return tuple(token.text for token in old), tuple(token.text for token in self.put)

    @property
    def renames(self) -> bool:
        """Whether it reads a sign as another, and neither adds one nor leaves one out."""
        return len(self.put) == 1


def applied(tokens: Sequence[Token], edits: Iterable[Edit]) -> tuple[Token, ...]:
    """The tokens with edits made, of which no two overlap."""
    found: list[Token] = []
    passed = 0
    for edit in sorted(edits, key=lambda edit: edit.at):
        end = edit.at + edit.width
        found += [*tokens[passed : edit.at], *_placed(edit.put, tokens[edit.at : end])]
        passed = end
    return (*found, *tokens[passed:])


def _placed(put: Sequence[Token], old: Sequence[Token]) -> list[Token]:
    """Tokens in the place of others; those that were there stay where they were, and new ones take what is left."""
    found: list[Token] = []
    rest, at = list(old), old[0].start
    for token in put:
        kept = [each.text for each in rest]
        if token.text in kept:
            del rest[: kept.index(token.text)]
            found.append(rest.pop(0))
        else:
            found.append(token._replace(start=at, end=at))
        at = found[-1].end
    if found and found[-1].start <= found[-1].end < old[-1].end:
        found[-1] = found[-1]._replace(end=old[-1].end)
    return found
