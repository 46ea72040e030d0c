"""The folder that Gradescope runs: how to install, how to grade, and the assignment."""

from __future__ import annotations

from pathlib import Path

from verify import __version__
from verify.grade.assignment import Assignment
from verify.grade.store import write

SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is built.
set -euo pipefail
apt-get update
apt-get install -y python3 python3-pip python3-venv
python3 -m venv /opt/gradproof
/opt/gradproof/bin/pip install 'gradproof=={version}'
"""

RUN = """#!/usr/bin/env bash
# Gradescope runs this for every submission.
set -uo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
gradproof=${GRADPROOF:-/opt/gradproof/bin/gradproof}
mkdir -p "$root/results"
work=$(mktemp -d)
if "$gradproof" grade "$root/source/assignment.toml" "$root/submission" --one --output "$work" --export gradescope; then
    cp "$work/results.json" "$root/results/results.json"
else
    printf '{"score": 0, "output": "The grader failed; a person will look at this submission."}\\n' \\
        >"$root/results/results.json"
fi
rm -rf "$work"
"""


def write_autograder(folder: Path, assignment: Assignment) -> None:
    """Write the files of an autograder. Raises :class:`~verify.grade.store.StoreError`."""
    write(folder / "setup.sh", SETUP.replace("{version}", __version__))
    write(folder / "run_autograder", RUN)
    write(folder / "assignment.toml", assignment.text)
    for name in ("setup.sh", "run_autograder"):
        (folder / name).chmod(0o755)
