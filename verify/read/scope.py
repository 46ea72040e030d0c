"""What names mean at one place of a write-up."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from string import ascii_lowercase
from typing import TYPE_CHECKING

from verify.language import (
    Dimension,
    Expression,
    Index,
    Name,
    covariance,
    cross_entropy,
    diag,
    exp,
    log,
    sigma,
    softmax,
    softplus,
    swish,
    tanh,
    tr,
    variance,
    vec,
)
from verify.language.arithmetic import kinds
from verify.language.unfold import LEVELED
from verify.read.indices import FREE_LETTERS

if TYPE_CHECKING:
    from verify.language import Function
    from verify.read.syntax import Spelling, Syntax


@dataclass(frozen=True)
class Quantity:
    """A number, a vector, a matrix, a dimension: whatever stands for itself."""

    expression: Expression
    open: bool = False
    """Whether it has a shape alone, and nothing is said in terms of it, so that a write-up may define it."""


@dataclass(frozen=True)
class Elementwise:
    """A function of one number, applied to each entry of a tensor."""

    function: Function


@dataclass(frozen=True)
class Operation:
    """A function of vectors or matrices: softmax, cross-entropy, trace."""

    symbol: str
    arity: int
    build: Callable[..., Expression]
    vectors: bool = True
    """Whether its arguments are vectors, so that ``f(x_i)`` means an entry of f(x)."""


@dataclass(frozen=True)
class Template:
    """A function that is given by a formula in its parameters, which are not all scalars."""

    symbol: str
    parameters: tuple[Name, ...]
    body: Expression


@dataclass(frozen=True)
class Indexed:
    """An index with the dimension that it runs over, and the number that its values are counted from."""

    index: Index
    start: int = 1


@dataclass(frozen=True)
class Sliced:
    """A family of vectors, the rows of a matrix: ``u_w``, its row w as a column, or as a row where it ``lies``."""

    rows: Expression
    symbol: str
    lies: bool = False


@dataclass(frozen=True)
class FunctionFamily:
    """A function of each level by a formula in one variable; without a letter, one that is read anew at each use."""

    symbol: str
    letter: str
    parameter: Spelling
    body: Syntax


FunctionMeaning = Elementwise | Operation | Template


@dataclass(frozen=True)
class Layered:
    """A family over a level: the weights W_l of each layer, or the values of a recursion."""

    symbol: str
    build: Callable[[Expression], Expression]
    open: bool = True
    """Whether its members are declared alone, so that a write-up may define one."""
    whole: Quantity | None = None
    r"""What its letter means by itself, as in ``W = W_n \cdots W_1``."""


Meaning = Quantity | FunctionMeaning | Indexed | Sliced | Layered | FunctionFamily

USUAL: Mapping[str, Meaning] = {
    r"\sigma": Elementwise(sigma),
    "sigmoid": Elementwise(sigma),
    "tanh": Elementwise(tanh),
    "softplus": Elementwise(softplus),
    "swish": Elementwise(swish),
    "exp": Elementwise(exp),
    "log": Elementwise(log),
    "ln": Elementwise(log),
    "softmax": Operation("softmax", 1, softmax),
    "CE": Operation("CE", 2, cross_entropy),
    "tr": Operation("tr", 1, tr, vectors=False),
    "Tr": Operation("tr", 1, tr, vectors=False),
    "trace": Operation("tr", 1, tr, vectors=False),
    "diag": Operation("diag", 1, diag),
    "vec": Operation("vec", 1, vec, vectors=False),
    "Var": Operation("Var", 1, variance, vectors=False),
    "Cov": Operation("Cov", 2, covariance, vectors=False),
}


@dataclass(frozen=True)
class Named:
    """A meaning with the key of its name in the usual font, and whether it is said by the write-up or its context."""

    plain: str
    meaning: Meaning
    usual: bool = False
    section: tuple[str, ...] | None = None

    @cached_property
    def mentioned(self) -> frozenset[Name]:
        """The names that stand in a quantity."""
        return frozenset(self.meaning.expression.atoms(Name)) if isinstance(self.meaning, Quantity) else frozenset()


@dataclass(frozen=True)
class Scope:
    """The names that are known, with their meanings.

    A name in another font is the same name, unless both are declared.
    """

    names: Mapping[str, Named] = field(
        default_factory=lambda: {key: Named(key, meaning, usual=True) for key, meaning in USUAL.items()}
    )

    @cached_property
    def _by_plain(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, named in self.names.items():
            found.setdefault(named.plain, []).append(key)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The names of several letters."""
        return frozenset(filter(_is_word, self.names))

    @cached_property
    def letters(self) -> frozenset[str]:
        """What stands before a subscript in the names, and the names without one."""
        return frozenset(key.split("_")[0] for key in self.names)

    def find(self, spelling: Spelling) -> Meaning | None:
        """What a name means here, if it means something."""
        named = self.named(spelling)
        return None if named is None else named.meaning

    def named(self, spelling: Spelling) -> Named | None:
        """The entry of a name."""
        key = spelling.key
        found = self.names.get(key)
        if found is not None:
            return found
        others = self._by_plain.get(spelling.plain if spelling.symbol.font else key)
        return self.names[others[0]] if others is not None and len(others) == 1 else None

    def alike(self, spelling: Spelling) -> tuple[str, ...]:
        """The names that a name may be in another font, where there are several."""
        others = self._by_plain.get(spelling.plain, [])
        return tuple(others) if spelling.key not in self.names and len(others) > 1 else ()

    def with_name(self, spelling: Spelling, meaning: Meaning, section: tuple[str, ...] | None = None) -> Scope:
        """The scope with one more name, or with a new meaning of one."""
        return self.with_named({spelling.key: Named(spelling.plain, meaning, section=section)})

    def with_named(self, found: Mapping[str, Named]) -> Scope:
        """The scope with more names, each under its key."""
        if all(self.names.get(key) == named for key, named in found.items()):
            return self
        scope = Scope({**self.names, **found})
        changed = [*found.values(), *(self.names[key] for key in found if key in self.names)]
        if not any(map(_tells_of_others, changed)):
            scope.__dict__.update({fact: self.__dict__[fact] for fact in FACTS if fact in self.__dict__})
        new = {key: named.plain for key, named in found.items() if key not in self.names}
        if all(key in new or self.names[key].plain == named.plain for key, named in found.items()):
            # A write-up with thousands of names is not gone through anew for each of them.
            scope.__dict__["words"] = self.words.union(filter(_is_word, new))
            scope.__dict__["_by_plain"] = by_plain = dict(self._by_plain)
            for key, plain in new.items():
                by_plain[plain] = [*by_plain.get(plain, []), key]
        return scope

    def closed(self, names: Container[Name]) -> Scope:
        """The scope in which these names are not open to be defined."""
        found = dict(self.names)
        for key, named in self.names.items():
            if isinstance(named.meaning, Quantity) and named.meaning.expression in names:
                found[key] = replace(named, meaning=Quantity(named.meaning.expression))
            family = named.meaning if isinstance(named.meaning, Layered) else None
            if family is not None and family.whole is not None and family.whole.expression in names:
                found[key] = replace(named, meaning=replace(family, whole=Quantity(family.whole.expression)))
        return Scope(found)

    def without(self, keys: Iterable[str]) -> Scope:
        """The scope without these names."""
        dropped = frozenset(keys)
        return Scope({key: named for key, named in self.names.items() if key not in dropped})

    @cached_property
    def has_functions_of_levels(self) -> bool:
        """Whether a name is a function of each level."""
        return any(isinstance(named.meaning, FunctionFamily) for named in self.names.values())

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that are known."""
        meanings = [named.meaning for named in self.names.values()]
        found = [meaning.expression for meaning in meanings if isinstance(meaning, Quantity)]
        return tuple(dict.fromkeys(each for each in found if isinstance(each, Dimension)))

    @cached_property
    def from_zero(self) -> frozenset[Expression]:
        """The dimensions whose indices are counted from 0."""
        meanings = [named.meaning for named in self.names.values()]
        return frozenset(each.index.dimension for each in meanings if isinstance(each, Indexed) and each.start == 0)

    @cached_property
    def free_letters(self) -> frozenset[str]:
        """The letters that are indices where they mean nothing: beside a family ``u_w``, any small letter."""
        family = any(isinstance(named.meaning, Sliced) and not named.usual for named in self.names.values())
        return FREE_LETTERS | (frozenset(ascii_lowercase) - {"e"} if family else frozenset())

    @cached_property
    def depths(self) -> tuple[Dimension, ...]:
        """The dimensions that number layers: n, where W_n or its width is known."""
        meanings = [named.meaning for named in self.names.values()]
        found: dict[Dimension, None] = {}
        for meaning in meanings:
            if isinstance(meaning, Quantity):
                leveled = sorted(meaning.expression.atoms(*LEVELED), key=str)
                levels = [each.level for each in leveled if isinstance(each, LEVELED)]
                found |= dict.fromkeys(size for level in levels for size in level.atoms(Dimension))
        return tuple(found)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The names that are known, those of the write-up before the usual ones."""
        own = [key for key, named in self.names.items() if not named.usual]
        return (*own, *(key for key, named in self.names.items() if named.usual))


FACTS = ("has_functions_of_levels", "dimensions", "from_zero", "free_letters", "depths")
"""What a scope says of all of its names, and is found by going through them."""


def _tells_of_others(named: Named) -> bool:
    """Whether what a name means may make a difference to such a fact."""
    match named.meaning:
        case Quantity(expression):
            return isinstance(expression, Dimension) or not kinds(expression).isdisjoint(LEVELED)
        case Elementwise() | Operation() | Template():
            return False
        case _:
            return True


def _is_word(key: str) -> bool:
    return len(key) > 1 and key.isalpha()


def scope_of(names: Iterable[tuple[Spelling, Meaning]]) -> Scope:
    """The usual names, and these."""
    scope = Scope()
    found = dict(scope.names)
    for spelling, meaning in names:
        found[spelling.key] = Named(spelling.plain, meaning)
    return Scope(found)
