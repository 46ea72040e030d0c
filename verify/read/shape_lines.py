r"""Lines of shapes: ``k \times d \quad d \times 1`` under a display, and ``k \times 1 = (k \times d)(d \times 1)``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from verify.language import (
    Add,
    Derivative,
    Dimension,
    Expression,
    Hadamard,
    Kronecker,
    Link,
    Mismatch,
    Mul,
    Name,
    Relation,
    Shape,
    Transpose,
    Undecided,
    latex,
    same_shape,
    shape,
)
from verify.language.shape import is_scalar
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.rows import rows_of
from verify.read.scope import Scope
from verify.read.sizes import dimension
from verify.read.source import Source
from verify.read.step import Meaning, Step
from verify.read.tokens import Kind, Token

TIMES = r"\times"
MOST_WAYS = 32
APART = (",", ";")
UNCLEAR = "of what these are the shapes is not clear"
MISFIT = "these shapes do not fit the formula above,"


@dataclass(frozen=True)
class Written:
    """A shape with the place where it is written."""

    shape: Shape
    start: int
    end: int


Side = tuple[tuple[Written, ...], ...]
"""Terms, each a product of shapes."""


def shapes_in(tokens: Sequence[Token], scope: Scope, *, new: bool = False) -> tuple[Side, ...] | None:
    r"""The sides of a line that is made of shapes alone, in dimensions that are known; nothing for any other.

    Where the line may say ``new`` ones, letters that mean nothing are dimensions.

    >>> from verify.read.tokens import tokenize
    >>> [len(side[0]) for side in shapes_in(tokenize(r"2 \times 3 \quad 3 \times 1"), Scope())]
    [2]
    >>> shapes_in(tokenize(r"2 \times 3 = 6"), Scope()) is None
    True
    """
    if not mentions_shapes(tokens):
        return None
    sides: list[list[list[Written]]] = [[[]]]
    try:
        for piece, sign in _pieces(tokens):
            sides[-1][-1] += [_shape(piece, scope, new=new)] if piece else []
            if sign and not sides[-1][-1]:
                return None
            if sign == "=":
                sides.append([[]])
            elif sign == "+":
                sides[-1].append([])
    except ReadError:
        return None
    found = tuple(tuple(tuple(term) for term in side) for side in sides)
    return found if all(term for side in found for term in side) else None


def is_line_of_shapes(tokens: Sequence[Token]) -> bool:
    """Whether a formula looks like shapes, two or more of them side by side, whatever their letters mean."""
    found = list(_pieces(tokens))
    pieces = [piece for piece, _ in found if piece]
    plain = (Kind.LETTER, Kind.DIGIT, Kind.BELOW, Kind.OPEN, Kind.CLOSE)
    return (
        len(pieces) > 1
        and not any(sign for _, sign in found)
        and all(
            sum(each.text == TIMES for each in piece) == 1
            and all(each.kind in plain or each.text == TIMES for each in piece)
            for piece in pieces
        )
    )


def mentions_shapes(tokens: Sequence[Token]) -> bool:
    """Whether a shape may stand in a formula: none does without its sign."""
    return TIMES in [token.text for token in tokens]


def without_shapes(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The tokens of a display without its last rows, if these are shapes alone; and these rows."""
    rows = [row for row in rows_of(tokens) if row]
    last: list[list[Token]] = []
    while len(rows) > 1 and is_line_of_shapes(rows[-1]):
        last.insert(0, rows.pop())
    left_out = {token.start for row in last for token in row}
    return [token for token in tokens if token.start not in left_out], last


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """What stands between wide spaces, parentheses and signs, each with the sign that follows it."""
    piece: list[Token] = []
    depth, whole = 0, False  # whole: something stands after a times
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        bracket = (token.text == "(" and depth == 1 and not piece) or (token.text == ")" and depth == 0)
        sign = token.text if depth == 0 and (token.text == "=" or (token.text == "+" and (whole or not piece))) else ""
        if bracket or sign or (depth == 0 and (token.kind in (Kind.SPACE, Kind.ALIGN) or token.text in APART)):
            yield piece, sign
            piece, whole = [], False
        else:
            whole = whole or (bool(piece) and piece[-1].text == TIMES)
            piece.append(token)
    yield piece, ""


def _shape(piece: Sequence[Token], scope: Scope, *, new: bool) -> Written:
    """Two dimensions with a sign between them; raises :class:`ReadError` for anything else."""
    signs = [at for at, token in enumerate(piece) if token.text == TIMES]
    if len(signs) != 1 or not 0 < signs[0] < len(piece) - 1:
        raise ReadError("this is no shape", piece[0].start, expected=r"m \times n")
    halves = piece[: signs[0]], piece[signs[0] + 1 :]
    rows, columns = (dimension(parse(half, scope.words), scope, new=new) for half in halves)
    return Written((rows, columns), piece[0].start, piece[-1].end)


# ---------------------------------------------------------------- what has these shapes


