"""Hypotheses that two rows, or two columns, of a tensor are equal: said of fixed indices, not of all.

"W_ij = W_kj, for every j" holds exactly for the tensors T + delta (T_i - T_k) that have row i in the place
of row k. So such a hypothesis is done away with by writing this in the place of W.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from verify import language as said
from verify.kernel.term import Unsupported
from verify.language import Expression, Link, Relation
from verify.language.link import Interval
from verify.language.shape import long_axes, shape_of
from verify.language.verdict import Refuted, Verdict, Witness


@dataclass(frozen=True)
class Tie:
    """Along an axis of a tensor, what stands at ``copy`` is what stands at ``original``."""

    tensor: said.Name
    axis: int
    original: said.Index
    copy: said.Index

    @property
    def meaning(self) -> Expression:
        """The tensors that are tied so, as made from any tensor."""
        shape = shape_of(self.tensor)
        axes = long_axes(shape)
        places = tuple(said.Index(f"#{place}", axis) for place, axis in enumerate(axes))
        source = tuple(self.original if place == self.axis else each for place, each in enumerate(places))
        own = said.Entry(self.tensor, *places)
        entry = own + said.Delta(places[self.axis], self.copy) * (said.Entry(self.tensor, *source) - own)
        whole = cast(Expression, said.Array(entry, *places))
        return whole.T if shape[0] == said.Number(1) and len(axes) == 1 else whole

    def shown(self, witness: Witness) -> Witness:
        """A witness with the copy in its place."""
        values = dict(witness.indices)
        at, to = values[self.original.symbol] - 1, values[self.copy.symbol] - 1
        return replace(witness, inputs=tuple((name, self._copied(name, rows, at, to)) for name, rows in witness.inputs))

    def _copied(self, name: str, rows: tuple[tuple[str, ...], ...], at: int, to: int) -> tuple[tuple[str, ...], ...]:
        if name != self.tensor.symbol:
            return rows
        if self.axis == 0 and shape_of(self.tensor)[0] != said.Number(1):
            return tuple(rows[at] if place == to else row for place, row in enumerate(rows))
        return tuple(tuple(row[at] if place == to else each for place, each in enumerate(row)) for row in rows)


def tie_of(link: Link, free: set[said.Index]) -> Tie | None:
    """The tie that a hypothesis states of indices which are free in the statement; nothing if it states none."""
    match link:
        case Link(
            left=said.Entry(tensor=said.Name() as tensor) as left,
            right=said.Entry() as right,
            relation=Relation.EQUAL,
        ) if right.tensor == tensor and len(left.subscripts) == len(right.subscripts):
            pairs = list(zip(left.subscripts, right.subscripts, strict=True))
        case _:
            return None
    different = [place for place, (first, second) in enumerate(pairs) if first != second]
    others = [first for first, second in pairs if first == second]
    if (
        len(different) != 1
        or not all(isinstance(each, said.Index) for each in others)
        or len(set(others)) < len(others)
    ):
        return None
    original, copy = pairs[different[0]]
    if not isinstance(original, said.Index) or not isinstance(copy, said.Index) or not {original, copy} <= free:
        return None
    return None if {original, copy} & set(others) else Tie(tensor, different[0], original, copy)


def ties(link: Link) -> tuple[tuple[Tie, ...], tuple[Link, ...]]:
    """The ties among the hypotheses of a link, and its other hypotheses."""
    free = set(link.left.atoms(said.Index))
    if not isinstance(link.right, tuple | Interval):
        free |= link.right.atoms(said.Index)
    found = [(each, tie_of(each, free)) for each in link.given]
    return tuple(tie for _, tie in found if tie is not None), tuple(each for each, tie in found if tie is None)


def untied(link: Link, found: tuple[Tie, ...], others: tuple[Link, ...]) -> Link:
    """The link with tensors that are tied by their form in the place of those that a hypothesis ties."""
    meanings: Mapping[said.Name, Expression] = {
        tie.tensor: cast(Expression, said.Defined(tie.tensor.symbol, tie.meaning)) for tie in found
    }
    if len(meanings) != len(found) or isinstance(link.right, tuple | Interval):
        raise Unsupported("two ties of one tensor")
    if any(name in side.atoms(said.Name) for each in others for side in (each.left,) for name in meanings):
        raise Unsupported("further hypotheses on a tensor that is tied")
    return Link(link.left.xreplace(meanings), link.relation, link.right.xreplace(meanings), others)


def with_copies(verdict: Verdict, found: tuple[Tie, ...]) -> Verdict:
    """A verdict whose witness shows the tied tensors."""
    if not isinstance(verdict, Refuted):
        return verdict
    witness = verdict.witness
    for tie in found:
        witness = tie.shown(witness)
    return replace(verdict, witness=witness)
