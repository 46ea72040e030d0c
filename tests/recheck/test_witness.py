"""Refutations decided again at their witness: what must hold there, each condition broken by itself."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.recheck.nodes import M, N, bound, free, tensor
from tests.recheck.records import Record, equation
from verify.recheck import Malformed, Outcome
from verify.recheck.table import Undefined
from verify.recheck.witness import _entry, witnessed

I, J = bound("i"), bound("j")
F, G = free("f"), free("g")
X, U = tensor("x", N), tensor("u", N)
Said = dict[str, Any]


def at(**said: Any) -> Said:
    """A witness with n = 2, m = 3, x = (3, 5), a = 2, and what is said instead."""
    inputs = {"x": [["3"], ["5"]], "a": [["2"]], "W": [["1", "2"], ["3", "4"]]}
    empty = {"sizes": {"n": 2, "m": 3}, "indices": {}, "functions": {}, "gradients": {}, "chances": []}
    return {**empty, **said, "inputs": {**inputs, **said.get("inputs", {})}}


Build = Callable[[Record], tuple[int, int]]


def outcome(build: Build, witness: Said | None = None, **said: Any) -> Outcome:
    nodes = Record()
    left, right = build(nodes)
    return witnessed(nodes.stated(left, right, **said), witness or at())


def entry(t: Record, index: Any = F) -> int:
    return t.entry("x", index)


def total(t: Record) -> int:
    return t.total(I, entry(t, I))


# Statements at that witness, without free indices: what is false there is refuted.
VALUES: list[tuple[Build, bool, str]] = [
    (lambda t: (t.entry("a"), t.number("3")), True, "2 = 3"),
    (lambda t: (t.entry("a"), t.number("2")), False, "2 = 2"),
    (lambda t: (total(t), t.number("9")), True, "3 + 5 = 9"),
    (lambda t: (total(t), t.number("8")), False, "3 + 5 = 8"),
    (lambda t: (t.entry("b"), t.number("0")), False, "what is not among the inputs is 0"),
    (lambda t: (t.entry("b"), t.number("1")), True, "and not 1"),
    (lambda t: (t.add("size", M), t.number("3")), False, "m = 3"),
    (lambda t: (t.add("size", M), t.number("2")), True, "m = 2"),
    (lambda t: (t.add("exp", t.entry("a")), t.number("7")), True, "e^2 = 7"),
    (lambda t: (t.power(t.plus(t.entry("a"), t.number("-2")), -1), t.number("1")), False, "1 / 0 = 1"),
    (lambda t: (t.add("log", t.plus(t.entry("a"), t.number("-2"))), t.number("1")), False, "log 0 = 1"),
    (lambda t: (t.total(I, t.entry("W", I, I)), t.number("6")), True, "a trace of 5"),
    (lambda t: (t.add("function", "f", 0, t.entry("a")), t.number("6")), False, "f(2), for f(t) = t^3 - t"),
    (lambda t: (t.add("function", "f", 1, t.entry("a")), t.number("6")), True, "its slope, 11"),
    (lambda t: (t.add("function", "f", 1, t.entry("a")), t.number("11")), False, "which it is"),
]


@pytest.mark.parametrize(("build", "refuted", "why"), VALUES)
def test_values_at_the_witness(build: Build, refuted: bool, why: str) -> None:
    found = outcome(build, at(functions={"f": [0, -1, 0, 1]}))
    assert found is (Outcome.DECIDED if refuted else Outcome.REJECTED), why


def test_a_function_must_be_there() -> None:
    with pytest.raises(Malformed, match=r"witness\.functions: 'f' is missing"):
        outcome(lambda t: (t.add("function", "f", 0, t.entry("a")), t.number("1")))


RELATIONS = [
    ("<", "2", True, "2 < 2"),
    ("<", "3", False, "2 < 3"),
    ("<=", "2", False, "2 <= 2"),
    ("<=", "1", True, "2 <= 1"),
    (">", "2", True, "2 > 2"),
    (">", "1", False, "2 > 1"),
    (">=", "2", False, "2 >= 2"),
    (">=", "3", True, "2 >= 3"),
]


@pytest.mark.parametrize(("relation", "right", "refuted", "why"), RELATIONS)
def test_inequalities(relation: str, right: str, refuted: bool, why: str) -> None:
    found = outcome(lambda t: (t.entry("a"), t.number(right)), relation=relation)
    assert found is (Outcome.DECIDED if refuted else Outcome.REJECTED), why


INDICES: list[tuple[Said, Said, bool, str]] = [
    ({"f": 1}, {}, True, "x_1 = 5"),
    ({"f": 2}, {}, False, "x_2 = 5"),
    ({"f": 3}, {}, False, "there is no x_3"),
    ({"f": 1}, {"same": [[F, 1]]}, True, "f is 1"),
    ({"f": 1}, {"same": [[F, 2]]}, False, "f is to be 2"),
    ({"f": 1}, {"distinct": [[F, 2]]}, True, "f is not 2"),
    ({"f": 1}, {"distinct": [[F, 1]]}, False, "f is not to be 1"),
]


@pytest.mark.parametrize(("indices", "said", "refuted", "why"), INDICES)
def test_values_of_indices(indices: Said, said: Said, refuted: bool, why: str) -> None:
    found = outcome(lambda t: (entry(t), t.number("5")), at(indices=indices), indices=[F], **said)
    assert found is (Outcome.DECIDED if refuted else Outcome.REJECTED), why


def test_the_last_value_of_an_index() -> None:
    assert outcome(lambda t: (entry(t), t.number("3")), at(indices={"f": 2}), indices=[F]) is Outcome.DECIDED


def given(build: Build, *indices: Any, **said: Any) -> Outcome:
    """Of 2 = 3, which fails, under a hypothesis."""
    nodes = Record()
    left, right = build(nodes)
    sides = nodes.entry("a"), nodes.number("3")
    return witnessed(nodes.stated(*sides, given=[equation(left, right, *indices)], **said), at())


HYPOTHESES: list[tuple[Build, tuple[Any, ...], bool, str]] = [
    (lambda t: (total(t), t.number("8")), (), True, "3 + 5 = 8"),
    (lambda t: (total(t), t.number("9")), (), False, "3 + 5 = 9"),
    (lambda t: (entry(t), t.number("3")), (F,), False, "x_2 is not 3"),
    (lambda t: (t.times(entry(t), entry(t)), t.power(entry(t), 2)), (F,), True, "at all values of an index"),
    (lambda t: (t.entry("W", F, G), t.entry("W", G, F)), (F, G), False, "W is not symmetric"),
    (lambda t: (t.add("exp", t.number("0")), t.number("1")), (), False, "of e nothing is told exactly"),
]


@pytest.mark.parametrize(("build", "indices", "holds", "why"), HYPOTHESES)
def test_hypotheses_hold_exactly(build: Build, indices: tuple[Any, ...], holds: bool, why: str) -> None:
    assert given(build, *indices) is (Outcome.DECIDED if holds else Outcome.REJECTED), why


def test_what_is_positive_or_larger_is_so() -> None:
    def false(t: Record) -> tuple[int, int]:
        return t.entry("a"), t.number("3")

    assert outcome(false, positive=[X]) is Outcome.DECIDED
    assert outcome(false, at(inputs={"x": [["1/2"], ["1"]]}), positive=[X]) is Outcome.DECIDED
    for value in ("0", "-1"):
        assert outcome(false, at(inputs={"x": [["3"], [value]]}), positive=[X]) is Outcome.REJECTED
    # an input that is not given does not matter, but it is positive
    assert outcome(false, positive=[["b", [], 0]]) is Outcome.DECIDED
    assert outcome(lambda t: (t.entry("b"), t.number("0")), positive=[["b", [], 0]]) is Outcome.DECIDED
    assert outcome(lambda t: (t.entry("b"), t.number("1")), positive=[["b", [], 0]]) is Outcome.REJECTED
    assert outcome(false, least=[["n", 2]]) is Outcome.DECIDED
    assert outcome(false, least=[["n", 3]]) is Outcome.REJECTED
    assert outcome(false, least=[["m", 3], ["k", 9]]) is Outcome.DECIDED


@pytest.mark.parametrize(("value", "strict", "holds"), [("1", True, True), ("2", True, False), ("2", False, True)])
def test_inequalities_among_the_hypotheses(value: str, strict: bool, holds: bool) -> None:
    """That 2 - value is positive, or at least 0."""
    nodes = Record()
    difference = nodes.plus(nodes.entry("a"), nodes.number(f"-{value}"))
    sides = nodes.entry("a"), nodes.number("3")
    stated = nodes.stated(*sides, inequalities=[[difference, strict, []]])
    assert witnessed(stated, at()) is (Outcome.DECIDED if holds else Outcome.REJECTED)


def test_an_inequality_must_hold_at_all_values_of_its_index() -> None:
    nodes = Record()
    difference = nodes.plus(entry(nodes), nodes.number("-4"))
    sides = nodes.entry("a"), nodes.number("3")
    stated = nodes.stated(*sides, inequalities=[[difference, True, [F]]])
    assert witnessed(stated, at()) is Outcome.REJECTED
    assert witnessed(stated, at(inputs={"x": [["5"], ["6"]]})) is Outcome.DECIDED


def test_what_is_to_be_defined_is_so_at_all_values() -> None:
    nodes = Record()
    inverse = nodes.power(nodes.plus(entry(nodes, I), nodes.number("-5")), -1)
    sides = nodes.entry("a"), nodes.number("3")
    stated = nodes.stated(*sides, defined=[inverse])
    assert witnessed(stated, at()) is Outcome.REJECTED
    assert witnessed(stated, at(inputs={"x": [["3"], ["4"]]})) is Outcome.DECIDED


def lot(*outcomes: tuple[str, str], entries: Any = (("u", [1]),)) -> Said:
    return {"entries": list(entries), "outcomes": [[p, [value]] for p, value in outcomes]}


def test_what_comes_of_chance() -> None:
    """U_1 and u_2 are 1 or -1 with one half each: the mean of u_1 is 0, and its square's is 1."""
    nodes = Record()
    mean = nodes.add("expectation", nodes.power(nodes.entry("u", 1), 2))
    zero, one = nodes.number("0"), nodes.number("1")
    said = {"independent": True, "variables": [U], "moments": [["mean", U, [F], zero], ["variance", U, [F], one]]}

    def found(right: int, *chances: Said) -> Outcome:
        return witnessed(nodes.stated(mean, right, random=said), at(chances=list(chances)))

    two = nodes.number("2")
    fair = [lot(("1/2", "1"), ("1/2", "-1"), entries=[("u", [place])]) for place in (1, 2)]
    assert found(two, *fair) is Outcome.DECIDED
    assert found(one, *fair) is Outcome.REJECTED
    biased = lot(("1/3", "1"), ("2/3", "-1"))
    assert found(two, biased, fair[1]) is Outcome.REJECTED, "a mean that is not given"
    wider = lot(("1/2", "2"), ("1/2", "-2"))
    assert found(two, wider, fair[1]) is Outcome.REJECTED, "a variance that is not given"
    less = lot(("1/2", "1"), ("1/3", "-1"))
    assert found(two, less, fair[1]) is Outcome.REJECTED, "probabilities that are not 1 together"
    negative = lot(("3/2", "0"), ("-1/2", "0"))
    assert found(two, negative, fair[1]) is Outcome.REJECTED, "a negative probability"
    assert found(two, fair[0], fair[0]) is Outcome.REJECTED, "one entry twice"
    other = lot(("1/2", "1"), ("1/2", "-1"), entries=[("x", [1])])
    assert found(two, fair[0], other) is Outcome.REJECTED, "an entry that is not random"


