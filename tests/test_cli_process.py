"""The command line as a process of its own: start, end, pipes and terminals."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verify import __version__
from verify.cli import Exit

ROOT = Path(__file__).parent.parent
MAIN = "from verify.cli import main; main()"


def process(*words: str, code: str = MAIN, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_the_version_is_the_package_s_own() -> None:
    output, _ = process("--version").communicate(timeout=60)
    assert output == f"gradproof {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from verify.cli import program; program(['--help'], standalone_mode=False); print(*sys.modules)"
    output, _ = process(code=code).communicate(timeout=60)
    loaded = set(output.splitlines()[-1].split())
    assert "click" in loaded
    assert not loaded & {"sympy", "numpy", "hypothesis", "flint", "rich", "verify.check", "verify.read"}


def test_an_error_of_ours_shows_its_traceback_and_has_its_own_code() -> None:
    code = (
        "import verify.cli, verify.commands.writeups\n"
        "def broken(*_):\n    raise ZeroDivisionError('planted')\n"
        "verify.commands.writeups.bytes_of = broken\nverify.cli.main()"
    )
    running = process("check", "hw.md", code=code)
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, output) == (Exit.OURS, "")
    assert "ZeroDivisionError: planted" in errors
    assert errors.splitlines()[-1] == (
        "gradproof: this is an error of ours, not yours; please report it with the lines above"
    )


def test_a_reader_who_stops_reading_is_no_error() -> None:
    running = process("prove", "tanh")
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == ""
    running.wait(timeout=60)
    running.stderr.close()


def test_what_a_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "σ.md").write_text("$$ ∂ = $$\n", encoding="utf-8")
    running = process("check", str(tmp_path / "σ.md"), PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    output, errors = running.communicate(timeout=60)
    assert running.returncode == Exit.NOT_PROVED
    assert "Traceback" not in errors
    assert "\\u03c3.md" in output + errors


@pytest.mark.parametrize(
    "words", [("check", "docs/examples/neural-networks.md", "--format", "json"), ("prove", "tanh", "--explain")]
)
def test_bytes_do_not_depend_on_the_hash_seed(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    runs = [process(*words, PYTHONHASHSEED=seed) for seed in ("0", "1")]
    first, second = (each.communicate(timeout=120)[0] for each in runs)
    assert first == second
    assert "proved" in first


# What a link does to the process that decides it, in code that is run before the command: a link in which q stands.
PLANTED = """
import os, sys, time
import verify.commands.checked as checked
from verify.stream.apart import apart

real = checked.decided
apart.__kwdefaults__ = {{"seconds": 2.0, "megabytes": 3000}}

def decided(link):
    if "q" in str(link):
        {body}
    return real(link)

