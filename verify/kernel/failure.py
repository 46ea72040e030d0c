"""A failure in words: sizes, index values, inputs as matrices, and the functions that were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from flint import arb

from verify.kernel.contents import subterms
from verify.kernel.point import LAW, Law, Place, Point
from verify.kernel.statement import Statement
from verify.kernel.term import ONE_WIDE, Dep, Extent, Idx, OutOfBudget, Variable
from verify.language import slope
from verify.language.verdict import Chance, Witness

MOST_ENTRIES = 1_000_000

Functions = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Failure:
    """Where the statement fails: sizes, index values, the point, the functions, and both values there."""

    sizes: Mapping[str, int]
    indices: Mapping[Idx, int]
    point: Point
    functions: Functions
    left: str
    right: str


def described(failure: Failure, stated: Statement) -> Witness:
    """The witness that a failure is."""
    variables = dict.fromkeys(variable for variable, _ in failure.point.used if variable.held < LAW)
    inputs = [_rows(failure, variable, stated) for variable in variables]
    return Witness(
        sizes=tuple(failure.sizes.items()),
        indices=tuple((index.symbol, value) for index, value in failure.indices.items()),
        inputs=tuple(sorted(inputs)),
        functions=tuple(sorted(failure.functions.items())),
        left=failure.left,
        right=failure.right,
        chances=_chances(failure.point),
    )


def _rows(failure: Failure, variable: Variable, stated: Statement) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """An input as a matrix of exact numbers; entries that do not matter are 0."""
    symbol, axes = variable.symbol, variable.axes
    if variable.held < 0:
        symbol, axes = gradient(variable.symbol, -1 - variable.held, stated)
    counts = [over.at(failure.sizes) for over in axes]
    if prod(counts) > MOST_ENTRIES:
        raise OutOfBudget

    def value(place: tuple[int, ...]) -> str:
        return str(failure.point.used.get((variable, place), Fraction(0)))

    if not counts:
        return symbol, ((value(()),),)
    cut = len(stated.row_axes.get(symbol, (axes[0],)))
    down, across = (list(product(*(range(1, count + 1) for count in some))) for some in (counts[:cut], counts[cut:]))
    return symbol, tuple(tuple(value((*row, *column)) for column in across) for row in down)


def _chances(point: Point) -> tuple[Chance, ...]:
    """The distributions of the random entries that were drawn, those that are drawn together as one."""
    found: dict[int, list[Place]] = {}
    for place in sorted(point.drawn, key=lambda place: (place[0].symbol, len(place[0].axes), place[1])):
        found.setdefault(id(point.laws[place]), []).append(place)
    return tuple(_chance(point.laws[places[0]], places) for places in found.values())


def _chance(law: Law, places: list[Place]) -> Chance:
    joined: dict[tuple[Fraction, ...], Fraction] = {}
    for probability, values in law:
        drawn = tuple(values[place] for place in places)
        joined[drawn] = joined.get(drawn, Fraction(0)) + probability
    return Chance(
        entries=tuple((variable.symbol, _shown(variable, subscripts)) for variable, subscripts in places),
        outcomes=tuple((str(joined[values]), tuple(map(str, values))) for values in sorted(joined)),
    )


def _shown(variable: Variable, subscripts: tuple[int, ...]) -> tuple[int, ...]:
    """The subscripts of an entry, without those of axes of length one."""
    return tuple(each for axis, each in zip(variable.axes, subscripts, strict=True) if axis.fixed != 1)


def gradient(symbol: str, slot: int, stated: Statement) -> tuple[str, tuple[Extent, ...]]:
    """The name and the axes of the input that stands for the gradient of an unknown dependence by one of its slots."""
    dependent = stated.dependents[symbol]
    for side in stated.terms:
        for term in subterms(side):
            if isinstance(term, Dep) and term.symbol == symbol:
                axes = tuple(each.extent if isinstance(each, Idx) else ONE_WIDE for each in term.slots[slot].indices)
                return slope(dependent, slot), axes
    raise AssertionError(f"no use of {symbol}")


def decimal(value: arb) -> str:
    """A ball as a decimal number, its midpoint to ten digits; one that holds zero is zero as far as it can tell."""
    if value.contains(0):
        return "0"
    text = str(value.mid().str(10, radius=False))
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
