r"""What dots stand for: two things that differ in one number, ``x_1`` and ``x_n``, and the thing between them.

Only subscripts may differ, all in the same way: ``a_1 b_1`` and ``a_n b_n`` go from 1 to n.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, get_args

from verify.read.source import Span
from verify.read.subscripts import children
from verify.read.syntax import Group, Numeral, Scripted, Signed, Symbol, Syntax, parts_of

NODES = get_args(Syntax)
LETTERS = "ijrspqlm"


@dataclass(frozen=True)
class Pattern:
    """A thing with an index in it, the number that the index begins with, and the last value."""

    body: Syntax
    index: Symbol
    start: Syntax
    last: Syntax

    @property
    def first(self) -> int:
        """The number that the index begins with."""
        return int(self.start.text) if isinstance(self.start, Numeral) else 0

    def at(self, label: Syntax) -> Syntax:
        """The thing with a label in the place of the index."""
        found: Syntax = replaced(self.body, self.index, label)
        return found

    def numbered(self, number: int) -> Syntax:
        """The thing with a number in the place of the index."""
        return self.at(Numeral(str(number), self.index.at))

    def from_last(self, back: int) -> Syntax:
        """The thing so many places before the last."""
        if back == 0:
            return self.at(self.last)
        terms = ((1, self.last), (-1, Numeral(str(back), self.index.at)))
        return self.at(Signed(terms, self.last.at))


class _NoPattern(Exception):
    """Two things differ otherwise than in a number."""


def pattern(first: Syntax, last: Syntax, index: str, *, numbered: bool = True) -> Pattern | None:
    """The pattern of two things that differ in one subscript alone, a number in the first if it is to be ``numbered``.

    >>> from verify.read.parse import parse
    >>> from verify.read.tokens import tokenize
    >>> found = pattern(*(parse(tokenize(text)) for text in ("a_1 b_1", "a_n b_n")), "i")
    >>> found.first, found.last.key
    (1, 'n')
    >>> pattern(*(parse(tokenize(text)) for text in ("a_1 b_1", "a_n b_2")), "i") is None
    True
    """
    symbol = Symbol(index, "", (), Span(first.at.start, first.at.start))
    comparison = _Comparison(symbol, numbered)
    try:
        body = comparison.common(first, last)
    except _NoPattern:
        return None
    found = comparison.found
    if not found or not all(same(pair, found[0]) for pair in found):
        return None
    start, end = found[0]
    return Pattern(body, symbol, start, end)


def stepped(first: Syntax, second: Syntax, index: str) -> tuple[Syntax, Symbol, int] | None:
    """The thing with an index in it that two things are, of which one has each number one higher; and the first number.

    ``W_2 b_1`` and ``W_3 b_2`` are ``W_{j+1} b_j`` at j = 1 and at j = 2.
    """
    symbol = Symbol(index, "", (), Span(first.at.start, first.at.start))
    comparison = _Comparison(symbol, numbered=True)
    try:
        comparison.common(first, second)
        pairs = [(_number(one), _number(other)) for one, other in comparison.found]
        if not pairs or any(other != one + 1 for one, other in pairs):
            return None
        base = min(one for one, _ in pairs)
        return _Steps(symbol, True, base=base).common(first, second), symbol, base
    except _NoPattern:
        return None


def _number(node: Syntax) -> int:
    if isinstance(node, Numeral) and node.text.isdigit():
        return int(node.text)
    raise _NoPattern


def fresh(taken: frozenset[str]) -> str:
    """A letter for an index that is not taken."""
    return next((letter for letter in LETTERS if letter not in taken), "index")


def letters_in(node: Syntax) -> frozenset[str]:
    """The letters that stand anywhere in a formula."""
    found: set[str] = set()
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, Symbol):
            found.add(each.letter)
        stack.extend(children(each))
    return frozenset(found)


def letters_in_all(nodes: Iterable[Syntax]) -> frozenset[str]:
    """The letters that stand anywhere in several formulas."""
    return frozenset[str]().union(*map(letters_in, nodes))


def same(first: Any, second: Any) -> bool:
    """Whether two things are written the same, wherever they stand."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if type(first) is not type(second) or not isinstance(first, NODES):
        return bool(first == second)
    if isinstance(first, Scripted) and isinstance(second, Scripted):
        first, second = _aligned(first, second)
    return all(same(getattr(first, each), getattr(second, each)) for each in parts_in(first))


