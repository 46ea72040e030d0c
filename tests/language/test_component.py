"""Vectors of unknown functions: their shapes, how they are written, their explicit entries, and what they stand for."""

from __future__ import annotations

import copy

import pytest
import sympy

from verify.kernel.decide import decide
from verify.language import (
    Array,
    Component,
    Defined,
    Expression,
    Number,
    Proved,
    Refuted,
    delta,
    diff,
    dims,
    equal,
    grad,
    index,
    jacobian,
    latex,
    loss,
    matrix,
    row,
    scalar,
    shape,
    slope,
    sum_over,
    unknown_vector,
    vector,
)

m, n, r = dims("m n r")
i, j, p, q = index("i", n), index("j", n), index("p", m), index("q", m)
x, t, W, v = vector("x", n), scalar("t"), matrix("W", n, r), row("v", n)
y = unknown_vector("y", m, x)
z = unknown_vector("z", n, y)
both = unknown_vector("f", 3, x, W)
J = loss("J", y)


def component(vector_of_unknowns: Defined) -> Component:
    (found,) = (
        each for each in vector_of_unknowns.meaning.atoms(Component) if each.symbol == vector_of_unknowns.symbol
    )
    assert isinstance(found, Component)
    return found


@pytest.mark.parametrize(
    ("expression", "expected", "text"),
    [
        (y, (m, Number(1)), "y"),
        (y.meaning, (m, Number(1)), r"\left[y_i\right]_{i}"),
        (y[p], (), "y_p"),
        (jacobian(y, x), (m, n), r"\frac{\partial y}{\partial x}"),
        (jacobian(z, y), (n, m), r"\frac{\partial z}{\partial y}"),
        (jacobian(both, W), (Number(3), n, r), r"\frac{\partial f}{\partial W}"),
        (Component("y_1", m, p, x), (), r"\left(y_1\right)_p"),
    ],
)
def test_shapes_and_latex(expression: Expression, expected: tuple[Expression, ...], text: str) -> None:
    assert shape(expression) == expected
    assert latex(expression) == text


@pytest.mark.parametrize(
    ("of", "shapes"),
    [
        (x, [(m, Number(1)), (m, n)]),
        (v, [(m, Number(1)), (m, n)]),
        (t, [(m, Number(1)), (m, Number(1))]),
        (W, [(m, Number(1)), (m, n, r)]),
    ],
)
def test_each_entry_has_arguments_of_its_own(of: Expression, shapes: list[tuple[Expression, ...]]) -> None:
    """What stands at the index is the quantity, and 0 stands elsewhere."""
    entry = Component("y", m, p, of)
    assert [shape(each) for each in entry.arguments] == shapes
    unit, placed = (each for each in entry.arguments if isinstance(each, Array))
    free = index("k", m)
    assert unit.opened(free) == delta(free, p)
    others = [index(f"o{place}", axis) for place, axis in enumerate(placed.dimensions[1:])]
    assert placed.opened(free, *others) == delta(free, p) * (of[tuple(others)] if others else of)


def test_an_entry_under_a_binder_has_the_arguments_that_it_has_outside() -> None:
    """The indices of the arguments capture nothing, whether the index of the entry has a name yet or not."""
    assert isinstance(y.meaning, Array)
    assert y.meaning.opened(p) == Component("y", m, p, x)
    (bound,) = sum_over(p, Component("y", m, p, x)).atoms(Component)
    outside = Component("y", m, p, x).arguments
    assert bound.arguments == tuple(sum_over(p, argument).body for argument in outside)


def test_it_is_built_again_from_its_parts() -> None:
    entry = Component("y", m, p, x)
    assert entry.func(*entry.args) == entry
    assert copy.deepcopy(y) == y


def test_explicit_entries_are_functions_of_all_that_they_depend_on() -> None:
    """The chain rule of SymPy, in which each entry is a function by itself."""
    first, second = sympy.symbols("x_1 x_2")
    entries = [sympy.Function(f"{{y}}_{place}")(first, second) for place in (1, 2)]
    assert y.at(m=2, n=2) == sympy.Matrix(entries)
    assert jacobian(y, x).at(m=2, n=2) == sympy.Matrix(2, 2, lambda a, b: entries[a].diff((first, second)[b]))
    squares = sum_over(p, y[p] ** 2)
    by_hand = [sum(2 * each * each.diff(by) for each in entries) for by in (first, second)]
    assert sympy.simplify(grad(squares, x).at(m=2, n=2) - sympy.Matrix(by_hand)) == sympy.zeros(2, 1)


def test_the_weights_have_names() -> None:
    assert slope(J, 0) == r"\frac{\partial J}{\partial y}"
    entry = component(both)
    names = [slope(entry, place) for place in range(3)]
    assert names == [r"f\left(0\right)", r"\frac{\partial f}{\partial x}", r"\frac{\partial f}{\partial W}"]


def test_without_its_index_an_entry_would_be_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells entries apart are the arguments: taken from another index, two gradients are taken for one."""
    (link,) = equal(diff(y[p], x[i]), diff(y[q], x[i])).links()
    assert isinstance(decide(link), Refuted)
    right = Component._at_index
    elsewhere = Component("y", m, Number(1), x)
    monkeypatch.setattr(Component, "_at_index", lambda own, quantity: right(elsewhere, quantity))
    assert isinstance(decide(link), Proved)
    assert (diff(y[1], x[1]) - diff(y[2], x[1])).at(m=2, n=1) != 0
