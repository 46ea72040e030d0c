"""The table of nodes: what is free in a node, and when two nodes are the same in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.recheck.nodes import ONE, THREE, M, N, Nodes, bound, free, tensor
from verify.recheck.table import Table, frozen, parts, size_of, with_parts

I, J, K = bound("i"), bound("j"), bound("k")
F, G = free("f"), free("g")
Build = Callable[[Nodes], int]


def test_records_are_frozen() -> None:
    assert frozen(["sum", ["fresh", "i", 1, [[["n"], "1"]]], 0]) == ("sum", ("fresh", "i", 1, N), 0)
    assert frozen("x") == "x"


@pytest.mark.parametrize(
    ("extent", "value"),
    [
        (N, 2),
        (M, 3),
        (ONE, 1),
        ((), 0),
        ((((), "-1"), (("m", "n"), "2"), (("m", "m"), "1")), 20),
        ((((), "1/2"),) * 2, 1),
    ],
)
def test_the_value_of_a_dimension(extent: Any, value: int) -> None:
    assert size_of(extent, {"n": 2, "m": 3}) == value


FREE = [
    pytest.param(lambda t: t.number("1"), (), False, id="a number"),
    pytest.param(lambda t: t.add("size", N), (), True, id="a dimension"),
    pytest.param(lambda t: t.entry("W", F, I), (F, I), False, id="an entry"),
    pytest.param(lambda t: t.entry("x", 2), (), False, id="an entry at a number"),
    pytest.param(lambda t: t.add("delta", F, G), (F, G), False, id="a delta"),
    pytest.param(lambda t: t.plus(t.entry("x", F), t.entry("y", G)), (F, G), False, id="a sum of terms"),
    pytest.param(lambda t: t.total(I, t.entry("W", F, I)), (F,), True, id="a sum binds its index"),
    pytest.param(lambda t: t.add("max", I, t.entry("W", F, I)), (F,), False, id="so does a maximum"),
    pytest.param(lambda t: t.power(t.total(I, t.entry("x", I)), 2), (), True, id="a power of a sum sums"),
    pytest.param(lambda t: t.add("exp", t.total(I, t.entry("x", I))), (), True, id="and e to one"),
    pytest.param(lambda t: t.add("hidden", t.total(I, t.entry("W", F, I))), (F,), False, id="what is hidden does not"),
    pytest.param(
        lambda t: t.add("dependence", "J", ((0, (G, 1)),), (((I, 1), t.entry("W", F, I)),)),
        (F, G),
        False,
        id="a dependence binds the indices of its slots, not those of its derivatives",
    ),
    pytest.param(
        lambda t: t.add("inverse", (F, G), (I, J), t.entry("W", I, J)), (F, G), False, id="so does an inverse"
    ),
    pytest.param(lambda t: t.add("function", "f", 0, t.entry("x", F)), (F,), False, id="a function"),
]


@pytest.mark.parametrize(("build", "indices", "sums"), FREE)
def test_what_is_free_and_whether_it_sums(build: Build, indices: tuple[Any, ...], sums: bool) -> None:
    nodes = Nodes()
    place = build(nodes)
    assert set(nodes.table.free[place]) == set(indices)
    assert nodes.table.free[place] == tuple(sorted(indices, key=repr))
    assert nodes.table.sums[place] is sums


def test_entries_with_a_known_sum_sum() -> None:
    nodes = Nodes({tensor("y", N): N})
    assert nodes.table.sums[nodes.entry("y", F)]
    assert not nodes.table.sums[nodes.entry("x", F)]


def test_a_table_is_made_from_a_record() -> None:
    index = ["fresh", "i", 1, [[["n"], "1"]]]
    record = [["entry", ["x", [[[["n"], "1"]]], 0], [index]], ["sum", index, 0]]
    table = Table(record, {})
    assert table.nodes == [("entry", ("x", (N,), 0), (I,)), ("sum", I, 0)]
    assert table.free == [(I,), ()]


def vector(nodes: Nodes, index: Any, symbol: str = "x") -> int:
    return nodes.entry(symbol, index)


SAME = [
    pytest.param(lambda t: t.total(I, vector(t, I)), lambda t: t.total(J, vector(t, J)), id="a sum with another index"),
    pytest.param(
        lambda t: t.total(I, t.total(J, t.entry("W", I, J))),
        lambda t: t.total(J, t.total(I, t.entry("W", J, I))),
        id="two sums with their indices renamed",
    ),
    pytest.param(
        lambda t: t.plus(vector(t, F), vector(t, G)),
        lambda t: t.plus(vector(t, G), vector(t, F)),
        id="a sum turned round",
    ),
    pytest.param(
        lambda t: t.times(vector(t, F), t.number("2")), lambda t: t.times(t.number("2"), vector(t, F)), id="a product"
    ),
    pytest.param(lambda t: t.add("delta", F, G), lambda t: t.add("delta", G, F), id="a delta"),
    pytest.param(
        lambda t: t.total(I, t.total(J, t.entry("W", I, J))),
        lambda t: t.total(I, t.total(J, t.entry("W", J, I))),
        id="two sums in the other order",
    ),
    pytest.param(
        lambda t: t.add("max", I, t.add("max", J, t.entry("W", I, J))),
        lambda t: t.add("max", I, t.add("max", J, t.entry("W", J, I))),
        id="two maxima in the other order",
    ),
    pytest.param(
        lambda t: t.add("choice", F, G, vector(t, F, "y"), vector(t, F)),
        lambda t: t.add("choice", G, F, vector(t, F, "y"), vector(t, F)),
        id="a choice between the same",
    ),
    pytest.param(
        lambda t: t.add("choice", 2, 2, vector(t, F, "y"), vector(t, F)),
        lambda t: vector(t, F, "y"),
        id="a choice made",
    ),
    pytest.param(
        lambda t: t.add("hidden", t.total(I, vector(t, I))), lambda t: t.total(J, vector(t, J)), id="what is hidden"
    ),
    pytest.param(
        lambda t: t.add("inverse", (F, G), (I, J), t.entry("A", I, J)),
        lambda t: t.add("inverse", (F, G), (J, K), t.entry("A", J, K)),
        id="an inverse with other indices",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", ((0, (F,)),), (((I,), vector(t, I)),)),
        lambda t: t.add("dependence", "J", ((0, (F,)),), (((J,), vector(t, J)),)),
        id="a dependence with other indices",
    ),
]
OTHER = [
    pytest.param(
        lambda t: t.total(I, t.add("max", J, t.entry("W", I, J))),
        lambda t: t.total(I, t.add("max", J, t.entry("W", J, I))),
        id="a matrix turned round under a sum and a maximum",
    ),
    pytest.param(
        lambda t: t.total(I, t.add("max", J, t.entry("W", I, J))),
        lambda t: t.add("max", J, t.total(I, t.entry("W", I, J))),
        id="a sum of maxima",
    ),
    pytest.param(lambda t: t.add("root", 2, vector(t, F)), lambda t: t.add("root", 3, vector(t, F)), id="another root"),
    pytest.param(lambda t: t.add("root", 2, vector(t, F)), lambda t: vector(t, F), id="a root and what it is of"),
    pytest.param(
        lambda t: t.add("choice", F, G, vector(t, F, "y"), vector(t, F)),
        lambda t: t.add("choice", F, G, vector(t, F), vector(t, F, "y")),
        id="a choice turned round",
    ),
    pytest.param(
        lambda t: t.add("choice", 1, 1, vector(t, F, "y"), vector(t, F)),
        lambda t: t.add("choice", 1, 2, vector(t, F, "y"), vector(t, F)),
        id="a choice that is made",
    ),
    pytest.param(lambda t: vector(t, F), lambda t: vector(t, G), id="another index"),
    pytest.param(lambda t: vector(t, F), lambda t: vector(t, F, "y"), id="another vector"),
    pytest.param(lambda t: t.entry("x", 1), lambda t: t.entry("x", 2), id="another place"),
    pytest.param(lambda t: t.number("1"), lambda t: t.number("2"), id="another number"),
    pytest.param(lambda t: t.add("size", N), lambda t: t.add("size", M), id="another dimension"),
    pytest.param(
        lambda t: t.plus(vector(t, F), vector(t, G)),
        lambda t: t.times(vector(t, F), vector(t, G)),
        id="sum and product",
    ),
    pytest.param(lambda t: t.total(I, vector(t, I)), lambda t: t.add("max", I, vector(t, I)), id="sum and maximum"),
    pytest.param(
        lambda t: t.total(I, t.number("1")),
        lambda t: t.total(bound("p", M), t.number("1")),
        id="over another dimension",
    ),
    pytest.param(
        lambda t: t.total(I, t.total(J, t.entry("W", I, J))),
        lambda t: t.total(I, t.total(J, t.entry("W", I, I))),
        id="its diagonal",
    ),
    pytest.param(lambda t: t.power(vector(t, F), 2), lambda t: t.power(vector(t, F), 3), id="another power"),
    pytest.param(lambda t: t.power(vector(t, F), 2), lambda t: t.power(vector(t, G), 2), id="of another"),
    pytest.param(lambda t: t.add("exp", vector(t, F)), lambda t: t.add("log", vector(t, F)), id="exp and log"),
    pytest.param(
        lambda t: t.add("function", "f", 0, vector(t, F)),
        lambda t: t.add("function", "g", 0, vector(t, F)),
        id="another function",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 0, vector(t, F)),
        lambda t: t.add("function", "f", 1, vector(t, F)),
        id="its derivative",
    ),
    pytest.param(
        lambda t: t.add("function", "f", 0, vector(t, F)),
        lambda t: t.add("function", "f", 0, vector(t, G)),
        id="a function elsewhere",
    ),
    pytest.param(lambda t: t.add("delta", F, 1), lambda t: t.add("delta", F, 2), id="a delta with another number"),
    pytest.param(
        lambda t: t.add("inverse", (F, G), (I, J), t.entry("A", I, J)),
        lambda t: t.add("inverse", (G, F), (I, J), t.entry("A", I, J)),
        id="an inverse turned round",
    ),
    pytest.param(
        lambda t: t.add("inverse", (F, G), (I, J), t.entry("A", I, J)),
        lambda t: t.add("inverse", (F, G), (I, J), t.entry("A", J, I)),
        id="an inverse of the transpose",
    ),
    pytest.param(
        lambda t: t.add("inverse", (1, 1), (I, J), t.number("1")),
        lambda t: t.add("inverse", (1, 1), (bound("p", M), bound("q", M)), t.number("1")),
        id="an inverse of another size",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", ((0, (F,)),), (((I,), vector(t, I)),)),
        lambda t: t.add("dependence", "J", ((0, (G,)),), (((I,), vector(t, I)),)),
        id="a derivative by another entry",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I,), vector(t, I)),)),
        lambda t: t.add("dependence", "K", (), (((I,), vector(t, I)),)),
        id="another quantity",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I,), vector(t, I)),)),
        lambda t: t.add("dependence", "J", (), (((I,), vector(t, I, "y")),)),
        id="of another vector",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((bound("p", M),), t.number("0")),)),
        lambda t: t.add("dependence", "J", (), (((I,), t.number("0")),)),
        id="of a vector of another length",
    ),
    pytest.param(
        lambda t: t.add("dependence", "J", (), (((I, 1), vector(t, I)),)),
        lambda t: t.add("dependence", "J", (), (((1, I), vector(t, I)),)),
        id="of a row and of a column",
    ),
]


def words(build: Build) -> str:
    nodes = Nodes()
    for _ in range(3):
        nodes.number("0")  # places do not count
    place = build(nodes)
    return nodes.table.text(place, {})


@pytest.mark.parametrize(("first", "second"), SAME)
def test_what_is_the_same_in_words(first: Build, second: Build) -> None:
    assert words(first) == words(second)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_what_is_not(first: Build, second: Build) -> None:
    assert words(first) != words(second)


def test_a_share_is_named_by_what_it_is_a_share_of() -> None:
    nodes = Nodes()
    term = nodes.add("exp", nodes.entry("x", F))
    whole = nodes.total(F, term)
    assert nodes.table.text(nodes.add("share", whole, term), {}) == nodes.table.text(term, {})


def test_words_where_indices_have_values() -> None:
    nodes = Nodes()
    entry, at_two, bound_one = nodes.entry("x", F), nodes.entry("x", 2), nodes.total(F, nodes.entry("x", F))
    assert nodes.table.text(entry, {F: 2}) == nodes.table.text(at_two, {})
    assert nodes.table.text(entry, {F: 1}) != nodes.table.text(at_two, {})
    assert nodes.table.text(bound_one, {F: 1}) == nodes.table.text(bound_one, {F: 2}), "a bound index has no value"


PARTS = [
    (("number", "1"), ()),
    (("size", N), ()),
    (("entry", tensor("x", N), (F,)), ()),
    (("delta", F, G), ()),
    (("add", (3, 1)), (3, 1)),
    (("mul", (2,)), (2,)),
    (("sum", I, 4), (4,)),
    (("max", I, 4), (4,)),
    (("pow", 5, -2), (5,)),
    (("function", "f", 1, 6), (6,)),
    (("exp", 1), (1,)),
    (("log", 1), (1,)),
    (("expectation", 7), (7,)),
    (("hidden", 8), (8,)),
    (("share", 1, 9), (9,)),
    (("dependence", "J", (), (((I,), 2), ((J,), 3))), (2, 3)),
    (("inverse", (F, G), (I, J), 5), (5,)),
]


@pytest.mark.parametrize(("node", "places"), PARTS)
def test_the_parts_of_a_node(node: Any, places: tuple[int, ...]) -> None:
    assert parts(node) == places


def test_a_node_of_no_known_kind() -> None:
    with pytest.raises(ValueError, match=r"^a node of no known kind: \('sine', 0\)$"):
        parts(("sine", 0))


@pytest.mark.parametrize(
    "node",
    [
        ("add", (3, 1)),
        ("mul", (2, 3)),
        ("sum", I, 4),
        ("pow", 5, -2),
        ("function", "f", 1, 6),
        ("exp", 1),
        ("log", 1),
        ("expectation", 7),
        ("number", "1"),
        ("entry", tensor("x", N), (F,)),
    ],
)
def test_a_node_with_its_parts_elsewhere(node: Any) -> None:
    moved = with_parts(node, [each + 10 for each in parts(node)])
    assert parts(moved) == tuple(each + 10 for each in parts(node))
    assert with_parts(moved, parts(node)) == node


def test_three_places_is_a_dimension() -> None:
    nodes = Nodes()
    assert nodes.table.text(nodes.add("size", THREE), {}) != nodes.table.text(nodes.add("size", ONE), {})
