"""How long it takes as there are more links in a file, and more submissions in a folder."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.test_grade import ROOT, planted
from verify.grade.assignment import load_assignment
from verify.grade.batch import Batch
from verify.grade.overrides import NOTHING
from verify.grade.submissions import submissions
from verify.kernel.recalled import forget
from verify.language import Proved
from verify.read import context_of, read
from verify.read.judge import judge

pytestmark = pytest.mark.benchmark

CONTEXT = context_of({"names": {"x": "n", "W": "m x n", "b": "m"}})


def write_up(links: int) -> str:
    """So many links, each with a number of its own."""
    lines = [rf"$${number} (W x + b) = {number} W x + b \cdot {number}$$" for number in range(2, links + 2)]
    return "\n\n".join(lines)


@pytest.mark.parametrize("links", [1, 10, 100, 400])
def test_links_of_a_file(benchmark: BenchmarkFixture, links: int) -> None:
    benchmark.group = "growth: links of a file"
    text = write_up(links)

    def checked() -> int:
        forget()
        found = judge(read(text, "growing.md", CONTEXT))
        return sum(isinstance(each.verdict, Proved) for each in found)

    assert benchmark.pedantic(checked, rounds=3, warmup_rounds=1) == links


@pytest.mark.parametrize("many", [5, 10, 20, 40])
def test_submissions_of_a_folder(benchmark: BenchmarkFixture, tmp_path: Path, many: int) -> None:
    benchmark.group = "growth: submissions"
    generator = random.Random(0)  # noqa: S311 - not for secrets
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(many):
        planted(generator, folder / f"s{number:05}.md")
    assignment = load_assignment(ROOT / "docs" / "examples" / "assignments" / "networks.toml")
    found = submissions([str(folder)])
    benchmark.pedantic(lambda: Batch(assignment, found, tmp_path / "out", NOTHING, jobs=2).run(), rounds=1)
    assert len(list((tmp_path / "out" / "submissions").iterdir())) == many
