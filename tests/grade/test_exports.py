"""Exports: the folders of Gradescope, the gradebook of Canvas, nbgrader's columns; and the schemas of our formats."""

import csv
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.grade.test_marks import AFFINE, GRADIENT
from verify.cli import program
from verify.grade.exports import ExportError, canvas, gradescope, nbgrader, roster_of
from verify.grade.submissions import submissions

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
GOOD = f"# 1\n$${GRADIENT} = \\delta x^T$$\n# 2\n$$(a+1)^2 = (a+1)(a+1) = a^2 + 2a + 1$$\n"
OPEN = f"# 1\n$${GRADIENT} = \\heartsuit$$\n"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


REGISTRY: Registry[Any] = Registry().with_resources([("link-1.schema.json", Resource.from_contents(schema("link-1")))])


def run(tmp_path: Path, *arguments: str) -> Result:
    (tmp_path / "hw.toml").write_text('title = "Homework 4"\n' + AFFINE)
    return CliRunner().invoke(
        program, ["grade", str(tmp_path / "hw.toml"), *arguments, "--output", str(tmp_path / "out")]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "in"
    where.mkdir()
    (where / "ada_11_901_hw.md").write_text(GOOD)
    (where / "bob_LATE_12_902_hw.md").write_text(OPEN)
    (where / "cyd_13_903_hw.md").write_text("")
    return where


def test_our_own_formats_keep_to_their_schemas(tmp_path: Path, folder: Path) -> None:
    printed = run(tmp_path, str(folder), "--format", "json")
    record = json.loads(printed.stdout)
    Draft202012Validator(schema("grades-1")).validate(record)
    assert [(each["submission"], each["score"], each["pending"]) for each in record["submissions"]] == [
        ("ada_11", 5, 0),
        ("bob_12", 0, 2),
        ("cyd_13", 0, 0),
    ]
    for path in (tmp_path / "out").rglob("grade.json"):
        Draft202012Validator(schema("grade-1"), registry=REGISTRY).validate(json.loads(path.read_text()))
    del record["submissions"][0]["parts"][0]["feedback"]
    assert not Draft202012Validator(schema("grades-1")).is_valid(record)


def test_the_gradebook_of_canvas_gets_one_column(tmp_path: Path, folder: Path) -> None:
    book = (
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Homework 3 (776),Homework 4 (777)\n"
        "    Points Possible,,,,,10,6\n"
        '"Lovelace, A",11,,al,S1,9,\n"B, B",12,,bb,S1,8,1\n"C, C",99,13,cc,S1,=1+1,2\n"D, D",14,,dd,S1,,3\n'
    )
    (tmp_path / "book.csv").write_text(book, encoding="utf-8")
    arguments = ("--export", "canvas", "--gradebook", str(tmp_path / "book.csv"))
    done = run(tmp_path, str(folder), *arguments, "--column", "Homework 4")
    assert done.exit_code == 0, done.output
    rows = list(csv.reader(StringIO((tmp_path / "out" / "canvas.csv").read_text())))
    assert rows[0][:2] == ["Student", "ID"]
    assert [row[6] for row in rows] == ["Homework 4 (777)", "6", "5", "", "0", "3"]
    assert [row[5] for row in rows[1:]] == ["10", "9", "8", "'=1+1", ""]
    run(tmp_path, str(folder), *arguments, "--pending", "zero")
    rows = list(csv.reader(StringIO((tmp_path / "out" / "canvas.csv").read_text())))
    assert [row[6] for row in rows[2:]] == ["5", "0", "0", "3"]
    refused = run(tmp_path, str(folder), *arguments, "--column", "Homework 5")
    assert refused.exit_code == 2
    assert "the gradebook has no column 'Homework 5'" in refused.stderr


def test_what_is_no_gradebook_is_refused() -> None:
    with pytest.raises(ExportError, match="no gradebook of Canvas"):
        canvas("a,b\n", "x", [], "zero")
    with pytest.raises(ExportError, match="no column id"):
        roster_of("name\nAda")


def test_the_columns_of_nbgrader() -> None:
    record = {"student": "7", "submission": "x_7", "score": 1.5, "pending": 1, "points": 4}
    people = roster_of("id,name,email\n7,Ada King Lovelace,a@b.c\n")
    for policy, score in (("omit", ""), ("zero", "1.5")):
        header, row = csv.reader(StringIO(nbgrader([record], "hw", people, policy)))  # type: ignore[arg-type]
        assert ",".join(header) == (
            "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
            "late_submission_penalty,score,max_score"
        )
        assert row == ["hw", "", "", "7", "Lovelace", "Ada King", "a@b.c", score, "0", score, "4"]


def test_the_results_of_gradescope() -> None:
    part = {"id": "1a", "score": 1, "points": 2, "feedback": "f", "pending": 0}
    record = {"submission": "s", "score": 1, "pending": 2, "points": 4, "unread": []}
    record["parts"] = [part, {**part, "id": "1b", "pending": 2, "score": 0}]
    found = gradescope(record, "hw", "omit")
    assert [test.get("score") for test in found["tests"]] == [1, None]
    assert [test.get("max_score") for test in gradescope(record, "hw", "zero")["tests"]] == [2, 2]
    assert found["tests"][0]["status"] == "failed"
    assert found["score"] == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(("text", "score"), [(GOOD, 5), (OPEN, 0)])
def test_the_autograder_runs_in_the_folders_of_gradescope(tmp_path: Path, text: str, score: float) -> None:
    (tmp_path / "hw.toml").write_text('title = "Homework 4"\n' + AFFINE)
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    (root / "results").mkdir()
    command = ["assignment", "export", str(tmp_path / "hw.toml"), "--gradescope", "--output", str(root / "source")]
    assert CliRunner().invoke(program, command).exit_code == 0
    assert sorted(each.name for each in (root / "source").iterdir()) == [
        "assignment.toml",
        "run_autograder",
        "setup.sh",
    ]
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "submission" / "hw.md").write_text(text)
    (root / "submission_metadata.json").write_text("{}")
    ours = tmp_path / "venv" / "bin" / "gradproof"
    ours.parent.mkdir(parents=True)
    ours.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from verify.cli import main; main()' \"$@\"\n")
    ours.chmod(0o755)
    subprocess.run([shutil.which("bash") or "", "-n", str(root / "source" / "setup.sh")], check=True)
    subprocess.run(
        [str(root / "run_autograder")],
        env={**os.environ, "AUTOGRADER_ROOT": str(root), "GRADPROOF_FOLDER": str(tmp_path / "venv")},
        check=True,
        capture_output=True,
    )
    found = json.loads((root / "results" / "results.json").read_text())
    assert found["score"] == score
    assert [test["name"] for test in found["tests"]] == ["1a", "2a"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["ada_11_901_hw.md", "ada_11_902_notes.tex"], ["ada_11"]),
        (["Ada L_123_assignsubmission_file_hw.md", "Bo_9_assignsubmission_file_hw.md"], ["Ada L_123", "Bo_9"]),
        (["hw.md", "other.txt", "image.png", ".hidden.md", "style.sty"], ["hw", "image", "other"]),
        (["ada/one.md", "ada/sub/two.md", "bob/hw.tex"], ["ada", "bob"]),
        (["Ada L_123_assignsubmission_file_/hw.md"], ["Ada L_123"]),
        (["ada_11/hw.md"], ["ada_11"]),
    ],
)
def test_whose_a_file_is(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    for name in names:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = submissions([str(tmp_path / "in")])
    assert [each.name for each in found] == expected
    shutil.make_archive(str(tmp_path / "in"), "zip", tmp_path / "in")
    zipped = submissions([str(tmp_path / "in.zip")])
    if len({name.partition("/")[0] for name in names}) > 1 or "/" not in names[0]:
        assert [each.name for each in zipped] == expected
    assert [each.name for each in submissions([str(tmp_path / "in")], one=True)] == ["submission"]
