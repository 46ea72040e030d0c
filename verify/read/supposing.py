"""What a write-up leaves to be understood: what its names are by their use, and what a loss depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from verify.language import Defined, Dependent, Dimension, Expression, Name, Node
from verify.language.shape import base_of
from verify.read.apply import occurs, substituted
from verify.read.contested import Contest, Contests
from verify.read.errors import ReadError
from verify.read.inferred import inferred, said_of
from verify.read.kind_shown import Kind, kind_of
from verify.read.known import MOST_NAMES, KnownNames, Section
from verify.read.losses import Loss, losses
from verify.read.noting import keys_in
from verify.read.parse import parse
from verify.read.rivals import Layer, layers
from verify.read.scope import Quantity, Scope, Sliced
from verify.read.setting import Setting
from verify.read.source import Source, Span
from verify.read.syntax import Scripted, Spelling, Symbol, Syntax, spelling
from verify.read.tokens import Token
from verify.read.unify import SIZES

MOST_MADE = 6


@dataclass
class Supposed:
    """What is taken for granted of names: what is assumed of each, what it may be besides, what is doubtful of it."""

    assumed: dict[Expression, str] = field(default_factory=dict)
    several: dict[Expression, tuple[Expression, ...]] = field(default_factory=dict)
    doubted: dict[Expression, str] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()
    """The layers that a statement may be about whose loss is doubtful; nothing of it is known afterwards."""

    def update(self, other: Supposed) -> None:
        """Take in more."""
        self.assumed |= other.assumed
        self.several |= other.several
        self.doubted |= other.doubted

    def copied(self) -> Supposed:
        """The same, apart from this."""
        return Supposed(dict(self.assumed), dict(self.several), dict(self.doubted))

    def rename(self, sizes: Mapping[Node, Node]) -> None:
        """Say the same of names in which sizes have become others."""
        for name, says in list(self.assumed.items()):
            turned = substituted(name, sizes)
            if turned == name:
                continue
            several = " with an index " in says
            self.assumed[turned] = said_of(turned, several=several) if isinstance(turned, Name) else says
            if name in self.several:
                self.several[turned] = tuple(substituted(each, sizes) for each in self.several[name])
            if name in self.doubted:
                self.doubted[turned] = self.doubted[name]


class SupposedNames(KnownNames):
    """Names, with those that nothing says anything of."""

    def __init__(self, source: Source, setting: Setting) -> None:
        super().__init__(source, setting)
        self.supposed = Supposed()
        self.loose: frozenset[Expression] = frozenset()
        """Letters that were chosen for sizes of which nothing is said."""
        self.kept: SupposedNames = self
        """What was known before a statement that is about one of several layers."""
        self.contests: dict[Section, dict[str, Contest]] = {}
        """What formulas show otherwise than those before them, section by section."""
        self.shown: Mapping[Section, Contests] = {}
        """What is known of this from an earlier reading."""

    def enter(self, setting: Setting, section: Section) -> None:
        """Begin a section: what its formulas show of names is another thing than was supposed before."""
        super().enter(setting, section)
        others = [key for key in self.shown.get(section, {}) if key in self._added]
        for key in others:
            del self._added[key]
        self.scope = self.scope.without(others) if others else self.scope

    @property
    def said(self) -> tuple[object, ...]:
        """All that the write-up itself says of names, to be compared with what it says later."""
        taken = self.supposed
        return (
            *(dict(self._added), dict(self.pending), self.loose),
            *(dict(taken.assumed), dict(taken.several), dict(taken.doubted)),
        )

    def suppose(self, sides: Sequence[Sequence[Token]]) -> Supposed:
        """Know the names in a statement that nothing says anything of, as far as their use tells what they are."""
        try:
            nodes = [parse(side, self.scope.words) for side in sides if side]
        except ReadError:
            return Supposed()
        found = losses(nodes, self.scope)
        about = layers(nodes, self.scope, found)
        if about:
            self.kept = self._copied()
        new = self._infer(nodes, frozenset(each.name.key for each in found))
        for loss in found:
            if self.scope.find(loss.name) is None:
                new.update(self._loss(loss))
        self.supposed.update(new)
        return replace(new, layers=about) if new.doubted else new

    def contest(self, sides: Sequence[Sequence[Token]], before: Scope) -> None:
        """Note what a formula that does not fit shows of names otherwise than was supposed ``before`` it."""
        if self.section in self.shown:
            return
        try:
            nodes = [parse(side, self.scope.words) for side in sides if side]
        except ReadError:
            return
        if not any(self._assumed(key, before) for key in keys_in(nodes)):
            return
        old = {key: name for key in before.names if (name := self._assumed(key, before)) is not None}
        guess = inferred(nodes, before.without(old))
        if any(each.doubt for each in guess.names):
            return
        for each in guess.names:
            if each.name.key in old and isinstance(each.expression, Name):
                found = Contest(kind_of(old[each.name.key].declared), kind_of(each.expression.declared))
                if found.first is not found.later and found.later in (Kind.COLUMN, Kind.ROW):
                    self.contests.setdefault(self.section, {})[each.name.key] = found

    def _assumed(self, key: str, before: Scope) -> Name | None:
        """What a name was ``before``, if that was assumed of it."""
        named = before.names.get(key) if key in self._added else None
        meaning = None if named is None else named.meaning
        if not isinstance(meaning, Quantity) or not isinstance(meaning.expression, Name):
            return None
        return meaning.expression if meaning.expression in self.supposed.assumed else None

    def forget(self) -> None:
        """Know again what was known before the last statement about a layer that may be one of several."""
        kept = self.kept
        self.scope, self._added, self.supposed, self.loose = kept.scope, kept._added, kept.supposed, kept.loose

    def _copied(self) -> SupposedNames:
        kept = copy(self)
        kept._added, kept.supposed = dict(self._added), self.supposed.copied()
        return kept

    def _infer(self, nodes: Sequence[Syntax], losses: frozenset[str]) -> Supposed:
        shown = {key: each.later for key, each in self.shown.get(self.section, {}).items()}
        guess = inferred(nodes, self.scope, losses, self.loose, shown)
        found = Supposed()
        if len(self._added) + len(guess.names) > MOST_NAMES:
            return found
        if guess.equal:
            self._equate(guess.equal)
        for each in guess.names:
            self.add(each.name, each.meaning)
            if isinstance(each.expression, Dimension) and each.name.key in SIZES:
                self.loose |= {each.expression}
            if each.says:
                found.assumed[each.expression] = each.says
            if each.doubt:
                found.doubted[each.expression] = each.doubt
        return found

    def name_sizes(self, letters: Mapping[Expression, Expression]) -> None:
        """Letters that were chosen for sizes become those that the write-up itself has for them."""
        self._equate({old: new for old, new in letters.items() if old != new})
        self.loose -= set(letters)
        for size in dict.fromkeys(letters.values()):
            name = Spelling(Symbol(str(size), "", (), Span(0, 0)))
            if self.scope.find(name) is None:
                self.add(name, Quantity(size))

    def _equate(self, equal: Mapping[Expression, Expression]) -> None:
        """Letters that were chosen for sizes become others, in all that is known so far."""
        sizes: dict[Node, Node] = {old: new for old, new in equal.items()}  # noqa: C416
        for key, named in list(self._added.items()):
            meaning = named.meaning
            if isinstance(meaning, Quantity) and meaning.expression in equal:
                del self._added[key]
            elif isinstance(meaning, Quantity):
                value = substituted(meaning.expression, sizes)
                self._added[key] = replace(named, meaning=replace(meaning, expression=value))
            elif isinstance(meaning, Sliced):
                self._added[key] = replace(named, meaning=replace(meaning, rows=substituted(meaning.rows, sizes)))
        self.loose -= set(equal)
        self.scope = self.scope.without([str(each) for each in equal]).with_named(self._added)
        self.supposed.rename(sizes)

    def _loss(self, loss: Loss) -> Supposed:
        """A loss that is derived: a function of what the others are made for.

        That is the one quantity that is defined here and stands in no other definition. Where several do, it is a
        function of all of them, which is true whichever is meant; where there is none, of what it is derived by, and
        then nothing is known of it.
        """
        made = [each.meaning.expression for each in self._added.values() if isinstance(each.meaning, Quantity)]
        defined_here = list(dict.fromkeys(each for each in made if isinstance(each, Defined)))
        last = [each for each in defined_here if not any(occurs(each, other.meaning) for other in defined_here)]
        key = loss.name.key
        if 0 < len(last) <= MOST_MADE:
            value = Dependent(key, *last)
            shown = " and ".join(each.symbol for each in last)
            self.add(loss.name, Quantity(value))
            several: dict[Expression, tuple[Expression, ...]] = {value: tuple(last)} if len(last) > 1 else {}
            return Supposed({value: f"{key} is a function of {shown}"}, several)
        variables = [each for each in map(self._variable, loss.variables) if each is not None]
        if not variables:
            return Supposed()
        value = Dependent(key, *dict.fromkeys(variables))
        self.add(loss.name, Quantity(value))
        says = f"{key} is a loss, and what it is a function of is not said"
        if last:
            says += f": it may be {', '.join(each.symbol for each in last)}"
        return Supposed({value: f"{key} is a loss"}, {}, {value: says})

    def _variable(self, node: Syntax) -> Name | Defined | None:
        """What a loss is derived by, if that is known."""
        name = spelling(node)
        base = node.base if isinstance(node, Scripted) else node
        for each in (name, spelling(base)):
            meaning = None if each is None else self.scope.find(each)
            if isinstance(meaning, Quantity):
                found = base_of(meaning.expression)
                return found if isinstance(found, Name | Defined) else None
        return None
