"""Sums of squares, one step at a time: what is shown of a normal form without anything that checks it afterwards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq

from tests.kernel.forms import Values
from tests.kernel.terms import M, N, bound, free, num, over, plus, scalar, times, total
from verify.kernel import squares
from verify.kernel.balls import Balls, precision
from verify.kernel.evaluate import OutsideDomain
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Facts, Ring
from verify.kernel.semidefinite import is_semidefinite
from verify.kernel.squares import is_shown
from verify.kernel.term import ONE_WIDE, Entry, Exp, Idx, Log, OutOfBudget, Pow, Size, Subscript, Term, Variable

I, J = bound("i"), bound("j")
P = bound("p", M)
F, G, H = free("f"), free("g"), free("h", M)
X, Y, Q, R = (Variable(name, (N,)) for name in "xyqr")
V, W = Variable("v", (M,)), Variable("W", (N, N))
a, b, c, r, s, t = (scalar(name) for name in "abcrst")
n = Size(N)
SIZES = {"n": 3, "m": 2}
POSITIVE = Facts(positive=frozenset({r.variable, s.variable, R, Q}), nonnegative=frozenset({t.variable}))


def x(index: Subscript = I, variable: Variable = X) -> Entry:
    return Entry(variable, (index,))


def w(row: Subscript = I, column: Subscript = J) -> Entry:
    return Entry(W, (row, column))


def square(term: Term) -> Pow:
    return Pow(term, 2)


def minus(term: Term) -> Term:
    return times(num(-1), term)


def root(term: Term) -> Term:
    """The root, as a power is written with e and the logarithm."""
    return Exp(times(num("1/2"), Log(term)))


y, q, weight = x(variable=Y), x(variable=Q), x(variable=R)
xx, yy, xy = total(I, square(x())), total(I, square(y)), total(I, times(x(), y))
sum_x, sum_q = total(I, x()), total(I, q)

# A value that is shown to be at least 0, and one beside it that is negative somewhere.
ROWS = [
    pytest.param(square(a), a, id="a square; a number"),
    pytest.param(times(num(2), square(a)), times(num(-2), square(a)), id="twice a square; less twice it"),
    pytest.param(num(0), num(-1), id="0; -1"),
    pytest.param(num(3), plus(square(a), num(-1)), id="a number; less than a square"),
    pytest.param(r, minus(r), id="what is positive; less it"),
    pytest.param(t, minus(t), id="what is at least 0; less it"),
    pytest.param(times(r, t), times(r, a), id="a product of two; with one of any sign"),
    pytest.param(Pow(t, 3), Pow(a, 3), id="a cube of what is at least 0; of anything"),
    pytest.param(times(square(a), Pow(b, 4)), times(square(a), Pow(b, 3)), id="even powers; an odd one"),
    pytest.param(over(a, 2), over(a), id="one over a square; over a number"),
    pytest.param(
        plus(square(a), times(num(2), a, b), square(b)), plus(square(a), times(num(3), a, b), square(b)), id="(a + b)^2"
    ),
    pytest.param(
        plus(square(a), times(num(-2), a, b), square(b)),
        plus(square(a), times(num("-21/10"), a, b), square(b)),
        id="(a - b)^2",
    ),
    pytest.param(
        plus(square(a), times(a, b), times(num("1/4"), square(b))),
        plus(square(a), times(a, b), times(num("1/5"), square(b))),
        id="(a + b / 2)^2; less a little",
    ),
    pytest.param(
        plus(square(a), square(b), square(c), times(a, b), times(b, c), times(c, a)),
        plus(square(a), square(b), square(c), times(num(2), a, b), times(num(2), b, c), times(num(-2), c, a)),
        id="three numbers",
    ),
    pytest.param(
        plus(r, s, times(num(-2), root(times(r, s)))),
        plus(r, s, times(num(-3), root(times(r, s)))),
        id="arithmetic and geometric mean",
    ),
    pytest.param(
        plus(square(a), num(1), times(num(2), a)), plus(square(a), num(1), times(num(3), a)), id="with a number"
    ),
    pytest.param(xx, sum_x, id="a sum of squares; of numbers"),
    pytest.param(sum_q, minus(sum_q), id="a sum of what is positive; less it"),
    pytest.param(total(I, times(q, square(x()))), total(I, times(y, square(x()))), id="with weights; of any sign"),
    pytest.param(
        plus(xx, minus(square(x(F)))), plus(xx, minus(times(num(2), square(x(F))))), id="an own term; twice it"
    ),
    pytest.param(plus(xx, minus(square(x(1)))), plus(xx, minus(square(x(1))), num(-1)), id="the first one; and 1"),
    pytest.param(plus(sum_q, minus(x(F, Q))), plus(sum_x, minus(x(F))), id="of a sum of what is positive; of anything"),
    pytest.param(
        plus(times(t, sum_q), minus(times(t, x(F, Q)))),
        plus(times(a, sum_q), minus(times(a, x(F, Q)))),
        id="times what is at least 0",
    ),
    pytest.param(
        plus(total(P, square(x(P, V))), minus(square(x(H, V)))),
        plus(total(P, square(x(P, V))), minus(square(x(F)))),
        id="at an index of that dimension; of another one",
    ),
    pytest.param(
        plus(times(xx, yy), minus(square(xy))),
        plus(times(xx, yy), minus(times(num(2), square(xy)))),
        id="Cauchy and Schwarz",
    ),
    pytest.param(
        plus(times(n, xx), minus(square(sum_x))), plus(xx, minus(square(sum_x))), id="with ones; their number forgotten"
    ),
    pytest.param(
        plus(times(t, xx, yy), minus(times(t, square(xy)))),
        plus(times(a, xx, yy), minus(times(a, square(xy)))),
        id="times what is at least 0; times anything",
    ),
    pytest.param(
        plus(xx, yy, times(num(-2), xy)), plus(xx, yy, times(num(-3), xy)), id="term by term: the sum of (x_i - y_i)^2"
    ),
    pytest.param(
        plus(xx, times(num(-2), a, sum_x), times(n, square(a))),
        plus(xx, times(num(-2), a, sum_x), square(a)),
        id="the sum of (x_i - a)^2: a dimension is a sum of ones",
    ),
    pytest.param(
        total(I, total(J, square(w()))), total(I, total(J, times(w(), w(J, I)))), id="a sum over both indices; of W W"
    ),
    pytest.param(plus(Exp(a), num(-1), minus(a)), plus(Exp(a), num(-1), times(num(-2), a)), id="e^a from below; twice"),
    pytest.param(plus(Exp(minus(a)), num(-1), a), plus(Exp(minus(a)), num(-1), minus(a)), id="of -a"),
    pytest.param(
        plus(Exp(times(num(2), a)), num(-1), times(num(-2), a)),
        plus(Exp(times(num(2), a)), num(-1), minus(a)),
        id="of 2 a",
    ),
    pytest.param(
        plus(times(t, Exp(a)), minus(t), minus(times(t, a))),
        plus(times(b, Exp(a)), minus(b), minus(times(b, a))),
        id="times what is at least 0",
    ),
    pytest.param(plus(r, num(-1), minus(Log(r))), plus(r, num(-2), minus(Log(r))), id="log r from above"),
    pytest.param(plus(Log(r), num(-1), over(r)), plus(Log(r), num(-2), over(r)), id="log r from below"),
    pytest.param(
        plus(Log(r), minus(Log(s)), num(-1), times(s, over(r))),
        plus(Log(r), minus(Log(s)), num(-1), times(r, over(s))),
        id="two logarithms as one of a quotient",
    ),
    pytest.param(
        plus(a, num(-1), minus(Log(a))), plus(a, num(-1), Log(a)), id="what a logarithm is taken of is positive"
    ),
    pytest.param(
        plus(total(I, Exp(x())), minus(n), minus(sum_x)),
        plus(total(I, Exp(x())), minus(n), times(num(-2), sum_x)),
        id="tangents inside of a sum",
    ),
    pytest.param(plus(root(xx), minus(x(F))), plus(root(xx), minus(sum_x)), id="a length; the sum of all entries"),
    pytest.param(plus(root(xx), x(F)), plus(minus(root(xx)), x(F)), id="a length on either side"),
    pytest.param(
        plus(over(r), over(s), times(num(-4), over(plus(r, s)))),
        plus(over(r), over(s), times(num(-5), over(plus(r, s)))),
        id="with denominators that are positive",
    ),
    pytest.param(
        plus(times(square(a), over(b, 2)), times(square(b), over(a, 2)), num(-2)),
        plus(times(a, over(b)), times(b, over(a)), num(-2)),
        id="with denominators of any sign",
    ),
    pytest.param(
        plus(Log(r), minus(Log(s)), num(-1), times(s, over(r))),
        plus(Log(r), minus(Log(s)), num(-1), times(num("1/2"), s, over(r))),
        id="two logarithms; half of the quotient",
    ),
    pytest.param(
        plus(times(num(2), Log(r)), minus(times(num(2), Log(s))), num(-2), times(num(2), s, over(r))),
        plus(times(num(2), Log(r)), minus(Log(s)), num(-2), times(num(2), s, over(r))),
        id="of one weight; of two",
    ),
    pytest.param(
        plus(Log(r), minus(Log(s)), num(-1), times(s, over(r))),
        plus(times(num(2), Log(r)), minus(Log(s)), num(-1), times(s, over(r))),
        id="of two other weights",
    ),
    pytest.param(plus(Log(r), num(-1), over(r)), plus(Log(r), num(1), minus(r)), id="one over r, not r itself"),
    pytest.param(
        plus(times(num("1/2"), Log(r)), num("-1/2"), times(num("1/2"), over(r))),
        plus(times(num("1/2"), Log(r)), num("1/2"), times(num("-1/2"), r)),
        id="half a logarithm",
    ),
    pytest.param(
        plus(Log(num(2)), times(num("1/2"), r), num(-1), minus(Log(r))),
        plus(Log(num(2)), times(num("1/3"), r), num(-1), minus(Log(r))),
        id="a tangent that touches at 2",
    ),
    pytest.param(
        plus(
            times(num(2), Log(num(2))),
            times(num("1/2"), r),
            times(num("1/2"), s),
            num(-2),
            minus(Log(r)),
            minus(Log(s)),
        ),
        plus(
            times(num(2), Log(num(2))),
            times(num("1/2"), r),
            times(num("1/2"), s),
            num(-3),
            minus(Log(r)),
            minus(Log(s)),
        ),
        id="two such tangents",
    ),
    pytest.param(plus(Log(r), num(-1), over(r)), plus(Log(r), num(-2), times(num(2), over(r))), id="not twice that"),
    pytest.param(
        plus(r, num(-1), minus(Log(r))), plus(times(num(2), r), num(-2), minus(Log(r))), id="from above, not twice"
    ),
    pytest.param(
        times(square(plus(a, num(1))), plus(Exp(c), num(-1), minus(c))),
        times(Pow(plus(a, num(1)), 3), plus(Exp(c), num(-1), minus(c))),
        id="a product with what a tangent shows; with a cube",
    ),
    pytest.param(
        times(plus(r, num(-1), minus(Log(r))), plus(Exp(c), num(-1), minus(c))),
        times(plus(minus(r), num(1), Log(r)), plus(Exp(c), num(-1), minus(c))),
        id="a product of two such; one turned round",
    ),
    pytest.param(
        times(plus(minus(r), num(1), Log(r)), plus(minus(Exp(c)), num(1), c)),
        times(plus(r, num(-1), minus(Log(r))), plus(minus(Exp(c)), num(1), c)),
        id="both turned round; the other one",
    ),
    pytest.param(
        plus(Log(plus(num(1), r)), Log(plus(num(1), s)), minus(Log(plus(num(1), r, s)))),
        plus(Log(plus(num(1), r)), Log(plus(num(1), s)), minus(Log(plus(num(1), r, times(num(2), s))))),
        id="several logarithms, by e to their sum",
    ),
    pytest.param(
        plus(Exp(a), minus(Exp(b)), minus(times(plus(a, minus(b)), Exp(b)))),
        plus(Exp(a), minus(Exp(b)), times(num(-2), plus(a, minus(b)), Exp(b))),
        id="a tangent at b",
    ),
    pytest.param(
        plus(times(num("1/2"), xx), times(num("-1/2"), square(x(F)))),
        plus(times(num("1/2"), xx), minus(square(x(F)))),
        id="half of an own term",
    ),
    pytest.param(
        plus(total(I, total(J, square(w()))), minus(total(I, square(w(I, I))))),
        plus(total(I, total(J, square(w()))), times(num(-2), total(I, square(w(I, I))))),
        id="pairs, and equal pairs",
    ),
    pytest.param(
        plus(times(sum_q, total(I, weight)), minus(total(I, times(q, weight)))),
        plus(times(sum_q, sum_x), minus(total(I, times(q, x())))),
        id="a product of two sums, and the sum of products",
    ),
    pytest.param(
        plus(square(sum_q), minus(total(I, square(q)))),
        plus(square(sum_x), minus(xx)),
        id="the square of a sum of what is positive; of any sign",
    ),
    pytest.param(
        plus(square(x(F)), square(x(G)), times(num(-2), x(F), x(G))),
        plus(square(x(F)), square(x(G)), times(num(-2), x(F), x(F, Y))),
        id="entries at two indices",
    ),
]


def values(term: Term, facts: Facts) -> list[float]:
    """The values at points that meet the hypotheses, where they are defined."""
    forms, found = NormalForm(Ring(facts)), []
    poly = forms.of(term)
    for seed in range(60):
        point = Point(seed, GRID[25:] if seed % 3 == 0 else GRID, positive=facts.positive | facts.nonnegative)
        at = {F: 1 + seed % 3, G: 1 + seed % 2, H: 1 + seed % 2}
        with precision(128):
            try:
                found.append(float(Values(Balls(point), SIZES).of(poly, at)))
            except OutsideDomain:
                continue
    return found


def shown(
    term: Term,
    *,
    strict: bool = False,
    given: tuple[Term, ...] = (),
    facts: Facts = POSITIVE,
    depths: tuple[int, ...] = squares.DEPTHS,
) -> bool:
    ring = Ring(facts)
    forms = NormalForm(ring)
    return is_shown(ring, forms.of(term), strict=strict, given=[forms.of(each) for each in given], depths=depths)


@pytest.mark.parametrize(("true", "false"), ROWS)
def test_what_is_shown_and_what_is_not(true: Term, false: Term) -> None:
    assert shown(true)
    assert not shown(false)


@pytest.mark.parametrize(("true", "false"), ROWS)
def test_values(true: Term, false: Term) -> None:
    """What is true is true at points; what is not is false at one of them."""
    assert min(values(true, POSITIVE), default=0) > -1e-9
    assert min(values(false, POSITIVE), default=-1) < 0


# More than 0, and beside it what is at least 0 and is 0 somewhere.
STRICT = [
    pytest.param(r, t, id="what is positive; what is not negative"),
    pytest.param(num(1), num(0), id="1; 0"),
    pytest.param(plus(square(a), num(1)), square(a), id="a square and 1; a square"),
    pytest.param(plus(square(a), times(r, s)), plus(square(a), times(r, t)), id="a square and a product"),
    pytest.param(plus(xx, Exp(a)), xx, id="a sum of squares and e^a"),
    pytest.param(over(r), times(t, over(r)), id="one over what is positive"),
    pytest.param(plus(times(a, square(Log(a))), a), times(a, square(Log(a))), id="a product with what has a logarithm"),
    pytest.param(
        plus(root(plus(xx, num(1))), minus(x(F))), plus(root(xx), minus(x(F))), id="a length, with 1 beside the squares"
    ),
    pytest.param(
        plus(xx, num(1), minus(root(xx))), plus(xx, num("1/4"), minus(root(xx))), id="1 + v^2 > v; >= v - 3 / 4"
    ),
    pytest.param(
        plus(Exp(plus(num(1), square(a))), num(-2), minus(square(a))), plus(Exp(a), num(-1), minus(a)), id="away from 0"
    ),
    pytest.param(
        plus(r, minus(Log(plus(num(1), r)))),
        plus(t, minus(Log(plus(num(1), t)))),
        id="log (1 + r) < r; where r may be 0",
    ),
]


@pytest.mark.parametrize(("positive", "attained"), STRICT)
def test_what_is_positive_and_what_is_0_somewhere(positive: Term, attained: Term) -> None:
    assert shown(positive, strict=True)
    assert not shown(attained, strict=True)
    assert shown(attained)


def test_what_is_given() -> None:
    """That a is at least 0: also if 3 a is, and not if -a or a b is, or a + b."""
    same: tuple[Term, ...] = (a, times(num(3), a))
    others: tuple[Term, ...] = (minus(a), times(a, b), plus(a, b), square(a), b, num(1))
    for given in same:
        assert shown(a, given=(given,))
        assert shown(plus(Pow(a, 3), square(b)), given=(given,))
        assert not shown(minus(a), given=(given,))
        assert not shown(a, strict=True, given=(given,))
    for given in others:
        assert not shown(a, given=(given,))


def test_forms_that_are_given() -> None:
    """That a + b >= 0 and c >= 1: then the product is, and so is more; what is turned round is not, nor one alone."""
    sums = plus(a, b), plus(c, num(-1))
    product = times(*sums)
    assert shown(product, given=sums)
    assert shown(times(plus(a, b, num(2)), plus(c, num(-1), square(a))), given=sums)
    assert shown(times(minus(sums[0]), minus(sums[1])), given=sums)
    assert not shown(product, given=sums[:1])
    assert not shown(product, given=sums[1:])
    assert not shown(minus(product), given=sums)
    assert not shown(product, given=(plus(a, b), plus(c, num(-2)), plus(a, num(5)))[::2])
    assert not shown(product, strict=True, given=sums)
    assert shown(times(num("1/2"), product), given=sums)
    assert not shown(times(num("-1/2"), product), given=sums)
    turned: tuple[Term, ...] = (sums[0], plus(num(1), minus(c)))
    assert not shown(times(num("1/2"), product), given=turned)
    assert shown(times(num("-1/2"), product), given=turned)
    assert shown(product, given=(times(num(3), sums[0]), times(num("2/5"), sums[1])))
    assert shown(times(product, product), given=sums)
    assert not shown(times(product, plus(a, b)), given=sums[:1])


def test_tangents_times_what_is_given() -> None:
    """Of (b - a) (r - 1 - log r), and of four times (r - 1), where b is at least a."""
    for low, high in ((a, b), (b, a)):
        given: tuple[Term, ...] = (plus(high, minus(low)),)
        assert shown(times(given[0], plus(r, num(-1), minus(Log(r)))), given=given)
        assert not shown(times(given[0], plus(times(num(4), r), num(-4), minus(Log(r)))), given=given)
        assert not shown(times(plus(low, minus(high)), plus(r, num(-1), minus(Log(r)))), given=given)


def test_what_cannot_be_factored_has_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    def raised(*given: object) -> None:
        raise OutOfBudget

    sums = plus(a, b), plus(c, num(-1))
    assert shown(times(*sums), given=sums)
    monkeypatch.setattr("verify.kernel.definite.factored", raised)
    monkeypatch.setattr("verify.kernel.squares.factored", raised)
    assert not shown(times(*sums), given=sums)
    assert not shown(minus(times(*sums)), given=sums)


def test_forms_by_their_matrices() -> None:
    """The roots of two positive numbers make a square; the root of a multiple is not the root."""

    def is_form(term: Term) -> bool:
        return shown(term, depths=(0,))

    assert is_form(plus(r, s, times(num(-2), root(times(r, s)))))
    assert not is_form(plus(r, s, times(num(-2), root(times(num(2), r, s)))))
    assert not is_form(plus(r, times(num(-2), root(times(r, s)))))
    assert not is_form(plus(square(a), times(num(2), a, b)))
    assert is_form(plus(square(a), square(b), times(a, b)))


def test_two_sums_that_are_given() -> None:
    """The sum of (q_i + r_i) (y_i - c)^2, where each of the weights add up to 1: 2 c^2 is left, and not half of it."""
    both = Facts(positive=frozenset({Q, R}), sums=((Q, 0, fmpq(1)), (R, 0, fmpq(1))))
    weights = plus(q, weight)
    start = plus(total(I, times(weights, square(y))), times(num(-2), c, total(I, times(weights, y))))
    assert shown(plus(start, times(num(2), square(c))), facts=both)
    for less in ("1/2", "1", "3/2"):
        assert not shown(plus(start, times(num(less), square(c))), facts=both)


def test_sums_that_are_given() -> None:
    """Of weights that add up to 2, the sum of q_i (y_i - c)^2 is that of q_i y_i^2 - 2 c q_i y_i, and 2 c^2."""
    weights = Facts(positive=frozenset({Q}))
    given = replace(weights, sums=((Q, 0, fmpq(2)),))
    start = plus(total(I, times(q, square(y))), times(num(-2), c, total(I, times(q, y))))
    completed = plus(start, times(num(2), square(c)))
    assert shown(completed, facts=given)
    assert not shown(plus(start, square(c)), facts=given)
    assert not shown(completed, facts=weights)
    column = Variable("q", (N, ONE_WIDE))
    each_is_two = Facts(positive=frozenset({column}), sums=((column, 1, fmpq(2)),))
    entry = Entry(column, (I, 1))
    false = plus(
        total(I, times(entry, square(y))), times(num(-2), c, total(I, times(entry, y))), times(num(2), square(c))
    )
    assert not shown(false, facts=each_is_two), "where each is 2, they add up to 2 n"
    assert shown(false, facts=replace(each_is_two, sums=((column, 0, fmpq(2)),)))


def test_a_sum_that_is_given_as_a_fraction() -> None:
    """Of numbers that add up to 1/2 the squares are at least 1/4 together, over n, and at equal ones no more."""
    halves = Facts(sums=((Q, 0, fmpq(1, 2)),))
    several = times(n, total(I, square(q)))
    assert shown(plus(times(num(4), several), num(-1)), facts=halves)
    for less in ("3", "1", "1/4"):
        assert not shown(plus(times(num(less), several), num(-1)), facts=halves)
    known = replace(POSITIVE, sums=((Q, 0, fmpq(1)),))
    assert shown(plus(times(t, several), minus(t)), facts=known)
    assert not shown(plus(times(a, several), minus(a)), facts=known), "times what may be negative"
    assert not shown(plus(t, minus(times(t, several))), facts=known), "the other way round"


def test_many_terms_are_left() -> None:
    """Twenty-four squares are a form; of twenty-five nothing is asked."""
    letters = [square(scalar(f"z{number}")) for number in range(25)]
    assert shown(plus(*letters[:24]))
    assert not shown(plus(*letters))


def test_trials_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    term = plus(times(xx, yy), minus(square(xy)))
    assert shown(term)
    monkeypatch.setattr(squares, "TRIALS", 1)
    assert not shown(term)


def test_depths_are_bounded() -> None:
    term = plus(times(xx, yy), minus(square(xy)))
    assert shown(term)
    assert not shown(term, depths=(0,))
    assert shown(square(a), depths=(0,))


def test_places() -> None:
    """The free indices of an extent, in order, and the numbers that are subscripts of it."""
    ring = Ring()
    forms = NormalForm(ring)
    poly = forms.of(plus(x(G), times(x(F), x(2)), x(H, V), x(1, V), sum_x))
    assert sorted(map(str, squares._places(poly, N))) == sorted(map(str, [G, F, 2]))
    assert sorted(map(str, squares._places(poly, M))) == sorted(map(str, [H, 1]))
    assert squares._places(forms.of(w(G, F)), N) == squares._places(forms.of(w(F, G)), N) == [F, G]


SEMIDEFINITE = [
    pytest.param([], True, id="nothing"),
    pytest.param([[0]], True, id="0"),
    pytest.param([[3]], True, id="3"),
    pytest.param([[-1]], False, id="-1"),
    pytest.param([[0, 0], [0, 1]], True, id="a 0 first"),
    pytest.param([[0, 1], [1, 5]], False, id="a 0 beside what is none"),
    pytest.param([[1, 0], [0, -1]], False, id="a negative entry later"),
    pytest.param([[1, 2], [2, 4]], True, id="a determinant of 0"),
    pytest.param([[1, 2], [2, 3]], False, id="of -1"),
    pytest.param([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], True, id="a second difference"),
    pytest.param([[1, 1, 0], [1, 1, 1], [0, 1, 5]], False, id="a 0 on the way, beside what is none"),
    pytest.param([[1, 1, 1], [1, 1, 1], [1, 1, 1]], True, id="ones"),
    pytest.param([[1, 1, 1], [1, 1, 1], [1, 1, 0]], False, id="ones but the last"),
    pytest.param([[4, 2, 2], [2, 3, 1], [2, 1, 3]], True, id="pivots 4, 2, 2"),
    pytest.param([[4, 6, 0], [6, 9, 1], [0, 1, 1]], False, id="pivots 4, 0"),
]


@pytest.mark.parametrize(("matrix", "expected"), SEMIDEFINITE)
def test_semidefinite_matrices(matrix: list[list[int]], expected: bool) -> None:
    assert is_semidefinite([[Fraction(each) for each in row] for row in matrix]) == expected


def test_indices_have_no_place_in_other_dimensions() -> None:
    assert squares._places(NormalForm(Ring()).of(x(H, V)), N) == []
    found: list[Idx] = [each for each in squares._places(NormalForm(Ring()).of(x(F)), N) if isinstance(each, Idx)]
    assert found == [F]
