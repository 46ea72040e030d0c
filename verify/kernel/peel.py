"""One step of depth: what is said of the levels above a given one is written out, down to that level.

A recursion makes its last steps, a sum gives up its last terms, an ordered product its last factors; what is
left speaks of the levels up to the given one. Nothing else is changed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from sympy.core.basic import Basic

from verify import language as said
from verify.kernel.term import OutOfBudget, Unsupported
from verify.language import Expression
from verify.language.arithmetic import Node, as_expression
from verify.language.binders import Binder, Bound, outside, rebuild
from verify.language.layers import Ascending, Descending, Leveled, Member, Recursive, difference, linear, normal_level
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import is_over_levels, stepped, unit

MOST_LAYERS = 6


def at_depth(e: Expression, depth: said.Dimension, value: Expression) -> Expression:
    """The expression with another depth in the place of a dimension."""
    return cast(Expression, _at(e, depth, value))


def _at(node: Node, depth: said.Dimension, value: Node) -> Node:
    return value if node == depth else rebuild(node, lambda part, _: _at(part, depth, value))


class Peeling:
    """Writes out what is said of the levels above one, which is at least 1 where sums and products are cut."""

    def __init__(self, below: Expression) -> None:
        self._below = below
        self._known: dict[Basic, Node] = {}

    def of(self, e: Expression) -> Expression:
        """The expression, the levels above written out."""
        return cast(Expression, self._of(e))

    def _of(self, node: Node) -> Node:
        if node not in self._known:
            self._known[node] = self._peeled(node)
        return self._known[node]

    def _peeled(self, node: Node) -> Node:
        match node:
            case Recursive() if self._above(node.level):
                return Leveled(node.symbol, node.level, self._of(stepped(node, node.level)))
            case Leveled():
                return Leveled(node.symbol, node.level, self._of(node.meaning))
            case Member() | Recursive():
                return node
            case Descending() | Ascending():
                return self._ordered(node)
            case said.Sum() | said.Product() if is_over_levels(node):
                return self._terms(node)
            case said.Mul():
                factors = [self._of(factor) for factor in node.factors if not self._is_empty(factor)]
                return said.Mul(*factors) if len(factors) > 1 else factors[0] if factors else self._of(node.factors[0])
            case said.Power():
                return self._power(node)
            case said.Derivative():
                return self._derivative(node)
            case _:
                return rebuild(node, lambda part, _: self._of(part))

    def _above(self, level: Expression) -> int:
        """How many levels one lies above the given one; 0 if it does not."""
        parts, constant = difference(level, self._below)
        if constant > MOST_LAYERS:
            raise OutOfBudget
        return 0 if parts or constant < 1 else int(constant)

    def _terms(self, e: said.Sum | said.Product) -> Node:
        """A sum or product to the level above as that to the level, and its last term."""
        over = e.dimensions[0]
        if over == self._below:
            return type(e).rebuilt(self._of(e.body), e.args[1], e.args[2])
        if isinstance(over, said.Range) or not self._above(over):
            raise Unsupported(f"a sum or product over levels to {over}")
        rest, last = self._of(e.over(normal_level(over - 1))), self._of(outside(e.opened(over)))
        return said.Add(rest, last) if isinstance(e, said.Sum) else said.Mul(rest, last)

    def _ordered(self, e: Descending | Ascending) -> Node:
        """An ordered product to the level above as its factor of that level and the product to the level."""
        over = e.dimensions[0]
        assert isinstance(over, said.Range)
        if not self._above(over.high):
            return e
        if self._fewest(over) == 0:
            return cast(Node, unit(shape_of(e)[0]))
        rest, last = e.over(said.Range(over.low, normal_level(over.high - 1))), self._of(e.opened(over.high))
        rest = cast(Binder, self._of(rest))
        return said.Mul(last, rest) if isinstance(e, Descending) else said.Mul(rest, last)

    def _is_empty(self, e: Expression) -> bool:
        """Whether this is an ordered product of no factors, which may be left out of a product of others."""
        over = e.dimensions[0] if isinstance(e, Descending | Ascending) else None
        return isinstance(over, said.Range) and difference(over.high + 1, over.low) == ((), Fraction(0))

    def _fewest(self, over: said.Range) -> int:
        """How many factors there are at least: 0 for none, never some; a bound level is at most the given one here."""
        parts, count = difference(over.high + 1, over.low)
        if not parts and count == 0:
            return 0
        reach = dict(difference(self._below, said.Number(0))[0])
        bound = [c for part, c in parts if isinstance(part, Bound)]
        others = {part: c for part, c in parts if not isinstance(part, Bound)}
        closed = not bound and others == reach and count >= 0
        under = bound == [Fraction(-1)] and others == reach and count >= 1
        if not closed and not under:
            raise Unsupported(f"an ordered product from {over.low} to {over.high}")
        return 1

    def _power(self, e: said.Power) -> Node:
        """A power with the exponent k m + c as two."""
        form = linear(e.exponent)
        base = self._of(e.base)
        if form is None or not form[0] or not form[1]:
            return said.Power(base, e.exponent)
        constant = as_expression(form[1])
        return said.Mul(said.Power(base, normal_level(e.exponent - constant)), said.Power(base, constant))

    def _derivative(self, e: said.Derivative) -> Node:
        """The chain rule, where the last layer knows the variable through the value before it alone."""
        quantity, variable = self._of(e.quantity), e.variable
        if not isinstance(variable, said.Name):
            return said.Derivative(quantity, self._of(variable))
        before = {each for each in quantity.atoms(Recursive) if variable in each.atoms(said.Name)}
        if len(before) != 1 or next(iter(before)).level != self._below or quantity in before:
            return said.Derivative(quantity, variable)
        (inner,) = before
        if variable in quantity.xreplace({inner: said.Number(0)}).atoms(said.Name):
            raise Unsupported(f"a derivative by {variable} past the value {inner}")
        if is_scalar(shape_of(cast(Expression, quantity))) and not is_scalar(shape_of(inner)):
            raise Unsupported(f"the gradient of a number through {inner}")
        return said.Mul(said.Derivative(quantity, inner), said.Derivative(inner, variable))
