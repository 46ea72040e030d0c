"""From the statements of a write-up to its steps: chains go on over rows and displays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from verify.language import Defined, Entry, Link, Name, Number, Stated, Undecided
from verify.read.arrange import arranged, compares, members
from verify.read.assumed import with_assumptions
from verify.read.closing import CONDITION, ClosingReader, sets_to_zero
from verify.read.contested import is_read
from verify.read.context import context_of
from verify.read.document import Display
from verify.read.errors import ReadError
from verify.read.known import Section
from verify.read.pieces import ARROWS, Condition, Cut
from verify.read.rivals import Layer, Rival, Rivals
from verify.read.scope import Scope
from verify.read.segment import Statement, statements
from verify.read.sequel import Chain
from verify.read.setting import Setting
from verify.read.shape_lines import mentions_shapes, without_shapes
from verify.read.sides import written
from verify.read.step import Step, no_repair
from verify.read.tokens import Token, tokenize


def _unread(step: Step) -> tuple[Condition, ...]:
    return (Condition(f"{step.left} {step.relation} {step.right}"),)


def _supposes(steps: Sequence[Step]) -> bool:
    r"""Whether what an arrow leads from, ``x = y \Rightarrow``, only says so for what follows: a name is another."""
    plain = isinstance(steps[0].values[1], Name | Number | Entry | Defined)
    return len(steps) == 1 and plain and isinstance(steps[0].meaning, Stated)


class ChainReader(ClosingReader):
    """Reads the displays of a write-up in order, and keeps what they define."""

    def enter(self, setting: Setting, section: Section, question: str | None) -> None:
        """Begin another section: no chain goes on over a heading."""
        if section != self.names.section or setting is not self.setting:
            self.setting, self.question, self.chain = setting, question, None
            self.carried, self.before = (), tuple
            self.names.enter(setting, section)

    def display(self, display: Display, *, goes_on: bool) -> list[Step]:
        """The steps of a display, at least one; ``goes_on`` if the next display begins with a relation."""
        try:
            if not display.closed:
                raise ReadError(f"this {display.opening} is not closed", display.start, expected=display.closing)
            tokens = tokenize(self.source.text, display.content.start, display.content.end)
            shapes: list[list[Token]] = []
            if mentions_shapes(tokens):
                if (steps := self.shapes_below(tokens)) is not None:
                    return steps
                tokens, shapes = without_shapes(tokens)
            found = statements(tokens, self.names.scope.words)
            if not found:
                raise ReadError("nothing stands in this display", display.start, expected="a formula")
        except ReadError as error:
            self.chain = None
            text = " ".join(self.source.text[display.content.start : display.content.end].split())
            return [Step(text[:200], None, None, self.unreadable(error), self.place(error.offset), self.question)]
        steps = self._arranged([each for whole in found for each in members(whole)], goes_on=goes_on)
        return [*steps, *(step for row in shapes for step in self.shapes_below(row) or [])]

    def _arranged(self, found: Sequence[Statement], *, goes_on: bool) -> list[Step]:
        """The steps of statements in the order of their places, read in the order of what they define."""
        read: list[tuple[tuple[int, int], list[Step]]] = []
        arrows = {position - 1 for position, each in enumerate(found) if each.cut in ARROWS}
        either = {position - 1 for position, each in enumerate(found) if each.cut is Cut.EITHER}
        outside: Scope | None = None
        for each in arranged(found, self.names):
            if each.defines:
                chain = self.chain
                read.append((each.place, self._statement(each.statement, goes_on=False)))
                self.chain = chain
                continue
            if each.statement.cut is Cut.ARROW:
                self.carried = (*self.carried, *self.before())
            elif each.statement.cut is Cut.EITHER:
                self.carried = (*self.carried, *(Condition(condition.text) for condition in self.before()))
            elif not each.statement.continues:
                self.carried = ()
            before, self.leads_back = self.names.scope, each.place[0] in either
            steps = self._statement(each.statement, goes_on=goes_on and each.place == (len(found) - 1, 0))
            if each.place[0] in arrows and outside is None and _supposes(steps):
                outside = before
            self.before = self.antecedent(each.statement, steps)
            self.from_definition = isinstance(steps[-1].meaning, Stated)
            if each.place[0] in arrows and sets_to_zero(each.statement, steps):
                steps = [*steps[:-1], replace(steps[-1], meaning=CONDITION, repair=no_repair)]
            elif self.leads_back and isinstance(steps[-1].meaning, Link | Undecided):
                self.before = partial(_unread, steps[-1])
                steps = [*steps[:-1], replace(steps[-1], meaning=CONDITION, repair=no_repair)]
            elif each.place[0] in arrows and any(condition.tokens for condition in self.before()):
                steps = [replace(steps[0], meaning=CONDITION, repair=no_repair)]
            read.append((each.place, steps))
        if outside is not None:
            self.names.scope = outside
        return [step for _, steps in sorted(read, key=lambda pair: pair[0]) for step in steps]

    def _statement(self, statement: Statement, *, goes_on: bool) -> list[Step]:
        ends = [0, *(relation.end for relation in statement.relations)]
        sides = [written(side, self.source, end) for side, end in zip(statement.sides, ends, strict=True)]
        sides = self.tended(statement, sides)
        if not statement.relations:
            return [self.lone(sides[0], goes_on=goes_on)]
        if compares(statement, self.names.scope):
            self.chain = None
            return [self.step(sides[0].text, statement.relations[0], sides[1], CONDITION)]
        if not statement.continues:
            self.chain = Chain()
            before = self.names.scope
            found = self.infer(statement, sides)
            steps = self.begun(self.chain, statement, sides)
            if isinstance(steps[0].meaning, Stated):
                doubts = dict.fromkeys(found.doubted.values())
                meaning = Undecided("ambiguous", "; ".join(doubts)) if doubts else steps[0].meaning
                steps[0] = replace(steps[0], meaning=meaning, assumed=(*found.assumed.values(), *steps[0].assumed))
            if found.layers:
                return self._about_layers(statement, steps, found.layers)
            if self.names.supposed.assumed:
                made = self._assumed(statement, steps)
                if all(map(is_read, made)):
                    return made
                self.names.contest([side.tokens for side in sides], before)
        elif self.chain is not None:
            read = self.read(sides[1:], statement.relations, shifted=True)
            steps = list(self.joined(self.chain, self.chain.last, statement, read, 0))
        else:
            relation = statement.relations[0]
            says = "nothing that could be read stands before this relation"
            error = ReadError(says, relation.start, expected="a left side")
            first = self.step("", relation, sides[1], self.unreadable(error))
            self.chain = Chain()
            read = self.read(sides[1:], statement.relations[1:])
            steps = [first, *self.after(self.chain, read, statement, 1)]
        return self._assumed(statement, steps)

    def _assumed(self, statement: Statement, steps: Sequence[Step]) -> list[Step]:
        first, *rest = [with_assumptions(step, self.names.supposed) for step in steps]
        return [first if statement.continues or first.begins else replace(first, begins=True), *rest]

    def _about_layers(self, statement: Statement, steps: Sequence[Step], found: Sequence[Layer]) -> list[Step]:
        """The steps of a statement about a layer that is not known, each with its readings for the usual layers."""
        made = self._assumed(statement, steps)
        self.names.forget()
        readings = cache(partial(self._for_layers, statement, found))

        def rivals(number: int) -> Rivals:
            said = [(layer, steps[number : number + 1]) for layer, steps in readings()]
            return Rivals(found[0].weights, tuple(Rival(layer.says, step) for layer, (step,) in said))

        return [replace(step, assumed=(), rivals=partial(rivals, number)) for number, step in enumerate(made)]

    def _for_layers(self, statement: Statement, found: Sequence[Layer]) -> list[tuple[Layer, list[Step]]]:
        """The steps of a statement with each of the layers that it may be about."""
        settings = [context_of(layer.said).general for layer in found]
        return [
            (layer, ChainReader(self.source, setting)._statement(statement, goes_on=False))
            for layer, setting in zip(found, settings, strict=True)
        ]
