"""The normal form of a random expression has the value of the expression: the law that proofs rest on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from verify.language import (
    Expression,
    delta,
    dims,
    exp,
    function,
    index,
    log,
    matrix,
    max_over,
    scalar,
    sum_over,
    vector,
)

(n,) = dims("n")
x, y, W = vector("x", n), vector("y", n), matrix("W", n, n)
a, c = scalar("a"), scalar("c")
FREE = (index("i", n), index("k", n))
INNER = (index("p", n), index("q", n), index("r", n))
f = function("f")


@st.composite
def scalars(draw: st.DrawFn, depth: int = 4, bound: int = 0, *, rough: bool = True) -> Expression:
    """A random scalar expression, with sums, deltas, quotients, exponentials; rough ones with log, max and f."""
    usable = (*FREE, *INNER[:bound])
    subscripts = st.sampled_from(usable)
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        leaves = [a, c, 1 + 0 * a, n]
        leaf = draw(st.integers(0, 7))
        if leaf < 4:
            return leaves[leaf] if leaf != 2 else draw(st.integers(1, 3)) * a
        if leaf == 4:
            return W[draw(subscripts), draw(subscripts)]
        if leaf == 5:
            return delta(draw(subscripts), draw(subscripts))
        return (x if leaf == 6 else y)[draw(subscripts)]

    def part(deeper: int = bound) -> Expression:
        return draw(scalars(depth - 1, deeper, rough=rough))

    operations = ["add", "mul", "sum", "exp", "divide", "square", "subtract"]
    operation = draw(st.sampled_from(operations + (["log", "max", "f"] if rough else [])))
    match operation:
        case "add":
            return part() + part()
        case "subtract":
            return part() - part()
        case "mul":
            return part() * part()
        case "square":
            return part() ** 2
        case "sum" if bound < len(INNER):
            return sum_over(INNER[bound], part(bound + 1))
        case "max" if bound < len(INNER):
            return max_over(INNER[bound], part(bound + 1))
        case "divide":
            return part() / (1 + part() ** 2)
        case "log":
            return log(1 + exp(part()))
        case "f":
            return f(part())
        case _:
            return exp(part() / 2)


QUICK = settings(
    derandomize=True, database=None, deadline=None, max_examples=150, suppress_health_check=list(HealthCheck)
)


@QUICK
@given(scalars())
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
@given(scalars(rough=False), scalars(rough=False), scalars(rough=False))
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
