"""A link at fixed sizes, its Kronecker products and stacked columns written out as matrices of their entries.

So two axes are alike as soon as they have one length, whatever they are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import cast

from sympy.core.basic import Basic
from sympy.core.containers import Tuple

from verify.language.arithmetic import Dimension, Entry, Mul, Name, Number
from verify.language.binders import Binder, Bound, Index, Range
from verify.language.calls import Derivative, Vjp
from verify.language.dense import Place
from verify.language.expression import Expression
from verify.language.kronecker import Kronecker, Paired, Vec
from verify.language.link import Interval, Link
from verify.language.matrices import Matrix
from verify.language.shape import ONE, is_scalar, shape_of
from verify.language.unfold import sides_of

LARGEST = 400
Places = Sequence[tuple[int, ...]]


class NotLaidOut(ValueError):
    """A link that is not written out at these sizes."""


def dimension_symbols(link: Link) -> tuple[str, ...]:
    """The dimensions that a link speaks of, in order."""
    return tuple(sorted({each.symbol for side in sides_of(link) for each in side.atoms(Dimension)}))


def laid_out(link: Link, sizes: Mapping[str, int]) -> Link:
    r"""The link at these sizes; raises :class:`NotLaidOut` where it is too large, or where an axis becomes one entry.

    A column is no longer told from a number if it has one entry, and what is written may mean another thing.

    >>> from verify.language import dims, equal, kronecker, vector
    >>> n, = dims("n")
    >>> x, y = vector("x", n), vector("y", n)
    >>> link, = equal(kronecker(x, y), kronecker(y, x)).links()
    >>> print(laid_out(link, {"n": 2}).left)
    \begin{bmatrix} x_{11} y_{11} \\ x_{11} y_{21} \\ x_{21} y_{11} \\ x_{21} y_{21} \end{bmatrix}
    >>> laid_out(link, {"n": 1})
    Traceback (most recent call last):
    verify.language.laid_out.NotLaidOut: the dimension n n is 1
    """
    layout = Layout(Place(dict(sizes), {}))
    right = link.right
    if isinstance(right, Interval):
        raise NotLaidOut(f"an interval, {right}")
    sides = tuple(map(layout.of, right)) if isinstance(right, tuple) else layout.of(right)
    given = tuple(laid_out(replace(each, given=()), sizes) for each in link.given)
    return Link(layout.of(link.left), link.relation, sides, given)


@dataclass(frozen=True)
class Layout:
    """Writes expressions out at fixed sizes."""

    place: Place
    known: dict[Basic, Basic] = field(default_factory=dict, compare=False)

    def of(self, e: Expression) -> Expression:
        """An expression at these sizes."""
        return cast(Expression, self._of(e))

    def _of(self, node: Basic) -> Basic:
        if not node.args:
            return node
        if node not in self.known:
            self.known[node] = self._changed(node)
        return self.known[node]

    def _changed(self, node: Basic) -> Basic:
        match node:
            case Dimension() | Paired():
                return self._size(cast(Expression, node))
            case Name():
                return Name(node.symbol, tuple(map(self._size, node.declared)))
            case Index():
                return Index(node.symbol, self._size(node.dimension))
            case Bound():
                return Bound(node.level, self._size(node.dimension))
            case Binder():
                return type(node).rebuilt(self.of(node.body), node.args[1], Tuple(*map(self._size, node.dimensions)))
            case Kronecker():
                return self._product(node)
            case Vec():
                columns = self.of(node.argument)
                return self._column([_entry(columns, place) for place in self._stacked(node.argument)])
            case Derivative() | Vjp() if isinstance(node.variable, Vec):
                return self._by_columns(node, node.variable.argument)
            case _:
                return node.func(*map(self._of, node.args))

    def _size(self, dimension: Expression) -> Expression:
        if isinstance(dimension, Range):
            return Range(self.of(dimension.low), self.of(dimension.high))
        if dimension == ONE:
            return dimension
        try:
            many = self.place.count(dimension)
        except ValueError as error:
            raise NotLaidOut(str(error)) from error
        if many < 2:
            raise NotLaidOut(f"the dimension {dimension} is {many}")
        return Number(many)

    def _places(self, e: Expression) -> Places:
        """The places in a matrix, row by row; of a scalar, its one."""
        counts = [int(size.value) for size in map(self._size, shape_of(e)) if isinstance(size, Number)]
        if prod(counts) > LARGEST:
            raise NotLaidOut(f"{e} has more than {LARGEST} entries")
        return list(product(*(range(1, count + 1) for count in counts)))

    def _stacked(self, e: Expression) -> Places:
        """The places in a matrix, column by column."""
        return sorted(self._places(e), key=lambda place: place[::-1])

    def _column(self, entries: Sequence[Expression]) -> Expression:
        return Matrix(*((entry,) for entry in entries)) if len(entries) > 1 else entries[0]

    def _product(self, e: Kronecker) -> Expression:
        """Every entry: rows, and columns, run through those of the factors, the last one the fastest."""
        self._places(e)
        factors = [(self.of(factor), self._places(factor)) for factor in e.factors]
        if not shape_of(e):
            return Mul(*(factor for factor, _ in factors))
        rows = list(product(*(_along(places, 0) for _, places in factors)))
        columns = list(product(*(_along(places, 1) for _, places in factors)))

        def entry(row: tuple[int, ...], column: tuple[int, ...]) -> Expression:
            at = zip(factors, row, column, strict=True)
            return Mul(*(_entry(factor, (down, across)[: len(places[0])]) for (factor, places), down, across in at))

        return Matrix(*(tuple(entry(row, column) for column in columns) for row in rows))

    def _by_columns(self, e: Derivative | Vjp, variable: Expression) -> Expression:
        """Of each entry of the quantity, by each entry of the variable, column by column."""
        quantity, base = self.of(e.quantity), self.of(variable)
        by = [_entry(base, place) for place in self._stacked(variable)]
        if isinstance(e, Vjp):
            return self._column([Vjp(quantity, entry, self.of(e.upstream)) for entry in by])
        if is_scalar(shape_of(e.quantity)):
            return self._column([Derivative(quantity, entry) for entry in by])
        if len(shape_of(e.quantity)) != 2 or ONE not in shape_of(e.quantity):
            raise NotLaidOut(f"{e} has three axes")
        outputs = [_entry(quantity, place) for place in self._places(e.quantity)]
        if len(by) == 1:
            return self._column([Derivative(output, by[0]) for output in outputs])
        return Matrix(*(tuple(Derivative(output, entry) for entry in by) for output in outputs))


def _along(places: Places, axis: int) -> Iterator[int]:
    """The numbers of the rows, or of the columns; a scalar has one of each."""
    return iter(sorted({place[axis] if place else 1 for place in places}))


def _entry(e: Expression, place: tuple[int, ...]) -> Expression:
    return Entry(e, *map(Number, place)) if place else e
