r"""Older and looser spellings as the usual ones: ``{a \over b}``, ``\left\{ … \right.`` around rows, ``W_{i,:}``."""

from __future__ import annotations

from collections.abc import Sequence

from verify.read.errors import ReadError
from verify.read.lexis import Kind, Token

ROWS = frozenset({"array", "aligned", "alignedat", "matrix", "gathered", "split"})
ALL = ":"
"""What stands in a subscript for all values of an index."""
ANY = frozenset({":", "*", r"\cdot", r"\bullet"})
LONGEST = 12
"""Subscripts and alignments of columns of more tokens are left as they are."""


def respelled(tokens: list[Token]) -> list[Token]:
    r"""The tokens with fractions, cases and the subscripts of rows and columns spelled in the usual way.

    Raises :class:`ReadError` for a second ``\over`` in the same braces.

    >>> from verify.read.tokens import tokenize
    >>> "".join(token.text for token in tokenize(r"{a \over b}"))
    '{\\frac{a}{b}}'
    >>> tokenize(r"{a \over b \over c}")
    Traceback (most recent call last):
    verify.read.errors.ReadError: 1:12: a second \over in the same braces; expected \frac{a}{b}
    """
    texts = {token.text for token in tokens}
    if r"\over" in texts:
        tokens = _with_fractions(tokens)
    if r"\{" in texts:
        tokens = _with_cases(tokens)
    return _with_slices(tokens) if "_" in texts and texts & ANY else tokens


def _with_fractions(tokens: Sequence[Token]) -> list[Token]:
    r"""What stands in braces around ``\over`` becomes a fraction, in these braces."""
    found: list[Token] = []
    opened: list[tuple[int, bool]] = []
    for token in tokens:
        if token.kind is Kind.OPEN:
            opened.append((len(found), False))
        elif token.kind is Kind.COMMAND and token.text == r"\over" and opened:
            start, again = opened[-1]
            if again:
                raise ReadError(r"a second \over in the same braces", token.start, expected=r"\frac{a}{b}")
            brace = found[start]
            found.insert(start + 1, Token(Kind.COMMAND, r"\frac", brace.start, brace.end))
            found.insert(start + 2, brace)
            found += [Token(kind, text, token.start, token.end) for kind, text in _BAR]
            opened[-1] = (start, True)
            continue
        elif token.kind is Kind.CLOSE and opened and opened.pop()[1]:
            found.append(token)
        found.append(token)
    return found


_BAR = ((Kind.CLOSE, "}"), (Kind.OPEN, "{"))


def _with_cases(tokens: Sequence[Token]) -> list[Token]:
    r"""Rows after a brace that is not closed, ``\left\{\begin{array}{ll} … \end{array}\right.``, are cases."""
    found: list[Token] = []
    ends: dict[int, Token] = {}
    closing = _closing(tokens)
    position = 0
    while position < len(tokens):
        token, after = tokens[position], tokens[position + 1] if position + 1 < len(tokens) else None
        position += 1
        if token.text == r"\{" and after is not None and after.kind is Kind.BEGIN and after.text in ROWS:
            last = closing.get(position)
            if last is not None and not (last + 1 < len(tokens) and tokens[last + 1].text == r"\}"):
                found.append(Token(Kind.BEGIN, "cases", token.start, after.end))
                ends[last] = Token(Kind.END, "cases", tokens[last].start, tokens[last].end)
                position = _without_columns(tokens, position + 1)
                continue
        found.append(ends.get(position - 1, token))
    return found


def _closing(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each environment ends that has an end."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for position, token in enumerate(tokens):
        if token.kind is Kind.BEGIN:
            opened.append(position)
        elif token.kind is Kind.END and opened:
            found[opened.pop()] = position
    return found


def _without_columns(tokens: Sequence[Token], position: int) -> int:
    """The position after the alignment of the columns, ``{ll}``."""
    if tokens[position].kind is not Kind.OPEN:
        return position
    ahead = range(position, min(len(tokens), position + LONGEST))
    closed = next((at for at in ahead if tokens[at].kind is Kind.CLOSE), position)
    inside = tokens[position + 1 : closed]
    plain = all(each.text in ("l", "c", "r", "|", "@") or each.kind is Kind.DIGIT for each in inside)
    return closed + 1 if plain and closed > position else position


def _with_slices(tokens: Sequence[Token]) -> list[Token]:
    r"""The signs that stand for all values of an index, in ``W_{i,:}``, ``W_{:j}`` and ``W_{i\cdot}``."""
    found = list(tokens)
    for position, token in enumerate(tokens[:-2]):
        if token.kind is not Kind.BELOW or tokens[position + 1].kind is not Kind.OPEN:
            continue
        ahead = range(position + 2, min(len(tokens), position + LONGEST))
        closed = next((at for at in ahead if tokens[at].kind is Kind.CLOSE), position)
        inside = tokens[position + 2 : closed]
        many = [place for place, each in enumerate(inside) if each.text in ANY]
        if len(many) == 1 and len(inside) > 1 and _at_an_end(inside, many[0]):
            each = inside[many[0]]
            found[position + 2 + many[0]] = Token(Kind.WORD, ALL, each.start, each.end)
    return found


def _at_an_end(inside: Sequence[Token], place: int) -> bool:
    """Whether a sign stands first or last, so that nothing is multiplied by it."""
    plain = all(each.kind in (Kind.LETTER, Kind.DIGIT, Kind.PRIME) or each.text == "," for each in inside[:place])
    rest = all(each.kind in (Kind.LETTER, Kind.DIGIT, Kind.PRIME) or each.text == "," for each in inside[place + 1 :])
    return plain and rest and place in (0, len(inside) - 1)
