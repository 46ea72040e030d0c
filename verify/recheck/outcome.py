"""What the second judge says."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What the second judge says of a certificate."""

    DECIDED = "re-decided"
    TESTED = "re-tested"
    LEFT = "not tested"
    REJECTED = "rejected"

    @property
    def decided(self) -> bool:
        """Whether that is a proof again."""
        return self is Outcome.DECIDED

    @property
    def accepted(self) -> bool:
        """Whether the second judge agrees, by a proof or by instances."""
        return self in (Outcome.DECIDED, Outcome.TESTED)
