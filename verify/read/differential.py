r"""Derivatives as they are written: ``\frac{\partial y}{\partial x}``, ``\frac{d}{dx} …``, in the layout of a question.

The language has one derivative, shaped like its variable for a scalar and with outputs as rows for a
vector: the layout ``mixed``. The other layouts are that one, transposed where they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verify.language import Defined, Dependent, Derivative, Expression, Mismatch, Name, Transpose, latex, shape
from verify.language.shape import base_of, is_scalar, long_axes
from verify.read.apply import occurs
from verify.read.errors import ReadError
from verify.read.notes import Notes
from verify.read.source import Span
from verify.read.syntax import Scripted, Symbol, Syntax, parts_of

Layout = Literal["mixed", "denominator", "numerator"]
LAYOUTS: tuple[Layout, ...] = ("mixed", "denominator", "numerator")

PARTIAL = r"\partial"
UPRIGHT = r"\mathrm{d}"
MARKS = frozenset({PARTIAL, UPRIGHT, "d"})


@dataclass(frozen=True)
class Differential:
    """What is derived (nothing, for an operator that stands before it), and the variable."""

    quantity: tuple[Syntax, ...]
    variable: Syntax
    mark: str
    at: Span


def differential(above: Syntax, below: Syntax, at: Span) -> Differential | None:
    r"""The derivative that a fraction is, or nothing for a quotient.

    Raises :class:`ReadError` for derivatives of a higher order, and where the variable is not one thing.
    """
    first, second = _mark(above), _mark(below)
    if first is None or second is None or (first == PARTIAL) != (second == PARTIAL):
        return None
    quantity, variable = parts_of(above)[1:], parts_of(below)[1:]
    if isinstance(parts_of(above)[0], Scripted) or isinstance(parts_of(below)[0], Scripted):
        raise ReadError("second derivatives are not read yet", at.start)
    if not variable:
        return None
    if any(_mark(part) in (PARTIAL, UPRIGHT) for part in variable):
        raise ReadError("second derivatives are not read yet", at.start)
    if len(variable) > 1:
        if PARTIAL not in (first, second):
            return None
        raise ReadError("more than one thing to differentiate by", variable[1].at.start, expected="one variable")
    return Differential(quantity, variable[0], first, at)


def _mark(node: Syntax) -> str | None:
    parts = parts_of(node)
    head = parts[0] if parts else node
    if isinstance(head, Scripted) and not head.below and not head.primes:
        head = head.base
    return head.letter if isinstance(head, Symbol) and head.letter in MARKS and not head.accents else None


def derivative(quantity: Expression, variable: Expression, layout: Layout, notes: Notes, at: Span) -> Expression:
    """The derivative in the layout that the question asks for; a doubt where nothing depends on the variable.

    Raises :class:`ReadError` for a variable that is none.
    """
    base = base_of(variable)
    if not isinstance(base, Name | Defined):
        says = f"{latex(variable)} is no variable to differentiate by"
        raise ReadError(says, at.start, expected="a name, or an entry of one")
    if not occurs(base, quantity) and _varies(quantity):
        notes.doubt(f"{latex(quantity)} does not depend on {latex(variable)}, as far as is said here")
    taken = Derivative(quantity, variable)
    above, below = shape(quantity), shape(variable)
    if isinstance(above, Mismatch) or isinstance(below, Mismatch) or (is_scalar(above) and is_scalar(below)):
        return taken
    notes.layout = True
    if layout == "mixed":
        return taken
    if len(long_axes(above)) + len(long_axes(below)) > 2:
        raise ReadError(f"a derivative with more than two axes has no {layout} layout", at.start)
    turned = is_scalar(above) == (layout == "numerator")
    return Transpose(taken) if turned else taken


def _varies(quantity: Expression) -> bool:
    """Whether a quantity is anything but a number that is written out."""
    return bool(quantity.atoms(Name, Defined, Dependent))
