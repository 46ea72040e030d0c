"""From the statements of a write-up to its steps: chains go on over rows and displays.

A definition is a link whose left side is a name, or a function of names, that nothing defined before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TypeVar

from verify.language import Expression, Link, Location, Misshapen, Name, Node, Relation, Stated, Undecided
from verify.read.apply import occurs, substituted
from verify.read.arrange import DEFINING, arranged, compares, members, target_of
from verify.read.assumed import with_assumptions
from verify.read.defining import Names
from verify.read.definitions import Target
from verify.read.document import Display
from verify.read.einstein import summed
from verify.read.errors import ReadError
from verify.read.given import relevant
from verify.read.indices import FREE_LETTERS
from verify.read.known import Section
from verify.read.leveled import AtLevel
from verify.read.limits import ARROW, approached, infinity, is_approach
from verify.read.links import RELATIONS, join, unbound
from verify.read.notes import Misfit
from verify.read.pieces import Condition, Cut
from verify.read.scope import Named, Quantity, Scope
from verify.read.segment import Statement, statements
from verify.read.sets import is_of_counts
from verify.read.setting import Setting
from verify.read.shape_lines import (
    MISFIT,
    is_line_of_shapes,
    letters_for,
    shape_steps,
    shapes_in,
    unclear,
    without_shapes,
)
from verify.read.sides import Bad, Good, Side, SideReader, Written, fitted, written
from verify.read.source import Source
from verify.read.step import Meaning, Step, Value, no_repair
from verify.read.suggest import Attempt
from verify.read.tokens import Token, tokenize
from verify.read.under import Under, is_antecedent, under

CONDITION = Stated("a condition")
RUNS = Stated("how far an index runs")
Kept = TypeVar("Kept", bound=Side)
UNTENDED = " where nothing is said to tend to infinity"


@dataclass
class Chain:
    """The chain that a display may go on with: its sides so far, and the last of them that means something."""

    sides: list[Side] = field(default_factory=list)
    last: Good | None = None
    defines: bool = False
    """Whether it begins with a definition, whose left side is none of its sides."""

    def told(self) -> Mapping[str, Expression]:
        """How far the free indices of its sides run."""
        found: dict[str, Expression] = {}
        for side in self.sides:
            if isinstance(side, Good):
                found = {**side.free, **found}
        return found


class ChainReader:
    """Reads the displays of a write-up in order, and keeps what they define."""

    def __init__(self, source: Source, setting: Setting) -> None:
        self.source = source
        self.setting = setting
        self.question: str | None = None
        self.names = Names(source, setting)
        self.chain: Chain | None = None
        self.carried: tuple[Condition, ...] = ()
        self.before: Callable[[], tuple[Condition, ...]] = tuple
        """What the last statement may be a condition of."""
        self.standing: tuple[Condition, ...] = ()
        """The conditions in the text before a display."""

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
            if (steps := self._shapes(tokens)) is not None:
                return steps
            tokens, shapes = without_shapes(tokens)
            found = statements(tokens, self.names.scope.words)
            if not found:
                raise ReadError("nothing stands in this display", display.start, expected="a formula")
        except ReadError as error:
            self.chain = None
            text = " ".join(self.source.text[display.content.start : display.content.end].split())
            return [Step(text[:200], None, None, self._verdict(error), self._place(error.offset), self.question)]
        steps = self._arranged([each for whole in found for each in members(whole)], goes_on=goes_on)
        return [*steps, *(step for row in shapes for step in self._shapes(row) or [])]

    def _shapes(self, tokens: Sequence[Token]) -> list[Step] | None:
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
        above = [value for at in ends if (value := _value(chain.sides[at])) is not None and isinstance(value, Node)]
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

    def _arranged(self, found: Sequence[Statement], *, goes_on: bool) -> list[Step]:
        """The steps of statements in the order of their places, read in the order of what they define."""
        read: list[tuple[tuple[int, int], list[Step]]] = []
        arrows = {position - 1 for position, each in enumerate(found) if each.cut is Cut.ARROW}
        for each in arranged(found, self.names):
            if each.defines:
                chain = self.chain
                read.append((each.place, self._statement(each.statement, goes_on=False)))
                self.chain = chain
                continue
            if each.statement.cut is Cut.ARROW:
                self.carried = (*self.carried, *self.before())
            elif not each.statement.continues:
                self.carried = ()
            steps = self._statement(each.statement, goes_on=goes_on and each.place == (len(found) - 1, 0))
            self.before = self._antecedent(each.statement, steps)
            if each.place[0] in arrows and any(condition.tokens for condition in self.before()):
                steps = [replace(steps[0], meaning=CONDITION, repair=no_repair)]
            read.append((each.place, steps))
        return [step for _, steps in sorted(read, key=lambda pair: pair[0]) for step in steps]

    def _antecedent(self, statement: Statement, steps: list[Step]) -> Callable[[], tuple[Condition, ...]]:
        """What may hold or not, as a condition on what an arrow leads to; it is read where an arrow comes."""
        return cache(partial(_antecedent, statement, steps, self.names.scope, self.setting, self._told()))

    # ---------------------------------------------------------------- statements

    def _statement(self, statement: Statement, *, goes_on: bool) -> list[Step]:
        ends = [0, *(relation.end for relation in statement.relations)]
        sides = [written(side, self.source, end) for side, end in zip(statement.sides, ends, strict=True)]
        sides = self._tended(statement, sides)
        if not statement.relations:
            return [self._lone(sides[0], goes_on=goes_on)]
        if compares(statement, self.names.scope):
            self.chain = None
            return [self._step(sides[0].text, statement.relations[0], sides[1], CONDITION)]
        if not statement.continues:
            self.chain = Chain()
            new, doubts = self._infer(statement, sides)
            steps = self._begun(self.chain, statement, sides)
            if isinstance(steps[0].meaning, Stated):
                meaning = Undecided("ambiguous", "; ".join(doubts)) if doubts else steps[0].meaning
                steps[0] = replace(steps[0], meaning=meaning, assumed=(*new, *steps[0].assumed))
        elif self.chain is not None:
            read = self._read(sides[1:], statement.relations, shifted=True)
            steps = list(self._joined(self.chain, self.chain.last, statement, read, 0))
        else:
            relation = statement.relations[0]
            says = "nothing that could be read stands before this relation"
            error = ReadError(says, relation.start, expected="a left side")
            first = self._step("", relation, sides[1], self._verdict(error))
            self.chain = Chain()
            read = self._read(sides[1:], statement.relations[1:])
            steps = [first, *self._after(self.chain, read, statement, 1)]
        first, *rest = [with_assumptions(step, self.names.supposed) for step in steps]
        return [first if statement.continues else replace(first, begins=True), *rest]

    def _infer(self, statement: Statement, sides: Sequence[Written]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give a meaning to names of which neither a context nor the write-up says anything.

        Returns what is assumed of them, and what is doubtful.
        """
        if self.setting.said.names or self.setting.said.definitions or is_approach(statement):
            return (), ()
        if (
            len(sides) == 2
            and (_is_shape(sides[1]) or is_of_counts(sides[1].tokens))
            and target_of(statement, self.names.scope, sides[0].text) is not None
        ):
            return (), ()
        for side in filter(_is_shape, sides):
            self.names.take_sizes(side.tokens, side.start)
        told = [side for side in sides if not _is_shape(side) and not (side.tended and infinity(side.tokens))]
        found = self.names.suppose([side.tokens for side in told])
        return tuple(found.assumed.values()), tuple(dict.fromkeys(found.doubted.values()))

    def _begun(self, chain: Chain, statement: Statement, sides: list[Written]) -> list[Step]:
        """The steps of a statement that begins a chain."""
        what = target_of(statement, self.names.scope, sides[0].text)
        used = frozenset(token.text for side in sides[1:] for token in side.tokens)
        numbers = () if what is None else self.names.take_parameters(what, used)
        functions = self.names.arguments(sides[0].tokens)
        numbered = {key: Named(named.plain, Quantity(Name(key))) for key, named in functions.items()}
        self.names.scope = self.names.scope.with_named(numbered)
        first, *rest = self._beginning(chain, what, statement, sides)
        self.names.scope = self.names.scope.with_named(functions)
        numbers = (*numbers, *(f"{key} is a number here" for key in functions))
        return [replace(first, assumed=(*numbers, *first.assumed)), *rest]

    def _beginning(self, chain: Chain, what: Target | None, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition and what follows from it, or a link like any other."""
        if (
            what is not None
            and statement.relations[0].text == r"\in"
            and is_of_counts(sides[1].tokens)
            and len(sides) == 2
        ):
            return [self._step(sides[0].text, statement.relations[0], sides[1], self.names.count(what))]
        function = None if what is None else self.names.function_at_level(what, sides[1].tokens)
        if what is not None and function is not None and statement.relations[0].text in DEFINING and len(sides) == 2:
            said = self.names.define_function(what, function)
            return [self._step(sides[0].text, statement.relations[0], sides[1], said)]
        leveled = None if what is None else self.names.at_level(what, sides[1].tokens, statement.conditions)
        if leveled is not None and statement.relations[0].text in DEFINING:
            return self._defined_at_levels(chain, leveled, statement, sides)
        if what is None or statement.conditions or sides[1].below or self.names.is_known(what, sides[1].tokens):
            return self._after(chain, self._read(sides, statement.relations), statement, 0)
        if statement.relations[0].text == r"\in" or _is_shape(sides[1]):
            return self._declared(chain, what, statement, sides)
        return self._defined(chain, what, statement, sides)

    def _defined(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition, and what the chain goes on to claim."""
        scope = what.scope(self.names.scope)
        (read,) = SideReader(scope, self.setting.conventions, self.source).read([sides[1]], [False], {})
        right = fitted(summed(read) if self.setting.conventions.sums == "einstein" else read)
        relation = statement.relations[0]
        function = self.names.function_anew(what, sides[1].tokens) if _is_misshapen(right) else None
        if function is not None:
            first = self._step(sides[0].text, relation, sides[1], self.names.define_function(what, function))
        elif isinstance(right, Bad):
            first = self._step(sides[0].text, relation, sides[1], right.verdict)
            if what.parameters:
                tokens = (sides[0].tokens, Relation.EQUAL, sides[1].tokens)
                first = replace(first, repair=Attempt(self.source, scope, self.setting, *tokens).readings)
        else:
            meaning = self.names.define(what, right, scope)
            self._settle()
            layout = self.setting.layout if right.notes.layout else None
            step = self._step(sides[0].text, relation, sides[1], meaning)
            first = replace(step, layout=layout, assumed=tuple(right.notes.assumed), values=(None, right.value))
            chain.defines = True
        chain.sides.append(right)
        rest = self._read(sides[2:], statement.relations[1:], shifted=True)
        left = right if isinstance(right, Good) else None
        return [first, *self._joined(chain, left, statement, rest, 1)]

    def _settle(self) -> None:
        """What goes on from level to level may be known when it is said where it begins."""
        if self.names.pending:
            with suppress(ReadError, Misfit):
                self.names.settle(self.setting.conventions)

    def _defined_at_levels(self, chain: Chain, what: AtLevel, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition at every level of a family, and what the chain goes on to claim."""
        meaning = self.names.define_at_level(what, self.setting.conventions)
        first = self._step(sides[0].text, statement.relations[0], sides[1], meaning)
        if len(sides) == 2:
            return [first]
        read = self._read(sides[1:], statement.relations, shifted=True)
        return [first, *self._after(chain, read, replace(statement, conditions=()), 1)]

    def _declared(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        r"""``W \in \mathbb{R}^{m \times n}`` for a name that is not known."""
        read = self._read(sides[1:], statement.relations, shifted=True)
        shape = read[0].value if isinstance(read[0], Good) else None
        clashes = isinstance(shape, tuple) and self.names.clashes(what, shape)
        if not isinstance(shape, tuple) or what.parameters or what.entries or clashes:
            return self._after(chain, self._read(sides, statement.relations), statement, 0)
        counts = not shape and what.name.key in FREE_LETTERS
        said = RUNS if counts else self.names.declare(what, shape)
        step = self._step(sides[0].text, statement.relations[0], sides[1], said)
        return [replace(step, relation=str(Relation.SHAPE)), *self._after(chain, read, statement, 1)]

    def _lone(self, side: Written, *, goes_on: bool) -> Step:
        """A display without a relation: after a chain, one that was lost in it."""
        read = fitted(self._read([side], ())[0])
        before = self.chain.last if self.chain is not None else None
        error = ReadError("no relation stands here, so that nothing is claimed", side.start, expected="=")
        verdict = read.verdict if isinstance(read, Bad) else self._verdict(error)
        step = Step(side.text, None, None, verdict, self._place(side.start), self.question)
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

    # ---------------------------------------------------------------- links

    def _tended(self, statement: Statement, sides: list[Written]) -> list[Written]:
        """The sides, with those marked that something tends to."""
        last = self.chain.last if statement.continues and self.chain is not None else None
        limits = any(side.below for side in sides) or (last is not None and bool(last.written.below))
        before = ["", *(relation.text for relation in statement.relations)]
        return [
            replace(side, tended=bool(text) and (limits or text == ARROW))
            for text, side in zip(before, sides, strict=True)
        ]

    def _approached(self, left: Side | None, right: Side) -> tuple[Link, ...]:
        """What tends to infinity in the limits that begin two sides; nothing where they differ, or are elsewhere."""
        found: list[tuple[Link, ...]] = []
        for side in (left, right):
            if side is not None and side.written.below:
                try:
                    found.append(approached(side.written.below, self.names.scope))
                except ReadError:
                    return ()
        return found[0] if found and all(each == found[0] for each in found) else ()

    def _read(self, sides: Sequence[Written], relations: Sequence[Token], *, shifted: bool = False) -> list[Side]:
        """Read sides; ``shifted`` if the first relation stands before the first of them."""
        before = [*([] if shifted else [""]), *(relation.text for relation in relations)]
        sets = [text == r"\in" or (text == "=" and _is_shape(side)) for text, side in zip(before, sides, strict=False)]
        found = SideReader(self.names.scope, self.setting.conventions, self.source).read(sides, sets, self._told())
        return list(map(summed, found)) if self.setting.conventions.sums == "einstein" else found

    def _told(self) -> Mapping[str, Expression]:
        return self.chain.told() if self.chain is not None else {}

    def _after(self, chain: Chain, read: Sequence[Side], statement: Statement, skipped: int) -> list[Step]:
        """The steps of a chain whose first side is read; its relations begin at ``skipped``."""
        chain.sides.append(read[0])
        return list(self._joined(chain, read[0], statement, read[1:], skipped))

    def _joined(
        self, chain: Chain, left: Side | None, statement: Statement, read: Sequence[Side], skipped: int
    ) -> Iterator[Step]:
        """The links from a side on. After one that means nothing, an equation is taken up from the last that does."""
        texts = [chain.sides[-1].written.text if chain.sides else "", *(side.written.text for side in read)]
        opening = len(chain.sides) == 1 and not statement.continues and skipped == 0
        chain.sides += read
        left = None if left is None else _bounded(left, chain)
        shared = tuple(each for each in statement.conditions if each.place is None)
        general = under((*shared, *self.carried, *self.standing), self.names.scope, self.setting, chain.told())
        for position, each in enumerate(read):
            remarks = _remarks(statement.conditions, read, position)
            claimed = replace(general, unread=(*general.unread, *remarks))
            side, relation = _bounded(each, chain), statement.relations[skipped + position]
            first = opening and position == 0
            for way in claimed.ways(self._approached(left, side)):
                step = self._link(left, relation, side, texts[position], statement.joints, way, opening=first)
                yield way.noted(replace(step, values=(step.values[0], _value(each))))
            if isinstance(side, Good):
                left = side
            elif relation.text not in DEFINING or isinstance(left, Bad):
                left = None
        chain.last = left if isinstance(left, Good) else None

    def _link(
        self,
        left: Side | None,
        relation: Token,
        right: Side,
        before: str,
        joints: Sequence[int],
        claimed: Under,
        *,
        opening: bool,
    ) -> Step:
        known = RELATIONS.get(relation.text)
        limits = [side for side in (left, right) if side is not None and side.written.below]
        tends = limits or any(each.relation is Relation.TENDS for each in claimed.given)
        if known is None or (relation.text == ARROW and not tends):
            says = f"{relation.text} is no relation that is checked{UNTENDED if relation.text == ARROW else ''}"
            return self._step(before, relation, right.written, Undecided("relation", says))
        setting = claimed.setting(self.setting)
        if _is_update(left, relation, right):
            says = "an update gives a name another value, and claims nothing"
            return self._step(before, relation, right.written, Undecided("relation", says))
        if isinstance(left, Good) and isinstance(right, Good):
            joined = join(left, known, right, setting, opening=opening)
            step = self._step(left.written.text, relation, right.written, joined.meaning)
            step = replace(step, layout=joined.layout, assumed=joined.assumed, supposed=joined.supposed)
        else:
            step = self._step(before, relation, right.written, self._unread(left, right))
        step = replace(step, values=(_value(left), _value(right)))
        if isinstance(step.meaning, Misshapen):
            step = replace(step, misfit=_misfit(left, known, right, setting))
        side = left.written.tokens if opening and left is not None else left
        if known not in (Relation.EQUAL, Relation.MEMBER) or isinstance(side, Bad | None):
            return step
        own = tuple(joint for joint in joints if right.written.start < joint < right.written.end)
        attempt = Attempt(self.source, self.names.scope, setting, side, known, right.written.tokens, joints=own)
        return replace(step, repair=attempt.readings)

    def _unread(self, left: Side | None, right: Side) -> Meaning:
        if isinstance(right, Bad):
            return right.verdict
        if isinstance(left, Bad):
            return left.verdict
        says = "the side before this relation could not be read"
        return self._verdict(ReadError(says, right.written.start, expected="a left side"))

    def _step(self, left: str, relation: Token, right: Written, meaning: Meaning) -> Step:
        limit = isinstance(meaning, Link) and meaning.relation is Relation.TENDS
        known = meaning.relation if isinstance(meaning, Link) and not limit else RELATIONS.get(relation.text)
        name = relation.text if known is None else str(known)
        return Step(left, name, right.text, meaning, self._place(right.start), self.question)

    def _verdict(self, error: ReadError) -> Meaning:
        return error.within(self.source).verdict

    def _place(self, offset: int) -> Location:
        return self.source.at(offset)


def _antecedent(
    statement: Statement, steps: Sequence[Step], scope: Scope, setting: Setting, told: Mapping[str, Expression]
) -> tuple[Condition, ...]:
    """What may hold or not, as a condition; without a formula if it cannot be used."""
    meanings = [step.meaning for step in steps]
    if len(meanings) != 1 or len(statement.relations) != 1 or statement.continues:
        return ()
    text = f"{steps[0].left} {steps[0].relation} {steps[0].right}"
    condition = Condition(text, (*statement.sides[0], statement.relations[0], *statement.sides[1]))
    if meanings == [CONDITION] or is_approach(statement):
        return (condition,)
    if isinstance(meanings[0], Stated | Misshapen):
        return ()
    found = under((condition,), scope, setting, told)
    if is_antecedent(found.given) and not found.unread:
        return (condition,)
    return (Condition(text),) if isinstance(meanings[0], Undecided) else ()


def _value(side: Side | None) -> Value | None:
    return side.value if isinstance(side, Good) else None


def _is_update(left: Side | None, relation: Token, right: Side) -> bool:
    r"""Whether a value is assigned to a name that it is made of: ``w := w - \eta \nabla_w J``."""
    if relation.text not in (":=", r"\coloneq") or not isinstance(left, Good) or not isinstance(right, Good):
        return False
    return isinstance(left.value, Node) and isinstance(right.value, Node) and occurs(left.value, right.value)


def _resized(side: Kept, sizes: Mapping[Node, Node]) -> Kept:
    """A side in which sizes have become others."""
    return replace(side, value=substituted(side.value, sizes)) if isinstance(side.value, Node) else side


def _is_misshapen(side: Side) -> bool:
    return isinstance(side, Bad) and isinstance(side.verdict, Misshapen) and side.verdict.reason == "shape"


def _remarks(conditions: Sequence[Condition], read: Sequence[Side], position: int) -> tuple[str, ...]:
    """The remarks that stand after a side, and before the next."""
    start = read[position].written.start if position else 0
    end = read[position + 1].written.start if position + 1 < len(read) else None
    places = [(each, each.place) for each in conditions if each.place is not None]
    return tuple(each.text for each, at in places if start <= at and (end is None or at < end))


def _bounded(side: Side, chain: Chain) -> Side:
    """The side, if its parts fit and its indices are bound."""
    lost = unbound(side, chain.sides)
    if lost is None or not isinstance(side, Good):
        return fitted(side)
    return Bad(side.written, lost, side.value if isinstance(side.value, Expression) else None)


def _misfit(left: Side | None, relation: Relation, right: Side, setting: Setting) -> Link | None:
    """The link between two sides of which one does not fit, if both could be read."""
    if left is None or not isinstance(left.value, Expression) or not isinstance(right.value, Expression):
        return None
    return Link(left.value, relation, right.value, relevant(setting.given, left.value, right.value))


def _is_shape(side: Written) -> bool:
    r"""Whether a side is a set such as ``\mathbb{R}^n``, which people also write after an equals sign."""
    first = side.tokens[0].text if side.tokens else ""
    return first == "ℝ" or (first == r"\mathbb" and any(each.text == "R" for each in side.tokens[:3]))
