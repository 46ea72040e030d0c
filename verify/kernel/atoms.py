"""Atoms: what the polynomials of the normal form are made of, interned so that equal ones are one object.

An atom is an entry, a delta, a dimension, e to a monomial, the logarithm of a polynomial, a value of
an unknown function, a connected sum, a maximum, a partial derivative of an unknown dependence, an
entry of an inverse, the expectation of a product of random entries, or an irreducible polynomial that
divides. A monomial is a product of powers of atoms; a polynomial maps monomials to rational coefficients.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from flint import fmpq

from verify.kernel.term import Extent, Idx, Kind, Subscript, Variable

Exponent = int | Fraction


@dataclass(frozen=True, slots=True)
class EntryForm:
    """An entry of a variable."""

    variable: Variable
    subscripts: tuple[Subscript, ...]


@dataclass(frozen=True, slots=True)
class DeltaForm:
    """A Kronecker delta of which at least one index is still to be summed; subscripts in order."""

    row: Subscript
    column: Subscript


@dataclass(frozen=True, slots=True)
class SizeForm:
    """A dimension name as a number."""

    name: str


@dataclass(frozen=True, slots=True)
class ExpForm:
    """e to the power of a monomial (of the empty one: e itself)."""

    power: Monomial


@dataclass(frozen=True, slots=True)
class LogForm:
    """The logarithm of a polynomial."""

    argument: Content


@dataclass(frozen=True, slots=True)
class FnForm:
    """A derivative of an unknown function, at a polynomial."""

    symbol: str
    order: int
    argument: Content


@dataclass(frozen=True, slots=True)
class SumForm:
    """A connected sum of a monomial over canonical indices of these extents."""

    over: tuple[Idx, ...]
    body: Monomial


@dataclass(frozen=True, slots=True)
class MaxForm:
    """The largest value of a polynomial over a canonical index."""

    over: Idx
    body: Content


@dataclass(frozen=True, slots=True)
class DepForm:
    """A partial derivative of an unknown dependence; each slot binds canonical indices."""

    symbol: str
    by: tuple[tuple[int, tuple[Subscript, ...]], ...]
    slots: tuple[tuple[tuple[Subscript, ...], Content], ...]


@dataclass(frozen=True, slots=True)
class InverseForm:
    """An entry of the inverse of the matrix with this entry at two canonical indices."""

    row: Subscript
    column: Subscript
    over: tuple[Idx, Idx]
    body: Content


@dataclass(frozen=True, slots=True)
class MomentForm:
    """The expectation of a product of random entries."""

    product: Monomial


@dataclass(frozen=True, slots=True)
class DivisorForm:
    """An irreducible polynomial with leading coefficient 1; it stands with negative exponents only."""

    polynomial: Content


Named = EntryForm | DeltaForm | SizeForm
Form = Named | ExpForm | LogForm | FnForm | SumForm | MaxForm | DepForm | InverseForm | MomentForm | DivisorForm


class Atom:
    """An interned form; ``serial`` orders monomials inside, ``key`` orders atoms by what they are."""

    __slots__ = ("_key", "depth", "form", "free", "is_delta", "is_divisor", "serial")

    def __init__(self, form: Form, serial: int) -> None:
        self.form = form
        self.serial = serial
        self.is_delta, self.is_divisor = isinstance(form, DeltaForm), isinstance(form, DivisorForm)
        self.free, self.depth = _indices(form)
        self._key: tuple[object, ...] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What the atom is, as nested tuples that compare: the same in every run."""
        if self._key is None:
            self._key = _key(self.form)
        return self._key


Monomial = tuple[tuple[Atom, Exponent], ...]
Content = tuple[tuple[Monomial, fmpq], ...]
Poly = dict[Monomial, fmpq]

CONSTANT: Monomial = ()


def content(poly: Poly) -> Content:
    """A polynomial as a value: its terms, the largest monomial first."""
    if len(poly) == 1:
        return tuple(poly.items())
    return tuple(sorted(poly.items(), key=lambda item: monomial_key(item[0]), reverse=True))


def monomial_key(monomial: Monomial) -> tuple[object, ...]:
    """The place of a monomial in an order of the terms of a polynomial, the same in every run."""
    return tuple(sorted([(atom.key, exponent) for atom, exponent in monomial], reverse=True))


def monomial_of(powers: dict[Atom, Exponent]) -> Monomial:
    """The monomial with these exponents, zeros left out."""
    kept = [power for power in powers.items() if power[1]]
    if len(kept) > 1:
        kept.sort(key=_serial)
    return tuple(kept)


def _serial(power: tuple[Atom, Exponent]) -> int:
    return power[0].serial


