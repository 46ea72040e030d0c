"""What is left of a step of depth, as an ordinary statement: whatever speaks of other levels becomes an unknown.

A proof for arbitrary tensors holds for those that are meant. The same expression becomes the same unknown
everywhere; nothing is remembered of it but its shape. A derivative must not lose what it is taken of: no
unknown in its quantity may depend on its variable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sympy.core.basic import Basic
from sympy.core.containers import Tuple

from verify import language as said
from verify.kernel.lower import rational
from verify.kernel.reach import is_causal, is_strict
from verify.kernel.term import Unsupported
from verify.language import Expression
from verify.language.arithmetic import Node
from verify.language.binders import Binder, Bound, rebuild
from verify.language.layers import Ascending, Descending, Leveled, Member, Recursive, Width, difference
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import LEVELED, is_over_levels, leveled_symbol


class Generalization:
    """Makes ordinary expressions of those about levels; ``below`` is the level that nothing deeper is known of."""

    def __init__(self, below: Expression, taken: frozenset[str] = frozenset()) -> None:
        self._below = below
        self._taken = set(taken)
        self._unknown: dict[tuple[Basic, bool], said.Name] = {}
        self._known: dict[Basic, Node] = {}

    def of(self, e: Expression) -> Expression:
        """The expression, ordinary."""
        return cast(Expression, self._of(e))

    def _of(self, node: Node) -> Node:
        if node not in self._known:
            self._known[node] = self._generalized(node)
        return self._known[node]

    def _generalized(self, node: Node) -> Node:
        match node:
            case Width():
                return said.Dimension(leveled_symbol(node.symbol, node.level))
            case Member() | Recursive() | Descending() | Ascending():
                return self._name(node)
            case Leveled():
                return said.Defined(leveled_symbol(node.symbol, node.level), self._of(node.meaning))
            case said.Product() if is_over_levels(node):
                return self._name(node)
            case said.Sum() if is_over_levels(node):
                return self._sum(node)
            case said.Power() if _is_unknown_power(node):
                return self._name(node)
            case said.Derivative() | said.Vjp():
                for unknown in _unknowns(node.quantity):
                    self._require_independent(unknown, node.variable)
                return rebuild(node, lambda part, _: self._of(part))
            case _:
                return rebuild(node, lambda part, _: self._of(part))

    def _require_independent(self, unknown: Expression, variable: Expression) -> None:
        """Raise :class:`Unsupported` unless what becomes an unknown surely does not depend on the variable."""
        if unknown == variable or isinstance(unknown, Member):
            return
        if isinstance(variable, said.Name):
            independent = variable not in unknown.atoms(said.Name)
        elif isinstance(variable, LEVELED) and isinstance(unknown, Recursive):
            apart, distance = difference(variable.level, unknown.level)
            together = isinstance(variable, Recursive) and variable.system == unknown.system and is_strict(unknown)
            independent = not apart and (distance >= 1 or (distance == 0 and together)) and is_causal(unknown)
        else:
            independent = False
        if not independent:
            raise Unsupported(f"a derivative by {variable} of what depends on {unknown}")

    def _name(self, e: Expression, along: Expression | None = None) -> said.Name:
        """The unknown for an expression; with a dimension ``along`` the matrix of which it is a column."""
        if along is None and _dangling(e):
            raise Unsupported(f"{e} under a sum over levels")
        key = (e, along is not None)
        if key not in self._unknown:
            axes = tuple(map(self.of, shape_of(e)))
            if along is not None:
                axes = (along, said.Number(1)) if is_scalar(axes) else (axes[0], along)
            symbol = leveled_symbol(e.symbol, e.level) if isinstance(e, Member | Recursive) else f"({e})"
            while symbol in self._taken:
                symbol += "'"
            self._taken.add(symbol)
            self._unknown[key] = said.Name(symbol, axes)
        return self._unknown[key]

    def _sum(self, e: said.Sum) -> Node:
        """A sum over levels as one over columns: what depends on the level is a column of an unknown matrix."""
        parts: list[Node] = []
        run: list[Expression] = []
        for factor in (*_factors(e.body), None):
            if factor is not None and _dangling(factor):
                run.append(factor)
                continue
            if run:
                parts.append(self._column(run, e))
                run = []
            if factor is not None:
                parts.append(self._of(factor))
        body = said.Mul(*parts) if len(parts) > 1 else parts[0]
        return said.Sum.rebuilt(body, e.args[1], Tuple(self._of(e.dimensions[0])))

    def _column(self, run: list[Expression], e: said.Sum) -> Node:
        whole = cast(Expression, said.Mul(*run)) if len(run) > 1 else run[0]
        if any(bound.level > 0 for bound in _dangling(whole)):
            raise Unsupported(f"{whole} under two sums")
        axes = shape_of(whole)
        over = Bound(0, self._of(e.dimensions[0]))
        if is_scalar(axes):
            return said.Entry(self._name(whole, over.dimension), over)
        if len(axes) != 2 or axes[1] != said.Number(1) or _dangling(axes[0]):
            raise Unsupported(f"{whole} under a sum over levels")
        unknown = self._name(whole, over.dimension)
        rows = said.Index("#r", unknown.declared[0])
        return said.Array(said.Entry(unknown, rows, Bound(1, over.dimension)), rows)


def _unknowns(node: Basic) -> Iterator[Expression]:
    """The parts of an expression that become unknowns, the largest ones."""
    match node:
        case Member() | Recursive() | Descending() | Ascending():
            yield node
        case said.Sum() | said.Product() if is_over_levels(node):
            yield node
        case said.Power() if _is_unknown_power(node):
            yield node
        case _:
            for part in node.args:
                yield from _unknowns(part)


def _is_unknown_power(e: said.Power) -> bool:
    """Whether the exponent is a depth, and the base nothing that the kernel knows to be positive."""
    base = rational(e.base)
    return bool(e.exponent.atoms(said.Dimension)) and not (base is not None and base > 0)


def _factors(e: Expression) -> Iterator[Expression]:
    """The factors of a product, one that begins with a product taken apart: (A B) c is A B c."""
    if isinstance(e, said.Mul):
        yield from _factors(e.factors[0])
        yield from e.factors[1:]
    else:
        yield e


def _dangling(node: Basic, depth: int = 0) -> list[Bound]:
    """The bound indices in an expression that are bound outside of it, as seen from its outermost level."""
    if isinstance(node, Bound):
        return [Bound(node.level - depth, node.dimension)] if node.level >= depth else []
    inner = depth + len(node.hints) if isinstance(node, Binder) else depth
    return [each for place, part in enumerate(node.args) for each in _dangling(part, inner if place == 0 else depth)]
