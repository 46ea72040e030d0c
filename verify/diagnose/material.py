"""The pieces that edits put in: names, definitions, values of functions and their derivatives, numbers, dimensions.

They are drawn from both sides of a link, and from what the definitions in them stand for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import cast

from sympy.core.basic import Basic

from verify.diagnose.edit import MINUS, Material, factors_of, weight
from verify.diagnose.parts import atoms
from verify.diagnose.place import HOLE
from verify.diagnose.suggested import (
    inner_derivatives,
    slopes_and_diagonals,
    speaks_of_diagonals,
    steps_of_recursions,
    totals_and_transposes,
)
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
    | Recursive
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
    at = (index for node in written for index in _indices(node))
    indices = tuple(dict.fromkeys(index for index in at if index.symbol != HOLE))
    stepping = [node for side in steps_of_recursions(written) for node in _nodes(side)]
    for node in (*written, *stepping, *(node for side in beside for node in _nodes(side))):
        for piece in _pieces(node):
            found[piece] = None
    found.update(dict.fromkeys(slopes_and_diagonals(tuple(found), speaks_of_diagonals(written))))
    holes = {index.dimension: index for piece in found for index in atoms(piece, Index) if index.symbol == HOLE}
    for piece in list(found):
        found.update(dict.fromkeys((*_entries(piece, (*indices, *holes.values())), *totals_and_transposes(piece))))
    bare = left.argument if isinstance(left, Transpose) else left
    found.update(dict.fromkeys(inner_derivatives(bare, tuple(found))))
    own = {*indices, *holes.values()}
    wanted = [each for each in found if each != avoid and weight(each) <= HEAVIEST and atoms(each, Index) <= own]
    wanted.sort(key=weight)
    return Material(tuple(wanted[:MOST_PIECES]), indices, isinstance(bare, Derivative | Vjp), left)


def _indices(node: Node) -> Iterator[Index]:
    """An index, or those of a level."""
    if isinstance(node, Index):
        yield node
    elif isinstance(node, Member | Leveled | Recursive):
        yield from sorted(atoms(node.level, Index), key=str)


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
        for name in sorted(atoms(part, Name), key=str):
            if not name.declared:
                yield from (Expectation(name), Variance(name))
        if isinstance(part, Expectation | Variance):
            numbers = [name for name in sorted(atoms(part, Name), key=str) if not name.declared]
            yield from (Covariance(*pair) for pair in combinations(numbers, 2))
            yield from (Mul(Number(2), Covariance(*pair)) for pair in combinations(numbers, 2))
    if isinstance(part, Derivative) and isinstance(part.quantity, Dependent):
        yield part
    if not isinstance(part, Piece):
        return
    if atoms(part, Derivative) and not isinstance(part, Defined):
        return
    yield part
    match part:
        case Mul(factors=(*others, Add() as last)):
            yield from (Mul(*others, *factors_of(term)) for term in last.terms)
        case Call(argument=Add() as argument) if part.function == exp:
            yield from (exp(term) for term in argument.terms)
        case Call() if not part.order and part.function != exp:
            yield Call(part.function, 1, part.argument)
        case Power() if part.exponent == MINUS:
            yield part.base
        case Defined(meaning=Call() as call) if not part.arguments and not call.order and call.function != exp:
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
