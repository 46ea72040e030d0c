"""Hypotheses: what they tell the normal form, and points at which they hold exactly.

``0 < a`` makes a variable positive, ``0 <= a`` not negative. An equation of the form "the sum of y over an axis is a
constant" is a rewriting rule. Other inequalities count where the range of a number is sought. At a point, each
equation is solved for one entry in which it is affine, and every inequality must hold for certain; entries that are
not negative are scaled, where that is needed, to have the sum that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, product

from flint import fmpq

from verify import language as said
from verify.kernel.atoms import CONSTANT, EntryForm, Poly, SumForm
from verify.kernel.compiled import Program
from verify.kernel.contents import free, subterms
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.exact import Exact
from verify.kernel.inequalities import Inequality, inequalities, is_certain
from verify.kernel.laws import laws
from verify.kernel.lower import Lowering, subscript
from verify.kernel.normal import NormalForm
from verify.kernel.patterns import free_of
from verify.kernel.places import At, finest, free_places
from verify.kernel.point import Place, Point, as_fraction
from verify.kernel.randomness import chances
from verify.kernel.ring import Facts, Ring, minus
from verify.kernel.signs import entrywise, signed
from verify.kernel.symmetry import Residuals, Symmetry, symmetry_in
from verify.kernel.term import (
    Delta,
    Entry,
    Idx,
    Subscript,
    Term,
    Undefined,
    Variable,
)
from verify.kernel.walk import rename
from verify.language import Link, Relation
from verify.language.shape import is_scalar, shape_of


@dataclass(frozen=True, eq=False)
class Equation:
    """A hypothesis left = right, entry by entry, for all values of its free indices."""

    left: Term
    right: Term
    indices: tuple[Idx, ...]
    program: Program = field(default_factory=Program)


@dataclass(frozen=True)
class Hypotheses:
    """The hypotheses of one link."""

    equations: tuple[Equation, ...] = ()
    inequalities: tuple[Inequality, ...] = ()
    facts: Facts = field(default_factory=Facts)
    same: tuple[tuple[Subscript, Subscript], ...] = ()
    distinct: tuple[tuple[Subscript, Subscript], ...] = ()
    least: tuple[tuple[str, int], ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms in them, and a delta for each index that is related to a number."""
        equations = (term for equation in self.equations for term in (equation.left, equation.right))
        numbered = (Delta(a, b) for a, b in (*self.same, *self.distinct) if isinstance(a, Idx) and isinstance(b, int))
        return (*equations, *numbered, *(each.value for each in self.inequalities), *self.facts.chances.terms)

    @property
    def indices(self) -> tuple[Idx, ...]:
        """The free indices that hypotheses relate to others."""
        related = (each for pair in (*self.same, *self.distinct) for each in pair)
        return tuple(dict.fromkeys(each for each in related if isinstance(each, Idx)))

    def allow(self, values: Mapping[Idx, Subscript]) -> bool:
        """Whether indices may have these values, or belong to these classes."""

        def value(subscript: Subscript) -> Subscript:
            return values[subscript] if isinstance(subscript, Idx) else subscript

        return all(value(a) == value(b) for a, b in self.same) and all(value(a) != value(b) for a, b in self.distinct)


