"""Which names a formula may speak of, found without knowing what any of them is."""

from contextlib import suppress

import pytest

from verify.read.noting import NotedNames, keys_in
from verify.read.parse import parse
from verify.read.scope import Scope
from verify.read.tokens import tokenize
from verify.read.unify import Unclear

FORMULAS = [
    r"W x + b",
    r"\sum_i w_{ij} x_i",
    r"x'_i + x''",
    r"W_f h_{t-1} + b_f",
    r"u_w^T v_{o}",
    r"\hat{y}_k - y_k",
    r"\mathbf{x}^T \mathbf{A} \mathbf{x}",
    r"\frac{\partial L}{\partial W_1} a^{(2)}",
    r"\frac{\partial^2 f}{\partial x^2} + \nabla_\theta J",
    r"\left\| X \theta - y \right\|^2 + \sigma_B^2",
    r"f(z_1, z_2) - e^{t}",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_every_name_that_is_noted_is_among_the_keys(text: str) -> None:
    """What is noted of a formula is looked for by these keys alone; one that lacked would be overlooked."""
    node = parse(tokenize(text))
    noted = NotedNames(Scope())
    with suppress(Unclear):
        noted.read([node])
    assert {*noted.names, *noted.families} <= keys_in([node])


def test_names_are_noted() -> None:
    """The test before has something to see."""
    noted = NotedNames(Scope())
    noted.read([parse(tokenize(r"x'_i + W_f a"))])
    assert set(noted.names) == {"x'", "W_f", "a"}
    assert "b" not in keys_in([parse(tokenize(r"x'_i + W_f a"))])
