"""Whether a symmetric matrix of rational numbers is positive semidefinite, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def is_semidefinite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """Whether x^T A x >= 0 for all x: by elimination, in which no pivot is negative and below a 0 stand only zeros.

    >>> half = Fraction(1, 2)
    >>> is_semidefinite([[half, -half], [-half, half]])
    True
    >>> is_semidefinite([[half, -1], [-1, half]])
    False
    """
    rest = [list(map(Fraction, row)) for row in matrix]
    while rest:
        pivot, *others = rest[0]
        if pivot < 0 or (pivot == 0 and any(others)):
            return False
        rest = [
            [entry - (row[0] * other / pivot if pivot else 0) for entry, other in zip(row[1:], others, strict=True)]
            for row in rest[1:]
        ]
    return True
