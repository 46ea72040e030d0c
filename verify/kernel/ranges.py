"""The range of a normal form: its atoms as parameters whose ranges are known, reduced to one where that can be done.

A sum over an index is its own term (or its largest one) and the rest, rest > 0 for n >= 2; a maximum is its own entry
and a slack >= 0; a dimension is its lower bound and a slack. e to an entry takes all positive values. Where one
parameter is left, or the ratio of two positive ones, the range is exact; else signs of terms may still show that a
quotient is positive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from flint import fmpq
from sympy import Poly as SymPyPoly
from sympy import Rational

from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    EntryForm,
    ExpForm,
    Exponent,
    MaxForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    monomial_of,
    subscript_key,
)
from verify.kernel.binding import rename
from verify.kernel.division import cleared
from verify.kernel.ring import Ring, add_into
from verify.kernel.term import Extent, Subscript, Variable
from verify.kernel.univariate import AT_LEAST_ONE, NOT_NEGATIVE, PARAMETER, POSITIVE, REAL, Span, range_of

# Variables that are held at this number or a smaller one are parameters.
PARAMETER_HELD = -1000


@dataclass(frozen=True)
class Quotient:
    """Numerator over denominator, both polynomials with exponents that are not negative."""

    above: Poly
    below: Poly

    @property
    def atoms(self) -> list[Atom]:
        """The atoms in it, in order."""
        found = {atom for poly in (self.above, self.below) for monomial in poly for atom, _ in monomial}
        return sorted(found, key=lambda atom: atom.key)


@dataclass
class Parameters:
    """The ranges of parameters; ``free`` are those that take all of their values whatever the others are.

    ``meanings`` says of an atom that is split what it is in parameters, as a sum is one of its terms and the rest.
    """

    ring: Ring
    spans: dict[Atom, Span] = field(default_factory=dict)
    free: set[Atom] = field(default_factory=set)
    meanings: list[tuple[Atom, Poly]] = field(default_factory=list)

    def new(self, symbol: str, span: Span) -> Atom:
        """A parameter of its own."""
        atom = self.ring.atom(EntryForm(Variable(symbol, (), held=PARAMETER_HELD - len(self.spans)), ()))
        self.spans[atom] = span
        self.free.add(atom)
        return atom

    def span(self, atom: Atom) -> Span:
        """What is known of an atom's range."""
        if atom in self.spans:
            return self.spans[atom]
        if self.ring.positive_atom(atom):
            return POSITIVE
        return NOT_NEGATIVE if self.ring.is_not_negative(((atom, 1),)) else REAL

    def is_free(self, atom: Atom) -> bool:
        """Whether an atom takes all values of its range."""
        return atom in self.free or (_is_free(atom) and not self._exceeds_one(atom))

    def _exceeds_one(self, atom: Atom) -> bool:
        """Whether an atom is e to a positive number, which does not take the values up to 1."""
        return isinstance(atom.form, ExpForm) and self.ring.is_positive({atom.form.power: fmpq(1)})


def plain_quotient(ring: Ring, poly: Poly) -> Quotient:
    """A normal form as a quotient of polynomials in its own atoms."""
    numerator, denominator = cleared(ring, poly)
    return without_negative_powers(Quotient(numerator, ring.monomial(denominator)))


def quotient(ring: Ring, poly: Poly) -> tuple[Quotient, Parameters]:
    """A normal form as a quotient in parameters."""
    parts, parameters = plain_quotient(ring, poly), Parameters(ring)
    for atom in parts.atoms:
        meaning = (
            _split_sum(ring, atom, parts, parameters)
            or _split_maximum(ring, atom, parts, parameters)
            or _split_size(atom, parameters)
        )
        if meaning is not None:
            parameters.meanings.append(meaning)
            parts = Quotient(*(substituted(ring, poly, *meaning) for poly in (parts.above, parts.below)))
    return without_negative_powers(parts), parameters


def span_of(ring: Ring, poly: Poly) -> tuple[Span, bool] | None:
    """A set that holds all values of a normal form, and whether it is exactly the set of its values."""
    parts, parameters = quotient(ring, poly)
    atoms = independent(parts, parameters)
    if atoms is None:
        return None
    if not atoms:
        value = parts.above.get(CONSTANT, fmpq(0)) / parts.below[CONSTANT]
        above = SymPyPoly(Rational(int(value.p), int(value.q)), PARAMETER)
        span = range_of(above, SymPyPoly(1, PARAMETER), REAL)
        return None if span is None else (span, True)
    (atom,) = atoms
    scale = lcm(*(exponent_of(monomial, atom).denominator for poly in (parts.above, parts.below) for monomial in poly))
    over = parameters.span(atom)
    if scale > 1 and over not in (POSITIVE, AT_LEAST_ONE):
        return None
    span = range_of(univariate(parts.above, atom, scale), univariate(parts.below, atom, scale), over)
    return None if span is None else (span, parameters.is_free(atom))


def is_positive(ring: Ring, poly: Poly, *, strict: bool) -> bool:
    """Whether a quotient is shown to be positive (or, not strictly, to be at least 0) by the signs of its terms."""
    parts, parameters = quotient(ring, poly)
    return sign_of_terms(parts.below, parameters, strict=True) and sign_of_terms(parts.above, parameters, strict=strict)


