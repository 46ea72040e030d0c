"""Certificates: what was proved or refuted and by what, so that somebody else can decide it again.

The format is ``gradproof.certificate/1``. It holds the statement as terms (both sides, the hypotheses,
all that may be undefined), the verdict, and its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.kernel.decide import decide
from verify.kernel.failure import gradient
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
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Dep, Idx, Subscript, Term, Variable
from verify.kernel.ties import ties, untied
from verify.kernel.walk import subterms
from verify.language import Interval, Link, Relation
from verify.language.unfold import Depth, Unfolding, depth_of
from verify.language.verdict import Proved, Refuted, Witness

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
    record: dict[str, Any] = {"format": FORMAT, "verdict": type(verdict).__name__.lower()}
    depth = depth_of(link)
    if depth:
        return _of_any_depth(link, depth, verdict, record)
    tied, others = ties(link)
    plain = untied(link, tied, others) if tied else link
    assert not isinstance(plain.right, tuple | Interval)
    stated = statement(plain.left, plain.right, plain.given)
    return record | {"statement": statement_json(stated)} | _evidence(verdict, stated)


def _of_any_depth(link: Link, depth: Depth, verdict: Proved | Refuted, record: dict[str, Any]) -> dict[str, Any] | None:
    """The certificate of an induction, by those of its parts; of a refutation, that at its depth."""
    if isinstance(verdict, Refuted):
        sizes = dict(verdict.witness.sizes)
        levels = {index: sizes[index.symbol] for index in depth.indices}
        return certificate(Unfolding({name: sizes[name] for name in depth.dimensions}, levels).link(link), verdict)
    shown = verdict.induction
    if shown is None:
        return None
    decided = [(part, decide(part, second=True)) for part in shown.parts]
    return record | {
        "method": verdict.method,
        "about": str(link),
        "induction": {
            "over": shown.over,
            "first": shown.first,
            "hypothesis": shown.hypothesis,
            "step": shown.step,
        },
        "parts": [certificate(part, proof) for part, proof in decided if isinstance(proof, Proved | Refuted)],
    }


def _evidence(verdict: Proved | Refuted, stated: Statement) -> dict[str, Any]:
    if isinstance(verdict, Refuted):
        found = verdict.witness
        return {
            "witness": {
                "sizes": dict(found.sizes),
                "indices": dict(found.indices),
                "inputs": {name: [list(row) for row in rows] for name, rows in found.inputs},
                "functions": {name: list(coefficients) for name, coefficients in found.functions},
                "gradients": _gradients(found, stated),
                "left": found.left,
                "right": found.right,
                "chances": [
                    {
                        "entries": [[symbol, list(place)] for symbol, place in chance.entries],
                        "outcomes": [[probability, list(values)] for probability, values in chance.outcomes],
                    }
                    for chance in found.chances
                ],
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


def _gradients(found: Witness, stated: Statement) -> dict[str, list[list[list[str]] | None]]:
    """The unknown dependences at a witness, each linear: the gradient by each slot, or none that matters."""
    inputs = dict(found.inputs)
    terms = [term for side in stated.terms for term in subterms(side) if isinstance(term, Dep)]
    shown: dict[str, list[list[list[str]] | None]] = {}
    for term in terms:
        names = [gradient(term.symbol, slot, stated)[0] for slot in range(len(term.slots))]
        shown[term.symbol] = [[list(row) for row in inputs[name]] if name in inputs else None for name in names]
    return shown


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
