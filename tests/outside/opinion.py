"""What a judge from outside says of an equation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Opinion(StrEnum):
    """It agrees, it disagrees, or it cannot tell."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT = "cannot tell"


@dataclass(frozen=True)
class Found:
    """An opinion, and how it came about, where it stands apart, or why there is none."""

    opinion: Opinion
    why: str
