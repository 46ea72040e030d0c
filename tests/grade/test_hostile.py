"""Submissions are hostile by assumption: what they hold reaches no file, no terminal, no page and no spreadsheet."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.grade.test_marks import AFFINE, ASSIGNMENT, GRADIENT
from verify.cli import program
from verify.grade.archive import ArchiveError, members
from verify.grade.deciding import Decider
from verify.grade.exports import cell
from verify.grade.grade import Text, grade
from verify.grade.submissions import Submission, submissions

GOOD = f"# 1\n$${GRADIENT} = \\delta x^T$$\n"


def zipped(path: Path, files: dict[str, bytes | str], link: str | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, data)
    return path


def run(tmp_path: Path, *arguments: str) -> Result:
    (tmp_path / "hw.toml").write_text(AFFINE)
    command = ["grade", str(tmp_path / "hw.toml"), *arguments, "--output", str(tmp_path / "out")]
    return CliRunner().invoke(program, command)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../evil.md", "its name would lead out of the folder"),
        ("/etc/evil.md", "its name would lead out of the folder"),
        ("..\\..\\evil.md", "its name would lead out of the folder"),
        ("C:\\evil.md", "its name would lead out of the folder"),
    ],
)
def test_a_name_in_an_archive_leads_nowhere(tmp_path: Path, name: str, why: str) -> None:
    archive = zipped(tmp_path / "in.zip", {name: GOOD, "good.md": GOOD})
    assert {member.refused for member in members(archive)} == {None, why}
    assert run(tmp_path, str(archive)).exit_code == 0
    outside = [each for each in tmp_path.parent.rglob("*evil*") if "out" not in each.parts]
    assert outside == []
    records = [json.loads(each.read_text()) for each in (tmp_path / "out").rglob("grade.json")]
    assert sorted(record["pending"] for record in records) == [0, 6]
    assert [record["unread"][0]["why"] for record in records if record["unread"]] == [why]


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in.zip", {"a.md": "/etc/passwd"}, link="a.md")
    (only,) = submissions([str(archive)])
    assert only.files[0].text().refused == "it is a link to another place, and is not followed"


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("$$1 = 1$$")
    (tmp_path / "in" / "ada").mkdir(parents=True)
    (tmp_path / "in" / "a.md").symlink_to(secret)
    (tmp_path / "in" / "ada" / "b.md").symlink_to(secret)
    texts = [file.text() for each in submissions([str(tmp_path / "in")]) for file in each.files]
    assert len(texts) == 2
    assert {text.refused for text in texts} == {"it is a link to another place, and is not followed"}


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in.zip", {"a.md": b"\0" * 300_000_000})
    assert archive.stat().st_size < 1_000_000
    (only,) = submissions([str(archive)])
    assert only.files[0].text().refused == "it is packed so tightly that it may be a bomb"


def test_a_bomb_that_lies_about_its_size_is_read_only_so_far(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in.zip", {"a.md": b"a" * 30_000_000})
    data = archive.read_bytes().replace((30_000_000).to_bytes(4, "little"), (30_000).to_bytes(4, "little"))
    archive.write_bytes(data)
    (only,) = submissions([str(archive)])
    text = only.files[0].text()
    assert text.refused is not None or len(text.text) <= 30_000


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"no archive"])
def test_what_is_no_archive_is_one_clear_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.zip").write_bytes(data)
    with pytest.raises(ArchiveError, match="this is no zip archive"):
        submissions([str(tmp_path / "in.zip")])
    done = run(tmp_path, str(tmp_path / "in.zip"))
    assert done.exit_code == 3
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_names_with_control_characters_are_shown_without_them(tmp_path: Path) -> None:
    name = "ev\x1b[2Jil\r\n‮x"
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"{name}.md").write_text("# 1\n$$\\heartsuit$$")
    done = run(tmp_path, str(folder))
    said = done.output + CliRunner().invoke(program, ["review", str(tmp_path / "out")]).output
    assert "\x1b" not in said
    assert "‮" not in said
    (where,) = (tmp_path / "out" / "submissions").iterdir()
    assert where.name.isascii()
    assert where.name.isprintable()


@pytest.mark.parametrize("name", ["CON", "..", "a/b", "A", "a b", "é", "-x", "", "x" * 300])
def test_a_folder_of_results_has_a_safe_name(name: str) -> None:
    folder = Submission(name, name, ()).folder
    assert folder
    assert folder not in (".", "..")
    assert len(folder) <= 100
    assert not folder.startswith((".", "-")) or name == "-x"
    assert all(each.isalnum() or each in "._-" for each in folder)


def test_folders_of_results_differ_also_where_case_does_not_matter() -> None:
    names = ["a", "A", "a b", "a_b", "a?b"]
    assert len({Submission(each, each, ()).folder.lower() for each in names}) == len(names)


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://evil/x.png)",
    "\x1b]0;evil\x07",
    r"\input{/etc/passwd}",
    r"\write18{rm -rf /}",
    "{{7*7}}",
    "=HYPERLINK(0)",
    "`rm -rf /`",
    "__import__('os').system('true')",
]


@pytest.mark.parametrize("evil", EVIL)
def test_what_is_written_reaches_no_markup(tmp_path: Path, evil: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(f"# 1\n$${GRADIENT} = {evil}$$\n$${evil} = 2$$")
    done = run(tmp_path, str(folder), "--export", "gradescope")
    assert done.exit_code == 0
    where = tmp_path / "out" / "submissions" / "a"
    page, notes = (where / "feedback.html").read_text(), (where / "feedback.md").read_text()
    assert "<script" not in page.partition("<body>")[2]
    assert "<img" not in page
    assert "](" not in notes
    assert "<" not in notes.replace("\\<", "")
    everything = page + notes + (where / "results.json").read_text() + done.output
    everything += CliRunner().invoke(program, ["review", str(tmp_path / "out")]).output
    everything += CliRunner().invoke(program, ["summarize", str(tmp_path / "out")]).output
    assert "\x1b" not in everything
    assert "\x07" not in everything


@pytest.mark.parametrize("text", ["=1+1", "+1-x", "-x", "@x", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    assert cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_a_file_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with (folder / "a.md").open("wb") as file:
        file.truncate(100_000_000)
    done = run(tmp_path, str(folder))
    assert done.exit_code == 0
    record = json.loads((tmp_path / "out" / "submissions" / "a" / "grade.json").read_text())
    assert (record["score"], record["pending"]) == (0, 6)
    assert record["unread"][0]["why"] == "it is larger than 10 MB"


@pytest.mark.parametrize("name", ["hw.pdf", "page1.JPG", "hw.docx", "answer.html"])
def test_a_file_that_is_not_read_is_for_a_person(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(b"%PDF-1.7 \xff")
    zipped(tmp_path / "in.zip", {name: b"\xff"})
    for place in (folder, tmp_path / "in.zip"):
        assert run(tmp_path, str(place)).exit_code == 0
        (found,) = (tmp_path / "out" / "submissions").glob("*/grade.json")
        record = json.loads(found.read_text())
        assert (record["score"], record["pending"]) == (0, 6)
        assert record["unread"][0]["why"] == "a file of this kind is not read"


def test_a_million_links_are_for_a_person(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("# 1\n" + "$$a=a$$" * 1_000_000)
    assert run(tmp_path, str(folder)).exit_code == 0
    record = json.loads((tmp_path / "out" / "submissions" / "a" / "grade.json").read_text())
    assert record["pending"] == 6
    assert record["unread"][0]["why"] == "more than 20000 formulas stand in it"


@pytest.mark.parametrize(
    "formula",
    [
        r"(1 + a)^{99999}",
        r"\frac{\partial J}{\partial W} + " + " + ".join(["x^T W^T W x"] * 60),
        "(" * 40 + "a" + ")^9" * 40,
        r"\prod_{i} " * 12 + "x_i",
    ],
)
def test_an_expensive_formula_ends(formula: str) -> None:
    (mark, _) = grade(ASSIGNMENT, [Text("a.md", f"# 1\n$${GRADIENT} = {formula}$$")], Decider()).marks
    assert mark.awarded == 0


def test_definitions_that_grow_without_end_are_no_proof() -> None:
    text = "# 1\n$$f_1 = a + a$$\n" + "".join(f"$$f_{{{n + 1}}} = f_{{{n}}} f_{{{n}}}$$\n" for n in range(1, 25))
    grade(ASSIGNMENT, [Text("a.md", f"{text}$${GRADIENT} = \\delta x^T$$")], Decider())


@pytest.mark.parametrize(
    "text",
    [
        r"$$\delta = 0$$ $$G = 0 x^T$$",
        r"$$\frac{\partial J}{\partial y} = 2$$ $$G = 2 x^T$$",
        r"$$y = x$$ $$G = x x^T$$",
        r"$$J = 7$$ $$G = 0$$",
        r"where $\delta := x$ and $$G = x x^T$$",
        r"\newcommand{\delta}{x} $$G = \delta x^T$$",
        r"$$W \in \mathbb{R}^{d \times k}$$ $$G = x \delta^T$$",
        r"$$x \delta^T = \delta x^T$$ $$G = x \delta^T$$",
        r"Suppose $\delta x^T = 0$. $$G = 0$$",
    ],
)
def test_a_submission_cannot_define_what_it_should_prove(text: str) -> None:
    (mark, _) = grade(ASSIGNMENT, [Text("a.md", "# 1\n" + text.replace("G", GRADIENT))]).marks
    assert mark.awarded == 0


def test_the_roster_and_the_text_of_a_student_are_neutral_in_csv(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "=cmd()_77_hw.md").write_text(GOOD)
    (tmp_path / "people.csv").write_text('id,first_name,last_name,email\n77,"=A1","@x",-y@z\n')
    arguments = ("--export", "csv", "--roster", str(tmp_path / "people.csv"))
    assert run(tmp_path, str(folder), *arguments).exit_code == 0
    text = (tmp_path / "out" / "grades.csv").read_text()
    assert text.splitlines()[1] == "hw,,,77,'@x,'=A1,'-y@z,1,0,1,6"
    assert io.StringIO(text).readline().startswith("assignment,duedate,timestamp,student_id")
