"""A judge of gradients: JAX differentiates what the tree says, in float64, and compares the two sides.

Where float64 cancels, as log(1 - s) does near s = 1, the sides may be apart although they are equal. Float32 cancels
there too, and sooner: rounding is 2^29 times as coarse. So a disagreement counts only at a point where both sides in
float32 are what they are in float64, but for a sixteenth: then rounding leaves float64 nine digits. Elsewhere the
point says nothing, and is no agreement either.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import jax
import jax.numpy as jnp

from tests.outside.opinion import Found, Opinion
from tests.outside.points import Drawn, plain, points
from tests.outside.values import Cannot, Place
from verify.language import Derivative, Expression, Link, Relation, Vjp

jax.config.update("jax_enable_x64", True)

# 2^-33 is a sixteenth of 2^-29, and below the tolerance.
TOLERANCE, COARSE = 1e-9, 1 / 16
ENOUGH, MANY = 2, 8


class Jax:
    """JAX on arrays of floats of one precision."""

    module: Any = jnp

    def __init__(self, precision: Any = jnp.float64) -> None:
        self.precision = precision

    def array(self, value: Any) -> Any:
        """What JAX computed is an array already."""
        return jnp.asarray(value, self.precision)

    def number(self, value: Fraction) -> Any:
        """The nearest float."""
        return jnp.asarray(float(value), self.precision)

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
            left, right = sides(drawn)
        except Cannot as reason:
            why = str(reason)
            continue
        if not is_finite(left, right):
            why = "a side is not finite"
            continue
        if apart(left, right) > TOLERANCE:
            if is_clear(drawn, left, right):
                return Found(Opinion.DISAGREES, f"{link} at {drawn}: apart by {apart(left, right)}")
            why = "float64 cannot tell"
            continue
        agreed += 1
        if agreed == enough:
            return Found(Opinion.AGREES, f"at {agreed} points")
    return Found(Opinion.AGREES, f"at {agreed} points") if agreed else Found(Opinion.CANNOT, why)


def sides(drawn: Drawn, precision: Any = jnp.float64) -> tuple[Any, Any]:
    """Both sides at a point, in floats of a precision."""
    held: dict[Expression, Any] = {name: jnp.asarray(array, precision) for name, array in drawn.inputs.items()}
    assert isinstance(drawn.link.right, Expression)
    here = Place(Jax(precision), drawn.sizes, held, drawn.indices)
    left, right = here.value(drawn.link.left), here.value(drawn.link.right)
    if left.shape != right.shape:
        left, right = left.reshape(-1), right.reshape(-1)
    if left.size == 0:
        raise Cannot("no entries")
    return left, right


def apart(left: Any, right: Any) -> float:
    """How far the entries of two arrays are apart at most, in proportion to the largest of them."""
    scale = jnp.maximum(1.0, jnp.maximum(jnp.abs(left).max(), jnp.abs(right).max()))
    return float((jnp.abs(left - right) / scale).max())


def is_finite(*arrays: Any) -> bool:
    """Whether all entries are finite."""
    return all(bool(jnp.isfinite(each).all()) for each in arrays)


def is_clear(drawn: Drawn, left: Any, right: Any) -> bool:
    """Whether float32 comes near to the sides that float64 found, so that rounding does not matter there."""
    coarse = sides(drawn, jnp.float32)
    if not is_finite(*coarse):
        return False
    return all(apart(fine, own.astype(jnp.float64)) <= COARSE for fine, own in zip((left, right), coarse, strict=True))


def judges(link: Link, name: str, thorough: bool) -> Found | None:
    """The opinion on an equation with a derivative in it; nothing on another."""
    return opinion(link, name, MANY if thorough else ENOUGH) if has_derivative(link) else None
