"""From a kind, such as ``n one-hot at o``, to what a name of that kind means, and what is assumed of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from verify.language import (
    Defined,
    Delta,
    Dependent,
    Dimension,
    Entry,
    Expression,
    Hadamard,
    Index,
    Link,
    Mul,
    Name,
    Number,
    Opaque,
    Power,
    Relation,
    Sum,
    Transpose,
    describe,
    expectation,
    identity,
    unknown_vector,
    variance,
)
from verify.language.binders import Array
from verify.language.shape import ONE
from verify.read.apply import bound, fitting
from verify.read.errors import ReadError
from verify.read.kinds import (
    OF_SQUARES,
    AllOnes,
    AnyFunction,
    Distribution,
    FamilyOf,
    FunctionOf,
    IsDimension,
    Kind,
    OneHot,
    OneHotRows,
    Over,
    SliceOf,
    Tensor,
    dimension_names,
)
from verify.read.layered import family
from verify.read.scope import Elementwise, Indexed, Layered, Meaning, Quantity, Scope, Sliced
from verify.read.sizes import dimension
from verify.read.syntax import Scripted, Spelling, Symbol, Syntax

LETTERS = ("i", "j")


@dataclass(frozen=True)
class Declared:
    """What a name means, what is assumed of it, and whether it is random."""

    meaning: Meaning
    given: tuple[Link, ...] = ()
    random: Name | None = None
    independent: bool = False


def needs(kind: Kind) -> frozenset[str]:
    """The names that must be known before a name of this kind is."""
    match kind:
        case OneHot():
            return frozenset({kind.at})
        case FunctionOf():
            return frozenset(kind.names)
        case SliceOf():
            return frozenset({kind.matrix})
        case _:
            return frozenset()


def axes_of(declared: Kind) -> tuple[Syntax, ...]:
    """The dimensions that stand in a kind."""
    match declared:
        case Tensor() | OneHotRows():
            return tuple(declared.axes)
        case FamilyOf():
            return declared.member.axes
        case OneHot() | Distribution() | AllOnes() | Over():
            return (declared.axis,)
        case FunctionOf():
            return () if declared.axis is None else (declared.axis,)
        case IsDimension() | SliceOf() | AnyFunction():
            return ()
        case _:
            assert_never(declared)


def widths_of(declared: Kind) -> tuple[str, ...]:
    """The letters of the widths that belong to the layers of a family: n of ``n_l x n_{l-1} for l``."""
    if not isinstance(declared, FamilyOf):
        return ()
    names = [name for axis in declared.member.axes for name in dimension_names(axis)]
    scripted = [each for each in names if isinstance(each, Scripted) and isinstance(each.base, Symbol) and each.below]
    return tuple(each.base.key for each in scripted if isinstance(each.base, Symbol))


@dataclass(frozen=True)
class Declarer:
    """Declares names in a scope; ``named`` takes a text to the name that it spells, ``value`` to what it says."""

    scope: Scope
    named: Callable[[str], Spelling]
    value: Callable[[str], Expression]

    def declare(self, key: str, kind: Kind) -> Declared:
        """What a name of some kind means; raises :class:`ReadError` for what cannot be."""
        match kind:
            case Tensor():
                return self._tensor(key, kind)
            case OneHot():
                return Declared(self._one_hot(key, kind))
            case OneHotRows():
                return self._one_hot_rows(key, kind)
            case Distribution():
                return self._distribution(key, kind)
            case AllOnes():
                over = Index("i", self._size(kind.axis))
                return Declared(Quantity(Defined(key, bound(Array, Number(1), over))))
            case IsDimension():
                return Declared(Quantity(Dimension(key)))
            case Over():
                return Declared(Indexed(Index(key, self._size(kind.axis)), kind.start))
            case SliceOf():
                return Declared(self._sliced(key, kind))
            case FunctionOf():
                return Declared(self._function_of(key, kind))
            case AnyFunction():
                return Declared(Elementwise(Opaque(key)))
            case FamilyOf():
                return Declared(family(self.named(key), kind.member.axes, kind.index, self.scope))
            case _:
                assert_never(kind)

    def _size(self, axis: Syntax) -> Expression:
        return dimension(axis, self.scope)

    def _tensor(self, key: str, kind: Tensor) -> Declared:
        shape = tuple(map(self._size, kind.axes))
        own = kind.adjectives & OF_SQUARES
        if own and (len(shape) != 2 or shape[0] != shape[1]):
            raise ReadError(f"only a square matrix is {min(own)}, and this is {describe(shape)}")
        name = Name(key, shape)
        given: list[Link] = []
        if "positive" in kind.adjectives:
            given.append(Link(Number(0), Relation.LESS, name))
        if "invertible" in kind.adjectives:
            given.append(Link(Mul(Power(name, Number(-1)), name), Relation.EQUAL, identity(shape[0])))
        if "symmetric" in kind.adjectives:
            given.append(Link(name, Relation.EQUAL, Transpose(name)))
        if "diagonal" in kind.adjectives:
            rows, columns = (Index(letter, shape[0]) for letter in LETTERS)
            entry = Delta(rows, columns) * Entry(name, rows, columns)
            given.append(Link(name, Relation.EQUAL, bound(Array, entry, rows, columns)))
        entry = Entry(name, *(Index(*each) for each in zip(LETTERS, shape, strict=False))) if shape else name
        if len(shape) == 2 and ONE in shape:
            entry = Entry(name, Index("i", shape[0] if shape[1] == ONE else shape[1]))
        if kind.mean is not None:
            given.append(Link(expectation(entry), Relation.EQUAL, self.value(kind.mean)))
        if kind.variance is not None:
            given.append(Link(variance(entry), Relation.EQUAL, self.value(kind.variance)))
        random = kind.adjectives & {"random", "independent"}
        return Declared(Quantity(name, open=True), tuple(given), name if random else None, "independent" in random)

    def _one_hot(self, key: str, kind: OneHot) -> Meaning:
        at = self.scope.find(self.named(kind.at))
        over = Index("i", self._size(kind.axis))
        if isinstance(at, Indexed):
            return Quantity(Defined(key, bound(Array, Delta(over, at.index), over)))
        says = f'{kind.at} is no index: declare it, as in {kind.at} = "index {describe((over.dimension,))}"'
        raise ReadError(says)

    def _one_hot_rows(self, key: str, kind: OneHotRows) -> Declared:
        """Rows that sum to 1, of entries that are their own squares: these are 0 or 1."""
        name = Name(key, tuple(map(self._size, kind.axes)))
        row, column = (Index(letter, axis) for letter, axis in zip(LETTERS, name.declared, strict=True))
        sums = Link(bound(Sum, Entry(name, row, column), column), Relation.EQUAL, Number(1))
        return Declared(Quantity(name), (sums, Link(Hadamard(name, name), Relation.EQUAL, name)))

    def _distribution(self, key: str, kind: Distribution) -> Declared:
        name = Name(key, (self._size(kind.axis), ONE))
        over = Index("i", name.declared[0])
        sums = Link(bound(Sum, Entry(name, over), over), Relation.EQUAL, Number(1))
        return Declared(Quantity(name, open=True), (sums, Link(name, Relation.AT_LEAST, Number(0))))

    def _sliced(self, key: str, kind: SliceOf) -> Meaning:
        matrix = self._quantity(kind.matrix)
        shape = fitting(matrix)
        if len(shape) != 2 or ONE in shape:
            raise ReadError(f"{kind.matrix} is no matrix, but {describe(shape)}")
        return Sliced(matrix if kind.of_rows else Transpose(matrix), key, kind.lies)

    def _function_of(self, key: str, kind: FunctionOf) -> Meaning:
        arguments = [self._quantity(name) for name in kind.names]
        if kind.axis is not None:
            return Quantity(unknown_vector(key, self._size(kind.axis), *arguments))
        return Quantity(Dependent(key, *arguments))

    def _quantity(self, text: str) -> Expression:
        meaning = self.scope.find(self.named(text))
        if meaning is None and isinstance(self.scope.find(Spelling(self.named(text).symbol)), Layered):
            return self.value(text)
        if not isinstance(meaning, Quantity):
            raise ReadError(f"the name {text} is not declared")
        return meaning.expression
