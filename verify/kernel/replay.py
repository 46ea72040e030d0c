"""Replay: both sides evaluated directly at instances, every dimension its own size, every equality pattern.

Modulo a large prime where that is exact; where logarithms, maxima or nested exponentials stand in the
way, in ball arithmetic to a hundred digits. A proof needs agreement at every instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flint import arb

from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.contents import holds
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.hypotheses import satisfied
from verify.kernel.modular import Modular
from verify.kernel.patterns import Pattern, assigned, least_sizes
from verify.kernel.point import GRID, Point
from verify.kernel.statement import Statement
from verify.kernel.term import Extent, Idx, Max
from verify.language.verdict import Replay

TRIES, TRIES_WITH_MAXIMA = 12, 24
POINTS_WITH_MAXIMA = 12
AGREEMENT_BITS = 200


@dataclass(frozen=True)
class Agrees:
    """The sides agree at all instances of a pattern."""

    instances: int
    modular: bool
    sizes: tuple[str, ...]


@dataclass(frozen=True)
class Differs:
    """The sides differ at an instance."""

    sizes: Mapping[str, int]


@dataclass(frozen=True)
class NowhereDefined:
    """At no point that was tried are both sides defined."""


@dataclass(frozen=True)
class Unclear:
    """The balls are too wide to tell."""


Outcome = Agrees | Differs | NowhereDefined | Unclear


def replay(stated: Statement, pattern: Pattern) -> Outcome:
    """Evaluate both sides at instances of a pattern."""
    compared: list[tuple[Mapping[str, int], Agrees]] = []
    for sizes in instance_sizes(stated, pattern):
        outcome = _at_sizes(stated, pattern, sizes)
        match outcome:
            case Differs() | Unclear():
                return outcome
            case Agrees():
                compared.append((sizes, outcome))
            case NowhereDefined():
                continue
    if not compared:
        return NowhereDefined()
    words = tuple(_words(sizes) for sizes, _ in compared)
    outcomes = [outcome for _, outcome in compared]
    return Agrees(sum(each.instances for each in outcomes), all(each.modular for each in outcomes), words)


def _words(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {size}" for name, size in sizes.items()) or "no dimension"


def instance_sizes(stated: Statement, pattern: Pattern) -> Iterator[dict[str, int]]:
    """Sizes at which the pattern is possible: all 1, and then every dimension its own, in two orders."""
    names = stated.dimensions
    least = least_sizes(pattern)
    seen: list[dict[str, int]] = []
    lower = dict(stated.known.least)
    orders = [[1] * len(names), list(range(2, len(names) + 2)), list(range(len(names) + 1, 1, -1))]
    if (stated.known.facts.chances.variables or _has_maxima(stated)) and len(names) == 1:
        orders.append([3])  # three entries that differ: what is wrong of those alone is not seen with two
    for sizes in orders:
        proposed = {name: max(size, lower.get(name, 1)) for name, size in zip(names, sizes, strict=True)}
        enlarged = _enlarged(proposed, least)
        if enlarged is not None and enlarged not in seen:
            seen.append(enlarged)
            yield enlarged


def _enlarged(sizes: dict[str, int], least: Mapping[Extent, int]) -> dict[str, int] | None:
    """The sizes, made larger where the pattern needs it; apart again where that made two of them equal."""
    grown = dict(sizes)
    for over, needed in least.items():
        for _ in range(needed):
            if over.at(grown) < needed:
                for name in over.names:
                    grown[name] += 1
    if any(over.at(grown) < needed for over, needed in least.items()):
        return None
    if len(set(sizes.values())) == len(sizes):
        taken: set[int] = set()
        for name in grown:
            while grown[name] in taken:
                grown[name] += 1
            taken.add(grown[name])
    return grown


def _at_sizes(stated: Statement, pattern: Pattern, sizes: dict[str, int]) -> Outcome:
    """The first points, of several tried, that lie in both sides' domains: more of them where a maximum has cases."""
    wanted, tries = (POINTS_WITH_MAXIMA, TRIES_WITH_MAXIMA) if _has_maxima(stated) else (1, TRIES)
    agreed: list[Agrees] = []
    for seed in range(tries):
        indices = assigned(pattern, sizes, seed)
        if indices is None:
            return NowhereDefined()
        try:
            # An inequality means nothing modulo a prime.
            if stated.known.inequalities:
                raise OutOfReach
            outcome = _modular(stated, sizes, indices, seed)
        except OutOfReach:
            outcome = _balls(stated, sizes, indices, seed)
        match outcome:
            case Differs() | Unclear():
                return outcome
            case Agrees():
                agreed.append(outcome)
            case NowhereDefined():
                continue
        if len(agreed) == wanted:
            break
    return Agrees(len(agreed), all(each.modular for each in agreed), ()) if agreed else NowhereDefined()


def _has_maxima(stated: Statement) -> bool:
    return any(holds(side, Max) for side in stated.terms)


def _modular(stated: Statement, sizes: dict[str, int], indices: Mapping[Idx, int], seed: int) -> Outcome:
    # Among large numbers hardly any are the mean and the mean of the square of something, and none is negative:
    # what a maximum does with a factor depends on its sign.
    small = stated.known.facts.chances.variables or _has_maxima(stated)
    pool = GRID if seed % 2 and small else ()
    point = satisfied(stated.known, Point(seed, pool, positive=stated.known.facts.positive), sizes)
    if point is None:
        return NowhereDefined()
    evaluation = Evaluation(Modular(point, stated.needs_rationals), sizes, program=stated.program)
    try:
        stated.require_defined(evaluation, indices, sizes)
        left, right = (evaluation.of(side, indices)[1] for side in stated.terms)
    except OutsideDomain:
        return NowhereDefined()
    return Agrees(1, True, ()) if left == right else Differs(sizes)


def _balls(stated: Statement, sizes: dict[str, int], indices: Mapping[Idx, int], seed: int) -> Outcome:
    pool = GRID if seed % 2 else tuple(value for value in GRID if value > 0)
    point = satisfied(stated.known, Point(seed, pool, positive=stated.known.facts.positive), sizes)
    if point is None:
        return NowhereDefined()
    with precision(BITS):
        evaluation = Evaluation(Balls(point), sizes, program=stated.program)
        try:
            stated.require_defined(evaluation, indices, sizes)
            left, right = (evaluation.of(side, indices) for side in stated.terms)
        except OutsideDomain:
            return NowhereDefined()
        difference = left - right
        if not difference.contains(0):
            return Differs(sizes)
        allowed = (1 + abs(left)) / arb(2) ** AGREEMENT_BITS
        return Agrees(1, False, ()) if difference.rad() < allowed else Unclear()


def summary(outcomes: list[Agrees]) -> Replay:
    """What a proof was replayed on, over all patterns."""
    sizes = tuple(dict.fromkeys(words for outcome in outcomes for words in outcome.sizes))
    modular = all(outcome.modular for outcome in outcomes)
    return Replay(sum(outcome.instances for outcome in outcomes), "modular" if modular else "balls", sizes)
