"""The command line: what it prints, where, and with which exit code."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import Golden
from verify.check import Contradiction
from verify.cli import Exit, program
from verify.sample import Disagreement

ROOT = Path(__file__).parent.parent

CONTEXT = """
[names]
a = "scalar"
b = "scalar"
W = "m x n"
x = "n"
"""
TRUE = "$$ (a + b)^2 = a^2 + 2ab + b^2 $$\n"
FALSE = "$$ (a + b)^2 = a^2 + b^2 $$\n"
MISSHAPEN = "$$ W x = x $$\n"
UNREADABLE = "$$ a = \\frac{b $$\n"
DEFINITION = "$$ c = a + b $$\n"

CLAIMS = """
from verify import Claim, Mistake, Misshapen, Refuted, dims, equal, function, matrix, scalar, vector

m, n = dims("m n")
z, W, x, f = scalar("z"), matrix("W", m, n), vector("x", n), function("f")
"""
GOOD = f"""{CLAIMS}
double = Claim("Twice.", equal(z + z, 2 * z))
squared = Mistake("A square.", of=double, answer=z * z)
turned = Mistake("A column.", of=double, answer=x, expect=Misshapen)
"""
CONDITIONAL = f"""{CLAIMS}
quotient = Claim("By itself.", equal(z / z, 1))
"""
WRONG = f"""{CLAIMS}
halved = Claim("Not so.", equal(z + z, z))
"""
MISSED = f"""{GOOD}
true_after_all = Mistake("No mistake.", of=double, answer=z * 2)
"""


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(program, words, input=stdin, prog_name="gradproof", catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def package(folder: Path) -> Iterator[Path]:
    """An empty package in the current folder, which ``--package claims_here`` finds."""
    before, path = set(sys.modules), list(sys.path)
    (folder / "claims_here").mkdir()
    (folder / "claims_here" / "__init__.py").touch()
    yield folder / "claims_here"
    sys.path[:] = path
    for name in set(sys.modules) - before:
        if name.partition(".")[0] == "claims_here":
            del sys.modules[name]


# check


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (TRUE, Exit.PROVED, "1 proved, 0 refuted"),
        (TRUE + DEFINITION, Exit.PROVED, "1 proved, 0 refuted, 0 misshapen, 0 undecided, 0 unreadable, 1 stated"),
        (FALSE, Exit.NOT_PROVED, "0 proved, 1 refuted"),
        (TRUE + FALSE, Exit.NOT_PROVED, "1 proved, 1 refuted"),
        (MISSHAPEN, Exit.NOT_PROVED, "1 misshapen"),
        (UNREADABLE, Exit.NOT_PROVED, "1 unreadable"),
        (DEFINITION, Exit.NOT_PROVED, "0 proved, 0 refuted, 0 misshapen, 0 undecided, 0 unreadable, 1 stated"),
    ],
)
def test_check_ends_with_the_summary_and_its_exit_code(folder: Path, text: str, code: Exit, says: str) -> None:
    (folder / "hw.md").write_text(text, encoding="utf-8")
    (folder / "hw.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "hw.md")
    assert says in result.stdout.splitlines()[-1]
    assert result.stdout.splitlines()[0] == "hw.md, with the names of hw.toml"
    assert (result.exit_code, result.stderr) == (code, "")


def test_check_as_json(folder: Path) -> None:
    (folder / "hw.md").write_text(FALSE, encoding="utf-8")
    (folder / "names.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "hw.md", "--assignment", "names.toml", "--format", "json")
    record = json.loads(result.stdout)
    assert record["format"] == "gradproof.check/1"
    (file,) = record["files"]
    assert (file["path"], file["displays"]) == ("hw.md", 1)
    (link,) = file["links"]
    assert (link["verdict"], link["at"]["path"], link["at"]["line"]) == ("refuted", "hw.md", 1)
    assert result.exit_code == Exit.NOT_PROVED


def test_check_reads_the_standard_input(folder: Path) -> None:
    (folder / "names.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "-", "--assignment", "names.toml", stdin=TRUE)
    assert result.exit_code == Exit.PROVED
    assert result.stdout.startswith("-, with the names of names.toml")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_lines_are_counted_alike_however_they_end(folder: Path, mark: bytes, end: bytes) -> None:
    (folder / "hw.md").write_bytes(mark + f"# Title\n\n{FALSE}".encode().replace(b"\n", end))
    (folder / "hw.toml").write_text(CONTEXT, encoding="utf-8")
    (file,) = json.loads(run("check", "hw.md", "--format", "json").stdout)["files"]
    assert [link["at"]["line"] for link in file["links"]] == [3]


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("missing.md", None, Exit.NO_FILE, " No such file or directory"),
        ("bytes.md", b"a\n$$ \xff", Exit.NO_FILE, "2:4: this is not UTF-8: byte 0xff"),
        ("nul.md", b"a\0", Exit.NO_FILE, "1:2: a NUL character: this is no text"),
        ("empty.md", b"", Exit.NOT_PROVED, " it is empty"),
        ("blank.md", b" \n\n", Exit.NOT_PROVED, " it is empty"),
        ("prose.md", b"Costs $5.\n", Exit.NOT_PROVED, " there is no mathematics in it, such as $$ a = b $$"),
        ("large.md", b" " * 10_000_001, Exit.NO_FILE, " it is larger than 10 MB"),
    ],
)
def test_bad_files_get_one_clear_line(
    folder: Path, name: str, content: bytes | str | None, code: Exit, says: str
) -> None:
    if isinstance(content, str):
        (folder / name).mkdir()
    elif content is not None:
        (folder / name).write_bytes(content)
    result = run("check", name)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"gradproof: {name}:{says}\n")


def test_several_files_stand_apart(folder: Path) -> None:
    for name in ("one.md", "two.md"):
        (folder / name).write_text(TRUE, encoding="utf-8")
    (folder / "names.toml").write_text(CONTEXT, encoding="utf-8")
    text = run("check", "one.md", "two.md", "--assignment", "names.toml").stdout
    assert text.count("1 display, 1 link: 1 proved") == 2
    assert "\n\ntwo.md, with the names of names.toml\n\n" in text
    assert text.startswith("one.md")


def test_json_is_ascii(folder: Path) -> None:
    (folder / "hw.md").write_text("$$ σ = 🙂 $$\n", encoding="utf-8")
    text = run("check", "hw.md", "--format", "json").stdout
    assert text.isascii()
    assert "σ" in json.loads(text)["files"][0]["links"][0]["left"]


def test_folders_stand_for_the_write_ups_in_them(folder: Path) -> None:
    for name in ("b/two.tex", "b/one.md", "b/c/three.ipynb", "b/.hidden/four.md", "b/notes.rst", "b/names.toml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = json.dumps({"cells": [{"cell_type": "markdown", "source": TRUE}]})
        path.write_text(cells if name.endswith(".ipynb") else TRUE, encoding="utf-8")
    (folder / "b/names.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "b", "--assignment", "b/names.toml", "--format", "json")
    assert [each["path"] for each in json.loads(result.stdout)["files"]] == ["b/one.md", "b/two.tex", "b/c/three.ipynb"]
    assert result.exit_code == Exit.PROVED


def test_a_folder_without_write_ups(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("check", "empty")
    says = "gradproof: no write-up is in empty: they end in .md, .qmd, .txt, .tex or .ipynb\n"
    assert (result.exit_code, result.stdout, result.stderr) == (Exit.NOT_PROVED, "", says)


def test_a_total_stands_under_several_files(folder: Path) -> None:
    for name, text in (("one.md", TRUE), ("two.md", FALSE)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "names.toml").write_text(CONTEXT, encoding="utf-8")
    text = run("check", "one.md", "two.md", "--assignment", "names.toml").stdout
    assert text.splitlines()[-1].startswith("2 files, 2 displays, 2 links: 1 proved, 1 refuted")


def test_as_compilers_report(folder: Path) -> None:
    (folder / "hw.md").write_text(TRUE + FALSE, encoding="utf-8")
    (folder / "hw.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "hw.md", "--format", "gcc")
    message = "(a + b)^2 = a^2 + b^2: for a = 1, b = 1: left 4, right 2"
    assert result.stdout == f"hw.md:2:16: error: {message} [refuted]\n"
    assert result.exit_code == Exit.NOT_PROVED


def test_macros_of_another_file(folder: Path) -> None:
    (folder / "hw.md").write_text(r"$$ \twice{a} = 2a $$", encoding="utf-8")
    (folder / "hw.toml").write_text(CONTEXT, encoding="utf-8")
    (folder / "macros.tex").write_text(r"\newcommand{\twice}[1]{(#1 + #1)}", encoding="utf-8")
    assert run("check", "hw.md", "--macros", "macros.tex").exit_code == Exit.PROVED
    assert run("check", "hw.md").exit_code == Exit.NOT_PROVED
    missing = run("check", "hw.md", "--macros", "none.tex")
    assert (missing.exit_code, missing.stderr) == (Exit.NO_FILE, "gradproof: none.tex: No such file or directory\n")


def test_tex_from_the_standard_input(folder: Path) -> None:
    text = r"\documentclass{article}\begin{document}\[ 1 + 1 = 2 \] % \[ 1 = 2 \]"
    assert run("check", "-", stdin=text).exit_code == Exit.PROVED


# check --jsonl


def test_lines_of_json(folder: Path) -> None:
    names = {"names": {"a": "scalar"}}
    lines = [
        {"id": "1", "latex": "a + a = 2a", "context": names},
        {"id": "2", "latex": "a + a = 3a", "context": names},
        {"id": "3", "latex": "a", "contxt": names},
    ]
    (folder / "chains.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = run("check", "--jsonl", "chains.jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(record) for record in records] == [["id", "links"], ["id", "links"], ["id", "error"]]
    assert [record["links"][0]["verdict"] for record in records[:2]] == ["proved", "refuted"]
    assert result.exit_code == Exit.NOT_PROVED


def test_lines_of_json_that_are_all_proved(folder: Path) -> None:
    line = json.dumps({"id": 1, "latex": "1 + 1 = 2"})
    result = run("check", "--jsonl", "-", "--timings", stdin=line)
    assert (result.exit_code, list(json.loads(result.stdout))) == (Exit.PROVED, ["id", "links", "seconds"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("check",), "no FILES are given"),
        (("check", "hw.md", "--jsonl", "-"), "--jsonl reads one FILE"),
        (("check", "hw.md", "--timings"), "--timings goes with --jsonl"),
        (("check", "hw.md", "--certificates"), "--certificates goes with --format json"),
        (("check", "--jsonl", "-", "--assignment", "hw.toml"), "--jsonl reads one FILE"),
    ],
)
def test_what_does_not_go_together(words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.exit_code == Exit.USAGE
    assert says in result.stderr


def test_a_bad_file_does_not_hold_up_the_others(folder: Path) -> None:
    (folder / "hw.md").write_text(TRUE, encoding="utf-8")
    (folder / "hw.toml").write_text(CONTEXT, encoding="utf-8")
    result = run("check", "missing.md", "hw.md")
    assert result.exit_code == Exit.NO_FILE
    assert "1 proved" in result.stdout


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[names]\nW = 'd y k'\n", "bad.toml"),
        ("[names\n", "bad.toml"),
        ("names = 3\n", "names"),
    ],
)
def test_a_mistake_in_an_assignment_is_named(folder: Path, toml: str, says: str) -> None:
    (folder / "hw.md").write_text(TRUE, encoding="utf-8")
    (folder / "bad.toml").write_text(toml, encoding="utf-8")
    result = run("check", "hw.md", "--assignment", "bad.toml")
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert result.stderr.startswith("gradproof: bad.toml")
    assert says in result.stderr


def test_an_assignment_that_is_missing(folder: Path) -> None:
    (folder / "hw.md").write_text(TRUE, encoding="utf-8")
    result = run("check", "hw.md", "--assignment", "no.toml")
    assert (result.exit_code, result.stderr) == (Exit.NO_FILE, "gradproof: no.toml: No such file or directory\n")


# prove


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (GOOD, Exit.PROVED, "1 claim: 1 proved, 0 not proved; 2 mistakes: 2 caught, 0 missed"),
        (WRONG, Exit.NOT_PROVED, "1 claim: 0 proved, 1 not proved; 0 mistakes: 0 caught, 0 missed"),
        (CONDITIONAL, Exit.NOT_PROVED, "1 claim: 0 proved, 1 not proved; 0 mistakes: 0 caught, 0 missed"),
        (MISSED, Exit.NOT_PROVED, "1 claim: 1 proved, 0 not proved; 3 mistakes: 2 caught, 1 missed"),
        (CLAIMS, Exit.NOT_PROVED, "0 claims: 0 proved, 0 not proved; 0 mistakes: 0 caught, 0 missed"),
    ],
)
def test_prove_ends_with_the_summary_and_its_exit_code(package: Path, text: str, code: Exit, says: str) -> None:
    (package / "sums.py").write_text(text, encoding="utf-8")
    result = run("prove", "--package", "claims_here")
    assert result.stdout.splitlines()[-1] == says
    assert (result.exit_code, result.stderr) == (code, "")


def test_prove_as_json(package: Path) -> None:
    (package / "sums.py").write_text(MISSED, encoding="utf-8")
    result = run("prove", "--package", "claims_here", "--format", "json")
    record = json.loads(result.stdout)
    assert record["format"] == "gradproof.proofs/1"
    (claim,) = record["claims"]
    assert (claim["name"], claim["links"][0]["verdict"]) == ("sums.double", "proved")
    assert claim["sampled"]["points"] > 0
    assert claim["sampled"]["max_relative_error"] < 1e-12
    assert [(each["name"], each["expected"], each["verdict"], each["caught"]) for each in record["mistakes"]] == [
        ("sums.squared", "refuted", "refuted", True),
        ("sums.turned", "misshapen", "misshapen", True),
        ("sums.true_after_all", "refuted", "proved", False),
    ]


@pytest.mark.parametrize("name", ["sums", "sums.double"])
def test_prove_takes_names_of_modules_and_claims(package: Path, name: str) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    (package / "wrong.py").write_text(WRONG, encoding="utf-8")
    assert run("prove", name, "--package", "claims_here").exit_code == Exit.PROVED


def test_an_unknown_name_gets_the_nearest(package: Path) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    result = run("prove", "sums.duoble", "--package", "claims_here")
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert result.stderr == "gradproof: nothing is called sums.duoble; did you mean sums.double?\n"


def test_explain_shows_how_each_link_was_decided(package: Path) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    result = run("prove", "sums.double", "--explain", "--package", "claims_here")
    assert "        both sides come down to 2 z\n\n  Proved by its normal form, for all dimensions;" in result.stdout


def test_a_contradiction_is_loud(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sampler is made to disagree with a proof."""
    (package / "sums.py").write_text(GOOD, encoding="utf-8")

    def disagree(*_: object) -> Disagreement:
        raise Contradiction("z + z = 2 z is proved, but the sampler sees it fail")

    monkeypatch.setattr("verify.sample.sample", disagree)
    result = run("prove", "--package", "claims_here")
    assert (result.exit_code, result.stdout) == (Exit.OURS, "")
    assert result.stderr.startswith("gradproof: CONTRADICTION, an error of ours: z + z = 2 z is proved, but")


