"""Terms with the value of a normal form, for certificates: its atoms as they were before they were atoms."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from flint import fmpq

from verify.kernel.atoms import (
    Atom,
    DeltaForm,
    DepForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    Exponent,
    FnForm,
    LogForm,
    MaxForm,
    Monomial,
    SizeForm,
    SumForm,
)
from verify.kernel.term import (
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Log,
    Max,
    Num,
    Pow,
    Size,
    Slot,
    Sum,
    Term,
    Unsupported,
    add,
    mul,
)


def of_poly(poly: Iterable[tuple[Monomial, fmpq]]) -> Term:
    """The term of a polynomial, given by its monomials with their coefficients."""
    return add(mul(Num(Fraction(int(c.p), int(c.q))), of_monomial(monomial)) for monomial, c in poly)


def of_monomial(monomial: Monomial) -> Term:
    """The term of a product of powers of atoms."""
    return mul(*(_power(atom, exponent) for atom, exponent in monomial))


def _power(atom: Atom, exponent: Exponent) -> Term:
    if isinstance(atom.form, ExpForm):
        return Exp(mul(Num(Fraction(exponent)), of_monomial(atom.form.power)))
    if not isinstance(exponent, int):
        raise Unsupported("a root in a certificate")
    return of_atom(atom) if exponent == 1 else Pow(of_atom(atom), exponent)


def of_atom(atom: Atom) -> Term:
    """The term of an atom; raises :class:`Unsupported` for those of which no certificate speaks."""
    match atom.form:
        case EntryForm(variable=variable, subscripts=subscripts):
            return Entry(variable, subscripts)
        case DeltaForm(row=row, column=column):
            return Delta(row, column)
        case SizeForm(name=name):
            return Size(Extent((((name,), 1),)))
        case ExpForm(power=power):
            return Exp(of_monomial(power))
        case LogForm(argument=argument):
            return Log(of_poly(argument))
        case SumForm(over=over, body=body):
            term = of_monomial(body)
            for index in reversed(over):
                term = Sum(index, term)
            return term
        case FnForm(symbol=symbol, order=order, argument=argument):
            return Fn(symbol, order, of_poly(argument))
        case DepForm(symbol=symbol, by=by, slots=slots):
            return Dep(symbol, by, tuple(Slot(indices, of_poly(body)) for indices, body in slots))
        case MaxForm(over=over, body=body):
            return Max(over, of_poly(body))
        case DivisorForm(polynomial=polynomial):
            return of_poly(polynomial)
        case form:
            raise Unsupported(f"a {type(form).__name__} in a certificate")
