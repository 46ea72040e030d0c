"""Assignments: all mistakes at once, each with its line; and what students may see of them."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.grade.test_marks import AFFINE
from verify.cli import program
from verify.grade.assignment import read_assignment
from verify.grade.check_text import doubts
from verify.grade.grade import Text, grade
from verify.grade.overrides import read_overrides
from verify.grade.public import public_text
from verify.read import AssignmentError

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "assignments").glob("*.toml"))

WRONG = r"""layuot = "mixed"
[[question]]
id = "1"
[question.names]
W = "k x d"
x = "d"
[[question.part]]
id = "a"
asks = 'W x'
answer = 'W z'
points = -1
[[question.part]]
id = "a"
asks = 'W x'
points = 2
steps = 3
deduct = { sing = 1, sign = 5, transpose = "x" }
carry = ["b", "a"]
form = "short"
tolerance = "spelling"
pionts = 2
[[question.part]]
id = "c"
prose = true
answer = 'x'
points = 1
bonus = "yes"
"""

SAID = """hw.toml: 15 mistakes
  line 1: layuot: unknown key; did you mean 'layout'?
  line 11: question.1.part.1.points: expected a number of points, 0 or more
  line 12: question.1.part.2.answer: missing: a formula, or the claim that it is proved as
  line 13: question.1.part.2.id: another part is called 'a' as well
  line 16: question.1.part.2.steps: these are some of the points of the part, and more than it has
  line 17: question.1.part.2.deduct: unknown kind of mistake 'sing'; did you mean 'sign'?
  line 17: question.1.part.2.deduct: sign: more than the points of the part
  line 17: question.1.part.2.deduct: transpose: expected points, 0 or more
  line 18: question.1.part.2.carry: no part is called 'b'; expected one of a, c
  line 18: question.1.part.2.carry: the part 'a' does not come later
  line 19: question.1.part.2.form: unknown form 'short'; expected some of """
SAID += """no derivative, no sum, no product, no maximum, no index, no transpose, no power, or no and a name
  line 20: question.1.part.2.tolerance: unknown tolerance 'spelling'; expected one of layout
  line 21: question.1.part.2.pionts: unknown key; did you mean 'points'?
  line 25: question.1.part.3.answer: a part in prose is for a person, and has no answer here
  line 27: question.1.part.3.bonus: expected true or false"""


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(AssignmentError) as told:
        read_assignment(WRONG, "hw.toml")
    assert str(told.value) == SAID


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing is asked"),
        ("x = ", "this is not TOML"),
        ('[[question]]\nid = "1"\npart = 3\n', "expected tables, each under [[question.part]]"),
        (AFFINE.replace(r"'\delta x^T'", "'W z'"), "line 16: question.1.part.1.answer: the name z is not known here"),
        (AFFINE.replace(r"'\delta x^T'", "'W = x'"), "asks and answer are one formula each"),
        (AFFINE.replace(r"'\delta x^T'", "''"), "nothing stands in it"),
        (AFFINE.replace("asks = '(a + 1)^2'", "asks = '(b + 1)^2'"), "line 26: question.2.part.1.asks: the name b"),
    ],
)
def test_a_mistake_is_told(text: str, says: str) -> None:
    with pytest.raises(AssignmentError) as told:
        read_assignment(text, "hw.toml")
    assert says in str(told.value)


def test_a_claim_answers_a_part() -> None:
    text = AFFINE.replace(r"answer = '\delta x^T'", 'claim = "affine.weight_gradient"')
    with pytest.raises(AssignmentError, match="did you mean 'affine\\.weight_gradient'"):
        read_assignment(text.replace("affine.weight_gradient", "affine.weight_gradeint"), "hw.toml")
    assert str(read_assignment(text, "hw.toml").parts[0].answer) == r"\delta x^T"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_public_file_holds_no_answer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    table, public = tomllib.loads(text), tomllib.loads(public_text(text))
    for question, shown in zip(table["question"], public["question"], strict=True):
        for part, seen in zip(question.pop("part"), shown.pop("part"), strict=True):
            assert not {"answer", "claim", "deduct", "carry", "tolerance"} & set(seen)
            assert {key: part[key] for key in seen} == seen
        assert question == shown
    assert "#" not in public_text(text)


def test_a_wrong_answer_of_the_assignment_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hw.toml"
    path.write_text(AFFINE.replace(r"'\delta x^T'", r"'-\delta x^T'"))
    (tmp_path / "a.md").write_text("# 1\n$$1 = 1$$")
    checked = CliRunner().invoke(program, ["assignment", "check", str(path)])
    assert checked.exit_code == 1
    assert "1a  2 points  refuted" in checked.output
    done = CliRunner().invoke(program, ["grade", str(path), str(tmp_path / "a.md"), "--output", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "the answer to 1a is wrong" in done.stderr


def test_a_write_up_is_checked_by_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "hw.toml").write_text(AFFINE)
    (tmp_path / "hw.md").write_text("# 2\n$$(a + 1)^2 = a^2 + 2a + 1$$")
    done = CliRunner().invoke(program, ["check", str(tmp_path / "hw.md"), "--assignment", str(tmp_path / "hw.toml")])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[override]]\nlink = 'x'\n", "a reason is missing"),
        ("[[override]]\nreason = 'x'\nlink = 'x'\n", "expected a verdict on a link, or a mark"),
        ("[[override]]\nreason = 'x'\nverdict = 'proved'\n", "its name is missing"),
        ("[[override]]\nreason = 'x'\nmark = 1\npart = 'a'\n", "a mark is that of a part, and of"),
        ("[[override]]\nreason = 'x'\nmark = -1\npart = 'a'\nlink = 'x'\n", "expected a number of points"),
        ("[[overide]]\n", "unknown key"),
        ("override = 3\n", "expected tables"),
    ],
)
def test_a_mistake_in_what_a_person_decided_is_told(text: str, says: str) -> None:
    with pytest.raises(AssignmentError) as told:
        read_overrides(text)
    assert says in str(told.value)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["grade", "none.toml", "in", "--output", "out"], 3, "none.toml: No such file or directory"),
        (["grade", "hw.toml", "none", "--output", "out"], 3, "none: No such file or directory"),
        (["grade", "hw.toml", "empty", "--output", "out"], 3, "no submission is in empty"),
        (["grade", "hw.toml", "in", "--output", "out", "--export", "canvas"], 2, "go together"),
        (["grade", "hw.toml", "in", "--output", "out", "--roster", "none.csv"], 3, "none.csv: No such file"),
        (["grade", "bad.toml", "in", "--output", "out"], 2, "bad.toml: 1 mistake"),
        (["review", "empty"], 3, "there are no results here"),
        (["summarize", "empty"], 3, "there are no results here"),
        (["assignment", "export", "hw.toml"], 2, "--public or --gradescope"),
        (["assignment", "export", "hw.toml", "--gradescope"], 2, "--output says which"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hw.toml").write_text(AFFINE)
    Path("bad.toml").write_text("")
    Path("empty").mkdir()
    Path("in").mkdir()
    (Path("in") / "a.md").write_text("x")
    done = CliRunner().invoke(program, arguments)
    assert done.exit_code == code
    assert says in done.stderr
    assert "Traceback" not in done.output


SLOPE = r"""
[names]
z = "scalar"
t = "scalar"
[definitions]
h = '\sigma(z)'
[[question]]
id = "1"
[[question.part]]
id = "1a"
asks = "\\sigma'(z)"
answer = '\sigma(z) (1 - \sigma(z))'
points = 2
form = "no derivative, no h"
"""


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (r"\sigma(z) - \sigma(z)^2", "right"),
        (r"h (1 - h)", "The answer is right, and not in the form that is asked for: no h."),
        (r"\sigma(z) (1 - h)", "The answer is right, and not in the form that is asked for: no h."),
    ],
)
def test_a_form_can_forbid_a_name(answer: str, says: str) -> None:
    (mark,) = grade(read_assignment(SLOPE), [Text("hw.md", f"# 1\n$$\\sigma'(z) = {answer}$$")]).marks
    assert mark.awarded == (2 if says == "right" else 0)
    assert mark.why[0] == says


def test_a_form_can_forbid_no_name_that_is_none() -> None:
    with pytest.raises(AssignmentError) as told:
        read_assignment(SLOPE.replace("no h", "no q"))
    assert "question.1.part.1.form: 'q' is no name here, and none of derivative, sum" in str(told.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (AFFINE, ["right in the mixed layout, and wrong in the numerator layout"]),
        (AFFINE.replace('W = "k x d"', 'W = "k x d"\nr = "scalar"').replace(r"'\delta x^T'", r"'r \delta x^T / r'"),
         ["the answer holds only where r \\ne 0", "right in the mixed layout, and wrong in the numerator layout"]),
        (SLOPE, []),
    ],
)  # fmt: skip
def test_what_may_be_understood_otherwise(text: str, says: list[str]) -> None:
    found = list(doubts(read_assignment(text).parts[0]))
    assert found == says
