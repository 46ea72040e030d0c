"""Our own code, altered by mutmut: ``python -m tests.mutation cutoff`` says which alterations no test notices.

A copy of the tree is altered, in a temporary folder or in that of ``--folder``, where a run goes on from an earlier
one. The modules and the tests of a subject are in ``subjects.toml``; alterations that change nothing, with the reason,
in ``equivalent.toml``. Needs mutmut, which nothing else does.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation.altered import Tally, tally
from tests.mutation.subjects import SUBJECTS, Subject, copied

MEMORY = 4 << 30


def limited() -> None:
    """What an altered program may use: an endless list ends, and others go first."""
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(subject: Subject, folder: Path, only: list[str]) -> Tally:
    """Alter and test in a folder: with the quick tests, and what survives with the others."""
    for left_out in (subject.further, ()) if subject.further else ((),):
        copied(subject, folder)
        _mutmut(folder, only, left_out)
    return tally(subject, folder)


def _mutmut(folder: Path, only: list[str], left_out: tuple[str, ...]) -> None:
    mutmut = Path(sys.executable).with_name("mutmut")
    without = " ".join(f"--deselect={each}" for each in left_out)
    log = folder / "mutmut.log"
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            [str(mutmut), "run", "--max-children", "1", *only],
            cwd=folder,
            stdout=output,
            stderr=output,
            check=False,
            preexec_fn=limited,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": without},
        )
    if done.returncode:
        sys.exit(f"mutmut ended with {done.returncode}:\n{log.read_text(encoding='utf-8')[-4000:]}")


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--folder", type=Path, help="work here, and keep it")
    parser.add_argument("--only", nargs="*", default=[], help="names of mutants, with * for any")
    parser.add_argument("--tally", action="store_true", help="count what an earlier run in the folder found")
    chosen = parser.parse_args()
    subject = SUBJECTS[chosen.subject]
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        found = tally(subject, folder) if chosen.tally else run(subject, folder, chosen.only)
    sys.stdout.write(found.report())
    return 1 if found.surviving else 0


if __name__ == "__main__":
    sys.exit(main())
