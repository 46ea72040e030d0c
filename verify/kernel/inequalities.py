"""Inequalities as hypotheses: what they say to be positive, and whether they hold at a point for certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flint import arb, fmpq

from verify import language as said
from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.compiled import Program
from verify.kernel.contents import free, subterms
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.lower import Lowering
from verify.kernel.patterns import free_of
from verify.kernel.point import Point
from verify.kernel.term import Dep, Fn, Idx, Mean, Term, Unsupported
from verify.language import Link, Relation
from verify.language.shape import is_scalar, shape_of


@dataclass(frozen=True, eq=False)
class Inequality:
    """A hypothesis that this is positive or, if it is not strict, at least 0, for all values of its free indices."""

    value: Term
    strict: bool
    indices: tuple[Idx, ...]
    program: Program = field(default_factory=Program)


def inequalities(link: Link, lowering: Lowering) -> Iterator[Inequality]:
    """The differences that an inequality between numbers, or membership in an interval, says to be positive."""
    for low, high, strict in _bounds(link):
        if not (is_scalar(shape_of(low)) and is_scalar(shape_of(high))):
            raise Unsupported(f"the hypothesis {link}")
        value = lowering.scalar(high - low, ())
        if any(isinstance(each, Fn | Dep | Mean) for each in subterms(value)):
            raise Unsupported(f"the hypothesis {link}")
        yield Inequality(value, strict, free_of(free(value)))


def _bounds(link: Link) -> Iterator[tuple[said.Expression, said.Expression, bool]]:
    """The smaller side, the larger side, and whether they must differ."""
    match link:
        case Link(relation=Relation.MEMBER, right=said.Interval() as interval):
            if interval.low is not None:
                yield interval.low, link.left, not interval.closed_low
            if interval.high is not None:
                yield link.left, interval.high, not interval.closed_high
        case Link(relation=Relation.LESS | Relation.AT_MOST) if not isinstance(link.right, tuple | said.Interval):
            yield link.left, link.right, link.relation is Relation.LESS
        case Link(relation=Relation.GREATER | Relation.AT_LEAST) if not isinstance(link.right, tuple | said.Interval):
            yield link.right, link.left, link.relation is Relation.GREATER
        case _:
            raise Unsupported(f"the hypothesis {link}")


def is_certain(inequality: Inequality, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> bool:
    """Whether an inequality holds at a point, exactly or in balls that leave no doubt."""
    try:
        value: fmpq | arb = Evaluation(Exact(point), sizes, program=inequality.program).of(inequality.value, indices)
    except OutsideDomain:
        return False
    except OutOfReach:
        with precision(BITS):
            try:
                value = Evaluation(Balls(point), sizes, program=inequality.program).of(inequality.value, indices)
            except OutsideDomain:
                return False
    return bool(value > 0) or (not inequality.strict and bool(value >= 0))
