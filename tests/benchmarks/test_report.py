"""How long a report of some fifty pages takes from a record that is kept: as LaTeX, as a PDF, as a page of HTML."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

MODULES = [
    "affine",
    "affine_batch",
    "cross_entropy",
    "network",
    "network_batch",
    "sigmoid",
    "softmax",
    "tanh",
    "word2vec",
]
COMMAND = (sys.executable, "-c", "from verify.cli import main; main()")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``prove`` says of some modules, kept."""
    kept = tmp_path_factory.mktemp("report") / "proofs.json"
    printed = subprocess.run([*COMMAND, "prove", *MODULES, "--format", "json"], capture_output=True, check=True)
    kept.write_bytes(printed.stdout)
    return kept


@pytest.mark.benchmark(group="report")
@pytest.mark.parametrize("ending", ["tex", "pdf", "html"])
def test_a_report(benchmark: BenchmarkFixture, record: Path, ending: str) -> None:
    if ending == "pdf" and shutil.which("pdflatex") is None:
        pytest.skip("there is no TeX here")
    output = record.with_suffix(f".{ending}")
    words = [*COMMAND, "report", "--from", str(record), "--output", str(output)]
    benchmark.pedantic(subprocess.run, args=(words,), kwargs={"check": True}, rounds=1)
    assert output.stat().st_size > 10_000
    pdfinfo = shutil.which("pdfinfo")
    if ending == "pdf" and pdfinfo is not None:
        told = subprocess.run([pdfinfo, str(output)], capture_output=True, text=True, check=True).stdout
        pages = re.search(r"Pages:\s+(\d+)", told)
        assert pages is not None
        benchmark.extra_info["pages"] = int(pages[1])
