"""How far a free level of a link runs: as far as all layers are there that the link names."""

from __future__ import annotations

from fractions import Fraction

from verify.language import Delta, Dimension, Entry, Index, Link, Node
from verify.language.layers import Recursive, linear, normal_level
from verify.language.unfold import LEVELED, sides_of
from verify.read.apply import occurs, substituted


def within_layers(link: Link) -> tuple[Link, tuple[str, ...]]:
    """The link with a free level that runs as far as all layers are there which are named; and what to say of it.

    ``W_{l+1}`` is there for l up to L - 1 alone; what begins with f_1 has f_{l-1} for l from 2 on.
    """
    further: dict[Index, Fraction] = {}
    later: dict[Index, Fraction] = {}
    for side in sides_of(link):
        for each in side.atoms(*LEVELED):
            form = linear(each.level) if isinstance(each, LEVELED) else None
            if form is not None and len(form[0]) == 1 and isinstance(form[0][0][0], Index) and form[0][0][1] == 1:
                index = form[0][0][0]
                further[index] = max(form[1], further.get(index, Fraction(0)))
                first = -1 - form[1] if isinstance(each, Recursive) and not _is_subscript(index, link) else Fraction(0)
                later[index] = max(first, later.get(index, Fraction(0)))
    ends: dict[Node, Node] = {}
    noted: list[str] = []
    for index, by in further.items():
        if (by > 0 or later[index] > 0) and isinstance(index.dimension, Dimension):
            last = normal_level(index.dimension - int(by))
            left_out = int(later[index])
            ends[index] = (
                Index(index.symbol, normal_level(last - left_out)) + left_out if left_out else Index(index.symbol, last)
            )
            noted.append(f"{index.symbol} runs from {1 + left_out} to {last}")
    if not ends or not isinstance(link.right, Node):
        return link, ()
    left, right = (substituted(side, ends) for side in (link.left, link.right))
    return Link(left, link.relation, right, link.given), tuple(noted)


def _is_subscript(index: Index, link: Link) -> bool:
    """Whether an index is a subscript besides, or hypotheses speak of it."""
    entries = [place for side in sides_of(link) for each in side.atoms(Entry, Delta) for place in each.args]
    return any(place == index for place in entries) or any(
        occurs(index, side) for each in link.given for side in sides_of(each)
    )
