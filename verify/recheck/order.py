"""Ranges and inequalities, decided again: a distance is a quotient of polynomials in parameters, of a known sign.

A certificate says for each choice of dimensions that are 1, the others being at least 2, what the parameters
are, and of each distance from an end of the set what stands above and below. That these are it is an identity.
Their signs are those of all their terms or, in one parameter, follow from intervals that hold the roots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from math import comb
from typing import Any

from flint import arb, fmpq, fmpq_poly

from verify.recheck.bounds import Bound, Bounds
from verify.recheck.identity import equal_for_all_sizes
from verify.recheck.stated import Distance, Stated, partial_in
from verify.recheck.sturm import Sign, implied
from verify.recheck.table import frozen

Poly = dict[tuple[int, ...], fmpq]

LINE = ("slope", "constant", "number")
MANY_DIMENSIONS, LARGEST_POWER = 4, 1000


def lies_in_its_set(record: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the cases of a certificate show an inequality, or membership in an interval, for all sizes."""
    known = {frozenset(case["ones"]): case for case in cases}
    larger = [name for name in record["dimensions"] if all(own != name or bound < 2 for own, bound in record["least"])]
    if len(larger) > MANY_DIMENSIONS:
        return False
    choices = chain.from_iterable(combinations(larger, many) for many in range(len(larger) + 1))
    return all(
        ones in known and _is_shown(Stated(record, ones), known[ones]["distances"]) for ones in map(frozenset, choices)
    )


