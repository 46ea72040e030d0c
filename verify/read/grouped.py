r"""Dots between groups of factors, up or down, ``D_n W_n \cdots D_1 W_1``, and derivatives through all layers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, replace
from itertools import product
from typing import Any

from verify.language import Defined, Derivative, Expression, Mismatch, Mul, Name, Number, shape
from verify.read.apply import fitting, occurs, substituted
from verify.read.errors import ReadError
from verify.read.notes import Misfit, Notes
from verify.read.ordered import OrderedReader, Span
from verify.read.patterns import NODES, Pattern, at_level, fresh, letters_in_all
from verify.read.source import Span as Place
from verify.read.syntax import Dots, Juxtaposed, Numeral, Signed, Symbol, Syntax

MOST_IN_GROUP = 4
MOST_WRITTEN = 5
"""Factors that are written out before dots, after the first group."""
LOWEST = (1, 2)


class GroupedReader(OrderedReader):
    """Reads dots between groups of factors, one for each layer."""

    def dotted_factors(self, parts: Sequence[Syntax]) -> list[Expression]:
        """The factors of a product, those around dots as one."""
        parts = self.units(parts)
        at = next(position for position, part in enumerate(parts) if isinstance(part, Dots))
        layered = 0 < at < len(parts) - 1 and self.is_layered(parts[at - 1])
        found = (self._grouped(parts, at) or self._rising(parts, at)) if layered else None
        return super().dotted_factors(parts) if found is None else found

    def _grouped(self, parts: Sequence[Syntax], at: int) -> list[Expression] | None:
        r"""``D_n W_n \cdots D_1 W_1``: dots between groups of factors; nothing where they stand between single ones.

        The last group may be written otherwise, as in ``\cdots \frac{\partial z_1}{\partial x}``: it stands as it is.
        Where other factors stand beside the groups, groups that do not fit these are not what is meant.
        """
        letters = [size.symbol for size in self.scope.dimensions]
        single = False
        with suppress(ReadError):
            single = self.levels(parts[at - 1], parts[at + 1]) is not None
        for many, further, low in product(range(1, MOST_IN_GROUP + 1), reversed(range(MOST_WRITTEN)), LOWEST):
            start, end = at - many - further, at + 1 + many
            if start < 0 or end > len(parts) or (single and not further % many):
                continue
            before, last = parts[start:at], parts[at + 1 : end]
            for letter in sorted(letters_in_all(before[:many]).intersection(letters)):
                found = self._of_groups(before, last, letter, low)
                if found is None:
                    continue
                if low > 1 and len(further_down := parts[end : end + many]) == many:
                    through = self._of_groups(before, further_down, letter, low - 1)
                    found, end = (found, end) if through is None else (through, end + many)
                factors = [*self.factors(parts[:start]), *found, *self.factors(parts[end:])]
                if len(factors) == 1 or not isinstance(shape(Mul(*factors)), Mismatch):
                    return factors
        return None

    def _rising(self, parts: Sequence[Syntax], at: int) -> list[Expression] | None:
        r"""``W_1^T D_1^T \cdots W_n^T D_n^T``: groups from the first layer up; nothing where no groups stand there."""
        letters = [size.symbol for size in self.scope.dimensions]
        for many, further in product(range(2, MOST_IN_GROUP + 1), reversed(range(MOST_WRITTEN))):
            start, end = at - many - further, at + 1 + many
            if start < 0 or end > len(parts):
                continue
            before, last = parts[start:at], parts[at + 1 : end]
            for letter in sorted(letters_in_all(last).intersection(letters)):
                place = last[0].at
                levels = [Numeral(str(1 + number // many), place) for number in range(len(before))]
                ones = [_counted(at_level(last[number % many], letter, each)) for number, each in enumerate(levels)]
                if all(map(self._alike, ones, before)):
                    value = self._product_of(last, Symbol(letter, "", (), place), Number(1), down=False)
                    factors = [*self.factors(parts[:start]), value, *self.factors(parts[end:])]
                    if len(factors) == 1 or not isinstance(shape(Mul(*factors)), Mismatch):
                        return factors
        return None

    def _product_of(self, group: Sequence[Syntax], depth: Symbol, lowest: Expression, *, down: bool) -> Expression:
        """The product of a group for each level, from the depth down or up to it."""
        place = group[0].at
        index = Symbol(fresh(letters_in_all(group) | frozenset(self.scope.names) | self.indices.names), "", (), place)
        body = Juxtaposed(tuple(at_level(tuple(group), depth.key, index)), place.to(group[-1].at))
        found = Pattern(body, index, depth, depth)
        ends = (self.level(depth), lowest) if down else (lowest, self.level(depth))
        return self.ordered(Span(0, len(group), found, *ends))

    def _of_groups(
        self, before: Sequence[Syntax], last: Sequence[Syntax], depth: str, low: int
    ) -> list[Expression] | None:
        """The product of the groups before and after dots, from the depth to the lowest; nothing if these differ."""
        many, place = len(last), before[0].at
        group, letter, lowest = tuple(before[:many]), Symbol(depth, "", (), place), Numeral(str(low), place)
        for number, part in enumerate(before[many:], start=many):
            level = Signed(((1, letter), (-1, Numeral(str(number // many), place))), place)
            if not self._alike(at_level(group[number % many], depth, level), part):
                return None
        ends = [_counted(at_level(part, depth, lowest)) for part in group]
        fits = list(map(self._alike, ends, last))
        if not fits[0]:
            return None
        value = self._product_of(group, letter, Number(low if all(fits) else low + 1), down=True)
        return [value, *([] if all(fits) else self.factors(last))]

    def _alike(self, first: Syntax, second: Syntax) -> bool:
        """Whether two factors mean the same; what is noted of them is forgotten."""
        notes, self.notes = self.notes, Notes()
        try:
            return all(map(_agree, self.factors((first,)), self.factors((second,))))
        except (ReadError, Misfit):
            return False
        finally:
            self.notes = notes


def _agree(first: Expression, second: Expression) -> bool:
    """Whether two factors are one: also where one derives by what stands for a name, ``a_0`` for x, and one by that."""
    if first == second or not isinstance(first, Derivative) or not isinstance(second, Derivative):
        return first == second
    held, name = first.variable, second.variable
    if first.quantity != second.quantity or not isinstance(held, Defined) or held.meaning != name:
        return False
    rest = substituted(first.quantity, {held: Name("?", fitting(name))})
    return isinstance(name, Name) and not occurs(name, rest)


def _counted(value: Any) -> Any:
    """A formula with the numbers in its levels worked out: ``a_{1-1}`` is ``a_0``."""
    if isinstance(value, tuple) and not isinstance(value, Place):
        return tuple(map(_counted, value))
    if isinstance(value, Signed) and all(isinstance(term, Numeral) and term.text.isdigit() for _, term in value.terms):
        number = sum(sign * int(term.text) for sign, term in value.terms if isinstance(term, Numeral))
        return Numeral(str(number), value.at) if number >= 0 else value
    if not isinstance(value, NODES):
        return value
    return replace(value, **{each.name: _counted(getattr(value, each.name)) for each in fields(value)})
