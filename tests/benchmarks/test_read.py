"""How long reading takes, and how many chains a second a stream answers: distinct ones, and repeated ones."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from verify.read import Context, context_of, load_context, read, read_chain
from verify.stream import answer_lines

pytestmark = pytest.mark.benchmark(max_time=0.5, min_rounds=3)

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "neural-networks.md"
CONTEXT = {
    "names": {r"\delta": "k", "x": "d", "W": "k x d", "b": "k", "J": "function of y"},
    "definitions": {"y": "W x + b"},
}

# Chains of the field; N stands for a number that makes each of them another one.
CHAINS = [
    r"\delta x^T + N \delta x^T = (N + 1) (x \delta^T)^T",
    r"(N x_i + 3)^2 = N^2 x_i^2 + 6 \cdot N x_i + 9",
    r"\frac{\partial (N y_i)}{\partial x_j} = N W_{ij}",
    r"\frac{\partial J}{\partial x_j} = \sum_i \frac{\partial J}{\partial y_i} W_{ij} + N - N",
    r"\sum_i e^{x_i + N} = e^{N} \sum_j e^{x_j}",
    r"\operatorname{softmax}(x + N) = \operatorname{softmax}(x)",
    r"\sigma'(N x_i) = \sigma(N x_i) (1 - \sigma(N x_i))",
    r"N W x = x^T W^T N",
    r"\sigma(N x_i) = N \sigma(x_i)",
    r"\sum_i x_i^2 + N = N + x^T x",
]
# Repeated lines are many more, so that the start of the process that works on them does not count.
LINES = {"distinct": 200, "repeated": 5000}


def lines(which: str) -> bytes:
    distinct, many = which == "distinct", LINES[which]
    chains = [
        CHAINS[at % len(CHAINS)].replace("N", str(2 + at // len(CHAINS) if distinct else 2)) for at in range(many)
    ]
    records = [{"id": at, "latex": chain, "context": CONTEXT} for at, chain in enumerate(chains)]
    return "\n".join(map(json.dumps, records)).encode()


@pytest.mark.parametrize("chain", CHAINS)
def test_read_a_chain(benchmark: BenchmarkFixture, chain: str) -> None:
    benchmark.group = "read a chain"
    context = context_of(CONTEXT)
    assert benchmark(read_chain, chain.replace("N", "2"), context).steps


@pytest.mark.parametrize("chain", CHAINS)
def test_read_another_chain(benchmark: BenchmarkFixture, chain: str) -> None:
    """Chains that differ in a number, so that none was read before."""
    benchmark.group = "read another chain"
    context, numbers = context_of(CONTEXT), count(2)
    read_chain(chain.replace("N", "1"), context)

    def another() -> tuple[tuple[str, Context], dict[str, object]]:
        return (chain.replace("N", str(next(numbers))), context), {}

    assert benchmark.pedantic(read_chain, setup=another, rounds=200).steps


def test_build_a_context(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "build a context"
    assert benchmark(context_of, CONTEXT).general.scope.known


def test_read_a_write_up(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "read a write-up"
    text, context = EXAMPLE.read_text(encoding="utf-8"), load_context(EXAMPLE.with_suffix(".toml"))
    assert benchmark(read, text, EXAMPLE.name, context).steps


@pytest.mark.parametrize("which", LINES)
def test_answer_a_stream(benchmark: BenchmarkFixture, which: str) -> None:
    benchmark.group = "answer lines"
    benchmark.extra_info["lines"] = LINES[which]
    data = lines(which)
    written: list[str] = []
    benchmark.pedantic(lambda: answer_lines(BytesIO(data), written.append), rounds=3)
    assert len(written) == 3 * LINES[which]


@pytest.mark.parametrize("displays", [1000, 4000, 16000])
def test_read_many_displays(benchmark: BenchmarkFixture, displays: int) -> None:
    benchmark.group = "growth: displays of a file"
    text = "$$ a + a = 2a $$\n\n" * displays
    assert len(benchmark.pedantic(lambda: read(text, "hw.md"), rounds=1).steps) == displays


@pytest.mark.parametrize("definitions", [250, 1000, 4000])
def test_read_many_definitions(benchmark: BenchmarkFixture, definitions: int) -> None:
    """Of no more than a thousand names something is known; what defines another one says so."""
    benchmark.group = "growth: definitions of a file"
    text = "".join(f"$$ y_{{{number}}} = {number} a $$\n\n" for number in range(definitions))
    context = context_of({"names": {"a": "scalar"}})
    assert len(benchmark.pedantic(lambda: read(text, "hw.md", context), rounds=3).steps) == definitions
