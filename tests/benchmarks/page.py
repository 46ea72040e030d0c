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
    kind = f"{machine.get('system', 'unknown system')} on {machine.get('machine', 'an unknown processor')}"
    yield f"Machine: {cpu.get('count', '?')} virtual cores, {kind}; Python {machine['python_version']}."
    yield "Everything was measured in one run; other work beside it makes all times longer, and leaves the ratios."
    yield ""
    yield from _totals(groups)
    yield from _start(groups)
    yield from _reading(groups)
    yield from _report(groups.get("report", []))
    yield from _math_verify(groups.get("beside Math-Verify", []))
    yield from _gradcheck(groups.get("beside gradcheck", []))
    yield from _simplify(groups)
    for title, group in (
        ("The Jacobian of the softmax, for all n and for a given n", "growth: n"),
        ("Linear layers with biases, collapsed", "growth: linear layers"),
        ("Backpropagation through layers of an unknown function", "growth: nonlinear layers"),
        ("A power of a sum as that many nested sums", "growth: summed indices"),
        ("A file of that many links, read and decided", "growth: links of a file"),
        ("A folder of that many submissions, graded by two workers", "growth: submissions"),
        ("Displays of a file that are all alike, read", "growth: displays of a file"),
        ("Definitions of a file, each of another name, read", "growth: definitions of a file"),
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


def _start(groups: dict[str, list[Record]]) -> Iterator[str]:
    starts = groups.get("start", [])
    if starts:
        yield "## A process of its own"
        yield ""
        shown = [f"{each['param']} after {_time(each['stats']['median'])}" for each in map(_named, starts)]
        yield f"From the start of Python: {', '.join(shown)}."
        yield ""
    for each in groups.get("memory", []):
        yield f"| {' | '.join(each['extra_info'])} |"
        yield f"|{'---|' * len(each['extra_info'])}"
        yield f"| {' | '.join(f'{value} MB' for value in each['extra_info'].values())} |"
        yield ""
        yield "That is the most that was in use up to then. It does not grow with the number of links, since what is"
        yield "kept of those that were decided is bounded: `python -m tests.benchmarks.long_run` shows memory and rate"
        yield "over a million of them. When it last did, beside other work, 1,000,000 distinct random links were"
        yield "decided in one process, 500 to 760 a second from the first ten thousand to the last, none wrongly, in"
        yield "87 to 102 MB."
        yield ""


def _named(record: Record) -> Record:
    """A record with what stands in the brackets of its test's name for its parameter."""
    return {**record, "param": record["name"].partition("[")[2].removesuffix("]")}


def _reading(groups: dict[str, list[Record]]) -> Iterator[str]:
    yield "## Reading"
    yield ""
    chains = [each["stats"]["median"] for each in groups.get("read a chain", [])]
    if chains:
        yield f"A chain of the field, of one link, is read in {_time(median(chains))} (median of {len(chains)}), and at"
        yield f"most in {_time(max(chains))}."
    others = [each["stats"]["median"] for each in groups.get("read another chain", [])]
    if others:
        yield "Of chains that differ in a number, so that none was read before, one is read in"
        yield f"{_time(median(others))}."
    for each in groups.get("read a write-up", []):
        yield f"The write-up `neural-networks.md` of the examples is read in {_time(each['stats']['median'])}."
    yield ""
    answered = groups.get("answer lines", [])
    if answered:
        rates = {each["param"]: each["extra_info"]["lines"] / each["stats"]["median"] for each in answered}
        shown = ", ".join(f"{rate:.0f} {which} ones" for which, rate in rates.items())
        yield f"`gradproof check --jsonl` reads and decides, in one process, so many lines a second: {shown}."
        yield ""


def _report(records: list[Record]) -> Iterator[str]:
    if not records:
        return
    pages = max(each["extra_info"].get("pages", 0) for each in records)
    yield "## A report"
    yield ""
    yield f"Of {pages} pages, from what `gradproof prove --format json` printed, the start of the program included:"
    yield ""
    yield f"| {' | '.join(each['param'] for each in records)} |"
    yield f"|{'---|' * len(records)}"
    yield f"| {' | '.join(_time(each['stats']['median']) for each in records)} |"
    yield ""


def _math_verify(records: list[Record]) -> Iterator[str]:
    if not records:
        return
    yield "## Beside Math-Verify"
    yield ""
    yield "[Math-Verify](https://pypi.org/project/math-verify/) compares answers, and is not made for derivations: it"
    yield "is given both sides of a link and asked whether they are equal, in the same run. Links that hold are claims"
    yield "of the package, those that do not are its mistakes; every eighth was taken. It reads no dimensions and no"
    yield "declarations, which the links are about, so that most of what it calls different it cannot know."
    yield ""
    yield "| | a link, median | largest | that hold, said so | said not | others, said so | said to hold |"
    yield "|---|---|---|---|---|---|---|"
    for each in sorted(records, key=lambda each: str(each["extra_info"]["system"]), reverse=True):
        info = each["extra_info"]
        hold, fail = (
            sum(value for key, value in info.items() if key.startswith(f"{kind}, said")) for kind in ("right", "wrong")
        )
        yield (
            f"| {info['system']} | {_time(info['median'])} | {_time(info['largest'])} "
            f"| {info['right, said holds']} of {hold} | {info['right, said fails']} "
            f"| {info['wrong, said fails']} of {fail} | {info['wrong, said holds']} |"
        )
    yield ""
    infos = {each["extra_info"]["system"]: each["extra_info"] for each in records}
    yield from _both(infos["Math-Verify"], infos["gradproof"])


def _both(theirs: Record, ours: Record) -> Iterator[str]:
    """What both systems say rightly, and how often the one takes as long as the other: of each link by itself."""
    both = [place for place, rights in enumerate(zip(theirs["right"], ours["right"], strict=True)) if all(rights)]
    ratio = median(theirs["times"][place] / ours["times"][place] for place in both)
    in_all = sum(theirs["times"][place] for place in both) / sum(ours["times"][place] for place in both)
    yield f"Of the {len(both)} that both say rightly Math-Verify takes {ratio:.0f} times as long (the median of the"
    yield f"ratios), and {in_all:.0f} times as long in all."
    yield ""


def _gradcheck(records: list[Record]) -> Iterator[str]:
    if not records:
        return
    kinds = ("right", "slightly wrong", "wrong")
    yield "## Beside gradcheck"
    yield ""
    yield "[torch.autograd.gradcheck](https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html)"
    yield "compares a gradient with differences at one point, for given sizes (a network of 4, 5 and 3 units), up to"
    yield "a tolerance; the kernel decides it for all sizes and all points. Right gradients of an affine map, of the"
    yield "cross-entropy and of a network are claims of the package, wrong ones its mistakes; slightly wrong ones are a"
    yield "twentieth of a percent too large. In one run:"
    yield ""
    yield f"| | {' | '.join(f'{kind}, accepted | median' for kind in kinds)} |"
    yield f"|{'---|' * (1 + 2 * len(kinds))}"
    for each in sorted(records, key=lambda each: str(each["extra_info"]["system"]), reverse=True):
        told = [each["extra_info"][kind] for kind in kinds]
        cells = [f"{one['accepted']} of {one['of']} | {_time(one['median'])}" for one in told]
        yield f"| {each['extra_info']['system']} | {' | '.join(cells)} |"
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
