"""Inequalities and membership in an interval: by the exact range of a normal form, or by the signs of its terms.

A statement about n is decided for n = 1 and for n >= 2 by itself; if it fails for n = 1 only, it is proved
under the condition n >= 2. A proof is replayed in ball arithmetic; what is false needs a witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from flint import arb, fmpq

from verify import language as said
from verify.kernel.atoms import LogForm, Poly
from verify.kernel.attained import attained_at
from verify.kernel.balls import BITS, Balls, precision
from verify.kernel.contents import subterms
from verify.kernel.domain import conditions, takes_a_root_of_zero
from verify.kernel.ends import at_the_ends
from verify.kernel.estimates import is_estimated
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.follows import Distance, follows
from verify.kernel.halves import by_halves
from verify.kernel.hypotheses import Hypotheses, satisfied
from verify.kernel.lower import rational
from verify.kernel.normal import NormalForm
from verify.kernel.operations import exponential
from verify.kernel.patterns import Pattern, assigned, patterns
from verify.kernel.point import GRID, Point, as_fmpq
from verify.kernel.ranges import is_positive, span_of
from verify.kernel.replay import TRIES, instance_sizes
from verify.kernel.ring import Ring, minus
from verify.kernel.squares import DEPTHS, is_shown
from verify.kernel.statement import Statement, statement
from verify.kernel.term import Idx, Log, Mean, OutOfBudget, Pow, Undefined, Unsupported, add, mul, number
from verify.kernel.touching import touches
from verify.kernel.univariate import Bound, Span
from verify.kernel.walk import rename
from verify.kernel.witness import difference, refute
from verify.language import Expression, Interval, Link, Relation
from verify.language.verdict import AtLeast, Condition, Nonzero, Positive, Proved, Refuted, Replay, Undecided

# Simple points first: a bound that is attained is attained there, if anywhere, and exactly.
POOLS = (
    (Fraction(0),),
    (Fraction(1),),
    (Fraction(0), Fraction(1)),
    tuple(v for v in GRID if v > 0),
    tuple(v for v in GRID if 0 < v < 1),
    GRID,
)


MOST_BOUNDED = 2
SHORT = DEPTHS[:2]


@dataclass(frozen=True)
class Question:
    """A value that must lie in a set, and the sides by which a witness is shown."""

    value: Expression
    target: Span
    left: Expression
    right: Expression
    is_membership: bool

    def inside(self, value: fmpq | arb) -> bool | None:
        """Whether a value lies in the set; nothing if a ball does not tell."""
        low, high = self.target.low, self.target.high
        answers = [_beyond(value, low, 1), _beyond(value, high, -1)]
        return False if False in answers else None if None in answers else True


def question(link: Link) -> Question:
    """What a link asks; raises :class:`Unsupported` for ends that are no rational numbers."""
    right = link.right
    if isinstance(right, Interval):
        target = Span(_end(right.low, right.closed_low), _end(right.high, right.closed_high))
        return Question(link.left, target, link.left, said.Number(0), is_membership=True)
    if isinstance(right, tuple):
        raise Unsupported(f"the relation {link.relation} with a shape")
    larger = link.relation in (Relation.GREATER, Relation.AT_LEAST)
    high, low = (link.left, right) if larger else (right, link.left)
    closed = link.relation in (Relation.AT_MOST, Relation.AT_LEAST)
    target = Span(Bound(Fraction(0), closed), Bound(None, False))
    return Question(high - low, target, link.left, right, is_membership=False)


def _end(end: Expression | None, closed: bool) -> Bound:
    if end is None:
        return Bound(None, False)
    value = rational(end)
    if value is None:
        raise Unsupported(f"an interval that ends at {end}")
    return Bound(value, closed)


def _beyond(value: fmpq | arb, end: Bound, side: int) -> bool | None:
    """Whether a value is on the right side of an end."""
    if end.value is None:
        return True
    if isinstance(value, fmpq):
        exact = (value - as_fmpq(end.value)) * side
        return exact > 0 or (exact == 0 and end.attained)
    distance = (value - arb(fmpq(end.value.numerator, end.value.denominator))) * side
    if distance.is_zero():  # the ball that holds 0 alone
        return end.attained
    return True if distance > 0 else False if distance < 0 else None


def decide_order(link: Link) -> Proved | Refuted | Undecided:
    """The verdict on an inequality, or on membership in an interval.

    >>> from verify.language import scalar, sigma, Number
    >>> z = scalar("z")
    >>> closed = Interval(Number(0), Number(1), True, True)
    >>> proof = decide_order(Link(sigma(z), Relation.MEMBER, closed))
    >>> str(proof.exact_range)
    '(0, 1)'
    """
    asked = question(link)
    everywhere = statement(asked.value, said.Number(0), link.given)
    if any(isinstance(term, Mean) for term in subterms(everywhere.left)):
        raise Unsupported("an inequality of expectations")
    names, least = everywhere.dimensions, dict(everywhere.least)
    spans: list[Span | None] = []
    failing: list[dict[str, int]] = []
    for ones in cases(names, least):
        found = None
        with suppress(OutOfBudget):
            found = _holds(asked, link, ones)
        if found is None:
            failing.append(ones)
        else:
            spans.append(found[0])
    if not failing:
        return _proved(asked, everywhere, (), spans[-1])
    if all(failing) and spans:
        required = tuple(sorted({name for ones in failing for name in ones}))
        if all(any(name in ones for name in required) for ones in failing) and len(required) == 1:
            return _proved(asked, everywhere, (AtLeast(required[0], 2),), spans[-1])
    return _refuted(asked, link) or Undecided(
        "no-proof",
        "the range is not known to lie in the set, and no point was found outside",
        tried=("range", "witness search"),
    )


def cases(names: tuple[str, ...], least: dict[str, int]) -> Iterator[dict[str, int]]:
    """Which dimensions are 1, the others being at least 2: the general case last."""
    choices = [(False,) if least.get(name, 1) > 1 else (True, False) for name in names]
    if len(names) > 4:
        raise Unsupported("a range with so many dimensions")
    for ones in product(*choices):
        yield {name: 1 for name, one in zip(names, ones, strict=True) if one}


def _holds(asked: Question, link: Link, ones: dict[str, int]) -> tuple[Span | None] | None:
    """Whether the value is shown to lie in the set where these dimensions are 1; with its range, if it is exact."""
    replaced = {said.Dimension(name): said.Number(1) for name in ones}
    value = asked.value.xreplace(replaced)
    given = tuple(with_sizes(each, replaced) for each in link.given)
    stated = statement(value, said.Number(0), given)
    own = dict(stated.least)
    least = tuple((name, max(2, own.get(name, 1))) for name in stated.dimensions)
    allowed = _allowed_patterns(stated)
    if _fails_already(asked, stated, allowed, dict(least)):
        return None
    ranges: list[Span | None] = []
    for pattern in allowed:
        ring = Ring(replace(stated.facts, least=least))
        try:
            form = NormalForm(ring).of(rename(stated.left, pattern.classes))
        except Undefined:
            continue
        found = span_of(ring, form)
        if found is not None and _contained(found[0], asked.target):
            ranges.append(found[0] if found[1] and found[0].exact else None)
        elif (
            _by_signs(ring, form, asked.target)
            or _by_hypotheses(ring, form, asked.target, stated, pattern)
            or _by_squares(ring, form, asked.target, stated, pattern)
            or _by_estimates(ring, form, asked.target)
            or _by_ends(ring, form, asked.target, stated, pattern)
            or _by_halves(asked.target, stated, pattern)
        ):
            ranges.append(None)
        else:
            return None
    if not ranges:
        return None
    alike = len(set(ranges)) == 1 and _leave_all_free(stated.known)
    return (ranges[0] if alike else None,)


def _fails_already(asked: Question, stated: Statement, allowed: list[Pattern], least: Mapping[str, int]) -> bool:
    """Whether some value at the smallest sizes lies outside of the set: then there is no proof to be sought."""
    smallest = _sizes(stated, allowed, least)[:1]
    return any(_instance(asked, stated, allowed, sizes, seed) is False for sizes in smallest for seed in range(TRIES))


def _allowed_patterns(stated: Statement) -> list[Pattern]:
    """The equality patterns of the free indices that the hypotheses allow."""
    found = patterns(stated.indices, (*stated.terms, *stated.known.terms))
    return [each for each in found if stated.known.allow(each.classes)]


def _leave_all_free(known: Hypotheses) -> bool:
    """Whether the hypotheses only give numbers a meaning, and say nothing of what those are made of."""
    named = dict(known.facts.meanings)
    everywhere = all(
        not isinstance(each, Log) and not (isinstance(each, Pow) and each.exponent < 0)
        for right in named.values()
        for each in subterms(right)
    )
    only = len(named) == len(known.equations) and not known.inequalities
    return only and everywhere and not named.keys() & known.facts.positive


def with_sizes(link: Link, dimensions: dict[said.Dimension, said.Number]) -> Link:
    """A link with numbers for dimensions."""
    right = link.right if isinstance(link.right, tuple | Interval) else link.right.xreplace(dimensions)
    return Link(link.left.xreplace(dimensions), link.relation, right, link.given)


def _by_hypotheses(ring: Ring, form: Poly, target: Span, stated: Statement, pattern: Pattern) -> bool:
    """Whether inequalities that are given about the same number show that a value lies in a set."""
    return follows(ring, _given(ring, stated, pattern), list(distances(ring, form, target)))


def _by_squares(ring: Ring, form: Poly, target: Span, stated: Statement, pattern: Pattern) -> bool:
    """Whether sums of squares, and what is no less than such, show that a value lies in a set."""
    given = [each.form for each in _given(ring, stated, pattern)]
    return all(is_shown(ring, each.form, strict=each.strict, given=given) for each in distances(ring, form, target))


def _by_estimates(ring: Ring, form: Poly, target: Span) -> bool:
    """Whether what is known of sums, maxima and logarithms shows that a value lies in a set."""
    return all(is_estimated(ring, each.form, strict=each.strict) for each in distances(ring, form, target))


def _by_ends(ring: Ring, form: Poly, target: Span, stated: Statement, pattern: Pattern) -> bool:
    """Whether a value that is affine in a number between two others is shown to lie in a set by those at the ends."""
    given = _given(ring, stated, pattern)
    return all(_is_shown_at_ends(ring, each, given, MOST_BOUNDED) for each in distances(ring, form, target))


def _is_shown_at_ends(ring: Ring, distance: Distance, given: list[Distance], most: int) -> bool:
    return most > 0 and any(
        all(_is_shown(ring, end, given) or _is_shown_at_ends(ring, end, given, most - 1) for end in ends)
        for ends in at_the_ends(ring, distance, given)
    )


def _by_halves(target: Span, stated: Statement, pattern: Pattern) -> bool:
    """Whether a value is shown to lie in a set for both signs of one of its numbers."""
    value = rename(stated.left, pattern.classes)

    def shown(ring: Ring, form: Poly, strict: bool) -> bool:
        return _is_shown(ring, Distance(form, strict), [], SHORT)

    ends = ((target.low, 1), (target.high, -1))
    return all(
        by_halves(
            stated, add((mul(number(side), value), number(-side * end.value))), strict=not end.attained, is_shown=shown
        )
        for end, side in ends
        if end.value is not None
    )


def _is_shown(ring: Ring, distance: Distance, given: list[Distance], depths: Sequence[int] = DEPTHS) -> bool:
    """Whether a distance is shown by any of the ways that need no ends of a number."""
    found = span_of(ring, distance.form)
    low = None if found is None else found[0].low
    if low is not None and _reaches(low, Bound(Fraction(0), not distance.strict), 1):
        return True
    return (
        is_positive(ring, distance.form, strict=distance.strict)
        or _exceeds_one(ring, distance)
        or any(follows(ring, given, [each]) for each in (distance, *_beyond_one(ring, distance)))
        or is_shown(ring, distance.form, strict=distance.strict, given=[each.form for each in given], depths=depths)
        or is_estimated(ring, distance.form, strict=distance.strict)
    )


def _given(ring: Ring, stated: Statement, pattern: Pattern) -> list[Distance]:
    given: list[Distance] = []
    for each in stated.known.inequalities:
        with suppress(Undefined):
            given.append(Distance(NormalForm(ring).of(rename(each.value, pattern.classes)), each.strict))
    return given


def distances(ring: Ring, form: Poly, target: Span) -> Iterator[Distance]:
    """That a value lies beyond the low end of a set, and before the high one."""
    for end, side in ((target.low, 1), (target.high, -1)):
        if end.value is not None:
            bound = ring.constant(fmpq(end.value.numerator, end.value.denominator))
            yield Distance(ring.scaled(minus(form, bound), fmpq(side)), strict=not end.attained)


def _by_signs(ring: Ring, form: Poly, target: Span) -> bool:
    """Whether the signs of terms show that a value lies between the ends of a set."""
    return all(
        is_positive(ring, each.form, strict=each.strict) or _exceeds_one(ring, each)
        for each in distances(ring, form, target)
    )


def _exceeds_one(ring: Ring, distance: Distance) -> bool:
    """Whether the signs of terms show that e to a distance is more than 1."""
    return any(is_positive(ring, each.form, strict=each.strict) for each in _beyond_one(ring, distance))


def _beyond_one(ring: Ring, distance: Distance) -> Iterator[Distance]:
    """Less 1, e to a distance with logarithms: of sums of such that is a quotient."""
    if any(isinstance(atom.form, LogForm) for monomial in distance.form for atom, _ in monomial):
        with suppress(OutOfBudget):
            yield Distance(minus(exponential(ring, distance.form), ring.constant(1)), distance.strict)


def _contained(inner: Span, outer: Span) -> bool:
    return _reaches(inner.low, outer.low, 1) and _reaches(inner.high, outer.high, -1)


def _reaches(inner: Bound, outer: Bound, side: int) -> bool:
    """Whether an end lies inside another one: not beyond it, and not at it if only the inner one is attained."""
    if outer.value is None:
        return True
    if inner.value is None:
        return False
    value = inner.value if inner.other is None or side == 1 else inner.other
    distance = (value - outer.value) * side
    return distance > 0 or (distance == 0 and (outer.attained or not inner.attained) and inner.exact)


def _proved(
    asked: Question, stated: Statement, needed: tuple[Condition, ...], exact: Span | None
) -> Proved | Undecided:
    """The proof, once it is replayed: no value at an instance may lie outside of the set."""
    ends = (asked.target.low, asked.target.high)
    if any(end.value is not None and not end.attained for end in ends) and takes_a_root_of_zero(stated):
        return Undecided("no-proof", "a root is taken of what may be 0, and the inequality is not decided there")
    smallest = {each.dimension: each.bound for each in needed if isinstance(each, AtLeast)}
    instances, words = 0, []
    allowed = _allowed_patterns(stated)
    for sizes in _sizes(stated, allowed, smallest):
        for seed in range(TRIES):
            outcome = _instance(asked, stated, allowed, sizes, seed)
            if outcome is False:
                return Undecided("no-proof", "the range found and a value at an instance contradict each other")
            instances += outcome is True
        words.append(", ".join(f"{name} = {size}" for name, size in sizes.items()) or "no dimension")
    if not instances:
        return Undecided("nowhere-defined", "no point was found at which both sides are defined")
    replayed = Replay(instances, "balls", tuple(words))
    defined = conditions(stated)
    everywhere = not any(isinstance(each, Nonzero | Positive) for each in defined)
    shown = _interval(exact) if exact is not None and asked.is_membership and everywhere else None
    places = () if shown is None or exact is None else _places(stated, exact)
    return Proved("range", (*defined, *needed), replayed, exact_range=shown, attained=places)


def _places(stated: Statement, exact: Span) -> tuple[str, ...]:
    """The ends that are attained, and where, for indices that differ."""
    pattern = _allowed_patterns(stated)[0]
    ring = Ring(stated.facts)
    try:
        form = NormalForm(ring).of(rename(stated.left, pattern.classes))
        return tuple(attained_at(ring, form, exact))
    except Undefined:
        return ()


def _sizes(stated: Statement, allowed: list[Pattern], smallest: Mapping[str, int]) -> list[dict[str, int]]:
    found = [
        {name: max(size, smallest.get(name, 1)) for name, size in sizes.items()}
        for pattern in allowed[:1]
        for sizes in instance_sizes(stated, pattern)
    ]
    return [sizes for place, sizes in enumerate(found) if sizes not in found[:place]]


def _instance(
    asked: Question, stated: Statement, allowed: list[Pattern], sizes: dict[str, int], seed: int
) -> bool | None:
    """Whether the value at a random point lies in the set; nothing outside the domain."""
    indices = assigned(allowed[seed % len(allowed)], sizes, seed)
    pool = POOLS[min(seed, len(POOLS) - 1)]
    point = satisfied(stated.known, Point(seed, pool, positive=stated.known.facts.positive), sizes)
    if indices is None or point is None:
        return None
    try:
        exact = Evaluation(Exact(point), sizes, program=stated.program)
        stated.require_defined(exact, indices, sizes)
        return asked.inside(exact.of(stated.left, indices))
    except OutOfReach:
        return _in_balls(asked, stated, point, indices, sizes)
    except OutsideDomain:
        return None


def _in_balls(
    asked: Question, stated: Statement, point: Point, indices: Mapping[Idx, int], sizes: dict[str, int]
) -> bool | None:
    with precision(BITS):
        evaluation = Evaluation(Balls(point), sizes, program=stated.program)
        try:
            stated.require_defined(evaluation, indices, sizes)
            inside = asked.inside(evaluation.of(stated.left, indices))
        except OutsideDomain:
            return None
    return inside is not False


def _refuted(asked: Question, link: Link) -> Refuted | None:
    """A point at which the value lies outside of the set."""
    stated = statement(asked.left, asked.right, link.given)
    if asked.is_membership:
        found = refute(stated, lambda left, _: asked.inside(left) is False)
        return None if found is None else Refuted(replace(found.witness, right=f"outside of {link.right}"))
    side = 1 if link.relation in (Relation.GREATER, Relation.AT_LEAST) else -1
    found = refute(stated, lambda left, right: asked.inside(difference(left, right) * side) is False)
    return found or (None if asked.target.low.attained else touches(stated))


def _interval(span: Span) -> Interval:
    ends = [None if end.value is None else said.as_expression(end.value) for end in (span.low, span.high)]
    return Interval(ends[0], ends[1], span.low.attained, span.high.attained)
