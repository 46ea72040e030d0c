"""What the second judge makes of a statement and its hypotheses; and of hypotheses that say less than they seem to."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from tests.recheck.nodes import ONE, THREE, M, N, bound, free, tensor
from tests.recheck.records import Record, equation
from verify.kernel.certificate import FORMAT, statement_json
from verify.kernel.statement import statement
from verify.language import Chain, Link, Number, dims, distinct, equal, index, matrix, sum_over, total, vector
from verify.recheck import recheck, stated
from verify.recheck.stated import Distance, at_one, is_general, partial_in
from verify.recheck.table import Undefined, size_of

I, J = bound("i"), bound("j")
F, G, P = free("f"), free("g"), free("p", M)
X, Y, W, V, COLUMN = (
    tensor("x", N),
    tensor("y", N),
    tensor("W", N, N),
    tensor("V", M, N),
    tensor("c", N, ONE),
)


# Whole statements: hypotheses of some entries alone.

(n,) = dims("n")
A, B, x, y = matrix("A", n, n), matrix("B", n, n), vector("x", n), vector("y", n)
i, j, k = index("i", n), index("j", n), index("k", n)
FIRST = equal(i, Number(1))

OF_SOME = [
    pytest.param(equal(x[k], y[k]), (equal(x[i], y[i]), FIRST), id="the first entry, taken for all"),
    pytest.param(equal(A[k, k], B[k, k]), (equal(A[i, j], B[i, j]), distinct(i, j)), id="entries off the diagonal"),
    pytest.param(equal(A[k, j], B[k, j]), (equal(A[i, j], B[i, j]), equal(i, j)), id="the diagonal"),
    pytest.param(equal(sum_over(k, A[j, k]), 1), (equal(sum_over(k, A[i, k]), 1), FIRST), id="the first row's sum"),
    pytest.param(equal(A[j, k], A[k, j]), (equal(A[i, j], A[j, i]), FIRST), id="the symmetry of one row"),
]


def record(chain: Chain, given: tuple[Chain, ...]) -> dict[str, Any]:
    """A certificate that says that a link is proved."""
    (link,) = chain.links(tuple(each for one in given for each in one.links()))
    assert isinstance(link, Link)
    said = statement_json(statement(link.left, link.right, link.given))  # type: ignore[arg-type]
    read: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, "verdict": "proved", "statement": said}))
    return read


@pytest.mark.parametrize(("chain", "given"), OF_SOME)
def test_what_is_said_of_some_entries_is_not_said_of_others(chain: Chain, given: tuple[Chain, ...]) -> None:
    assert not recheck(record(chain, given)).accepted
    assert recheck(record(chain, given[:1])).accepted, "of all entries it says so"


def test_what_is_said_of_all_entries_holds_whatever_the_indices_are() -> None:
    chain = equal(total(x) * A[i, j], A[i, j])
    assert recheck(record(chain, (equal(total(x), 1), distinct(i, j)))).decided


# Hypotheses.


def hypothesis(build: Any, *indices: Any) -> Any:
    """A statement 0 = 0 with one hypothesis."""
    nodes = Record()
    left, right = build(nodes)
    zero = nodes.number("0")
    return nodes.stated(zero, zero, given=[equation(left, right, *indices)], indices=[F, G])


def sum_is(*own: Any, over: Any = I, symbol: str = "W", axes: Any = None) -> Any:
    def build(t: Record) -> tuple[int, int]:
        entry = t.entry(symbol, *own) if axes is None else t.add("entry", tensor(symbol, *axes), own)
        return t.total(over, entry), t.number("2/3")

    return build


TOTALS = [
    pytest.param(sum_is(I, symbol="x"), (), {X: (0, Fraction(2, 3))}, id="all entries of a vector"),
    pytest.param(sum_is(F, I), (F,), {W: (1, Fraction(2, 3))}, id="each row of a matrix"),
    pytest.param(sum_is(I, F), (F,), {W: (0, Fraction(2, 3))}, id="each column"),
    pytest.param(sum_is(I, 1, axes=(N, ONE), symbol="c"), (), {COLUMN: (0, Fraction(2, 3))}, id="a column vector"),
    pytest.param(sum_is(1, I), (), {}, id="the first row"),
    pytest.param(sum_is(I, I), (), {}, id="a trace"),
    pytest.param(sum_is(F, I), (), {}, id="the row at an index that is no hypothesis'"),
    pytest.param(sum_is(F, F, I, axes=(N, N, N)), (F,), {}, id="rows on a diagonal"),
    pytest.param(sum_is(P, I, axes=(N, N)), (P,), {}, id="an index of another dimension"),
    pytest.param(sum_is(F, bound("r", THREE), over=bound("r", THREE), axes=(N, N)), (F,), {}, id="a part of each row"),
    pytest.param(lambda t: (t.total(I, t.times(t.entry("x", I), t.number("2"))), t.number("1")), (), {}, id="twice"),
    pytest.param(lambda t: (t.total(I, t.entry("x", I)), t.entry("a")), (), {}, id="a sum that is no number"),
    pytest.param(lambda t: (t.entry("x", F), t.number("1")), (F,), {}, id="no sum"),
]


@pytest.mark.parametrize(("build", "indices", "totals"), TOTALS)
def test_sums_that_are_constant(build: Any, indices: tuple[Any, ...], totals: dict[Any, Any]) -> None:
    found = hypothesis(build, *indices)
    assert found.totals == totals
    assert found.summing == {variable: variable[1][axis] for variable, (axis, _) in totals.items()}
    assert found.plain == bool(totals)


def turned(sign: str | None, *own: Any) -> Any:
    def build(t: Record) -> tuple[int, int]:
        other = t.entry("W", *own)
        return t.entry("W", F, G), other if sign is None else t.times(t.number(sign), other)

    return build


MIRRORED = [
    pytest.param(turned(None, G, F), (F, G), {W: 1}, id="symmetric"),
    pytest.param(turned("-1", G, F), (F, G), {W: -1}, id="antisymmetric"),
    pytest.param(turned("-1", G, F), (G, F), {W: -1}, id="its indices in another order"),
    pytest.param(turned("2", G, F), (F, G), {}, id="twice the transpose"),
    pytest.param(turned(None, F, G), (F, G), {}, id="the matrix itself"),
    pytest.param(turned(None, G, F), (F,), {}, id="one column"),
    pytest.param(lambda t: (t.entry("W", F, F), t.entry("W", F, F)), (F,), {}, id="the diagonal"),
    pytest.param(lambda t: (t.entry("W", F, G), t.entry("U", G, F)), (F, G), {}, id="another matrix"),
    pytest.param(
        lambda t: (t.entry("W", F, G), t.times(t.entry("W", G, F), t.entry("W", G, F))), (F, G), {}, id="its square"
    ),
]


@pytest.mark.parametrize(("build", "indices", "mirrored"), MIRRORED)
def test_matrices_that_are_their_transposes(build: Any, indices: tuple[Any, ...], mirrored: dict[Any, int]) -> None:
    found = hypothesis(build, *indices)
    assert found.mirrored == mirrored
    assert found.plain == bool(mirrored)


MEANINGS = [
    pytest.param(lambda t: (t.entry("x", F), t.power(t.entry("y", F), 2)), (F,), X, id="all entries"),
    pytest.param(lambda t: (t.power(t.entry("y", F), 2), t.entry("x", F)), (F,), X, id="turned round"),
    pytest.param(lambda t: (t.entry("x", F), t.entry("x", F)), (F,), None, id="by itself"),
    pytest.param(lambda t: (t.entry("x", F), t.plus(t.entry("x", F), t.number("1"))), (F,), None, id="in a sum"),
    pytest.param(lambda t: (t.entry("x", 1), t.number("1")), (), None, id="one entry"),
    pytest.param(lambda t: (t.entry("W", F, F), t.number("1")), (F,), None, id="a diagonal"),
    pytest.param(lambda t: (t.entry("x", F), t.entry("y", G)), (F, G), None, id="one for every other index"),
    pytest.param(lambda t: (t.entry("a"), t.number("1")), (), ("a", (), 0), id="a number"),
]


@pytest.mark.parametrize(("build", "indices", "variable"), MEANINGS)
def test_what_every_entry_is(build: Any, indices: tuple[Any, ...], variable: Any) -> None:
    found = hypothesis(build, *indices)
    assert set(found.meanings) == (set() if variable is None else {variable})


def test_random_entries_have_no_meaning() -> None:
    nodes = Record()
    left, right = nodes.entry("x", F), nodes.power(nodes.entry("y", F), 2)
    zero = nodes.number("0")
    for random in (X, Y):
        said = {"variables": [random], "moments": [], "independent": True}
        found = nodes.stated(zero, zero, given=[equation(left, right, F)], indices=[F], random=said)
        assert found.meanings == {}
        assert not found.plain


GENERAL = [
    ((F,), (F,), (N,), True, "a vector"),
    ((F, G), (F, G), (N, N), True, "a matrix"),
    ((F, G), (G, F), (N, N), True, "in any order"),
    ((F, 1), (F,), (N, ONE), True, "a column"),
    ((F, 1), (F,), (N, N), False, "the first column"),
    ((F, F), (F,), (N, N), False, "a diagonal"),
    ((F,), (), (N,), False, "at an index that is given"),
    ((F,), (F, G), (N,), False, "where there is another index"),
    ((F,), (F,), (M,), False, "of another dimension"),
    ((), (), (), True, "a number"),
]


@pytest.mark.parametrize(("own", "indices", "axes", "expected", "why"), GENERAL)
def test_subscripts_that_stand_for_all(own: Any, indices: Any, axes: Any, expected: bool, why: str) -> None:
    assert is_general(tensor("t", *axes), own, indices) == expected, why


def test_where_an_equation_is_solved_for_an_entry() -> None:
    """X_ij + x_ji = 1 for the later of the two; not for the earlier one, nor on the diagonal's wrong side."""
    nodes = Record()
    left = nodes.plus(nodes.entry("W", F, G), nodes.entry("W", G, F))
    one = nodes.number("1")
    found = nodes.stated(one, one, given=[equation(left, one, F, G)], indices=[F, G])
    (solved,) = found.solved
    assert solved.variable == W
    assert solved.at(W, (2, 1)) == {F: 2, G: 1}
    assert solved.at(W, (1, 2)) is None
    assert solved.at(W, (2, 2)) == {F: 2, G: 2}
    assert solved.at(V, (2, 1)) is None


