"""Expectations as weighted sums: all outcomes of the lots lie along one new axis, in front of the value's own."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np

from verify.language import Expectation, Expression, Name
from verify.sample.scope import Scope, count_of
from verify.sample.tensor import Tensor, TooLarge

Walk = Callable[[Expression, Scope], Tensor]

MOST_OUTCOMES = 1024


def expected(e: Expectation, scope: Scope, scalar: Walk) -> Tensor:
    """The expectation over all lots that the argument has entries of; the others do not matter."""
    present = sorted(e.argument.atoms(Name), key=lambda name: (name.symbol, str(name.declared)))
    drawn = [lot for lot in scope.lots if any(name in present for name, _ in lot.entries)]
    counts = [len(lot.outcomes) for lot in drawn]
    many = prod(counts)
    if many > MOST_OUTCOMES:
        raise TooLarge(f"{e} has {many} outcomes, more than {MOST_OUTCOMES}")
    chosen = np.indices(counts, dtype=np.int64).reshape(len(counts), many)
    weights = np.full(many, 1, dtype=object)
    values: dict[Name, dict[int, np.ndarray]] = {}
    for lot, choice in zip(drawn, chosen, strict=True):
        weights = weights * np.array([probability for probability, _ in lot.outcomes], dtype=object)[choice]
        for position, (name, place) in enumerate(lot.entries):
            column = np.array([each[position] for _, each in lot.outcomes], dtype=object)
            values.setdefault(name, {})[place] = column[choice]
    front, inner = (1,) * scope.depth, scope
    for name, columns in values.items():
        entries = np.stack([columns[place] for place in range(len(columns))], axis=-1)
        axes = tuple(count_of(axis, scope.sizes) for axis in name.declared)
        inner = inner.holding(name, scope.arithmetic.exactly(entries.reshape((*front, many, *axes))), scope.depth + 1)
    if not values:
        return scalar(e.argument, scope)
    return (scalar(e.argument, inner) * scope.arithmetic.exactly(weights.reshape((*front, many)))).total(-1)
