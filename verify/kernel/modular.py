"""Arithmetic modulo a large prime: exact instances, in which e to the x is a power of an element of prime order.

With q = 2^255 - 19 and p = 28 q + 1, both prime, e^x becomes w^(x mod q) for a w of order q. The
argument of exp must be an exact rational, so exp does not nest; logarithms and maxima are out of reach.
Inputs are random integers up to 2^40: two different sums of exponential terms agree at such a point
with a probability of about 2^-30 an instance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz_mod, fmpz_mod_ctx

from verify.kernel.evaluate import ONE, ZERO, OutOfReach, OutsideDomain
from verify.kernel.point import Point, as_fmpq, draw, is_long
from verify.kernel.term import Variable

ORDER = 2**255 - 19
PRIME = 28 * ORDER + 1
# A rational number if it is known to be one, and its residue.
Residue = tuple[fmpq | None, fmpz_mod]

_FIELD = fmpz_mod_ctx(PRIME)
_ZERO, _ONE = _FIELD(0), _FIELD(1)
_GENERATOR = _FIELD(2 + draw("generator", below=PRIME - 3)) ** 28
_INVERSE = 1 / _GENERATOR  # a small negative power of the one is a small power of the other, and found far sooner


@dataclass
class Modular:
    """The field of residues at a point; unknown functions are drawn by its seed.

    Where nothing needs to be known as a rational number, as the argument of an exponential does, it is faster not to.
    """

    point: Point
    rational: bool = True

    def at(self, point: Point) -> Modular:
        """The same arithmetic at another point."""
        return Modular(point, self.rational)

    def number(self, value: fmpq) -> Residue:
        """A rational number."""
        return value if self.rational else None, _residue(value)

    def add(self, left: Residue, right: Residue) -> Residue:
        """A sum."""
        exact = left[0] + right[0] if left[0] is not None and right[0] is not None else None
        return _kept(exact), left[1] + right[1]

    def mul(self, left: Residue, right: Residue) -> Residue:
        """A product."""
        exact = left[0] * right[0] if left[0] is not None and right[0] is not None else None
        return _kept(exact), left[1] * right[1]

    def power(self, base: Residue, exponent: int) -> Residue:
        """A whole power; zero has no negative one."""
        if base[1] == 0 and exponent < 0:
            raise OutsideDomain
        short = base[0] is not None and not is_long(base[0], exponent)
        return base[0] ** exponent if short and base[0] is not None else None, base[1] ** exponent

    def exp(self, argument: Residue) -> Residue:
        """W to the argument, which must be an exact rational."""
        exact = argument[0]
        if exact is None:
            raise OutOfReach
        if exact == 0:
            return ONE, _ONE
        numerator, denominator = int(exact.p), int(exact.q)
        if denominator != 1:
            numerator = numerator * pow(denominator, -1, ORDER) % ORDER
        return None, _GENERATOR**numerator if numerator > 0 else _INVERSE ** (-numerator)

    def log(self, argument: Residue) -> Residue:
        """Only log 1 is known."""
        if argument[0] != 1:
            raise OutOfReach
        return ZERO, _ZERO

    def largest(self, values: Sequence[Residue]) -> Residue:
        """Residues have no order; exact values do."""
        exact = [value for value, _ in values if value is not None]
        if len(exact) < len(values):
            raise OutOfReach
        return self.number(max(exact))

    def function(self, symbol: str, order: int, argument: Residue) -> Residue:
        """A number that depends on the function, the order and the argument's residue alone."""
        return None, _FIELD(1 + draw(self.point.seed, "function", symbol, order, int(argument[1]), below=PRIME - 1))

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> Residue:
        """The entry's value at the point."""
        value = self.point.entry(variable, subscripts)
        if not self.rational and value.denominator == 1:
            return None, _FIELD(value.numerator)
        return self.number(as_fmpq(value))

    def dependence(
        self,
        symbol: str,
        by: Sequence[tuple[int, tuple[int, ...]]],
        slots: Sequence[Mapping[tuple[int, ...], Residue]],
    ) -> Residue:
        """A number that depends on the symbol, the derivative taken and the residues in the slots alone."""
        at = [[(place, int(value[1])) for place, value in sorted(slot.items())] for slot in slots]
        return None, _FIELD(1 + draw(self.point.seed, "dependence", symbol, sorted(by), at, below=PRIME - 1))


def _kept(exact: fmpq | None) -> fmpq | None:
    """An exact value, forgotten when it has grown long: only arguments of exp need it."""
    return None if exact is None or is_long(exact) else exact


def _residue(value: fmpq) -> fmpz_mod:
    if value.q == 1:
        return _FIELD(value.p)
    if value.q % PRIME == 0:
        raise OutsideDomain
    return _FIELD(value.p) / _FIELD(value.q)
