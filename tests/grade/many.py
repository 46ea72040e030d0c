"""Grade thousands of submissions whose marks are known beforehand: ``python -m tests.grade.many FOLDER --many 10000``.

They are graded by the command, once without a stop, and once killed at random moments and resumed. Told are the rate,
the memory, and every mark that is not what it must be; it ends with 1 if there is one, or if the two results differ.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from tests.grade.planted import plant, unexpected

ROOT = Path(__file__).parents[2]
KILLS = 3


def command(name: str, folder: Path, output: str, *more: str) -> list[str]:
    """The command that grades a folder."""
    program = [sys.executable, "-c", "from verify.cli import main; main()"]
    assignment = ROOT / "docs" / "examples" / "assignments" / f"{name}.toml"
    return [*program, "grade", str(assignment), str(folder / "in"), "--output", str(folder / output), *more]


def graded(arguments: Sequence[str]) -> tuple[float, list[int]]:
    """How many seconds it took, and the largest memory of its processes in MB, measured ten times on the way."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sizes: list[tuple[float, int]] = []
    while process.poll() is None:
        time.sleep(1)
        sizes.append((time.perf_counter() - start, max(map(_megabytes, [process.pid, *_children(process.pid)]))))
    if process.returncode:
        raise SystemExit(f"grading ended with {process.returncode}")
    every = max(1, len(sizes) // 10)
    return time.perf_counter() - start, [size for _, size in sizes[::every]]


def _children(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _megabytes(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, IndexError):
        return 0


def interrupted(name: str, folder: Path, many: int, generator: random.Random, kills: int = KILLS) -> None:
    """Grade a folder, and kill everything at random moments; the last time it is let go on to the end."""
    for number in range(kills):
        arguments = command(name, folder, "killed", *(["--resume"] if number else []))
        process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        enough = generator.randrange(many * number // kills, many * (number + 1) // kills)
        while process.poll() is None and _done(folder / "killed") <= enough:
            time.sleep(0.05)
        time.sleep(generator.random() / 10)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        click.echo(f"killed after {_done(folder / 'killed')} of {many}")
    subprocess.run(command(name, folder, "killed", "--resume"), check=True, capture_output=True)


def _done(output: Path) -> int:
    found = output / "submissions"
    return sum(1 for _ in found.iterdir()) if found.is_dir() else 0


def differing(first: Path, second: Path) -> list[str]:
    """The files that are not the same, byte by byte, in two folders."""
    found = [each for each in _files(first) if not (second / each).is_file()]
    found += [each for each in _files(second) if not (first / each).is_file()]
    return found or [each for each in _files(first) if (first / each).read_bytes() != (second / each).read_bytes()]


def _files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def main() -> None:
    """Plant, grade, kill and resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--assignment", choices=("networks", "vectors"), default="networks")
    chosen = parser.parse_args()
    name, folder, many = chosen.assignment, chosen.folder, chosen.many
    expected = plant(folder / "in", name, many)
    click.echo(f"{many} submissions to {name}")
    seconds, sizes = graded(command(name, folder, "whole", "--jobs", chosen.jobs))
    click.echo(f"{seconds:.0f} s, {many / seconds:.1f} a second; MB of the largest process on the way: {sizes}")
    wrong = unexpected(folder / "whole", expected)
    click.echo("\n".join([*wrong[:20], f"{len(wrong)} marks are not what they must be"]))
    interrupted(name, folder, many, random.Random())  # noqa: S311 - not for secrets
    other = differing(folder / "whole", folder / "killed")
    click.echo(f"{len(other)} files differ after kills: {other[:5]}")
    raise SystemExit(bool(wrong or other))


if __name__ == "__main__":
    main()
