"""The sizes that the second judge must try: bound indices of nodes as one fraction, counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.recheck.nodes import ONE, THREE, M, N, Nodes, bound, free, tensor
from verify.recheck.sizes import count, largest_sizes, name
from verify.recheck.spread import Beyond

I, J, K, P = bound("i"), bound("j"), bound("k"), bound("p", M)
F, G = free("f"), free("g")


def sum_of(nodes: Nodes, symbol: str = "x", index: Any = I) -> int:
    return nodes.total(index, nodes.entry(symbol, index))


def over(nodes: Nodes, place: int, exponent: int = 1) -> int:
    return nodes.power(place, -exponent)


Build = Callable[[Nodes], int]
ABOVE = [
    pytest.param(lambda t: t.number("3"), {}, id="a number"),
    pytest.param(lambda t: t.entry("x", F), {}, id="an entry"),
    pytest.param(lambda t: t.add("size", N), {"n": 1}, id="n"),
    pytest.param(
        lambda t: t.add("size", ((("m", "n"), "1"), (("n", "n"), "2"))),
        {"m": 1, "n": 2},
        id="m n + 2 n n",
    ),
    pytest.param(sum_of, {"n": 1}, id="a sum"),
    pytest.param(lambda t: t.total(I, t.total(P, t.entry("W", I, P))), {"n": 1, "m": 1}, id="over two dimensions"),
    pytest.param(
        lambda t: t.total(bound("r", THREE), t.total(I, t.entry("x", I))), {"n": 1}, id="a sum over a number of places"
    ),
    pytest.param(
        lambda t: t.plus(sum_of(t), t.times(sum_of(t), sum_of(t, "y", J))), {"n": 2}, id="of summands the most"
    ),
    pytest.param(lambda t: t.times(sum_of(t), t.add("size", N), t.number("2")), {"n": 2}, id="of factors the sum"),
    pytest.param(lambda t: t.power(sum_of(t), 3), {"n": 3}, id="a power"),
    pytest.param(lambda t: t.power(sum_of(t), 0), {}, id="the power 0"),
    pytest.param(lambda t: over(t, t.entry("x", F), 2), {}, id="a denominator without sums"),
    pytest.param(lambda t: over(t, sum_of(t)), {}, id="a denominator with a sum has nothing above"),
    pytest.param(lambda t: t.plus(over(t, sum_of(t)), t.number("1")), {"n": 1}, id="1 over it has one"),
    pytest.param(lambda t: t.plus(over(t, sum_of(t), 2), sum_of(t)), {"n": 3}, id="a sum over a square of one"),
    pytest.param(
        lambda t: t.plus(t.times(over(t, sum_of(t)), sum_of(t)), over(t, sum_of(t))),
        {"n": 1},
        id="a denominator of both",
    ),
    pytest.param(
        lambda t: t.plus(over(t, sum_of(t)), over(t, sum_of(t, "y")), t.number("1")), {"n": 2}, id="two that differ"
    ),
    pytest.param(
        lambda t: t.plus(over(t, sum_of(t)), over(t, sum_of(t, index=J))),
        {},
        id="names do not matter",
    ),
    pytest.param(
        lambda t: t.plus(t.times(over(t, sum_of(t)), over(t, sum_of(t))), t.number("1")), {"n": 2}, id="the same twice"
    ),
    pytest.param(
        lambda t: t.plus(t.times(sum_of(t), sum_of(t, "y")), t.total(J, t.times(t.entry("x", J), over(t, sum_of(t))))),
        {"n": 3},
        id="a denominator inside a sum is below it, too",
    ),
    pytest.param(
        lambda t: over(t, t.plus(over(t, sum_of(t)), t.number("1"))), {"n": 1}, id="1 / (1/Sx + 1) = Sx / (1 + Sx)"
    ),
    pytest.param(
        lambda t: t.plus(over(t, t.plus(over(t, sum_of(t)), sum_of(t, "y"))), t.number("1")),
        {"n": 2},
        id="1 + 1/(1/Sx + Sy) = (1 + Sx Sy + Sx) / (1 + Sx Sy)",
    ),
    pytest.param(lambda t: t.plus(over(t, sum_of(t), 2), over(t, sum_of(t))), {"n": 1}, id="a square below and one"),
    pytest.param(
        lambda t: t.plus(over(t, sum_of(t)), over(t, sum_of(t), 2), over(t, sum_of(t)), t.number("1")),
        {"n": 2},
        id="the most of a denominator, wherever it stands",
    ),
    pytest.param(lambda t: t.add("exp", t.entry("x", F)), {}, id="e to an entry"),
    pytest.param(lambda t: t.add("hidden", sum_of(t)), {}, id="what is hidden"),
]


@pytest.mark.parametrize(("build", "above"), ABOVE)
def test_bound_indices_above_the_line(build: Build, above: dict[str, int]) -> None:
    nodes = Nodes()
    assert +count(nodes.table, build(nodes))[0] == Counter(above)


def test_bound_indices_below_the_line() -> None:
    nodes = Nodes()
    ((key, (many, own)),) = count(nodes.table, over(nodes, sum_of(nodes), 2))[1].items()
    assert (many, own) == (2, {"n": 1})
    above, below = count(nodes.table, nodes.power(nodes.times(sum_of(nodes, "y"), over(nodes, sum_of(nodes))), 3))
    assert (above, below) == ({"n": 3}, {key: (3, {"n": 1})})
    both = nodes.times(over(nodes, sum_of(nodes)), over(nodes, sum_of(nodes), 2))
    assert count(nodes.table, both)[1] == {key: (3, {"n": 1})}


def test_an_entry_of_a_vector_with_a_known_sum() -> None:
    """y_i is what the others leave, over n: one index above, and n below."""
    y = tensor("y", N)
    nodes = Nodes({y: N})
    above, below = count(nodes.table, nodes.entry("y", F))
    assert above == {"n": 1}
    assert list(below.values()) == [(1, {"n": 1})]
    assert +count(nodes.table, nodes.plus(nodes.entry("y", F), nodes.number("1")))[0] == {"n": 1}
    assert +count(nodes.table, nodes.times(nodes.entry("y", F), nodes.entry("y", F)))[0] == {"n": 2}


def test_a_share_of_a_sum() -> None:
    nodes = Nodes()
    exponential = nodes.add("exp", nodes.entry("x", I))
    whole = nodes.total(I, exponential)
    share = nodes.add("share", whole, exponential)
    above, below = count(nodes.table, share)
    assert above == {"n": 1}
    assert list(below.values()) == [(1, {"n": 1})]


def test_an_expectation_counts_as_what_is_in_it() -> None:
    nodes = Nodes()
    inner = sum_of(nodes)
    assert count(nodes.table, nodes.add("expectation", inner)) == count(nodes.table, inner)


NAMES = [
    pytest.param(N, ("n",), id="n"),
    pytest.param(ONE, (), id="1"),
    pytest.param(THREE, (), id="3"),
]


@pytest.mark.parametrize(("extent", "names"), NAMES)
def test_the_name_of_a_dimension(extent: Any, names: tuple[str, ...]) -> None:
    assert name(extent) == names


@pytest.mark.parametrize(
    "extent",
    [
        pytest.param((), id="0"),
        pytest.param((((), "1"), (("n",), "1")), id="1 + n"),
        pytest.param(((("n",), "2"),), id="2 n"),
        pytest.param(((("n", "n"), "1"),), id="n n"),
        pytest.param(((("m",), "1"), (("n",), "1")), id="m + n"),
    ],
)
def test_a_composed_dimension_is_beyond_it(extent: Any) -> None:
    with pytest.raises(Beyond):
        name(extent)


def sizes(build: Callable[[Nodes], tuple[int, int]], indices: tuple[Any, ...] = ()) -> dict[str, int]:
    nodes = Nodes()
    return largest_sizes(nodes.table, *build(nodes), indices, ["n"])


SLOT = (I, J)
LARGEST = [
    pytest.param(lambda t: (sum_of(t), sum_of(t, index=J)), (), 2, id="one sum"),
    pytest.param(lambda t: (t.number("1"), t.number("1")), (), 1, id="none"),
    pytest.param(lambda t: (t.entry("x", F), t.entry("x", F)), (F,), 1, id="a free index counts as the least one"),
    pytest.param(lambda t: (t.entry("W", F, G), t.number("0")), (F, G), 2, id="two free indices"),
    pytest.param(lambda t: (t.entry("W", F, G), sum_of(t)), (F, G), 3, id="two free indices and a sum"),
    pytest.param(lambda t: (t.entry("x", free("p", M)), t.number("0")), (free("p", M),), 1, id="another dimension"),
    pytest.param(lambda t: (t.entry("x", 3), t.entry("x", F)), (F,), 4, id="the number 3 and a free index"),
    pytest.param(lambda t: (t.entry("x", 1), t.entry("x", 2)), (), 2, id="the largest of the numbers"),
    pytest.param(lambda t: (t.add("delta", F, 2), t.number("0")), (F,), 3, id="a number in a delta"),
    pytest.param(
        lambda t: (t.add("inverse", (2, F), SLOT, t.entry("A", *SLOT)), t.number("0")), (F,), 3, id="in an inverse"
    ),
    pytest.param(
        lambda t: (over(t, sum_of(t)), over(t, sum_of(t, "y"))), (), 2, id="both sides have one denominator together"
    ),
    pytest.param(
        lambda t: (t.add("dependence", "J", (), (((I, 1), t.entry("x", I)),)), t.number("0")), (), 1, id="one column"
    ),
]


@pytest.mark.parametrize(("build", "indices", "largest"), LARGEST)
def test_the_largest_size(build: Callable[[Nodes], tuple[int, int]], indices: tuple[Any, ...], largest: int) -> None:
    assert sizes(build, indices) == {"n": largest}


def test_numbers_in_a_slot_are_beyond_it() -> None:
    with pytest.raises(Beyond):
        sizes(lambda t: (t.add("dependence", "J", (), (((I, 2), t.entry("x", I)),)), t.number("0")))


def test_a_number_in_a_hypothesis_counts() -> None:
    """That the mean of x_1 is 0 says nothing of the others, and one place more must be tried."""
    nodes = Nodes()
    left, right = nodes.add("expectation", nodes.entry("x", F)), nodes.number("0")
    moments = {("x", (N,), 0): [("mean", (1,), right)]}
    assert largest_sizes(nodes.table, left, right, (F,), ["n"]) == {"n": 1}
    assert largest_sizes(nodes.table, left, right, (F,), ["n"], moments) == {"n": 2}
    assert largest_sizes(nodes.table, left, right, (F,), ["n"], numbers={"n": 3}) == {"n": 4}


def random_entry() -> tuple[Nodes, int, Any]:
    """U_f, where every u is random."""
    variable = tensor("u", N)
    nodes = Nodes()
    nodes.table.random = frozenset({variable})
    return nodes, nodes.entry("u", F), variable


def test_a_random_entry_brings_what_its_moments_have() -> None:
    """A mean that is a sum has one index above; one over a sum is brought to a common denominator."""
    nodes, place, variable = random_entry()
    assert count(nodes.table, place) == (Counter(), {})
    summed, divided = sum_of(nodes), over(nodes, sum_of(nodes, "y"))
    assert count(nodes.table, place, {variable: [("mean", (F,), summed)]}) == ({"n": 1}, {})
    above, below = count(nodes.table, place, {variable: [("mean", (F,), divided)]})
    assert (+above, list(below.values())) == ({"n": 1}, [(1, {"n": 1})])
    both = {variable: [("mean", (F,), summed), ("square", (F,), nodes.times(summed, summed))]}
    assert count(nodes.table, place, both)[0] == {"n": 3}
    square = nodes.times(place, place)
    assert count(nodes.table, square, both)[0] == {"n": 6}
    assert largest_sizes(nodes.table, square, nodes.number("0"), (), ["n"], both) == {"n": 7}
    assert largest_sizes(nodes.table, nodes.number("0"), place, (F,), ["n"], both) == {"n": 4}


def test_a_choice_counts_as_the_larger_of_its_parts() -> None:
    nodes = Nodes()
    summed, one = sum_of(nodes), nodes.number("1")
    chosen = nodes.add("choice", F, G, nodes.times(summed, summed), summed)
    assert +count(nodes.table, chosen)[0] == {"n": 2}
    assert sizes(lambda t: (t.add("choice", F, 2, t.number("1"), t.number("0")), t.number("0")), (F,)) == {"n": 3}
    assert set(nodes.table.free[nodes.add("choice", F, G, one, one)]) == {F, G}


def test_what_has_no_count_is_beyond_it() -> None:
    nodes = Nodes()
    with pytest.raises(Beyond):
        count(nodes.table, nodes.add("exp", sum_of(nodes)))
    assert count(nodes.table, nodes.add("root", 2, sum_of(nodes))) == (Counter(), {})
