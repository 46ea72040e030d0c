"""The factor of a product over levels, and what bounds it at every level: its range, or what is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from verify import language as said
from verify.kernel.lower import Lowering, rational
from verify.kernel.normal import NormalForm
from verify.kernel.ranges import span_of
from verify.kernel.ring import Ring
from verify.kernel.term import Undefined, Unsupported
from verify.kernel.univariate import Bound, Span
from verify.language import Expression, Interval, Link, Relation
from verify.language.arithmetic import Node
from verify.language.binders import rebuild
from verify.language.unfold import LEVELED, leveled_symbol

LEVEL = said.Index("l", said.Number(0))


@dataclass(frozen=True)
class Ceiling:
    """A bound of absolute values; ``strict`` if one number less than it bounds the values at all levels."""

    value: Fraction
    strict: bool = False


@dataclass(frozen=True)
class Allowed:
    """The values that a hypothesis allows, and what bounds them at all levels."""

    values: Span
    ceiling: Ceiling


@dataclass(frozen=True)
class Factors:
    """One factor of the product at a level, as factors of its own, and what is given of the numbers in it.

    ``families`` says to which family of free numbers a name belongs; a name of something that is made from
    others belongs to none.
    """

    parts: tuple[Expression, ...]
    allowed: Mapping[str, Allowed]
    families: Mapping[said.Name, str | None]

    def ceiling(self) -> Ceiling | None:
        """What bounds the absolute value of the factor at every level."""
        return _together(self._of_group(group) for group in self._groups())

    def shown(self, *, positive: bool) -> tuple[Link, ...]:
        """What is shown of the parts by their ranges: bounds, or that they are positive; what is given is not."""
        if positive:
            return tuple(Link(part, Relation.GREATER, said.Number(0)) for part in self.parts)
        return tuple(bound for group in self._groups() for bound in self._shown_of(group))

    def _shown_of(self, group: tuple[Expression, ...]) -> Iterator[Link]:
        whole = (said.Mul(*group),) if len(group) > 1 and self._ceiling(said.Mul(*group)) else group
        for part in whole:
            if self.families.get(cast(said.Name, part)) in self.allowed and isinstance(part, said.Name):
                continue
            span = span_of_part(part)
            assert span is not None
            ends = [None if end.value is None else said.as_expression(end.value) for end in (span[0].low, span[0].high)]
            yield Link(part, Relation.MEMBER, Interval(ends[0], ends[1], closed_low=True, closed_high=True))

    def _groups(self) -> list[tuple[Expression, ...]]:
        """The parts, those together that share a number of which nothing is given."""
        groups: list[tuple[Expression, ...]] = []
        for part in self.parts:
            free = {name for name in part.atoms(said.Name) if self.families.get(name) not in self.allowed}
            sharing = [group for group in groups if any(free & each.atoms(said.Name) for each in group)]
            joined = tuple(each for group in sharing for each in group)
            groups = [*(group for group in groups if group not in sharing), (*joined, part)]
        return groups

    def _of_group(self, group: tuple[Expression, ...]) -> Ceiling | None:
        """By the range of the product, sigma (1 - sigma) being at most 1/4; or else by those of its parts."""
        whole = self._ceiling(said.Mul(*group)) if len(group) > 1 else None
        return whole or _together(map(self._ceiling, group))

    def _ceiling(self, part: Expression) -> Ceiling | None:
        family = self.families.get(part) if isinstance(part, said.Name) else None
        if family is not None and family in self.allowed:
            return self.allowed[family].ceiling
        span = span_of_part(part)
        if span is None or span[0].low.value is None or span[0].high.value is None or not span[0].exact:
            return None
        return Ceiling(max(abs(span[0].low.value), abs(span[0].high.value)))

    def is_positive(self) -> bool:
        """Whether each factor is positive at every level."""
        spans = [span_of_part(part) for part in self.parts]
        return all(
            each is not None
            and each[0].low.value is not None
            and (each[0].low.value > 0 or (each[0].low.value == 0 and not each[0].low.attained))
            for each in spans
        )


def _together(ceilings: Iterable[Ceiling | None]) -> Ceiling | None:
    """What bounds the absolute value of a product of bounded numbers."""
    total = Ceiling(Fraction(1))
    for own in ceilings:
        if own is None:
            return None
        total = Ceiling(total.value * own.value, (total.strict or own.strict) and total.value * own.value > 0)
    return total


def factors_of(e: said.Product, given: tuple[Link, ...]) -> Factors:
    """The factor at any level, what is named there being unknown numbers; and the bounds that are given for them."""
    families: dict[said.Name, str | None] = {}
    body = cast(Expression, _named(e.opened(LEVEL), families))
    parts = body.factors if isinstance(body, said.Mul) else (body,)
    return Factors(parts, dict(bounds_given(given)), families)


def _named(node: Node, families: dict[said.Name, str | None]) -> Node:
    if isinstance(node, LEVELED):
        if node.level != LEVEL or said.shape(node) != ():
            raise Unsupported(f"{node} in a product over levels")
        name = said.Name(leveled_symbol(node.symbol, node.level))
        families[name] = node.symbol if isinstance(node, said.Member) else None
        return name
    if node == LEVEL:
        raise Unsupported("a factor that depends on its number")
    return rebuild(node, lambda part, _: _named(part, families))


def bounds_given(given: tuple[Link, ...]) -> Iterator[tuple[str, Allowed]]:
    """The bounds in hypotheses such as w_l in [-r, r] with r < 4; raises :class:`Unsupported` for any other one."""
    below = {
        link.left: bound
        for link in given
        if link.relation is Relation.LESS
        and isinstance(link.left, said.Name)
        and isinstance(link.right, Node)
        and (bound := rational(link.right)) is not None
        and bound > 0
    }
    for link in given:
        match link:
            case Link(left=said.Member() as member, relation=Relation.MEMBER, right=Interval() as interval) if (
                isinstance(member.level, said.Index)
            ):
                yield member.symbol, _allowed(interval, below)
            case Link(relation=Relation.LESS) if link.left in below:
                continue
            case Link(relation=Relation.TENDS):
                continue
            case _:
                raise Unsupported(f"the hypothesis {link}")


def _allowed(interval: Interval, below: Mapping[said.Name, Fraction]) -> Allowed:
    if interval.low is None or interval.high is None:
        raise Unsupported(f"the hypothesis of an interval without end, {interval}")
    low, high = (rational(end) for end in (interval.low, interval.high))
    if low is not None and high is not None:
        ends = Span(Bound(low, interval.closed_low), Bound(high, interval.closed_high))
        return Allowed(ends, Ceiling(max(abs(low), abs(high))))
    bound = below.get(interval.high) if isinstance(interval.high, said.Name) else None
    if bound is None or interval.low != -interval.high:
        raise Unsupported(f"the hypothesis of the interval {interval}")
    return Allowed(Span(Bound(-bound, False), Bound(bound, False)), Ceiling(bound, strict=True))


def span_of_part(part: Expression) -> tuple[Span, bool] | None:
    """A set that holds all values of a factor, and whether it is exactly the set of its values; if it is known."""
    ring = Ring()
    try:
        return span_of(ring, NormalForm(ring).of(Lowering().scalar(part, ())))
    except Undefined:
        return None