def _indices(form: Form) -> tuple[frozenset[Idx], int]:
    """The indices free in an atom, and how deeply canonical ones are nested in it."""
    match form:
        case EntryForm():
            return _only(form.subscripts), 0
        case DeltaForm():
            return _only((form.row, form.column)), 0
        case SizeForm():
            return frozenset(), 0
        case ExpForm():
            return _of_monomial(form.power)
        case MomentForm():
            return _of_monomial(form.product)
        case LogForm() | FnForm():
            return _of_content(form.argument)
        case DivisorForm():
            return _of_content(form.polynomial)
        case SumForm():
            free, depth = _of_monomial(form.body)
            return free - frozenset(form.over), depth + 1
        case MaxForm():
            free, depth = _of_content(form.body)
            return free - {form.over}, depth + 1
        case InverseForm():
            free, depth = _of_content(form.body)
            return (free - frozenset(form.over)) | _only((form.row, form.column)), depth + 1
        case DepForm():
            everything, deepest = frozenset[Idx](), 0
            for indices, body in form.slots:
                free, depth = _of_content(body)
                everything |= free - _only(indices)
                deepest = max(deepest, depth)
            for _, indices in form.by:
                everything |= _only(indices)
            return everything, deepest + 1
        case _:
            assert_never(form)


def form_parts(form: Form) -> tuple[Atom, ...]:
    """The atoms directly inside a form."""
    match form:
        case EntryForm() | DeltaForm() | SizeForm():
            return ()
        case ExpForm():
            monomials: tuple[Monomial, ...] = (form.power,)
        case MomentForm():
            monomials = (form.product,)
        case SumForm():
            monomials = (form.body,)
        case LogForm() | FnForm():
            monomials = tuple(monomial for monomial, _ in form.argument)
        case MaxForm() | InverseForm():
            monomials = tuple(monomial for monomial, _ in form.body)
        case DivisorForm():
            monomials = tuple(monomial for monomial, _ in form.polynomial)
        case DepForm():
            monomials = tuple(monomial for _, body in form.slots for monomial, _ in body)
        case _:
            assert_never(form)
    return tuple(atom for monomial in monomials for atom, _ in monomial)


def _only(subscripts: tuple[Subscript, ...]) -> frozenset[Idx]:
    return frozenset(each for each in subscripts if isinstance(each, Idx))


def _of_monomial(monomial: Monomial) -> tuple[frozenset[Idx], int]:
    free: frozenset[Idx] = frozenset()
    depth = 0
    for atom, _ in monomial:
        free |= atom.free
        depth = max(depth, atom.depth)
    return free, depth


def _of_content(poly: Content) -> tuple[frozenset[Idx], int]:
    free: frozenset[Idx] = frozenset()
    depth = 0
    for monomial, _ in poly:
        more, deeper = _of_monomial(monomial)
        free, depth = free | more, max(depth, deeper)
    return free, depth


def _key(form: Form) -> tuple[object, ...]:
    match form:
        case EntryForm():
            variable = form.variable
            axes = tuple(axis.monomials for axis in variable.axes)
            return (0, variable.symbol, variable.held, axes, tuple(map(subscript_key, form.subscripts)))
        case DeltaForm():
            return (1, subscript_key(form.row), subscript_key(form.column))
        case SizeForm():
            return (2, form.name)
        case ExpForm():
            return (3, monomial_key(form.power))
        case LogForm():
            return (4, content_key(form.argument))
        case FnForm():
            return (5, form.symbol, form.order, content_key(form.argument))
        case SumForm():
            return (6, tuple(index.key for index in form.over), monomial_key(form.body))
        case MaxForm():
            return (7, form.over.key, content_key(form.body))
        case DepForm():
            by = tuple((slot, tuple(map(subscript_key, indices))) for slot, indices in form.by)
            slots = tuple((tuple(map(subscript_key, indices)), content_key(body)) for indices, body in form.slots)
            return (8, form.symbol, by, slots)
        case DivisorForm():
            return (9, content_key(form.polynomial))
        case MomentForm():
            return (10, monomial_key(form.product))
        case InverseForm():
            at = (subscript_key(form.row), subscript_key(form.column))
            return (11, at, tuple(index.key for index in form.over), content_key(form.body))
        case _:
            assert_never(form)


def content_key(poly: Content) -> tuple[object, ...]:
    """The terms of a polynomial as nested tuples that compare."""
    return tuple((monomial_key(monomial), c) for monomial, c in poly)


def subscript_key(subscript: Subscript) -> tuple[object, ...]:
    """The place of a subscript in the order of subscripts: numbers first."""
    return (0, subscript) if isinstance(subscript, int) else subscript.key


def canonical(depth: int, number: int, extent: Extent) -> Idx:
    """The canonical index of a binder at this depth: deeper ones lie outside, so nothing is captured."""
    return Idx(Kind.CANONICAL, f"{depth:03}", number, extent)
