"""The manual of the grader: answers with the marks that they must get."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verify.grade.asked import asked
from verify.grade.assignment import Assignment, load_assignment
from verify.grade.grade import Text, grade
from verify.grade.marks import Mark
from verify.language import word

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = {
    name: load_assignment(ROOT / "docs" / "examples" / "assignments" / f"{name}.toml")
    for name in ("networks", "vectors")
}


def rows() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name in ASSIGNMENTS:
        table = tomllib.loads((ROOT / "tests" / "answers" / f"{name}.toml").read_text(encoding="utf-8"))
        found += [(name, row) for row in table["answer"]]
    return found


def mark_of(assignment: Assignment, part: str, text: str) -> tuple[Mark, str]:
    graded = grade(assignment, [Text("hw.md", text)])
    return next(each for each in graded.marks if each.part.id == part), word(graded.lines[-1].judgment.verdict)


@pytest.mark.parametrize(("name", "row"), rows(), ids=lambda value: value if isinstance(value, str) else value["why"])
def test_an_answer_gets_its_mark(name: str, row: dict[str, Any]) -> None:
    assignment = ASSIGNMENTS[name]
    question = next(each.question for each in assignment.all_parts if each.id == row["part"])
    mark, verdict = mark_of(assignment, row["part"], f"# Question {question}\n\n$${row['latex']}$$\n")
    assert verdict == row["verdict"]
    assert (mark.awarded, mark.pending) == (Fraction(str(row["mark"])), Fraction(str(row.get("pending", 0)))), mark.why
    if row.get("mistake"):
        assert row["mistake"] in [each.code for each in mark.mistakes]
    assert mark.awarded + mark.pending + mark.lost == mark.part.points


def test_the_answers_of_the_assignments_are_proved() -> None:
    for assignment in ASSIGNMENTS.values():
        for each in assignment.parts:
            assert each.is_open_name or word(each.verdict) == "proved"
            assert asked(each.part, each.setting).answer == each.answer
