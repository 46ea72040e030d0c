r"""Factors with signs between them: which of ``\cdot``, ``\odot`` and ``/`` is taken first.

They are of one strength and taken from the left. Where ``\odot``, or a Kronecker product, stands beside a product of
matrices without parentheses, the reading that fits the shapes is taken; if two fit, the writer must say which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verify.language import (
    Add,
    Expression,
    Hadamard,
    Kronecker,
    Mismatch,
    Mul,
    Number,
    Transpose,
    latex,
    same_shape,
    shape,
)
from verify.language.shape import is_scalar
from verify.read.alphabet import HADAMARD
from verify.read.conventions import Conventions
from verify.read.errors import ReadError
from verify.read.notes import Notes

FORMS: Mapping[str, type[Hadamard | Kronecker]] = {"hadamard": Hadamard, "kronecker": Kronecker}
"""The products of which several in a row are one."""
CALLED = {"hadamard": "an entrywise product", "kronecker": "a Kronecker product"}


def total(terms: Sequence[Expression]) -> Expression:
    """The sum of terms, as ``+`` builds it."""
    first = terms[0]
    return first if len(terms) == 1 else Add(*(first.terms if isinstance(first, Add) else (first,)), *terms[1:])


def product(factors: Sequence[Expression]) -> Expression:
    """The product of factors, as ``*`` builds it."""
    first = factors[0]
    return first if len(factors) == 1 else Mul(*(first.factors if isinstance(first, Mul) else (first,)), *factors[1:])


def joined(
    factors: Sequence[Expression], signs: Sequence[str], conventions: Conventions, notes: Notes, offset: int
) -> Expression:
    """The product of factors with signs between them.

    Raises :class:`ReadError` where parentheses are needed to tell what is meant, and for a sign without a meaning.
    """
    kinds = [_kind(sign, conventions, offset) for sign in signs]
    kinds = [_between(*each, conventions, notes) for each in zip(signs, kinds, factors, factors[1:], strict=False)]
    own = [kind for kind in FORMS if kind in kinds]
    if not own:
        return _run(factors, kinds)
    if len(own) > 1:
        raise ReadError(f"{CALLED[own[0]]} and {CALLED[own[1]]} without parentheses", offset, expected="parentheses")
    if set(kinds) == set(own):
        return FORMS[own[0]](*factors)
    from_left = _from_left(factors, kinds, own[0])
    products_first = _products_first(factors, kinds, own[0])
    if from_left == products_first or _scales(factors, kinds, own[0]):
        return from_left
    fits = [each for each in (from_left, products_first) if not isinstance(shape(each), Mismatch)]
    if len(fits) == 2:
        raise ReadError(f"{CALLED[own[0]]} and another without parentheses", offset, expected="parentheses")
    if not fits:
        return products_first
    notes.assume(f"read as {latex(fits[0])}")
    return fits[0]


def side_by_side(factors: Sequence[Expression], conventions: Conventions) -> Expression:
    """The product of what stands side by side; entrywise or Kronecker's, if the context says so."""
    form = FORMS.get(conventions.operators.get("juxtaposition", "matrix"))
    if form is None or len(factors) == 1:
        return product(factors)
    value = factors[0]
    for factor in factors[1:]:
        value = value * factor if _is_number(value) or _is_number(factor) else form(value, factor)
    return value


def _kind(sign: str, conventions: Conventions, offset: int) -> str:
    """What a sign of a product means here."""
    if sign == "/":
        return "/"
    kind = conventions.operators.get(sign, "hadamard" if sign in HADAMARD else "matrix")
    if sign == r"\otimes" and sign not in conventions.operators:
        says = r"\otimes has several meanings, and the context says none"
        raise ReadError(says, offset, expected=r"x y^T or \odot, or a context")
    return kind


def _between(sign: str, kind: str, left: Expression, right: Expression, conventions: Conventions, notes: Notes) -> str:
    r"""The kind of a product; of ``u \cdot v`` for two columns it is not known, unless the context says it."""
    if kind == "/" and is_entrywise(left, right, notes):
        return "over"
    if kind != "matrix" or sign in conventions.operators:
        return kind
    first, second = shape(left), shape(right)
    if isinstance(first, Mismatch) or isinstance(second, Mismatch) or is_scalar(first) or Number(1) not in first:
        return kind
    if not same_shape(first, second):
        return kind
    notes.doubt(f"{latex(left)} {sign} {latex(right)} may be the inner product or the entrywise one")
    return "hadamard"


def is_entrywise(above: Expression, below: Expression, notes: Notes) -> bool:
    """Whether a quotient of what is no number can only be meant entry by entry, which is noted as a doubt."""
    first, second = shape(above), shape(below)
    if isinstance(first, Mismatch) or isinstance(second, Mismatch) or is_scalar(first) or is_scalar(second):
        return False
    if not same_shape(first, second):
        return False
    notes.doubt(f"the quotient of {latex(above)} and {latex(below)}, which are no numbers, may be entrywise")
    return True


def _step(value: Expression, kind: str, factor: Expression) -> Expression:
    match kind:
        case "/":
            return value / factor
        case "over":
            return Hadamard(value, factor**-1)
        case "outer":
            return value * Transpose(factor)
        case _:
            return value * factor


def _run(factors: Sequence[Expression], kinds: Sequence[str]) -> Expression:
    value = factors[0]
    for kind, factor in zip(kinds, factors[1:], strict=True):
        value = _step(value, kind, factor)
    return value


def _from_left(factors: Sequence[Expression], kinds: Sequence[str], own: str) -> Expression:
    value, run = factors[0], False
    for kind, factor in zip(kinds, factors[1:], strict=True):
        if kind != own:
            value = _step(value, kind, factor)
        else:
            value = FORMS[own](*value.args, factor) if run else FORMS[own](value, factor)
        run = kind == own
    return value


def _products_first(factors: Sequence[Expression], kinds: Sequence[str], own: str) -> Expression:
    runs: list[Expression] = []
    start = 0
    for position, kind in enumerate([*kinds, own]):
        if kind == own:
            runs.append(_run(factors[start : position + 1], kinds[start:position]))
            start = position + 1
    return FORMS[own](*runs)


def _scales(factors: Sequence[Expression], kinds: Sequence[str], own: str) -> bool:
    """Whether every product of another kind has a scalar in it, so that the order does not matter."""
    pairs = zip(kinds, factors, factors[1:], strict=False)
    return all(kind == own or _is_number(left) or _is_number(right) for kind, left, right in pairs)


def _is_number(factor: Expression) -> bool:
    own = shape(factor)
    return not isinstance(own, Mismatch) and is_scalar(own)
