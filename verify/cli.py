"""The command ``gradproof``: checks write-ups, and proves the claims of a package.

What takes time to import is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import traceback
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from verify import __version__
from verify.grade.cli import COMMANDS

if TYPE_CHECKING:
    from verify.read import Context
    from verify.report.documents import Record
    from verify.report.results import CheckedFile, ProvedClaim, TriedMistake

LARGEST_FILE, LARGEST_RECORD = 10_000_000, 200_000_000


class Exit(IntEnum):
    """What the exit code says."""

    PROVED = 0
    NOT_PROVED = 1
    USAGE = 2
    NO_FILE = 3
    OURS = 4
    INTERRUPTED = 130


class Refusal(Exception):
    """What was given cannot be worked on: one line that says why, and the exit code."""

    def __init__(self, says: str, code: Exit) -> None:
        super().__init__(says)
        self.code = code


class Program(click.Group):
    """A group of commands that says on one line why it cannot go on, and ends with its own exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            _say(refusal)
            ctx.exit(refusal.code)
        except KeyboardInterrupt:
            _say("interrupted")
            ctx.exit(Exit.INTERRUPTED)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gradproof", message="%(prog)s %(version)s")
def program() -> None:
    """Prove and check derivations, link by link, for all dimensions.

    A write-up is chains of links, a = b = c. Every link is proved for all dimensions, or refuted at an exact point, or
    named for what it is: misshapen, undecided, unreadable, or stated (a definition: nothing to check).

    \b
    Examples:
      gradproof check homework.md                  a verdict for every link of a write-up
      gradproof grade hw4.toml submissions/ --output results/
      gradproof prove                              every claim of the package derivations
      gradproof prove affine.weight_gradient --explain

    \b
    Exit codes:
      0  everything that was checked is proved
      1  something is refuted, misshapen, undecided or unreadable, or nothing was checked
      2  a mistake in the command line, in an assignment or in a file of claims
      3  a file cannot be read
      4  an error of ours
    """


@program.command(short_help="A verdict for every link of a write-up.")
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--assignment", metavar="FILE", help="A TOML file that says what the names mean, for all FILES.")
@click.option("--macros", metavar="FILE", help="A TeX file whose macros the FILES use.")
@click.option("--format", "form", type=click.Choice(["text", "json", "gcc"]), default="text", show_default=True)
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
        ctx.exit(_answered(jsonl, timings, certificates))
    if not files:
        raise click.UsageError("no FILES are given; - is the standard input")
    if timings:
        raise click.UsageError("--timings goes with --jsonl")
    _only_in_json(certificates, form)
    checked, code = _checked_files(files, assignment, macros, form)
    if form == "json":
        from verify.report.records import check_record

        _print_json(check_record(checked, certificates=certificates))
    ctx.exit(code)


