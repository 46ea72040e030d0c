"""What a write-up itself defines, section by section, on top of what its context says."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from verify.language import (
    Dependent,
    Dimension,
    Expression,
    Misshapen,
    Name,
    Node,
    Shape,
    Stated,
    Undecided,
    describe,
    same_shape,
)
from verify.language.depth import is_too_large
from verify.language.shape import shape_of
from verify.language.unfold import LEVELED
from verify.read.apply import occurs, substituted
from verify.read.at_levels import LeveledNames
from verify.read.definitions import Target, defined
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS
from verify.read.links import undefined
from verify.read.notes import Misfit
from verify.read.scope import Indexed, Meaning, Named, Quantity, Scope
from verify.read.sets import read_set
from verify.read.sides import Good
from verify.read.source import Span
from verify.read.step import Meaning as StepMeaning
from verify.read.syntax import Spelling, Symbol
from verify.read.tokens import Token

# Functions of functions double from one to the next.
LARGEST = 20_000


INDICES = FREE_LETTERS - {"m", "n"}
"""Letters that stand for entries where nothing is said; m and n are sizes as well."""


class Names(LeveledNames):
    """The names that are known at one place of a write-up, and what becomes of a definition."""

    def define(self, what: Target, right: Good, scope: Scope) -> StepMeaning:
        """Define a name by a right side that was read in a scope of its own; says what became of it."""
        if right.notes.doubts:
            return Undecided("ambiguous", "; ".join(right.notes.doubts))
        if not isinstance(right.value, Node):
            return Undecided("relation", "a set on the right side")
        if is_too_large(right.value, LARGEST):
            return Undecided("budget", f"written out, this has more than {LARGEST} parts")
        try:
            meaning = defined(what, right.value, scope, right.written.start)
            before = self.before(what)
            problem = self._disagrees(what, meaning, right.value)
            if problem is None:
                self.add(what.name, meaning)
                self._put_in(before, meaning)
            return problem or Stated(what.symbol)
        except ReadError as error:
            return error.within(self.source).verdict
        except Misfit as misfit:
            return misfit.verdict

    def _disagrees(self, what: Target, meaning: Meaning, value: Expression) -> Misshapen | Undecided | None:
        """Why a name that has a shape already is not defined so."""
        before = self.before(what)
        if not isinstance(before, Quantity) or not isinstance(meaning, Quantity) or not before.open:
            return None
        expected, actual = shape_of(before.expression), shape_of(meaning.expression)
        if not same_shape(expected, actual):
            says = f"{what.symbol} was said to be {describe(expected)}, and this is {describe(actual)}"
            return Misshapen("shape", says, expected, actual, same_shape(expected, actual[::-1]))
        if not value.atoms(Name, Dependent, *LEVELED) or occurs(before.expression, value):
            return undefined(what.symbol)
        return None

    def _put_in(self, before: Meaning | None, meaning: Meaning) -> None:
        """Where a name that was declared alone is defined now, what this section defined with it means that."""
        if (
            not isinstance(before, Quantity)
            or not isinstance(meaning, Quantity)
            or not isinstance(before.expression, Name)
        ):
            return
        names: dict[Node, Node] = {before.expression: meaning.expression}
        changed: dict[str, Named] = {}
        for key, named in self._added.items():
            known = named.meaning
            if before.expression not in named.mentioned or named.section != self.section:
                continue
            if isinstance(known, Quantity) and known.expression != meaning.expression:
                changed[key] = replace(named, meaning=replace(known, expression=substituted(known.expression, names)))
        self._added.update(changed)
        self.scope = self.scope.with_named(changed)

    def clashes(self, what: Target, shape: Shape) -> bool:
        """Whether the context says that a name has another shape, by dimensions that it knows."""
        named = self.scope.named(what.name)
        if named is None or named.section is not None or not isinstance(named.meaning, Quantity):
            return False
        expected = shape_of(named.meaning.expression)
        sizes = {size for axis in shape for size in axis.atoms(Dimension)}
        return not same_shape(expected, shape) and sizes <= set(self.scope.dimensions)

    def take_sizes(self, tokens: Sequence[Token], offset: int) -> None:
        r"""Know the letters in a shape, as in ``W x \in \mathbb{R}^m``, so that no other size is called so."""
        with suppress(ReadError):
            shape = read_set(tokens, self.scope, offset)
            self._add_sizes(shape if isinstance(shape, tuple) else (), offset)

    def _add_sizes(self, shape: Shape, offset: int) -> None:
        sizes = [size for axis in shape for size in sorted(axis.atoms(Dimension), key=str)]
        for size in dict.fromkeys(sizes):
            name = Spelling(Symbol(size.symbol, "", (), Span(offset, offset)))
            if self.scope.find(name) is None:
                self.add(name, Quantity(size))

    def declare(self, what: Target, shape: Shape) -> StepMeaning:
        r"""Know a name by its shape, as in ``W \in \mathbb{R}^{m \times n}``, and the dimensions in it."""
        try:
            self._add_sizes(shape, what.name.symbol.at.start)
            self.add(what.name, Quantity(Name(what.name.key, shape), open=True))
        except ReadError as error:
            return error.within(self.source).verdict
        return Stated(what.symbol)

    def count(self, what: Target) -> StepMeaning:
        r"""Know a name as a whole number, as in ``n \in \mathbb{N}``: a dimension, or an index that runs somewhere."""
        meaning = self.scope.find(what.name)
        if what.parameters or what.entries or what.subscripts:
            return Undecided("relation", f"whether {what.symbol} is a whole number is not decided")
        if meaning is None and what.name.key not in INDICES:
            try:
                self.add(what.name, Quantity(Dimension(what.name.key)))
            except ReadError as error:
                return error.within(self.source).verdict
        elif isinstance(meaning, Quantity) and not isinstance(meaning.expression, Dimension):
            return Undecided("relation", f"whether {what.symbol} is a whole number is not decided")
        elif meaning is not None and not isinstance(meaning, Quantity | Indexed):
            return Undecided("relation", f"{what.symbol} is no number here")
        return Stated(what.symbol)
