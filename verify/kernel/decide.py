"""Deciding a link: shapes, instances, normal form, witness. The only place that makes Proved and Refuted.

For every equality pattern of the free indices both sides are evaluated at instances. If they differ
somewhere, a witness is sought; if nowhere, the normal forms must agree, or nothing is proved.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import assert_never

from verify.kernel.atoms import Poly
from verify.kernel.clearing import vanishes
from verify.kernel.cutoff import cutoff
from verify.kernel.division import residual
from verify.kernel.domain import conditions
from verify.kernel.exponents import in_exponents
from verify.kernel.flat import decide_flat, decided_instead
from verify.kernel.induction import decide_at_any_depth, refuse_twins
from verify.kernel.lift import lift
from verify.kernel.limits import decide_limit
from verify.kernel.normal import NormalForm
from verify.kernel.order import decide_order
from verify.kernel.patterns import Pattern, patterns
from verify.kernel.places import Folded
from verify.kernel.replay import Agrees, Differs, NowhereDefined, Outcome, Unclear, replay, summary
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Ambiguous, OutOfBudget, Undefined, Unsupported
from verify.kernel.ties import ties, untied, with_copies
from verify.kernel.walk import rename
from verify.kernel.witness import refute
from verify.language import Dependent, Expression, Interval, Link, Relation
from verify.language.chance import speaks_of_chance
from verify.language.shape import Mismatch, describe, same_shape, shape, shape_of
from verify.language.unfold import Depth, depth_of
from verify.language.verdict import Cutoff, Positive, Proved, Refuted, Replay, Undecided, Verdict

RECURSION = 20_000

ORDER = (Relation.LESS, Relation.AT_MOST, Relation.GREATER, Relation.AT_LEAST, Relation.MEMBER)
DECIDED = (Relation.EQUAL, Relation.TENDS, *ORDER)


@dataclass(frozen=True)
class Forms:
    """The normal forms of both sides for one equality pattern, and what is left of their difference."""

    pattern: Pattern
    left: Poly
    right: Poly
    residual: Poly
    dependents: Mapping[str, Dependent]

    @property
    def equal(self) -> bool:
        """Whether nothing is left."""
        return not self.residual

    @property
    def words(self) -> str:
        """The pattern in words: which indices are equal, and to which numbers."""
        return ", ".join(
            f"{index.symbol} = {chosen if isinstance(chosen, int) else chosen.symbol}"
            for index, chosen in self.pattern.classes.items()
            if chosen != index
        )

    def shown(self, poly: Poly) -> Expression:
        """One of the forms as an expression."""
        return lift(poly, self.dependents)


@dataclass
class Trace:
    """What was done on the way to a verdict, for those who want to see it."""

    forms: list[Forms] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    cleared: bool = False
    """Whether the sides were found to agree once they were cleared of inverses."""


def decide(link: Link, trace: Trace | None = None, *, second: bool = False) -> Verdict:
    """The verdict on a link whose sides have fitting shapes; with ``second``, a second proof by small sizes is sought.

    >>> from verify.language import equal, scalar, sigma, word
    >>> z = scalar("z")
    >>> link, = equal(sigma.derivative(z), sigma(z) * (1 - sigma(z))).links()
    >>> word(decide(link))
    'proved'
    >>> link, = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()
    >>> print(decide(link).witness)
    for z = 0: left 1/4, right 3/4
    """
    trace = trace if trace is not None else Trace()
    with _room_to_recurse():
        verdict = _decide(link, trace)
        if second and isinstance(verdict, Proved) and verdict.method == "normal form" and not depth_of(link):
            return replace(verdict, cutoff=_second_proof(link, verdict))
        return verdict


def _second_proof(link: Link, proved: Proved) -> Cutoff | None:
    assert not isinstance(link.right, tuple | Interval)
    try:
        return cutoff(statement(link.left, link.right, link.given))
    except Folded:
        return _second_proof(decided_instead(link, proved), proved)


@contextmanager
def _room_to_recurse() -> Iterator[None]:
    """Recursion as deep as the deepest expression needs, so that a verdict does not depend on who calls."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _decide(link: Link, trace: Trace) -> Verdict:
    if link.relation is Relation.SHAPE and isinstance(link.right, tuple):
        return _shape(link)
    if link.relation not in DECIDED:
        return Undecided("relation", f"no rule decides the relation {link.relation}")
    depth = depth_of(link)
    tied, others = ties(link) if link.given and not depth else ((), ())
    try:
        if (depth or link.relation is Relation.TENDS) and speaks_of_chance(link):
            raise Unsupported("expectations at any depth or in a limit")
        if tied:
            return with_copies(_decide(untied(link, tied, others), trace), tied)
        if depth:
            refuse_twins(link)
        if link.relation is Relation.TENDS:
            return decide_limit(link, depth, _plainly)
        if depth:
            return _at_any_depth(link, depth, trace)
        if link.relation is not Relation.EQUAL or isinstance(link.right, tuple | Interval):
            return decide_order(link)
        return _equation(statement(link.left, link.right, link.given), trace)
    except Folded as folded:
        flat = None if depth else decide_flat(link, _plainly)
        return flat or Undecided(
            "no-proof", f"the kernel has no rule for {folded}", tried=("small sizes laid out flat",)
        )
    except Unsupported as unsupported:
        return Undecided("no-proof", f"the kernel has no rule for {unsupported}")
    except Ambiguous as ambiguous:
        return Undecided("ambiguous", str(ambiguous))
    except OutOfBudget:
        return Undecided("budget", "the steps allowed for one link are used up")
    except Undefined as undefined:
        return Undecided("nowhere-defined", f"there is {undefined}, whatever the values")


