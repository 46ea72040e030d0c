r"""Which values of its indices a sum means: all of them, all but some, those from 2 on, those below another index."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verify.language import Delta, Dimension, Expression, Index, Number, Range
from verify.language.size import same_dimension
from verify.read.conditions import ONE, ConditionReader
from verify.read.errors import ReadError
from verify.read.indices import FROM_ZERO, UNTOLD, Running
from verify.read.order import before, over_pairs
from verify.read.pairs import merged, stands_in
from verify.read.ranged import INDEX_LETTERS
from verify.read.scope import Indexed, Layered, Quantity
from verify.read.sizes import dimension
from verify.read.subscripts import children, labels
from verify.read.syntax import Bars, Compared, Numeral, Ranged, Scripted, Signed, Spelling, Symbol, Syntax, spelling

MOST_SKIPPED = 10
PART = "an index that runs over a part of the entries is not read yet"


@dataclass(frozen=True)
class Edge:
    """A bound that moves with another index: that index, and what is added to it."""

    index: Running
    by: int


@dataclass(frozen=True)
class Edges:
    """The bounds of a sum that move with other indices."""

    low: Edge | None = None
    high: Edge | None = None


class BoundsReader(ConditionReader):
    """Reads the bounds of what binds an index."""

    # ---------------------------------------------------------------- what is bound

    def resolved(self, node: Ranged) -> Ranged:
        r"""The sum with the indices that it binds: in ``\sum_{j < i}`` those that are not bound around it."""
        whole = node if self.is_layered(node.body) else merged(node)
        if whole is not node:
            return whole
        ordered = [each for each in node.conditions if each.relations != (r"\ne",)]
        ends = [each for each in ordered if self._is_dimension(each.sides[1])]
        if not ordered:
            return node
        if len(ends) > 1 or (ends and node.high is not None):
            raise ReadError(PART, ends[-1].sides[1].at.start, expected=r"i \le n")
        conditions = tuple(each for each in node.conditions if each not in ends)
        own = tuple(each for each in node.indices if not self._is_taken(each))
        if len(own) > 1:
            own = tuple(each for each in own if stands_in(each, node.body)) or own
            self.notes.pairs |= dict.fromkeys(name.key for name in map(spelling, own) if name is not None)
        high = _last(ends[0]) if ends else node.high
        return replace(node, indices=own or node.indices, high=high, conditions=conditions)

    def _is_taken(self, index: Symbol | Scripted) -> bool:
        """Whether an index is bound around a sum, or is declared, other than i, j or k, which may be bound anew."""
        name = spelling(index)
        if name is None or self.indices.find(name.key) is not None:
            return True
        meaning = self.scope.find(name)
        return meaning is not None and not (isinstance(meaning, Indexed) and name.key in INDEX_LETTERS)

    def _is_dimension(self, node: Syntax) -> bool:
        name = spelling(node)
        meaning = None if name is None or self.indices.find(name.key) is not None else self.scope.find(name)
        return isinstance(meaning, Quantity) and isinstance(meaning.expression, Dimension)

    def is_layered(self, node: Syntax) -> bool:
        """Whether a member of a family stands in it."""
        stack = [node]
        while stack:
            each = stack.pop()
            if isinstance(each, Symbol) and isinstance(self.scope.find(Spelling(each)), Layered):
                return True
            stack.extend(children(each))
        return False

    # ---------------------------------------------------------------- how far

    def between(self, node: Ranged) -> tuple[Expression | None, Edges]:
        """What the index runs over, if numbers and dimensions tell, and the bounds that other indices are."""
        low, high = self._edge(node.low), self._edge(node.high)
        if (low or high) and self.is_layered(node.body):
            if node.low is None or node.high is None:
                raise ReadError("a sum over levels needs both bounds", node.at.start, expected=r"\sum_{k=j+1}^n")
            return Range(self.level(node.low), self.level(node.high)), Edges()
        if node.low is not None and low is None and not _is_whole(node.low):
            raise ReadError(PART, node.low.at.start, expected="1")
        over = None if node.high is None or high is not None else self._counted(node, self.end(node.high))
        return over, Edges(low, high)

    def end(self, node: Syntax) -> Expression:
        """A last value: a dimension, or the size of a set between bars."""
        inner = node.inner if isinstance(node, Bars) and not node.double else node
        return dimension(inner, self.scope, new=False)

    def _counted(self, node: Ranged, high: Expression) -> Expression:
        """What an index runs over that ends at a dimension: all of it, or a range that fits no axis."""
        whole = next((each for each in self.scope.from_zero if same_dimension(each, high + 1)), None)
        if whole is not None:
            return whole
        if isinstance(node.low, Numeral) and node.low.text == "0":
            return Range(Number(0), high)
        return Range(ONE, high) if high in self.scope.from_zero else high

    def _edge(self, node: Syntax | None) -> Edge | None:
        """An index, or one plus or minus a number."""
        name, by = node, 0
        if isinstance(node, Signed) and len(node.terms) == 2 and node.terms[0][0] == 1 and _is_whole(node.terms[1][1]):
            (_, name), (sign, number) = node.terms
            by = sign * int(number.text) if isinstance(number, Numeral) else 0
        found = labels((name,)) if isinstance(name, Symbol | Scripted) else None
        if not found or not self.is_index(found[0]):
            return None
        return Edge(self.index_of(found[0]), by)

    # ---------------------------------------------------------------- which values

    def chosen(self, node: Ranged, running: list[Running], edges: Edges) -> list[Expression]:
        """The weights that are 1 for the values that are meant, and 0 for the others."""
        weights = [self.condition(each) for each in node.conditions]
        return [*weights, *self._skipped(node, running, edges), *self._beyond(running, edges)]

    def paired(self, node: Ranged, running: list[Running], body: Expression) -> Expression | None:
        """The body of a sum over the pairs with i < j; nothing for any other sum."""
        if node.sign != r"\sum" or len(running) != 2 or len(node.conditions) != 1:
            return None
        (condition,) = node.conditions
        found = [labels((side,)) for side in condition.sides]
        chosen = [self.indices.find(each[0].name) for each in found if each and each[0].number is None]
        first, second = chosen if len(chosen) == 2 else (None, None)
        if condition.relations not in (("<",), (r"\le",)) or first not in running or second not in running:
            return None
        if first is second:
            return None
        one, other = self.indices.pair(first, second)
        if first.dimension is None or not same_dimension(one.dimension, other.dimension):
            return None
        return over_pairs(body, one, other, equal=condition.relations == (r"\le",))

    def _skipped(self, node: Ranged, running: list[Running], edges: Edges) -> list[Expression]:
        """The weights of what begins later than with the first value: a sum from 2."""
        low = node.low
        if low is None or edges.low is not None or not isinstance(low, Numeral):
            return []
        over = running[0].dimension
        if isinstance(over, Range) or over is None:
            first = 0 if low.text == "0" else 1
        else:
            first = 0 if over in self.scope.from_zero else 1
        if int(low.text) < first:
            raise ReadError(UNTOLD, low.at.start, expected=FROM_ZERO)
        if int(low.text) == first:
            return []
        if int(low.text) > MOST_SKIPPED:
            raise ReadError(PART, low.at.start, expected="1")
        if len(running) != 1:
            raise ReadError("two indices that begin elsewhere than at 1", low.at.start, expected="1")
        index = self.indices.lone(running[0])
        return [ONE - Delta(index, Number(value - first + 1)) for value in range(first, int(low.text))]

    def _beyond(self, running: list[Running], edges: Edges) -> list[Expression]:
        """The weights of bounds that move with other indices."""
        weights: list[Expression] = []
        for edge, rises in ((edges.low, True), (edges.high, False)):
            if edge is None:
                continue
            own, other = self._two(running[0], edge.index)
            weights.append(before(other, own, by=edge.by) if rises else before(own, other, by=-edge.by))
        return weights

    def _two(self, own: Running, other: Running) -> tuple[Index, Index]:
        if own.dimension is not None and other.dimension is not None:
            return self.indices.lone(own), self.indices.lone(other)
        return self.indices.pair(own, other)


def _last(condition: Compared) -> Syntax:
    """The last value of an index that is at most, or less than, a dimension."""
    end = condition.sides[1]
    if condition.relations == (r"\le",):
        return end
    return Signed(((1, end), (-1, Numeral("1", end.at))), end.at)


def _is_whole(node: Syntax) -> bool:
    return isinstance(node, Numeral) and node.text.isdigit()
