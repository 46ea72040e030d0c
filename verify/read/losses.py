r"""Losses of which nothing is said: J in ``\frac{\partial J}{\partial W}`` and in ``\nabla_x J``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verify.read.differential import differential
from verify.read.errors import ReadError
from verify.read.scope import Scope
from verify.read.subscripts import children
from verify.read.syntax import Fraction, Juxtaposed, Scripted, Spelling, Symbol, Syntax, spelling

LOSSES = frozenset({"J", "L", "E", "C", r"\mathcal{L}", r"\mathcal{J}", r"\mathcal{E}", r"\mathscr{L}", r"\ell"})
NABLA = r"\nabla"


@dataclass(frozen=True)
class Loss:
    """A letter for a loss, and what it is derived by."""

    name: Spelling
    variables: tuple[Syntax, ...]


def losses(sides: Sequence[Syntax], scope: Scope) -> list[Loss]:
    """The letters for a loss that are derived in a statement and mean nothing yet."""
    found: dict[str, Loss] = {}
    for name, variables in _derived(sides):
        if name.key in LOSSES and scope.find(name) is None:
            before = found[name.key].variables if name.key in found else ()
            found[name.key] = Loss(name, (*before, *variables))
    return list(found.values())


def _derived(sides: Sequence[Syntax]) -> Iterator[tuple[Spelling, tuple[Syntax, ...]]]:
    """The names that are derived, with what they are derived by."""
    stack = list(sides)
    while stack:
        node = stack.pop()
        stack.extend(children(node))
        if isinstance(node, Fraction):
            yield from _in_fraction(node)
        if isinstance(node, Juxtaposed):
            for part, after in pairwise(node.parts):
                name = spelling(after)
                if name is not None and isinstance(part, Scripted) and _is_nabla(part):
                    yield name, part.below


def _in_fraction(node: Fraction) -> Iterator[tuple[Spelling, tuple[Syntax, ...]]]:
    """The name that is derived in a fraction."""
    try:
        found = differential(node.above, node.below, node.at)
    except ReadError:
        return
    name = spelling(found.quantity[0]) if found is not None and len(found.quantity) == 1 else None
    if found is not None and name is not None:
        yield name, found.variables


def _is_nabla(part: Scripted) -> bool:
    return isinstance(part.base, Symbol) and part.base.letter == NABLA and len(part.below) == 1
