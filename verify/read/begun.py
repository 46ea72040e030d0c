r"""Recursions that begin at level 1 with what is no step: ``f_1 = W_1 x + b_1`` beside ``f_l = W_l O(f_{l-1}) + b_l``.

What each step takes, O(f_{l-1}), is then itself a recursion, which begins at level 0 with x; and f_l is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from verify.language import Call, Defined, Expression, Index, Name, Number, latex, same_shape
from verify.language.binders import Bound
from verify.language.layers import Leveled, Member, normal_level
from verify.read.apply import fitting, occurs, substituted

MOST_GIVEN = 6
MOST_CALLS = 20


@dataclass(frozen=True)
class Through:
    """A function of the value before that each step takes: its symbol, and the name in its place at level 1.

    ``value`` is made of it at each level, and ``step`` is what it is made of itself.
    """

    symbol: str
    start: Name
    value: Expression
    step: Expression


def through(symbol: str, value: Expression, index: Index, first: Expression) -> Through | None:
    """The function of the value before with a name in its place at level 1; nothing where there is no such name.

    ``value`` is the step at the level of ``index``, made of the :class:`Member` of the level before.
    """
    wanted = first.meaning if isinstance(first, Defined) else first
    names = cast(list[Name], sorted(wanted.atoms(Name), key=str))[:MOST_GIVEN]
    before = normal_level(index - 1)
    for call in _calls(symbol, value):
        shown = latex(substituted(call, {each: Name(symbol) for each in _members(symbol, call)}))
        own = Member(shown, before, fitting(call))
        outer = substituted(value, {call: own})
        if _stands_in(symbol, outer):
            continue
        at_first = substituted(outer, {index: Number(1)})
        (opened,) = _members(shown, at_first)
        for name in names:
            if same_shape(fitting(name), opened.declared) and substituted(at_first, {opened: name}) == wanted:
                made = Leveled(symbol, index, outer)
                after = substituted(call, {index: normal_level(index + 1)})
                return Through(shown, name, outer, substituted(after, dict.fromkeys(_members(symbol, after), made)))
    return None


def _calls(symbol: str, value: Expression) -> Iterator[Call]:
    """The functions of the value before, the largest ones first."""
    found = [each for each in value.atoms(Call) if isinstance(each, Call) and not each.atoms(Bound)]
    fitted = [each for each in found if _stands_in(symbol, each)]
    if len(fitted) <= MOST_CALLS:
        yield from sorted(fitted, key=lambda each: (-sum(occurs(other, each) for other in fitted), str(each)))


def _stands_in(symbol: str, value: Expression) -> bool:
    return bool(_members(symbol, value))


def _members(symbol: str, value: Expression) -> list[Member]:
    return [each for each in value.atoms(Member) if isinstance(each, Member) and each.symbol == symbol]