def test_the_claims_of_this_repository_hold() -> None:
    result = run("prove", "tanh")
    assert result.exit_code == Exit.PROVED


# report


@pytest.mark.parametrize(("text", "code"), [(GOOD, Exit.PROVED), (WRONG, Exit.NOT_PROVED), (MISSED, Exit.NOT_PROVED)])
def test_report_writes_a_document(package: Path, folder: Path, text: str, code: Exit) -> None:
    (package / "sums.py").write_text(text, encoding="utf-8")
    result = run("report", "--package", "claims_here", "--output", "claims.tex")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", "")
    document = (folder / "claims.tex").read_text(encoding="utf-8")
    assert document.startswith("\\documentclass")
    assert document.endswith("\\end{document}\n")
    assert run("report", "--package", "claims_here", "--output", "-").stdout == document


def test_report_takes_names(package: Path) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    (package / "wrong.py").write_text(WRONG, encoding="utf-8")
    result = run("report", "sums", "--package", "claims_here", "--output", "-")
    assert (result.exit_code, "{double}" in result.stdout, "halved" in result.stdout) == (Exit.PROVED, True, False)


@pytest.mark.parametrize(
    ("output", "text", "code", "says"),
    [
        (
            "report.doc",
            GOOD,
            Exit.USAGE,
            "--output is a file that ends in .tex, .pdf or .html, or -, and not report.doc",
        ),
        ("no/folder/report.tex", GOOD, Exit.NO_FILE, "no/folder/report.tex: No such file or directory"),
        ("report.tex", CLAIMS, Exit.USAGE, "there is no claim in claims_here to report"),
    ],
)
def test_report_refuses(package: Path, output: str, text: str, code: Exit, says: str) -> None:
    (package / "sums.py").write_text(text, encoding="utf-8")
    result = run("report", "--package", "claims_here", "--output", output)
    assert result.exit_code == code
    assert says in result.stderr


