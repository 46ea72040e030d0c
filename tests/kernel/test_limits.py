"""Limits whose largest terms cancel: what is left of them, and what is never concluded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import arb

from verify.check import check
from verify.kernel import growth, limits
from verify.kernel.certificate import certificate
from verify.kernel.decide import decide
from verify.kernel.evaluate import OutsideDomain
from verify.kernel.term import OutOfBudget
from verify.language import (
    Chain,
    Expression,
    Infinity,
    Number,
    Proved,
    Refuted,
    Undecided,
    dims,
    exp,
    fraction,
    log,
    ones,
    oo,
    scalar,
    sigma,
    softplus,
    swish,
    tanh,
    tends_to,
    total,
)
from verify.language.verdict import Verdict

(n,) = dims("n")
z, a = scalar("z"), scalar("a")
two = log(Number(2))
cosine = log((exp(z) + exp(-z)) / 2)
length = exp(log(1 + z**2) / 2)


def verdict(chain: Chain) -> Verdict:
    (link,) = chain.links()
    return check(link).verdict


# What tends to something, its limit, and a number that is not.
LIMITS = [
    (softplus(z) - z, 0, 1, oo, "the softplus, less its argument"),
    ((softplus(z) - z) * exp(z), 1, 0, oo, "what is left of it"),
    (softplus(z) * exp(-z), 1, 0, -oo, "far below it is as good as e^z"),
    (log(1 + exp(z) + exp(2 * z)) - 2 * z, 0, 1, oo, "the largest of three terms"),
    (log(exp(z) + exp(-z)) + z, 0, 1, -oo, "far below, another one is the largest"),
    (cosine - z, -two, -two + 1, oo, "a limit that is no rational number"),
    (z * (log(1 + z) - log(z)), 1, 2, oo, "a power of the variable is taken out"),
    (n * (log(n + 1) - log(n)), 1, 0, {"n": oo}, "of a dimension"),
    (total(ones(n)) / n, 1, 2, {"n": oo}, "a sum that is too long to be added up far out"),
    ((log(3 + exp(z)) - log(2 + exp(z))) * exp(z), 1, 0, oo, "two logarithms that grow alike"),
    (log(3 + exp(-z)) - log(2 + exp(-z)), log(Number(3)) - two, log(Number(3)) - two + 1, oo, "numbers that are left"),
    (softplus(z) ** 2 - z**2, 0, 1, oo, "a square of one"),
    (length - z, 0, 1, oo, "a root, less what is as large"),
    (z * (length - z), fraction(1, 2), 0, oo, "and what is left of it"),
    (exp(log(z + z**2) / 2) + z, -fraction(1, 2), 0, -oo, "below 0, with a term that falls"),
    (length / z, -1, 1, -oo, "below 0 a root of a square is minus its root"),
    (tanh.derivative(z) * exp(2 * z), 4, 1, oo, "points that are not too far out to tell"),
    (swish(z) - z, 0, 1, oo, "swish, less its argument"),
    (log(sigma(z)) - z, 0, 1, -oo, "the logarithm of the logistic function"),
]


def towards(left: Expression, right: object, at: Infinity | dict[str, Infinity]) -> Chain:
    return tends_to(left, right, **at) if isinstance(at, dict) else tends_to(left, right, z=at)


@pytest.mark.parametrize(("left", "limit", "at", "why"), [(row[0], row[1], row[3], row[4]) for row in LIMITS])
def test_a_limit_is_proved(left: Expression, limit: object, at: Infinity | dict[str, Infinity], why: str) -> None:
    found = verdict(towards(left, limit, at))
    assert isinstance(found, Proved), f"{why}: {found}"


@pytest.mark.parametrize(("left", "wrong", "at", "why"), [(row[0], row[2], row[3], row[4]) for row in LIMITS])
def test_another_one_is_refuted(left: Expression, wrong: object, at: Infinity | dict[str, Infinity], why: str) -> None:
    found = verdict(towards(left, wrong, at))
    assert isinstance(found, Refuted), f"{why}: {found}"


UNDECIDED = [
    pytest.param(tends_to(cosine - z, 0, z=oo), id="a limit that is no rational number, said to be one"),
    pytest.param(tends_to(log(softplus(z)) - log(z), 0, z=oo), id="a logarithm of a logarithm"),
    pytest.param(tends_to(log(a + exp(z)) - z, 0, z=oo), id="beside another number"),
    pytest.param(tends_to(softplus(z) - z, a, z=oo), id="to a number that is not known"),
    pytest.param(tends_to(exp(log(2 + 2 * z**2) / 2) - z, 0, z=oo), id="a root of an irrational rate"),
]


@pytest.mark.parametrize("chain", UNDECIDED)
def test_what_is_not_known_to_cancel_is_undecided(chain: Chain) -> None:
    assert not isinstance(verdict(chain), Proved | Refuted)


def test_no_certificate_speaks_of_what_cancels() -> None:
    for chain, shown in ((tends_to(sigma(z), 1, z=oo), True), (tends_to(softplus(z) - z, 0, z=oo), False)):
        (link,) = chain.links()
        found = decide(link)
        assert isinstance(found, Proved)
        assert (certificate(link, found) is not None) == shown


def _leading_logarithm_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Log (1 + e^z) is taken for log (1 + e^-z)."""
    right = growth._logarithm_of_power
    monkeypatch.setattr(growth, "_logarithm_of_power", lambda *given: None if right(*given) is None else {})


