"""Exact witnesses: a point with small sizes and small rational inputs at which a statement fails.

Sizes 1, 2, 3 and inputs 0, 1, -1, 2 come first. The difference of the sides is a nonzero rational, or
an Arb ball that excludes zero; then the point is made simpler as long as the statement fails there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

from flint import arb, fmpq

from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.budget import Budget
from verify.kernel.contents import holds, subterms
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.failure import Failure, Functions, decimal, described
from verify.kernel.hypotheses import satisfied
from verify.kernel.point import GRID, Place, Point
from verify.kernel.statement import Statement
from verify.kernel.term import Fn, Idx, OutOfBudget
from verify.language.verdict import Refuted

POOLS: tuple[tuple[tuple[int, ...], int], ...] = (((0, 1), 4), ((0, 1, -1, 2), 12), ((-2, -1, 0, 1, 2, 3), 24))
GRID_TRIES, WIDE_TRIES = 24, 12
WIDE = tuple(map(Fraction, (0, 4, -4, 8, -8, 32, -32)))
MANY_SIZES = 40
MANY_INDICES = 60
MANY_STEPS = 200_000
SIMPLEST = tuple(map(Fraction, (0, 1, -1, 2)))


Value = fmpq | arb


def difference(left: Value, right: Value) -> Value:
    """Left minus right; both are of one kind."""
    if isinstance(left, fmpq):
        assert isinstance(right, fmpq)
        return left - right
    assert isinstance(right, arb)
    return left - right


def differ(left: Value, right: Value) -> bool:
    """Whether two values are certainly not the same."""
    apart = difference(left, right)
    return bool(apart) if isinstance(apart, fmpq) else not apart.contains(0)


def refute(
    stated: Statement,
    fails: Callable[[Value, Value], bool] = differ,
    suspected: Mapping[str, int] | None = None,
) -> Refuted | None:
    """A refutation with the simplest witness found, or nothing: where ``fails`` holds of the values of both sides.

    The sizes ``suspected`` are tried by themselves where no simpler witness was found in the steps allowed.
    Raises :class:`~verify.kernel.term.Ambiguous` where it is not clear what the hypotheses say of derivatives.
    """
    stated.require_one_meaning()
    sizes = [None] if suspected is None else [None, suspected]
    for only in sizes:
        for functions in chosen_functions(stated):
            failure = Search(stated, functions, fails, only).failure()
            if failure is not None:
                return Refuted(described(failure, stated))
    return None


class Search:
    """The search for a witness of one statement, for one choice of the unknown functions, in a number of steps."""

    def __init__(
        self,
        stated: Statement,
        functions: Functions,
        fails: Callable[[Value, Value], bool],
        only: Mapping[str, int] | None = None,
    ) -> None:
        self.fails = fails
        self.only = only
        self.stated = stated
        self.budget = Budget(MANY_STEPS)
        self.functions = functions

    def failure(self) -> Failure | None:
        """The simplest failure found, or nothing."""
        try:
            failure = next(self._failures(), None)
        except OutOfBudget:
            return None
        return None if failure is None else self._simplified(failure)

    def _failures(self) -> Iterator[Failure]:
        pools = [(tuple(map(Fraction, pool)), tries) for pool, tries in POOLS]
        for pool, tries in (*pools, (GRID, GRID_TRIES), (WIDE, WIDE_TRIES)):
            for sizes in self._sizes():
                values = self._indices(sizes)
                for seed in range(tries):
                    point = Point(seed, pool, positive=self.stated.known.facts.positive)
                    failure = self._fails(point, sizes, values)
                    if failure is not None:
                        yield failure

    def _sizes(self) -> Iterator[dict[str, int]]:
        names = self.stated.dimensions
        if self.only is not None:
            yield dict(self.only)
            return
        if len(names) > 6:
            yield from filter(self.stated.fits, (dict.fromkeys(names, size) for size in (1, 2, 3)))
            return
        for sizes in _small_sizes(len(names)):
            at = dict(zip(names, sizes, strict=True))
            large = all(at.get(name, least) >= least for name, least in self.stated.known.least)
            if large and self.stated.fits(at):
                yield at

    def _indices(self, sizes: Mapping[str, int]) -> list[dict[Idx, int]]:
        """The first values of the free indices that are allowed at these sizes."""
        ranges = [range(1, index.extent.at(sizes) + 1) for index in self.stated.indices]
        values = islice(product(*ranges), MANY_INDICES)
        chosen = (dict(zip(self.stated.indices, each, strict=True)) for each in values)
        return [each for each in chosen if self.stated.known.allow(each)]

    def _fails(self, point: Point, sizes: Mapping[str, int], values: list[dict[Idx, int]]) -> Failure | None:
        solved = satisfied(self.stated.known, point, sizes)
        if solved is None:
            return None
        for indices in values:
            failure = self._fails_at(solved.again() if len(values) > 1 else solved, sizes, indices)
            if failure is not None:
                return failure
        return None

    def _fails_at(self, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> Failure | None:
        self.budget.spend()
        try:
            exact = Evaluation(Exact(point, self.functions), sizes, self.budget, self.stated.program)
            self.stated.require_defined(exact, indices, sizes)
            left, right = (exact.of(side, indices) for side in self.stated.terms)
            if not self.fails(left, right):
                return None
            return Failure(sizes, indices, point, self.functions, str(left), str(right))
        except OutOfReach:
            return self._fails_in_balls(point, sizes, indices)
        except OutsideDomain:
            return None

    def _fails_in_balls(self, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> Failure | None:
        with precision(BITS):
            balls = Evaluation(
                Balls(point, self.functions, frozenset(self.stated.dependents)),
                sizes,
                self.budget,
                self.stated.program,
            )
            try:
                self.stated.require_defined(balls, indices, sizes)
                left, right = (balls.of(side, indices) for side in self.stated.terms)
            except OutsideDomain:
                return None
            if not self.fails(left, right):
                return None
            return Failure(sizes, indices, point, self.functions, decimal(left), decimal(right))

    def _simplified(self, failure: Failure) -> Failure:
        """Try 0, 1, -1 and 2 for each input in turn, and keep what still fails, as long as there are steps left."""
        with suppress(OutOfBudget):
            for place in list(failure.point.used):
                failure = self._simpler_at(place, failure)
        return failure

    def _simpler_at(self, place: Place, failure: Failure) -> Failure:
        current = failure.point.entry(*place)
        for value in SIMPLEST:
            if value == current:
                break
            if value <= 0 and place[0] in self.stated.known.facts.positive:
                continue
            simpler = self._still_fails(failure, {place: value})
            if simpler is not None:
                return simpler
        return failure

    def _still_fails(self, failure: Failure, changes: Mapping[Place, Fraction]) -> Failure | None:
        point = satisfied(self.stated.known, failure.point.at({**failure.point.used, **changes}), failure.sizes)
        if point is None or any(point.entry(*place) != value for place, value in changes.items()):
            return None
        return self._fails_at(point, failure.sizes, failure.indices)


@lru_cache(maxsize=8)
def _small_sizes(many: int) -> list[tuple[int, ...]]:
    """Sizes from 1 to 3 for so many dimensions, the smallest in all first."""
    return sorted(product((1, 2, 3), repeat=many), key=lambda sizes: (sum(sizes), sizes))[:MANY_SIZES]


def chosen_functions(stated: Statement) -> list[Functions]:
    """Polynomials for the unknown functions, t^3 - t, t^3 - 2 t, and so on; then others that are not odd."""
    sides = [side for side in stated.terms if holds(side, Fn)]
    symbols = sorted({term.symbol for side in sides for term in subterms(side) if isinstance(term, Fn)})
    odd = {symbol: (0, -1 - place, 0, 1) for place, symbol in enumerate(symbols)}
    return [odd, {symbol: (1, place, 1, 1) for place, symbol in enumerate(symbols)}] if symbols else [{}]
