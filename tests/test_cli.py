"""The command line: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
        ("missing.md", None, Exit.NO_FILE, "gradproof: missing.md: No such file or directory\n"),
        ("folder", "", Exit.NO_FILE, "gradproof: folder: Is a directory\n"),
        ("bytes.md", b"a\n$$ \xff = 1 $$\n", Exit.NO_FILE, "gradproof: bytes.md: it is not UTF-8: line 2 holds the byte 0xff\n"),
        ("empty.md", b"", Exit.NOT_PROVED, "gradproof: empty.md: it is empty\n"),
        ("blank.md", b" \n\n", Exit.NOT_PROVED, "gradproof: blank.md: it is empty\n"),
        ("prose.md", b"Costs $5.\n", Exit.NOT_PROVED, "gradproof: prose.md: there is no mathematics in it, such as $$ a = b $$\n"),
        ("large.md", b" " * 10_000_001, Exit.NO_FILE, "gradproof: large.md: it is larger than 10 MB\n"),
    ],
)  # fmt: skip
def test_bad_files_get_one_clear_line(
    folder: Path, name: str, content: bytes | str | None, code: Exit, says: str
) -> None:
    if isinstance(content, str):
        (folder / name).mkdir()
    elif content is not None:
        (folder / name).write_bytes(content)
    result = run("check", name)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", says)


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
    assert result.stderr == "gradproof: nothing is called sums.duoble; did you mean sums.double or sums?\n"


def test_explain_shows_how_each_link_was_decided(package: Path) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")
    result = run("prove", "sums.double", "--explain", "--package", "claims_here")
    assert "      proved by normal form\n        left   2 z\n        right  2 z\n" in result.stdout


def test_a_contradiction_is_loud(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sampler is made to disagree with a proof."""
    (package / "sums.py").write_text(GOOD, encoding="utf-8")

    def disagree(*_: object) -> Disagreement:
        raise Contradiction("z + z = 2 z is proved, but the sampler sees it fail")

    monkeypatch.setattr("verify.check.sample", disagree)
    result = run("prove", "--package", "claims_here")
    assert (result.exit_code, result.stdout) == (Exit.OURS, "")
    assert result.stderr.startswith("gradproof: CONTRADICTION, an error of ours: z + z = 2 z is proved, but")


def test_the_claims_of_this_repository_hold() -> None:
    result = run("prove", "tanh")
    assert result.exit_code == Exit.PROVED


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


@pytest.mark.parametrize("words", [(), ("check",), ("prove",)])
def test_help_has_examples(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == Exit.PROVED
    assert "Examples:\n    gradproof " in result.stdout


def test_an_interruption_is_told_apart(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "sums.py").write_text(GOOD, encoding="utf-8")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("verify.check.sample", interrupt)
    result = run("prove", "--package", "claims_here")
    assert (result.exit_code, result.stderr) == (Exit.INTERRUPTED, "gradproof: interrupted\n")


def process(
    *words: str, code: str = "from verify.cli import main; main()", **environment: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_the_version_is_the_package_s_own() -> None:
    from verify import __version__

    output, _ = process("--version").communicate(timeout=60)
    assert output == f"gradproof {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from verify.cli import program; program(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    output, _ = process(code=code).communicate(timeout=60)
    loaded = output.splitlines()[-1]
    assert "'click'" in loaded
    assert not [
        name for name in ("sympy", "numpy", "hypothesis", "flint", "rich", "verify.check") if f"'{name}'" in loaded
    ]


def test_an_error_of_ours_shows_its_traceback_and_has_its_own_code() -> None:
    code = (
        "import verify.cli\n"
        "def broken(*_):\n    raise ZeroDivisionError('planted')\n"
        "verify.cli._text = broken\nverify.cli.main()"
    )
    running = process("check", "hw.md", code=code)
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, output) == (Exit.OURS, "")
    assert "ZeroDivisionError: planted" in errors
    assert errors.splitlines()[-1] == (
        "gradproof: this is an error of ours, not yours; please report it with the lines above"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there are no broken pipes on Windows")
def test_a_reader_who_stops_reading_is_no_error() -> None:
    running = process("prove", "tanh")
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == ""
    running.wait(timeout=60)
    running.stderr.close()


def test_what_a_terminal_cannot_show_is_escaped(folder: Path) -> None:
    (folder / "σ.md").write_text("$$ ∂ = $$\n", encoding="utf-8")
    running = process("check", "σ.md", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    output, errors = running.communicate(timeout=60)
    assert running.returncode == Exit.NOT_PROVED
    assert "Traceback" not in errors
    assert "\\u03c3.md" in output + errors


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    runs = [process("prove", "affine", "--explain", PYTHONHASHSEED=seed) for seed in ("0", "1", "2")]
    outputs = {each.communicate(timeout=120)[0] for each in runs}
    assert len(outputs) == 1
