"""The same verdicts and the same words whatever the hash seed, for every fifth claim and mistake."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.exhaustive

PROGRAM = """
import hashlib, verify.catalog
from verify.check import check
from verify.kernel.explain import explain
digest = hashlib.sha256()
found = verify.catalog.find("derivations")
for entry in [named.claim for named in found.claims[::5]] + [named.mistake for named in found.mistakes[::5]]:
    for link in entry.links():
        judgment = check(link)
        digest.update(repr((str(link), str(judgment.verdict))).encode())
        if type(judgment.verdict).__name__ != "Misshapen":
            digest.update(explain(link).encode())
print(digest.hexdigest())
"""


def digest(seed: str) -> str:
    """A digest of all verdicts and explanations under a hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_verdicts_do_not_depend_on_the_hash_seed() -> None:
    digests = {digest(seed) for seed in ("0", "4242")}
    assert len(digests) == 1
    assert len(next(iter(digests)).strip()) == 64
