"""Certificates: what was proved or refuted and by what, so that somebody else can decide it again.

The format is ``gradproof.certificate/1``. It holds the statement as terms (both sides, the hypotheses,
all that may be undefined), the verdict, and its evidence.
"""

from __future__ import annotations

from typing import Any

from verify.kernel.contents import subterms
from verify.kernel.decide import ORDER, decide
from verify.kernel.exponents import in_exponents
from verify.kernel.failure import gradient
from verify.kernel.flat import decided_instead
from verify.kernel.growth_evidence import growth_evidence
from verify.kernel.induction import at_any_levels
from verify.kernel.inverse_evidence import inverse_evidence
from verify.kernel.limits import approach, claimed_limit, is_rational
from verify.kernel.order import question
from verify.kernel.places import Folded
from verify.kernel.range_evidence import range_evidence
from verify.kernel.serial import (
    Table,
)
from verify.kernel.stated_json import Certified, read_statement, statement_json
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Ambiguous, Dep, Entry, Extent, Size, Variable
from verify.kernel.ties import ties, untied
from verify.language import Dimension, Interval, Link, Number, Relation
from verify.language.unfold import Depth, Unfolding, depth_of
from verify.language.verdict import AtLeast, Induction, Proved, Refuted, Witness

FORMAT = "gradproof.certificate/1"

__all__ = ["FORMAT", "Certified", "certificate", "read_statement", "statement_json"]


def certificate(link: Link, verdict: Proved | Refuted) -> dict[str, Any] | None:
    """The certificate of a verdict; none for a shape.

    >>> from verify.language import equal, scalar
    >>> from verify.kernel.decide import decide
    >>> z = scalar("z")
    >>> link, = equal(z + z, 2 * z).links()
    >>> certificate(link, decide(link))["method"]
    'normal form'
    """
    if link.relation is Relation.TENDS:
        return _of_limit(link, verdict)
    if link.relation is not Relation.EQUAL and link.relation not in ORDER:
        return None
    record: dict[str, Any] = {"format": FORMAT, "verdict": type(verdict).__name__.lower()}
    depth = depth_of(link)
    if depth:
        return _of_any_depth(link, depth, verdict, record)
    if link.relation in ORDER:
        return record | _of_order(link, verdict)
    tied, others = ties(link)
    plain = untied(link, tied, others) if tied else link
    assert not isinstance(plain.right, tuple | Interval)
    try:
        stated = statement(plain.left, plain.right, plain.given)
    except Folded:
        return certificate(decided_instead(plain, verdict), verdict)
    table = Table()
    said = {"statement": statement_json(stated, table)}
    steps = inverse_evidence(stated, table) if isinstance(verdict, Proved) else None
    return record | said | _evidence(verdict, stated) | ({} if steps is None else {"vanishing": steps})


def _of_limit(link: Link, verdict: Proved | Refuted) -> dict[str, Any] | None:
    """The certificate of a limit: how its terms grow, or for a product that tends to 0 the bounds of its factors.

    There is none for the counterexample of a product.
    """
    record: dict[str, Any] = {"format": FORMAT, "verdict": type(verdict).__name__.lower()}
    if isinstance(verdict, Proved) and verdict.induction is not None:
        return record | _of_parts(link, verdict, verdict.induction)
    if depth_of(link) or isinstance(link.right, tuple | Interval) or not is_rational(link.right):
        return None
    towards, _ = approach(link)
    stated = statement(link.left, Number(0), ())
    table = Table()
    shown = growth_evidence(stated, towards, table)
    if shown is None:
        return None
    symbol = towards.variable.symbol
    is_size = isinstance(towards.variable, Dimension)
    variable = Size(Extent((((symbol,), 1),))) if is_size else Entry(Variable(symbol, ()), ())
    said = {"relation": "to", "towards": [table.place(variable), towards.sign], "limit": str(claimed_limit(link.right))}
    evidence = _evidence(verdict, stated) if isinstance(verdict, Proved) else {}
    return record | {"statement": statement_json(stated, table) | said} | evidence | {"growth": shown}


