r"""The syntax tree of a formula: what was written, its names unresolved, every node with its place.

Products by juxtaposition are kept as a list, for only the names tell whether ``x(y+1)`` is a product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from verify.read.source import Span


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in decimal notation."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Symbol:
    r"""A letter, a Greek letter or a word, with its font and its accents.

    ``key`` is the same for all spellings of one symbol, ``\hat y`` and ``\hat{y}``; ``plain`` is the
    key without the font.
    """

    letter: str
    font: str
    accents: tuple[str, ...]
    at: Span

    @property
    def key(self) -> str:
        """The spelling that stands for all."""
        if not self.accents and not self.font:
            return self.letter
        return self._accented(f"{self.font}{{{self.letter}}}" if self.font else self.letter)

    @property
    def plain(self) -> str:
        """The key in the usual font."""
        return self._accented(self.letter) if self.accents else self.letter

    def _accented(self, inner: str) -> str:
        for accent in self.accents:
            inner = f"{accent}{{{inner}}}"
        return inner


@dataclass(frozen=True, slots=True)
class Scripted:
    """A base with subscripts (separated by commas), a superscript and primes."""

    base: Syntax
    below: tuple[Syntax, ...]
    above: Syntax | None
    primes: int
    at: Span


@dataclass(frozen=True, slots=True)
class Juxtaposed:
    """Things written side by side."""

    parts: tuple[Syntax, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Joined:
    r"""Factors with signs between them: ``\cdot``, ``\times``, ``*``, ``\odot``, ``\circ``, ``/``."""

    factors: tuple[Syntax, ...]
    signs: tuple[str, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Signed:
    """Terms, each with its sign: 1 or -1."""

    terms: tuple[tuple[int, Syntax], ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Fraction:
    """What stands above and below a bar."""

    above: Syntax
    below: Syntax
    at: Span


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    inner: Syntax
    at: Span


@dataclass(frozen=True, slots=True)
class Ranged:
    r"""What binds indices in its body: ``\sum``, ``\prod``, ``\max`` or ``\min``.

    ``over`` is the set that they run over, ``conditions`` what holds for those that are meant. Without
    any index, the one that stands in the body is meant.
    """

    sign: str
    indices: tuple[Symbol | Scripted, ...]
    low: Syntax | None
    high: Syntax | None
    body: Syntax
    at: Span
    over: Syntax | None = None
    conditions: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in parentheses or brackets; with commas, several things."""

    opened: str
    items: tuple[Syntax, ...]
    closed: str
    at: Span


@dataclass(frozen=True, slots=True)
class Bars:
    """What stands between bars: a norm between double ones, a size between single ones."""

    inner: Syntax
    at: Span
    double: bool = True


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What stands before a bar, with what is written below the bar: the point at which it is meant."""

    inner: Syntax
    at_point: tuple[Compared, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Compared:
    """A relation between things, or several, within a formula: in brackets, in a case, under a sum."""

    sides: tuple[Syntax, ...]
    relations: tuple[str, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Cases:
    """Values, each with its condition; nothing for what holds otherwise."""

    rows: tuple[tuple[Syntax, Compared | None], ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Dots:
    """Three dots, which stand for what the things beside them show."""

    at: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix, row by row."""

    rows: tuple[tuple[Syntax, ...], ...]
    at: Span


Syntax = (
    Numeral
    | Symbol
    | Scripted
    | Juxtaposed
    | Joined
    | Signed
    | Fraction
    | Root
    | Ranged
    | Group
    | Bars
    | Evaluated
    | Grid
    | Compared
    | Cases
    | Dots
)


def parts_of(node: Syntax) -> tuple[Syntax, ...]:
    """The things that stand side by side in it; of anything else, the thing alone."""
    return node.parts if isinstance(node, Juxtaposed) else (node,)


class Spelling(NamedTuple):
    r"""A symbol with what is written at it, as far as this may belong to a name: ``W_1``, ``x'``, ``W^{(2)}``."""

    symbol: Symbol
    primes: int = 0
    below: str = ""
    tag: str = ""

    @property
    def key(self) -> str:
        """One key for all spellings of the name."""
        symbol, primes, below, tag = self
        return self._with(symbol.key) if primes or below or tag else symbol.key

    @property
    def plain(self) -> str:
        """The key in the usual font."""
        return self._with(self.symbol.plain)

    def _with(self, inner: str) -> str:
        inner += "'" * self.primes
        if self.below:
            inner += f"_{self.below}" if len(self.below) == 1 else f"_{{{self.below}}}"
        return inner + (f"^{{{self.tag}}}" if self.tag else "")


def spelling(node: Syntax) -> Spelling | None:
    r"""The name that a node may be, subscript and tag included; nothing for what cannot be one name.

    The superscript of a name is a tag in parentheses or brackets; any other is not part of a name.
    """
    match node:
        case Symbol():
            return Spelling(node)
        case Scripted(base=Symbol() as base):
            tag = "" if node.above is None else tag_of(node.above)
            below = None if tag is None else _labels(node.below)
            return None if tag is None or below is None else Spelling(base, node.primes, below, tag)
        case _:
            return None


def tag_of(above: Syntax | None) -> str | None:
    """The tag of a layer, such as ``(2)`` or ``[l]``; nothing for other superscripts."""
    if isinstance(above, Group) and len(above.items) == 1 and above.opened in ("(", "["):
        inner = _label(above.items[0])
        return None if inner is None else f"{above.opened}{inner}{above.closed}"
    return None


def _labels(below: tuple[Syntax, ...]) -> str | None:
    if len(below) == 1:
        return _label(below[0])
    found = [_label(each) for each in below]
    return None if None in found else ",".join(filter(None, found))


def _label(node: Syntax) -> str | None:
    match node:
        case Symbol():
            return node.key
        case Numeral():
            return node.text
        case Scripted():
            inner = spelling(node)
            return None if inner is None or node.above is not None else inner.key
        case Juxtaposed():
            inner_labels = [_label(part) for part in node.parts]
            return None if None in inner_labels else "".join(each for each in inner_labels if each)
        case Signed():
            return _signed_label(node)
        case _:
            return None


def _signed_label(node: Signed) -> str | None:
    text = ""
    for sign, term in node.terms:
        label = _label(term)
        if label is None:
            return None
        text += ("-" if sign < 0 else "+" if text else "") + label
    return text