@program.command(short_help="Every claim of a package, proved and sampled.")
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--package", default="derivations", show_default=True, help="The package that declares the claims.")
@click.option("--explain", is_flag=True, help="Show how each link was decided, or what is left of it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="How many processes; by default 4 at most.")
@click.option("--certificates", is_flag=True, help="Add to each link in JSON the evidence for its verdict.")
@click.pass_context
def prove(
    ctx: click.Context,
    names: tuple[str, ...],
    package: str,
    explain: bool,
    form: str,
    jobs: int | None,
    certificates: bool,
) -> None:
    """Prove claims, try them at random points, and see that each of their mistakes is caught.

    NAMES are claims (affine.weight_gradient), modules (affine) or mistakes; without any, all claims are proved.

    \b
    Examples:
      gradproof prove
      gradproof prove affine softmax
      gradproof prove affine.weight_gradient --explain
      gradproof prove --package my_claims --format json
    """
    if explain and form == "json":
        raise click.UsageError("--explain is text; it does not go with --format json")
    _only_in_json(certificates, form)
    claims, mistakes = _proved(names, package, jobs)
    if form == "json":
        from verify.report.records import proofs_record

        _print_json(proofs_record(claims, mistakes, certificates=certificates))
    else:
        _print_proofs(claims, mistakes, explain)
    passed = bool(claims or mistakes) and all(each.passed for each in claims) and all(each.caught for each in mistakes)
    ctx.exit(Exit.PROVED if passed else Exit.NOT_PROVED)


@program.command(short_help="A report to be read: LaTeX, PDF or a page.")
@click.argument("names", nargs=-1, metavar="[NAMES|FILES]...")
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
    """Write a report: claims with their proofs and mistakes, or a write-up, line by line, with verdicts in the margin.

    NAMES are claims (affine.weight_gradient) or modules (affine); without any, all claims are reported. FILES are
    write-ups, as for check. Whether it is LaTeX, a PDF or a page in one file, the ending of --output says; a PDF needs
    a TeX.

    \b
    Examples:
      gradproof report --output report.pdf
      gradproof report affine softmax --output layers.tex
      gradproof report homework.md --assignment hw4.toml --output homework.html
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
        return record_of(_bytes(path, LARGEST_RECORD))
    except NoRecord as error:
        raise Refusal(f"{path}: {error}", Exit.NO_FILE) from error


def _to_report(
    names: tuple[str, ...], assignment: str | None, macros: str | None, package: str, jobs: int | None
) -> Record:
    """The record of write-ups that are checked, or of claims that are proved."""
    from verify.read.files import ENDINGS
    from verify.report.records import check_record, proofs_record

    documents = [name for name in names if name == "-" or name.lower().endswith(ENDINGS) or Path(name).is_dir()]
    if documents:
        if len(documents) < len(names):
            raise click.UsageError("a report is about claims or about write-ups, not both")
        checked, code = _checked_files(names, assignment, macros, "json")
        if not checked:
            raise Refusal("there is no write-up to report", code)
        return check_record(checked)
    claims, mistakes = _proved(names, package, jobs)
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
        _write(beside, text.encode())
        raise Refusal(f"{error}; {beside} is written", Exit.NO_FILE) from error
    _write(output, data)


def _write(path: str, data: bytes) -> None:
    try:
        with click.open_file(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error


for _command in COMMANDS:
    program.add_command(_command)


def _only_in_json(certificates: bool, form: str) -> None:
    if certificates and form != "json":
        raise click.UsageError("--certificates goes with --format json")


def main() -> None:
    """Run the command; an error of ours ends in its traceback, a plea and exit code 4.

    Student text may hold characters that a terminal cannot show, and whoever reads our output may stop reading.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _our_error
    # Hypothesis would leave a folder of its own where it is run.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", f"{os.devnull}/hypothesis")
    program(prog_name="gradproof")


def _our_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    _say("this is an error of ours, not yours; please report it with the lines above")
    raise SystemExit(Exit.OURS)


def _context(path: Path) -> Context:
    from verify.read import AssignmentError, load_context

    try:
        return load_context(path)
    except AssignmentError as error:
        raise Refusal(str(error), Exit.USAGE) from error
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error


def _answered(path: str, timings: bool, certificates: bool) -> Exit:
    """Answer the lines of a file of chains."""
    from verify.stream import answer_lines

    try:
        with click.open_file(path, "rb") as stream:
            outcome = answer_lines(stream, _print_line, timings=timings, certificates=certificates)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error
    if outcome.broken:
        return Exit.OURS
    return Exit.PROVED if outcome.passed else Exit.NOT_PROVED


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _checked_files(
    paths: tuple[str, ...], assignment: str | None, macros: str | None, form: str
) -> tuple[tuple[CheckedFile, ...], Exit]:
    """Check write-ups one by one, and print each as soon as it is checked."""
    from verify.read.files import write_ups

    context = None if assignment is None else _context(Path(assignment))
    known = "" if macros is None else _macros(macros)
    checked: list[CheckedFile] = []
    codes = [Exit.PROVED]
    for path in write_ups(paths):
        try:
            file = _checked(path, assignment, context, known)
        except Refusal as refusal:
            _say(refusal)
            codes.append(refusal.code)
            continue
        codes.append(Exit.PROVED if file.passed else Exit.NOT_PROVED)
        if file.judgments:
            _print_writeup(file, form, first=not any(each.judgments for each in checked))
        checked.append(file)
    if not checked and len(codes) == 1:
        raise Refusal(
            f"no write-up is in {', '.join(paths)}: they end in .md, .qmd, .txt, .tex or .ipynb", Exit.NOT_PROVED
        )
    if form == "text" and len(checked) > 1:
        from verify.report.writeup_text import total

        click.echo(f"\n{total(checked)}")
    return tuple(checked), max(codes)


def _macros(path: str) -> str:
    """The text of a file of macros."""
    from verify.read import ReadError, decode

    try:
        return decode(_bytes(path), path)
    except ReadError as error:
        raise Refusal(str(error).partition("\n")[0], Exit.NO_FILE) from error


def _checked(path: str, assignment: str | None, context: Context | None, macros: str) -> CheckedFile:
    from verify.read import Context, ReadError, decode, judged, read
    from verify.report.results import CheckedFile

    data = _bytes(path)
    beside = Path(path).with_suffix(".toml")
    if assignment is None and path not in {"-", str(beside)} and beside.is_file():
        assignment, context = str(beside), _context(beside)
    try:
        text = decode(data, path)
        document, judgments = judged(lambda known: read(text, path, known, macros), context or Context())
    except ReadError as error:
        raise Refusal(str(error).partition("\n")[0], Exit.NO_FILE) from error
    if not document.steps:
        _say(f"{path}: {'there is no mathematics in it, such as $$ a = b $$' if data.strip() else 'it is empty'}")
    return CheckedFile(path, assignment, document.displays, judgments)


def _bytes(path: str, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, or of the standard input for ``-``."""
    try:
        with click.open_file(path, "rb") as file:
            data: bytes = file.read(largest + 1)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}", Exit.NO_FILE) from error
    if len(data) > largest:
        raise Refusal(f"{path}: it is larger than {largest // 1_000_000} MB", Exit.NO_FILE)
    return data


def _proved(
    names: tuple[str, ...], package: str, jobs: int | None
) -> tuple[tuple[ProvedClaim, ...], tuple[TriedMistake, ...]]:
    from verify.catalog import CatalogError, UnknownName, find
    from verify.check import Contradiction
    from verify.suite import prove_all, usual_jobs

    sys.path.append(str(Path.cwd()))
    try:
        catalog = find(package).select(names)
    except (CatalogError, UnknownName) as error:
        raise Refusal(str(error), Exit.USAGE) from error
    try:
        return prove_all(package, catalog, jobs or usual_jobs())
    except Contradiction as error:
        raise Refusal(f"CONTRADICTION, an error of ours: {error}", Exit.OURS) from error


def _print_writeup(file: CheckedFile, form: str, *, first: bool) -> None:
    if form == "gcc":
        from verify.report.gcc import gcc_lines

        click.echo("".join(f"{line}\n" for line in gcc_lines(file)), nl=False)
    if form != "text":
        return
    from verify.report.terminal import painter, width
    from verify.report.writeup_text import writeup_lines

    click.echo("\n".join([*([] if first else [""]), *writeup_lines(file, width(), painter())]))


def _print_proofs(claims: tuple[ProvedClaim, ...], mistakes: tuple[TriedMistake, ...], explain: bool) -> None:
    from verify.kernel.explain import explain as explained
    from verify.report.proofs_text import proof_lines
    from verify.report.terminal import painter, width

    explanations = {
        each.named.name: tuple(map(explained, each.named.claim.links())) if explain else () for each in claims
    }
    click.echo("\n".join(proof_lines(claims, mistakes, width(), painter(), explanations)))


def _say(message: object) -> None:
    """Say something on the standard error, without the control characters of what a message quotes."""
    shown = "".join(
        each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in str(message)
    )
    click.echo(f"gradproof: {shown}", err=True)


def _print_json(record: object) -> None:
    click.echo(json.dumps(record, indent=2))
