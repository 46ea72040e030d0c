"""Whether two sides agree at random rational points, evaluated directly from their trees."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np
from flint import ctx

from tests.fuzz.balls import Balls
from tests.outside.values import Cannot, Place
from verify.language import Expression, Index, Link, Name

BITS = 256
# A ball that is no larger tells something.
SMALL = 2.0**-60


def differences(link: Link, random: Random, sizes: tuple[int, ...], points: int) -> Iterator[str | None]:
    """For each point at which both sides are defined: where they differ for certain, or nothing."""
    ctx.prec = BITS
    assert isinstance(link.right, Expression)
    names = sorted(link.left.atoms(Name) | link.right.atoms(Name), key=str)
    free = sorted({each.symbol for side in (link.left, link.right) for each in side.atoms(Index)})
    for size, _ in product(sizes, range(points)):
        held: dict[Expression, Any] = {name: _drawn(name, size, random) for name in names}
        for values in product(range(1, size + 1), repeat=len(free)):
            here = Place(Balls(), {"n": size}, held, dict(zip(free, values, strict=True)))
            try:
                difference = here.scalar(link.left).item() - here.scalar(link.right).item()
            except Cannot:
                continue
            if difference.is_finite() and (difference.rad() < SMALL or not difference.contains(0)):
                at = f"n = {size}, {here.indices}, {[(str(name), held[name]) for name in names]}"
                yield None if difference.contains(0) else f"{at}: left minus right is {difference}"


def _drawn(name: Name, size: int, random: Random) -> object:
    numbers = Balls()
    axes = tuple(1 if str(axis) == "1" else size for axis in name.declared)
    array = np.empty(axes, dtype=object)
    for place in np.ndindex(axes):
        array[place] = numbers.number(Fraction(random.randint(-12, 12), random.randint(6, 8))).item()
    return array
