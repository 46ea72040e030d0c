"""Ball arithmetic: real numbers enclosed by Arb. A ball that excludes zero proves that a value is not zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from flint import arb, ctx, fmpq

from verify.kernel.evaluate import OutsideDomain
from verify.kernel.point import Point, as_fmpq, draw, gradient_variable
from verify.kernel.term import Variable

BITS = 320


@contextmanager
def precision(bits: int = BITS) -> Iterator[None]:
    """Arb's working precision, put back afterwards."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


@dataclass
class Balls:
    """Real balls at a point.

    Unknown functions are the polynomials that ``functions`` names, or else a sine drawn by the seed. A
    quantity that depends on others is linear in them if it is named in ``linear``, and else has a
    quadratic part, so that its gradient is not constant.
    """

    point: Point
    functions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    linear: frozenset[str] = frozenset()

    def at(self, point: Point) -> Balls:
        """The same arithmetic at another point."""
        return Balls(point, self.functions, self.linear)

    def number(self, value: fmpq) -> arb:
        """A rational number."""
        return arb(value)

    def add(self, left: arb, right: arb) -> arb:
        """A sum."""
        return left + right

    def mul(self, left: arb, right: arb) -> arb:
        """A product."""
        return left * right

    def power(self, base: arb, exponent: int) -> arb:
        """A whole power; a ball that holds zero has no negative one."""
        if exponent < 0 and base.contains(0):
            raise OutsideDomain
        result = _power(base, abs(exponent))
        return result if exponent >= 0 else 1 / result

    def exp(self, argument: arb) -> arb:
        """The exponential."""
        return argument.exp()

    def log(self, argument: arb) -> arb:
        """The logarithm, where the whole ball is positive."""
        if not argument > 0:
            raise OutsideDomain
        return argument.log()

    def largest(self, values: Sequence[arb]) -> arb:
        """The largest value."""
        largest = values[0]
        for value in values[1:]:
            largest = largest.max(value)
        return largest

    def function(self, symbol: str, order: int, argument: arb) -> arb:
        """The polynomial chosen, or a sine whose amplitude, frequency and phase the seed draws."""
        chosen = self.functions.get(symbol)
        if chosen is not None:
            return polynomial(chosen, order, argument)
        amplitude, frequency, phase = (self._drawn("function", symbol, part) for part in range(3))
        turned = frequency * argument + phase + order * arb.pi() / 2
        return amplitude * frequency**order * turned.sin()

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> arb:
        """The entry's value at the point."""
        return arb(as_fmpq(self.point.entry(variable, subscripts)))

    def dependence(
        self,
        symbol: str,
        by: Sequence[tuple[int, tuple[int, ...]]],
        slots: Sequence[Mapping[tuple[int, ...], arb]],
    ) -> arb:
        """J = sum of g t + t^2 over the entries t of all slots, or without the squares where it is to be linear."""
        square = 0 if symbol in self.linear else 1
        if len(by) > 1:
            return arb(2 * square) if len(by) == 2 and by[0] == by[1] else arb(0)
        if by:
            slot, place = by[0]
            return self._gradient(symbol, slot, place) + 2 * square * slots[slot][place]
        total = arb(0)
        for slot, entries in enumerate(slots):
            for place, value in entries.items():
                total += self._gradient(symbol, slot, place) * value + square * value * value
        return total

    def _gradient(self, symbol: str, slot: int, place: tuple[int, ...]) -> arb:
        return self.entry(gradient_variable(symbol, slot), place)

    def _drawn(self, *labels: object) -> arb:
        return arb(draw(self.point.seed, *labels, below=31) + 1) / 16


def _power(base: arb, exponent: int) -> arb:
    """A power by squaring: Arb's own goes through the logarithm, and is not a number for balls that hold zero."""
    result, square = arb(1), base
    while exponent:
        if exponent & 1:
            result = result * square
        square, exponent = square * square, exponent >> 1
    return result


def polynomial(coefficients: tuple[int, ...], order: int, argument: arb) -> arb:
    """A derivative of a polynomial, by Horner's rule."""
    for _ in range(order):
        coefficients = tuple(power * c for power, c in enumerate(coefficients))[1:]
    total = arb(0)
    for coefficient in reversed(coefficients):
        total = total * argument + coefficient
    return total
