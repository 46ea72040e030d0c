"""Definitions at every level: ``z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}``, and recursions, ``a_l = f(W_l a_{l-1})``.

Of several that go through each other, those named at the level before are the values of a recursion, and need one to
begin with; the others are made of these at each level.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sympy.core.containers import Tuple
from sympy.core.symbol import Str

from verify.language import (
    Defined,
    Dimension,
    Expression,
    Index,
    Name,
    Node,
    Number,
    as_expression,
    describe,
    same_shape,
)
from verify.language.binders import rebuild
from verify.language.layers import Leveled, Member, Recursive, Step, System, Width, normal_level
from verify.language.shape import Shape
from verify.read.apply import fitting, substituted
from verify.read.begun import through
from verify.read.conventions import Conventions
from verify.read.definitions import Target
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.scope import Indexed, Layered, Meaning, Quantity, Scope
from verify.read.subscripts import children
from verify.read.syntax import Group, Numeral, Scripted, Signed, Spelling, Symbol, Syntax

MOST_GIVEN = 6


class Beginning(ReadError):
    """Where a recursion begins is not known."""


@dataclass(frozen=True)
class AtLevel:
    """What is defined at every level: its name, the letter for the level, and the formula."""

    name: Spelling
    letter: str
    right: Syntax

    @property
    def symbol(self) -> str:
        """How the family is written."""
        return Spelling(self.name.symbol, self.name.primes).key


def level_of(left: Target, levels: Container[str]) -> str | None:
    """The index of the level at which a name is defined, if it is one of these."""
    inner = left.name.tag[1:-1] or (left.entries[0] if len(left.entries) == 1 else "")
    return inner if not left.parameters and inner in levels else None


def is_at_level(letter: str, right: Syntax, families: Container[str]) -> bool:
    """Whether a formula names a family at the level of a letter, or at the one before."""
    return any(symbol in families and shift(label, letter) is not None for symbol, label in levels_in(right))


def at_every_level(left: Target, right: Syntax, level: str, scope: Scope, conventions: Conventions) -> Layered:
    """What a name means at each level, by the formula for any of them."""
    named = AtLevel(left.name, level, right)
    return _made(named.symbol, _formula(named, scope, conventions))


def layered_names(node: Syntax) -> frozenset[str]:
    """The letters that carry a superscript in parentheses or brackets."""
    own = node.base.key if isinstance(node, Scripted) and isinstance(node.base, Symbol) else None
    found = frozenset({own}) if own is not None and isinstance(getattr(node, "above", None), Group) else frozenset()
    return found.union(*map(layered_names, children(node)))


# ---------------------------------------------------------------- levels in formulas


def levels_in(node: Syntax) -> Iterator[tuple[str, Syntax]]:
    """The names with one subscript, or a superscript in parentheses, and what stands there."""
    if isinstance(node, Scripted) and isinstance(node.base, Symbol):
        label = level_label(node)
        if label is not None:
            yield Spelling(node.base, node.primes).key, label
    for child in children(node):
        yield from levels_in(child)


def level_label(node: Scripted) -> Syntax | None:
    """The one subscript of a name, or what stands in parentheses above it."""
    if isinstance(node.above, Group) and node.above.opened in ("(", "[") and len(node.above.items) == 1:
        return node.above.items[0] if not node.below else None
    return node.below[0] if len(node.below) == 1 else None


def shift(label: Syntax, letter: str) -> int | None:
    """How far a level is from the one that a letter names: -1 for ``l - 1``; nothing for any other level."""
    match label:
        case Symbol() if label.key == letter:
            return 0
        case Signed(terms=((1, Symbol() as own), (sign, Numeral(text=text)))) if own.key == letter and text.isdigit():
            return sign * int(text)
        case _:
            return None


# ---------------------------------------------------------------- formulas and recursions


@dataclass(frozen=True)
class _Formula:
    """The value of a formula at a level, which an index stands for in it."""

    value: Expression
    index: Index

    @property
    def shape(self) -> Shape:
        """Its shape at that level."""
        return fitting(self.value)

    def __call__(self, level: Expression) -> Expression:
        return substituted(self.value, {self.index: level})


def _formula(named: AtLevel, scope: Scope, conventions: Conventions) -> _Formula:
    """A formula, which is read once; raises :class:`ReadError` for a doubtful one."""
    index = Index(named.letter, as_expression(0))
    letter = Spelling(Symbol(named.letter, "", (), named.name.symbol.at))
    read = elaborate(named.right, scope.with_name(letter, Indexed(index)), conventions)
    for doubt in read.notes.doubts:
        raise ReadError(doubt, named.right.at.start)
    lost = [name for name in read.free if name != named.letter]
    if lost:
        raise ReadError(f"the index {lost[0]} stands on the right side alone", named.right.at.start)
    fitting(read.expression)
    return _Formula(read.expression, index)


def _made(symbol: str, formula: _Formula) -> Layered:
    return Layered(symbol, lambda at: Leveled(symbol, normal_level(at), formula(at)), open=False)


def recursive(group: Sequence[AtLevel], scope: Scope, conventions: Conventions) -> list[tuple[Spelling, Meaning]]:
    """What each of a group of definitions means at each level.

    So is a value that is given at level 1, and what the steps take, where this begins with a name.
    Raises :class:`ReadError` where a value to begin with is not known, or the shapes of the steps do not fit.
    """
    defined = {each.symbol: each for each in group}
    before = {
        symbol
        for each in group
        for symbol, label in levels_in(each.right)
        if symbol in defined and _distance(each, label) == -1
    }
    starts = {symbol: _start(defined[symbol], scope) for symbol in before}
    shapes = {symbol: _shape_at(scope, defined[symbol], starts[symbol]) for symbol in before}
    within = scope
    for symbol in before:
        within = within.with_name(Spelling(defined[symbol].name.symbol), _member(symbol, shapes[symbol]))
    formulas: dict[str, _Formula] = {}
    for each in _ordered(group, before):
        formulas[each.symbol] = _formula(each, within, conventions)
        if each.symbol not in before:
            within = within.with_name(Spelling(each.name.symbol), _made(each.symbol, formulas[each.symbol]))
    if not before:
        return [(defined[symbol].name, _made(symbol, formula)) for symbol, formula in formulas.items()]
    found = _through(group[0], starts, formulas) if len(group) == 1 else {}
    if not found:
        values = _Values(
            {symbol: _begun(symbol, start, formulas[symbol], shapes[symbol]) for symbol, start in starts.items()},
            {symbol: formulas[symbol] for symbol in before},
            shapes,
        )
        for symbol in before:
            values.check(symbol, defined[symbol])
        found = {symbol: values.family(symbol, formula) for symbol, formula in formulas.items()}
    first = [(start.name, found[symbol].build(Number(1))) for symbol, start in starts.items() if start.level == 1]
    here = group[0].name.symbol.at
    return [
        *(
            (defined[key].name if key in defined else Spelling(Symbol(key, "", (), here)), each)
            for key, each in found.items()
        ),
        *((name, Quantity(value)) for name, value in first),
    ]


def _distance(each: AtLevel, label: Syntax) -> int:
    found = shift(label, each.letter)
    if found is None or found not in (0, -1):
        raise ReadError("this is neither this level nor the one before", label.at.start, expected=f"{each.letter} - 1")
    return found


def _ordered(group: Sequence[AtLevel], before: set[str]) -> list[AtLevel]:
    """Definitions after what they need at their own level."""
    defined = {each.symbol for each in group}
    needs = {
        each.symbol: {
            symbol for symbol, label in levels_in(each.right) if symbol in defined and _distance(each, label) == 0
        }
        for each in group
    }
    order: list[AtLevel] = []
    left = list(group)
    while left:
        known = {each.symbol for each in order}
        ready = [each for each in left if needs[each.symbol] <= known - before]
        if not ready:
            raise ReadError("these are defined by one another at one level", left[0].right.at.start)
        order += ready
        left = [each for each in left if each not in ready]
    return order


@dataclass(frozen=True)
class _Start:
    """The value at level 0, or at level 1."""

    name: Spelling
    level: int
    value: Expression


def _start(each: AtLevel, scope: Scope) -> _Start:
    for level in (0, 1):
        for name in (
            Spelling(each.name.symbol, each.name.primes, str(level)),
            *(Spelling(each.name.symbol, each.name.primes, "", f"{o}{level}{c}") for o, c in ("()", "[]")),
        ):
            meaning = scope.find(name)
            if isinstance(meaning, Quantity):
                return _Start(name, level, meaning.expression)
    says = f"{each.symbol} goes on from the level before, and where it begins is not said"
    raise Beginning(says, each.right.at.start, expected=f"{each.symbol}_0")


def _shape_at(scope: Scope, each: AtLevel, start: _Start) -> tuple[Expression, ...]:
    """The shape at a level, as it is declared or as that of the first value shows; the level is -1 in it."""
    family = scope.find(Spelling(each.name.symbol, each.name.primes))
    if isinstance(family, Layered):
        member = family.build(MARK)
        if isinstance(member, Member):
            return member.declared
    return tuple(
        Width(axis.symbol, MARK) if isinstance(axis, Width) and axis.level == Number(start.level) else axis
        for axis in fitting(start.value)
    )


MARK = Dimension("?level")


def _placed(shape: Shape, level: Expression) -> tuple[Expression, ...]:
    return tuple(substituted(axis, {MARK: level}) for axis in shape)


def _member(symbol: str, shape: tuple[Expression, ...]) -> Layered:
    return Layered(symbol, lambda at: Member(symbol, at, _placed(shape, normal_level(at))))


def _begun(symbol: str, start: _Start, formula: _Formula, shape: tuple[Expression, ...]) -> Expression:
    """The value at level 0; of one that begins at level 1, what the step must have been made from."""
    if start.level == 0:
        return start.value
    first = start.value.meaning if isinstance(start.value, Defined) else start.value
    member = Member(symbol, Number(0), _placed(shape, Number(0)))
    names: list[Name] = sorted(start.value.atoms(Name), key=str)
    for name in names[:MOST_GIVEN]:
        if substituted(formula(Number(1)), {member: name}) == first:
            return name
    says = f"{symbol} at level 1 is not what the formula for every level makes of one name"
    raise ReadError(says, expected=f"{symbol}_0")


def _through(each: AtLevel, starts: Mapping[str, _Start], formulas: Mapping[str, _Formula]) -> dict[str, Layered]:
    """A recursion that begins at level 1 with what is no step, by one of what its steps take; nothing for any other."""
    start, formula = starts[each.symbol], formulas[each.symbol]
    found = through(each.symbol, formula.value, formula.index, start.value) if start.level == 1 else None
    if found is None:
        return {}
    step = _Formula(found.step, formula.index)
    shape = tuple(substituted(axis, {formula.index: MARK}) for axis in fitting(found.step))
    values = _Values({found.symbol: found.start}, {found.symbol: step}, {found.symbol: shape})
    values.check(found.symbol, each)
    outer = values.family(each.symbol, _Formula(found.value, formula.index))
    return {each.symbol: outer, found.symbol: values.family(found.symbol, step)}


@dataclass(frozen=True)
class _Values:
    """Recursions that go through each other's values."""

    starts: Mapping[str, Expression]
    formulas: Mapping[str, _Formula]
    shapes: Mapping[str, tuple[Expression, ...]]

    def check(self, symbol: str, each: AtLevel) -> None:
        """Raise :class:`ReadError` where a step makes another shape than the value has."""
        formula = self.formulas[symbol]
        for made, at in ((formula.shape, formula.index), (fitting(self.starts[symbol]), Number(0))):
            expected = _placed(self.shapes[symbol], at)
            if not same_shape(expected, made):
                says = f"{symbol} is {describe(expected)} at each level, and this is {describe(made)}"
                raise ReadError(says, each.right.at.start)

    @property
    def system(self) -> System:
        """The recursions as one."""
        symbols = sorted(self.formulas)
        return System(
            Tuple(*map(Str, symbols)),
            Tuple(*(self.starts[symbol] for symbol in symbols)),
            Tuple(*(Step(self.formulas[symbol].value, self.formulas[symbol].index) for symbol in symbols)),
        )

    def family(self, symbol: str, formula: _Formula) -> Layered:
        """The family of a value, or of what is made of values at each level."""
        if symbol in self.formulas:
            return Layered(symbol, lambda at: self._value(symbol, normal_level(at)), open=False)

        def build(at: Expression) -> Expression:
            level = normal_level(at)
            return Leveled(symbol, level, cast(Expression, self._returned(formula(level))))

        return Layered(symbol, build, open=False)

    def _value(self, symbol: str, level: Expression) -> Expression:
        if level == Number(0):
            return self.starts[symbol]
        return Recursive(symbol, level, _placed(self.shapes[symbol], level), self.system)

    def _returned(self, node: Node) -> Node:
        """Values of the recursions in the place of the members that stand for them."""
        if isinstance(node, Member) and node.symbol in self.formulas:
            return self._value(node.symbol, node.level)
        return rebuild(node, lambda part, _: self._returned(part))
