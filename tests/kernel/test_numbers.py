"""The numbers that terms are evaluated with: exact ones, residues and balls; and the points that these are drawn at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from flint import arb, ctx, fmpq, fmpz_mod

from verify.kernel import balls as balls_module
from verify.kernel.balls import BITS, Balls, polynomial, precision
from verify.kernel.evaluate import OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.modular import ORDER, PRIME, Modular
from verify.kernel.point import (
    GRID,
    LARGE,
    LONGEST,
    Law,
    Place,
    Point,
    Undrawn,
    draw,
    gradient_variable,
    is_long,
)
from verify.kernel.term import Extent, Variable

N = Extent(((("n",), 1),))
X, A = Variable("x", (N,)), Variable("a", ())
half, third = fmpq(1, 2), fmpq(1, 3)
GIVEN: dict[Place, Fraction] = {(X, (1,)): Fraction(1, 3), (A, ()): Fraction(-2)}
LONG = fmpq(2**LONGEST)


def exact(functions: Mapping[str, tuple[int, ...]] | None = None) -> Exact:
    return Exact(Point(5, given=GIVEN), functions or {})


def modular(seed: int = 5) -> Modular:
    return Modular(Point(seed, given=GIVEN))


Slots = list[dict[tuple[int, ...], tuple[fmpq | None, fmpz_mod]]]


def residue(value: int) -> fmpz_mod:
    return modular().number(fmpq(value))[1]


def balls(functions: Mapping[str, tuple[int, ...]] | None = None, linear: frozenset[str] = frozenset()) -> Balls:
    return Balls(Point(5, given=GIVEN), functions or {}, linear)


ARITHMETICS: list[Any] = [exact(), modular(), balls()]


def is_value(arithmetic: Any, found: Any, expected: fmpq) -> bool:
    """Whether a number found is this rational one, as far as it can be said."""
    match arithmetic:
        case Exact():
            return bool(found == expected)
        case Modular():
            residue = int(expected.p) * pow(int(expected.q), -1, PRIME) % PRIME
            return bool(int(found[1]) == residue and found[0] in (None, expected))
        case _:
            with precision():
                return bool((found - arb(expected)).contains(0)) and bool(found.rad() < arb(2) ** -250)


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda each: type(each).__name__)
class TestRational:
    def test_numbers(self, arithmetic: Any) -> None:
        with precision():
            for value in (fmpq(0), fmpq(-3), half, fmpq(-22, 7)):
                assert is_value(arithmetic, arithmetic.number(value), value)

    def test_sums_and_products(self, arithmetic: Any) -> None:
        with precision():
            left, right = arithmetic.number(half), arithmetic.number(fmpq(-5, 3))
            assert is_value(arithmetic, arithmetic.add(left, right), fmpq(-7, 6))
            assert is_value(arithmetic, arithmetic.mul(left, right), fmpq(-5, 6))

    @pytest.mark.parametrize("exponent", [-3, -1, 0, 1, 2, 5])
    def test_powers(self, arithmetic: Any, exponent: int) -> None:
        with precision():
            base = arithmetic.number(fmpq(-2, 3))
            assert is_value(arithmetic, arithmetic.power(base, exponent), fmpq(-2, 3) ** exponent)

    def test_powers_of_zero(self, arithmetic: Any) -> None:
        zero = arithmetic.number(fmpq(0))
        assert is_value(arithmetic, arithmetic.power(zero, 2), fmpq(0))
        assert is_value(arithmetic, arithmetic.power(zero, 0), fmpq(1))
        with pytest.raises(OutsideDomain):
            arithmetic.power(zero, -1)

    def test_the_exponential_of_zero_and_the_logarithm_of_one(self, arithmetic: Any) -> None:
        assert is_value(arithmetic, arithmetic.exp(arithmetic.number(fmpq(0))), fmpq(1))
        assert is_value(arithmetic, arithmetic.log(arithmetic.number(fmpq(1))), fmpq(0))

    def test_the_largest(self, arithmetic: Any) -> None:
        values = [arithmetic.number(each) for each in (third, fmpq(-4), half, fmpq(0))]
        with precision():
            assert is_value(arithmetic, arithmetic.largest(values), half)
            assert is_value(arithmetic, arithmetic.largest(values[1:2]), fmpq(-4))
            for place in range(4):
                assert is_value(arithmetic, arithmetic.largest([*values[place:], *values[:place]]), half)

    def test_entries(self, arithmetic: Any) -> None:
        with precision():
            assert is_value(arithmetic, arithmetic.entry(X, (1,)), third)
            assert is_value(arithmetic, arithmetic.entry(A, ()), fmpq(-2))

    def test_it_is_the_same_at_another_point(self, arithmetic: Any) -> None:
        other = arithmetic.at(Point(9, given={(A, ()): Fraction(8)}))
        assert type(other) is type(arithmetic)
        assert is_value(arithmetic, other.entry(A, ()), fmpq(8))
        assert is_value(arithmetic, arithmetic.entry(A, ()), fmpq(-2))


class TestExact:
    def test_what_is_long_is_out_of_reach(self) -> None:
        arithmetic = exact()
        with pytest.raises(OutOfReach):
            arithmetic.mul(LONG, fmpq(2))
        with pytest.raises(OutOfReach):
            arithmetic.add(LONG, LONG)
        with pytest.raises(OutOfReach):
            arithmetic.power(fmpq(2), LONGEST)
        with pytest.raises(OutOfReach):
            arithmetic.power(fmpq(2), -LONGEST)
        assert arithmetic.power(fmpq(2), 1000) == 2**1000

    @pytest.mark.parametrize("argument", [fmpq(1), fmpq(-1), half])
    def test_other_exponentials_are_out_of_reach(self, argument: fmpq) -> None:
        with pytest.raises(OutOfReach):
            exact().exp(argument)

    @pytest.mark.parametrize("argument", [fmpq(2), half])
    def test_other_logarithms_are_out_of_reach(self, argument: fmpq) -> None:
        with pytest.raises(OutOfReach):
            exact().log(argument)

    @pytest.mark.parametrize("argument", [fmpq(0), fmpq(-1)])
    def test_logarithms_of_what_is_not_positive(self, argument: fmpq) -> None:
        with pytest.raises(OutsideDomain):
            exact().log(argument)

    def test_functions(self) -> None:
        arithmetic = exact({"f": (5, -1, 0, 2)})
        values = [arithmetic.function("f", order, fmpq(3)) for order in range(5)]
        assert values == [5 - 3 + 54, -1 + 54, 36, 12, 0]
        with pytest.raises(OutOfReach):
            arithmetic.function("g", 0, fmpq(3))

    def test_a_dependence_is_linear(self) -> None:
        given = {(gradient_variable("J", slot), at): value for slot, at, value in SLOPES}
        arithmetic = Exact(Point(0, given=given))
        assert arithmetic.dependence("J", [], SLOTS) == 3 * 10 + 5 * 20 + 7 * 30
        assert arithmetic.dependence("J", [(0, (2,))], SLOTS) == 5
        assert arithmetic.dependence("J", [(1, ())], SLOTS) == 7
        assert arithmetic.dependence("J", [(0, (2,)), (0, (2,))], SLOTS) == 0


SLOPES = [(0, (1,), Fraction(3)), (0, (2,), Fraction(5)), (1, (), Fraction(7))]
SLOTS: Sequence[Mapping[tuple[int, ...], fmpq]] = [
    {(1,): fmpq(10), (2,): fmpq(20)},
    {(): fmpq(30)},
]


class TestModular:
    def test_the_numbers_it_is_about_are_prime(self) -> None:
        from flint import fmpz

        assert fmpz(ORDER).is_prime()
        assert fmpz(PRIME).is_prime()
        assert (PRIME - 1) % ORDER == 0

    def test_exponentials_multiply(self) -> None:
        arithmetic = modular()
        left, right, both = (arithmetic.exp(arithmetic.number(each)) for each in (half, third, half + third))
        assert arithmetic.mul(left, right) == both
        assert left[0] is None
        assert left[1] != right[1]
        assert left[1] ** ORDER == 1
        whole, inverse = (arithmetic.exp(arithmetic.number(fmpq(each))) for each in (3, -3))
        assert arithmetic.mul(whole, inverse)[1] == 1
        assert arithmetic.power(arithmetic.exp(arithmetic.number(fmpq(1))), 3) == whole

    def test_exponentials_do_not_nest(self) -> None:
        arithmetic = modular()
        inner = arithmetic.exp(arithmetic.number(half))
        for unknown in (inner, arithmetic.add(inner, inner), arithmetic.mul(inner, arithmetic.number(half))):
            with pytest.raises(OutOfReach):
                arithmetic.exp(unknown)
            with pytest.raises(OutOfReach):
                arithmetic.log(unknown)
            with pytest.raises(OutOfReach):
                arithmetic.largest([arithmetic.number(half), unknown])

    def test_what_is_known_exactly_stays_so_while_it_is_short(self) -> None:
        arithmetic = modular()
        long, one = arithmetic.number(LONG), arithmetic.number(fmpq(1))
        assert arithmetic.add(one, one) == (fmpq(2), residue(2))
        assert arithmetic.mul(one, arithmetic.number(half))[0] == half
        assert arithmetic.power(arithmetic.number(half), -2) == (fmpq(4), residue(4))
        assert arithmetic.add(long, one) == (None, residue(2**LONGEST + 1))
        assert arithmetic.mul(long, arithmetic.number(fmpq(2))) == (None, residue(2 ** (LONGEST + 1)))
        assert arithmetic.power(arithmetic.number(fmpq(2)), LONGEST) == (None, residue(2**LONGEST))
        unknown = arithmetic.exp(arithmetic.number(half))
        assert arithmetic.power(unknown, 2) == (None, unknown[1] ** 2)
        assert arithmetic.add(unknown, one)[0] is None
        assert arithmetic.mul(one, unknown)[0] is None

    def test_residues_of_quotients(self) -> None:
        assert modular().number(fmpq(1, 3))[1] * 3 == 1
        with pytest.raises(OutsideDomain):
            modular().number(fmpq(1, PRIME))
        assert modular().number(fmpq(PRIME))[1] == 0
        with pytest.raises(OutsideDomain):
            modular().power((None, residue(0)), -1)

    @pytest.mark.parametrize("argument", [fmpq(0), fmpq(-1), fmpq(2)])
    def test_logarithms_are_out_of_reach(self, argument: fmpq) -> None:
        with pytest.raises(OutOfReach):
            modular().log(modular().number(argument))

    def test_what_has_the_residue_of_1_need_not_be_1(self) -> None:
        arithmetic = modular()
        for value in (arithmetic.number(fmpq(PRIME + 1)), (None, residue(1))):
            assert value[1] == 1
            with pytest.raises(OutOfReach):
                arithmetic.log(value)

    def test_a_sum_or_product_with_what_is_not_known_is_not_known(self) -> None:
        arithmetic = modular()
        known, unknown = arithmetic.number(fmpq(2)), (None, residue(5))
        for one, other in ((known, unknown), (unknown, known), (unknown, unknown)):
            assert arithmetic.add(one, other) == (None, one[1] + other[1])
            assert arithmetic.mul(one, other) == (None, one[1] * other[1])
        assert arithmetic.power(unknown, -2) == (None, residue(1) / residue(25))

    def test_residues_alone(self) -> None:
        """Where nothing must be known as a rational number, nothing is."""
        arithmetic = Modular(Point(5, given=GIVEN), rational=False)
        assert arithmetic.number(fmpq(3)) == arithmetic.at(Point(6)).number(fmpq(3)) == (None, residue(3))
        assert arithmetic.entry(A, ()) == (None, residue(-2))

    def test_functions_are_drawn(self) -> None:
        """A value depends on the seed, the symbol, the order and the argument, and on nothing else; it is not 0."""
        argument = modular().number(third)
        value = modular().function("f", 1, argument)
        assert value == modular().function("f", 1, (None, argument[1]))
        assert value[0] is None
        assert value[1] != 0
        others = [
            modular(6).function("f", 1, argument),
            modular().function("g", 1, argument),
            modular().function("f", 2, argument),
            modular().function("f", 1, modular().number(half)),
        ]
        assert value not in others

    def test_dependences_are_drawn(self) -> None:
        """Also of the place in the slots, but not of the order in which derivatives are taken, or slots are filled."""
        slots: Slots = [{(1,): (None, residue(4)), (2,): (None, residue(5))}, {(): (None, residue(6))}]
        turned: Slots = [{(2,): (half, residue(5)), (1,): (half, residue(4))}, {(): (half, residue(6))}]
        swapped: Slots = [{(1,): (None, residue(5)), (2,): (None, residue(4))}, {(): (None, residue(6))}]
        by = [(0, (2,)), (1, ())]
        value = modular().dependence("J", by, slots)
        assert value[0] is None
        assert value[1] != 0
        assert value == modular().dependence("J", by[::-1], turned)
        others = [
            modular(6).dependence("J", by, slots),
            modular().dependence("I", by, slots),
            modular().dependence("J", by[:1], slots),
            modular().dependence("J", by, swapped),
            modular().dependence("J", by, slots[::-1]),
        ]
        assert value not in others

    def test_values_may_be_any_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bounds: list[int] = []

        def noted(*labels: object, below: int) -> int:
            bounds.append(below)
            return below - 1

        monkeypatch.setattr("verify.kernel.modular.draw", noted)
        assert modular().function("f", 0, (None, residue(1))) == (None, residue(PRIME - 1))
        assert modular().dependence("J", [], []) == (None, residue(PRIME - 1))
        assert bounds == [PRIME - 1, PRIME - 1]


class TestBalls:
    def test_the_precision_is_put_back(self) -> None:
        before = ctx.prec
        with precision(100):
            assert ctx.prec == 100
        assert ctx.prec == before
        with precision():
            assert ctx.prec == BITS
        with pytest.raises(ZeroDivisionError), precision():
            _ = 1 // 0
        assert ctx.prec == before

    def test_exponential_and_logarithm(self) -> None:
        with precision():
            one = balls().number(fmpq(1))
            assert balls().exp(one).contains(arb(1).exp())
            assert balls().log(balls().exp(one)).contains(1)
            for outside in (arb(0), arb(-1), arb(1, 2)):
                with pytest.raises(OutsideDomain):
                    balls().log(outside)

    def test_powers_of_balls_that_hold_zero(self) -> None:
        with precision():
            around = arb(0, 1)
            square = balls().power(around, 2)
            assert square.contains(0)
            assert square.contains(1)
            assert bool(square.rad() < 2)
            with pytest.raises(OutsideDomain):
                balls().power(around, -2)

    def test_polynomials(self) -> None:
        with precision():
            values = [polynomial((5, -1, 0, 2), order, arb(3)) for order in range(5)]
            assert values == [56, 53, 36, 12, 0]
            assert balls({"f": (5, -1, 0, 2)}).function("f", 1, arb(3)) == 53

    def test_unknown_functions_are_waves(self) -> None:
        """f'' = -k^2 f for a frequency k; each symbol and each seed has its own; nothing but the argument moves it."""
        with precision():
            argument = arb(fmpq(1, 3))
            f0, f1, f2 = (balls().function("f", order, argument) for order in range(3))
            g0, g2 = (balls().function("g", order, argument) for order in (0, 2))
            ratio, other = -f2 / f0, -g2 / g0
            later = balls().function("f", 0, argument + 1), balls().function("f", 2, argument + 1)
            assert (-later[1] / later[0] - ratio).contains(0)
            frequency = ratio.sqrt()
            step = arb(2) ** -80
            slope = (balls().function("f", 0, argument + step) - f0) / step
            assert bool(abs(slope - f1) < arb(2) ** -70)
            assert bool(frequency > 0)
            assert bool(frequency <= 2)
            assert (frequency * 16).contains_integer()
            # amplitude^2 = f^2 + (f'/k)^2, a sixteenth of a whole number, too
            amplitude = (f0**2 + f1**2 / ratio).sqrt()
            assert (amplitude * 16).contains_integer()
            assert bool(amplitude > 0)
            assert bool(amplitude <= 2)
            assert not (f0 - g0).contains(0)
            assert not (ratio - other).contains(0) or not (f0 / g0).contains(1)
            assert not (Balls(Point(6)).function("f", 0, argument) - f0).contains(0)

    def test_waves_are_drawn_by_their_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Amplitude, frequency and phase from 1/16 to 31/16: 2 sin(3 t + 1) is drawn as 31, 47 and 15."""
        asked: list[tuple[object, ...]] = []

        def drawn(*labels: object, below: int) -> int:
            asked.append(labels)
            assert below == 31
            return {0: 31, 1: 47, 2: 15}[labels[-1]]  # type: ignore[index]

        monkeypatch.setattr(balls_module, "draw", drawn)
        with precision():
            found = [balls().function("f", order, arb(fmpq(1, 7))) for order in range(4)]
            angle = arb(fmpq(10, 7))
            expected = [2 * angle.sin(), 6 * angle.cos(), -18 * angle.sin(), -54 * angle.cos()]
            assert all((one - other).contains(0) for one, other in zip(found, expected, strict=True))
        assert asked[:3] == [(5, "function", "f", part) for part in range(3)]

    def test_a_dependence_has_squares(self) -> None:
        given = {(gradient_variable("J", slot), at): value for slot, at, value in SLOPES}
        slots = [{at: arb(int(value)) for at, value in slot.items()} for slot in SLOTS]
        curved, straight = Balls(Point(0, given=given)), Balls(Point(0, given=given), linear=frozenset({"J"}))
        with precision():
            assert curved.dependence("J", [], slots) == 30 + 100 + 210 + 100 + 400 + 900
            assert straight.dependence("J", [], slots) == 30 + 100 + 210
            assert curved.dependence("J", [(0, (2,))], slots) == 5 + 2 * 20
            assert straight.dependence("J", [(0, (2,))], slots) == 5
            assert curved.dependence("J", [(1, ())], slots) == 7 + 2 * 30
            assert curved.dependence("J", [(0, (2,)), (0, (2,))], slots) == 2
            assert curved.dependence("J", [(0, (1,)), (0, (2,))], slots) == 0
            assert curved.dependence("J", [(0, (2,))] * 3, slots) == 0
            assert straight.dependence("J", [(0, (2,)), (0, (2,))], slots) == 0


