"""Hypotheses are met exactly, or the point is given up; equations that cannot be solved are not pretended to hold."""

from fractions import Fraction

import numpy as np
import pytest

from tests.sample.cases import A, c, i, j, n, t, v, x, z
from verify.language import (
    Chain,
    Interval,
    Link,
    Number,
    Relation,
    delta,
    equal,
    exp,
    has_shape,
    identity,
    less,
    max_over,
    one_hot,
    softmax,
    sum_over,
    total,
)
from verify.sample.given import broken, met
from verify.sample.points import Ground, Point, drawn
from verify.sample.tensor import Array, Unsampled

STATEMENT = equal(total(x) + total(t) + total(v) + c + z, A[i, j])


DATA = bytes([0, 2, 1, 0, 7, 3, 9, 11, 20, 5, 8, 31, 2, 40, 6, 1, 19, 22])


def point_under(*given: Chain | Link, data: bytes = DATA) -> Point:
    links = [each for chain in given for each in (chain.links() if isinstance(chain, Chain) else (chain,))]
    (link,) = STATEMENT.links(tuple(links))
    return drawn(Ground.of(link), data)


def links(*given: Chain | Link) -> tuple[Link, ...]:
    return tuple(each for chain in given for each in (chain.links() if isinstance(chain, Chain) else (chain,)))


def solved(*given: Chain | Link) -> Point | None:
    return met(point_under(*given), links(*given))


def entries(point: Point, name: object) -> Array:
    (found,) = (value for key, value in point.inputs.items() if key == name)
    return found


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((equal(total(t), 1),), "solved for the last entry"),
        ((equal(total(t), 1), less(0, t[i])), "scaled as a whole, so that it stays positive"),
        ((equal(c, -max_over(i, x[i])),), "solved for c, not for an entry under the maximum"),
        ((equal(c, total(x)), equal(z, c * c)), "one after the other"),
        ((equal(A, A.T),), "entry by entry"),
        ((equal(t, x + v),), "a whole vector"),
        ((equal(3 * c, z),), "a third"),
        ((equal(exp(c), z), less(0, z)), "c is no rational number, but z is affine"),
        ((equal(softmax(x)[i], softmax(x)[i]),), "true of all points"),
        ((less(0, c), less(c * 0, 1)), "positive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_hypotheses_hold_at_the_point_that_is_made(given: tuple[Chain, ...], why: str) -> None:
    found = solved(*given)
    assert found is not None, why
    assert broken(found, links(*given)) is None, why


def test_what_is_solved_is_exact() -> None:
    found = solved(equal(total(t), 1))
    assert found is not None
    assert sum(entries(found, t).flat) == Fraction(1)
    found = solved(equal(3 * c, z))
    assert found is not None
    assert entries(found, z).item() == 3 * entries(found, c).item()


def test_only_what_must_change_is_changed() -> None:
    before, after = point_under(equal(total(t), 1)), solved(equal(total(t), 1))
    assert after is not None
    assert entries(after, x).tolist() == entries(before, x).tolist()
    assert entries(after, t)[:-1].tolist() == entries(before, t)[:-1].tolist()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((equal(exp(c), 0),), "e^c is never 0"),
        ((equal(c, c + 1),), "no c"),
        ((less(c * c, -1),), "no c"),
        ((equal(total(t), 1), equal(total(t), 2)), "not both"),
        ((Link(c, Relation.MEMBER, Interval(Number(9), Number(10), True, True)),), "off the grid"),
        ((equal(A.T * A, identity(n)),), "an orthogonal matrix is not affine in its entries"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_met_gives_nothing(given: tuple[Chain | Link, ...], why: str) -> None:
    assert solved(*given) is None, why


def test_an_index_is_pinned_where_the_equation_holds_for_one_value_only() -> None:
    for equation in (equal(t, one_hot(i, n)), equal(t[j], delta(i, j))):
        found = solved(equation)
        assert found is not None
        assert found.pinned == {i: found.choice[i]}
        assert sum(entries(found, t).flat) == 1
        assert entries(found, t).flat[found.choice[i] - 1] == 1


def test_an_index_is_not_pinned_where_the_equation_can_hold_for_all_values() -> None:
    found = solved(equal(t[i], x[i]))
    assert found is not None
    assert found.pinned == {}
    assert entries(found, t).tolist() == entries(found, x).tolist()


def test_an_inequality_holds_for_all_values_of_its_index() -> None:
    mixed = np.array([[Fraction(1)], [Fraction(-1)]], dtype=object)
    point = point_under().with_input(x, mixed)
    point = point.with_input(t, mixed)
    two = Point(point.ground, {"n": 2}, {**point.inputs, x: mixed}, {}, {i: 1, j: 1}, {i: 1})
    assert broken(two, links(less(0, x[i]))) is not None


@pytest.mark.parametrize(
    "hypothesis",
    [Link(c, Relation.TENDS, z), has_shape(x, (n, 1)).links()[0]],
    ids=str,
)
def test_hypotheses_of_other_kinds_are_refused(hypothesis: Link) -> None:
    with pytest.raises(Unsampled, match="not met by construction"):
        solved(hypothesis)


@pytest.mark.parametrize(
    ("low", "high", "closed", "number", "holds"),
    [
        (0, 1, True, 1, True),
        (0, 1, False, 1, False),
        (1, 2, False, 1, False),
        (1, 2, True, 1, True),
        (0, 3, False, 2, True),
    ],
)
def test_the_ends_of_an_interval(low: int, high: int, closed: bool, number: int, holds: bool) -> None:
    link = Link(c, Relation.MEMBER, Interval(Number(low), Number(high), closed, closed))
    point = point_under(link).with_input(c, np.array(Fraction(number), dtype=object))
    assert (broken(point, (link,)) is None) == holds


def test_sums_under_a_hypothesis_run_over_their_own_index() -> None:
    found = solved(equal(sum_over(i, A[i, j]), 1))
    assert found is not None
    assert [sum(column) for column in zip(*entries(found, A).tolist(), strict=True)] == [1] * found.sizes["n"]
