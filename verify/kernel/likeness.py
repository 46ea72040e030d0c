"""Values of many formulas at a few instances of one link: what tells apart most that are not equal, in little time.

It decides nothing. Every dimension has its own size; parts that formulas share are lowered and evaluated once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from verify import language as said
from verify.kernel.balls import precision
from verify.kernel.budget import Budget
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.hypotheses import Hypotheses, entry_of, hypotheses, satisfied
from verify.kernel.lower import Lowering, subscript
from verify.kernel.patterns import assigned, free_of, patterns
from verify.kernel.places import free_places
from verify.kernel.point import Point
from verify.kernel.randomness import is_random
from verify.kernel.remembered import Remembered, WithDefinitions
from verify.kernel.replay import instance_sizes
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Ambiguous, Idx, OutOfBudget, Term, Undefined, Unsupported
from verify.language import Expression, Index, Link
from verify.language.shape import shape, shape_of
from verify.language.unfold import NotUnfolded, Unfolding, depth_of

BITS = 160
CLOSE = 100
MOST_STEPS = 40_000
STEPS = 4_000
SEEDS = 6
# Positive, of no simple relation to one another, and small enough for their exponentials.
POOL = tuple(Fraction(odd, 64) for odd in range(19, 151, 2))
DEEP = 2
FEW, SMALLEST = 3, 3


@dataclass
class Instance:
    """Values of the free indices, an evaluation at a point that respects the hypotheses, and the side's value there."""

    indices: Mapping[Idx, int]
    evaluation: Evaluation[arb]
    budget: Budget
    aim: arb
    steps: int


@dataclass
class Likeness:
    """Whether formulas have the values of one side of a link, at a few instances.

    >>> from verify.language import equal, scalar, sigma
    >>> z = scalar("z")
    >>> link, = equal(sigma.derivative(z), sigma(z)).links()
    >>> likeness = likeness_of(link)
    >>> likeness.admits(sigma(z) * (1 - sigma(z))), likeness.admits(sigma(z))
    (True, False)
    """

    axes: tuple[Expression, ...]
    known: Hypotheses
    instances: list[Instance]
    unfolding: Unfolding | None
    remembered: Remembered
    spent: int = 0

    def admits(self, formula: Expression) -> bool:
        """Whether a formula has the values of the side, as far as one can see; ``spent`` is how many steps it took."""
        self.spent = 0
        try:
            written = formula if self.unfolding is None else self.unfolding.of(formula)
            if isinstance(shape(written), said.Mismatch):
                return False
            term = entry_of(self.remembered.written(written), free_places(self.axes), self.remembered.lowering)
            if is_random(term, self.known.facts.chances):
                return False
            return all(self._agrees(each, term) for each in self.instances)
        except (Ambiguous, KeyError, NotUnfolded, OutOfBudget, OutOfReach, OutsideDomain, Undefined, Unsupported):
            return False

    def _agrees(self, instance: Instance, term: Term) -> bool:
        instance.budget.left = instance.steps
        try:
            with precision(BITS):
                return _close(instance.aim, instance.evaluation.of(term, instance.indices))
        finally:
            self.spent += instance.steps - max(0, instance.budget.left)


def _close(one: arb, other: arb) -> bool:
    apart = one - other
    return bool(abs(apart) < (1 + abs(one)) / arb(2) ** CLOSE)


def likeness_of(link: Link, *beside: Expression) -> Likeness | None:
    """What is like the left side of a link; nothing if that has no value at any instance.

    The formulas ``beside`` say which other dimensions and free indices there are.
    """
    try:
        unfolding = _unfolding(link, beside)
        flat = link if unfolding is None else unfolding.link(link)
        others = beside if unfolding is None else tuple(map(unfolding.of, beside))
        stated = statement(flat.left, flat.left, flat.given)
        free = [subscript(index) for side in others for index in sorted(side.atoms(Index), key=str)]
        indices = free_of((*stated.indices, *(each for each in free if isinstance(each, Idx))))
        names = {each.symbol for side in (flat.left, *others) for each in side.atoms(said.Dimension)}
        dimensions = tuple(sorted({*names, *stated.dimensions}))
        stated = replace(stated, indices=indices, dimensions=dimensions)
        known = hypotheses(flat.given, Lowering())
        remembered = Remembered(Lowering())
        found = Likeness(shape_of(flat.left), known, list(_instances(stated, remembered)), unfolding, remembered)
    except (Ambiguous, NotUnfolded, OutOfBudget, Undefined, Unsupported):
        return None
    return found if found.instances else None


def _unfolding(link: Link, beside: tuple[Expression, ...]) -> Unfolding | None:
    """The fixed depth at which formulas with levels are evaluated."""
    depths = [depth_of(replace(link, right=side)) for side in (link.left, *beside)]
    dimensions = {name: DEEP for depth in depths for name in depth.dimensions}
    indices = {index: DEEP - 1 for depth in depths for index in depth.indices}
    return Unfolding(dimensions, indices) if dimensions or indices else None


def _instances(stated: Statement, remembered: Remembered) -> Iterator[Instance]:
    """One where all free indices differ, if they may, and one where as many as may are equal."""
    allowed = [
        each
        for each in patterns(stated.indices, (*stated.terms, *stated.known.terms))
        if stated.known.allow(each.classes)
    ]
    chosen = allowed[:1] + ([min(allowed[1:], key=lambda each: len(set(each.classes.values())))] if allowed[1:] else [])
    for pattern in chosen:
        least = next(instance_sizes(stated, pattern), {})
        sizes = _sizes(stated.dimensions, least)
        for seed in range(SEEDS):
            indices = assigned(pattern, sizes, seed)
            found = None if indices is None else _at(stated, sizes, indices, seed, remembered)
            if found is not None:
                yield found
                break


def _sizes(names: tuple[str, ...], least: Mapping[str, int]) -> dict[str, int]:
    """Few dimensions have different sizes, and none is 2, a number too; many have small ones."""
    few = len(names) <= FEW
    return {
        name: max(least.get(name, 1), (SMALLEST if few else 2) + (place if few else place % 2))
        for place, name in enumerate(names)
    }


def _at(
    stated: Statement, sizes: Mapping[str, int], indices: Mapping[Idx, int], seed: int, remembered: Remembered
) -> Instance | None:
    pool = POOL if seed % 2 == 0 else (*POOL, *(-value for value in POOL))
    point = satisfied(stated.known, Point(seed, pool, positive=stated.known.facts.positive), sizes)
    if point is None:
        return None
    with precision(BITS):
        budget = Budget(MOST_STEPS)
        evaluation = Evaluation(WithDefinitions(point, remembered=remembered, sizes=sizes), sizes, budget)
        try:
            stated.require_defined(evaluation, indices, sizes)
            aim = evaluation.of(stated.left, indices)
        except (OutOfBudget, OutOfReach, OutsideDomain):
            return None
    return Instance(indices, evaluation, budget, aim, max(STEPS, 2 * (MOST_STEPS - budget.left)))
