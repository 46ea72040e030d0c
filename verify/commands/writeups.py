"""Write-ups, checked one by one, and each printed as soon as it is checked.

Each link is decided in a process that runs ahead, so that one at which it hangs, grows or dies is undecided, and all
others have their verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from verify.commands.ending import Exit, Refusal, say
from verify.commands.given import bytes_of, context_in, text_of
from verify.commands.progress import Progress
from verify.diagnose import Told, explain_link
from verify.language import Judgment, Link, Misshapen, Refuted, Undecided, Verdict
from verify.read import Context, Document, ReadError, decode, judged, read
from verify.read.files import write_ups
from verify.read.judge import decided
from verify.report.results import CheckedFile
from verify.stream.ahead import ahead
from verify.stream.worker import Lost


@dataclass(frozen=True)
class Wanted:
    """What is asked for all write-ups: the file of the context, the macros, the format, and whether to diagnose."""

    assignment: str | None
    macros: str | None
    form: str
    diagnose: bool = False


def checked_files(paths: Sequence[str], wanted: Wanted) -> tuple[tuple[CheckedFile, ...], Exit]:
    """Check write-ups one by one, and print each as soon as it is checked; and the worst of their exit codes."""
    context = None if wanted.assignment is None else context_in(Path(wanted.assignment))
    macros = "" if wanted.macros is None else text_of(wanted.macros)
    checked: list[CheckedFile] = []
    codes = [Exit.PROVED]
    for path in write_ups(paths):
        try:
            file, code = _checked(path, wanted, context, macros)
        except Refusal as refusal:
            say(refusal)
            codes.append(refusal.code)
            continue
        codes.append(code)
        if file.judgments:
            _print(file, wanted.form, first=not any(each.judgments for each in checked))
        checked.append(file)
    if not checked and len(codes) == 1:
        raise Refusal(
            f"no write-up is in {', '.join(paths)}: they end in .md, .qmd, .txt, .tex or .ipynb", Exit.NOT_PROVED
        )
    if wanted.form == "text" and len(checked) > 1:
        from verify.report.writeup_text import total

        click.echo(f"\n{total(checked)}")
    return tuple(checked), max(codes)


def _checked(path: str, wanted: Wanted, context: Context | None, macros: str) -> tuple[CheckedFile, Exit]:
    assignment = wanted.assignment
    data = bytes_of(path)
    beside = Path(path).with_suffix(".toml")
    if assignment is None and path not in {"-", str(beside)} and beside.is_file():
        assignment, context = str(beside), context_in(beside)
    try:
        text = decode(data, path)
        document, judgments, found, broken = _judged(path, text, context or Context(), macros, wanted.diagnose)
    except ReadError as error:
        raise Refusal(str(error).partition("\n")[0], Exit.NO_FILE) from error
    except MemoryError as error:
        raise Refusal(f"{path}: there is not enough memory to read it", Exit.NO_FILE) from error
    if not document.steps:
        say(f"{path}: {'there is no mathematics in it, such as $$ a = b $$' if data.strip() else 'it is empty'}")
    file = CheckedFile(path, assignment, document.displays, judgments, wanted.diagnose, found)
    if broken:
        say(f"{path}: {BROKEN}")
        return file, Exit.OURS
    return file, Exit.PROVED if file.passed else Exit.NOT_PROVED


BROKEN = "a link could not be decided; this is an error of ours, not yours; please report it with what is said of it"


def _judged(
    path: str, text: str, context: Context, macros: str, diagnose: bool
) -> tuple[Document, tuple[Judgment, ...], tuple[Told | None, ...], bool]:
    """A write-up as read, the verdicts on its links, what is told of wrong ones, and whether one of them broke."""
    with Progress(path) as progress, ahead() as process:

        def reading(known: Context) -> Document:
            return read(text, path, known, macros)

        def decide(link: Link) -> Verdict:
            found = process.find(link, partial(decided, link))
            if not process.is_double:
                progress.tick()
            return Undecided("killed", found.says) if isinstance(found, Lost) else found

        def explain(judgment: Judgment) -> Told | None:
            if not isinstance(judgment.verdict, Refuted | Misshapen):
                return None
            told = process.find(("mistake", judgment.link), partial(explain_link, judgment))
            return None if isinstance(told, Lost) else told

        document, judgments = judged(reading, context, decide)
        found = tuple(map(explain, judgments)) if diagnose else ()
        return document, judgments, found, process.broken


def _print(file: CheckedFile, form: str, *, first: bool) -> None:
    if form == "gcc":
        from verify.report.gcc import gcc_lines

        click.echo("".join(f"{line}\n" for line in gcc_lines(file)), nl=False)
    if form != "text":
        return
    from verify.report.terminal import painter, width
    from verify.report.writeup_text import writeup_lines

    click.echo("\n".join([*([] if first else [""]), *writeup_lines(file, width(), painter())]))
