"""A term that is missing, or one too many."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.edit import Edit, Material, is_inner, joined, negated, terms_of, weight, without
from verify.diagnose.factors import marked
from verify.diagnose.place import Place
from verify.language import Add, Array, Hadamard, Mul, Number, Power, Sum

# Taking something out is a small edit, however large it is.
HEAVIEST = 2


def edits(place: Place, material: Material) -> Iterator[Edit]:
    """A term more, and each term less."""
    part = place.part
    if place.is_derived or place.is_subscript:
        return
    if isinstance(part, Add):
        for number, term in enumerate(part.terms):
            left = joined(Add, without(part.terms, number))
            yield Edit(marked(term, "extra-term"), left, min(weight(term), HEAVIEST))
    if not _may_be_more(place):
        return
    for piece in material.here(place):
        if is_inner(piece):
            continue
        size = weight(piece)
        present = terms_of(part)
        code = marked(piece, "missing-term")
        for term in (piece, negated(piece)):
            # What takes a term away is no term that is missing.
            if negated(term) not in present:
                yield Edit(code, Add(*present, term), size)
        if not isinstance(part, Add) and isinstance(piece, Number):
            yield Edit(code, Add(piece, negated(part)), size)


def _may_be_more(place: Place) -> bool:
    """Whether a term may be missing here: in a sum, in the whole, in an argument, in a factor."""
    if isinstance(place.around, Add):
        return False
    if isinstance(place.part, Add) or place.is_root or place.is_argument:
        return True
    return isinstance(place.around, Mul | Hadamard | Sum | Array | Power) and not isinstance(place.part, Number | Power)
