r"""Text and formulas for LaTeX, in ASCII: all of a text survives, and none of it is a command.

A letter with an accent is set with that accent, a symbol of mathematics as one; what TeX's usual fonts
lack is shown by its code point. A formula is let through if nothing in it but prints.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import assert_never

from verify.report.formulas import clean
from verify.report.phrase import Code, Formula, Phrase
from verify.report.symbols import SYMBOLS

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
}
# Two of these would be set as one sign.
JOINED = frozenset("-',")
ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
LETTERS = {
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "ß": "ss",
    "ı": "i",
    "đ": "dj",
    "Đ": "DJ",
    "ð": "dh",
    "Ð": "DH",
    "þ": "th",
    "Þ": "TH",
    "–": "textendash",
    "—": "textemdash",
    "‘": "textquoteleft",
    "’": "textquoteright",
    "“": "textquotedblleft",
    "”": "textquotedblright",
    "…": "textellipsis",
    "•": "textbullet",
    "§": "textsection",
    "°": "textdegree",
}


@dataclass(frozen=True)
class Tex:
    """A piece of LaTeX that may stand in a document as it is."""

    source: str


def escaped(text: str) -> str:
    r"""A text as LaTeX that shows it.

    >>> print(escaped("50% of W_1 & b"))
    50\% of W\_1 \& b
    >>> print(escaped("Łódź, naïve, σ ≤ 1"))
    \L{}\'{o}d\'{z}, na\"{\i}ve, \ensuremath{\sigma} \ensuremath{\le} 1
    >>> print(escaped("李" + chr(7)))
    \texttt{U+674E}\texttt{U+0007}
    """
    pieces: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        pieces.append("{}" if pieces and pieces[-1] == sign and sign in JOINED else "")
        pieces.append(_sign(sign))
    return "".join(pieces)


def _sign(sign: str) -> str:
    if sign in SPECIAL:
        return SPECIAL[sign]
    if sign.isspace():
        return " "
    if sign.isascii() and sign.isprintable():
        return sign
    if sign in LETTERS:
        return rf"\{LETTERS[sign]}{{}}"
    if sign in SYMBOLS:
        return rf"\ensuremath{{{_command(SYMBOLS[sign])}}}"
    letter, *marks = tuple(unicodedata.normalize("NFD", sign))
    if letter.isascii() and letter.isalpha() and len(marks) == 1 and marks[0] in ACCENTS:
        return rf"\{ACCENTS[marks[0]]}{{{_dotless(letter, marks[0])}}}"
    return rf"\texttt{{U+{ord(sign):04X}}}"


def _command(name: str) -> str:
    return rf"\{name}" if name.isalpha() else name


def _dotless(letter: str, mark: str) -> str:
    above = ACCENTS[mark] not in "cdkb"
    return rf"\{letter}" if letter in "ij" and above else letter


def formula(text: str) -> Tex:
    r"""A formula for math mode, if it is made of what may be printed; else its source, to be looked at.

    >>> formula(r"\frac{\partial J}{\partial W}").source
    '\\frac{\\partial J}{\\partial W}'
    >>> formula(r"\input{/etc/passwd}").source
    '\\mbox{\\texttt{\\textbackslash{}input\\{/etc/passwd\\}}}'
    """
    known = clean(text)
    return Tex(rf"\mbox{{\texttt{{{escaped(text)}}}}}" if known is None else known)


def printed(phrase: Phrase) -> Tex:
    r"""A sentence with its formulas, as LaTeX.

    >>> printed(("50% of ", Formula("W_1"))).source
    '50\\% of $W_1$'
    """
    return Tex("".join(map(_piece, phrase)))


def _piece(piece: str | Formula | Code) -> str:
    match piece:
        case Formula():
            known = clean(piece.source)
            return _piece(Code(piece.source)) if known is None else f"${known}$"
        case Code():
            return rf"\texttt{{{escaped(piece.text)}}}"
        case str():
            return escaped(piece)
        case _:
            assert_never(piece)
