"""What there is in a term: its parts, free indices, kinds, dimension names, numbers as subscripts, and its height.

It is found once, and kept on the term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, assert_never

from verify.kernel.term import (
    ONE_WIDE,
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Found,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Slot,
    Subscript,
    Sum,
    Term,
)


def _none(_: Term) -> tuple[Term, ...]:
    return ()


# By a table and not by matching, since every walk asks it of every term.
PARTS: dict[type[Term], Callable[[Any], tuple[Term, ...]]] = {
    Num: _none,
    Size: _none,
    Entry: _none,
    Delta: _none,
    Add: attrgetter("terms"),
    Mul: attrgetter("factors"),
    Pow: lambda power: (power.base,),
    Exp: lambda exponential: (exponential.argument,),
    Log: lambda logarithm: (logarithm.argument,),
    Fn: lambda call: (call.argument,),
    Sum: lambda total: (total.body,),
    Max: lambda maximum: (maximum.body,),
    Mean: lambda mean: (mean.body,),
    Dep: lambda dependence: tuple([slot.body for slot in dependence.slots]),
    Inverse: lambda inverse: (inverse.slot.body,),
}


def parts(term: Term) -> tuple[Term, ...]:
    """The terms directly inside a term."""
    return PARTS[type(term)](term)


def subterms(*terms: Term) -> Iterator[Term]:
    """Every term in these, themselves after their parts; shared ones once."""
    seen: set[int] = set()
    stack: list[tuple[Term, bool]] = [(term, False) for term in reversed(terms)]
    while stack:
        current, done = stack.pop()
        if done:
            yield current
        elif id(current) not in seen:
            seen.add(id(current))
            inside = PARTS[type(current)](current)
            if inside:
                stack.append((current, True))
                stack.extend([(part, False) for part in reversed(inside)])
            else:
                yield current


KINDS = {kind: 1 << place for place, kind in enumerate(PARTS)}


def free(term: Term) -> tuple[Idx, ...]:
    """The indices that are free in a term, in order of their first use."""
    return _found(term).free


def free_of_slot(slot: Slot) -> tuple[Idx, ...]:
    """The indices that are free in a slot: those of its body that it does not bind."""
    return tuple(index for index in free(slot.body) if index not in slot.indices)


def holds(term: Term, *kinds: type[Term]) -> bool:
    """Whether a term of one of these kinds is in it."""
    return any(_found(term).kinds & KINDS[kind] for kind in kinds)


def names_of(term: Term) -> frozenset[str]:
    """The names of the dimensions that axes and indices run to, or that are numbers in a term."""
    return _found(term).names


def numbers_of(term: Term) -> frozenset[tuple[Extent, int]]:
    """The numbers that are used as subscripts, with what the axis of each runs to."""
    return _found(term).numbers


NONE: frozenset[Any] = frozenset()


def height_of(term: Term) -> int:
    """How deeply a term is nested: the number of terms on the longest way from it to a part."""
    return _found(term).height


def _found(term: Term) -> Found:
    """What is kept on a term, found first where it is not known yet."""
    try:
        return term._found
    except AttributeError:
        for each in subterms(term):
            if not hasattr(each, "_found"):
                object.__setattr__(each, "_found", _find(each))
        return term._found


def _find(term: Term) -> Found:
    """What there is in a term whose parts are known."""
    kind = KINDS[type(term)]
    match term:
        case Entry():
            return _own(kind, term.variable.axes, term.subscripts)
        case Add() | Mul() | Pow() | Exp() | Log() | Fn() | Mean():
            return _joined(_own(kind), term)
        case Num():
            return _own(kind)
        case Size():
            return _own(kind, (term.extent,))
        case Delta():
            over = _runs(term.row if isinstance(term.row, Idx) else term.column)
            return _own(kind, (over, over), (term.row, term.column))
        case Sum() | Max():
            return _joined(_own(kind, (term.index.extent,)), term, (term.index,))
        case Inverse():
            indices = term.slot.indices
            return _joined(_own(kind, tuple(map(_runs, indices)), (term.row, term.column)), term, indices)
        case Dep():
            slots = [tuple(map(_runs, slot.indices)) for slot in term.slots]
            axes = tuple(chain.from_iterable([*(slots[place] for place, _ in term.by), *slots]))
            by = tuple(chain.from_iterable(subscripts for _, subscripts in term.by))
            return _joined(_own(kind, axes, by), term, tuple(chain.from_iterable(each.indices for each in term.slots)))
        case _:
            assert_never(term)


def _own(kind: int, axes: tuple[Extent, ...] = (), subscripts: tuple[Subscript, ...] = ()) -> Found:
    """What a term has by itself: axes, and subscripts at the first of these."""
    if not axes:
        return Found((), kind, NONE, NONE, 1)
    indices = tuple(dict.fromkeys([each for each in subscripts if isinstance(each, Idx)]))
    if len(indices) == len(subscripts):
        return Found(indices, kind, _names(axes), NONE, 1)
    pairs = zip(axes, subscripts, strict=False)
    numbers = frozenset([(axis, each) for axis, each in pairs if isinstance(each, int) and axis.fixed is None])
    return Found(indices, kind, _names(axes), numbers, 1)


def _joined(own: Found, term: Term, bound: tuple[Subscript, ...] = ()) -> Found:
    """What a term has by itself and in its parts, in which it binds some indices."""
    found, kinds, names, numbers, height = own
    for part in parts(term):
        inside = part._found
        kinds |= inside.kinds
        height = max(height, 1 + inside.height)
        if inside.names and inside.names is not names:
            names = names | inside.names if names else inside.names
        if inside.numbers:
            numbers |= inside.numbers
        if inside.free and inside.free != found:
            new = [each for each in inside.free if each not in found and each not in bound]
            found = (*found, *new) if new else found
    return Found(found, kinds, names, numbers, height)


def _runs(subscript: Subscript) -> Extent:
    return subscript.extent if isinstance(subscript, Idx) else ONE_WIDE


@lru_cache(maxsize=4096)
def _names(axes: tuple[Extent, ...]) -> frozenset[str]:
    return frozenset(name for axis in axes for name in axis.names)
