"""Edits: what one mistake would be undone by, at one place; and what they draw on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import cast

from sympy.core.basic import Basic

from verify.diagnose.parts import atoms
from verify.diagnose.place import HOLE, Place
from verify.language import (
    Add,
    Call,
    Defined,
    Delta,
    Dependent,
    Derivative,
    Diagonal,
    Entry,
    Expression,
    Function,
    Index,
    Mul,
    Node,
    Number,
    Power,
)
from verify.language.layers import Leveled, Member, Recursive

MINUS = Number(-1)
ONE = Number(1)


@dataclass(frozen=True)
class Edit:
    """Another part for a place: the code of the mistake that it undoes, and how much it changes.

    One that is ``compared`` puts in what the other side has; an edit that finds it by itself tells more.
    """

    code: str
    part: Node
    size: int = 1
    compared: bool = False


@dataclass(frozen=True)
class Material:
    """What edits put in: parts that occur in the link or in its definitions, and its free indices.

    The other side, which is ``kept``, is what terms are compared with.
    """

    pieces: tuple[Expression, ...]
    indices: tuple[Index, ...]
    is_derivative: bool
    kept: Expression

    def here(self, place: Place) -> Iterator[Expression]:
        """The pieces that may stand at a place: those from under an index for every index there."""
        for piece, holes in self._holes:
            if not holes:
                yield piece
            elif len(holes) == 1:
                for index in self.usable(place):
                    if index.dimension == holes[0].dimension:
                        yield piece.xreplace({holes[0]: index})
        for first, second in combinations(self.usable(place), 2):
            if first.dimension == second.dimension:
                yield Delta(first, second)

    @cached_property
    def _holes(self) -> tuple[tuple[Expression, tuple[Index, ...]], ...]:
        return tuple((each, tuple(i for i in atoms(each, Index) if i.symbol == HOLE)) for each in self.pieces)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The functions in the link and in its definitions."""
        calls = (call for piece in self.pieces for call in sorted(atoms(piece, Call), key=str))
        return tuple(dict.fromkeys(call.function for call in calls))

    def usable(self, place: Place) -> tuple[Index, ...]:
        """The indices that may be written at a place."""
        return tuple(dict.fromkeys((*self.indices, *place.scope)))


Editor = Callable[[Place, Material], Iterator[Edit]]


def weight(part: Basic) -> int:
    """How much a part counts for: a name, a number, an entry and a definition are one."""
    match part:
        case Defined() if not part.arguments:
            return 1
        case Entry() if not part.tensor.args or not isinstance(part.tensor, Add | Mul):
            return 1
        case Delta() | Member() | Leveled() | Recursive():
            return 1
        case Diagonal():
            return weight(part.argument)
        case Derivative(quantity=Dependent()):
            return 1
        case Power(exponent=Number() as exponent) if exponent == MINUS:
            return weight(part.base)
        case Defined():
            return 1 + sum(map(weight, part.arguments))
        case Call():
            return (0 if part.order else 1) + weight(part.argument)
        case Node() if part.args and not isinstance(part, Number):
            inner = [each for each in part.args if isinstance(each, Node)]
            return 1 + sum(map(weight, inner)) if len(inner) > 1 else max(1, sum(map(weight, inner)))
        case _:
            return 1


def is_inner(piece: Expression) -> bool:
    """Whether a piece is an inner derivative: a factor that is missing, and nothing else."""
    return isinstance(piece, Derivative) and not isinstance(piece.quantity, Dependent)


def joined(form: type[Node], parts: Iterable[Node]) -> Node:
    """The form of some parts, or the only one of them."""
    listed = tuple(parts)
    return listed[0] if len(listed) == 1 else form(*listed)


def without(parts: tuple[Expression, ...], number: int) -> tuple[Expression, ...]:
    """All parts but one."""
    return parts[:number] + parts[number + 1 :]


def negated(part: Expression) -> Expression:
    """The opposite: a minus sign is taken off if there is one."""
    match part:
        case Number():
            return cast(Expression, Number(-part.value))
        case Mul() if MINUS in part.factors:
            return cast(Expression, joined(Mul, without(part.factors, part.factors.index(MINUS))))
        case Mul() if isinstance(part.factors[0], Number) and part.factors[0].value < 0:
            return cast(Expression, Mul(negated(part.factors[0]), *part.factors[1:]))
        case _:
            return -part


def is_negative(part: Expression) -> bool:
    """Whether a term is written with a minus sign."""
    match part:
        case Number():
            return part.value < 0
        case Mul():
            return any(isinstance(factor, Number) and factor.value < 0 for factor in part.factors)
        case _:
            return False


def factors_of(part: Expression) -> tuple[Expression, ...]:
    """The factors of a product, or the part alone."""
    return part.factors if isinstance(part, Mul) else (part,)


def terms_of(part: Expression) -> tuple[Expression, ...]:
    """The terms of a sum, or the part alone."""
    return part.terms if isinstance(part, Add) else (part,)
