"""Counterexamples to "this product tends to 0": all factors alike and at least 1, or those of 1 - 1/(l+1)^2."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import islice, product
from typing import cast

from verify import language as said
from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.factors import Factors, span_of_part
from verify.kernel.lower import Lowering
from verify.kernel.point import Point
from verify.kernel.term import Variable
from verify.kernel.univariate import Span
from verify.language import Expression, Infinity, Link
from verify.language.verdict import Proved, Refuted, Verdict, Witness

Decide = Callable[[Link], Verdict]

CONSTANTS = tuple(map(Fraction, (0, 1, -1, 2, -2, 3, 4, 8, 16)))
MOST_TRIES = 729


def refute_product(factors: Factors, decide: Decide) -> Refuted | None:
    """Factors with which the product does not tend to 0; only free numbers may be chosen."""
    body = cast(Expression, said.Mul(*factors.parts))
    if None in factors.families.values() or body.atoms(said.Name) != set(factors.families):
        return None
    if body.atoms(said.Dimension, said.Opaque, said.Dependent, said.Index):
        return None
    return _by_constants(factors, body) or _by_the_example(factors, decide)


def _by_constants(factors: Factors, body: Expression) -> Refuted | None:
    """The same numbers at every level, of which the factor is at least 1 in absolute value."""
    names = sorted(factors.families, key=str)
    term = Lowering().scalar(body, ())
    for values in islice(product(CONSTANTS, repeat=len(names)), MOST_TRIES):
        chosen = dict(zip(names, values, strict=True))
        if not all(_is_allowed(factors, name, value) for name, value in chosen.items()):
            continue
        point = Point(0, given={(Variable(name.symbol, ()), ()): value for name, value in chosen.items()})
        with precision(BITS):
            try:
                size = abs(Evaluation(Balls(point), {}).of(term, {}))
            except OutsideDomain:
                continue
            text = f"a product of factors of absolute value {size.str(6, radius=False)}"
        if size >= 1:
            inputs = tuple((name.symbol, ((str(value),),)) for name, value in chosen.items())
            return Refuted(Witness((), (), inputs, (), text, "0"))
    return None


def _is_allowed(factors: Factors, name: said.Name, value: Fraction) -> bool:
    family = factors.families[name]
    if family is None or family not in factors.allowed:
        return True
    low, high = factors.allowed[family].values.low, factors.allowed[family].values.high
    assert low.value is not None
    assert high.value is not None
    return (low.value < value or (low.attained and low.value == value)) and (
        value < high.value or (high.attained and value == high.value)
    )


def _by_the_example(factors: Factors, decide: Decide) -> Refuted | None:
    """Factors 1 - 1/(l+1)^2, where the factor is one that takes all values in [3/4, 1)."""
    if len(factors.parts) != 1 or len(factors.families) != 1:
        return None
    (part,), ((name, family),) = factors.parts, factors.families.items()
    if family is not None and family in factors.allowed:
        values = factors.allowed[family].values if part == name else None
    else:
        span = span_of_part(part)
        values = span[0] if span is not None and span[1] and span[0].exact else None
    if values is None or not _holds_the_example(values) or not _example_is_right(decide):
        return None
    inputs = ((str(part), (("1 - 1/(l + 1)^2",),)),)
    return Refuted(
        Witness((), (), inputs, (), "the product of n factors is (n + 2)/(2(n + 1)), which tends to 1/2", "0")
    )


def _holds_the_example(values: Span) -> bool:
    low, high = values.low.value, values.high.value
    return (low is None or low < Fraction(3, 4)) and (high is None or high >= 1)


def _example_is_right(decide: Decide) -> bool:
    """Whether the kernel proves the closed form of the example, and its limit."""
    (count,), over = said.dims("n"), said.Index("l", said.Dimension("n"))
    closed = (count + 2) / (2 * (count + 1))
    equation = said.equal(said.Product(1 - 1 / (over + 1) ** 2, over), closed)
    limit = said.tends_to(closed, said.fraction(1, 2), n=Infinity())
    return all(isinstance(decide(each), Proved) for each in (*equation.links(), *limit.links()))
