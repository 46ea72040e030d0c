"""A process of its own: how long it takes to start, and to reach a first verdict; how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.benchmark

HELP = "import sys; sys.argv = ['gradproof', '--help']; from verify.cli import main; main()"
FIRST = """
from verify.check import check
from verify.language import dims, equal, matrix, vector
m, n = dims("m n")
W, x = matrix("W", m, n), vector("x", n)
(link,) = equal((W * x).T, x.T * W.T).links()
print(type(check(link).verdict).__name__)
"""
# What is resident at most, in megabytes, after each stage.
MEMORY = """
import json
from pathlib import Path
def most():
    (line,) = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) // 1024
found = {"Python itself": most()}
from verify.check import check
found["what decides, loaded"] = most()
from verify.catalog import find
links = [link for named in find("derivations").claims for link in named.claim.links()]
found["all claims, loaded"] = most()
for link in links:
    check(link)
found["all claims, decided"] = most()
print(json.dumps(found))
"""


def run(program: str) -> str:
    """What a program prints, run by this Python in a process of its own."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("program", "says"), [(HELP, "Usage"), (FIRST, "Proved")], ids=["the help", "a first verdict"])
def test_start(benchmark: BenchmarkFixture, program: str, says: str) -> None:
    benchmark.group = "start"
    assert says in benchmark.pedantic(run, args=(program,), rounds=5, warmup_rounds=1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell of a process's memory")
def test_memory(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "memory"
    benchmark.extra_info |= json.loads(benchmark.pedantic(run, args=(MEMORY,), rounds=1))
    assert len(benchmark.extra_info) == 4