def test_report_without_a_tex(package: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    result = run("report", "--package", "claims_here", "--output", "report.pdf")
    assert result.exit_code == Exit.NO_FILE
    assert "apt-get install texlive-latex-base" in result.stderr
    assert "report.tex is written" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (folder / "report.tex").read_text(encoding="utf-8").startswith("\\documentclass")
    assert not (folder / "report.pdf").exists()


@pytest.mark.parametrize("suffix", [".tex", ".html"])
def test_report_of_a_write_up_is_that_of_its_record(folder: Path, suffix: str) -> None:
    (folder / "hw.md").write_text("$$ (a + 1)^2 = a^2 + 1 $$", encoding="utf-8")
    (folder / "names.toml").write_text('[names]\na = "scalar"\n', encoding="utf-8")
    result = run("report", "hw.md", "--assignment", "names.toml", "--output", f"first{suffix}")
    assert (result.exit_code, result.stdout, result.stderr) == (Exit.NOT_PROVED, "", "")
    kept = run("check", "hw.md", "--assignment", "names.toml", "--diagnose", "--format", "json").stdout
    (folder / "check.json").write_text(kept, encoding="utf-8")
    assert run("report", "--from", "check.json", "--output", f"second{suffix}").exit_code == Exit.NOT_PROVED
    assert (folder / f"first{suffix}").read_bytes() == (folder / f"second{suffix}").read_bytes()
    assert "refuted" in (folder / f"first{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("hw.md", "affine"), Exit.USAGE, "a report is about claims or about write-ups, not both"),
        (("hw.md", "--from", "x.json"), Exit.USAGE, "it goes with no NAMES"),
        (("--from", "x.json"), Exit.NO_FILE, "x.json: No such file or directory"),
        (("--from", "hw.md"), Exit.NO_FILE, "hw.md: it is no JSON"),
        (("none.md",), Exit.NO_FILE, "none.md: No such file or directory"),
    ],
)
def test_report_refuses_what_it_cannot_report(folder: Path, words: tuple[str, ...], code: Exit, says: str) -> None:
    (folder / "hw.md").write_text("$$ a = a $$", encoding="utf-8")
    result = run("report", *words, "--output", "out.tex")
    assert result.exit_code == code
    assert says in result.stderr


