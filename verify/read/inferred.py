r"""What names may mean where nothing says it: read off the formula in which they stand, and listed as assumptions.

A small letter is a number. With an index it is a vector, any letter with two indices is a matrix; so is a capital,
and what such a matrix is multiplied by, added to or equated with is a column. The dimensions follow by unification:
in ``y = W x + b`` the rows of W are the entries of y and b, its columns those of x.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from verify.language import (
    Dimension,
    Expression,
    Name,
    Number,
    describe,
    shape,
)
from verify.language.shape import is_scalar
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS
from verify.read.scope import Elementwise, Operation, Quantity, Scope, Template
from verify.read.subscripts import children, labels
from verify.read.syntax import (
    Compared,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Ranged,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
    spelling,
)

SIZES = ("m", "n", "p", "q", "r", "s", "t")
RESERVED = frozenset({"J", "L", "E", "T", "I", "1", "0", r"\nabla", r"\ell"})
MARKS = frozenset({"d", r"\partial", r"\mathrm{d}"})
MOST_NAMES = 12
TRANSPOSE = "T"

Type = tuple[int, int] | None


class Unclear(Exception):
    """The formula does not tell what its names mean."""


@dataclass(frozen=True)
class Inferred:
    """A name with the meaning that it is given."""

    name: Spelling
    expression: Name
    says: str


def inferred(sides: Sequence[Syntax], scope: Scope) -> list[Inferred]:
    """Meanings for the names in the sides of one statement that mean nothing yet; none where they stay unclear."""
    try:
        return _Inference(scope).of(sides)
    except (Unclear, ReadError):
        return []


@dataclass
class _Inference:
    scope: Scope
    ranks: dict[str, int] = field(default_factory=dict)
    names: dict[str, Spelling] = field(default_factory=dict)
    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    parents: list[int] = field(default_factory=lambda: [0])
    sizes: dict[int, Expression] = field(default_factory=lambda: {0: Number(1)})
    indices: dict[str, int] = field(default_factory=dict)
    hard: set[int] = field(default_factory=set)
    """The dimensions that are not 1: those of matrices, and of what is transposed or has an index."""
    soft: set[str] = field(default_factory=set)

    def of(self, sides: Sequence[Syntax]) -> list[Inferred]:
        """The meanings."""
        for side in sides:
            self._count(side, frozenset())
        if not self.names or len(self.names) > MOST_NAMES:
            return []
        while self._spread(sides):
            pass
        for key, rank in self.ranks.items():
            if rank:
                self.shapes[key] = (self._new(), self._new() if rank == 2 else 0)
                self.hard |= set() if key in self.soft else {*self.shapes[key]} - {0}
        for side in sides:
            self._measure(side)
        if self.shapes:
            types = [self._type(side) for side in sides]
            for one, other in pairwise(types):
                self._same(one, other)
        return [self._meaning(key) for key in self.names]

    # ---------------------------------------------------------------- what each name is

    def _count(self, node: Syntax, bound: frozenset[str]) -> None:
        """Note the names that are not known, each with the number of axes that it must have."""
        if isinstance(node, Compared) or (isinstance(node, Ranged) and (node.over is not None or node.conditions)):
            raise Unclear
        if isinstance(node, Ranged):
            self._count(node.body, bound | {name.key for name in map(spelling, node.indices) if name is not None})
            return
        if isinstance(node, Juxtaposed):
            self._refuse_functions(node)
        base = node.base if isinstance(node, Scripted) else node
        above = node.above if isinstance(node, Scripted) else None
        if above is not None and not _is_transpose(above):
            self._count(above, bound)
        if not isinstance(base, Symbol):
            for child in (base,) if isinstance(node, Scripted) else children(node):
                self._count(child, bound)
            return
        exponential = base.key == "e" and above is not None
        if base.key not in MARKS and not exponential and self.scope.find(spelling(node) or Spelling(base)) is None:
            self._note(node if isinstance(node, Scripted) else base, base, bound)

    def _refuse_functions(self, node: Juxtaposed) -> None:
        """A letter before parentheses with a bare name in them is a function, of which nothing is known."""
        for part, after in pairwise(node.parts):
            name = spelling(part)
            called = isinstance(after, Group) and all(spelling(item) is not None for item in after.items)
            if (
                called
                and name is not None
                and self.scope.find(name) is None
                and self.scope.find(Spelling(name.symbol)) is None
            ):
                raise Unclear

    def _note(self, node: Symbol | Scripted, base: Symbol, bound: frozenset[str]) -> None:
        below = labels(node.below) if isinstance(node, Scripted) else ()
        plain = Spelling(base, node.primes if isinstance(node, Scripted) else 0)
        whole = spelling(node)
        derived = plain.primes and isinstance(self.scope.find(Spelling(base)), Elementwise | Template)
        if derived or self.scope.find(plain) is not None or (base.key == r"\delta" and len(below or ()) == 2):
            return
        if below is None or len(below) > 2 or base.plain in RESERVED or (whole is not None and whole.tag):
            raise Unclear
        if not below and plain.key in bound:
            raise Unclear
        letters = FREE_LETTERS | bound
        indexed = [each for each in below if each.number is None and each.name.rstrip("'") in letters]
        transposed = isinstance(node, Scripted) and node.above is not None and _is_transpose(node.above)
        single = 2 if _is_capital(base) else 1 if transposed else 0
        if len(indexed) == len(below):
            self._add(plain, len(below) or single)
        elif indexed or any(each.number is None for each in below):
            raise Unclear
        else:
            self._add(Spelling(base, plain.primes, "".join(each.name for each in below)), single)

    def _add(self, name: Spelling, rank: int) -> None:
        before = self.ranks.get(name.key, 0)
        self.names[name.key] = name
        self.ranks[name.key] = max(before, rank)

    def _spread(self, sides: Sequence[Syntax]) -> bool:
        """Small letters beside tensors are columns; whether something was found."""
        before = dict(self.ranks)
        tensors = [self._is_tensor(side) for side in sides]
        for side in sides:
            self._spread_in(side, tensor=any(tensors))
        return before != self.ranks

    def _spread_in(self, node: Syntax, *, tensor: bool) -> None:
        key = self._key(node)
        if key is not None and tensor and self.ranks[key] == 0:
            self.ranks[key] = 1
            self.soft.add(key)
        match node:
            case Signed():
                tensor = tensor or any(self._is_tensor(term) for _, term in node.terms)
                for _, term in node.terms:
                    self._spread_in(term, tensor=tensor)
            case Juxtaposed():
                for before, part in zip((None, *node.parts), node.parts, strict=False):
                    after = before is not None and (self._is_matrix(before) or self._is_row(before))
                    self._spread_in(part, tensor=after)
            case Joined() if all(sign in (r"\odot", r"\circ") for sign in node.signs):
                for factor in node.factors:
                    self._spread_in(factor, tensor=True)
            case _:
                for child in children(node):
                    self._spread_in(child, tensor=False)

    def _measure(self, node: Syntax) -> None:
        """The axes that an index stands at are of one length; that of a sum is its upper bound, if that is a name."""
        if isinstance(node, Ranged) and node.high is not None:
            name = spelling(node.high)
            if name is None or len(node.indices) != 1 or (node.low is not None and _text(node.low) != "1"):
                raise Unclear
            index = spelling(node.indices[0])
            known = self.scope.find(name)
            size = known.expression if isinstance(known, Quantity) else Dimension(name.key)
            if index is None or not isinstance(size, Dimension) or name.key in self.names:
                raise Unclear
            self._fix(self._over(index.key), size)
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.below:
            key = Spelling(node.base, node.primes).key
            axes = self.shapes.get(key, ())
            for label, axis in zip(labels(node.below) or (), axes, strict=False):
                if label.number is None:
                    self._unify(axis, self._over(label.name))
        for child in children(node):
            self._measure(child)

    def _over(self, index: str) -> int:
        """The length that an index runs over."""
        if index not in self.indices:
            self.indices[index] = self._new()
        return self.indices[index]

    def _fix(self, dimension: int, size: Expression) -> None:
        root = self._root(dimension)
        if self.sizes.setdefault(root, size) != size:
            raise Unclear

    def _key(self, node: Syntax) -> str | None:
        name = spelling(node)
        return name.key if name is not None and name.key in self.names else None

    def _is_tensor(self, node: Syntax) -> bool:
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.below and self._key(node) is None:
            return False
        key = self._key(node)
        if key is not None:
            return self.ranks[key] > 0
        if self._known(node):
            return True
        return any(self._is_tensor(child) for child in children(node))

    def _known(self, node: Syntax) -> tuple[Expression, ...]:
        """The axes of a tensor that is known."""
        name = spelling(node)
        meaning = None if name is None else self.scope.find(name)
        axes = shape(meaning.expression) if isinstance(meaning, Quantity) else ()
        return axes if isinstance(axes, tuple) and len(axes) == 2 and not is_scalar(axes) else ()

    def _is_matrix(self, node: Syntax) -> bool:
        base = node.base if isinstance(node, Scripted) and not node.below else node
        key = self._key(base)
        return key is not None and self.ranks[key] == 2

    def _is_row(self, node: Syntax) -> bool:
        transposed = isinstance(node, Scripted) and node.above is not None and _is_transpose(node.above)
        return transposed and isinstance(node, Scripted) and self._is_tensor(node.base)

    # ---------------------------------------------------------------- dimensions

    def _new(self) -> int:
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def _root(self, dimension: int) -> int:
        while self.parents[dimension] != dimension:
            dimension = self.parents[dimension]
        return dimension

    def _unify(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        if first == 0 and second in self.hard:
            raise Unclear
        if first != second:
            self.parents[second] = first
            self.hard |= {first} if second in self.hard else set()
            if second in self.sizes:
                self._fix(first, self.sizes.pop(second))

    def _same(self, one: Type, other: Type) -> Type:
        if one is None or other is None:
            return one or other
        self._unify(one[0], other[0])
        self._unify(one[1], other[1])
        return one

    def _type(self, node: Syntax) -> Type:
        """The rows and columns of a tensor; nothing for a number."""
        key = self._key(node)
        if key is not None:
            return self.shapes.get(key)
        if axes := self._known(node):
            own = (self._new(), self._new())
            for dimension, size in zip(own, axes, strict=True):
                self._fix(dimension, size)
            return own
        match node:
            case Scripted(base=base, above=above) if above is not None and _is_transpose(above) and not node.below:
                inner = self._type(base)
                return None if inner is None else (inner[1], inner[0])
            case Scripted() if node.below:
                return None
            case Signed():
                found: Type = None
                for _, term in node.terms:
                    found = self._same(found, self._type(term))
                return found
            case Joined() if all(sign in (r"\odot", r"\circ") for sign in node.signs):
                found = None
                for factor in node.factors:
                    found = self._same(found, self._type(factor))
                return found
            case Juxtaposed(parts=parts) | Joined(factors=parts):
                return self._product(parts)
            case Group(items=(only,)):
                return self._type(only)
            case _ if any(self._is_tensor(child) for child in children(node)):
                raise Unclear
            case _:
                return None

    def _product(self, parts: Sequence[Syntax]) -> Type:
        found: Type = None
        for part in parts:
            name = spelling(part)
            meaning = None if name is None else self.scope.find(name)
            if isinstance(meaning, Elementwise) or (isinstance(meaning, Operation) and meaning.symbol == "softmax"):
                continue
            if meaning is not None and not isinstance(meaning, Quantity):
                raise Unclear
            own = self._type(part)
            if found is not None and own is not None:
                self._unify(found[1], own[0])
                found = (found[0], own[1])
            else:
                found = found or own
        return found

    def _size(self, dimension: int) -> Expression:
        root = self._root(dimension)
        if root not in self.sizes:
            taken = {*self.scope.names, *self.names, *map(str, self.sizes.values())}
            free = [letter for letter in SIZES if letter not in taken]
            self.sizes[root] = Dimension(free[0] if free else f"n_{{{root}}}")
        return self.sizes[root]

    def _meaning(self, key: str) -> Inferred:
        shape = tuple(map(self._size, self.shapes[key])) if key in self.shapes else ()
        if all(each == Number(1) for each in shape):
            shape = ()
        says = f"{key} is {describe(shape)}" if shape else f"{key} is a number"
        return Inferred(self.names[key], Name(key, shape), says)


def _text(node: Syntax) -> str:
    return node.text if isinstance(node, Numeral) else ""


def _is_capital(symbol: Symbol) -> bool:
    return len(symbol.letter) == 1 and symbol.letter.isupper()


def _is_transpose(above: Syntax) -> bool:
    return isinstance(above, Symbol) and above.key == TRANSPOSE
