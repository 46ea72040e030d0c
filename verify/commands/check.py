"""``gradproof check``: a verdict for every link of write-ups, or of chains in JSON."""

from __future__ import annotations

import sys

import click

from verify.commands.ending import Exit, Refusal, only_in_json
from verify.commands.given import print_json
from verify.commands.room import imported


@click.command(short_help="A verdict for every link of a write-up.")
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--assignment", metavar="FILE", help="A TOML file that says what the names mean, for all FILES.")
@click.option("--macros", metavar="FILE", help="A TeX file whose macros the FILES use.")
@click.option("--format", "form", type=click.Choice(["text", "json", "gcc"]), default="text", show_default=True)
@click.option("--diagnose", is_flag=True, help="Name the mistake that explains each wrong link.")
@click.option("--jsonl", metavar="FILE", help="Answer each line of FILE, a chain in JSON, by a line of JSON.")
@click.option("--certificates", is_flag=True, help="Add to each link in JSON the evidence for its verdict.")
@click.option("--timings", is_flag=True, help="With --jsonl, add to each answer the seconds that it took.")
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[str, ...],
    assignment: str | None,
    macros: str | None,
    form: str,
    diagnose: bool,
    jsonl: str | None,
    certificates: bool,
    timings: bool,
) -> None:
    """Check write-ups: a verdict for every link, with its evidence.

    FILES are Markdown (.md, .qmd), text (.txt), TeX (.tex) or notebooks (.ipynb); a folder stands for all of them in
    it, and - for the standard input. A file of the same name that ends in .toml, beside the write-up, says what its
    names mean, unless --assignment names another.

    \b
    Examples:
      gradproof check homework.md
      gradproof check homework.md --assignment hw4.toml
      gradproof check hw.tex notes.ipynb solutions/ --assignment hw4.toml
      gradproof check homework.md --format json
      cat homework.md | gradproof check - --assignment hw4.toml
      gradproof check --jsonl chains.jsonl
    """
    if jsonl is not None:
        if files or assignment is not None or macros is not None:
            raise click.UsageError("--jsonl reads one FILE, and every line of it has a context of its own")
        ctx.exit(_answered(jsonl, timings, certificates, diagnose))
    if not files:
        raise click.UsageError("no FILES are given; - is the standard input")
    if timings:
        raise click.UsageError("--timings goes with --jsonl")
    only_in_json(form, certificates=certificates)
    with imported():
        from verify.commands.checked import Wanted
        from verify.commands.writeups import checked_files

    checked, code = checked_files(files, Wanted(assignment, macros, form, diagnose, certificates))
    if form == "json":
        from verify.report.records import check_record

        print_json(check_record([each.record for each in checked if each.record is not None]))
    ctx.exit(code)


def _answered(path: str, timings: bool, certificates: bool, diagnosed: bool) -> Exit:
    """Answer the lines of a file of chains."""
    with imported():
        from verify.stream import answer_lines

    try:
        with click.open_file(path, "rb") as stream:
            outcome = answer_lines(stream, _print_line, timings=timings, certificates=certificates, diagnosed=diagnosed)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error
    if outcome.broken:
        return Exit.OURS
    return Exit.PROVED if outcome.passed else Exit.NOT_PROVED


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
