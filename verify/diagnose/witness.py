"""A witness for people: its numbers rounded to two places, so that one can redo it by hand; the exact ones are kept."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from verify.language import Witness

PLACES = Decimal("0.01")
FRACTION = re.compile(r"(-?\d{1,40})/(\d{1,40})")
DIGITS = 6


def for_people(witness: Witness) -> str:
    """A witness with values that are rounded where they are no short fractions.

    >>> print(for_people(Witness((("n", 2),), (), (("x", (("0",), ("1",))),), (), "0.2689414214", "0.7310585786")))
    for n = 2, x = (0, 1): left 0.27, right 0.73
    >>> print(for_people(Witness((), (), (("z", (("0",),)),), (), "1/4", "3/4")))
    for z = 0: left 1/4, right 3/4
    """
    left, right = apart(witness.left, witness.right)
    return str(replace(witness, left=left, right=right))


def apart(left: str, right: str) -> tuple[str, str]:
    """Two values rounded, unless that makes them equal.

    >>> apart("0.2689414214", "1/2"), apart("0.2689414214", "0.2689414999")
    (('0.27', '1/2'), ('0.2689414214', '0.2689414999'))
    """
    shown = rounded(left), rounded(right)
    return (left, right) if shown[0] == shown[1] else shown


def rounded(value: str) -> str:
    """A value to two places; a short fraction, and what is no number, stays as it is.

    >>> rounded("1234567/1000000"), rounded("1/3"), rounded("0.001234"), rounded("outside of (0, 1)")
    ('1.23', '1/3', '0.0012', 'outside of (0, 1)')
    """
    fraction = FRACTION.fullmatch(value)
    if fraction is not None:
        if len(value) <= DIGITS:
            return value
        return _short(Decimal(int(fraction[1])) / Decimal(int(fraction[2])))
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return value if len(value) <= DIGITS or not number.is_finite() else _short(number)


def _short(number: Decimal) -> str:
    """To two places, or two digits where those would be zeros or where there are too many of them."""
    if abs(number) >= Decimal("0.1") and abs(number) < Decimal(10) ** DIGITS:
        return f"{number.quantize(PLACES)}"
    return f"{number:.2g}" if abs(number) >= Decimal("0.0001") and abs(number) < 1 else f"{number:.1e}"
