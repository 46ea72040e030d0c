"""Products of any length whose factors are bounded: at most c^n, and so tending to 0 if c is less than 1.

That every factor is less than 1 is not enough: the product of 1 - 1/(i+1)^2 tends to 1/2. The bound must be
one for all factors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb, fmpq

from verify import language as said
from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.contents import subterms
from verify.kernel.endless import refute_product
from verify.kernel.evaluate import Evaluation, OutsideDomain
from verify.kernel.factors import Ceiling, Factors, bounds_given, factors_of
from verify.kernel.lower import Lowering, rational
from verify.kernel.normal import NormalForm
from verify.kernel.peel import at_depth
from verify.kernel.point import GRID, Point
from verify.kernel.ring import Ring
from verify.kernel.term import Entry, Term, Unsupported, Variable
from verify.kernel.univariate import Span
from verify.language import Expression, Interval, Link, Relation
from verify.language.unfold import Unfolding
from verify.language.verdict import Induction, Proved, Replay, Undecided, Verdict

Decide = Callable[[Link], Verdict]

DEEPEST = 6
POINTS = 8


def decide_product_limit(link: Link, decide: Decide) -> Verdict:
    """The verdict on a product of any length that tends to 0."""
    assert isinstance(link.left, said.Product)
    if link.right != said.Number(0) or not isinstance(link.left.dimensions[0], said.Dimension):
        raise Unsupported("the limit of a product, other than 0, or of one that does not begin with the first factor")
    factors = factors_of(link.left, link.given)
    ceiling = factors.ceiling()
    if ceiling is not None and (ceiling.value < 1 or (ceiling.value == 1 and ceiling.strict)):
        return _bounded(link, ceiling, factors)
    return refute_product(factors, decide) or Undecided(
        "no-proof", "no bound less than 1 is known for all factors", tried=("bounded factors", "witness search")
    )


def decide_product_order(link: Link, over: said.Dimension, decide: Decide) -> Verdict | None:
    """The verdict on a product that is at most c^n, or positive; nothing where the rule does not tell."""
    assert isinstance(link.left, said.Product)
    if isinstance(link.right, tuple | Interval) or link.left.dimensions != (over,):
        return None
    factors = factors_of(link.left, link.given)
    if link.relation in (Relation.GREATER, Relation.AT_LEAST) and link.right == said.Number(0):
        return _bounded(link, None, factors) if factors.is_positive() else None
    ceiling = factors.ceiling()
    if link.relation is not Relation.AT_MOST or ceiling is None:
        return None
    base = _base(link.right, over, decide)
    return _bounded(link, ceiling, factors) if base is not None and base > 0 and ceiling.value <= base else None


def _base(right: Expression, over: said.Dimension, decide: Decide) -> Fraction | None:
    """The number c, where the right side is c^n: c at n = 1, and c times more at each further one."""
    first = Unfolding({over.symbol: 1}).of(right)
    for base in (rational(first), _value(first)):
        if base is not None:
            grown = Link(at_depth(right, over, over + 1), Relation.EQUAL, said.as_expression(base) * right)
            return base if isinstance(decide(grown), Proved) else None
    return None


def _value(e: Expression) -> Fraction | None:
    ring = Ring()
    poly = NormalForm(ring).of(Lowering().scalar(e, ()))
    constants = [Fraction(int(c.p), int(c.q)) for monomial, c in poly.items() if not monomial]
    return constants[0] if len(poly) == len(constants) == 1 else None


def _bounded(link: Link, ceiling: Ceiling | None, factors: Factors) -> Verdict:
    """The proof by the bound of each factor, replayed at small depths."""
    count = 0
    words: list[str] = []
    for deep in range(1, DEEPEST + 1):
        seen = _replayed(link, ceiling, deep)
        if seen is None:
            return Undecided("no-proof", "the bound of the factors does not show in the product at a small depth")
        count += seen
        words.append(f"{deep} factors" if deep > 1 else "1 factor")
    bound = "0 < t" if ceiling is None else f"|t| <= {'r < ' if ceiling.strict else ''}{ceiling.value}"
    assert isinstance(link.left, said.Product)
    shown = Induction(
        str(link.left.dimensions[0]),
        f"each factor t has {bound}",
        "the product of m factors keeps the product of their bounds",
        "one more factor multiplies both sides by a number and its bound",
        factors.shown(positive=ceiling is None),
    )
    return Proved("bounded factors", (), Replay(count, "balls", tuple(words)), induction=shown)


def _replayed(link: Link, ceiling: Ceiling | None, deep: int) -> int | None:
    """At how many points the product of so many factors keeps the bound; nothing if it once does not, or at none."""
    over = link.left.dimensions[0] if isinstance(link.left, said.Product) else None
    assert isinstance(over, said.Dimension)
    written = Unfolding({over.symbol: deep}).of(link.left)
    term = Lowering().scalar(written, ())
    small = {f"{symbol}_": allowed.values for symbol, allowed in bounds_given(link.given)}
    kept = 0
    for seed in range(POINTS):
        point = _point(term, seed, small)
        with precision(BITS):
            try:
                value = Evaluation(Balls(point), {}).of(term, {})
            except OutsideDomain:
                continue
            bound = None if ceiling is None else arb(fmpq(ceiling.value.numerator, ceiling.value.denominator)) ** deep
            within = value > 0 if bound is None else not abs(value) > bound
        if not within:
            return None
        kept += 1
    return kept or None


def _point(term: Term, seed: int, small: Mapping[str, Span]) -> Point:
    """Entries drawn from the grid, those of which something is given from what is allowed."""
    variables = {each.variable for each in subterms(term) if isinstance(each, Entry)}
    drawn = Point(seed, GRID)
    given: dict[tuple[Variable, tuple[int, ...]], Fraction] = {}
    for variable in variables:
        span = next((span for start, span in small.items() if variable.symbol.startswith(start)), None)
        if span is not None:
            assert span.low.value is not None
            assert span.high.value is not None
            share = (drawn.entry(variable, ()) + 4) / 8
            given[variable, ()] = span.low.value + share * (span.high.value - span.low.value)
    return drawn.at(given)
