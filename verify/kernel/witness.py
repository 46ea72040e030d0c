"""Exact witnesses: a point with small sizes and small rational inputs at which a statement fails.

Sizes 1, 2, 3 and inputs 0, 1, -1, 2 come first. The difference of the sides is a nonzero rational, or
an Arb ball that excludes zero; then the point is made simpler as long as the statement fails there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from flint import arb

from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.budget import Budget
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.hypotheses import satisfied
from verify.kernel.point import GRID, Place, Point
from verify.kernel.statement import Statement
from verify.kernel.term import ONE_WIDE, Dep, Extent, Fn, Idx, OutOfBudget, Variable
from verify.kernel.walk import subterms
from verify.language import latex
from verify.language.calls import Derivative
from verify.language.verdict import Refuted, Witness

POOLS: tuple[tuple[tuple[int, ...], int], ...] = (((0, 1), 4), ((0, 1, -1, 2), 12), ((-2, -1, 0, 1, 2, 3), 24))
GRID_TRIES = 24
MANY_SIZES = 40
MANY_INDICES = 60
MANY_STEPS = 400_000
SIMPLEST = tuple(map(Fraction, (0, 1, -1, 2)))


@dataclass(frozen=True)
class Failure:
    """Where the statement fails: sizes, index values, the point, and both values there."""

    sizes: Mapping[str, int]
    indices: Mapping[Idx, int]
    point: Point
    left: str
    right: str


class Search:
    """The search for a witness of one statement, within a number of evaluations."""

    def __init__(self, stated: Statement) -> None:
        self.stated = stated
        self.budget = Budget(MANY_STEPS)
        self.functions = chosen_functions(stated)

    def refute(self) -> Refuted | None:
        """A refutation with the simplest witness found, or nothing."""
        try:
            failure = next(self._failures(), None)
        except OutOfBudget:
            return None
        if failure is None:
            return None
        return Refuted(self._described(self._simplified(failure)))

    def _failures(self) -> Iterator[Failure]:
        pools = [(tuple(map(Fraction, pool)), tries) for pool, tries in POOLS]
        for pool, tries in (*pools, (GRID, GRID_TRIES)):
            for sizes in self._sizes():
                for seed in range(tries):
                    point = Point(seed, pool, positive=self.stated.known.facts.positive)
                    failure = self._fails(point, sizes)
                    if failure is not None:
                        yield failure

    def _sizes(self) -> Iterator[dict[str, int]]:
        names = self.stated.dimensions
        if len(names) > 6:
            yield from (dict.fromkeys(names, size) for size in (1, 2, 3))
            return
        choices = sorted(product((1, 2, 3), repeat=len(names)), key=lambda sizes: (sum(sizes), sizes))
        for sizes in choices[:MANY_SIZES]:
            at = dict(zip(names, sizes, strict=True))
            if all(at.get(name, least) >= least for name, least in self.stated.known.least):
                yield at

    def _indices(self, sizes: Mapping[str, int]) -> Iterator[dict[Idx, int]]:
        ranges = [range(1, index.extent.at(sizes) + 1) for index in self.stated.indices]
        for count, values in enumerate(product(*ranges)):
            if count >= MANY_INDICES:
                return
            indices = dict(zip(self.stated.indices, values, strict=True))
            if self.stated.known.allow(indices):
                yield indices

    def _fails(self, point: Point, sizes: Mapping[str, int]) -> Failure | None:
        solved = satisfied(self.stated.known, point, sizes)
        if solved is None:
            return None
        for indices in self._indices(sizes):
            failure = self._fails_at(solved, sizes, indices)
            if failure is not None:
                return failure
        return None

    def _fails_at(self, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> Failure | None:
        self.budget.spend()
        try:
            exact = Evaluation(Exact(point, self.functions), sizes, self.budget, self.stated.free)
            self.stated.require_defined(exact, indices, sizes)
            left, right = (exact.of(side, indices) for side in self.stated.terms)
            return Failure(sizes, indices, point, str(left), str(right)) if left != right else None
        except OutOfReach:
            return self._fails_in_balls(point, sizes, indices)
        except OutsideDomain:
            return None

    def _fails_in_balls(self, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> Failure | None:
        with precision(BITS):
            balls = Evaluation(
                Balls(point, self.functions, frozenset(self.stated.dependents)), sizes, self.budget, self.stated.free
            )
            try:
                self.stated.require_defined(balls, indices, sizes)
                left, right = (balls.of(side, indices) for side in self.stated.terms)
            except OutsideDomain:
                return None
            if (left - right).contains(0):
                return None
            return Failure(sizes, indices, point, decimal(left), decimal(right))

    def _simplified(self, failure: Failure) -> Failure:
        """Try 0, 1, -1 and 2 for each input in turn, and keep what still fails."""
        failure = self._still_fails(failure, {}) or failure
        for place in list(failure.point.used):
            current = failure.point.entry(*place)
            for value in SIMPLEST:
                if value == current:
                    break
                if value <= 0 and place[0] in self.stated.known.facts.positive:
                    continue
                try:
                    simpler = self._still_fails(failure, {place: value})
                except OutOfBudget:
                    return failure
                if simpler is not None:
                    failure = simpler
                    break
        return failure

    def _still_fails(self, failure: Failure, changes: Mapping[Place, Fraction]) -> Failure | None:
        point = satisfied(self.stated.known, failure.point.at({**failure.point.used, **changes}), failure.sizes)
        if point is None or any(point.entry(*place) != value for place, value in changes.items()):
            return None
        return self._fails_at(point, failure.sizes, failure.indices)

    def _described(self, failure: Failure) -> Witness:
        variables = dict.fromkeys(variable for variable, _ in failure.point.used)
        inputs = [self._rows(failure, variable) for variable in variables]
        return Witness(
            sizes=tuple(failure.sizes.items()),
            indices=tuple((index.symbol, value) for index, value in failure.indices.items()),
            inputs=tuple(sorted(inputs)),
            functions=tuple(sorted(self.functions.items())),
            left=failure.left,
            right=failure.right,
        )

    def _rows(self, failure: Failure, variable: Variable) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """An input as a matrix of exact numbers; entries that do not matter are 0."""
        symbol, axes = variable.symbol, variable.axes
        if variable.held < 0:
            symbol, axes = self._gradient(variable)
        counts = [over.at(failure.sizes) for over in axes]
        first, rest = (counts[0], counts[1:]) if counts else (1, [1])

        def value(place: tuple[int, ...]) -> str:
            return str(failure.point.used.get((variable, place), Fraction(0)))

        if not counts:
            return symbol, ((value(()),),)
        across = list(product(*(range(1, count + 1) for count in rest)))
        return symbol, tuple(tuple(value((down, *others)) for others in across) for down in range(1, first + 1))

    def _gradient(self, variable: Variable) -> tuple[str, tuple[Extent, ...]]:
        slot = -1 - variable.held
        dependent = self.stated.dependents[variable.symbol]
        for side in self.stated.terms:
            for term in subterms(side):
                if isinstance(term, Dep) and term.symbol == variable.symbol:
                    one = ONE_WIDE
                    axes = tuple(each.extent if isinstance(each, Idx) else one for each in term.slots[slot].indices)
                    return latex(Derivative(dependent, dependent.arguments[slot])), axes
        raise AssertionError(f"no use of {variable.symbol}")


def chosen_functions(stated: Statement) -> dict[str, tuple[int, ...]]:
    """A polynomial for each unknown function: t^3 - t, t^3 - 2 t, and so on."""
    symbols = sorted({term.symbol for side in stated.terms for term in subterms(side) if isinstance(term, Fn)})
    return {symbol: (0, -1 - place, 0, 1) for place, symbol in enumerate(symbols)}


def decimal(value: arb) -> str:
    """A ball as a decimal number, its midpoint to ten digits."""
    text = str(value.mid().str(10, radius=False))
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
