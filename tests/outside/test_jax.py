"""Claims about derivatives, judged by JAX, which differentiates by itself: it agrees with all, and with no mistake."""

from __future__ import annotations

import pytest

from tests.outside.every import claims, mistakes
from tests.outside.opinion import Opinion
from verify.language import Link, equal, exp, grad, scalar, sigma, softmax, total, vector
from verify.language.declare import dims

pytest.importorskip("jax", reason="JAX is not installed: pip install -e '.[outside]'")

from tests.outside.jax_judge import MANY, has_derivative, opinion

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
