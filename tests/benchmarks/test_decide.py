"""How long a verdict takes: each claim and mistake, against SymPy's simplify at size 2, and as things grow."""

from __future__ import annotations

import pytest
import sympy
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.growing import backpropagation, linear_stack, nested_sums
from verify.catalog import NamedClaim, NamedMistake, find
from verify.check import check, prove_claim
from verify.kernel.recalled import forget
from verify.language import (
    Chain,
    Index,
    Interval,
    Link,
    Proved,
    diag,
    dims,
    equal,
    function,
    index,
    jacobian,
    softmax,
    vector,
)
from verify.language.explicit import at
from verify.language.shape import shape_of

pytestmark = pytest.mark.benchmark(max_time=0.1, min_rounds=3)

CATALOG = find("derivations")

SIMPLIFIED = [
    "softmax.sums_to_one",
    "softmax.translation_invariance",
    "sigmoid.derivative",
    "tanh.scaled_logistic",
    "linear_stack.two_layers",
    "affine.weight_gradient",
    "cross_entropy.gradient_of_any_target",
]


@pytest.mark.parametrize("named", CATALOG.claims[::2], ids=lambda named: named.name)
def test_prove(benchmark: BenchmarkFixture, named: NamedClaim) -> None:
    benchmark.group = "decide a claim"
    benchmark.extra_info["links"] = len(named.claim.links())
    assert all(isinstance(each, Proved) for each in benchmark(_verdicts, named.claim.statement, named.claim.given))


@pytest.mark.parametrize("named", CATALOG.mistakes[::4], ids=lambda named: named.name)
def test_refute(benchmark: BenchmarkFixture, named: NamedMistake) -> None:
    benchmark.group = "refute a mistake"
    (link,) = named.mistake.links()
    (verdict,) = benchmark(_decided, (link,))
    assert not isinstance(verdict, Proved)


@pytest.mark.parametrize("named", CATALOG.claims[::8], ids=lambda named: named.name)
def test_prove_and_sample(benchmark: BenchmarkFixture, named: NamedClaim) -> None:
    benchmark.group = "prove and sample a claim"
    benchmark.pedantic(prove_claim, args=(named.claim,), rounds=1)


CHOSEN = [named for named in CATALOG.claims if named.name in SIMPLIFIED]


@pytest.mark.parametrize("named", CHOSEN, ids=lambda named: named.name)
def test_ours_beside_simplify(benchmark: BenchmarkFixture, named: NamedClaim) -> None:
    benchmark.group = f"beside simplify: {named.name}"
    benchmark(_verdicts, named.claim.statement, named.claim.given)


@pytest.mark.parametrize("named", CHOSEN, ids=lambda named: named.name)
def test_simplify_at_size_two(benchmark: BenchmarkFixture, named: NamedClaim) -> None:
    benchmark.group = f"beside simplify: {named.name}"
    differences = [_explicit(link) for link in named.claim.links()]
    benchmark.pedantic(lambda: [sympy.simplify(each) for each in differences], rounds=1)


def _explicit(link: Link) -> sympy.Basic:
    """Left minus right at size 2, with every index 1."""
    assert not isinstance(link.right, tuple | Interval)
    names = {dimension.symbol for side in (link.left, link.right) for dimension in side.atoms(type(n))}
    indices = {each.symbol: 1 for side in (link.left, link.right) for each in side.atoms(Index)}
    left, right = (at(side, dict.fromkeys(names, 2), indices) for side in (link.left, link.right))
    return left - right


def _verdicts(statement: Chain, given: tuple[Chain, ...] = ()) -> list[object]:
    hypotheses = tuple(link for chain in given for link in chain.links())
    return _decided(statement.links(hypotheses))


def _decided(links: tuple[Link, ...]) -> list[object]:
    """The verdicts on links, as they are reached at first: what was decided before would be found in no time."""
    forget()
    return [check(link).verdict for link in links]


def _proved(verdicts: list[object]) -> bool:
    return all(isinstance(verdict, Proved) for verdict in verdicts)


(n,) = dims("n")
i, j = index("i", n), index("j", n)
f = function("f")


@pytest.mark.parametrize("size", ["n", 2, 3, 4, 5])
def test_growth_with_the_dimension(benchmark: BenchmarkFixture, size: str | int) -> None:
    """For all n at once, and written out for a given n."""
    benchmark.group = "growth: n"
    x = vector("x", n if size == "n" else int(size))
    s = softmax(x)
    assert _proved(benchmark(_verdicts, equal(jacobian(s, x), diag(s) - s * s.T)))


@pytest.mark.parametrize("layers", [1, 2, 3, 4, 5])
def test_growth_with_linear_layers(benchmark: BenchmarkFixture, layers: int) -> None:
    benchmark.group = "growth: linear layers"
    nested, collapsed = linear_stack(layers)
    assert _proved(benchmark(_verdicts, equal(nested, collapsed)))


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_growth_with_nonlinear_layers(benchmark: BenchmarkFixture, layers: int) -> None:
    benchmark.group = "growth: nonlinear layers"
    gradient, recursion = backpropagation(layers)
    assert _proved(benchmark(_verdicts, equal(gradient, recursion)))


@pytest.mark.parametrize("sums", [1, 2, 3, 4, 5])
def test_growth_with_summed_indices(benchmark: BenchmarkFixture, sums: int) -> None:
    benchmark.group = "growth: summed indices"
    assert _proved(benchmark(_verdicts, equal(*nested_sums(sums))))


def test_the_examples_have_the_shapes_that_they_should() -> None:
    for layers in (1, 2, 3):
        gradient, recursion = backpropagation(layers)
        assert shape_of(gradient) == shape_of(recursion)
