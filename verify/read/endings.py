"""Chains whose end is right although links in them are wrong: two errors that cancel, or a slip that was mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from verify.language import Expression, Judgment, Link, Misshapen, Proved, Refuted, Relation, Verdict

Decide = Callable[[Link], Verdict]
"""How the verdict on a link is found."""


def right_ends(judgments: Sequence[Judgment], decide: Decide) -> tuple[Judgment, ...]:
    """The judgments; the last wrong link of a chain whose two ends are equal all the same says so."""
    found = list(judgments)
    for start, end in _chains(found):
        wrong = [at for at in range(start, end) if isinstance(found[at].verdict, Refuted | Misshapen)]
        link = _from_end_to_end(found[start], found[end - 1])
        # With one link that is not proved, the ends differ as its sides do.
        doubtful = sum(not isinstance(found[at].verdict, Proved) for at in range(start, end))
        if wrong and doubtful > 1 and link is not None and isinstance(decide(link), Proved):
            says = f"the end of this chain is right: {found[start].left} = {found[end - 1].right}"
            last = found[wrong[-1]]
            before = "" if last.suggestion is None else f"{last.suggestion}; "
            found[wrong[-1]] = replace(last, suggestion=before + says)
    return tuple(found)


def _chains(judgments: Sequence[Judgment]) -> Iterator[tuple[int, int]]:
    """Where chains of equations begin and end, those of two links or more."""
    start = 0
    for at in range(1, len(judgments) + 1):
        if at == len(judgments) or not _goes_on(judgments[at - 1], judgments[at]):
            if at - start > 1:
                yield start, at
            start = at


def _goes_on(before: Judgment, after: Judgment) -> bool:
    equations = before.relation == after.relation == str(Relation.EQUAL)
    return equations and before.right == after.left and not after.begins


def _from_end_to_end(first: Judgment, last: Judgment) -> Link | None:
    """The link from the first side of a chain to its last, where both were read."""
    if first.link is None or last.link is None or not isinstance(last.link.right, Expression):
        return None
    if Relation.TENDS in (first.link.relation, last.link.relation):
        return None
    given = tuple(dict.fromkeys((*first.link.given, *last.link.given)))
    return Link(first.link.left, Relation.EQUAL, last.link.right, given)
