"""A vector in the place of the matrix with it on its diagonal, and an outer product in the place of a diagonal one."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import Edit, Material
from verify.diagnose.place import Place
from verify.language import Diagonal, Hadamard, Mismatch, Mul, Transpose, shape
from verify.language.shape import Shape, long_axes


def edits(place: Place, _: Material) -> Iterator[Edit]:
    """The diagonal matrix of a vector, and the vector of a diagonal matrix."""
    part = place.part
    if place.is_derived or place.is_subscript:
        return
    if isinstance(part, Diagonal):
        yield Edit("diagonal", part.argument)
        return
    own = shape(part)
    if not isinstance(own, Mismatch) and is_vector(own):
        yield Edit("diagonal", Diagonal(part))
    if isinstance(part, Mul) and len(part.factors) == 2 and isinstance(part.factors[1], Transpose):
        first, second = part.factors[0], part.factors[1].argument
        yield Edit("diagonal", Diagonal(Hadamard(first, second)), 2)


def is_vector(own: Shape) -> bool:
    """Whether a shape is that of a row or a column."""
    return len(own) == 2 and len(long_axes(own)) == 1