checked.decided = decided
from verify.cli import main
main()
"""
LINKS = "$$ a + a = 2a $$\n\n$$ q + q = 2q $$\n\n$$ a + a = 3a $$\n\n$$ b + b = 2b $$\n"


@pytest.mark.parametrize(
    ("form", "body", "code", "says"),
    [
        ("text", "while True: pass", Exit.NOT_PROVED, "it took more than 2 seconds"),
        ("json", "time.sleep(1000)", Exit.NOT_PROVED, "it took more than 2 seconds"),
        ("json", "bytearray(10**12)", Exit.NOT_PROVED, "it took more than 3000 MB"),
        ("text", "os.abort()", Exit.OURS, "the process that worked on it ended with code -6"),
        ("json", "os.abort()", Exit.OURS, "the process that worked on it ended with code -6"),
        ("gcc", "os.abort()", Exit.OURS, "the process that worked on it ended with code -6"),
        ("text", "1 // 0", Exit.OURS, "the process that worked on it ended with code 1"),
    ],
    ids=["runaway", "hang", "memory", "crash", "crash as json", "crash as gcc", "error"],
)
def test_a_link_that_ends_its_process_costs_itself_only(
    tmp_path: Path, form: str, body: str, code: Exit, says: str
) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    running = process("check", str(tmp_path / "hw.md"), "--format", form, code=PLANTED.format(body=body), COLUMNS="200")
    output, errors = running.communicate(timeout=120)
    assert running.returncode == code
    assert says in output
    assert ("this is an error of ours" in errors) is (code is Exit.OURS)
    assert ("ZeroDivisionError" in errors) is (body == "1 // 0")
    if form == "text":
        assert output.splitlines()[-1] == (
            "4 displays, 4 links: 2 proved, 1 refuted, 0 misshapen, 1 undecided, 0 unreadable, 0 stated"
        )
    if form == "json":
        links = json.loads(output)["files"][0]["links"]
        assert [link["verdict"] for link in links] == ["proved", "undecided", "refuted", "proved"]
        assert (links[1]["reason"], links[1]["why"]) == ("killed", says)


def test_a_diagnosis_that_ends_its_process_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "hw.md").write_text("$$ q + q = 3q $$\n\n$$ a + a = -2a $$\n", encoding="utf-8")
    planted = PLANTED.replace("decided", "explain_link").replace("str(link)", "str(link.link)")
    code = planted.format(body="while True: pass")
    running = process("check", str(tmp_path / "hw.md"), "--diagnose", "--format", "json", code=code)
    output, _ = running.communicate(timeout=120)
    assert running.returncode == Exit.NOT_PROVED
    first, second = json.loads(output)["files"][0]["links"]
    assert (first["verdict"], first["mistake"]) == ("refuted", None)
    assert second["mistake"]["code"] == "sign"


def test_an_interruption_ends_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    started = tmp_path / "started"
    body = f"open({str(started)!r}, 'w').close(); time.sleep(1000)"
    running = process("check", str(tmp_path / "hw.md"), code=PLANTED.replace("2.0", "60.0").format(body=body))
    for _ in range(600):
        if started.exists():
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, output, errors) == (Exit.INTERRUPTED, "", "gradproof: interrupted\n")


def on_terminal(*words: str, code: str = MAIN) -> str:
    """What a command says on the standard error, where that is a terminal."""
    ours, theirs = os.openpty()
    running = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to any longer by an error
        while part := os.read(ours, 1000):
            said += part
    running.wait(timeout=60)
    os.close(ours)
    return said.decode()


def test_long_work_shows_how_far_it_has_come_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    said = on_terminal("check", str(tmp_path / "hw.md"), code=PLANTED.format(body="time.sleep(1.5)"))
    assert re.search(r"hw\.md: [23] links, \d+ a second", said)
    assert said.endswith("\r\x1b[K"), "it is gone at the end"


def test_short_work_shows_nothing_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    code = PLANTED.format(body="pass").replace(
        "from verify.cli", "import verify.commands.progress\nverify.commands.progress.AFTER = 60\nfrom verify.cli"
    )
    assert on_terminal("check", str(tmp_path / "hw.md"), code=code) == ""


# What the reader does at a display in which q stands, or in the whole of a file that begins with a q.
PLANTED_READER = """
import os, sys, time
import verify.read.read
from verify.read import passage
from verify.stream.apart import apart

read = sys.modules["verify.read.read"]
apart.__kwdefaults__ = {{"seconds": 2.0, "megabytes": 3000}}
reading, laying = passage.DocumentReader.steps, read.layout

def steps(self, number):
    if "q" in self.shown(number)[1]:
        {body}
    return reading(self, number)

def layout(source, *rest):
    if source.text.startswith("q"):
        {body}
    return laying(source, *rest)

