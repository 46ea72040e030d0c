"""Rules that would be applied within themselves without end: they run out of budget, and not of stack."""

import pytest

from verify.check import check
from verify.language import Expression, dims, equal, matrix, scalar, word

(n,) = dims("n")
B, C, t = matrix("B", n, n), matrix("C", n, n), scalar("t")


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (B + t * B, "B is in both terms"),
        (B + t * B * C, "B begins the other term"),
        (B + C * B, "B ends the other term"),
    ],
)
def test_an_inverse_beside_a_term_that_is_in_the_rest(whole: Expression, why: str) -> None:
    (wrong,) = equal(whole**-1 * B, B).links()
    assert word(check(wrong).verdict) == "refuted", why
    (same,) = equal(whole**-1 * B + B, B + whole**-1 * B).links()
    assert word(check(same).verdict) in ("proved", "undecided"), why
