"""Matrices that a hypothesis says to be symmetric, antisymmetric or diagonal: one name for what are equal entries.

``A = A^T`` holds entry by entry, so that A_ij and A_ji are one number, and every occurrence may be written with
its subscripts in order. Likewise A_ij = -A_ji for ``A = -A^T``, with A_ii = 0; and A_ij = delta_ij A_ii for a
diagonal matrix. Nothing else is concluded. A derivative by such a matrix is not taken: whether its equal entries
move together is a convention, and the usual ones give different gradients.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from verify import language as said
from verify.kernel.atoms import EntryForm, Monomial, Poly, monomial_key
from verify.kernel.places import variable_of
from verify.kernel.term import Ambiguous, Idx, Kind, Variable
from verify.language import Expression
from verify.language.shape import base_of


class Symmetry(Enum):
    """How the entry A_ij of a square matrix depends on A_ji."""

    SYMMETRIC = "symmetric"
    ANTISYMMETRIC = "antisymmetric"
    DIAGONAL = "diagonal"


@dataclass(frozen=True)
class Residuals:
    """What an equation says to be zero, in normal form: where its indices differ, and where all are equal."""

    apart: Poly
    together: Poly


def symmetry_in(said_to_vanish: Residuals) -> tuple[Variable, Symmetry] | None:
    """The symmetry that an equation says, if it says that and no more.

    A_ij - A_ji = 0 for i and j that differ, and nothing for i = j, is a symmetry; A_ij + A_ji = 0 and A_ii = 0 an
    antisymmetry; A_ij = 0, and nothing for i = j, is what is said of a diagonal matrix.
    """
    terms = sorted(said_to_vanish.apart.items(), key=lambda term: monomial_key(term[0]))
    entries = [form for form in map(_lone_entry, said_to_vanish.apart) if form is not None]
    if not 1 <= len(terms) <= 2 or len(entries) < len(terms):
        return None
    first, last = entries[0], entries[-1]
    if not _is_general(first) or last.variable != first.variable:
        return None
    if len(terms) == 1:
        return None if said_to_vanish.together else (first.variable, Symmetry.DIAGONAL)
    signs = {coefficient for _, coefficient in terms}
    if last.subscripts != first.subscripts[::-1] or len({abs(sign) for sign in signs}) > 1:
        return None
    if len(signs) == 2:
        return None if said_to_vanish.together else (first.variable, Symmetry.SYMMETRIC)
    own = [form for form in map(_lone_entry, said_to_vanish.together) if form is not None]
    alone = len(own) == len(said_to_vanish.together) == 1 and own[0].variable == first.variable
    return (first.variable, Symmetry.ANTISYMMETRIC) if alone and len(set(own[0].subscripts)) == 1 else None


def _lone_entry(monomial: Monomial) -> EntryForm | None:
    """The entry that a monomial is, if it is one."""
    form = monomial[0][0].form if len(monomial) == 1 and monomial[0][1] == 1 else None
    return form if isinstance(form, EntryForm) else None


def _is_general(form: EntryForm) -> bool:
    """Whether an entry is that of every row and column of a square matrix, by two different free indices."""
    subscripts, axes = form.subscripts, form.variable.axes
    if len(subscripts) != 2 or subscripts[0] == subscripts[1] or axes[0] != axes[1]:
        return False
    pairs = zip(subscripts, axes, strict=True)
    return all(isinstance(each, Idx) and each.kind is Kind.FREE and each.extent == axis for each, axis in pairs)


def require_free(sides: Iterable[Expression], tied: Iterable[tuple[Variable, Symmetry]]) -> None:
    """Raise :class:`Ambiguous` where a side has a derivative by a matrix whose entries are not independent."""
    known = dict(tied)
    if not known:
        return
    for side in sides:
        for node in sorted(side.atoms(said.Derivative, said.Vjp), key=str):
            assert isinstance(node, said.Derivative | said.Vjp)
            base = base_of(node.variable)
            kind = known.get(variable_of(base)) if isinstance(base, said.Name) else None
            if kind is not None:
                raise Ambiguous(
                    f"a derivative by {base}, which is given as {kind.value}: whether entries that depend on one "
                    "another move together is a convention, on which the value depends"
                )
