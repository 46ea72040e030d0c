"""Powers, exponentials, logarithms and functions of polynomials: the same normal form at once, and the right value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from flint import arb, fmpq

from tests.kernel.forms import Values
from tests.kernel.tables import a, c, f, i, j, n, x, z
from tests.kernel.terms import bound, free
from verify.kernel import operations
from verify.kernel.atoms import CONSTANT, DeltaForm, EntryForm, ExpForm, FnForm, LogForm, Poly, content
from verify.kernel.balls import Balls, precision
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Facts, Ring
from verify.kernel.statement import statement
from verify.kernel.term import LARGEST_EXPONENT, OutOfBudget, Undefined, Variable
from verify.language import Expression, delta, exp, log, sum_over

e_a = exp(a)
SAME = [
    pytest.param(exp(2 * log(1 + e_a)), (1 + e_a) ** 2, id="e to twice a logarithm"),
    pytest.param(exp(-log(1 + e_a)), 1 / (1 + e_a), id="e to minus one"),
    pytest.param(exp(c + 2 * log(1 + e_a)), exp(c) * (1 + e_a) ** 2, id="e to a sum with one"),
    pytest.param(exp(a + c), exp(a) * exp(c), id="e to a sum"),
    pytest.param(exp(a / 2) ** 2, exp(a), id="a square of e to a half"),
    pytest.param(log(exp(a)), a, id="the logarithm of e to"),
    pytest.param(log(exp(a / 2)), a / 2, id="of e to a half"),
    pytest.param(log(exp(a) / 2), a - log(2 + 0 * a), id="of a half of it"),
    pytest.param(log(3 * exp(a)), a + log(3 + 0 * a), id="of three times it"),
    pytest.param(log(4 * exp(a) / 9), a + 2 * log(2 + 0 * a) - 2 * log(3 + 0 * a), id="of a fraction, prime by prime"),
    pytest.param(log(1 / (1 + e_a)), -log(1 + e_a), id="of one over a positive number"),
    pytest.param(log((1 + e_a) ** 3), 3 * log(1 + e_a), id="of a cube of one"),
    pytest.param(log(exp(c) * (1 + e_a) / (2 + e_a)), c + log(1 + e_a) - log(2 + e_a), id="of a product of such"),
    pytest.param(log(2 * a), log(2 + 0 * a) + log(a), id="of a multiple of what may be negative"),
    pytest.param(log(-2 * a), log(2 + 0 * a) + log(-a), id="of a negative multiple"),
    pytest.param(log(-a * exp(c)), c + log(-a), id="of minus it"),
    pytest.param(log(exp(c) / (a + z)), c + log(1 / (a + z)), id="of one over what may be negative"),
    pytest.param(log(a * z * exp(c)), c + log(z * a), id="of a product of two that may be"),
    pytest.param(f(a + c), f(c + a), id="a function"),
    pytest.param(f(a / (a + c)), f(1 - c / (a + c)), id="a function of a quotient"),
]
OTHER = [
    pytest.param(log(-a), log(a), id="minus"),
    pytest.param(log(-2 * a), log(2 + 0 * a) + log(a), id="a negative multiple"),
    pytest.param(log(a) + log(z), log(a * z), id="both may be negative"),
    pytest.param(2 * log(a), log(a**2), id="a square is positive where the number is not"),
    pytest.param(exp(2 * a), exp(a), id="twice"),
    pytest.param(exp(log(a) ** 2), a**2, id="e to the square of a logarithm"),
    pytest.param(exp(a * log(1 + exp(c))), 1 + exp(c), id="e to another multiple of one"),
    pytest.param(exp(log(1 + exp(c)) / 2), 1 + exp(c), id="a root"),
    pytest.param(f(a), f(c), id="a function of another"),
    pytest.param(f(a), f.derivative(a), id="its derivative"),
    pytest.param(log(e_a + 1), a, id="of a sum"),
]


def forms(left: Expression, right: Expression, facts: Facts | None = None) -> tuple[Poly, Poly]:
    stated = statement(left, right, ())
    known = NormalForm(Ring(facts))
    return known.of(stated.left), known.of(stated.right)


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_the_same_at_once(left: Expression, right: Expression) -> None:
    """Without clearing denominators: these forms stand inside of sums and functions, too."""
    one, other = forms(left, right)
    assert one == other


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_what_is_not(left: Expression, right: Expression) -> None:
    one, other = forms(left, right)
    assert one != other


@pytest.mark.parametrize(("left", "right"), [*SAME, *OTHER])
def test_values(left: Expression, right: Expression) -> None:
    """At five points where a side is defined its normal form has its value."""
    stated = statement(left, right, ())
    for side in stated.terms:
        form, seen = NormalForm(Ring()).of(side), 0
        for seed in range(40):
            numbers = Balls(Point(seed, GRID))
            with precision(128):
                try:
                    direct = Evaluation(numbers, {}).of(side, {})
                    found = Values(numbers, {}).of(form, {})
                except OutsideDomain:
                    continue
                assert (direct - found).contains(0)
                assert bool((direct - found).rad() < arb(2) ** -60)
            seen += 1
        assert seen >= 5


def test_positive_numbers_have_logarithms() -> None:
    positive = Facts(positive=frozenset({Variable("a", ()), Variable("z", ())}))
    one, other = forms(log(a**2 / z), 2 * log(a) - log(z), positive)
    assert one == other


I, F = bound("i"), free("f")


def with_delta(ring: Ring) -> tuple[Poly, Poly]:
    """A delta and a number, as polynomials."""
    return ring.of(DeltaForm(F, I)), ring.of(EntryForm(Variable("z", ()), ()))


OPERATIONS = [
    pytest.param(operations.exponential, id="exp"),
    pytest.param(operations.logarithm, id="log"),
    pytest.param(lambda ring, poly: operations.power(ring, poly, -1), id="one over"),
    pytest.param(lambda ring, poly: operations.applied(ring, "f", 1, poly), id="a function"),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_function_of_a_delta_splits(operation: Callable[[Ring, Poly], Poly]) -> None:
    """f(3 + d z) = d f(3 + z) + (1 - d) f(3), and no delta is squared."""
    ring = Ring()
    choice, number = with_delta(ring)
    three = ring.constant(3)
    found = operation(ring, ring.sum((three, ring.product(choice, number))))
    at_one, at_zero = operation(ring, ring.sum((three, number))), operation(ring, three)
    expected = ring.sum((ring.product(choice, at_one), at_zero, ring.scaled(ring.product(choice, at_zero), fmpq(-1))))
    assert found == expected
    assert all(exponent == 1 for monomial in found for atom, exponent in monomial if isinstance(atom.form, DeltaForm))


def test_the_cases_of_deltas() -> None:
    ring = Ring()
    choice, number = with_delta(ring)
    other = ring.of(DeltaForm(free("g"), I))
    three = ring.constant(3)
    poly = ring.sum((three, ring.product(choice, number), other))
    four, plus = ring.constant(4), ring.sum((three, number))
    assert list(operations.cases(three)) == [three]
    found = list(operations.cases(poly))
    assert len(found) == 4
    assert all(each in found for each in (three, four, plus, ring.sum((four, number))))


def test_sums_of_functions_of_deltas() -> None:
    one, other = forms(sum_over(i, exp(a + delta(i, j) * z)), (n - 1) * exp(a) + exp(a + z))
    assert one == other
    one, other = forms(sum_over(i, log(2 + delta(i, j))), (n - 1) * log(2 + 0 * x[j]) + log(3 + 0 * x[j]))
    assert one == other


def test_the_logarithm_of_zero() -> None:
    with pytest.raises(Undefined, match=r"^the logarithm of zero$"):
        operations.logarithm(Ring(), {})


def test_powers_are_bounded() -> None:
    ring = Ring()
    number = with_delta(ring)[1]
    ((monomial, _),) = operations.power(ring, number, LARGEST_EXPONENT).items()
    assert monomial[0][1] == LARGEST_EXPONENT == 100
    ((monomial, _),) = operations.power(ring, number, -LARGEST_EXPONENT).items()
    assert monomial[0][1] == -LARGEST_EXPONENT
    for exponent in (LARGEST_EXPONENT + 1, -LARGEST_EXPONENT - 1):
        with pytest.raises(OutOfBudget):
            operations.power(ring, number, exponent)
    assert operations.power(ring, number, 0) == ring.constant(1)
    assert operations.power(ring, {}, 0) == ring.constant(1), "the power 0 divides by nothing"
    assert operations.power(ring, {}, 1) == {}


def test_each_case_costs_steps() -> None:
    ring = Ring(steps=3)
    choice, number = with_delta(ring)
    with pytest.raises(OutOfBudget):
        operations.applied(ring, "f", 0, ring.sum((choice, number, ring.constant(1), ring.of(ExpForm(CONSTANT)))))


def test_exponents() -> None:
    assert operations.as_exponent(fmpq(-3)) == -3
    assert isinstance(operations.as_exponent(fmpq(6, 2)), int)
    assert operations.as_exponent(fmpq(-3, 2)) == Fraction(-3, 2)


def test_forms_of_functions() -> None:
    ring = Ring()
    number = with_delta(ring)[1]
    assert operations.applied(ring, "f", 2, number) == ring.of(FnForm("f", 2, content(number)))
    assert operations.logarithm(ring, number) == ring.of(LogForm(content(number)))
    ((monomial, _),) = number.items()
    assert operations.exponential(ring, ring.scaled(number, fmpq(3, 2))) == ring.of(ExpForm(monomial), Fraction(3, 2))
    assert operations.exponential(ring, {}) == ring.constant(1)
    assert operations.exponential(ring, ring.constant(2)) == ring.of(ExpForm(CONSTANT), 2)
