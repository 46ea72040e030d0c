r"""Products over layers: ``W_L \cdots W_1``, down from the highest level or up to it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

from verify.language import (
    Defined,
    Derivative,
    Dimension,
    Expression,
    Index,
    Mismatch,
    Mul,
    Name,
    Number,
    Product,
    Range,
    Sum,
    shape,
)
from verify.language.families import ascending, descending
from verify.language.layers import difference
from verify.language.shape import is_scalar
from verify.read.apply import bound, fitting, occurs, substituted
from verify.read.dotted import DOTS, EXPECTED, DottedReader
from verify.read.errors import ReadError
from verify.read.notes import Misfit, Notes
from verify.read.patterns import NODES, Pattern, at_level, fresh, letters_in, letters_in_all, pattern, same, stepped
from verify.read.sizes import dimension
from verify.read.syntax import Dots, Group, Juxtaposed, Numeral, Scripted, Signed, Symbol, Syntax, parts_of

MOST_IN_GROUP = 4
MOST_WRITTEN = 5
"""Factors that are written out before dots, after the first group."""
LOWEST = (1, 2)
SAME = difference(Number(0), Number(0))


@dataclass(frozen=True)
class Span:
    """The factors around dots: from which part to which, the pattern of one, and the levels at both ends."""

    start: int
    end: int
    pattern: Pattern
    first: Expression
    last: Expression


class OrderedReader(DottedReader):
    """Reads dots between the factors of layers."""

    def dotted_terms(self, terms: Sequence[tuple[int, Syntax]]) -> list[tuple[int, Expression]]:
        r"""The terms of a sum; those around dots may be products with dots: ``W_n \cdots W_2 b_1 + \cdots + b_n``."""
        at = next(position for position, (_, term) in enumerate(terms) if isinstance(term, Dots))
        if at < 2 or not all(_has_dots(term) for _, term in terms[at - 2 : at]):
            return super().dotted_terms(terms)
        signs = {sign for sign, _ in terms[at - 2 :]}
        found = self._stepped(terms[at - 2][1], terms[at - 1][1], [term for _, term in terms[at + 1 :]])
        if len(signs) > 1 or found is None:
            raise ReadError(DOTS, terms[at][1].at.start, expected=EXPECTED)
        body, index, last = found
        running = self.bind(index.letter, dimension(last, self.scope, new=False), terms[at][1].at.start)
        value = bound(Sum, self.expression(body), self.indices.release(running))
        return [*((sign, self.expression(term)) for sign, term in terms[: at - 2]), (signs.pop(), value)]

    def _stepped(self, first: Syntax, second: Syntax, ends: Sequence[Syntax]) -> tuple[Syntax, Symbol, Syntax] | None:
        """The term with an index, and its last value, where the terms at the end are what is left of the products."""
        taken = letters_in(first) | letters_in(second) | frozenset(self.scope.names) | self.indices.names
        found = stepped(first, second, fresh(taken))
        if found is None or found[2] != 1 or not ends:
            return None
        body, index, _ = found
        parts = parts_of(body)
        at = next(position for position, part in enumerate(parts) if isinstance(part, Dots))
        rest, tail = parts[at + 2 :], parts_of(ends[-1])
        outer = pattern(parts[at - 1], parts[at + 1], "factor", numbered=False)
        if outer is None or len(rest) != 1 or len(tail) != 1:
            return None
        whole = pattern(rest[0], tail[0], "term", numbered=False)
        next_one = Signed(((1, index), (1, Numeral("1", index.at))), index.at)
        if whole is None or whole.start is not index or not same(outer.last, next_one):
            return None
        descending_factors = replace(outer, last=_first_label(parts[0], outer))
        inner = replace(whole, start=index)
        for back, end in enumerate(reversed(ends)):
            expected = [*(descending_factors.from_last(down) for down in range(back)), inner.from_last(back)]
            if not same(tuple(expected), parts_of(end)):
                return None
        return body, index, whole.last

    def dotted_factors(self, parts: Sequence[Syntax]) -> list[Expression]:
        """The factors of a product, those around dots as one."""
        parts = self._units(parts)
        at = next(position for position, part in enumerate(parts) if isinstance(part, Dots))
        if not 0 < at < len(parts) - 1 or not self.is_layered(parts[at - 1]):
            return super().dotted_factors(parts)
        grouped = self._grouped(parts, at)
        if grouped is not None:
            return grouped
        span = self._span(parts, at)
        return [*self.factors(parts[: span.start]), self._ordered(span), *self.factors(parts[span.end :])]

    def _grouped(self, parts: Sequence[Syntax], at: int) -> list[Expression] | None:
        r"""``D_n W_n \cdots D_1 W_1``: dots between groups of factors; nothing where they stand between single ones.

        The last group may be written otherwise, as in ``\cdots \frac{\partial z_1}{\partial x}``: it stands as it is.
        Where other factors stand beside the groups, groups that do not fit these are not what is meant.
        """
        letters = [size.symbol for size in self.scope.dimensions]
        single = False
        with suppress(ReadError):
            single = self._levels(parts[at - 1], parts[at + 1]) is not None
        for many, further, low in product(range(1, MOST_IN_GROUP + 1), reversed(range(MOST_WRITTEN)), LOWEST):
            start, end = at - many - further, at + 1 + many
            if start < 0 or end > len(parts) or (single and not further % many):
                continue
            before, last = parts[start:at], parts[at + 1 : end]
            for letter in sorted(letters_in_all(before[:many]).intersection(letters)):
                found = self._of_groups(before, last, letter, low)
                if found is None:
                    continue
                factors = [*self.factors(parts[:start]), *found, *self.factors(parts[end:])]
                if len(factors) == 1 or not isinstance(shape(Mul(*factors)), Mismatch):
                    return factors
        return None

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
        index = Symbol(fresh(letters_in_all(group) | frozenset(self.scope.names) | self.indices.names), "", (), place)
        body = Juxtaposed(at_level(group, depth, index), place.to(group[-1].at))
        first = Number(low if all(fits) else low + 1)
        value = self._ordered(Span(0, many, Pattern(body, index, letter, lowest), self.level(letter), first))
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

    def _units(self, parts: Sequence[Syntax]) -> list[Syntax]:
        """The parts, each function with what it is applied to as one."""
        found: list[Syntax] = []
        for part in parts:
            before = found[-1] if found else None
            called = isinstance(before, Symbol | Scripted) and self.function(before) is not None
            if called and isinstance(part, Group) and before is not None:
                found[-1] = Juxtaposed((before, part), before.at.to(part.at))
            else:
                found.append(part)
        return found

    def _span(self, parts: Sequence[Syntax], at: int) -> Span:
        """The factors that belong to the dots: those at their ends, and what is written out beside these."""
        found = self._levels(parts[at - 1], parts[at + 1])
        if found is None:
            raise ReadError(DOTS, parts[at].at.start, expected=EXPECTED)
        own, first, last = found
        step = -1 if _descends(first, last, parts[at].at.start) else 1
        start, end = at - 1, at + 2
        while start > 0 and (further := self._levels(parts[start - 1], parts[at + 1])) is not None:
            if difference(further[1] + step, first) != SAME:
                break
            start, first = start - 1, further[1]
        while end < len(parts) and (further := self._levels(parts[at - 1], parts[end])) is not None:
            if difference(last + step, further[2]) != SAME:
                break
            end, last = end + 1, further[2]
        return Span(start, end, own, first, last)

    def _levels(self, first: Syntax, last: Syntax) -> tuple[Pattern, Expression, Expression] | None:
        taken = letters_in(first) | letters_in(last) | frozenset(self.scope.names) | self.indices.names
        found = pattern(first, last, fresh(taken), numbered=False)
        return None if found is None else (found, self.level(found.start), self.level(found.last))

    def _ordered(self, span: Span) -> Expression:
        down = _descends(span.first, span.last, span.pattern.index.at.start)
        low, high = (span.last, span.first) if down else (span.first, span.last)
        letter, at = span.pattern.index.letter, span.pattern.index.at.start
        running = self.bind(letter, Range(low, high), at)
        body = self.expression(span.pattern.body)
        index = self.indices.release(running)
        if not is_scalar(fitting(body)):
            return descending(index, body, high, low) if down else ascending(index, body, low, high)
        if low != Number(1):
            raise ReadError("a product of numbers that does not begin with the first", at, expected=r"\prod_{i=1}^n")
        over = Index(letter, high)
        return bound(Product, substituted(body, {index: over}), over)


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
    if isinstance(value, tuple):
        return tuple(map(_counted, value))
    if isinstance(value, Signed) and all(isinstance(term, Numeral) and term.text.isdigit() for _, term in value.terms):
        number = sum(sign * int(term.text) for sign, term in value.terms if isinstance(term, Numeral))
        return Numeral(str(number), value.at) if number >= 0 else value
    if not isinstance(value, NODES):
        return value
    return replace(value, **{each.name: _counted(getattr(value, each.name)) for each in fields(value)})


def _has_dots(node: Syntax) -> bool:
    return any(isinstance(part, Dots) for part in parts_of(node))


def _first_label(factor: Syntax, outer: Pattern) -> Syntax:
    """The level of the first factor that is written out."""
    found = pattern(factor, outer.at(outer.last), "level", numbered=False)
    return outer.start if found is None else found.start


def _descends(first: Expression, last: Expression, offset: int) -> bool:
    """Whether levels go down: numbers are the lowest, dimensions the highest.

    Raises :class:`ReadError` where this does not tell.
    """
    ranks = [2 if each.atoms(Dimension) - _in_index(each) else 1 if each.atoms(Index) else 0 for each in (first, last)]
    if ranks[0] == ranks[1]:
        raise ReadError("whether these levels go up or down is not clear", offset, expected=r"W_L \cdots W_1")
    return ranks[0] > ranks[1]


def _in_index(level: Expression) -> set[Dimension]:
    """The dimensions that tell only how far an index runs."""
    return {each for index in level.atoms(Index) for each in index.atoms(Dimension)}
