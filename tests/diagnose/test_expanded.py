"""Products of sums multiplied out, and what one sum differs from another by."""

import pytest

from verify.diagnose.edit import Material
from verify.diagnose.expanded import MOST_TERMS, edits, expanded
from verify.diagnose.place import Place
from verify.language import Add, Expression, dims, matrix, scalar, vector

m, n = dims("m n")
a, b, c, d = map(scalar, "abcd")
W, V, x, y = matrix("W", m, n), matrix("V", m, m), vector("x", n), vector("y", m)


def test_too_many_terms_are_none() -> None:
    wide = Add(*(scalar(f"t_{number}") for number in range(MOST_TERMS)))
    assert len(expanded(wide)) == MOST_TERMS
    assert expanded(wide * (a + b)) == ()


@pytest.mark.parametrize(
    ("kept", "wrong", "code", "size", "why"),
    [
        (a * (b + c), a * b, "missing-term", 1, "a c is missing"),
        (a * (b + c) + d, a * b, "missing-term", 2, "a c and d are missing"),
        (a * (b + c), a * b + a * c + d, "extra-term", 1, "d is too much"),
        (V * (W * x + y), V * W * x + y, "missing-factor", 1, "y lacks its V"),
        (V * W * x + y, V * W * x + V * y, "extra-factor", 1, "y has a V too many"),
        (a * (b - c), a * b + a * c, "sign", 1, "the sign of a c"),
        (V * (W * x + y), W * V * x + V * y, "order", 1, "W and V are exchanged"),
        (a * (b + c), c * a + b * a, None, 0, "numbers commute: nothing differs"),
        (a * (b + c), a * b + d, None, 0, "d does not come from a c"),
        (a * (b + c), d, None, 0, "nothing in common"),
    ],
)
def test_what_two_sums_differ_by(kept: Expression, wrong: Expression, code: str | None, size: int, why: str) -> None:
    found = list(edits(Place(wrong), Material((), (), False, kept)))
    assert [(each.code, each.size) for each in found] == ([(code, size)] if code else []), why
