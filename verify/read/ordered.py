r"""Products over layers: ``W_L \cdots W_1``, down from the highest level or up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verify.language import Dimension, Expression, Index, Number, Product, Range, Sum
from verify.language.families import ascending, descending
from verify.language.layers import difference
from verify.language.shape import is_scalar
from verify.read.apply import bound, fitting, substituted
from verify.read.dotted import DOTS, EXPECTED, DottedReader
from verify.read.errors import ReadError
from verify.read.patterns import Pattern, fresh, letters_in, pattern, same, stepped
from verify.read.sizes import dimension
from verify.read.syntax import Dots, Group, Juxtaposed, Numeral, Scripted, Signed, Symbol, Syntax, parts_of

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
        parts = self.units(parts)
        at = next(position for position, part in enumerate(parts) if isinstance(part, Dots))
        if not 0 < at < len(parts) - 1 or not self.is_layered(parts[at - 1]):
            return super().dotted_factors(parts)
        span = self._span(parts, at)
        return [*self.factors(parts[: span.start]), self.ordered(span), *self.factors(parts[span.end :])]

    def units(self, parts: Sequence[Syntax]) -> list[Syntax]:
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
        found = self.levels(parts[at - 1], parts[at + 1])
        if found is None:
            raise ReadError(DOTS, parts[at].at.start, expected=EXPECTED)
        own, first, last = found
        step = -1 if _descends(first, last, parts[at].at.start) else 1
        start, end = at - 1, at + 2
        while start > 0 and (further := self.levels(parts[start - 1], parts[at + 1])) is not None:
            if difference(further[1] + step, first) != SAME:
                break
            start, first = start - 1, further[1]
        while end < len(parts) and (further := self.levels(parts[at - 1], parts[end])) is not None:
            if difference(last + step, further[2]) != SAME:
                break
            end, last = end + 1, further[2]
        return Span(start, end, own, first, last)

    def levels(self, first: Syntax, last: Syntax) -> tuple[Pattern, Expression, Expression] | None:
        taken = letters_in(first) | letters_in(last) | frozenset(self.scope.names) | self.indices.names
        found = pattern(first, last, fresh(taken), numbered=False)
        return None if found is None else (found, self.level(found.start), self.level(found.last))

    def ordered(self, span: Span) -> Expression:
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
