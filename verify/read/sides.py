"""The sides of a chain: each as written, and what it means or why it means nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verify.language import Expression, Interval, Mismatch, Misshapen, Node, Shape, Unreadable, shape
from verify.read.differential import Layout
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.indices import Unsettled
from verify.read.notes import Misfit, Notes, misshapen
from verify.read.parse import parse
from verify.read.scope import Scope
from verify.read.sets import read_set
from verify.read.source import Source
from verify.read.tokens import Token


@dataclass(frozen=True)
class Written:
    """A side as written: its tokens, its text, and where it begins."""

    tokens: tuple[Token, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Good:
    """A side that means something."""

    written: Written
    value: Expression | Interval | Shape
    free: Mapping[str, Expression]
    bound: tuple[str, ...]
    notes: Notes


@dataclass(frozen=True)
class Bad:
    """A side that could not be read, or whose own parts do not fit."""

    written: Written
    verdict: Unreadable | Misshapen


Side = Good | Bad


def written(tokens: Sequence[Token], source: Source, otherwise: int) -> Written:
    """The text of a side, without what stands between its tokens and is no part of it."""
    if not tokens:
        return Written((), "", otherwise, otherwise)
    pieces: list[list[int]] = []
    for token in tokens:
        between = source.text[pieces[-1][1] : token.start] if pieces else ""
        if pieces and (not between.strip() or _is_spacing(between)) and token.start >= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], token.end)
        else:
            pieces.append([token.start, token.end])
    text = " ".join(source.text[start:end] for start, end in pieces)
    return Written(tuple(tokens), " ".join(text.split()), tokens[0].start, tokens[-1].end)


def _is_spacing(between: str) -> bool:
    r"""Whether what was left out between two tokens is a command such as ``\left``."""
    words = between.split()
    return all(word.startswith("\\") and not word.startswith("\\\\") for word in words)


def read_sides(
    sides: Sequence[Written],
    sets: Sequence[bool],
    scope: Scope,
    layout: Layout,
    source: Source,
    before: Mapping[str, Expression],
) -> list[Side]:
    """Read the sides of a chain; how far a free index runs may be told by another side, or by ``before``."""
    found: list[Side | None] = []
    for side, is_set in zip(sides, sets, strict=True):
        try:
            found.append(_read(side, scope, layout, source, {}, is_set=is_set))
        except Unsettled:
            found.append(None)
    told = dict(before)
    for each in found:
        if isinstance(each, Good):
            told = {**each.free, **told}
    return [
        each if each is not None else _settled(side, scope, layout, source, told)
        for side, each in zip(sides, found, strict=True)
    ]


def _settled(side: Written, scope: Scope, layout: Layout, source: Source, told: Mapping[str, Expression]) -> Side:
    try:
        return _read(side, scope, layout, source, told, is_set=False)
    except Unsettled as error:
        return Bad(side, error.within(source).verdict)


def _read(
    side: Written, scope: Scope, layout: Layout, source: Source, told: Mapping[str, Expression], *, is_set: bool
) -> Side:
    try:
        if is_set:
            return Good(side, read_set(side.tokens, scope, side.start), {}, (), Notes())
        if not side.tokens:
            raise ReadError("nothing stands on this side", side.start, expected="an expression")
        found = elaborate(parse(side.tokens, scope.words, side.end), scope, layout, told)
        return Good(side, found.expression, found.free, found.bound, found.notes)
    except Unsettled:
        raise
    except ReadError as error:
        return Bad(side, error.within(source).verdict)
    except Misfit as misfit:
        return Bad(side, misfit.verdict)


def fitted(side: Side) -> Side:
    """The side, if its parts fit."""
    if isinstance(side, Good) and isinstance(side.value, Node):
        own = shape(side.value)
        if isinstance(own, Mismatch):
            return Bad(side.written, misshapen(own))
    return side