def sign_of_terms(poly: Poly, parameters: Parameters, *, strict: bool) -> bool:
    """Whether the signs of all terms show that a polynomial is positive, or at least 0."""
    if not poly:
        return not strict
    shifted = _shifted(poly, parameters)
    if not all(c > 0 and all(_at_least_zero(a, e, parameters) for a, e in monomial) for monomial, c in shifted.items()):
        return False
    return not strict or any(
        all(parameters.span(atom).low.value is not None and _never_zero(atom, parameters) for atom, _ in monomial)
        for monomial in shifted
    )


def _shifted(poly: Poly, parameters: Parameters) -> Poly:
    """The polynomial in t = u - 1 for parameters u >= 1, so that the signs of terms say more."""
    ring = parameters.ring
    for atom in {a for monomial in poly for a, _ in monomial if parameters.span(a) == AT_LEAST_ONE}:
        if all(isinstance(exponent, int) for monomial in poly for a, exponent in monomial if a is atom):
            beyond = parameters.new("slack", NOT_NEGATIVE)
            poly = substituted(ring, poly, atom, {CONSTANT: fmpq(1), ((beyond, 1),): fmpq(1)})
    return poly


def _at_least_zero(atom: Atom, exponent: Exponent, parameters: Parameters) -> bool:
    low = parameters.span(atom).low.value
    return (low is not None and low >= 0) or (isinstance(exponent, int) and exponent % 2 == 0)


def _never_zero(atom: Atom, parameters: Parameters) -> bool:
    low = parameters.span(atom).low
    return low.value is not None and (low.value > 0 or (low.value == 0 and not low.attained))


def independent(parts: Quotient, parameters: Parameters) -> list[Atom] | None:
    """The one parameter that the quotient depends on, or the ratio of two; nothing if there are more."""
    atoms = parts.atoms
    if len(atoms) <= 1:
        return atoms
    if len(atoms) == 2 and all(parameters.span(atom) == POSITIVE for atom in atoms):
        degrees = {
            sum((exponent_of(monomial, atom) for atom in atoms), Fraction(0))
            for poly in (parts.above, parts.below)
            for monomial in poly
        }
        first, second = atoms
        free = parameters.is_free(first) and parameters.is_free(second)
        if len(degrees) == 1 and free and _entry(first) is not _entry(second):
            for poly in (parts.above, parts.below):
                _set_to_one(poly, second)
            return [first]
    return None


def _entry(atom: Atom) -> Atom:
    """The entry that an atom is a function of."""
    return atom.form.power[0][0] if isinstance(atom.form, ExpForm) else atom


def _set_to_one(poly: Poly, atom: Atom) -> None:
    """Leave out an atom: the quotient depends on its ratio to the other one alone."""
    terms = dict(poly)
    poly.clear()
    for monomial, coefficient in terms.items():
        add_into(poly, {tuple(power for power in monomial if power[0] is not atom): coefficient})


def univariate(poly: Poly, atom: Atom, scale: int) -> SymPyPoly:
    """A polynomial in one atom as one in the parameter t, whose power ``scale`` is the atom."""
    terms = {(int(exponent_of(monomial, atom) * scale),): Rational(int(c.p), int(c.q)) for monomial, c in poly.items()}
    return SymPyPoly.from_dict(terms or {(0,): Rational(0)}, PARAMETER)


def exponent_of(monomial: Monomial, atom: Atom) -> Fraction:
    """The exponent of an atom in a monomial."""
    return Fraction(next((exponent for own, exponent in monomial if own is atom), 0))


def without_negative_powers(parts: Quotient) -> Quotient:
    """Numerator and denominator divided by the largest monomial that divides both."""
    least: dict[Atom, Exponent] = {}
    monomials = [dict(monomial) for poly in (parts.above, parts.below) for monomial in poly]
    for atom in {atom for powers in monomials for atom in powers}:
        least[atom] = min(powers.get(atom, 0) for powers in monomials)

    def lowered(poly: Poly) -> Poly:
        result: Poly = {}
        for monomial, coefficient in poly.items():
            powers = dict(monomial)
            for atom, exponent in least.items():
                powers[atom] = powers.get(atom, 0) - exponent
            result[monomial_of(powers)] = coefficient
        return result

    return Quotient(lowered(parts.above), lowered(parts.below))


def _split_sum(ring: Ring, atom: Atom, parts: Quotient, parameters: Parameters) -> tuple[Atom, Poly] | None:
    """A sum of exponentials as its own term, if that occurs, and the rest."""
    form = atom.form
    if not isinstance(form, SumForm) or len(form.over) != 1 or not _is_exponential(form.body):
        return None
    if any(coefficient < 0 for _, coefficient in form.over[0].extent.monomials):
        return None  # n - 1 may be 1 where n is 2
    own = [
        other
        for other in parts.atoms
        if isinstance(other.form, ExpForm)
        for place in _places(((other, 1),), form.over[0].extent)
        if rename(ring, {form.body: fmpq(1)}, {form.over[0]: place}) == {((other, 1),): fmpq(1)}
    ]
    if not own:
        own = [other for other in parts.atoms if _is_largest_term(ring, other, form)]
    if len(own) != 1:
        return None
    rest = parameters.new("rest", POSITIVE)
    return atom, {((own[0], 1),): fmpq(1), ((rest, 1),): fmpq(1)}


