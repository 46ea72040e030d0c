"""How large the instances must be that prove an identity for all sizes.

Bring left - right to one fraction. If each summand above the line then has at most k bound indices of a
dimension n (n as a number counts as one), and depends on the entries at its own index values alone, and f
free indices and numbers are subscripts of n, then the identity holds for all n if it does for
n = 1, ..., k + max(1, f): the summands that use a given set of values are a combination of instances of
these sizes, by inclusion and exclusion, and so they cancel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from verify.recheck.spread import Beyond
from verify.recheck.table import Table, parts, subscripts

# How many bound indices of each dimension are above the line; and the denominators: how often, and their own count.
Fraction = tuple[Counter[str], dict[str, tuple[int, Counter[str]]]]


# For a variable the moments that are given: the kind, the subscripts, and the place of the value.
Moments = Mapping[Any, list[tuple[str, tuple[Any, ...], int]]]
NO_MOMENTS: Moments = {}


def largest_sizes(
    table: Table,
    left: int,
    right: int,
    indices: Any,
    dimensions: list[str],
    moments: Moments = NO_MOMENTS,
    numbers: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """The largest size of each dimension that must be tried; raises :class:`Beyond`.

    Numbers that stand for indices elsewhere than in the table, as in a hypothesis, count as those in it.
    """
    counts = [count(table, place, moments) for place in (left, right)]
    above, _ = _sum(counts)
    free = Counter(each for index in indices for each in name(index[3]))
    largest = numbers_in(table, moments) | Counter(numbers or {})
    return {each: above[each] + max(1, free[each] + largest[each]) for each in dimensions}


def numbers_in(table: Table, moments: Moments = NO_MOMENTS) -> Counter[str]:
    """The largest number that is a subscript of each dimension, also of a moment that is given."""
    largest: Counter[str] = Counter()
    given = [("entry", variable, at) for variable, known in moments.items() for _, at, _ in known]
    for node in (*table.nodes, *given):
        axes: Any = ()
        match node:
            case ("entry", variable, _):
                axes = variable[1]
            case ("delta", row, column) | ("choice", row, column, _, _):
                axes = [next(each[3] for each in (row, column) if not isinstance(each, int))] * 2
            case ("inverse", _, own, _):
                axes = [own[0][3]] * 2
            case ("dependence", _, _, slots):
                if any(isinstance(each, int) and each != 1 for own, _ in slots for each in own):
                    raise Beyond
            case _:
                pass
        for axis, each in zip(axes, subscripts(node), strict=False):
            for over in name(axis) if isinstance(each, int) else ():
                largest[over] = max(each, largest[over])
    return largest


def name(extent: Any) -> tuple[str, ...]:
    """The dimension that an extent is; none for a number."""
    match extent:
        case (((str(symbol),), "1"),):
            return (symbol,)
        case (((), _),):
            return ()
        case _:
            raise Beyond


def count(table: Table, place: int, moments: Moments = NO_MOMENTS) -> Fraction:
    """The bound indices of a node as one fraction; a random entry brings those of its moments."""
    node = table.nodes[place]
    if not table.sums[place]:
        return Counter(), {}
    if node[0] == "share":
        return _part(table.nodes[node[1]][1][3])
    inner = [count(table, part, moments) for part in parts(node)]
    match node:
        case ("size", extent):
            most: Counter[str] = Counter()
            for names, _ in extent:
                most |= Counter(names)
            return most, {}
        case ("entry", variable, _) if variable in table.random:
            above, below = _product([count(table, place) for _, _, place in moments.get(variable, ())])
            return above + _cleared(below), below
        case ("entry", variable, _):
            return _part(table.summing[variable])
        case ("add", _) | ("choice", _, _, _, _):
            return _sum(inner)
        case ("mul", _):
            return _product(inner)
        case ("sum", index, _):
            above, below = inner[0]
            return above + Counter(name(index[3])), below
        case ("pow", base, exponent):
            above, below = _product(inner * abs(exponent))
            if exponent >= 0:
                return above, below
            key = table.text(base, {})
            return _cleared(below), {key: (-exponent, count(table, base, moments)[0])}
        case ("expectation", _):
            return inner[0]
        case _:
            raise Beyond


def _part(extent: Any) -> Fraction:
    """An entry whose sum over an axis is known: less than 1 / n, it is what the free entries leave."""
    over = Counter(name(extent))
    return over, {str(extent): (1, over)}


def _product(factors: list[Fraction]) -> Fraction:
    total: Counter[str] = Counter()
    denominators: dict[str, tuple[int, Counter[str]]] = {}
    for above, below in factors:
        total += above
        for key, (many, own) in below.items():
            denominators[key] = denominators.get(key, (0, own))[0] + many, own
    return total, denominators


def _sum(terms: list[Fraction]) -> Fraction:
    denominators: dict[str, tuple[int, Counter[str]]] = {}
    for _, below in terms:
        for key, (many, own) in below.items():
            denominators[key] = max(many, denominators.get(key, (0, own))[0]), own
    total: Counter[str] = Counter()
    for above, below in terms:
        missing = {key: (many - below.get(key, (0, own))[0], own) for key, (many, own) in denominators.items()}
        total |= above + _cleared(missing)
    return total, denominators


def _cleared(denominators: dict[str, tuple[int, Counter[str]]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for many, own in denominators.values():
        total += Counter({each: many * often for each, often in own.items()})
    return total
