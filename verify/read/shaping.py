"""The shapes in a statement, by what its formulas multiply, add and equate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from verify.language import Dimension, Expression
from verify.language.shape import long_axes, shape_of
from verify.read.noting import NABLA, derivative_of, is_transpose, without_transpose
from verify.read.scope import Elementwise, Operation, Quantity, Sliced, Template
from verify.read.sized import SIZED
from verify.read.subscripts import children, labels
from verify.read.syntax import (
    Bars,
    Compared,
    Fraction,
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
from verify.read.unify import ONE, Dimensions, Unclear
from verify.read.unknowns import ENTRYWISE, Unknowns

Type = tuple[int, int] | None
"""Rows and columns; nothing for what may stand beside any tensor, such as 2, or an entry."""

NUMBER = (ONE, ONE)


@dataclass
class Shapes:
    """The shapes of names that are not known, as far as one statement tells them."""

    unknowns: Unknowns
    dimensions: Dimensions
    turned: bool = False
    """Whether the gradient of a number lies where its variable stands."""
    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How many vectors a family has, and how many entries each of them."""
    indices: dict[str, int] = field(default_factory=dict)

    def read(self, sides: Sequence[Syntax]) -> None:
        """Find the shapes; raises :class:`Unclear` where they do not fit."""
        for key, rank in self.unknowns.ranks.items():
            if rank:
                hard = key not in self.unknowns.soft
                first = self.dimensions.new(hard=hard)
                single = (ONE, first) if self.unknowns.lying else (first, ONE)
                self.shapes[key] = (first, self.dimensions.new(hard=hard)) if rank == 2 else single
        for key in self.unknowns.families:
            self.rows[key] = (self.dimensions.new(), self.dimensions.new(hard=True))
        for side in sides:
            self._measure(side)
        called = [side for side in sides if side is self.unknowns.head and spelling(side) is None]
        for one, other in pairwise([None if side in called else self._type(side) for side in sides]):
            self._same(one, other)

    def axes(self, key: str) -> tuple[int, ...]:
        """The axes that an index of a name may stand at."""
        if key in self.rows:
            return self.rows[key]
        found = self.shapes.get(key, ())
        rank = self.unknowns.ranks.get(key, 0)
        return found if rank == 2 else tuple(axis for axis in found if axis != ONE)

    # ---------------------------------------------------------------- indices

    def _measure(self, node: Syntax) -> None:
        """The axes that an index stands at are of one length; that of a sum is its upper bound, if that is a name."""
        if isinstance(node, Ranged) and node.high is not None:
            self._bounded(node, node.high)
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.below:
            found = labels(node.below) or ()
            whole = spelling(Scripted(node.base, node.below, None, node.primes, node.at))
            if whole is None or (whole.key not in self.unknowns.names and self.unknowns.scope.find(whole) is None):
                axes = self._axes_of(Spelling(node.base, node.primes), len(found))
                for label, axis in zip(found, axes, strict=False):
                    if label.number is None:
                        self.dimensions.same(axis, self.over(label.name))
        for child in children(node):
            self._measure(child)

    def _axes_of(self, name: Spelling, many: int) -> tuple[int, ...]:
        """The axes at which indices of a name stand, whether it is known or not."""
        meaning = self.unknowns.scope.find(name)
        if isinstance(meaning, Sliced):
            return tuple(map(self.dimensions.of, shape_of(meaning.rows)))
        if not isinstance(meaning, Quantity):
            return self.axes(name.key)
        own = shape_of(meaning.expression)
        axes = own if many == 2 else long_axes(own)
        return tuple(map(self.dimensions.of, axes)) if len(axes) == many else ()

    def _bounded(self, node: Ranged, high: Syntax) -> None:
        name = spelling(high)
        if name is None or len(node.indices) != 1 or (node.low is not None and _text(node.low) != "1"):
            raise Unclear
        index = spelling(node.indices[0])
        known = self.unknowns.scope.find(name)
        size = known.expression if isinstance(known, Quantity) else Dimension(name.key)
        if index is None or not isinstance(size, Dimension) or name.key in self.unknowns.names:
            raise Unclear
        self.dimensions.fix(self.over(index.key), size)

    def over(self, index: str) -> int:
        """The length that an index runs over."""
        if index not in self.indices:
            self.indices[index] = self.dimensions.new()
        return self.indices[index]

    # ---------------------------------------------------------------- types

    def _same(self, one: Type, other: Type) -> Type:
        if one is None or other is None:
            return one or other
        self.dimensions.same(one[0], other[0])
        self.dimensions.same(one[1], other[1])
        return one

    def _is_number(self, own: Type) -> bool:
        return own is None or (self.dimensions.root(own[0]) == ONE == self.dimensions.root(own[1]))

    def _named(self, node: Syntax) -> Type | bool:
        """The type of a name; false for what is no name."""
        key = self.unknowns.key(node)
        if key is not None:
            return self.shapes.get(key)
        if axes := self.unknowns.known(node):
            return (self.dimensions.of(axes[0]), self.dimensions.of(axes[1]))
        base = node.base if isinstance(node, Scripted) and is_plain(node) else node
        if isinstance(base, Symbol) and base.key in SIZED and self.unknowns.scope.find(Spelling(base)) is None:
            size = self.dimensions.new()
            return (size, size) if "I" in base.key else (size, ONE)
        return None if spelling(node) is not None and not isinstance(node, Scripted) else False

    def _sliced(self, node: Syntax) -> Type:
        """The type of one vector of a family."""
        family = self.unknowns.sliced(node)
        if family is None:
            return None
        lies = isinstance(family, Sliced) and family.lies
        entries = self.rows[family][1] if isinstance(family, str) else self.dimensions.of(shape_of(family.rows)[1])
        turned = isinstance(node, Scripted) and node.above is not None
        return (ONE, entries) if lies != turned else (entries, ONE)

    def _type(self, node: Syntax) -> Type:
        """The rows and columns of a tensor; nothing for a number."""
        named = self._named(node)
        if not isinstance(named, bool):
            return named
        match node:
            case Scripted() if (vector := self._sliced(node)) is not None:
                return vector
            case Scripted(above=above) if above is not None and is_transpose(above):
                inner = self._type(without_transpose(node))
                return None if inner is None else (inner[1], inner[0])
            case Scripted() if node.below:
                return None
            case Scripted(base=base, above=above) if above is not None:
                return self._power(base)
            case Signed():
                return self._alike([term for _, term in node.terms])
            case Joined() if ENTRYWISE.issuperset(node.signs):
                return self._alike(node.factors)
            case Joined() if r"\otimes" in node.signs:
                # An outer product, or Kronecker's, as the context says: rows and columns are not told by these.
                raise Unclear
            case Joined():
                return self._product([self._type(each) for each in node.factors])
            case Juxtaposed():
                return self._juxtaposed(node.parts)
            case Group(items=(only,)):
                return self._type(only)
            case Fraction():
                return self._fraction(node)
            case Ranged():
                return self._type(node.body)
            case Bars():
                self._type(node.inner)
                return NUMBER
            case Root():
                return self._type(node.inner)
            case Compared():
                return None
            case _ if any(self.unknowns.is_tensor(child) for child in children(node)):
                raise Unclear
            case _:
                return None

    def _alike(self, nodes: Sequence[Syntax]) -> Type:
        found: Type = None
        for each in nodes:
            found = self._same(found, self._type(each))
        return found

    def _power(self, base: Syntax) -> Type:
        """A power: of a number, or of a square matrix."""
        own = self._type(base)
        if own is not None:
            self.dimensions.same(*own)
        return own

    def _fraction(self, node: Fraction) -> Type:
        found = derivative_of(node)
        if found is not None:
            above = self._juxtaposed(found.quantity) if found.quantity else None
            return self._derivative(above, self._type(found.variables[-1])) if len(found.variables) == 1 else None
        above, below = self._type(node.above), self._type(node.below)
        if below is not None:
            self._same(below, NUMBER)
        return above

    def _derivative(self, quantity: Type, variable: Type) -> Type:
        """The gradient of a number is shaped like its variable; a Jacobian has the outputs as rows."""
        if self._is_number(quantity):
            return (variable[1], variable[0]) if variable is not None and self.turned else variable
        if variable is None or self._is_number(variable):
            return quantity
        assert quantity is not None
        if self.dimensions.root(quantity[1]) == ONE == self.dimensions.root(variable[1]):
            return (quantity[0], variable[0])
        return None

    def _juxtaposed(self, parts: Sequence[Syntax]) -> Type:
        """The type of what stands side by side: functions take what follows, derivatives all that follows."""
        found: list[Type] = []
        position = 0
        while position < len(parts):
            part = parts[position]
            function = self.unknowns.function(part)
            rest = parts[position + 1 :]
            if function is not None and rest:
                found.append(self._called(function, rest[0]))
                position += 2
                continue
            if isinstance(part, Fraction) and (taken := derivative_of(part)) is not None and not taken.quantity:
                found.append(self._derivative(self._juxtaposed(rest), self._type(taken.variables[-1])))
                break
            if isinstance(part, Scripted) and _is_nabla(part):
                found.append(self._derivative(self._juxtaposed(rest), self._type(part.below[0])))
                break
            found.append(self._type(part))
            position += 1
        return self._product(found)

    def _called(self, function: object, argument: Syntax) -> Type:
        items = argument.items if isinstance(argument, Group) else (argument,)
        types = [self._type(each) for each in items]
        own = types[0] if types else None
        match function:
            case Elementwise():
                return own
            case Operation(symbol="softmax"):
                return own
            case Operation(symbol="diag"):
                return None if own is None else (own[0], own[0])
            case Operation(symbol="tr"):
                self._same(own, None if own is None else (own[1], own[0]))
                return NUMBER
            case Operation(symbol="CE"):
                self._same(own, types[-1])
                return NUMBER
            case Operation() | Template():
                return None
            case _:
                raise Unclear

    def _product(self, types: Sequence[Type]) -> Type:
        found: Type = None
        for own in types:
            if own is None or (found is not None and self._is_number(own)):
                continue
            if found is None or self._is_number(found):
                found = own
            else:
                self.dimensions.same(found[1], own[0])
                found = (found[0], own[1])
        return found

    def size_of(self, dimension: int) -> Expression:
        """A dimension, by a letter that is not taken."""
        taken = {*self.unknowns.scope.names, *self.unknowns.names, *self.unknowns.families, *self.unknowns.chosen}
        return self.dimensions.size(dimension, taken)


def is_plain(node: Scripted) -> bool:
    """Whether nothing but a subscript stands at a symbol."""
    return node.above is None and not node.primes


def _is_nabla(part: Scripted) -> bool:
    return isinstance(part.base, Symbol) and part.base.letter == NABLA and bool(part.below)


def _text(node: Syntax) -> str:
    return node.text if isinstance(node, Numeral) else ""
