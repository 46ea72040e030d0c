"""Functions that stand for an unknown smooth function of a number, with their exact derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import perm
from typing import TypeVar

from verify.language import verdict
from verify.sample.tensor import Tensor

T = TypeVar("T", bound=Tensor)


@dataclass(frozen=True)
class Wave:
    """sin(frequency t + phase) + slope t: smooth everywhere, never large, and without symmetries.

    >>> str(Wave.numbered(0))
    'sin(5/4 t + 3/8) + 1/2 t'
    """

    frequency: Fraction
    phase: Fraction
    slope: Fraction

    @classmethod
    def numbered(cls, position: int) -> Wave:
        """Another wave for each position."""
        return cls(Fraction(5 + 2 * position, 4), Fraction(3 + 2 * position, 8), Fraction(1 + position, 2))

    def derived(self, order: int, argument: T) -> T:
        """The derivative of that order; of order 0, the value."""
        exactly = type(argument).exactly
        wave = (argument * exactly(self.frequency) + exactly(self.phase)).sine(order) * exactly(self.frequency**order)
        line = {0: argument * exactly(self.slope), 1: exactly(self.slope)}.get(order)
        return wave if line is None else wave + line

    def __str__(self) -> str:
        return f"sin({self.frequency} t + {self.phase}) + {self.slope} t"


@dataclass(frozen=True)
class Polynomial:
    """A polynomial by its coefficients from the constant one up, as witnesses give them.

    >>> str(Polynomial((0, -1, 0, 1)))
    't^3 - t'
    """

    coefficients: tuple[int, ...]

    def derived(self, order: int, argument: T) -> T:
        """The derivative of that order; of order 0, the value."""
        exactly = type(argument).exactly
        value = argument * exactly(0)
        for power in reversed(range(order, len(self.coefficients))):
            value = value * argument + exactly(self.coefficients[power] * perm(power, order))
        return value

    def __str__(self) -> str:
        return verdict.polynomial_text(self.coefficients)


Smooth = Wave | Polynomial
