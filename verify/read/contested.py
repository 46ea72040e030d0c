r"""Names that one formula takes for something else than another: numbers in ``x y = y x``, columns in ``z = W x + y``.

The section is then read once more with what its later formulas show. Where that fits all of it, it is what is meant;
elsewhere each link is decided both ways, and what is true in one of them alone is true of none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from verify.language import Link, Misshapen, Stated, Undecided, Unreadable
from verify.read.kind_shown import Kind
from verify.read.rivals import Rival, Rivals
from verify.read.step import Step


@dataclass(frozen=True)
class Contest:
    """What a name was taken for first in a section, and what a later formula shows it to be."""

    first: Kind
    later: Kind


Contests = Mapping[str, Contest]


def decided_both_ways(before: Sequence[Step], after: Sequence[Step], contests: Contests) -> list[Step]:
    """The steps of a display that was read twice."""
    if len(before) != len(after):
        return list(before)
    return [_both(one, other, contests) for one, other in zip(before, after, strict=True)]


def _both(one: Step, other: Step, contests: Contests) -> Step:
    first = is_read(one)
    if not first and not is_read(other):
        return one
    own, rival = (one, other) if first else (other, one)
    words = [_called([each.first for each in contests.values()]), _called([each.later for each in contests.values()])]
    mine, others = words if first else reversed(words)
    return replace(own, rivals=partial(Rivals, " and ".join(contests), (Rival(others, rival),), mine))


def _called(kinds: Sequence[Kind]) -> str:
    return " and ".join(dict.fromkeys(kind.value[len(kinds) > 1] for kind in kinds))


def is_read(step: Step) -> bool:
    """Whether a step could be read, with names that fit it."""
    match step.meaning:
        case Link() | Stated():
            return True
        case Undecided(reason=reason):
            return reason != "ambiguous"
        case Misshapen() | Unreadable():
            return False
        case _:
            assert_never(step.meaning)
