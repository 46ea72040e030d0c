"""Logarithms of sums and weighted means of logarithms: what is shown, its nearest false neighbor, and steps planted."""

from __future__ import annotations

import pytest

from tests.kernel.planted import Plant, require_caught
from tests.kernel.test_order import verdict
from verify.kernel import estimates, jensen
from verify.kernel.ring import Ring
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
    index,
    less,
    log,
    scalar,
    softmax,
    sum_over,
    total,
    vector,
)

(n,) = dims("n")
x, y, p, c = vector("x", n), vector("y", n), vector("p", n), scalar("c")
i = index("i", n)
s, t = softmax(x), softmax(y)
mass, many = total(exp(x)), log(n + 0 * c)
entropy = -sum_over(i, s[i] * log(s[i]))
crossed = -sum_over(i, s[i] * log(t[i]))
mean, mean_of_logarithms = sum_over(i, p[i] * x[i]), sum_over(i, p[i] * log(x[i]))
own = -sum_over(i, p[i] * log(p[i]))
shares = (less(0, p), equal(total(p), 1))
loose = (at_least(p, 0), equal(total(p), 1))
positive = (less(0, x),)
geometric, arithmetic = exp(total(log(x)) / n), total(x) / n

# Each true inequality with a false neighbor, under the hypotheses of either.
ROWS = [
    (at_most(entropy, many), (), less(entropy, many), (), "the entropy of a softmax; reached by equal entries"),
    (at_most(entropy, crossed), (), at_most(crossed, entropy), (), "a cross-entropy of two softmaxes"),
    (at_most(arithmetic + many, log(mass)), (), at_most(arithmetic + 2 * many, log(mass)), (), "equal weights"),
    (at_most(mean + own, log(mass)), shares, at_most(mean, log(mass)), (shares[1],), "weights of any sign"),
    (at_most(mean, log(mass)), loose, at_most(mean + 1, log(mass)), loose, "weights that may be 0"),
    (
        at_most(mean_of_logarithms, log(mean)),
        (*loose, *positive),
        at_least(mean_of_logarithms, log(mean)),
        (*loose, *positive),
        "the logarithm is concave",
    ),
    (
        at_most(mean_of_logarithms, log(mean)),
        (*shares, *positive),
        at_most(mean_of_logarithms, log(mean)),
        (shares[0], *positive),
        "weights that add up to 1",
    ),
    (
        at_most(mean_of_logarithms + own, log(total(x))),
        (*shares, *positive),
        at_most(mean_of_logarithms + 2 * own, log(total(x))),
        (*shares, *positive),
        "a bound of the evidence",
    ),
    (at_most(geometric, arithmetic), positive, at_least(geometric, arithmetic), positive, "the geometric mean"),
    (
        at_most(exp(mean), sum_over(i, p[i] * exp(x[i]))),
        shares,
        at_most(exp(mean), sum_over(i, p[i] * exp(x[i]))),
        (shares[0],),
        "e is convex",
    ),
    (
        at_least((arithmetic - geometric) / c, 0),
        (*positive, less(0, c)),
        at_least((arithmetic - geometric) / c, 0),
        positive,
        "divided by what is positive, or by what is not",
    ),
]


@pytest.mark.parametrize(("true", "given", "why"), [(row[0], row[1], row[4]) for row in ROWS])
def test_is_shown(true: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(true, *given)
    assert isinstance(found, Proved), f"{why}: {found}"


@pytest.mark.parametrize(("false", "given", "why"), [(row[2], row[3], row[4]) for row in ROWS])
def test_its_neighbor_is_refuted(false: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(false, *given)
    assert isinstance(found, Refuted), f"{why}: {found}"


def _weights_of_any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    right = jensen._weights

    def wrong(ring: Ring, *others: object) -> object:
        monkeypatch.setattr(type(ring), "is_not_negative", lambda *_: True)
        return right(ring, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(jensen, "_weights", wrong)


def _denominator_of_any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimates, "sign_of_terms", lambda poly, parameters, *, strict: True)


PLANTED = [
    pytest.param(
        _weights_of_any_sign, at_most(mean_of_logarithms, log(mean)), (shares[1], *positive), id="weights of any sign"
    ),
    pytest.param(
        _denominator_of_any_sign,
        at_least((arithmetic - geometric) / c, 0),
        positive,
        id="a denominator of any sign",
    ),
]


@pytest.mark.parametrize(("plant", "chain", "given"), PLANTED)
def test_a_wrong_step_is_caught_by_the_replay(
    plant: Plant, chain: Chain, given: tuple[Chain, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    require_caught(plant, chain, given, monkeypatch)


def test_few_weights_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any but equal ones the entropy of a softmax is not bounded; that takes those of the softmax."""
    monkeypatch.setattr(jensen, "MOST_WEIGHTS", 0)
    assert isinstance(verdict(at_most(entropy, many)), Undecided)
    assert isinstance(verdict(at_most(arithmetic + many, log(mass))), Proved)
