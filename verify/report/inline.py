"""The reader of formulas that goes through their tokens once and writes them on a line, in signs of Unicode."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from verify.report.formulas import ARGUMENTS, SIZES, WORDS
from verify.report.symbols import SYMBOLS

Kind = Literal["letter", "word", "group", "fraction", "sign", "prefix", "open", "close", "comma", "space"]

NAMES = {
    **{name: sign for sign, name in SYMBOLS.items() if name != "-"},
    **dict(leq="≤", geq="≥", neq="≠", ll="≪", gg="≫", sim="∼", propto="∝", div="÷", mp="∓", oplus="⊕"),  # noqa: C408
    **dict(rightarrow="→", leftarrow="←", iff="⇔", implies="⇒", mapsto="↦", bot="⊥", perp="⊥", top="ᵀ"),  # noqa: C408
    **dict(cdots="⋯", ldots="…", dots="…", vdots="⋮", ddots="⋱", prime="′", ell="ℓ", int="∫", star="⋆", ast="∗"),  # noqa: C408
    **dict(notin="∉", subset="⊂", cup="∪", cap="∩", vert="|", mid="|", lvert="|", rvert="|", Vert="‖"),  # noqa: C408
    **dict(lVert="‖", rVert="‖", langle="⟨", rangle="⟩", intercal="ᵀ", quad=" ", qquad=" ", displaystyle=""),  # noqa: C408
    **dict(varepsilon="ε", vartheta="ϑ", varphi="φ", varrho="ϱ"),  # noqa: C408
}
SIGNS = frozenset("=<>≤≥≠≈≡∈∉⊂→⇒⇔↦←↔∼∝≪≫×·⊙⊗⊕∘÷±∓∪∩+-−")
UNARY = frozenset("+-−±∓")
PREFIXES = frozenset("∂∇∀∃√")
OPENS, CLOSES = frozenset(("lVert", "lvert", "langle")), frozenset(("rVert", "rvert", "rangle"))
OPENING, CLOSING = frozenset("([⟨{"), frozenset(")]⟩}")
MARKS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303"} | {
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "underline": "\u0332",
}
ABOVE = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzT*′ᵀ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ*′ᵀ",
        strict=True,
    )
)
BELOW = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
# Letters together are a word from here on, and stay on the line.
WORD = 3


@dataclass(frozen=True)
class _Piece:
    """A piece of a line, and how it stands beside others."""

    text: str
    kind: Kind


class Reader:
    """Goes through the tokens of a formula that is whole, once."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def peek(self) -> str:
        """The next token, not yet taken; nothing at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next token."""
        sign = self.peek()
        self.place += 1
        return sign

    def solid(self) -> str:
        """The next sign that is no space."""
        while self.peek().isspace():
            self.place += 1
        return self.take()

    def row(self, ends: frozenset[str], *, tight: bool) -> str:
        """Everything up to one of the ends, which is taken, as a line; ``tight`` without spaces at signs."""
        pieces: list[_Piece] = []
        while (sign := self.take()) and sign not in ends:
            piece = self.piece(sign, tight)
            if piece.text or piece.kind == "space":
                pieces.append(piece)
        return _joined(pieces, tight)

    def piece(self, sign: str, tight: bool) -> _Piece:
        """One piece, with its scripts."""
        if sign.isspace() or sign in {r"\,", r"\;", r"\:", r"\!", r"\quad", r"\qquad"}:
            return _Piece("", "space")
        if sign in {"^", "_", "'"}:
            self.place -= 1
            return self.scripted(_Piece("", "letter"))
        return self.scripted(self.base(sign, tight))

    def base(self, sign: str, tight: bool) -> _Piece:
        """A sign, a group, or a command with what belongs to it."""
        name = sign[1:] if len(sign) > 1 else ""
        if sign == "{":
            return _Piece(self.row(frozenset("}"), tight=tight), "letter")
        if sign == r"\left":
            return self.parenthesis(tight)
        if sign == r"\begin":
            return self.matrix()
        if name in WORDS or name == "operatorname":
            return _Piece(self.verbatim(), "word")
        if name in ARGUMENTS:
            return self.applied(name, tight)
        if name in SIZES:
            return _piece(_delimiter(self.solid()))
        if name in OPENS or name in CLOSES:
            return _Piece(NAMES[name], "open" if name in OPENS else "close")
        return _piece(NAMES.get(name, name) if name.isalpha() else name or sign)

    def parenthesis(self, tight: bool) -> _Piece:
        """What stands between two delimiters that grow with it."""
        opening = _delimiter(self.solid())
        inside = self.row(frozenset((r"\right",)), tight=tight)
        return _Piece(f"{opening}{inside}{_delimiter(self.solid())}", "group")

    def matrix(self) -> _Piece:
        """Rows with semicolons between them."""
        self.argument()
        rows: list[list[str]] = [[]]
        while not rows or self.tokens[self.place - 1] != r"\end":
            rows[-1].append(self.row(frozenset(("&", r"\\", r"\end")), tight=False))
            if self.tokens[self.place - 1] == r"\\":
                rows.append([])
        self.argument()
        return _Piece(f"[{'; '.join('  '.join(row) for row in rows)}]", "group")

    def verbatim(self) -> str:
        """What stands in braces, as it is."""
        sign, text = self.solid(), ""
        if sign != "{":
            return sign.removeprefix("\\")
        while (sign := self.take()) and sign != "}":
            text += NAMES.get(sign[1:], sign[1:]) if sign[0] == "\\" else sign
        return text

    def argument(self, *, tight: bool = False) -> str:
        """A group, or the next piece."""
        sign = self.solid()
        return self.row(frozenset("}"), tight=tight) if sign == "{" else self.base(sign, tight).text

    def applied(self, name: str, tight: bool) -> _Piece:
        """A command with its arguments."""
        if ARGUMENTS[name] == 2:
            above, below = self.argument(), self.argument()
            return _Piece(f"{_factor(above)}/{_factor(below, below=True)}", "fraction")
        if name == "sqrt":
            degree = ""
            if self.peek() == "[":
                self.take()
                degree = _script(self.row(frozenset("]"), tight=True), ABOVE, "^")
            return _Piece(f"{degree}√{_factor(self.argument(), below=True)}", "letter")
        text = self.argument(tight=tight)
        if name == "mathbb":
            return _Piece({"R": "ℝ", "N": "ℕ", "Z": "ℤ", "E": "𝔼", "P": "ℙ"}.get(text, text), "letter")
        if name in MARKS and len(text) == 1:
            return _Piece(unicodedata.normalize("NFC", text + MARKS[name]), "letter")
        return _Piece(f"{name}({text})" if name in MARKS else text, "letter" if len(text) == 1 else "word")

    def scripted(self, base: _Piece) -> _Piece:
        """A piece with its indices, then its primes and its exponent."""
        primes, above, below = 0, "", ""
        while True:
            start = self.place
            sign = self.solid()
            if sign == "'":
                primes += 1
            elif sign == "^":
                above = self.script(ABOVE, "^")
            elif sign == "_":
                below = self.script(BELOW, "_")
            else:
                self.place = start
                break
        if not (primes or above or below):
            return base
        if not base.text and above == "ᵀ":
            return _Piece(above, "letter")
        text = f"({base.text})" if base.kind == "fraction" else base.text
        kind: Kind = "letter" if base.kind in {"fraction", "sign", "open", "close"} else base.kind
        if "^" in above or "_" in below:
            kind = "word"
        return _Piece(f"{text}{below}{'″' if primes == 2 else '′' * primes}{above}", kind)

    def script(self, signs: dict[str, str], mark: str) -> str:
        """An index or an exponent: small if there are such signs, else on the line."""
        start = self.place
        small = _script(self.argument(tight=True), signs, "")
        if small:
            return small
        self.place = start
        return _script(self.argument(), {}, mark)


