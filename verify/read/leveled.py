"""Definitions at every level, such as ``z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}``, where l numbers the layers."""

from __future__ import annotations

from collections.abc import Container

from verify.language import Index, as_expression
from verify.language.layers import Leveled, normal_level
from verify.read.apply import fitting, substituted
from verify.read.conventions import Conventions
from verify.read.definitions import Target
from verify.read.elaborate import elaborate
from verify.read.scope import Indexed, Layered, Scope
from verify.read.subscripts import children
from verify.read.syntax import Group, Scripted, Spelling, Symbol, Syntax


def level_of(left: Target, levels: Container[str]) -> str | None:
    """The index of the level at which a name is defined, if it is one of these."""
    inner = left.name.tag[1:-1]
    return inner if not left.parameters and inner in levels else None


def at_every_level(left: Target, right: Syntax, level: str, scope: Scope, conventions: Conventions) -> Layered:
    """What a name means at each level, by the formula for any of them."""
    index = Index(level, as_expression(0))
    named = Spelling(Symbol(level, "", (), left.name.symbol.at))
    value = elaborate(right, scope.with_name(named, Indexed(index)), conventions).expression
    fitting(value)
    symbol = left.name.symbol.key
    return Layered(symbol, lambda at: Leveled(symbol, normal_level(at), substituted(value, {index: at})), open=False)


def layered_names(node: Syntax) -> frozenset[str]:
    """The letters that carry a superscript in parentheses or brackets."""
    own = node.base.key if isinstance(node, Scripted) and isinstance(node.base, Symbol) else None
    found = frozenset({own}) if own is not None and isinstance(getattr(node, "above", None), Group) else frozenset()
    return found.union(*map(layered_names, children(node)))
