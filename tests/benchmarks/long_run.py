"""Many distinct links decided in one process: ``python -m tests.benchmarks.long_run --links 1000000``.

It prints, as it goes, how many links a second of the processor's time were decided since the last line, and the memory
in use: both must stay as they are. Each link is another one, with names and numbers of its own; half of them are wrong.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from verify.check import check
from verify.language import (
    Chain,
    Expression,
    Link,
    Proved,
    Refuted,
    diff,
    dims,
    equal,
    exp,
    function,
    index,
    jacobian,
    matrix,
    scalar,
    sigma,
    softmax,
    sum_over,
    total,
    vector,
)

Family = Callable[[Random, int, Expression | int], Chain]
LETTERS = "abcdfghkpqrstuvwyz"


def links(seed: int, many: int) -> Iterator[tuple[Link, bool]]:
    """So many links, and whether they hold."""
    random = Random(seed)  # noqa: S311 - no secret
    for number in range(many):
        holds = random.random() < 0.5
        (link,) = random.choice(FAMILIES)(random, number, 0 if holds else random.randint(1, 9)).links()
        yield link, holds


def _name(random: Random, number: int) -> str:
    return f"{random.choice(LETTERS)}_{{{number}}}"


def _square(random: Random, number: int, wrong: Expression | int) -> Chain:
    z, a, b = scalar(_name(random, number)), random.randint(2, 10**6), random.randint(1, 10**6)
    return equal((a * z + b) ** 2, a * a * z**2 + 2 * a * b * z + b * b + wrong)


def _slope(random: Random, number: int, wrong: Expression | int) -> Chain:
    z, a = scalar(_name(random, number)), random.randint(2, 9)
    return equal(diff(sigma(a * z), z), a * sigma(a * z) * (1 - sigma(a * z)) + wrong)


def _shift(random: Random, number: int, wrong: Expression | int) -> Chain:
    (n,) = dims(_name(random, number).upper())
    x, i, a = vector(_name(random, number), n), index("i", n), random.randint(1, 10**6)
    return equal(softmax(x + a)[i], softmax(x)[i] * exp(wrong))


def _jacobian(random: Random, number: int, wrong: Expression | int) -> Chain:
    m, n = dims(f"M_{{{number}}} N_{{{number}}}")
    W, x, a = matrix(f"W_{{{number}}}", m, n), vector(_name(random, number), n), random.randint(2, 10**6)
    return equal(jacobian(a * (W * x), x), (a + wrong) * W)


def _sums(random: Random, number: int, wrong: Expression | int) -> Chain:
    (n,) = dims(f"N_{{{number}}}")
    x, i, j, a = vector(_name(random, number), n), index("i", n), index("j", n), random.randint(2, 10**6)
    return equal(sum_over(i, sum_over(j, a * x[i] * x[j])), a * total(x) ** 2 + wrong)


def _unknown(random: Random, number: int, wrong: Expression | int) -> Chain:
    f, z, a = function(f"f_{{{number}}}"), scalar(_name(random, number)), random.randint(2, 10**6)
    return equal(diff(f(a * z) ** 2, z), 2 * a * f(a * z) * f.derivative(a * z) + wrong)


FAMILIES: tuple[Family, ...] = (_square, _slope, _shift, _jacobian, _sums, _unknown)


def memory() -> int:
    """The memory in use, in megabytes; the most that was, where the system does not tell."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() // 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def wrongly_decided(link: Link, holds: bool) -> bool:
    """Whether a link that holds is not proved, or one that does not is not refuted."""
    return not isinstance(check(link).verdict, Proved if holds else Refuted)


def main() -> int:
    """Decide so many links, and say how it goes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.long_run")
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--every", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    wrong, before = 0, time.process_time()
    for count, (link, holds) in enumerate(links(chosen.seed, chosen.links), start=1):
        wrong += wrongly_decided(link, holds)
        if count % chosen.every == 0 or count == chosen.links:
            now = time.process_time()
            rate = (count % chosen.every or chosen.every) / (now - before)
            sys.stdout.write(f"{count} links, {rate:.0f} a second, {memory()} MB, {wrong} wrongly decided\n")
            sys.stdout.flush()
            before = now
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
