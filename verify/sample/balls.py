"""Arb balls: midpoints of any precision, with radii that hold every rounding.

Where floats cancel or saturate, more bits tell. The precision is that of FLINT's context, set by
:func:`precision`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

import numpy as np
from flint import arb, ctx, fmpq
from numpy.typing import NDArray

from verify.sample.tensor import Array, Comparison, Mask, Tensor

# At this precision and above, two numbers that are both below 2^-(bits / 5) and cannot be told apart are both 0.
ENOUGH_BITS = 2000


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls of so many bits inside this block.

    >>> with precision(100):
    ...     bool(Balls.exactly(2).root().raised(np.array(2)).array.item().contains(2))
    True
    """
    with ctx.workprec(bits):
        yield


def _each(operation: Callable[..., Any], inputs: int) -> Callable[..., Any]:
    each: Callable[..., Any] = np.frompyfunc(operation, inputs, 1)
    return each


def _raised(ball: arb, exponent: int) -> arb:
    """A whole power by squaring: Arb's own is not a number for balls that hold zero."""
    result, square = arb(1), ball
    for bit in reversed(f"{abs(exponent):b}"):
        result = result * square if bit == "1" else result
        square = square * square
    return result if exponent >= 0 else 1 / result


_exp = _each(lambda ball: ball.exp(), 1)
_log = _each(lambda ball: ball.log(), 1)
_root = _each(lambda ball: ball.sqrt(), 1)
_inverse = _each(lambda ball: 1 / ball, 1)
_power = _each(lambda ball, exponent: _raised(ball, int(exponent)), 2)
_larger = _each(lambda left, right: left.max(right), 2)
_finite = _each(lambda ball: ball.is_finite(), 1)
_nan = _each(lambda ball: ball.is_nan(), 1)
_size = _each(lambda ball: ball.abs_upper(), 1)
_least = _each(lambda ball: ball.abs_lower(), 1)
_around = _each(lambda ball, error: ball + arb(0, error.abs_upper()), 2)
_exact = _each(lambda left, right: left.is_exact() and right.is_exact(), 2)
_float = _each(lambda ball: 0.0 if ball.contains(0) else float(ball), 1)


@dataclass(frozen=True, eq=False)
class Balls(Tensor):
    """Real balls in an array of objects."""

    cells = 1 << 12

    array: NDArray[np.object_]

    @classmethod
    def exactly(cls, numbers: Array | Fraction | int) -> Self:
        exact = np.asarray(numbers, dtype=object)
        balls = [arb(fmpq(int(number.numerator), int(number.denominator))) for number in exact.flat]
        return cls(_array(balls, exact.shape))

    @classmethod
    def step_bits(cls, nesting: int) -> int:
        """2^-200 at 700 bits, and for higher derivatives half of the digits that are left."""
        return int(ctx.prec * 2 // 7) >> (nesting - 1)

    @classmethod
    def unknown(cls) -> Self:
        return cls(_array([arb.nan()], ()))

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    def rearranged(self, change: Callable[[Array], Array]) -> Self:
        return self._of(change(self.array))

    def __add__(self, other: Self) -> Self:
        return self._of(self.array + other.array)

    def __mul__(self, other: Self) -> Self:
        return self._of(self.array * other.array)

    def inverse(self) -> Self:
        return self._of(_inverse(self.array))

    def exp(self) -> Self:
        return self._of(_exp(self.array))

    def log(self) -> Self:
        return self._of(_log(self.array))

    def root(self) -> Self:
        return self._of(_root(self.array))

    def sine(self, quarter_turns: int) -> Self:
        sign = -1 if quarter_turns % 4 >= 2 else 1
        wave = _each(lambda ball: sign * (ball.cos() if quarter_turns % 2 else ball.sin()), 1)
        return self._of(wave(self.array))

    def raised(self, exponents: Array) -> Self:
        return self._of(_power(self.array, exponents))

    def total(self, axis: int) -> Self:
        # The sum of an empty axis is the int 0.
        return self._of(np.add.reduce(self.array, axis) + arb(0))

    def largest(self, axis: int) -> Self:
        largest = np.take(self.array, 0, axis)
        for position in range(1, self.shape[axis]):
            largest = _larger(largest, np.take(self.array, position, axis))
        return self._of(largest)

    def chosen(self, mask: Mask, other: Self) -> Self:
        return self._of(np.where(mask, self.array, other.array))

    def scale(self) -> Self:
        return self._of(np.broadcast_to(_array([arb(1)], ()), self.shape))

    def widened(self, error: Self) -> Self:
        return self._of(_around(self.array, error.array))

    def exceeds(self, other: Self) -> Mask:
        return _mask(_least(self.array) > _size(other.array))

    def undefined(self) -> Mask:
        return _mask(_nan(self.array))

    def compared(self, other: Self) -> Comparison:
        left, right = np.broadcast_arrays(self.array, other.array)
        inside = _mask(_finite(left)) & _mask(_finite(right))
        apart = left - right
        differ = inside & _mask(_least(apart) > 0)
        size = _larger(_size(left), _size(right))
        known = _mask(_size(apart) <= size * arb(2) ** -100) | _mask(_exact(left, right))
        if ctx.prec >= ENOUGH_BITS:
            known |= _mask(size < arb(2) ** (-ctx.prec // 5))
        return Comparison(~inside, differ, inside & ~differ & known, 0.0)

    def rounded(self) -> NDArray[np.float64]:
        return np.asarray(_float(self.array), dtype=np.float64)

    def _of(self, result: Any) -> Self:
        # NumPy hands a single object over without its array.
        return type(self)(result if isinstance(result, np.ndarray) else _array([result], ()))


def _array(balls: list[Any], shape: tuple[int, ...]) -> NDArray[np.object_]:
    array = np.empty(len(balls), dtype=object)
    array[:] = balls
    return array.reshape(shape)


def _mask(values: Any) -> Mask:
    return np.asarray(values, dtype=np.bool_)
