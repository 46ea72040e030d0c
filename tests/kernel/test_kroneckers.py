"""Inverses of what is one Kronecker product, though it is written as several: proved, refuted, and left alone."""

from __future__ import annotations

import pytest

from tests.kernel.tables import one_link
from verify.kernel import kroneckers
from verify.kernel.decide import decide
from verify.kernel.kroneckers import as_kronecker
from verify.language import (
    Expression,
    Invertible,
    Proved,
    Refuted,
    Undecided,
    define,
    dims,
    identity,
    kronecker,
    matrix,
    scalar,
    vector,
)

m, n = dims("m n")
M, N, S, T, c = matrix("M", n, n), matrix("N", n, n), matrix("S", m, m), matrix("T", m, m), scalar("c")
W, x = matrix("W", m, n), vector("x", n)
named = define("K", kronecker(M, S) + kronecker(N, S))

# An expression whose inverse is taken; the inverse; and a wrong one.
ROWS = [
    (
        kronecker(M, S) + c * kronecker(M, S),
        kronecker(M**-1, S**-1) / (1 + c),
        kronecker(M**-1, S**-1) / c,
        "multiples of one",
    ),
    (
        kronecker(M, S) + kronecker(N, S),
        kronecker((M + N) ** -1, S**-1),
        kronecker(M**-1 + N**-1, S**-1),
        "a sum in the first factor",
    ),
    (
        kronecker(M, S) - kronecker(M, T),
        kronecker(M**-1, (S - T) ** -1),
        kronecker(M**-1, (S + T) ** -1),
        "a difference in the second",
    ),
    ((2 * kronecker(M, S)).T, kronecker(M.T**-1, S.T**-1) / 2, kronecker(M**-1, S.T**-1) / 2, "a multiple, turned"),
    (
        kronecker(M, S) * kronecker(N, T),
        kronecker(N**-1 * M**-1, T**-1 * S**-1),
        kronecker(M**-1 * N**-1, T**-1 * S**-1),
        "a product",
    ),
    (
        c * kronecker(identity(n), identity(m)) + kronecker(M, identity(m)),
        kronecker((M + c * identity(n)) ** -1, identity(m)),
        kronecker(M**-1 + identity(n) / c, identity(m)),
        "a shift",
    ),
    (named, kronecker((M + N) ** -1, S**-1), kronecker((M - N) ** -1, S**-1), "a name for it"),
]


@pytest.mark.parametrize(("whole", "inverse", "why"), [(row[0], row[1], row[3]) for row in ROWS])
def test_its_inverse_is_proved(whole: Expression, inverse: Expression, why: str) -> None:
    found = decide(one_link(whole**-1, inverse, ()))
    assert isinstance(found, Proved), f"{why}: {found}"
    assert any(isinstance(each, Invertible) for each in found.conditions)


@pytest.mark.parametrize(("whole", "wrong", "why"), [(row[0], row[2], row[3]) for row in ROWS])
def test_a_wrong_one_is_refuted(whole: Expression, wrong: Expression, why: str) -> None:
    found = decide(one_link(whole**-1, wrong, ()))
    assert isinstance(found, Refuted), f"{why}: {found}"


NONE = [
    pytest.param(kronecker(M, S) + kronecker(N, T), id="two factors that differ"),
    pytest.param(kronecker(M, N) + kronecker(N, M), id="factors that change places"),
    pytest.param(kronecker(M, S) + matrix("Z", n * m, n * m), id="beside a matrix of its own"),
    pytest.param(kronecker(M, N) * kronecker(kronecker(x, x), kronecker(x, x)).T, id="another number of factors"),
    pytest.param(M * N, id="none at all"),
]


@pytest.mark.parametrize("whole", NONE)
def test_what_is_not_one_is_left_alone(whole: Expression) -> None:
    assert as_kronecker(whole) is None


def test_what_is_held_is_not_unfolded() -> None:
    assert as_kronecker(named) is not None
    assert as_kronecker(named, held=(named,)) is None


def test_terms_added_in_the_wrong_factor_are_caught_by_the_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read wrongly is evaluated as it is read: only that two ways to write it differ is seen."""
    right = kroneckers._of_sum

    def wrong(products: list[kroneckers.Scaled]) -> kroneckers.Scaled | None:
        found = right(products)
        return None if found is None else kroneckers.Scaled(found.numbers, products[0].factors)

    monkeypatch.setattr(kroneckers, "_of_sum", wrong)
    link = one_link((kronecker(M, S) + kronecker(N, S)) ** -1, kronecker((M + N) ** -1, S**-1), ())
    assert isinstance(decide(link), Refuted | Undecided)
