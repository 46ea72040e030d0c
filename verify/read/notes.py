"""What the reader took for granted while it read a formula, and what it doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verify.language import Mismatch, Misshapen, Name


class Misfit(Exception):
    """The shapes in a formula do not fit where one of them is needed to go on."""

    def __init__(self, mismatch: Mismatch) -> None:
        super().__init__(mismatch.says)
        self.verdict = misshapen(mismatch)


def misshapen(mismatch: Mismatch) -> Misshapen:
    """The verdict on a link with such a mismatch in it."""
    says = re.sub(r"@\d+", "", mismatch.says)
    return Misshapen(mismatch.reason, says, mismatch.expected, mismatch.actual, mismatch.transposed)


@dataclass
class Notes:
    """Readings that were chosen, doubts that make a link ambiguous, whether a layout was needed, sets summed over."""

    assumed: dict[str, None] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)
    layout: bool = False
    sets: dict[str, None] = field(default_factory=dict)
    sized: str = ""
    pairs: dict[str, None] = field(default_factory=dict)
    """The indices that a sum such as that over i < j is taken to bind, both of them."""
    alike: dict[Name, None] = field(default_factory=dict)
    """The vectors and matrices of whose variance is spoken, so that their entries must have the same."""
    pointwise: bool = False
    """Whether functions stand without an argument."""

    def assume(self, reading: str) -> None:
        """Note a reading that was chosen."""
        self.assumed[reading] = None

    def doubt(self, says: str) -> None:
        """Note why a link with this in it is ambiguous."""
        self.doubts[says] = None
