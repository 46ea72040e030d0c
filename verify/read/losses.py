r"""Losses of which nothing is said: J in ``\frac{\partial J}{\partial W}``."""

from __future__ import annotations

from collections.abc import Sequence

from verify.read.differential import differential
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.scope import Scope
from verify.read.subscripts import children
from verify.read.syntax import Fraction, Spelling, Syntax, spelling
from verify.read.tokens import Token

LOSSES = frozenset({"J", "L", "E", r"\mathcal{L}", r"\mathcal{J}"})


def losses(sides: Sequence[Sequence[Token]], scope: Scope) -> list[Spelling]:
    """The letters for a loss that are derived in a statement and mean nothing yet."""
    found: dict[str, Spelling] = {}
    for side in sides:
        try:
            stack: list[Syntax] = [parse(side, scope.words)] if side else []
        except ReadError:
            continue
        while stack:
            node = stack.pop()
            stack.extend(children(node))
            name = _derived(node) if isinstance(node, Fraction) else None
            if name is not None and name.key in LOSSES and scope.find(name) is None:
                found[name.key] = name
    return list(found.values())


def _derived(node: Fraction) -> Spelling | None:
    """The name that is derived in a fraction."""
    try:
        found = differential(node.above, node.below, node.at)
    except ReadError:
        return None
    return spelling(found.quantity[0]) if found is not None and len(found.quantity) == 1 else None
