"""Where the slopes of tanh and of the logistic function cross: the polynomial, its roots, and their 60 digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import arb, fmpq
from sympy import Poly, Rational, Symbol, exp

from derivations import slopes
from verify.kernel.balls import precision
from verify.kernel.lower import rational
from verify.language.explicit import at
from verify.language.expression import Expression

u, z = Symbol("u", positive=True), Symbol("z")
CROSSING = Poly(u**4 - 4 * u**3 - 6 * u**2 - 4 * u + 1, u)
FINE = Rational(1, 10**62)
DIGITS = "1.66288589105862107565"
# e^z at the crossing: the larger root of the polynomial.
ROOT = [interval for interval, _ in CROSSING.intervals(eps=FINE) if interval[0] > 1]


def in_exponentials(side: Expression) -> sympy.Expr:
    """A side with u for e^z, as one fraction."""
    written = at(side, {}).doit()
    return sympy.together(written.subs(exp(-2 * z), 1 / u**2).subs(exp(-z), 1 / u).subs(exp(z), u))


def test_the_difference_of_the_slopes_is_minus_a_polynomial_over_a_positive_one() -> None:
    (first, *_) = slopes.difference.links()
    above, below = sympy.fraction(sympy.cancel(in_exponentials(first.left)))
    assert Poly(above, u) == Poly(-u * CROSSING.as_expr(), u)
    assert Poly(below, u) == Poly((u + 1) ** 2 * (u**2 + 1) ** 2, u)


def test_the_polynomial_vanishes_where_the_width_is_2_and_2_roots_of_3() -> None:
    width = u + 1 / u
    assert sympy.expand(u**2 * ((width - 2) ** 2 - 12) - CROSSING.as_expr()) == 0


def test_it_has_two_real_roots_one_over_the_other() -> None:
    assert CROSSING.count_roots() == 2
    assert CROSSING.count_roots(0, 1) == 1
    assert CROSSING.count_roots(1, 7) == 1
    assert Poly(CROSSING.as_expr().subs(u, 1 / u) * u**4, u) == CROSSING, "with u, also 1/u is a root"


def test_its_larger_root_gives_the_crossing_to_60_digits() -> None:
    ((low, high),) = ROOT
    assert high - low <= FINE
    with precision(400):
        first, last = (arb(fmpq(int(end.p), int(end.q))).log() for end in (low, high))
        crossing = 2 * ((1 + arb(3).sqrt()) / 2).acosh()
        assert first < crossing < last
        assert last - first < arb(10) ** -60
        assert crossing.str(21, radius=False) == DIGITS
    before, beyond = rational(slopes.before), rational(slopes.beyond)
    assert before is not None
    assert beyond is not None
    assert before < Fraction(DIGITS) < beyond
    assert beyond - before == Fraction(1, 10**4)


@pytest.mark.parametrize(("power", "sign"), [(1, -1), (5, -1), (6, 1), (8, 1)])
def test_tanh_is_steeper_before_the_crossing_alone(power: int, sign: int) -> None:
    assert sympy.sign(CROSSING.eval(power)) == sign
