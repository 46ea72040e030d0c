"""A LaTeX document made into a PDF, by the TeX of this machine.

TeX may neither run programs nor read files of others; it works in a folder of its own that is removed afterwards,
within limits of time and size. The same document gives the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ENGINES = ("latexmk", "pdflatex", "tectonic")
PACKAGES = "texlive-latex-base texlive-latex-recommended texlive-fonts-recommended lmodern"
SECONDS, LARGEST, RUNS = 240, 200_000_000, 4
NAME = "report"
PROBLEM = re.compile(r"^! (.*)$|^error: (.*)$", re.MULTILINE)
WHERE = re.compile(r"^l\.(\d+)", re.MULTILINE)


class NoEngine(Exception):
    """There is no TeX on this machine; says which packages to install."""


class TexError(Exception):
    """TeX did not make a PDF; says why on one line."""


@dataclass(frozen=True)
class Engine:
    """A TeX that was found."""

    name: str
    path: str


def engine() -> Engine:
    """The TeX to use, the first of those that are here.

    Raises :class:`NoEngine`.
    """
    for name in ENGINES:
        path = shutil.which(name)
        # latexmk alone is but a driver.
        if path is not None and (name != "latexmk" or shutil.which("pdflatex")):
            return Engine(name, path)
    raise NoEngine(f"there is no TeX here to make a PDF; on Debian: apt-get install {PACKAGES}")


def pdf(document: str, found: Engine, *, seconds: int = SECONDS) -> bytes:
    """The PDF of a document.

    Raises :class:`TexError` if TeX cannot make one, or not within the limits.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        source, made = Path(folder, f"{NAME}.tex"), Path(folder, f"{NAME}.pdf")
        source.write_text(document, encoding="utf-8")
        before = None
        for _ in range(RUNS if found.name == "pdflatex" else 1):
            _run(found, folder, seconds)
            references = _references(Path(folder))
            if references == before:
                break
            before = references
        if not made.is_file():
            raise TexError("TeX ended without a PDF")
        return made.read_bytes()


def _references(folder: Path) -> bytes:
    """What one run tells the next."""
    return b"".join(each.read_bytes() for each in sorted(folder.glob(f"{NAME}.*")) if each.suffix in {".aux", ".out"})


def _run(found: Engine, folder: str, seconds: int) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program of this machine, with arguments of ours
            [found.path, *_arguments(found.name)],
            cwd=folder,
            env=_surroundings(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            preexec_fn=_limited,
        )
    except subprocess.TimeoutExpired as error:
        raise TexError(f"TeX was stopped after {seconds} seconds") from error
    except OSError as error:
        raise TexError(f"{found.path}: {error.strerror}") from error
    if done.returncode:
        raise TexError(_one_line(done.stdout.decode("utf-8", "replace")))


def _arguments(name: str) -> list[str]:
    strict = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", f"{NAME}.tex"]
    match name:
        case "latexmk":
            return ["-norc", "-pdf", *strict]
        case "tectonic":
            return ["--untrusted", "--only-cached", "--keep-logs", f"{NAME}.tex"]
        case _:
            return strict


def _surroundings(folder: str) -> dict[str, str]:
    """The variables for TeX: it may open nothing outside of its folder and its own tree, and has no clock."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TEXMFHOME") if name in os.environ
    }
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return kept | {
        "openin_any": "p",
        "openout_any": "p",
        "SOURCE_DATE_EPOCH": epoch,
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "1000",
        "TEXMFVAR": folder,
    }


def _limited() -> None:
    """No file may grow beyond all measure; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))


def _one_line(output: str) -> str:
    """TeX's first complaint and its line."""
    problem = PROBLEM.search(output)
    if problem is None:
        return "TeX ended with an error that it does not tell"
    place = WHERE.search(output, problem.end())
    said = (problem[1] or problem[2]).strip().rstrip(".")
    missing = re.search(r"File `(.+?)' not found", said)
    if missing is not None:
        return f"TeX lacks {missing[1]}; on Debian: apt-get install {PACKAGES}"
    return f"TeX stopped{f' at line {place[1]}' if place else ''}: {said}"
