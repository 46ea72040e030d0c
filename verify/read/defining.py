"""What a write-up itself defines, section by section, on top of what its context says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verify.language import (
    Defined,
    Dependent,
    Dimension,
    Expression,
    Misshapen,
    Name,
    Node,
    Shape,
    Stated,
    Undecided,
    describe,
    same_shape,
)
from verify.language.shape import long_axes, shape_of
from verify.read.apply import occurs, substituted
from verify.read.conventions import Conventions
from verify.read.definitions import Target, defined, names_in
from verify.read.errors import ReadError
from verify.read.inferred import Inferred, inferred
from verify.read.leveled import AtLevel, Beginning, is_at_level, levels_in, recursive, shift
from verify.read.links import undefined
from verify.read.losses import losses
from verify.read.names import UnknownName
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.pieces import Condition
from verify.read.scope import Elementwise, Indexed, Layered, Meaning, Named, Quantity, Refused, Scope
from verify.read.setting import Setting
from verify.read.sides import Good
from verify.read.source import Source
from verify.read.step import Meaning as StepMeaning
from verify.read.syntax import Spelling, Symbol
from verify.read.tokens import Token

Section = tuple[str, ...]
MOST_NAMES = 1000


class Names:
    """The names that are known at one place of a write-up."""

    def __init__(self, source: Source, setting: Setting) -> None:
        self.source = source
        self.section: Section = ()
        self.scope: Scope = setting.scope
        self._added: dict[str, Named] = {}
        self.pending: dict[str, AtLevel] = {}
        """What is defined at every level in terms of what is not known yet."""

    def enter(self, setting: Setting, section: Section) -> None:
        """Begin a section: what was defined before is known, unless the context says otherwise here."""
        self.section = section
        self.pending = {}
        kept: dict[str, Named] = {}
        for key, added in self._added.items():
            known = setting.scope.names.get(key)
            if known is None or (_is_open(known.meaning) and _same_shape(known.meaning, added.meaning)):
                kept[key] = added
        self.scope = setting.scope.with_named(kept)

    def add(self, name: Spelling, meaning: Meaning) -> None:
        """Know one more name from here on; raises :class:`ReadError` where there are too many."""
        if len(self._added) >= MOST_NAMES and name.key not in self._added:
            raise ReadError(f"more than {MOST_NAMES} names are defined", name.symbol.at.start)
        self._added[name.key] = Named(name.plain, meaning, section=self.section)
        self.scope = self.scope.with_named({name.key: self._added[name.key]})

    def is_known(self, what: Target, right: Sequence[Token]) -> bool:
        """Whether a name means something already, so that a link about it is to be checked.

        A name that is open, or was defined in another section, may be defined; not in terms of itself.
        """
        named = self.scope.named(what.name)
        family = self.scope.find(Spelling(what.name.symbol, what.name.primes)) if what.name.tag else None
        if isinstance(family, Refused) or (isinstance(family, Layered) and not family.open):
            return True
        if named is not None:
            itself = self._mentions(right, what.name)
            renewed = named.section is not None and named.section != self.section
            return itself or bool(what.parameters and not renewed) or not (_is_open(named.meaning) or renewed)
        if what.parameters:
            return False
        if what.subscripts:
            return self._is_entry(what)
        function = self.scope.find(Spelling(what.name.symbol)) if what.name.primes else None
        return function is not None and not isinstance(function, Quantity)

    def _mentions(self, right: Sequence[Token], name: Spelling) -> bool:
        """Whether a name stands on the right side of its own definition."""
        try:
            return name.key in names_in(parse(right, self.scope.words))
        except ReadError:
            return any(token.text == name.symbol.letter for token in right)

    def _is_entry(self, what: Target) -> bool:
        """Whether a name with subscripts is an entry of what is known, or a Kronecker delta."""
        symbol, primes, tag = what.name.symbol, what.name.primes, what.name.tag
        if symbol.key == r"\delta" and what.subscripts == 2:
            return True
        upper = Symbol(symbol.letter.upper(), symbol.font, symbol.accents, symbol.at)
        bases = [Spelling(symbol, primes, "", tag), *([Spelling(upper)] if what.subscripts == 2 else [])]
        for named in map(self.scope.named, bases):
            if named is None:
                continue
            elsewhere = named.section is not None and named.section != self.section and not what.entries
            if isinstance(named.meaning, Quantity):
                return not elsewhere and len(long_axes(shape_of(named.meaning.expression))) == what.subscripts
            return not elsewhere
        return False

    def take_parameters(self, what: Target, used: frozenset[str]) -> tuple[str, ...]:
        """The variable of a displayed function is a number, if nothing else is known of it; says which ones."""
        meaning = self.scope.find(what.name)
        if meaning is not None and not isinstance(meaning, Elementwise):
            return ()
        new = [each for each in what.parameters if self.scope.find(each) is None and each.symbol.letter in used]
        if len(self._added) + len(new) > MOST_NAMES:
            return ()
        for parameter in new:
            self.add(parameter, Quantity(Name(parameter.key), open=True))
        return tuple(f"{parameter.key} is a number" for parameter in new)

    def infer(self, sides: Sequence[Sequence[Token]]) -> list[Inferred]:
        """Know the names in a statement that nothing says anything of, as far as their use tells what they are."""
        try:
            nodes = [parse(side, self.scope.words) for side in sides if side]
        except ReadError:
            return []
        found = inferred(nodes, self.scope)
        if len(self._added) + len(found) > MOST_NAMES:
            return []
        for each in found:
            self.add(each.name, Quantity(each.expression, open=True))
        for size in {size for each in found for size in each.expression.atoms(Dimension)}:
            name = Spelling(Symbol(size.symbol, "", (), found[0].name.symbol.at))
            if self.scope.find(name) is None:
                self.add(name, Quantity(size))
        return found

    def suppose_losses(self, sides: Sequence[Sequence[Token]]) -> dict[Expression, str]:
        """Know a loss that is derived and of which nothing is said: a function of what the others are made for.

        That is the one quantity that is defined here and stands in no other definition; where several do, nothing is
        supposed.
        """
        found: dict[Expression, str] = {}
        for name in losses(sides, self.scope):
            made = [each.meaning.expression for each in self._added.values() if isinstance(each.meaning, Quantity)]
            defined_here = [each for each in made if isinstance(each, Defined)]
            last = [each for each in defined_here if not any(occurs(each, other.meaning) for other in defined_here)]
            if len(last) == 1 and self.scope.find(name) is None:
                loss = Dependent(name.key, last[0])
                self.add(name, Quantity(loss))
                found[loss] = f"{name.key} is a function of {last[0].symbol}"
        return found

    def define(self, what: Target, right: Good, scope: Scope) -> StepMeaning:
        """Define a name by a right side that was read in a scope of its own; says what became of it."""
        if right.notes.doubts:
            return Undecided("ambiguous", "; ".join(right.notes.doubts))
        if not isinstance(right.value, Node):
            return Undecided("relation", "a set on the right side")
        try:
            meaning = defined(what, right.value, scope, right.written.start)
            before = self.scope.find(what.name)
            problem = self._disagrees(what, meaning, right.value)
            if problem is None:
                self.add(what.name, meaning)
                self._put_in(before, meaning)
            return problem or Stated(what.symbol)
        except ReadError as error:
            return error.within(self.source).verdict
        except Misfit as misfit:
            return misfit.verdict

    def _disagrees(self, what: Target, meaning: Meaning, value: Expression) -> Misshapen | Undecided | None:
        """Why a name that has a shape already is not defined so."""
        before = self.scope.find(what.name)
        if not isinstance(before, Quantity) or not isinstance(meaning, Quantity) or not before.open:
            return None
        expected, actual = shape_of(before.expression), shape_of(meaning.expression)
        if not same_shape(expected, actual):
            says = f"{what.symbol} was said to be {describe(expected)}, and this is {describe(actual)}"
            return Misshapen("shape", says, expected, actual, same_shape(expected, actual[::-1]))
        if not value.atoms(Name, Dependent) or occurs(before.expression, value):
            return undefined(what.symbol)
        return None

    def _put_in(self, before: Meaning | None, meaning: Meaning) -> None:
        """Where a name that was declared alone is defined now, what this section defined with it means that."""
        if (
            not isinstance(before, Quantity)
            or not isinstance(meaning, Quantity)
            or not isinstance(before.expression, Name)
        ):
            return
        names: dict[Node, Node] = {before.expression: meaning.expression}
        for key, named in self._added.items():
            known = named.meaning
            if named.section == self.section and isinstance(known, Quantity) and known.expression != meaning.expression:
                self._added[key] = replace(
                    named, meaning=replace(known, expression=substituted(known.expression, names))
                )
        self.scope = self.scope.with_named(self._added)

    # ---------------------------------------------------------------- at every level

    def at_level(self, what: Target, right: Sequence[Token], conditions: Sequence[Condition]) -> AtLevel | None:
        """What a formula defines at every level of a family; nothing where it defines one thing, or what is known."""
        letter = what.entries[0] if len(what.entries) == 1 and not what.name.tag else what.name.tag[1:-1]
        if what.parameters or not letter.isalpha() or len(letter) > 1 or not _only_of(letter, conditions):
            return None
        plain = Spelling(what.name.symbol, what.name.primes)
        known, level = self.scope.find(plain), self.scope.find(Spelling(Symbol(letter, "", (), plain.symbol.at)))
        if not (known is None or (isinstance(known, Layered) and known.open)) or not _is_level(level):
            return None
        try:
            node = parse(right, self.scope.words)
        except ReadError:
            return None
        found = AtLevel(plain, letter, node)
        families = {key for key, named in self.scope.names.items() if isinstance(named.meaning, Layered)}
        return found if is_at_level(letter, node, families | {found.symbol, *self.pending}) else None

    def define_at_level(self, what: AtLevel, conventions: Conventions) -> StepMeaning:
        """Define a family at each of its levels, at once or when the others are that it is made of."""
        self.pending[what.symbol] = what
        others = {symbol for symbol, label in levels_in(what.right) if shift(label, what.letter) is not None}
        try:
            self.settle(conventions)
        except Beginning:
            pass
        except UnknownName as error:
            if error.name.symbol.key not in others or error.name.key in self.scope.names:
                del self.pending[what.symbol]
                return error.within(self.source).verdict
        except ReadError as error:
            del self.pending[what.symbol]
            return error.within(self.source).verdict
        except Misfit as misfit:
            del self.pending[what.symbol]
            return misfit.verdict
        return Stated(what.symbol)

    def settle(self, conventions: Conventions) -> None:
        """Know the families that are defined by one another at every level, if it is said where they begin."""
        for symbol, meaning in recursive(list(self.pending.values()), self.scope, conventions).items():
            self.add(self.pending[symbol].name, meaning)
        self.pending = {}

    def declare(self, what: Target, shape: Shape) -> StepMeaning:
        r"""Know a name by its shape, as in ``W \in \mathbb{R}^{m \times n}``, and the dimensions in it."""
        sizes = [size for axis in shape for size in sorted(axis.atoms(Dimension), key=str)]
        try:
            for size in dict.fromkeys(sizes):
                name = Spelling(Symbol(size.symbol, "", (), what.name.symbol.at))
                if self.scope.find(name) is None:
                    self.add(name, Quantity(size))
            self.add(what.name, Quantity(Name(what.name.key, shape), open=True))
        except ReadError as error:
            return error.within(self.source).verdict
        return Stated(what.symbol)


def _is_open(meaning: Meaning) -> bool:
    return isinstance(meaning, Quantity | Layered) and meaning.open


def _is_level(meaning: Meaning | None) -> bool:
    """Whether a letter may stand for a level: one that means nothing else, an index, or how many there are."""
    if isinstance(meaning, Quantity):
        return isinstance(meaning.expression, Dimension)
    return meaning is None or isinstance(meaning, Indexed)


def _only_of(letter: str, conditions: Sequence[Condition]) -> bool:
    r"""Whether conditions say of the level alone from where on it is meant: ``l \ge 1``."""
    return all([token.text for token in each.tokens[:2]] in ([letter, r"\ge"], [letter, ">"]) for each in conditions)


def _same_shape(first: Meaning, second: Meaning) -> bool:
    if isinstance(first, Layered) and isinstance(second, Layered):
        return True
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    return same_shape(shape_of(first.expression), shape_of(second.expression))