def _of_order(link: Link, verdict: Proved | Refuted) -> dict[str, Any]:
    """The certificate of an inequality or a range: the quotients that show it, or the witness."""
    tied, others = ties(link)
    plain = untied(link, tied, others) if tied else link
    asked = question(plain)
    stated = statement(asked.left, asked.right, plain.given)
    table = Table()
    record = statement_json(stated, table) | {"relation": str(link.relation)}
    if isinstance(plain.right, Interval):
        low, high = asked.target.low, asked.target.high
        ends = [None if end.value is None else str(end.value) for end in (low, high)]
        record["interval"] = [ends[0], low.attained, ends[1], high.attained]
    if isinstance(verdict, Refuted):
        return {"statement": record} | _evidence(verdict, stated)
    record["least"] += [[each.dimension, each.bound] for each in verdict.conditions if isinstance(each, AtLeast)]
    shown = range_evidence(asked, plain, stated, table) if verdict.method == "range" else None
    return {"statement": record} | _evidence(verdict, stated) | ({} if shown is None else {"range": shown})


def _of_any_depth(link: Link, depth: Depth, verdict: Proved | Refuted, record: dict[str, Any]) -> dict[str, Any] | None:
    """The certificate of an induction, by those of its parts; of a refutation, that at its depth."""
    if isinstance(verdict, Refuted):
        sizes = dict(verdict.witness.sizes)
        levels = {index: sizes[index.symbol] for index in depth.indices}
        try:
            return certificate(Unfolding({name: sizes[name] for name in depth.dimensions}, levels).link(link), verdict)
        except Ambiguous:
            return None  # unfolded, the quantity is not written as depending on what it is derived by
    shown = verdict.induction
    if shown is None:
        return certificate(_without_levels(link), verdict)
    return record | _of_parts(link, verdict, shown)


def _of_parts(link: Link, verdict: Proved, shown: Induction) -> dict[str, Any]:
    decided = [(part, decide(part, second=True)) for part in shown.parts]
    return {
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


def _without_levels(link: Link) -> Link:
    """The link that was proved for one about levels: its products in exponents, or any numbers at levels."""
    if link.relation in ORDER and not link.given:
        return at_any_levels(link)
    return in_exponents(link)


def _evidence(verdict: Proved | Refuted, stated: Statement) -> dict[str, Any]:
    if isinstance(verdict, Refuted):
        found = verdict.witness
        return {
            "witness": {
                "sizes": dict(found.sizes),
                "indices": dict(found.indices),
                "inputs": {name: _by_first_axis(name, rows, found, stated) for name, rows in found.inputs},
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


def _by_first_axis(name: str, rows: tuple[tuple[str, ...], ...], found: Witness, stated: Statement) -> list[list[str]]:
    """An input as a matrix of its first axis against all others, also where its rows are made of several axes."""
    parts = stated.row_axes.get(name, ())
    if not parts:
        return [list(row) for row in rows]
    entries = [entry for row in rows for entry in row]
    many = len(entries) // parts[0].at(dict(found.sizes))
    return [entries[start : start + many] for start in range(0, len(entries), many)]


def _gradients(found: Witness, stated: Statement) -> dict[str, list[list[list[str]] | None]]:
    """The unknown dependences at a witness, each linear: the gradient by each slot, or none that matters."""
    inputs = dict(found.inputs)
    terms = [term for side in stated.terms for term in subterms(side) if isinstance(term, Dep)]
    shown: dict[str, list[list[list[str]] | None]] = {}
    for term in terms:
        names = [gradient(term.symbol, slot, stated)[0] for slot in range(len(term.slots))]
        shown[term.symbol] = [[list(row) for row in inputs[name]] if name in inputs else None for name in names]
    return shown
