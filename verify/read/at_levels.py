"""What a write-up defines at every level of a family, on top of what is known."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Dimension, Stated
from verify.read.conventions import Conventions
from verify.read.definitions import Target, by_level
from verify.read.errors import ReadError
from verify.read.leveled import AtLevel, Beginning, is_at_level, levels_in, recursive, shift
from verify.read.names import UnknownName
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.pieces import Condition
from verify.read.scope import FunctionFamily, Indexed, Layered, Meaning, Quantity
from verify.read.step import Meaning as StepMeaning
from verify.read.supposing import SupposedNames
from verify.read.syntax import Spelling, Symbol
from verify.read.tokens import Token


class LeveledNames(SupposedNames):
    """Names, with families that are defined at each of their levels."""

    def function_at_level(self, what: Target, right: Sequence[Token]) -> FunctionFamily | None:
        """A function of each level, ``f_i(x) = …``, where nothing says yet what f is."""
        plain = Spelling(what.name.symbol, what.name.primes)
        letter = what.name.below
        level = self.scope.find(Spelling(Symbol(letter, "", (), plain.symbol.at))) if letter else None
        if len(what.parameters) != 1 or not letter.isalpha() or len(letter) > 1 or not _is_level(level):
            return None
        if self.scope.find(plain) is not None:
            return None
        try:
            return FunctionFamily(plain.key, letter, what.parameters[0], parse(right, self.scope.words))
        except ReadError:
            return None

    def function_anew(self, what: Target, right: Sequence[Token]) -> FunctionFamily | None:
        """A function whose variable has another shape than its letter elsewhere, so that it is read at each use."""
        if len(what.parameters) != 1 or not what.name.below:
            return None
        try:
            return FunctionFamily(what.name.key, "", what.parameters[0], parse(right, self.scope.words))
        except ReadError:
            return None

    def define_function(self, what: Target, family: FunctionFamily) -> StepMeaning:
        """Know a function of each level, or one that is read at each use."""
        try:
            plain = Spelling(what.name.symbol, what.name.primes)
            self.add(plain if family.letter else what.name, family)
        except ReadError as error:
            return error.within(self.source).verdict
        return Stated(what.symbol)

    def at_level(self, what: Target, right: Sequence[Token], conditions: Sequence[Condition]) -> AtLevel | None:
        """What a formula defines at every level of a family; nothing where it defines one thing, or what is known."""
        what = by_level(what, lambda letter: isinstance(self.scope.find(_letter(letter, what)), Indexed))
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
        for name, meaning in recursive(list(self.pending.values()), self.scope, conventions):
            self.add(name, meaning)
        self.pending = {}


def _letter(letter: str, what: Target) -> Spelling:
    return Spelling(Symbol(letter, "", (), what.name.symbol.at))


def _is_level(meaning: Meaning | None) -> bool:
    """Whether a letter may stand for a level: one that means nothing else, an index, or how many there are."""
    if isinstance(meaning, Quantity):
        return isinstance(meaning.expression, Dimension)
    return meaning is None or isinstance(meaning, Indexed)


def _only_of(letter: str, conditions: Sequence[Condition]) -> bool:
    r"""Whether conditions say of the level alone from where on it is meant: ``l \ge 1``."""
    return all([token.text for token in each.tokens[:2]] in ([letter, r"\ge"], [letter, ">"]) for each in conditions)
