"""Certificates: what was proved or refuted and by what, so that somebody else can decide it again.

The format is ``gradproof.certificate/1``. It holds the statement as terms (both sides, the hypotheses,
all that may be undefined), the verdict, and its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.kernel.hypotheses import Equation
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
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Idx, Subscript, Term, Variable
from verify.language import Interval, Link, Relation
from verify.language.verdict import Proved, Refuted

FORMAT = "gradproof.certificate/1"


def certificate(link: Link, verdict: Proved | Refuted) -> dict[str, Any] | None:
    """The certificate of a verdict on an equation; none for a link that is no equation.

    >>> from verify.language import equal, scalar
    >>> from verify.kernel.decide import decide
    >>> z = scalar("z")
    >>> link, = equal(z + z, 2 * z).links()
    >>> certificate(link, decide(link))["method"]
    'normal form'
    """
    if link.relation is not Relation.EQUAL or isinstance(link.right, tuple | Interval):
        return None
    stated = statement(link.left, link.right, link.given)
    record: dict[str, Any] = {"format": FORMAT, "verdict": type(verdict).__name__.lower()}
    return record | {"statement": statement_json(stated)} | _evidence(verdict)


def _evidence(verdict: Proved | Refuted) -> dict[str, Any]:
    if isinstance(verdict, Refuted):
        found = verdict.witness
        return {
            "witness": {
                "sizes": dict(found.sizes),
                "indices": dict(found.indices),
                "inputs": {name: [list(row) for row in rows] for name, rows in found.inputs},
                "functions": {name: list(coefficients) for name, coefficients in found.functions},
                "left": found.left,
                "right": found.right,
            }
        }
    cutoff = verdict.cutoff
    return {
        "method": verdict.method,
        "conditions": [str(condition) for condition in verdict.conditions],
        "replay": {
            "instances": verdict.replay.instances,
            "arithmetic": verdict.replay.arithmetic,
            "sizes": list(verdict.replay.sizes),
        },
        "cutoff": None if cutoff is None else {"sizes": dict(cutoff.sizes), "instances": cutoff.instances},
    }


def statement_json(stated: Statement) -> dict[str, Any]:
    """A statement as JSON: a table of terms, and their places in it."""
    table = Table()
    known = stated.known
    return {
        "left": table.place(stated.left),
        "right": table.place(stated.right),
        "indices": [subscript_json(index) for index in stated.indices],
        "dimensions": list(stated.dimensions),
        "defined": [table.place(term) for term in stated.partial],
        "given": [_equation_json(equation, table) for equation in known.equations],
        "positive": [variable_json(variable) for variable in _ordered(known.facts.positive)],
        "same": [[subscript_json(each) for each in pair] for pair in known.same],
        "distinct": [[subscript_json(each) for each in pair] for pair in known.distinct],
        "least": [[name, bound] for name, bound in known.least],
        "terms": table.nodes,
    }


def _equation_json(equation: Equation, table: Table) -> dict[str, Any]:
    return {
        "left": table.place(equation.left),
        "right": table.place(equation.right),
        "indices": [subscript_json(index) for index in equation.indices],
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
    positive: frozenset[Variable]
    same: tuple[tuple[Subscript, Subscript], ...]
    distinct: tuple[tuple[Subscript, Subscript], ...]
    least: tuple[tuple[str, int], ...]


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
        positive=frozenset(map(read_variable, record["positive"])),
        same=tuple((read_subscript(first), read_subscript(second)) for first, second in record["same"]),
        distinct=tuple((read_subscript(first), read_subscript(second)) for first, second in record["distinct"]),
        least=tuple((name, int(bound)) for name, bound in record["least"]),
    )