def shape_steps(
    sides: Sequence[Side], above: Sequence[Expression], named: Expression | None, source: Source, question: str | None
) -> list[Step] | None:
    """The links that a line of shapes makes; nothing where it is none.

    ``above`` are the sides of the formula that it stands under, ``named`` what this defines.
    """
    if len(sides) > 1:
        return _equation(sides, source, question)
    shapes = sides[0][0]
    if len(sides[0]) > 1 or not above:
        return None
    ways = _ways(above, named, len(shapes))
    if not ways:
        return None
    fits = [list(map(_has, way, shapes)) for way in ways]
    best = max(range(len(ways)), key=lambda at: sum(fits[at]))
    steps: list[Step] = []
    for place, (leaf, each) in enumerate(zip(ways[best], shapes, strict=True)):
        sure = fits[best][place] or not any(way[place] for way in fits)
        meaning: Meaning = Link(leaf, Relation.SHAPE, each.shape) if sure else Undecided("ambiguous", UNCLEAR)
        steps.append(_step(leaf, each, meaning, source, question))
    return steps


def letters_for(
    sides: Sequence[Side], above: Sequence[Expression], named: Expression | None, loose: Container[Expression]
) -> Mapping[Expression, Expression] | None:
    """The letters that a line of shapes has for sizes of which nothing is said; nothing where they do not fit.

    ``loose`` are the letters that were chosen for such sizes.
    """
    shapes = sides[0][0]
    for way in _ways(above, named, len(shapes)) if len(sides) == 1 and len(sides[0]) == 1 else ():
        found: dict[Expression, Expression] = {}
        if all(_named_so(leaf, each, loose, found) for leaf, each in zip(way, shapes, strict=True)):
            return found
    return None


def _named_so(
    leaf: Expression, each: Written, loose: Container[Expression], found: dict[Expression, Expression]
) -> bool:
    """Whether something has a shape, where its loose sizes have the letters that are ``found`` so far, and more."""
    axes = shape(leaf)
    if isinstance(axes, Mismatch) or len(axes) != len(each.shape):
        return False
    for axis, size in zip(axes, each.shape, strict=True):
        if axis in loose and isinstance(size, Dimension):
            if found.setdefault(axis, size) != size:
                return False
        elif axis != size:
            return False
    return True


def unclear(tokens: Sequence[Token], source: Source, question: str | None, says: str = UNCLEAR) -> list[Step]:
    """What is said of a line of shapes where it is not known of what they are the shapes."""
    text = " ".join(source.text[tokens[0].start : tokens[-1].end].split())
    meaning = Undecided("ambiguous", says)
    return [Step("", str(Relation.SHAPE), text, meaning, source.at(tokens[0].start), question, begins=True)]


def _step(of: Expression, each: Written, meaning: Meaning, source: Source, question: str | None) -> Step:
    text = " ".join(source.text[each.start : each.end].split())
    return Step(latex(of), str(Relation.SHAPE), text, meaning, source.at(each.start), question, begins=True)


def _equation(sides: Sequence[Side], source: Source, question: str | None) -> list[Step] | None:
    """Products of shapes with the shape that they have: an equation between a shape and a sum of products."""
    alone = [side for side in sides if len(side) == 1 and len(side[0]) == 1]
    rest = [side for side in sides if side not in alone]
    values = [_as_product(side) for side in rest]
    if not alone or not rest or not any(len(term) > 1 for side in rest for term in side):
        return None
    (said,) = alone[0][0]
    says = "whether these are shapes or numbers is not clear"
    steps: list[Step] = []
    for side, value in zip(rest, values, strict=True):
        link: Meaning = Link(value, Relation.SHAPE, said.shape) if _fits(value) else Undecided("ambiguous", says)
        text = " ".join(source.text[side[0][0].start : side[-1][-1].end].split())
        step = _step(value, said, link, source, question)
        steps.append(Step(text, step.relation, step.right, link, source.at(side[0][0].start), question, begins=True))
    return steps


def _as_product(side: Side) -> Expression:
    """A sum of products of matrices of these shapes."""
    numbers = iter(range(1, 1 + sum(map(len, side))))
    terms = [[Name(f"A_{next(numbers)}", each.shape) for each in term] for term in side]
    whole = [term[0] if len(term) == 1 else Mul(*term) for term in terms]
    return whole[0] if len(whole) == 1 else Add(*whole)


def _fits(value: Expression) -> bool:
    return not isinstance(shape(value), Mismatch)


def _ways(above: Sequence[Expression], named: Expression | None, many: int) -> list[list[Expression]]:
    """The ways in which so many things stand above that may have shapes: on all of its sides, or on one."""
    first = [] if named is None else [named]
    ways = islice(product(*map(_leaves, above)), MOST_WAYS)
    whole = [[*first, *(leaf for part in way for leaf in part)] for way in ways]
    alone = [leaves for side in reversed(above) for leaves in _leaves(side)] if first or len(above) > 1 else []
    return [leaves for leaves in (*whole, *alone) if len(leaves) == many]


def _has(leaf: Expression, each: Written) -> bool:
    axes = shape(leaf)
    return not isinstance(axes, Mismatch) and same_shape(axes, each.shape)


def _leaves(node: Expression) -> list[list[Expression]]:
    """The ways of writing shapes under a formula: under each factor, under a transpose or what is transposed."""
    match node:
        case Add() | Mul() | Hadamard() | Kronecker():
            parts = [part for part in (node.terms if isinstance(node, Add) else node.factors) if not _is_number(part)]
            ways = islice(product(*map(_leaves, parts)), MOST_WAYS)
            return [[leaf for part in way for leaf in part] for way in ways]
        case Transpose(argument=argument) if not isinstance(argument, Derivative):
            return [[node], *_leaves(argument)]
        case _:
            return [[node]]


def _is_number(part: Expression) -> bool:
    axes = shape(part)
    return not isinstance(axes, Mismatch) and is_scalar(axes)
