"""Terms with parts changed: other variables, other indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

from verify.kernel.contents import free
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    Pow,
    Size,
    Subscript,
    Sum,
    Term,
    Variable,
    add,
    delta,
    mul,
    summed,
)

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

    renamed = {old for old, chosen in names.items() if old != chosen}

    def change(each: Term) -> Term | None:
        if renamed.isdisjoint(free(each)):
            return each
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
