"""Steps of which the names are assumed, and not said: they may be proved, and hardly refuted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from verify.language import Dependent, Expression, Link, Misshapen, Name, Node, Relation, Undecided
from verify.read.apply import substituted
from verify.read.step import Repair, Step
from verify.read.supposing import Supposed


def with_assumptions(step: Step, supposed: Supposed) -> Step:
    """A step with what was assumed of its names; unless one number stands on both sides, no counterexample counts."""
    assumed = supposed.assumed
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
    listed = (*step.assumed, *(assumed[name] for name in names))
    doubts = dict.fromkeys(supposed.doubted[name] for name in names if name in supposed.doubted)
    if doubts:
        return replace(step, assumed=listed, meaning=Undecided("ambiguous", "; ".join(doubts)))
    alike = link.relation is Relation.TENDS or (len(sides) == 2 and used[0] == used[1])
    sure = alike and len(names) == 1 and isinstance(names[0], Name) and not names[0].declared
    says = f"what {' and '.join(map(str, names))} may be is assumed, and not said"
    losses = [name for name in names if name in supposed.several]
    if losses:
        says = "; ".join(_may_be(name, supposed.several[name]) for name in losses)
        step = replace(step, repair=_readings(step.repair, link, losses, supposed.several))
    return replace(step, assumed=listed, supposed=step.supposed if sure or not names else says)


def _names(side: Node) -> Iterator[Name | Dependent]:
    for each in side.atoms(Name, Dependent):
        if isinstance(each, Name | Dependent):
            yield each


def _may_be(loss: Expression, candidates: Sequence[Expression]) -> str:
    shown = [str(each) for each in candidates]
    return f"{loss} may be a function of {', '.join(shown[:-1])} or {shown[-1]}, or of more than one of them"


def _readings(
    before: Callable[[], tuple[Repair, ...]],
    link: Link,
    losses: Sequence[Expression],
    several: Mapping[Expression, tuple[Expression, ...]],
) -> Callable[[], tuple[Repair, ...]]:
    """The link with a loss as a function of each of the quantities that it may depend on, and then other readings."""

    def readings() -> tuple[Repair, ...]:
        found: list[Repair] = []
        for loss in losses:
            for each in several[loss]:
                names: dict[Node, Node] = {loss: Dependent(str(loss), each)}
                left = substituted(link.left, names)
                right = substituted(link.right, names) if isinstance(link.right, Node) else link.right
                found.append(Repair(f"{loss} is a function of {each}", replace(link, left=left, right=right)))
        return (*found, *before())

    return readings
