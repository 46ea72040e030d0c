"""Equality patterns: none is left out, none occurs twice, and values of the indices have the one that is asked for."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.kernel.terms import THREE, M, N, bound, entry, free, num, plus, total
from verify.kernel import patterns as module
from verify.kernel.patterns import (
    Pattern,
    assigned,
    dimension_names,
    free_of,
    least_sizes,
    numbers_in,
    patterns,
)
from verify.kernel.term import (
    ONE_WIDE,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Idx,
    Inverse,
    Max,
    OutOfBudget,
    Size,
    Slot,
    Subscript,
    Term,
    Variable,
)

F, G, H = free("f"), free("g"), free("h")
P, Q = free("p", M), free("q", M)
I, J = bound("i"), bound("j")
FIRST, SECOND = entry("x", 1), entry("x", 2)

# The number of patterns of k indices and c numbers that are told apart: ways to join k things to c or to one another.
MANY = [
    pytest.param((), (), 1, id="no index"),
    pytest.param((F,), (), 1, id="one"),
    pytest.param((F, G), (), 2, id="two: equal or not"),
    pytest.param((F, G, H), (), 5, id="three: five partitions"),
    pytest.param((F,), (FIRST,), 2, id="one, and a number that it may be"),
    pytest.param((F,), (FIRST, SECOND), 3, id="one, and two numbers"),
    pytest.param((F, G), (FIRST,), 5, id="two, and a number"),
    pytest.param((F, G), (FIRST, SECOND), 10, id="two, and two numbers"),
    pytest.param((F, P), (), 1, id="two of different dimensions"),
    pytest.param((F, G, P, Q), (), 4, id="two of each"),
    pytest.param((F, P), (FIRST,), 2, id="a number of one dimension is none of the other"),
    pytest.param((free("r", THREE),), (), 3, id="an index of three values has each"),
    pytest.param((free("r", THREE), free("s", THREE)), (), 9, id="two of them all pairs"),
]


@pytest.mark.parametrize(("indices", "terms", "many"), MANY)
def test_all_patterns(indices: tuple[Idx, ...], terms: tuple[Term, ...], many: int) -> None:
    found = patterns(indices, terms)
    assert len(found) == many
    assert len({tuple(each.classes[index] for index in indices) for each in found}) == many
    assert all(set(each.classes) == set(indices) for each in found)


@pytest.mark.parametrize(("indices", "terms", "many"), MANY)
def test_every_value_of_the_indices_has_exactly_one(
    indices: tuple[Idx, ...], terms: tuple[Term, ...], many: int
) -> None:
    """So that a statement that holds for each pattern holds for all values."""
    sizes = {"n": 4, "m": 3}
    found = patterns(indices, terms)
    numbers = numbers_in(terms)
    for values in product(*(range(1, each.extent.at(sizes) + 1) for each in indices)):
        at = dict(zip(indices, values, strict=True))
        assert sum(has(each, at, numbers) for each in found) == 1


def has(pattern: Pattern, at: dict[Idx, int], numbers: dict[Extent, frozenset[int]]) -> bool:
    """Whether values of indices have a pattern: equal where it says so, and different elsewhere."""

    def value(subscript: Subscript) -> int:
        return at[subscript] if isinstance(subscript, Idx) else subscript

    for index, own in pattern.classes.items():
        if at[index] != value(own):
            return False
        if own == index and at[index] in numbers.get(index.extent, ()):
            return False
    heads = [index for index, own in pattern.classes.items() if own == index]
    return all(at[one] != at[other] for one, other in combinations(heads, 2) if one.extent == other.extent)


def test_the_pattern_in_which_all_differ_is_the_first() -> None:
    first = patterns((F, G, P), (FIRST,))[0]
    assert dict(first.classes) == {F: F, G: G, P: P}
    assert first.distinct(N) == [F, G]
    assert first.distinct(M) == [P]


def test_too_many_patterns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY_PATTERNS", 5)
    assert len(patterns((F, G, H), ())) == 5
    monkeypatch.setattr(module, "MANY_PATTERNS", 4)
    with pytest.raises(OutOfBudget):
        patterns((F, G, H), ())


def test_the_values_of_long_axes_are_not_all_listed() -> None:
    long = Extent((((), 10**6),))
    with pytest.raises(OutOfBudget):
        patterns([free(symbol, long) for symbol in "ijkl"], ())


@pytest.mark.parametrize(("indices", "terms", "many"), MANY)
def test_values_that_are_assigned_have_the_pattern(
    indices: tuple[Idx, ...], terms: tuple[Term, ...], many: int
) -> None:
    numbers = numbers_in(terms)
    for pattern in patterns(indices, terms):
        least = least_sizes(pattern)
        sizes = {"n": max(least.get(N, 1), 1), "m": max(least.get(M, 1), 1)}
        for seed in range(6):
            at = assigned(pattern, sizes, seed)
            assert at is not None, "at the least sizes it is possible"
            assert has(pattern, at, numbers)
            assert all(1 <= value <= index.extent.at(sizes) for index, value in at.items())
        if least.get(N, 1) > 1:
            assert assigned(pattern, {**sizes, "n": least[N] - 1}, 0) is None or numbers


def test_values_depend_on_the_seed() -> None:
    (pattern,) = patterns((F,), ())
    values = [assigned(pattern, {"n": 5}, seed) for seed in range(40)]
    assert {at[F] for at in values if at is not None} == {1, 2, 3, 4, 5}


def test_a_number_that_is_none_at_these_sizes() -> None:
    equal = next(each for each in patterns((F,), (entry("x", 3),)) if each.classes[F] == 3)
    assert assigned(equal, {"n": 2}, 0) is None
    assert assigned(equal, {"n": 3}, 0) == {F: 3}


LEAST = [
    pytest.param((F,), (), {N: 1}, id="one index"),
    pytest.param((F, G), (), {N: 2}, id="two that differ"),
    pytest.param((F,), (FIRST,), {N: 2}, id="one that is not 1"),
    pytest.param((F, G), (FIRST, SECOND), {N: 4}, id="two that are neither 1 nor 2"),
    pytest.param((F,), (entry("x", 5),), {N: 5}, id="one that is not 5"),
    pytest.param((), (entry("x", 5),), {N: 5}, id="a fifth entry"),
    pytest.param((P,), (FIRST,), {N: 1, M: 1}, id="of two dimensions"),
    pytest.param((free("r", THREE),), (), {}, id="a number of values is what it is"),
]


@pytest.mark.parametrize(("indices", "terms", "least"), LEAST)
def test_how_large_the_sizes_must_be(
    indices: tuple[Idx, ...], terms: tuple[Term, ...], least: dict[Extent, int]
) -> None:
    assert least_sizes(patterns(indices, terms)[0]) == least


NUMBERS = [
    pytest.param(entry("x", 2), {N: {2}}, id="a subscript"),
    pytest.param(plus(entry("x", 2), entry("y", 1)), {N: {1, 2}}, id="two"),
    pytest.param(entry("W", 2, P), {N: {2}}, id="of a matrix"),
    pytest.param(Delta(F, 3), {N: {3}}, id="in a delta"),
    pytest.param(Delta(3, F), {N: {3}}, id="on its other side"),
    pytest.param(Delta(F, G), {}, id="none in it"),
    pytest.param(Inverse(1, F, Slot((I, J), entry("A", I, J))), {N: {1}}, id="the row of an inverse"),
    pytest.param(Inverse(F, 2, Slot((I, J), entry("A", I, J))), {N: {2}}, id="its column"),
    pytest.param(Entry(Variable("x", (N, ONE_WIDE)), (F, 1)), {}, id="the only column is no number"),
    pytest.param(total(I, Exp(entry("W", I, 4))), {N: {4}}, id="inside"),
]


@pytest.mark.parametrize(("term", "numbers"), NUMBERS)
def test_numbers_that_are_subscripts(term: Term, numbers: dict[Extent, set[int]]) -> None:
    assert numbers_in((term,)) == numbers


DIMENSIONS = [
    pytest.param(num(1), (), id="none"),
    pytest.param(Size(Extent(((("m", "n"), 1),))), ("m", "n"), id="a dimension as a number"),
    pytest.param(entry("W", 1, P), ("m", "n"), id="an entry"),
    pytest.param(Delta(P, 1), ("m",), id="a delta"),
    pytest.param(total(I, num(1)), ("n",), id="a sum"),
    pytest.param(Max(bound("p", M), num(1)), ("m",), id="a maximum"),
    pytest.param(Dep("J", (), (Slot((I, bound("p", M)), num(1)),)), ("m", "n"), id="a slot"),
    pytest.param(Inverse(1, 1, Slot((I, J), num(1))), ("n",), id="an inverse"),
]


@pytest.mark.parametrize(("term", "names"), DIMENSIONS)
def test_the_names_of_dimensions(term: Term, names: tuple[str, ...]) -> None:
    assert dimension_names((term,), ()) == names
    assert dimension_names((), (P, F)) == ("m", "n")


def test_free_ones_among_indices() -> None:
    assert free_of((G, I, F, G)) == (G, F)
