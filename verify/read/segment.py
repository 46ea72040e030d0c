r"""Displays as statements: rows are put together again, and cut where a new statement begins.

A row that begins with a relation goes on with the row before. ``a = b, \quad c = d`` are two
statements, and so are ``a = b \Rightarrow c = d``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from verify.read.pieces import ARROWS, Condition, Cut, Piece, hedged, pieces_of, takes_back
from verify.read.rows import rows_of
from verify.read.signs import is_operator, is_relation, related, relations_in, text_of
from verify.read.tokens import Kind, Token


@dataclass(frozen=True)
class Statement:
    """Sides with relations between them; one that ``continues`` begins with a relation.

    ``conditions`` stand beside it. ``joints`` are the places of signs at which a row begins that goes on
    with the side before: there ``=`` may have been meant. ``cut`` is what separates it from the one before.
    """

    sides: tuple[tuple[Token, ...], ...]
    relations: tuple[Token, ...]
    continues: bool
    conditions: tuple[Condition, ...] = ()
    joints: tuple[int, ...] = ()
    cut: Cut = Cut.BREAK

    @property
    def takes_back(self) -> bool:
        """Whether words beside it may say that it does not hold, or need not."""
        return any(takes_back(each.text) for each in self.conditions)


@dataclass
class _Draft:
    """A statement while it is being put together."""

    tokens: list[Token]
    related: bool
    cut: Cut = Cut.BREAK
    joints: list[int] = field(default_factory=list)
    conditions: tuple[Condition, ...] = ()

    def extend(self, tokens: Sequence[Token], *, related: bool) -> None:
        """Go on with more tokens, in which a relation stands or not."""
        self.tokens += tokens
        self.related = self.related or related


def statements(tokens: Sequence[Token], words: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    r"""The statements of a display, in order. ``words`` are names, which a text may hold.

    Raises :class:`ReadError` for an environment without an end.

    >>> from verify.read.tokens import tokenize
    >>> [len(each.sides) for each in statements(tokenize(r"a &= b \\ &= c, \quad d = e \tag{1}"))]
    [3, 2]
    """
    drafts: list[_Draft] = []
    for row in rows_of(tokens):
        led = bool(row) and row[0].kind is Kind.ALIGN
        found = _row_drafts(row, words)
        if found and drafts and _goes_on(drafts[-1], found[0], led=led):
            first = found.pop(0)
            if not is_relation(first.tokens[0]):
                drafts[-1].joints.append(first.tokens[0].start)
            drafts[-1].extend(first.tokens, related=first.related)
            drafts[-1].conditions += first.conditions
        drafts += found
    return tuple(each for draft in drafts for each in _finished(draft))


def _goes_on(before: _Draft, row: _Draft, *, led: bool) -> bool:
    first, last = row.tokens[0], before.tokens[-1]
    if is_relation(first) or is_relation(last) or is_operator(last):
        return True
    return is_operator(first) and (led or not row.related)


def _row_drafts(row: list[Token], words: frozenset[str]) -> list[_Draft]:
    """The statements that a row begins."""
    pieces, conditions = pieces_of(row, words)
    drafts: list[_Draft] = []
    for piece in pieces:
        if not piece.tokens:
            continue
        has_relation = related(piece.tokens)
        if not drafts or piece.cut in (Cut.BREAK, *ARROWS):
            drafts.append(_Draft(piece.tokens, has_relation, piece.cut if piece.cut in ARROWS else Cut.BREAK))
        elif _is_number(piece.tokens) or all(token.text == r"\cdots" for token in piece.tokens):
            continue
        elif drafts[-1].related and _is_aside(piece):
            inside = _trimmed(piece.tokens)
            formula = () if hedged(inside) else tuple(inside[1:-1])
            conditions += (Condition(text_of(inside), formula, aside=True),)
        elif _begins_statement(drafts[-1], piece):
            drafts.append(_Draft(piece.tokens, has_relation, piece.cut))
        else:
            separator = [Token(Kind.SIGN, ",", piece.tokens[0].start, piece.tokens[0].start)]
            plain = piece.cut is Cut.COMMA and not is_relation(piece.tokens[0])
            drafts[-1].extend((separator if plain else []) + piece.tokens, related=has_relation)
    for draft in drafts:
        draft.conditions = conditions
    return drafts


def _begins_statement(before: _Draft, piece: Piece) -> bool:
    if not before.related or is_relation(before.tokens[-1]) or is_operator(before.tokens[-1]):
        return False
    return not is_relation(piece.tokens[0]) and not is_operator(piece.tokens[0])


def _is_aside(piece: Piece) -> bool:
    """Whether a piece is a condition in parentheses, when it stands after a statement."""
    tokens = _trimmed(piece.tokens)
    if not tokens or tokens[0].text != "(" or tokens[-1].text != ")":
        return False
    return any(is_relation(token) for token in piece.tokens)


def _is_number(tokens: list[Token]) -> bool:
    """Whether a piece is the number of an equation: ``(3)``, ``(2a)``."""
    inner = tokens[1:-1]
    bracketed = tokens[0].text == "(" and tokens[-1].text == ")" and 0 < len(inner) <= 4
    return bracketed and inner[0].kind is Kind.DIGIT and all(each.kind in (Kind.DIGIT, Kind.LETTER) for each in inner)


def _finished(draft: _Draft) -> Iterator[Statement]:
    """The statement with its relations found; an arrow between two equations makes two of it."""
    tokens = _trimmed(_with_colons(draft.tokens))
    places = relations_in(tokens)
    ends = zip([0, *(place + 1 for place in places)], [*places, len(tokens)], strict=True)
    sides = tuple(tuple(tokens[start:end]) for start, end in ends)
    continues = bool(places) and not sides[0]
    if not places and not sides[0]:
        return
    relations, joints = tuple(tokens[place] for place in places), tuple(draft.joints)
    whole = Statement(sides, relations, continues, draft.conditions, joints, draft.cut)
    yield from _at_arrows(whole)


def _at_arrows(whole: Statement) -> Iterator[Statement]:
    """The statement, cut at the arrows that stand between two equations."""
    if all(relation.text != r"\to" for relation in whole.relations):
        yield whole
        return
    start = 0
    for position, relation in enumerate(whole.relations):
        if relation.text == r"\to" and start < position < len(whole.relations) - 1:
            part = replace(whole, sides=whole.sides[start : position + 1], relations=whole.relations[start:position])
            yield replace(part, continues=whole.continues and start == 0)
            start = position + 1
    last = replace(whole, sides=whole.sides[start:], relations=whole.relations[start:])
    yield replace(last, continues=whole.continues and start == 0)


def _with_colons(tokens: list[Token]) -> list[Token]:
    if ":" not in [token.text for token in tokens]:
        return tokens
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if token.text == "=" and token.kind is Kind.SIGN and before is not None and before.text == ":":
            found[-1] = Token(Kind.SIGN, ":=", before.start, token.end)
        else:
            found.append(token)
    return found


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Without the punctuation that ends a sentence."""
    end = len(tokens)
    while end and tokens[end - 1].kind is Kind.SIGN and tokens[end - 1].text in (",", ".", ";", ":"):
        end -= 1
    return tokens[:end]
