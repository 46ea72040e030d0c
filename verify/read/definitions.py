r"""Definitions: what ``y = …``, ``f(x) = …`` and ``s_i = …`` introduce."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verify.language import Argument, Defined, Expression, Formula, Index, Name
from verify.language.binders import Array
from verify.language.shape import is_scalar
from verify.read.apply import bound, fitting, free_indices, substituted
from verify.read.differential import MARKS
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS
from verify.read.respelled import ALL
from verify.read.scope import Elementwise, Meaning, Quantity, Scope, Template
from verify.read.subscripts import children, labels
from verify.read.syntax import Group, Juxtaposed, Numeral, Scripted, Spelling, Symbol, Syntax, spelling

VARIANCES = frozenset({r"\sigma", "s"})
SQUARE = "2"


@dataclass(frozen=True)
class Target:
    """What a definition defines: a name, a function of parameters, or a tensor by its entries."""

    name: Spelling
    symbol: str
    parameters: tuple[Spelling, ...] = ()
    entries: tuple[str, ...] = ()
    subscripts: int = 0

    def scope(self, scope: Scope) -> Scope:
        """The scope in which the right side is to be read: parameters that mean nothing yet are scalars."""
        for parameter in self.parameters:
            if not isinstance(scope.find(parameter), Quantity):
                scope = scope.with_name(parameter, Quantity(Name(parameter.key), open=True))
        return scope


def target(node: Syntax, symbol: str) -> Target | None:
    """What the left side of a definition would define, whether or not it is defined already."""
    name = spelling(node) or square(node)
    if name is not None:
        if name.symbol.letter in MARKS - {"d"} or ALL in name.below:
            return None
        if name.tag == SQUARE:
            return Target(name, name.key)
        entries, many = _entries(node), _subscripts(node)
        if entries:
            return Target(Spelling(name.symbol, name.primes, "", name.tag), name.symbol.key, (), entries, many)
        return Target(name, symbol, subscripts=many)
    match node:
        case Juxtaposed(parts=(Symbol() | Scripted() as head, Group(opened="(") as group)):
            function, parameters = spelling(head), [spelling(item) for item in group.items]
            plain = [each for each in parameters if each is not None and not each.tag]
            if function is None or function.primes or len(plain) < len(parameters):
                return None
            return Target(function, function.key, tuple(plain))
        case _:
            return None


def by_level(what: Target, is_level: Callable[[str], bool]) -> Target:
    """A target whose subscript stands for a level, though it is no usual letter for an index: ``h_t``."""
    letter = what.name.below
    if what.parameters or what.entries or what.name.tag or not letter or not is_level(letter):
        return what
    return Target(Spelling(what.name.symbol, what.name.primes), what.name.symbol.key, (), (letter,), 1)


def square(node: Syntax) -> Spelling | None:
    r"""The name of a variance, which is written as a square: ``\sigma^2``, ``\sigma_B^2``, ``s^2``."""
    match node:
        case Scripted(base=Symbol(letter=letter), above=Numeral(text="2"), primes=0) if letter in VARIANCES:
            plain = spelling(Scripted(node.base, node.below, None, 0, node.at))
            return None if plain is None else Spelling(plain.symbol, 0, plain.below, SQUARE)
        case _:
            return None


def _subscripts(node: Syntax) -> int:
    return len(labels(node.below) or node.below) if isinstance(node, Scripted) else 0


def _entries(node: Syntax) -> tuple[str, ...]:
    """The indices of a name whose subscripts are all letters for indices."""
    found = labels(node.below) if isinstance(node, Scripted) else None
    names = tuple(label.name for label in found or () if label.number is None)
    indices = all(name.rstrip("'") in FREE_LETTERS for name in names) and len(set(names)) == len(names)
    return names if found and len(names) == len(found) and indices else ()


def defined(what: Target, value: Expression, scope: Scope, offset: int) -> Meaning:
    """The meaning that a definition gives; ``scope`` is that of its right side.

    Raises :class:`ReadError` where the right side has an index that the left side has not.
    """
    found = {index.symbol: index for index in free_indices(value)}
    lost = [name for name in found if name not in what.entries and not _is_declared(name, scope)]
    if lost:
        raise ReadError(f"the index {lost[0]} stands on the right side alone", offset)
    if what.parameters:
        return _function(what, value, scope)
    if not what.entries:
        return Quantity(Defined(what.symbol, value))
    missing = [name for name in what.entries if name not in found]
    if missing:
        raise ReadError(f"the index {missing[0]} stands on the left side alone", offset)
    if not is_scalar(fitting(value)) or len(what.entries) > 2:
        raise ReadError("a tensor is defined by its entries in one or two indices", offset)
    indices: list[Index] = [found[name] for name in what.entries]
    return Quantity(Defined(what.symbol, bound(Array, value, *indices)))


def _is_declared(name: str, scope: Scope) -> bool:
    return name in scope.names


def _function(what: Target, value: Expression, scope: Scope) -> Meaning:
    parameters = [_parameter(each, scope) for each in what.parameters]
    if len(parameters) == 1 and not fitting(parameters[0]) and is_scalar(fitting(value)):
        return Elementwise(Formula(what.symbol, substituted(value, {parameters[0]: Argument()})))
    return Template(what.symbol, tuple(parameters), value)


def _parameter(parameter: Spelling, scope: Scope) -> Name:
    meaning = scope.find(parameter)
    if isinstance(meaning, Quantity) and isinstance(meaning.expression, Name):
        return meaning.expression
    raise ReadError(f"{parameter.key} is no plain variable", parameter.symbol.at.start, expected="a variable")


def names_in(node: Syntax) -> frozenset[str]:
    """The keys of all names that a formula may mention."""
    found: set[str] = set()
    stack: list[Syntax] = [node]
    while stack:
        each = stack.pop()
        name = spelling(each)
        if name is not None:
            found |= {name.key, name.plain}
        stack.extend(children(each))
    return frozenset(found)


def used_in(node: Syntax) -> frozenset[str]:
    """The keys of the names that a formula may mention, but for those in subscripts."""
    found: set[str] = set()
    stack: list[Syntax] = [node]
    while stack:
        each = stack.pop()
        name = spelling(each)
        if name is not None:
            found |= {name.key, name.plain}
        below = each.below if isinstance(each, Scripted) else ()
        stack.extend(child for child in children(each) if all(child is not label for label in below))
    return frozenset(found)
