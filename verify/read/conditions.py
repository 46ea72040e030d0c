r"""Conditions on indices inside a formula: ``\mathbf{1}[i = j]``, ``[i \ne k]``, values by cases.

A condition becomes a number: the Kronecker delta of two indices where they are to be equal, one minus it
where they are to differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Delta, Expression, Number
from verify.read.calls import CallReader
from verify.read.errors import ReadError
from verify.read.indices import Running
from verify.read.join import product, total
from verify.read.order import HOLDS, ORDERS, Comparison, before, exhaustive
from verify.read.subscripts import Label, labels
from verify.read.syntax import Cases, Compared, Group, Numeral, Scripted, Symbol, Syntax

INDICATORS = frozenset({r"\mathbf{1}", r"\mathbb{1}", r"\mathbb{I}", r"\mathbf{I}", "I", "1"})
TURNED = {">": "<", r"\ge": r"\le"}
MOST_COUNTED = 10
ONE = Number(1)


class ConditionReader(CallReader):
    """Reads indicators and cases."""

    def factor(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """The factor that begins at a part; an indicator takes its brackets with it."""
        found = self._indicator(parts, position)
        return super().factor(parts, position) if found is None else found

    def _indicator(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int] | None:
        part = parts[position]
        base, scripts = (part.base, part) if isinstance(part, Scripted) else (part, None)
        if isinstance(base, Group) and base.opened == "[" and (condition := condition_in(base)) is not None:
            return self._scripted_value(self.condition(condition), scripts), position + 1
        if not _is_indicator(base):
            return None
        if scripts is not None:
            condition = _below(scripts)
            if condition is None:
                return None
            value = self.condition(condition)
            return (value if scripts.above is None else self.scripts(value, (), scripts.above)), position + 1
        after = parts[position + 1] if position + 1 < len(parts) else None
        group, outer = (after.base, after) if isinstance(after, Scripted) else (after, None)
        condition = condition_in(group) if isinstance(group, Group) else None
        return None if condition is None else (self._scripted_value(self.condition(condition), outer), position + 2)

    def _scripted_value(self, value: Expression, outer: Scripted | None) -> Expression:
        if outer is None:
            return value
        if outer.primes or outer.below:
            raise ReadError("a script on a condition", outer.at.end - 1)
        return self.scripts(value, (), outer.above)

    # ---------------------------------------------------------------- conditions as numbers

    def condition(self, node: Compared) -> Expression:
        """1 where a condition on indices holds, 0 elsewhere."""
        values = []
        for left, relation, right in zip(node.sides, node.relations, node.sides[1:], strict=False):
            if relation not in HOLDS:
                raise ReadError("this is no condition on indices", left.at.end, expected=r"i = j or i \ne j")
            if relation in ORDERS and not all(map(self._is_place, (left, right))):
                raise ReadError("a condition on values is not read", left.at.end, expected="one on indices")
            first, second = self._side(left), self._side(right)
            if relation in ORDERS:
                values.append(self._less(first, second, relation, node.at.start))
            else:
                equal = self._equal(first, second, node.at.start)
                values.append(ONE - equal if relation == r"\ne" else equal)
        return product(values)

    def _is_place(self, node: Syntax) -> bool:
        """Whether a side is an index, or a number that it may have."""
        found = labels((node,))
        return found is not None and len(found) == 1 and (found[0].number is not None or self.is_index(found[0]))

    def _less(self, first: Label, second: Label, relation: str, offset: int) -> Expression:
        """1 where an index is less than another, or than a number; 0 elsewhere."""
        if relation in (">", r"\ge"):
            first, second, relation = second, first, TURNED[relation]
        by = 1 if relation == "<" else 0
        if first.number is not None and second.number is not None:
            raise ReadError("two numbers are compared", offset, expected="an index")
        if first.number is not None:
            return ONE - self._up_to(second, first.number - 1 + by, offset)
        if second.number is not None:
            return self._up_to(first, second.number - by, offset)
        return before(*self.indices.pair(self.index_of(first), self.index_of(second)), by=by)

    def _up_to(self, label: Label, last: int, offset: int) -> Expression:
        """1 where an index is a number up to the last, 0 elsewhere."""
        index = self.indices.lone(self.index_of(label))
        many = last + 1 if index.dimension in self.scope.from_zero else last
        if many > MOST_COUNTED:
            raise ReadError(f"a condition on more than {MOST_COUNTED} values of an index", offset)
        deltas = [Delta(index, Number(value)) for value in range(1, many + 1)]
        return total(deltas) if deltas else Number(0)

    def _side(self, node: Syntax) -> Label:
        found = labels((node,))
        if found is None or len(found) != 1:
            raise ReadError("this is no index", node.at.start, expected="an index, or a number")
        return found[0]

    def _equal(self, first: Label, second: Label, offset: int) -> Expression:
        """The Kronecker delta of two indices, or of an index and a number."""
        one, other = (None if each.number is not None else self.index_of(each) for each in (first, second))
        match one, other:
            case Running(), Running():
                return Delta(*self.indices.pair(one, other))
            case Running(), None:
                return Delta(self.indices.lone(one), self.counted(second.number or 0, one.dimension))
            case None, Running():
                return Delta(self.counted(first.number or 0, other.dimension), self.indices.lone(other))
            case _:
                raise ReadError("two numbers are compared", offset, expected="an index")

    # ---------------------------------------------------------------- cases

    def cases(self, node: Cases) -> Expression:
        r"""Values by conditions on indices, exactly one of which holds whatever the indices are."""
        rows = [*(row for row in node.rows if row[1] is not None), *(row for row in node.rows if row[1] is None)]
        conditions = [condition for _, condition in rows if condition is not None]
        if not conditions or len(rows) > len(conditions) + 1:
            raise ReadError("cases of which none has a condition, or two have none", node.at.start, expected="i = k")
        weights = [self.condition(each) for each in conditions]
        self._refuse_gaps(node, conditions, otherwise=len(rows) > len(conditions))
        if len(rows) == 2 and conditions[0].relations == (r"\ne",):
            holds = self.condition(_equality(conditions[0]))
            rows, weights = rows[::-1], [holds, ONE - holds]
        elif len(rows) == 2:
            weights = [weights[0], ONE - weights[0]]
        elif len(rows) > len(conditions):
            weights.append(total([ONE, *(-each for each in weights)]))
        branches = zip(weights, (value for value, _ in rows), strict=True)
        terms = [self._branch(weight, each) for weight, each in branches if not _is_zero(each)]
        return total(terms) if terms else Number(0)

    def _refuse_gaps(self, node: Cases, conditions: Sequence[Compared], *, otherwise: bool) -> None:
        """Raise :class:`ReadError` where no case holds, or more than one."""
        compared: list[list[Comparison]] = []
        for condition in conditions:
            sides = [self._side(each).name for each in condition.sides]
            compared.append(list(zip(sides, condition.relations, sides[1:], strict=False)))
        wrong = exhaustive(compared, otherwise=otherwise, lowest=0 if self.scope.from_zero else 1)
        if wrong is not None:
            raise ReadError(wrong, node.at.start, expected=r"\text{otherwise}")

    def _branch(self, weight: Expression, node: Syntax) -> Expression:
        value = self.expression(node)
        return weight if value == ONE else weight * value


def condition_in(group: Group) -> Compared | None:
    """The condition that stands alone in brackets."""
    (only,) = group.items if len(group.items) == 1 else (None,)
    return only if isinstance(only, Compared) else None


def _below(scripts: Scripted) -> Compared | None:
    """The condition in the subscript of an indicator, with or without braces that are seen."""
    if scripts.primes or len(scripts.below) != 1:
        return None
    (below,) = scripts.below
    if isinstance(below, Group):
        return condition_in(below)
    return below if isinstance(below, Compared) else None


def _is_indicator(base: Syntax) -> bool:
    if isinstance(base, Numeral):
        return base.text == "1"
    return isinstance(base, Symbol) and base.key in INDICATORS


def _equality(condition: Compared) -> Compared:
    return Compared(condition.sides, ("=",), condition.at)


def _is_zero(node: Syntax) -> bool:
    return isinstance(node, Numeral) and node.text == "0"
