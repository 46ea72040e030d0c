"""A statement at some instances, where it is not proved again: what is false is rejected if it fails at one of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from flint import arb

from verify.recheck.identity import agree
from verify.recheck.instance import Instance, Residues
from verify.recheck.outcome import Outcome
from verify.recheck.points import SIMPLE, may_hold, real_numbers
from verify.recheck.stated import Stated
from verify.recheck.table import Index, Undefined

FEW, ENOUGH, LARGEST = 16, 12, 50


def tested(stated: Stated) -> Outcome:
    """Both sides at some instances: modulo a prime, or else in balls."""
    outcomes = [_at(stated, sizes) for sizes in _sizes(stated)]
    if Outcome.REJECTED in outcomes:
        return Outcome.REJECTED
    # Where every dimension is 1 many a false statement holds.
    return Outcome.TESTED if Outcome.TESTED in outcomes[1:] or outcomes == [Outcome.TESTED] else Outcome.LEFT


def _sizes(stated: Stated) -> list[dict[str, int]]:
    names, least = stated.dimensions, dict(stated.record["least"])
    orders = [[1] * len(names), [2] * len(names), [3 - place % 2 for place in range(len(names))]]
    if any(bound > LARGEST for bound in least.values()):
        return []
    tried = [{n: max(size, least.get(n, 1)) for n, size in zip(names, order, strict=True)} for order in orders]
    return [sizes for place, sizes in enumerate(tried) if sizes not in tried[:place]]


def _at(stated: Stated, sizes: Mapping[str, int]) -> Outcome:
    """What some instances at these sizes say. Residues that differ say nothing: a logarithm has one of its own."""
    residues = Instance(stated.table, sizes, Residues(0, stated.totals, stated.mirrored))
    try:
        chosen = list(islice(stated.places(sizes), FEW))
    except Undefined:
        return Outcome.LEFT
    if (
        stated.plain
        and stated.is_equation
        and chosen
        and all(agree(stated.sides, residues, values) for values in chosen)
    ):
        return Outcome.TESTED
    clear: set[int] = set()
    for seed in range(FEW):
        if len(clear) >= ENOUGH:
            break
        try:
            balls = Instance(stated.table, sizes, real_numbers(stated, sizes, seed))
        except Undefined:
            continue
        for values in chosen:
            try:
                require_defined(stated, balls, values)
                if not may_hold(stated, balls):
                    continue
                holds = is_true(stated, balls, values)
            except Undefined:
                continue
            if holds is False:
                return Outcome.REJECTED
            if holds and seed >= SIMPLE:
                clear.add(seed)
    return Outcome.TESTED if clear else Outcome.LEFT


def require_defined(stated: Stated, here: Instance, values: Mapping[Index, int]) -> None:
    """Evaluate all that may be undefined, for all values of what is bound; raises :class:`Undefined`."""
    for place in stated.record["defined"]:
        bound = tuple(each for each in stated.table.free[place] if each not in values)
        here.all_of(bound, place, values)


def is_true(stated: Stated, here: Instance, values: Mapping[Index, int]) -> bool | None:
    """What balls say of the statement at a point: nothing if they are too wide to tell."""
    if stated.is_equation:
        left, right = (here.of(side, values) for side in stated.sides)
        return False if not (left - right).contains(0) else True if (left - right).rad() < 2.0**-64 else None
    told = [_is_beyond(here.of(each.place, values), strict=each.strict) for each in stated.distances]
    return False if False in told else None if None in told else True


def _is_beyond(distance: arb, *, strict: bool) -> bool | None:
    """Whether a distance is positive, or at least 0; nothing if that is not clear."""
    if distance > 0 or (distance >= 0 and not strict):
        return True
    return False if distance < 0 or (distance == 0 and strict) else None
