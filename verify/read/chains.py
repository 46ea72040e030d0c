"""From the statements of a write-up to its steps: chains go on over rows and displays, definitions are kept.

A definition is a link whose left side is a name, or a function of names, that nothing defined before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from verify.language import (
    Dependent,
    Dimension,
    Expression,
    Interval,
    Link,
    Location,
    Misshapen,
    Name,
    Relation,
    Stated,
    Undecided,
    describe,
    same_shape,
)
from verify.language.shape import long_axes, shape_of
from verify.read.definitions import Target, defined, target
from verify.read.document import Display
from verify.read.errors import ReadError
from verify.read.links import RELATIONS, join, unbound, undefined
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.scope import Elementwise, Meaning, Quantity, Scope
from verify.read.segment import Statement, statements
from verify.read.setting import Setting
from verify.read.sides import Bad, Good, Side, SideReader, Written, fitted, written
from verify.read.source import Source
from verify.read.step import Meaning as StepMeaning
from verify.read.step import Step
from verify.read.suggest import Attempt
from verify.read.syntax import Spelling, Symbol
from verify.read.tokens import Token, tokenize

NO_RELATION = "no relation stands here, so that nothing is claimed"
DEFINING = frozenset({"=", ":=", r"\coloneq"})
Section = tuple[str, ...]


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


@dataclass(frozen=True)
class Added:
    """A name that the write-up itself defines."""

    name: Spelling
    meaning: Meaning
    section: Section


class ChainReader:
    """Reads the displays of a write-up in order, and keeps what they define."""

    def __init__(self, source: Source, setting: Setting) -> None:
        self.source = source
        self.setting = setting
        self.section: Section = ()
        self.question: str | None = None
        self.chain: Chain | None = None
        self.added: dict[str, Added] = {}
        self.scope = setting.scope

    def enter(self, setting: Setting, section: Section, question: str | None) -> None:
        """Begin another section: no chain goes on over a heading."""
        if section == self.section and setting is self.setting:
            return
        self.section, self.setting, self.question, self.chain = section, setting, question, None
        self.scope = setting.scope
        for added in self.added.values():
            known = self.scope.names.get(added.name.key)
            if known is None or (_is_open(known.meaning) and _same_shape(known.meaning, added.meaning)):
                self.scope = self.scope.with_name(added.name, added.meaning, added.section)

    def display(self, display: Display, *, goes_on: bool) -> list[Step]:
        """The steps of a display, at least one; ``goes_on`` if the next display begins with a relation."""
        try:
            if not display.closed:
                raise ReadError("this $$ is not closed", display.start, expected="$$")
            tokens = tokenize(self.source.text, display.content.start, display.content.end)
            found = statements(tokens, self.scope.words)
            if not found:
                raise ReadError("nothing stands in this display", display.start, expected="a formula")
        except ReadError as error:
            self.chain = None
            text = " ".join(self.source.text[display.content.start : display.content.end].split())
            verdict = error.within(self.source).verdict
            return [Step(text[:200], None, None, verdict, self._place(error.offset), self.question)]
        steps: list[Step] = []
        for statement in found:
            steps += self._statement(statement, goes_on=goes_on)
        return steps

    # ---------------------------------------------------------------- statements

    def _statement(self, statement: Statement, *, goes_on: bool) -> list[Step]:
        sides = [written(side, self.source, 0) for side in statement.sides]
        for position, relation in enumerate(statement.relations):
            if not sides[position + 1].tokens:
                sides[position + 1] = replace(sides[position + 1], start=relation.end, end=relation.end)
        if not statement.relations:
            return [self._lone(sides[0], goes_on=goes_on)]
        if statement.continues and self.chain is not None:
            steps = self._links(self.chain, self.chain.last, statement, sides[1:], 0)
        elif statement.continues:
            relation = statement.relations[0]
            error = ReadError(
                "nothing that could be read stands before this relation", relation.start, expected="a left side"
            )
            first = self._step("", relation, sides[1], error.within(self.source).verdict)
            self.chain = Chain()
            read = self._read(sides[1:], statement.relations[1:])
            steps = [first, *self._after(self.chain, read, statement, 1)]
        else:
            self.chain = Chain()
            steps = self._begun(self.chain, statement, sides)
        return [self._under(step, statement.condition) for step in steps]

    def _begun(self, chain: Chain, statement: Statement, sides: list[Written]) -> list[Step]:
        """The steps of a statement that begins a chain."""
        what = self._target(statement, sides[0])
        numbers = () if what is None else self._parameters(what, sides[1:])
        first, *rest = self._beginning(chain, what, statement, sides)
        return [replace(first, assumed=(*numbers, *first.assumed)), *rest]

    def _beginning(self, chain: Chain, what: Target | None, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition and what follows from it, or a link like any other."""
        if what is None or statement.condition is not None or self._is_known(what, sides[1]):
            read = self._read(sides, statement.relations)
            return self._after(chain, read, statement, 0)
        if what.name.key in ("i", "j", "k") and len(sides[1].tokens) == 1:
            error = ReadError("a condition on indices is not read yet", sides[0].start, expected="a definition")
            return [self._step(sides[0].text, statement.relations[0], sides[1], error.within(self.source).verdict)]
        if statement.relations[0].text == r"\in" or _is_shape(sides[1]):
            return self._declared(chain, what, statement, sides)
        return self._defined(chain, what, statement, sides)

    def _target(self, statement: Statement, side: Written) -> Target | None:
        if statement.relations[0].text not in DEFINING | {r"\in"}:
            return None
        try:
            return target(parse(side.tokens, self.scope.words, side.end), side.text)
        except ReadError:
            return None

    def _is_known(self, what: Target, right: Written) -> bool:
        """Whether a name means something already, so that a link about it is to be checked."""
        named = self.scope.named(what.name)
        if named is not None:
            itself = any(token.text == what.name.symbol.letter for token in right.tokens)
            renewed = named.section is not None and named.section != self.section
            return itself or bool(what.parameters and not renewed) or not (_is_open(named.meaning) or renewed)
        if what.parameters:
            return False
        if what.subscripts:
            return self._is_entry(what)
        function = self.scope.find(Spelling(what.name.symbol)) if what.name.primes else None
        return function is not None and not isinstance(function, Quantity)

    def _is_entry(self, what: Target) -> bool:
        """Whether a name with subscripts is an entry of what is known, or a Kronecker delta."""
        symbol, primes, tag = what.name.symbol, what.name.primes, what.name.tag
        if symbol.key == r"\delta" and what.subscripts == 2:
            return True
        upper = Symbol(symbol.letter.upper(), symbol.font, symbol.accents, symbol.at)
        bases = [Spelling(symbol, primes, "", tag), *([Spelling(upper)] if what.subscripts == 2 else [])]
        for meaning in map(self.scope.find, bases):
            if isinstance(meaning, Quantity):
                return len(long_axes(shape_of(meaning.expression))) == what.subscripts
            if meaning is not None:
                return True
        return False

    def _parameters(self, what: Target, rest: Sequence[Written]) -> tuple[str, ...]:
        """The variable of a displayed function is a number, if nothing else is known of it."""
        meaning = self.scope.find(what.name)
        if meaning is not None and not isinstance(meaning, Elementwise):
            return ()
        used = {token.text for side in rest for token in side.tokens}
        new = [each for each in what.parameters if self.scope.find(each) is None and each.symbol.letter in used]
        for parameter in new:
            self._add(parameter, Quantity(Name(parameter.key), open=True))
        return tuple(f"{parameter.key} is a number" for parameter in new)

    def _add(self, name: Spelling, meaning: Meaning) -> None:
        self.added[name.key] = Added(name, meaning, self.section)
        self.scope = self.scope.with_name(name, meaning, self.section)

    def _defined(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        """A definition, and what the chain goes on to claim."""
        scope = what.scope(self.scope)
        right = fitted(SideReader(scope, self.setting.layout, self.source).read([sides[1]], [False], {})[0])
        verdict = right.verdict if isinstance(right, Bad) else self._define(what, right, scope)
        layout = self.setting.layout if isinstance(right, Good) and right.notes.layout else None
        assumed = tuple(right.notes.assumed) if isinstance(right, Good) else ()
        first = self._step(sides[0].text, statement.relations[0], sides[1], verdict)
        steps = [replace(first, layout=layout, assumed=assumed)]
        rest = self._read(sides[2:], statement.relations[1:], shifted=True)
        return steps + self._after(chain, [right, *rest], statement, 1)

    def _define(self, what: Target, right: Good, scope: Scope) -> StepMeaning:
        if right.notes.doubts:
            return Undecided("ambiguous", "; ".join(right.notes.doubts))
        if isinstance(right.value, Interval | tuple):
            return Undecided("relation", "a set on the right side")
        try:
            meaning = defined(what, right.value, scope, right.written.start)
        except ReadError as error:
            return error.within(self.source).verdict
        except Misfit as misfit:
            return misfit.verdict
        problem = self._disagrees(what, meaning, right.value)
        if problem is None:
            self._add(what.name, meaning)
            return Stated(what.symbol)
        return problem

    def _disagrees(self, what: Target, meaning: Meaning, value: Expression) -> Misshapen | Undecided | None:
        """Why a name that has a shape already is not defined so."""
        before = self.scope.find(what.name)
        if not isinstance(before, Quantity) or not isinstance(meaning, Quantity) or not before.open:
            return None
        expected, actual = shape_of(before.expression), shape_of(meaning.expression)
        if not same_shape(expected, actual):
            says = f"{what.symbol} was said to be {describe(expected)}, and this is {describe(actual)}"
            return Misshapen("shape", says, expected, actual, same_shape(expected, actual[::-1]))
        if not value.atoms(Name, Dependent):
            return undefined(what.symbol)
        return None

    def _declared(self, chain: Chain, what: Target, statement: Statement, sides: list[Written]) -> list[Step]:
        r"""``W \in \mathbb{R}^{m \times n}`` for a name that is not known."""
        read = self._read(sides[1:], statement.relations, shifted=True)
        shape = read[0].value if isinstance(read[0], Good) else None
        if not isinstance(shape, tuple) or what.parameters or what.entries:
            return self._after(chain, self._read(sides, statement.relations), statement, 0)
        for size in dict.fromkeys(size for axis in shape for size in sorted(axis.atoms(Dimension), key=str)):
            name = Spelling(Symbol(size.symbol, "", (), sides[0].tokens[0].at))
            if self.scope.find(name) is None:
                self._add(name, Quantity(size))
        self._add(what.name, Quantity(Name(what.name.key, shape), open=True))
        steps = [
            self._step(sides[0].text, statement.relations[0], sides[1], Stated(what.symbol), relation_name="shape")
        ]
        return steps + self._after(chain, read, statement, 1)

    def _lone(self, side: Written, *, goes_on: bool) -> Step:
        """A display without a relation: after a chain, one that was lost in it."""
        (read,) = self._read([side], ())
        before = self.chain.last if self.chain is not None else None
        signed = side.tokens[0].text in ("-", "+")
        error = ReadError(NO_RELATION, side.start, expected="=").within(self.source)
        verdict = read.verdict if isinstance(read, Bad) else error.verdict
        step = Step(side.text, None, None, verdict, self._place(side.start), self.question)
        if before is not None:
            attempt = Attempt(self.source, self.scope, self.setting, before, Relation.EQUAL, side.tokens, lone=True)
            step = replace(step, repair=attempt.readings)
            if not signed and isinstance(read, Good):
                self.chain = Chain([read], read)
            return step
        self.chain = Chain([read], read) if isinstance(read, Good) else None
        if goes_on and isinstance(read, Good):
            return replace(step, meaning=Stated("the left side of what follows"))
        return step

    # ---------------------------------------------------------------- links

    def _read(self, sides: Sequence[Written], relations: Sequence[Token], *, shifted: bool = False) -> list[Side]:
        """Read sides; ``shifted`` if the first relation stands before the first of them."""
        texts = [relation.text for relation in relations]
        before = texts if shifted else ["", *texts]
        before += [""] * (len(sides) - len(before))
        sets = [text == r"\in" or (text == "=" and _is_shape(side)) for text, side in zip(before, sides, strict=False)]
        told = self.chain.told() if self.chain is not None else {}
        return SideReader(self.scope, self.setting.layout, self.source).read(sides, sets, told)

    def _links(
        self, chain: Chain, left: Good | None, statement: Statement, sides: Sequence[Written], skipped: int
    ) -> list[Step]:
        """The steps of a statement that goes on with a chain."""
        read = self._read(sides, statement.relations[skipped:], shifted=True)
        return list(self._joined(chain, left, statement, read, skipped))

    def _after(self, chain: Chain, read: Sequence[Side], statement: Statement, skipped: int) -> list[Step]:
        """The steps of a chain whose first side is read; its relations begin at ``skipped``."""
        if not read:
            return []
        chain.sides.append(read[0])
        return list(self._joined(chain, read[0], statement, read[1:], skipped))

    def _joined(
        self, chain: Chain, left: Side | None, statement: Statement, read: Sequence[Side], skipped: int
    ) -> Iterator[Step]:
        texts = [chain.sides[-1].written.text if chain.sides else "", *(side.written.text for side in read)]
        chain.sides += read
        for position, side in enumerate(read):
            relation, before = statement.relations[skipped + position], texts[position]
            checked = self._fitting(side, chain)
            left = self._fitting(left, chain) if left is not None else None
            opening = len(chain.sides) == len(read) + 1 and position == 0 and not statement.continues
            yield self._link(left, relation, checked, before, statement, opening=opening)
            if isinstance(checked, Good):
                left = checked
            elif relation.text not in DEFINING or isinstance(left, Bad):
                left = None
        chain.last = left if isinstance(left, Good) else None

    def _fitting(self, side: Side, chain: Chain) -> Side:
        lost = unbound(side, chain.sides)
        return fitted(side) if lost is None else Bad(side.written, lost)

    def _link(
        self, left: Side | None, relation: Token, right: Side, before: str, statement: Statement, *, opening: bool
    ) -> Step:
        known = RELATIONS.get(relation.text)
        if known is None:
            error = ReadError(
                f"{relation.text} is no relation that is checked", relation.start, expected="=, < or \\in"
            )
            return self._step(before, relation, right.written, error.within(self.source).verdict)
        if isinstance(left, Good) and isinstance(right, Good):
            joined = join(left, known, right, self.setting, opening=opening)
            step = self._step(left.written.text, relation, right.written, joined.meaning)
            step = replace(step, layout=joined.layout, assumed=joined.assumed)
        else:
            step = self._step(before, relation, right.written, self._unread(left, right))
        if known not in (Relation.EQUAL, Relation.MEMBER):
            return step
        side = left.written.tokens if opening and left is not None else left
        if isinstance(side, Bad | None):
            return step
        joints = tuple(joint for joint in statement.joints if right.written.start < joint < right.written.end)
        attempt = Attempt(self.source, self.scope, self.setting, side, known, right.written.tokens, joints=joints)
        return replace(step, repair=attempt.readings)

    def _unread(self, left: Side | None, right: Side) -> StepMeaning:
        if isinstance(right, Bad):
            return right.verdict
        if isinstance(left, Bad):
            return left.verdict
        says = "the side before this relation could not be read"
        return ReadError(says, right.written.start, expected="a left side").within(self.source).verdict

    def _step(
        self, left: str, relation: Token, right: Written, meaning: StepMeaning, *, relation_name: str | None = None
    ) -> Step:
        known = RELATIONS.get(relation.text)
        name = str(known) if known is not None else relation.text
        if isinstance(meaning, Link):
            name = str(meaning.relation)
        place = self._place(right.start)
        return Step(left, relation_name or name, right.text, meaning, place, self.question)

    def _under(self, step: Step, condition: str | None) -> Step:
        """The step, ambiguous where a condition stands beside it."""
        if condition is None or not isinstance(step.meaning, Link | Stated):
            return step
        says = f"a condition stands beside it, which is not read yet: {condition}"
        return replace(step, meaning=Undecided("ambiguous", says))

    def _place(self, offset: int) -> Location:
        line, column = self.source.place(offset)
        return Location(self.source.path, line, column)


def _is_shape(side: Written) -> bool:
    r"""Whether a side is a set such as ``\mathbb{R}^n``, which people also write after an equals sign."""
    return bool(side.tokens) and side.tokens[0].text == r"\mathbb" and any(each.text == "R" for each in side.tokens[:3])


def _is_open(meaning: Meaning) -> bool:
    return isinstance(meaning, Quantity) and meaning.open


def _same_shape(first: Meaning, second: Meaning) -> bool:
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    return same_shape(shape_of(first.expression), shape_of(second.expression))
