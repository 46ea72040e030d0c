"""Checks from Python: the same verdicts, and results that display themselves."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import verify
from verify.language import Proved, Refuted
from verify.read import AssignmentError, ReadError, read_context

TEXT = "$$a + a = 2a$$ and $$a + a = 3a$$"
NAMES = {"names": {"a": "scalar"}}
TOML = '[names]\na = "scalar"'


@pytest.mark.parametrize("form", ["mapping", "context", "file"])
def test_the_context_in_each_form(form: str, tmp_path: Path) -> None:
    (tmp_path / "names.toml").write_text(TOML, encoding="utf-8")
    contexts: dict[str, Any] = {"mapping": NAMES, "context": read_context(TOML), "file": tmp_path / "names.toml"}
    found = verify.check(TEXT, contexts[form])
    assert [type(each.verdict) for each in found] == [Proved, Refuted]
    assert (len(found), found[0].right, [each.left for each in found[1:]], found.passed) == (2, "2a", ["a + a"], False)


def test_without_a_context() -> None:
    assert verify.check("$$1 + 1 = 2$$").passed


def test_a_file_is_read_as_its_name_says() -> None:
    assert verify.check(r"% \[ 1 = 2 \]", path="hw.tex").judgments == ()


def test_it_displays_itself() -> None:
    shown = verify.check("$$a + a = 3a$$", NAMES)._repr_mimebundle_()
    assert "refuted" in shown["text/plain"]
    assert "for a = 1: left 2, right 3" in shown["text/plain"]
    assert "<table>" in shown["text/html"]
    assert "$a + a = 3a$" in shown["text/html"]
    assert "At $a = 1$ the left side is $2$ and the right side $3$." in shown["text/html"]


def test_what_students_write_is_escaped() -> None:
    shown = verify.check("# <script>alert(1)</script>\n\n$$a <b> = \\text{<script>}$$", NAMES)._repr_mimebundle_()
    assert "<script>" not in shown["text/html"]


def test_refusals() -> None:
    with pytest.raises(AssignmentError):
        verify.check(TEXT, {"nmaes": {}})
    with pytest.raises(ReadError):
        verify.check("\0")


def test_it_is_a_function_whatever_was_imported_before() -> None:
    code = "import verify.check, verify; from verify.check import check; assert verify.check('$$1 = 1$$').passed"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
