"""What shows a limit, for certificates: the value as a quotient of polynomials in functions whose growth is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flint import fmpq

from verify.kernel.atoms import Atom, ExpForm, LogForm, Poly
from verify.kernel.division import cleared
from verify.kernel.growth import Approach, base_of, is_power_of_variable
from verify.kernel.limits import is_by_leading_terms
from verify.kernel.normal import NormalForm
from verify.kernel.ranges import Quotient, exponent_of, without_negative_powers
from verify.kernel.ring import Ring, minus
from verify.kernel.serial import Json, Table
from verify.kernel.statement import Statement
from verify.kernel.term import Undefined, Unsupported
from verify.kernel.terms_of import of_atom


def growth_evidence(stated: Statement, towards: Approach, table: Table) -> Json | None:
    """The left side as a quotient; nothing where its largest terms cancel, or it has what none speaks of."""
    ring = Ring()
    with suppress(Unsupported, Undefined):
        if not is_by_leading_terms(stated, towards):
            return None
        return _quotient(ring, NormalForm(ring).of(stated.left), towards, table)
    return None


def _quotient(ring: Ring, poly: Poly, towards: Approach, table: Table) -> Json:
    numerator, denominator = cleared(ring, poly)
    parts = without_negative_powers(Quotient(numerator, ring.monomial(denominator)))
    atoms = parts.atoms
    if any(
        exponent_of(each, atom).denominator > 1 for own in (parts.above, parts.below) for each in own for atom in atoms
    ):
        raise Unsupported("a root in the certificate of a limit")
    return {
        "functions": [dict(_function(ring, atom, towards, table)) for atom in atoms],
        **{
            name: [[str(c), [int(exponent_of(each, atom)) for atom in atoms]] for each, c in own.items()]
            for name, own in (("above", parts.above), ("below", parts.below))
        },
    }


def _function(ring: Ring, atom: Atom, towards: Approach, table: Table) -> Iterator[tuple[str, Json]]:
    """A function by its place, and what tells how it grows."""
    yield "place", table.place(of_atom(atom))
    match atom.form:
        case ExpForm(power=power) if is_power_of_variable(power, towards):
            yield "rate", "1"
        case ExpForm(power=power):
            yield "base", str(base_of(power, towards, 1))
        case LogForm(argument=argument):
            yield "argument", _quotient(ring, dict(argument), towards, table)
            less = minus(dict(argument), ring.constant(fmpq(1)))
            if less:
                yield "less_one", _quotient(ring, less, towards, table)
        case _:
            pass
