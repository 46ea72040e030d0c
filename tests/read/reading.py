"""What the tests of the reader share: formulas read in a context, and the scope that an expression needs."""

from collections.abc import Iterable

from verify.language import (
    Defined,
    Dependent,
    Dimension,
    Expression,
    Index,
    Name,
    Opaque,
)
from verify.read.elaborate import elaborate
from verify.read.parse import parse
from verify.read.scope import Elementwise, Indexed, Meaning, Quantity, Scope, scope_of
from verify.read.syntax import Spelling, spelling
from verify.read.tokens import tokenize


def name(text: str) -> Spelling:
    found = spelling(parse(tokenize(text)))
    assert found is not None, f"{text} is no name"
    return found


def expression(text: str, scope: Scope, **told: Expression) -> Expression:
    return elaborate(parse(tokenize(text), scope.words), scope, fallback=told).expression


def scope_for(expressions: Iterable[Expression]) -> Scope:
    """The names that stand in expressions, with the meanings that they have there."""
    names: dict[str, Meaning] = {}
    for each in expressions:
        for node in sorted(each.atoms(Name, Dimension, Dependent, Opaque, Defined, Index), key=str):
            match node:
                case Opaque():
                    names[node.symbol] = Elementwise(node)
                case Index():
                    names[node.symbol] = Indexed(node)
                case Name() | Dimension() | Dependent() | Defined(arguments=()):
                    names[node.symbol] = Quantity(node)
    return scope_of((name(symbol), meaning) for symbol, meaning in names.items())
