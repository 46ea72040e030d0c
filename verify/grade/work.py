"""What a process of a batch does with one submission."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from verify.grade.assignment import Assignment, read_assignment
from verify.grade.deciding import Decider
from verify.grade.grade import Text, grade
from verify.grade.once import Once
from verify.grade.overrides import Overrides, read_overrides
from verify.grade.records import GradeRecord, grade_record


@dataclass(frozen=True)
class Basis:
    """What all submissions of a batch are graded by: the assignment as text, and what a person has decided."""

    text: str
    path: str
    package: str
    overrides: str


@dataclass(frozen=True)
class Job:
    """A submission to be graded; ``ended`` says how many processes were ended while they worked on it."""

    name: str
    student: str
    folder: str
    digest: str
    texts: tuple[Text, ...]
    basis: Basis
    ended: int = 0
    given_up: str | None = None


def work(job: Job, once: Once) -> GradeRecord:
    """The record of a graded submission."""
    assignment, overrides, decide = _known(job.basis)
    decide.once, decide.killed = once, set()
    texts = job.texts
    if job.given_up is not None:
        texts = tuple(Text(each.path, "", each.refused or job.given_up) for each in job.texts)
    graded = overrides.apply(grade(assignment, texts, decide, overrides.rulings), job.name)
    record = grade_record(job.name, job.student, job.digest, assignment, graded)
    record["killed"] = len(decide.killed) + (job.given_up is not None)
    return record


@lru_cache(2)
def _known(basis: Basis) -> tuple[Assignment, Overrides, Decider]:
    """The assignment, what a person has decided, and what decides links, kept from one submission to the next."""
    assignment = read_assignment(basis.text, basis.path, basis.package)
    return assignment, read_overrides(basis.overrides), Decider()
