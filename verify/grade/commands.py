"""What the commands ``grade``, ``review``, ``summarize`` and ``assignment`` do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import click

from verify.grade.archive import ArchiveError
from verify.grade.assignment import Assignment, load_assignment
from verify.grade.batch import Batch, records
from verify.grade.check_text import assignment_lines, is_sound
from verify.grade.exports import ExportError, Pending, Person, canvas, gradescope, nbgrader, roster_of
from verify.grade.overrides import NAME, load_overrides
from verify.grade.public import public_text
from verify.grade.review_text import review_lines
from verify.grade.store import StoreError, write, write_json
from verify.grade.submissions import Submission, submissions
from verify.grade.summary import NoResults, doubts, groups, results, summary_lines
from verify.language import Misshapen, Refuted
from verify.read import AssignmentError
from verify.report.terminal import width
from verify.report.text import counted, visible

USAGE, NO_FILE, OURS = 2, 3, 4


class CommandError(Exception):
    """A command cannot go on: says why on one line, and with which exit code it ends."""

    def __init__(self, says: str, code: int) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True)
class Wanted:
    """How a batch is to be graded and exported."""

    output: Path
    jobs: int
    resume: bool
    one: bool
    form: str
    pending: Pending
    export: str | None
    gradebook: str | None
    column: str | None
    roster: str | None
    package: str


def grade_command(path: str, paths: Sequence[str], wanted: Wanted) -> int:
    """Grade a batch; the exit code."""
    assignment = _loaded(path, wanted.package)
    _refuse_wrong_answers(assignment)
    people = _roster(wanted.roster)
    gradebook = None if wanted.gradebook is None else _text(wanted.gradebook)
    try:
        found = submissions(paths, one=wanted.one)
    except ArchiveError as error:
        raise CommandError(str(error), NO_FILE) from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}", NO_FILE) from error
    if not found:
        raise CommandError(f"no submission is in {', '.join(paths)}", NO_FILE)
    try:
        overrides = load_overrides(wanted.output / NAME)
    except AssignmentError as error:
        raise CommandError(str(error), USAGE) from error
    except OSError as error:
        raise CommandError(f"{wanted.output / NAME}: {error.strerror}", NO_FILE) from error
    batch = Batch(
        assignment,
        found,
        wanted.output,
        overrides,
        wanted.package,
        wanted.jobs,
        wanted.resume,
        told=_progress(len(found)),
    )
    try:
        batch.run()
        _exported(wanted, assignment, found, people, gradebook)
    except StoreError as error:
        raise CommandError(f"{error}; what was written before stands, and --resume goes on", NO_FILE) from error
    except ExportError as error:
        raise CommandError(str(error), USAGE) from error
    _tell(batch, wanted)
    return OURS if batch.broken else 0


def _tell(batch: Batch, wanted: Wanted) -> None:
    """What is said when a batch is done."""
    for each in batch.killed:
        click.echo(f"gradproof: {visible(each)}", err=True)
    if wanted.form == "json":
        click.echo((wanted.output / "grades.json").read_text(encoding="utf-8"), nl=False)
        return
    table, found = results(wanted.output)
    click.echo("\n".join(summary_lines(table, found)))
    if batch.moves:
        click.echo(f"\n{counted(len(batch.moves), 'mark')} moved:")
        click.echo("\n".join(f"  {visible(str(move))}" for move in batch.moves))


def _progress(many: int) -> Callable[[str], object]:
    """Tells how far a batch has come: on a terminal with rate and remaining time, elsewhere in a plain log."""
    start, done = monotonic(), 0
    every = max(1, many // 10)

    def told(_: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            rate = done / max(monotonic() - start, 1e-3)
            left = round((many - done) / rate)
            end = "\n" if done == many else ""
            click.echo(f"\r{done} of {many}, {rate:.1f} a second, {left} s left \x1b[K{end}", err=True, nl=False)
        elif done % every == 0 or done == many:
            click.echo(f"gradproof: {done} of {many} graded", err=True)

    return told


def _exported(
    wanted: Wanted,
    assignment: Assignment,
    found: Sequence[Submission],
    people: dict[str, Person],
    gradebook: str | None,
) -> None:
    """Write what another system reads."""
    output, title = wanted.output, assignment.title
    if wanted.export == "csv":
        write(output / "grades.csv", nbgrader(records(output, found), title, people, wanted.pending))
    elif wanted.export == "canvas":
        assert gradebook is not None
        text = canvas(gradebook, wanted.column or title, records(output, found), wanted.pending)
        write(output / "canvas.csv", text)
    elif wanted.export == "gradescope":
        for submission, record in zip(found, records(output, found), strict=False):
            place = output if wanted.one else output / "submissions" / submission.folder
            write_json(place / "results.json", gradescope(record, title, wanted.pending))


def _refuse_wrong_answers(assignment: Assignment) -> None:
    """An assignment whose own answer is wrong would take points from right answers."""
    wrong = [each.part.id for each in assignment.parts if isinstance(each.verdict, Refuted | Misshapen)]
    if wrong:
        says = f"{assignment.path}: the answer to {', '.join(wrong)} is wrong; gradproof assignment check says why"
        raise CommandError(says, USAGE)


def check_command(path: str, package: str) -> int:
    """Prove the answers of an assignment, and say what its names mean; the exit code."""
    assignment = _loaded(path, package)
    click.echo("\n".join(assignment_lines(assignment, width())))
    return 0 if all(map(is_sound, assignment.parts)) else 1


def export_command(path: str, output: str | None, kind: str, package: str) -> int:
    """Write an assignment without its answers, or what Gradescope runs; the exit code."""
    assignment = _loaded(path, package)
    if kind == "public":
        text = public_text(assignment.text)
        if output is None:
            click.echo(text, nl=False)
            return 0
        _written(lambda: write(Path(output), text))
        return 0
    from verify.grade.autograder import write_autograder

    if output is None:
        raise CommandError("--gradescope writes a folder: --output says which", USAGE)
    _written(lambda: write_autograder(Path(output), assignment))
    return 0


def review_command(output: str) -> int:
    """What needs a person; the exit code."""
    _, found = _results(output)
    every = list(found)
    click.echo("\n".join(review_lines(groups(every), list(doubts(every)), width())))
    return 0


def summarize_command(output: str) -> int:
    """The summary of a folder of results; the exit code."""
    batch, found = _results(output)
    click.echo("\n".join(summary_lines(batch, found)))
    return 0


def _results(output: str) -> tuple[Mapping[str, Any], Iterator[Mapping[str, Any]]]:
    try:
        return results(Path(output))
    except NoResults as error:
        raise CommandError(str(error), NO_FILE) from error


def _written(writing: Callable[[], object]) -> None:
    try:
        writing()
    except StoreError as error:
        raise CommandError(str(error), NO_FILE) from error


def _loaded(path: str, package: str) -> Assignment:
    try:
        return load_assignment(path, package)
    except AssignmentError as error:
        raise CommandError(str(error), USAGE) from error
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", NO_FILE) from error


def _roster(path: str | None) -> dict[str, Person]:
    if path is None:
        return {}
    try:
        return roster_of(_text(path))
    except ExportError as error:
        raise CommandError(f"{path}: {error}", USAGE) from error


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: this is not UTF-8", NO_FILE) from error
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", NO_FILE) from error
