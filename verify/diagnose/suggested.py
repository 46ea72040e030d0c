"""What a link suggests without writing it: inner derivatives, slopes at each level, diagonal matrices, totals."""

from __future__ import annotations

from collections.abc import Iterator

from verify.diagnose.parts import atoms
from verify.language import (
    Call,
    Defined,
    Derivative,
    Diagonal,
    Entry,
    Expression,
    Index,
    Name,
    Node,
    Opaque,
    Transpose,
    shape,
    total,
)
from verify.language.binders import Bound
from verify.language.layers import Leveled, Member, Recursive
from verify.language.shape import Mismatch, Shape, long_axes
from verify.language.unfold import stepped


def inner_derivatives(asked: Expression, pieces: tuple[Expression, ...]) -> Iterator[Expression]:
    """The derivatives of the entries of what is defined by the number that is derived by, but not what is asked."""
    if not isinstance(asked, Derivative) or long_axes(_axes(asked.variable)):
        return
    own = {_whole(asked.quantity), asked.variable, _whole(asked.variable)}
    for piece in pieces:
        defined = isinstance(piece.tensor if isinstance(piece, Entry) else piece, Defined)
        if defined and _whole(piece) not in own and not long_axes(_axes(piece)):
            yield Derivative(piece, asked.variable)


def _whole(part: Expression) -> Expression:
    """What an entry is one of; and what a definition without arguments stands for."""
    tensor = part.tensor if isinstance(part, Entry) else part
    return tensor.meaning if isinstance(tensor, Defined) and not tensor.arguments else tensor


def _axes(part: Expression) -> Shape:
    own = shape(part)
    return () if isinstance(own, Mismatch) else own


def steps_of_recursions(written: list[Node]) -> Iterator[Expression]:
    """What recursions make at the levels that are written: f(z_l) of a_l = f(z_l)."""
    levels = dict.fromkeys(node.level for node in written if isinstance(node, Member | Leveled | Recursive))
    values = {(node.symbol, node.system): node for node in written if isinstance(node, Recursive)}
    for value in values.values():
        for level in levels:
            if not atoms(level, Bound):
                yield stepped(value, level)


def slopes_and_diagonals(pieces: tuple[Expression, ...], diagonals: bool) -> Iterator[Expression]:
    """The derivatives of unknown functions at what is defined at every level, and diagonal matrices of slopes."""
    functions = dict.fromkeys(piece.function for piece in pieces if isinstance(piece, Call))
    for piece in pieces:
        if isinstance(piece, Leveled):
            yield from (Call(each, 1, piece) for each in functions if isinstance(each, Opaque))
        own = shape(piece)
        if diagonals and isinstance(piece, Call | Defined) and not isinstance(own, Mismatch) and _is_vector(own):
            yield Diagonal(piece)


def speaks_of_diagonals(written: list[Node]) -> bool:
    """Whether there is a diagonal matrix, or a Jacobian, in which there may be one."""
    return any(isinstance(node, Diagonal) or (isinstance(node, Derivative) and _is_jacobian(node)) for node in written)


def _is_jacobian(node: Derivative) -> bool:
    quantity, variable = shape(node.quantity), shape(node.variable)
    return not any(isinstance(own, Mismatch) or not long_axes(own) for own in (quantity, variable))


def _is_vector(own: Shape) -> bool:
    return len(own) == 2 and len(long_axes(own)) == 1


def totals_and_transposes(piece: Expression) -> Iterator[Expression]:
    """Of a vector that is a name the sum of its entries; of a square matrix its transpose."""
    own = shape(piece)
    if isinstance(own, Mismatch) or not isinstance(piece, Name | Defined) or atoms(piece, Index):
        return
    axes = long_axes(own)
    if len(axes) == 1 and isinstance(piece, Name):
        yield total(piece)
    elif len(axes) == 2 and axes[0] == axes[1]:
        yield Transpose(piece)
