"""A batch: submissions are graded side by side, and each result is written as soon as it is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify import __version__
from verify.grade.assignment import Assignment
from verify.grade.feedback import feedback_html, feedback_markdown
from verify.grade.moved import Moved, moved
from verify.grade.once import Lost
from verify.grade.overrides import Overrides
from verify.grade.pool import Pool
from verify.grade.records import GRADES, GradeRecord, short_record
from verify.grade.store import read_json, write, write_json
from verify.grade.submissions import Submission
from verify.grade.work import Basis, Job, work

SECONDS, MOST_SECONDS, MEGABYTES = 30.0, 600.0, 4000
MOST_KILLED = 5
BATCH = "gradproof.batch/1"


@dataclass(frozen=True)
class Limits:
    """How long one link, and one submission, may take, and how much memory."""

    seconds: float = SECONDS
    most_seconds: float = MOST_SECONDS
    megabytes: int = MEGABYTES


@dataclass
class Batch:
    """Grades submissions into a folder; ``told`` hears the name of each that is done."""

    assignment: Assignment
    submissions: Sequence[Submission]
    output: Path
    overrides: Overrides
    package: str = "derivations"
    jobs: int = 1
    resume: bool = False
    limits: Limits = field(default_factory=Limits)
    told: Callable[[str], object] = str
    killed: list[str] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    skipped: int = 0
    broken: int = 0

    def run(self) -> None:
        """Grade what is to be graded. Raises :class:`StoreError` where nothing can be written."""
        self._begin()
        limits = self.limits
        pool: Pool[Job, GradeRecord] = Pool(
            work, self.jobs, seconds=limits.seconds, most=limits.most_seconds, megabytes=limits.megabytes
        )
        try:
            for job, found in pool.answers(self._waiting(), self._again):
                self._keep(job, found)
        finally:
            self._finish()

    def _begin(self) -> None:
        write_json(
            self.output / "batch.json",
            {
                "format": BATCH,
                "title": self.assignment.title,
                "assignment": self.assignment.digest,
                "points": float(self.assignment.points),
                "parts": [each.id for each in self.assignment.all_parts],
                "submissions": [
                    {"name": each.name, "student": each.id, "folder": each.folder} for each in self.submissions
                ],
            },
        )

    def _waiting(self) -> Iterator[Job]:
        """The submissions that are not graded yet, each read when its turn comes."""
        a = self.assignment
        basis = Basis(a.text, a.path, self.package, self.overrides.text)
        for each in self.submissions:
            texts = tuple(file.text() for file in each.files)
            pieces = [__version__, a.digest, self.overrides.text, each.name]
            pieces += [part for text in texts for part in (text.path, text.text, text.refused or "")]
            digest = sha256("\0".join(pieces).encode(errors="surrogatepass")).hexdigest()[:32]
            if self.resume:
                old = read_json(self._folder(each.folder) / "grade.json")
                if old is not None and old.get("digest") == digest and old.get("killed") == 0:
                    self.skipped += 1
                    self.told(each.name)
                    continue
            yield Job(each.name, each.id, each.folder, digest, texts, basis)

    def _again(self, job: Job, lost: Lost) -> Job | None:
        """What to try where a process was ended: the same again, since the link that it was ended for is given up."""
        self.killed.append(f"{job.name}: {lost.says}")
        self.broken += not lost.killed
        if job.given_up is not None:
            return None
        if lost.doing is None or job.ended >= MOST_KILLED:
            return replace(job, given_up=f"grading it was given up: {lost.says}")
        return replace(job, ended=job.ended + 1)

    def _keep(self, job: Job, found: GradeRecord | Lost) -> None:
        folder = self._folder(job.folder)
        if isinstance(found, Lost):
            self.told(job.name)
            return
        old = read_json(folder / "grade.json")
        if old is not None and old.get("digest") != job.digest:
            self.moves += moved(old, found, other_assignment=old.get("assignment") != self.assignment.digest)
        write(folder / "feedback.md", feedback_markdown(found, self.assignment.title))
        write(folder / "feedback.html", feedback_html(found, self.assignment.title))
        write_json(folder / "grade.json", found)
        self.told(job.name)

    def _finish(self) -> None:
        """The record of all that is graded."""
        write(self.output / "grades.json", grades_text(self.output, self.submissions))

    def _folder(self, name: str) -> Path:
        return self.output / "submissions" / name


def records(output: Path, submissions: Sequence[Submission]) -> Iterator[dict[str, Any]]:
    """The records of submissions that are graded, one by one."""
    for each in submissions:
        found = read_json(output / "submissions" / each.folder / "grade.json")
        if found is not None:
            yield found


def grades_text(output: Path, submissions: Sequence[Submission]) -> Iterator[str]:
    """The record of a batch as JSON, a line for each submission, piece by piece."""
    yield f'{{"format": "{GRADES}", "submissions": ['
    for number, record in enumerate(records(output, submissions)):
        yield f"{',' if number else ''}\n{json.dumps(short_record(record))}"
    yield "\n]}\n"
