r"""Derivatives as they are written: ``\frac{\partial y}{\partial x}``, ``\frac{d}{dx} …``, in the layout of a question.

The language has one derivative, shaped like its variable for a scalar and with outputs as rows for a
vector: the layout ``mixed``. The other layouts are that one, transposed where they differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from verify.language import (
    Defined,
    Dependent,
    Derivative,
    Entry,
    Expression,
    Index,
    Mismatch,
    Name,
    Transpose,
    latex,
    shape,
)
from verify.language.binders import Array
from verify.language.layers import Leveled, Member, Recursive
from verify.language.shape import base_of, is_scalar, long_axes
from verify.read.apply import bound
from verify.read.conventions import Layout
from verify.read.dependence import depends
from verify.read.errors import ReadError
from verify.read.notes import Notes
from verify.read.source import Span
from verify.read.syntax import Group, Joined, Juxtaposed, Numeral, Scripted, Signed, Symbol, Syntax, parts_of

PARTIAL = r"\partial"
UPRIGHT = r"\mathrm{d}"
MARKS = frozenset({PARTIAL, UPRIGHT, "d"})


MOST_ORDERS = 4


@dataclass(frozen=True)
class Differential:
    """What is derived (nothing, for an operator that stands before it), and the variables, the last one first."""

    quantity: tuple[Syntax, ...]
    variables: tuple[Syntax, ...]
    mark: str
    at: Span


def differential(above: Syntax, below: Syntax, at: Span) -> Differential | None:
    r"""The derivative that a fraction is, or nothing for a quotient.

    Raises :class:`ReadError` where the variable is not one thing, and where the orders above and below differ.
    """
    head, derived = _taken_apart(above)
    first, second = _mark(head), _mark(below)
    if first is None or second is None or (first == PARTIAL) != (second == PARTIAL):
        return None
    if derived and first == "d" and not isinstance(above, Juxtaposed):
        return None
    quantity, order = derived, _order(head)
    variables = _variables(parts_of(below))
    if variables is None or order is None:
        if PARTIAL in (first, second) and len(parts_of(below)) > 2:
            raise ReadError(
                "more than one thing to differentiate by", parts_of(below)[2].at.start, expected="one variable"
            )
        return None
    if len(variables) != order:
        if PARTIAL not in (first, second):
            return None
        says = f"derived {order} times above and {len(variables)} times below"
        raise ReadError(says, at.start, expected=r"\frac{\partial^2 f}{\partial x \partial y}")
    return Differential(quantity, variables, first, at)


def _taken_apart(above: Syntax) -> tuple[Syntax, tuple[Syntax, ...]]:
    r"""The mark and what is derived: all that stands above the bar, as in ``\partial a + b``, ``\partial -\log p``."""
    match above:
        case Juxtaposed(parts=(head, *rest)):
            return head, tuple(rest)
        case Joined(factors=(first, *others)) if not any(_mark(each) for each in others):
            head, inner = _taken_apart(first)
            whole = (_beside(inner, first.at), *others)
            return (head, (replace(above, factors=whole),)) if inner else (above, ())
        case Signed(terms=((1, first), *others)) if not any(_mark(_leading(each)) for _, each in others):
            head, inner = _taken_apart(first)
            terms = ((1, _beside(inner, first.at)), *others) if inner else tuple(others)
            return head, (replace(above, terms=terms),)
        case _:
            return above, ()


def _beside(parts: tuple[Syntax, ...], at: Span) -> Syntax:
    return parts[0] if len(parts) == 1 else Juxtaposed(parts, at)


def _leading(node: Syntax) -> Syntax:
    """What a term begins with."""
    return _leading(node.factors[0]) if isinstance(node, Joined) else parts_of(node)[0] if parts_of(node) else node


def _order(head: Syntax) -> int | None:
    r"""How many times is derived: 2 for ``\partial^2``."""
    if not isinstance(head, Scripted):
        return 1
    known = isinstance(head.above, Numeral) and head.above.text.isdigit() and int(head.above.text) <= MOST_ORDERS
    return int(head.above.text) if known and isinstance(head.above, Numeral) else None


def _variables(parts: tuple[Syntax, ...]) -> tuple[Syntax, ...] | None:
    """The variables below: ``x``, ``x^2`` for x twice, ``x`` and ``y`` with a mark before each."""
    found: list[Syntax] = []
    if len(parts) == 3 and isinstance(parts[2], Group) and parts[2].opened == "(" and _mark(parts[1]) is None:
        parts = (parts[0], Juxtaposed(parts[1:], parts[1].at.to(parts[2].at)))
    if len(parts) < 2 or len(parts) % 2:
        return None
    for mark, variable in zip(parts[::2], parts[1::2], strict=True):
        if _mark(mark) is None or isinstance(mark, Scripted):
            return None
        match variable:
            case Scripted(above=Numeral(text=text)) if text.isdigit() and 1 < int(text) <= MOST_ORDERS:
                plain = replace(variable, above=None)
                found += [plain if plain.below or plain.primes else plain.base] * int(text)
            case _:
                found.append(variable)
    return tuple(found)


def _mark(node: Syntax) -> str | None:
    parts = parts_of(node)
    head = parts[0] if parts else node
    if isinstance(head, Scripted) and not head.below and not head.primes:
        head = head.base
    return head.letter if isinstance(head, Symbol) and head.letter in MARKS and not head.accents else None


def is_variable(variable: Expression) -> bool:
    """Whether something can be derived by as it is: a name, an entry of one, or a row or column of a matrix."""
    return isinstance(base_of(variable), Name | Defined | Member | Leveled | Recursive) or _slice(variable) is not None


def derivative(quantity: Expression, variable: Expression, layout: Layout, notes: Notes, at: Span) -> Expression:
    """The derivative in the layout that the question asks for; a doubt where nothing depends on the variable.

    Raises :class:`ReadError` for a variable that is none.
    """
    sliced = _by_slice(quantity, variable, layout, notes, at)
    if sliced is not None:
        return sliced
    base = base_of(variable)
    if not is_variable(variable) or not isinstance(base, Name | Defined | Member | Leveled | Recursive):
        says = f"{latex(variable)} is no variable to differentiate by"
        raise ReadError(says, at.start, expected="a name, or an entry of one")
    if _varies(quantity) and not depends(quantity, base):
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


def _by_slice(quantity: Expression, variable: Expression, layout: Layout, notes: Notes, at: Span) -> Expression | None:
    r"""The derivative of a number by a row or a column of a matrix, ``\frac{\partial J}{\partial u_k}``.

    It is made of the entries. Nothing for any other variable.
    """
    found, scalar = _slice(variable, f"@{at.start}"), shape(quantity)
    if found is None or isinstance(scalar, Mismatch) or not is_scalar(scalar):
        return None
    entry, along = found
    column = bound(Array, derivative(quantity, entry, layout, notes, at), along)
    notes.layout = True
    return Transpose(column) if isinstance(variable, Transpose) != (layout == "numerator") else column


def _slice(variable: Expression, mark: str = "@") -> tuple[Entry, Index] | None:
    """The entry of a matrix that stands in a row or a column of it, and the index that runs along."""
    column = variable.argument if isinstance(variable, Transpose) else variable
    if not isinstance(column, Array) or len(column.dimensions) > 1:
        return None
    along = Index(f"{column.hints[0]}{mark}", column.dimensions[0])
    entry = column.opened(along)
    if not isinstance(entry, Entry) or along not in entry.subscripts:
        return None
    turned = isinstance(entry.tensor, Transpose)
    return (Entry(entry.tensor.args[0], *reversed(entry.subscripts)) if turned else entry), along


def _varies(quantity: Expression) -> bool:
    """Whether a quantity is anything but a number that is written out."""
    return bool(quantity.atoms(Name, Defined, Dependent, Member, Leveled, Recursive))
