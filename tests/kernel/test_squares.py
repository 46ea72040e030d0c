"""Inequalities by sums of squares: what is shown, what must not be, and the steps planted wrong."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from verify.check import check
from verify.kernel import definite, openings, order
from verify.kernel.semidefinite import is_semidefinite
from verify.language import (
    Chain,
    Proved,
    Refuted,
    Undecided,
    at_least,
    at_most,
    dims,
    equal,
    exp,
    greater,
    index,
    less,
    log,
    matrix,
    norm,
    scalar,
    sum_over,
    total,
    tr,
    vector,
)

m, n = dims("m n")
x, y, u = vector("x", n), vector("y", n), vector("u", m)
A, B, M = matrix("A", n, n), matrix("B", n, n), matrix("M", m, n)
a, b, c, r, s, z = (scalar(symbol) for symbol in ["a", "b", "c", "r", "s", "z"])
i, k = index("i", n), index("k", n)
POSITIVE = (less(0, r), less(0, s))
NOTHING: tuple[Chain, ...] = ()

# Each true inequality with a false neighbor: the nearest one that the same steps must not show.
ROWS = [
    (at_least(x.T * x, 0), greater(x.T * x, 0), NOTHING, "a sum of squares; not at the zero vector"),
    (at_least(x.T * A.T * A * x, 0), at_least(x.T * A * A * x, 0), NOTHING, "a Gram matrix; A A is none"),
    (at_least(a**2 + b**2, 2 * a * b), at_least(a**2 + b**2, 3 * a * b), NOTHING, "the last pivot is 0, or negative"),
    (
        at_least(a**2 - 2 * a * b + 2 * b**2, 0),
        at_least(a**2 - 3 * a * b + 2 * b**2, 0),
        NOTHING,
        "a pivot of 1, of -1/4",
    ),
    (at_most(x[i] * x[k], x[i] ** 2 + x[k] ** 2), at_most(x[i] * x[k], x[i] ** 2 - x[k] ** 2), NOTHING, "two entries"),
    (at_least(x.T * x, x[k] ** 2), at_least(x.T * x, x[k]), NOTHING, "an own term; its root is none"),
    (at_least(x.T * x, x[1] ** 2), at_least(total(x), x[1]), NOTHING, "by a number; terms of any sign"),
    (at_most((x.T * y) ** 2, x.T * x * (y.T * y)), at_most((x.T * y) ** 2, x.T * x), NOTHING, "Cauchy and Schwarz"),
    (
        at_most(total(x) ** 2, n * (x.T * x)),
        at_most(total(x) ** 2, x.T * x),
        NOTHING,
        "with ones: the dimension counts",
    ),
    (
        at_most(tr(A.T * B) ** 2, norm(A) ** 2 * norm(B) ** 2),
        at_most(tr(A * B) ** 2, norm(A) ** 2),
        NOTHING,
        "over pairs",
    ),
    (at_least(exp(z), 1 + z), greater(exp(z), 1 + z), NOTHING, "a tangent touches"),
    (at_least(exp(-z), 1 - z), at_least(exp(-z), 1 + z), NOTHING, "of e to a negative multiple"),
    (at_most(log(r), r - 1), at_most(log(r), r - 2), POSITIVE, "of the logarithm"),
    (at_least(log(r), 1 - 1 / r), at_least(log(r), 2 - 1 / r), POSITIVE, "from below"),
    (at_least(log(r) - log(s), 1 - s / r), at_least(log(r) - log(s), 1 - r / s), POSITIVE, "two as one of a quotient"),
    (at_most(norm(x + y), norm(x) + norm(y)), at_most(norm(x), norm(x + y)), NOTHING, "roots by their squares"),
    (at_most(norm(M * x), norm(M) * norm(x)), at_most(norm(M) * norm(x), norm(M * x)), NOTHING, "norms of matrices"),
    (
        at_most(2 * r * s / (r + s), (r + s) / 2),
        at_most(2 * r * s / (r + s), r),
        POSITIVE,
        "with a positive denominator",
    ),
    (at_least(1 / a**2, 0), at_least(1 / a, 0), NOTHING, "with an even denominator; an odd one"),
    (
        at_least(a**2 / c**2 + c**2 / a**2, 2),
        at_least(a / c + c / a, 2),
        NOTHING,
        "denominators of any sign are squared",
    ),
]


@pytest.mark.parametrize(("true", "given", "why"), [(row[0], row[2], row[3]) for row in ROWS])
def test_is_shown(true: Chain, given: tuple[Chain, ...], why: str) -> None:
    (link,) = true.links(tuple(link for chain in given for link in chain.links()))
    verdict = check(link).verdict
    assert isinstance(verdict, Proved), f"{why}: {verdict}"


@pytest.mark.parametrize(("false", "given", "why"), [row[1:] for row in ROWS])
def test_its_neighbor_is_refuted(false: Chain, given: tuple[Chain, ...], why: str) -> None:
    (link,) = false.links(tuple(link for chain in given for link in chain.links()))
    verdict = check(link).verdict
    assert isinstance(verdict, Refuted), f"{why}: {verdict}"


PLANTED: list[tuple[object, str, Callable[..., object], Chain, str]] = [
    (
        definite.Definite,
        "is_form",
        lambda self, poly: True,
        at_least(x.T * A * x, 0),
        "any terms are taken for a semidefinite form",
    ),
    (
        definite.Definite,
        "never_negative",
        lambda self, monomial: True,
        at_least(total(x), x[k]),
        "any factor is taken to be at least 0",
    ),
    (
        openings,
        "_squared",
        lambda signs, form, part: signs.ring.constant(1),
        at_most(total(x) ** 2, 1),
        "all vectors are taken to have length 1",
    ),
]


@pytest.mark.parametrize(("owner", "rule", "wrong", "false", "why"), PLANTED)
def test_a_wrong_rule_is_caught_by_the_replay(
    owner: object, rule: str, wrong: Callable[..., object], false: Chain, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "_fails_already", lambda *_: False)  # so that the rule is reached
    monkeypatch.setattr(owner, rule, wrong)
    (link,) = false.links()
    verdict = check(link).verdict
    assert isinstance(verdict, Undecided), why
    assert "an instance contradict each other" in verdict.says


def test_a_root_of_a_multiple_is_no_power_of_the_atom() -> None:
    """With sqrt(2 r) taken for sqrt(r), 2 sqrt(2 r s) <= r + s would be a form; it fails at r = s."""
    (link,) = at_most(2 * (2 * r * s) ** Fraction(1, 2), r + s).links(tuple(e for g in POSITIVE for e in g.links()))
    assert isinstance(check(link).verdict, Refuted)
    (link,) = at_most(2 * (r * s) ** Fraction(1, 2), r + s).links(tuple(e for g in POSITIVE for e in g.links()))
    assert isinstance(check(link).verdict, Proved)


def test_what_each_entry_is_is_not_what_they_add_up_to() -> None:
    """Where all weights are 1 their sum is n: with shares that add up to 1 it would be the sum of x_i (y_i - c)^2."""
    weights, positive = x, less(0, x)
    weighted = [sum_over(i, weights[i] * power) for power in (y[i] ** 2, y[i])]
    chain = at_least(weighted[0] - 2 * c * weighted[1] + c**2, 0)
    for given, expected in ((equal(weights[i], 1), Refuted), (equal(total(weights), 1), Proved)):
        (link,) = chain.links((*given.links(), *positive.links()))
        assert isinstance(check(link).verdict, expected)


ENTRIES = st.integers(-3, 3)


@settings(derandomize=True, database=None, deadline=None)
@drawn(st.lists(st.lists(ENTRIES, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(0, 4))
def test_a_gram_matrix_is_semidefinite_and_less_than_nothing_is_not(rows: list[list[int]], off: int) -> None:
    gram = [[Fraction(sum(row[i] * row[j] for row in rows)) for j in range(3)] for i in range(3)]
    assert is_semidefinite(gram)
    least = min(gram[i][i] for i in range(3))
    lowered = [[gram[i][j] - (least + 1 + off if i == j else 0) for j in range(3)] for i in range(3)]
    assert not is_semidefinite(lowered)


@settings(derandomize=True, database=None, deadline=None)
@drawn(st.lists(ENTRIES, min_size=6, max_size=6), st.lists(ENTRIES, min_size=3, max_size=3))
def test_what_is_called_semidefinite_is_negative_nowhere(entries: list[int], at: list[int]) -> None:
    e = iter(entries)
    upper = {(i, j): Fraction(next(e)) for i in range(3) for j in range(i, 3)}
    matrix_of = [[upper[min(i, j), max(i, j)] for j in range(3)] for i in range(3)]
    if is_semidefinite(matrix_of):
        assert sum(matrix_of[i][j] * at[i] * at[j] for i in range(3) for j in range(3)) >= 0
