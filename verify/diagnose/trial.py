"""Trying an edited formula: first its shape, then its values at a few instances, and only then a proof."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sympy.core.basic import Basic

from verify.check import check, misshapen
from verify.diagnose.diagnosis import Which
from verify.diagnose.parts import atoms
from verify.kernel.likeness import Likeness, likeness_of
from verify.language import (
    Ascending,
    Descending,
    Expression,
    Interval,
    Leveled,
    Link,
    Member,
    Proved,
    Recursive,
    Relation,
)

# A step is a quarter of a millisecond or so: a formula put together, or so many steps of the kernel.
PER_STEP = 30
PROOF = 25
MOST_PROOFS = 12
# Formulas with levels are written out anew for each trial: a step for so many of their parts.
PARTS = 30
LEVELED = (Member, Leveled, Recursive, Descending, Ascending)


@dataclass
class Steps:
    """Steps to spend on trials; what has been spent is what was tried."""

    left: int
    tried: int = 0
    proofs: int = 0

    def spend(self, steps: int) -> bool:
        """Count steps, and whether there were any left."""
        self.left -= steps
        return self.left >= 0


@dataclass
class Trial:
    """Trials of formulas in the place of one side of a link."""

    link: Link
    side: Which
    steps: Steps
    likeness: Likeness | None = None
    each: int = 1
    """The steps that a trial takes at least."""
    _allowed: frozenset[str] | None = field(default=None)

    @classmethod
    def of(cls, link: Link, side: Which, steps: Steps) -> Trial:
        """The trials for a side, with the values that the other side has."""
        kept = link.left if side == "right" else link.right
        assert not isinstance(kept, tuple | Interval)
        edited = link.right if side == "right" else link.left
        beside = () if isinstance(edited, tuple | Interval) else (edited,)
        trial = cls(link, side, steps)
        if link.relation is Relation.EQUAL:
            trial.likeness = likeness_of(Link(kept, Relation.EQUAL, kept, link.given), *beside)
        if trial.likeness is not None:
            # What it took to find the values that the other side has.
            own = sum(each.steps for each in trial.likeness.instances) // 2
            steps.spend(min(own // PER_STEP, steps.left // 2))
        if any(atoms(each, *LEVELED) for each in (kept, *beside)):
            trial.each += sum(len(atoms(each, Basic)) for each in (kept, *beside)) // PARTS
        return trial

    def link_with(self, formula: Expression) -> Link:
        """The link with another formula on the side."""
        return replace(self.link, right=formula) if self.side == "right" else replace(self.link, left=formula)

    def explains(self, formula: Expression) -> bool:
        """Whether the link is proved with this formula, under no condition that it did not have before."""
        link = self.link_with(formula)
        self.steps.tried += 1
        if not self.steps.spend(self.each) or misshapen(link) is not None:
            return False
        if self.likeness is not None and not self._looks_right(self.likeness, formula):
            return False
        self.steps.proofs += 1
        if self.steps.proofs > MOST_PROOFS or not self.steps.spend(PROOF * self.each):
            return False
        verdict = check(link).verdict
        return isinstance(verdict, Proved) and set(map(str, verdict.conditions)) <= self._conditions()

    def _looks_right(self, likeness: Likeness, formula: Expression) -> bool:
        admitted = likeness.admits(formula)
        return self.steps.spend(likeness.spent // PER_STEP) and admitted

    def _conditions(self) -> frozenset[str]:
        """The conditions that both sides have by themselves."""
        if self._allowed is None:
            sides = (self.link.left, self.link.right)
            own = (
                check(Link(side, Relation.EQUAL, side, self.link.given)).verdict
                for side in sides
                if not isinstance(side, tuple | Interval)
            )
            found = (each for verdict in own if isinstance(verdict, Proved) for each in verdict.conditions)
            self._allowed = frozenset(map(str, found))
        return self._allowed
