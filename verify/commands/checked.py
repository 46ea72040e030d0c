"""What is done of one write-up in a process of its own: it is read, its links are decided, and it is put into words."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from verify.commands.ending import Exit, Refusal
from verify.commands.given import context_in
from verify.diagnose import Told, explain_link
from verify.language import Judgment, Link, Location, Misshapen, Refuted, Undecided, Verdict, word
from verify.read import Context, Document, ReadError, Step, decode, judged, read
from verify.read.judge import decided
from verify.report.gcc import gcc_lines
from verify.report.records import FileRecord, file_record
from verify.report.results import CheckedFile
from verify.report.terminal import painter, width
from verify.report.writeup_text import writeup_lines
from verify.stream.apart import Apart, Ended
from verify.stream.worker import Lost

LINKS_KEPT, LONGEST_SHOWN = 10_000, 200
BROKEN = "a link could not be decided; this is an error of ours, not yours; please report it with what is said of it"
UNREAD = "it could not be read; this is an error of ours, not yours; please report it with what is said of it"


@dataclass(frozen=True)
class Wanted:
    """What is asked for all write-ups: the file of the context, the macros, the format, and what is added to links."""

    assignment: str | None
    macros: str | None
    form: str
    diagnose: bool = False
    certificates: bool = False


@dataclass(frozen=True)
class Checked:
    """What came of a write-up: its numbers, the exit code, and what is printed of it, or else its record."""

    displays: int
    verdicts: dict[str, int]
    code: int
    says: tuple[str, ...] = ()
    """What is said on the standard error."""
    printed: str = ""
    record: FileRecord | None = None


@dataclass(frozen=True)
class WriteUp:
    """A write-up with what is asked of it, as far as it can be had without reading it."""

    path: str
    data: bytes
    wanted: Wanted
    context: Context | None
    macros: str

    def checked(self, process: Apart) -> dict[str, object]:
        """What came of it, or why it is refused, as what JSON can say."""
        try:
            return vars(self._checked(process))
        except Refusal as refusal:
            return {"refused": str(refusal), "code": refusal.code}
        except ReadError as error:
            return {"refused": str(error).partition("\n")[0], "code": Exit.NO_FILE}

    def _checked(self, process: Apart) -> Checked:
        assignment, context = self.wanted.assignment, self.context
        beside = Path(self.path).with_suffix(".toml")
        if assignment is None and self.path not in {"-", str(beside)} and beside.is_file():
            assignment, context = str(beside), context_in(beside)
        document, judgments, found = self._judged(process, decode(self.data, self.path), context or Context())
        process.comes_to("", limited=False)
        file = CheckedFile(self.path, assignment, document.displays, judgments, self.wanted.diagnose, found)
        checked = shown(file, self.wanted)
        if not document.steps:
            nothing = "there is no mathematics in it, such as $$ a = b $$" if self.data.strip() else "it is empty"
            return replace(checked, says=(f"{self.path}: {nothing}",))
        return replace(checked, says=(f"{self.path}: {BROKEN}",), code=Exit.OURS) if process.broken else checked

    def _judged(
        self, process: Apart, text: str, context: Context
    ) -> tuple[Document, tuple[Judgment, ...], tuple[Told | None, ...]]:
        """A write-up as read, the verdicts on its links, and what is told of wrong ones."""
        places: dict[int, Step] = {}
        known: dict[tuple[Link, str], Verdict] = {}
        again: dict[int, Verdict] = {}
        displays = 0

        def begin(number: int, at: Location, shown: str) -> None:
            nonlocal displays
            displays = max(number, displays)
            process.comes_to(_noted(self.path, at, shown, displays))

        def reading(context: Context) -> Document:
            process.comes_to("")
            document = read(text, self.path, context, self.macros, begin)
            for step in document.steps:
                places.setdefault(id(step.meaning), step)
            return document

        def decide(link: Link) -> Verdict:
            step = places.get(id(link))
            if step is not None and (verdict := again.get(id(link))) is not None:
                return verdict
            if step is not None:
                process.comes_to(_noted(self.path, step.at, f"{step.left} {step.relation} {step.right}", displays))
            # Links that are equal up to the names of their indices are told apart, since verdicts show these.
            key = link, str(link)
            verdict = known.get(key)
            if verdict is None:
                found = process.find(link, partial(decided, link))
                verdict = Undecided("killed", found.says) if isinstance(found, Lost) else found
                if len(known) < LINKS_KEPT:
                    known[key] = verdict
            if step is not None:
                again[id(link)] = verdict
            return verdict

        def explain(judgment: Judgment) -> Told | None:
            if not isinstance(judgment.verdict, Refuted | Misshapen):
                return None
            told = process.find(("mistake", judgment.link), partial(explain_link, judgment))
            return None if isinstance(told, Lost) else told

        document, judgments = judged(reading, context, decide)
        return document, judgments, tuple(map(explain, judgments)) if self.wanted.diagnose else ()


def unread(path: str, ended: Ended, wanted: Wanted) -> Checked:
    """What is told of a write-up that could not be read: the display at which reading ended, undecided, and why."""
    cell, line, column, displays, text = json.loads(ended.place) if ended.place else ("", 1, 1, 0, "")
    verdict = Undecided("killed", f"the write-up could not be read beyond this: {ended.lost.says}")
    judgment = Judgment(text, None, None, verdict, at=Location(path + cell, line, column))
    checked = shown(CheckedFile(path, wanted.assignment, displays, (judgment,)), wanted)
    return checked if ended.lost.killed else replace(checked, says=(f"{path}: {UNREAD}",), code=Exit.OURS)


def shown(file: CheckedFile, wanted: Wanted) -> Checked:
    """A write-up that was checked, in the format that is wanted."""
    verdicts = dict(Counter(word(judgment.verdict) for judgment in file.judgments))
    checked = Checked(file.displays, verdicts, Exit.PROVED if file.passed else Exit.NOT_PROVED)
    if wanted.form == "json":
        return replace(checked, record=file_record(file, certificates=wanted.certificates))
    if not file.judgments:
        return checked
    lines = gcc_lines(file) if wanted.form == "gcc" else writeup_lines(file, width(), painter())
    return replace(checked, printed="".join(f"{line}\n" for line in lines))


def _noted(path: str, at: Location, shown: str, displays: int) -> str:
    """A place as a short text: the cell of a notebook, line and column, how many displays there are so far, and it."""
    return json.dumps([at.path.removeprefix(path), at.line, at.column, displays, shown[:LONGEST_SHOWN]])
