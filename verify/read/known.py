"""The names that are known at one place of a write-up: those of its context, and those that it defined so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verify.language import Name, same_shape
from verify.language.shape import long_axes, shape_of
from verify.read.definitions import SQUARE, Target, used_in
from verify.read.errors import ReadError
from verify.read.leveled import AtLevel
from verify.read.parse import parse
from verify.read.scope import Elementwise, Layered, Meaning, Named, Quantity, Scope
from verify.read.setting import Setting
from verify.read.source import Source
from verify.read.syntax import Group, Juxtaposed, Scripted, Spelling, Symbol
from verify.read.tokens import Token

Section = tuple[str, ...]
MOST_NAMES = 1000


class KnownNames:
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
        family = self.scope.find(name)
        if isinstance(meaning, Quantity) and isinstance(family, Layered):
            meaning = replace(family, whole=meaning)
        self._added[name.key] = Named(name.plain, meaning, section=self.section)
        self.scope = self.scope.with_named({name.key: self._added[name.key]})

    def before(self, what: Target) -> Meaning | None:
        """What a name means before it is defined; of a family, what its letter means by itself."""
        found = self.scope.find(what.name)
        bare = isinstance(found, Layered) and not what.name.tag and not what.subscripts
        return found.whole if isinstance(found, Layered) and bare else found

    def is_known(self, what: Target, right: Sequence[Token]) -> bool:
        """Whether a name means something already, so that a link about it is to be checked.

        A name that is open, or was defined in another section, may be defined; not in terms of itself.
        """
        named = self.scope.named(what.name)
        family = self.scope.find(Spelling(what.name.symbol, what.name.primes)) if what.name.tag else None
        root = Spelling(what.name.symbol, 0, what.name.below)
        if what.name.tag == SQUARE and isinstance(self.scope.find(root), Quantity):
            return True
        if isinstance(family, Layered) and not family.open:
            return True
        if named is not None and isinstance(named.meaning, Layered) and not what.name.tag and not what.subscripts:
            whole = named.meaning.whole
            return whole is not None and not whole.open and named.section in (None, self.section)
        if named is not None:
            itself = self._mentions(right, what.name)
            renewed = named.section is not None and named.section != self.section
            return itself or bool(what.parameters and not renewed) or not (_is_open(named.meaning) or renewed)
        if what.parameters:
            levels = self.scope.find(Spelling(what.name.symbol, what.name.primes))
            return isinstance(levels, Layered) and not levels.open and bool(what.name.below)
        if what.subscripts:
            return self._is_entry(what)
        function = self.scope.find(Spelling(what.name.symbol)) if what.name.primes else None
        return function is not None and not isinstance(function, Quantity)

    def _mentions(self, right: Sequence[Token], name: Spelling) -> bool:
        """Whether a name stands on the right side of its own definition."""
        try:
            return name.key in used_in(parse(right, self.scope.words))
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

    def arguments(self, left: Sequence[Token]) -> dict[str, Named]:
        """The functions that are numbers in a statement about f(z), where z alone is what f is taken of."""
        if "(" not in [token.text for token in left]:
            return {}
        try:
            node = parse(left, self.scope.words)
        except ReadError:
            return {}
        match node:
            case Juxtaposed(
                parts=(Symbol() as head, Group(opened="(") as group)
                | (Scripted(base=Symbol() as head), Group(opened="(") as group)
            ):
                letters = [each.key for each in group.items if isinstance(each, Symbol)]
            case _:
                return {}
        if isinstance(self.scope.find(Spelling(head)), Quantity):
            return {}
        known = {key: self.scope.names[key] for key in letters if key in self.scope.names}
        return {key: named for key, named in known.items() if isinstance(named.meaning, Elementwise)}


def _is_open(meaning: Meaning) -> bool:
    return isinstance(meaning, Quantity | Layered) and meaning.open


def _same_shape(first: Meaning, second: Meaning) -> bool:
    if isinstance(first, Layered) and isinstance(second, Layered):
        return True
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    return same_shape(shape_of(first.expression), shape_of(second.expression))
