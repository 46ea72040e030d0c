"""Points: exact numbers, as graders write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

ZERO = Fraction(0)


def points_of(value: object) -> Fraction | None:
    """The points that a value of TOML says; nothing if it says none.

    >>> points_of(Decimal("0.1")) + points_of(2), points_of("two"), points_of(True)
    (Fraction(21, 10), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        return None
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        return None
    return Fraction(str(value))


def number(points: Fraction) -> int | float:
    """Points as a number of JSON.

    >>> number(Fraction(3, 2)), number(Fraction(2))
    (1.5, 2)
    """
    return points.numerator if points.denominator == 1 else round(float(points), 6)


def shown(points: Fraction) -> str:
    """Points in words.

    >>> shown(Fraction(3, 2)), shown(Fraction(1, 3))
    ('1.5', '0.333333')
    """
    return str(number(points))


def counted_points(points: Fraction) -> str:
    """A number of points.

    >>> counted_points(Fraction(1)), counted_points(Fraction(1, 2))
    ('1 point', '0.5 points')
    """
    return f"{shown(points)} point{'' if points == 1 else 's'}"
