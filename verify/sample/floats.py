"""Floats with a running error bound: every operation adds what rounding may have lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from verify.sample.tensor import Array, Comparison, Mask, Tensor

# Half a unit in the last place, relative: the error of one rounding.
ROUNDING = 2.0**-53
# The bounds are of first order and those of differences are estimates: so many times a bound is believed.
SAFETY = 4.0
# Values that are only known less well than this are left to balls.
RESOLVED = 1e-6


@dataclass(frozen=True, eq=False)
class Floats(Tensor):
    """Float64 entries, and how far each may lie from the true number.

    >>> third = Floats.exactly(3).inverse()
    >>> bool(abs(third.value - 1 / 3) <= third.spread), bool(third.spread < 1e-16)
    (True, True)
    >>> lost = third + Floats.exactly(Fraction(-1, 3))
    >>> bool(lost.compared(Floats.exactly(0)).agree)
    False
    """

    cells = 1 << 18

    value: NDArray[np.float64]
    spread: NDArray[np.float64]

    @classmethod
    def exactly(cls, numbers: Array | Fraction | int) -> Self:
        exact = np.asarray(numbers)
        value = exact.astype(np.float64)
        if exact.dtype != object:
            return cls(value, np.zeros(value.shape))
        kept = [Fraction(rounded) == number for rounded, number in zip(value.flat, exact.flat, strict=True)]
        return cls(value, np.where(np.reshape(kept, value.shape), 0.0, np.abs(value) * ROUNDING))

    @classmethod
    def step_bits(cls, nesting: int) -> int:
        """The cube root of the noise: 2^-52 in a value, 2^-35 in a first derivative, 2^-23 in a second."""
        return {1: 17, 2: 11}.get(nesting, 8)

    @classmethod
    def unknown(cls) -> Self:
        return cls(np.array(np.nan), np.array(0.0))

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    def rearranged(self, change: Callable[[Array], Array]) -> Self:
        return type(self)(change(self.value), change(self.spread))

    def __add__(self, other: Self) -> Self:
        value = self.value + other.value
        return type(self)(value, self.spread + other.spread + ROUNDING * np.abs(value))

    def __mul__(self, other: Self) -> Self:
        value = self.value * other.value
        spread = np.abs(self.value) * other.spread + self.spread * (np.abs(other.value) + other.spread)
        return type(self)(value, spread + ROUNDING * np.abs(value))

    def inverse(self) -> Self:
        size, value = np.abs(self.value), 1 / self.value
        spread = np.where(self.spread < size, self.spread / (size * (size - self.spread)), np.inf)
        return type(self)(value, spread + ROUNDING * np.abs(value))

    def exp(self) -> Self:
        value = np.exp(self.value)
        return type(self)(value, value * (np.expm1(self.spread) + 4 * ROUNDING))

    def log(self) -> Self:
        value = np.where(self.value > 0, np.log(self.value), np.nan)
        lost = np.where(self.spread < self.value, -np.log1p(-self.spread / self.value), np.inf)
        return type(self)(value, lost + 4 * ROUNDING * np.abs(value))

    def root(self) -> Self:
        value = np.sqrt(self.value)
        spread = np.where(self.spread < self.value, self.spread / value, np.sqrt(self.spread))
        return type(self)(value, spread + ROUNDING * np.abs(value))

    def sine(self, quarter_turns: int) -> Self:
        wave = (np.sin, np.cos)[quarter_turns % 2](self.value)
        return type(self)(-wave if quarter_turns % 4 >= 2 else wave, self.spread + 4 * ROUNDING)

    def raised(self, exponents: Array) -> Self:
        value = self.value ** exponents.astype(np.float64)
        relative = np.where(self.spread > 0, np.log1p(self.spread / (np.abs(self.value) - self.spread)), 0.0)
        relative = np.where(self.spread < np.abs(self.value), relative, np.where(self.spread > 0, np.inf, 0.0))
        lost = np.where(exponents == 0, 0.0, np.expm1(np.abs(exponents) * relative))
        return type(self)(value, np.where(lost > 0, np.abs(value) * lost, 0.0) + 4 * ROUNDING * np.abs(value))

    def total(self, axis: int) -> Self:
        lost = max(self.shape[axis] - 1, 0) * ROUNDING
        spread = self.spread.sum(axis) + (lost * np.abs(self.value).sum(axis) if lost else 0.0)
        return type(self)(self.value.sum(axis), spread)

    def largest(self, axis: int) -> Self:
        return type(self)(self.value.max(axis), self.spread.max(axis))

    def chosen(self, mask: Mask, other: Self) -> Self:
        return type(self)(np.where(mask, self.value, other.value), np.where(mask, self.spread, other.spread))

    def scale(self) -> Self:
        size = np.maximum(np.abs(np.nan_to_num(self.value, posinf=1.0, neginf=1.0)), 1.0)
        return type(self)(np.exp2(np.floor(np.log2(size))), np.zeros(self.shape))

    def widened(self, error: Self) -> Self:
        return type(self)(self.value, self.spread + np.abs(error.value) + error.spread)

    def exceeds(self, other: Self) -> Mask:
        return _mask(np.abs(self.value) - SAFETY * self.spread > np.abs(other.value) + SAFETY * other.spread)

    def undefined(self) -> Mask:
        return _mask(np.isnan(self.value))

    def compared(self, other: Self) -> Comparison:
        left, right = map(np.asarray, np.broadcast_arrays(self.value, other.value))
        inside = np.isfinite(left) & np.isfinite(right)
        bound = SAFETY * (self.spread + other.spread)
        apart, size = np.asarray(np.abs(left - right)), np.maximum(np.abs(left), np.abs(right))
        differ = inside & (apart > bound)
        agree = inside & ~differ & (bound <= RESOLVED * size)
        errors = np.divide(apart, size, out=np.zeros_like(apart), where=_mask(agree & (size > 0)))
        return Comparison(_mask(~inside), _mask(differ), _mask(agree), float(errors.max(initial=0.0)))

    def rounded(self) -> NDArray[np.float64]:
        return self.value


def _mask(values: Any) -> Mask:
    return np.asarray(values, dtype=np.bool_)