def _is_largest_term(ring: Ring, atom: Atom, form: SumForm) -> bool:
    """Whether an atom is e^max_i p_i, the largest term of a sum of e^p_i."""
    if not isinstance(atom.form, ExpForm) or len(atom.form.power) != 1 or atom.form.power[0][1] != 1:
        return False
    largest = atom.form.power[0][0].form
    if not isinstance(largest, MaxForm) or largest.over.extent != form.over[0].extent:
        return False
    opened = ring.fresh(largest.over.extent)
    (term,) = rename(ring, {form.body: fmpq(1)}, {form.over[0]: opened})
    of_largest = rename(ring, dict(largest.body), {largest.over: opened})
    return of_largest == {each.form.power: fmpq(1) for each, _ in term if isinstance(each.form, ExpForm)}


def _split_maximum(ring: Ring, atom: Atom, parts: Quotient, parameters: Parameters) -> tuple[Atom, Poly] | None:
    """A maximum as its own entry, if that occurs, and a slack; of e to a maximum the factor e^slack >= 1."""
    largest = atom.form
    if isinstance(largest, ExpForm) and len(largest.power) == 1 and largest.power[0][1] == 1:
        inner = largest.power[0][0].form
        if isinstance(inner, MaxForm):
            own = [
                other
                for other in parts.atoms
                if isinstance(other.form, ExpForm) and _is_entry_of(ring, other.form.power, inner)
            ]
            if len(own) == 1:
                factor = parameters.new("e^slack", AT_LEAST_ONE)
                return atom, {monomial_of({own[0]: 1, factor: 1}): fmpq(1)}
    if isinstance(largest, MaxForm):
        own = [other for other in parts.atoms if _is_entry_of(ring, ((other, 1),), largest)]
        if len(own) == 1:
            slack = parameters.new("slack", NOT_NEGATIVE)
            return atom, {((own[0], 1),): fmpq(1), ((slack, 1),): fmpq(1)}
    return None


def _split_size(atom: Atom, parameters: Parameters) -> tuple[Atom, Poly] | None:
    """A dimension as the least number that it may be, and a slack; it takes whole numbers only, so none is exact."""
    if not isinstance(atom.form, SizeForm):
        return None
    least = max(1, *(bound for name, bound in parameters.ring.facts.least if name == atom.form.name), 1)
    slack = parameters.new("slack", NOT_NEGATIVE)
    parameters.free.discard(slack)
    return atom, {CONSTANT: fmpq(least), ((slack, 1),): fmpq(1)}


def _is_entry_of(ring: Ring, monomial: Monomial, largest: MaxForm) -> bool:
    """Whether a monomial is what the maximum is taken of, at one of its indices."""
    return any(
        rename(ring, dict(largest.body), {largest.over: place}) == {monomial: fmpq(1)}
        for place in _places(monomial, largest.over.extent)
    )


def _places(monomial: Monomial, over: Extent) -> list[Subscript]:
    """The free indices and the numbers that are subscripts of this extent in a monomial, or in an exponent of it."""
    found: set[Subscript] = set()
    for atom, _ in monomial:
        found |= {index for index in atom.free if index.extent == over}
        match atom.form:
            case EntryForm(variable=variable, subscripts=subscripts):
                pairs = zip(variable.axes, subscripts, strict=True)
                found |= {each for axis, each in pairs if isinstance(each, int) and axis == over}
            case ExpForm(power=power):
                found |= set(_places(power, over))
            case _:
                pass
    return sorted(found, key=subscript_key)


def _is_exponential(body: Monomial) -> bool:
    return len(body) == 1 and body[0][1] == 1 and _is_free(body[0][0]) and isinstance(body[0][0].form, ExpForm)


def _is_free(atom: Atom) -> bool:
    """Whether an atom takes all values of its range: an entry of a variable, or e to one."""
    match atom.form:
        case EntryForm():
            return True
        case ExpForm(power=power):
            return len(power) == 1 and power[0][1] == 1 and isinstance(power[0][0].form, EntryForm)
        case SizeForm():
            return False
        case _:
            return False


def substituted(ring: Ring, poly: Poly, atom: Atom, meaning: Poly) -> Poly:
    """The polynomial with an atom replaced; a fractional power only where the meaning is one monomial."""
    total: Poly = {}
    for monomial, coefficient in poly.items():
        exponent = exponent_of(monomial, atom)
        rest: Poly = {tuple(power for power in monomial if power[0] is not atom): coefficient}
        if exponent.denominator == 1:
            replaced = ring.power(meaning, int(exponent))
        else:
            ((only, _),) = meaning.items()
            replaced = {monomial_of({own: exponent * power for own, power in only}): fmpq(1)}
        add_into(total, ring.product(rest, replaced))
    return total
