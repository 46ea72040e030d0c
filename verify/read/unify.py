"""Dimensions that are not known, and are found to be equal: the rows of W are the entries of y."""

from __future__ import annotations

from collections.abc import Container, Set
from dataclasses import dataclass, field

from verify.language import Dimension, Expression, Number

SIZES = ("m", "n", "p", "q", "r", "s", "t")
ONE = 0
"""The dimension that is 1."""


class Unclear(Exception):
    """A formula does not tell what its names mean."""


@dataclass
class Dimensions:
    """Unknown dimensions, each a number; those that are ``hard`` are not 1, where this is ``strict``.

    ``loose`` sizes are letters that were chosen before for what nothing said; they may be found to be ``equal`` to
    others.

    >>> found = Dimensions()
    >>> rows, columns = found.new(), found.new(hard=True)
    >>> found.same(rows, columns)
    >>> found.size(rows, set()) == found.size(columns, set())
    True
    >>> found.same(columns, ONE)
    Traceback (most recent call last):
    verify.read.unify.Unclear
    """

    strict: bool = True
    loose: Set[Expression] = frozenset()
    equal: dict[Expression, Expression] = field(default_factory=dict)
    parents: list[int] = field(default_factory=lambda: [ONE])
    sizes: dict[int, Expression] = field(default_factory=lambda: {ONE: Number(1)})
    hard: set[int] = field(default_factory=set)

    def new(self, *, hard: bool = False) -> int:
        """One more dimension."""
        self.parents.append(len(self.parents))
        made = len(self.parents) - 1
        self.hard |= {made} if hard else set()
        return made

    def of(self, size: Expression) -> int:
        """A dimension that is known."""
        if size == Number(1):
            return ONE
        made = self.new(hard=True)
        self.fix(made, size)
        return made

    def root(self, dimension: int) -> int:
        """The one that stands for all that are equal to it."""
        while self.parents[dimension] != dimension:
            dimension = self.parents[dimension]
        return dimension

    def same(self, one: int, other: int) -> None:
        """Two dimensions are equal; raises :class:`Unclear` where they cannot be."""
        first, second = sorted((self.root(one), self.root(other)))
        if self.strict and first == ONE and second in self.hard:
            raise Unclear
        if first != second:
            self.parents[second] = first
            self.hard |= {first} if second in self.hard and first != ONE else set()
            if second in self.sizes:
                self.fix(first, self.sizes.pop(second))

    def fix(self, dimension: int, size: Expression) -> None:
        """A dimension is this; raises :class:`Unclear` where it is another."""
        size = self.named(size)
        before = self.named(self.sizes.setdefault(self.root(dimension), size))
        if before == size:
            return
        if before not in self.loose:
            before, size = size, before
        if before not in self.loose or size == Number(1):
            raise Unclear
        self.equal[before] = size

    def named(self, size: Expression) -> Expression:
        """A size that was found to be equal to another by the name of that one."""
        while size in self.equal:
            size = self.equal[size]
        return size

    def size(self, dimension: int, taken: Container[str]) -> Expression:
        """The dimension; one that nothing says has a letter that is not taken."""
        root = self.root(dimension)
        if root not in self.sizes:
            used = set(map(str, self.sizes.values()))
            free = [letter for letter in SIZES if letter not in taken and letter not in used]
            self.sizes[root] = Dimension(free[0] if free else f"n_{{{root}}}")
        return self.named(self.sizes[root])
