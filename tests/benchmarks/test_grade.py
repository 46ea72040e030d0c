"""How many submissions are graded in a second, in how much memory; and that no mark of them is wrong."""

import json
import os
import random
import resource
import time
from pathlib import Path

import pytest

from verify.grade.assignment import load_assignment
from verify.grade.batch import Batch
from verify.grade.overrides import NOTHING
from verify.grade.submissions import submissions

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("SUBMISSIONS", "1000"))

SLOPE = r"\sigma'(t) = \frac{e^{-t}}{(1 + e^{-t})^2} = \sigma(t) - \sigma(t)^2 = \sigma(t) (1 - \sigma(t))"

# Answers to four parts of the assignment networks.toml: right ones with the points they earn, and wrong ones.
CHAINS: dict[str, tuple[str, list[tuple[str, float, str | None]]]] = {
    "2a": (
        "Question 2",
        [
            ("y = W_2 (W_1 x + b_1) + b_2 = W_2 W_1 x + W_2 b_1 + b_2", 2, None),
            ("y = W_2 W_1 x + W_2 b_1 + b_2", 2, None),
            ("y = W_2 W_1 x + W_2 b_1", 1, "missing-term"),
        ],
    ),
    "3a": (
        "Question 3",
        [
            (SLOPE, 3, None),
            (r"\sigma'(t) = \sigma(t) (1 - \sigma(t))", 2, None),
            (r"\sigma'(t) = \sigma(t) (1 + \sigma(t))", 1, "sign"),
        ],
    ),
    "4b": (
        "Question 4",
        [
            (r"\frac{\partial J}{\partial x} = W \delta", 2, None),
            (r"\frac{\partial J}{\partial x} = - W \delta", 1.5, "sign"),
            (r"\frac{\partial J}{\partial x} = W^T \delta", 1, "transpose"),
        ],
    ),
    "5a": (
        "Question 5",
        [
            (r"\operatorname{Var}(w^T x) = \sum_i \operatorname{Var}(w_i x_i) = n s v", 3, None),
            (r"\operatorname{Var}(w^T x) = s v", 1, "missing-factor"),
        ],
    ),
}


def planted(generator: random.Random, path: Path) -> dict[str, tuple[float, str | None]]:
    """A submission with answers drawn at random, and what each must earn."""
    lines: list[str] = []
    expected: dict[str, tuple[float, str | None]] = {}
    for part, (heading, answers) in CHAINS.items():
        latex, points, mistake = generator.choice(answers)
        letters = f"c_{{{generator.randrange(40)}}}"
        lines += [f"# {heading}", f"Let ${letters} = {generator.randrange(1, 9)}$.", "", f"$${latex}$$", ""]
        expected[part] = (points, mistake)
    path.write_text("\n".join(lines))
    return expected


@pytest.mark.benchmark
def test_generated_submissions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generator = random.Random(0)  # noqa: S311 - not for secrets
    folder = tmp_path / "in"
    folder.mkdir()
    expected = {f"s{at:05}": planted(generator, folder / f"s{at:05}.md") for at in range(MANY)}
    assignment = load_assignment(ROOT / "docs" / "examples" / "assignments" / "networks.toml")
    found = submissions([str(folder)])
    start = time.perf_counter()
    Batch(assignment, found, tmp_path / "out", NOTHING, jobs=2).run()
    seconds = time.perf_counter() - start
    wrong = []
    for name, parts in expected.items():
        record = json.loads((tmp_path / "out" / "submissions" / name / "grade.json").read_text())
        marks = {part["id"]: part for part in record["parts"]}
        for part, (points, mistake) in parts.items():
            mark = marks[part]
            if mark["score"] != points or (mistake is not None and mistake not in mark["mistakes"]):
                wrong.append((name, part, points, mistake, mark["score"], mark["mistakes"], mark["why"]))
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    with capsys.disabled():
        rate = f"{MANY} submissions, {seconds:.1f} s, {MANY / seconds:.1f} a second"
        print(f"\n{rate}, {ours} MB here, {theirs} MB a worker")  # noqa: T201
    assert wrong == []
