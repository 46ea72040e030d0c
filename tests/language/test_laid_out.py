"""Links at fixed sizes: each side has the entries that SymPy writes out for the link itself."""

import re

import pytest

from verify.language import (
    Chain,
    at_least,
    define,
    dims,
    equal,
    exp,
    grad,
    identity,
    index,
    jacobian,
    kronecker,
    loss,
    matrix,
    norm,
    row,
    scalar,
    softmax,
    sum_over,
    tr,
    vec,
    vector,
    vjp,
)
from verify.language.explicit import at
from verify.language.laid_out import NotLaidOut, dimension_symbols, laid_out
from verify.language.unfold import sides_of

m, n, p = dims("m n p")
A, B, S, X = matrix("A", m, n), matrix("B", p, m), matrix("S", m, m), matrix("X", n, n)
x, y, r, c = vector("x", n), vector("y", m), row("r", p), scalar("c")
i = index("i", n)
z = define("z", A * x)
SIZES = {"m": 2, "n": 3, "p": 2}

LINKS = [
    equal(kronecker(A, B), kronecker(B, A)),
    equal(kronecker(A, B, x), c * kronecker(A, B, x)),
    equal(kronecker(x, y.T), x * y.T),
    equal(kronecker(c, A * x), kronecker(A * x, c)),
    equal(vec(A * X * A.T), kronecker(A, A) * vec(X)),
    equal(vec(r), r.T),
    equal(tr(kronecker(S, X)), tr(S) * tr(X)),
    equal(norm(kronecker(x, y)), norm(x) * norm(y)),
    equal(jacobian(A * x, vec(A)), kronecker(x.T, identity(m))),
    equal(jacobian(vec(S * S), vec(S)), kronecker(S.T, identity(m)) + kronecker(identity(m), S)),
    equal(grad(loss("J", z), vec(A)), kronecker(x, grad(loss("J", z), z))),
    equal(vjp(A * x, vec(A), upstream=y), kronecker(x, y)),
    equal(sum_over(i, x[i] * kronecker(A, x)), sum_over(i, kronecker(A, x[i] * x))),
    equal(kronecker(softmax(x), exp(y)), kronecker(exp(x), y)),
    equal(kronecker(S, X) ** 2, kronecker(S * S, X * X)),
    equal(jacobian(r * B, r), B.T),
]


@pytest.mark.parametrize("chain", LINKS, ids=str)
def test_both_sides_keep_their_entries(chain: Chain) -> None:
    (link,) = chain.links()
    flat = laid_out(link, SIZES)
    assert dimension_symbols(flat) == ()
    for before, after in zip(sides_of(link), sides_of(flat), strict=True):
        assert at(after, {}) == at(before, SIZES)


@pytest.mark.parametrize(
    ("chain", "sizes", "says"),
    [
        (equal(kronecker(A, B), kronecker(A, B)), {"m": 2, "n": 1, "p": 2}, "the dimension n is 1"),
        (equal(kronecker(A, B), kronecker(A, B)), {"m": 2, "p": 2}, "The dimension n has no size; given were m, p."),
        (equal(kronecker(A, A, A, A), kronecker(A, A, A, A)), SIZES, "more than 400 entries"),
        (equal(vector("v", n - 1), vector("w", n - 1)), {"n": 2}, "the dimension n - 1 is 1"),
    ],
)
def test_what_is_not_laid_out(chain: Chain, sizes: dict[str, int], says: str) -> None:
    (link,) = chain.links()
    with pytest.raises(NotLaidOut, match=re.escape(says)):
        laid_out(link, sizes)


def test_hypotheses_are_laid_out_too() -> None:
    (link,) = equal(kronecker(x, x), vec(x * x.T)).links((*at_least(n, 2).links(), *equal(tr(S), 1).links()))
    assert [str(each) for each in laid_out(link, SIZES).given] == [
        "3 >= 2",
        r"\operatorname{tr}\left(S\right) = 1",
    ]
