"""Where a statement is defined: denominators that may vanish, logarithms of what may not be positive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from flint import fmpq

from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    Content,
    DeltaForm,
    DivisorForm,
    Exponent,
    InverseForm,
    Monomial,
    Poly,
    SumForm,
)
from verify.kernel.contents import subterms
from verify.kernel.division import cleared, factored
from verify.kernel.lift import lift
from verify.kernel.normal import NormalForm
from verify.kernel.operations import cases
from verify.kernel.ring import Ring
from verify.kernel.squares import is_shown
from verify.kernel.statement import Statement
from verify.kernel.term import Exp, Idx, Inverse, Log, Mean, Mul, OutOfBudget, Pow, Term, Undefined, Unsupported
from verify.language import Entry, Expression, Power
from verify.language.verdict import AtLeast, Condition, Invertible, Nonzero, Positive

Shown = Callable[[Poly], Expression]


def conditions(stated: Statement) -> tuple[Condition, ...]:
    """What must hold for both sides to be defined, as far as the signs of terms do not show it."""
    forms = NormalForm(Ring(stated.known.facts))
    shown = partial(lift, dependents=stated.dependents)
    given = _given(stated, forms)
    found: dict[str, Condition] = {}
    for term in stated.partial:
        for condition in _of_term(term, forms, shown, given):
            found.setdefault(str(condition), condition)
    return tuple(found[text] for text in sorted(found)) + _sizes(stated)


def takes_a_root_of_zero(stated: Statement) -> bool:
    """Whether a root is taken of what may be 0: there it is 0, although the logarithm in it has no value.

    An equation, or an inequality that is not strict, holds there too, since both sides are continuous.
    """
    forms = NormalForm(Ring(stated.known.facts))
    given = _given(stated, forms)
    exponents = [each.argument for side in stated.terms for each in subterms(side) if isinstance(each, Exp)]
    factors = [each.factors if isinstance(each, Mul) else (each,) for each in exponents]
    roots = [each for several in factors for each in several if isinstance(each, Log)]
    shown = partial(lift, dependents=stated.dependents)
    return any(_of_term(each, forms, shown, given) for each in roots)


def _of_term(term: Term, forms: NormalForm, shown: Shown, given: frozenset[Content]) -> list[Condition]:
    match term:
        case Pow(exponent=exponent) if exponent < 0:
            return _nonzero(forms.of(term.base), forms.ring, shown)
        case Log():
            argument = forms.of(term.argument)
            positive = all(_is_positive(forms.ring, case) for case in cases(argument))
            return [] if positive else [Positive(shown(argument))]
        case Inverse():
            return _invertible(forms.of(_anywhere(term, forms.ring)), forms.ring, shown, given)
        case Mean():
            raise Unsupported("the expectation of a quotient or logarithm of random numbers")
        case _:
            return []


def _given(stated: Statement, forms: NormalForm) -> frozenset[Content]:
    """The matrices whose inverses stand in a hypothesis: where that holds, they have one."""
    hypotheses = (side for equation in stated.known.equations for side in (equation.left, equation.right))
    inverses = (each for side in hypotheses for each in subterms(side) if isinstance(each, Inverse))
    entries = (forms.of(_anywhere(each, forms.ring)) for each in inverses)
    atoms = (atom for entry in entries for monomial in entry for atom, _ in monomial)
    return frozenset(atom.form.body for atom in atoms if isinstance(atom.form, InverseForm))


def _anywhere(term: Inverse, ring: Ring) -> Inverse:
    """The entry at any row and column: one that is zero for all matrices asks for an inverse all the same."""
    row, column = (ring.fresh(index.extent) if isinstance(index, Idx) else index for index in term.slot.indices)
    return Inverse(row, column, term.slot)


def _with_factors_of_sums(monomial: Monomial) -> Iterator[tuple[Atom, Exponent]]:
    """The powers in a monomial, and those of inverses in the sums that it has: as in B^-1 A^-1."""
    for atom, exponent in monomial:
        yield atom, exponent
        if isinstance(atom.form, SumForm):
            yield from (each for each in atom.form.body if isinstance(each[0].form, InverseForm))


def _invertible(entry: Poly, ring: Ring, shown: Shown, given: frozenset[Content]) -> list[Condition]:
    """That each matrix whose inverse is in an entry has one, and no number that it is divided by is 0."""
    found: dict[str, Condition] = {}
    for monomial in entry:
        for atom, exponent in _with_factors_of_sums(monomial):
            if isinstance(atom.form, InverseForm):
                if atom.form.body in given:
                    continue
                inverse = shown({((ring.atom(atom.form), 1),): fmpq(1)})
                assert isinstance(inverse, Entry)
                assert isinstance(inverse.tensor, Power)
                condition = Invertible(inverse.tensor.base)
                found[str(condition)] = condition
            elif exponent < 0:
                divisor = dict(atom.form.polynomial) if isinstance(atom.form, DivisorForm) else ring.of(atom.form)
                if not ring.is_never_zero(divisor):
                    found[str(Nonzero(shown(divisor)))] = Nonzero(shown(divisor))
    return list(found.values())


def _nonzero(poly: Poly, ring: Ring, shown: Shown) -> list[Condition]:
    """One condition for each factor that may vanish."""
    if not poly:
        raise Undefined("a division by zero")
    if any(isinstance(atom.form, DeltaForm) for monomial in poly for atom, _ in monomial):
        found = [_nonzero(case, ring, shown) if case else [Nonzero(shown(poly))] for case in cases(poly)]
        return [Nonzero(shown(poly))] if any(found) else []
    numerator, _ = cleared(ring, poly)
    if ring.is_never_zero(numerator):
        return []
    common, _, factors = factored(ring, numerator)
    conditions: list[Condition] = []
    for atom, exponent in common:
        factor = ring.of(atom.form)
        if exponent > 0 and not ring.is_never_zero(factor):
            conditions.append(Nonzero(shown(factor)))
    conditions += [Nonzero(shown(dict(factor))) for factor, _ in factors if not _is_never_zero(ring, dict(factor))]
    return conditions


def _is_never_zero(ring: Ring, factor: Poly) -> bool:
    """Whether a factor has one sign wherever it is defined: by the signs of its terms, or by squares."""
    turned = ring.scaled(factor, fmpq(-1))
    return ring.is_never_zero(factor) or any(is_shown(ring, each, strict=True) for each in (factor, turned))


def _is_positive(ring: Ring, poly: Poly) -> bool:
    """Whether a quotient is positive: numerator and divisors are, by the signs of their terms or of their factors.

    It has the sign of their product, which may also be shown by squares.
    """
    numerator, denominator = cleared(ring, poly)
    if ring.is_positive(numerator) and ring.is_positive({denominator: fmpq(1)}):
        return True
    product = ring.product(numerator, ring.monomial(denominator))
    return _is_product_of_signs(ring, product) or is_shown(ring, product, strict=True)


def _is_product_of_signs(ring: Ring, poly: Poly) -> bool:
    """Whether every factor of a polynomial has one sign wherever it is defined, and an even number is negative."""
    try:
        common, constant, found = factored(ring, poly) if poly else (CONSTANT, fmpq(-1), [])
    except OutOfBudget:
        return False
    factors: list[tuple[Poly, Exponent]] = [({((atom, 1),): fmpq(1)}, exponent) for atom, exponent in common]
    factors += [(dict(factor), multiplicity) for factor, multiplicity in found]
    negative = constant < 0
    for factor, multiplicity in factors:
        if not ring.is_never_zero(factor):
            return False
        negative ^= multiplicity % 2 == 1 and not ring.is_positive(factor)
    return not negative


def _sizes(stated: Statement) -> tuple[Condition, ...]:
    """An entry x_2 needs n >= 2."""
    return tuple(AtLeast(name, needed) for name, needed in stated.needed)
