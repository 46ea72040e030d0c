"""Counted steps: what bounds every search, so that a verdict never depends on the clock."""

from __future__ import annotations

from verify.kernel.term import OutOfBudget


class Budget:
    """A number of steps to spend.

    >>> budget = Budget(2)
    >>> budget.spend(2)
    >>> budget.spend()
    Traceback (most recent call last):
    verify.kernel.term.OutOfBudget
    """

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Count steps; raise :class:`OutOfBudget` when there are none left."""
        self.left -= steps
        if self.left < 0:
            raise OutOfBudget