TWELVE = [[str(each) for each in range(6)], [str(each) for each in range(6, 12)]]
ENTRIES = [
    ((), [], [["7"]], Fraction(7), "a number"),
    ((2,), [2], [["3"], ["1/2"]], Fraction(1, 2), "an entry of a vector"),
    ((2, 1), [2, 2], [["1", "2"], ["3", "4"]], Fraction(3), "of a matrix"),
    ((1, 2), [2, 2], [["1", "2"], ["3", "4"]], Fraction(2), "in the other corner"),
    ((2, 1, 3), [2, 2, 3], TWELVE, Fraction(8), "of three axes"),
    ((2, 2, 1), [2, 2, 3], TWELVE, Fraction(9), "the last axis runs first"),
]


@pytest.mark.parametrize(("own", "lengths", "rows", "expected", "why"), ENTRIES)
def test_entries_of_inputs(own: Any, lengths: Any, rows: Any, expected: Fraction, why: str) -> None:
    assert _entry(rows, lengths, own, "inputs.x") == expected, why


def test_entries_that_are_not_there() -> None:
    with pytest.raises(Undefined):
        _entry([["1"], ["2"], ["3"]], [2], (3,), "inputs.x")
    with pytest.raises(Malformed, match=r"^witness\.inputs\.x: there is no entry in row 2, column 1$"):
        _entry([["1"]], [2], (2,), "inputs.x")
    with pytest.raises(Malformed, match=r"^witness\.inputs\.x: there is no entry in row 1, column 2$"):
        _entry([["1"]], [1, 2], (1, 2), "inputs.x")


