"""What a name without a context is shown to be by a formula: a number, a column, a row or a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from verify.language import Expression, Number


class Kind(Enum):
    """What a name may be, by its shape."""

    NUMBER = ("a number", "numbers")
    COLUMN = ("a column", "columns")
    ROW = ("a row", "rows")
    MATRIX = ("a matrix", "matrices")


def kind_of(axes: Sequence[Expression]) -> Kind:
    """The kind of what has a shape.

    >>> from verify.language import Dimension
    >>> kind_of(()), kind_of((Dimension("n"), Number(1)))
    (<Kind.NUMBER: ('a number', 'numbers')>, <Kind.COLUMN: ('a column', 'columns')>)
    """
    ones = [axis == Number(1) for axis in axes]
    match ones:
        case [] | [True, True]:
            return Kind.NUMBER
        case [False, True]:
            return Kind.COLUMN
        case [True, False]:
            return Kind.ROW
        case _:
            return Kind.MATRIX
