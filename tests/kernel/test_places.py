"""Places on axes that are made of others: which subscripts they have, and where two of them are the same."""

from __future__ import annotations

from itertools import product

import pytest

from verify.kernel.evaluate import Evaluation
from verify.kernel.exact import Exact
from verify.kernel.places import (
    At,
    Folded,
    Place,
    deltas,
    extents,
    finest,
    flat,
    free_places,
    gathered,
    on_axes,
    parted,
    variable_of,
)
from verify.kernel.point import Point
from verify.kernel.term import ONE, ONE_WIDE, ZERO, Delta, Idx, Kind, extent
from verify.language import Expression, Name, Number, dims
from verify.language.kronecker import Paired

m, n, p = dims("m n p")
M, N, P = (extent(each) for each in (m, n, p))
ONE_LONG = Number(1)
PAIR, TURNED = Paired(m, n), Paired(n, m)
SIZES = {"m": 2, "n": 3, "p": 2}


def free(name: str, over: Expression) -> Idx:
    return Idx(Kind.FREE, name, 1, extent(over))


i, j, k = free("i", m), free("j", n), free("k", p)
AXES = tuple[Expression, ...]

FREE: list[tuple[AXES, At, str]] = [
    ((), (), "a number"),
    ((n,), (free("axis 1", n),), "an axis alone"),
    ((n, ONE_LONG), (free("entry", n), 1), "a column"),
    ((ONE_LONG, n), (1, free("entry", n)), "a row"),
    ((ONE_LONG, ONE_LONG), (1, 1), "one entry"),
    ((m, n), (free("row", m), free("column", n)), "a matrix"),
    ((m, n, p), (free("axis 1", m), free("axis 2", n), free("axis 3", p)), "three axes"),
    ((m, ONE_LONG, p), (free("axis 1", m), 1, free("axis 3", p)), "one of them of length one"),
    ((PAIR, p), ((free("row 1", m), free("row 2", n)), free("column", p)), "rows made of two"),
    ((PAIR, ONE_LONG), ((free("entry 1", m), free("entry 2", n)), 1), "a column made of two"),
]


@pytest.mark.parametrize(("axes", "expected", "why"), FREE)
def test_free_places(axes: AXES, expected: At, why: str) -> None:
    assert free_places(axes) == expected, why


def test_the_lengths_of_the_parts() -> None:
    assert extents((PAIR, p, ONE_LONG)) == (M, N, P, ONE_WIDE)
    assert variable_of(Name("Z", (TURNED, p))).axes == (N, M, P)
    assert variable_of(Name("Z", (TURNED, p))).symbol == "Z"


FINEST: list[tuple[AXES, AXES, AXES, str]] = [
    ((m * n, p), (PAIR, p), (PAIR, p), "the product of what the other is made of"),
    ((PAIR, p), (m * n, p), (PAIR, p), "the other way round"),
    ((PAIR, n * m), (TURNED, TURNED), (PAIR, TURNED), "its own parts are kept"),
    ((m, n), (m, n), (m, n), "nothing is made of others"),
    ((m * n,), (PAIR, p), (m * n,), "shapes of different kinds"),
    ((PAIR, p), (PAIR,), (PAIR, p), "and in the other order"),
    ((m, n * p), (m, Paired(n, p)), (m, Paired(n, p)), "the second axis alone"),
]


@pytest.mark.parametrize(("left", "right", "expected", "why"), FINEST)
def test_the_finest_axes(left: AXES, right: AXES, expected: AXES, why: str) -> None:
    assert finest(left, right) == expected, why


ON_AXES: list[tuple[At, AXES, tuple[object, ...], str]] = [
    ((), (), (), "no axis"),
    ((i, 3), (m, n), (i, 3), "axes that are no pairs"),
    (((i, j), k), (PAIR, p), (i, j, k), "a pair"),
    ((1, 1), (PAIR, p), (1, 1, 1), "the first place of a pair"),
    (((1, 1),), (TURNED,), (1, 1), "written out"),
    ((1,), (Paired(m, n, p),), (1, 1, 1), "of three"),
    (((i, 1),), (Paired(m, ONE_LONG),), (i, 1), "a number on an axis of one entry"),
]


