"""Identities with inverse matrices, cleared of them: R = 0 if M R = 0, where M is a matrix that has an inverse in R.

What is left of an identity at its generic entry, R, must vanish for every value of its free indices. Where M is
invertible, R_ij = 0 for all i if and only if the sum over i of M_ki R_ij is 0 for all k, and so from the right. So
the push-through rule (1 + A B)^-1 A = A (1 + B A)^-1 becomes A (1 + B A) (1 + B A)^-1 = A, which the normal form
decides. What has no free index is cut open: the sum of b_i V_i vanishes if V does; so are traces of inverses, once they
are written by the products that they come from. The matrices are invertible
wherever the statement is defined, which is a condition or given; nothing else is divided by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice, product

from flint import fmpq

from verify.kernel.atoms import Atom, Content, EntryForm, InverseForm, Monomial, Poly, SumForm, content, monomial_of
from verify.kernel.binding import delta, open_binder, rename, sum_over
from verify.kernel.contents import free, subterms
from verify.kernel.division import residual
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.statement import Statement
from verify.kernel.term import Entry, Idx, Inverse, Kind, OutOfBudget, Subscript, Undefined, Unsupported, Variable
from verify.kernel.traces import undone
from verify.kernel.walk import rename as renamed

MANY_STATES, MANY_CUTS, STEPS = 24, 16, 200_000

Over = tuple[Idx, Idx]


@dataclass(frozen=True)
class Side:
    """An inverse with a free index as its row, or as its column."""

    end: Idx
    over: Over
    body: Content
    at_row: bool
    symmetric: bool


def vanishes(stated: Statement) -> bool:
    """Whether the sides of an identity with inverses agree once these are cleared, for all values of the free indices.

    >>> from verify.kernel.statement import statement
    >>> from verify.language import dims, identity, matrix
    >>> m, n = dims("m n")
    >>> A, B = matrix("A", m, n), matrix("B", n, m)
    >>> pushed = (identity(m) + A * B) ** -1 * A, A * (identity(n) + B * A) ** -1
    >>> vanishes(statement(*pushed, ()))
    True
    >>> vanishes(statement(pushed[0], 2 * pushed[1], ()))
    False
    """
    if not _is_open(stated):
        return False
    ring = Ring(stated.facts, STEPS)
    names: dict[Idx, Subscript] = {index: ring.fresh(index.extent) for index in stated.indices}
    forms = NormalForm(ring)
    with suppress(OutOfBudget, Undefined, Unsupported):
        left, right = (forms.of(renamed(side, names)) for side in stated.terms)
        ends = [names[index] for index in stated.indices]
        own = frozenset(each for each in ends if isinstance(each, Idx))
        return _search(ring, minus(left, right), own, _told(stated))
    return False


def _is_open(stated: Statement) -> bool:
    """Whether a statement has inverses, and is defined for all values of its free indices if it is for some."""
    known = stated.known
    if known.same or known.distinct or known.facts.chances.variables:
        return False
    if any(index.extent.fixed is not None for index in stated.indices):
        return False
    if not any(isinstance(each, Inverse) for side in stated.terms for each in subterms(side)):
        return False
    for term in stated.partial:
        inner = term.slot.body if isinstance(term, Inverse) else term
        if any(index.kind is Kind.FREE for index in free(inner)):
            return False
    return True


def _told(stated: Statement) -> frozenset[Variable]:
    """The variables that hypotheses speak of, but for the signs of names."""
    known = stated.known
    terms = (*known.terms, *known.facts.above, *(each for _, each in known.facts.meanings))
    mentioned = {each.variable for term in terms for each in subterms(term) if isinstance(each, Entry)}
    return frozenset(mentioned | {variable for variable, _ in known.facts.meanings})


def _search(ring: Ring, start: Poly, ends: frozenset[Idx], told: frozenset[Variable]) -> bool:
    """Best first: what has the fewest inverses is multiplied by their matrices, and cut where no end is free."""
    waiting = [(residual(ring, start), ends)]
    seen: set[Content] = set()
    for _ in range(MANY_STATES):
        if not waiting:
            return False
        waiting.sort(key=lambda state: _weight(state[0]))
        poly, own = waiting.pop(0)
        if not poly:
            return True
        for each, left in _next(ring, poly, own, told):
            if not each:
                return True
            value = content(each)
            if value not in seen:
                seen.add(value)
                waiting.append((each, left))
    return False


def _next(
    ring: Ring, poly: Poly, ends: frozenset[Idx], told: frozenset[Variable]
) -> Iterator[tuple[Poly, frozenset[Idx]]]:
    sides = list(_sides(ring, poly, ends))
    for side in sides:
        new = ring.fresh(side.end.extent)
        with suppress(Undefined, Unsupported):
            yield residual(ring, _multiplied(ring, poly, side, new)), (ends - {side.end}) | {new}
    if not sides:
        for part, opened in islice(chain(_cuts(ring, poly), _cuts_of_traces(ring, poly, told)), MANY_CUTS):
            yield residual(ring, part), ends | opened


def _weight(poly: Poly) -> tuple[int, int]:
    """How many inverses stand in a polynomial, and how many terms it has."""

    def inverses(monomial: Monomial) -> int:
        return sum(_inverses_in(atom) * (exponent if isinstance(exponent, int) else 1) for atom, exponent in monomial)

    return sum(map(inverses, poly)), len(poly)


def _inverses_in(atom: Atom) -> int:
    match atom.form:
        case InverseForm():
            return 1
        case SumForm(body=body):
            return sum(_inverses_in(inner) for inner, _ in body)
        case _:
            return 0


def _sides(ring: Ring, poly: Poly, ends: frozenset[Idx]) -> Iterator[Side]:
    """The inverses in a polynomial, or in sums in it, that have a free index as row or column and nowhere else."""
    found: dict[Side, None] = {}
    for monomial in poly:
        for atom, _ in monomial:
            inner = [each for each, _ in atom.form.body] if isinstance(atom.form, SumForm) else [atom]
            for each in inner:
                form = each.form
                if isinstance(form, InverseForm) and form.row != form.column:
                    for end, at_row in ((form.row, True), (form.column, False)):
                        if isinstance(end, Idx) and end in ends and end not in _free(form):
                            found[Side(end, form.over, form.body, at_row, _is_symmetric(ring, form))] = None
    yield from found


def _free(form: InverseForm) -> frozenset[Idx]:
    """The indices that the matrix itself mentions."""
    mentioned = frozenset(index for monomial, _ in form.body for atom, _ in monomial for index in atom.free)
    return mentioned - frozenset(form.over)


def _multiplied(ring: Ring, poly: Poly, side: Side, new: Idx) -> Poly:
    """The sum over a free index of the matrix times a polynomial: where its inverse stands alone, a delta."""
    names: dict[Idx, Subscript] = dict(zip(side.over, (new, side.end) if side.at_row else (side.end, new), strict=True))
    matrix = rename(ring, dict(side.body), names)
    total: Poly = {}
    for monomial, coefficient in poly.items():
        cleared = _without_inverse(ring, monomial, side, new)
        if cleared is None:
            cleared = sum_over(ring, side.end, ring.product(matrix, {monomial: fmpq(1)}))
        add_into(total, ring.scaled(cleared, coefficient))
    return total


def _without_inverse(ring: Ring, monomial: Monomial, side: Side, new: Idx) -> Poly | None:
    """The product with the matrix of a monomial that has the free index in its inverse alone."""
    rest, inside = _parted(monomial, side.end)
    if len(inside) != 1 or inside[0][1] != 1:
        return None
    form = inside[0][0].form
    if isinstance(form, InverseForm):
        other = _other_end(form, side)
        return None if other is None else ring.product({rest: fmpq(1)}, delta(ring, new, other))
    if not isinstance(form, SumForm):
        return None
    opened, body = open_binder(ring, form.over, {form.body: fmpq(1)})
    total: Poly = {}
    for factors, coefficient in body.items():
        beside, own = _parted(factors, side.end)
        inner = own[0][0].form if len(own) == 1 and own[0][1] == 1 else None
        other = _other_end(inner, side) if isinstance(inner, InverseForm) else None
        if other is None:
            return None
        value = ring.product({beside: coefficient}, delta(ring, new, other))
        for index in opened:
            value = sum_over(ring, index, value)
        add_into(total, value)
    return ring.product({rest: fmpq(1)}, total)


def _parted(monomial: Monomial, index: Idx) -> tuple[Monomial, Monomial]:
    """The factors that do not mention an index, and those that do."""
    inside = tuple(power for power in monomial if index in power[0].free)
    return tuple(power for power in monomial if power not in inside), inside


def _other_end(form: InverseForm, side: Side) -> Subscript | None:
    """The other index of the inverse that is looked for, if this is it."""
    if form.over != side.over or form.body != side.body:
        return None
    end, other = (form.row, form.column) if side.at_row else (form.column, form.row)
    if side.symmetric and other == side.end:
        end, other = other, end
    return other if end == side.end and other != side.end else None


def _is_symmetric(ring: Ring, form: InverseForm) -> bool:
    first, second = form.over
    return content(rename(ring, dict(form.body), {first: second, second: first})) == form.body


def _cuts(ring: Ring, poly: Poly) -> Iterator[tuple[Poly, frozenset[Idx]]]:
    """What stands beside one entry of a variable in every term, its indices made free; each choice of the entry."""
    variables = _common(poly)
    for variable in sorted(variables, key=lambda each: each.symbol):
        ends = tuple(ring.fresh(axis) for axis in variable.axes if axis.fixed is None)
        choices = [list(_opened_at(ring, monomial, variable, ends)) for monomial in poly]
        for chosen in product(*choices):
            parts = (ring.scaled(part, c) for part, c in zip(chosen, poly.values(), strict=True))
            yield ring.sum(parts), frozenset(ends)


def _cuts_of_traces(ring: Ring, poly: Poly, told: frozenset[Variable]) -> Iterator[tuple[Poly, frozenset[Idx]]]:
    """The same where traces of inverses stand for products with a matrix that was joined to its inverse."""
    found = undone(ring, poly, told)
    if found is None or found[0]:
        return
    products = found[1]
    first, *others = (product.variables() for product in products)
    for variable in sorted(first.intersection(*others), key=lambda each: each.symbol):
        if all(axis.fixed in (None, 1) for axis in variable.axes):
            ends = tuple(ring.fresh(axis) for axis in variable.axes if axis.fixed is None)
            choices = (list(each.opened_at(ring, variable, ends)) for each in products)
            for chosen in product(*choices):
                yield ring.sum(chosen), frozenset(ends)


def _common(poly: Poly) -> frozenset[Variable]:
    """The variables, with free axes, that have an entry in a sum of every term.

    Not those with an axis of a fixed length: the entries of two rows of it are different factors.
    """

    def bound(monomial: Monomial) -> frozenset[Variable]:
        forms = [inner.form for atom, _ in monomial if isinstance(atom.form, SumForm) for inner, _ in atom.form.body]
        return frozenset(form.variable for form in forms if isinstance(form, EntryForm) and form.subscripts)

    first, *others = (bound(monomial) for monomial in poly)
    common = first.intersection(*others)
    return frozenset(each for each in common if all(axis.fixed in (None, 1) for axis in each.axes))


def _opened_at(ring: Ring, monomial: Monomial, variable: Variable, ends: tuple[Idx, ...]) -> Iterator[Poly]:
    """A term without one entry of a variable that a sum in it binds, at free indices instead."""
    for atom, exponent in monomial:
        form = atom.form
        if not isinstance(form, SumForm) or exponent != 1:
            continue
        outside = tuple(power for power in monomial if power[0] is not atom)
        for inner, power in form.body:
            own = inner.form
            if not isinstance(own, EntryForm) or own.variable != variable or not isinstance(power, int) or power < 1:
                continue
            names = _freed(form, own, ends)
            if names is None:
                continue
            rest = monomial_of({**dict(form.body), inner: power - 1})
            opened, body = open_binder(ring, tuple(i for i in form.over if i not in names), {rest: fmpq(1)}, names)
            for index in opened:
                body = sum_over(ring, index, body)
            yield ring.product({outside: fmpq(1)}, body)


def _freed(form: SumForm, entry: EntryForm, ends: tuple[Idx, ...]) -> dict[Idx, Subscript] | None:
    """New names for the indices of an entry, if these are different ones that the sum binds."""
    pairs = zip(entry.variable.axes, entry.subscripts, strict=True)
    bound = [each for axis, each in pairs if axis.fixed is None and isinstance(each, Idx) and each in form.over]
    if len(bound) != len(ends) or len(set(bound)) != len(bound):
        return None
    return dict(zip(bound, ends, strict=True))
