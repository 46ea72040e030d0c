"""Inequalities that are given: what follows from them about the same number, and what they do not give."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from verify.check import check
from verify.kernel import follows as follows_module
from verify.kernel.balls import precision
from verify.language import (
    Chain,
    Proved,
    Refuted,
    Undecided,
    Verdict,
    at_least,
    at_most,
    between,
    dims,
    equal,
    exp,
    fraction,
    function,
    greater,
    index,
    less,
    member,
    scalar,
    sigma,
    tanh,
    total,
    vector,
)

(n,) = dims("n")
x, z, a = vector("x", n), scalar("z"), scalar("a")
i, k = index("i", n), index("k", n)
f = function("f")
width = exp(z) + exp(-z)
steeper = greater(tanh.derivative(z), sigma.derivative(z))
flatter = less(tanh.derivative(z), sigma.derivative(z))
half = fraction(1, 2)


def verdict(chain: Chain, *given: Chain) -> Verdict:
    (link,) = chain.links(tuple(each for one in given for each in one.links()))
    return check(link).verdict


PROVED = [
    (less(z, 5), (less(z, 3),), "a smaller bound"),
    (at_most(z, 3), (at_most(z, 3),), "the same bound"),
    (member(z**2, between(0, 4, closed="low")), (member(z, between(-2, 2)),), "a square between two ends"),
    (less(1 / z, 1), (greater(z, 1),), "a quotient on one side of its pole"),
    (less(x[k], 4), (less(x[k], 3),), "an entry"),
    (greater(sigma(z), half), (less(0, z),), "e^z > 1 for a positive z"),
    (at_least(sigma(z), half), (at_least(z, 0),), "e^0 = 1 exactly"),
    (less(exp(z), 3), (less(z, 1),), "e < 3"),
    (greater(exp(z), fraction(27, 10)), (greater(z, 1),), "e > 2.7"),
    (less(exp(z / 2), 2), (less(z, 1),), "the root of e is less than 2"),
    (less(exp(z), 3), (less(3 * z, 3), less(a, 1)), "a multiple of z, and a hypothesis on something else"),
    (steeper, (less((width - 2) ** 2, 12),), "the exact condition"),
    (flatter, (greater((width - 2) ** 2, 12),), "and its contrary"),
    (equal(z + z, 2 * z), (less(z, 1),), "an equation does not need it"),
]


@pytest.mark.parametrize(("chain", "given", "why"), PROVED, ids=[row[2] for row in PROVED])
def test_proved(chain: Chain, given: tuple[Chain, ...], why: str) -> None:
    found = verdict(chain, *given)
    assert isinstance(found, Proved), found
    assert found.exact_range is None, "a hypothesis keeps a range from being called exact"
    assert isinstance(verdict(chain), Proved if chain.relations[0] == "=" else Refuted), "the hypothesis is needed"


REFUTED = [
    (less(z, 2), (less(z, 3),), "a larger bound"),
    (less(z, 3), (at_most(z, 3),), "a bound that is attained"),
    (greater(sigma(z), half), (at_least(z, 0),), "attained at 0"),
    (less(exp(z), 2), (less(z, 1),), "e > 2"),
    (less(a, 5), (less(z, 3),), "another number"),
    (less(1 / z, 1), (less(z, 1),), "on the other side of the pole"),
    (equal(z, z**2), (greater(z, 0), less(z, 3)), "an equation, at points that the hypotheses allow"),
    (steeper, (greater(z, 0),), "far from 0"),
]


@pytest.mark.parametrize(("chain", "given", "why"), REFUTED, ids=[row[2] for row in REFUTED])
def test_refuted(chain: Chain, given: tuple[Chain, ...], why: str) -> None:
    assert isinstance(verdict(chain, *given), Refuted), why


NEVER_PROVED = [
    (less(z, 5), (less(z, 6),), "a bound beyond the one that is asked for"),
    (less(z, 5), (greater(z, 4),), "the other side"),
    (less(x[k], 4), (less(x[i], 3), greater(total(x), 100)), "hypotheses that no small point meets"),
    (less(z, 5), (less(z, 3), greater(z, 4)), "hypotheses that contradict each other"),
    (greater(exp(z), fraction(28, 10)), (greater(z, 1),), "e < 2.8: the enclosure on the wrong side"),
    (less(exp(z), fraction(27182, 10000)), (less(z, 1),), "e > 2.7182: the enclosure on the wrong side"),
    (steeper, (less((width - 2) ** 2, fraction(1201, 100)),), "a condition that is a little too weak"),
    (steeper, (at_most((width - 2) ** 2, 12),), "the condition with equality, met at irrational numbers only"),
    (steeper, (member(z, between(fraction(-16629, 10000), fraction(16629, 10000))),), "beyond the crossing"),
    (flatter, (greater(z, fraction(16628, 10000)),), "before the crossing"),
    (less(z, f(z)), (less(f(z), 3),), "a hypothesis on an unknown function"),
    (less(x[k], 4), (less(x, vector("y", 2)),), "a hypothesis on vectors, of other lengths even"),
]


@pytest.mark.parametrize(("chain", "given", "why"), NEVER_PROVED, ids=[row[2] for row in NEVER_PROVED])
def test_never_proved(chain: Chain, given: tuple[Chain, ...], why: str) -> None:
    assert isinstance(verdict(chain, *given), Refuted | Undecided), why


@pytest.mark.parametrize("power", [Fraction(-3), Fraction(-1, 7), Fraction(1, 3), Fraction(40)])
def test_a_power_of_e_is_enclosed_from_the_safe_side(power: Fraction) -> None:
    number = fmpq(power.numerator, power.denominator)
    below, above = (follows_module.outside(number, side) for side in (1, -1))
    with precision(400):
        exact = arb(number).exp()
        assert arb(fmpq(below.numerator, below.denominator)) < exact < arb(fmpq(above.numerator, above.denominator))
    assert above - below < above * Fraction(1, 2**100)


def test_the_power_0_is_exact() -> None:
    assert follows_module.outside(fmpq(0), 1) == follows_module.outside(fmpq(0), -1) == 1


def test_the_table_sees_an_enclosure_from_the_wrong_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a bound for e that is a little too large. No instance tells, but a row of what is never proved does."""
    monkeypatch.setattr(follows_module, "outside", lambda bound, side: Fraction(29, 10))
    proved = [why for chain, given, why in NEVER_PROVED if isinstance(verdict(chain, *given), Proved)]
    assert "e < 2.8: the enclosure on the wrong side" in proved


def test_an_instance_sees_a_wrong_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: every bound is taken for one from below."""
    whole = follows_module._beyond
    monkeypatch.setattr(follows_module, "_beyond", lambda number, side, *, strict: whole(number, 1, strict=strict))
    assert isinstance(verdict(greater(exp(z), 2), less(z, 1)), Refuted | Undecided)
