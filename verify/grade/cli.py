"""The commands for graders. What takes time to import is imported inside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verify.grade.exports import Pending

PACKAGE = click.option(
    "--package", default="derivations", show_default=True, help="The package of the claims that answer parts."
)


@click.command(short_help="Marks for submissions, with the reason of each.")
@click.argument("assignment", metavar="ASSIGNMENT")
@click.argument("submissions", nargs=-1, required=True, metavar="SUBMISSIONS...")
@click.option("--output", required=True, metavar="FOLDER", help="Where the results are written.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="How many processes."
)
@click.option("--resume", is_flag=True, help="Grade only what is not graded yet, or was killed.")
@click.option("--one", is_flag=True, help="All files are one submission.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--export", type=click.Choice(["gradescope", "canvas", "csv"]), help="Write the marks for another system."
)
@click.option(
    "--pending",
    type=click.Choice(["zero", "omit"]),
    default="omit",
    show_default=True,
    help="What an export does with points for a person.",
)
@click.option("--gradebook", metavar="FILE", help="With --export canvas, the gradebook that Canvas exported.")
@click.option("--column", help="With --export canvas, its column; by default the title of the assignment.")
@click.option("--roster", metavar="FILE", help="A CSV that says who has which id.")
@PACKAGE
@click.pass_context
def grade(
    ctx: click.Context,
    assignment: str,
    submissions: tuple[str, ...],
    output: str,
    jobs: int,
    resume: bool,
    one: bool,
    form: str,
    export: str | None,
    pending: str,
    gradebook: str | None,
    column: str | None,
    roster: str | None,
    package: str,
) -> None:
    """Grade submissions: every point is awarded, pending for a person, or lost, and it is said why.

    SUBMISSIONS are files, folders in which each file or folder is one submission, zip archives of such, or the export
    of an LMS. What a person decides stands in overrides.toml in the FOLDER, and is kept.

    \b
    Examples:
      gradproof grade hw4.toml submissions/ --output results/
      gradproof grade hw4.toml submissions.zip --output results/ --jobs 2 --resume
      gradproof grade hw4.toml submissions/ --output results/ --export csv --roster people.csv
      gradproof grade hw4.toml hw.md notes.tex --one --output results/ --format json
    """
    from verify.grade.commands import Wanted, grade_command

    if (export == "canvas") != (gradebook is not None):
        raise click.UsageError("--export canvas and --gradebook go together")
    policy: Pending = "zero" if pending == "zero" else "omit"
    wanted = Wanted(Path(output), jobs, resume, one, form, policy, export, gradebook, column, roster, package)
    _run(ctx, lambda: grade_command(assignment, submissions, wanted))


@click.command(short_help="What needs a person.")
@click.argument("results", metavar="FOLDER")
@click.pass_context
def review(ctx: click.Context, results: str) -> None:
    """List what needs a person: links that were not decided or read, alike ones together, the most frequent first."""
    from verify.grade.commands import review_command

    _run(ctx, lambda: review_command(results))


@click.command(short_help="How the marks are spread, and which mistakes are common.")
@click.argument("results", metavar="FOLDER")
@click.pass_context
def summarize(ctx: click.Context, results: str) -> None:
    """Summarize results: the marks, the commonest mistakes with examples, and what needs a person."""
    from verify.grade.commands import summarize_command

    _run(ctx, lambda: summarize_command(results))


@click.group(short_help="Prove the answers of an assignment, or write it for others.")
def assignment() -> None:
    """Work on the file of an assignment."""


@assignment.command(short_help="Prove its answers, and say what its names mean.")
@click.argument("file", metavar="FILE")
@PACKAGE
@click.pass_context
def check(ctx: click.Context, file: str, package: str) -> None:
    """Prove the answers of an assignment, and say what each of its names means; 1 if an answer is not proved.

    \b
    Example:
      gradproof assignment check hw4.toml
    """
    from verify.grade.commands import check_command

    _run(ctx, lambda: check_command(file, package))


@assignment.command(short_help="Write it for students, or for Gradescope.")
@click.argument("file", metavar="FILE")
@click.option("--public", "kind", flag_value="public", help="The file without its answers, for students.")
@click.option("--gradescope", "kind", flag_value="gradescope", help="A folder that Gradescope runs.")
@click.option("--output", metavar="PATH", help="Where to; by default --public is printed.")
@PACKAGE
@click.pass_context
def export(ctx: click.Context, file: str, kind: str | None, output: str | None, package: str) -> None:
    """Write an assignment for others: without its answers, or with what Gradescope needs.

    \b
    Examples:
      gradproof assignment export hw4.toml --public
      gradproof assignment export hw4.toml --gradescope --output autograder/
    """
    from verify.grade.commands import export_command

    if kind is None:
        raise click.UsageError("--public or --gradescope says what to write")
    _run(ctx, lambda: export_command(file, output, kind, package))


COMMANDS: tuple[click.Command, ...] = (grade, review, summarize, assignment)


def _run(ctx: click.Context, command: Callable[[], int]) -> None:
    from verify.grade.commands import CommandError

    try:
        code = command()
    except CommandError as error:
        click.echo(f"gradproof: {error}", err=True)
        code = error.code
    ctx.exit(code)
