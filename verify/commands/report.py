"""``gradproof report``: claims with their proofs, a write-up line by line, or a graded batch; as LaTeX, PDF or page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands.ending import Exit, Refusal
from verify.commands.given import LARGEST_RECORD, bytes_of, write
from verify.commands.prove import proved_claims

if TYPE_CHECKING:
    from verify.report.documents import Record


@click.command(short_help="A report to be read: LaTeX, PDF or a page.")
@click.argument("names", nargs=-1, metavar="[NAMES|FILES|FOLDER]...")
@click.option("--output", required=True, metavar="FILE", help="What to write: .tex, .pdf or .html; - prints LaTeX.")
@click.option("--from", "kept", metavar="FILE", help="Report what check or prove printed with --format json.")
@click.option("--assignment", metavar="FILE", help="A TOML file that says what the names mean, for all FILES.")
@click.option("--macros", metavar="FILE", help="A TeX file whose macros the FILES use.")
@click.option("--package", default="derivations", show_default=True, help="The package that declares the claims.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="How many processes; by default 4 at most.")
@click.pass_context
def report(
    ctx: click.Context,
    names: tuple[str, ...],
    output: str,
    kept: str | None,
    assignment: str | None,
    macros: str | None,
    package: str,
    jobs: int | None,
) -> None:
    """Write a report: of claims, with their proofs and mistakes, of a write-up or of a graded batch.

    NAMES are claims (affine.weight_gradient) or modules (affine); without any, all claims are reported. FILES are
    write-ups, as for check: their own lines are shown with verdicts in the margin. FOLDER is what grade wrote: the
    marks, the commonest mistakes and what needs a person are shown. Whether it is LaTeX, a PDF or a page in one file,
    the ending of --output says; a PDF needs a TeX.

    \b
    Examples:
      gradproof report --output report.pdf
      gradproof report affine softmax --output layers.tex
      gradproof report homework.md --assignment hw4.toml --output homework.html
      gradproof report results/ --output course.pdf
      gradproof report --from check.json --output homework.pdf
      gradproof report --package my_claims --output - | less
    """
    from verify.report.documents import ENDINGS, passes

    if output != "-" and Path(output).suffix not in ENDINGS:
        raise click.UsageError(f"--output is a file that ends in .tex, .pdf or .html, or -, and not {output}")
    record = _kept(kept, names) if kept is not None else _to_report(names, assignment, macros, package, jobs)
    _write_report(record, output)
    ctx.exit(Exit.PROVED if passes(record) else Exit.NOT_PROVED)


def _kept(path: str, names: tuple[str, ...]) -> Record:
    """The record in a file."""
    from verify.report.documents import NoRecord, record_of

    if names:
        raise click.UsageError("--from reports all that is in its FILE; it goes with no NAMES")
    try:
        return record_of(bytes_of(path, LARGEST_RECORD))
    except NoRecord as error:
        raise Refusal(f"{path}: {error}", Exit.NO_FILE) from error


def _to_report(
    names: tuple[str, ...], assignment: str | None, macros: str | None, package: str, jobs: int | None
) -> Record:
    """The record of a folder of results, of write-ups that are checked, or of claims that are proved."""
    from verify.commands.checked import Wanted
    from verify.commands.results import course, has_results
    from verify.commands.writeups import checked_files
    from verify.read.files import ENDINGS
    from verify.report.records import check_record, proofs_record

    if any(map(has_results, names)):
        if len(names) > 1:
            raise click.UsageError("a report is about one folder of results, and nothing else")
        return course(names[0])
    documents = [name for name in names if name == "-" or name.lower().endswith(ENDINGS) or Path(name).is_dir()]
    if documents:
        if len(documents) < len(names):
            raise click.UsageError("a report is about claims or about write-ups, not both")
        checked, code = checked_files(names, Wanted(assignment, macros, "json", diagnose=True))
        if not checked:
            raise Refusal("there is no write-up to report", code)
        return check_record([each.record for each in checked if each.record is not None])
    claims, mistakes = proved_claims(names, package, jobs)
    if not claims:
        raise Refusal(f"there is no claim in {' '.join(names) or package} to report", Exit.USAGE)
    return proofs_record(claims, mistakes)


def _write_report(record: Record, output: str) -> None:
    """Write a report as the ending says; without a TeX the LaTeX is written in the place of the PDF."""
    from verify.report.documents import NoRecord, html, latex
    from verify.report.engine import NoEngine, TexError, engine, pdf

    suffix = ".tex" if output == "-" else Path(output).suffix
    try:
        text = html(record) if suffix == ".html" else latex(record)
    except NoRecord as error:
        raise Refusal(str(error), Exit.NO_FILE) from error
    try:
        data = pdf(text, engine()) if suffix == ".pdf" else text.encode()
    except (NoEngine, TexError) as error:
        beside = str(Path(output).with_suffix(".tex"))
        write(beside, text.encode())
        raise Refusal(f"{error}; {beside} is written", Exit.NO_FILE) from error
    write(output, data)
