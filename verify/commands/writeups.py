"""Write-ups, checked one by one, and each printed as soon as it is checked.

Each is read, decided and put into words in a process of its own. A link at which that hangs, grows or dies is
undecided, and all others have their verdicts; a write-up that cannot be read for such a reason costs itself alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

from verify.commands.checked import Checked, Wanted, WriteUp, unread
from verify.commands.ending import Exit, Refusal, say
from verify.commands.given import bytes_of, context_in, text_of
from verify.commands.progress import Progress
from verify.read.files import write_ups
from verify.stream.apart import Ended, apart


def checked_files(paths: Sequence[str], wanted: Wanted) -> tuple[tuple[Checked, ...], Exit]:
    """Check write-ups one by one, and print each as soon as it is checked; and the worst of their exit codes."""
    context = None if wanted.assignment is None else context_in(Path(wanted.assignment))
    macros = "" if wanted.macros is None else text_of(wanted.macros)
    found: list[Checked] = []
    codes = [Exit.PROVED]
    for path in write_ups(paths):
        try:
            checked = _checked(WriteUp(path, bytes_of(path), wanted, context, macros))
        except Refusal as refusal:
            say(refusal)
            codes.append(refusal.code)
            continue
        for each in checked.says:
            say(each)
        if wanted.form == "text" and checked.printed and any(each.printed for each in found):
            click.echo()
        click.echo(checked.printed, nl=False)
        codes.append(Exit(checked.code))
        found.append(checked)
    if not found and len(codes) == 1:
        raise Refusal(
            f"no write-up is in {', '.join(paths)}: they end in .md, .qmd, .txt, .tex or .ipynb", Exit.NOT_PROVED
        )
    if wanted.form == "text" and len(found) > 1:
        click.echo(f"\n{_total(found)}")
    return tuple(found), max(codes)


def _checked(writeup: WriteUp) -> Checked:
    """What came of a write-up; raises :class:`Refusal` for one that is none."""
    try:
        with Progress(writeup.path) as progress:
            found = apart(writeup.checked, progress.tick)
    except MemoryError as error:
        raise Refusal(f"{writeup.path}: there is not enough memory to check it", Exit.NO_FILE) from error
    if isinstance(found, Ended):
        return unread(writeup.path, found, writeup.wanted)
    told = cast(dict[str, Any], found)
    if "refused" in told:
        raise Refusal(told["refused"], Exit(told["code"]))
    return Checked(**{**told, "says": tuple(told["says"])})


def _total(found: Sequence[Checked]) -> str:
    """How many files, displays and links there are."""
    from verify.report.writeup_text import total

    verdicts = Counter[str]()
    for each in found:
        verdicts.update(each.verdicts)
    return total(len(found), sum(each.displays for each in found), verdicts)
