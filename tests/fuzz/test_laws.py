"""A few cases of each law of the long fuzzing, and failures planted in each of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import ModuleType
from typing import Any

import pytest

from tests.fuzz import altered, curves, hostile, identities, laws
from tests.fuzz.laws import LAWS
from tests.fuzz.running import Run, randomness
from verify.check import check
from verify.kernel.lift import lift
from verify.language import Expression, Link, Power, Proved, Refuted, Replay, Witness
from verify.read import Context, Document, read

CASES = {
    "terms": 60,
    "identities": 25,
    "mutants": 25,
    "ranges": 40,
    "limits": 60,
    "claims": 40,
    "writeups": 20,
    "files": 25,
}
SEED = 2026


@pytest.mark.parametrize("law", LAWS)
def test_a_few_cases(law: str) -> None:
    run = Run(law, SEED)
    for case in range(CASES[law]):
        error = run.next()
        assert error is None, f"python -m tests.fuzz {law} --seed {SEED} --case {case}"


# About a minute each on an ordinary core; counted, so that what is tried does not depend on the machine.
MINUTE = {
    "terms": 2400,
    "identities": 1800,
    "mutants": 4000,
    "ranges": 2500,
    "limits": 30_000,
    "claims": 2400,
    "writeups": 3500,
    "files": 14_000,
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("law", LAWS)
def test_a_minute(law: str) -> None:
    run = Run(law, SEED + 1)
    for _ in range(MINUTE[law]):
        run.next()
    assert not run.failed, run.summary()


def test_a_case_is_the_same_in_every_run() -> None:
    assert [randomness("terms", 1, 2).random() for _ in range(3)] == [randomness("terms", 1, 2).random()] * 3
    assert randomness("terms", 1, 2).random() != randomness("terms", 1, 3).random()


def fails(law: str, cases: int = 40) -> bool:
    """Whether a law notices what was planted, as a broken law and not as an error."""
    run = Run(law, SEED)
    return any(isinstance(run.next(), AssertionError) for _ in range(cases))


def test_a_wrong_normal_form_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "lift", lambda form: lift(form) + 1)
    assert fails("terms")


def test_a_rule_that_is_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def halved(e: Expression, random: Random) -> Expression | None:
        return e.base if isinstance(e, Power) else 2 * e

    monkeypatch.setattr(identities, "RULES", (halved,))
    assert fails("identities")


def test_a_false_proof_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def gullible(link: Link) -> Any:
        return replace(check(link), verdict=Proved("faith", (), Replay(1, "modular", ())))

    monkeypatch.setattr(laws, "check", gullible)
    monkeypatch.setattr(laws, "_require_accepted", lambda link, verdict: None)
    assert fails("mutants")


def test_the_second_judge_rejects_a_false_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def gullible(link: Link) -> Any:
        return replace(check(link), verdict=Proved("faith", (), Replay(1, "modular", ())))

    monkeypatch.setattr(laws, "check", gullible)
    monkeypatch.setattr(laws, "differences", lambda *_: iter(()))
    assert fails("mutants")


@pytest.mark.parametrize(("law", "module"), [("ranges", curves), ("limits", curves), ("claims", altered)])
def test_a_false_proof_of_what_is_no_identity_is_noticed(
    law: str, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gullible(link: Link) -> Any:
        return replace(check(link), verdict=Proved("faith", (), Replay(1, "modular", ())))

    monkeypatch.setattr(module, "check", gullible)
    monkeypatch.setattr(laws, "_require_accepted", lambda link, verdict: None)
    assert fails(law)


@pytest.mark.parametrize(("law", "module"), [("ranges", curves), ("limits", curves), ("claims", altered)])
def test_a_false_refutation_is_noticed(law: str, module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    somewhere = Refuted(Witness((), (), (("z", (("1/7",),)),), (), "0", "1"))
    monkeypatch.setattr(module, "check", lambda link: replace(check(link), verdict=somewhere))
    monkeypatch.setattr(laws, "_require_accepted", lambda link, verdict: None)
    assert fails(law)


def test_a_display_that_is_lost_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(text: str, path: str, context: Context) -> Document:
        return replace(read(text, path, context), steps=())

    monkeypatch.setattr(laws, "read", losing)
    assert fails("writeups")


def test_an_error_that_is_not_meant_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, path: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(hostile, "read", broken)
    run = Run("files", SEED)
    assert any(isinstance(run.next(), ZeroDivisionError) for _ in range(20))