def parts_in(node: Syntax) -> tuple[str, ...]:
    """The fields of a node, but for its place."""
    return tuple(each.name for each in fields(node) if each.name != "at")


def _aligned(first: Scripted, second: Scripted) -> tuple[Scripted, Scripted]:
    """Both with their subscripts label by label: ``11`` is 1 and 1 beside ``1k``."""
    below, other = _flat(first.below), _flat(second.below)
    if len(below) < len(other):
        below = _split(below)
    elif len(other) < len(below):
        other = _split(other)
    return replace(first, below=below), replace(second, below=other)


def _flat(below: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    return tuple(part for each in below for part in parts_of(each))


def _split(below: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    found: list[Syntax] = []
    for each in below:
        found += [Numeral(digit, each.at) for digit in each.text] if isinstance(each, Numeral) else [each]
    return tuple(found)


@dataclass
class _Comparison:
    """Two trees while they are compared: where a number in a subscript differs, the index takes its place."""

    index: Symbol
    numbered: bool
    found: list[tuple[Syntax, Syntax]] = field(default_factory=list)

    def label(self, first: Syntax) -> Syntax:
        """What takes the place of two things that differ."""
        del first
        return self.index

    def common(self, first: Any, last: Any, *, inside: bool = False) -> Any:
        """The tree that two trees share, or two parts of them."""
        taken = not self.numbered or (isinstance(first, Numeral) and first.text.isdigit())
        label = isinstance(first, NODES) and not isinstance(first, Group)
        if inside and taken and label and not same(first, last):
            self.found.append((first, last))
            return self.label(first)
        if isinstance(first, tuple) and isinstance(last, tuple) and len(first) == len(last):
            return tuple(self.common(one, other, inside=inside) for one, other in zip(first, last, strict=True))
        if type(first) is type(last) and isinstance(first, NODES):
            if isinstance(first, Scripted):
                first, last = _aligned(first, last)
            scripted = isinstance(first, Scripted)
            parts = {}
            for each in parts_in(first):
                deeper = inside or (scripted and (each == "below" or isinstance(getattr(first, each), Group)))
                parts[each] = self.common(getattr(first, each), getattr(last, each), inside=deeper)
            return replace(first, **parts)
        if first != last:
            raise _NoPattern
        return first


@dataclass
class _Steps(_Comparison):
    """The same for numbers that are the index plus so many."""

    base: int = 1

    def label(self, first: Syntax) -> Syntax:
        """The index, plus what the number is more than the least."""
        more = _number(first) - self.base
        if not more:
            return self.index
        return Signed(((1, self.index), (1, Numeral(str(more), first.at))), first.at)


def replaced(value: Any, index: Syntax, label: Syntax) -> Any:
    """A tree with another in the place of one of its nodes."""
    if value is index:
        return label
    if isinstance(value, tuple):
        return tuple(replaced(each, index, label) for each in value)
    if not isinstance(value, NODES):
        return value
    return replace(value, **{each: replaced(getattr(value, each), index, label) for each in parts_in(value)})


def at_level(value: Any, letter: str, level: Syntax, *, label: bool = False) -> Any:
    """A formula with a level in the place of the letter for it, in subscripts and in superscripts in parentheses."""
    if isinstance(value, tuple) and not isinstance(value, Span):
        return tuple(at_level(each, letter, level, label=label) for each in value)
    if label and isinstance(value, Symbol) and value.key == letter:
        return level
    if not isinstance(value, NODES):
        return value
    found = {}
    for name in (each.name for each in fields(value)):
        part = getattr(value, name)
        tag = name == "above" and isinstance(value, Scripted) and isinstance(part, Group) and part.opened in ("(", "[")
        found[name] = at_level(part, letter, level, label=label or tag or name == "below")
    return replace(value, **found)
