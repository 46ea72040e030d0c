"""Points: exact rational values for the entries of all variables, given or drawn by a seed.

The same labels give the same number in every run and on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from hashlib import sha512

from flint import fmpq

from verify.kernel.term import Variable

Place = tuple[Variable, tuple[int, ...]]
# What may come of chance, each with its probability: values of the entries that are drawn together.
Law = tuple[tuple[Fraction, Mapping[Place, Fraction]], ...]
# Variables that are held at this number or a larger one are parameters of such laws.
LAW = 1 << 20

LARGE = 2**40
LONGEST = 4096
GRID = tuple(Fraction(eighths, 8) for eighths in range(-24, 25))


def is_long(value: fmpq, power: int = 1) -> bool:
    """Whether a power of a number is too long to be kept exactly."""
    if value.height_bits() * 2 * abs(power) <= LONGEST:
        return False
    return (int(value.p).bit_length() + int(value.q).bit_length()) * abs(power) > LONGEST


def as_fmpq(value: Fraction) -> fmpq:
    """A fraction as FLINT's number, with which arithmetic is far faster."""
    return fmpq(value.numerator, value.denominator)


def as_fraction(value: fmpq) -> Fraction:
    """FLINT's number as a fraction."""
    return Fraction(int(value.p), int(value.q))


def draw(*labels: object, below: int) -> int:
    """A number from 0 up, below the bound, that depends on the labels alone.

    >>> draw("x", 1, below=10) == draw("x", 1, below=10)
    True
    """
    digest = sha512("\x1f".join(map(repr, labels)).encode()).digest()
    return int.from_bytes(digest, "big") % below


@lru_cache(maxsize=1 << 14)
def drawn_before(labels: tuple[object, ...], below: int) -> int:
    """As drawn: the same entries are asked for again and again."""
    return draw(*labels, below=below)


class Undrawn(Exception):
    """The value of a random entry was asked for before it was drawn."""

    def __init__(self, place: Place) -> None:
        self.place = place


@dataclass
class Point:
    """Values of entries: those given, and others drawn from the pool (whole numbers up to 2^40 without one).

    A random entry has a law, and a value in one outcome only.
    """

    seed: int
    pool: tuple[Fraction, ...] = ()
    given: Mapping[Place, Fraction] = field(default_factory=dict)
    positive: frozenset[Variable] = frozenset()
    used: dict[Place, Fraction] = field(default_factory=dict)
    laws: Mapping[Place, Law] = field(default_factory=dict)
    outcome: Mapping[Place, Fraction] = field(default_factory=dict)
    drawn: dict[Place, None] = field(default_factory=dict)

    def entry(self, variable: Variable, subscripts: tuple[int, ...]) -> Fraction:
        """The value of an entry; it is noted as used. Raises :class:`Undrawn` for a random one outside its outcome."""
        place = (variable, subscripts)
        if self.laws and place in self.laws:
            self.drawn[place] = None
            if place not in self.outcome:
                raise Undrawn(place)
            return self.outcome[place]
        known = self.used.get(place)
        if known is None:
            known = self.given.get(place) if self.given else None
            known = self.used[place] = self._drawn(variable, subscripts) if known is None else known
        return known

    def _drawn(self, variable: Variable, subscripts: tuple[int, ...]) -> Fraction:
        labels = (self.seed, variable.symbol, variable.held, len(variable.axes), subscripts)
        if not self.pool:
            return Fraction(1 + drawn_before(labels, LARGE))
        value = self.pool[drawn_before(labels, len(self.pool))]
        return value if variable not in self.positive or value > 0 else abs(value) or Fraction(1)

    def again(self) -> Point:
        """The same point, which notes by itself what else is used of it."""
        used, drawn = dict(self.used), dict(self.drawn)
        return Point(self.seed, self.pool, self.given, self.positive, used, self.laws, self.outcome, drawn)

    def in_outcome(self, outcome: Mapping[Place, Fraction]) -> Point:
        """The same point, where this came of chance; what is used of the one is used of the other."""
        return Point(self.seed, self.pool, self.given, self.positive, self.used, self.laws, outcome, self.drawn)

    def at(self, changes: Mapping[Place, Fraction]) -> Point:
        """The same point with other values at some places."""
        return Point(self.seed, self.pool, {**self.given, **changes}, self.positive)


def gradient_variable(symbol: str, slot: int) -> Variable:
    """The inputs that stand for the gradient of an unknown dependence by one of its slots."""
    return Variable(symbol, (), held=-1 - slot)