passage.DocumentReader.steps, read.layout = steps, layout
from verify.cli import main
main()
"""


@pytest.mark.parametrize(
    ("form", "body", "code", "says"),
    [
        ("text", "while True: pass", Exit.NOT_PROVED, "it took more than 2 seconds"),
        ("json", "bytearray(10**12)", Exit.NOT_PROVED, "it took more than 3000 MB"),
        ("json", "os.abort()", Exit.OURS, "the process that worked on it ended with code -6"),
        ("gcc", "os.abort()", Exit.OURS, "the process that worked on it ended with code -6"),
        ("text", "1 // 0", Exit.OURS, "the process that worked on it ended with code 1"),
        ("json", "steps(self, number)", Exit.OURS, "the process that worked on it ended with code 1"),
    ],
    ids=["runaway", "memory as json", "crash as json", "crash as gcc", "error", "recursion as json"],
)
def test_a_display_that_ends_the_reader_costs_its_file_only(
    tmp_path: Path, form: str, body: str, code: Exit, says: str
) -> None:
    (tmp_path / "a.md").write_text(LINKS, encoding="utf-8")
    (tmp_path / "b.md").write_text("$$ a + a = 2a $$\n", encoding="utf-8")
    words = ("check", str(tmp_path), "--format", form)
    running = process(*words, code=PLANTED_READER.format(body=body), COLUMNS="200")
    output, errors = running.communicate(timeout=120)
    assert running.returncode == code
    where = f"{tmp_path}/a.md: it could not be read; this is an error of ours, not yours"
    assert (where in errors) is (code is Exit.OURS)
    assert ("ZeroDivisionError" in errors) is (body == "1 // 0")
    why = f"the write-up could not be read beyond this: {says}"
    if form == "text":
        lines = " ".join(output.split())
        assert f"3:3 undecided q + q = 2q {why}" in lines
        assert output.splitlines()[-1] == (
            "2 files, 3 displays, 2 links: 1 proved, 0 refuted, 0 misshapen, 1 undecided, 0 unreadable, 0 stated"
        )
    if form == "gcc":
        assert output == f"{tmp_path}/a.md:3:3: warning: q + q = 2q: {why} [undecided-killed]\n"
    if form == "json":
        broken, whole = json.loads(output)["files"]
        (link,) = broken["links"]
        assert (link["left"], link["verdict"], link["reason"], link["why"]) == (
            "q + q = 2q",
            "undecided",
            "killed",
            why,
        )
        assert link["at"] == {"path": str(tmp_path / "a.md"), "line": 3, "column": 3}
        assert broken["displays"] == 2
        assert [each["verdict"] for each in whole["links"]] == ["proved"]


def test_a_file_whose_displays_cannot_be_found_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("q\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("$$ a + a = 2a $$\n", encoding="utf-8")
    running = process("check", str(tmp_path), "--format", "json", code=PLANTED_READER.format(body="os.abort()"))
    output, _ = running.communicate(timeout=120)
    assert running.returncode == Exit.OURS
    broken, whole = json.loads(output)["files"]
    (link,) = broken["links"]
    assert (broken["displays"], link["left"], link["reason"], link["at"]["line"]) == (0, "", "killed", 1)
    assert [each["verdict"] for each in whole["links"]] == ["proved"]


def test_a_display_of_a_notebook_that_ends_the_reader_is_named(tmp_path: Path) -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": f"Text\n\n$$ {each} = 2 $$"} for each in "aq"]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "hw.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    running = process("check", str(tmp_path), "--format", "gcc", code=PLANTED_READER.format(body="os.abort()"))
    output, _ = running.communicate(timeout=120)
    assert output.startswith(f"{tmp_path}/hw.ipynb:cell 2:3:3: warning: q = 2: the write-up could not be read beyond")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("megabytes", [200, 400, 1500])
def test_little_memory_changes_nothing(tmp_path: Path, megabytes: int) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    code = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2); {MAIN}"
    running = process("check", str(tmp_path / "hw.md"), code=code)
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (Exit.NOT_PROVED, "")
    assert "3 proved, 1 refuted" in output


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize(
    ("command", "megabytes"), [("check hw.md", 40), ("check hw.md", 70), ("prove tanh --jobs 1", 150)]
)
def test_too_little_memory_is_said_in_one_line(command: str, megabytes: int) -> None:
    code = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2); {MAIN}"
    output, errors = (running := process(*command.split(), code=code)).communicate(timeout=60)
    says = f"gradproof: there is not enough memory: {megabytes} MB are allowed (ulimit -v)\n"
    assert (running.returncode, output, errors) == (Exit.NO_FILE, "", says)


@pytest.mark.parametrize("form", ["text", "json", "gcc"])
def test_no_folder_for_temporary_files_is_needed(tmp_path: Path, form: str) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    words = ("check", str(tmp_path / "hw.md"), "--format", form, "--diagnose")
    running = process(*words, TMPDIR="/dev/null", HOME="/dev/null")
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (Exit.NOT_PROVED, "")
    assert "left 2, right 3" in output


def test_chains_need_no_folder_for_temporary_files(tmp_path: Path) -> None:
    (tmp_path / "chains.jsonl").write_text('{"latex": "2 + 2 = 4"}\n', encoding="utf-8")
    running = process("check", "--jsonl", str(tmp_path / "chains.jsonl"), TMPDIR="/dev/null", HOME="/dev/null")
    output, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (Exit.PROVED, "")
    assert json.loads(output)["links"][0]["verdict"] == "proved"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_full_disk_is_said_in_one_line(tmp_path: Path, form: str) -> None:
    (tmp_path / "hw.md").write_text(LINKS, encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        running = subprocess.run(
            [sys.executable, "-c", MAIN, "check", str(tmp_path / "hw.md"), "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert running.stderr == "gradproof: the output: No space left on device\n"
    assert running.returncode == Exit.NO_FILE
