"""The report on a graded batch: its numbers by hand, and hostile text in every place."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from tests.grade.test_marks import AFFINE, GRADIENT
from tests.report.test_writeup_document import HOSTILE, tags
from tests.report.typeset import compiled, overfull
from verify.cli import program
from verify.report.course import CourseRecord, course_record
from verify.report.course_view import course_view
from verify.report.distribution import distribution
from verify.report.documents import NoRecord, html, latex, passes
from verify.report.figure import HEIGHT
from verify.report.latex_document import latex_course
from verify.report.page import Assets, page_of_course
from verify.report.text import VERDICTS

SMALL = Assets(Markup("/* style */"), Markup("/* script */"), Markup("/* start */"))
TITLE, PARTS = "Homework 100%", ["1a", "1b"]


def link(left: str, right: str, line: int, verdict: str = "refuted") -> dict[str, Any]:
    witness = {"sizes": {}, "indices": {}, "inputs": {"a": [["1"]]}, "functions": {}, "left": "1", "right": "2"}
    return {
        "left": left,
        "relation": "=",
        "right": right,
        "at": {"path": "hw.md", "line": line, "column": 3},
        "question": "1",
        "verdict": verdict,
        "reason": None,
        "why": "for a = 1: left 1, right 2",
        "conditions": [],
        "layout": None,
        "witness": {**witness, "chances": []},
        "assumed": [],
        "suggestion": None,
        "method": None,
    }


def part(name: str, score: float, pending: float, mistakes: tuple[str, ...] = (), line: int | None = None) -> Any:
    return {
        "id": name,
        "score": score,
        "pending": pending,
        "points": 2,
        "mistakes": list(mistakes),
        "first_wrong": None if line is None else {"line": line, "column": 3},
        "for_grader": "A sign is wrong; -a for a makes it right: -a + 1. A term is missing: a + 1." if mistakes else "",
        "answer": "a" if mistakes else None,
        "why": ["a part in prose is for a person"] if pending else ["right"],
    }


def submission(name: str, *parts: Any, links: tuple[Any, ...] = (), unread: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "submission": name,
        "score": sum(each["score"] for each in parts),
        "pending": sum(each["pending"] for each in parts),
        "parts": list(parts),
        "links": [{"link": each} for each in links],
        "unread": [{"path": each, "why": "it is a bomb"} for each in unread],
    }


ADA = submission("ada", part("1a", 2, 0), part("1b", 2, 0))
BO = submission("bo", part("1a", 0, 0, ("sign",), 4), part("1b", 1, 0), links=(link("a", "-a", 4),))
CY = submission("cy", part("1a", 0, 0, ("term", "sign", "sign"), 9), part("1b", 0, 2), unread=("b.zip",))
BATCH = {"title": TITLE, "points": 4.0, "parts": PARTS, "submissions": [{}, {}, {}, {}]}
LINKS = [
    {
        "key": "0a1b",
        "text": r"a = \heart",
        "verdict": "unreadable",
        "why": r"\heart is not known here",
        "where": "1",
        "submissions": ["bo", "cy", "bo"],
    }
]
DOUBTS = [("cy", "1b", "a part in prose is for a person"), ("bo", "1a", "a part in prose is for a person")]


def record() -> CourseRecord:
    return course_record(BATCH, iter([ADA, BO, CY]), LINKS, DOUBTS)  # type: ignore[arg-type]


LATEX, PAGE = latex_course(record()), page_of_course(record(), assets=SMALL)


def test_the_summary() -> None:
    # Scores 4, 1 and 0: their mean is 5/3, their median 1.
    assert course_view(record()).summary == (
        "3 submissions graded, 1 not yet.",
        "Of 4 points the mean is 1.67 and the median 1; the least is 0 and the most 4.",
        "In 1 submission some points are for a person and not counted yet.",
    )


def test_the_parts() -> None:
    # 1a: 2, 0, 0; 1b: 2, 1, and 0 with 2 pending, which is not nothing.
    rows = [(each.name, each.mean, each.full, each.zero, each.pending) for each in course_view(record()).parts]
    assert rows == [("1a", "0.67", "33 %", "67 %", "0"), ("1b", "1.00", "33 %", "0 %", "1")]


def test_the_mistakes_and_their_examples() -> None:
    sign, term = course_view(record()).mistakes
    assert (sign.code, sign.says, sign.parts, sign.submissions) == ("sign", "A sign is wrong", 2, 2)
    assert (term.code, term.says, term.parts) == ("term", "A mistake of another kind", 1)
    # Where nothing else is wrong stands first; without a link the answer is shown.
    assert [(each.who, each.where) for each in sign.made] == [("bo", "1a, line 4"), ("cy", "1a")]
    for text in (LATEX, PAGE):
        plain = re.sub(r"<[^>]*>|[$]", "", text)
        assert "a = -a" in plain
        assert "At a = 1 the left side is 1 and the right side 2." in plain
        assert "Right with -a for a: -a + 1." in plain


def test_what_needs_a_person() -> None:
    view = course_view(record())
    assert [(each.times, each.where, each.who) for each in (*view.links, *view.open)] == [
        (3, "1", "bo, cy"),
        (2, "1b, 1a", "cy, bo"),
    ]
    assert view.unread == ("cy: b.zip: it is a bomb",)
    assert r"\texttt{a = \textbackslash{}heart}" in LATEX
    assert r"<code>a = \heart</code>" in PAGE


def test_bars_count_submissions_by_range() -> None:
    # Of 20 points: 0 and 1.9 lie in the first range, 20 and 25 (with a bonus) in the last.
    scores = [Fraction(each) for each in ("0", "1.9", "20", "25", "10")]
    bars = distribution(scores, Fraction(20)).bars
    assert [round(height / HEIGHT * 2) for _, height, _ in bars] == [2, 1, 2]
    assert [round(x) for x, _, _ in bars] == [2, 152, 272]
    assert distribution([Fraction(0)], Fraction(0)).bars, "an assignment without points"


def test_the_same_results_give_the_same_bytes() -> None:
    assert latex(json.loads(json.dumps(record()))) == LATEX
    assert html(record()) == page_of_course(record())
    assert passes(record())


def test_an_empty_batch_has_a_report() -> None:
    empty = course_record({**BATCH, "submissions": []}, [])
    assert "0 submissions graded." in latex_course(empty)
    assert "0 submissions graded." in page_of_course(empty, assets=SMALL)


def test_a_large_batch_shows_the_most_frequent_and_counts_the_rest() -> None:
    many = [{**LINKS[0], "submissions": [f"s{number}" for number in range(100)]}] * 60
    large = course_record(BATCH, [ADA], many)  # type: ignore[arg-type]
    view = course_view(large)
    assert (len(view.links), view.more, view.links[0].who) == (40, 20, "s0, s1, s2 and 97 more")


def test_a_record_that_is_not_whole_is_refused() -> None:
    with pytest.raises(NoRecord, match="not whole"):
        latex({"format": "gradproof.course/1"})  # type: ignore[arg-type]


def hostile() -> CourseRecord:
    """The record with hostile text in every place that holds text."""

    def everywhere(value: object, key: str = "") -> object:
        match value:
            case dict():
                return {name: everywhere(each, name) for name, each in value.items()}
            case list():
                return [everywhere(each, key) for each in value]
            case str() if key not in {"format", "relation"} and value not in VERDICTS:
                return f"{value}{HOSTILE}"
            case _:
                return value

    return everywhere(record())  # type: ignore[return-value]


def test_hostile_text_makes_no_tag_and_no_command() -> None:
    page = page_of_course(hostile(), assets=SMALL)
    seen = tags(page)
    assert [tag for tag, _ in seen if tag in {"script", "img"}] == ["script", "script"]
    assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
    assert "{{ 7*7 }}" in page, "no template is read in what is printed"
    text = latex_course(hostile())
    assert text.isascii()
    assert r"\input" not in text.replace(r"\textbackslash{}input", "")
    assert r"\write" not in text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")
@pytest.mark.parametrize("made", [record(), hostile()], ids=["plain", "hostile"])
def test_it_compiles(made: CourseRecord, tmp_path: Path) -> None:
    log = compiled(latex_course(made), tmp_path)
    assert "Missing character" not in log
    assert overfull(log) == []


def run(*words: str) -> Any:
    return CliRunner().invoke(program, words)


def test_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "hw.toml").write_text(AFFINE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.md").write_text(f"# 1\n$${GRADIENT} = \\delta x^T$$\n")
    (tmp_path / "in" / "bo <b>.md").write_text(f"# 1\n$${GRADIENT} = -\\delta x^T$$\n")
    results = str(tmp_path / "out")
    assert run("grade", str(tmp_path / "hw.toml"), str(tmp_path / "in"), "--output", results).exit_code == 0
    for ending in ("tex", "html"):
        first, second = (str(tmp_path / f"{name}.{ending}") for name in ("first", "second"))
        assert run("report", results, "--output", first).exit_code == 0
        assert run("report", results, "--output", second).exit_code == 0
        assert Path(first).read_bytes() == Path(second).read_bytes()
    text = (tmp_path / "first.tex").read_text()
    assert "2 submissions graded." in text
    assert r"\texttt{sign}" in text
    assert "bo <b>" not in (tmp_path / "first.html").read_text()


@pytest.mark.parametrize(
    ("batch", "grade", "code", "says"),
    [
        ("{}", "{}", 3, "there are no results here"),
        ('{"format": "gradproof.batch/1", "submissions": [{"folder": "a"}]}', "{}", 3, "the results are not whole"),
        ("nonsense", "{}", 3, "there are no results here"),
    ],
)
def test_what_are_no_results_is_refused(tmp_path: Path, batch: str, grade: str, code: int, says: str) -> None:
    (tmp_path / "submissions" / "a").mkdir(parents=True)
    (tmp_path / "batch.json").write_text(batch)
    (tmp_path / "submissions" / "a" / "grade.json").write_text(grade)
    done = run("report", str(tmp_path), "--output", str(tmp_path / "r.tex"))
    assert (done.exit_code, says in done.stderr) == (code, True)


def test_results_and_something_else_are_two_reports(tmp_path: Path) -> None:
    (tmp_path / "batch.json").write_text("{}")
    assert run("report", str(tmp_path), "affine", "--output", "r.tex").exit_code == 2
