"""A transpose forgotten or one too many; of the whole formula it is the other layout."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import Edit, Material
from verify.diagnose.place import Place
from verify.language import Mismatch, Transpose, shape
from verify.language.shape import is_scalar


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """The transpose put on, or taken off."""
    part = place.part
    if place.is_derived or place.is_subscript or place.is_transposed:
        return
    code = "layout" if place.is_root and material.is_derivative else "transpose"
    if isinstance(part, Transpose):
        yield Edit(code, part.argument)
    elif is_tensor(part):
        yield Edit(code, Transpose(part))


def is_tensor(part: object) -> bool:
    """Whether a part has rows and columns, and fits together."""
    own = shape(part)  # type: ignore[arg-type]
    return not isinstance(own, Mismatch) and len(own) == 2 and not is_scalar(own)
