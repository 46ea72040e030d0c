"""Steps of which the names are assumed, and not said: they may be proved, and hardly refuted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from verify.language import Dependent, Expression, Link, Misshapen, Name, Node, Relation, Undecided
from verify.read.step import Step


def with_assumptions(step: Step, assumed: Mapping[Expression, str]) -> Step:
    """A step with what was assumed of its names; unless one number stands on both sides, no counterexample counts."""
    if not assumed:
        return step
    if isinstance(step.meaning, Misshapen) and step.meaning.reason == "shape":
        says = f"as far as is assumed of the names here, {step.meaning.says}"
        return replace(step, meaning=Undecided("ambiguous", says))
    if not isinstance(step.meaning, Link):
        return step
    link = step.meaning
    sides = [side for side in (link.left, link.right) if isinstance(side, Node)]
    used = [{name for name in _names(side) if name in assumed} for side in sides]
    names = sorted(set().union(*used), key=str)
    alike = link.relation is Relation.TENDS or (len(sides) == 2 and used[0] == used[1])
    sure = alike and len(names) == 1 and isinstance(names[0], Name) and not names[0].declared
    says = f"what {' and '.join(map(str, names))} may be is assumed, and not said"
    supposed = step.supposed if sure or not names else says
    return replace(step, assumed=(*step.assumed, *(assumed[name] for name in names)), supposed=supposed)


def _names(side: Node) -> Iterator[Name | Dependent]:
    for each in side.atoms(Name, Dependent):
        if isinstance(each, Name | Dependent):
            yield each
