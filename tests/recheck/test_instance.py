"""Values of nodes for the second judge: exact ones by hand, residues by what they must satisfy, balls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import pytest
from flint import arb, ctx, fmpq, fmpz

from tests.recheck.nodes import ONE, THREE, M, N, Nodes, bound, free, tensor
from verify.recheck.chance import lots_by, lots_of, meet
from verify.recheck.instance import (
    GENERATOR,
    MANY_STEPS,
    ORDER,
    PRIME,
    Instance,
    Residue,
    Residues,
    drawn,
    taken,
)
from verify.recheck.real import Balls, Exact, key
from verify.recheck.table import Undefined

I, J, P = bound("i"), bound("j"), bound("p", M)
F, G = free("f"), free("g")
SIZES = {"n": 2, "m": 3}
# x = (3, 5), y = (-1, 4), W = ((1, 2), (3, 4)), v = (1, 10, 100), a = 1/2.
INPUTS: dict[tuple[str, tuple[int, ...]], Fraction] = {
    **{("x", (place,)): Fraction(value) for place, value in ((1, 3), (2, 5))},
    **{("y", (place,)): Fraction(value) for place, value in ((1, -1), (2, 4))},
    **{("W", at): Fraction(value) for at, value in (((1, 1), 1), ((1, 2), 2), ((2, 1), 3), ((2, 2), 4))},
    **{("v", (place,)): Fraction(10 ** (place - 1)) for place in (1, 2, 3)},
    ("a", ()): Fraction(1, 2),
}


def entry(variable: Any, own: tuple[int, ...]) -> Fraction:
    return INPUTS[variable[0], own]


def exact(build: Callable[[Nodes], int], values: Mapping[Any, int] | None = None, sizes: Any = None) -> Fraction:
    nodes = Nodes()
    place = build(nodes)
    found: Fraction = Instance(nodes.table, sizes or SIZES, Exact(entry)).of(place, values or {})
    return found


VALUES = [
    pytest.param(lambda t: t.number("-2/3"), Fraction(-2, 3), id="a number"),
    pytest.param(lambda t: t.add("size", ((((), "-1"), (("m", "n"), "2")))), 11, id="2 m n - 1"),
    pytest.param(lambda t: t.entry("x", 2), 5, id="an entry"),
    pytest.param(lambda t: t.add("delta", 1, 1), 1, id="a delta of the same"),
    pytest.param(lambda t: t.add("delta", 1, 2), 0, id="of others"),
    pytest.param(lambda t: t.plus(t.entry("x", 1), t.entry("y", 1), t.number("1/2")), Fraction(5, 2), id="a sum"),
    pytest.param(lambda t: t.times(t.entry("x", 1), t.entry("y", 1), t.number("2")), -6, id="a product"),
    pytest.param(lambda t: t.power(t.entry("y", 2), 3), 64, id="a power"),
    pytest.param(lambda t: t.power(t.entry("y", 2), 0), 1, id="the power 0"),
    pytest.param(lambda t: t.power(t.entry("y", 2), -2), Fraction(1, 16), id="a negative one"),
    pytest.param(lambda t: t.total(I, t.times(t.entry("x", I), t.entry("y", I))), 17, id="a scalar product"),
    pytest.param(lambda t: t.total(P, t.entry("v", P)), 111, id="a sum over the other dimension"),
    pytest.param(lambda t: t.total(bound("r", THREE), t.number("2")), 6, id="over a number of places"),
    pytest.param(lambda t: t.total(I, t.power(t.total(J, t.entry("W", I, J)), 2)), 58, id="an inner sum: 3^2 + 7^2"),
    pytest.param(lambda t: t.add("max", I, t.entry("y", I)), 4, id="a maximum"),
    pytest.param(lambda t: t.add("inverse", (1, 1), (I, J), t.entry("W", I, J)), -2, id="an inverse at 1, 1"),
    pytest.param(lambda t: t.add("inverse", (1, 2), (I, J), t.entry("W", I, J)), 1, id="at 1, 2"),
    pytest.param(lambda t: t.add("inverse", (2, 1), (I, J), t.entry("W", I, J)), Fraction(3, 2), id="at 2, 1"),
    pytest.param(lambda t: t.add("inverse", (2, 2), (I, J), t.entry("W", I, J)), Fraction(-1, 2), id="at 2, 2"),
    pytest.param(
        lambda t: t.add("inverse", (1, 2), (J, I), t.entry("W", I, J)), Fraction(3, 2), id="of the transpose, at 1, 2"
    ),
]


@pytest.mark.parametrize(("build", "expected"), VALUES)
def test_exact_values(build: Callable[[Nodes], int], expected: Fraction | int) -> None:
    assert exact(build) == expected


def test_free_indices_have_the_values_given() -> None:
    both = [exact(lambda t: t.times(t.entry("x", F), t.entry("y", G)), {F: f, G: g}) for f in (1, 2) for g in (1, 2)]
    assert both == [-3, 12, -5, 20]
    assert [exact(lambda t: t.add("delta", F, 2), {F: f}) for f in (1, 2)] == [0, 1]
    assert exact(lambda t: t.total(I, t.entry("W", F, I)), {F: 2}) == 7


def test_an_inverse_of_three_rows() -> None:
    """A = 1 1^T + D, D = diag(1, 2, 3): A^-1 = D^-1 - D^-1 1 1^T D^-1 / (1 + tr D^-1)."""

    def build(row: int, column: int) -> Callable[[Nodes], int]:
        def matrix(t: Nodes) -> int:
            diagonal = [t.times(t.number(str(k)), t.add("delta", I, k), t.add("delta", J, k)) for k in (1, 2, 3)]
            return t.add("inverse", (row, column), (I, J), t.plus(t.number("1"), *diagonal))

        return matrix

    factor = 1 + Fraction(1) + Fraction(1, 2) + Fraction(1, 3)
    for row, column in product((1, 2, 3), repeat=2):
        expected = Fraction(row == column, row) - Fraction(1, row * column) / factor
        assert exact(build(row, column), sizes={"n": 3}) == expected


NONE = [
    pytest.param(lambda t: t.power(t.number("0"), -1), id="one over 0"),
    pytest.param(lambda t: t.times(t.number("0"), t.power(t.number("0"), -1)), id="also times 0"),
    pytest.param(lambda t: t.add("inverse", (1, 1), (I, J), t.number("1")), id="a singular matrix"),
    pytest.param(lambda t: t.total(bound("z", ((((), "-2"), (("n",), "1")))), t.number("1")), id="a sum over nothing"),
    pytest.param(lambda t: t.add("exp", t.number("0")), id="what is not rational by its form"),
]


@pytest.mark.parametrize("build", NONE)
def test_what_has_no_value(build: Callable[[Nodes], int]) -> None:
    with pytest.raises(Undefined):
        exact(build)


def test_steps_are_counted() -> None:
    nodes = Nodes()
    place = nodes.total(I, nodes.total(J, nodes.entry("y", J)))
    here = Instance(nodes.table, SIZES, Exact(entry))
    here.of(place, {})
    once = here.steps
    assert 4 <= once <= 8, "both sums, and two entries that are evaluated once"
    here.of(place, {})
    assert here.steps == once
    here.spend(MANY_STEPS - once)
    with pytest.raises(Undefined):
        here.spend(1)
    inverse = nodes.add("inverse", (1, 1), (I, J), nodes.entry("W", I, J))
    other = Instance(nodes.table, SIZES, Exact(entry))
    other.of(inverse, {})
    assert other.steps >= 1 + 4 + 2, "the inverse, its entries, and the permutations of two"


def test_all_values_of_a_node() -> None:
    nodes = Nodes()
    place = nodes.times(nodes.entry("W", I, J), nodes.entry("x", F))
    here = Instance(nodes.table, SIZES, Exact(entry))
    assert here.all_of((J, 1, I), place, {F: 1}) == {(1, 1, 1): 3, (1, 1, 2): 9, (2, 1, 1): 6, (2, 1, 2): 12}
    assert here.over(I, nodes.entry("x", I), {}) == [3, 5]
    assert taken((F, 3, G), {F: 1, G: 2}) == (1, 3, 2)


class TestResidues:
    """Numbers modulo a prime, and modulo the order of an element where they are known there."""

    def test_the_numbers_are_prime(self) -> None:
        assert fmpz(ORDER).is_prime()
        assert fmpz(PRIME).is_prime()
        assert (PRIME - 1) % ORDER == 0
        assert GENERATOR != 1
        assert pow(GENERATOR, ORDER, PRIME) == 1

    def test_arithmetic(self) -> None:
        one, other = Residue(PRIME - 1, 5), Residue(3, ORDER - 1)
        assert ((one + other).value, (one + other).exponent) == (2, 4)
        assert ((one * other).value, (one * other).exponent) == (PRIME - 3, ORDER - 5)
        assert (one + Residue(1, None)).exponent is None
        assert (Residue(1, None) * one).exponent is None
        assert (one.inverse() * one).value == 1
        assert (one.inverse() * one).exponent == 1
        assert Residue(7, None).inverse().exponent is None
        assert Residue(7, 1) == Residue(7, None)
        assert Residue(7, 1) != Residue(8, 1)

    @pytest.mark.parametrize("value", [Residue(0, 1), Residue(1, 0), Residue(PRIME, None), Residue(1, ORDER)])
    def test_what_has_no_inverse(self, value: Residue) -> None:
        with pytest.raises(Undefined):
            value.inverse()

    def test_rational_numbers(self) -> None:
        third = Residues(0, {}, {}).number(Fraction(2, 3))
        assert third.value * 3 % PRIME == 2
        assert third.exponent is not None
        assert third.exponent * 3 % ORDER == 2

    def test_draws(self) -> None:
        assert drawn("x", 1) == drawn("x", 1)
        assert 1 <= drawn("x", 1) <= 2**64
        assert len({drawn(*each) for each in (("x", 1), ("x", 2), ("y", 1), (1, "x"), ("x",), ("x1",))}) == 6


def residue(build: Callable[[Nodes], int], seed: int = 0, **more: Any) -> Residue:
    nodes = Nodes()
    place = build(nodes)
    numbers = Residues(seed, more.get("totals", {}), more.get("mirrored", {}))
    here = Instance(nodes.table, more.get("sizes", SIZES), numbers)
    found: Residue = here.of(place, more.get("values", {}))
    return found


def agree(one: Callable[[Nodes], int], other: Callable[[Nodes], int], **more: Any) -> bool:
    return residue(one, **more) == residue(other, **more)


ALIKE = [
    pytest.param(
        lambda t: t.add("exp", t.plus(t.entry("a"), t.entry("x", 1))),
        lambda t: t.times(t.add("exp", t.entry("x", 1)), t.add("exp", t.entry("a"))),
        id="e to a sum is a product",
    ),
    pytest.param(lambda t: t.add("exp", t.number("0")), lambda t: t.number("1"), id="e to the 0 is 1"),
    pytest.param(
        lambda t: t.total(I, t.times(t.add("exp", t.entry("x", I)), t.add("log", t.entry("y", I)))),
        lambda t: t.plus(*(t.times(t.add("exp", t.entry("x", at)), t.add("log", t.entry("y", at))) for at in (1, 2))),
        id="functions at each value of an index",
    ),
    pytest.param(lambda t: t.add("log", t.number("1")), lambda t: t.number("0"), id="the logarithm of 1 is 0"),
    pytest.param(
        lambda t: t.add("exp", t.times(t.number("2"), t.entry("a"))),
        lambda t: t.power(t.add("exp", t.entry("a")), 2),
        id="e to twice a is a square",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 1, t.plus(t.entry("a"), t.entry("a"))),
        lambda t: t.add("function", "f", 1, t.times(t.number("2"), t.entry("a"))),
        id="a function has one value at one number",
    ),
    pytest.param(
        lambda t: t.add("exp", t.add("exp", t.plus(t.entry("a"), t.entry("a")))),
        lambda t: t.add("exp", t.power(t.add("exp", t.entry("a")), 2)),
        id="nested exponentials of the same",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", ((0, (1,)), (0, (2,))), (((I,), t.entry("x", I)),)),
        lambda t: t.add("dependence", "J", ((0, (2,)), (0, (1,))), (((J,), t.entry("x", J)),)),
        id="mixed derivatives",
    ),
    pytest.param(
        lambda t: t.add("hidden", t.total(I, t.entry("x", I))),
        lambda t: t.add("hidden", t.total(J, t.entry("x", J))),
        id="what is hidden, by another name",
    ),
]
UNLIKE = [
    pytest.param(lambda t: t.entry("x", 1), lambda t: t.entry("x", 2), id="two entries"),
    pytest.param(lambda t: t.entry("x", 1), lambda t: t.entry("y", 1), id="two vectors"),
    pytest.param(lambda t: t.add("exp", t.entry("a")), lambda t: t.add("exp", t.entry("x", 1)), id="two exponentials"),
    pytest.param(lambda t: t.add("exp", t.entry("a")), lambda t: t.entry("a"), id="a and e to a"),
    pytest.param(lambda t: t.add("log", t.entry("a")), lambda t: t.entry("a"), id="a and log a"),
    pytest.param(lambda t: t.add("log", t.entry("a")), lambda t: t.number("0"), id="log a is not 0"),
    pytest.param(lambda t: t.add("log", t.entry("a")), lambda t: t.add("log", t.entry("x", 1)), id="two logarithms"),
    pytest.param(
        lambda t: t.add("exp", t.add("exp", t.entry("a"))),
        lambda t: t.add("log", t.add("exp", t.entry("a"))),
        id="nested exponentials and logarithms",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 0, t.entry("a")),
        lambda t: t.add("function", "f", 1, t.entry("a")),
        id="a function and its slope",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 0, t.entry("a")),
        lambda t: t.add("function", "g", 0, t.entry("a")),
        id="two functions",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 0, t.entry("a")),
        lambda t: t.add("function", "f", 0, t.entry("x", 1)),
        id="a function at two numbers",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", ((0, (1,)),), (((I,), t.entry("x", I)),)),
        lambda t: t.add("dependence", "J", ((0, (2,)),), (((I,), t.entry("x", I)),)),
        id="two slopes",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I,), t.entry("x", I)),)),
        lambda t: t.add("dependence", "K", (), (((I,), t.entry("x", I)),)),
        id="two quantities",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I,), t.entry("x", I)),)),
        lambda t: t.add("dependence", "J", (), (((I,), t.entry("y", I)),)),
        id="a quantity of two vectors",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I, J), t.entry("W", I, J)),)),
        lambda t: t.add("dependence", "J", (), (((J, I), t.entry("W", I, J)),)),
        id="of a matrix and its transpose",
    ),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_residues_that_agree(one: Callable[[Nodes], int], other: Callable[[Nodes], int]) -> None:
    assert agree(one, other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_residues_that_do_not(one: Callable[[Nodes], int], other: Callable[[Nodes], int]) -> None:
    assert not agree(one, other)


def test_residues_depend_on_the_seed() -> None:
    assert residue(lambda t: t.entry("a")) != residue(lambda t: t.entry("a"), 1)
    assert residue(lambda t: t.add("log", t.entry("a"))) != residue(lambda t: t.add("log", t.entry("a")), 1)


@pytest.mark.parametrize("kind", [("max", I, 0), ("expectation", 0)])
def test_what_has_no_residue(kind: Any) -> None:
    def build(t: Nodes) -> int:
        t.entry("x", I)
        return t.add(*kind)

    with pytest.raises(Undefined):
        residue(build, values={I: 1})


def _column(column: int, t: Nodes) -> int:
    return t.total(I, t.add("entry", tensor("y", N, M), (I, column)))


def _mean_of_square(t: Nodes) -> int:
    return t.add("expectation", t.power(t.entry("u"), 2))


def _derivative(order: int, t: Nodes) -> int:
    return t.add("function", "f", order, t.entry("x", 1))


def test_entries_with_a_known_sum() -> None:
    """y has the sum 3 over its first axis, for every column."""
    known = {tensor("y", N, M): (0, Fraction(3))}
    for column in (1, 2):
        for size in (1, 2, 3):
            total = residue(
                partial(_column, column),
                totals=known,
                sizes={"n": size, "m": 2},
            )
            assert total == Residue(3, None)
            assert total.exponent == 3
    one = residue(lambda t: t.add("entry", tensor("y", N, M), (1, 1)), totals=known)
    other = residue(lambda t: t.add("entry", tensor("y", N, M), (1, 2)), totals=known)
    assert one != other
    below = residue(lambda t: t.add("entry", tensor("y", N, M), (2, 1)), totals=known)
    assert below not in (one, other)
    across = residue(lambda t: t.total(P, t.add("entry", tensor("y", N, M), (1, P))), totals=known)
    assert across != Residue(3, None), "the other axis has no known sum"


@pytest.mark.parametrize("sign", [1, -1])
def test_entries_of_a_matrix_that_is_its_own_transpose(sign: int) -> None:
    A = tensor("A", N, N)
    mirrored = {A: sign}
    turned = residue(lambda t: t.times(t.number(str(sign)), t.add("entry", A, (2, 1))), mirrored=mirrored)
    assert residue(lambda t: t.add("entry", A, (1, 2)), mirrored=mirrored) == turned
    diagonal = residue(lambda t: t.add("entry", A, (1, 1)), mirrored=mirrored)
    assert (diagonal == Residue(0, None)) is (sign == -1)
    assert residue(lambda t: t.add("entry", A, (1, 2)), mirrored=mirrored) != diagonal
    assert residue(lambda t: t.add("entry", A, (1, 2))) != residue(lambda t: t.add("entry", A, (2, 1)))


def shares(t: Nodes, at: Any, symbol: str = "x") -> tuple[int, int]:
    """The sum over i of e^(W_fi), and its term at an index."""
    body = t.add("exp", t.entry("W", F, I))
    whole = t.total(I, body)
    own = t.add("exp", t.entry("W", F, at))
    return whole, t.add("share", whole, own)


def test_shares_add_up_to_the_whole() -> None:
    for row in (1, 2):
        whole_is = residue(lambda t: t.add("hidden", shares(t, J)[0]), values={F: row})
        total = residue(lambda t: t.total(J, shares(t, J)[1]), values={F: row})
        assert total == whole_is
    first = residue(lambda t: shares(t, 1)[1], values={F: 1})
    second = residue(lambda t: shares(t, 2)[1], values={F: 1})
    assert first != second
    assert first != residue(lambda t: shares(t, 1)[1], values={F: 2})


def test_what_is_no_term_of_a_sum_is_no_share() -> None:
    def build(t: Nodes) -> int:
        whole, _ = shares(t, J)
        return t.add("share", whole, t.entry("a"))

    other = residue(build, values={F: 1})
    assert other == residue(lambda t: t.add("hidden", t.entry("a")))


def test_terms_that_are_alike_are_no_shares() -> None:
    """The sum over i of e^a has the same term n times, so that these are no free shares of it."""

    def build(t: Nodes) -> int:
        body = t.add("exp", t.entry("a"))
        return t.add("share", t.total(I, body), body)

    with pytest.raises(Undefined):
        residue(build)


class TestBalls:
    def at(self, build: Callable[[Nodes], int], curvature: int = 0, **more: Any) -> arb:
        nodes = Nodes()
        place = build(nodes)
        numbers = Balls(entry, lambda symbol: {"f": [5, -1, 0, 2]}[symbol], slope, curvature, more.get("lots", ()))
        self.here = Instance(nodes.table, SIZES, numbers)
        found: arb = self.here.of(place, more.get("values", {}))
        return found

    @pytest.fixture(autouse=True)
    def precise(self) -> Any:
        before, ctx.prec = ctx.prec, 128
        yield
        ctx.prec = before

    def test_functions(self) -> None:
        assert self.at(lambda t: t.add("exp", t.entry("x", 1))).contains(arb(3).exp())
        assert self.at(lambda t: t.add("log", t.entry("x", 1))).contains(arb(3).log())
        assert self.at(lambda t: t.add("max", I, t.entry("y", I))) == 4
        assert self.at(lambda t: t.add("max", I, t.times(t.number("-1"), t.entry("y", I)))) == 1
        for order, value in enumerate((56, 53, 36, 12, 0)):
            assert self.at(partial(_derivative, order)) == value
        assert self.at(lambda t: t.number("1/3")).contains(fmpq(1, 3))
        assert self.at(lambda t: t.total(I, t.add("exp", t.entry("x", I)))).contains(arb(3).exp() + arb(5).exp())
        assert self.at(lambda t: t.total(I, t.add("log", t.entry("x", I)))).contains(arb(15).log())

    @pytest.mark.parametrize(
        "build",
        [
            lambda t: t.add("log", t.number("0")),
            lambda t: t.add("log", t.entry("y", 1)),
            lambda t: t.power(t.plus(t.add("exp", t.number("0")), t.number("-1"), t.add("log", t.number("1"))), -1),
            lambda t: t.add("hidden", t.entry("x", 1)),
        ],
    )
    def test_what_has_no_value(self, build: Callable[[Nodes], int]) -> None:
        with pytest.raises(Undefined):
            self.at(build)

    def test_an_entry_may_be_a_ball(self) -> None:
        nodes = Nodes()
        place = nodes.entry("a")
        ball = arb(2).sqrt()
        numbers = Balls(lambda variable, own: ball, lambda symbol: [], slope)
        assert Instance(nodes.table, SIZES, numbers).of(place, {}) is ball

    def test_dependences(self) -> None:
        """J = 7 x_1 + 11 x_2 + 100 y_1 + 1000 y_2, and c times the squares of all of these."""

        def build(*by: Any) -> Callable[[Nodes], int]:
            return lambda t: t.add("dependence", "J", by, (((I,), t.entry("x", I)), ((J_, 1), t.entry("y", J_))))

        J_ = bound("j")
        assert self.at(build()) == 21 + 55 - 100 + 4000
        assert self.at(build((0, (2,)))) == 11
        assert self.at(build((1, (2, 1)))) == 1000
        assert self.at(build((0, (1,)), (0, (1,)))) == 0
        squares = 9 + 25 + 1 + 16
        assert self.at(build(), 3) == 21 + 55 - 100 + 4000 + 3 * squares
        assert self.at(build((0, (2,))), 3) == 11 + 2 * 3 * 5
        assert self.at(build((0, (1,)), (0, (1,))), 3) == 6
        assert self.at(build((0, (1,)), (0, (2,))), 3) == 0
        assert self.at(build(*[(0, (1,))] * 3), 3) == 0

    def test_slopes_are_told_the_shape(self) -> None:
        asked = []

        def noted(symbol: str, slot: int, lengths: tuple[int, ...], own: tuple[int, ...]) -> Fraction:
            asked.append((symbol, slot, lengths, own))
            return Fraction(1)

        nodes = Nodes()
        place = nodes.add("dependence", "J", (), (((P, I), nodes.number("1")),))
        Instance(nodes.table, SIZES, Balls(entry, lambda symbol: [], noted)).of(place, {})
        assert asked == [("J", 0, (3, 2), own) for own in product((1, 2, 3), (1, 2))]

    def test_expectations(self) -> None:
        """u is 1 or -3 with 3/4 and 1/4, w is 0 or 2 with 1/2 each."""
        lots = [
            [(Fraction(3, 4), {("u", ()): Fraction(1)}), (Fraction(1, 4), {("u", ()): Fraction(-3)})],
            [(Fraction(1, 2), {("w", ()): Fraction(0)}), (Fraction(1, 2), {("w", ()): Fraction(2)})],
        ]

        def mean(body: Callable[[Nodes], int]) -> arb:
            return self.at(lambda t: t.add("expectation", body(t)), lots=lots)

        assert mean(lambda t: t.entry("u")) == 0
        assert mean(lambda t: t.power(t.entry("u"), 2)) == 3
        assert mean(lambda t: t.times(t.power(t.entry("u"), 2), t.entry("w"), t.entry("x", 1))) == 9
        assert mean(lambda t: t.plus(t.entry("w"), t.entry("a"))) == fmpq(3, 2)
        assert self.here.steps > 4
        assert mean(lambda t: t.times(t.entry("u"), t.add("expectation", t.entry("u")))) == 0, "a mean is a number"
        assert self.at(lambda t: t.total(I, t.times(_mean_of_square(t), t.entry("x", I))), lots=lots) == 24
        assert self.at(lambda t: t.total(I, t.add("expectation", t.entry("x", I))), lots=lots) == 8

    def test_a_random_entry_by_its_symbol_and_place(self) -> None:
        """The subscripts of axes of length one do not name it."""
        assert key(tensor("x", N, ONE), (2, 1)) == ("x", (2,))
        assert key(tensor("x", N, M), (2, 1)) == ("x", (2, 1))
        assert key(tensor("a"), ()) == ("a", ())


def slope(symbol: str, slot: int, lengths: tuple[int, ...], own: tuple[int, ...]) -> Fraction:
    return Fraction({(0, (1,)): 7, (0, (2,)): 11, (1, (1, 1)): 100, (1, (2, 1)): 1000}[slot, own])


class TestChance:
    """Lots, by their outcomes, and whether they have the moments that are given."""

    X = tensor("x", N)

    def random(self, *moments: tuple[str, str], independent: bool = True) -> tuple[dict[str, Any], Instance]:
        nodes = Nodes()
        places = [(kind, nodes.number(value)) for kind, value in moments]
        record = {
            "variables": [["x", [[[["n"], "1"]]], 0]],
            "independent": independent,
            "moments": [
                [kind, ["x", [[[["n"], "1"]]], 0], [["free", "f", 1, [[["n"], "1"]]]], at] for kind, at in places
            ],
        }
        return record, Instance(nodes.table, {"n": 2}, Exact(entry))

    def lot(self, place: int, *outcomes: tuple[str, str]) -> Any:
        return [(Fraction(p), {("x", (place,)): Fraction(value)}) for p, value in outcomes]

    def test_lots_of_a_witness(self) -> None:
        chances = [{"entries": [["x", [1]], ["x", [2]]], "outcomes": [["1/3", ["1", "-2"]], ["2/3", ["0", "1/2"]]]}]
        assert lots_of({"chances": chances}) == [
            [
                (Fraction(1, 3), {("x", (1,)): Fraction(1), ("x", (2,)): Fraction(-2)}),
                (Fraction(2, 3), {("x", (1,)): Fraction(0), ("x", (2,)): Fraction(1, 2)}),
            ]
        ]

    def test_what_meets_the_hypotheses(self) -> None:
        fair = self.lot(1, ("1/2", "-1"), ("1/2", "1"))
        assert meet(*self._with([fair], ("mean", "0")))
        assert meet(*self._with([fair], ("mean", "0"), ("variance", "1"), ("square", "1")))
        assert meet(*self._with([], ("mean", "0")))
        assert meet(*self._with([self.lot(1, ("1", "0"), ("0", "7"))], ("mean", "0"))), "what never comes"
        skew = self.lot(2, ("1/4", "3"), ("3/4", "-1"))
        assert meet(*self._with([fair, skew], ("mean", "0")))
        shifted = self.lot(1, ("1/2", "1"), ("1/2", "3"))
        assert meet(*self._with([shifted], ("mean", "2"), ("variance", "1"), ("square", "5")))

    def _with(self, lots: list[Any], *moments: tuple[str, str], independent: bool = True) -> Any:
        record, here = self.random(*moments, independent=independent)
        return record, lots, here

    def test_what_does_not(self) -> None:
        fair = self.lot(1, ("1/2", "-1"), ("1/2", "1"))
        assert not meet(*self._with([fair], ("mean", "1")))
        assert not meet(*self._with([fair], ("variance", "2")))
        assert not meet(*self._with([fair], ("square", "2")))
        assert not meet(*self._with([fair, self.lot(2, ("1", "1"))], ("mean", "0"))), "the second of two"
        assert not meet(*self._with([self.lot(1, ("1/2", "0"))])), "probabilities that add up to 1/2"
        assert not meet(*self._with([self.lot(1, ("3/2", "0"), ("-1/2", "0"))])), "a negative one"
        assert not meet(*self._with([fair, fair])), "one entry twice"
        assert not meet(*self._with([self.lot(3, ("1", "0"))])), "an entry that there is not"
        both = [(Fraction(1), {("x", (1,)): Fraction(0), ("x", (2,)): Fraction(0)})]
        assert not meet(*self._with([both])), "together, although independent"
        assert meet(*self._with([both], independent=False))

    def test_lots_that_are_made_meet_them(self) -> None:
        def small(*labels: object) -> Fraction:
            return Fraction(drawn(*labels) % 33 - 16, 8)

        for moments in (
            (),
            (("mean", "2"),),
            (("variance", "3"),),
            (("mean", "-1"), ("variance", "1/2")),
            (("mean", "1"), ("square", "3")),
            (("square", "1/4"),),
        ):
            for independent in (True, False):
                record, here = self.random(*moments, independent=independent)
                lots = lots_by(record, here, small)
                assert meet(record, lots, here)
                assert sum(len(lot[0][1]) for lot in lots) == 2
                assert len(lots) == (2 if independent else 1)

    def test_there_are_none_with_a_negative_variance(self) -> None:
        record, here = self.random(("mean", "2"), ("square", "3"))
        with pytest.raises(Undefined):
            lots_by(record, here, lambda *labels: Fraction(1))
        record, here = self.random(("variance", "-1"))
        with pytest.raises(Undefined):
            lots_by(record, here, lambda *labels: Fraction(1))

    def test_each_entry_is_drawn_by_itself(self) -> None:
        asked: list[tuple[object, ...]] = []

        def small(*labels: object) -> Fraction:
            asked.append(labels)
            return Fraction(1)

        record, here = self.random()
        lots_by(record, here, small)
        expected = [(self.X, (place,), part) for place in (1, 2) for part in ("step", "mean", "variance")]
        assert asked == expected

    def test_an_entry_is_its_mean_and_a_step_up_or_down(self) -> None:
        """Mean 2, variance 3, a step of 1 up: 3 with 3/4 and 2 - 3 with 1/4."""
        record, here = self.random(("mean", "2"), ("variance", "3"))
        first, _ = lots_by(record, here, lambda *labels: Fraction(1))
        name = ("x", (1,))
        assert first == [(Fraction(3, 4), {name: Fraction(3)}), (Fraction(1, 4), {name: Fraction(-1)})]
        no_step, _ = lots_by(record, here, lambda *labels: Fraction(0))
        assert no_step == first, "a step of 0 is one of 1"
