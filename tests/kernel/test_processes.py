"""Several processes at once: the same verdicts, witnesses and words, whatever else the machine does."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.exhaustive

MANY = int(os.environ.get("PROCESSES", "3"))
EVERY = int(os.environ.get("EVERY", "40"))

PROGRAM = f"""
import hashlib
from verify.catalog import find
from verify.check import check
digest, found = hashlib.sha256(), find("derivations")
claims, mistakes = found.claims[::{EVERY}], found.mistakes[::{EVERY}]
for entry in [named.claim for named in claims] + [named.mistake for named in mistakes]:
    for link in entry.links():
        digest.update(repr((str(link), check(link).verdict)).encode())
print(digest.hexdigest())
"""


def test_processes_at_once_have_the_same_verdicts() -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(MANY)
    ]
    told = [each.communicate() for each in started]
    assert [each.returncode for each in started] == [0] * MANY, told
    digests = {out.strip() for out, _ in told}
    assert len(digests) == 1
    assert len(digests.pop()) == len(hashlib.sha256().hexdigest())
