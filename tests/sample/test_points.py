"""What a link speaks of, and the points that bytes say: the simplest first."""

from fractions import Fraction

import pytest

from tests.sample.cases import A, J, W, b, f, i, j, n, t, x, y, z
from verify.language import Chain, Number, at_least, equal, grad, index, less, one_hot, sum_over, total
from verify.sample.points import GRID, POSITIVE, Ground, drawn, indices_of, parts


def ground(statement: Chain, *given: Chain) -> Ground:
    (link,) = statement.links(tuple(each for chain in given for each in chain.links()))
    return Ground.of(link)


def test_the_grid_is_the_eighths_from_minus_3_to_3_with_the_simplest_first() -> None:
    assert sorted(GRID) == [Fraction(eighths, 8) for eighths in range(-24, 25)]
    assert [str(each) for each in GRID[:9]] == ["0", "1", "-1", "2", "-2", "3", "-3", "1/2", "-1/2"]
    assert [str(each) for each in POSITIVE[:4]] == ["1", "2", "3", "1/2"]
    assert min(POSITIVE) > 0


def test_a_ground_is_what_a_link_speaks_of() -> None:
    found = ground(equal(grad(J, W)[index("p", b.declared[0]), i] * f(z), t[j]))
    assert found.dimensions == ("m", "n")
    assert [name.symbol for name in found.names] == ["W", "x", "b", "z", "t", "J#0"]
    assert [each.symbol for each in found.indices] == ["p", "i", "j"]
    assert found.functions == ("f",)
    assert list(found.shown.values()) == [r"\frac{\partial J}{\partial y}"]


def test_names_of_hypotheses_belong_to_the_ground_and_their_indices_do_not() -> None:
    found = ground(equal(z, z), equal(x[i], z))
    assert [name.symbol for name in found.names] == ["z", "x"]
    assert found.indices == ()
    (link,) = equal(z, z).links(equal(x[i], z).links())
    assert indices_of(link.given[0]) == (i,)


@pytest.mark.parametrize(
    ("hypothesis", "expected", "why"),
    [
        (less(0, z), {z}, "0 < z"),
        (less(0, x[i]), {x}, "0 < x_i"),
        (less(1, z), set(), "1 < z is tested, not drawn"),
        (less(z, 0), set(), "z < 0"),
        (equal(0, z), set(), "an equation"),
    ],
)
def test_positive_names(hypothesis: Chain, expected: set[object], why: str) -> None:
    assert ground(equal(total(x), z), hypothesis).positive == expected, why


@pytest.mark.parametrize(
    ("hypothesis", "expected", "why"),
    [
        (at_least(n, 2), 2, "n >= 2"),
        (at_least(n, Number(Fraction(3, 2))), 2, "n >= 3/2"),
        (at_least(n, -3), 1, "n is at least 1 anyway"),
        (at_least(z, 2), 1, "z is no dimension"),
    ],
)
def test_the_smallest_sizes(hypothesis: Chain, expected: int, why: str) -> None:
    assert ground(equal(total(x), z), hypothesis).smallest == {"n": expected}, why


def test_zeros_say_the_smallest_point() -> None:
    point = drawn(ground(equal(A[i, j], W * x)), bytes(64))
    assert dict(point.sizes) == {"n": 1, "m": 1}
    assert all(entry == 0 for entries in point.inputs.values() for entry in entries.flat)
    assert set(point.choice.values()) == {1}
    assert point.pinned == {}


@pytest.mark.parametrize("mode", range(256))
def test_every_other_byte_in_front_asks_for_sizes_that_differ(mode: int) -> None:
    sizes = drawn(ground(equal(A[i, j], W * x)), bytes([mode])).sizes
    assert set(sizes.values()) <= {1, 2, 3}
    assert mode % 2 == 0 or len(set(sizes.values())) == 2


@pytest.mark.parametrize(("mode", "positive"), [(0, False), (1, False), (2, True), (3, True)])
def test_half_of_the_points_are_positive(mode: int, positive: bool) -> None:
    point = drawn(ground(equal(z, total(x))), bytes([mode, 2, *range(2, 40)]))
    assert all(entry > 0 for entries in point.inputs.values() for entry in entries.flat) == positive


def test_what_is_missing_is_zero_and_what_is_left_is_not_read() -> None:
    found = ground(equal(total(x), z))
    assert drawn(found, b"").key() == drawn(found, bytes(9)).key()
    assert drawn(found, bytes([0, 0, 1, 2, 77])).key() == drawn(found, bytes([0, 0, 1, 2])).key()
    assert found.bytes_needed() == 1 + 1 + 0 + 3 + 1


def test_parts_come_once_and_in_order() -> None:
    (link,) = equal(total(x) * z, z * sum_over(i, one_hot(j, x.declared[0])[i])).links()
    found = parts(link)
    assert len(set(found)) == len(found)
    assert found.index(x) < found.index(z)
    assert y not in found
