"""The judges from outside, on all claims and mistakes: ``python -m tests.outside jax`` or ``maxima`` prints the counts.

What does not come out as it should is listed: a claim that is not agreed with, a mistake that is not seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.outside.every import Judge, claims, mistakes
from tests.outside.opinion import Opinion


def main() -> int:
    """Run the judge that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.outside")
    parser.add_argument("judge", choices=("jax", "maxima"))
    judge: Judge
    if parser.parse_args().judge == "jax":
        from tests.outside.jax_judge import judges as judge
    else:
        from tests.outside.maxima_judge import judges as judge
    tally: Counter[tuple[str, str]] = Counter()
    for kind, expected, links in (
        ("claims", Opinion.AGREES, claims()),
        ("refuted mistakes", Opinion.DISAGREES, mistakes()),
    ):
        for name, link in links:
            found = judge(link, name, expected is Opinion.DISAGREES)
            if found is None:
                continue
            tally[kind, found.opinion] += 1
            if found.opinion is not expected:
                sys.stdout.write(f"{kind}: {name}: {found.opinion}: {found.why[:200]}\n")
                sys.stdout.flush()
    for (kind, said), many in sorted(tally.items()):
        sys.stdout.write(f"{kind}: {said}: {many}\n")
    return 1 if tally["claims", Opinion.DISAGREES] else 0


if __name__ == "__main__":
    sys.exit(main())
