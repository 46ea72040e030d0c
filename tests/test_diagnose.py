"""How many planted mistakes are named: in the first three explanations, or by another edit that is as small.

``python -m tests.test_diagnose`` plants mistakes in every claim and prints the shares by kind; it takes some
minutes. ``python -m tests.test_diagnose 4`` takes every fourth claim alone. ``python -m tests.test_diagnose
derivations`` prints which of the mistakes of ``derivations`` are explained.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

import pytest

from tests.diagnose.planted import Planted, dimensions_exchanged, planted
from verify.catalog import NamedClaim, find
from verify.check import check
from verify.diagnose import Diagnosis, diagnose
from verify.language import Link, Misshapen, Refuted, Relation
from verify.language.link import Interval

pytestmark = pytest.mark.exhaustive

CATALOG = find("derivations")
FIRST = 3
OF_A_KIND = 1
SAMPLED = 12
# What was left out is not to be guessed if it is half of a formula.
LARGEST = 3


def wrong_links(named: NamedClaim, many: int = OF_A_KIND) -> Iterator[tuple[Planted, Link]]:
    """The claim from its first side to its last, with a mistake planted there: so many of each kind."""
    links = named.claim.links()
    left, last = links[0].left, links[-1]
    if last.relation is not Relation.EQUAL or isinstance(last.right, tuple | Interval):
        return
    taken: Counter[str] = Counter()
    for each in chain(planted(last.right), dimensions_exchanged(last.right)):
        if taken[each[0]] < many and each[1] <= LARGEST:
            taken[each[0]] += 1
            yield each, Link(left, Relation.EQUAL, each[2], last.given)


def is_named(mistake: Planted, found: Diagnosis) -> bool:
    """Whether a planted mistake is among the first explanations, or one of them is no larger."""
    code, size, _ = mistake
    return any(each.code == code or each.size <= size for each in found.explanations[:FIRST])


def measured(claims: tuple[NamedClaim, ...], many: int = OF_A_KIND) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """By kind: how many mistakes were wrong at all, how many were named, and how many by their own code."""
    wrong, named, own = Counter[str](), Counter[str](), Counter[str]()
    for claim in claims:
        for mistake, link in wrong_links(claim, many):
            verdict = check(link).verdict
            if isinstance(verdict, Refuted | Misshapen):
                found = diagnose(link, verdict)
                wrong[mistake[0]] += 1
                named[mistake[0]] += is_named(mistake, found)
                own[mistake[0]] += any(each.code == mistake[0] for each in found.explanations[:FIRST])
    return wrong, named, own


def test_most_of_a_sample_of_planted_mistakes_are_named() -> None:
    sample = tuple(islice(CATALOG.claims, 0, None, len(CATALOG.claims) // SAMPLED))
    wrong, named, _ = measured(sample)
    assert named.total() >= 0.85 * wrong.total() > 0, (wrong, named)


def table(every: int = 1) -> str:
    """The shares by kind, as the docs list them."""
    wrong, named, own = measured(CATALOG.claims[::every])
    rows = [(f"`{code}`", wrong[code], named[code], own[code]) for code in sorted(wrong)]
    rows.append(("all", wrong.total(), named.total(), own.total()))
    lines = ["| planted | mistakes | named, or one as small | by its own code |", "|---|---|---|---|"]
    lines += [f"| {code} | {of} | {some / of:.1%} | {same / of:.1%} |" for code, of, some, same in rows]
    return "\n".join(lines)


def of_derivations() -> str:
    """Which mistakes of ``derivations`` are explained, and by what."""
    lines: list[str] = []
    explained = 0
    for named in CATALOG.mistakes:
        link = named.mistake.links()[-1]
        found = diagnose(link, check(link).verdict)
        explained += bool(found.explanations)
        codes = ", ".join(each.code for each in found.explanations) or "not explained"
        lines.append(f"{named.name}: {named.mistake.says} {codes}")
    total = len(CATALOG.mistakes)
    return "\n".join([*lines, f"{explained} of {total} ({explained / total:.1%}) are explained"])


if __name__ == "__main__":
    every = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 1
    sys.stdout.write((of_derivations() if "derivations" in sys.argv else table(every)) + "\n")
