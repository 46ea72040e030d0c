"""Random cases of a law, for so many minutes: ``python -m tests.fuzz identities --minutes 60 --seed 7``.

It ends with the tally; a case that fails is shown with its number, with which it can be run again:
``python -m tests.fuzz identities --seed 7 --case 1234``.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from tests.fuzz.laws import LAWS
from tests.fuzz.running import Run, randomness


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("law", choices=LAWS)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--case", type=int, help="run this case alone")
    chosen = parser.parse_args()
    if chosen.case is not None:
        sys.stdout.write(LAWS[chosen.law](randomness(chosen.law, chosen.seed, chosen.case)) + "\n")
        return 0
    run, ends = Run(chosen.law, chosen.seed), time.monotonic() + 60 * chosen.minutes
    while time.monotonic() < ends:
        error = run.next()
        if error is not None:
            sys.stdout.write(f"case {run.cases - 1} fails:\n{''.join(traceback.format_exception(error))}\n")
        if error is not None or run.cases % 1000 == 0:
            sys.stdout.write(f"{run.summary()}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{run.summary()}\n")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
