"""Claims about derivatives, judged by JAX, which differentiates by itself: it agrees with all, and with no mistake."""

from __future__ import annotations

import numpy as np
import pytest

from tests.outside.every import claims, mistakes
from tests.outside.opinion import Opinion
from tests.outside.points import Drawn
from verify.language import Link, equal, exp, grad, log, scalar, sigma, softmax, total, vector
from verify.language.declare import dims

pytest.importorskip("jax", reason="JAX is not installed: pip install -e '.[outside]'")

from tests.outside.jax_judge import MANY, apart, has_derivative, is_clear, opinion, sides

pytestmark = pytest.mark.outside

(n,) = dims("n")
x, z = vector("x", n), scalar("z")
CLAIMS = [pytest.param(link, name, id=name) for name, link in claims() if has_derivative(link)]
MISTAKES = [pytest.param(link, name, id=name) for name, link in mistakes() if has_derivative(link)]


@pytest.mark.parametrize(("link", "name"), CLAIMS)
def test_no_claim_is_disagreed_with(link: Link, name: str) -> None:
    found = opinion(link, name)
    assert found.opinion is not Opinion.DISAGREES, found.why


@pytest.mark.parametrize(("link", "name"), MISTAKES)
def test_no_mistake_is_agreed_with(link: Link, name: str) -> None:
    found = opinion(link, name, MANY)
    assert found.opinion is not Opinion.AGREES, found.why


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(grad(total(exp(x)), x), exp(x), Opinion.AGREES, id="a gradient"),
        pytest.param(grad(total(exp(x)), x), -exp(x), Opinion.DISAGREES, id="its sign"),
        pytest.param(sigma.derivative(z), sigma(z) * (1 - sigma(z)), Opinion.AGREES, id="a slope"),
        pytest.param(grad(total(softmax(x)), x), 0 * x, Opinion.AGREES, id="of a constant"),
        pytest.param(sigma.derivative(z), sigma(z) ** 2, Opinion.DISAGREES, id="a wrong slope"),
    ],
)
def test_the_judge_itself(left: object, right: object, expected: Opinion) -> None:
    (link,) = equal(left, right).links()
    assert opinion(link, "the judge itself").opinion is expected


SATURATED = grad(log(1 - sigma(12 * z)), z)


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        pytest.param(-12 * sigma(12 * z), Opinion.AGREES, id="a gradient where float64 cancels"),
        pytest.param(12 * sigma(12 * z), Opinion.DISAGREES, id="its sign"),
        pytest.param(-12 * sigma(12 * z) - exp(-16) * sigma(12 * z), Opinion.DISAGREES, id="wrong in the eighth digit"),
    ],
)
def test_rounding_is_told_from_a_mistake(right: object, expected: Opinion) -> None:
    (link,) = equal(SATURATED, right).links()
    assert opinion(link, "where float64 cancels", MANY).opinion is expected


@pytest.mark.parametrize(
    ("at", "clear", "why"),
    [
        (0.5, True, "1 - sigma(6) is 0.002: float32 has it to four digits"),
        (1.75, False, "1 - sigma(21) is 8e-10, which is 0 in float32, and has seven digits in float64"),
        (4.0, False, "1 - sigma(48) is 0 in float64 too"),
    ],
)
def test_where_float64_can_tell(at: float, clear: bool, why: str) -> None:
    (link,) = equal(SATURATED, -12 * sigma(12 * z)).links()
    drawn = Drawn(link, {}, {}, {z: np.array(at)})
    left, right = sides(drawn)
    assert is_clear(drawn, left, right) is clear, why
    assert not clear or apart(left, right) < 1e-12
