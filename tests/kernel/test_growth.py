"""How the work grows, in counted steps of rewriting, as docs/kernel.md says: no test asserts a time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.benchmarks.growing import backpropagation, linear_stack, nested_sums
from verify.kernel.decide import normal_forms
from verify.kernel.patterns import patterns
from verify.kernel.ring import STEPS, Ring
from verify.kernel.statement import statement
from verify.language import Expression, diag, dims, jacobian, softmax, vector

n, m = dims("n m")


def steps(left: Expression, right: Expression) -> int:
    """The steps that the normal forms of both sides take, for all patterns of indices; they must be equal."""
    stated = statement(left, right, ())
    ring = Ring(stated.facts)
    for pattern in patterns(stated.indices, stated.terms):
        assert normal_forms(stated, pattern, ring).equal
    return STEPS - ring._budget.left


def softmax_jacobian(size: Expression | int) -> tuple[Expression, Expression]:
    x = vector("x", size)
    s = softmax(x)
    return jacobian(s, x), diag(s) - s * s.T


def test_a_dimension_makes_no_difference() -> None:
    """Nothing is written out: for n it is as much work as for a thousand times n, and always less than for two."""
    found = {steps(*softmax_jacobian(size)) for size in (n, m, n + 1, n * m, 1000 * n)}
    assert len(found) == 1
    given = [steps(*softmax_jacobian(size)) for size in (2, 3, 4)]
    assert max(found) < given[0] < given[1] < given[2], "the counter sees what is written out"


def test_nested_sums_add_up() -> None:
    """Each further index adds as much as the one before."""
    counted = [steps(*nested_sums(sums)) for sums in range(2, 8)]
    added = [later - earlier for earlier, later in pairwise(counted)]
    assert max(added) - min(added) <= 1
    assert min(added) > 0


@pytest.mark.parametrize("layers", [2, 3, 4])
def test_linear_layers_grow_as_a_cube_at_most(layers: int) -> None:
    """L + 1 terms with up to L factors and indices each."""
    few, many = (steps(*linear_stack(each)) for each in (layers, 2 * layers))
    assert few < many <= 8 * few


@pytest.mark.parametrize("layers", [1, 2])
def test_backpropagation_grows_as_a_square_at_most(layers: int) -> None:
    """In each of L layers the values before are written out once more."""
    few, many = (steps(*backpropagation(each)) for each in (layers, 2 * layers))
    assert few < many <= 4 * few
