"""What a recursion keeps: that two rows are equal at every step if they are at the start.

All hypotheses at the start are kept together: each is proved at step m + 1 from all of them at step m.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from verify import language as said
from verify.kernel.generalize import Generalization
from verify.kernel.peel import Peeling
from verify.kernel.term import Unsupported
from verify.kernel.ties import ties
from verify.language import Expression, Link, Relation
from verify.language.layers import Recursive
from verify.language.link import Interval
from verify.language.unfold import Depth, Unfolding
from verify.language.verdict import Induction, Proved, Refuted, Replay, Undecided, Verdict

Decide = Callable[[Link], Verdict]


def decide_invariant(link: Link, depth: Depth, below: said.Dimension, taken: frozenset[str], decide: Decide) -> Verdict:
    """The verdict on a statement at any step whose hypotheses are about the start."""
    if len(depth.dimensions) != 1 or depth.indices or isinstance(link.right, tuple | Interval):
        raise Unsupported("hypotheses about any depth")
    first = decide(Unfolding({depth.dimensions[0]: 1}).link(link))
    if isinstance(first, Refuted):
        sizes = ((depth.dimensions[0], 1), *first.witness.sizes)
        return replace(first, witness=replace(first.witness, sizes=sizes))
    over = said.Dimension(depth.dimensions[0])
    values = _values(link, over)
    if (link.left, link.right) not in [_sides(_lifted(each, values, over)) for each in link.given]:
        raise Unsupported("a statement at any step other than one of its hypotheses at the start")
    return _kept(link, values, over, below, taken, decide)


def _values(link: Link, over: said.Dimension) -> dict[said.Name, Recursive]:
    """Of each name that a recursion starts with, the value at the step that the link speaks of."""
    last = [each for each in link.left.atoms(Recursive) if each.level == over]
    found: dict[said.Name, Recursive] = {}
    for system in {each.system for each in last}:
        for symbol in system.symbols:
            start = system.start(symbol)
            if isinstance(start, said.Name):
                found[start] = Recursive(symbol, over, start.declared, system)
    return found


def _lifted(hypothesis: Link, values: dict[said.Name, Recursive], level: Expression) -> Link:
    """A hypothesis about the start as one about the values at a step."""
    names = {name for side in _sides(hypothesis) for name in side.atoms(said.Name)}
    if hypothesis.relation is not Relation.EQUAL or not names <= set(values):
        raise Unsupported(f"the hypothesis {hypothesis} at any step")
    at = {name: values[name].at_level(level, values[name].declared) for name in names}
    left, right = (side.xreplace(at) for side in _sides(hypothesis))
    return Link(left, hypothesis.relation, right)


def _kept(
    link: Link,
    values: dict[said.Name, Recursive],
    over: said.Dimension,
    below: said.Dimension,
    taken: frozenset[str],
    decide: Decide,
) -> Verdict:
    before = tuple(_lifted(each, values, below) for each in link.given)
    proofs: list[Proved] = []
    parts: list[Link] = []
    for hypothesis in link.given:
        peeling, general = Peeling(below), Generalization(below, taken)
        left, right = (general.of(peeling.of(side)) for side in _sides(_lifted(hypothesis, values, below + 1)))
        known = tuple(Link(general.of(each.left), each.relation, general.of(_sides(each)[1])) for each in before)
        parts.append(Link(left, Relation.EQUAL, right, known))
        if len(ties(parts[-1])[0]) != len(ties(link)[0]):
            raise Unsupported(f"{hypothesis} kept beside rows that it does not name")
        verdict = decide(parts[-1])
        if not isinstance(verdict, Proved) or verdict.conditions:
            return Undecided("no-proof", f"it is not proved that a step keeps {hypothesis}", tried=("induction",))
        proofs.append(verdict)
    shown = Induction(
        over.symbol,
        ", ".join(map(str, link.given)),
        ", ".join(map(str, before)),
        ", ".join(str(_lifted(each, values, below + 1)) for each in link.given),
        tuple(parts),
    )
    first = proofs[0].replay
    sizes = tuple(dict.fromkeys(words for proof in proofs for words in proof.replay.sizes))
    instances = sum(proof.replay.instances for proof in proofs)
    return Proved("induction", (), Replay(instances, first.arithmetic, sizes), induction=shown)


def _sides(link: Link) -> tuple[Expression, Expression]:
    return link.left, cast(Expression, link.right)
