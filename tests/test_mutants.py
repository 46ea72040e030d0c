"""Mutants of every claim: each is refuted at a point that NumPy sees too, or is misshapen, or really holds.

``python -m tests.test_mutants`` judges all mutants of all claims and prints the shares; it takes some minutes.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice

import pytest

from tests.mutants import mutants
from verify.catalog import NamedClaim, find
from verify.check import check
from verify.language import Link, Misshapen, Proved, Refuted, Relation, Undecided
from verify.language.link import Interval
from verify.sample import Agrees, Disagreement, at_witness, sample

pytestmark = pytest.mark.exhaustive

CLAIMS = find("derivations").claims

# Enough to alter every node of a short claim; the rest is done by the long run (see the docs on trust).
MUTANTS_A_LINK = 10


@pytest.mark.parametrize("named", CLAIMS, ids=lambda named: named.name)
def test_no_mutant_is_judged_wrongly(named: NamedClaim) -> None:
    judged: Counter[str] = Counter()
    for link in named.claim.links():
        if link.relation is Relation.EQUAL and not isinstance(link.right, tuple | Interval):
            for mutant in islice(mutants(link.right), MUTANTS_A_LINK):
                judged[judge(Link(link.left, link.relation, mutant, link.given))] += 1
    assert judged["refuted"] + judged["misshapen"] > 0 or not judged


def judge(link: Link) -> str:
    """The verdict on a mutant, seen by the sampler too."""
    verdict = check(link).verdict
    match verdict:
        case Proved():
            seen = sample(link, points=20)
            assert not isinstance(seen, Disagreement), f"{link} is proved, yet {seen}"
            return "proved"
        case Refuted():
            assert not isinstance(at_witness(link, verdict.witness), Agrees), f"{link}: {verdict.witness}"
            return "refuted"
        case Misshapen():
            return "misshapen"
        case Undecided():
            return verdict.reason
        case _:
            raise AssertionError(f"{link} got {verdict}")


def shares() -> str:
    """How many of all mutants of all claims got which verdict."""
    judged: Counter[str] = Counter()
    for named in CLAIMS:
        for link in named.claim.links():
            if link.relation is Relation.EQUAL and not isinstance(link.right, tuple | Interval):
                for mutant in mutants(link.right):
                    judged[judge(Link(link.left, link.relation, mutant, link.given))] += 1
    total = judged.total()
    lines = [f"{verdict}: {many} of {total} ({many / total:.1%})" for verdict, many in judged.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(shares() + "\n")
