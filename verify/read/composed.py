r"""Functions of a level, ``f_i(x) = \sigma(W_i x + b_i)``, one after another: ``f_2(f_1(x))``, ``f_2 \circ f_1 (x)``.

Such a function has no shapes of its own: its formula is read anew at each level, with what it is applied to. Without an
argument, as in ``\partial f_2 / \partial f_1``, a letter stands for the value of all levels up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verify.language import Defined, Expression, Name
from verify.language.unfold import leveled_symbol
from verify.read.errors import ReadError
from verify.read.indices import Indices
from verify.read.patterns import at_level
from verify.read.points import PointReader
from verify.read.scope import FunctionFamily, Indexed, Quantity
from verify.read.source import Span
from verify.read.subscripts import labels
from verify.read.syntax import Dots, Group, Joined, Juxtaposed, Numeral, Scripted, Spelling, Symbol, Syntax, spelling

MOST_LEVELS = 10
COMPOSED = r"\circ"
HOLE = Symbol("hole", "", (), Span(0, 0))
"""What stands where a layer has the layer before."""


class ComposedReader(PointReader):
    """Reads functions of a level."""

    def factor(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """The factor that begins at a part: a function of a level takes its argument with it."""
        part = parts[position]
        if not isinstance(part, Group) and not self.scope.has_functions_of_levels:
            return super().factor(parts, position)
        after = parts[position + 1] if position + 1 < len(parts) else None
        group, outer = (after.base, after) if isinstance(after, Scripted) else (after, None)
        if after == HOLE:
            group = Group("(", (HOLE,), ")", part.at)
        called = isinstance(group, Group) and group.opened == "(" and len(group.items) == 1
        inner = part.items[0] if isinstance(part, Group) and len(part.items) == 1 else None
        if called and isinstance(group, Group) and isinstance(inner, Joined) and self.composes(inner):
            nested = _nested((*inner.factors[:-1], Juxtaposed((inner.factors[-1], group), part.at)))
            return self._outer_scripts(self.expression(nested), outer), position + 2
        family = self.family_of(part)
        if family is None or not isinstance(part, Scripted):
            return super().factor(parts, position)
        if not called or not isinstance(group, Group):
            self.notes.assume(f"{family.symbol} without an argument is its value, all levels up to it being applied")
            return self.scripts(self._value(family, part), part.below[1:], part.above), position + 1
        value = self._applied(family, part, self.expression(group.items[0]))
        return self._outer_scripts(value, outer), position + 2

    def family_of(self, node: Syntax) -> FunctionFamily | None:
        """The function of which a name with a subscript is one level."""
        if not self.scope.has_functions_of_levels:
            return None
        if not isinstance(node, Scripted) or not isinstance(node.base, Symbol) or not node.below or node.primes:
            return None
        whole = spelling(Scripted(node.base, node.below, None, 0, node.at))
        for name in (whole, Spelling(node.base)):
            meaning = None if name is None else self.scope.find(name)
            if isinstance(meaning, FunctionFamily):
                return meaning
        return None

    def composes(self, node: Joined) -> bool:
        """Whether functions are joined, one to be applied after another."""
        if set(node.signs) != {COMPOSED}:
            return False
        heads = [each.parts[0] if isinstance(each, Juxtaposed) else each for each in node.factors]
        return all(isinstance(each, Dots) or self._is_function(each) for each in heads)

    def _is_function(self, node: Syntax) -> bool:
        return self.family_of(node) is not None or self.function(node) is not None

    def composition(self, node: Joined) -> Expression | None:
        r"""The value of ``f_2 \circ f_1 (x)``; nothing for any other product."""
        last = node.factors[-1]
        if not self.composes(node) or not isinstance(last, Juxtaposed) or len(last.parts) != 2:
            return None
        return self.expression(_nested(node.factors))

    # ---------------------------------------------------------------- values

    def _applied(self, family: FunctionFamily, part: Scripted, argument: Expression) -> Expression:
        """The value of one level at what it is given."""
        level, before = part.below[0], self._before(part)
        if family.letter and _number(level) is None:
            return self._formula(family, level, argument)
        symbol = leveled_symbol(part.base.key if isinstance(part.base, Symbol) else family.symbol, self._shown(level))
        start = self.scope.find(family.parameter)
        given = start.expression if before is None and isinstance(start, Quantity) else None
        if before is not None and _number(level) is not None:
            try:
                given = self._value(family, before)
            except ReadError:
                given = None
        if given == argument:
            return Defined(symbol, self._formula(family, level, argument))
        return Defined(symbol, self._formula(family, level, argument), argument)

    def _formula(self, family: FunctionFamily, level: Syntax, argument: Expression) -> Expression:
        """The formula at a level; raises :class:`ReadError` where an index is left free in it."""
        body: Syntax = at_level(family.body, family.letter, level) if family.letter else family.body
        scope, indices = self.scope.with_name(family.parameter, Quantity(argument)), Indices({}, {})
        value = type(self)(scope, self.conventions, indices, self.notes).expression(body)
        free = [name for name in indices.free if not isinstance(self._named_meaning(name), Indexed)]
        if free or indices.unsettled:
            lost = free[0] if free else "an index"
            raise ReadError(f"{lost} is free in what {family.symbol} is defined as", level.at.start)
        return value

    def _named_meaning(self, name: str) -> object:
        named = self.scope.names.get(name)
        return None if named is None else named.meaning

    def _value(self, family: FunctionFamily, part: Scripted) -> Expression:
        """What all levels up to one make of the variable of the formula.

        Raises :class:`ReadError` where this has no meaning of its own, or the level is no small number.
        """
        level, start = _number(part.below[0]) if family.letter else None, self.scope.find(family.parameter)
        if not isinstance(start, Quantity) or not isinstance(start.expression, Name):
            raise ReadError(f"{family.symbol} is a function and needs an argument", part.at.start, expected="(")
        if level is None or not 0 < level <= MOST_LEVELS:
            says = f"{family.symbol} at a level that is no number from 1 to {MOST_LEVELS}"
            raise ReadError(says, part.at.start, expected="its argument in parentheses")
        value: Expression = start.expression
        for each in range(1, level + 1):
            numeral = Numeral(str(each), part.at)
            value = Defined(leveled_symbol(family.symbol, each), self._formula(family, numeral, value))
        return value

    def _before(self, part: Scripted) -> Scripted | None:
        """The function of the level before; nothing at level 1."""
        number = _number(part.below[0])
        if number is None or number < 2:
            return None
        return replace(part, below=(Numeral(str(number - 1), part.at),))

    def _shown(self, level: Syntax) -> str:
        found = labels((level,))
        return found[0].name if found else "i"


def _number(level: Syntax) -> int | None:
    return int(level.text) if isinstance(level, Numeral) and level.text.isdigit() else None


def _nested(factors: Sequence[Syntax]) -> Syntax:
    """Functions one after another as functions within functions."""
    inner = factors[-1]
    for factor in reversed(factors[:-1]):
        if isinstance(factor, Dots):
            inner = Juxtaposed((factor, *(inner.parts if isinstance(inner, Juxtaposed) else (inner,))), inner.at)
        else:
            inner = Juxtaposed((factor, Group("(", (inner,), ")", inner.at)), factor.at.to(inner.at))
    return inner
