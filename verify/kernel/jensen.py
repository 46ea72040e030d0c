"""The logarithm of a sum is at least a weighted mean of logarithms, as the logarithm is concave (Jensen).

Of weights a_i that are not negative and add up to A > 0, and of positive r_i, the logarithm of the sum of a_i r_i is
log A and the mean of the log r_i with these weights, and a slack that is not negative. A sum of b_i is one of a_i r_i
with r_i = b_i / a_i for any positive weights, so that the weights are taken from what else stands in a statement: those
of a softmax from a sum of its numerators, 1 for all where there are none. So an entropy is at most log n, whatever the
distribution, a divergence is not negative, and log-sum-exp is at least the mean under p and the entropy of p.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from flint import fmpq

from verify.kernel import operations
from verify.kernel.atoms import CONSTANT, Atom, LogForm, Monomial, Poly, SizeForm, SumForm
from verify.kernel.binding import open_binder, rename, sum_over
from verify.kernel.ring import Ring
from verify.kernel.term import Extent, Idx, Subscript

MOST_WEIGHTS = 8

Slack = Callable[[], Atom]


def above_a_mean(ring: Ring, atom: Atom, atoms: Sequence[Atom], slack: Slack) -> Iterator[Poly]:
    """The logarithm of a sum as a mean of logarithms and a slack, for each choice of weights that ``atoms`` give."""
    found = _summed(ring, atom)
    if found is None:
        return
    over, summand = found
    for weights in _weights(ring, over, atoms):
        ring.spend()
        ratio = ring.join(summand, tuple((own, -exponent) for own, exponent in weights))
        mass = _sum(ring, over, {weights: fmpq(1)})
        if ratio == CONSTANT or len(mass) != 1 or not ring.is_positive(mass) or not ring.is_positive({ratio: fmpq(1)}):
            continue
        logarithms = ring.product({weights: fmpq(1)}, operations.logarithm(ring, {ratio: fmpq(1)}))
        mean = ring.product(_sum(ring, over, logarithms), operations.power(ring, mass, -1))
        yield ring.sum((mean, operations.logarithm(ring, mass), {((slack(), 1),): fmpq(1)}))


def _summed(ring: Ring, atom: Atom) -> tuple[list[Idx], Monomial] | None:
    """What is summed under a logarithm, and over which indices; a dimension is a sum of ones."""
    form = atom.form
    if not isinstance(form, LogForm) or len(form.argument) != 1:
        return None
    ((monomial, coefficient),) = form.argument
    inner = monomial[0][0].form if len(monomial) == 1 and monomial[0][1] == 1 else None
    if coefficient != 1:
        return None
    match inner:
        case SizeForm(name=name):
            return [ring.fresh(Extent((((name,), 1),)))], CONSTANT
        case SumForm(over=over, body=body):
            opened, summand = open_binder(ring, over, {body: fmpq(1)})
            ((only, factor), *more) = summand.items()
            return None if more or factor != 1 else (opened, only)
        case _:
            return None


def _weights(ring: Ring, over: list[Idx], atoms: Sequence[Atom]) -> Iterator[Monomial]:
    """Ones, and the products of factors that are not negative in what other sums over such indices are taken of."""
    yield CONSTANT
    seen: set[Monomial] = {CONSTANT}
    for atom in atoms:
        form = atom.form
        if not isinstance(form, SumForm) or [each.extent for each in form.over] != [each.extent for each in over]:
            continue
        names: dict[Idx, Subscript] = dict(zip(form.over, over, strict=True))
        for body in rename(ring, {form.body: fmpq(1)}, names):
            factors = [power for power in body if ring.is_not_negative((power,)) and power[0].free & set(over)]
            for many in range(len(factors), 0, -1):
                for chosen in combinations(factors, many):
                    if chosen not in seen and len(seen) <= MOST_WEIGHTS:
                        seen.add(chosen)
                        yield chosen


def _sum(ring: Ring, over: list[Idx], poly: Poly) -> Poly:
    for index in over:
        poly = sum_over(ring, index, poly)
    return poly
