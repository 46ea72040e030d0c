"""Binding indices: sums, maxima and slots; and renaming, which opens binders and binds them again.

A sum distributes over terms; a delta with the bound index is contracted; factors without the index
come out; inner sums that mention it are dissolved into one block, which ``blocks`` puts into its
canonical form.
"""

from __future__ import annotations

from itertools import permutations
from typing import assert_never

from flint import fmpq

from verify.kernel import blocks, maxima, operations
from verify.kernel.atoms import (
    Atom,
    Content,
    DeltaForm,
    DepForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    Exponent,
    FnForm,
    InverseForm,
    LogForm,
    MaxForm,
    MomentForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    canonical,
    content,
    content_key,
    subscript_key,
)
from verify.kernel.division import reduced
from verify.kernel.inverses import Binders, Inverses
from verify.kernel.ring import Ring, add_into
from verify.kernel.symmetry import Symmetry
from verify.kernel.term import Idx, Kind, Subscript, Variable

Names = dict[Idx, Subscript]


def sum_over(ring: Ring, index: Idx, poly: Poly) -> Poly:
    """The sum of a polynomial over an index."""
    many = index.extent.fixed
    if many is not None:
        return ring.sum(rename(ring, poly, {index: value}) for value in range(1, many + 1))
    total: Poly = {}
    for monomial, coefficient in reduced(ring, poly).items():
        ring.spend()
        add_into(total, ring.scaled(_sum_of_monomial(ring, index, monomial), coefficient))
    return total


def _sum_of_monomial(ring: Ring, index: Idx, monomial: Monomial) -> Poly:
    for atom, _ in monomial:
        if isinstance(atom.form, DeltaForm) and index in atom.free:
            other = atom.form.column if atom.form.row == index else atom.form.row
            rest = tuple(power for power in monomial if power[0] is not atom)
            return rename(ring, {rest: fmpq(1)}, {index: other})
    outside = tuple(power for power in monomial if index not in power[0].free)
    inside = tuple(power for power in monomial if index in power[0].free)
    if not inside:
        return ring.product({outside: fmpq(1)}, ring.size(index.extent))
    return ring.product({outside: fmpq(1)}, _dissolved(ring, index, inside))


def _dissolved(ring: Ring, index: Idx, factors: Monomial) -> Poly:
    """The sum of factors that all mention the index, inner sums among them opened into the same block."""
    bounds, kept = [index], [power for power in factors if not _is_inner_sum(power)]
    body = ring.monomial(tuple(kept))
    for atom, exponent in factors:
        if _is_inner_sum((atom, exponent)):
            assert isinstance(atom.form, SumForm)
            for _ in range(int(exponent)):
                opened, inner = open_binder(ring, atom.form.over, {atom.form.body: fmpq(1)})
                bounds += opened
                body = ring.product(body, inner)
    total: Poly = {}
    for monomial, coefficient in body.items():
        add_into(total, ring.scaled(_block(ring, bounds, monomial), coefficient))
    return total


def _block(ring: Ring, bounds: list[Idx], monomial: Monomial) -> Poly:
    """The sum of a monomial over several indices: a matrix times its inverse contracts, the rest is a block."""
    contracted = INVERSES.contracted(ring, bounds, monomial)
    if contracted is None:
        return blocks.summed(ring, bounds, monomial, rename)
    remaining, body = contracted
    for index in remaining:
        body = sum_over(ring, index, body)
    return body


def _is_inner_sum(power: tuple[Atom, Exponent]) -> bool:
    return isinstance(power[0].form, SumForm) and power[1] > 0


def open_binder(
    ring: Ring, over: tuple[Subscript, ...], body: Poly, names: Names | None = None
) -> tuple[list[Idx], Poly]:
    """A binder's body with new indices in the place of its own; other free ones are replaced as well."""
    fresh: Names = {each: ring.fresh(each.extent) for each in over if isinstance(each, Idx)}
    opened = [each for each in fresh.values() if isinstance(each, Idx)]
    return opened, rename(ring, body, {**(names or {}), **fresh})


