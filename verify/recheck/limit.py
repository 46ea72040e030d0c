"""Limits, decided again: how fast a quotient of polynomials in known functions of the variable grows.

Each function is the variable itself, e or a number to a multiple of it, or the logarithm of such a quotient. What
a certificate says of them is an identity each time; how they grow follows from what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.recheck.identity import equal_for_all_sizes
from verify.recheck.order import Poly, node_of, polynomial
from verify.recheck.stated import Stated

LARGEST_POWER = 1000


class Unshown(Exception):
    """The growth of a term is not one of those that are compared."""


@dataclass(frozen=True, order=True)
class Growth:
    """How s^power (log s)^logs base^s e^(rate s) grows as s does; of a base beside a rate nothing is said."""

    rate: Fraction = Fraction(0)
    base: Fraction = Fraction(1)
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)

    def times(self, other: Growth, often: int = 1) -> Growth:
        """The growth of a product with a whole power."""
        return Growth(
            self.rate + often * other.rate,
            self.base * other.base**often,
            self.power + often * other.power,
            self.logs + often * other.logs,
        )


# As large as a number times how fast it grows: nothing where it is 0.
Leading = tuple[Growth, Fraction]


class Limit:
    """A statement about what a value tends to, as a variable grows or falls beyond all bounds."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.variable, self.sign = stated.record["towards"]

    def found(self, quotient: Mapping[str, Any]) -> str | None:
        """The limit, as a number or an infinity; nothing where the certificate does not show it."""
        try:
            leading = self._of_quotient(self.stated.sides[0], quotient)
        except Unshown:
            return None
        if leading is None:
            return "0"
        growth, coefficient = leading
        if growth.base != 1 and growth.rate:
            return None
        if growth == Growth():
            return str(coefficient)
        return "0" if growth < Growth() else "oo" if coefficient > 0 else "-oo"

    def _of_quotient(self, place: int, quotient: Mapping[str, Any]) -> Leading | None:
        """How a node grows, that is a quotient of polynomials in functions; nothing if it is 0."""
        places = [each["place"] for each in quotient["functions"]]
        above, below = (polynomial(quotient[part], len(places)) for part in ("above", "below"))
        new = self.stated.new
        product = new("mul", (place, node_of(self.stated, below, places)))
        if not below or not equal_for_all_sizes(self.stated, product, node_of(self.stated, above, places)):
            raise Unshown
        if not above:
            return None
        functions = [self._of_function(each) for each in quotient["functions"]]
        (high, top), (low, bottom) = (_largest(poly, functions) for poly in (above, below))
        return high.times(low, -1), top / bottom

    def _of_function(self, function: Mapping[str, Any]) -> Leading:
        stated, new, place = self.stated, self.stated.new, function["place"]
        node = stated.nodes[place]
        if stated.table.text(place, {}) == stated.table.text(self.variable, {}):
            return Growth(power=Fraction(1)), Fraction(self.sign)
        if node[0] == "exp" and "rate" in function:
            exponent = new("mul", (new("number", function["rate"]), self.variable))
            if equal_for_all_sizes(stated, node[1], exponent):
                return Growth(rate=Fraction(function["rate"]) * self.sign), Fraction(1)
        if node[0] == "exp" and "base" in function and Fraction(function["base"]) > 0 and self.sign > 0:
            exponent = new("mul", (self.variable, new("log", new("number", function["base"]))))
            if equal_for_all_sizes(stated, node[1], exponent):
                return Growth(base=Fraction(function["base"])), Fraction(1)
        if node[0] == "log" and "argument" in function:
            return self._of_logarithm(node[1], function)
        raise Unshown

    def _of_logarithm(self, argument: int, function: Mapping[str, Any]) -> Leading:
        """That of log p is the rate of p, or its power beside log s; and that of p - 1 where p tends to 1."""
        leading = self._of_quotient(argument, function["argument"])
        if leading is None:
            raise Unshown
        growth, coefficient = leading
        if growth.base != 1 or growth.logs or coefficient <= 0:
            raise Unshown
        if growth.rate:
            return Growth(power=Fraction(1)), growth.rate
        if growth.power:
            return Growth(logs=Fraction(1)), growth.power
        if coefficient != 1 or "less_one" not in function:
            raise Unshown
        less = self.stated.less(argument, self.stated.new("number", "1"))
        found = self._of_quotient(less, function["less_one"])
        if found is None:
            raise Unshown
        return found


def _largest(poly: Poly, functions: list[Leading]) -> Leading:
    """The terms that grow fastest, taken together."""
    grown: dict[Growth, Fraction] = {}
    for exponents, coefficient in poly.items():
        growth, factor = Growth(), Fraction(int(coefficient.p), int(coefficient.q))
        for (own, by), often in zip(functions, exponents, strict=True):
            if often > LARGEST_POWER:
                raise Unshown
            growth, factor = growth.times(own, often), factor * by**often
        grown[growth] = grown.get(growth, Fraction(0)) + factor
    if any(each.base != 1 for each in grown) and any(each.rate for each in grown):
        raise Unshown
    fastest = max(grown)
    if not grown[fastest]:
        raise Unshown
    return fastest, grown[fastest]
