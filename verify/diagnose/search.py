"""From a wrong link to the mistakes that explain it: edits of either side, the smallest first, in counted steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.diagnose import (
    diagonals,
    expanded,
    factors,
    functions,
    indices,
    names,
    orders,
    products,
    signs,
    sums,
    systematic,
    terms,
    transposes,
)
from verify.diagnose.cases import explain_cases
from verify.diagnose.codes import CODES, undone
from verify.diagnose.diagnosis import Diagnosis, Explanation, Which
from verify.diagnose.edit import Edit, Editor
from verify.diagnose.material import material_of
from verify.diagnose.place import Place, places, put
from verify.diagnose.ranges import explain_range
from verify.diagnose.trial import Steps, Trial
from verify.diagnose.words import explanation
from verify.language import (
    Call,
    Derivative,
    Expression,
    Interval,
    Link,
    Mismatch,
    Misshapen,
    Refuted,
    Relation,
    Verdict,
    Vjp,
    shape,
)

BUDGET = 2000
ENOUGH = 3
# What puts in as much as this explains little: the other side may be nearer.
LARGE = 3
MOST_EDITS = 6000
# That the formula is the other side itself explains nothing where something was put in.
INSERTED = ("name", "argument", "missing-term", "missing-factor", "function", "missing-function")

EDITORS: tuple[Editor, ...] = (
    signs.edits,
    transposes.edits,
    diagonals.edits,
    orders.edits,
    products.edits,
    sums.edits,
    systematic.edits,
    indices.edits,
    functions.edits,
    names.edits,
    terms.edits,
    factors.edits,
)


def diagnose(link: Link, verdict: Verdict, budget: int = BUDGET) -> Diagnosis:
    r"""The mistakes that explain a refuted or misshapen link, the smallest first; none for any other verdict.

    >>> from verify.check import check
    >>> from verify.language import equal, scalar, sigma
    >>> z = scalar("z")
    >>> link, = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()
    >>> found = diagnose(link, check(link).verdict)
    >>> found.explanations[0].code, str(found.explanations[0].repaired)
    ('sign', '\\sigma\\left(z\\right) \\left(1 - \\sigma\\left(z\\right)\\right)')
    >>> right, = equal(z + z, 2 * z).links()
    >>> diagnose(right, check(right).verdict).explanations
    ()
    """
    if not isinstance(verdict, Refuted | Misshapen):
        return Diagnosis((), 0)
    if link.relation is not Relation.EQUAL or isinstance(link.right, tuple | Interval):
        return explain_range(link, Steps(budget))
    steps = Steps(budget)
    fits = not isinstance(shape(link.left), Mismatch)
    found = _of_side(link, "right", steps) if fits else []
    if not found and isinstance(verdict, Refuted):
        found = list(explain_cases(link, steps))
    large = all(each.size >= LARGE for each in found)
    if large and not isinstance(link.left, Derivative | Vjp) and not isinstance(shape(link.right), Mismatch):
        steps.left = max(steps.left, budget // 2)
        both = sorted((*found, *_of_side(link, "left", steps)), key=lambda each: each.size)
        found = list({each.code: each for each in reversed(both)}.values())[::-1][:ENOUGH]
    return Diagnosis(tuple(found), steps.tried)


@dataclass(frozen=True)
class Candidate:
    """An edited formula, with the place and the edit that made it."""

    formula: Expression
    place: Place
    edit: Edit

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """Small edits first, what is compared last of these, then by the order of the codes, then those further out."""
        return self.edit.size, self.edit.compared, CODES.index(self.edit.code), len(self.place.at)


def _of_side(link: Link, side: Which, steps: Steps) -> list[Explanation]:
    assert not isinstance(link.right, tuple | Interval)
    kept, formula = (link.left, link.right) if side == "right" else (link.right, link.left)
    trial = Trial.of(link, side, steps)
    fits = not isinstance(shape(formula), Mismatch)
    asked = isinstance(kept, Derivative | Vjp)
    itself = {kept, *_as_a_slope(kept)}
    given = tuple(each.right for each in link.given if not isinstance(each.right, tuple | Interval))
    found: dict[str, Explanation] = {}
    met: set[Expression] = set()
    largest = None
    editors = (*EDITORS, expanded.edits) if side == "right" else EDITORS
    for each in sorted(_candidates(formula, kept, given, editors), key=lambda candidate: candidate.rank):
        code = each.edit.code if side == "right" or not fits else undone(each.edit.code)
        if largest is not None and (each.edit.size > largest or len(found) >= ENOUGH):
            break
        if code in found or each.formula in met or (each.formula in itself and (asked or each.edit.code in INSERTED)):
            continue
        met.add(each.formula)
        if steps.left < 0:
            break
        if trial.explains(each.formula):
            part = each.edit.part
            before, after = map(str, (each.place.part, part))
            found[code] = explanation(code, side, each.formula, each.place.at, before, after, each.edit.size)
            largest = each.edit.size + 1 if largest is None else largest
    return list(found.values())


def _as_a_slope(kept: Expression) -> Iterator[Expression]:
    """A derivative of a function by its argument as the function's own derivative there."""
    match kept:
        case Derivative(quantity=Call() as call) if call.argument == kept.variable:
            yield Call(call.function, call.order + 1, call.argument)
        case _:
            return


def _candidates(
    formula: Expression, kept: Expression, given: tuple[Expression, ...], editors: tuple[Editor, ...]
) -> Iterator[Candidate]:
    """All edits of a formula, each result once under each code."""
    material = material_of(kept, formula, kept, *given)
    seen: dict[tuple[Expression, str], int] = {}
    made = 0
    for place in places(formula):
        for editor in editors:
            for edit in editor(place, material):
                edited = put(place, edit.part)
                if edited == formula or seen.get((edited, edit.code), edit.size + 1) <= edit.size:
                    continue
                seen[edited, edit.code] = edit.size
                made += 1
                if made > MOST_EDITS:
                    return
                yield Candidate(edited, place, edit)
