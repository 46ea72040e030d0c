"""Inequalities that hold of all sums, maxima and logarithms, as equations with a slack that is at least 0.

A weighted mean is at most the largest value, or any bound of all values: of weights w_i that are not negative, the sum
of w_i v_i is the sum of the w_i times max v_i, less a slack; a sum of v_i that are not negative is at least max v_i.
By Cauchy and Schwarz, (sum f_i)^2 is the sum of g_i times that of h_i, less a slack, where g_i h_i = f_i^2 and neither
is negative. The maximum of a sum is at most the sum of the maxima; log u <= u - 1; the logarithm of a sum of e^p_i is
at least each p_i; and the sum of p_i log (p_i / q_i) at least that of p_i - q_i. A polynomial that is equal to one in
which only terms with a positive sign are left is not negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import (
    CONSTANT,
    Atom,
    EntryForm,
    ExpForm,
    LogForm,
    MaxForm,
    Monomial,
    Poly,
    SumForm,
    monomial_of,
)
from verify.kernel.binding import maximum, open_binder, rename, sum_over
from verify.kernel.jensen import above_a_mean
from verify.kernel.ring import Ring, add_into, minus
from verify.kernel.term import Idx, Subscript

MANY_LEMMAS = 40

Slack = Callable[[], Atom]


def with_slack(ring: Ring, poly: Poly, slack: Slack) -> Iterator[Poly]:
    """A polynomial as others that are equal to it, each by one of the lemmas for one of its atoms."""
    atoms = sorted({atom for monomial in poly for atom, _ in monomial}, key=lambda atom: atom.key)
    yield from islice(_by_lemmas(ring, poly, atoms, slack), MANY_LEMMAS)


def _by_lemmas(ring: Ring, poly: Poly, atoms: list[Atom], slack: Slack) -> Iterator[Poly]:
    for atom in atoms:
        if _is_whole(poly, atom):
            for step, value in _meanings(ring, atom, atoms, slack):
                yield _replaced(ring, poly, atom, step, value)


def _meanings(ring: Ring, atom: Atom, atoms: list[Atom], slack: Slack) -> Iterator[tuple[int, Poly]]:
    """What the first or second power of an atom is equal to by a lemma."""
    match atom.form:
        case SumForm():
            for other in atoms:
                yield from ((1, value) for value in _beside_the_largest(ring, atom, other, slack))
            yield from ((1, value) for value in _below_another_logarithm(ring, atom, slack))
            yield from ((1, value) for value in _below_a_bound(ring, atom, slack))
            yield from ((2, value) for value in _below_a_product(ring, atom, atoms, slack))
        case MaxForm(body=body) if len(body) > 1:
            yield 1, _below_the_maxima(ring, atom, slack)
        case LogForm(argument=argument):
            beside = _above_the_largest_exponent(ring, dict(argument), slack)
            if beside is not None:
                yield 1, beside
            yield 1, _less(ring, minus(dict(argument), ring.constant(1)), slack)
            yield from ((1, value) for value in above_a_mean(ring, atom, atoms, slack))
        case _:
            return


def _is_whole(poly: Poly, atom: Atom) -> bool:
    """Whether an atom stands in whole powers that are not negative."""
    powers = [exponent for monomial in poly for own, exponent in monomial if own is atom]
    return all(isinstance(power, int) and power >= 0 for power in powers)


def _replaced(ring: Ring, poly: Poly, atom: Atom, step: int, value: Poly) -> Poly:
    """The polynomial with a power of an atom replaced by its value, as often as it is in it."""
    total: Poly = {}
    for monomial, coefficient in poly.items():
        exponent = next((int(power) for own, power in monomial if own is atom), 0)
        rest = monomial_of({**dict(monomial), atom: exponent % step})
        add_into(total, ring.product({rest: coefficient}, ring.power(value, exponent // step)))
    return total


def _less(ring: Ring, value: Poly, slack: Slack, sign: int = 1) -> Poly:
    return ring.sum((value, {((slack(), 1),): fmpq(-sign)}))


def _opened(ring: Ring, atom: Atom) -> tuple[list[Idx], Monomial] | None:
    """The indices of a sum, made free, and what it is then the sum of."""
    assert isinstance(atom.form, SumForm)
    over, body = open_binder(ring, atom.form.over, {atom.form.body: fmpq(1)})
    ((monomial, coefficient), *more) = body.items()
    return None if more or coefficient != 1 else (over, monomial)


def _over(monomial: Monomial, divisor: Monomial) -> Monomial:
    powers = dict(monomial)
    for atom, exponent in divisor:
        powers[atom] = powers.get(atom, 0) - exponent
    return monomial_of(powers)


def _summed(ring: Ring, over: list[Idx], body: Monomial) -> Poly:
    poly: Poly = {body: fmpq(1)}
    for index in over:
        poly = sum_over(ring, index, poly)
    return poly


def _beside_the_largest(ring: Ring, atom: Atom, other: Atom, slack: Slack) -> Iterator[Poly]:
    """A sum of w_i v_i as the sum of the w_i times the largest v_i, less a slack; the smallest, where that is -v_i.

    And a sum of v_i that are not negative as the largest of them, and a slack.
    """
    found, opened = _largest_of(ring, other), _opened(ring, atom)
    if found is None or opened is None:
        return
    ((over, *others), body), (index, value) = opened, found
    if others or over.extent != index.extent:
        return
    ((monomial, coefficient), *more) = rename(ring, value, {index: over}).items()
    weights = _over(body, monomial)
    if more or not ring.is_not_negative(weights):
        return
    largest: Poly = {((other, 1),): 1 / coefficient}
    yield _less(ring, ring.product(_summed(ring, [over], weights), largest), slack, 1 if coefficient > 0 else -1)
    if weights == CONSTANT and coefficient > 0 and ring.is_not_negative(body):
        yield _less(ring, largest, slack, -1)


def upper_bound(ring: Ring, atom: Atom) -> fmpq | None:
    """What the entries that an atom is one of add up to, where none of them is negative: each is at most that."""
    form = atom.form
    if isinstance(form, EntryForm) and ring.is_not_negative(((atom, 1),)):
        return next((value for variable, _, value in ring.facts.sums if variable == form.variable and value > 0), None)
    return None


def _below_a_bound(ring: Ring, atom: Atom, slack: Slack) -> Iterator[Poly]:
    """A sum of w_i p_i, where p_i is at most a number, as that number times the sum of the w_i, less a slack."""
    over, body = _opened(ring, atom) or ([], CONSTANT)
    for own, _ in body:
        bound, weights = upper_bound(ring, own), _over(body, ((own, 1),))
        if bound is not None and ring.is_not_negative(weights):
            yield _less(ring, ring.scaled(_summed(ring, over, weights), bound), slack)


def _below_another_logarithm(ring: Ring, atom: Atom, slack: Slack) -> Iterator[Poly]:
    """The sum of p_i log q_i as that of p_i log p_i - p_i + q_i, less a slack: as log (q / p) is at most q / p - 1.

    With 1 / n for all q_i that is a lower bound of the sum of p_i log p_i.
    """
    opened = _opened(ring, atom)
    if opened is None:
        return
    over, body = opened
    logarithms = [own for own, exponent in body if isinstance(own.form, LogForm) and exponent == 1]
    if len(logarithms) != 1 or not isinstance(logarithms[0].form, LogForm):
        return
    weight = {_over(body, ((logarithms[0], 1),)): fmpq(1)}
    argument = dict(logarithms[0].form.argument)
    if weight == argument and len(over) == 1 and ring.is_positive(weight):
        many = ring.size(over[0].extent)
        mass = sum_over(ring, over[0], weight)
        flat = ring.product(mass, operations.logarithm(ring, many))
        yield _less(ring, minus(minus(mass, ring.constant(1)), flat), slack, -1)
    elif ring.is_positive(weight) and ring.is_positive(argument):
        pointwise = ring.sum((ring.product(weight, operations.logarithm(ring, weight)), minus(argument, weight)))
        for index in over:
            pointwise = sum_over(ring, index, pointwise)
        yield _less(ring, pointwise, slack)


def _above_the_largest_exponent(ring: Ring, poly: Poly, slack: Slack) -> Poly | None:
    """The logarithm of a sum of e^p_i as the largest p_i, and a slack."""
    ((monomial, coefficient), *more) = poly.items()
    form = monomial[0][0].form if len(monomial) == 1 and monomial[0][1] == 1 else None
    if more or coefficient != 1 or not isinstance(form, SumForm) or len(form.over) != 1:
        return None
    opened = _opened(ring, monomial[0][0])
    if opened is None or not all(isinstance(atom.form, ExpForm) for atom, _ in opened[1]):
        return None
    exponent = ring.sum(
        {atom.form.power: fmpq(power.numerator, power.denominator)}
        for atom, power in opened[1]
        if isinstance(atom.form, ExpForm)
    )
    return _less(ring, maximum(ring, opened[0][0], exponent), slack, -1)


def _largest_of(ring: Ring, atom: Atom) -> tuple[Idx, Poly] | None:
    """What an atom is the largest value of, at an index: of a maximum, or of e to a multiple of one."""
    match atom.form:
        case MaxForm():
            (index,), body = open_binder(ring, (atom.form.over,), dict(atom.form.body))
            return index, body
        case ExpForm(power=power):
            inner = [each for each, exponent in power if isinstance(each.form, MaxForm) and exponent == 1]
            if len(inner) != 1:
                return None
            factor = tuple(each for each in power if each[0] is not inner[0])
            found = _largest_of(ring, inner[0])
            if found is None or not ring.is_not_negative(factor):
                return None
            return found[0], operations.exponential(ring, ring.product({factor: fmpq(1)}, found[1]))
        case _:
            return None


def _below_a_product(ring: Ring, atom: Atom, atoms: list[Atom], slack: Slack) -> Iterator[Poly]:
    """The square of a sum as a product of two sums, less a slack, where one of these is there already."""
    opened = _opened(ring, atom)
    if opened is None:
        return
    over, body = opened
    square = monomial_of({own: 2 * exponent for own, exponent in body})
    for factor in _factors(ring, over, body, atoms):
        other = _over(square, factor)
        if ring.is_not_negative(factor) and ring.is_not_negative(other):
            yield _less(ring, ring.product(_summed(ring, over, factor), _summed(ring, over, other)), slack)


def _factors(ring: Ring, over: list[Idx], body: Monomial, atoms: list[Atom]) -> Iterator[Monomial]:
    """What sums over the same indices are taken of; 1, whose sum is a dimension; and the factors of a sum itself."""
    for atom in atoms:
        form = atom.form
        if isinstance(form, SumForm) and [each.extent for each in form.over] == [each.extent for each in over]:
            names: dict[Idx, Subscript] = dict(zip(form.over, over, strict=True))
            for own, coefficient in rename(ring, {form.body: fmpq(1)}, names).items():
                if coefficient == 1:
                    yield own
    yield CONSTANT
    yield from (((atom, 1),) for atom, _ in body)


def _below_the_maxima(ring: Ring, atom: Atom, slack: Slack) -> Poly:
    """The maximum of a sum as the sum of the maxima, less a slack."""
    form = atom.form
    assert isinstance(form, MaxForm)
    index = ring.fresh(form.over.extent)
    terms = ({monomial: coefficient} for monomial, coefficient in form.body)
    parts = [maximum(ring, index, rename(ring, each, {form.over: index})) for each in terms]
    return _less(ring, ring.sum(parts), slack)
