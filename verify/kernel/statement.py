"""A link as the kernel sees it: two terms, for all values of their free indices, under hypotheses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from verify import language as said
from verify.kernel.compiled import Program
from verify.kernel.contents import free, holds, subterms
from verify.kernel.evaluate import Evaluation, Value
from verify.kernel.hypotheses import Hypotheses, entry_of, hypotheses, places_of
from verify.kernel.lower import Lowering
from verify.kernel.patterns import dimension_names, free_of, numbers_in
from verify.kernel.randomness import is_random, require_meant
from verify.kernel.ring import Facts
from verify.kernel.symmetry import require_free
from verify.kernel.term import Ambiguous, Dep, Entry, Exp, Extent, Idx, Kind, Log, Max, Mean, Pow, Sum, Term, extent
from verify.language import Expression, Link
from verify.language.arithmetic import kinds
from verify.language.kronecker import parts_of

LARGEST_NEEDED = 1000


@dataclass(frozen=True, eq=False)
class Statement:
    """left = right at every value of the indices, wherever both are defined."""

    left: Term
    right: Term
    indices: tuple[Idx, ...]
    known: Hypotheses
    partial: tuple[Term, ...]
    dimensions: tuple[str, ...]
    dependents: dict[str, said.Dependent]
    row_axes: Mapping[str, tuple[Extent, ...]] = field(default_factory=dict)
    """Of names whose rows are made of several axes, these."""

    def require_defined(
        self, evaluation: Evaluation[Value], indices: Mapping[Idx, int], sizes: Mapping[str, int]
    ) -> None:
        """Evaluate all that may be undefined, for all values of its bound indices.

        Raises :class:`~verify.kernel.evaluate.OutsideDomain` where something is.
        """
        for term, bound in self._bound_in_partial:
            ranges = [range(1, index.extent.at(sizes) + 1) for index in bound]
            for values in product(*ranges):
                evaluation.of(term, {**indices, **dict(zip(bound, values, strict=True))})

    def fits(self, sizes: Mapping[str, int]) -> bool:
        """Whether every number that is used as a subscript is one at these sizes: there is no x_2 where n is 1."""
        return all(max(numbers) <= over.at(sizes) for over, numbers in self._numbers.items())

    def require_one_meaning(self) -> None:
        """Raise :class:`Ambiguous` where a hypothesis about an unknown quantity may hold at one point, or at all.

        That y = x tells nothing of the derivative of y where it holds at one point, and all of it where it holds at
        all; so no witness is sought against a side with a higher derivative of y than the hypothesis has.
        """
        said_of: dict[str, int] = {}
        for dependence in _dependences(self.known.terms):
            said_of[dependence.symbol] = min(said_of.get(dependence.symbol, len(dependence.by)), len(dependence.by))
        for dependence in _dependences(self.terms):
            if len(dependence.by) > said_of.get(dependence.symbol, len(dependence.by)):
                says = f"what is given of {dependence.symbol} may hold at one point, or at all, with other derivatives"
                raise Ambiguous(says)

    @cached_property
    def needed(self) -> tuple[tuple[str, int], ...]:
        """The smallest size of a dimension for the numbers that are used as subscripts: x_2 needs n >= 2."""
        least: dict[str, int] = {}
        for over, numbers in self._numbers.items():
            if len(over.names) == 1:
                (name,) = over.names
                enough = (size for size in range(1, LARGEST_NEEDED + 1) if over.at({name: size}) >= max(numbers))
                least[name] = max(least.get(name, 1), next(enough, LARGEST_NEEDED))
        return tuple((name, size) for name, size in sorted(least.items()) if size > 1)

    @property
    def least(self) -> tuple[tuple[str, int], ...]:
        """The smallest sizes, as they are given or needed."""
        bounds = dict(self.known.least)
        for name, size in self.needed:
            bounds[name] = max(bounds.get(name, 1), size)
        return tuple(sorted(bounds.items()))

    @cached_property
    def _numbers(self) -> dict[Extent, frozenset[int]]:
        return numbers_in((*self.terms, *self.partial, *self.known.terms))

    @cached_property
    def needs_rationals(self) -> bool:
        """Whether something is in it of which residues do not tell enough: an exponential, a logarithm, a maximum."""
        return any(holds(term, Exp, Log, Max) for term in (*self.terms, *self.partial))

    @cached_property
    def program(self) -> Program:
        """The steps by which the sides, and what may be undefined, are evaluated."""
        return Program()

    @cached_property
    def _bound_in_partial(self) -> tuple[tuple[Term, tuple[Idx, ...]], ...]:
        return tuple((term, tuple(i for i in free(term) if i.kind is not Kind.FREE)) for term in self.partial)

    @cached_property
    def facts(self) -> Facts:
        """What holds wherever the statement is defined: the hypotheses, what is logged is positive, no divisor is 0."""
        logged = (term.argument for term in self.partial if isinstance(term, Log))
        positive = {each.variable for each in logged if isinstance(each, Entry) and _stands_for_all(each)}
        divisors = tuple(term.base for term in self.partial if isinstance(term, Pow) and not free(term))
        return replace(self.known.facts, positive=self.known.facts.positive | positive, divided_by=divisors)

    @property
    def facts_of_equation(self) -> Facts:
        """For an equation, also that what a length is the root of is positive: where it is 0, the length is too.

        There the sides are continuous. An inequality may be strict, and fail there alone.
        """
        logged = (term.argument for term in self.partial if isinstance(term, Log))
        lengths = tuple(each for each in logged if _is_of_squares(each) and not free(each))
        return replace(self.facts, above=self.facts.above + lengths)

    @property
    def terms(self) -> tuple[Term, Term]:
        """Both sides."""
        return self.left, self.right


def statement(left: Expression, right: Expression, given: tuple[Link, ...]) -> Statement:
    """Lower both sides of an equation to their generic entry, with its hypotheses."""
    lowering = Lowering()
    at = places_of(left, right)
    sides = [entry_of(side, at, lowering) for side in (left, right)]
    known = hypotheses(given, Lowering())
    require_meant(sides, known.facts.chances)
    require_free((left, right), known.facts.symmetries)
    partial = tuple(
        Mean(term) if is_random(term, known.facts.chances) else term
        for term in {id(term): term for term in lowering.partial}.values()
    )
    everything = (*sides, *partial, *known.terms)
    mentioned = (index for term in (*sides, *partial) for index in free(term))
    indices = free_of((*mentioned, *known.indices))
    return Statement(
        left=sides[0],
        right=sides[1],
        indices=indices,
        known=known,
        partial=partial,
        dimensions=dimension_names(everything, indices),
        dependents=_dependents(left) | _dependents(right),
        row_axes=_row_axes((left, right)),
    )


def _row_axes(sides: Iterable[Expression]) -> dict[str, tuple[Extent, ...]]:
    names = (name for side in sides for name in (side.atoms(said.Name) if said.Paired in kinds(side) else ()))
    pairs = ((name.symbol, name.declared[:1]) for name in names)
    return {symbol: tuple(map(extent, parts_of(axis))) for symbol, (axis,) in pairs if isinstance(axis, said.Paired)}


def _stands_for_all(entry: Entry) -> bool:
    """Whether an entry is that of every place: by different bound indices, or 1 where there is only one value."""
    pairs = list(zip(entry.variable.axes, entry.subscripts, strict=True))
    bound = [each for _, each in pairs if isinstance(each, Idx)]
    settled = all(
        axis.fixed == 1 if isinstance(each, int) else each.kind is Kind.FRESH and each.extent == axis
        for axis, each in pairs
    )
    return settled and len(set(bound)) == len(bound)


def _is_of_squares(term: Term) -> bool:
    """Whether a term is a sum of squares."""
    while isinstance(term, Sum):
        term = term.body
    return isinstance(term, Pow) and term.exponent == 2


def _dependences(terms: Iterable[Term]) -> Iterator[Dep]:
    return (each for term in terms if holds(term, Dep) for each in subterms(term) if isinstance(each, Dep))


def _dependents(side: Expression) -> dict[str, said.Dependent]:
    """The unknown dependences in a side, by their symbols."""
    found: list[said.Dependent] = sorted(side.atoms(said.Dependent), key=str)
    return {node.symbol: node for node in found}
