r"""Other readings of a step: small edits of what transcribing handwriting confuses, each a guess to be proved.

``26(2x)`` for ``2\sigma(2x)``, ``-`` for ``=``, a lost minus, softman for softmax, ``\delta`` and 8, v and V,
y and ŷ, a lost prime. A reading is never put in the place of what is written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verify.language import Link, Relation, Unreadable
from verify.read.confused import is_known, misread, slips
from verify.read.edits import Change, Edit, applied
from verify.read.errors import ReadError
from verify.read.links import join
from verify.read.scope import Scope
from verify.read.setting import Setting
from verify.read.sides import Bad, Good, SideReader, Written, fitted
from verify.read.source import Source
from verify.read.step import Repair
from verify.read.tokens import Kind, Token, tokenize

MOST_READINGS = 12
MOST_TRIALS = 96
MOST_EDITS = 4
LONGEST_TRIED = 300
KEPT = 1024
UNREAD = "\0"
"""What no token says."""

Parts = tuple[tuple[Token, ...], tuple[Token, ...]]


@dataclass(frozen=True)
class Attempt:
    """A step whose other readings may be asked for: what stands before it, and its tokens.

    ``left`` is the side before, or its tokens where these may be edited alone, too. A ``lone`` step has no relation.
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
        """The readings that make a link, those with the fewest edits first.

        What cannot be read is edited where the reading of it ends, and tried again, a few times. What can be read is
        edited once, and once more where a sign was read as another in all of the link.
        """
        if len(self.right) > LONGEST_TRIED:
            return ()
        reader = SideReader(self.scope, self.setting.conventions, self.source, {})
        found: dict[Link, Repair] = {}
        seen: set[tuple[tuple[str, ...], ...]] = set()
        waiting = deque(self._first())
        while waiting and len(seen) < MOST_TRIALS and len(found) < MOST_READINGS:
            parts, made = waiting.popleft()
            texts = tuple(tuple(token.text for token in part) for part in parts)
            if texts in seen:
                continue
            seen.add(texts)
            read = self._read(parts, reader)
            if made and isinstance(read, Repair):
                found.setdefault(read.link, read)
            if made < MOST_EDITS:
                waiting += self._edited(parts, read, made)
        return tuple(found.values())

    def _first(self) -> list[tuple[Parts, int]]:
        """What is tried first, with the number of its edits: a relation where another sign stands; what is written."""
        left = self.left.written.tokens if isinstance(self.left, Good) else self.left
        right = self.right
        if self.lone:
            without = [(left, right[1:])] if right and right[0].text == "-" else []
            return [(parts, MOST_EDITS) for parts in (*without, (left, right))]
        found: list[tuple[Parts, int]] = []
        for joint in self.joints:
            at = next((position for position, token in enumerate(right) if token.start == joint), 0)
            if at:
                found.append(((right[:at], right[at + 1 :]), MOST_EDITS))
        return [*found, ((left, right), 0)]

    def _edited(self, parts: Parts, read: Repair | Unreadable | None, made: int) -> Iterator[tuple[Parts, int]]:
        """What one more edit makes, each with the number of edits; none is made after the last of them."""
        if isinstance(read, Unreadable):
            forced = self._forced(parts, read)
            yield from ((each, made + 1) for each in forced)
            if forced or made:
                return
        found: dict[Change, list[tuple[int, Edit]]] = {}
        for number in (1, 0):
            for edit in slips(parts[number], self.scope):
                found.setdefault(edit.change(parts[number]), []).append((number, edit))
        groups = [places for places in found.values() if self._may_edit(places)]
        for places in groups:
            if places[0][1].renames and not made:
                yield _applied(parts, places), 1
            elif len(places) > 1:
                yield _applied(parts, places), MOST_EDITS
        for places in groups:
            yield from ((_applied(parts, [place]), MOST_EDITS) for place in places if self._may_edit([place]))

    def _may_edit(self, places: Sequence[tuple[int, Edit]]) -> bool:
        """Whether the right side is edited, too, where the left one belongs to the link before."""
        return not isinstance(self.left, Good) or any(number == 1 for number, _ in places)

    def _forced(self, parts: Parts, read: Unreadable) -> list[Parts]:
        """What the edits make of it that go to the place which cannot be read, and wherever the same stands."""
        for part in parts:
            for position, token in enumerate(part):
                if self.source.place(token.start) == (read.line, read.column):
                    return [_everywhere(parts, part, edit, self.scope) for edit in misread(part, position, self.scope)]
        return []

    def _read(self, parts: Parts, reader: SideReader) -> Repair | Unreadable | None:
        before = self.left if isinstance(self.left, Good) and parts[0] == self.left.written.tokens else None
        if before is None and isinstance(self.left, Good) and self.left.written.below:
            return None
        told = self.left.free if isinstance(self.left, Good) else {}
        sides = [Written(part, "", 0, 0) for part in (parts if before is None else parts[1:])]
        sets = [False] * (len(sides) - 1) + [self.relation is Relation.MEMBER]
        read = [fitted(side) for side in reader.read(sides, sets, told)]
        first, second = read[0] if before is None else fitted(before), read[-1]
        if not isinstance(first, Good) or not isinstance(second, Good):
            refused = next((side.verdict for side in (first, second) if isinstance(side, Bad)), None)
            return refused if isinstance(refused, Unreadable) else None
        joined = join(first, self.relation, second, self.setting, opening=False)
        if not isinstance(joined.meaning, Link):
            return None
        shown = spelled(parts[0], self.source) if before is None else before.written.text
        return Repair(f"{shown} {self.relation} {spelled(parts[1], self.source)}", joined.meaning)


