"""Building what names mean in one question from the kinds and the definitions of an assignment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from verify.language import (
    Dimension,
    Expression,
    Index,
    Link,
    Name,
    Node,
    as_expression,
    describe,
    independent,
    random,
    same_shape,
)
from verify.language.layers import Width
from verify.read.apply import expected, fitting
from verify.read.conventions import Conventions
from verify.read.declared import Declarer, axes_of, needs, widths_of
from verify.read.definitions import Target, by_level, defined, names_in, target
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.given import hypotheses
from verify.read.kinds import (
    FamilyOf,
    IsDimension,
    Kind,
    OneHot,
    Tensor,
    dimension_names,
    kind,
)
from verify.read.leveled import (
    AtLevel,
    at_every_level,
    is_at_level,
    layered_names,
    level_of,
    levels_in,
    recursive,
    shift,
)
from verify.read.parse import parse
from verify.read.scope import Indexed, Layered, Meaning, Operation, Quantity, Scope, Sliced
from verify.read.sizes import dimension
from verify.read.syntax import Numeral, Scripted, Spelling, Symbol, Syntax, spelling
from verify.read.telling import Complain, Place, Telling, said
from verify.read.tokens import tokenize

EXPECTATION = "E"


@dataclass(frozen=True)
class _Pending:
    """A name that is given by others, which must be known before it."""

    place: Place
    key: str
    needs: frozenset[str]
    build: Callable[[], tuple[Spelling, Meaning]]
    text: str | None = None
    layered: frozenset[str] = frozenset()


class Builder:
    """Builds a scope and its hypotheses; every mistake is told to ``complain``, and left out."""

    def __init__(
        self,
        names: Mapping[str, str],
        definitions: Mapping[str, str],
        given: Sequence[str],
        conventions: Conventions,
        complain: Complain,
    ) -> None:
        self.names, self.definitions, self.texts = names, definitions, given
        self.conventions = conventions
        self.complain = complain
        self.scope = Scope()
        self.words = self.scope.words | {key for key in (*names, *definitions) if key.isalpha() and len(key) > 1}
        self.given: list[Link] = []
        self.random: list[tuple[str, Name, bool]] = []
        self.spoiled: set[str] = set()
        self.widths: frozenset[str] = frozenset()
        self.levels: frozenset[str] = frozenset()
        self.leveled: dict[str, AtLevel] = {}
        self.families: frozenset[str] = frozenset()

    def built(self) -> tuple[Scope, tuple[Link, ...]]:
        """The scope, and what is assumed in it."""
        kinds = dict(self._kinds())
        self.levels = frozenset(each.index for each in kinds.values() if isinstance(each, FamilyOf))
        self.families = self._families(kinds)
        self.widths = frozenset(base for declared in kinds.values() for base in widths_of(declared))
        for key, declared in kinds.items():
            self._dimensions(key, declared)
        for declared in kinds.values():
            self._place_of_one(declared)
        pending = [each for key, text in self.definitions.items() for each in self._definition(key, text, kinds)]
        later = {each.key for each in pending}
        self.scope = self.scope.without(later)
        for key, declared in kinds.items():
            known = self._name(key).key in later | self.spoiled
            if not known and not isinstance(declared, IsDimension):
                pending.append(self._declaration(key, declared))
        self._settle(pending)
        self._randomness()
        for text in self.texts:
            with Telling(self.complain, ("given", text), text):
                self.given += hypotheses(text, self.words, self.scope, self.conventions)
        if self.conventions.nabla is not None:
            with Telling(self.complain, ("nabla", ""), None):
                if self.scope.find(self._name(self.conventions.nabla)) is None:
                    raise ReadError(f"the name {self.conventions.nabla} is not declared")
        return self._fixed(), tuple(self.given)

    def _fixed(self) -> Scope:
        """The scope, in which names that definitions or hypotheses speak of are not open to be defined."""
        meanings = [each.meaning for each in self.scope.names.values()]
        quantities = [each.expression for each in meanings if isinstance(each, Quantity)]
        sliced = [each.rows for each in meanings if isinstance(each, Sliced)]
        built = [each for each in quantities if not isinstance(each, Name)]
        sides = [side for link in self.given for side in (link.left, link.right) if isinstance(side, Node)]
        return self.scope.closed({name for each in (*built, *sliced, *sides) for name in each.atoms(Name)})

    # ---------------------------------------------------------------- kinds

    def _kinds(self) -> Iterator[tuple[str, Kind]]:
        seen: dict[str, str] = {}
        for key, text in self.names.items():
            with Telling(self.complain, ("names", key), None):
                name = self._name(key).key
                if name in seen:
                    raise ReadError(f"declared twice: this is the name {seen[name]}")
                seen[name] = key
                yield key, kind(text)

    def _name(self, key: str) -> Spelling:
        name = spelling(parse(tokenize(key), self.words))
        if name is None:
            raise ReadError(f"{key!r} is no name", 0, expected="a letter with subscripts and accents, or a word")
        return name

    def _dimensions(self, key: str, declared: Kind) -> None:
        """Names used as dimensions are dimensions, whatever they usually mean."""
        if isinstance(declared, IsDimension):
            self._add(self._name(key), Quantity(Dimension(key)))
        own = declared.index if isinstance(declared, FamilyOf) else None
        for axis in axes_of(declared):
            for node in dimension_names(axis):
                name = spelling(node)
                if name is None or (own is not None and re.search(rf"(?<![A-Za-z\\\\]){own}(?![A-Za-z])", name.key)):
                    continue
                if self.names.get(name.key, "dimension") != "dimension":
                    self.complain(("names", name.key), f"{name.key} is a dimension in the shape of {key}")
                    self.spoiled.add(name.key)
                if not isinstance(self.scope.find(name), Quantity):
                    self._add(name, Quantity(self._size(node, name)))

    def _place_of_one(self, declared: Kind) -> None:
        """``V one-hot at o`` makes o an index over V, unless it is declared by itself."""
        if isinstance(declared, OneHot) and declared.at not in self.names and self._spells(declared.at):
            name = self._name(declared.at)
            if self.scope.find(name) is None:
                self._add(name, Indexed(Index(name.key, dimension(declared.axis, self.scope))))

    def _size(self, node: Symbol | Scripted, name: Spelling) -> Expression:
        """A dimension; ``n_0`` and ``n_L`` are widths of layers where a family has the width ``n_l``."""
        match node:
            case Scripted(base=Symbol() as base, below=(Numeral() as level,), above=None) if base.key in self.widths:
                return Width(base.key, as_expression(int(level.text)))
            case Scripted(base=Symbol() as base, below=(Symbol() as level,), above=None) if base.key in self.widths:
                return Width(base.key, Dimension(level.key))
            case _:
                return Dimension(name.key)

    def _add(self, name: Spelling, meaning: Meaning) -> None:
        if isinstance(meaning, Layered):
            name = Spelling(name.symbol, name.primes)
        family = self.scope.find(name)
        if isinstance(meaning, Quantity) and isinstance(family, Layered):
            meaning = replace(family, whole=meaning)
        self.scope = self.scope.with_name(name, meaning)

    def _declaration(self, key: str, declared: Kind) -> _Pending:
        name = self._name(key)
        needed = needs(declared)

        def build() -> tuple[Spelling, Meaning]:
            found = Declarer(self.scope, self._name, self._value).declare(key, declared)
            self.given += found.given
            if found.random is not None:
                self.random.append((key, found.random, found.independent))
                self._expectation(name)
            return name, found.meaning

        keys = frozenset(self._name(each).key for each in needed if self._spells(each)) | self._moments(declared)
        layered = {symbol for each in needed if self._spells(each) for symbol, _ in levels_in(parse(tokenize(each)))}
        return _Pending(("names", key), name.key, keys, build, layered=frozenset(layered))

    def _moments(self, declared: Kind) -> frozenset[str]:
        """The names in a mean and in a variance."""
        if not isinstance(declared, Tensor):
            return frozenset()
        try:
            told = [
                parse(tokenize(text), self.words) for text in (declared.mean, declared.variance) if text is not None
            ]
        except ReadError:
            return frozenset()
        return frozenset(name for each in told for name in names_in(each))

    def _spells(self, text: str) -> bool:
        try:
            self._name(text)
        except ReadError:
            return False
        return True

    def _value(self, text: str) -> Expression:
        """A number that is written in a kind, such as a variance."""
        try:
            return elaborate(parse(tokenize(text), self.words), self.scope, self.conventions).expression
        except ReadError as error:
            raise ReadError(said(error, text)) from error

    def _expectation(self, at: Spelling) -> None:
        """Where something is random, E is the expectation, unless it is declared."""
        name = Spelling(Symbol(EXPECTATION, "", (), at.symbol.at))
        if self.scope.find(name) is None and EXPECTATION not in {*self.names, *self.definitions}:
            self._add(name, Operation(EXPECTATION, 1, expected, vectors=False))

    def _randomness(self) -> None:
        """One hypothesis lists all that is random: independent of one another, or depending in any way."""
        names = [name for _, name, _ in self.random]
        if not names:
            return
        loose = [key for key, _, apart in self.random if not apart]
        if loose and len(loose) < len(names):
            says = "random, while others are independent: say it of all, or of none"
            self.complain(("names", loose[0]), says)
        self.given += (random if loose else independent)(*names).links()

    # ---------------------------------------------------------------- definitions

    def _definition(self, key: str, text: str, kinds: Mapping[str, Kind]) -> list[_Pending]:
        place = ("definitions", key)
        try:
            left = target(parse(tokenize(key), self.words), key)
        except ReadError as error:
            self.complain(place, f"{key!r} is no name: {error.says}")
            return []
        try:
            right = parse(tokenize(text), self.words)
        except ReadError as error:
            self.complain(place, said(error, text))
            return []
        if left is None:
            self.complain(place, f"{key!r} is no name, and no function of names")
            return []
        left = by_level(left, self.levels.__contains__)
        needed = names_in(right) - {parameter.key for parameter in left.parameters}
        level = level_of(left, self.levels)
        if level is not None and (left.name.tag or is_at_level(level, right, self.families)):
            self.leveled[left.name.symbol.key] = AtLevel(left.name, level, right)
            return [self._leveled(place, left, right, level, text)]
        if left.name.key in needed and not left.subscripts:
            families = [self._name(each) for each, kind in kinds.items() if isinstance(kind, FamilyOf)]
            members = {each.key for each in families if Spelling(each.symbol, each.primes).key == left.name.key}
            needed = (needed - {left.name.key}) | members if members else needed
        return [_Pending(place, left.name.key, needed, lambda: self._defined(left, right, kinds.get(key)), text)]

    def _leveled(self, place: Place, left: Target, right: Syntax, level: str, text: str) -> _Pending:
        """A definition at every level; what such definitions need of one another is known when all of them are."""

        def build() -> tuple[Spelling, Meaning]:
            return left.name, at_every_level(left, right, level, self.scope, self.conventions)

        named = layered_names(right) | {symbol for symbol, label in levels_in(right) if shift(label, level) is not None}
        return _Pending(place, left.name.key, names_in(right) - {level}, build, text, frozenset(named))

    def _recursive(self, found: Sequence[_Pending]) -> None:
        """Definitions that go through one another from level to level."""
        with Telling(self.complain, found[0].place, found[0].text):
            keys = {each.key for each in found}
            group = [each for each in self.leveled.values() if each.name.key in keys]
            for name, meaning in recursive(group, self.scope, self.conventions):
                self._add(name, meaning)

    def _families(self, kinds: Mapping[str, Kind]) -> frozenset[str]:
        """The letters of what is declared for each level, or defined at each."""
        declared = {self._name(key).symbol.key for key, each in kinds.items() if isinstance(each, FamilyOf)}
        tagged = {key.partition("^")[0].partition("_")[0].strip() for key in self.definitions}
        return frozenset(declared | tagged)

    def _defined(self, left: Target, node: Syntax, declared: Kind | None) -> tuple[Spelling, Meaning]:
        scope = left.scope(self.scope)
        right = elaborate(node, scope, self.conventions)
        for doubt in right.notes.doubts:
            raise ReadError(doubt)
        fitting(right.expression)
        meaning = defined(left, right.expression, scope, 0)
        if declared is not None:
            self._agree(meaning, declared)
        return left.name, meaning

    def _agree(self, meaning: Meaning, declared: Kind) -> None:
        """Raise :class:`ReadError` unless a definition has the shape that its name is declared with."""
        if not isinstance(declared, Tensor) or not isinstance(meaning, Quantity):
            raise ReadError("both declared and defined: a definition says it all")
        own = fitting(meaning.expression)
        expected = tuple(dimension(axis, self.scope) for axis in declared.axes)
        if not same_shape(own, expected):
            raise ReadError(f"declared as {describe(expected)}, and defined as {describe(own)}")

    def _settle(self, pending: Sequence[_Pending]) -> None:
        """Define what can be defined, and then what needs it, whatever the order of the file."""
        keys = {symbol: each.name.key for symbol, each in self.leveled.items()}
        left = [replace(each, needs=each.needs | {keys[at] for at in each.layered if at in keys}) for each in pending]
        while left:
            open_keys = {each.key for each in left}
            ready = [each for each in left if not each.needs & open_keys]
            for each in ready:
                with Telling(self.complain, each.place, each.text):
                    self._add(*each.build())
            if not ready:
                own = frozenset(keys.values())
                found = [each for each in left if each.key in own and not each.needs & open_keys - own]
                if found:
                    self._recursive(found)
                    left = [each for each in left if each not in found]
                    continue
                for each in left:
                    circle = ", ".join(sorted(each.needs & open_keys))
                    self.complain(each.place, f"{each.key} cannot be known before {circle}, and so in a circle")
                return
            left = [each for each in left if each.needs & open_keys]
