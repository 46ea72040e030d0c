"""Mutants of every claim: each is refuted at a point that NumPy sees too, or is misshapen, or really holds."""

from __future__ import annotations

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
