"""A statement about any depth at one fixed depth: layers become names of their own, and ordered products products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import cast

from sympy.core.basic import Basic

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Node, Number, as_expression, kinds
from verify.language.binders import Array, Binder, Bound, Delta, Index, Product, Range, Sum, outside, rebuild
from verify.language.calls import Defined
from verify.language.expression import Expression
from verify.language.layers import Ascending, Descending, Leveled, Member, Recursive, Step, Width, linear
from verify.language.link import Interval, Link
from verify.language.shape import shape_of

LEVELED = (Width, Member, Leveled, Recursive)
# In these a level may stand, or be bound.
WITH_LEVELS = frozenset((*LEVELED, Sum, Product, Descending, Ascending))


class NotUnfolded(ValueError):
    """A level that is no number at the depth given."""


@dataclass(frozen=True)
class Depth:
    """The dimensions that levels run to, and the free indices that are levels."""

    dimensions: tuple[str, ...]
    indices: tuple[Index, ...]

    def __bool__(self) -> bool:
        return bool(self.dimensions or self.indices)


def depth_of(link: Link) -> Depth:
    """What a link says of levels; nothing in it for an ordinary link.

    >>> from verify.language import dims, equal, family, index, product_over
    >>> L, = dims("L")
    >>> w, l = family("w"), index("l", L)
    >>> link, = equal(product_over(l, w(l)), w(L) * product_over(l, w(l))).links()
    >>> depth_of(link).dimensions
    ('L',)
    """
    found: dict[Node, None] = {}
    met: set[Basic] = set()
    for side in sides_of(link):
        _collect(side, found, met)
    indices = tuple(node for node in found if isinstance(node, Index))
    for index in indices:
        _dimensions(index.dimension, found)
    return Depth(tuple(node.symbol for node in found if isinstance(node, Dimension)), indices)


def speaks_of_levels(link: Link) -> bool:
    """Whether a member of a family, a width or a value of a recursion stands in a link or its hypotheses."""
    return not all(kinds(side).isdisjoint(LEVELED) for side in sides_of(link))


def sides_of(link: Link) -> Iterator[Expression]:
    """All expressions in a link and its hypotheses."""
    for each in (link, *link.given):
        yield each.left
        if isinstance(each.right, Interval):
            yield from (end for end in (each.right.low, each.right.high) if end is not None)
        elif isinstance(each.right, tuple):
            yield from each.right
        else:
            yield each.right


def _collect(node: Basic, found: dict[Node, None], met: set[Basic]) -> None:
    """The dimensions and free indices in levels, and the dimensions that bound levels run to."""
    if kinds(node).isdisjoint(WITH_LEVELS) or node in met:
        return
    met.add(node)
    if isinstance(node, LEVELED):
        _dimensions(node.level, found)
    elif isinstance(node, Binder) and not isinstance(node, Step) and is_over_levels(node):
        for dimension in node.dimensions:
            _dimensions(dimension, found)
    for part in node.args:
        _collect(part, found, met)


def _dimensions(level: Basic, found: dict[Node, None]) -> None:
    if isinstance(level, Dimension | Index):
        found[level] = None
    elif not isinstance(level, Bound):
        for part in level.args:
            _dimensions(part, found)


@lru_cache(maxsize=4096)
def is_over_levels(binder: Binder) -> bool:
    """Whether a sum or a product runs over levels: an ordered product, a product of unknown length, or by its body."""
    match binder:
        case Descending() | Ascending():
            return True
        case Sum() | Product():
            return _is_counted(binder) or (isinstance(binder, Product) and not isinstance(binder.dimensions[0], Number))
        case _:
            return False


def _is_counted(binder: Binder) -> bool:
    """Whether the bound index occurs as a level, or as a number, and not only as a subscript."""
    return _as_level(binder.body, 0)


def _as_level(node: Basic, level: int) -> bool:
    match node:
        case Bound():
            return node.level == level
        case Entry():
            return _as_level(node.tensor, level)
        case Delta():
            return False
        case Binder():
            inner = level + len(node.hints)
            return _as_level(node.body, inner) or any(_as_level(each, level) for each in node.dimensions)
        case _:
            return any(_as_level(part, level) for part in node.args)


@dataclass(frozen=True)
class Unfolding:
    """Unfolds at fixed numbers for dimensions and free indices that are levels."""

    dimensions: Mapping[str, int]
    indices: Mapping[Index, int] = field(default_factory=dict)
    known: dict[Basic, Basic] = field(default_factory=dict, compare=False)

    def link(self, link: Link) -> Link:
        """A link with its hypotheses; one about a free level that is not the link's holds at every level."""
        given = tuple(each for hypothesis in link.given for each in self._hypotheses(hypothesis))
        return self._link(replace(link, given=given))

    def _link(self, link: Link) -> Link:
        right = link.right
        if isinstance(right, Interval):
            low, high = (None if end is None else self.of(end) for end in (right.low, right.high))
            right = replace(right, low=low, high=high)
        else:
            right = tuple(map(self.of, right)) if isinstance(right, tuple) else self.of(right)
        return Link(self.of(link.left), link.relation, right, link.given)

    def _hypotheses(self, hypothesis: Link) -> Iterator[Link]:
        free = depth_of(replace(hypothesis, given=())).indices
        unfoldings = [replace(self, known={})]
        for index in free:
            count = self.number(index.dimension)
            unfoldings = [
                replace(each, indices={**each.indices, index: value}, known={})
                for each in unfoldings
                for value in range(1, count + 1)
            ]
        for each in unfoldings:
            yield each._link(hypothesis)

    def number(self, level: Expression) -> int:
        """The number that a level is; raises :class:`NotUnfolded` if it is none."""
        form = linear(level)
        total = Fraction(0)
        if form is not None:
            total = form[1]
            for part, coefficient in form[0]:
                total += coefficient * self._count(part)
        if form is None or total.denominator != 1:
            raise NotUnfolded(f"the level {level}")
        return int(total)

    def _count(self, part: Node) -> int:
        if isinstance(part, Dimension) and part.symbol in self.dimensions:
            return self.dimensions[part.symbol]
        if isinstance(part, Index) and part in self.indices:
            return self.indices[part]
        raise NotUnfolded(f"the level {part}")

    def of(self, e: Expression) -> Expression:
        """An expression at this depth."""
        return cast(Expression, self._of(e))

    def _of(self, node: Basic) -> Basic:
        if not node.args:
            return node
        if node not in self.known:
            self.known[node] = self._unfolded(node)
        return self.known[node]

    def _unfolded(self, node: Basic) -> Basic:
        match node:
            case Dimension() if node.symbol in self.dimensions:
                return Number(self.dimensions[node.symbol])
            case Index() if node in self.indices:
                return Number(self.indices[node])
            case Width():
                return Dimension(leveled_symbol(node.symbol, self.number(node.level)))
            case Member():
                symbol = leveled_symbol(node.symbol, self.number(node.level))
                return Name(symbol, tuple(map(self.of, node.declared)))
            case Leveled():
                return Defined(leveled_symbol(node.symbol, self.number(node.level)), self.of(node.meaning))
            case Recursive():
                return self._value(node)
            case Binder() if is_over_levels(node):
                return self._written_out(node)
            case Mul():
                factors = [self.of(factor) for factor in node.factors if not self._is_empty(factor)]
                return Mul(*factors) if len(factors) > 1 else factors[0] if factors else self.of(node.factors[0])
            case _:
                parts = tuple(map(self._of, node.args))
                return node.func(*parts)

    def _is_empty(self, e: Expression) -> bool:
        """Whether this is an ordered product of no factors, which may be left out of a product of others."""
        if not isinstance(e, Descending | Ascending):
            return False
        over = e.dimensions[0]
        assert isinstance(over, Range)
        return self.number(over.high) < self.number(over.low)

    def _value(self, e: Recursive) -> Expression:
        level = self.number(e.level)
        if level < 0:
            raise NotUnfolded(f"a level below 0, {level}")
        if level == 0:
            return self.of(e.start)
        return Defined(leveled_symbol(e.symbol, level), self.of(stepped(e, Number(level))))

    def _written_out(self, e: Binder) -> Expression:
        over = e.dimensions[0]
        low, high = (over.low, over.high) if isinstance(over, Range) else (Number(1), over)
        levels = range(self.number(low), self.number(high) + 1)
        parts = [self.of(outside(e.opened(as_expression(level)))) for level in levels]
        match e:
            case Sum():
                return Add(*parts) if len(parts) > 1 else parts[0] if parts else Number(0)
            case Product():
                return Mul(*parts) if len(parts) > 1 else parts[0] if parts else Number(1)
            case _:
                factors = parts[::-1] if isinstance(e, Descending) else parts
                if not factors:
                    return self.of(unit(shape_of(cast(Expression, e))[0]))
                return Mul(*factors) if len(factors) > 1 else factors[0]


