"""The pieces that edits put in: names, definitions, values of functions and their derivatives, numbers, dimensions.

They are drawn from both sides of a link, and from what the definitions in them stand for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sympy.core.basic import Basic

from verify.diagnose.edit import MINUS, Material, factors_of, weight
from verify.diagnose.place import HOLE
from verify.language import (
    Add,
    Array,
    Call,
    Covariance,
    Defined,
    Delta,
    Dependent,
    Derivative,
    Diagonal,
    Dimension,
    Entry,
    Expectation,
    Expression,
    Index,
    Max,
    Mul,
    Name,
    Node,
    Number,
    Opaque,
    Power,
    Range,
    Sum,
    Transpose,
    Variance,
    Vjp,
    exp,
    shape,
    total,
)
from verify.language.binders import Binder
from verify.language.calls import Formula
from verify.language.layers import Descending, Leveled, Member, Recursive, Step, Width
from verify.language.shape import Mismatch, Shape, long_axes

MOST_PIECES = 70
MOST_NODES = 400
HEAVIEST = 7
NUMBERS = (Number(1), Number(2))

Piece = (
    Name
    | Defined
    | Entry
    | Call
    | Sum
    | Power
    | Mul
    | Array
    | Delta
    | Dimension
    | Max
    | Transpose
    | Member
    | Leveled
    | Descending
    | Diagonal
    | Expectation
    | Variance
    | Covariance
)


def material_of(left: Expression, right: Expression, avoid: Expression, *beside: Expression) -> Material:
    """What may be put into a formula of a link; ``avoid`` is what would give the answer away by itself.

    Free indices are those of the link alone, and not of what is said ``beside`` it.
    """
    found: dict[Expression, None] = dict.fromkeys(NUMBERS)
    written = list(_nodes(left, right))
    indices = tuple(dict.fromkeys(node for node in written if isinstance(node, Index) and node.symbol != HOLE))
    for node in (*written, *(node for side in beside for node in _nodes(side))):
        for piece in _pieces(node):
            found[piece] = None
    found.update(dict.fromkeys(_suggested(tuple(found), _speaks_of_diagonals(written))))
    holes = {index.dimension: index for piece in found for index in piece.atoms(Index) if index.symbol == HOLE}
    for piece in list(found):
        found.update(dict.fromkeys((*_entries(piece, (*indices, *holes.values())), *_whole(piece))))
    own = {*indices, *holes.values()}
    wanted = [each for each in found if each != avoid and weight(each) <= HEAVIEST and each.atoms(Index) <= own]
    wanted.sort(key=weight)
    bare = left.argument if isinstance(left, Transpose) else left
    return Material(tuple(wanted[:MOST_PIECES]), indices, isinstance(bare, Derivative | Vjp))


def _suggested(pieces: tuple[Expression, ...], diagonals: bool) -> Iterator[Expression]:
    """The derivatives of unknown functions at what is defined at every level, and diagonal matrices of slopes."""
    functions = dict.fromkeys(piece.function for piece in pieces if isinstance(piece, Call))
    for piece in pieces:
        if isinstance(piece, Leveled):
            yield from (Call(each, 1, piece) for each in functions if isinstance(each, Opaque))
        own = shape(piece)
        if diagonals and isinstance(piece, Call | Defined) and not isinstance(own, Mismatch) and _is_vector(own):
            yield Diagonal(piece)


def _speaks_of_diagonals(written: list[Node]) -> bool:
    """Whether there is a diagonal matrix, or a Jacobian, in which there may be one."""
    return any(isinstance(node, Diagonal) or (isinstance(node, Derivative) and _is_jacobian(node)) for node in written)


def _is_jacobian(node: Derivative) -> bool:
    quantity, variable = shape(node.quantity), shape(node.variable)
    return not any(isinstance(own, Mismatch) or not long_axes(own) for own in (quantity, variable))


def _is_vector(own: Shape) -> bool:
    return len(own) == 2 and len(long_axes(own)) == 1


def _whole(piece: Expression) -> Iterator[Expression]:
    """Of a vector that is a name the sum of its entries; of a square matrix its transpose."""
    own = shape(piece)
    if isinstance(own, Mismatch) or not isinstance(piece, Name | Defined) or piece.atoms(Index):
        return
    axes = long_axes(own)
    if len(axes) == 1 and isinstance(piece, Name):
        yield total(piece)
    elif len(axes) == 2 and axes[0] == axes[1]:
        yield Transpose(piece)


def _nodes(*sides: Expression) -> Iterator[Node]:
    """All parts of both sides, of the right one first, and then of what definitions stand for."""
    waiting: list[Basic] = list(reversed(sides))
    met: set[Basic] = set()
    while waiting and len(met) < MOST_NODES:
        node = waiting.pop(0)
        if node in met or isinstance(node, Width | Range):
            continue
        met.add(node)
        if isinstance(node, Node):
            yield node
        if isinstance(node, Binder) and not isinstance(node, Step):
            waiting.extend((node.opened(*(Index(HOLE, over) for over in node.dimensions)), *node.dimensions))
        elif not isinstance(node, Member | Recursive | Step | Formula | Opaque):
            waiting.extend(node.args)


def _pieces(node: Node) -> Iterator[Expression]:
    """A part as a piece, and what it suggests."""
    part = cast(Expression, node)
    if isinstance(part, Dependent):
        # What arrives from above, where nothing else names it.
        yield from (Derivative(part, each) for each in part.arguments if isinstance(each, Name | Defined))
    if isinstance(part, Expectation | Variance | Covariance):
        for name in sorted(part.atoms(Name), key=str):
            if not name.declared:
                yield from (Expectation(name), Variance(name))
    if not isinstance(part, Piece):
        return
    if part.atoms(Derivative) and not isinstance(part, Defined):
        return
    yield part
    match part:
        case Mul(factors=(*others, Add() as last)):
            yield from (Mul(*others, *factors_of(term)) for term in last.terms)
        case Call(argument=Add() as argument) if part.function == exp:
            yield from (exp(term) for term in argument.terms)
        case Call() if not part.order:
            yield Call(part.function, 1, part.argument)
        case Power() if part.exponent == MINUS:
            yield part.base
        case Defined(meaning=Call() as call) if not part.arguments and not call.order:
            yield Call(call.function, 1, call.argument)
        case _:
            return


def _entries(piece: Expression, indices: tuple[Index, ...]) -> Iterator[Entry]:
    """The entries of a closed vector or matrix at the free indices."""
    own: Shape | Mismatch = shape(piece)
    if isinstance(own, Mismatch) or not isinstance(piece, Name | Defined | Call | Derivative):
        return
    axes = long_axes(own)
    if len(axes) == 1:
        yield from (Entry(piece, index) for index in indices if index.dimension == axes[0])
    elif len(axes) == 2:
        for row in indices:
            for column in indices:
                if (row.dimension, column.dimension) == axes:
                    yield Entry(piece, row, column)
