"""Subscripts as lists of indices and numbers: ``ij``, ``i, j``, ``1``, ``12`` for two axes, ``i'``."""

from __future__ import annotations

from typing import NamedTuple

from verify.read.source import Span
from verify.read.syntax import (
    Bars,
    Cases,
    Compared,
    Dots,
    Evaluated,
    Fraction,
    Grid,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Ranged,
    Root,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
    parts_of,
)


class Label(NamedTuple):
    """One subscript: a name or a number."""

    name: str
    spelling: Spelling
    number: int | None
    offset: int


def labels(below: tuple[Syntax, ...], axes: int | None = None) -> tuple[Label, ...] | None:
    """The subscripts in a script, or nothing if one of them is none. ``12`` is 1 and 2 where there are two axes."""
    found: list[Label] = []
    for item in below:
        for part in parts_of(item):
            label = _label(part)
            if label is None:
                return None
            found.append(label)
    if axes is not None and len(found) < axes and any(each.number is not None and each.number > 9 for each in found):
        split = [piece for each in found for piece in _digits(each)]
        return tuple(split) if len(split) == axes else tuple(found)
    return tuple(found)


def _label(node: Syntax) -> Label | None:
    match node:
        case Symbol():
            return Label(node.key, Spelling(node), None, node.at.start)
        case Scripted(base=Symbol() as base, below=(), above=None):
            name = Spelling(base, node.primes)
            return Label(name.key, name, None, node.at.start)
        case Numeral() if node.text.isdigit():
            return _number(node.text, node.at, node.at.start)
        case _:
            return None


def _digits(label: Label) -> list[Label]:
    if label.number is None:
        return [label]
    return [_number(digit, label.spelling.symbol.at, label.offset) for digit in str(label.number)]


def _number(text: str, at: Span, offset: int) -> Label:
    return Label(text, Spelling(Symbol(text, "", (), at)), int(text), offset)


def mentions(node: Syntax, name: str) -> bool:
    """Whether an index of this name stands as a subscript somewhere in a formula."""
    stack: list[Syntax] = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, Scripted) and any(label.name == name for label in labels(each.below) or ()):
            return True
        stack.extend(children(each))
    return False


def children(node: Syntax) -> tuple[Syntax, ...]:
    """The nodes directly inside a node."""
    match node:
        case Numeral() | Symbol() | Dots():
            return ()
        case Scripted():
            return (node.base, *node.below, *(() if node.above is None else (node.above,)))
        case Juxtaposed():
            return node.parts
        case Joined():
            return node.factors
        case Signed():
            return tuple(term for _, term in node.terms)
        case Fraction():
            return (node.above, node.below)
        case Root() | Bars():
            return (node.inner,)
        case Evaluated():
            return (node.inner, *node.at_point)
        case Ranged():
            bounds = tuple(each for each in (node.low, node.high, node.over) if each is not None)
            return (*bounds, *node.conditions, node.body)
        case Group():
            return node.items
        case Grid():
            return tuple(cell for row in node.rows for cell in row)
        case Compared():
            return node.sides
        case Cases():
            return tuple(each for row in node.rows for each in row if each is not None)
