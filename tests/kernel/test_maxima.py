"""Maxima in the normal form: what leaves them, what changes places with them, and what does not."""

from __future__ import annotations

import pytest
from flint import fmpq

from tests.kernel.forms import seen_to_agree
from tests.kernel.terms import N, bound, free, num, over, plus, scalar, times, total
from verify.kernel import maxima
from verify.kernel.atoms import Atom, EntryForm, MaxForm, Poly
from verify.kernel.contents import subterms
from verify.kernel.division import reduced
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Facts, Ring
from verify.kernel.term import Entry, Exp, Idx, Log, Max, Pow, Term, Variable

I, J, K, L = bound("i"), bound("j"), bound("k"), bound("l")
F = free("f")
X, Y, W, A, B = (Variable(name, axes) for name, axes in (("x", (N,)), ("y", (N,)), ("W", (N, N)), ("a", ()), ("b", ())))
a, b, c = scalar("a"), scalar("b"), scalar("c")
POSITIVE = Facts(positive=frozenset({A}))


def x(index: Idx) -> Entry:
    return Entry(X, (index,))


def y(index: Idx) -> Entry:
    return Entry(Y, (index,))


def w(row: Idx, column: Idx) -> Entry:
    return Entry(W, (row, column))


def minus(term: Term) -> Term:
    return times(num(-1), term)


def most(body: Term, index: Idx = I) -> Max:
    return Max(index, body)


def least(body: Term, index: Idx = I) -> Term:
    return minus(Max(index, minus(body)))