def _everywhere(parts: Parts, edited: tuple[Token, ...], edit: Edit, scope: Scope) -> Parts:
    """An edit at every place where what it replaces stands, but for names that are known."""
    old, found = edit.change(edited)[0], []
    for number, part in enumerate(parts):
        passed = 0
        for position in range(len(part) - len(old) + 1):
            here = tuple(token.text for token in part[position : position + len(old)])
            if position >= passed and here == old and not is_known(part, position, scope):
                found.append((number, Edit(position, len(old), edit.put)))
                passed = position + len(old)
    return _applied(parts, found)


def _applied(parts: Parts, edits: Sequence[tuple[int, Edit]]) -> Parts:
    first, second = ([edit for at, edit in edits if at == number] for number in (0, 1))
    return applied(parts[0], first), applied(parts[1], second)


def spelled(tokens: Sequence[Token], source: Source) -> str:
    """Tokens as LaTeX: as they are written, and those that an edit made as they would be."""
    text, end = "", None
    for token in tokens:
        own = source.text[token.start : token.end]
        edited = not own or _is_edited(token, own)
        piece = _spelling(token) if edited else own
        gap = source.text[end : token.start] if end is not None and end <= token.start <= end + 40 else " "
        text += "" if end is None else gap
        spaced = token.kind is Kind.SIGN and text.endswith(" ")
        bare = edited and (spaced or (piece.startswith("\\") and piece[-1:].isalpha()))
        text += piece + (" " if bare else "")
        end = token.end
    return " ".join(text.split())


def _is_edited(token: Token, own: str) -> bool:
    """Whether a token is another than what stands in its place."""
    return _first_in(own) not in (token.text, UNREAD)


@lru_cache(KEPT)
def _first_in(text: str) -> str | None:
    """The text of the first token in a text; nothing where there is none."""
    try:
        found = tokenize(text)
    except ReadError:
        return UNREAD
    return found[0].text if found else None


def _spelling(token: Token) -> str:
    if token.kind is Kind.WORD and not token.text.startswith("\\"):
        return rf"\operatorname{{{token.text}}}"
    return token.text