# usage and the process


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "a.md", "--format", "xml"),
        ("prove", "--explain", "--format", "json"),
        ("prove", "--package", "no_such_package"),
        ("guess",),
        ("--nonsense",),
    ],
)
def test_usage(folder: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert result.stderr


@pytest.mark.parametrize("words", [(), ("check",), ("prove",), ("report",)])
def test_help_has_examples(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == Exit.PROVED
    assert "Examples:\n    gradproof " in result.stdout


def test_an_interruption_is_told_apart(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("verify.sample.sample", interrupt)
    result = run("prove", "--package", "claims_here")
    assert (result.exit_code, result.stderr) == (Exit.INTERRUPTED, "gradproof: interrupted\n")


# the example


@pytest.mark.parametrize(
    "name", ["neural-networks.md", "softmax-affine.tex", "layers.md", "cross-entropy.ipynb", "word2vec.md", "depth.md"]
)
def test_the_example_is_judged_as_it_was(name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = run("check", f"docs/examples/{name}")
    assert (result.exit_code, result.stderr) == (Exit.NOT_PROVED, "")
    golden.check(f"{Path(name).stem}.txt", result.stdout)


def test_the_example_has_three_mistakes_and_no_other_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: an index that leaves its sum, factors swapped, a sign."""
    monkeypatch.chdir(ROOT)
    (file,) = json.loads(run("check", "docs/examples/neural-networks.md", "--format", "json").stdout)["files"]
    wrong = [link for link in file["links"] if link["verdict"] not in {"proved", "stated"}]
    assert [(link["at"]["line"], link["verdict"], link["reason"]) for link in wrong] == [
        (69, "misshapen", "unbound-index"),
        (75, "misshapen", "shape"),
        (124, "refuted", None),
    ]


def test_certificates_are_added_when_they_are_asked_for() -> None:
    with_them = CliRunner().invoke(
        program, ["prove", "affine.weight_gradient", "--format", "json", "--certificates"], catch_exceptions=False
    )
    record = json.loads(with_them.stdout)
    certificates = [link["certificate"] for each in record["claims"] for link in each["links"]]
    assert [each["format"] for each in certificates] == ["gradproof.certificate/1"]
    misshapen = next(each for each in record["mistakes"] if each["verdict"] == "misshapen")
    assert misshapen["links"][0]["certificate"] is None
    without = CliRunner().invoke(program, ["prove", "affine.weight_gradient", "--format", "json"])
    assert "certificate" not in without.stdout


def test_certificates_need_json() -> None:
    result = CliRunner().invoke(program, ["prove", "affine.weight_gradient", "--certificates"])
    assert result.exit_code == 2
    assert "--format json" in result.output
