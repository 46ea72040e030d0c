"""How far the steps of a recursion reach: which levels a value can depend on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from verify import language as said
from verify.language import Expression
from verify.language.arithmetic import Node
from verify.language.binders import Bound
from verify.language.layers import Ascending, Descending, Leveled, Member, Recursive, Step, System, Width, difference


def is_causal(recursion: Recursive) -> bool:
    """Whether each step names no level above its own, so that a value depends on the levels up to its own only."""
    offsets = [offset for reached in _reached_by(recursion.system) for _, offset in reached]
    return all(offset is not None and offset <= 0 for offset in offsets)


def is_strict(recursion: Recursive) -> bool:
    """Whether each step names values of its system below its own level only, so that those of one level are apart."""
    symbols = recursion.system.symbols
    members = [
        offset
        for reached in _reached_by(recursion.system)
        for node, offset in reached
        if isinstance(node, Member) and node.symbol in symbols
    ]
    below = all(offset is not None and offset < 0 for offset in members)
    return below and not any(step.body.atoms(Recursive) for step in recursion.system.steps)


def is_layered(recursion: Recursive) -> bool:
    """Whether each step names its own level, and the value just before, alone.

    Then all that lies above a level depends on what lies below through the value of that level only.
    """
    symbols = recursion.system.symbols
    if len(symbols) != 1 or any(step.body.atoms(Recursive) for step in recursion.system.steps):
        return False
    for reached in _reached_by(recursion.system):
        for node, offset in reached:
            own = isinstance(node, Member) and node.symbol in symbols
            if not isinstance(node, Width) and offset != (-1 if own else 0):
                return False
    return True


@lru_cache(maxsize=256)
def _reached_by(system: System) -> tuple[tuple[tuple[Node, int | None], ...], ...]:
    """What each step of a system names of levels: asked for every value of a network, and the same for all of them."""
    return tuple(tuple(_reached(step)) for step in system.steps)


def _reached(step: Step) -> Iterator[tuple[Node, int | None]]:
    """What a step names of levels, and how far above its own each is; nothing for a level of another kind."""
    body = step.body
    leveled: list[Width | Member | Leveled | Recursive] = [*body.atoms(Width), *body.atoms(Member)]
    leveled += [*body.atoms(Leveled), *body.atoms(Recursive)]
    for node in leveled:
        yield node, _offset(node.level)
    for product in (*body.atoms(Descending), *body.atoms(Ascending)):
        yield product, None


def _offset(level: Expression) -> int | None:
    """How far a level is above the one that a step binds, whose index has no dimension of its own."""
    parts, constant = difference(level, said.Number(0))
    own = len(parts) == 1 and isinstance(parts[0][0], Bound) and parts[0][0].dimension == said.Number(0)
    return int(constant) if own and parts[0][1] == 1 and constant.denominator == 1 else None