def test_an_equation_with_other_indices_is_not_solved() -> None:
    nodes = Record()
    one = nodes.number("1")
    inner = nodes.total(I, nodes.entry("W", F, I))
    both = nodes.times(nodes.entry("W", F, F), inner)
    found = nodes.stated(one, one, given=[equation(both, one, F)], indices=[F])
    assert found.solved == []
    second = nodes.times(nodes.entry("x", F), inner)
    found = nodes.stated(one, one, given=[equation(second, one, F)], indices=[F])
    assert [each.variable for each in found.solved] == [X]
    fixed = nodes.entry("W", F, 2)
    (solved,) = nodes.stated(one, one, given=[equation(fixed, one, F)], indices=[F]).solved
    assert solved.at(W, (3, 2)) == {F: 3}
    assert solved.at(W, (3, 1)) is None


# Sides.


def test_distances() -> None:
    """The larger side less the smaller one; to both ends of an interval."""
    nodes = Record()
    left, right = nodes.entry("a"), nodes.entry("b")

    def distances(relation: str, **said: Any) -> list[tuple[str, bool]]:
        found = nodes.stated(left, right, relation=relation, **said)
        return [(found.table.text(each.place, {}), each.strict) for each in found.distances]

    def less(high: int, low: int) -> str:
        return nodes.table.text(nodes.plus(high, nodes.times(nodes.number("-1"), low)), {})

    lowest, highest = nodes.number("-1"), nodes.number("2")
    assert distances("=") == []
    assert distances("<") == [(less(right, left), True)]
    assert distances("<=") == [(less(right, left), False)]
    assert distances(">") == [(less(left, right), True)]
    assert distances(">=") == [(less(left, right), False)]
    ends = (less(left, lowest), less(highest, left))
    assert distances("in", interval=["-1", True, "2", False]) == [(ends[0], False), (ends[1], True)]
    assert distances("in", interval=[None, False, "2", True]) == [(ends[1], False)]
    assert distances("in", interval=["-1", False, None, False]) == [(ends[0], True)]
    assert isinstance(nodes.stated(left, right, relation="<").distances[0], Distance)
    assert nodes.stated(left, right).is_equation
    assert not nodes.stated(left, right, relation="<").is_equation