def at_depths(link: Link, depth: Depth, deepest: int) -> Iterator[tuple[dict[str, int], Link]]:
    """The link at small depths, and at every value of its free levels; with what they were set to."""
    for deep in range(1, deepest + 1):
        sizes = dict.fromkeys(depth.dimensions, deep)
        plain = Unfolding(sizes)
        counts = [plain.number(index.dimension) for index in depth.indices]
        for values in product(*(range(1, count + 1) for count in counts)):
            chosen = dict(zip(depth.indices, values, strict=True))
            named = {**sizes, **{index.symbol: value for index, value in chosen.items()}}
            yield named, Unfolding(sizes, chosen).link(link)


def stepped(e: Recursive, level: Expression) -> Expression:
    """What a recursion makes at a level from its value before, that value being written as the recursion's own."""
    return cast(Expression, _returned(e.step.opened(level), e))


def _returned(node: Node, e: Recursive) -> Node:
    """Values of the recursions in the place of the members that stand for them."""
    if isinstance(node, Member) and node.symbol in e.system.symbols:
        return e.value(node)
    return rebuild(node, lambda part, _: _returned(part, e))


def unit(size: Expression) -> Expression:
    """The identity matrix."""
    down, across = Index("i", size), Index("j", size)
    return cast(Expression, Array(Delta(down, across), down, across))


def leveled_symbol(symbol: str, level: object) -> str:
    """How a member is written at a level."""
    text = str(level)
    return f"{symbol}_{text}" if len(text) == 1 else f"{symbol}_{{{text}}}"
