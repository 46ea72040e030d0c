"""Whole submissions, as they are shipped, with the marks that they must get."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from verify.cli import program

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
ROWS = tomllib.loads((ROOT / "tests" / "answers" / "submissions.toml").read_text(encoding="utf-8"))["submission"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], dict[str, Any]]:
    """The records of all submissions that are shipped."""
    found = {}
    for name in ("networks", "vectors"):
        output = tmp_path_factory.mktemp(name)
        assignment, folder = EXAMPLES / "assignments" / f"{name}.toml", EXAMPLES / "submissions" / name
        done = CliRunner().invoke(program, ["grade", str(assignment), str(folder), "--output", str(output)])
        assert done.exit_code == 0, done.output
        for path in (output / "submissions").glob("*/grade.json"):
            found[name, path.parent.name] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_submission_that_is_shipped_has_its_marks(
    graded: Mapping[tuple[str, str], dict[str, Any]],
) -> None:
    assert sorted(graded) == sorted((row["assignment"], row["name"]) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['assignment']}-{row['name']}")
def test_a_submission_gets_its_marks(graded: Mapping[tuple[str, str], dict[str, Any]], row: dict[str, Any]) -> None:
    record = graded[row["assignment"], row["name"]]
    parts = {part["id"]: part for part in record["parts"]}
    assert {name: part["score"] for name, part in parts.items() if part["score"]} == row["marks"]
    assert {name: part["pending"] for name, part in parts.items() if part["pending"]} == row["pending"]
    for name, code in row.get("mistakes", {}).items():
        assert code in parts[name]["mistakes"], parts[name]
    assert [name for name, part in parts.items() if part["carried"]] == row.get("carried", [])
    for name, text in row.get("first_wrong", {}).items():
        assert text in line_of(row, parts[name]["first_wrong"]["line"]), parts[name]["feedback"]


def line_of(row: dict[str, Any], number: int) -> str:
    """What stands on a line of a submission, in whichever of its files and cells."""
    here = EXAMPLES / "submissions" / row["assignment"]
    texts = []
    for path in sorted(each for each in here.rglob("*") if each.is_file()):
        if path.relative_to(here).parts[0].partition(".")[0] != row["name"]:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            cells = json.loads(text)["cells"]
            texts += ["".join(cell["source"]) for cell in cells]
        else:
            texts.append(text)
    lines = [text.splitlines()[number - 1] for text in texts if len(text.splitlines()) >= number]
    return "\n".join(lines)


def test_a_full_mark_has_nothing_wrong(graded: Mapping[tuple[str, str], dict[str, Any]]) -> None:
    for assignment in ("networks", "vectors"):
        for part in graded[assignment, "alder"]["parts"]:
            assert part["mistakes"] == []
            assert part["first_wrong"] is None


def test_an_answer_to_a_name_that_is_left_open_needs_no_person(
    graded: Mapping[tuple[str, str], dict[str, Any]],
) -> None:
    links = graded["vectors", "alder"]["links"]
    undecided = [each for each in links if each["link"]["verdict"] == "undecided"]
    assert [each["link"]["left"] for each in undecided] == ["P"]
    assert [each["key"] for each in undecided] == [None]
    assert any(each["key"] for each in graded["vectors", "oak"]["links"])
