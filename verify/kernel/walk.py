"""Walking terms: their parts, the indices free in them, and replacement of variables and indices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
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
    Variable,
    add,
    delta,
    mul,
    summed,
)


def parts(term: Term) -> tuple[Term, ...]:
    """The terms directly inside a term."""
    match term:
        case Num() | Size() | Entry() | Delta():
            return ()
        case Add():
            return term.terms
        case Mul():
            return term.factors
        case Pow():
            return (term.base,)
        case Exp() | Log() | Fn():
            return (term.argument,)
        case Sum() | Max() | Mean():
            return (term.body,)
        case Dep():
            return tuple(slot.body for slot in term.slots)
        case Inverse():
            return (term.slot.body,)
        case _:
            assert_never(term)


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
            stack.append((current, True))
            stack.extend((part, False) for part in reversed(parts(current)))


KINDS = {
    kind: 1 << place
    for place, kind in enumerate((Num, Size, Entry, Delta, Add, Mul, Pow, Exp, Log, Fn, Sum, Max, Dep, Inverse, Mean))
}


def free(term: Term) -> tuple[Idx, ...]:
    """The indices that are free in a term, in order of their first use."""
    return _found(term).free


def free_of_slot(slot: Slot) -> tuple[Idx, ...]:
    """The indices that are free in a slot: those of its body that it does not bind."""
    return tuple(index for index in free(slot.body) if index not in slot.indices)


def holds(term: Term, *kinds: type[Term]) -> bool:
    """Whether a term of one of these kinds is in it."""
    return any(_found(term).kinds & KINDS[kind] for kind in kinds)


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
    inside = [each._found for each in parts(term)]
    kinds = KINDS[type(term)]
    for each in inside:
        kinds |= each.kinds
    own = tuple(index for index in _own(term) if isinstance(index, Idx))
    if not own and len(inside) == 1 and not isinstance(term, Sum | Max | Dep | Inverse):
        return Found(inside[0].free, kinds)
    free = dict.fromkeys(own)
    for each in inside:
        free.update(dict.fromkeys(each.free))
    if isinstance(term, Sum | Max):
        free.pop(term.index, None)
    elif isinstance(term, Dep | Inverse):
        for slot in term.slots if isinstance(term, Dep) else (term.slot,):
            for index in slot.indices:
                if isinstance(index, Idx):
                    free.pop(index, None)
        free.update(dict.fromkeys(own))
    return Found(tuple(free), kinds)


def _own(term: Term) -> tuple[Subscript, ...]:
    match term:
        case Entry():
            return term.subscripts
        case Delta() | Inverse():
            return (term.row, term.column)
        case Dep():
            return tuple(index for _, by in term.by for index in by)
        case _:
            return ()


Change = Callable[[Term], "Term | None"]


def rebuild(term: Term, change: Change) -> Term:
    """The term with parts changed: where ``change`` gives a term that one, elsewhere the same form again."""
    memo: dict[int, Term] = {}

    def visit(each: Term) -> Term:
        known = memo.get(id(each))
        if known is None:
            changed = change(each)
            known = memo[id(each)] = changed if changed is not None else _again(each, visit)
        return known

    return visit(term)


def _again(term: Term, visit: Callable[[Term], Term]) -> Term:
    match term:
        case Num() | Size() | Entry() | Delta():
            return term
        case Add():
            return add(map(visit, term.terms))
        case Mul():
            return mul(*map(visit, term.factors))
        case Pow():
            return Pow(visit(term.base), term.exponent)
        case Exp() | Log() | Fn():
            return replace(term, argument=visit(term.argument))
        case Sum():
            return summed(term.index, visit(term.body))
        case Max():
            return Max(term.index, visit(term.body))
        case Mean():
            return Mean(visit(term.body))
        case Dep():
            return replace(term, slots=tuple(replace(slot, body=visit(slot.body)) for slot in term.slots))
        case Inverse():
            return replace(term, slot=replace(term.slot, body=visit(term.slot.body)))
        case _:
            assert_never(term)


def replace_variable(term: Term, variable: Variable, meaning: Callable[[tuple[Subscript, ...]], Term]) -> Term:
    """The term with each entry of a variable replaced by its meaning there."""

    def change(each: Term) -> Term | None:
        return meaning(each.subscripts) if isinstance(each, Entry) and each.variable == variable else None

    return rebuild(term, change)


def rename(term: Term, names: Mapping[Idx, Subscript]) -> Term:
    """The term with free indices replaced; fresh bound indices make a capture impossible."""

    def new(index: Subscript) -> Subscript:
        return names.get(index, index) if isinstance(index, Idx) else index

    def change(each: Term) -> Term | None:
        match each:
            case Entry():
                return Entry(each.variable, tuple(map(new, each.subscripts)))
            case Delta():
                return delta(new(each.row), new(each.column))
            case Dep():
                by = tuple((slot, tuple(map(new, indices))) for slot, indices in each.by)
                slots = tuple(replace(slot, body=rename(slot.body, names)) for slot in each.slots)
                return Dep(each.symbol, by, slots)
            case Inverse():
                slot = replace(each.slot, body=rename(each.slot.body, names))
                return Inverse(new(each.row), new(each.column), slot)
            case _:
                return None

    return rebuild(term, change)
