"""Nodes written anew: what hypotheses define put in, and sums, powers, logarithms and exponentials spread.

(a b)^k = a^k b^k, e^(k log a + b) = a^k e^b for whole k, and what does not depend on an index is taken out of sums over
it. So fewer nodes hide sums inside, and those that do are alike.

A root, e^(log a / 2), is a number r of its own where a is r^2 wherever it stands: a is positive where its logarithm is
defined, and to let r be anything says more. Of a product each factor has its root, if none of them can be negative.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import lcm, prod
from typing import Any

from verify.recheck.table import Index, Table

# For a variable the subscripts at which a hypothesis says what its entry is, and the place of that.
Meanings = Mapping[Any, tuple[tuple[Any, ...], int]]
Renaming = Mapping[Index, Index | int]
NOTHING: Renaming = {}
LARGEST_EXPONENT, LARGEST_OF_NUMBER = 1000, 16


class Beyond(Exception):
    """The theorem does not apply, or would need too much."""


class Spread:
    """The nodes of a statement being rewritten, from those that are asked for down.

    Of what ``roots`` names, in words, the root of that order is a number of its own; ``wanted`` says of what it should.
    """

    def __init__(
        self, nodes: Any, meanings: Meanings, positive: Collection[Any] = (), roots: Mapping[str, int] | None = None
    ) -> None:
        self.table = Table((), {})
        self.nodes = self.table.nodes
        self._old, self._meanings = nodes, meanings
        self._known: dict[tuple[int, frozenset[Any]], int] = {}
        self._inside: list[Any] = []
        self._fresh = 0
        self._positive, self._roots, self.wanted = positive, roots or {}, dict[str, int]()

    def place(self, old: int, renamed: Renaming = NOTHING) -> int:
        """Where a node has gone, with its free indices renamed."""
        key = (old, frozenset(renamed.items()))
        if key not in self._known:
            self._known[key] = self._rewritten(self._old[old], renamed)
        return self._known[key]

    def _new(self, *node: Any) -> int:
        place = self.table.add(node)
        order = self._roots.get(self.table.text(place, {})) if self._roots else None
        return place if order is None else self.table.add(("pow", self.table.add(("root", order, place)), order))

    def _rewritten(self, node: Any, renamed: Renaming) -> int:
        match node:
            case ("entry", variable, own):
                return self._entry(variable, _renamed(own, renamed))
            case ("delta", row, column):
                row, column = _renamed((row, column), renamed)
                return self._new("number", "1") if row == column else self._new("delta", row, column)
            case ("pow", base, exponent):
                return self._power(self.place(base, renamed), exponent)
            case ("log", argument):
                return self._new("log", self.place(argument, renamed))
            case ("exp", argument):
                return self._exp(self.place(argument, renamed))
            case ("add" | "mul" as kind, places):
                return self._flat(kind, *(self.place(each, renamed) for each in places))
            case ("sum" | "max" as kind, index, body):
                (own,), inner = self._opened((index,), renamed)
                within = self.place(body, inner)
                return self._sum(own, within) if kind == "sum" else self._new(kind, own, within)
            case ("function", symbol, order, argument):
                return self._new("function", symbol, order, self.place(argument, renamed))
            case ("dependence", symbol, by, slots):
                opened = [(*self._opened(own, renamed), body) for own, body in slots]
                at = tuple((slot, _renamed(own, renamed)) for slot, own in by)
                return self._new("dependence", symbol, at, tuple((o, self.place(b, inner)) for o, inner, b in opened))
            case ("inverse", at, own, body):
                own, inner = self._opened(own, renamed)
                return self._new("inverse", _renamed(at, renamed), own, self.place(body, inner))
            case ("expectation", body):
                return self._new("expectation", self.place(body, renamed))
            case _:
                return self._new(*node)

    def _flat(self, kind: str, *places: int) -> int:
        """A sum of the terms of sums, or a product of the factors of products; numbers multiply each term of a sum."""
        inner = [self.nodes[each][1] if self.nodes[each][0] == kind else (each,) for each in places]
        flat = tuple(each for own in inner for each in own)
        flat = self._cancelled(flat) if kind == "mul" else flat
        into = self._divided(flat) if kind == "mul" else None
        if into is not None:
            others = [each for each in flat if each != into]
            return self._flat("add", *(self._flat("mul", *others, each) for each in self.nodes[into][1]))
        choice = self._choice(flat) if kind == "add" else None
        if choice is not None:
            return choice
        *numbers, last = sorted(flat, key=lambda each: self.nodes[each][0] != "number")
        if kind == "mul" and self.nodes[last][0] == "add" and all(self.nodes[each][0] == "number" for each in numbers):
            return self._new("add", tuple(self._flat("mul", *numbers, each) for each in self.nodes[last][1]))
        return last if not numbers else self._new(kind, (*numbers, last))

    def _divided(self, factors: tuple[int, ...]) -> int | None:
        """A sum, of which each term has a factor by which another factor divides."""
        below = [self.nodes[each][1] for each in factors if self.nodes[each][0] == "pow" and self.nodes[each][2] < 0]
        texts = {self.table.text(each, {}) for each in below}
        for place in factors:
            node = self.nodes[place]
            if node[0] == "add" and texts and factors.count(place) == 1:
                terms = [self.nodes[each][1] if self.nodes[each][0] == "mul" else (each,) for each in node[1]]
                if all(any(self.table.text(each, {}) in texts for each in own) for own in terms):
                    return place
        return None

    def _choice(self, terms: tuple[int, ...]) -> int | None:
        """The sum a + delta (b - a), which is b where the indices are the same, and a elsewhere."""
        nodes, text = self.nodes, self.table.text
        for own, other in (terms, terms[::-1]) if len(terms) == 2 else ():
            factors = nodes[other][1] if nodes[other][0] == "mul" else ()
            match sorted((nodes[each] for each in factors), key=lambda node: bool(node[0] != "delta")):
                case [("delta", row, column), ("add", (where, less))] if nodes[less][0] == "mul":
                    sign, *elsewhere = nodes[less][1]
                case _:
                    continue
            alone = nodes[sign] == ("number", "-1") and len(elsewhere) == 1
            if alone and text(elsewhere[0], {}) == text(own, {}):
                return self._new("choice", row, column, where, own)
        return None

    def _cancelled(self, factors: tuple[int, ...]) -> tuple[int, ...]:
        """The factors, those that are powers of the same taken together."""
        found = [self.nodes[each] for each in factors]
        bases: dict[str, int] = {}
        powers: dict[str, int] = {}
        for place, node in zip(factors, found, strict=True):
            base, power = (node[1], node[2]) if node[0] == "pow" else (place, 1)
            text = self.table.text(base, {})
            bases.setdefault(text, base)
            powers[text] = powers.get(text, 0) + power
        kept = {text: power for text, power in powers.items() if power}
        left = [bases[text] if power == 1 else self._power(bases[text], power) for text, power in kept.items()]
        return tuple(left) or (self._new("number", "1"),)

    def _entry(self, variable: Any, own: tuple[Any, ...]) -> int:
        """An entry, or what a hypothesis says it to be; what that is itself made from is left as it is."""
        if variable not in self._meanings or variable in self._inside:
            return self._new("entry", variable, own)
        at, place = self._meanings[variable]
        self._inside.append(variable)
        found = self.place(place, {old: new for old, new in zip(at, own, strict=True) if not isinstance(old, int)})
        self._inside.pop()
        return found

    def _opened(self, own: tuple[Any, ...], renamed: Renaming) -> tuple[tuple[Any, ...], Renaming]:
        """Bound indices, new ones inside of what is put in, so that none captures an index from outside."""
        if not self._inside:
            return own, renamed
        bound = [each for each in own if not isinstance(each, int)]
        self._fresh += len(bound)
        fresh = {each: ("inside", "", self._fresh - place, each[3]) for place, each in enumerate(bound)}
        return _renamed(own, fresh), {**renamed, **fresh}

    def _sum(self, index: Index, body: int) -> int:
        """A sum, of each term by itself, with the factors outside that do not depend on the index."""
        match self.nodes[body]:
            case ("add", places):
                return self._flat("add", *(self._sum(index, each) for each in places))
            case ("mul", places):
                factors = places
            case _:
                factors = (body,)
        inside = [each for each in factors if index in self.table.free[each]]
        outside = [each for each in factors if index not in self.table.free[each]]
        summed = self._new("sum", index, self._flat("mul", *inside)) if inside else self._new("size", index[3])
        return self._flat("mul", *outside, summed)

    def _power(self, place: int, exponent: int) -> int:
        match self.nodes[place]:
            case ("mul", places):
                return self._flat("mul", *(self._power(each, exponent) for each in places))
            case ("pow", base, inner):
                if abs(inner * exponent) > LARGEST_EXPONENT:
                    raise Beyond
                return self._power(base, inner * exponent)
            case ("number", text) if text != "0" and abs(exponent) <= LARGEST_OF_NUMBER:
                return self._new("number", str(Fraction(text) ** exponent))
            case _:
                return self._new("pow", place, exponent)

    def _exp(self, place: int) -> int:
        """The exponential of a node: of k log a it is a power of a, and so are factors of it if the node is a sum."""
        terms = self.nodes[place][1] if self.nodes[place][0] == "add" else (place,)
        powers = [self._power_of_log(each) for each in terms]
        found = [each for each in powers if each is not None]
        others = [each for each, power in zip(terms, powers, strict=True) if power is None]
        rest = [self._new("exp", self._flat("add", *others))] if others else []
        return self._flat("mul", *found, *rest)

    def _power_of_log(self, place: int) -> int | None:
        """The power of a that e to k log a is."""
        node = self.nodes[place]
        *others, last = (self.nodes[each] for each in (node[1] if node[0] == "mul" else (place,)))
        if last[0] != "log" or any(each[0] != "number" for each in others):
            return None
        exponent = prod((Fraction(each[1]) for each in others), start=Fraction(1))
        return self._power(last[1], int(exponent)) if exponent.denominator == 1 else self._broken(last[1], exponent)

    def _broken(self, place: int, exponent: Fraction) -> int | None:
        """A power that is not whole, of what is positive: by whole powers of roots, or of what is given as positive."""
        factors = self.nodes[place][1] if self.nodes[place][0] == "mul" else (place,)
        if len(factors) > 1 and not all(map(self._is_not_negative, factors)):
            return None
        found: list[int | None] = []
        for factor in factors:
            node = self.nodes[factor]
            base, power = (node[1], node[2]) if node[0] == "pow" else (factor, 1)
            total = power * exponent
            if total.denominator == 1:
                is_known = total % 2 == 0 or self._is_not_negative(base)
                found.append(self._power(base, int(total)) if is_known else None)
            else:
                text = self.table.text(base, {})
                if power % 2 and self.nodes[base][0] != "number":
                    self.wanted[text] = lcm(total.denominator, self.wanted.get(text, 1))
                found.append(None)
        known = [each for each in found if each is not None]
        return self._flat("mul", *known) if len(known) == len(found) else None

    def _is_not_negative(self, place: int) -> bool:
        """Whether a node is at least 0 wherever it is defined, by its form."""
        match self.nodes[place]:
            case ("number", text):
                return Fraction(text) >= 0
            case ("size", extent):
                return all(Fraction(coefficient) > 0 for _, coefficient in extent)
            case ("exp" | "root", *_):
                return True
            case ("entry", variable, _):
                return variable in self._positive
            case ("pow", base, exponent):
                return exponent % 2 == 0 or self._is_not_negative(base)
            case ("add" | "mul", places):
                return all(map(self._is_not_negative, places))
            case ("sum", _, body):
                return self._is_not_negative(body)
            case _:
                return False


def _renamed(own: tuple[Any, ...], renamed: Renaming) -> tuple[Any, ...]:
    return tuple(each if isinstance(each, int) else renamed.get(each, each) for each in own)
