"""What a diagnosis is: the mistakes that explain a link, each with the formula that it should have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verify.language.link import Side

Which = Literal["left", "right"]


@dataclass(frozen=True)
class Explanation:
    """One mistake that explains a link: with ``repaired`` in the place of the ``side``, the link is proved.

    ``before`` and ``after`` are the part that was edited, in LaTeX, and ``at`` where it stands: the places to
    go down from the root. ``size`` counts what was put in, taken out or turned round. Where the link is proved in one
    case as it is, ``repaired`` is the side as it was.
    """

    code: str
    for_student: str
    for_grader: str
    repaired: Side
    side: Which
    at: tuple[int, ...]
    before: str
    after: str
    size: int

    @property
    def edits(self) -> bool:
        """Whether something is edited."""
        return self.before != self.after


@dataclass(frozen=True)
class Diagnosis:
    """The mistakes that explain a link, the smallest edit first, and how many edits were tried."""

    explanations: tuple[Explanation, ...]
    tried: int

    @property
    def says(self) -> str:
        """The best explanation for the student, or that there is none."""
        return self.explanations[0].for_student if self.explanations else UNEXPLAINED


UNEXPLAINED = "No single usual mistake explains this step."
