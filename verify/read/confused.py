r"""What transcribing handwriting confuses: the edits of a formula that undo one slip of it.

``26(2x)`` for ``2\sigma(2x)``, a lost minus, hat, prime or index, softman for softmax, N for W, ``\kappa`` for x,
z for 2, a plus that became a t.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from verify.read.alphabet import ACCENTS
from verify.read.edits import Edit
from verify.read.indices import FREE_LETTERS
from verify.read.scope import Elementwise, Scope
from verify.read.tokens import Kind, Token, tokenize

LONGEST_WORD = 40
NEAR = 0.55

# Signs that look alike in handwriting, each with those it may have been.
ALIKE: dict[str, tuple[str, ...]] = {
    "a": ("d", "o"),
    "b": ("h", "k", "6"),
    "d": ("a", "x"),
    "f": ("t",),
    "g": ("q", "y"),
    "h": ("b", "n", "k"),
    "i": ("j",),
    "j": ("i", "y"),
    "k": ("h", "b"),
    "l": ("1", "t"),
    "m": ("n",),
    "n": ("h", "m", "u"),
    "o": ("a", "0"),
    "q": ("g", "y"),
    "r": ("v",),
    "s": ("5", "z"),
    "t": ("f", "+"),
    "u": ("v", "n"),
    "v": ("u", "r"),
    "w": ("u", "v"),
    "y": ("g", "q"),
    "z": ("2", "s"),
    "A": ("1",),
    "I": ("1", "l", "i"),
    "N": ("W",),
    "O": ("D", "0", "Q"),
    "S": ("5",),
    "0": ("o",),
    "1": ("l",),
    "2": ("z",),
    "4": ("1",),
    "5": ("s",),
    "6": ("b",),
    r"\alpha": ("x", "a"),
    r"\chi": ("x",),
    r"\dagger": ("T",),
    r"\kappa": ("x", "k"),
    r"\lambda": ("x",),
    r"\mu": ("u",),
    r"\nu": ("v",),
    r"\omega": ("w",),
    r"\pm": ("z", "t"),
    r"\rho": ("p",),
    r"\times": ("x",),
}


def slips(tokens: Sequence[Token], scope: Scope) -> Iterator[Edit]:
    """The edits that make another formula of one that can be read."""
    for position, token in enumerate(tokens):
        yield from _digits(tokens, position, scope)
        yield from _words(tokens, position, scope)
        yield from _letters(tokens, position, scope)
        yield from _lost(tokens, position, scope)
        if token.text == r"\hat" and position + 1 < len(tokens):
            yield Edit(position, 1, ())


def misread(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """The edits of what cannot be read at a position: of the sign there, and of its subscript."""
    accents = [position - 1 - _is_opened(tokens, position)] if _is_accented(tokens, position) else []
    for at in (*accents, position, *_below(tokens, position)):
        yield from (edit for edit in _digits(tokens, at, scope) if edit.at <= position < edit.at + edit.width)
        start = at
        while start and tokens[start].kind is Kind.LETTER and tokens[start - 1].kind is Kind.LETTER:
            start -= 1
        yield from (edit for edit in _words(tokens, start, scope) if edit.at <= at < edit.at + edit.width)
        yield from _letters(tokens, at, scope)
        yield from _looks(tokens, at, scope)


def _is_opened(tokens: Sequence[Token], position: int) -> bool:
    return position > 0 and tokens[position - 1].kind is Kind.OPEN


def _is_accented(tokens: Sequence[Token], position: int) -> bool:
    """Whether a hat or the like stands on a letter."""
    accent = position - 1 - _is_opened(tokens, position)
    return accent >= 0 and tokens[accent].text in ACCENTS


def _below(tokens: Sequence[Token], position: int) -> Iterator[int]:
    """The places in the subscript of a letter."""
    if position + 1 >= len(tokens) or tokens[position + 1].kind is not Kind.BELOW:
        return
    for at in range(position + 2, min(position + 6, len(tokens))):
        if tokens[at].kind in (Kind.LETTER, Kind.DIGIT):
            yield at
        if tokens[at].kind is not Kind.OPEN and tokens[position + 2].kind is not Kind.OPEN:
            return
        if tokens[at].kind is Kind.CLOSE:
            return


def _looks(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """A sign that is not known, for those that it looks like."""
    token = tokens[position]
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    small = token.text.lower()
    if token.kind is not Kind.LETTER or token.text not in scope.names:
        yield from _alike(tokens, position, scope)
    if token.text in ACCENTS and token.text != r"\hat" and after is not None:
        yield Edit(position, 1, (token._replace(text=r"\hat"),))
        yield Edit(position, 1, ())
    if token.kind is Kind.COMMAND and small != token.text and small in scope.names:
        yield Edit(position, 1, (token._replace(text=small),))
    if after is not None:
        yield from _scripts(position, token, after, scope)


def _alike(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """Another letter, if it is known or may be an index, with its hat if only that is known; or a number or a plus."""
    called = position + 1 < len(tokens) and tokens[position + 1].text in ("(", "_", "'")
    scripted, known = position > 0 and _is_script(tokens, position), scope.letters
    for other in ALIKE.get(tokens[position].text, ()):
        free = scripted and (other in FREE_LETTERS or other.isdigit() or other == "T")
        if other in known or free or other == "+" or (other.isdigit() and not scripted and not called):
            yield Edit(position, 1, tuple(tokenize(other)))
        if rf"\hat{{{other}}}" in scope.names:
            yield Edit(position, 1, tuple(tokenize(rf"\hat {other}")))


def _scripts(position: int, token: Token, after: Token, scope: Scope) -> Iterator[Edit]:
    """An exponent of e that sank to the line, and an index that rose to it."""
    if token.text == "e" and after.kind is Kind.LETTER:
        yield Edit(position, 2, (token, after._replace(kind=Kind.ABOVE, text="^"), after))
    if after.kind in (Kind.LETTER, Kind.DIGIT):
        for index in (after.text, *ALIKE.get(after.text, ())):
            if _names(token.text, index) & scope.names.keys():
                below = after._replace(kind=Kind.BELOW, text="_")
                yield Edit(position, 2, (token, below, *tokenize(index)))


def _names(letter: str, index: str) -> set[str]:
    """A name with an index, as it is known."""
    return {f"{letter}_{index}", f"{letter}_{{{index}}}"}


def is_known(tokens: Sequence[Token], position: int, scope: Scope) -> bool:
    """Whether a letter and its subscript are a name that is known."""
    below = "".join(tokens[at].text for at in _below(tokens, position))
    return bool(below) and bool(_names(tokens[position].text, below) & scope.names.keys())


def _is_script(tokens: Sequence[Token], position: int) -> bool:
    """Whether a token stands right in a subscript or a superscript."""
    before = position - 1
    while before >= 0 and tokens[before].kind in (Kind.OPEN, Kind.LETTER, Kind.DIGIT) and position - before < 4:
        before -= 1
    return before >= 0 and tokens[before].kind in (Kind.BELOW, Kind.ABOVE)


def _sign(token: Token, text: str) -> Token:
    """A sign beside a token."""
    return token._replace(kind=Kind.SIGN, text=text)


def _digits(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    r"""6, o and \delta for \sigma, 8 for \delta, 0 for o."""
    token = tokens[position]
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    if token.text in ("6", "o") and after in ("(", "'"):
        yield Edit(position, 1, (token._replace(kind=Kind.COMMAND, text=r"\sigma"),))
    if token.text == r"\delta" and after in ("(", "'"):
        yield Edit(position, 1, (token._replace(text=r"\sigma"),))
    if token.text == "8" and r"\delta" in scope.names:
        yield Edit(position, 1, (token._replace(kind=Kind.COMMAND, text=r"\delta"),))
    if token.text == "0" and "o" in scope.names and _is_script(tokens, position):
        yield Edit(position, 1, (token._replace(kind=Kind.LETTER, text="o"),))


def _words(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """A word that nearly is a known one, as a word, a text, or a run of letters."""
    token = tokens[position]
    if token.kind in (Kind.WORD, Kind.TEXT):
        run, width = token.text, 1
    elif token.kind is Kind.COMMAND and token.text[1:].isalpha() and not _is_known_sign(token.text, scope):
        run, width = token.text[1:], 1
    elif token.kind is Kind.LETTER and (position == 0 or tokens[position - 1].kind is not Kind.LETTER):
        width = 1
        while position + width < len(tokens) and tokens[position + width].kind is Kind.LETTER:
            width += 1
        run = "".join(each.text for each in tokens[position : position + width])
    else:
        return
    if not 3 <= len(run) <= LONGEST_WORD or run in scope.words:
        return
    for word in get_close_matches(run.lower(), sorted(scope.words), 2, NEAR):
        yield Edit(position, width, (token._replace(kind=Kind.WORD, text=word),))


def _is_known_sign(text: str, scope: Scope) -> bool:
    return text in scope.names or text in ALIKE


def _letters(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """A capital for a small letter or the other way round, a letter that lost its hat or its prime."""
    token = tokens[position]
    if token.kind is not Kind.LETTER:
        return
    after = tokens[position + 1].kind if position + 1 < len(tokens) else None
    if token.text.swapcase() in scope.letters:
        yield Edit(position, 1, (token._replace(text=token.text.swapcase()),))
    if rf"\hat{{{token.text}}}" in scope.names and not _is_accented(tokens, position):
        yield Edit(position, 1, (token._replace(kind=Kind.COMMAND, text=r"\hat"), token))
    if f"{token.text}'" in scope.names and after is not Kind.PRIME:
        yield Edit(position, 1, (token, token._replace(kind=Kind.PRIME, text="'")))


def _lost(tokens: Sequence[Token], position: int, scope: Scope) -> Iterator[Edit]:
    """The prime of a function, the minus between two factors or in an exponent; a dot that became a minus."""
    token = tokens[position]
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    known = scope.names.get(token.text)
    if after == "(" and known is not None and isinstance(known.meaning, Elementwise):
        yield Edit(position, 1, (token, token._replace(kind=Kind.PRIME, text="'")))
    if position and token.kind is Kind.DIGIT and _ends_factor(tokens[position - 1], token):
        for sign in "-+":
            yield Edit(position, 1, (_sign(token, sign), token))
    before = [each.text for each in tokens[max(0, position - 3) : position]]
    if before == ["e", "^", "{"] and token.text != "-":
        yield Edit(position, 1, (_sign(token, "-"), token))
    if token.text == "-" and after == "-":
        yield Edit(position, 1, (token._replace(kind=Kind.COMMAND, text=r"\cdot"),))


def _ends_factor(before: Token, token: Token) -> bool:
    closes = before.kind in (Kind.CLOSE, Kind.LETTER) or before.text in (")", "]")
    return closes and token.start > before.end
