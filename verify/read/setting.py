"""Building what names mean in one question from the kinds and the definitions of an assignment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from verify.language import (
    Defined,
    Delta,
    Dependent,
    Dimension,
    Index,
    Link,
    Name,
    Node,
    Number,
    Opaque,
    Relation,
    describe,
    same_shape,
)
from verify.language.binders import Array
from verify.read.apply import bound, fitting
from verify.read.definitions import Target, defined, names_in, target
from verify.read.differential import Layout
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.given import hypotheses
from verify.read.kinds import (
    AllOnes,
    AnyFunction,
    FunctionOf,
    IsDimension,
    Kind,
    OneHot,
    Over,
    Tensor,
    dimension_names,
    kind,
)
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.scope import Elementwise, Indexed, Meaning, Quantity, Scope
from verify.read.sizes import dimension
from verify.read.syntax import Spelling, Syntax, spelling
from verify.read.tokens import tokenize

Complain = Callable[[tuple[str, str], str], None]
"""Told of a mistake: the table and the key in it, and what is wrong."""


@dataclass(frozen=True)
class Setting:
    """What holds in one question: the meaning of names, the layout of derivatives, the hypotheses."""

    question: str | None
    scope: Scope
    layout: Layout
    given: tuple[Link, ...]


@dataclass(frozen=True)
class Declarations:
    """What an assignment says of one question, as it is written."""

    names: Mapping[str, str]
    definitions: Mapping[str, str]
    given: Sequence[str]


def setting(question: str | None, layout: Layout, said: Declarations, complain: Complain) -> Setting:
    """The setting that declarations make; every mistake in them is told to ``complain``."""
    return _Builder(layout, said, complain).built(question)


@dataclass(frozen=True)
class _Pending:
    """A name that is given by others, which must be known before it."""

    place: tuple[str, str]
    key: str
    needs: frozenset[str]
    build: Callable[[], tuple[Spelling, Meaning]]
    text: str | None = None


class _Builder:
    def __init__(self, layout: Layout, said: Declarations, complain: Complain) -> None:
        self.layout: Layout = layout
        self.said = said
        self.complain = complain
        self.scope = Scope()
        self.words = self.scope.words | {
            key for key in (*said.names, *said.definitions) if key.isalpha() and len(key) > 1
        }
        self.given: list[Link] = []
        self.spoiled: set[str] = set()

    def built(self, question: str | None) -> Setting:
        kinds = dict(self._kinds())
        for name, declared in kinds.items():
            self._dimensions(name, declared)
        pending = [each for key, text in self.said.definitions.items() for each in self._definition(key, text, kinds)]
        later = {each.key for each in pending}
        self.scope = self.scope.without(later)
        for name, declared in kinds.items():
            known = self._name(name).key in later | self.spoiled
            pending += [] if known else self._declare(name, declared)
        self._settle(pending)
        for text in self.said.given:
            try:
                self.given += hypotheses(text, self.words, self.scope, self.layout)
            except ReadError as error:
                self.complain(("given", text), _said(error, text))
            except Misfit as misfit:
                self.complain(("given", text), misfit.verdict.says)
        return Setting(question, self._fixed(), self.layout, tuple(self.given))

    def _fixed(self) -> Scope:
        """The scope, in which names that definitions or hypotheses speak of are not open to be defined."""
        quantities = [
            each.meaning.expression for each in self.scope.names.values() if isinstance(each.meaning, Quantity)
        ]
        built = [each for each in quantities if not isinstance(each, Name)]
        sides = [side for link in self.given for side in (link.left, link.right) if isinstance(side, Node)]
        return self.scope.closed({name for each in (*built, *sides) for name in each.atoms(Name)})

    def _kinds(self) -> Iterator[tuple[str, Kind]]:
        seen: dict[str, str] = {}
        for key, text in self.said.names.items():
            try:
                name = self._name(key).key
                if name in seen:
                    raise ReadError(f"declared twice: this is the name {seen[name]}")
                seen[name] = key
                yield key, kind(text)
            except ReadError as error:
                self.complain(("names", key), error.says)

    def _name(self, key: str) -> Spelling:
        node = parse(tokenize(key), self.words)
        name = spelling(node)
        if name is None:
            raise ReadError(f"{key!r} is no name", 0, expected="a letter with subscripts and accents, or a word")
        return name

    def _dimensions(self, key: str, declared: Kind) -> None:
        """Names used as dimensions are dimensions, whatever they usually mean."""
        axes: tuple[Syntax, ...] = ()
        match declared:
            case Tensor():
                axes = declared.axes
            case OneHot() | AllOnes() | Over():
                axes = (declared.axis,)
            case IsDimension():
                self._add(self._name(key), Quantity(Dimension(key)))
            case FunctionOf() | AnyFunction():
                pass
            case _:
                assert_never(declared)
        for axis in axes:
            for node in dimension_names(axis):
                name = spelling(node)
                if name is not None and name.key in self.said.names and self.said.names[name.key] != "dimension":
                    self.complain(("names", name.key), f"{name.key} is a dimension in the shape of {key}")
                    self.spoiled.add(name.key)
                if name is not None and not isinstance(self.scope.find(name), Quantity):
                    self._add(name, Quantity(Dimension(name.key)))

    def _add(self, name: Spelling, meaning: Meaning) -> None:
        self.scope = self.scope.with_name(name, meaning)

    def _declare(self, key: str, declared: Kind) -> list[_Pending]:
        """Declare a name whose kind says all; what needs other names is pending."""
        name = self._name(key)
        match declared:
            case Tensor() | AllOnes() | Over():
                try:
                    self._add(name, self._plain(key, declared))
                except ReadError as error:
                    self.complain(("names", key), error.says)
                return []
            case AnyFunction():
                self._add(name, Elementwise(Opaque(key)))
                return []
            case IsDimension():
                return []
            case OneHot():
                needs = frozenset({declared.at})
                return [_Pending(("names", key), name.key, needs, lambda: (name, self._one_hot(key, declared)))]
            case FunctionOf():
                needs = frozenset(declared.names)
                return [_Pending(("names", key), name.key, needs, lambda: (name, self._function_of(key, declared)))]
            case _:
                assert_never(declared)

    def _plain(self, key: str, declared: Tensor | AllOnes | Over) -> Meaning:
        match declared:
            case Tensor():
                shape = tuple(dimension(axis, self.scope) for axis in declared.axes)
                variable = Name(key, shape)
                if declared.positive:
                    self.given.append(Link(Number(0), Relation.LESS, variable))
                return Quantity(variable, open=True)
            case AllOnes():
                over = Index("i", dimension(declared.axis, self.scope))
                return Quantity(Defined(key, bound(Array, Number(1), over)))
            case Over():
                return Indexed(Index(key, dimension(declared.axis, self.scope)))
            case _:
                assert_never(declared)

    def _one_hot(self, key: str, declared: OneHot) -> Meaning:
        at = self.scope.find(self._name(declared.at))
        over = Index("i", dimension(declared.axis, self.scope))
        if isinstance(at, Indexed):
            return Quantity(Defined(key, bound(Array, Delta(over, at.index), over)))
        says = f'{declared.at} is no index: declare it, as in {declared.at} = "index {describe((over.dimension,))}"'
        raise ReadError(says)

    def _function_of(self, key: str, declared: FunctionOf) -> Meaning:
        arguments = [self._quantity(name) for name in declared.names]
        return Quantity(Dependent(key, *arguments))

    def _quantity(self, text: str) -> Node:
        meaning = self.scope.find(self._name(text))
        if not isinstance(meaning, Quantity):
            raise ReadError(f"the name {text} is not declared")
        return meaning.expression

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
            self.complain(place, _said(error, text))
            return []
        if left is None:
            self.complain(place, f"{key!r} is no name, and no function of names")
            return []
        needs = names_in(right) - {parameter.key for parameter in left.parameters}
        return [_Pending(place, left.name.key, needs, lambda: self._defined(left, right, kinds.get(key)), text)]

    def _defined(self, left: Target, node: Syntax, declared: Kind | None) -> tuple[Spelling, Meaning]:
        scope = left.scope(self.scope)
        right = elaborate(node, scope, self.layout)
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
        left = list(pending)
        while left:
            open_keys = {each.key for each in left}
            ready = [each for each in left if not each.needs & open_keys]
            for each in ready:
                self._define(each)
            if not ready:
                for each in left:
                    circle = ", ".join(sorted(each.needs & open_keys))
                    self.complain(each.place, f"{each.key} cannot be known before {circle}, and so in a circle")
                return
            left = [each for each in left if each.needs & open_keys]

    def _define(self, pending: _Pending) -> None:
        try:
            name, meaning = pending.build()
            self._add(name, meaning)
        except ReadError as error:
            self.complain(pending.place, _said(error, pending.text))
        except Misfit as misfit:
            self.complain(pending.place, misfit.verdict.says)


def _said(error: ReadError, text: str | None) -> str:
    """What an error says, with its place in the text that it is about."""
    return error.says if text is None else f"{error.says}, at column {error.column} of {text!r}"
