"""Whether two nodes are equal for all sizes, by the sizes that :mod:`verify.recheck.sizes` counts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any

from verify.recheck.expected import Expected
from verify.recheck.hidden import Hidden
from verify.recheck.instance import Instance
from verify.recheck.largest import Largest
from verify.recheck.sizes import largest_sizes
from verify.recheck.spread import Beyond, Spread
from verify.recheck.stated import Stated
from verify.recheck.table import Index, Undefined, frozen

SEEDS, MANY_INSTANCES = 2, 6000


def equal_for_all_sizes(stated: Stated, left: int, right: int) -> bool:
    """Whether two nodes of a statement's table are shown to be equal, for all sizes and values of its free indices."""
    if any(node[0] == "max" for node in stated.nodes):
        largest = Largest(stated)
        left, right = largest.place(left), largest.place(right)
    spread = Spread(stated.nodes, stated.meanings, positive := frozen(stated.record["positive"]))
    if _are_equal_in(stated, spread, left, right):
        return True
    roots = spread.wanted
    return bool(roots) and _are_equal_in(stated, Spread(stated.nodes, stated.meanings, positive, roots), left, right)


def _are_equal_in(stated: Stated, spread: Spread, left: int, right: int) -> bool:
    """Whether two nodes are shown to be equal as they are when written anew."""
    random = stated.record["random"]
    try:
        sides = spread.place(left), spread.place(right)
        moments = [(kind, of, at, spread.place(place)) for kind, of, at, place in frozen(random["moments"])]
    except Beyond:
        return False
    variables = frozenset(frozen(random["variables"]))
    tables = (Hidden(spread.nodes, stated.summing, variables, shares=each) for each in (False, True))
    return any(_are_equal(stated, hidden, sides, moments) for hidden in tables)


def _are_equal(stated: Stated, hidden: Hidden, written: tuple[int, int], moments: list[Any]) -> bool:
    sides = hidden.place(written[0]), hidden.place(written[1])
    given: dict[Any, list[Any]] = {}
    for kind, variable, at, place in moments:
        given.setdefault(variable, []).append((kind, at, hidden.place(place)))
    free = dict.fromkeys(index for side in sides for index in hidden.table.free[side])
    indices = tuple(dict.fromkeys((*stated.indices, *free))) if stated.related else tuple(free)
    try:
        largest = largest_sizes(hidden.table, *sides, indices, stated.dimensions, given, stated.numbers())
    except Beyond:
        return False
    if prod(largest.values()) > MANY_INSTANCES:
        return False
    instances = 0
    for chosen in product(*(range(1, each + 1) for each in largest.values())):
        sizes = dict(zip(largest, chosen, strict=True))
        for seed in range(SEEDS):
            here = Instance(
                hidden.table, sizes, Expected(seed, stated.totals, stated.mirrored, stated.record["random"], given)
            )
            try:
                places = list(stated.places(sizes, indices))
            except Undefined:
                return False
            instances += len(places)
            if instances > MANY_INSTANCES or not all(agree(sides, here, values) for values in places):
                return False
    return instances > 0


def agree(sides: tuple[int, int], here: Instance, values: Mapping[Index, int]) -> bool:
    """Whether both sides have the same value at an instance."""
    try:
        left, right = (here.of(side, values) for side in sides)
    except Undefined:
        return False
    return bool(left == right)
