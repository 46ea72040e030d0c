r"""Text and formulas for LaTeX, in ASCII: all of a text survives, and none of it is a command.

A letter with an accent is set with that accent, a symbol of mathematics as one; what TeX's usual fonts
lack is shown by its code point. A formula is let through if it is one that our printer can have written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
SYMBOLS = {
    **{
        unicodedata.lookup(f"GREEK {'SMALL' if name.islower() else 'CAPITAL'} LETTER {spelled.upper()}"): name
        for name in GREEK.split()
        for spelled in ["lamda" if name.lower() == "lambda" else name]
    },
    "∂": "partial",
    "∇": "nabla",
    "∑": "sum",
    "∏": "prod",
    "∞": "infty",
    "≤": "le",
    "≥": "ge",
    "≠": "ne",
    "≈": "approx",
    "≡": "equiv",
    "∈": "in",
    "→": "to",
    "⇒": "Rightarrow",
    "×": "times",
    "·": "cdot",
    "∘": "circ",
    "⊙": "odot",
    "⊗": "otimes",
    "±": "pm",
    "−": "-",
    "∀": "forall",
    "∃": "exists",
}

# What our printer writes, and what names are made of.
COMMANDS = frozenset(
    rf"""frac sum prod max min lim left right operatorname partial nabla odot cdot cdots lVert rVert infty log exp
    sigma tanh mathbf mathbb mathrm mathcal hat bar tilde vec dot ell to in le ge ne times prime top
    varepsilon vartheta varphi {GREEK}""".split()
)
SIGNS = frozenset("#,;:! |{}")
TOKEN = re.compile(r"\\([A-Za-z]+|.)|([{}])|(.)", re.DOTALL)
MATRIX = re.compile(r"\\begin\{bmatrix\}((?:(?!\\begin|\\end).)*)\\end\{bmatrix\}")
SHAPE = re.compile(r"\\mathbb\{R\}\^\{([^{}]*)\}")


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
    r"""A formula for math mode, if it is made of what our printer writes; else its source, to be looked at.

    >>> formula(r"\frac{\partial J}{\partial W}").source
    '\\frac{\\partial J}{\\partial W}'
    >>> formula(r"\input{/etc/passwd}").source
    '\\mbox{\\texttt{\\textbackslash{}input\\{/etc/passwd\\}}}'
    """
    if not is_formula(text):
        return Tex(rf"\mbox{{\texttt{{{escaped(text)}}}}}")
    return Tex(SHAPE.sub(lambda match: match[0].replace(" x ", r" \times "), text))


def is_formula(text: str) -> bool:
    r"""Whether a text holds nothing but known commands and plain signs, all that is opened being closed.

    >>> is_formula(r"\left(x_1 + 1\right)^T"), is_formula(r"\left(x_1"), is_formula("x & y")
    (True, False, False)
    """
    known = 0
    while known != len(text):
        known = len(text)
        text = MATRIX.sub(lambda match: match[1].replace("&", " ").replace(r"\\", " "), text)
    opened: list[str] = []
    for command, brace, sign in TOKEN.findall(text):
        if command == "left" or brace == "{":
            opened.append("right" if command else "}")
        elif command == "right" or brace == "}":
            if not opened or opened.pop() != (command or brace):
                return False
        elif not (command in COMMANDS or command in SIGNS if command else _is_plain(sign)):
            return False
    # TeX would read ^^5c as a backslash.
    return not opened and "^^" not in text and bool(text.strip())


def _is_plain(sign: str) -> bool:
    return sign.isascii() and sign.isprintable() and sign not in '$%#&~"\\'
