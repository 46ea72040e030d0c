r"""Functions without an argument: ``\sigma \in (0, 1)`` and ``\sigma' = \sigma(1 - \sigma)`` hold for all arguments."""

from __future__ import annotations

from dataclasses import replace

from verify.language import Primitive
from verify.read.scope import Elementwise, Scope
from verify.read.source import Span
from verify.read.subscripts import children
from verify.read.syntax import (
    Fraction,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
)

LETTERS = ("x", "z", "t", "s")


def argument_for(scope: Scope) -> Spelling | None:
    """A letter for the argument, which means nothing else."""
    free = [letter for letter in LETTERS if letter not in scope.names]
    return Spelling(Symbol(free[0], "", (), Span(0, 0))) if free else None


def at_argument(node: Syntax, scope: Scope, argument: Symbol) -> Syntax | None:
    r"""A formula of functions and numbers alone, each function at one argument; nothing for any other formula.

    In ``\sigma(1 - \sigma)`` the first function has no argument either, since it stands in the parentheses.
    """
    match node:
        case Numeral():
            return node
        case Symbol() | Scripted():
            return _product((node,), scope, argument, node.at)
        case Juxtaposed(parts=parts):
            return _product(parts, scope, argument, node.at)
        case Signed():
            terms = [(sign, at_argument(term, scope, argument)) for sign, term in node.terms]
            kept = tuple((sign, term) for sign, term in terms if term is not None)
            return replace(node, terms=kept) if len(kept) == len(terms) else None
        case Joined():
            found = [each for factor in node.factors if (each := at_argument(factor, scope, argument)) is not None]
            return replace(node, factors=tuple(found)) if len(found) == len(node.factors) else None
        case Group(items=(inner,)):
            within = at_argument(inner, scope, argument)
            return None if within is None else replace(node, items=(within,))
        case Fraction():
            above, below = at_argument(node.above, scope, argument), at_argument(node.below, scope, argument)
            return None if above is None or below is None else replace(node, above=above, below=below)
        case _:
            return None


def _product(parts: tuple[Syntax, ...], scope: Scope, argument: Symbol, at: Span) -> Syntax | None:
    found: list[Syntax] = []
    for position, part in enumerate(parts):
        after = parts[position + 1] if position + 1 < len(parts) else None
        if isinstance(part, Symbol | Scripted) and (base := _function(part, scope)) is not None:
            if _is_group(after) and after is not None and not _holds(after, base):
                return None
            found += [part, Group("(", (argument,), ")", argument.at)]
            continue
        inner = _held(part, scope, argument)
        if inner is None:
            return None
        found.append(inner)
    return found[0] if len(found) == 1 else Juxtaposed(tuple(found), at)


def _held(part: Syntax, scope: Scope, argument: Symbol) -> Syntax | None:
    """Parentheses or a number, perhaps with a power, each function in them at the argument."""
    if isinstance(part, Scripted):
        inner = None if part.below or part.primes or _is_odd(part.above) else _held(part.base, scope, argument)
        return None if inner is None else replace(part, base=inner)
    return None if isinstance(part, Symbol | Juxtaposed) else at_argument(part, scope, argument)


def _function(part: Symbol | Scripted, scope: Scope) -> Symbol | None:
    """The letter of a function with a formula of its own, or of any function, with primes and a power at most."""
    base = part.base if isinstance(part, Scripted) else part
    if not isinstance(base, Symbol) or (isinstance(part, Scripted) and (part.below or _is_odd(part.above))):
        return None
    meaning = scope.find(Spelling(base))
    plain = isinstance(meaning, Elementwise) and not isinstance(meaning.function, Primitive)
    return base if plain else None


def _is_odd(above: Syntax | None) -> bool:
    return above is not None and not isinstance(above, Numeral)


def _is_group(node: Syntax | None) -> bool:
    return isinstance(node, Group) or (isinstance(node, Scripted) and isinstance(node.base, Group))


def _holds(node: Syntax, symbol: Symbol) -> bool:
    return (isinstance(node, Symbol) and node.key == symbol.key) or any(_holds(each, symbol) for each in children(node))
