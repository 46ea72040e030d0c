"""What an inequality with 0 says of a whole name: that all of its entries are positive, or that none is negative."""

from __future__ import annotations

from dataclasses import replace

from verify import language as said
from verify.kernel.lower import subscript
from verify.kernel.places import variable_of
from verify.kernel.term import Subscript, Variable
from verify.language import Expression, Interval, Link, Relation

RISING = (Relation.LESS, Relation.AT_MOST)
STRICT = (Relation.LESS, Relation.GREATER)


def signed(link: Link, related: tuple[Subscript, ...]) -> tuple[Variable | None, bool]:
    """The variable that ``0 < a`` or ``a >= 0`` is about, all of its entries, if it is; and whether it says less than.

    That is said by a name, or by its entry at different indices that stand in no relation. That 0 < A_ii, or that
    0 < A_ij where i and j differ, says nothing of the other entries.

    >>> from verify.language import dims, index, less, matrix
    >>> n, = dims("n")
    >>> A, i, j = matrix("A", n, n), index("i", n), index("j", n)
    >>> [signed(link, ())[0] is not None for at in ((i, j), (i, i)) for link in less(0, A[at]).links()]
    [True, False]
    """
    low, high = (link.left, link.right) if link.relation in RISING else (link.right, link.left)
    strict = link.relation in STRICT
    if link.relation not in (*RISING, *STRICT, Relation.AT_LEAST) or low != said.Number(0):
        return None, strict
    match high:
        case said.Name():
            return variable_of(high), strict
        case said.Entry(tensor=said.Name() as tensor) if _are_general(high.subscripts, related):
            return variable_of(tensor), strict
        case _:
            return None, strict


def _are_general(subscripts: tuple[said.Subscript, ...], related: tuple[Subscript, ...]) -> bool:
    free = {subscript(each) for each in subscripts if isinstance(each, said.Index)}
    return len(free) == len(subscripts) and free.isdisjoint(related)


def entrywise(link: Link) -> Link:
    """The same of every entry, where a name is compared with 0."""
    if isinstance(link.right, tuple | Interval) or said.Number(0) not in (link.left, link.right):
        return link
    return replace(link, left=_entry(link.left), right=_entry(link.right))


def _entry(side: Expression) -> Expression:
    axes = side.declared if isinstance(side, said.Name) else ()
    long = [axis for axis in axes if axis != said.Number(1)]
    names = ("row", "column") if len(long) == 2 else tuple(f"axis {place}" for place in range(1, len(long) + 1))
    indices = [said.Index(name, axis) for name, axis in zip(names, long, strict=True)]
    return said.Entry(side, *indices) if indices else side
