"""Whether an inequality holds at a point, or a value lies in an interval: in ball arithmetic, never in floats.

Floats round e^x / (e^x + e^y) to 1. A ball says for certain on which side a value lies, or does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import numpy as np
from flint import arb

from verify.language.link import Interval, Link, Relation
from verify.sample.balls import Balls, precision
from verify.sample.compare import NotDefined, Separated, Told, Untold, compared, separated
from verify.sample.given import ends
from verify.sample.points import Point
from verify.sample.tensor import TooLarge

BITS = 400


def ordered(link: Link, point: Point) -> Told | Separated | NotDefined | Untold:
    """Whether no ball lies on the wrong side at a point."""
    defined = False
    with precision(BITS):
        for each in _bounds(link):
            assert not isinstance(each.right, tuple | Interval)
            try:
                comparison, left, right = compared(each, each.right, point, Balls)
            except TooLarge as reason:
                return Untold(str(reason))
            apart = left - right
            assert isinstance(apart, Balls)
            shape = comparison.outside.shape
            spread: list[arb] = np.broadcast_to(apart.array, shape).ravel().tolist()
            wrong = np.array([_wrong(each.relation, ball) for ball in spread], dtype=bool).reshape(shape)
            wrong &= ~comparison.outside
            if wrong.any():
                return separated(point, wrong, left, right)
            defined |= not comparison.outside.all()
    return Told(0.0) if defined else NotDefined()


def _bounds(link: Link) -> Iterator[Link]:
    if link.relation is Relation.MEMBER:
        yield from ends(link)
    else:
        yield link


def _wrong(relation: Relation, apart: arb) -> bool:
    """Whether left minus right certainly has the wrong sign; an exact zero is on the wrong side of a strict bound."""
    match relation:
        case Relation.LESS:
            return bool(apart >= 0)
        case Relation.AT_MOST:
            return bool(apart > 0)
        case Relation.GREATER:
            return bool(apart <= 0)
        case Relation.AT_LEAST:
            return bool(apart < 0)
        case (
            Relation.EQUAL
            | Relation.MEMBER
            | Relation.TENDS
            | Relation.SHAPE
            | Relation.DISTINCT
            | Relation.INDEPENDENT
            | Relation.RANDOM
        ):
            raise AssertionError(f"{relation} is no bound")
        case _:
            assert_never(relation)
