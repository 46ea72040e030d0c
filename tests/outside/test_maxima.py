"""Claims written out at sizes 1 and 2, judged by Maxima: none is disagreed with, and it sees most mistakes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
import sympy

from tests.outside.every import claims, mistakes
from tests.outside.maxima import Maxima, Silent, Unprinted, printed
from tests.outside.maxima_judge import chosen, of_entry, opinion
from tests.outside.opinion import Opinion
from verify.language import Link

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(shutil.which("maxima") is None, reason="Maxima is not installed: apt-get install maxima"),
]
CLAIMS = [pytest.param(link, id=name) for name, link in claims()]
u, v = sympy.symbols("u v")


@pytest.fixture(scope="module")
def session() -> Iterator[Maxima]:
    with Maxima() as begun:
        yield begun


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("link", CLAIMS)
def test_no_claim_is_disagreed_with(link: Link, size: int, session: Maxima) -> None:
    found = opinion(link, size, session)
    assert found.opinion is not Opinion.DISAGREES, found.why


def test_mistakes_are_seen(session: Maxima) -> None:
    """Where all dimensions are 2 most mistakes show; one that takes n for m does not."""
    seen = [opinion(link, 2, session).opinion for _, link in mistakes()]
    assert seen.count(Opinion.DISAGREES) > max(9 * seen.count(Opinion.AGREES), len(seen) / 2)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (sympy.exp(u + v), sympy.exp(u) * sympy.exp(v), Opinion.AGREES),
        (sympy.exp(u) / (1 + sympy.exp(u)), 1 / (1 + sympy.exp(-u)), Opinion.AGREES),
        (sympy.Max(u, v), u + sympy.Max(0, v - u, evaluate=False), Opinion.AGREES),
        (sympy.exp(u), sympy.exp(-u), Opinion.DISAGREES),
        (u, u + sympy.Rational(1, 10**9), Opinion.DISAGREES),
        (sympy.sqrt(u**2), -u, Opinion.DISAGREES),
        (sympy.Function("E")(u), u, Opinion.CANNOT),
    ],
)
def test_the_judge_itself(left: sympy.Basic, right: sympy.Basic, expected: Opinion, session: Maxima) -> None:
    assert of_entry(left, right, session).opinion is expected


def test_a_formula_that_takes_too_long_is_given_up(session: Maxima) -> None:
    with pytest.raises(Silent, match="no answer in time"):
        session.ask("block([], for k: 1 while true do k, 1)")
    assert session.ask("1+1") == "2"


def test_an_error_is_no_answer(session: Maxima) -> None:
    with pytest.raises(Silent, match="an error"):
        session.ask("1/0")


def test_only_known_forms_are_printed() -> None:
    with pytest.raises(Unprinted, match="sin"):
        printed(sympy.sin(u), {u: "v0"})


def test_unknown_functions_are_chosen_with_their_derivatives() -> None:
    f = sympy.Function("f")
    assert chosen(f(u).diff(u) - f(u).diff(u)) == 0
    assert sympy.expand(chosen(f(u).diff(u)) - chosen(f(u)).diff(u)) == 0