@pytest.mark.parametrize(("at", "axes", "expected", "why"), ON_AXES)
def test_subscripts_on_axes(at: At, axes: AXES, expected: tuple[object, ...], why: str) -> None:
    assert on_axes(at, axes) == expected, why


NOT_ON_AXES: list[tuple[At, AXES, str]] = [
    (((i, j),), (m,), "a pair of places on a plain axis"),
    (((i, j),), (m * n,), "on one that is a product"),
    (((j, i),), (PAIR,), "the other order"),
    (((i,),), (PAIR,), "too few"),
    (((i, j, k),), (PAIR,), "too many"),
    ((i,), (PAIR,), "one index on a pair"),
    ((2,), (PAIR,), "the second place: of the outer axis or of the inner one"),
    (((i, 2),), (PAIR,), "a number that may be too large"),
]


@pytest.mark.parametrize(("at", "axes", "why"), NOT_ON_AXES)
def test_what_is_not_told_from_subscripts(at: At, axes: AXES, why: str) -> None:
    with pytest.raises(Folded):
        on_axes(at, axes)


def test_refusals_name_the_axes() -> None:
    with pytest.raises(Folded, match=r"^an axis of length m that meets one made of others$"):
        on_axes(((i, j),), (m,))
    with pytest.raises(Folded, match=r"^an axis made of n, m that meets another of its length$"):
        on_axes(((i, j),), (TURNED,))
    with pytest.raises(Folded, match=r"^two indices that count along one axis in different ways$"):
        deltas((i, j), (j, i))


def test_what_was_taken_apart_is_put_together() -> None:
    """Of what subscripts say of the axes; and of axes of which those of length one are left out."""
    assert gathered((i, j, k), (PAIR, p)) == ((i, j), k)
    assert gathered((k, i, j), (p, PAIR)) == (k, (i, j))
    assert parted((i, k), (m, ONE_LONG, p)) == (i, 1, k)
    assert parted((i, j), (ONE_LONG, PAIR)) == (1, (i, j))
    assert parted((), (ONE_LONG, ONE_LONG)) == (1, 1)
    assert flat(((i, j), 1, k)) == (i, j, 1, k)


def position(place: Place, values: dict[Idx, int]) -> int:
    """The number of a place on its axis, the outermost subscript running slowest."""
    number = 0
    for each in place if isinstance(place, tuple) else (place,):
        length = each.extent.at(SIZES) if isinstance(each, Idx) else 1
        number = number * length + (values[each] if isinstance(each, Idx) else each) - 1
    return number


r, s, t = free("r", m), free("s", n), free("t", p)
PAIRS: list[tuple[Place, Place]] = [
    (i, r),
    (i, 2),
    (2, 2),
    (1, 2),
    ((i, j), (r, s)),
    ((i, j), (i, s)),
    ((i, j, k), (r, s, t)),
    ((i, j), 1),
    (1, (i, j)),
    ((i, j), (1, 1)),
    ((i, 1), (r, 1)),
]


@pytest.mark.parametrize(("row", "column"), PAIRS)
def test_a_delta_is_1_where_two_places_are_the_same(row: Place, column: Place) -> None:
    term = deltas(row, column)
    indices = [each for each in dict.fromkeys(flat((row, column))) if isinstance(each, Idx)]
    for chosen in product(*(range(1, each.extent.at(SIZES) + 1) for each in indices)):
        values = dict(zip(indices, chosen, strict=True))
        found = Evaluation(Exact(Point(0)), SIZES).of(term, values)
        assert found == (position(row, values) == position(column, values))


def test_deltas_that_are_decided() -> None:
    for row, column in (((i, j), (i, j)), (2, 2), (1, (1, 1))):
        assert deltas(row, column) is ONE
    assert deltas(1, 2) is ZERO
    left = deltas((i, j), (i, s))
    assert isinstance(left, Delta)
    assert (left.row, left.column) == (j, s)


@pytest.mark.parametrize(
    ("row", "column"), [((i, j), (j, i)), ((i, j), i), ((i, j), 2), (2, (i, j)), ((i, j), (i, j, k))]
)
def test_places_that_are_not_compared(row: Place, column: Place) -> None:
    with pytest.raises(Folded):
        deltas(row, column)
