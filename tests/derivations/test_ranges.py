"""Mutants of every claimed range: narrower ones are refuted, wider ones are proved with the same exact range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pytest

from verify.catalog import NamedClaim, find
from verify.check import check
from verify.kernel.lower import rational
from verify.language import Interval, Link, Proved, Refuted, Relation, between
from verify.language.expression import Expression

CLAIMS = {
    named.name: named
    for named in find("derivations").claims
    if any(link.relation is Relation.MEMBER for link in named.claim.links())
}


@dataclass(frozen=True)
class Range:
    """A set of numbers between two ends, an absent one being infinite; which ends belong to it."""

    low: Fraction | None
    high: Fraction | None
    closed: str = ""

    def __str__(self) -> str:
        return str(self.interval)

    @property
    def interval(self) -> Interval:
        return between(self.low, self.high, closed=self.closed)

    def holds(self, other: Range) -> bool:
        """Whether another range is part of this one."""
        return all(
            mine is None
            or (
                its is not None
                and (side * (its - mine) > 0 or (its == mine and (self.is_closed(end) or not other.is_closed(end))))
            )
            for mine, its, end, side in ((self.low, other.low, "low", 1), (self.high, other.high, "high", -1))
        )

    def is_closed(self, end: str) -> bool:
        return self.closed in (end, "both")

    def with_brackets(self, low: bool, high: bool) -> Range:
        return Range(
            self.low,
            self.high,
            {(True, True): "both", (True, False): "low", (False, True): "high"}.get((low, high), ""),
        )


UNIT, HALF_OPEN = Range(Fraction(0), Fraction(1)), Range(Fraction(0), Fraction(1), "high")
CLOSED = Range(Fraction(0), Fraction(1), "both")
SLOPE = Range(Fraction(0), Fraction(1, 4), "high")

# Worked out by hand: all values, and those in general, where a dimension of 1 is special; nothing where the kernel
# shows that values lie in a set, and not that they are all of it.
EXACT: dict[str, tuple[Range, Range | None]] = {
    "ranges.softmax_of_several": (UNIT, UNIT),
    "ranges.softmax_of_any": (HALF_OPEN, UNIT),
    "ranges.exponentials": (Range(Fraction(0), None), Range(Fraction(0), None)),
    "ranges.shifted_exponential": (HALF_OPEN, HALF_OPEN),
    "ranges.shifted_exponential_loosely": (HALF_OPEN, HALF_OPEN),
    "ranges.logistic": (UNIT, UNIT),
    "ranges.logistic_slope": (SLOPE, SLOPE),
    "ranges.logistic_slope_loosely": (SLOPE, SLOPE),
    "ranges.hyperbolic": (Range(Fraction(-1), Fraction(1)), Range(Fraction(-1), Fraction(1))),
    "ranges.hyperbolic_slope": (HALF_OPEN, HALF_OPEN),
    "distributions.probability": (CLOSED, None),
}


def test_every_claim_of_a_range_is_in_the_table() -> None:
    assert set(CLAIMS) == set(EXACT)


def number(end: Expression | None) -> Fraction | None:
    if end is None:
        return None
    found = rational(end)
    assert found is not None
    return found


def claimed(named: NamedClaim) -> tuple[Link, Range]:
    (link,) = named.claim.links()
    assert isinstance(link.right, Interval)
    bare = Range(number(link.right.low), number(link.right.high))
    return link, bare.with_brackets(link.right.closed_low, link.right.closed_high)


def mutants(of: Range) -> Iterator[Range]:
    """Each end moved in and out, taken away or put in the place of infinity; each bracket the other one."""
    low, high = of.low, of.high
    if low is not None:
        yield from (Range(low + step, high, of.closed) for step in (Fraction(1, 20), Fraction(-1, 20), Fraction(-3)))
        yield Range(None, high, of.closed.replace("both", "high").replace("low", ""))
        yield of.with_brackets(not of.is_closed("low"), of.is_closed("high"))
    if high is not None:
        yield from (Range(low, high + step, of.closed) for step in (Fraction(-1, 20), Fraction(1, 20), Fraction(3)))
        yield Range(low, None, of.closed.replace("both", "low").replace("high", ""))
        yield of.with_brackets(of.is_closed("low"), not of.is_closed("high"))
    if low is None:
        yield Range(Fraction(-10), high, of.closed)
    if high is None:
        yield Range(low, Fraction(10), of.closed)


CASES = [(name, mutant) for name, named in CLAIMS.items() for mutant in mutants(claimed(named)[1])]


@pytest.mark.parametrize(("name", "mutant"), CASES, ids=[f"{name} in {mutant}" for name, mutant in CASES])
def test_a_mutant_is_refuted_or_loose(name: str, mutant: Range) -> None:
    link, _ = claimed(CLAIMS[name])
    everywhere, in_general = EXACT[name]
    found = check(Link(link.left, link.relation, mutant.interval, link.given)).verdict
    if mutant.holds(everywhere):
        assert isinstance(found, Proved), found
        assert not found.conditions
        assert str(found.exact_range) == str(in_general)
    elif in_general is not None and mutant.holds(in_general):
        assert isinstance(found, Proved), found
        assert [str(each) for each in found.conditions] == [r"n \ge 2"]
    else:
        assert isinstance(found, Refuted), found


@pytest.mark.parametrize("name", CLAIMS)
def test_the_claim_itself_has_the_exact_range(name: str) -> None:
    link, said = claimed(CLAIMS[name])
    found = check(link).verdict
    assert isinstance(found, Proved)
    assert str(found.exact_range) == str(EXACT[name][1])
    assert said.holds(EXACT[name][0])


def test_mutants_of_both_kinds_are_tried_for_every_claim() -> None:
    for name, named in CLAIMS.items():
        kept = [mutant.holds(EXACT[name][1] or EXACT[name][0]) for mutant in mutants(claimed(named)[1])]
        assert any(kept), name
        assert not all(kept), name


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (UNIT, UNIT, True),
        (UNIT, HALF_OPEN, False),
        (HALF_OPEN, UNIT, True),
        (HALF_OPEN, SLOPE, True),
        (SLOPE, HALF_OPEN, False),
        (Range(None, None), UNIT, True),
        (UNIT, Range(Fraction(0), None), False),
        (Range(Fraction(0), Fraction(1), "low"), UNIT, True),
        (Range(Fraction(1, 8), Fraction(1)), UNIT, False),
    ],
    ids=str,
)
def test_what_is_part_of_what(outer: Range, inner: Range, expected: bool) -> None:
    assert outer.holds(inner) is expected
