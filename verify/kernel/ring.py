"""The ring of normal forms: Laurent polynomials with rational coefficients over interned atoms.

A ring belongs to one link. It interns atoms, counts steps against a budget, and knows the hypotheses:
which variables are positive, and which sums have a known value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flint import fmpq

from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    Content,
    DeltaForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    Exponent,
    Form,
    MaxForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    content,
    monomial_of,
)
from verify.kernel.budget import Budget
from verify.kernel.randomness import Chances
from verify.kernel.symmetry import Symmetry
from verify.kernel.term import Extent, Idx, Kind, OutOfBudget, Term, Variable

STEPS = 400_000


@dataclass(frozen=True)
class Facts:
    """What the hypotheses say: positive variables, sums of one over an axis, numbers with a meaning, what is random.

    Of a square matrix also whether it is symmetric, antisymmetric or diagonal; lower bounds of dimensions; what is
    said to be above 0 without being a name; variables that are at least 0; and what is divided by, and so is not 0.
    """

    positive: frozenset[Variable] = frozenset()
    sums: tuple[tuple[Variable, int, fmpq], ...] = ()
    meanings: tuple[tuple[Variable, Term], ...] = ()
    chances: Chances = field(default_factory=Chances)
    symmetries: tuple[tuple[Variable, Symmetry], ...] = ()
    least: tuple[tuple[str, int], ...] = ()
    above: tuple[Term, ...] = ()
    nonnegative: frozenset[Variable] = frozenset()
    divided_by: tuple[Term, ...] = ()


class Ring:
    """Atoms of one link, with arithmetic on polynomials in them."""

    def __init__(self, facts: Facts | None = None, steps: int = STEPS) -> None:
        self.facts = facts or Facts()
        self.symmetries = dict(self.facts.symmetries)
        self._budget = Budget(steps)
        self._atoms: dict[Form, Atom] = {}
        self._fresh = 0
        self.has_deltas = self._has_divisors = False
        self._nested = 0
        self._known_positive: set[Content] = set()
        self._known_nonzero: set[Content] = set()
        self.factored: dict[object, tuple[Monomial, fmpq, list[tuple[Content, int]]]] = {}
        self.renamed: dict[tuple[Atom, tuple[tuple[Idx, object], ...]], Poly] = {}

    def spend(self, steps: int = 1) -> None:
        """Count steps; raise :class:`OutOfBudget` when there are none left."""
        self._budget.spend(steps)

    @contextmanager
    def within(self, most: int) -> Iterator[None]:
        """A rule that is applied within itself, at most so many times; raises :class:`OutOfBudget` beyond."""
        if self._nested >= most:
            raise OutOfBudget
        self._nested += 1
        try:
            yield
        finally:
            self._nested -= 1

    def fresh(self, extent: Extent) -> Idx:
        """A new index, for a binder that is being opened."""
        self._fresh += 1
        return Idx(Kind.FRESH, "opened", self._fresh, extent)

    def atom(self, form: Form) -> Atom:
        """The one atom of this form."""
        known = self._atoms.get(form)
        if known is None:
            known = self._atoms[form] = Atom(form, len(self._atoms))
            self.has_deltas |= known.is_delta
            self._has_divisors |= known.is_divisor
        return known

    def of(self, form: Form, exponent: Exponent = 1) -> Poly:
        """The polynomial that is a power of one atom."""
        return {((self.atom(form), exponent),): fmpq(1)}

    def constant(self, value: fmpq | int) -> Poly:
        """A constant polynomial."""
        return {CONSTANT: fmpq(value)} if value else {}

    def size(self, extent: Extent) -> Poly:
        """A dimension as a polynomial."""
        total: Poly = {}
        for names, coefficient in extent.monomials:
            powers: dict[Atom, Exponent] = {}
            for name in names:
                atom = self.atom(SizeForm(name))
                powers[atom] = powers.get(atom, 0) + 1
            total[monomial_of(powers)] = fmpq(coefficient.numerator, coefficient.denominator)
        return total

    def sum(self, polys: Iterable[Poly]) -> Poly:
        """The sum of polynomials."""
        total: Poly = {}
        for poly in polys:
            add_into(total, poly)
        return total

    def product(self, left: Poly, right: Poly) -> Poly:
        """The product; divisors that cancel to positive powers are expanded, deltas are idempotent."""
        if len(left) > len(right):
            left, right = right, left
        self.spend(len(left) * len(right))
        total: Poly = {}
        for first, one in left.items():
            if not first and not total:
                total = self.scaled(right, one)
                continue
            for second, other in right.items():
                _accumulate(total, self.join(first, second), one * other)
        return self._settled(total)

    def join(self, left: Monomial, right: Monomial) -> Monomial:
        """The product of monomials, not yet settled."""
        if not left or not right:
            return left or right
        if not self.has_deltas:
            if left[-1][0].serial < right[0][0].serial:
                return left + right
            if right[-1][0].serial < left[0][0].serial:
                return right + left
        powers = dict(left)
        for atom, exponent in right:
            powers[atom] = 1 if atom.is_delta else powers.get(atom, 0) + exponent
        return monomial_of(powers)

    def monomial(self, monomial: Monomial) -> Poly:
        """A monomial as a polynomial, settled."""
        return self._settled({monomial: fmpq(1)})

    def scaled(self, poly: Poly, factor: fmpq) -> Poly:
        """A rational multiple."""
        if factor == 1:
            return dict(poly)
        return {monomial: c * factor for monomial, c in poly.items()} if factor else {}

    def power(self, poly: Poly, exponent: int) -> Poly:
        """A power with a whole exponent, not negative."""
        result = self.constant(1)
        for _ in range(exponent):
            result = self.product(result, poly)
        return result

    def _settled(self, poly: Poly) -> Poly:
        """Positive powers of divisors expanded."""
        if not self._has_divisors or not any(map(_unsettled, poly)):
            return poly
        total: Poly = {}
        for monomial, coefficient in poly.items():
            expanded: Poly = {tuple(p for p in monomial if not _is_raised(p)): coefficient}
            for atom, exponent in filter(_is_raised, monomial):
                assert isinstance(atom.form, DivisorForm)
                expanded = self.product(expanded, self.power(dict(atom.form.polynomial), int(exponent)))
            add_into(total, expanded)
        return total

    def assume_positive(self, poly: Poly) -> None:
        """Take a polynomial to be positive, as a hypothesis says."""
        self._known_positive.add(_primitive(poly))

    def assume_nonzero(self, poly: Poly) -> None:
        """Take a polynomial not to be 0, as it is divided by."""
        self._known_nonzero |= {_primitive(poly), _primitive(self.scaled(poly, fmpq(-1)))}

    def is_given_nonzero(self, poly: Poly) -> bool:
        """Whether a polynomial is a multiple of one that is divided by."""
        return bool(poly) and bool(self._known_nonzero) and _primitive(poly) in self._known_nonzero

    def is_positive(self, poly: Poly) -> bool:
        """Whether a polynomial is positive wherever it is defined: by the signs of its terms, or as it is given."""
        by_signs = all(c > 0 and self.is_not_negative(monomial) for monomial, c in poly.items())
        by_signs = by_signs and any(map(self._positive_monomial, poly))
        return bool(poly) and (by_signs or self._is_given_positive(poly))

    def is_never_zero(self, poly: Poly) -> bool:
        """Whether a polynomial is positive wherever it is defined, or negative wherever it is defined."""
        return self.is_positive(poly) or self.is_positive(self.scaled(poly, fmpq(-1)))

    def _is_given_positive(self, poly: Poly) -> bool:
        return bool(self._known_positive) and _primitive(poly) in self._known_positive

    def _positive_monomial(self, monomial: Monomial) -> bool:
        return all(self.positive_atom(atom) for atom, _ in monomial)

    def positive_atom(self, atom: Atom) -> bool:
        """Whether an atom is positive: e to a power, a dimension, a positive variable, a sum of positive terms."""
        match atom.form:
            case ExpForm() | SizeForm():
                return True
            case EntryForm(variable=variable):
                known = variable in self.facts.positive
            case SumForm(body=body):
                known = self._positive_monomial(body)
            case DivisorForm(polynomial=parts) | MaxForm(body=parts):
                known = self.is_positive(dict(parts))
            case _:
                known = False
        return known or self._is_given_positive({((atom, 1),): fmpq(1)})

    def is_not_negative(self, monomial: Monomial) -> bool:
        """Whether a product of powers is at least 0 wherever it is defined."""
        return all(
            (isinstance(exponent, int) and exponent % 2 == 0)
            or self.positive_atom(atom)
            or self._not_negative_atom(atom)
            for atom, exponent in monomial
        )

    def _not_negative_atom(self, atom: Atom) -> bool:
        match atom.form:
            case DeltaForm():
                return True
            case EntryForm(variable=variable):
                return variable in self.facts.nonnegative
            case SumForm(body=body):
                return self.is_not_negative(body)
            case DivisorForm(polynomial=parts) | MaxForm(body=parts):
                return all(c > 0 and self.is_not_negative(monomial) for monomial, c in parts)
            case _:
                return False


def add_into(total: Poly, poly: Poly) -> None:
    """Add a polynomial to one that is being built."""
    for monomial, coefficient in poly.items():
        _accumulate(total, monomial, coefficient)


def minus(left: Poly, right: Poly) -> Poly:
    """The difference of polynomials."""
    total = dict(left)
    for monomial, coefficient in right.items():
        _accumulate(total, monomial, -coefficient)
    return total


def _accumulate(total: Poly, monomial: Monomial, coefficient: fmpq) -> None:
    value = total.get(monomial)
    value = coefficient if value is None else value + coefficient
    if value:
        total[monomial] = value
    else:
        total.pop(monomial, None)


def _primitive(poly: Poly) -> Content:
    """A polynomial as a value, up to a positive factor."""
    terms = content(poly)
    scale = abs(terms[0][1])
    return tuple((monomial, coefficient / scale) for monomial, coefficient in terms)


def _unsettled(monomial: Monomial) -> bool:
    for atom, exponent in monomial:  # noqa: SIM110 - far faster than any()
        if atom.is_divisor and exponent > 0:
            return True
    return False


def _is_raised(power: tuple[Atom, Exponent]) -> bool:
    return power[0].is_divisor and power[1] > 0
