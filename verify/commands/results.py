"""The folder of results that ``gradproof grade`` wrote, as the record of a batch that is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.commands.ending import Exit, Refusal

if TYPE_CHECKING:
    from verify.report.course import CourseRecord, Doubt


def has_results(name: str) -> bool:
    """Whether a name is that of a folder of results."""
    return (Path(name) / "batch.json").is_file()


def course(folder: str) -> CourseRecord:
    """The record of a graded batch; the folder is read three times, so that little of it is held at once.

    Raises :class:`Refusal` if the results are not whole.
    """
    from verify.grade.summary import NoResults, doubts, results
    from verify.report.course import course_record

    def submissions() -> Iterator[Mapping[str, Any]]:
        return results(Path(folder))[1]

    try:
        batch, found = results(Path(folder))
        return course_record(batch, found, _links(submissions()), doubts(submissions()))
    except NoResults as error:
        raise Refusal(str(error), Exit.NO_FILE) from error
    except (KeyError, TypeError, AttributeError) as error:
        says = f"{folder}: the results are not whole: {type(error).__name__} {error}"
        raise Refusal(says, Exit.NO_FILE) from error


def _links(records: Iterator[Mapping[str, Any]]) -> Iterator[Doubt]:
    """The links that need a person, alike ones together."""
    from verify.grade.summary import groups

    for each in groups(records):
        yield {
            "key": each.key,
            "text": each.text,
            "verdict": each.verdict,
            "why": each.why,
            "where": each.question,
            "submissions": each.submissions,
        }
