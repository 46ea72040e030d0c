"""The sides of a chain: each as written, and what it means or why it means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from verify.language import (
    Expression,
    Interval,
    Mismatch,
    Misshapen,
    Name,
    Node,
    Number,
    Shape,
    Unreadable,
    latex,
    same_shape,
    shape,
)
from verify.read.conventions import Conventions
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.indices import Unsettled
from verify.read.limits import infinity, limited
from verify.read.names import NeedsArgument, UnknownName
from verify.read.notes import Misfit, Notes, misshapen
from verify.read.parse import may_hold_dots, parse
from verify.read.pointwise import argument_for, at_argument
from verify.read.scope import Quantity, Scope
from verify.read.sets import read_set
from verify.read.sized import SIZED, called
from verify.read.source import Source
from verify.read.syntax import Spelling
from verify.read.tokens import Token


@dataclass(frozen=True)
class Written:
    """A side as written: its tokens, its text, and where it begins."""

    tokens: tuple[Token, ...]
    text: str
    start: int
    end: int
    below: tuple[Token, ...] = ()
    """What stands below a limit that begins the side."""
    tended: bool = False
    """Whether it is what something tends to, so that it may be infinity."""


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
    """A side that could not be read, or whose own parts do not fit; then ``value`` is what they would mean."""

    written: Written
    verdict: Unreadable | Misshapen
    value: Expression | None = None


Side = Good | Bad


@dataclass(frozen=True)
class Unsized:
    """A side with the identity or a vector of ones whose size is not known yet, in each declared size that fits."""

    written: Written
    error: UnknownName
    fits: tuple[Good, ...]


def written(tokens: Sequence[Token], source: Source, otherwise: int) -> Written:
    """The text of a side, without what stands between its tokens and is no part of it."""
    if not tokens:
        return Written((), "", otherwise, otherwise)
    pieces: list[list[int]] = []
    for token in tokens:
        if pieces and token.start == pieces[-1][1]:
            pieces[-1][1] = token.end
            continue
        between = source.text[pieces[-1][1] : token.start] if pieces else ""
        if pieces and pieces[-1][0] <= token.start and token.end <= pieces[-1][1]:
            continue
        if pieces and (not between.strip() or _is_spacing(between)) and token.start >= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], token.end)
        else:
            pieces.append([token.start, token.end])
    text = " ".join(source.text[start:end] for start, end in pieces)
    below, rest = limited(tokens)
    return Written(rest, " ".join(text.split()), tokens[0].start, tokens[-1].end, below)


def _is_spacing(between: str) -> bool:
    r"""Whether what was left out between two tokens is a command such as ``\left``."""
    words = between.split()
    return all(word.startswith("\\") and not word.startswith("\\\\") for word in words)


@dataclass(frozen=True)
class SideReader:
    """Reads the sides of a chain in a scope."""

    scope: Scope
    conventions: Conventions
    source: Source
    met: dict[tuple[tuple[Token, ...], bool], Side | Unsettled | Unsized] | None = None
    """What sides mean that were read before, where the same ones are read again and again."""

    def read(self, sides: Sequence[Written], sets: Sequence[bool], told: Mapping[str, Expression]) -> list[Side]:
        """Read the sides of a chain, some of them sets.

        How far a free index runs may be told by another side, or by what was ``told`` before; so may
        how many entries a vector of ones has.
        """
        found = [self._once(side, is_set=is_set) for side, is_set in zip(sides, sets, strict=True)]
        sure = [each for each in found if isinstance(each, Good)]
        told = {**{name: over for each in reversed(sure) for name, over in each.free.items()}, **told}
        shapes = [shape(each.value) for each in sure if isinstance(each.value, Node)]
        return [self._again(side, each, told, shapes) for side, each in zip(sides, found, strict=True)]

    def _once(self, side: Written, *, is_set: bool) -> Side | Unsettled | Unsized:
        if self.met is None:
            return self._first(side, is_set=is_set)
        key = side.tokens, is_set
        if key not in self.met:
            self.met[key] = self._first(side, is_set=is_set)
        return self.met[key]

    def _first(self, side: Written, *, is_set: bool) -> Side | Unsettled | Unsized:
        ends = infinity(side.tokens) if side.tended else ()
        if len(ends) == 1:
            return Good(side, ends[0], {}, (), Notes())
        try:
            if is_set:
                return Good(side, read_set(side.tokens, self.scope, side.start), {}, (), Notes())
            return self._elaborated(side, self.scope, {})
        except Unsettled as error:
            return error
        except UnknownName as error:
            if error.name.key not in SIZED:
                return Bad(side, error.within(self.source).verdict)
            return Unsized(side, error, self._sized(side, error.name, self.scope.dimensions))
        except NeedsArgument as error:
            return self._pointwise(side) or Bad(side, error.within(self.source).verdict)
        except ReadError as error:
            return Bad(side, error.within(self.source).verdict)
        except Misfit as misfit:
            return Bad(side, misfit.verdict)

    def _pointwise(self, side: Written) -> Good | None:
        """The side with each function at one argument, if it is made of functions and numbers alone."""
        argument = argument_for(self.scope)
        if argument is None:
            return None
        node = at_argument(parse(side.tokens, self.scope.words, side.end), self.scope, argument.symbol)
        if node is None:
            return None
        scope = self.scope.with_name(argument, Quantity(Name(argument.key)))
        try:
            found = elaborate(node, scope, self.conventions)
        except (ReadError, Misfit):
            return None
        found.notes.assume(f"functions without an argument are those of {argument.key}")
        found.notes.pointwise = True
        return Good(side, found.expression, found.free, found.bound, found.notes)

    def _elaborated(self, side: Written, scope: Scope, told: Mapping[str, Expression]) -> Good:
        if not side.tokens:
            raise ReadError("nothing stands on this side", side.start, expected="an expression")
        node, dotted = parse(side.tokens, scope.words, side.end), may_hold_dots(side.tokens)
        found = elaborate(node, scope, self.conventions, told, dotted=dotted)
        return Good(side, found.expression, found.free, found.bound, found.notes)

    def _sized(self, side: Written, name: Spelling, sizes: Iterable[Expression]) -> tuple[Good, ...]:
        """The side with the vector of ones, or the identity, in each of these sizes that fits."""
        fits: list[Good] = []
        for size in sizes:
            scope = self.scope.with_name(name, Quantity(SIZED[name.key](size)))
            try:
                side_of_size = self._elaborated(side, scope, {})
            except (ReadError, Misfit):
                continue
            if isinstance(fitted(side_of_size), Good):
                square = called(name.key) == "identity"
                size_text = f"is {latex(size)} x {latex(size)}" if square else f"has {latex(size)} entries"
                side_of_size.notes.assume(f"{name.key} {size_text}")
                unknown = "how large the identity is" if square else f"how many entries the {called(name.key)} has"
                side_of_size.notes.sized = unknown
                fits.append(side_of_size)
        return tuple(fits)

    def _again(
        self,
        side: Written,
        found: Side | Unsettled | Unsized,
        told: Mapping[str, Expression],
        shapes: Sequence[Shape | Mismatch],
    ) -> Side:
        """A side that needs to be told something by the others."""
        match found:
            case Good() | Bad():
                return found
            case Unsettled():
                try:
                    return self._elaborated(side, self.scope, told)
                except ReadError as error:
                    return Bad(side, error.within(self.source).verdict)
                except Misfit as misfit:
                    return Bad(side, misfit.verdict)
            case Unsized():
                return self._of_a_size(found, shapes)
            case _:
                assert_never(found)

    def _of_a_size(self, found: Unsized, shapes: Sequence[Shape | Mismatch]) -> Side:
        """The side in the size that the others have; in the only one that fits, if they tell none."""
        beside = [each for own in shapes if isinstance(own, tuple) for each in own if not isinstance(each, Number)]
        other = [size for size in dict.fromkeys(beside) if size not in self.scope.dimensions]
        fits = (*found.fits, *self._sized(found.written, found.error.name, other))
        likely = [each for each in fits if any(_has(each, other) for other in shapes)] or list(found.fits)
        if len(likely) == 1:
            return likely[0]
        if not likely:
            return Bad(found.written, found.error.within(self.source).verdict)
        says = f"nothing tells {likely[0].notes.sized}"
        return Bad(
            found.written, ReadError(says, found.written.start, expected="a context").within(self.source).verdict
        )


def _has(side: Good, other: Shape | Mismatch) -> bool:
    own = shape(side.value) if isinstance(side.value, Node) else None
    return isinstance(own, tuple) and isinstance(other, tuple) and same_shape(own, other)


def fitted(side: Side) -> Side:
    """The side, if its parts fit."""
    if isinstance(side, Good) and isinstance(side.value, Node):
        own = shape(side.value)
        if isinstance(own, Mismatch):
            return Bad(side.written, misshapen(own), side.value)
    return side
