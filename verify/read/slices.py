"""Rows and columns of a matrix: ``W_{i,:}`` and ``W_{:,j}``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify.language import Entry, Expression, Index, Transpose, describe, latex
from verify.language.binders import Array
from verify.language.shape import long_axes
from verify.read.apply import bound, fitting
from verify.read.errors import ReadError
from verify.read.notes import Notes
from verify.read.respelled import ALL
from verify.read.subscripts import Label


def sliced(
    tensor: Expression, found: Sequence[Label], subscript: Callable[[Label, Expression], Expression], notes: Notes
) -> Expression:
    """A row of a matrix, which lies, or a column of it; ``subscript`` reads the index that chooses it.

    Raises :class:`ReadError` for what is no matrix.
    """
    axes = fitting(tensor)
    if len(axes) != 2 or len(long_axes(axes)) != 2 or len(found) != 2:
        says = f"{latex(tensor)} ({describe(axes)}) is no matrix, and has no rows and columns"
        raise ReadError(says, found[0].offset, expected="a matrix")
    row = found[1].name == ALL
    chosen = subscript(found[0 if row else 1], axes[0 if row else 1])
    along = Index(f"{ALL}@{found[0].offset}", axes[1 if row else 0])
    column = bound(Array, Entry(tensor, *((chosen, along) if row else (along, chosen))), along)
    kind = f"a row of it, 1 x {axes[1]}" if row else f"a column of it, {axes[0]} x 1"
    notes.assume(f"{latex(tensor)} with the subscript {ALL} is {kind}")
    return Transpose(column) if row else column
