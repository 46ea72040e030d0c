"""From syntax to expressions: names are resolved, indices are bound, products and calls told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction as Exact
from typing import assert_never

from verify.language import (
    Dimension,
    Expression,
    Matrix,
    Max,
    Mismatch,
    Norm,
    Number,
    Product,
    Range,
    Sum,
    Vjp,
    as_expression,
    latex,
    shape,
)
from verify.language.binders import Binder
from verify.language.calls import Derivative
from verify.language.shape import is_scalar
from verify.read.apply import applied, bound
from verify.read.calls import CallReader
from verify.read.differential import Differential, Layout, derivative, differential
from verify.read.errors import ReadError
from verify.read.indices import Indices, Key, Unsettled
from verify.read.join import joined, product, total
from verify.read.notes import Notes
from verify.read.scope import Quantity, Scope
from verify.read.sizes import dimension
from verify.read.syntax import (
    Bars,
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
    spelling,
)

BINDERS: Mapping[str, type[Binder]] = {r"\sum": Sum, r"\prod": Product, r"\max": Max}
READINGS = 3


@dataclass(frozen=True)
class Elaborated:
    """An expression with its free indices and how far they run, the names bound in it, and what was assumed."""

    expression: Expression
    free: Mapping[str, Expression]
    bound: tuple[str, ...]
    notes: Notes


def elaborate(
    node: Syntax, scope: Scope, layout: Layout = "mixed", fallback: Mapping[str, Expression] | None = None
) -> Elaborated:
    """The expression that a syntax tree means in a scope; ``fallback`` tells how far free indices run.

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
        expression = Elaborator(scope, layout, indices, notes).expression(node)
        lost, known, reading = indices.unsettled, indices.learned, reading + 1
        if lost is None:
            free = {name: each.dimension for name, each in indices.free.items() if each.dimension is not None}
            return Elaborated(expression, free, tuple(indices.bound_names), notes)
        if reading == READINGS:
            bounds = rf"bounds, as in \sum_{{{lost.name}=1}}^n"
            raise Unsettled(f"nothing tells how far {lost.name} runs", lost.at, expected=bounds)


