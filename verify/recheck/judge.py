"""A second judge of what was proved or refuted, from the certificate alone and without a normal form.

A proof is *re-decided* if instances of the sizes that :mod:`verify.recheck.sizes` counts agree; where that does
not apply it is *re-tested*, at some instances. A refutation is re-decided by its witness: hypotheses hold
there, both sides are defined, and their values differ for certain. An induction is what its parts are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any

from flint import ctx

from verify.recheck.chance import lots_of, meet
from verify.recheck.instance import Instance, Residues, Undefined
from verify.recheck.points import inequalities_hold, may_hold, real_numbers
from verify.recheck.real import Balls, Entry, Exact
from verify.recheck.sizes import Beyond, is_opaque, largest_sizes
from verify.recheck.stated import Stated
from verify.recheck.table import Index, frozen, size_of

FORMAT = "gradproof.certificate/1"
SEEDS, MANY_INSTANCES, FEW, ENOUGH, BITS = 2, 1500, 12, 6, 256


class Outcome(StrEnum):
    """What the second judge says of a certificate."""

    DECIDED = "re-decided"
    TESTED = "re-tested"
    LEFT = "not tested"
    REJECTED = "rejected"

    @property
    def decided(self) -> bool:
        """Whether that is a proof again."""
        return self is Outcome.DECIDED

    @property
    def accepted(self) -> bool:
        """Whether the second judge agrees, by a proof or by instances."""
        return self in (Outcome.DECIDED, Outcome.TESTED)


ORDER = list(Outcome)


def recheck(certificate: Mapping[str, Any]) -> Outcome:
    """What the second judge says of a certificate; raises :class:`ValueError` or :class:`KeyError` for what is none."""
    ctx.prec = BITS
    if certificate["format"] != FORMAT:
        raise ValueError(f"the format {certificate['format']!r}; expected {FORMAT}")
    if "parts" in certificate:
        return max((recheck(part) for part in certificate["parts"]), key=ORDER.index, default=Outcome.LEFT)
    stated = Stated(certificate["statement"])
    if certificate["verdict"] == "refuted":
        return _witnessed(stated, certificate["witness"])
    if stated.plain and _holds_for_all_sizes(stated):
        return Outcome.DECIDED
    return _tested(stated)


def _holds_for_all_sizes(stated: Stated) -> bool:
    table = stated.spread
    try:
        largest = largest_sizes(table, *stated.spread_sides, stated.indices, stated.dimensions)
    except Beyond:
        return False
    if prod(largest.values()) > MANY_INSTANCES:
        return False
    instances, opaque = 0, frozenset(place for place in range(len(table.nodes)) if is_opaque(table, place))
    for chosen in product(*(range(1, each + 1) for each in largest.values())):
        sizes = dict(zip(largest, chosen, strict=True))
        for seed in range(SEEDS):
            here = Instance(table, sizes, Residues(seed, stated.totals, stated.mirrored), opaque)
            for values in stated.places(sizes):
                instances += 1
                if instances > MANY_INSTANCES or not _agree(stated.spread_sides, here, values):
                    return False
    return instances > 0


def _agree(sides: tuple[int, int], here: Instance, values: Mapping[Index, int]) -> bool:
    try:
        left, right = (here.of(side, values) for side in sides)
    except Undefined:
        return False
    return bool(left == right)


def _tested(stated: Stated) -> Outcome:
    """Both sides at some instances: modulo a prime, or else in balls."""
    outcomes = [_at(stated, sizes) for sizes in _sizes(stated)]
    if Outcome.REJECTED in outcomes:
        return Outcome.REJECTED
    # Where every dimension is 1 many a false statement holds.
    return Outcome.TESTED if Outcome.TESTED in outcomes[1:] or outcomes == [Outcome.TESTED] else Outcome.LEFT


def _sizes(stated: Stated) -> list[dict[str, int]]:
    names, least = stated.dimensions, dict(stated.record["least"])
    orders = [[1] * len(names), [2] * len(names), [3 - place % 2 for place in range(len(names))]]
    tried = [{n: max(size, least.get(n, 1)) for n, size in zip(names, order, strict=True)} for order in orders]
    return [sizes for place, sizes in enumerate(tried) if sizes not in tried[:place]]


def _at(stated: Stated, sizes: Mapping[str, int]) -> Outcome:
    """What some instances at these sizes say. Residues that differ say nothing: a logarithm has one of its own."""
    residues = Instance(stated.table, sizes, Residues(0, stated.totals, stated.mirrored))
    chosen = list(islice(stated.places(sizes), FEW))
    if stated.plain and chosen and all(_agree(stated.sides, residues, values) for values in chosen):
        return Outcome.TESTED
    tested: set[int] = set()
    for seed in range(FEW):
        if len(tested) >= ENOUGH:
            break
        try:
            balls = Instance(stated.table, sizes, real_numbers(stated, sizes, seed))
        except Undefined:
            continue
        for values in chosen:
            try:
                _require_defined(stated, balls, values)
                if not may_hold(stated, balls):
                    continue
                difference = balls.of(stated.sides[0], values) - balls.of(stated.sides[1], values)
            except Undefined:
                continue
            if not difference.contains(0):
                return Outcome.REJECTED
            if difference.rad() < 2.0**-64:
                tested.add(seed)
    return Outcome.TESTED if tested else Outcome.LEFT


def _require_defined(stated: Stated, here: Instance, values: Mapping[Index, int]) -> None:
    """Evaluate all that may be undefined, for all values of what is bound; raises :class:`Undefined`."""
    for place in stated.record["defined"]:
        bound = tuple(each for each in stated.table.free[place] if each not in values)
        here.all_of(bound, place, values)


def _witnessed(stated: Stated, witness: Mapping[str, Any]) -> Outcome:
    """Whether the hypotheses hold at the witness, and the sides are defined and differ there."""
    sizes = witness["sizes"]
    values = {index: witness["indices"][index[1]] for index in stated.indices}

    def entry(variable: Any, own: tuple[int, ...]) -> Fraction:
        return _entry(witness["inputs"].get(variable[0]), [size_of(axis, sizes) for axis in variable[1]], own)

    def gradient(symbol: str, slot: int, lengths: tuple[int, ...], own: tuple[int, ...]) -> Fraction:
        return _entry(witness["gradients"][symbol][slot], lengths, own)

    lots = lots_of(witness)
    balls = Balls(entry, lambda symbol: witness["functions"][symbol], gradient, 0, lots)
    here, exactly = (Instance(stated.table, sizes, numbers) for numbers in (balls, Exact(entry)))
    try:
        if values not in stated.places(sizes) or not _hypotheses_hold(stated, exactly, entry):
            return Outcome.REJECTED
        if not meet(stated.record["random"], lots, exactly) or not inequalities_hold(stated, here):
            return Outcome.REJECTED
        _require_defined(stated, here, values)
        difference = here.of(stated.sides[0], values) - here.of(stated.sides[1], values)
    except Undefined:
        return Outcome.REJECTED
    return Outcome.REJECTED if difference.contains(0) else Outcome.DECIDED


def _hypotheses_hold(stated: Stated, here: Instance, entry: Entry) -> bool:
    """Whether the equations hold exactly, what is positive is so, and no dimension is too small."""
    for each in stated.record["given"]:
        left, right = (here.all_of(frozen(each["indices"]), each[side]) for side in ("left", "right"))
        if left != right:
            return False
    for variable in frozen(stated.record["positive"]):
        ranges = [range(1, size_of(axis, here.sizes) + 1) for axis in variable[1]]
        if any(entry(variable, own) <= 0 for own in product(*ranges)):
            return False
    return all(here.sizes[each] >= bound for each, bound in stated.record["least"])


def _entry(rows: Sequence[Sequence[str]] | None, lengths: Sequence[int], own: tuple[int, ...]) -> Fraction:
    """An entry of an input, which is a matrix of its first axis against all others; 0 for what is not listed."""
    if rows is None:
        return Fraction(0)
    column = 0
    for length, each in zip(lengths[1:], own[1:], strict=True):
        column = column * length + each - 1
    return Fraction(rows[own[0] - 1 if own else 0][column])
