"""What holds wherever a statement is defined: of an equation, that lengths that are not 0 are positive."""

import pytest

from verify.kernel.decide import decide
from verify.language import (
    Chain,
    Expression,
    Link,
    Proved,
    Refuted,
    Undecided,
    dims,
    equal,
    less,
    matrix,
    norm,
    scalar,
    vector,
)

m, n = dims("m n")
x, y, A, c = vector("x", n), vector("y", m), matrix("A", m, n), scalar("c")


def link(chain: Chain, *given: Link) -> Link:
    (only,) = chain.links(given)
    return only


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (norm(x * y.T), norm(x) * norm(y)),
        (norm(c * A) ** 2 / norm(A) ** 2, c**2),
        (norm(x) * norm(y) / norm(x * y.T), 1),
        (norm(x) * norm(A), norm(A) * norm(x)),
    ],
)
def test_the_length_of_a_product_is_that_of_its_factors(left: Expression, right: object) -> None:
    assert isinstance(decide(link(equal(left, right))), Proved)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (norm(x * y.T), norm(x) + norm(y)),
        (norm(c * x), c * norm(x)),
        (norm(x) * norm(x), norm(x)),
    ],
)
def test_and_of_nothing_else(left: Expression, right: object) -> None:
    assert isinstance(decide(link(equal(left, right))), Refuted)


def test_an_inequality_is_not_true_because_an_equation_would_be() -> None:
    """The length of x is not positive where x is 0."""
    assert isinstance(decide(link(less(0, norm(x)))), Undecided)
    assert isinstance(decide(link(less(0, norm(x) * norm(y)))), Undecided)


def test_no_hypothesis_becomes_a_fact_by_it() -> None:
    """Where c times the length of x is 0, one of the two is."""
    assert isinstance(decide(link(equal(c, 0), *equal(c * norm(x), 0).links())), Undecided | Refuted)