def maximum(ring: Ring, index: Idx, poly: Poly) -> Poly:
    """The largest value over an index; with other maxima in it, of all their orders the one of the least key."""
    poly = reduced(ring, poly)
    over, body = maxima.hoisted(ring, index, poly, lambda atom: _opened_maximum(ring, atom))
    if len(over) == 1:
        return _largest(ring, index, poly)
    best: Poly | None = None
    for order in permutations(over):
        found = body
        for each in order:
            found = _largest(ring, each, found)
        if best is None or content_key(content(found)) < content_key(content(best)):
            best = found
    assert best is not None
    return best


def _opened_maximum(ring: Ring, atom: Atom) -> tuple[Idx, Poly]:
    assert isinstance(atom.form, MaxForm)
    (index,), body = open_binder(ring, (atom.form.over,), dict(atom.form.body))
    return index, body


def _largest(ring: Ring, index: Idx, poly: Poly) -> Poly:
    """The largest value over an index: what ``maxima`` takes out of it, and an atom for what is left."""
    outside, inside = maxima.without(index, reduced(ring, poly))
    if not inside:
        return outside
    factor, inside = maxima.common_factor(ring, index, inside)
    largest = maxima.exchanged(ring, index, inside, lambda inner: maximum(ring, index, inner)) if inside else {}
    if largest is None:
        name = canonical(1 + _depth(inside), 0, index.extent)
        largest = ring.of(MaxForm(name, content(rename(ring, inside, {index: name}))))
    return ring.sum((outside, ring.product(factor, largest)))


def _depth(poly: Poly) -> int:
    return max((atom.depth for monomial in poly for atom, _ in monomial), default=0)


def dependence(
    ring: Ring,
    symbol: str,
    by: tuple[tuple[int, tuple[Subscript, ...]], ...],
    slots: tuple[tuple[tuple[Subscript, ...], Poly], ...],
) -> Poly:
    """A partial derivative of an unknown dependence; mixed ones are symmetric, so ``by`` is put in order."""
    depth = 1 + max((_depth(body) for _, body in slots), default=0)
    closed: list[tuple[tuple[Subscript, ...], Content]] = []
    for indices, body in slots:
        names: Names = {
            each: canonical(depth, position, each.extent)
            for position, each in enumerate(indices)
            if isinstance(each, Idx)
        }
        own = tuple(names[each] if isinstance(each, Idx) else each for each in indices)
        closed.append((own, content(rename(ring, reduced(ring, body), names))))
    ordered = tuple(sorted(by, key=lambda each: (each[0], tuple(map(subscript_key, each[1])))))
    return ring.of(DepForm(symbol, ordered, tuple(closed)))


def rename(ring: Ring, poly: Poly, names: Names) -> Poly:
    """The polynomial with free indices replaced, in normal form again."""
    total: Poly = {}
    for monomial, coefficient in poly.items():
        changed: Poly | None = None
        kept: list[tuple[Atom, Exponent]] = []
        for power in monomial:
            atom, exponent = power
            if atom.free.isdisjoint(names):
                kept.append(power)
            else:
                new = _renamed_power(ring, atom, exponent, names)
                changed = new if changed is None else ring.product(changed, new)
        if changed is None:
            add_into(total, {monomial: coefficient})
        else:
            add_into(total, ring.scaled(ring.product({tuple(kept): fmpq(1)}, changed), coefficient))
    return total


def _renamed_power(ring: Ring, atom: Atom, exponent: Exponent, names: Names) -> Poly:
    if isinstance(atom.form, ExpForm):
        scale = fmpq(exponent.numerator, exponent.denominator)
        return operations.exponential(ring, rename(ring, {atom.form.power: scale}, names))
    return operations.power(ring, _renamed(ring, atom, names), int(exponent))


def _renamed(ring: Ring, atom: Atom, names: Names) -> Poly:
    relevant = tuple(sorted(((i, names[i]) for i in atom.free if i in names), key=lambda pair: pair[0].key))
    known = ring.renamed.get((atom, relevant))
    if known is None:
        ring.spend()
        known = ring.renamed[(atom, relevant)] = _rebuilt(ring, atom, dict(relevant))
    return known


