"""Division in the normal form: factors, common denominators, remainders, and fractions that come apart."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key, reduce

import pytest
from flint import fmpq

from tests.kernel.tables import a, c, z
from tests.kernel.terms import N, entry, free, num, over, plus, scalar, times
from verify.kernel import division
from verify.kernel.atoms import CONSTANT, Atom, DivisorForm, EntryForm, ExpForm, LogForm, Monomial, Poly, content
from verify.kernel.coprime import LARGEST_DEGREE as LARGEST_IN_ONE_ATOM
from verify.kernel.coprime import combination
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Facts, Ring, minus
from verify.kernel.statement import statement
from verify.kernel.term import OutOfBudget, Pow, Term, Undefined, Variable
from verify.language import Expression, exp, log

e_a, e_c = exp(a), exp(c)
A, C, Z = (Variable(name, ()) for name in "acz")


def forms(*sides: Expression, facts: Facts | None = None) -> tuple[Ring, list[Poly]]:
    """Normal forms of several terms in one ring."""
    ring = Ring(facts)
    known = NormalForm(ring)
    return ring, [known.of(statement(side, side, ()).left) for side in sides]


def multiplied(ring: Ring, common: Monomial, constant: fmpq, factors: list[tuple[object, int]]) -> Poly:
    product = {common: constant}
    for factor, multiplicity in factors:
        product = ring.product(product, ring.power(dict(factor), multiplicity))  # type: ignore[call-overload]
    return product


FACTORED = [
    pytest.param(a * a - c * c, 2, [1, 1], id="a difference of squares"),
    pytest.param(6 * a * a + 12 * a * c + 6 * c * c, 1, [2], id="six times a square"),
    pytest.param(a * a * c + a * c * c, 1, [1], id="a common monomial comes out"),
    pytest.param(a * a + c * c, 1, [1], id="a sum of squares"),
    pytest.param(3 * a * c, 0, [], id="a monomial"),
    pytest.param(e_a + 2 * exp(a / 2) + 1, 1, [2], id="a square, in e to a half"),
    pytest.param(exp(a / 2) + exp(a / 3), 1, [1], id="halves and thirds are sixths"),
    pytest.param(e_a - exp(-a), 2, [1, 1], id="negative powers: e^-a (e^a - 1)(e^a + 1)"),
    pytest.param((2 * a + 1) * (3 * c - 2) ** 2 * 5, 2, [1, 2], id="with a constant of 90"),
]


@pytest.mark.parametrize(("expression", "many", "multiplicities"), FACTORED)
def test_factors(expression: Expression, many: int, multiplicities: list[int]) -> None:
    """They multiply to the polynomial, and each has the leading coefficient 1."""
    ring, (poly,) = forms(expression)
    common, constant, factors = division.factored(ring, poly)
    assert multiplied(ring, common, constant, [*factors]) == poly
    assert len(factors) == many
    assert sorted(multiplicity for _, multiplicity in factors) == multiplicities
    for factor, _ in factors:
        assert dict(factor)[division.leading(factor)] == 1


def test_what_is_factored_is_bounded() -> None:
    ring = Ring()
    one = ring.constant(1)

    def power(exponent: int, variable: Variable = A) -> Poly:
        return ring.of(EntryForm(variable, ()), exponent)

    assert division.factored(ring, ring.sum((power(division.LARGEST_DEGREE), one)))[2]
    for poly in (
        ring.sum((power(division.LARGEST_DEGREE + 1), one)),
        ring.sum((power(division.LARGEST_DEGREE), power(1, C), one)),
    ):
        with pytest.raises(OutOfBudget):
            division.factored(ring, poly)
    entries = [ring.of(EntryForm(Variable("x", (N,)), (place,))) for place in range(1, 170)]
    sums = ring.sum(entries[:100])
    assert len(division.factored(ring, sums)[2]) == 1
    many = ring.product(ring.sum(entries[:30]), ring.sum(entries[40:61]))
    assert len(many) == 630 > division.MANY_TERMS
    fewer = ring.product(ring.sum(entries[:30]), ring.sum(entries[40:60]))
    assert len(fewer) == 600 == division.MANY_TERMS
    assert len(division.factored(ring, fewer)[2]) == 2
    with pytest.raises(OutOfBudget):
        division.factored(ring, many)
    small = Ring(steps=2)
    three = [small.of(EntryForm(each, ())) for each in (A, C, Z)]
    with pytest.raises(OutOfBudget):
        division.factored(small, small.sum(three))


def test_an_inverse_times_its_polynomial_is_one() -> None:
    several = (a, 2 * a * c, a + c, 6 * a * a + 12 * a * c + 6 * c * c, e_a + 1, 1 / (a + 1), (a + c) / (a - c))
    for expression in several:
        ring, (poly,) = forms(expression)
        product = ring.product(poly, division.inverse(ring, poly))
        assert division.is_zero(ring, minus(product, ring.constant(1)))
        assert not division.is_zero(ring, product)
    with pytest.raises(Undefined, match=r"^a division by zero$"):
        division.inverse(Ring(), {})


def test_an_inverse_is_a_monomial_in_divisors() -> None:
    ring, (poly, plus) = forms(4 * a * (a + c) ** 2, a + c)
    ((monomial, coefficient),) = division.inverse(ring, poly).items()
    assert coefficient == fmpq(1, 4)
    assert dict(monomial) == {
        ring.atom(EntryForm(A, ())): -1,
        ring.atom(DivisorForm(content(plus))): -2,
    }


def test_denominators_are_cleared() -> None:
    ring, (poly, numerator) = forms(1 / (a + 1) ** 2 + z / (a + 1) + c / (a + 2), (a + 2) + z * (a + 1) * (a + 2))
    cleared, denominator = division.cleared(ring, poly)
    assert sorted(exponent for _, exponent in denominator) == [1, 2]
    assert all(isinstance(atom.form, DivisorForm) for atom, _ in denominator)
    assert not any(isinstance(atom.form, DivisorForm) for monomial in cleared for atom, _ in monomial)
    rest = minus(cleared, numerator)
    _, (square,) = forms(c * (a + 1) ** 2)
    assert len(rest) == len(square)
    plain = ring.of(EntryForm(A, ()), -2)
    assert division.cleared(ring, plain) == (plain, CONSTANT)


REDUCED = [
    pytest.param(a / (a + c), 1 - c / (a + c), id="a numerator that the divisor leads with"),
    pytest.param(c / (a + c), 1 - a / (a + c), id="the other one"),
    pytest.param(a**2 / (a + 1), a - 1 + 1 / (a + 1), id="a square over it"),
    pytest.param(a**3 / (a + 1) ** 2, a - 2 + 3 / (a + 1) - 1 / (a + 1) ** 2, id="a cube over its square"),
    pytest.param(a / (2 * a + 3), (1 - 3 / (2 * a + 3)) / 2, id="with numbers"),
    pytest.param(1 / (a * (a + 1)), 1 / a - 1 / (a + 1), id="a pole"),
    pytest.param(1 / (a * (a + 3)), (1 / a - 1 / (a + 3)) / 3, id="a pole, with a number"),
    pytest.param(1 / (a**2 * (a + 1)), 1 / a**2 - 1 / a + 1 / (a + 1), id="a double pole"),
    pytest.param(1 / (a * (a * c + 1)), 1 / a - c / (a * c + 1), id="a pole at what divides all but the constant"),
    pytest.param(1 / ((a + 1) * (a + 2)), 1 / (a + 1) - 1 / (a + 2), id="two divisors a number apart"),
    pytest.param(1 / ((a + 1) * (a + 4)), (1 / (a + 1) - 1 / (a + 4)) / 3, id="three apart"),
    pytest.param(
        1 / ((e_c + z) * (e_c + z + e_a)),
        (1 / (e_c + z) - 1 / (e_c + z + e_a)) * exp(-a),
        id="two that are a positive number apart",
    ),
    pytest.param(
        1 / ((a**2 + 1) * (a + 2)),
        1 / (5 * (a + 2)) - (a - 2) / (5 * (a**2 + 1)),
        id="two in one number, by Euclid's algorithm",
    ),
    pytest.param(exp(3 * log(e_a + 1) / 2), (e_a + 1) * exp(log(e_a + 1) / 2), id="a root with more than one"),
    pytest.param(exp(-log(e_a + 1) / 2), exp(log(e_a + 1) / 2) / (e_a + 1), id="one over a root"),
]


@pytest.mark.parametrize(("left", "right"), REDUCED)
def test_what_is_equal_has_one_reduced_form(left: Expression, right: Expression) -> None:
    ring, (one, other) = forms(left, right)
    reduced = [division.reduced(ring, each) for each in (one, other)]
    assert reduced[0] == reduced[1]
    assert division.reduced(ring, reduced[0]) == reduced[0]
    assert division.is_zero(ring, minus(one, reduced[0])), "reducing changes no value"


KEPT = [
    pytest.param(1 / (a * (a + c)), id="a pole at which the rest is no constant"),
    pytest.param(1 / (a * (a * c + c + 1)), id="a pole that does not divide all of the rest"),
    pytest.param(1 / ((a + c) * (a + 2 * c)), id="two divisors whose difference may be 0"),
    pytest.param(1 / ((a + c) * (a + z)), id="two that are far apart"),
    pytest.param(a / (c + z), id="another numerator"),
    pytest.param(e_a / (e_a * e_c + 1), id="a part of the leading term"),
    pytest.param(exp(log(e_a + 1) / 2), id="a root"),
]


@pytest.mark.parametrize("expression", KEPT)
def test_what_does_not_come_apart_stays(expression: Expression) -> None:
    ring, (poly,) = forms(expression)
    assert division.reduced(ring, poly) == poly


def test_what_is_reduced_is_bounded() -> None:
    ring, (poly,) = forms(1 / (a * (a + 1)))
    short = Ring(steps=0)
    with pytest.raises(OutOfBudget):
        division.reduced(short, poly)
    assert ring


def monomials() -> tuple[Ring, Atom, Atom]:
    ring = Ring()
    low, high = ring.atom(EntryForm(A, ())), ring.atom(EntryForm(C, ()))
    assert low.key < high.key
    return ring, low, high


def test_the_order_of_monomials() -> None:
    """By the exponent of the atom with the largest key, and then of the next."""
    _, low, high = monomials()
    in_order: list[Monomial] = [
        ((high, -1),),
        ((low, -1),),
        CONSTANT,
        ((low, 1),),
        ((low, 2),),
        ((high, 1),),
        ((low, 1), (high, 1)),
        ((low, 3), (high, 1)),
        ((high, 2),),
        ((low, 1), (high, 2)),
    ]
    for place, one in enumerate(in_order):
        for other_place, other in enumerate(in_order):
            compared = division._compare(one, other)
            assert (compared > 0, compared < 0) == (place > other_place, place < other_place)
    assert sorted([*in_order[5:], *in_order[:5]], key=cmp_to_key(division._compare)) == in_order
    assert division.leading(tuple((each, fmpq(1)) for each in in_order)) == in_order[-1]
    assert division.leading(tuple((each, fmpq(1)) for each in in_order[::-1])) == in_order[-1]


def test_roots() -> None:
    ring = Ring()
    radicand = ring.sum((ring.constant(1), ring.of(ExpForm(CONSTANT))))
    logarithm = ring.atom(LogForm(content(radicand)))
    root = ExpForm(((logarithm, 1),))
    assert division.under_root(ring.atom(root)) == content(radicand)
    for form in (ExpForm(CONSTANT), ExpForm(((logarithm, 2),)), LogForm(content(radicand))):
        assert division.under_root(ring.atom(form)) is None
    other = ring.atom(EntryForm(A, ()))
    assert division.under_root(ring.atom(ExpForm(((other, 1), (logarithm, 1))))) is None
    assert division.under_root(ring.atom(ExpForm(((other, 1),)))) is None
    half = ring.of(root, Fraction(1, 2))
    for exponent, whole in ((Fraction(5, 2), 2), (Fraction(1, 2), 0), (2, 2), (Fraction(-3, 2), -2)):
        found = division.residual(ring, ring.of(root, exponent))
        rest = exponent - whole
        by_hand = ring.power(radicand, abs(whole)) if whole >= 0 else ring.constant(1)
        expected = ring.product(by_hand, half if rest else ring.constant(1))
        assert found == expected, "its numerator"


def dense(*coefficients: int, atom: Atom) -> Poly:
    """A polynomial in one atom, from the constant up."""
    return {((atom, power),) if power else CONSTANT: fmpq(value) for power, value in enumerate(coefficients) if value}


ONE_ATOM = [
    pytest.param((1, 1), (3, 1), id="a + 1 and a + 3"),
    pytest.param((1, 1), (3, 2), id="a + 1 and 2 a + 3"),
    pytest.param((1, 0, 1), (2, 1), id="a^2 + 1 and a + 2"),
    pytest.param((1, 0, 1), (0, 0, 0, 1), id="a^2 + 1 and a^3"),
    pytest.param((1, 1), (1, *[0] * (LARGEST_IN_ONE_ATOM - 1), 3), id="the largest degree"),
]


@pytest.mark.parametrize(("first", "second"), ONE_ATOM)
def test_a_combination_is_one(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    ring, atom, _ = monomials()
    one, other = (dense(*each, atom=atom) for each in (first, second))
    found = combination(ring, content(one), content(other))
    assert found is not None
    total = ring.sum(ring.product(*pair) for pair in zip(found, (one, other), strict=True))
    assert total == ring.constant(1)
    assert all(exponent >= 1 for poly in found for monomial in poly for _, exponent in monomial)


NO_COMBINATION = [
    pytest.param((-1, 0, 1), (1, 1), id="a common factor"),
    pytest.param((1, 1), (1, *[0] * LARGEST_IN_ONE_ATOM, 3), id="a degree that is too large"),
    pytest.param((1, *[0] * LARGEST_IN_ONE_ATOM, 3), (2, 1), id="of the first"),
]


@pytest.mark.parametrize(("first", "second"), NO_COMBINATION)
def test_where_there_is_none(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    ring, atom, _ = monomials()
    one, other = (content(dense(*each, atom=atom)) for each in (first, second))
    assert combination(ring, one, other) is None


def test_combinations_of_two_atoms() -> None:
    """Only where the difference is a number, or positive: what is divided by must not be 0."""
    for positive in (True, False):
        ring = Ring(Facts(positive=frozenset({C})) if positive else None)
        low, high = (ring.of(EntryForm(each, ())) for each in (A, C))
        one, other = ring.sum((low, high)), ring.sum((low, ring.scaled(high, fmpq(3))))
        found = combination(ring, content(one), content(other))
        assert (found is not None) is positive
        if found is not None:
            assert ring.sum(ring.product(*pair) for pair in zip(found, (one, other), strict=True)) == ring.constant(1)
        shifted = ring.sum((one, ring.constant(2)))
        apart = combination(ring, content(one), content(shifted))
        assert apart is not None
        assert apart == (ring.constant(fmpq(-1, 2)), ring.constant(fmpq(1, 2)))


def test_negative_and_fractional_powers_have_no_combination() -> None:
    ring = Ring()
    e_half = ring.of(ExpForm(CONSTANT), Fraction(1, 2))
    one, two = ring.constant(1), ring.constant(2)
    halves = content(ring.sum((e_half, one))), content(ring.sum((ring.of(ExpForm(CONSTANT)), two)))
    assert combination(ring, *halves) is None
    assert combination(ring, *halves[::-1]) is None
    below = content(ring.sum((ring.of(ExpForm(CONSTANT), -1), one)))
    assert combination(ring, below, halves[1]) is None


def test_terms_multiply() -> None:
    """What the tests above take for granted."""
    ring, atom, _ = monomials()
    poly = dense(1, 1, atom=atom)
    assert reduce(ring.product, [poly] * 3) == dense(1, 3, 3, 1, atom=atom)


p_term, q_term, x_f, y_f = scalar("p"), scalar("q"), entry("x", free("f")), entry("y", free("f"))
apart = plus(q_term, times(num(-1), p_term))
ELIMINATED = [
    pytest.param(
        times(over(plus(x_f, p_term)), over(plus(x_f, q_term))),
        times(over(apart), plus(over(plus(x_f, p_term)), times(num(-1), over(plus(x_f, q_term))))),
        id="two shifts of an entry",
    ),
    pytest.param(
        times(over(plus(times(p_term, x_f), num(1))), over(plus(times(q_term, x_f), num(1)))),
        times(
            over(apart),
            plus(
                times(q_term, over(plus(times(q_term, x_f), num(1)))),
                times(num(-1), p_term, over(plus(times(p_term, x_f), num(1)))),
            ),
        ),
        id="two multiples of it",
    ),
]
TOGETHER = [
    pytest.param(times(over(plus(x_f, p_term)), over(plus(y_f, q_term))), id="two entries"),
    pytest.param(times(over(plus(x_f, y_f, p_term)), over(plus(x_f, y_f, q_term))), id="two terms with the index"),
    pytest.param(times(over(plus(x_f, y_f, p_term)), over(plus(x_f, q_term))), id="two in one of them"),
    pytest.param(times(over(plus(x_f, p_term)), over(plus(x_f, y_f, q_term))), id="two in the other one"),
    pytest.param(times(over(plus(x_f, p_term)), over(plus(Pow(x_f, 2), q_term))), id="a square"),
    pytest.param(times(over(plus(x_f, p_term)), over(plus(x_f, times(num(2), q_term)))), id="another difference"),
]


@pytest.mark.parametrize(("left", "right"), ELIMINATED)
def test_divisors_come_apart_where_their_difference_is_divided_by(left: Term, right: Term) -> None:
    """It is not 0 wherever the statement is defined; a multiple of it is none either."""
    for known in (apart, times(num(-3), apart)):
        ring = Ring(Facts(divided_by=(known,)))
        forms = NormalForm(ring)
        one, other = (division.reduced(ring, forms.of(each)) for each in (left, right))
        assert one == other
        assert division.is_zero(ring, minus(forms.of(left), one)), "reducing changes no value"


@pytest.mark.parametrize(("term", "_"), ELIMINATED)
def test_they_stay_together_where_it_may_be_zero(term: Term, _: Term) -> None:
    for facts in (Facts(), Facts(divided_by=(plus(q_term, p_term),)), Facts(divided_by=(p_term,))):
        ring = Ring(facts)
        poly = NormalForm(ring).of(term)
        assert division.reduced(ring, poly) == poly


@pytest.mark.parametrize("term", TOGETHER)
def test_others_stay_together(term: Term) -> None:
    ring = Ring(Facts(divided_by=(apart,)))
    poly = NormalForm(ring).of(term)
    assert division.reduced(ring, poly) == poly
