"""The structure of a term as text, its indices numbered: equal for copies that differ in bound names only."""

from __future__ import annotations

from typing import assert_never

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
)


def structure(term: Term) -> tuple[str, tuple[Idx, ...]]:
    """The text of a term, with the free indices in the order in which it numbers them."""
    free: dict[Idx, int] = {}
    return _text(term, {}, free), tuple(free)


def _text(term: Term, bound: dict[Idx, int], free: dict[Idx, int]) -> str:
    match term:
        case Num():
            return str(term.value)
        case Size():
            return repr(term.extent.monomials)
        case Entry():
            return f"{term.variable!r}{_subscripts(term.subscripts, bound, free)}"
        case Delta():
            return f"delta{_subscripts((term.row, term.column), bound, free)}"
        case Add():
            return f"({'+'.join(_text(each, bound, free) for each in term.terms)})"
        case Mul():
            return f"({'*'.join(_text(each, bound, free) for each in term.factors)})"
        case Pow():
            return f"{_text(term.base, bound, free)}^{term.exponent}"
        case Exp():
            return f"exp({_text(term.argument, bound, free)})"
        case Log():
            return f"log({_text(term.argument, bound, free)})"
        case Fn():
            return f"{term.symbol!r}{term.order}({_text(term.argument, bound, free)})"
        case Sum() | Max():
            inner = {**bound, term.index: len(bound)}
            return f"{type(term).__name__}[{term.index.extent.monomials!r}]({_text(term.body, inner, free)})"
        case Mean():
            return f"E({_text(term.body, bound, free)})"
        case Dep():
            slots = []
            for slot in term.slots:
                inner = {**bound, **{i: len(bound) + p for p, i in enumerate(slot.indices) if isinstance(i, Idx)}}
                slots.append(f"{_subscripts(slot.indices, inner, free)}.{_text(slot.body, inner, free)}")
            by = ";".join(f"{slot}{_subscripts(indices, bound, free)}" for slot, indices in term.by)
            return f"{term.symbol!r}<{by}>({';'.join(slots)})"
        case Inverse():
            slot = term.slot
            inner = {**bound, **{i: len(bound) + p for p, i in enumerate(slot.indices) if isinstance(i, Idx)}}
            at = _subscripts((term.row, term.column), bound, free)
            return f"inverse{at}({_subscripts(slot.indices, inner, free)}.{_text(slot.body, inner, free)})"
        case _:
            assert_never(term)


def _subscripts(subscripts: tuple[Subscript, ...], bound: dict[Idx, int], free: dict[Idx, int]) -> str:
    return f"[{','.join(_subscript(each, bound, free) for each in subscripts)}]"


def _subscript(subscript: Subscript, bound: dict[Idx, int], free: dict[Idx, int]) -> str:
    if isinstance(subscript, int):
        return str(subscript)
    if subscript in bound:
        return f"b{bound[subscript]}"
    return f"f{free.setdefault(subscript, len(free))}"