def _conjugate_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sqrt(p) - q is taken for p - q^2."""
    right = growth.quotients

    def wrong(ring: object, above: object, below: object, towards: object) -> object:
        yield from ((new, below) for new, _ in right(ring, above, below, towards))  # type: ignore[arg-type]

    monkeypatch.setattr("verify.kernel.limits.quotients", wrong)


PLANTED = [
    pytest.param(_leading_logarithm_lost, tends_to(log(1 + exp(z)) - z + 0 * two, -oo, z=oo), id="a leading term lost"),
    pytest.param(_conjugate_forgotten, tends_to(length - z, 1, z=oo), id="a factor forgotten"),
]


@pytest.mark.parametrize(("plant", "chain"), PLANTED)
def test_a_wrong_step_is_seen_far_out(
    plant: Callable[[pytest.MonkeyPatch], None], chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    found = verdict(chain)
    assert isinstance(found, Undecided), found
    assert "far out" in found.says


# What a value is at points that are far out, and at closer ones; what is shown for 1/z -> 0.
FAR_OUT = [
    (lambda at: arb(1) / at, Proved, "z = 256", "values come closer as far as one looks"),
    (
        lambda at: arb(1) / at if at < 2**12 else arb(1),
        Undecided,
        "",
        "closer ones do not outweigh that",
    ),
    (lambda at: arb(1) / at if at < 2**12 else arb(0, 5), Proved, "z = 16", "balls that tell nothing far out"),
    (lambda at: arb(0, 5), Undecided, "", "nor anywhere"),
]


@pytest.mark.parametrize(("value", "kind", "first", "why"), FAR_OUT)
def test_closer_points_serve_where_nothing_is_told_far_out(
    value: Callable[[int], arb], kind: type[Verdict], first: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_value", lambda _, __, at: value(at))
    found = verdict(tends_to(1 / z, 0, z=oo))
    assert isinstance(found, kind), why
    assert not isinstance(found, Proved) or found.replay.sizes[0] == first, why


@pytest.mark.parametrize(("error", "kind"), [(OutOfBudget, Proved), (OutsideDomain, Undecided)])
def test_what_is_not_defined_far_out_has_no_limit(
    error: type[Exception], kind: type[Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is only too long to be computed there may have one."""

    def value(_: object, __: object, at: int) -> arb:
        if at > 2**12:
            raise error
        return arb(1) / at

    monkeypatch.setattr(limits, "_value", value)
    assert isinstance(verdict(tends_to(1 / z, 0, z=oo)), kind)
