"""Real numbers to evaluate with: rational ones exactly, all others in balls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod
from typing import Any

from flint import arb, fmpq

from verify.recheck.instance import Instance, taken
from verify.recheck.table import Undefined, Values

Entry = Callable[[Any, tuple[int, ...]], Any]
# An entry by its symbol and its subscripts, without those of axes of length one.
Key = tuple[str, tuple[int, ...]]
# What is drawn together: each outcome's probability, and the values of the entries.
Lot = Sequence[tuple[Fraction, Mapping[Key, Fraction]]]


class Exact:
    """Rational numbers; whatever has none is undefined."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    def number(self, value: Fraction) -> Fraction:
        """A rational number."""
        return value

    def inverse(self, value: Fraction) -> Fraction:
        """One over a value; raises :class:`Undefined` where there is none."""
        if value == 0:
            raise Undefined
        return 1 / value

    def special(self, here: Instance, node: Any, values: Values) -> Fraction:
        """The value of a node that is no number, sum, product or power."""
        if node[0] == "max":
            largest: Fraction = max(here.over(node[1], node[2], values))
            return largest
        value = self.entry(node[1], taken(node[2], values)) if node[0] == "entry" else None
        if not isinstance(value, Fraction):
            raise Undefined
        return value


class Balls:
    """Real numbers in balls; an unknown function is a polynomial, an unknown quantity J = sum of g t + c t^2."""

    def __init__(
        self,
        entry: Entry,
        function: Callable[[str], list[int]],
        gradient: Callable[[str, int, tuple[int, ...], tuple[int, ...]], Fraction],
        curvature: int = 0,
        lots: Sequence[Lot] = (),
    ) -> None:
        self.entry, self.function, self.gradient, self.curvature = entry, function, gradient, curvature
        self.lots = lots

    def number(self, value: Fraction) -> arb:
        """A rational number."""
        return arb(fmpq(value.numerator, value.denominator))

    def inverse(self, value: arb) -> arb:
        """One over a value; raises :class:`Undefined` where there is none."""
        if value.contains(0):
            raise Undefined
        return 1 / value

    def special(self, here: Instance, node: Any, values: Values) -> arb:
        """The value of a node that is no number, sum, product or power."""
        match node:
            case ("entry", variable, own):
                value = self.entry(variable, taken(own, values))
                return value if isinstance(value, arb) else self.number(value)
            case ("exp", argument):
                return arb.exp(here.of(argument, values))
            case ("log", argument):
                inner = here.of(argument, values)
                if not inner > 0:
                    raise Undefined
                return arb.log(inner)
            case ("max", index, body):
                return reduce(arb.max, here.over(index, body, values), arb("-inf"))
            case ("function", symbol, order, argument):
                return _polynomial(self.function(symbol), order, here.of(argument, values))
            case ("dependence", symbol, by, slots):
                at = [(slot, taken(own, values)) for slot, own in by]
                return self._dependence(symbol, at, [here.all_of(own, body, values) for own, body in slots])
            case ("expectation", body):
                return self._expected(here, body, values)
            case _:
                raise Undefined

    def _expected(self, here: Instance, body: int, values: Values) -> arb:
        """The sum over all outcomes, probability times value."""
        total = arb(0)
        for outcome in product(*self.lots):
            drawn_now = {name: value for _, entries in outcome for name, value in entries.items()}

            def entry(variable: Any, own: tuple[int, ...], known: Mapping[Key, Fraction] = drawn_now) -> Any:
                name = key(variable, own)
                return known[name] if name in known else self.entry(variable, own)

            numbers = Balls(entry, self.function, self.gradient, self.curvature, self.lots)
            inner = Instance(here.table, here.sizes, numbers)
            inner.steps = here.steps
            total += self.number(prod((chance for chance, _ in outcome), start=Fraction(1))) * inner.of(body, values)
            here.steps = inner.steps
        return total

    def _dependence(
        self, symbol: str, at: list[tuple[int, tuple[int, ...]]], slots: list[dict[tuple[int, ...], arb]]
    ) -> arb:
        if len(at) > 1:
            return arb(2 * self.curvature if len(at) == 2 and at[0] == at[1] else 0)
        terms = {(slot, own): value for slot, filled in enumerate(slots) for own, value in filled.items()}
        lengths = [tuple(map(max, zip(*filled, strict=True))) for filled in slots]
        weights = {(slot, own): self.number(self.gradient(symbol, slot, lengths[slot], own)) for slot, own in terms}
        if at:
            return weights[at[0]] + 2 * self.curvature * terms[at[0]]
        return sum(((weights[p] + self.curvature * value) * value for p, value in terms.items()), arb(0))


def key(variable: Any, own: tuple[int, ...]) -> Key:
    """An entry as lots name it."""
    return variable[0], tuple(each for axis, each in zip(variable[1], own, strict=True) if axis != (((), "1"),))


def _polynomial(coefficients: list[int], order: int, argument: arb) -> arb:
    for _ in range(order):
        coefficients = [degree * each for degree, each in enumerate(coefficients)][1:]
    return reduce(lambda total, each: total * argument + each, reversed(coefficients), arb(0))
