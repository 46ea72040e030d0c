"""The normal form of a random expression has the value of the expression: the law that proofs rest on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.expressions import INNER, ROUGH, SMOOTH, Grower, a, c, n
from verify.kernel.balls import Balls, precision
from verify.kernel.division import is_zero
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.lift import lift
from verify.kernel.lower import Lowering
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Ring, minus
from verify.kernel.statement import statement
from verify.kernel.term import OutOfBudget, Undefined, Unsupported
from verify.language import Expression, sum_over, vector

RANDOM = st.randoms(use_true_random=True)
ROUGH_ONES = st.builds(lambda random: Grower(random, ROUGH).grown(4), RANDOM)
SMOOTH_ONES = st.builds(lambda random: Grower(random, SMOOTH).grown(4), RANDOM)


QUICK = settings(
    derandomize=True, database=None, deadline=None, max_examples=150, suppress_health_check=list(HealthCheck)
)


@QUICK
@given(ROUGH_ONES)
def test_a_normal_form_has_the_value_of_its_expression(expression: Expression) -> None:
    try:
        stated = statement(expression, expression, ())
        ring = Ring(steps=20_000)
        form = lift(NormalForm(ring).of(stated.left))
    except (OutOfBudget, Unsupported, Undefined):
        return
    again = Lowering().scalar(form, ())
    for size in (1, 2, 3):
        # The normal form of a pattern is that of distinct free indices: i and k take different values.
        values = dict(zip(stated.indices, (1, 2), strict=False))
        if len(values) > size:
            continue
        with precision(256):
            evaluation = Evaluation(Balls(Point(size, GRID)), {"n": size})
            try:
                one = evaluation.of(stated.left, values)
                other = evaluation.of(again, values)
            except (OutsideDomain, OutOfBudget):
                continue
            assert (one - other).contains(0), f"at n = {size}: {one} is not {other}"


@QUICK
@given(SMOOTH_ONES, SMOOTH_ONES, SMOOTH_ONES)
def test_identities_of_a_ring_are_proved(first: Expression, second: Expression, third: Expression) -> None:
    stated = statement(first * (second + third), third * first + second * first, ())
    ring = Ring(steps=50_000)
    forms = NormalForm(ring)
    try:
        assert is_zero(ring, minus(forms.of(stated.left), forms.of(stated.right)))
    except (OutOfBudget, Undefined):
        return


PRODUCTS_OF_DENOMINATORS = [
    pytest.param(p, q, r, s, id=f"1/(({p} a + {q} c)({r} a + {s} c))")
    for p in (1, 2, -3)
    for q in (1, -2)
    for r in (2, 5)
    for s in (-1, 4)
]


@pytest.mark.parametrize(("p", "q", "r", "s"), PRODUCTS_OF_DENOMINATORS)
def test_constants_survive_in_products_of_denominators(p: int, q: int, r: int, s: int) -> None:
    left = 1 / ((p * a + q * c) * (r * a + s * c))
    stated = statement(left, 1 / (p * r * a**2 + (p * s + q * r) * a * c + q * s * c**2), ())
    ring = Ring()
    forms = NormalForm(ring)
    assert is_zero(ring, minus(forms.of(stated.left), forms.of(stated.right)))
    doubled = statement(left, 2 * left, ())
    assert not is_zero(ring, minus(forms.of(doubled.left), forms.of(doubled.right)))


def test_steps_run_out_instead_of_time() -> None:
    many = vector("u", n)
    expression = many[INNER[0]] + a
    for _ in range(12):
        expression = expression * expression
    forms = NormalForm(Ring(steps=200))
    with pytest.raises(OutOfBudget):
        forms.of(Lowering().scalar(sum_over(INNER[0], expression), ()))
