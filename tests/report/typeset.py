"""Documents set by the TeX of this machine, and what its log says of lines that are too wide."""

import os
import re
import subprocess
from pathlib import Path

TOLERATED = 5.0


def compiled(text: str, folder: Path) -> str:
    """The log of a TeX without access to files and programs; the document must get through without a complaint."""
    (folder / "report.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],  # noqa: S607
        cwd=folder,
        env={**os.environ, "openin_any": "p", "openout_any": "p"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert (folder / "report.pdf").stat().st_size > 10_000
    return (folder / "report.log").read_text(encoding="utf-8", errors="replace")


def overfull(log: str) -> list[float]:
    """By how many points lines stand over the margin, where it is more than is tolerated."""
    return [width for each in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log) if (width := float(each)) > TOLERATED]