def _script(text: str, signs: dict[str, str], mark: str) -> str:
    """A text in small signs; if there are none, after a mark, or nothing where no mark is given."""
    small = [signs.get("-" if sign == "−" else sign) for sign in text]
    if text and None not in small and not (text.isalpha() and len(text) >= WORD):
        return "".join(each for each in small if each is not None)
    if not mark:
        return ""
    alone = text.isalnum() and (mark == "_" or len(text) == 1 or text.isdigit())
    return f"{mark}{text}" if alone else f"{mark}({text})"


def _delimiter(sign: str) -> str:
    return "" if sign == "." else "‖" if sign == r"\|" else NAMES.get(sign[1:], sign[-1])


def _piece(text: str) -> _Piece:
    """A sign, a letter or a name by itself."""
    kind: Kind = "letter"
    if text in SIGNS:
        kind = "sign"
    elif text in PREFIXES:
        kind = "prefix"
    elif text in OPENING:
        kind = "open"
    elif text in CLOSING:
        kind = "close"
    elif text in {",", ";"}:
        kind = "comma"
    elif len(text) > 1 and text.isalpha():
        kind = "word"
    return _Piece("−" if text == "-" else text, kind)


def _joined(pieces: list[_Piece], tight: bool) -> str:
    """The pieces side by side, with spaces where they belong."""
    text = ""
    before: Kind = "open"
    spaced = False
    for place, piece in enumerate(pieces):
        after = next((each.kind for each in pieces[place + 1 :] if each.kind != "space"), "close")
        match piece.kind:
            case "space":
                spaced = True
                continue
            case "sign" if before in {"open", "sign", "comma", "prefix"} and piece.text in UNARY:
                text, before = text + piece.text, "open"
            case "sign":
                text, before = text + (piece.text if tight else f" {piece.text} ").lstrip(" " * (not text)), "sign"
            case "comma":
                text, before = f"{text}{piece.text}{'' if tight else ' '}", "comma"
            case _:
                parts = after not in {"sign", "close", "comma"}
                shown = f"({piece.text})" if piece.kind == "fraction" and parts else piece.text
                text += " " * _apart(before, piece.kind, text, spaced, tight) + shown
                before = piece.kind
        spaced = False
    return text.strip()


def _apart(before: Kind, kind: Kind, text: str, spaced: bool, tight: bool) -> bool:
    """Whether a space stands between two pieces that are beside one another."""
    if before in {"open", "sign", "comma", "prefix"} or kind == "close" or not text:
        return False
    if before == "word" and kind in {"letter", "word", "prefix", "fraction"}:
        return True
    if kind in {"fraction", "word"} or before == "fraction":
        return kind != "open" and (kind != "word" or text[-1].isalnum() or spaced)
    return spaced and not tight


def _factor(text: str, *, below: bool = False) -> str:
    """A side of a fraction: in parentheses if they are needed."""
    outside, depth = "", 0
    for sign in text:
        depth -= sign in CLOSING
        outside += "" if depth else sign
        depth += sign in OPENING
    factors = outside.split(" ")
    loose = "/" in outside or (below and (len(factors) > 1 or text.startswith("−")))
    return f"({text})" if loose or (len(factors) > 1 and any(map(_reaches, factors))) else text


def _reaches(factor: str) -> bool:
    """Whether a sign or a name takes in all that stands after it."""
    return factor in SIGNS or factor[:1] in {"∑", "∏", "∫"} or (factor[:3].isascii() and factor[:3].isalpha())
