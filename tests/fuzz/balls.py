"""Exact arithmetic for direct evaluation: arrays of balls, which hold the true value for certain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from flint import arb, fmpq

from tests.outside.values import Cannot


class Balls:
    """Arrays of Arb balls; a kink or a derivative is not evaluated."""

    module: Any = np

    def array(self, value: Any) -> Any:
        """The array that a result is: NumPy leaves a bare ball of an array without axes."""
        return value if isinstance(value, np.ndarray) else np.array(value, dtype=object)

    def number(self, value: Fraction) -> Any:
        """An array without axes."""
        return np.array(arb(fmpq(value.numerator, value.denominator)), dtype=object)

    def exp(self, array: Any) -> Any:
        """E to each entry."""
        return _each(array, lambda ball: ball.exp())

    def log(self, array: Any) -> Any:
        """The logarithm of each entry, which must be positive."""
        return _each(array, lambda ball: _positive(ball).log())

    def root(self, array: Any) -> Any:
        """The square root of each entry, which must be positive."""
        return _each(array, lambda ball: _positive(ball).sqrt())

    def largest(self, array: Any) -> Any:
        """The largest entry."""
        return np.array(reduce(lambda one, other: one.max(other), map(arb, array.reshape(-1))), dtype=object)

    def unknown(self, symbol: str, array: Any) -> Any:
        """A wave of this name, without symmetries."""
        phase = sum(symbol.encode())
        return _each(array, lambda ball: (ball * 5 / 4 + arb(phase) / 8).sin() + ball / 2)

    def inverse(self, matrix: Any) -> Any:
        """Not evaluated."""
        raise Cannot(f"the inverse of {matrix}")

    def derived(self, function: Any, at: Any) -> Any:
        """Not evaluated."""
        raise Cannot(f"the derivative of {function} at {at}")

    def slope(self, function: Any, at: Any) -> Any:
        """Not evaluated."""
        return self.derived(function, at)


def _each(array: Any, change: Callable[[Any], Any]) -> Any:
    changed = np.empty(np.shape(array), dtype=object)
    for place in np.ndindex(changed.shape):
        entry: Any = np.asarray(array, dtype=object)[place]
        changed[place] = change(arb(entry))
    return changed


def _positive(ball: Any) -> Any:
    if not ball > 0:
        raise Cannot("a value that is not positive for certain")
    return ball
