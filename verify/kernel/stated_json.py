"""Statements as JSON, and back: a table of terms, and the places of both sides and of the hypotheses in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.kernel.hypotheses import Equation
from verify.kernel.inequalities import Inequality
from verify.kernel.randomness import Chances, Moment
from verify.kernel.serial import (
    Json,
    Table,
    read_index,
    read_subscript,
    read_table,
    read_variable,
    subscript_json,
    variable_json,
)
from verify.kernel.statement import Statement
from verify.kernel.term import Idx, Subscript, Term, Variable


def statement_json(stated: Statement, table: Table | None = None) -> dict[str, Any]:
    """A statement as JSON: a table of terms, and their places in it."""
    table = table or Table()
    known = stated.known
    return {
        "left": table.place(stated.left),
        "right": table.place(stated.right),
        "indices": [subscript_json(index) for index in stated.indices],
        "dimensions": list(stated.dimensions),
        "defined": [table.place(term) for term in stated.partial],
        "given": [_equation_json(equation, table) for equation in known.equations],
        "inequalities": [
            [table.place(each.value), each.strict, [subscript_json(index) for index in each.indices]]
            for each in known.inequalities
        ],
        "positive": [variable_json(variable) for variable in _ordered(known.facts.positive)],
        "same": [[subscript_json(each) for each in pair] for pair in known.same],
        "distinct": [[subscript_json(each) for each in pair] for pair in known.distinct],
        "least": [[name, bound] for name, bound in stated.least],
        "random": _random_json(known.facts.chances, table),
        "terms": table.nodes,
    }


def _equation_json(equation: Equation, table: Table) -> dict[str, Any]:
    return {
        "left": table.place(equation.left),
        "right": table.place(equation.right),
        "indices": [subscript_json(index) for index in equation.indices],
    }


def _random_json(known: Chances, table: Table) -> dict[str, Any]:
    return {
        "independent": known.independent,
        "variables": [variable_json(variable) for variable in known.variables],
        "moments": [
            [kind, variable_json(variable), [subscript_json(each) for each in moment.at], table.place(moment.value)]
            for (kind, variable), moment in known.moments.items()
        ],
    }


def _ordered(variables: frozenset[Variable]) -> list[Variable]:
    return sorted(variables, key=lambda variable: (variable.symbol, variable.held, repr(variable.axes)))


@dataclass(frozen=True, eq=False)
class Certified:
    """The statement that a certificate holds."""

    left: Term
    right: Term
    indices: tuple[Idx, ...]
    dimensions: tuple[str, ...]
    defined: tuple[Term, ...]
    given: tuple[Equation, ...]
    inequalities: tuple[Inequality, ...]
    positive: frozenset[Variable]
    same: tuple[tuple[Subscript, Subscript], ...]
    distinct: tuple[tuple[Subscript, Subscript], ...]
    least: tuple[tuple[str, int], ...]
    random: Chances


def read_statement(record: Json) -> Certified:
    """The statement in a record; raises :class:`ValueError` or :class:`KeyError` for what is none."""
    terms = read_table(record["terms"])
    return Certified(
        left=terms[record["left"]],
        right=terms[record["right"]],
        indices=tuple(map(read_index, record["indices"])),
        dimensions=tuple(record["dimensions"]),
        defined=tuple(terms[place] for place in record["defined"]),
        given=tuple(
            Equation(terms[each["left"]], terms[each["right"]], tuple(map(read_index, each["indices"])))
            for each in record["given"]
        ),
        inequalities=tuple(
            Inequality(terms[value], bool(strict), tuple(map(read_index, indices)))
            for value, strict, indices in record["inequalities"]
        ),
        positive=frozenset(map(read_variable, record["positive"])),
        same=tuple((read_subscript(first), read_subscript(second)) for first, second in record["same"]),
        distinct=tuple((read_subscript(first), read_subscript(second)) for first, second in record["distinct"]),
        least=tuple((name, int(bound)) for name, bound in record["least"]),
        random=_read_random(record["random"], terms),
    )


def _read_random(record: Json, terms: list[Term]) -> Chances:
    moments = {
        (kind, read_variable(variable)): Moment(tuple(map(read_subscript, at)), terms[value])
        for kind, variable, at, value in record["moments"]
    }
    return Chances(tuple(map(read_variable, record["variables"])), bool(record["independent"]), moments)
