"""Exact rational arithmetic: what can be said at a rational point without exponentials or logarithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verify.kernel.evaluate import OutOfReach, OutsideDomain
from verify.kernel.point import Point, gradient_variable, is_long
from verify.kernel.term import Variable


@dataclass
class Exact:
    """Rational numbers at a point; unknown functions are polynomials, unknown dependences linear."""

    point: Point
    functions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, point: Point) -> Exact:
        """The same arithmetic at another point."""
        return replace(self, point=point)

    def number(self, value: Fraction) -> Fraction:
        """A rational number."""
        return value

    def add(self, left: Fraction, right: Fraction) -> Fraction:
        """A sum."""
        return _short(left + right)

    def mul(self, left: Fraction, right: Fraction) -> Fraction:
        """A product."""
        return _short(left * right)

    def power(self, base: Fraction, exponent: int) -> Fraction:
        """A whole power; zero has no negative one."""
        if base == 0 and exponent < 0:
            raise OutsideDomain
        if is_long(base, exponent):
            raise OutOfReach
        return base**exponent

    def exp(self, argument: Fraction) -> Fraction:
        """Only e to the 0 is rational."""
        if argument:
            raise OutOfReach
        return Fraction(1)

    def log(self, argument: Fraction) -> Fraction:
        """Only log 1 is rational."""
        if argument <= 0:
            raise OutsideDomain
        if argument != 1:
            raise OutOfReach
        return Fraction(0)

    def largest(self, values: Sequence[Fraction]) -> Fraction:
        """The largest value."""
        return max(values)

    def function(self, symbol: str, order: int, argument: Fraction) -> Fraction:
        """A derivative of the polynomial chosen."""
        if symbol not in self.functions:
            raise OutOfReach
        coefficients = self.functions[symbol]
        for _ in range(order):
            coefficients = tuple(power * c for power, c in enumerate(coefficients))[1:]
        return sum((c * argument**power for power, c in enumerate(coefficients)), Fraction(0))

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> Fraction:
        """The entry's value at the point."""
        return self.point.entry(variable, subscripts)

    def dependence(
        self,
        symbol: str,
        by: Sequence[tuple[int, tuple[int, ...]]],
        slots: Sequence[Mapping[tuple[int, ...], Fraction]],
    ) -> Fraction:
        """J = sum of g t over the entries t of all slots."""
        if len(by) > 1:
            return Fraction(0)
        if by:
            return self.entry(gradient_variable(symbol, by[0][0]), by[0][1])
        return sum(
            (
                self.entry(gradient_variable(symbol, slot), place) * value
                for slot, entries in enumerate(slots)
                for place, value in entries.items()
            ),
            Fraction(0),
        )


def _short(value: Fraction) -> Fraction:
    if is_long(value):
        raise OutOfReach
    return value
