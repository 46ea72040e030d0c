r"""Hypotheses: read from an assignment or from a condition at a link, and chosen for the links they speak of.

A hypothesis with a free index holds for each of its values. So ``i = k`` and ``i \ne k`` may stand at a link, and
``x_i > 0`` may not, which would say more there than is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from verify.language import (
    Dependent,
    Dimension,
    Expression,
    Index,
    Interval,
    Link,
    Name,
    Node,
    Number,
    Relation,
)
from verify.language.layers import Member
from verify.read.apply import free_indices
from verify.read.conventions import Conventions
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.limits import ARROW, approached
from verify.read.parse import parse
from verify.read.scope import Indexed, Scope
from verify.read.segment import statements
from verify.read.subscripts import Label, labels
from verify.read.symmetric import as_symmetry
from verify.read.tokens import Token, tokenize

RELATIONS = {
    "=": Relation.EQUAL,
    "<": Relation.LESS,
    ">": Relation.GREATER,
    r"\le": Relation.AT_MOST,
    r"\ge": Relation.AT_LEAST,
    r"\ne": Relation.DISTINCT,
}
FLIPPED = {Relation.LESS: Relation.GREATER, Relation.AT_MOST: Relation.AT_LEAST}


def hypotheses(text: str, words: frozenset[str], scope: Scope, conventions: Conventions) -> list[Link]:
    """The hypotheses in a text such as ``a > 0``, as an assignment gives them.

    Raises :class:`ReadError` for what is no relation between known things.
    """
    return assumptions(tokenize(text), words, scope, conventions, {})


def assumptions(
    tokens: Sequence[Token],
    words: frozenset[str],
    scope: Scope,
    conventions: Conventions,
    told: Mapping[str, Expression],
    *,
    single: bool = False,
) -> list[Link]:
    """The hypotheses that a formula makes; ``told`` is how far the indices of a link run.

    A condition for a ``single`` choice of the indices may not have free ones, but where it compares these.
    Raises :class:`ReadError` for what is no relation between known things.
    """
    found: list[Link] = []
    for statement in statements(tokens, words):
        if not statement.relations or statement.continues or statement.conditions:
            raise ReadError("no relation", expected="=, < or >")
        for relation, left, right in zip(statement.relations, statement.sides, statement.sides[1:], strict=False):
            if relation.text == ARROW:
                found += approached((*left, relation, *right), scope)
                continue
            if relation.text not in RELATIONS:
                raise ReadError(f"{relation.text} is no relation of a hypothesis", relation.start)
            kind = RELATIONS[relation.text]
            compared = _compared(left, kind, right, words, scope, told)
            found.append(compared or _related(left, kind, right, words, scope, conventions, single=single))
    return found


def _compared(
    left: Sequence[Token],
    kind: Relation,
    right: Sequence[Token],
    words: frozenset[str],
    scope: Scope,
    told: Mapping[str, Expression],
) -> Link | None:
    """Indices that are said to be equal, or to differ; nothing for anything else."""
    sides = [_label(side, words) for side in (left, right)]
    if kind not in (Relation.EQUAL, Relation.DISTINCT) or sides[0] is None or sides[1] is None:
        return None
    places = [_place(label, scope, told) for label in sides if label is not None]
    axes = [each.dimension for each in places if isinstance(each, Index)]
    full: list[Index | Number] = []
    for label, place in zip(sides, places, strict=True):
        if place is not None:
            full.append(place)
        elif axes and label is not None and label.name in scope.free_letters and scope.find(label.spelling) is None:
            full.append(Index(label.name, axes[0]))
        else:
            return None
    if not isinstance(full[0], Index):
        full.reverse()
    return Link(full[0], kind, full[1]) if isinstance(full[0], Index) else None


def _label(side: Sequence[Token], words: frozenset[str]) -> Label | None:
    found = labels((parse(side, words),)) if side else None
    return found[0] if found is not None and len(found) == 1 else None


def _place(label: Label, scope: Scope, told: Mapping[str, Expression]) -> Index | Number | None:
    """The index or the number that a label names, as far as is known."""
    if label.number is not None:
        return Number(label.number)
    meaning = scope.find(label.spelling)
    if isinstance(meaning, Indexed):
        return meaning.index
    return Index(label.name, told[label.name]) if meaning is None and label.name in told else None


def _related(
    left: Sequence[Token],
    kind: Relation,
    right: Sequence[Token],
    words: frozenset[str],
    scope: Scope,
    conventions: Conventions,
    *,
    single: bool,
) -> Link:
    """Quantities that are said to be equal, or one to be less; a dimension that is said to be at least so large."""
    first, second = (elaborate(parse(side, words), scope, conventions).expression for side in (left, right))
    symmetric = as_symmetry(Link(first, kind, second))
    if symmetric is not None and not (single and free_indices(first)):
        return symmetric
    if kind is Relation.DISTINCT:
        raise ReadError("only indices may be said to differ", left[0].start)
    if single and (free_indices(first) or free_indices(second)):
        raise ReadError("a condition on single entries", left[0].start, expected="i = k, or one on whole quantities")
    if isinstance(second, Dimension) and isinstance(first, Number) and kind in FLIPPED:
        first, kind, second = second, FLIPPED[kind], first
    if isinstance(first, Dimension) and isinstance(second, Number):
        if kind not in (Relation.AT_LEAST, Relation.GREATER):
            raise ReadError("only a least value of a dimension may be assumed", left[0].start, expected=r"n \ge 2")
        least = second if kind is Relation.AT_LEAST else Number(second.value + 1)
        return Link(first, Relation.AT_LEAST, least)
    return Link(first, kind, second)


def relevant(given: Sequence[Link], *sides: Expression) -> tuple[Link, ...]:
    """The hypotheses that speak of something in these expressions, or of something that such a one speaks of."""
    if not given:
        return ()
    names: set[Node | str] = {name for side in sides for name in _spoken_of(side)}
    chosen: list[Link] = []
    rest = list(given)
    grown = True
    while grown:
        grown = False
        for link in list(rest):
            own = {name for side in _sides(link) for name in _subjects(side)}
            if own & names:
                names |= own
                chosen.append(link)
                rest.remove(link)
                grown = True
    return tuple(link for link in given if link in chosen)


def _sides(link: Link) -> Iterator[Node]:
    """Both sides of a hypothesis: of an interval its ends, of names that are independent all of them."""
    match link.right:
        case Interval(low=low, high=high):
            others: tuple[object, ...] = (low, high)
        case tuple():
            others = link.right
        case _:
            others = (link.right,)
    yield from (side for side in (link.left, *others) if isinstance(side, Node))


def _spoken_of(side: Node) -> set[Node | str]:
    return {*side.atoms(Name, Dependent, Dimension), *free_indices(side), *_families(side)}


def _subjects(side: Node) -> set[Node | str]:
    """What a side of a hypothesis speaks of: an index, a dimension, or its names."""
    return {side} if isinstance(side, Index | Dimension) else {*side.atoms(Name, Dependent), *_families(side)}


def _families(side: Node) -> Iterator[str]:
    """The families that members are named of: a hypothesis about one of them holds at every level."""
    for each in side.atoms(Member):
        if isinstance(each, Member):
            yield each.symbol