class Elaborator(CallReader):
    """Reads the syntax of one side of a link in a scope."""

    def __init__(self, scope: Scope, layout: Layout, indices: Indices, notes: Notes) -> None:
        super().__init__(scope, indices, notes)
        self.layout: Layout = layout

    def expression(self, node: Syntax) -> Expression:
        """The expression that a node means."""
        match node:
            case Numeral():
                return as_expression(Exact(node.text))
            case Symbol() | Scripted():
                return self.factor((node,), 0)[0]
            case Juxtaposed():
                return product(self.factors(node.parts))
            case Joined():
                return self._joined(node)
            case Signed():
                return self._signed(node)
            case Fraction():
                return self._fraction(node)
            case Root():
                return self.expression(node.inner) ** Exact(1, 2)
            case Ranged():
                return self._ranged(node)
            case Group():
                return self._group(node)
            case Bars():
                return Norm(self.expression(node.inner))
            case Grid():
                return Matrix(*(tuple(map(self.expression, row)) for row in node.rows))
            case _:
                assert_never(node)

    def factor(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """The factor that begins at a part: a derivative takes what it derives with it."""
        match parts[position]:
            case Fraction() as part if (found := self._differential(part)) is not None and not found.quantity:
                return self._operated(found, parts, position)
            case Scripted(base=Group(items=(Fraction() as inner,)), above=Symbol(letter="*")):
                return self._passed_back(inner, parts, position)
            case _:
                return super().factor(parts, position)

    # ---------------------------------------------------------------- sums and products

    def _signed(self, node: Signed) -> Expression:
        terms = [self.expression(term) for _, term in node.terms]
        shapes = [shape(term) for term in terms]
        scalars = [not isinstance(axes, Mismatch) and is_scalar(axes) for axes in shapes]
        if not all(scalars):
            for term, scalar in zip(terms, scalars, strict=True):
                if scalar:
                    self.notes.assume(f"{latex(term)} is added to each entry")
        return total([-term if sign < 0 else term for (sign, _), term in zip(node.terms, terms, strict=True)])

    def _joined(self, node: Joined) -> Expression:
        factors, signs = [node.factors[0]], list[str]()
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            span = factors[-1].at.to(factor.at)
            if sign == "/" and differential(factors[-1], factor, span) is not None:
                factors[-1] = Fraction(factors[-1], factor, span)
                continue
            if sign == "/" and isinstance(factor, Juxtaposed):
                raise ReadError("what stands below this / is not clear", factor.at.start, expected="parentheses")
            signs.append(sign)
            factors.append(factor)
        return joined(list(map(self.expression, factors)), signs, self.notes, node.at.start)

    def _group(self, node: Group) -> Expression:
        if len(node.items) > 1:
            says = "several things in parentheses, and no function before them"
            raise ReadError(says, node.at.start, expected="one expression")
        return self.expression(node.items[0])

    # ---------------------------------------------------------------- fractions and derivatives

    def _differential(self, node: Fraction) -> Differential | None:
        r"""The derivative that a fraction is; ``d`` may be a dimension besides, and nothing else."""
        found = differential(node.above, node.below, node.at)
        if found is None or found.mark != "d":
            return found
        meaning = self.scope.find(Spelling(Symbol("d", "", (), node.at)))
        if isinstance(meaning, Quantity) and not isinstance(meaning.expression, Dimension):
            raise ReadError("d is a name here", node.at.start, expected=r"\partial or \mathrm{d} for a derivative")
        return found

    def _fraction(self, node: Fraction) -> Expression:
        found = self._differential(node)
        if found is None:
            return self.expression(node.above) / self.expression(node.below)
        if not found.quantity:
            raise ReadError("nothing stands here to be derived", node.at.end, expected="an expression")
        variable = self.expression(found.variable)
        called = self.function(found.quantity[0]) if len(found.quantity) == 1 else None
        if called is None:
            return self._derivative(product(self.factors(found.quantity)), variable, found)
        value = applied(called.meaning, called.primes, [variable], self.notes, called.symbol.at.start)
        self.notes.assume(f"{called.symbol.key} is derived at {latex(variable)}")
        return self._derivative(value, variable, found)

    def _derivative(self, quantity: Expression, variable: Expression, found: Differential) -> Expression:
        return derivative(quantity, variable, self.layout, self.notes, found.at)

    def _operated(self, found: Differential, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\frac{d}{dx}`` takes the parentheses that follow it, or else the whole product that follows."""
        rest = parts[position + 1 :]
        if not rest:
            raise ReadError("nothing stands here to be derived", found.at.end, expected="an expression")
        variable = self.expression(found.variable)
        first = rest[0].base if isinstance(rest[0], Scripted) else rest[0]
        if isinstance(first, Group):
            if len(rest) > 1:
                self.notes.assume("a derivative before parentheses is that of the parentheses alone")
            return self._derivative(self.expression(rest[0]), variable, found), position + 2
        if any(isinstance(part, Fraction) and self._differential(part) is not None for part in rest[1:]):
            raise ReadError("it is not clear how much is derived here", rest[0].at.start, expected="parentheses")
        return self._derivative(product(self.factors(rest)), variable, found), len(parts)

    def _passed_back(self, node: Fraction, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\left(\frac{\partial y}{\partial x}\right)^* u``: what an upstream gradient passes on."""
        taken = self._fraction(node)
        if not isinstance(taken, Derivative) or position + 1 >= len(parts):
            raise ReadError("a star is read only on a derivative, with an upstream gradient after it", node.at.start)
        upstream, position = self.factor(parts, position + 1)
        return Vjp(taken.quantity, taken.variable, upstream), position

    # ---------------------------------------------------------------- sums over an index

    def _ranged(self, node: Ranged) -> Expression:
        """A sum, a product or a maximum over one index or several."""
        over = self._range(node)
        names = [spelling(each) for each in node.indices]
        found = [(name.key, each.at.start) for name, each in zip(names, node.indices, strict=True) if name is not None]
        running = [self.bind(name, over, offset) for name, offset in found]
        body = self.expression(node.body)
        for each in reversed(running):
            body = bound(BINDERS[node.sign], body, self.indices.release(each))
        return body

    def _range(self, node: Ranged) -> Expression | None:
        """What the index runs over, if it is said."""
        high = None if node.high is None else dimension(node.high, self.scope, new=False)
        if node.low is None or (isinstance(node.low, Numeral) and node.low.text == "1"):
            return high
        if not isinstance(node.low, Numeral) or node.low.text != "0" or high is None:
            says = "an index that runs over a part of the entries is not read yet"
            raise ReadError(says, node.low.at.start, expected="1")
        if isinstance(node.high, Signed) and node.high.terms[-1][0] < 0:
            raise ReadError("an index that counts from 0 is not read yet", node.low.at.start, expected="1")
        return Range(Number(0), high)