def depends(t: Record, by: Any = (), slots: int = 1) -> int:
    return t.add("dependence", "J", by, tuple(((I,), entry(t, I)) for _ in range(slots)))


GRADIENTS: list[tuple[Build, str, str]] = [
    (lambda t: (depends(t), t.number("0")), "76", "7 x_1 + 11 x_2"),
    (lambda t: (depends(t, ((0, (2,)),)), t.number("0")), "11", "its slope by the second entry"),
    (lambda t: (depends(t, ((0, (1,)), (0, (1,)))), t.number("0")), "0", "a second derivative"),
    (lambda t: (depends(t, (), 2), t.number("0")), "76", "a second slot, of which nothing is said"),
    (lambda t: (depends(t, ((1, (1,)),), 2), t.number("0")), "0", "its slope by that"),
]


@pytest.mark.parametrize(("build", "value", "why"), GRADIENTS)
def test_what_depends_on_others_is_linear(build: Build, value: str, why: str) -> None:
    """J has the slopes 7 and 11; what is said of its second slot may be left out, or be nothing."""

    def shifted(t: Record) -> tuple[int, int]:
        left, right = build(t)
        return left, t.plus(right, t.number(value))

    def wrong(t: Record) -> tuple[int, int]:
        left, right = build(t)
        return left, t.plus(right, t.number(value), t.number("1"))

    for slots in ([[["7"], ["11"]]], [[["7"], ["11"]], None]):
        assert outcome(shifted, at(gradients={"J": slots})) is Outcome.REJECTED, why
        assert outcome(wrong, at(gradients={"J": slots})) is Outcome.DECIDED, why


def test_without_gradients_all_slopes_are_0() -> None:
    assert outcome(lambda t: (depends(t), t.number("0"))) is Outcome.REJECTED
    assert outcome(lambda t: (depends(t), t.number("1"))) is Outcome.DECIDED


def test_where_an_entry_is_missing_is_said() -> None:
    with pytest.raises(Malformed, match=r"^witness\.gradients\.J\[0\]: there is no entry in row 2, column 1$"):
        outcome(lambda t: (depends(t), t.number("0")), at(gradients={"J": [[["7"]]]}))
    with pytest.raises(Malformed, match=r"^witness\.inputs\.x: there is no entry in row 2, column 1$"):
        outcome(lambda t: (total(t), t.number("0")), at(inputs={"x": [["3"]]}))
