"""A judge of gradients: JAX differentiates what the tree says, in float64, and compares the two sides."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import jax
import jax.numpy as jnp

from tests.outside.opinion import Found, Opinion
from tests.outside.points import Drawn, plain, points
from tests.outside.values import Cannot, Place
from verify.language import Derivative, Expression, Link, Relation, Vjp

jax.config.update("jax_enable_x64", True)

TOLERANCE = 1e-9
ENOUGH, MANY = 2, 8


class Jax:
    """JAX on arrays of float64."""

    module: Any = jnp

    def array(self, value: Any) -> Any:
        """What JAX computed is an array already."""
        return jnp.asarray(value)

    def number(self, value: Fraction) -> Any:
        """The nearest float."""
        return jnp.asarray(float(value))

    def exp(self, array: Any) -> Any:
        """E to each entry."""
        return jnp.exp(array)

    def log(self, array: Any) -> Any:
        """The logarithm of each entry; not a number unless positive."""
        return jnp.log(array)

    def root(self, array: Any) -> Any:
        """The square root of each entry."""
        return jnp.sqrt(array)

    def largest(self, array: Any) -> Any:
        """The largest entry."""
        return jnp.max(array)

    def unknown(self, symbol: str, array: Any) -> Any:
        """A wave that depends on the name, without symmetries."""
        phase = sum(symbol.encode()) % 89 / 16
        return jnp.sin(1.25 * array + phase) + array / 2

    def inverse(self, matrix: Any) -> Any:
        """The inverse of a square matrix."""
        return jnp.linalg.inv(matrix)

    def derived(self, function: Any, at: Any) -> Any:
        """By forward differentiation."""
        return jax.jacfwd(function)(at)

    def slope(self, function: Any, at: Any) -> Any:
        """The derivative along an array of ones."""
        return jax.jvp(function, (at,), (jnp.ones_like(at),))[1]


def has_derivative(link: Link) -> bool:
    """Whether there is something to differentiate."""
    sides = (link.left, link.right)
    return link.relation is Relation.EQUAL and any(
        side.atoms(Derivative, Vjp) for side in sides if isinstance(side, Expression)
    )


def opinion(link: Link, name: str, enough: int = ENOUGH) -> Found:
    """What JAX finds of an equation at so many points where both sides are finite; of any depth, at depths 1 and 2."""
    told: list[Found] = []
    for part in plain(link):
        found = _at_points(part, name, enough)
        if found.opinion is Opinion.DISAGREES:
            return found
        told.append(found)
    cannot = [each for each in told if each.opinion is Opinion.CANNOT]
    return (cannot or told or [Found(Opinion.CANNOT, "no equation")])[0]


def _at_points(link: Link, name: str, enough: int) -> Found:
    agreed, why = 0, "no point meets the hypotheses"
    for drawn in points(link, name):
        try:
            apart = list(differences(drawn))
        except Cannot as reason:
            why = str(reason)
            continue
        if not all(map(jnp.isfinite, apart)):
            why = "a side is not finite"
            continue
        if max(apart) > TOLERANCE:
            return Found(Opinion.DISAGREES, f"{link} at {drawn}: apart by {max(apart)}")
        agreed += 1
        if agreed == enough:
            return Found(Opinion.AGREES, f"at {agreed} points")
    return Found(Opinion.AGREES, f"at {agreed} points") if agreed else Found(Opinion.CANNOT, why)


def differences(drawn: Drawn) -> Iterator[float]:
    """How far the entries of both sides are apart, in proportion to the largest of them."""
    held: dict[Expression, Any] = {name: jnp.asarray(array) for name, array in drawn.inputs.items()}
    assert isinstance(drawn.link.right, Expression)
    here = Place(Jax(), drawn.sizes, held, drawn.indices)
    left, right = here.value(drawn.link.left), here.value(drawn.link.right)
    if left.shape != right.shape:
        left, right = left.reshape(-1), right.reshape(-1)
    if left.size == 0:
        raise Cannot("no entries")
    scale = jnp.maximum(1.0, jnp.maximum(jnp.abs(left).max(), jnp.abs(right).max()))
    yield from ((abs(left - right) / scale).reshape(-1)).tolist()


def judges(link: Link, name: str, thorough: bool) -> Found | None:
    """The opinion on an equation with a derivative in it; nothing on another."""
    return opinion(link, name, MANY if thorough else ENOUGH) if has_derivative(link) else None
