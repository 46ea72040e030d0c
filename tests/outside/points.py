"""Points at which a claim is judged from outside: those of the sampler, which meet the hypotheses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from random import Random

import numpy as np

from verify.language import Expression, Index, Interval, Link, Name, Relation
from verify.language.depth import is_too_large
from verify.language.unfold import at_depths, depth_of, sides_of
from verify.sample.given import met
from verify.sample.points import Ground, drawn, unfit
from verify.sample.scope import run_of
from verify.sample.tensor import Outside, Unsampled

DEEPEST = 2
TRIES = 16


@dataclass(frozen=True)
class Drawn:
    """An equation with sizes, values of its free indices, and inputs."""

    link: Link
    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    inputs: Mapping[Name, np.ndarray]


def plain(link: Link) -> Iterator[Link]:
    """The equation, or those that it is at depths 1 and 2."""
    if link.relation is not Relation.EQUAL or isinstance(link.right, tuple | Interval):
        return
    depth = depth_of(link)
    if not depth:
        yield link
        return
    for deep, levels in groupby(at_depths(link, depth, DEEPEST), key=lambda each: max(each[0].values())):
        for _, instance in levels:
            if deep == 1 or not any(map(is_too_large, sides_of(instance))):
                yield instance


def points(link: Link, seed: str) -> Iterator[Drawn]:
    """Points of a plain equation, at sizes from 1 to 4; without hypotheses off the sampler's grid."""
    if unfit(link) is not None:
        return
    random, plain_ground = Random(seed), Ground.of(link)  # noqa: S311 - no secret
    # Size 1 hides most mistakes: every other point is at sizes from 2.
    larger = Ground.of(link, dict.fromkeys(plain_ground.dimensions, 2))
    for attempt in range(TRIES):
        ground = plain_ground if attempt % 2 else larger
        try:
            point = met(drawn(ground, random.randbytes(ground.bytes_needed())), link.given)
        except (Unsampled, Outside):
            continue
        if point is None:
            continue
        inputs = {name: _floats(array) for name, array in point.inputs.items()}
        if not link.given:
            inputs = {name: array + random.uniform(-1 / 16, 1 / 16) for name, array in inputs.items()}
        for _ in range(4):
            chosen = {
                index: point.pinned.get(index) or random.choice(_values(index, point.sizes)) for index in ground.indices
            }
            if _meant(link, chosen):
                yield Drawn(link, point.sizes, {index.symbol: value for index, value in chosen.items()}, inputs)
                break


def _values(index: Index, sizes: Mapping[str, int]) -> range:
    first, count = run_of(index.dimension, sizes)
    return range(first, first + count)


def _floats(array: np.ndarray) -> np.ndarray:
    flat = [float(Fraction(each)) if isinstance(each, int | Fraction) else float(each) for each in array.reshape(-1)]
    return np.array(flat, dtype=np.float64).reshape(array.shape)


def _meant(link: Link, chosen: Mapping[Index, int]) -> bool:
    """Whether what is given of free indices holds for these values."""
    for each in link.given:
        if isinstance(each.left, Index) and isinstance(each.right, Expression):
            right = chosen.get(each.right) if isinstance(each.right, Index) else int(getattr(each.right, "value", 0))
            same = chosen.get(each.left) == right
            if each.relation in (Relation.EQUAL, Relation.DISTINCT) and same != (each.relation is Relation.EQUAL):
                return False
    return True
