"""Sums of inverses written by the products that they come from: each has the value that it had."""

from __future__ import annotations

import pytest
from flint import arb

from tests.kernel.forms import Values
from tests.kernel.terms import M, N, bound, free, num, plus, scalar, times, total
from verify.kernel.atoms import Poly
from verify.kernel.balls import Balls, precision
from verify.kernel.evaluate import OutsideDomain
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Facts, Ring
from verify.kernel.term import Delta, Entry, Inverse, Pow, Slot, Subscript, Term, Variable
from verify.kernel.traces import Product, undone

I, J, K, L = (bound(name) for name in "ijkl")
P, Q = bound("p", M), bound("q", M)
F, G = free("f"), free("g")
A, B, X = Variable("A", (N, N)), Variable("B", (N, N)), Variable("x", (N,))
V, H = Variable("V", (M, N)), Variable("h", (M,))
a, c, r = scalar("a"), scalar("c"), scalar("r")
KNOWN = Facts(positive=frozenset({r.variable}))
SIZES = {"n": 2, "m": 3}
one = Delta(I, J)


def at(row: Subscript, column: Subscript, variable: Variable = A) -> Entry:
    return Entry(variable, (row, column))


def inverse(row: Subscript, column: Subscript, body: Term) -> Inverse:
    return Inverse(row, column, Slot((I, J), body))


shifted = plus(at(I, J), times(a, one))
gram = plus(total(P, times(at(P, I, V), at(P, J, V))), times(c, one))
product = plus(total(L, times(at(I, L), at(L, J, B))), times(num(3), one))
halves = plus(times(num("1/2"), at(I, J)), times(r, r, one))
several = plus(at(I, J), times(num(2), at(J, I, B)), times(a, one))

UNDONE = [
    pytest.param(times(a, total(K, inverse(K, K, shifted))), id="a trace, times what stands at the unit matrix"),
    pytest.param(total(K, inverse(K, K, shifted)), id="a trace, without that"),
    pytest.param(total(K, inverse(K, K, gram)), id="of a product of a matrix and its transpose"),
    pytest.param(times(c, c, total(K, inverse(K, K, gram))), id="twice its factor"),
    pytest.param(total(K, inverse(K, K, product)), id="of a product, and a number at the unit matrix"),
    pytest.param(total(K, inverse(K, K, halves)), id="of a half, and a positive number"),
    pytest.param(total(K, inverse(K, K, several)), id="of two matrices"),
    pytest.param(total(K, total(L, times(at(K, L, B), inverse(L, K, shifted)))), id="times another matrix"),
    pytest.param(total(K, total(L, times(Entry(X, (K,)), inverse(K, L, gram), Entry(X, (L,))))), id="between vectors"),
    pytest.param(plus(total(K, inverse(K, K, gram)), times(num(5), a), num(-1)), id="beside other terms"),
    pytest.param(times(num("2/3"), a, total(K, inverse(K, K, shifted)), c), id="times other factors"),
    pytest.param(total(K, Pow(inverse(K, K, shifted), 2)), id="squares on the diagonal"),
]


class Sums:
    """Values of polynomials, and of products that are not carried out."""

    def __init__(self, seed: int) -> None:
        self.values = Values(Balls(Point(seed, GRID, positive=frozenset({r.variable}))), SIZES)

    def of(self, poly: Poly) -> arb:
        return self.values.of(poly, {})

    def product(self, found: Product) -> arb:
        parts = (self.values.monomial(found.factors, each) for each in self.values.over(found.bound, {}))
        return self.of(found.number) * sum(parts, arb(0))


@pytest.mark.parametrize("term", UNDONE)
def test_the_value_stays(term: Term) -> None:
    ring = Ring(KNOWN)
    poly = NormalForm(ring).of(term)
    found = undone(ring, poly)
    assert found is not None
    rest, products = found
    seen = 0
    for seed in range(12):
        sums = Sums(seed)
        with precision(128):
            try:
                difference = sums.of(poly) - sums.of(rest) - sum(map(sums.product, products), arb(0))
            except (OutsideDomain, ZeroDivisionError):
                continue
            assert difference.contains(0)
            seen += bool(difference.rad() < arb(2) ** -60)
    assert seen >= 3


LEFT = [
    pytest.param(total(K, inverse(K, K, at(I, J))), id="no unit matrix"),
    pytest.param(inverse(F, G, shifted), id="no sum"),
    pytest.param(total(K, Entry(X, (K,))), id="no inverse"),
    pytest.param(total(K, inverse(K, K, plus(at(I, J), times(Entry(X, (I,)), one)))), id="another diagonal"),
    pytest.param(num(7), id="a number"),
]


@pytest.mark.parametrize("term", LEFT)
def test_what_is_left_as_it_is(term: Term) -> None:
    ring = Ring(KNOWN)
    assert undone(ring, NormalForm(ring).of(term)) is None


def test_what_may_be_divided_by() -> None:
    """A number of which no hypothesis speaks, or that is never 0; where it is a factor already, nothing is divided."""
    trace = total(K, inverse(K, K, shifted))
    ring = Ring(KNOWN)
    forms = NormalForm(ring)
    told = frozenset({a.variable})
    assert undone(ring, forms.of(trace), told) is None
    assert undone(ring, forms.of(times(a, trace)), told) is not None
    assert undone(ring, forms.of(trace), frozenset({c.variable})) is not None
    positive = total(K, inverse(K, K, plus(at(I, J), times(r, one))))
    assert undone(ring, forms.of(positive), frozenset({r.variable})) is not None
    square = total(K, inverse(K, K, plus(at(I, J), times(a, a, one))))
    assert undone(ring, forms.of(times(a, square)), told) is None, "by its square it is divided once"
    assert undone(ring, forms.of(times(a, a, square)), told) is not None


def opened(found: Product, variable: Variable, ring: Ring) -> list[Poly]:
    ends = tuple(ring.fresh(axis) for axis in variable.axes)
    return list(found.opened_at(ring, variable, ends))


def test_products_are_opened_at_an_entry() -> None:
    """Of - tr A (A + a 1)^-1 / a that is - (A + a 1)^-1 / a, turned round; what is not there gives nothing."""
    ring = Ring()
    forms = NormalForm(ring)
    found = undone(ring, forms.of(total(K, inverse(K, K, shifted))))
    assert found is not None
    rest, (only,) = found
    assert only.variables() == {A}
    ends = (F, G)
    expected = times(num(-1), Pow(a, -1), inverse(G, F, shifted))
    assert list(only.opened_at(ring, A, ends)) == [forms.of(expected)]
    assert opened(only, B, ring) == []
    assert list(only.opened_at(ring, A, (F,))) == []
    (size,) = rest.items()
    assert size[1] == 1