def _rebuilt(ring: Ring, atom: Atom, names: Names) -> Poly:
    form = atom.form
    match form:
        case EntryForm():
            return entry(ring, form.variable, _each(form.subscripts, names))
        case DeltaForm():
            return delta(ring, *_each((form.row, form.column), names))
        case LogForm():
            return operations.logarithm(ring, rename(ring, dict(form.argument), names))
        case FnForm():
            return operations.applied(ring, form.symbol, form.order, rename(ring, dict(form.argument), names))
        case DivisorForm():
            return rename(ring, dict(form.polynomial), names)
        case MomentForm():
            ((product, _),) = rename(ring, {form.product: fmpq(1)}, names).items()
            return ring.of(MomentForm(product))
        case SumForm():
            again = _same_sum(ring, form, atom.depth, names)
            if again is not None:
                return again
            opened, body = open_binder(ring, form.over, {form.body: fmpq(1)}, names)
            for index in opened:
                body = sum_over(ring, index, body)
            return body
        case MaxForm():
            (index,), body = open_binder(ring, (form.over,), dict(form.body), names)
            return maximum(ring, index, body)
        case DepForm():
            slots = []
            for indices, inner in form.slots:
                opened, body = open_binder(ring, indices, dict(inner), names)
                fresh = iter(opened)
                slots.append((tuple(next(fresh) if isinstance(i, Idx) else i for i in indices), body))
            by = tuple((slot, _each(indices, names)) for slot, indices in form.by)
            return dependence(ring, form.symbol, by, tuple(slots))
        case InverseForm():
            (first, second), body = open_binder(ring, form.over, dict(form.body), names)
            row, column = _each((form.row, form.column), names)
            return INVERSES.entry(ring, (row, column), (first, second), body)
        case SizeForm() | ExpForm():
            raise AssertionError(f"{form} has no index of its own to rename")
        case _:
            assert_never(form)


def _same_sum(ring: Ring, form: SumForm, depth: int, names: Names) -> Poly | None:
    """A sum over one index, where it stays one: the names of other indices make no difference to that of its own.

    Nothing, where its body changes form, or where inverses and symmetries have rules for names.
    """
    (index, *others) = form.over
    if others or index in names.values() or ring.symmetries or any(_is_inverse(atom) for atom, _ in form.body):
        return None
    renamed = rename(ring, {form.body: fmpq(1)}, names)
    if len(renamed) != 1:
        return None
    ((body, coefficient),) = renamed.items()
    if 1 + max((each.depth for each, _ in body), default=0) != depth or any(index not in each.free for each, _ in body):
        return None
    return ring.scaled(ring.of(SumForm(form.over, body)), coefficient)


def _is_inverse(atom: Atom) -> bool:
    return isinstance(atom.form, InverseForm)


def _each(subscripts: tuple[Subscript, ...], names: Names) -> tuple[Subscript, ...]:
    return tuple(names.get(each, each) if isinstance(each, Idx) else each for each in subscripts)


def entry(ring: Ring, variable: Variable, subscripts: tuple[Subscript, ...]) -> Poly:
    """An entry of a variable: of a matrix with a declared symmetry, the one that stands for all that depend on it.

    Rows and columns of a symmetric matrix change places, so its subscripts are put in order; those of an
    antisymmetric one with the sign; of a diagonal one, the entry at the first is kept, times their delta.
    """
    symmetry = ring.symmetries.get(variable)
    if symmetry is None:
        return ring.of(EntryForm(variable, subscripts))
    first, second = sorted(subscripts, key=subscript_key)
    match symmetry:
        case Symmetry.SYMMETRIC:
            return ring.of(EntryForm(variable, (first, second)))
        case Symmetry.ANTISYMMETRIC if first == second:
            return {}
        case Symmetry.ANTISYMMETRIC:
            sign = fmpq(1 if subscripts == (first, second) else -1)
            return ring.scaled(ring.of(EntryForm(variable, (first, second))), sign)
        case Symmetry.DIAGONAL:
            return ring.product(delta(ring, first, second), ring.of(EntryForm(variable, (first, first))))
        case _:
            assert_never(symmetry)


def delta(ring: Ring, row: Subscript, column: Subscript) -> Poly:
    """A Kronecker delta: decided for numbers and free indices (different free ones differ), else an atom."""
    if row == column:
        return ring.constant(1)
    if _is_settled(row) and _is_settled(column):
        return {}
    first, second = sorted((row, column), key=subscript_key)
    return ring.of(DeltaForm(first, second))


def _is_settled(subscript: Subscript) -> bool:
    return isinstance(subscript, int) or subscript.kind is Kind.FREE


INVERSES = Inverses(Binders(rename, sum_over, delta))