PLACES = [
    ([], [], {(1, 1), (1, 2), (2, 1), (2, 2)}, "all"),
    ([[F, G]], [], {(1, 1), (2, 2)}, "the same"),
    ([], [[F, G]], {(1, 2), (2, 1)}, "different ones"),
    ([[F, 2]], [], {(2, 1), (2, 2)}, "a number"),
    ([], [[F, 2]], {(1, 1), (1, 2)}, "not that number"),
    ([[F, G]], [[G, 1]], {(2, 2)}, "both"),
]


@pytest.mark.parametrize(("same", "apart", "expected", "why"), PLACES)
def test_values_of_the_indices(same: Any, apart: Any, expected: set[tuple[int, int]], why: str) -> None:
    nodes = Record()
    zero = nodes.number("0")
    found = nodes.stated(zero, zero, indices=[F, G], same=same, distinct=apart)
    assert {(each[F], each[G]) for each in found.places({"n": 2, "m": 1})} == expected, why
    assert all(found.allows({F: f, G: g}) == ((f, g) in expected) for f in (1, 2) for g in (1, 2))


def test_very_many_places_are_not_tried() -> None:
    nodes = Record()
    zero = nodes.number("0")
    found = nodes.stated(zero, zero, indices=[F, G])
    assert len(list(found.places({"n": 100, "m": 1}))) == stated.MANY_PLACES
    with pytest.raises(Undefined):
        list(found.places({"n": 101, "m": 1}))