class TestPoint:
    def test_what_is_long(self) -> None:
        """Its digits above and below the line, as often as the power says, are more than can be kept."""
        assert not is_long(fmpq(2 ** (LONGEST - 2)))
        assert is_long(fmpq(2 ** (LONGEST - 1)))
        assert is_long(fmpq(1, 2 ** (LONGEST - 1)))
        assert not is_long(fmpq(2 ** (LONGEST // 2 - 2)), 2)
        assert is_long(fmpq(2 ** (LONGEST // 2 - 1)), 2)
        assert is_long(fmpq(2 ** (LONGEST // 2)), -2)

    def test_draws(self) -> None:
        """Labels decide, each of them, and their order; numbers from 0 up, all below the bound."""
        assert {draw("x", each, below=4) for each in range(100)} == {0, 1, 2, 3}
        labels = [("a", 1), (1, "a"), ("a", "1"), ("a1",), ("a", 1, 0), ("a", 2)]
        assert len({draw(*each, below=10**30) for each in labels}) == len(labels)
        assert draw("fixed", below=10**6) == draw("fixed", below=10**6)
        # The labels' representations, in a digest that is the same everywhere.
        from hashlib import sha512

        digest = sha512(b"'x'\x1f7").digest()
        assert draw("x", 7, below=1000) == int.from_bytes(digest, "big") % 1000

    def test_values_are_noted(self) -> None:
        point = Point(3, given=GIVEN)
        assert point.entry(A, ()) == -2
        other = point.entry(X, (2,))
        assert other.denominator == 1
        assert 1 <= other <= LARGE
        assert point.used == {(A, ()): Fraction(-2), (X, (2,)): other}
        assert point.entry(X, (2,)) == other
        assert Point(3).entry(X, (2,)) == other
        assert Point(4).entry(X, (2,)) != other

    def test_entries_are_drawn_by_all_that_names_them(self) -> None:
        """The seed, the symbol, what is held, how many axes there are, and the subscripts; not the axes themselves."""
        M = Extent(((("m",), 1),))
        value = Point(3).entry(X, (2,))
        assert Point(3).entry(Variable("x", (M,)), (2,)) == value
        others = [
            Point(3).entry(X, (1,)),
            Point(3).entry(Variable("y", (N,)), (2,)),
            Point(3).entry(Variable("x", (N,), held=1), (2,)),
            Point(3).entry(Variable("x", (N, N)), (2,)),
        ]
        assert value not in others

    def test_large_numbers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("verify.kernel.point.drawn_before", lambda labels, below: below - 1)
        assert Point(0).entry(X, (1,)) == 2**40
        monkeypatch.setattr("verify.kernel.point.drawn_before", lambda labels, below: 0)
        assert Point(0).entry(X, (1,)) == 1

    def test_numbers_from_a_pool(self) -> None:
        values = {Point(seed, GRID).entry(X, (1,)) for seed in range(1000)}
        assert values == set(GRID)
        assert set(GRID) == {Fraction(eighths, 8) for eighths in range(-24, 25)}

    def test_positive_numbers_from_a_pool(self) -> None:
        pool = tuple(map(Fraction, (0, -3, 5)))
        positive = {Point(seed, pool, positive=frozenset({X})).entry(X, (1,)) for seed in range(60)}
        assert positive == {1, 3, 5}
        others = {Point(seed, pool, positive=frozenset({X})).entry(A, ()) for seed in range(60)}
        assert others == {0, -3, 5}

    def test_changes(self) -> None:
        point = Point(3, GRID, GIVEN, frozenset({X}))
        point.entry(X, (2,))
        changed = point.at({(A, ()): Fraction(9)})
        assert (changed.seed, changed.pool, changed.positive) == (3, GRID, frozenset({X}))
        assert changed.given == {**GIVEN, (A, ()): Fraction(9)}
        assert changed.used == {}
        assert changed.entry(A, ()) == 9
        assert point.entry(A, ()) == -2

    def test_the_same_point_again(self) -> None:
        """What is used, or drawn, of one of them is not noted in the other."""
        laws: dict[Place, Law] = {(A, ()): ((Fraction(1), {(A, ()): Fraction(6)}),)}
        point = Point(3, GRID, {(X, (1,)): Fraction(9)}, frozenset({X}), laws=laws)
        value = point.entry(X, (2,))
        with pytest.raises(Undrawn):
            point.entry(A, ())
        other = point.again()
        assert other == point
        assert other.used == {(X, (2,)): value}
        assert list(other.drawn) == [(A, ())]
        other.entry(X, (1,))
        other.drawn[X, (3,)] = None
        assert point.used == {(X, (2,)): value}
        assert list(point.drawn) == [(A, ())]

    def test_random_entries(self) -> None:
        """One has a value in an outcome; outside it is asked for, which is noted."""
        laws: dict[Place, Law] = {(A, ()): ((Fraction(1), {(A, ()): Fraction(6)}),)}
        point = Point(0, laws=laws)
        with pytest.raises(Undrawn) as undrawn:
            point.entry(A, ())
        assert undrawn.value.place == (A, ())
        assert list(point.drawn) == [(A, ())]
        assert Point(0, laws=laws, outcome={(A, ()): Fraction(6)}).entry(A, ()) == 6
        assert point.used == {}

    def test_gradients_have_names_of_their_own(self) -> None:
        names = [gradient_variable("J", slot) for slot in range(3)]
        assert [each.held for each in names] == [-1, -2, -3]
        assert {each.symbol for each in names} == {"J"}
        assert {each.axes for each in names} == {()}
