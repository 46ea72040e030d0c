"""What a folder of results says: how the marks are spread, which mistakes are common, and what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.grade.store import read_json
from verify.report.text import counted, visible

BINS = 10
EXAMPLES, COMMONEST = 3, 10
NOT_NEEDED = ("proved", "stated", "refuted", "misshapen")


class NoResults(ValueError):
    """A folder holds no results: says which."""


@dataclass
class Group:
    """A link that stands in several submissions, all alike."""

    key: str
    text: str
    verdict: str
    why: str
    question: str | None
    submissions: list[str] = field(default_factory=list)


def results(output: Path) -> tuple[Mapping[str, Any], Iterator[Mapping[str, Any]]]:
    """The record of a batch, and those of its submissions, one by one. Raises :class:`NoResults`."""
    batch = read_json(output / "batch.json")
    if batch is None or batch.get("format") != "gradproof.batch/1":
        raise NoResults(f"{output}: there are no results here; gradproof grade --output {output} would write them")
    folders = [each["folder"] for each in batch["submissions"]]
    found = (read_json(output / "submissions" / folder / "grade.json") for folder in folders)
    return batch, (each for each in found if each is not None)


def summary_lines(batch: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The summary of a batch as lines of text."""
    scores: list[float] = []
    pending = 0
    parts: dict[str, list[float]] = {name: [0.0, 0.0, 0.0, 0.0] for name in batch["parts"]}
    mistakes: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    unread: list[str] = []
    for record in records:
        scores.append(record["score"])
        pending += record["pending"] > 0
        unread += [f"{record['submission']}: {each['path']}: {each['why']}" for each in record["unread"]]
        for part in record["parts"]:
            own = parts.setdefault(part["id"], [0.0, 0.0, 0.0, 0.0])
            for at, amount in enumerate((1, part["score"], part["pending"], part["points"])):
                own[at] += amount
            for code in part["mistakes"]:
                mistakes[code] += 1
                examples.setdefault(code, []).append(f"{record['submission']}, {part['id']}")
    yield visible(batch["title"])
    missing = len(batch["submissions"]) - len(scores)
    graded = counted(len(scores), "submission")
    yield f"{graded} graded" + (f", {missing} not yet; --resume goes on" if missing else "")
    if scores:
        yield from _spread(scores, batch["points"])
    yield from _parts(parts)
    if mistakes:
        yield from ("", "Mistakes")
    for code, many in sorted(mistakes.items(), key=lambda pair: (-pair[1], pair[0]))[:COMMONEST]:
        yield f"  {code:<18} {many:>5}   {visible('; '.join(examples[code][:EXAMPLES]))}"
    if pending or unread:
        yield from ("", f"For a person: {counted(pending, 'submission')}; gradproof review lists what")
    yield from (f"  not read: {visible(each)}" for each in unread[:COMMONEST])


def _spread(scores: list[float], points: float) -> Iterator[str]:
    """How the scores are spread."""
    ordered = sorted(scores)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    mean = round(sum(ordered) / len(ordered), 2)
    yield f"mean {mean:g}, median {middle:g}, from {ordered[0]:g} to {ordered[-1]:g} of {points:g}"
    yield ""
    width = (points or 1) / BINS
    bins = Counter(min(int(score / width), BINS - 1) for score in scores)
    most = max(bins.values())
    for at in range(BINS):
        many = bins.get(at, 0)
        line = f"  {at * width:>5g} to {(at + 1) * width:<5g} {many:>5}  {'#' * round(40 * many / most)}"
        yield line.rstrip()


def _parts(parts: Mapping[str, list[float]]) -> Iterator[str]:
    """The mean of each part."""
    yield from ("", f"  {'part':<12} {'mean':>6} {'pending':>8} {'of':>5}")
    for name, (many, score, open_points, points) in parts.items():
        if many:
            yield f"  {name:<12} {score / many:>6.2f} {open_points / many:>8.2f} {points / many:>5g}"


def groups(records: Iterable[Mapping[str, Any]]) -> list[Group]:
    """The links that need a person, alike ones together, the most frequent first."""
    found: dict[str, Group] = {}
    for record in records:
        for each in record["links"]:
            link, key = each["link"], each["key"]
            if key is None or each["override"] is not None or link["verdict"] in NOT_NEEDED:
                continue
            text = link["left"] if link["relation"] is None else f"{link['left']} {link['relation']} {link['right']}"
            group = Group(key, text, link["verdict"], link["why"] or "", link["question"])
            found.setdefault(key, group).submissions.append(record["submission"])
    return sorted(found.values(), key=lambda group: (-len(group.submissions), group.key))


def doubts(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The parts that need a person: submission, part, and why."""
    for record in records:
        for part in record["parts"]:
            if part["pending"]:
                yield record["submission"], part["id"], "; ".join(part["why"])
