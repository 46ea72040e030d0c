"""The rows of a display, whatever environments they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from verify.read.errors import ReadError
from verify.read.signs import is_relation
from verify.read.tokens import Kind, Token

ROWS = frozenset(
    {
        *("align", "aligned", "alignat", "alignedat", "gather", "gathered", "split", "equation", "eqnarray"),
        *("multline", "flalign", "array", "displaymath", "dmath", "math"),
    }
)
STRUCTURAL = frozenset((Kind.BEGIN, Kind.END, Kind.OPEN, Kind.CLOSE, Kind.ROW))
BREAKS = STRUCTURAL - {Kind.OPEN, Kind.CLOSE}
WITH_ARGUMENT = frozenset({"alignat", "alignedat", "array"})


def rows_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The rows of a display, without what numbers them.

    Raises :class:`ReadError` for an environment that has no end, or another one's.
    """
    if BREAKS.isdisjoint([token.kind for token in tokens]):
        return [row] if (row := _unnumbered(list(tokens))) else []
    rows: list[list[Token]] = [[]]
    opened: list[Token] = []
    depth = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind not in STRUCTURAL:
            rows[-1].append(token)
            continue
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
        if depth == 1 and is_relation(token):
            return True
    return False


def _argument_end(tokens: Sequence[Token], position: int) -> int:
    if position < len(tokens) and tokens[position].kind is Kind.OPEN:
        while position < len(tokens) and tokens[position].kind is not Kind.CLOSE:
            position += 1
        return position + 1
    return position
