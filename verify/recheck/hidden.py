"""Which parts become tensors of their own, so that the sums left in a statement are those that are counted.

What depends on a sum in no way that can be counted, as e^(sum of p_j) does, depends on a tensor of its own instead: the
result says more. A sum of E_rj over j by which is divided inside of another sum becomes a tensor s_r of its own too,
and with it E_rj = s_r p_rj where the sum of p_rj is 1: that is every E whose sum is not 0.

With log x understood as log |x|, log (a b) = log a + log b and log e^a = a hold wherever the sides are defined, and so
nothing that is proved is less general. But e^(log |a|) is no a, and stays as it is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.recheck.table import Table, parts, with_parts

LARGEST_FACTORED = 10**6


class Hidden:
    """A table in which nodes are hidden; with ``shares``, terms of sums that divide are shares of these."""

    def __init__(self, nodes: list[Any], summing: Any, random: frozenset[Any] = frozenset(), *, shares: bool) -> None:
        self.table = Table(nodes, summing, random)
        self._known: dict[tuple[int, bool], int] = {}
        below = {node[1] for node in nodes if node[0] == "pow" and node[2] < 0} if shares else set()
        divided = [place for place in below if nodes[place][0] == "sum" and nodes[nodes[place][2]][0] == "exp"]
        self._wholes = {self._form(nodes[place][2]): place for place in sorted(divided)}

    def _form(self, place: int) -> str:
        """A node in words, its free indices left out."""
        return self.table.text(place, dict.fromkeys(self.table.free[place], 0))

    def place(self, old: int, *, inside: bool = False) -> int:
        """Where a node has gone; ``inside`` of what cannot be counted every sum is hidden."""
        key = (old, inside)
        if key not in self._known:
            self._known[key] = self._rewritten(old, inside)
        return self._known[key]

    def _rewritten(self, old: int, inside: bool) -> int:
        table, node = self.table, self.table.nodes[old]
        match node:
            case ("exp", _) if self._wholes and self._form(old) in self._wholes:
                return table.add(("hidden", old) if inside else ("share", self._wholes[self._form(old)], old))
            case ("max" | "root", _, _) | ("dependence" | "inverse", _, _, _):
                return table.add(("hidden", old))
            case ("sum", _, _) | ("size" | "expectation", _) if inside:
                return table.add(("hidden", old))
            case ("entry", _, _) if inside and table.sums[old]:
                return table.add(("hidden", old))
            case ("pow", base, exponent) if exponent < 0 and not inside and self._must_hide(base):
                return table.add(("pow", self.place(base, inside=True), exponent))
            case ("log", argument):
                return self._log(argument, inside)
            case ("exp", _) | ("function", _, _, _):
                return table.add(with_parts(node, [self.place(each, inside=True) for each in parts(node)]))
            case _:
                return table.add(with_parts(node, [self.place(each, inside=inside) for each in parts(node)]))

    def _log(self, argument: int, inside: bool) -> int:
        """A logarithm, understood as that of an absolute value: of a product the sum of those of its factors."""
        table = self.table
        match table.nodes[argument]:
            case ("mul", factors):
                return table.add(("add", tuple(self._log(each, inside) for each in factors)))
            case ("pow", base, exponent):
                return table.add(("mul", (table.add(("number", str(exponent))), self._log(base, inside))))
            case ("exp", exponent):
                return self.place(exponent, inside=inside)
            case ("number", text) if primes := primes_of(Fraction(text)):
                factors = [(table.add(("number", str(prime))), often) for prime, often in primes.items()]
                logs = [(table.add(("log", prime)), table.add(("number", str(often)))) for prime, often in factors]
                return table.add(("add", tuple(table.add(("mul", each)) for each in logs)))
            case _:
                return table.add(("log", self.place(argument, inside=True)))

    def _must_hide(self, base: int) -> bool:
        """Whether what divides has sums, and stands inside of another sum."""
        seen = self.place(base)
        return self.table.sums[seen] and any(index[0] != "free" for index in self.table.free[seen])


def primes_of(value: Fraction) -> dict[int, int]:
    """The primes of a positive rational number, each with its exponent; none of a very large one."""
    found: dict[int, int] = {}
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        if not 0 < number <= LARGEST_FACTORED:
            return {}
        left, prime = number, 2
        while left > 1:
            if prime * prime > left:
                prime = left
            while left % prime == 0:
                left //= prime
                found[prime] = found.get(prime, 0) + sign
            prime += 1
    return found
