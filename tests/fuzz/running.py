"""A run of a law: its cases are numbered, and each has randomness of its own, so that it can be run again alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.fuzz.laws import LAWS


def randomness(law: str, seed: int, case: int) -> Random:
    """The same in every run, and on every machine."""
    return Random(f"{law} {seed} {case}")  # noqa: S311 - no secret


@dataclass
class Run:
    """How the cases of a law came out so far."""

    law: str
    seed: int
    cases: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def next(self) -> Exception | None:
        """The error of the next case, if it fails."""
        random = randomness(self.law, self.seed, self.cases)
        self.cases += 1
        try:
            self.tally[LAWS[self.law](random)] += 1
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
            self.tally[f"FAILED: {type(error).__name__}"] += 1
            self.failed.append(self.cases - 1)
            return error
        return None

    def summary(self) -> str:
        """The tally, the most frequent first."""
        told = "; ".join(f"{outcome}: {many}" for outcome, many in self.tally.most_common())
        return f"{self.law}, seed {self.seed}, {self.cases} cases: {told}; failed: {self.failed[:20]}"
