"""The small-model cutoff: an identity that holds up to a certain size holds for all sizes.

Clear the denominators of left - right. Let every term then have at most k bound indices of dimension
n (n as a number counts as one), let f be the number of free indices of that dimension, and let each
summand depend on the entries at its own index values alone. By inclusion and exclusion over the set
of values that the bound indices take, the identity holds for every n if it holds for
n = 1, ..., k + max(1, f) and every equality pattern of the free indices. This proof needs no normal
form; it needs the counts below and exact evaluation.

What has sums inside (e to a sum, a denominator of a row) is replaced by a new tensor; if the identity
still holds it is proved, and if not nothing is known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import assert_never

from verify.kernel.compiled import Program
from verify.kernel.contents import free, subterms
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.hypotheses import Hypotheses, satisfied
from verify.kernel.modular import Modular
from verify.kernel.patterns import Pattern, assigned, patterns
from verify.kernel.point import Point
from verify.kernel.statement import Statement
from verify.kernel.structure import structure
from verify.kernel.term import (
    Add,
    Delta,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Log,
    Max,
    Mean,
    Mul,
    Num,
    OutOfBudget,
    Pow,
    Size,
    Sum,
    Term,
    Variable,
    add,
)
from verify.kernel.walk import rebuild
from verify.language.verdict import Cutoff

MANY_INSTANCES = 400
SEEDS = 4


class Beyond(Exception):
    """The cutoff does not apply to this statement."""


@dataclass
class Count:
    """How many bound indices a term has above and below the line, once it is a single fraction."""

    above: Counter[str] = field(default_factory=Counter)
    below: Counter[str] = field(default_factory=Counter)


def cutoff(stated: Statement) -> Cutoff | None:
    """The proof by small sizes; nothing if it does not apply, costs too much, or fails on what replaces inner sums."""
    known = stated.known
    # A part of the rows and the same columns of a symmetric matrix is one: the instances are as free as the matrix.
    if len(known.equations) > len(known.facts.symmetries) or known.least or known.facts.chances.variables:
        return None
    try:
        left, right = (abstracted(side) for side in stated.terms)
        sizes = _sizes(stated, left, right)
        found = [each for each in patterns(stated.indices, (left, right)) if known.allow(each.classes)]
    except (Beyond, OutOfBudget):
        return None
    if prod(sizes.values()) * len(found) > MANY_INSTANCES:
        return None
    instances, program = 0, Program()
    for values in product(*(range(1, largest + 1) for largest in sizes.values())):
        at = dict(zip(sizes, values, strict=True))
        for pattern in found:
            outcome = _holds(known, (left, right), pattern, at, program)
            if outcome is None:
                return None
            instances += outcome
    return Cutoff(tuple(sizes.items()), instances) if instances else None


def _holds(
    known: Hypotheses,
    sides: tuple[Term, Term],
    pattern: Pattern,
    sizes: dict[str, int],
    program: Program | None = None,
) -> int | None:
    """How many instances agree at these sizes: none if the pattern is impossible there; nothing if one fails."""
    if assigned(pattern, sizes, 0) is None:
        return 0
    for seed in range(SEEDS):
        indices = assigned(pattern, sizes, seed)
        point = satisfied(known, Point(seed), sizes)
        if indices is None or point is None:
            return None
        evaluation = Evaluation(Modular(point), sizes, program=program)
        try:
            left, right = (evaluation.of(side, indices)[1] for side in sides)
            if left != right:
                return None
        except (OutOfReach, OutsideDomain, OutOfBudget):
            return None
    return SEEDS


def _sizes(stated: Statement, left: Term, right: Term) -> dict[str, int]:
    """The largest size of each dimension that must be tried."""
    counting = _Counting()
    total = counting.of(add((left, right)))  # their difference has the same counts
    numbers = patterns((), (left, right))[0].numbers
    sizes: dict[str, int] = {}
    for name in stated.dimensions:
        free = sum(1 for index in stated.indices if _name(index.extent) == name)
        largest = max((n for over, values in numbers.items() if name in over.names for n in values), default=0)
        sizes[name] = total.above[name] + max(1, free + largest)
    return sizes


class _Counting:
    """Counts bound indices; denominators that are the same are shared."""

    def __init__(self) -> None:
        self._sizes: dict[str, Counter[str]] = {}

    def of(self, term: Term) -> Count:
        match term:
            case Num() | Entry() | Delta() | Exp() | Log() | Fn() | Max() | Dep() | Inverse():
                return Count()
            case Mean():
                raise Beyond
            case Size():
                return Count(_powers(term.extent))
            case Add():
                return self._sum([self.of(each) for each in term.terms])
            case Mul():
                counts = [self.of(each) for each in term.factors]
                return Count(sum((c.above for c in counts), Counter()), sum((c.below for c in counts), Counter()))
            case Pow():
                return self._power(term)
            case Sum():
                inner = self.of(term.body)
                return Count(inner.above + Counter({_name(term.index.extent): 1}), inner.below)
            case _:
                assert_never(term)

    def _sum(self, counts: list[Count]) -> Count:
        below: Counter[str] = Counter()
        for count in counts:
            below |= count.below
        above: Counter[str] = Counter()
        for count in counts:
            above |= count.above + self._cleared(below - count.below)
        return Count(above, below)

    def _power(self, term: Pow) -> Count:
        inner = self.of(term.base)
        many = abs(term.exponent)
        above, below = (Counter({key: c * many for key, c in each.items()}) for each in (inner.above, inner.below))
        if term.exponent >= 0 or not _has_sums(term.base):
            return Count(above, below)
        key = structure(term.base)[0]
        self._sizes[key] = inner.above
        return Count(self._cleared(below), Counter({key: many}))

    def _cleared(self, below: Counter[str]) -> Counter[str]:
        total: Counter[str] = Counter()
        for key, many in below.items():
            total += Counter({name: c * many for name, c in self._sizes[key].items()})
        return total


def _name(extent: Extent) -> str:
    names = extent.names
    if len(names) != 1 or extent.monomials[0][0] != names or extent.monomials[0][1] != 1 or len(extent.monomials) > 1:
        raise Beyond
    return names[0]


def _powers(extent: Extent) -> Counter[str]:
    most: Counter[str] = Counter()
    for names, _ in extent.monomials:
        most |= Counter(names)
    return most


def _has_sums(term: Term) -> bool:
    return any(isinstance(each, Sum | Size) for each in subterms(term))


def abstracted(term: Term) -> Term:
    """The term with a new tensor for each part that has sums inside and is not a sum, a product or a whole power."""

    def change(each: Term) -> Term | None:
        match each:
            case Exp() | Log() | Fn() | Dep() | Max() | Inverse() if _has_sums(each) or isinstance(
                each, Max | Dep | Log | Inverse
            ):
                return _tensor(each)
            case Sum():
                return _under(each)
            case _:
                return None

    return rebuild(term, change)


def _under(term: Sum) -> Term:
    """A sum whose body has, for denominators with sums that mention its index, new tensors."""
    body = abstracted(term.body)

    def change(each: Term) -> Term | None:
        if isinstance(each, Pow) and each.exponent < 0 and _has_sums(each.base):
            return _tensor(each) if term.index in free(each) else None
        return None

    return Sum(term.index, rebuild(body, change))


def _tensor(term: Term) -> Entry:
    text, indices = structure(term)
    if any(not isinstance(index, Idx) for index in indices):
        raise Beyond
    return Entry(Variable(f"new: {text}", tuple(index.extent for index in indices)), indices)
