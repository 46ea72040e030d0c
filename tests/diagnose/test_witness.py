"""Witnesses for people: rounded, and never so that what differs looks equal."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.diagnose.witness import for_people, rounded
from verify.language import Witness


@pytest.mark.parametrize(
    ("value", "shown", "why"),
    [
        ("0.2689414214", "0.27", "softmax of (0, 1) to two places"),
        ("0.7310585786", "0.73", "and the other entry"),
        ("1/4", "1/4", "a short fraction is exact"),
        ("-7", "-7", "and so is a whole number"),
        ("1234567/1000000", "1.23", "a long fraction is none to look at"),
        ("-0.00012345678", "-0.00012", "two digits where two places are zeros"),
        ("123456789.123456", "1.2e+8", "large values by their size"),
        ("outside of (0, 1)", "outside of (0, 1)", "words stay"),
        ("nan", "nan", "no number"),
    ],
)
def test_a_value_is_rounded(value: str, shown: str, why: str) -> None:
    assert rounded(value) == shown, why


def test_values_that_would_look_equal_are_shown_in_full() -> None:
    witness = Witness((), (), (), (), "0.2689414214", "0.2689414999")
    assert for_people(witness) == "left 0.2689414214, right 0.2689414999"


@given(st.fractions(min_value=-1000, max_value=1000))
def test_what_is_shown_is_near(value: Fraction) -> None:
    shown = rounded(str(value))
    seen = Fraction(shown) if "/" in shown else Fraction(Decimal(shown))
    assert abs(seen - value) <= max(Fraction(1, 200), abs(value) / 20)
