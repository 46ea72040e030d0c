r"""Displays as statements: rows are put together again, and cut where a new statement begins.

A row that begins with a relation goes on with the row before. ``a = b, \quad c = d`` are two
statements, and so are ``a = b \Rightarrow c = d``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from verify.read.alphabet import CLOSING, IMPLICATIONS, OPENING, PRODUCTS, RELATIONS
from verify.read.errors import ReadError
from verify.read.tokens import Kind, Token

ROWS = frozenset(
    {
        *("align", "aligned", "alignat", "alignedat", "gather", "gathered", "split", "equation", "eqnarray"),
        *("multline", "flalign", "array", "displaymath", "math"),
    }
)
WITH_ARGUMENT = frozenset({"alignat", "alignedat", "array"})

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


@dataclass(frozen=True)
class Statement:
    """Sides with relations between them; one that ``continues`` begins with a relation.

    ``condition`` is the text of a condition that stands beside it. ``joints`` are the places of signs
    at which a row begins that goes on with the side before: there ``=`` may have been meant.
    """

    sides: tuple[tuple[Token, ...], ...]
    relations: tuple[Token, ...]
    continues: bool
    condition: str | None = None
    joints: tuple[int, ...] = ()


class Cut(Enum):
    """How strongly a sign separates what stands on both sides of it."""

    SOFT = "a wide space or an &"
    COMMA = "a comma"
    BREAK = "the beginning of a new statement"


@dataclass
class _Piece:
    """A stretch of tokens, and how it is separated from the one before."""

    tokens: list[Token] = field(default_factory=list)
    cut: Cut = Cut.SOFT


@dataclass
class _Draft:
    """A statement while it is being put together."""

    tokens: list[Token]
    related: bool
    joints: list[int] = field(default_factory=list)
    condition: str | None = None

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
    for row in _rows(tokens):
        led = bool(row) and row[0].kind is Kind.ALIGN
        found = _row_drafts(row, words)
        if found and drafts and _goes_on(drafts[-1], found[0], led=led):
            first = found.pop(0)
            if not _is_relation(first.tokens[0]):
                drafts[-1].joints.append(first.tokens[0].start)
            drafts[-1].extend(first.tokens, related=first.related)
            drafts[-1].condition = drafts[-1].condition or first.condition
        drafts += found
    return tuple(each for draft in drafts for each in _finished(draft))


def _goes_on(before: _Draft, row: _Draft, *, led: bool) -> bool:
    first, last = row.tokens[0], before.tokens[-1]
    if _is_relation(first) or _is_relation(last) or _is_operator(last):
        return True
    return _is_operator(first) and (led or not row.related)


# -------------------------------------------------------------------- rows


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    opened: list[Token] = []
    depth = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind is Kind.BEGIN and depth == 0 and _holds_rows(tokens, position - 1):
            opened.append(token)
            position = _argument_end(tokens, position) if token.text.rstrip("*") in WITH_ARGUMENT else position
            continue
        if token.kind is Kind.END and depth == 0 and opened:
            if opened[-1].text != token.text:
                raise ReadError(
                    f"{opened[-1].text} ends as {token.text}", token.start, expected=rf"\end{{{opened[-1].text}}}"
                )
            opened.pop()
            continue
        if token.kind is Kind.ROW and depth == 0:
            rows.append([])
            continue
        depth = max(0, depth + (token.kind in (Kind.OPEN, Kind.BEGIN)) - (token.kind in (Kind.CLOSE, Kind.END)))
        rows[-1].append(token)
    if opened:
        raise ReadError(f"{opened[-1].text} has no end", opened[-1].start, expected=rf"\end{{{opened[-1].text}}}")
    return [row for row in map(_unnumbered, rows) if row]


def _unnumbered(row: list[Token]) -> list[Token]:
    """A row without a number before it, as in ``2. a = b``."""
    digits = 0
    while digits < len(row) and row[digits].kind is Kind.DIGIT:
        digits += 1
    if digits == len(row) or row[digits].text != ".":
        return row
    return row if row[digits + 1 : digits + 2] and row[digits + 1].kind is Kind.DIGIT else row[digits + 1 :]


def _holds_rows(tokens: Sequence[Token], position: int) -> bool:
    """Whether an environment holds rows of statements; an array does if there are relations in its cells."""
    name = tokens[position].text.rstrip("*")
    if name != "array":
        return name in ROWS
    depth = 0
    for token in tokens[position:]:
        depth += (token.kind in (Kind.OPEN, Kind.BEGIN)) - (token.kind in (Kind.CLOSE, Kind.END))
        if depth == 0:
            return False
        if depth == 1 and _is_relation(token):
            return True
    return False


def _argument_end(tokens: Sequence[Token], position: int) -> int:
    if position < len(tokens) and tokens[position].kind is Kind.OPEN:
        while position < len(tokens) and tokens[position].kind is not Kind.CLOSE:
            position += 1
        return position + 1
    return position


# -------------------------------------------------------------------- pieces of a row


def _row_drafts(row: list[Token], words: frozenset[str]) -> list[_Draft]:
    """The statements that a row begins."""
    pieces, condition = _pieces(row, words)
    drafts: list[_Draft] = []
    for piece in pieces:
        if not piece.tokens:
            continue
        related = _related(piece.tokens)
        if not drafts or piece.cut is Cut.BREAK:
            drafts.append(_Draft(piece.tokens, related))
        elif _is_number(piece.tokens):
            continue
        elif drafts[-1].related and _is_aside(piece):
            condition = condition or _text(piece.tokens)
        elif _begins_statement(drafts[-1], piece):
            drafts.append(_Draft(piece.tokens, related))
        else:
            separator = [Token(Kind.SIGN, ",", piece.tokens[0].start, piece.tokens[0].start)]
            plain = piece.cut is Cut.COMMA and not _is_relation(piece.tokens[0])
            drafts[-1].extend((separator if plain else []) + piece.tokens, related=related)
    for draft in drafts:
        draft.condition = condition
    return drafts


def _begins_statement(before: _Draft, piece: _Piece) -> bool:
    if not before.related or _is_relation(before.tokens[-1]) or _is_operator(before.tokens[-1]):
        return False
    return not _is_relation(piece.tokens[0]) and not _is_operator(piece.tokens[0])


def _is_aside(piece: _Piece) -> bool:
    """Whether a piece is a condition in parentheses, when it stands after a statement."""
    if piece.tokens[0].text != "(" or piece.tokens[-1].text != ")":
        return False
    return any(_is_relation(token) for token in piece.tokens)


def _is_number(tokens: list[Token]) -> bool:
    """Whether a piece is the number of an equation: ``(3)``, ``(2a)``."""
    inner = tokens[1:-1]
    bracketed = tokens[0].text == "(" and tokens[-1].text == ")" and 0 < len(inner) <= 4
    return bracketed and inner[0].kind is Kind.DIGIT and all(each.kind in (Kind.DIGIT, Kind.LETTER) for each in inner)


def _pieces(row: list[Token], words: frozenset[str]) -> tuple[list[_Piece], str | None]:
    """A row cut at wide spaces, commas and words; and the condition that stands in it."""
    pieces = [_Piece()]
    condition: str | None = None
    for position, (token, depth) in enumerate(_with_depth(row)):
        cut = _cut(token)
        if depth > 0 and token.kind is not Kind.TAG:
            pieces[-1].tokens.append(token)
        elif token.kind is Kind.TAG:
            condition = condition or _condition(token.text)
        elif cut is not None:
            before = pieces[-1]
            if before.tokens:
                pieces.append(_Piece([], cut))
            elif len(pieces) > 1 or cut is Cut.BREAK:
                pieces[-1] = _Piece([], _stronger(before.cut, cut))
        elif token.text in QUANTIFIERS or (token.kind is Kind.TEXT and not _is_name(row, position, words)):
            role = _condition(token.text)
            if role is not None or token.text in QUANTIFIERS:
                rest = row[position + 1 :]
                named = token.text in QUANTIFIERS or token.text.strip().lower().startswith(UNIVERSAL)
                if not (named and (_only_indices(rest) or _is_counting(rest, 0))):
                    condition = condition or (role or "for all") + " " + _text(rest)
                break
            connective = token.text.strip(" ,.:;").lower() in CONNECTIVES
            pieces.append(_Piece([], Cut.BREAK if connective and pieces[-1].tokens else Cut.SOFT))
        elif len(pieces) > 1 and not pieces[-1].tokens and _is_counting(row, position):
            break
        else:
            pieces[-1].tokens.append(token)
    return pieces, condition


def _stronger(first: Cut, second: Cut) -> Cut:
    order = (Cut.SOFT, Cut.COMMA, Cut.BREAK)
    return max(first, second, key=order.index)


def _with_depth(row: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Each token with the number of brackets that are open around it."""
    depth = 0
    for token in row:
        opens = token.kind in (Kind.OPEN, Kind.BEGIN) or token.text in OPENING
        closes = token.kind in (Kind.CLOSE, Kind.END) or token.text in CLOSING
        depth = max(0, depth - closes)
        yield token, depth + closes
        depth += opens


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


