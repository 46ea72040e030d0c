"""Powers, logarithms and exponentials spread over products and sums, so that fewer nodes hide sums inside.

(a b)^k = a^k b^k, e^(a + b) = e^a e^b, e^(k log a) = a^k. With log x understood as log |x|, log (a b) = log a + log b
and log e^a = a hold wherever the sides are defined, and so nothing that is proved of the result is less general.
"""

from __future__ import annotations

from typing import Any

from verify.recheck.table import parts


class Spread:
    """The nodes of a statement being rewritten; ``places`` says where each has gone."""

    def __init__(self, nodes: Any) -> None:
        self.nodes: list[Any] = []
        self.places: list[int] = []
        for node in nodes:
            self.places.append(self._rewritten(node))

    def _new(self, *node: Any) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _rewritten(self, node: Any) -> int:
        to = self.places
        match node:
            case ("pow", base, exponent):
                return self._power(to[base], exponent)
            case ("log", argument):
                return self._log(to[argument])
            case ("exp", argument):
                return self._exp(to[argument])
            case ("add" | "mul" as kind, places):
                return self._new(kind, tuple(to[each] for each in places))
            case ("sum" | "max" as kind, index, body):
                return self._new(kind, index, to[body])
            case ("function", symbol, order, argument):
                return self._new("function", symbol, order, to[argument])
            case ("dependence", symbol, by, slots):
                return self._new("dependence", symbol, by, tuple((own, to[body]) for own, body in slots))
            case ("inverse", at, own, body):
                return self._new("inverse", at, own, to[body])
            case ("expectation", body):
                return self._new("expectation", to[body])
            case _:
                assert not parts(node)
                return self._new(*node)

    def _power(self, place: int, exponent: int) -> int:
        match self.nodes[place]:
            case ("mul", places):
                return self._new("mul", tuple(self._power(each, exponent) for each in places))
            case ("pow", base, inner):
                return self._power(base, inner * exponent)
            case _:
                return self._new("pow", place, exponent)

    def _log(self, place: int) -> int:
        match self.nodes[place]:
            case ("mul", places):
                return self._new("add", tuple(self._log(each) for each in places))
            case ("pow", base, exponent):
                return self._new("mul", (self._new("number", str(exponent)), self._log(base)))
            case ("exp", argument):
                return int(argument)
            case _:
                return self._new("log", place)

    def _exp(self, place: int) -> int:
        match self.nodes[place]:
            case ("add", places):
                return self._new("mul", tuple(self._exp(each) for each in places))
            case ("log", argument):
                return int(argument)
            case ("mul", (first, second)) if self.nodes[second][0] == "log" and self._whole(first) is not None:
                return self._power(self.nodes[second][1], self._whole(first) or 0)
            case _:
                return self._new("exp", place)

    def _whole(self, place: int) -> int | None:
        match self.nodes[place]:
            case ("number", text) if text.lstrip("-").isdigit():
                return int(text)
            case _:
                return None