x_i, e_x = x(I), Exp(x(I))
SAME = [
    pytest.param(most(plus(x_i, b)), plus(most(x_i), b), id="what does not depend on the index"),
    pytest.param(most(plus(x_i, b, minus(c))), plus(most(x(J), J), b, minus(c)), id="several of these"),
    pytest.param(most(b), b, id="nothing else"),
    pytest.param(most(times(num(3), x_i)), times(num(3), most(x_i)), id="a positive number"),
    pytest.param(most(times(num("2/3"), x_i)), times(num("2/3"), most(x_i)), id="a fraction"),
    pytest.param(
        most(plus(times(num("2/3"), x_i), times(num("4/9"), y(I)))),
        times(num("2/9"), most(plus(times(num(3), x_i), times(num(2), y(I))))),
        id="fractions with a common one",
    ),
    pytest.param(most(times(Exp(b), x_i)), times(Exp(b), most(x_i)), id="a positive factor"),
    pytest.param(most(times(over(Exp(b)), x_i)), times(over(Exp(b)), most(x_i)), id="a positive divisor"),
    pytest.param(most(times(Pow(b, 2), x_i)), times(Pow(b, 2), most(x_i)), id="a square"),
    pytest.param(most(times(Pow(b, 3), x_i)), times(Pow(b, 2), most(times(b, x_i))), id="of a cube the square"),
    pytest.param(most(times(over(b, 2), x_i)), times(over(b, 2), most(x_i)), id="one over a square"),
    pytest.param(most(times(over(b, 3), x_i)), times(over(b, 4), most(times(b, x_i))), id="one over a cube"),
    pytest.param(
        most(plus(times(Pow(b, 2), x_i), times(Pow(b, 3), y(I)))),
        times(Pow(b, 2), most(plus(x_i, times(b, y(I))))),
        id="the square that terms have in common",
    ),
    pytest.param(
        most(times(over(plus(num(1), Exp(b))), x_i)),
        times(over(plus(num(1), Exp(b))), most(x_i)),
        id="a sum below",
    ),
    pytest.param(
        most(plus(times(over(b, 2), x_i), y(I))),
        times(over(b, 2), most(plus(x_i, times(Pow(b, 2), y(I))))),
        id="one over a square beside what has none",
    ),
    pytest.param(most(e_x), Exp(most(x_i)), id="the exponential"),
    pytest.param(most(Exp(times(num("1/2"), x_i))), Exp(times(num("1/2"), most(x_i))), id="of a half"),
    pytest.param(most(Exp(minus(x_i))), Exp(minus(least(x_i))), id="of minus"),
    pytest.param(most(minus(e_x)), minus(Exp(least(x_i))), id="minus the exponential"),
    pytest.param(most(times(e_x, Exp(y(I)))), Exp(most(plus(x_i, y(I)))), id="a product of exponentials"),
    pytest.param(most(Log(plus(num(1), e_x))), Log(plus(num(1), Exp(most(x_i)))), id="a logarithm"),
    pytest.param(most(Log(Exp(plus(x_i, b)))), plus(b, most(x_i)), id="a logarithm of e to"),
    pytest.param(most(Pow(x_i, 3)), Pow(most(x_i), 3), id="an odd power"),
    pytest.param(most(minus(Pow(x_i, 3))), minus(Pow(least(x_i), 3)), id="minus one"),
    pytest.param(most(Pow(e_x, 2)), Exp(times(num(2), most(x_i))), id="a power of what is positive"),
    pytest.param(most(over(plus(num(1), e_x))), over(plus(num(1), Exp(least(x_i)))), id="one over what grows falls"),
    pytest.param(
        most(over(plus(num(1), Exp(minus(x_i))))),
        over(plus(num(1), Exp(minus(most(x_i))))),
        id="the logistic function grows",
    ),
    pytest.param(most(over(plus(num(1), e_x), 2)), over(plus(num(1), Exp(least(x_i))), 2), id="and its square, below"),
    pytest.param(most(plus(x_i, e_x)), plus(most(x_i), Exp(most(x_i))), id="a sum of two that grow"),
    pytest.param(
        most(plus(x_i, Log(plus(num(1), e_x)))), plus(most(x_i), Log(plus(num(1), Exp(most(x_i))))), id="of a logarithm"
    ),
    pytest.param(most(plus(x_i, Pow(x_i, 3))), plus(most(x_i), Pow(most(x_i), 3)), id="of powers"),
    pytest.param(
        most(plus(minus(x_i), over(plus(num(1), e_x)))),
        plus(minus(least(x_i)), over(plus(num(1), Exp(least(x_i))))),
        id="of two that fall",
    ),
    pytest.param(
        most(plus(x_i, minus(Log(plus(num(1), e_x))))),
        plus(most(x_i), minus(Log(plus(num(1), Exp(most(x_i)))))),
        id="log sigma",
    ),
    pytest.param(most(Exp(e_x)), Exp(Exp(most(x_i))), id="two exponentials"),
    pytest.param(most(most(w(I, J)), J), most(most(w(K, L), L), K), id="maxima change places"),
    pytest.param(
        most(plus(x_i, most(w(I, J), J))), most(most(plus(w(L, K), x(L)), K), L), id="a sum with an inner one"
    ),
    pytest.param(
        most(times(e_x, most(w(I, J), J))), most(most(times(Exp(x(I)), w(I, J)), J)), id="a positive factor of one"
    ),
    pytest.param(
        most(plus(most(w(I, J), J), most(w(K, I), K))),
        most(plus(most(w(J, I), J), most(w(I, K), K))),
        id="two inner ones",
    ),
    pytest.param(most(plus(x_i, minus(x_i))), num(0), id="the largest of 0"),
]
OTHER = [
    pytest.param(most(times(b, x_i)), times(b, most(x_i)), id="a factor of unknown sign"),
    pytest.param(most(times(Pow(b, 3), x_i)), times(Pow(b, 3), most(x_i)), id="a cube"),
    pytest.param(
        most(times(over(plus(num(1), b)), x_i)), times(over(plus(num(1), b)), most(x_i)), id="a divisor of unknown sign"
    ),
    pytest.param(most(minus(x_i)), minus(most(x_i)), id="minus"),
    pytest.param(most(Pow(x_i, 2)), Pow(most(x_i), 2), id="an even power"),
    pytest.param(most(over(x_i)), over(most(x_i)), id="one over"),
    pytest.param(most(over(x_i)), over(least(x_i)), id="one over what changes its sign"),
    pytest.param(most(over(plus(num(1), e_x))), over(plus(num(1), Exp(most(x_i)))), id="what falls, at the largest"),
    pytest.param(most(minus(e_x)), minus(Exp(most(x_i))), id="minus the exponential, at the largest"),
    pytest.param(most(plus(x_i, minus(e_x))), plus(most(x_i), minus(Exp(most(x_i)))), id="one grows, one falls"),
    pytest.param(most(plus(x_i, y(I))), plus(most(x_i), most(y(I))), id="two vectors"),
    pytest.param(most(plus(x_i, Exp(y(I)))), plus(most(x_i), Exp(most(y(I)))), id="functions of two vectors"),
    pytest.param(most(times(x_i, y(I))), times(most(x_i), most(y(I))), id="a product"),
    pytest.param(most(times(x_i, e_x)), times(most(x_i), Exp(most(x_i))), id="x e^x"),
    pytest.param(most(w(I, F)), most(w(F, I)), id="a row and a column"),
    pytest.param(most(times(x_i, most(w(I, J), J))), most(most(times(x_i, w(I, J)), J)), id="a factor of one"),
    pytest.param(
        most(plus(x_i, minus(most(w(I, J), J)))), most(most(plus(x_i, minus(w(I, J))), J)), id="minus an inner one"
    ),
    pytest.param(most(Log(plus(num(1), e_x))), plus(num(1), Exp(most(x_i))), id="a logarithm lost"),
]


