"""From the statements of a write-up to its steps: chains go on over rows and displays.

A definition is a link whose left side is a name, or a function of names, that nothing defined before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from verify.language import Expression, Link, Location, Relation, Stated, Undecided
from verify.read.defining import Names, Section
from verify.read.definitions import Target, target
from verify.read.document import Display
from verify.read.errors import ReadError
from verify.read.links import RELATIONS, join, unbound
from verify.read.parse import parse
from verify.read.segment import Statement, statements
from verify.read.setting import Setting
from verify.read.sides import Bad, Good, Side, SideReader, Written, fitted, written
from verify.read.source import Source
from verify.read.step import Meaning, Step
from verify.read.suggest import Attempt
from verify.read.tokens import Token, tokenize

DEFINING = frozenset({"=", ":=", r"\coloneq"})
CONDITIONAL = frozenset({"i", "j", "k"})


@dataclass
class Chain:
    """The chain that a display may go on with: its sides so far, and the last of them that means something."""

    sides: list[Side] = field(default_factory=list)
    last: Good | None = None

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

    def enter(self, setting: Setting, section: Section, question: str | None) -> None:
        """Begin another section: no chain goes on over a heading."""
        if section != self.names.section or setting is not self.setting:
            self.setting, self.question, self.chain = setting, question, None
            self.names.enter(setting, section)

    def display(self, display: Display, *, goes_on: bool) -> list[Step]:
        """The steps of a display, at least one; ``goes_on`` if the next display begins with a relation."""
        try:
            if not display.closed:
                raise ReadError("this $$ is not closed", display.start, expected="$$")
            tokens = tokenize(self.source.text, display.content.start, display.content.end)
            found = statements(tokens, self.names.scope.words)
            if not found:
                raise ReadError("nothing stands in this display", display.start, expected="a formula")
        except ReadError as error:
            self.chain = None
            text = " ".join(self.source.text[display.content.start : display.content.end].split())
            return [Step(text[:200], None, None, self._verdict(error), self._place(error.offset), self.question)]
        steps: list[Step] = []
        for statement in found:
            steps += self._statement(statement, goes_on=goes_on and statement is found[-1])
        return steps

    # ---------------------------------------------------------------- statements

    def _statement(self, statement: Statement, *, goes_on: bool) -> list[Step]:
        ends = [0, *(relation.end for relation in statement.relations)]
        sides = [written(side, self.source, end) for side, end in zip(statement.sides, ends, strict=True)]
        if not statement.relations:
            return [self._lone(sides[0], goes_on=goes_on)]
        if not statement.continues:
            self.chain = Chain()
            steps = self._begun(self.chain, statement, sides)
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
        return [_under(step, statement.condition) for step in steps]

    def _begun(self, chain: Chain, statement: Statement, sides: list[Written]) -> list[Step]:
        """The steps of a statement that begins a chain."""
        what = self._target(statement, sides[0])
        used = frozenset(token.text for side in sides[1:] for token in side.tokens)
        numbers = () if what is None else self.names.take_parameters(what, used)
        first, *rest = self._beginning(chain, what, statement, sides)
        return [replace(first, assumed=(*numbers, *first.assumed)), *rest]

    def _target(self, statement: Statement, side: Written) -> Target | None:
        if statement.relations[0].text not in DEFINING | {r"\in"}:
            return None
        try:
            return target(parse(side.tokens, self.names.scope.words, side.end), side.text)
        except ReadError:
            return None

    def _beginning(self, chain: Chain, what: Target | None, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition and what follows from it, or a link like any other."""
        if what is None or statement.condition is not None or self.names.is_known(what, sides[1].tokens):
            return self._after(chain, self._read(sides, statement.relations), statement, 0)
        if what.name.key in CONDITIONAL and len(sides[1].tokens) == 1:
            error = ReadError("a condition on indices is not read yet", sides[0].start, expected="a definition")
            return [self._step(sides[0].text, statement.relations[0], sides[1], self._verdict(error))]
        if statement.relations[0].text == r"\in" or _is_shape(sides[1]):
            return self._declared(chain, what, statement, sides)
        return self._defined(chain, what, statement, sides)

    def _defined(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition, and what the chain goes on to claim."""
        scope = what.scope(self.names.scope)
        right = fitted(SideReader(scope, self.setting.layout, self.source).read([sides[1]], [False], {})[0])
        relation = statement.relations[0]
        if isinstance(right, Bad):
            first = self._step(sides[0].text, relation, sides[1], right.verdict)
        else:
            meaning = self.names.define(what, right, scope)
            layout = self.setting.layout if right.notes.layout else None
            step = self._step(sides[0].text, relation, sides[1], meaning)
            first = replace(step, layout=layout, assumed=tuple(right.notes.assumed))
        chain.sides.append(right)
        rest = self._read(sides[2:], statement.relations[1:], shifted=True)
        left = right if isinstance(right, Good) else None
        return [first, *self._joined(chain, left, statement, rest, 1)]

    def _declared(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        r"""``W \in \mathbb{R}^{m \times n}`` for a name that is not known."""
        read = self._read(sides[1:], statement.relations, shifted=True)
        shape = read[0].value if isinstance(read[0], Good) else None
        if not isinstance(shape, tuple) or what.parameters or what.entries:
            return self._after(chain, self._read(sides, statement.relations), statement, 0)
        step = self._step(sides[0].text, statement.relations[0], sides[1], self.names.declare(what, shape))
        return [replace(step, relation=str(Relation.SHAPE)), *self._after(chain, read, statement, 1)]

    def _lone(self, side: Written, *, goes_on: bool) -> Step:
        """A display without a relation: after a chain, one that was lost in it."""
        (read,) = self._read([side], ())
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

    def _read(self, sides: Sequence[Written], relations: Sequence[Token], *, shifted: bool = False) -> list[Side]:
        """Read sides; ``shifted`` if the first relation stands before the first of them."""
        before = [*([] if shifted else [""]), *(relation.text for relation in relations)]
        sets = [text == r"\in" or (text == "=" and _is_shape(side)) for text, side in zip(before, sides, strict=False)]
        told = self.chain.told() if self.chain is not None else {}
        return SideReader(self.names.scope, self.setting.layout, self.source).read(sides, sets, told)

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
        for position, each in enumerate(read):
            side, relation = _bounded(each, chain), statement.relations[skipped + position]
            first = opening and position == 0
            yield self._link(left, relation, side, texts[position], statement.joints, opening=first)
            if isinstance(side, Good):
                left = side
            elif relation.text not in DEFINING or isinstance(left, Bad):
                left = None
        chain.last = left if isinstance(left, Good) else None

    def _link(
        self, left: Side | None, relation: Token, right: Side, before: str, joints: Sequence[int], *, opening: bool
    ) -> Step:
        known = RELATIONS.get(relation.text)
        if known is None:
            says = f"{relation.text} is no relation that is checked"
            error = ReadError(says, relation.start, expected=r"=, < or \in")
            return self._step(before, relation, right.written, self._verdict(error))
        if isinstance(left, Good) and isinstance(right, Good):
            joined = join(left, known, right, self.setting, opening=opening)
            step = self._step(left.written.text, relation, right.written, joined.meaning)
            step = replace(step, layout=joined.layout, assumed=joined.assumed)
        else:
            step = self._step(before, relation, right.written, self._unread(left, right))
        side = left.written.tokens if opening and left is not None else left
        if known not in (Relation.EQUAL, Relation.MEMBER) or isinstance(side, Bad | None):
            return step
        own = tuple(joint for joint in joints if right.written.start < joint < right.written.end)
        attempt = Attempt(self.source, self.names.scope, self.setting, side, known, right.written.tokens, joints=own)
        return replace(step, repair=attempt.readings)

    def _unread(self, left: Side | None, right: Side) -> Meaning:
        if isinstance(right, Bad):
            return right.verdict
        if isinstance(left, Bad):
            return left.verdict
        says = "the side before this relation could not be read"
        return self._verdict(ReadError(says, right.written.start, expected="a left side"))

    def _step(self, left: str, relation: Token, right: Written, meaning: Meaning) -> Step:
        known = meaning.relation if isinstance(meaning, Link) else RELATIONS.get(relation.text)
        name = relation.text if known is None else str(known)
        return Step(left, name, right.text, meaning, self._place(right.start), self.question)

    def _verdict(self, error: ReadError) -> Meaning:
        return error.within(self.source).verdict

    def _place(self, offset: int) -> Location:
        line, column = self.source.place(offset)
        return Location(self.source.path, line, column)


def _bounded(side: Side, chain: Chain) -> Side:
    """The side, if its parts fit and its indices are bound."""
    lost = unbound(side, chain.sides)
    return fitted(side) if lost is None else Bad(side.written, lost)


def _under(step: Step, condition: str | None) -> Step:
    """The step, ambiguous where a condition stands beside it."""
    if condition is None or not isinstance(step.meaning, Link | Stated):
        return step
    says = f"a condition stands beside it, which is not read yet: {condition}"
    return replace(step, meaning=Undecided("ambiguous", says))


def _is_shape(side: Written) -> bool:
    r"""Whether a side is a set such as ``\mathbb{R}^n``, which people also write after an equals sign."""
    return bool(side.tokens) and side.tokens[0].text == r"\mathbb" and any(each.text == "R" for each in side.tokens[:3])