def _at_any_depth(link: Link, depth: Depth, trace: Trace) -> Verdict:
    """By induction; where that finds nothing, products of positive numbers are brought into exponents."""
    try:
        verdict = decide_at_any_depth(link, depth, _plainly)
    except Unsupported as unsupported:
        verdict = Undecided("no-proof", f"the kernel has no rule for {unsupported}")
    if not isinstance(verdict, Undecided):
        return verdict
    try:
        found = _decide(in_exponents(link), trace)
    except Unsupported:
        return verdict
    positive = not isinstance(found, Proved) or not any(isinstance(each, Positive) for each in found.conditions)
    return found if isinstance(found, Proved | Refuted) and positive else verdict


def _plainly(link: Link) -> Verdict:
    """The verdict on a statement that another one leads to, whose shapes may not fit where those of that one do."""
    sides = (link.left,) if isinstance(link.right, tuple | Interval) else (link.left, link.right)
    for found in map(shape, sides):
        if isinstance(found, Mismatch):
            raise Unsupported(f"a step at which the shapes do not fit: {found.says}")
    return _decide(link, Trace())


def _shape(link: Link) -> Verdict:
    actual = shape_of(link.left)
    assert isinstance(link.right, tuple)
    if same_shape(actual, link.right):
        return Proved("shape", (), Replay(0, "modular", ()))
    return Undecided("relation", f"{link.left} is {describe(actual)}")


def _equation(stated: Statement, trace: Trace) -> Verdict:
    everything = (*stated.terms, *stated.known.terms)
    found = [each for each in patterns(stated.indices, everything) if stated.known.allow(each.classes)]
    agreed: list[Agrees] = []
    undefined = 0
    for pattern in found:
        outcome = replay(stated, pattern)
        trace.outcomes.append(outcome)
        match outcome:
            case Differs():
                return _refute(stated, outcome.sizes)
            case Unclear():
                return Undecided("budget", "the values are too close to tell apart in ball arithmetic")
            case NowhereDefined():
                undefined += 1
            case Agrees():
                agreed.append(outcome)
            case _:
                assert_never(outcome)
    if not agreed:
        return Undecided("nowhere-defined", "no point was found at which both sides are defined")
    return _prove(stated, found, agreed, undefined, trace)


def _refute(stated: Statement, sizes: Mapping[str, int]) -> Refuted | Undecided:
    return refute(stated, suspected=sizes) or Undecided(
        "no-proof", "the sides differ at random instances, but no exact witness was found"
    )


def _prove(
    stated: Statement, found: list[Pattern], agreed: list[Agrees], undefined: int, trace: Trace
) -> Proved | Refuted | Undecided:
    ring = Ring(stated.facts_of_equation)
    skipped = 0
    for pattern in found:
        try:
            forms = normal_forms(stated, pattern, ring)
        except Undefined:
            skipped += 1
            continue
        trace.forms.append(forms)
        if not forms.equal:
            trace.cleared = not undefined and vanishes(stated)
            if trace.cleared:
                break
            return _otherwise(stated, agreed, forms)
    if skipped != undefined:
        return Undecided(
            "nowhere-defined", "for some choice of indices no point was found where both sides are defined"
        )
    return Proved("normal form", conditions(stated), summary(agreed))


def _otherwise(stated: Statement, agreed: list[Agrees], forms: Forms) -> Proved | Refuted | Undecided:
    """What is left to try where the normal forms differ: a proof by small sizes, and a witness."""
    proof = cutoff(stated)
    if proof is not None:
        return Proved("small sizes", conditions(stated), summary(agreed), proof)
    return refute(stated) or Undecided(
        "no-proof",
        "the sides agree at every instance tried, but their normal forms differ",
        residual=str(forms.shown(forms.residual)),
        tried=("replay", "normal form", "small sizes", "witness search"),
    )


def normal_forms(stated: Statement, pattern: Pattern, ring: Ring) -> Forms:
    """The normal forms of both sides where the free indices have this pattern, and whether they are equal."""
    forms = NormalForm(ring)
    left, right = (forms.of(rename(side, pattern.classes)) for side in stated.terms)
    return Forms(pattern, left, right, residual(ring, minus(left, right)), stated.dependents)