def normal(*terms: Term, facts: Facts | None = None) -> list[Poly]:
    """Normal forms, with what is divided reduced as it is under sums and maxima."""
    ring = Ring(facts)
    forms = NormalForm(ring)
    return [reduced(ring, forms.of(each)) for each in terms]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_the_same_at_once(left: Term, right: Term) -> None:
    one, other = normal(left, right)
    assert one == other


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_what_is_not(left: Term, right: Term) -> None:
    one, other = normal(left, right)
    assert one != other


@pytest.mark.parametrize(("left", "right"), [*SAME, *OTHER])
def test_values(left: Term, right: Term) -> None:
    for term in (left, right):
        (form,) = normal(term)
        at = (F,) if any(isinstance(each, Entry) and F in each.subscripts for each in subterms(term)) else ()
        assert seen_to_agree(term, form, at) >= 4


def test_what_is_positive_by_hypothesis() -> None:
    """Then every power of it grows, or falls, and it may be taken out with any exponent."""
    facts = Facts(positive=frozenset({A, X}))
    for left, right in (
        (most(times(a, y(I))), times(a, most(y(I)))),
        (most(times(Pow(a, -3), y(I))), times(Pow(a, -3), most(y(I)))),
        (most(Pow(x_i, 2)), Pow(most(x_i), 2)),
        (most(over(x_i)), over(least(x_i))),
        (most(over(x_i, 2)), over(least(x_i), 2)),
        (most(plus(x_i, Pow(x_i, 2))), plus(most(x_i), Pow(most(x_i), 2))),
        (most(plus(over(x_i), minus(x_i))), plus(over(least(x_i)), minus(least(x_i)))),
        (most(Log(x_i)), Log(most(x_i))),
    ):
        one, other = normal(left, right, facts=facts)
        assert one == other
    for largest, wrong in ((most(times(b, y(I))), times(b, most(y(I)))), (most(plus(x_i, over(x_i))), most(x_i))):
        one, other = normal(largest, wrong, facts=facts)
        assert one != other


def test_terms_with_and_without_an_index() -> None:
    ring = Ring()
    with_it, without_it = (ring.of(EntryForm(*each)) for each in ((X, (I,)), (B, ())))
    poly = ring.sum((with_it, without_it, ring.constant(3), ring.product(with_it, without_it)))
    outside, inside = maxima.without(I, poly)
    assert outside == ring.sum((without_it, ring.constant(3)))
    assert inside == ring.sum((with_it, ring.product(with_it, without_it)))


