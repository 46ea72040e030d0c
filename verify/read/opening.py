"""What a chain begins with: a definition, a declaration, or a side like any other.

A definition is a link whose left side is a name, or a function of names, that nothing defined before.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from verify.language import Misshapen, Name, Relation, Stated
from verify.read.arrange import DEFINING, target_of
from verify.read.definitions import Target
from verify.read.einstein import summed
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS
from verify.read.leveled import AtLevel
from verify.read.limits import infinity, is_approach
from verify.read.notes import Misfit
from verify.read.pieces import Cut
from verify.read.scope import Named, Quantity
from verify.read.segment import Statement
from verify.read.sequel import Chain, SequelReader, is_shape
from verify.read.sets import is_of_counts
from verify.read.sides import Bad, Good, Side, SideReader, Written, fitted
from verify.read.step import Step
from verify.read.suggest import Attempt
from verify.read.supposing import Supposed

RUNS = Stated("how far an index runs")


class OpeningReader(SequelReader):
    """Reads statements that begin a chain."""

    from_definition = False
    """Whether the statement before, from which an arrow may lead, was a definition."""
    leads_back = False
    """Whether an arrow in both directions stands after the statement."""

    def infer(self, statement: Statement, sides: Sequence[Written]) -> Supposed:
        """Give a meaning to names of which neither a context nor the write-up says anything."""
        if self.setting.said.names or self.setting.said.definitions or is_approach(statement):
            return Supposed()
        if (
            len(sides) == 2
            and (is_shape(sides[1]) or is_of_counts(sides[1].tokens))
            and target_of(statement, self.names.scope, sides[0].text) is not None
        ):
            return Supposed()
        for side in filter(is_shape, sides):
            self.names.take_sizes(side.tokens, side.start)
        told = [side for side in sides if not is_shape(side) and not (side.tended and infinity(side.tokens))]
        return self.names.suppose([side.tokens for side in told])

    def begun(self, chain: Chain, statement: Statement, sides: list[Written]) -> list[Step]:
        """The steps of a statement that begins a chain."""
        what = target_of(statement, self.names.scope, sides[0].text)
        numbers: tuple[str, ...] = ()
        if what is not None:
            used = frozenset(token.text for side in sides[1:] for token in side.tokens)
            numbers = self.names.take_parameters(what, used)
        functions = self.names.arguments(sides[0].tokens)
        numbered = {key: Named(named.plain, Quantity(Name(key))) for key, named in functions.items()}
        self.names.scope = self.names.scope.with_named(numbered)
        first, *rest = self._beginning(chain, what, statement, sides)
        self.names.scope = self.names.scope.with_named(functions)
        numbers = (*numbers, *(f"{key} is a number here" for key in functions))
        return [replace(first, assumed=(*numbers, *first.assumed)) if numbers else first, *rest]

    def _beginning(self, chain: Chain, what: Target | None, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition and what follows from it, or a link like any other."""
        if (
            what is not None
            and statement.relations[0].text == r"\in"
            and is_of_counts(sides[1].tokens)
            and len(sides) == 2
        ):
            return [self.step(sides[0].text, statement.relations[0], sides[1], self.names.count(what))]
        function = None if what is None else self.names.function_at_level(what, sides[1].tokens)
        if what is not None and function is not None and statement.relations[0].text in DEFINING and len(sides) == 2:
            said = self.names.define_function(what, function)
            return [self.step(sides[0].text, statement.relations[0], sides[1], said)]
        leveled = None if what is None else self.names.at_level(what, sides[1].tokens, statement.conditions)
        if leveled is not None and statement.relations[0].text in DEFINING:
            return self._defined_at_levels(chain, leveled, statement, sides)
        known = what is not None and (self.names.is_known(what, sides[1].tokens) or self._follows(what, statement))
        if what is None or known or statement.conditions or sides[1].below:
            return self.after(chain, self.read(sides, statement.relations), statement, 0)
        if statement.relations[0].text == r"\in" or is_shape(sides[1]):
            return self._declared(chain, what, statement, sides)
        return self._defined(chain, what, statement, sides)

    def _follows(self, what: Target, statement: Statement) -> bool:
        """Whether a statement about a name that is known says that it follows, and does not define it.

        An arrow leads to it from a claim, and not from a definition; or one in both directions stands beside it.
        """
        either = self.leads_back or statement.cut is Cut.EITHER
        led = either or (statement.cut is Cut.ARROW and not self.from_definition)
        return led and self.names.scope.find(what.name) is not None

    def _defined(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition, and what the chain goes on to claim."""
        scope = what.scope(self.names.scope)
        (read,) = SideReader(scope, self.setting.conventions, self.source).read([sides[1]], [False], {})
        right = fitted(summed(read) if self.setting.conventions.sums == "einstein" else read)
        relation = statement.relations[0]
        function = self.names.function_anew(what, sides[1].tokens) if _is_misshapen(right) else None
        if function is not None:
            first = self.step(sides[0].text, relation, sides[1], self.names.define_function(what, function))
        elif isinstance(right, Bad):
            first = self.step(sides[0].text, relation, sides[1], right.verdict)
            if what.parameters:
                tokens = (sides[0].tokens, Relation.EQUAL, sides[1].tokens)
                first = replace(first, repair=Attempt(self.source, scope, self.setting, *tokens).readings)
        else:
            meaning = self.names.define(what, right, scope)
            self._settle()
            layout = self.setting.layout if right.notes.layout else None
            step = self.step(sides[0].text, relation, sides[1], meaning)
            first = replace(step, layout=layout, assumed=tuple(right.notes.assumed), values=(None, right.value))
            chain.defines = True
        chain.sides.append(right)
        rest = self.read(sides[2:], statement.relations[1:], shifted=True)
        left = right if isinstance(right, Good) else None
        return [first, *self.joined(chain, left, statement, rest, 1)]

    def _settle(self) -> None:
        """What goes on from level to level may be known when it is said where it begins."""
        if self.names.pending:
            with suppress(ReadError, Misfit):
                self.names.settle(self.setting.conventions)

    def _defined_at_levels(self, chain: Chain, what: AtLevel, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition at every level of a family, and what the chain goes on to claim."""
        meaning = self.names.define_at_level(what, self.setting.conventions)
        first = self.step(sides[0].text, statement.relations[0], sides[1], meaning)
        if len(sides) == 2:
            return [first]
        read = self.read(sides[1:], statement.relations, shifted=True)
        return [first, *self.after(chain, read, replace(statement, conditions=()), 1)]

    def _declared(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        r"""``W \in \mathbb{R}^{m \times n}`` for a name that is not known."""
        read = self.read(sides[1:], statement.relations, shifted=True)
        shape = read[0].value if isinstance(read[0], Good) else None
        clashes = isinstance(shape, tuple) and self.names.clashes(what, shape)
        if not isinstance(shape, tuple) or what.parameters or what.entries or clashes:
            return self.after(chain, self.read(sides, statement.relations), statement, 0)
        counts = not shape and what.name.key in FREE_LETTERS
        said = RUNS if counts else self.names.declare(what, shape)
        step = self.step(sides[0].text, statement.relations[0], sides[1], said)
        return [replace(step, relation=str(Relation.SHAPE)), *self.after(chain, read, statement, 1)]


def _is_misshapen(side: Side) -> bool:
    return isinstance(side, Bad) and isinstance(side.verdict, Misshapen) and side.verdict.reason == "shape"
