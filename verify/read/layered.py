r"""Families: the weights ``W_l`` of a layer, ``W^{[l]}``, ``a_{l-1}``; and rows of a matrix, ``u_w``."""

from __future__ import annotations

from verify.language import Dimension, Entry, Expression, Index, Transpose, as_expression
from verify.language.binders import Array
from verify.language.layers import Member, Width
from verify.read.apply import bound, fitting
from verify.read.definitions import square
from verify.read.errors import ReadError
from verify.read.join import total
from verify.read.names import NameReader
from verify.read.scope import Layered, Quantity, Scope, Sliced
from verify.read.sizes import dimension
from verify.read.source import Span
from verify.read.subscripts import children, labels
from verify.read.syntax import Group, Numeral, Scripted, Signed, Spelling, Symbol, Syntax, spelling

ENTRY_LETTERS = ("i", "j")
DEPTH = "L"


class LayerReader(NameReader):
    """Reads members of families."""

    def named(self, node: Symbol | Scripted) -> Expression:
        """A member of a family, or any other name."""
        if not isinstance(node, Scripted) or not isinstance(node.base, Symbol):
            return super().named(node)
        if (variance := self.variance(node)) is not None:
            return variance
        tagged = isinstance(node.above, Group) and len(node.above.items) == 1 and node.above.opened in ("(", "[")
        family = self.scope.find(Spelling(node.base, node.primes))
        whole = spelling(node)
        if whole is not None and isinstance(self.scope.find(whole), Quantity):
            return super().named(node)
        if isinstance(family, Sliced) and node.below and not tagged:
            return self.scripts(*self._slice(family, node.below), node.above)
        if not isinstance(family, Layered):
            return super().named(node)
        if tagged and isinstance(node.above, Group):
            return self.scripts(family.build(self.level(node.above.items[0])), node.below, None)
        if not node.below:
            return super().named(node)
        return self.scripts(family.build(self.level(node.below[0])), node.below[1:], node.above)

    def variance(self, node: Syntax) -> Expression | None:
        r"""What ``\sigma^2`` is where a write-up defines it as a whole."""
        name = square(node)
        meaning = None if name is None else self.scope.names.get(name.key)
        return meaning.meaning.expression if meaning is not None and isinstance(meaning.meaning, Quantity) else None

    def _slice(self, sliced: Sliced, below: tuple[Syntax, ...]) -> tuple[Expression, tuple[Syntax, ...]]:
        """The vector of a family that the first subscript chooses, and the subscripts that are left for it."""
        found = labels(below, 2)
        if found is None or len(found) > 2:
            raise ReadError(f"{sliced.symbol} takes one subscript, or two", below[0].at.start, expected="an index")
        which, axes = self.subscript(found[0], fitting(sliced.rows)[0]), fitting(sliced.rows)
        if len(found) == 2:
            return Entry(sliced.rows, which, self.subscript(found[1], axes[1])), ()
        name = next(letter for letter in ENTRY_LETTERS if letter != found[0].name)
        over = Index(name, axes[1])
        vector = bound(Array, Entry(sliced.rows, which, over), over)
        return (Transpose(vector) if sliced.lies else vector), ()

    def level(self, node: Syntax) -> Expression:
        """A level: a whole number, an index, a dimension, or such plus a number.

        Raises :class:`ReadError` for anything else.
        """
        match node:
            case Numeral() if node.text.isdigit():
                return as_expression(int(node.text))
            case Signed():
                terms = [(sign, self.level(term)) for sign, term in node.terms]
                return total([-term if sign < 0 else term for sign, term in terms])
            case Symbol() | Scripted():
                return self._named_level(node)
            case _:
                raise ReadError("this is no level", node.at.start, expected="l, l - 1 or 2")

    def _named_level(self, node: Symbol | Scripted) -> Expression:
        found = labels((node,))
        name = spelling(node)
        meaning = None if name is None or self.indices.find(name.key) is not None else self.scope.find(name)
        if isinstance(meaning, Quantity) and isinstance(meaning.expression, Dimension):
            return meaning.expression
        if found is None or found[0].number is not None:
            raise ReadError("this is no level", node.at.start, expected="l, l - 1 or 2")
        running = self.index_of(found[0])
        if running.dimension is None and (depth := self._depth()) is not None:
            running.dimension = depth
            self.notes.assume(f"{running.name} numbers the layers 1 to {depth}")
        return self.indices.lone(running)

    def _depth(self) -> Dimension | None:
        """What numbers the layers where nothing is said: the one dimension at a layer, or else L."""
        depths = self.scope.depths
        if len(depths) == 1:
            return depths[0]
        free = self.scope.find(Spelling(Symbol(DEPTH, "", (), Span(0, 0)))) is None
        return Dimension(DEPTH) if not depths and free else None


def family(name: Spelling, axes: tuple[Syntax, ...], index: str, scope: Scope) -> Layered:
    """The family of tensors with these axes, in which an index stands for the level: ``n_l`` and ``n_{l-1}``."""
    symbol = Spelling(name.symbol, name.primes).key

    def build(level: Expression) -> Expression:
        return Member(symbol, level, tuple(_axis(axis, index, level, scope) for axis in axes))

    return Layered(symbol, build)


def _axis(node: Syntax, index: str, level: Expression, scope: Scope) -> Expression:
    match node:
        case Scripted(base=Symbol() as base, below=(label,), above=None, primes=0) if _mentions(label, index):
            return Width(base.key, _shifted(label, index, level))
        case _:
            return dimension(node, scope)


def _mentions(node: Syntax, index: str) -> bool:
    return (isinstance(node, Symbol) and node.key == index) or any(_mentions(each, index) for each in children(node))


def _shifted(node: Syntax, index: str, level: Expression) -> Expression:
    """A level that is said by an index, ``l - 1``, where the index has a value."""
    match node:
        case Symbol() if node.key == index:
            return level
        case Numeral() if node.text.isdigit():
            return as_expression(int(node.text))
        case Signed():
            terms = [(sign, _shifted(term, index, level)) for sign, term in node.terms]
            return total([-term if sign < 0 else term for sign, term in terms])
        case _:
            raise ReadError("this is no level", node.at.start, expected=f"{index} or {index} - 1")