def hypotheses(given: tuple[Link, ...], lowering: Lowering) -> Hypotheses:
    """The hypotheses of a link; raises :class:`Unsupported` for one that the kernel cannot use."""
    equations: list[Equation] = []
    bounds: list[Inequality] = []
    positive: set[Variable] = set()
    nonnegative: set[Variable] = set()
    ordered: list[Link] = []
    same: list[tuple[Subscript, Subscript]] = []
    distinct: list[tuple[Subscript, Subscript]] = []
    least: list[tuple[str, int]] = []
    random, others = chances(given, lowering)
    for link in others:
        match link:
            case Link(left=said.Index(), right=said.Index() | said.Number() as other, relation=Relation.EQUAL):
                same.append((subscript(link.left), subscript(other)))
            case Link(left=said.Index(), right=said.Index() | said.Number() as other, relation=Relation.DISTINCT):
                distinct.append((subscript(link.left), subscript(other)))
            case Link(left=said.Dimension() as name, right=said.Number() as bound, relation=Relation.AT_LEAST):
                least.append((name.symbol, -(-bound.value.numerator // bound.value.denominator)))
            case Link(relation=Relation.EQUAL) if not isinstance(link.right, tuple | said.Interval):
                equations.append(_equation(link.left, link.right, lowering))
            case _:
                ordered.append(link)
    related = tuple(each for pair in (*same, *distinct) for each in pair)
    for link in ordered:
        variable, strict = signed(link, related)
        if variable is not None:
            (positive if strict else nonnegative).add(variable)
        if variable is None or not strict:
            bounds.extend(inequalities(entrywise(link), lowering))
    sums = tuple(fact for each in equations if not set(each.indices) & set(related) for fact in _sum_facts(each))
    tied = [_symmetry(equation, related, random.variables) for equation in equations]
    symmetries = tuple(each for each in tied if each)
    above = tuple(each.value for each in bounds if each.strict and not each.indices)
    facts = Facts(
        frozenset(positive),
        sums,
        _meanings(equations),
        random,
        symmetries,
        tuple(least),
        above,
        frozenset(nonnegative),
    )
    return Hypotheses(tuple(equations), tuple(bounds), facts, tuple(same), tuple(distinct), tuple(least))


def _meanings(equations: list[Equation]) -> tuple[tuple[Variable, Term], ...]:
    """Numbers that an equation c = ... gives a meaning, unless that mentions one of them."""
    named: dict[Variable, Term] = {}
    for equation in equations:
        left = equation.left
        single = isinstance(left, Entry) and all(axis.fixed == 1 for axis in left.variable.axes)
        if isinstance(left, Entry) and single and not equation.indices:
            named.setdefault(left.variable, equation.right)
    mentioned = {each.variable for right in named.values() for each in subterms(right) if isinstance(each, Entry)}
    return tuple((variable, right) for variable, right in named.items() if variable not in mentioned)


def _equation(left: said.Expression, right: said.Expression, lowering: Lowering) -> Equation:
    at = places_of(left, right)
    sides = [entry_of(side, at, lowering) for side in (left, right)]
    indices = free_of(index for side in sides for index in free(side))
    return Equation(sides[0], sides[1], indices)


def places_of(left: said.Expression, right: said.Expression) -> At:
    """Free indices for the entries of two sides."""
    axes = shape_of(left) if not is_scalar(shape_of(left)) else shape_of(right)
    return free_places(finest(axes, shape_of(right)))


def entry_of(side: said.Expression, at: At, lowering: Lowering) -> Term:
    """The generic entry of a side of a link: of a scalar its value."""
    return lowering.scalar(side, ()) if is_scalar(shape_of(side)) else lowering.entry(side, at)


def _symmetry(
    equation: Equation, related: tuple[Subscript, ...], random: tuple[Variable, ...]
) -> tuple[Variable, Symmetry] | None:
    """The symmetry of a matrix that an equation says for all indices; of a random matrix it is not used."""
    if len(equation.indices) != 2 or any(each in related for each in equation.indices):
        return None
    first, second = equation.indices
    apart, together = _difference(equation), _difference(equation, {second: first})
    found = None if apart is None or together is None else symmetry_in(Residuals(apart, together))
    return None if found is None or found[0] in random else found


def _difference(equation: Equation, names: Mapping[Idx, Subscript] | None = None) -> Poly | None:
    """What an equation says to be zero, in normal form, its indices replaced or taken to differ."""
    forms = NormalForm(Ring())
    try:
        return minus(*(forms.of(rename(side, names or {})) for side in (equation.left, equation.right)))
    except Undefined:
        return None


def _sum_facts(equation: Equation) -> Iterator[tuple[Variable, int, fmpq]]:
    """The rule in an equation such as sum_i y_i = 1, if it has this form, whether or not two free indices are equal."""
    pairs = [(one, other) for one, other in combinations(equation.indices, 2) if one.extent == other.extent]
    differences = [_difference(equation, names) for names in ({}, *({other: one} for one, other in pairs))]
    facts = {None if poly is None else _sum_fact(poly, apart=not place) for place, poly in enumerate(differences)}
    yield from (fact for fact in facts if fact is not None and len(facts) == 1)


def _sum_fact(poly: Poly, *, apart: bool) -> tuple[Variable, int, fmpq] | None:
    """The sum over an axis in an equation; one over an axis of length 1 is an entry."""
    constant = poly.get(CONSTANT, fmpq(0))
    others = [(monomial, c) for monomial, c in poly.items() if monomial != CONSTANT]
    if len(others) != 1 or len(others[0][0]) != 1:
        return None
    (((atom, exponent),), coefficient) = others[0]
    form = atom.form
    over: Idx | int = 1
    if isinstance(form, SumForm) and len(form.over) == 1 and len(form.body) == 1 and exponent == 1:
        over, ((atom, exponent),) = form.over[0], form.body
        form = atom.form
    if exponent != 1 or not isinstance(form, EntryForm):
        return None
    pairs = list(zip(form.variable.axes, form.subscripts, strict=True))
    free = [each for each in form.subscripts if isinstance(each, Idx) and each != over]
    numbered = any(isinstance(each, int) and axis.fixed is None for axis, each in pairs)
    places = [place for place, (axis, each) in enumerate(pairs) if each == over and (over != 1 or axis.fixed == 1)]
    if numbered or not places or (over != 1 and len(places) > 1) or (apart and len(set(free)) != len(free)):
        return None
    return form.variable, places[0], -constant / coefficient


def satisfied(known: Hypotheses, point: Point, sizes: Mapping[str, int]) -> Point | None:
    """The point with entries changed so that every hypothesis holds, or nothing if that was not managed."""
    if not (known.equations or known.inequalities or known.facts.chances.variables):
        return point
    found = _satisfied(known, point, sizes, {})
    shares = {} if found is not None else _shares(known.facts, point, sizes)
    return _satisfied(known, point, sizes, shares) if shares else found


def _shares(facts: Facts, point: Point, sizes: Mapping[str, int]) -> dict[Place, Fraction]:
    """Entries that are not negative, and whose sums over an axis are given, scaled to add up to them."""
    changes: dict[Place, Fraction] = {}
    for variable, axis, value in facts.sums:
        if variable not in facts.positive | facts.nonnegative or value <= 0:
            continue
        lengths = [range(1, each.at(sizes) + 1) for each in variable.axes]
        for others in product(*(lengths[:axis] + lengths[axis + 1 :])):
            places = [(variable, (*others[:axis], each, *others[axis:])) for each in lengths[axis]]
            drawn = [abs(point.entry(*place)) for place in places]
            if sum(drawn):
                scale = as_fraction(value) / sum(drawn)
                changes.update((place, own * scale) for place, own in zip(places, drawn, strict=True))
    return changes


def _satisfied(
    known: Hypotheses, point: Point, sizes: Mapping[str, int], changes: dict[Place, Fraction]
) -> Point | None:
    for equation in known.equations:
        for indices in _values(equation, sizes):
            residual = _residual(equation, point.at(changes), sizes, indices)
            if residual is None:
                return None
            if residual:
                solution = _solved(equation, point, changes, sizes, indices)
                if solution is None:
                    return None
                changes.update(solution)
    solved = point.at(changes)
    holds = all(
        _residual(equation, solved, sizes, indices) == 0
        for equation in known.equations
        for indices in _values(equation, sizes)
    )
    positive = all(value > 0 for (variable, _), value in changes.items() if variable in known.facts.positive)
    within = all(
        is_certain(inequality, solved, sizes, indices)
        for inequality in known.inequalities
        for indices in _values(inequality, sizes)
    )
    found = laws(known.facts.chances, solved, sizes) if holds and positive and within else None
    return None if found is None else replace(solved, laws=found)


def _values(hypothesis: Equation | Inequality, sizes: Mapping[str, int]) -> Iterator[dict[Idx, int]]:
    ranges = [range(1, index.extent.at(sizes) + 1) for index in hypothesis.indices]
    for values in product(*ranges):
        yield dict(zip(hypothesis.indices, values, strict=True))


def _residual(equation: Equation, point: Point, sizes: Mapping[str, int], indices: Mapping[Idx, int]) -> fmpq | None:
    evaluation = Evaluation(Exact(point), sizes, program=equation.program)
    try:
        return evaluation.of(equation.left, indices) - evaluation.of(equation.right, indices)
    except (OutOfReach, OutsideDomain):
        return None


def _solved(
    equation: Equation,
    point: Point,
    changes: Mapping[Place, Fraction],
    sizes: Mapping[str, int],
    indices: Mapping[Idx, int],
) -> dict[Place, Fraction] | None:
    """One entry, not solved for before, in which the equation is affine, with the value that solves it."""
    start = point.at(changes)
    _residual(equation, start, sizes, indices)
    own = [(equation.left.variable, ())] if isinstance(equation.left, Entry) else []
    for place in (*own, *reversed(list(start.used))):
        if place in changes or place not in start.used:
            continue
        at = [_residual(equation, point.at({**changes, place: Fraction(value)}), sizes, indices) for value in range(3)]
        zero, one, two = at
        if zero is None or one is None or two is None or one == zero or two - one != one - zero:
            continue
        return {place: as_fraction(zero / (zero - one))}
    return None