def test_a_common_factor_times_the_rest_is_the_polynomial() -> None:
    ring = Ring(POSITIVE)
    forms = NormalForm(ring)
    for term, factor in (
        (plus(times(num(4), a, x_i), times(num(6), a, b, y(I))), times(num(2), a)),
        (plus(times(Pow(b, 2), x_i), times(Pow(b, 5), y(I))), Pow(b, 2)),
        (plus(times(Pow(b, 3), x_i), times(Pow(b, 5), y(I))), Pow(b, 2)),
        (times(num("3/2"), over(a, 3), x_i), times(num("3/2"), over(a, 3))),
        (times(num(-6), x_i), num(6)),
        (plus(x_i, num(1)), num(1)),
        (plus(times(a, x_i), y(I)), num(1)),
        (times(over(plus(num(1), b), 3), x_i), num(1)),
    ):
        poly = forms.of(term)
        found, rest = maxima.common_factor(ring, I, poly)
        assert found == forms.of(factor)
        assert ring.product(found, rest) == poly


def test_the_content_of_a_polynomial() -> None:
    ring = Ring()
    one, two = (ring.of(EntryForm(each, ())) for each in (A, B))
    poly = ring.sum((ring.scaled(one, fmpq(4, 3)), ring.scaled(two, fmpq(-10, 9))))
    assert maxima._content(poly) == fmpq(2, 9)
    assert maxima._content({}) == 1


def test_maxima_within_maxima_are_bounded() -> None:
    """Of six inner ones no more than three are joined with the outer one, and the value stays what it is."""
    names = [bound("s", N, number) for number in range(6)]
    term = most(plus(*(most(times(num(place + 1), w(I, each)), each) for place, each in enumerate(names))))
    (form,) = normal(term)
    assert seen_to_agree(term, form, size=2) >= 4


def test_sums_of_maxima_are_none_of_sums() -> None:
    one, other = normal(total(I, most(w(I, J), J)), most(total(I, w(I, J)), J))
    assert one != other


def test_what_neither_grows_nor_falls_is_left_alone() -> None:
    """Then its maximum is not taken of e to it, or of its terms."""

    def refused(inner: Poly) -> Poly:
        raise AssertionError(f"the maximum of {inner} is not asked for")

    ring = Ring()
    forms = NormalForm(ring)
    growing = Log(plus(num(1), Exp(y(I))))
    for term in (
        plus(x_i, y(I)),
        plus(x_i, minus(growing)),
        plus(x_i, growing),
        plus(y(I), Log(plus(times(Pow(b, 2), x_i), times(Pow(b, 2), w(I, I))))),
        plus(y(I), Log(times(Pow(b, 2), x_i))),
        times(x_i, y(I)),
    ):
        assert maxima.exchanged(ring, I, forms.of(term), refused) is None


def test_a_fraction_of_an_inner_maximum_is_joined() -> None:
    """As x_i + max_j w_ij / 2 is the maximum over j of x_i + w_ij / 2; less half of it is none."""
    ring = Ring()
    forms = NormalForm(ring)

    def opened(atom: Atom) -> tuple[Idx, Poly]:
        assert isinstance(atom.form, MaxForm)
        return K, forms.of(w(I, K))

    inner = most(w(I, J), J)
    over_both, body = maxima.hoisted(ring, I, forms.of(plus(x_i, times(num("1/2"), inner))), opened)
    assert (over_both, body) == ([I, K], forms.of(plus(x_i, times(num("1/2"), w(I, K)))))
    less = forms.of(plus(x_i, times(num("-1/2"), inner)))
    assert maxima.hoisted(ring, I, less, opened) == ([I], less)


def test_what_is_divided_by_grows_with_itself() -> None:
    """Of any sign in the first power; the inverse falls where it is positive, and neither where it is not known."""
    ring = Ring()
    forms = NormalForm(ring)
    for term, rises in ((plus(num(1), Exp(x_i)), False), (plus(num(1), x_i), None)):
        (((atom, exponent),),) = forms.of(over(term))
        assert exponent == -1
        assert maxima._growing(ring, atom, 1) is True
        assert maxima._growing(ring, atom, -1) is rises
