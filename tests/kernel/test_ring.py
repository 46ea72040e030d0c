"""The ring of normal forms: its arithmetic, and what it takes to be positive."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from tests.kernel.terms import M, N, bound, entry, free, num, over, plus, scalar, times
from verify.kernel.atoms import (
    CONSTANT,
    DeltaForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    FnForm,
    Form,
    LogForm,
    MaxForm,
    Poly,
    SizeForm,
    SumForm,
    canonical,
    content,
    monomial_of,
)
from verify.kernel.normal import NormalForm
from verify.kernel.randomness import Chances
from verify.kernel.ring import Facts, Ring, add_into, minus
from verify.kernel.term import Exp, Extent, Idx, Kind, Log, Mean, OutOfBudget, Term, Variable

A, B, X, Y = Variable("a", ()), Variable("b", ()), Variable("x", (N,)), Variable("y", (N,))
F, G, I = free("f"), free("g"), bound("i")
HALF = fmpq(1, 2)


@pytest.fixture
def ring() -> Ring:
    return Ring(Facts(positive=frozenset({A, X})))


def named(ring: Ring, variable: Variable = A, *subscripts: Idx) -> Poly:
    return ring.of(EntryForm(variable, subscripts))


def test_atoms_are_interned(ring: Ring) -> None:
    assert ring.atom(EntryForm(A, ())) is ring.atom(EntryForm(A, ()))
    assert ring.atom(EntryForm(A, ())) is not ring.atom(EntryForm(B, ()))
    serials = [ring.atom(EntryForm(each, ())).serial for each in (A, B, Y)]
    assert serials == [0, 1, 2]


def test_constants_and_sizes(ring: Ring) -> None:
    assert ring.constant(0) == {}
    assert ring.constant(fmpq(0)) == {}
    assert ring.constant(HALF) == {CONSTANT: HALF}
    n, m = (ring.of(SizeForm(name)) for name in "nm")
    assert ring.size(N) == n
    composed = Extent((((), -1), (("m", "n"), 2), (("n", "n"), Fraction(1, 2))))
    by_hand = [ring.constant(-1), ring.scaled(ring.product(m, n), fmpq(2)), ring.scaled(ring.product(n, n), HALF)]
    assert ring.size(composed) == ring.sum(by_hand)


def test_sums_cancel(ring: Ring) -> None:
    a, b = named(ring), named(ring, B)
    assert ring.sum([a, b, ring.scaled(a, fmpq(-1))]) == b
    assert ring.sum([]) == {}
    assert minus(a, a) == {}
    assert minus(ring.sum([a, b]), a) == b
    assert minus({}, a) == ring.scaled(a, fmpq(-1))
    total = dict(a)
    add_into(total, a)
    assert total == ring.scaled(a, fmpq(2))
    add_into(total, ring.scaled(a, fmpq(-2)))
    assert total == {}
    assert a == named(ring), "what is subtracted from stays"


def test_products(ring: Ring) -> None:
    a, b = named(ring), named(ring, B)
    plus, less = ring.sum([a, b]), minus(a, b)
    squares = minus(ring.product(a, a), ring.product(b, b))
    assert ring.product(plus, less) == squares
    assert ring.product(less, plus) == squares
    assert ring.product(plus, {}) == {}
    three = ring.sum([a, b, ring.constant(1)])
    assert ring.product(three, a) == ring.product(a, three)
    assert ring.power(plus, 2) == ring.product(plus, plus)
    assert ring.power(plus, 3) == ring.product(plus, ring.product(plus, plus))
    assert ring.power(plus, 0) == ring.constant(1)
    assert ring.scaled(plus, fmpq(0)) == {}
    assert ring.scaled(plus, HALF) == ring.product(plus, ring.constant(HALF))


def test_inverse_powers_cancel(ring: Ring) -> None:
    up, down = ring.of(EntryForm(A, ()), 2), ring.of(EntryForm(A, ()), -2)
    assert ring.product(up, down) == ring.constant(1)
    assert ring.product(named(ring), down) == ring.of(EntryForm(A, ()), -1)
    root = ring.of(ExpForm(CONSTANT), Fraction(1, 2))
    assert ring.product(root, root) == ring.of(ExpForm(CONSTANT), 1)


def test_a_delta_is_its_own_square(ring: Ring) -> None:
    delta = ring.of(DeltaForm(F, I))
    assert ring.product(delta, delta) == delta
    twice = ring.product(ring.product(delta, named(ring)), delta)
    assert twice == ring.product(delta, named(ring))
    (first,), (second,) = delta, twice
    assert ring.join(first, second) == second
    assert ring.join(CONSTANT, second) == second
    assert ring.join(second, CONSTANT) == second


def test_divisors_that_cancel_are_written_out(ring: Ring) -> None:
    """(a + b)^-1 (a + b) is 1, and (a + b)^-1 (a + b)^2 is a + b."""
    plus = ring.sum([named(ring), named(ring, B)])
    divisor = DivisorForm(content(plus))
    below = ring.of(divisor, -1)
    assert ring.product(below, below) == ring.of(divisor, -2)
    ((square, _),) = ring.of(divisor, 2).items()
    assert ring.monomial(square) == ring.product(plus, plus)
    (once,) = below
    assert ring.monomial(ring.join(square, once)) == plus
    assert ring.product(ring.product(below, named(ring)), {square: fmpq(3)}) == ring.scaled(
        ring.product(plus, named(ring)), fmpq(3)
    )
    assert ring.monomial(once) == below


def test_steps_are_counted() -> None:
    ring = Ring(steps=12)
    a, b, y = named(ring), named(ring, B), named(ring, Y, F)
    two, three = ring.sum([a, b]), ring.sum([a, b, y])
    ring.product(two, three)
    ring.product(three, two)
    with pytest.raises(OutOfBudget):
        ring.product(a, b)
    other = Ring(steps=2)
    other.spend()
    other.spend()
    with pytest.raises(OutOfBudget):
        other.spend()


def test_a_rule_within_itself_is_bounded(ring: Ring) -> None:
    with ring.within(2), ring.within(2), pytest.raises(OutOfBudget), ring.within(2):
        raise AssertionError("three deep")
    with ring.within(1):
        pass
    with pytest.raises(ZeroDivisionError), ring.within(1):
        _ = 1 // 0
    with ring.within(1):
        pass


def test_new_indices_differ(ring: Ring) -> None:
    one, other = ring.fresh(N), ring.fresh(N)
    assert one != other
    assert (one.kind, one.extent) == (Kind.FRESH, N)
    assert ring.fresh(M).extent == M


def one(ring: Ring, form: Form, exponent: int = 1) -> Poly:
    return ring.of(form, exponent)


def test_what_is_positive(ring: Ring) -> None:
    a, b = named(ring), named(ring, B)
    exponential = ring.of(ExpForm(((ring.atom(EntryForm(B, ())), 1),)))
    for each in (
        a,
        ring.constant(1),
        ring.of(SizeForm("n")),
        exponential,
        named(ring, X, F),
        ring.sum([a, exponential]),
        ring.product(a, exponential),
        ring.of(EntryForm(A, ()), -3),
        ring.sum([ring.of(SizeForm("n")), ring.constant(HALF)]),
    ):
        assert ring.is_positive(each)
        assert ring.is_never_zero(each)
        assert ring.is_never_zero(ring.scaled(each, fmpq(-2)))
        assert not ring.is_positive(ring.scaled(each, fmpq(-1)))
    for each in (
        {},
        b,
        named(ring, Y, F),
        minus(a, exponential),
        ring.sum([a, b]),
        ring.product(a, b),
        ring.product(b, b),
        ring.of(LogForm(content(a))),
        ring.of(FnForm("f", 0, content(a))),
        ring.of(DeltaForm(F, I)),
    ):
        assert not ring.is_positive(each)
        assert not ring.is_never_zero(each)


def test_sums_maxima_and_divisors_are_positive_as_their_parts_are(ring: Ring) -> None:
    index = canonical(1, 0, N)
    for variable, positive in ((X, True), (Y, False)):
        ((monomial, _),) = named(ring, variable, index).items()
        assert ring.positive_atom(ring.atom(SumForm((index,), monomial))) is positive
        assert ring.positive_atom(ring.atom(MaxForm(index, ((monomial, fmpq(2)),)))) is positive
        divisor = content(ring.sum([ring.constant(1), {monomial: fmpq(1)}]))
        assert ring.positive_atom(ring.atom(DivisorForm(divisor))) is positive
    ((monomial, _),) = named(ring, X, index).items()
    assert not ring.positive_atom(ring.atom(MaxForm(index, ((monomial, fmpq(-2)),))))


def test_what_is_said_to_be_positive_is(ring: Ring) -> None:
    """Up to a positive factor, and no negative one; and so is an atom."""
    b, y = named(ring, B), named(ring, Y, F)
    less = minus(b, ring.constant(3))
    assert not ring.is_positive(less)
    ring.assume_positive(less)
    assert ring.is_positive(less)
    assert ring.is_positive(ring.scaled(less, fmpq(5, 7)))
    assert not ring.is_positive(ring.scaled(less, fmpq(-1)))
    assert ring.is_never_zero(ring.scaled(less, fmpq(-1)))
    assert not ring.is_positive(minus(b, ring.constant(2)))
    assert not ring.is_positive(y)
    ring.assume_positive(y)
    assert ring.is_positive(ring.product(y, named(ring)))
    ring.assume_positive(ring.scaled(b, fmpq(-1)))
    assert not ring.is_positive(b)


@pytest.mark.parametrize(("exponent", "known"), [(1, False), (2, True), (3, False), (-2, True), (-1, False)])
def test_even_powers_are_not_negative(ring: Ring, exponent: int, known: bool) -> None:
    b = ring.atom(EntryForm(B, ()))
    assert ring.is_not_negative(monomial_of({b: exponent})) is known
    assert ring.is_not_negative(monomial_of({b: exponent, ring.atom(EntryForm(A, ())): 1})) is known


def test_what_is_not_negative(ring: Ring) -> None:
    index = canonical(1, 0, N)
    b, y = ring.atom(EntryForm(B, ())), ring.atom(EntryForm(Y, (index,)))
    square = ((y, 2),)
    assert ring.is_not_negative(((ring.atom(DeltaForm(F, I)), 1),))
    assert ring.is_not_negative(())
    for body, known in ((square, True), (((y, 1),), False)):
        assert ring.is_not_negative(((ring.atom(SumForm((index,), body)), 1),)) is known
        assert ring.is_not_negative(((ring.atom(MaxForm(index, ((body, fmpq(1)),))), 1),)) is known
        assert not ring.is_not_negative(((ring.atom(MaxForm(index, ((body, fmpq(-1)),))), 1),))
        terms = ((body, fmpq(1)), (CONSTANT, fmpq(1)))
        assert ring.is_not_negative(((ring.atom(DivisorForm(terms)), -1),)) is known
    assert not ring.is_not_negative(((ring.atom(LogForm(content(named(ring)))), 1),))
    assert not ring.is_not_negative(((b, 1), (ring.atom(EntryForm(A, ())), 1)))
    halves = ((ring.atom(ExpForm(((b, 1),))), Fraction(1, 2)),)
    assert ring.is_not_negative(halves)


def test_entries_that_are_not_negative_by_hypothesis() -> None:
    ring = Ring(Facts(nonnegative=frozenset({B})))
    b, y = named(ring, B), named(ring, Y, F)
    (monomial,), (other,) = b, y
    assert ring.is_not_negative(monomial)
    assert not ring.is_not_negative(other)
    assert not ring.is_positive(b)
    assert ring.is_positive(ring.sum([b, ring.constant(1)]))
    assert not ring.is_positive(ring.sum([b, ring.product(b, b)])), "both may be 0"
    assert not ring.is_positive(minus(ring.constant(1), b))
    assert not ring.is_positive(ring.sum([y, ring.constant(1)]))


b_term = scalar("b")
radicand = plus(b_term, num(5))
root = Exp(times(num("1/2"), Log(radicand)))
ASSUMED = [
    pytest.param(plus(b_term, num(5)), True, id="the number itself"),
    pytest.param(times(num(2), plus(b_term, num(5))), True, id="twice it"),
    pytest.param(root, True, id="its root"),
    pytest.param(times(num(2), root), True, id="twice its root"),
    pytest.param(times(num("1/2"), root), True, id="half its root"),
    pytest.param(plus(b_term, num(4)), False, id="another number"),
    pytest.param(times(num(-1), plus(b_term, num(5))), False, id="minus it"),
    pytest.param(times(num(-1), root), False, id="minus its root"),
    pytest.param(plus(root, num(-1)), False, id="its root less 1"),
    pytest.param(times(root, scalar("c")), False, id="its root times another number"),
    pytest.param(times(num(0), root), False, id="nothing"),
    pytest.param(over(plus(b_term, times(num(-1), b_term))), False, id="what is defined nowhere"),
]


@pytest.mark.parametrize(("above", "known"), ASSUMED)
def test_what_is_said_to_be_above_zero(above: Term, known: bool) -> None:
    """So b + 5 is positive, or that is not known."""
    ring = Ring(Facts(above=(above,)))
    forms = NormalForm(ring)
    assert ring.is_positive(forms.of(radicand)) is known


def test_meanings_are_put_in() -> None:
    """A number that a hypothesis gives a meaning is that."""
    forms = NormalForm(Ring(Facts(meanings=((B, plus(scalar("a"), num(1))),))))
    assert forms.of(times(num(2), b_term)) == forms.of(plus(times(num(2), scalar("a")), num(2)))
    assert forms.of(scalar("c")) != forms.of(b_term)


def test_what_is_divided_by_is_not_zero(ring: Ring) -> None:
    """Nor is a multiple of it; what was known before stays known."""
    b, y = named(ring, B), named(ring, Y, F)
    less = minus(b, ring.constant(3))
    assert not ring.is_given_nonzero(less)
    ring.assume_nonzero(less)
    ring.assume_nonzero(y)
    for known in (less, y):
        for factor in (1, -1, fmpq(5, 7), fmpq(-2)):
            assert ring.is_given_nonzero(ring.scaled(known, fmpq(factor)))
    for unknown in ({}, b, minus(b, ring.constant(2)), ring.product(less, y)):
        assert not ring.is_given_nonzero(unknown)
    assert not ring.is_positive(less)


DIVIDED = [
    pytest.param(radicand, True, id="the number itself"),
    pytest.param(times(num(-2), radicand), True, id="a multiple"),
    pytest.param(plus(b_term, num(4)), False, id="another number"),
    pytest.param(over(plus(b_term, times(num(-1), b_term))), False, id="what is defined nowhere"),
    pytest.param(Mean(over(entry("x", F))), False, id="what has no rule"),
    pytest.param(num(0), False, id="0"),
]


@pytest.mark.parametrize(("divisor", "known"), DIVIDED)
def test_what_is_said_to_be_divided_by(divisor: Term, known: bool) -> None:
    chances = Chances((X,), independent=True)
    ring = Ring(Facts(divided_by=(divisor,), chances=chances))
    assert ring.is_given_nonzero(NormalForm(ring).of(radicand)) is known
    assert not NormalForm(Ring(Facts(above=(Mean(over(entry("x", F))),), chances=chances))).ring.is_positive({})


def test_shared_terms_are_normalized_once() -> None:
    """The 2^60th power of b, as a square of a square, sixty times."""
    term: Term = b_term
    for _ in range(60):
        term = times(term, term)
    ring = Ring(steps=1000)
    assert NormalForm(ring).of(term) == ring.of(EntryForm(B, ()), 2**60)
