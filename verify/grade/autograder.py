"""The folder that Gradescope runs: how to install, how to grade, and the assignment."""

from __future__ import annotations

from pathlib import Path

from verify import __version__
from verify.grade.assignment import Assignment
from verify.grade.store import write

SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is built.
set -euo pipefail
source=${AUTOGRADER_ROOT:-/autograder}/source
folder=${GRADPROOF_FOLDER:-/opt/gradproof}
new='import sys; sys.exit(sys.version_info < (3, 11))'

found() {
    for python in python3.13 python3.12 python3.11 python3; do
        if "$python" -c "$new" 2>/dev/null && "$python" -c 'import ensurepip' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

if ! found; then
    apt-get update
    apt-get install -y python3.12-venv || apt-get install -y python3.11-venv || apt-get install -y python3-venv
    found
fi
"$python" -m venv "$folder"
# A wheel beside this file is taken, where there is one.
wheel=$(find "$source" -maxdepth 1 -name 'gradproof-*.whl' | head -n 1)
"$folder/bin/pip" install "${wheel:-gradproof=={version}}"
"$folder/bin/gradproof" --version
"""

RUN = """#!/usr/bin/env bash
# Gradescope runs this for every submission.
set -uo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
gradproof=${GRADPROOF_FOLDER:-/opt/gradproof}/bin/gradproof
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
