"""From syntax to expressions: names are resolved, indices are bound, products and calls told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction as Exact
from typing import assert_never

from verify.language import (
    Expression,
    Mismatch,
    Trace,
    Transpose,
    as_expression,
    describe,
    latex,
    same_shape,
    shape,
)
from verify.language.shape import ONE, is_scalar, long_axes
from verify.read.apply import fitting
from verify.read.bars import BarReader
from verify.read.conventions import Conventions
from verify.read.dotted import DOTS
from verify.read.errors import ReadError
from verify.read.indices import Indices, Key, Unsettled
from verify.read.join import joined, side_by_side, total
from verify.read.notes import Misfit, Notes
from verify.read.scope import Indexed, Scope
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
    Symbol,
    Syntax,
)

READINGS = 3
ANGLE = r"\langle"
USUAL = Conventions()


@dataclass(frozen=True)
class Elaborated:
    """An expression with its free indices and how far they run, the names bound in it, and what was assumed."""

    expression: Expression
    free: Mapping[str, Expression]
    bound: tuple[str, ...]
    notes: Notes


def elaborate(
    node: Syntax,
    scope: Scope,
    conventions: Conventions = USUAL,
    fallback: Mapping[str, Expression] | None = None,
    *,
    dotted: bool = True,
) -> Elaborated:
    """The expression that a syntax tree means in a scope; ``fallback`` tells how far free indices run.

    What is not ``dotted`` is known to have no dots in it, which need not be looked for then.

    Raises :class:`ReadError` for a name that is not known and for whatever has no single meaning,
    :class:`~verify.read.notes.Misfit` where shapes do not fit, :class:`~verify.read.indices.Unsettled`
    where nothing tells how far an index runs.

    >>> from verify.read.parse import parse
    >>> from verify.read.tokens import tokenize
    >>> elaborate(parse(tokenize("e^{1 + 1}")), Scope()).expression
    e^{1 + 1}
    >>> elaborate(parse(tokenize("y")), Scope())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    verify.read.names.UnknownName: 1:1: the name y is not known here; known here: ...
    """
    known: Mapping[Key, Expression] = {}
    reading = 0
    while True:
        indices, notes = Indices(known, fallback or {}, again=reading > 0), Notes()
        reader = Elaborator(scope, conventions, indices, notes)
        reader.dotted = dotted
        expression = reader.expression(node)
        lost = indices.unsettled
        if not lost:
            free = {name: each.dimension for name, each in indices.free.items() if each.dimension is not None}
            return Elaborated(expression, free, tuple(indices.bound_names), notes)
        known, reading = indices.learned, reading + 1
        known = {**{each.key: over for each in lost if (over := _declared(each.name, scope)) is not None}, **known}
        if reading == READINGS:
            first = lost[0]
            bounds = rf"bounds, as in \sum_{{{first.name}=1}}^n"
            raise Unsettled(f"nothing tells how far {first.name} runs", first.at, expected=bounds)


def _declared(name: str, scope: Scope) -> Expression | None:
    """How far an index runs that is bound by a sum, where its term does not tell and the context does."""
    named = scope.names.get(name)
    match named and named.meaning:
        case Indexed(index, start=1):
            return index.dimension
        case _:
            return None


class Elaborator(BarReader):
    """Reads the syntax of one side of a link in a scope."""

    def expression(self, node: Syntax) -> Expression:
        """The expression that a node means."""
        match node:
            case Numeral():
                return as_expression(int(node.text) if node.text.isdecimal() else Exact(node.text))
            case Symbol() | Scripted():
                return self.factor((node,), 0)[0]
            case Juxtaposed(parts=()):
                raise ReadError("nothing stands in these braces", node.at.start, expected="an expression")
            case Juxtaposed() | Signed() if (nested := self.nested(node)) is not None:
                return nested
            case Juxtaposed():
                return side_by_side(self.factors(node.parts), self.conventions)
            case Joined() if (composed := self.composition(node)) is not None:
                return composed
            case Joined():
                return self._joined(node)
            case Signed():
                return self._signed(node)
            case Fraction():
                return self.fraction(node)
            case Root():
                return self.expression(node.inner) ** Exact(1, 2)
            case Ranged():
                return self.ranged(node)
            case Group():
                return self._group(node)
            case Bars():
                return self.bars(node)
            case Evaluated():
                return self.evaluated(node)
            case Grid():
                return self.cornered(node)
            case Cases():
                return self.cases(node)
            case Compared():
                says = "a relation in the midst of a formula"
                raise ReadError(says, node.sides[0].at.end, expected="an expression")
            case Dots():
                raise ReadError(DOTS, node.at.start, expected="the terms written out, or a sum")
            case _:
                assert_never(node)

    # ---------------------------------------------------------------- sums and products

    def _signed(self, node: Signed) -> Expression:
        self.doubt_reach([term for _, term in node.terms])
        dotted = Dots in [type(term) for _, term in node.terms]
        read = self.dotted_terms(node.terms) if dotted else [(sign, self.expression(term)) for sign, term in node.terms]
        terms = [term for _, term in read]
        shapes = [shape(term) for term in terms]
        scalars = [not isinstance(axes, Mismatch) and is_scalar(axes) for axes in shapes]
        if not all(scalars):
            for term, scalar in zip(terms, scalars, strict=True):
                if scalar:
                    self.notes.assume(f"{latex(term)} is added to each entry")
        return total([-term if sign < 0 else term for sign, term in read])

    def _joined(self, node: Joined) -> Expression:
        self.doubt_reach(node.factors)
        factors, signs = self.as_fraction(node)
        return joined(list(map(self.expression, factors)), signs, self.conventions, self.notes, node.at.start)

    def _group(self, node: Group) -> Expression:
        if node.opened == ANGLE:
            return self._inner_product(node)
        if any(isinstance(item, Dots) for item in node.items):
            return self.listed(node, turned=False)
        if len(node.items) > 1:
            says = "several things in parentheses, and no function before them"
            raise ReadError(says, node.at.start, expected="one expression")
        return self.expression(node.items[0])

    def _inner_product(self, node: Group) -> Expression:
        r"""``\langle u, v \rangle``: of two columns, of two rows, or of two matrices by their entries."""
        if len(node.items) != 2:
            raise ReadError("angle brackets around one thing", node.at.start, expected=r"\langle u, v \rangle")
        first, second = map(self.expression, node.items)
        axes, others = fitting(first), fitting(second)
        if is_scalar(axes) or is_scalar(others):
            raise ReadError("angle brackets around numbers", node.at.start, expected="two vectors")
        if not same_shape(axes, others):
            both = f"{latex(first)} is {describe(axes)}, {latex(second)} is {describe(others)}"
            raise Misfit(Mismatch("shape", second, axes, others, f"an inner product takes two of one shape: {both}"))
        if len(long_axes(axes)) > 1:
            self.notes.assume("the inner product of two matrices is the sum of the products of their entries")
            return Trace(Transpose(first) * second)
        return Transpose(first) * second if axes[-1] == ONE else first * Transpose(second)
