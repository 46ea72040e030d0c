"""Expectations are written and not taken; what is random is said by hypotheses."""

from __future__ import annotations

import pytest

from verify.language import (
    Chain,
    Expression,
    Link,
    Mismatch,
    Relation,
    covariance,
    dims,
    equal,
    expectation,
    independent,
    index,
    latex,
    matrix,
    random,
    scalar,
    shape,
    total,
    variance,
    vector,
)
from verify.language.chance import is_moment, listed, moment_of
from verify.language.explicit import at

m, n = dims("m n")
w, x, W = vector("w", n), vector("x", n), matrix("W", m, n)
u, v = scalar("u"), scalar("v")
i, p = index("i", n), index("p", m)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (expectation(u), r"\operatorname{E}\left[u\right]"),
        (expectation(u + v) ** 2, r"\operatorname{E}\left[u + v\right]^{2}"),
        (expectation(x[i] ** 2), r"\operatorname{E}\left[x_i^{2}\right]"),
        (2 * variance(u + v), r"2 \operatorname{Var}\left(u + v\right)"),
        (variance((W * x)[p]), r"\operatorname{Var}\left(\left(W x\right)_p\right)"),
        (covariance(u, v), r"\operatorname{Cov}\left(u, v\right)"),
    ],
)
def test_they_are_printed_as_the_field_writes_them(written: Expression, printed: str) -> None:
    assert latex(written) == printed


def test_nothing_evaluates() -> None:
    assert expectation(u + u) != 2 * expectation(u)
    assert variance(u) != variance(u).meaning
    assert variance(u).meaning == expectation(u**2) - expectation(u) ** 2
    assert covariance(u, v).meaning == expectation(u * v) - expectation(u) * expectation(v)


@pytest.mark.parametrize("written", [expectation(u), expectation(w.T * x), variance(x[i]), covariance(w[i], w.T * x)])
def test_they_are_scalars(written: Expression) -> None:
    assert shape(written) == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (expectation(W), "the expectation of W (m x n) is not that of a scalar"),
        (variance(x), "the variance of x (n x 1) is not that of a scalar"),
        (expectation(x * W), "the columns of x (n x 1) do not meet the rows of W (m x n)"),
        (covariance(x, u), "the expectation of x u (n x 1) is not that of a scalar"),
    ],
)
def test_vectors_have_none(written: Expression, says: str) -> None:
    found = shape(written)
    assert isinstance(found, Mismatch)
    assert found.says == says


@pytest.mark.parametrize(
    ("chain", "relation", "names", "printed"),
    [
        (independent(w, x), Relation.INDEPENDENT, (w, x), "w, x independent"),
        (random(w, x, W), Relation.RANDOM, (w, x, W), "w, x, W random"),
        (independent(u), Relation.INDEPENDENT, (u,), "u independent"),
    ],
)
def test_what_is_random_is_listed(
    chain: Chain, relation: Relation, names: tuple[Expression, ...], printed: str
) -> None:
    (link,) = chain.links()
    assert link.relation is relation
    assert listed(link) == names
    assert str(chain) == str(link) == printed


@pytest.mark.parametrize("wrong", [(), (2,), (w, x[i]), (w.T,), (total(x),)])
def test_only_names_are_listed(wrong: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="Expected names"):
        independent(*wrong)  # type: ignore[arg-type]


def only(chain: Chain) -> Link:
    (link,) = chain.links()
    return link


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        (equal(expectation(w[i]), 0), ("mean", w[i])),
        (equal(expectation(u), v), ("mean", u)),
        (equal(variance(W[p, i]), 1 / n), ("variance", W[p, i])),
        (equal(expectation(x[i] ** 2), v), ("square", x[i])),
        (equal(expectation(x[i] ** 3), v), None),
        (equal(expectation(w[i] * x[i]), v), None),
        (equal(variance(w.T * x), v), None),
        (equal(variance((W * x)[p]), v), None),
        (equal(covariance(u, v), 0), None),
    ],
)
def test_the_moments_that_a_hypothesis_gives(chain: Chain, told: object) -> None:
    assert is_moment(only(chain))
    assert moment_of(only(chain).left) == told


@pytest.mark.parametrize("chain", [equal(u, v), independent(w, x), equal(total(x), 1)])
def test_other_hypotheses_give_none(chain: Chain) -> None:
    assert not is_moment(only(chain))
    assert moment_of(only(chain).left) is None


def test_at_given_sizes_the_expectation_is_an_unknown_function() -> None:
    assert str(at(expectation(w.T * x), {"n": 2})) == "E(w_1*x_1 + w_2*x_2)"
    assert str(at(variance(u), {})) == "-E(u)**2 + E(u**2)"
