"""The whole of a catalogue proved and tried, over several processes, in the catalogue's order.

The order and the outcomes do not depend on the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache

from verify.catalog import Catalog, NamedClaim, NamedMistake, find
from verify.check import ClaimResult, MistakeResult, prove_claim, prove_mistake
from verify.report.results import ProvedClaim, TriedMistake
from verify.report.terminal import tracked

# Below this many claims a second process takes longer to start than it saves.
FEW = 8


def usual_jobs() -> int:
    """As many processes as there are processors, and no more than four."""
    return min(4, os.cpu_count() or 1)


def prove_all(package: str, catalog: Catalog, jobs: int) -> tuple[tuple[ProvedClaim, ...], tuple[TriedMistake, ...]]:
    """Prove the claims and try the mistakes of a part of a package's catalogue.

    Raises :class:`~verify.check.Contradiction` if kernel and sampler disagree.

    >>> prove_all("derivations", Catalog((), ()), jobs=1)
    ((), ())
    """
    if jobs == 1 or len(catalog.claims) + len(catalog.mistakes) < FEW:
        return _collected(
            catalog,
            (prove_claim(each.claim) for each in catalog.claims),
            (prove_mistake(each.mistake) for each in catalog.mistakes),
        )
    with ProcessPoolExecutor(jobs) as pool:
        try:
            return _collected(
                catalog,
                pool.map(_prove_claim, [(package, each.name) for each in catalog.claims], chunksize=4),
                pool.map(_prove_mistake, [(package, each.name) for each in catalog.mistakes], chunksize=16),
            )
        finally:
            pool.shutdown(cancel_futures=True)


def _collected(
    catalog: Catalog, claims: Iterator[ClaimResult], mistakes: Iterator[MistakeResult]
) -> tuple[tuple[ProvedClaim, ...], tuple[TriedMistake, ...]]:
    proved = tuple(ProvedClaim(each, next(claims)) for each in tracked(catalog.claims, "proving"))
    tried = tuple(TriedMistake(each, next(mistakes)) for each in tracked(catalog.mistakes, "trying mistakes"))
    return proved, tried


@lru_cache(maxsize=1)
def _named(package: str) -> dict[str, NamedClaim | NamedMistake]:
    found = find(package)
    named: list[NamedClaim | NamedMistake] = [*found.claims, *found.mistakes]
    return {each.name: each for each in named}


def _prove_claim(named: tuple[str, str]) -> ClaimResult:
    package, name = named
    claim = _named(package)[name]
    assert isinstance(claim, NamedClaim)
    return prove_claim(claim.claim)


def _prove_mistake(named: tuple[str, str]) -> MistakeResult:
    package, name = named
    mistake = _named(package)[name]
    assert isinstance(mistake, NamedMistake)
    return prove_mistake(mistake.mistake)