def _is_shown(stated: Stated, shown: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each distance from an end of the set has its sign."""
    return len(stated.distances) == len(shown) and all(
        Quotient(stated, by).has_sign(distance) for distance, by in zip(stated.distances, shown, strict=True)
    )


class Quotient:
    """A distance as a quotient of polynomials in parameters, where some dimensions are 1 and the others more."""

    def __init__(self, stated: Stated, by: Mapping[str, Any]) -> None:
        self.stated, self.by = stated, by
        self.parameters: list[int] = by["parameters"]
        bounds = Bounds(stated)
        self.bounds = [bounds.of(place) for place in self.parameters]
        known = {stated.table.text(place, {}) for place in stated.partial()}
        self.are_defined = all(
            stated.table.text(place, {}) in known or bounds.is_defined(place)
            for parameter in self.parameters
            for place in partial_in(stated.nodes, parameter)
        )

    def has_sign(self, distance: Distance) -> bool:
        """Whether the quotient is that of a distance, and as large as this must be.

        Parameters that are not defined wherever the statement is say nothing: e^(log x) is x, but only where x > 0.
        """
        if not self.are_defined:
            return False
        above, below = (polynomial(self.by[part], len(self.parameters)) for part in ("above", "below"))
        if not self._is_quotient(distance.place, above, below, exponential=self.by["exponential"]):
            return False
        if self._is_positive(below, strict=True) and self._is_positive(above, strict=distance.strict):
            return True
        quotient = self._in_one_parameter(above, below)
        if quotient is None:
            return False
        told = [*self._of_the_parameter(), *self._given()]
        roots = [(fmpq_of(low), fmpq_of(high)) for low, high in self.by["roots"]]
        return implied(told, Sign(*quotient, distance.strict), roots)

    def _is_quotient(self, place: int, above: Poly, below: Poly, *, exponential: bool = False) -> bool:
        """Whether a node is above / below; or, by exponentials, e to it is 1 + above / below."""
        new = self.stated.new
        over, under = (node_of(self.stated, each, self.parameters) for each in (above, below))
        if exponential:
            place, over = new("exp", place), new("add", (under, over))
        return bool(below) and equal_for_all_sizes(self.stated, new("mul", (place, under)), over)

    def _is_positive(self, poly: Poly, *, strict: bool) -> bool:
        """Whether all terms have that sign, the parameters being what they are at least and something more."""
        if not poly:
            return not strict
        shifted = _shifted(poly, [each.least if each is not None else fmpq(0) for each in self.bounds])
        signs = [[self._sign(bound, power) for bound, power in zip(self.bounds, each, strict=True)] for each in shifted]
        if any(None in each for each in signs) or any(coefficient < 0 for coefficient in shifted.values()):
            return False
        return not strict or any(all(each) for each in signs)

    def _sign(self, bound: Bound | None, power: int) -> bool | None:
        """Whether a power of what a parameter is beyond its bound is positive; nothing if it may be negative."""
        if power == 0:
            return True
        if bound is None:
            return None if power % 2 else False
        return bound.open

    def _in_one_parameter(self, above: Poly, below: Poly) -> tuple[fmpq_poly, fmpq_poly] | None:
        """Both parts in the first parameter, or in the ratio of two positive ones; nothing where that does not go."""
        if not 1 <= len(self.parameters) <= 2:
            return None
        if len(self.parameters) == 2:
            degrees = {sum(each) for poly in (above, below) for each in poly}
            if len(degrees) != 1 or any(each is None or each.least != 0 or not each.open for each in self.bounds):
                return None
        found = [_univariate(poly) for poly in (above, below)]
        return found[0], found[1]

    def _of_the_parameter(self) -> Iterator[Sign]:
        bound = self.bounds[0]
        if bound is not None:
            yield Sign(fmpq_poly([-bound.least, 1]), fmpq_poly([1]), bound.open)

    def _given(self) -> Iterator[Sign]:
        """What hypotheses say of the one parameter: a quotient that is positive, or a bound of its exponent."""
        for each in self.by["given"]:
            place, strict, indices = self.stated.record["inequalities"][each["inequality"]]
            if indices or len(self.parameters) != 1:
                continue
            if "number" in each:
                yield from self._of_exponent(place, strict, *map(fmpq_of, (each[k] for k in LINE)))
                continue
            above, below = (polynomial(each[part], 1) for part in ("above", "below"))
            if self._is_quotient(place, above, below):
                yield Sign(_univariate(above), _univariate(below), strict)

    def _of_exponent(self, place: int, strict: bool, slope: fmpq, constant: fmpq, number: fmpq) -> Iterator[Sign]:
        """Of t = e^u, where a u + b is positive, that t is beyond a number on the safe side of e^(-b / a)."""
        stated, new = self.stated, self.stated.new
        node = stated.nodes[self.parameters[0]]
        if node[0] != "exp" or not slope or abs(constant) > LARGEST_POWER * abs(slope):
            return
        line = new("add", (new("mul", (new("number", str(slope)), node[1])), new("number", str(constant))))
        end, side = arb(-constant / slope).exp(), 1 if slope > 0 else -1
        safe = number == 1 if constant == 0 else (end - arb(number)) * side > 0
        if safe and equal_for_all_sizes(stated, place, line):
            yield Sign(fmpq_poly([-number * side, side]), fmpq_poly([1]), strict)


def node_of(stated: Stated, poly: Poly, parameters: Sequence[int]) -> int:
    """The place of a polynomial in parameters."""
    new, terms = stated.new, []
    for exponents, coefficient in poly.items():
        powers = [new("pow", place, power) for place, power in zip(parameters, exponents, strict=True) if power]
        terms.append(new("mul", (new("number", str(coefficient)), *powers)))
    return new("add", tuple(terms)) if terms else new("number", "0")


def polynomial(record: Any, many: int) -> Poly:
    """A polynomial of a certificate in so many parameters."""
    found = {tuple(exponents): fmpq_of(coefficient) for coefficient, exponents in frozen(record)}
    if any(len(each) != many for each in found) or len(found) != len(record):
        raise ValueError(f"a polynomial in {many} parameters, whose terms differ, was expected")
    return {exponents: coefficient for exponents, coefficient in found.items() if coefficient}


def _shifted(poly: Poly, by: Sequence[fmpq]) -> Poly:
    """The polynomial with a number added to each parameter."""
    for place, least in enumerate(by):
        if least == 0:
            continue
        total: Poly = {}
        for exponents, coefficient in poly.items():
            power = exponents[place]
            for kept in range(power + 1):
                key = (*exponents[:place], kept, *exponents[place + 1 :])
                total[key] = total.get(key, fmpq(0)) + coefficient * comb(power, kept) * least ** (power - kept)
        poly = {exponents: coefficient for exponents, coefficient in total.items() if coefficient}
    return poly


def _univariate(poly: Poly) -> fmpq_poly:
    coefficients = {exponents[0] if exponents else 0: coefficient for exponents, coefficient in poly.items()}
    return fmpq_poly([coefficients.get(power, 0) for power in range(max(coefficients, default=0) + 1)])


def fmpq_of(text: str) -> fmpq:
    """The rational number that a text is."""
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)
