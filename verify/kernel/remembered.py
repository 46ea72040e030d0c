"""Definitions as names whose entries are evaluated once: what many formulas that use them are evaluated with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from flint import arb
from sympy.core.basic import Basic

from verify import language as said
from verify.kernel.balls import Balls
from verify.kernel.evaluate import Evaluation
from verify.kernel.lower import Lowering
from verify.kernel.point import Point
from verify.kernel.term import Variable
from verify.language import Expression
from verify.language.binders import Binder, rebuild
from verify.language.shape import shape

MARK = "definition "
# In these a definition is more than its value.
NOT_VALUES = (said.Derivative, said.Vjp, said.Expectation, said.Variance, said.Covariance)


class _MoreThanValues(Exception):
    """Something is derived in a formula: what its definitions stand for counts."""


@dataclass
class Remembered:
    """The definitions met so far, under the names that stand for them."""

    lowering: Lowering
    names: dict[said.Defined, said.Name | None] = field(default_factory=dict)
    defined: dict[str, said.Defined] = field(default_factory=dict)

    def written(self, formula: Expression) -> Expression:
        """The formula with a name for each definition in which no index is free, unless something is derived in it."""
        try:
            return self._named(formula)
        except _MoreThanValues:
            return formula

    def _named(self, part: Expression) -> Expression:
        if isinstance(part, NOT_VALUES):
            raise _MoreThanValues
        if isinstance(part, said.Defined):
            return self._name(part) or part
        return rebuild(part, lambda inner, _: self._named(cast(Expression, inner)))

    def _name(self, definition: said.Defined) -> said.Name | None:
        if definition not in self.names:
            own = shape(definition)
            stays = isinstance(own, said.Mismatch) or definition.atoms(said.Index) or not is_closed(definition, 0)
            name = None if stays or isinstance(own, said.Mismatch) else said.Name(f"{MARK}{len(self.names)}", own)
            self.names[definition] = name
            if name is not None:
                self.defined[name.symbol] = definition
        return self.names[definition]


def is_closed(node: Basic, depth: int) -> bool:
    """Whether no nameless index of a part belongs to a binder outside of it."""
    if isinstance(node, said.Bound):
        return node.level < depth
    inner = depth + len(node.args[1]) if isinstance(node, Binder) else depth
    return all(is_closed(part, inner if place == 0 else depth) for place, part in enumerate(node.args))


@dataclass
class WithDefinitions(Balls):
    """Ball arithmetic in which the entries of remembered definitions are evaluated once."""

    remembered: Remembered | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    values: dict[tuple[str, tuple[int, ...]], arb] = field(default_factory=dict)

    def at(self, point: Point) -> WithDefinitions:
        """The same arithmetic at another point, where nothing is known yet."""
        return replace(self, point=point, values={})

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> arb:
        """The entry's value: of a definition what it stands for, of another name its value at the point."""
        definition = None if self.remembered is None else self.remembered.defined.get(variable.symbol)
        if definition is None or self.remembered is None:
            return Balls.entry(self, variable, subscripts)
        key = variable.symbol, subscripts
        if key not in self.values:
            meaning = self.remembered.written(definition.meaning)
            term = self.remembered.lowering.entry(meaning, subscripts)
            self.values[key] = Evaluation(self, self.sizes).of(term, {})
        return self.values[key]
