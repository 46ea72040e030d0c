"""What the hypotheses say to be random: independent entries, or entries that may depend on one another; and moments.

``independent(w, x)`` and ``random(w, x)`` list names, and only those are random. A mean, a variance or the
mean of a square is that of every entry of a name; it may depend on the entry's indices, and on no random name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from verify import language as said
from verify.kernel.contents import free, holds, parts, subterms
from verify.kernel.lower import Lowering
from verify.kernel.places import variable_of
from verify.kernel.term import Entry, Idx, Kind, Mean, Subscript, Term, Unsupported, Variable
from verify.kernel.walk import rename
from verify.language import Link, Relation
from verify.language.chance import Given, is_moment, listed, moment_of


@dataclass(frozen=True, eq=False)
class Moment:
    """A hypothesis on the entry at these indices, for all of their values."""

    at: tuple[Subscript, ...]
    value: Term


@dataclass(frozen=True)
class Chances:
    """The random variables of one link, whether all their entries are independent, and their moments that are given."""

    variables: tuple[Variable, ...] = ()
    independent: bool = True
    moments: Mapping[tuple[Given, Variable], Moment] = field(default_factory=dict)

    def given(self, kind: Given, variable: Variable, subscripts: tuple[Subscript, ...]) -> Term | None:
        """What a hypothesis says of an entry, if one does."""
        moment = self.moments.get((kind, variable))
        if moment is None:
            return None
        names = {own: new for own, new in zip(moment.at, subscripts, strict=True) if isinstance(own, Idx)}
        return rename(moment.value, names)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The moments' values, and an entry of each variable: what the sizes of an instance must be known for."""
        entries = (
            Entry(each, tuple(Idx(Kind.FREE, "any", place, axis) for place, axis in enumerate(each.axes)))
            for each in self.variables
        )
        return (*entries, *(moment.value for moment in self.moments.values()))


def chances(given: tuple[Link, ...], lowering: Lowering) -> tuple[Chances, tuple[Link, ...]]:
    """What hypotheses say of chance, and the others; raises :class:`Unsupported` for what the kernel cannot use."""
    listings = [link for link in given if listed(link)]
    moments = [link for link in given if not listed(link) and is_moment(link)]
    others = tuple(link for link in given if not listed(link) and not is_moment(link))
    if len(listings) > 1:
        raise Unsupported("two hypotheses on what is random, as nothing relates the one to the other")
    if not listings:
        if moments:
            raise Unsupported(f"the hypothesis {moments[0]} where nothing is said to be random")
        return Chances(), others
    names = tuple(dict.fromkeys(listed(listings[0])))
    for link in others:
        if any(isinstance(side, said.Node) and side.atoms(said.Name) & set(names) for side in (link.left, link.right)):
            raise Unsupported(f"the hypothesis {link} on what is random")
    variables = tuple(map(variable_of, names))
    found: dict[tuple[Given, Variable], Moment] = {}
    for link in moments:
        kind, variable, moment = _moment(link, variables, lowering)
        if (kind, variable) in found or (kind != "mean" and any((k, variable) in found for k in SPREADS)):
            raise Unsupported(f"the hypothesis {link} beside another one")
        found[kind, variable] = moment
    return Chances(variables, listings[0].relation is Relation.INDEPENDENT, found), others


SPREADS: tuple[Given, ...] = ("variance", "square")


def _moment(link: Link, random: tuple[Variable, ...], lowering: Lowering) -> tuple[Given, Variable, Moment]:
    told = moment_of(link.left)
    if told is None or link.relation is not Relation.EQUAL or isinstance(link.right, tuple | said.Interval):
        raise Unsupported(f"the hypothesis {link}")
    kind, of = told
    entry, value = lowering.scalar(of, ()), lowering.scalar(link.right, ())
    if not isinstance(entry, Entry) or entry.variable not in random:
        raise Unsupported(f"the hypothesis {link} on what is not said to be random")
    indices = [each for each in entry.subscripts if isinstance(each, Idx)]
    single = all(axis.fixed == 1 for axis, each in zip(entry.variable.axes, entry.subscripts, strict=True) if each == 1)
    if len(set(indices)) != len(indices) or not single or any(isinstance(i, int) and i != 1 for i in entry.subscripts):
        raise Unsupported(f"the hypothesis {link} on some entries only")
    if not set(free(value)) <= set(indices):
        raise Unsupported(f"the hypothesis {link} with an index on one side only")
    if any(isinstance(each, Mean) or _is_random(each, random) for each in subterms(value)):
        raise Unsupported(f"the hypothesis {link} that relates moments")
    return kind, entry.variable, Moment(entry.subscripts, value)


def _is_random(term: Term, random: Iterable[Variable]) -> bool:
    return isinstance(term, Entry) and term.variable in random


def bare(term: Term) -> Iterator[Term]:
    """The subterms that stand under no expectation, and the outermost expectations."""
    seen: set[int] = set()
    stack = [term]
    while stack:
        each = stack.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            if not isinstance(each, Mean):
                stack.extend(parts(each))


def is_random(term: Term, known: Chances) -> bool:
    """Whether a term holds random entries that stand under no expectation."""
    return bool(known.variables) and any(_is_random(each, known.variables) for each in bare(term))


def require_meant(sides: Iterable[Term], known: Chances) -> None:
    """Raises :class:`Unsupported` for random entries outside an expectation, and for expectations of constants.

    Who writes E(w) means w to be random: if nothing says so, a hypothesis has been forgotten.
    """
    for side in sides:
        if is_random(side, known):
            raise Unsupported("random entries outside an expectation")
        for each in subterms(side) if holds(side, Mean) else ():
            if isinstance(each, Mean):
                entries = [inner for inner in bare(each.body) if isinstance(inner, Entry)]
                if entries and not any(_is_random(entry, known.variables) for entry in entries):
                    raise Unsupported("an expectation of names that no hypothesis says to be random")
