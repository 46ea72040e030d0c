"""Hypotheses that a matrix is symmetric, in words or as ``A = A^T``."""

from __future__ import annotations

from verify.language import Entry, Index, Link, Name, Relation, Transpose
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.scope import Quantity, Scope
from verify.read.syntax import spelling
from verify.read.tokens import tokenize
from verify.read.worded import symmetric_in


def described(text: str, scope: Scope) -> list[Link]:
    """The hypotheses in words: that matrices are symmetric.

    Raises :class:`ReadError` for other words.
    """
    names = symmetric_in(text)
    if not names:
        raise ReadError("a condition in words", expected="a formula")
    return [symmetry(_matrix(name, scope)) for name in names]


def _matrix(text: str, scope: Scope) -> Name:
    name = spelling(parse(tokenize(text), scope.words))
    meaning = None if name is None else scope.find(name)
    if isinstance(meaning, Quantity) and isinstance(meaning.expression, Name) and _is_square(meaning.expression):
        return meaning.expression
    raise ReadError(f"{text} is no matrix of which this can be said", expected="the name of a square matrix")


def _is_square(matrix: Name) -> bool:
    return len(matrix.declared) == 2 and matrix.declared[0] == matrix.declared[1]


def symmetry(matrix: Name) -> Link:
    """That a matrix is symmetric."""
    return Link(matrix, Relation.EQUAL, Transpose(matrix))


def as_symmetry(link: Link) -> Link | None:
    r"""What a link says of a matrix, if it says that this is symmetric: ``A^T = A``, or ``A_{ij} = A_{ji}``."""
    if link.relation is not Relation.EQUAL:
        return None
    match link.left, link.right:
        case (Name() as matrix, Transpose(argument=other)) | (Transpose(argument=other), Name() as matrix):
            return symmetry(matrix) if other == matrix and _is_square(matrix) else None
        case Entry(tensor=Name() as matrix, subscripts=(Index() as one, Index() as other)), Entry() as entry:
            turned = entry.tensor == matrix and entry.subscripts == (other, one) and one != other
            return symmetry(matrix) if turned and _is_square(matrix) else None
        case _:
            return None
