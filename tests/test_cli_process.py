"""The command line as a process of its own: start, end, pipes and terminals."""

import os
import subprocess
import sys
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
        "import verify.cli\n"
        "def broken(*_):\n    raise ZeroDivisionError('planted')\n"
        "verify.cli._bytes = broken\nverify.cli.main()"
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