# -------------------------------------------------------------------- relations


def _finished(draft: _Draft) -> Iterator[Statement]:
    """The statement with its relations found; an arrow between two equations makes two of it."""
    tokens = _trimmed(_with_colons(draft.tokens))
    sides: list[list[Token]] = [[]]
    relations: list[Token] = []
    for token, depth in _with_depth(tokens):
        if depth == 0 and _is_relation(token):
            relations.append(token)
            sides.append([])
        else:
            sides[-1].append(token)
    continues = bool(relations) and not sides[0]
    if not relations and not sides[0]:
        return
    whole = Statement(tuple(map(tuple, sides)), tuple(relations), continues, draft.condition, tuple(draft.joints))
    yield from _at_arrows(whole)


def _at_arrows(whole: Statement) -> Iterator[Statement]:
    for position, relation in enumerate(whole.relations):
        before, after = whole.relations[:position], whole.relations[position + 1 :]
        if relation.text == r"\to" and before and after:
            yield replace(whole, sides=whole.sides[: position + 1], relations=before)
            rest = replace(whole, sides=whole.sides[position + 1 :], relations=after, continues=False)
            yield from _at_arrows(rest)
            return
    yield whole


def _with_colons(tokens: list[Token]) -> list[Token]:
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


def _is_relation(token: Token) -> bool:
    return token.text in RELATIONS and token.kind in (Kind.SIGN, Kind.COMMAND)


def _is_operator(token: Token) -> bool:
    if token.kind not in (Kind.SIGN, Kind.COMMAND):
        return False
    return token.text in ("+", "-") or token.text in PRODUCTS


def _related(tokens: Sequence[Token]) -> bool:
    """Whether a relation stands in it, outside of brackets."""
    return any(depth == 0 and _is_relation(token) for token, depth in _with_depth(tokens))


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)[:80]
