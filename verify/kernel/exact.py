"""Exact rational arithmetic: what can be said at a rational point without exponentials or logarithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flint import fmpq

from verify.kernel.evaluate import OutOfReach, OutsideDomain
from verify.kernel.point import Point, as_fmpq, gradient_variable, is_long
from verify.kernel.term import Variable

ZERO, ONE = fmpq(0), fmpq(1)


@dataclass
class Exact:
    """Rational numbers at a point; unknown functions are polynomials, unknown dependences linear."""

    point: Point
    functions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, point: Point) -> Exact:
        """The same arithmetic at another point."""
        return Exact(point, self.functions)

    def number(self, value: fmpq) -> fmpq:
        """A rational number."""
        return value

    def add(self, left: fmpq, right: fmpq) -> fmpq:
        """A sum."""
        return _short(left + right)

    def mul(self, left: fmpq, right: fmpq) -> fmpq:
        """A product."""
        return _short(left * right)

    def power(self, base: fmpq, exponent: int) -> fmpq:
        """A whole power; zero has no negative one."""
        if base == 0 and exponent < 0:
            raise OutsideDomain
        if is_long(base, exponent):
            raise OutOfReach
        return base**exponent

    def exp(self, argument: fmpq) -> fmpq:
        """Only e to the 0 is rational."""
        if argument:
            raise OutOfReach
        return ONE

    def log(self, argument: fmpq) -> fmpq:
        """Only log 1 is rational."""
        if argument <= 0:
            raise OutsideDomain
        if argument != 1:
            raise OutOfReach
        return ZERO

    def largest(self, values: Sequence[fmpq]) -> fmpq:
        """The largest value."""
        return max(values)

    def function(self, symbol: str, order: int, argument: fmpq) -> fmpq:
        """A derivative of the polynomial chosen."""
        if symbol not in self.functions:
            raise OutOfReach
        coefficients = self.functions[symbol]
        for _ in range(order):
            coefficients = tuple(power * c for power, c in enumerate(coefficients))[1:]
        total = ZERO
        for coefficient in reversed(coefficients):
            total = total * argument + coefficient
        return total

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> fmpq:
        """The entry's value at the point."""
        return as_fmpq(self.point.entry(variable, subscripts))

    def dependence(
        self,
        symbol: str,
        by: Sequence[tuple[int, tuple[int, ...]]],
        slots: Sequence[Mapping[tuple[int, ...], fmpq]],
    ) -> fmpq:
        """J = sum of g t over the entries t of all slots."""
        if len(by) > 1:
            return ZERO
        if by:
            return self.entry(gradient_variable(symbol, by[0][0]), by[0][1])
        return sum(
            (
                self.entry(gradient_variable(symbol, slot), place) * value
                for slot, entries in enumerate(slots)
                for place, value in entries.items()
            ),
            ZERO,
        )


def _short(value: fmpq) -> fmpq:
    if is_long(value):
        raise OutOfReach
    return value
