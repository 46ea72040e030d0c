r"""Factors with signs between them: which of ``\cdot``, ``\odot`` and ``/`` is taken first.

They are of one strength and taken from the left. Where ``\odot`` and a product of matrices are mixed
without parentheses, the reading that fits the shapes is taken; if two fit, the writer must say which.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Add, Expression, Hadamard, Mismatch, Mul, latex, shape
from verify.language.shape import is_scalar
from verify.read.alphabet import HADAMARD
from verify.read.errors import ReadError
from verify.read.notes import Notes


def total(terms: Sequence[Expression]) -> Expression:
    """The sum of terms, as ``+`` builds it."""
    first = terms[0]
    return first if len(terms) == 1 else Add(*(first.terms if isinstance(first, Add) else (first,)), *terms[1:])


def product(factors: Sequence[Expression]) -> Expression:
    """The product of factors, as ``*`` builds it."""
    first = factors[0]
    return first if len(factors) == 1 else Mul(*(first.factors if isinstance(first, Mul) else (first,)), *factors[1:])


def joined(factors: Sequence[Expression], signs: Sequence[str], notes: Notes, offset: int) -> Expression:
    """The product of factors with signs between them.

    Raises :class:`ReadError` where parentheses are needed to tell what is meant.
    """
    entrywise = [sign in HADAMARD for sign in signs]
    if not any(entrywise):
        return _run(factors, signs)
    if all(entrywise):
        return Hadamard(*factors)
    from_left = _from_left(factors, signs)
    products_first = _products_first(factors, signs)
    if from_left == products_first or _scales(factors, signs):
        return from_left
    fits = [each for each in (from_left, products_first) if not isinstance(shape(each), Mismatch)]
    if len(fits) == 2:
        raise ReadError(r"\odot and a product without parentheses", offset, expected="parentheses")
    if not fits:
        return products_first
    notes.assume(f"read as {latex(fits[0])}")
    return fits[0]


def _run(factors: Sequence[Expression], signs: Sequence[str]) -> Expression:
    value = factors[0]
    for sign, factor in zip(signs, factors[1:], strict=True):
        value = value / factor if sign == "/" else value * factor
    return value


def _from_left(factors: Sequence[Expression], signs: Sequence[str]) -> Expression:
    value, run = factors[0], False
    for sign, factor in zip(signs, factors[1:], strict=True):
        if sign not in HADAMARD:
            value = value / factor if sign == "/" else value * factor
        else:
            value = Hadamard(*value.args, factor) if run else Hadamard(value, factor)
        run = sign in HADAMARD
    return value


def _products_first(factors: Sequence[Expression], signs: Sequence[str]) -> Expression:
    runs: list[Expression] = []
    start = 0
    for position, sign in enumerate([*signs, r"\odot"]):
        if sign in HADAMARD:
            runs.append(_run(factors[start : position + 1], signs[start:position]))
            start = position + 1
    return Hadamard(*runs)


def _scales(factors: Sequence[Expression], signs: Sequence[str]) -> bool:
    """Whether every product that is not entrywise has a scalar in it, so that the order does not matter."""
    for sign, left, right in zip(signs, factors, factors[1:], strict=False):
        shapes = [shape(left), shape(right)]
        if sign not in HADAMARD and not any(not isinstance(each, Mismatch) and is_scalar(each) for each in shapes):
            return False
    return True
