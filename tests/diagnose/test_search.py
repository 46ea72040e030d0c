"""The search: bounded, in the same order every time, and never without a proof."""

import os
import subprocess
import sys

import pytest

from verify.check import check
from verify.diagnose import diagnose
from verify.diagnose.diagnosis import UNEXPLAINED
from verify.diagnose.trial import Steps, Trial
from verify.kernel.likeness import Likeness
from verify.language import (
    Chain,
    Link,
    Proved,
    Stated,
    Undecided,
    dims,
    equal,
    exp,
    index,
    matrix,
    scalar,
    sigma,
    softmax,
    sum_over,
    vector,
)

m, n = dims("m n")
i, j = index("i", m), index("j", n)
W, x, y = matrix("W", m, n), vector("x", n), vector("y", n)
z = scalar("z")


def link_of(chain: Chain) -> Link:
    (link,) = chain.links()
    return link


WRONG = link_of(equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))))


def test_only_what_is_refuted_or_misshapen_is_explained() -> None:
    for verdict in (check(link_of(equal(z + z, 2 * z))).verdict, Undecided("budget", "…"), Stated("z")):
        assert diagnose(WRONG, verdict).explanations == ()
        assert diagnose(WRONG, verdict).tried == 0


def test_nothing_explains_what_is_far_from_right() -> None:
    link = link_of(equal(softmax(x)[j], 7 + exp(sigma(z)) * z))
    found = diagnose(link, check(link).verdict)
    assert found.explanations == ()
    assert found.says == UNEXPLAINED


@pytest.mark.parametrize("budget", [0, 1, 20])
def test_a_small_budget_is_kept(budget: int) -> None:
    link = link_of(equal((W * x)[i], sum_over(j, W[i, j]) * sum_over(j, x[j])))
    assert diagnose(link, check(link).verdict, budget).tried <= 2 * budget + 2


def test_the_smallest_edit_comes_first() -> None:
    for each in (WRONG, link_of(equal(softmax(x)[j], exp(x[j])))):
        sizes = [found.size for found in diagnose(each, check(each).verdict).explanations]
        assert sizes == sorted(sizes) != []


def test_what_only_looks_right_is_not_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: every formula looks right. Only what is proved may be told."""
    monkeypatch.setattr(Likeness, "admits", lambda self, formula: True)
    found = diagnose(WRONG, check(WRONG).verdict)
    for each in found.explanations:
        assert isinstance(check(Link(WRONG.left, WRONG.relation, each.repaired)).verdict, Proved)
    assert not Trial.of(WRONG, "right", Steps(1000)).explains(sigma(z))


def test_a_proof_under_a_new_condition_explains_nothing() -> None:
    link = link_of(equal(x[j], y[j] * x[j]))
    trial = Trial.of(link, "right", Steps(1000))
    assert trial.explains(x[j])
    assert not trial.explains(y[j] * x[j] / y[j])


def test_the_same_in_every_process() -> None:
    program = (
        "from tests_of import WRONGS\n"
        "from verify.check import check\n"
        "from verify.diagnose import diagnose\n"
        "for link in WRONGS: print(diagnose(link, check(link).verdict))\n"
    ).replace("from tests_of import WRONGS", SETUP)
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1
    assert "sum-split" in printed.pop()


SETUP = """
from verify.language import *
m, n = dims("m n")
i, j = index("i", m), index("j", n)
W, x = matrix("W", m, n), vector("x", n)
WRONGS = [
    *equal((W * x)[i], sum_over(j, W[i, j]) * sum_over(j, x[j])).links(),
    *equal(softmax(x)[j], exp(x[j])).links(),
    *equal((W * x).T, W.T * x).links(),
]
"""
