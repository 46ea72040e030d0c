"""What a node is at least, by its form: e to anything is positive, and a sum is more than one of its positive terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from flint import fmpq

from verify.recheck.stated import Stated, is_general
from verify.recheck.table import frozen, size_of


@dataclass(frozen=True)
class Bound:
    """A number that a node is never below and, if the bound is open, never at."""

    least: fmpq
    open: bool


POSITIVE, NOT_NEGATIVE = Bound(fmpq(0), open=True), Bound(fmpq(0), open=False)


class Bounds:
    """Bounds of the nodes of a statement, under its hypotheses, where no dimension is smaller than a number."""

    def __init__(self, stated: Stated, smallest: int = 2) -> None:
        self.stated = stated
        self.positive = {*frozen(stated.record["positive"]), *self._logged()}
        given = [(name, bound) for name, bound in stated.record["least"]]
        self.least = {
            name: max([smallest, *(bound for own, bound in given if own == name)]) for name in stated.dimensions
        }

    def _logged(self) -> Iterator[Any]:
        """The variables of which every entry must be positive, as its logarithm is taken."""
        nodes = self.stated.nodes
        for place in self.stated.record["defined"]:
            match nodes[place]:
                case ("log", argument) if nodes[argument][0] == "entry":
                    _, variable, own = nodes[argument]
                    bound = [each for each in own if not isinstance(each, int)]
                    if is_general(variable, own, bound) and all(each[0] != "free" for each in bound):
                        yield variable
                case _:
                    pass

    def of(self, place: int) -> Bound | None:
        """What a node is at least; nothing if it has no bound of a known form."""
        match self.stated.nodes[place]:
            case ("number", text):
                value = Fraction(text)
                return Bound(fmpq(value.numerator, value.denominator), open=False)
            case ("size", extent):
                return Bound(fmpq(int(self._least(extent))), open=False) if self._least(extent) >= 0 else None
            case ("entry", variable, _):
                return POSITIVE if variable in self.positive else None
            case ("exp", argument):
                exponent = self.of(argument)
                if exponent is None or exponent.least < 0:
                    return POSITIVE
                return Bound(fmpq(1), open=exponent.open or exponent.least > 0)
            case ("mul", places):
                return self._product(map(self.of, places))
            case ("pow", base, exponent):
                return POSITIVE if self.is_above_zero(base) else NOT_NEGATIVE if exponent % 2 == 0 else None
            case ("sum", index, body) if self._least(index[3]) >= 1:
                bound = self.of(body)
                return None if bound is None or bound.least < 0 else bound
            case ("max", index, body) if self._least(index[3]) >= 1:
                return self.of(body)
            case ("add", (whole, less)) if self._without(whole, less) is not None:
                return self._without(whole, less)
            case ("add", places):
                return self._sum(map(self.of, places))
            case _:
                return None

    def is_above_zero(self, place: int) -> bool:
        """Whether a node is positive wherever it is defined."""
        bound = self.of(place)
        return bound is not None and (bound.least > 0 or (bound.least == 0 and bound.open))

    def is_defined(self, place: int) -> bool:
        """Whether a logarithm or a division is of what is positive."""
        node = self.stated.nodes[place]
        return node[0] in ("log", "pow") and self.is_above_zero(node[1])

    def _least(self, extent: Any) -> Fraction:
        """The least value of a polynomial in dimensions; nothing useful if it may fall."""
        if any(names and Fraction(coefficient) < 0 for names, coefficient in extent):
            return Fraction(-1)
        return Fraction(size_of(extent, self.least))

    def _without(self, whole: int, less: int) -> Bound | None:
        """A sum of positive terms without one of them is positive; a maximum less an entry is not negative."""
        nodes = self.stated.nodes
        match nodes[less]:
            case ("mul", (sign, own)) if nodes[sign] == ("number", "-1"):
                pass
            case _:
                return None
        match nodes[whole]:
            case ("sum", index, body) if self.is_above_zero(body) and self._least(index[3]) >= 2:
                return POSITIVE if self._is_term(own, index, body) or self._is_largest(own, index, body) else None
            case ("max", index, body) if self._is_term(own, index, body):
                return NOT_NEGATIVE
            case _:
                return None

    def _is_term(self, own: int, index: Any, body: int) -> bool:
        """Whether a node is the body at one value of the index."""
        table = self.stated.table
        numbers = range(1, int(self._least(index[3])) + 1)[:2]
        places = [*(each for each in table.free[own] if each[3] == index[3]), *numbers]
        return any(table.text(body, {index: each}) == table.text(own, {}) for each in places)

    def _is_largest(self, own: int, index: Any, body: int) -> bool:
        """Whether a node is e to a maximum, and the body e to what that is taken of."""
        nodes, table = self.stated.nodes, self.stated.table
        match nodes[own], nodes[body]:
            case ("exp", largest), ("exp", exponent) if nodes[largest][0] == "max":
                _, over, inner = nodes[largest]
                same: Any = ("largest", "", 0, index[3])
                return bool(
                    over[3] == index[3] and table.text(inner, {over: same}) == table.text(exponent, {index: same})
                )
            case _:
                return False

    def _product(self, bounds: Iterable[Bound | None]) -> Bound | None:
        found = list(bounds)
        known = [each for each in found if each is not None and each.least >= 0]
        if len(known) < len(found):
            return None
        least = prod((each.least for each in known), start=fmpq(1))
        apart = any(each.open for each in known) if least else all(each.least or each.open for each in known)
        return Bound(least, open=apart)

    def _sum(self, bounds: Iterable[Bound | None]) -> Bound | None:
        found = list(bounds)
        known = [each for each in found if each is not None]
        if len(known) < len(found):
            return None
        return Bound(sum((each.least for each in known), start=fmpq(0)), open=any(each.open for each in known))
