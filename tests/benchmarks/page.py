"""Makes docs/performance.md from pytest-benchmark's JSON: ``python -m tests.benchmarks.page results.json``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

Record = dict[str, Any]


def page(results: Record) -> str:
    """The page, in Markdown."""
    groups: dict[str, list[Record]] = {}
    for each in results["benchmarks"]:
        groups.setdefault(each["group"], []).append(each)
    return "\n".join(_lines(results["machine_info"], groups)) + "\n"


def _lines(machine: Record, groups: dict[str, list[Record]]) -> Iterator[str]:
    yield "# Performance"
    yield ""
    yield "Times are wall-clock, measured by `pytest tests/benchmarks -m benchmark --benchmark-json=results.json`;"
    yield "this page is made of them by `python -m tests.benchmarks.page results.json`. No test asserts a time."
    yield ""
    cpu = machine.get("cpu", {})
    processor = f"{cpu.get('brand_raw', 'unknown processor')}, {cpu.get('count', '?')} cores"
    yield f"Machine: {processor}; Python {machine['python_version']}."
    yield ""
    yield from _totals(groups)
    yield from _simplify(groups)
    for title, group in (
        ("The Jacobian of the softmax, for all n and for a given n", "growth: n"),
        ("Linear layers with biases, collapsed", "growth: linear layers"),
        ("Backpropagation through layers of an unknown function", "growth: nonlinear layers"),
        ("A power of a sum as that many nested sums", "growth: summed indices"),
    ):
        yield from _growth(title, groups.get(group, []))


def _totals(groups: dict[str, list[Record]]) -> Iterator[str]:
    yield "## Deciding"
    yield ""
    yield "| what | how many | median | largest | in all |"
    yield "|---|---|---|---|---|"
    for group in ("decide a claim", "refute a mistake", "prove and sample a claim"):
        times = [each["stats"]["median"] for each in groups.get(group, [])]
        if times:
            yield f"| {group} | {len(times)} | {_time(median(times))} | {_time(max(times))} | {_time(sum(times))} |"
    yield ""
    yield "A claim is all of its links; of the claims every second, of the mistakes every fourth, of the claims with"
    yield "their sampling every eighth was taken. The largest to decide:"
    yield ""
    yield "| claim | links | time |"
    yield "|---|---|---|"
    slowest = sorted(groups.get("decide a claim", []), key=lambda each: -float(each["stats"]["median"]))
    for each in slowest[:8]:
        yield f"| `{each['param']}` | {each['extra_info']['links']} | {_time(each['stats']['median'])} |"
    yield ""


def _simplify(groups: dict[str, list[Record]]) -> Iterator[str]:
    yield "## Beside SymPy's simplify"
    yield ""
    yield "The kernel decides for all dimensions; `sympy.simplify` is given left minus right written out at size 2."
    yield ""
    yield "| claim | kernel, all n | simplify, n = 2 | ratio |"
    yield "|---|---|---|---|"
    for group, pair in sorted(groups.items()):
        if group.startswith("beside simplify: "):
            ours = next(each["stats"]["median"] for each in pair if "ours" in each["name"])
            theirs = next(each["stats"]["median"] for each in pair if "simplify_at" in each["name"])
            name = group.removeprefix("beside simplify: ")
            yield f"| `{name}` | {_time(ours)} | {_time(theirs)} | {theirs / ours:.0f} |"
    yield ""


def _growth(title: str, records: list[Record]) -> Iterator[str]:
    if not records:
        return
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(str(each['param']) for each in records)} |"
    yield f"|{'---|' * len(records)}"
    yield f"| {' | '.join(_time(each['stats']['median']) for each in records)} |"
    yield ""


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    sys.stdout.write(page(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
