"""What nodes are at least, as the second judge tells it from their form; each bound worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flint import fmpq

from tests.recheck.nodes import ONE, THREE, M, N, bound, free, tensor
from tests.recheck.records import Record
from verify.recheck.bounds import NOT_NEGATIVE, POSITIVE, Bound, Bounds

I, J, K, L = (bound(name) for name in "ijkl")
F, G, R = free("f"), free("g", THREE), bound("r", THREE)
X, Y = tensor("x", N), tensor("y", N)
Build = Callable[[Record], int]


def at_least(value: int) -> Bound:
    return Bound(fmpq(value), open=False)


def above(value: int) -> Bound:
    return Bound(fmpq(value), open=True)


def x(t: Record, index: Any = F) -> int:
    return t.entry("x", index)


def positive(t: Record, index: Any = F) -> int:
    return t.entry("y", index)


def exp(t: Record, place: int) -> int:
    return t.add("exp", place)


def size(t: Record, extent: Any = N) -> int:
    return t.add("size", extent)


def less(t: Record, whole: int, own: int) -> int:
    return t.plus(whole, t.times(t.number("-1"), own))


def largest(t: Record, index: Any = I) -> int:
    return t.add("max", index, x(t, index))


def mass(t: Record, index: Any = I) -> int:
    return t.total(index, exp(t, x(t, index)))


# All dimensions are at least 2, and y is positive.
BOUNDS: list[tuple[Build, Bound | None, str]] = [
    (lambda t: t.number("3"), at_least(3), "a number"),
    (lambda t: t.number("-1/2"), Bound(fmpq(-1, 2), open=False), "a negative one"),
    (lambda t: size(t), at_least(2), "n"),
    (lambda t: size(t, ((("m", "n"), "1"), ((), "-3"))), at_least(1), "m n - 3"),
    (lambda t: size(t, ((("n",), "1"), ((), "-3"))), None, "n - 3"),
    (lambda t: size(t, ((("n", "n"), "1"), (("n",), "-1"))), None, "n n - n, which might fall"),
    (lambda t: x(t), None, "an entry"),
    (lambda t: positive(t), above(0), "a positive one"),
    (lambda t: t.add("log", x(t)), None, "a logarithm"),
    (lambda t: exp(t, x(t)), above(0), "e to anything"),
    (lambda t: exp(t, t.number("-1")), above(0), "e to -1"),
    (lambda t: exp(t, t.number("0")), at_least(1), "e to 0"),
    (lambda t: exp(t, t.number("2")), above(1), "e to 2"),
    (lambda t: exp(t, positive(t)), above(1), "e to what is positive"),
    (lambda t: exp(t, t.power(x(t), 2)), at_least(1), "e to a square"),
    (lambda t: t.power(x(t), 2), at_least(0), "a square"),
    (lambda t: t.power(x(t), -2), at_least(0), "one over a square"),
    (lambda t: t.power(x(t), 3), None, "a cube"),
    (lambda t: t.power(positive(t), 3), above(0), "a cube of what is positive"),
    (lambda t: t.power(size(t), -1), above(0), "one over n"),
    (lambda t: t.power(t.power(x(t), 2), 3), None, "a cube of what may be 0 is not asked for"),
    (lambda t: t.times(t.number("2"), size(t)), at_least(4), "2 n"),
    (lambda t: t.times(t.number("2"), positive(t)), above(0), "2 y"),
    (lambda t: t.times(positive(t), t.power(x(t), 2)), at_least(0), "y x^2"),
    (lambda t: t.times(size(t), exp(t, t.number("1"))), above(2), "n e"),
    (lambda t: t.times(t.number("0"), positive(t)), at_least(0), "0 y"),
    (lambda t: t.times(t.number("-1"), t.number("-1")), None, "two negative numbers"),
    (lambda t: t.times(positive(t), x(t)), None, "y x"),
    (lambda t: t.plus(positive(t), t.number("1")), above(1), "y + 1"),
    (lambda t: t.plus(t.power(x(t), 2), t.number("1")), at_least(1), "x^2 + 1"),
    (lambda t: t.plus(positive(t), t.number("-3")), above(-3), "y - 3"),
    (lambda t: t.plus(positive(t), x(t)), None, "y + x"),
    (lambda t: t.plus(t.number("1"), t.number("1"), t.number("1")), at_least(3), "three ones"),
    (lambda t: t.total(I, t.number("1")), at_least(1), "a sum is at least one of its terms"),
    (lambda t: t.total(I, positive(t, I)), above(0), "of what is positive"),
    (lambda t: t.total(I, t.power(x(t, I), 2)), at_least(0), "of squares"),
    (lambda t: t.total(I, t.number("-1")), None, "of -1"),
    (lambda t: t.total(I, x(t, I)), None, "of what has any sign"),
    (lambda t: less(t, mass(t), exp(t, x(t))), above(0), "a sum less one of its terms"),
    (lambda t: less(t, mass(t), exp(t, x(t, 1))), above(0), "less its first term"),
    (lambda t: less(t, mass(t), exp(t, x(t, 2))), above(0), "less its second term"),
    (lambda t: less(t, mass(t), exp(t, x(t, 3))), None, "less its third term, which need not be there"),
    (lambda t: less(t, mass(t), exp(t, t.entry("z", F))), None, "less something else"),
    (lambda t: less(t, mass(t), exp(t, t.times(t.number("2"), x(t)))), None, "less the square of a term"),
    (lambda t: less(t, mass(t), exp(t, largest(t, J))), above(0), "less the largest of its terms"),
    (lambda t: less(t, mass(t), exp(t, t.add("max", J, t.entry("z", J)))), None, "less the largest of others"),
    (lambda t: less(t, mass(t), largest(t, J)), None, "less the largest exponent"),
    (lambda t: less(t, t.total(I, positive(t, I)), positive(t)), above(0), "of positive numbers less one of them"),
    (lambda t: less(t, t.total(I, x(t, I)), x(t)), None, "of numbers of any sign"),
    (lambda t: less(t, t.total(I, t.power(x(t, I), 2)), t.power(x(t), 2)), None, "of squares, which may be 0"),
    (lambda t: less(t, t.total(bound("r", ONE), positive(t)), positive(t)), None, "a sum with one term"),
    (lambda t: less(t, t.total(R, exp(t, t.entry("v", R))), exp(t, t.entry("v", G))), above(0), "of three less one"),
    (lambda t: less(t, mass(t), exp(t, t.entry("x", free("p", M)))), None, "less one at an index of another dimension"),
    (lambda t: less(t, largest(t), x(t)), at_least(0), "a maximum less an entry"),
    (lambda t: less(t, largest(t), x(t, 2)), at_least(0), "less the second"),
    (lambda t: less(t, largest(t), t.entry("z", F)), None, "less something else"),
    (lambda t: less(t, x(t), largest(t)), None, "an entry less a maximum"),
    (lambda t: t.plus(mass(t), t.times(t.number("-2"), exp(t, x(t)))), None, "less twice a term"),
    (lambda t: t.plus(mass(t), exp(t, x(t))), above(0), "and a term"),
]  # fmt: skip


def bounds(t: Record, place: int, **said: Any) -> Bounds:
    return Bounds(t.stated(place, place, positive=[Y], **said))


@pytest.mark.parametrize(("build", "expected", "why"), BOUNDS)
def test_bounds(build: Build, expected: Bound | None, why: str) -> None:
    nodes = Record()
    place = build(nodes)
    assert bounds(nodes, place).of(place) == expected, why


def test_is_above_zero() -> None:
    """What is at least 1, or more than 0; not what is at least 0, or more than -3."""
    nodes = Record()
    places = [
        nodes.number("1"),
        positive(nodes),
        nodes.power(x(nodes), 2),
        nodes.plus(positive(nodes), nodes.number("-3")),
        x(nodes),
        nodes.number("0"),
    ]
    known = bounds(nodes, places[0])
    assert [known.is_above_zero(each) for each in places] == [True, True, False, False, False, False]


def test_dimensions_may_be_1_or_have_bounds() -> None:
    nodes = Record()
    place = size(nodes, ((("n",), "1"), ((), "-1")))
    stated = nodes.stated(place, place)
    assert Bounds(stated).of(place) == at_least(1)
    assert Bounds(stated, 1).of(place) == at_least(0)
    larger = nodes.stated(place, place, least=[["n", 4], ["m", 9]])
    assert Bounds(larger).of(place) == at_least(3)
    assert Bounds(nodes.stated(place, place, least=[["n", 1]])).of(place) == at_least(1)


def test_a_sum_less_a_term_where_dimensions_may_be_1() -> None:
    nodes = Record()
    place = less(nodes, mass(nodes), exp(nodes, x(nodes)))
    assert Bounds(nodes.stated(place, place)).of(place) == POSITIVE
    assert Bounds(nodes.stated(place, place), 1).of(place) is None
    maximum = less(nodes, largest(nodes), x(nodes))
    assert Bounds(nodes.stated(maximum, maximum), 1).of(maximum) == NOT_NEGATIVE
    second = less(nodes, largest(nodes), x(nodes, 2))
    assert Bounds(nodes.stated(second, second), 1).of(second) is None, "there may be no second entry"


def test_what_a_logarithm_is_taken_of_is_positive() -> None:
    """Of all entries, if it is taken of all: at a bound index, and of a matrix at two different ones."""

    def known(at: Any, symbol: str = "z") -> bool:
        nodes = Record()
        logarithm = nodes.add("log", nodes.entry(symbol, *at))
        other = nodes.entry(symbol, *(free(f"f{place}") for place in range(len(at))))
        return Bounds(nodes.stated(other, other, defined=[logarithm])).is_above_zero(other)

    assert known((I,))
    assert known((I, J))
    assert not known((F,)), "at one free index"
    assert not known((2,))
    assert not known((I, I)), "on the diagonal"
    assert not known((I, F))


def test_other_logarithms_say_nothing_of_an_entry() -> None:
    nodes = Record()
    logarithm = nodes.add("log", nodes.times(x(nodes, I), x(nodes, I)))
    other, entry = nodes.power(x(nodes, I), -1), x(nodes)
    assert not Bounds(nodes.stated(logarithm, other, defined=[logarithm, other])).is_above_zero(entry)


def test_what_is_defined() -> None:
    """The logarithm of what is positive, and a division by that; nothing else is said to be."""
    nodes = Record()
    places = [
        nodes.add("log", positive(nodes)),
        nodes.power(positive(nodes), -1),
        nodes.add("log", x(nodes)),
        nodes.power(x(nodes), -1),
        nodes.power(nodes.power(x(nodes), 2), -1),
        nodes.add("inverse", (F, F), (I, J), positive(nodes)),
    ]
    known = bounds(nodes, places[0])
    assert [known.is_defined(each) for each in places] == [True, True, False, False, False, False]


def test_a_sum_over_what_may_be_nothing_has_no_bound() -> None:
    """Over 1, ..., n - 1 there is nothing to sum where n is 1, and that is 0."""
    nodes = Record()
    shorter: Any = ((("n",), "1"), ((), "-1"))
    place = nodes.add("sum", ("fresh", "j", 7, shorter), exp(nodes, nodes.number("1")))
    assert Bounds(nodes.stated(place, place)).is_above_zero(place)
    assert not Bounds(nodes.stated(place, place), 1).is_above_zero(place)


def test_a_maximum_is_at_least_what_its_entries_are() -> None:
    nodes = Record()
    shorter: Any = ((("n",), "1"), ((), "-1"))
    entry = positive(nodes, I)
    above, unknown = nodes.add("max", I, entry), nodes.add("max", I, x(nodes, I))
    perhaps_none = nodes.add("max", ("fresh", "j", 7, shorter), exp(nodes, nodes.number("1")))
    known = bounds(nodes, above)
    assert known.of(above) == known.of(entry)
    assert known.is_above_zero(above)
    assert known.of(unknown) is None
    assert Bounds(nodes.stated(above, above), 1).of(perhaps_none) is None
