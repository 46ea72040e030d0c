"""Terms as JSON: a table of nodes that name their parts by place, so that what is shared stays shared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, assert_never

from verify.kernel.contents import subterms
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Kind,
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
    whole,
)

Json = Any


class Table:
    """A table of nodes that is being written."""

    def __init__(self) -> None:
        self.nodes: list[Json] = []
        self._places: dict[int, int] = {}
        self._kept: list[Term] = []

    def place(self, term: Term) -> int:
        """The place of a term, written with all of its parts if it is new."""
        for part in subterms(term):
            if id(part) not in self._places:
                self._places[id(part)] = len(self.nodes)
                self._kept.append(part)
                self.nodes.append(self._node(part))
        return self._places[id(term)]

    def _node(self, term: Term) -> Json:
        at = self._places
        match term:
            case Num():
                return ["number", str(term.value)]
            case Size():
                return ["size", extent_json(term.extent)]
            case Entry():
                return ["entry", variable_json(term.variable), [subscript_json(each) for each in term.subscripts]]
            case Delta():
                return ["delta", subscript_json(term.row), subscript_json(term.column)]
            case Add():
                return ["add", [at[id(each)] for each in term.terms]]
            case Mul():
                return ["mul", [at[id(each)] for each in term.factors]]
            case Pow():
                return ["pow", at[id(term.base)], term.exponent]
            case Exp():
                return ["exp", at[id(term.argument)]]
            case Log():
                return ["log", at[id(term.argument)]]
            case Fn():
                return ["function", term.symbol, term.order, at[id(term.argument)]]
            case Sum():
                return ["sum", subscript_json(term.index), at[id(term.body)]]
            case Max():
                return ["max", subscript_json(term.index), at[id(term.body)]]
            case Mean():
                return ["expectation", at[id(term.body)]]
            case Dep():
                by = [[slot, [subscript_json(each) for each in indices]] for slot, indices in term.by]
                slots = [[[subscript_json(each) for each in slot.indices], at[id(slot.body)]] for slot in term.slots]
                return ["dependence", term.symbol, by, slots]
            case Inverse():
                own = [subscript_json(each) for each in term.slot.indices]
                return ["inverse", [subscript_json(term.row), subscript_json(term.column)], own, at[id(term.slot.body)]]
            case _:
                assert_never(term)


def read_table(nodes: list[Json]) -> list[Term]:
    """The terms of a table, in its order; raises :class:`ValueError` for a node of no known kind.

    >>> table = Table()
    >>> place = table.place(Exp(Num(Fraction(1, 2))))
    >>> read_table(table.nodes)[place]
    Exp(argument=Num(value=Fraction(1, 2)))
    >>> read_table([["sine", 0]])
    Traceback (most recent call last):
    ValueError: a term of the kind 'sine' is not known
    """
    terms: list[Term] = []
    for node in nodes:
        terms.append(_term(node, terms))
    return terms


def _term(node: Json, terms: list[Term]) -> Term:
    match node:
        case ["number", value]:
            return Num(Fraction(value))
        case ["size", over]:
            return Size(read_extent(over))
        case ["entry", variable, subscripts]:
            return Entry(read_variable(variable), tuple(map(read_subscript, subscripts)))
        case ["delta", row, column]:
            return Delta(read_subscript(row), read_subscript(column))
        case ["add", parts]:
            return Add(tuple(terms[part] for part in parts))
        case ["mul", parts]:
            return Mul(tuple(terms[part] for part in parts))
        case ["pow", base, exponent]:
            return Pow(terms[base], int(exponent))
        case ["exp", argument]:
            return Exp(terms[argument])
        case ["log", argument]:
            return Log(terms[argument])
        case ["function", symbol, order, argument]:
            return Fn(symbol, int(order), terms[argument])
        case ["sum", index, body]:
            return Sum(read_index(index), terms[body])
        case ["max", index, body]:
            return Max(read_index(index), terms[body])
        case ["expectation", body]:
            return Mean(terms[body])
        case ["dependence", symbol, by, slots]:
            return Dep(
                symbol,
                tuple((int(slot), tuple(map(read_subscript, indices))) for slot, indices in by),
                tuple(Slot(tuple(map(read_subscript, indices)), terms[body]) for indices, body in slots),
            )
        case ["inverse", [row, column], indices, body]:
            slot = Slot(tuple(map(read_subscript, indices)), terms[body])
            return Inverse(read_subscript(row), read_subscript(column), slot)
        case _:
            kind = node[0] if isinstance(node, list) and node else node
            raise ValueError(f"a term of the kind {kind!r} is not known")


def extent_json(extent: Extent) -> Json:
    """An extent: its monomials, each with its dimension names and its coefficient."""
    return [[list(names), str(coefficient)] for names, coefficient in extent.monomials]


def read_extent(record: Json) -> Extent:
    """The extent of a record."""
    return Extent(tuple((tuple(names), whole(Fraction(coefficient))) for names, coefficient in record))


def subscript_json(subscript: Subscript) -> Json:
    """A number, or an index: its kind, symbol, number and extent."""
    if isinstance(subscript, int):
        return subscript
    return [subscript.kind.name.lower(), subscript.symbol, subscript.number, extent_json(subscript.extent)]


def read_subscript(record: Json) -> Subscript:
    """The subscript of a record."""
    return record if isinstance(record, int) else read_index(record)


def read_index(record: Json) -> Idx:
    """The index of a record."""
    kind, symbol, number, over = record
    return Idx(Kind[kind.upper()], symbol, int(number), read_extent(over))


def variable_json(variable: Variable) -> Json:
    """A variable: its symbol, its axes, and a number for a quantity that was held independent."""
    return [variable.symbol, [extent_json(axis) for axis in variable.axes], variable.held]


def read_variable(record: Json) -> Variable:
    """The variable of a record."""
    symbol, axes, held = record
    return Variable(symbol, tuple(map(read_extent, axes)), int(held))
