"""What a chain goes on with: its sides are read, and each is joined to the one before by a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from verify.language import Expression, Link, Location, Misshapen, Node, Relation, Undecided
from verify.read.apply import occurs
from verify.read.arrange import DEFINING
from verify.read.defining import Names
from verify.read.einstein import summed
from verify.read.errors import ReadError
from verify.read.given import relevant
from verify.read.limits import ARROW, approached
from verify.read.links import RELATIONS, join, unbound
from verify.read.pieces import Condition
from verify.read.segment import Statement
from verify.read.setting import Setting
from verify.read.sides import Bad, Good, Side, SideReader, Written, fitted
from verify.read.source import Source
from verify.read.step import Meaning, Step, Value
from verify.read.suggest import Attempt
from verify.read.tokens import Token
from verify.read.under import Under, under

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


class SequelReader:
    """Reads the sides that a chain goes on with."""

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

    def tended(self, statement: Statement, sides: list[Written]) -> list[Written]:
        """The sides, with those marked that something tends to."""
        last = self.chain.last if statement.continues and self.chain is not None else None
        limits = any(side.below for side in sides) or (last is not None and bool(last.written.below))
        before = ["", *(relation.text for relation in statement.relations)]
        if not limits and ARROW not in before:
            return sides
        return [
            replace(side, tended=True) if text and (limits or text == ARROW) else side
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

    def read(self, sides: Sequence[Written], relations: Sequence[Token], *, shifted: bool = False) -> list[Side]:
        """Read sides; ``shifted`` if the first relation stands before the first of them."""
        before = [*([] if shifted else [""]), *(relation.text for relation in relations)]
        sets = [text == r"\in" or (text == "=" and is_shape(side)) for text, side in zip(before, sides, strict=False)]
        found = SideReader(self.names.scope, self.setting.conventions, self.source).read(sides, sets, self.told())
        return list(map(summed, found)) if self.setting.conventions.sums == "einstein" else found

    def told(self) -> Mapping[str, Expression]:
        """How far the free indices of the chain run, if one has begun."""
        return self.chain.told() if self.chain is not None else {}

    def after(self, chain: Chain, read: Sequence[Side], statement: Statement, skipped: int) -> list[Step]:
        """The steps of a chain whose first side is read; its relations begin at ``skipped``."""
        chain.sides.append(read[0])
        return list(self.joined(chain, read[0], statement, read[1:], skipped))

    def joined(
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
            claimed = replace(general, unread=(*general.unread, *remarks)) if remarks else general
            side, relation = _bounded(each, chain), statement.relations[skipped + position]
            first = opening and position == 0
            for number, way in enumerate(claimed.ways(self._approached(left, side))):
                step = self._link(left, relation, side, texts[position], statement.joints, way, opening=first)
                if number:
                    step = replace(step, begins=False)
                if step.values[1] is not (value := value_of(each)):
                    step = replace(step, values=(step.values[0], value))
                yield way.noted(step)
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
            return self.step(before, relation, right.written, Undecided("relation", says))
        setting = claimed.setting(self.setting)
        if _is_update(left, relation, right):
            says = "an update gives a name another value, and claims nothing"
            return self.step(before, relation, right.written, Undecided("relation", says))
        meaning: Meaning
        more: dict[str, Any] = {"begins": opening, "values": (value_of(left), value_of(right))}
        if isinstance(left, Good) and isinstance(right, Good):
            joined = join(left, known, right, setting, opening=opening)
            before, meaning = left.written.text, joined.meaning
            more |= {"layout": joined.layout, "assumed": joined.assumed, "supposed": joined.supposed}
        else:
            meaning = self._unread(left, right)
        if isinstance(meaning, Misshapen):
            more["misfit"] = _misfit(left, known, right, setting)
        side = left.written.tokens if opening and left is not None else left
        if known in (Relation.EQUAL, Relation.MEMBER) and not isinstance(side, Bad | None):
            own = tuple(joint for joint in joints if right.written.start < joint < right.written.end)
            attempt = Attempt(self.source, self.names.scope, setting, side, known, right.written.tokens, joints=own)
            more["repair"] = attempt.readings
        return self.step(before, relation, right.written, meaning, **more)

    def _unread(self, left: Side | None, right: Side) -> Meaning:
        if isinstance(right, Bad):
            return right.verdict
        if isinstance(left, Bad):
            return left.verdict
        says = "the side before this relation could not be read"
        return self.unreadable(ReadError(says, right.written.start, expected="a left side"))

    def step(self, left: str, relation: Token, right: Written, meaning: Meaning, **more: Any) -> Step:
        """The step to a side, which means this; ``more`` are other fields of it."""
        limit = isinstance(meaning, Link) and meaning.relation is Relation.TENDS
        known = meaning.relation if isinstance(meaning, Link) and not limit else RELATIONS.get(relation.text)
        name = relation.text if known is None else str(known)
        return Step(left, name, right.text, meaning, self.place(right.start), self.question, **more)

    def unreadable(self, error: ReadError) -> Meaning:
        """The verdict on what could not be read."""
        return error.within(self.source).verdict

    def place(self, offset: int) -> Location:
        """Where a character stands in the text as it was written."""
        return self.source.at(offset)


def value_of(side: Side | None) -> Value | None:
    """What a side means, if it could be read and fits."""
    return side.value if isinstance(side, Good) else None


def _is_update(left: Side | None, relation: Token, right: Side) -> bool:
    r"""Whether a value is assigned to a name that it is made of: ``w := w - \eta \nabla_w J``."""
    if relation.text not in (":=", r"\coloneq") or not isinstance(left, Good) or not isinstance(right, Good):
        return False
    return isinstance(left.value, Node) and isinstance(right.value, Node) and occurs(left.value, right.value)


def _remarks(conditions: Sequence[Condition], read: Sequence[Side], position: int) -> tuple[str, ...]:
    """The remarks that stand after a side, and before the next."""
    if not conditions:
        return ()
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


def is_shape(side: Written) -> bool:
    r"""Whether a side is a set such as ``\mathbb{R}^n``, which people also write after an equals sign."""
    first = side.tokens[0].text if side.tokens else ""
    return first == "ℝ" or (first == r"\mathbb" and any(each.text == "R" for each in side.tokens[:3]))
