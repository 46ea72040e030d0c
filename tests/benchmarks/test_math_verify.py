"""Beside Math-Verify, on the same links: how long each takes, and of how many it says rightly whether they hold.

A link is a claim of the proof suite, which holds, or one of its mistakes, which does not, in LaTeX. Math-Verify is
made to compare answers, not derivations: it is given both sides and asked whether they are equal. It knows no
dimensions, so that what it cannot read as such is counted apart.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Literal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.read.typed import context_of, found, is_clear
from verify.language import (
    Claim,
    Defined,
    Link,
    Misshapen,
    Mistake,
    Name,
    Proved,
    Refuted,
    Relation,
    as_expression,
    latex,
)
from verify.language.expression import Expression
from verify.language.unfold import sides_of
from verify.read import Context, read_chain
from verify.read.judge import decided

math_verify = pytest.importorskip("math_verify", reason="Math-Verify is not here: pip install 'gradproof[compare]'")

pytestmark = pytest.mark.benchmark

EVERY = 8

Said = Literal["holds", "fails", "undecided", "unreadable"]
Case = tuple[str, str, bool, Context]


def cases(kind: type[Claim | Mistake]) -> list[Case]:
    """Equations in LaTeX, whether they hold, and the context that says what their names mean."""
    chosen = []
    for module, _, each in found(kind):
        links = each.links()
        if not is_clear(links) or (isinstance(each, Mistake) and each.expect is not Refuted):
            continue
        link = links[-1]
        if not all(len(each.symbol) == 1 or "\\" in each.symbol or "_" in each.symbol for each in names_in(link)):
            continue
        if link.relation is Relation.EQUAL and isinstance(link.right, Expression) and not link.given:
            chosen.append((latex(link.left), latex(link.right), kind is Claim, context_of(module, (link,))))
    return chosen[::EVERY]


def names_in(link: Link) -> set[Name | Defined]:
    """The names in a link; those that are a word, such as lambda, are no LaTeX."""
    return {each for side in sides_of(link) for each in as_expression(side).atoms(Name, Defined)}


def ours(case: Case) -> Said:
    """The verdict alone: what might have been meant in the place of what is refuted is no part of the question."""
    left, right, _, context = case
    step = read_chain(f"{left} = {right}", context).steps[-1]
    match decided(step.meaning) if isinstance(step.meaning, Link) else step.meaning:
        case Proved():
            return "holds"
        case Refuted() | Misshapen():
            return "fails"
        case _:
            return "undecided"


def theirs(case: Case) -> Said:
    sides = [math_verify.parse(f"${side}$") for side in case[:2]]
    if not all(sides):
        return "unreadable"
    return "holds" if math_verify.verify(*sides) else "fails"


CASES = [*cases(Claim), *cases(Mistake)]


@pytest.mark.parametrize(("name", "says"), [("gradproof", ours), ("Math-Verify", theirs)], ids=["ours", "theirs"])
def test_beside_math_verify(benchmark: BenchmarkFixture, name: str, says: Callable[[Case], Said]) -> None:
    benchmark.group = "beside Math-Verify"
    says(CASES[0])  # what is loaded at the first use is no time of a link
    answers: list[tuple[bool, Said]] = []
    times: list[float] = []

    def run() -> None:
        for case in CASES:
            start = perf_counter()
            answer = says(case)
            times.append(perf_counter() - start)
            answers.append((case[2], answer))

    benchmark.pedantic(run, rounds=1)
    benchmark.extra_info |= {
        "system": name,
        "median": median(times),
        "largest": max(times),
        "times": times,
        "right": [said == ("holds" if holds else "fails") for holds, said in answers],
        **{
            f"{'right' if holds else 'wrong'}, said {said}": sum(each == (holds, said) for each in answers)
            for holds in (True, False)
            for said in ("holds", "fails", "undecided", "unreadable")
        },
    }
    if says is ours:
        assert (True, "fails") not in answers
        assert (False, "holds") not in answers


def test_there_are_links_of_both_kinds() -> None:
    assert {case[2] for case in CASES} == {True, False}
    assert len(CASES) >= 30
