"""PDFs: the same bytes each time, within limits, and TeX's complaints on one line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verify.report.engine import Engine, NoEngine, TexError, engine, pdf

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")
TEX = Engine("pdflatex", "pdflatex")


def document(body: str, preamble: str = "") -> str:
    return rf"\documentclass{{article}}{preamble}\begin{{document}}{body}\end{{document}}"


@needs_tex
def test_the_same_document_gives_the_same_bytes() -> None:
    text = document(r"See page~\pageref{end}.\newpage\label{end}")
    first = pdf(text, TEX)
    assert first.startswith(b"%PDF-")
    assert pdf(text, TEX) == first


@needs_tex
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (document("", r"\usepackage{nosuchpackage}"), r"TeX lacks nosuchpackage.sty; on Debian: apt-get install"),
        (document(r"\nosuch"), r"TeX stopped at line 1: Undefined control sequence$"),
        (document(r"\input{/etc/passwd}"), r"TeX"),
        (document(r"\immediate\openout3=/tmp/gradproof-was-here "), r"TeX"),
    ],
)
def test_a_complaint_is_one_line(text: str, says: str) -> None:
    with pytest.raises(TexError, match=says) as caught:
        pdf(text, TEX)
    assert "\n" not in str(caught.value)


@needs_tex
def test_it_ends_what_does_not_end() -> None:
    with pytest.raises(TexError, match="stopped after 2 seconds"):
        pdf(document(r"\loop\iftrue\repeat"), TEX, seconds=2)


@needs_tex
def test_no_program_is_run(tmp_path: Path) -> None:
    goal = tmp_path / "made"
    pdf(document(rf"x\immediate\write18{{touch {goal}}}"), TEX)
    assert not goal.exists()


def test_without_a_tex_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoEngine, match="apt-get install texlive-latex-base"):
        engine()
