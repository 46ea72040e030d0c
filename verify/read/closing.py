"""What a chain ends with: shapes under it, a side without a relation, an arrow to what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from verify.language import Derivative, Expression, Misshapen, Node, Relation, Stated, Undecided
from verify.read.apply import substituted
from verify.read.assumed import with_assumptions
from verify.read.errors import ReadError
from verify.read.limits import is_approach
from verify.read.opening import OpeningReader
from verify.read.pieces import Condition
from verify.read.scope import Scope
from verify.read.segment import Statement
from verify.read.sequel import Chain, value_of
from verify.read.setting import Setting
from verify.read.shape_lines import MISFIT, is_line_of_shapes, letters_for, shape_steps, shapes_in, unclear
from verify.read.sides import Bad, Good, Side, Written, fitted
from verify.read.step import Step
from verify.read.suggest import Attempt
from verify.read.tokens import Token
from verify.read.under import is_antecedent, under

CONDITION = Stated("a condition")
Kept = TypeVar("Kept", bound=Side)


class ClosingReader(OpeningReader):
    """Reads what stands after a chain, or comes of it."""

    def shapes_below(self, tokens: Sequence[Token]) -> list[Step] | None:
        """The shapes of what stands above, if a display is made of shapes alone."""
        if (problem := self._letters(tokens)) is not None:
            return unclear(tokens, self.source, self.question, problem)
        shapes = shapes_in(tokens, self.names.scope)
        above, named = self._above()
        steps = None if shapes is None else shape_steps(shapes, above, named, self.source, self.question)
        if steps is None and is_line_of_shapes(tokens):
            return unclear(tokens, self.source, self.question)
        return None if steps is None else [with_assumptions(step, self.names.supposed) for step in steps]

    def _above(self) -> tuple[list[Expression], Expression | None]:
        """What stands in a display above, and what it defines."""
        chain = self.chain or Chain()
        ends = dict.fromkeys((0, len(chain.sides) - 1)) if chain.sides else ()
        above = [value for at in ends if (value := value_of(chain.sides[at])) is not None and isinstance(value, Node)]
        return above, above[0] if chain.defines and above else None

    def _letters(self, tokens: Sequence[Token]) -> str | None:
        """Take letters for sizes from a line of shapes, where nothing says how large anything is; or why not."""
        if not self.names.loose or self.chain is None or not is_line_of_shapes(tokens):
            return None
        shapes = shapes_in(tokens, self.names.scope, new=True)
        above, named = self._above()
        letters = None if shapes is None else letters_for(shapes, above, named, self.names.loose)
        if letters is None:
            return f"{MISFIT} as far as is assumed of the names" if shapes is not None and above else None
        self.names.name_sizes(letters)
        sizes: dict[Node, Node] = dict(letters.items())
        self.chain.sides = [_resized(side, sizes) for side in self.chain.sides]
        self.chain.last = None if self.chain.last is None else _resized(self.chain.last, sizes)
        return None

    def antecedent(self, statement: Statement, steps: list[Step]) -> Callable[[], tuple[Condition, ...]]:
        """What may hold or not, as a condition on what an arrow leads to; it is read where an arrow comes."""
        scope, setting, told = self.names.scope, self.setting, self.told()
        found: list[tuple[Condition, ...]] = []

        def look() -> tuple[Condition, ...]:
            if not found:
                found.append(_antecedent(statement, steps, scope, setting, told))
            return found[0]

        return look

    def lone(self, side: Written, *, goes_on: bool) -> Step:
        """A display without a relation: after a chain, one that was lost in it."""
        read = fitted(self.read([side], ())[0])
        before = self.chain.last if self.chain is not None else None
        error = ReadError("no relation stands here, so that nothing is claimed", side.start, expected="=")
        verdict = read.verdict if isinstance(read, Bad) else self.unreadable(error)
        step = Step(side.text, None, None, verdict, self.place(side.start), self.question)
        if before is not None:
            lost = Attempt(self.source, self.names.scope, self.setting, before, Relation.EQUAL, side.tokens, lone=True)
            step = replace(step, repair=lost.readings)
            if isinstance(read, Good) and side.tokens[0].text not in ("-", "+"):
                self.chain = Chain([read], read)
            return step
        self.chain = Chain([read], read) if isinstance(read, Good) else None
        if goes_on and isinstance(read, Good):
            return replace(step, meaning=Stated("the left side of what follows"))
        return step


def _antecedent(
    statement: Statement, steps: Sequence[Step], scope: Scope, setting: Setting, told: Mapping[str, Expression]
) -> tuple[Condition, ...]:
    """What may hold or not, as a condition; without a formula if it cannot be used."""
    if sets_to_zero(statement, steps):
        return (Condition(f"{steps[-1].left} = 0"),)
    meanings = [step.meaning for step in steps]
    if len(meanings) != 1 or len(statement.relations) != 1 or statement.continues:
        return ()
    text = f"{steps[0].left} {steps[0].relation} {steps[0].right}"
    own = (*statement.sides[0], statement.relations[0], *statement.sides[1])
    condition = Condition(text, () if statement.takes_back else own)
    if meanings == [CONDITION] or is_approach(statement):
        return (condition,)
    if isinstance(meanings[0], Stated | Misshapen):
        return ()
    found = under((condition,), scope, setting, told)
    if is_antecedent(found.given) and not found.unread:
        return (condition,)
    return (Condition(text),) if isinstance(meanings[0], Undecided) else ()


def sets_to_zero(statement: Statement, steps: Sequence[Step]) -> bool:
    r"""Whether a derivative is said to be 0 in the end: ``\nabla_w L = 2 X^T (X w - y) = 0``."""
    last = statement.relations[-1:]
    if [each.text for each in last] != ["="] or [each.text for each in statement.sides[-1]] != ["0"]:
        return False
    left = next((step.values[0] for step in steps if isinstance(step.values[0], Node)), None)
    return left is not None and bool(left.atoms(Derivative))


def _resized(side: Kept, sizes: Mapping[Node, Node]) -> Kept:
    """A side in which sizes have become others."""
    return replace(side, value=substituted(side.value, sizes)) if isinstance(side.value, Node) else side
