r"""The names in a statement that mean nothing yet, and what each of them is by its use.

What a matrix is multiplied by, added to or equated with is a column, or a row where small letters lie.
So is what stands within a norm, in a softmax or at ``\odot``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from verify.language import Expression, shape
from verify.language.shape import is_scalar
from verify.read.kind_shown import Kind
from verify.read.noting import NABLA, NotedNames, derivative_of, is_transpose, is_transposed, without_transpose
from verify.read.scope import Elementwise, Operation, Quantity, Sliced, Template
from verify.read.subscripts import children, labels
from verify.read.syntax import (
    Bars,
    Compared,
    Fraction,
    Group,
    Joined,
    Juxtaposed,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
    spelling,
)
from verify.read.unify import Unclear

ENTRYWISE = frozenset({r"\odot", r"\circ"})


@dataclass
class Unknowns(NotedNames):
    """The names that mean nothing yet, of which some small letters are vectors by what they stand beside.

    Of those that are ``shown`` by other formulas it is known whether they are columns or rows.
    """

    shown: Mapping[str, Kind] = field(default_factory=dict)

    def read(self, sides: Sequence[Syntax]) -> None:
        """Find the names in the sides of a statement; raises :class:`Unclear` where other formulas show otherwise."""
        super().read(sides)
        if any((self.shown[key] is Kind.ROW) != self.lying for key in self.vectors):
            raise Unclear
        self.ranks |= {key: max(1, self.ranks[key]) for key in self.vectors}
        while self._spread(sides):
            pass

    @property
    def vectors(self) -> list[str]:
        """The names that other formulas show to be vectors."""
        return [key for key in self.names if self.shown.get(key) in (Kind.COLUMN, Kind.ROW)]

    def _spread(self, sides: Sequence[Syntax]) -> bool:
        """Small letters beside tensors are columns; whether something was found."""
        before = dict(self.ranks)
        tensor = any(self.is_tensor(side) for side in sides)
        for side in sides:
            self._spread_in(side, tensor=tensor)
        return before != self.ranks

    def _spread_in(self, node: Syntax, *, tensor: bool) -> None:
        key = self.key(node)
        if key is not None and tensor and self.ranks[key] == 0:
            self.ranks[key] = 1
            self.soft.add(key)
        match node:
            case Fraction() if (derived := derivative_of(node)) is not None:
                self._spread_factors(derived.quantity, tensor=False)
                alone = len(derived.variables) == 1 and not any(map(self.is_tensor, derived.quantity))
                for each in derived.variables:
                    self._spread_in(each, tensor=tensor and alone and bool(derived.quantity))
            case Signed():
                tensor = tensor or any(self.is_tensor(term) for _, term in node.terms)
                for _, term in node.terms:
                    self._spread_in(term, tensor=tensor)
            case Juxtaposed():
                self._spread_factors(node.parts, tensor=tensor)
            case Joined() if ENTRYWISE.issuperset(node.signs):
                for factor in node.factors:
                    self._spread_in(factor, tensor=True)
            case Bars():
                self._spread_in(node.inner, tensor=node.double)
            case Group(items=(only,)):
                self._spread_in(only, tensor=tensor)
            case Scripted() if not node.below and is_transposed(node):
                self._spread_in(node.base, tensor=isinstance(node.base, Group))
            case _:
                for child in children(node):
                    self._spread_in(child, tensor=False)

    def _spread_factors(self, parts: Sequence[Syntax], *, tensor: bool) -> None:
        """Factors side by side: columns after matrices and rows, or rows before matrices; arguments of functions."""
        for position, part in enumerate(parts):
            before = parts[position - 1] if position else None
            after = parts[position + 1] if position + 1 < len(parts) else None
            function = None if before is None else self.function(before)
            if isinstance(function, Operation) and isinstance(part, Group):
                for item in part.items:
                    self._spread_in(item, tensor=function.vectors)
            elif isinstance(function, Elementwise):
                self._spread_in(part, tensor=tensor)
            elif self.lying:
                self._spread_in(part, tensor=after is not None and self._is_matrix(after))
            else:
                near = before is not None and (self._is_matrix(before) or self._is_row(before))
                self._spread_in(part, tensor=near)

    def function(self, node: Syntax) -> object:
        """The function that a part names, if it does."""
        base = node.base if isinstance(node, Scripted) else node
        for each in (node, base):
            meaning = self._meaning(each)
            if isinstance(meaning, Elementwise | Operation | Template):
                return meaning
        return None

    def key(self, node: Syntax) -> str | None:
        """The key of a name that is not known, where it stands alone."""
        name = spelling(node)
        return name.key if name is not None and name.key in self.names else None

    def is_tensor(self, node: Syntax) -> bool:
        """Whether something is known to be a vector or a matrix."""
        key = self.key(node)
        if key is not None:
            return self.ranks[key] > 0
        if self.known(node) or self.sliced(node) is not None:
            return True
        match node:
            case Bars() | Compared():
                return False
            case Fraction() if (derived := derivative_of(node)) is not None:
                return any(map(self.is_tensor, (*derived.quantity, *derived.variables)))
            case Scripted() if node.below and isinstance(node.base, Symbol):
                return node.base.letter == NABLA and any(map(self.is_tensor, node.below))
            case Scripted() if node.below:
                return False
            case Juxtaposed():
                numbers = [isinstance(each, Operation) and each.symbol != "softmax" for each in self._functions(node)]
                return not any(numbers) and any(map(self.is_tensor, node.parts))
            case _:
                return any(map(self.is_tensor, children(node)))

    def _functions(self, node: Juxtaposed) -> Iterator[object]:
        yield from map(self.function, node.parts)

    def known(self, node: Syntax) -> tuple[Expression, ...]:
        """The axes of a tensor that is known."""
        meaning = self._meaning(node)
        axes = shape(meaning.expression) if isinstance(meaning, Quantity) else ()
        return axes if isinstance(axes, tuple) and len(axes) == 2 and not is_scalar(axes) else ()

    def sliced(self, node: Syntax) -> str | Sliced | None:
        """The family of which something is a vector: the key of one that is found here, or one that is known."""
        if not isinstance(node, Scripted) or not isinstance(node.base, Symbol) or len(labels(node.below) or ()) != 1:
            return None
        if node.above is not None and not is_transpose(node.above):
            return None
        key = Spelling(node.base, node.primes).key
        meaning = self.scope.find(Spelling(node.base, node.primes))
        if isinstance(meaning, Sliced):
            return meaning
        return key if key in self.families and self.key(without_transpose(node)) is None else None

    def _is_matrix(self, node: Syntax) -> bool:
        base = node.base if isinstance(node, Scripted) and not node.below else without_transpose(node)
        key = self.key(base)
        known = self.known(base)
        return (key is not None and self.ranks[key] == 2) or (bool(known) and not any(_is_one(each) for each in known))

    def _is_row(self, node: Syntax) -> bool:
        return is_transposed(node) and isinstance(node, Scripted) and self.is_tensor(without_transpose(node))


def _is_one(size: Expression) -> bool:
    return str(size) == "1"