def test_what_may_be_undefined() -> None:
    nodes = Record()
    logarithm = nodes.add("log", nodes.entry("a"))
    divided = nodes.power(nodes.entry("b"), -2)
    inverted = nodes.add("inverse", (F, G), (I, J), nodes.entry("W", I, J))
    left = nodes.plus(nodes.times(logarithm, nodes.power(nodes.entry("a"), 2)), nodes.add("exp", divided))
    found = nodes.stated(left, nodes.number("0"), defined=[inverted], indices=[F, G])
    assert set(found.partial()) == {logarithm, divided, inverted}
    assert list(partial_in(found.nodes, left)) == [logarithm, divided]


# Dimensions that are 1.

EXTENTS = [
    ([[["n"], "1"]], [[[], "1"]], "n"),
    ([[["m"], "1"]], [[["m"], "1"]], "another dimension"),
    ([[["m", "n"], "2"], [["m"], "1"]], [[["m"], "3"]], "2 m n + m"),
    ([[["n"], "1"], [[], "-1"]], [], "n - 1"),
    ([[["n", "n"], "1/2"], [[], "1/2"]], [[[], "1"]], "(n n + 1) / 2"),
]


@pytest.mark.parametrize(("extent", "expected", "why"), EXTENTS)
def test_an_extent_where_n_is_1(extent: Any, expected: Any, why: str) -> None:
    assert at_one(extent, frozenset({"n"})) == expected, why
    frozen = [(tuple(names), coefficient) for names, coefficient in extent]
    left = [(tuple(names), coefficient) for names, coefficient in expected]
    assert size_of(frozen, {"n": 1, "m": 7}) == size_of(left, {"m": 7})


