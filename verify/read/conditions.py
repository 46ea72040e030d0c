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
from verify.read.subscripts import Label, labels
from verify.read.syntax import Cases, Compared, Group, Numeral, Scripted, Spelling, Symbol, Syntax

INDICATORS = frozenset({r"\mathbf{1}", r"\mathbb{1}", r"\mathbb{I}", r"\mathbf{I}", "I", "1"})
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
            if relation not in ("=", r"\ne", r"\equiv"):
                says = "only equal and different indices are read as a condition here"
                raise ReadError(says, left.at.end, expected=r"i = j or i \ne j")
            equal = self._equal(self._side(left), self._side(right), node.at.start)
            values.append(ONE - equal if relation == r"\ne" else equal)
        return product(values)

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
                return Delta(self.indices.lone(one), Number(second.number or 0))
            case None, Running():
                return Delta(Number(first.number or 0), self.indices.lone(other))
            case _:
                raise ReadError("two numbers are compared", offset, expected="an index")

    # ---------------------------------------------------------------- cases

    def cases(self, node: Cases) -> Expression:
        r"""Two values, one where indices are equal and one where they differ."""
        if len(node.rows) != 2:
            raise ReadError("only two cases are read", node.at.start, expected=r"i = k and i \ne k")
        (value, condition), (other, otherwise) = node.rows
        if condition is None:
            (value, condition), (other, otherwise) = node.rows[::-1]
        if condition is None or (otherwise is not None and not _opposite(condition, otherwise)):
            at = node.at.start if otherwise is None else otherwise.at.start
            raise ReadError("the second case is not the opposite of the first", at, expected=r"\text{otherwise}")
        holds = self.condition(condition)
        if condition.relations == (r"\ne",):
            (value, other), holds = (other, value), self.condition(_equality(condition))
        branches = [(holds, value), (ONE - holds, other)]
        terms = [self._branch(weight, each) for weight, each in branches if not _is_zero(each)]
        return total(terms) if terms else Number(0)

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
    return isinstance(base, Symbol) and Spelling(base).key in INDICATORS


def _opposite(first: Compared, second: Compared) -> bool:
    """Whether one says that two indices are equal, and the other that they differ."""
    if {first.relations, second.relations} != {("=",), (r"\ne",)}:
        return False
    names = [{label.name for label in labels((side,)) or ()} for side in (*first.sides, *second.sides)]
    return names[0] | names[1] == names[2] | names[3] and all(len(each) == 1 for each in names)


def _equality(condition: Compared) -> Compared:
    return Compared(condition.sides, ("=",), condition.at)


def _is_zero(node: Syntax) -> bool:
    return isinstance(node, Numeral) and node.text == "0"