def test_a_statement_where_n_is_1() -> None:
    """An index that takes one value is 1: a sum over it has one term, and the delta at it is 1."""
    nodes = Record()
    inner = nodes.entry("V", P, I)
    places = [
        nodes.total(I, inner),
        nodes.add("max", I, nodes.entry("x", I)),
        nodes.add("delta", F, G),
        nodes.add("delta", F, 1),
        nodes.add("delta", P, 1),
        nodes.add("size", N),
    ]
    found = nodes.stated(places[0], places[5], frozenset({"n"}), indices=[F, G, P])
    assert found.indices == (P,)
    assert found.dimensions == ["m"]
    assert found.nodes[inner] == ("entry", ("V", (M, ONE), 0), (P, 1))
    assert found.nodes[places[0]] == ("add", (inner,))
    assert found.nodes[places[1]][0] == "add"
    assert [found.nodes[each] for each in places[2:5]] == [("number", "1"), ("number", "1"), ("delta", P, 1)]
    assert found.nodes[places[5]] == ("size", ONE)
    whole = nodes.stated(places[0], places[5], indices=[F, G, P])
    assert whole.indices == (F, G, P)
    assert whole.dimensions == ["m", "n"]
    assert whole.nodes[places[0]] == ("sum", I, inner)


def test_what_else_hypotheses_say() -> None:
    """What has a constant sum is not put in by its entries; and what is given besides sums is not plain."""
    nodes = Record()
    whole, one, zero = nodes.total(I, nodes.entry("x", I)), nodes.number("1"), nodes.number("0")
    alone = nodes.plus(whole)
    sums, meant = equation(alone, one), equation(nodes.entry("x", F), nodes.entry("y", F), F)
    found = nodes.stated(zero, zero, given=[sums, meant], indices=[F])
    assert set(found.totals) == {X}
    assert found.meanings == {}
    assert not found.plain
    assert nodes.stated(zero, zero, given=[sums]).plain
    assert not nodes.stated(zero, zero, given=[sums], inequalities=[[one, True, []]]).plain
    (solved,) = found.solved
    assert (solved.left, solved.right) == (meant["left"], meant["right"])


def test_numbers_that_indices_are_said_to_be() -> None:
    nodes = Record()
    zero = nodes.number("0")
    found = nodes.stated(zero, zero, indices=[F, G, P], same=[[2, F], [P, 1]], distinct=[[G, 5], [F, G]])
    assert found.numbers() == {"n": 5, "m": 1}
    assert nodes.stated(zero, zero, indices=[F, G]).numbers() == {}


def test_places_of_other_indices() -> None:
    nodes = Record()
    zero = nodes.number("0")
    found = nodes.stated(zero, zero, indices=[F])
    assert [each[P] for each in found.places({"n": 2, "m": 3}, (P,))] == [1, 2, 3]
    assert [each[F] for each in found.places({"n": 2, "m": 3})] == [1, 2]


def test_hypotheses_where_n_is_1() -> None:
    nodes = Record()
    left, right, zero = nodes.entry("x", F), nodes.entry("a"), nodes.number("0")
    found = nodes.stated(zero, zero, frozenset({"n"}), given=[equation(left, right, F)], indices=[F])
    assert found.record["given"][0]["indices"] == [1]


def test_limits_are_the_same_as_numbers_or_as_infinities() -> None:
    nodes = Record()
    zero = nodes.number("0")
    for said, same, others in (
        ("1/2", ("1/2", "2/4"), ("1", "oo", "-oo")),
        ("oo", ("oo",), ("-oo", "1")),
        ("-oo", ("-oo",), ("oo", "-1")),
    ):
        found = nodes.stated(zero, zero, limit=said)
        assert all(map(found.tends_to, same))
        assert not any(map(found.tends_to, others))
