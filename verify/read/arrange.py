r"""The statements of a display in the order in which they are to be read, with the conditions beside them.

``y = \sigma(z), \quad z = W x + b`` and ``y = W' x \quad (W' = W_2 W_1)`` define at their end what they use before; so
do ``where`` and its like. ``a = b, \quad i = j`` has a condition at its end, and ``i = j : a = b`` at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verify.language import Dimension, Name
from verify.read.defining import Names
from verify.read.definitions import Target, names_in, target
from verify.read.errors import ReadError
from verify.read.limits import is_approach
from verify.read.parse import parse
from verify.read.pieces import ARROWS, Condition, Cut
from verify.read.scope import Indexed, Quantity, Scope
from verify.read.segment import Statement, statements
from verify.read.signs import text_of, with_depth
from verify.read.subscripts import labels
from verify.read.syntax import Scripted, Symbol, Syntax, spelling
from verify.read.tokens import Kind, Token

DEFINING = frozenset({"=", ":=", r"\coloneq", r"\equiv"})
ORDERED = frozenset({"<", ">", r"\le", r"\ge", r"\ne"})
MOST_STATEMENTS = 60
NOT_LETTERS = frozenset((Kind.SIGN, Kind.BELOW))
CERTAIN = frozenset("ijk")


@dataclass(frozen=True)
class Arranged:
    """A statement with its place in the display; what ``defines`` is read before that which uses it."""

    place: tuple[int, int]
    statement: Statement
    defines: bool = False


def arranged(found: Sequence[Statement], names: Names) -> list[Arranged]:
    """The statements of a display, definitions before their uses, conditions at what they belong to."""
    kept: list[Arranged] = []
    waiting: tuple[Condition, ...] = ()
    for position, statement in enumerate(found):
        before = kept[-1].statement if kept else None
        if len(found) > 1 and is_condition(statement, names.scope) and not _precedes(found, position):
            beside = Condition(_text(statement), () if statement.takes_back else _tokens(statement))
            if before is not None and (
                statement.cut in (Cut.SOFT, Cut.COMMA) or says_symmetric(statement, names.scope)
            ):
                kept[-1] = replace(kept[-1], statement=_with(before, (beside,)))
                continue
            if position + 1 < len(found) and found[position + 1].cut in (Cut.SOFT, Cut.COMMA):
                waiting = (beside,)
                continue
        whole = _with(statement, waiting)
        waiting = ()
        own, asides = _without_asides(whole, names)
        kept.append(Arranged((position, 0), own))
        kept += [Arranged((position, 1 + count), aside, defines=True) for count, aside in enumerate(asides)]
    return _ordered(kept, names) if 1 < len(kept) <= MOST_STATEMENTS else kept


def members(statement: Statement) -> list[Statement]:
    r"""A statement, or several if it says of several names that they are in a set: ``x, y \in \mathbb{R}^n``."""
    if statement.continues or [relation.text for relation in statement.relations] != [r"\in"]:
        return [statement]
    names: list[list[Token]] = [[]]
    for token, depth in with_depth(statement.sides[0]):
        if depth == 0 and token.text == ",":
            names.append([])
        else:
            names[-1].append(token)
    if len(names) == 1 or not all(names):
        return [statement]
    return [replace(statement, sides=(tuple(name), statement.sides[1])) for name in names[:MOST_STATEMENTS]]


def _precedes(found: Sequence[Statement], position: int) -> bool:
    """Whether an arrow leads from a statement to the next one."""
    return position + 1 < len(found) and found[position + 1].cut in ARROWS


def _with(statement: Statement, conditions: tuple[Condition, ...]) -> Statement:
    return replace(statement, conditions=(*statement.conditions, *conditions)) if conditions else statement


def _without_asides(statement: Statement, names: Names) -> tuple[Statement, list[Statement]]:
    """A statement without the definitions that stand in parentheses beside it; and these."""
    if not statement.conditions:
        return statement, []
    conditions: list[Condition] = []
    defining: list[Statement] = []
    for condition in statement.conditions:
        inner = _inner(condition, names.scope) if condition.aside else ()
        new = [each for each in inner if defines(each, names) is not None and not is_condition(each, names.scope)]
        if not new:
            conditions.append(condition)
            continue
        defining += new
        conditions += [Condition(_text(each), _tokens(each)) for each in inner if each not in new]
    return replace(statement, conditions=tuple(conditions)), defining


def _inner(condition: Condition, scope: Scope) -> tuple[Statement, ...]:
    try:
        return statements(condition.tokens, scope.words)
    except ReadError:
        return ()


def _ordered(kept: list[Arranged], names: Names) -> list[Arranged]:
    """Definitions of what an earlier statement uses before that statement."""
    targets = [defines(each.statement, names) for each in kept]
    uses = [_uses(each.statement, what, names) for what, each in zip(targets, kept, strict=True)]
    order: list[int] = []

    def visit(place: int, above: frozenset[int]) -> None:
        if place in order or place in above:
            return
        for later, what in enumerate(targets):
            if what is not None and later > place and what.name.key in uses[place] and not _same(what, targets[place]):
                visit(later, above | {place})
        if place not in order:
            order.append(place)

    for place in range(len(kept)):
        visit(place, frozenset())
    first = {place: position for position, place in enumerate(order)}
    return [
        replace(kept[place], defines=kept[place].defines or any(first[each] > first[place] for each in range(place)))
        for place in order
    ]


def _is_at_level(what: Target | None, statement: Statement, names: Names) -> bool:
    """Whether a statement defines a family at every level."""
    return what is not None and names.at_level(what, statement.sides[1], statement.conditions) is not None


def _same(what: Target, other: Target | None) -> bool:
    return other is not None and other.name.key == what.name.key


def _uses(statement: Statement, what: Target | None, names: Names) -> frozenset[str]:
    """The names that must be known before a statement: none for a definition at every level, which may wait."""
    found: frozenset[str] = frozenset()
    if _is_at_level(what, statement, names):
        return found
    for node in _nodes(statement.sides if what is None else statement.sides[1:], names.scope):
        found |= names_in(node)
    return found


def _nodes(sides: Sequence[Sequence[Token]], scope: Scope) -> Iterator[Syntax]:
    for side in sides:
        try:
            if side:
                yield parse(side, scope.words)
        except ReadError:
            continue


def target_of(statement: Statement, scope: Scope, symbol: str = "") -> Target | None:
    """What a statement would define, whether or not it is defined already."""
    if statement.continues or not statement.relations or statement.relations[0].text not in DEFINING | {r"\in"}:
        return None
    for node in _nodes(statement.sides[:1], scope):
        try:
            return target(node, symbol or text_of(statement.sides[0]))
        except ReadError:
            return None
    return None


def defines(statement: Statement, names: Names) -> Target | None:
    """What a statement defines that is not known yet."""
    if not statement.relations or statement.relations[0].text not in DEFINING or statement.conditions:
        return None
    what = None if statement.cut is Cut.EITHER else target_of(statement, names.scope)
    return None if what is None or names.is_known(what, statement.sides[1]) else what


def compares(statement: Statement, scope: Scope) -> bool:
    """Whether a statement says of two indices that they are equal, or differ."""
    if statement.continues or len(statement.relations) != 1 or statement.relations[0].text not in ("=", r"\ne"):
        return False
    if not _may_be_letters(statement):
        return False
    nodes = list(_nodes(statement.sides, scope))
    return len(nodes) == 2 and _compares_indices(nodes[0], nodes[1], scope)


def is_condition(statement: Statement, scope: Scope) -> bool:
    """Whether a statement can be nothing but a condition: on indices, or on the sign or size of a bare name."""
    if statement.conditions:
        return False
    if compares(statement, scope) or is_approach(statement) or says_symmetric(statement, scope):
        return True
    ordered = len(statement.relations) == 1 and statement.relations[0].text in ORDERED
    nodes = list(_nodes(statement.sides, scope)) if ordered and not statement.continues else []
    if len(nodes) != 2:
        return False
    bare = [_is_bare(node, scope) for node in nodes]
    return any(bare) and all(is_bare or not names_in(node) for node, is_bare in zip(nodes, bare, strict=True))


def _may_be_letters(statement: Statement) -> bool:
    """Whether the sides may be two letters, with marks above: nothing else stands in them, and nothing below."""
    return all(NOT_LETTERS.isdisjoint([token.kind for token in side]) for side in statement.sides)


def says_symmetric(statement: Statement, scope: Scope) -> bool:
    """Whether a statement says of a matrix, of which nothing else is said, that it is its transpose."""
    if statement.continues or [relation.text for relation in statement.relations] != ["="]:
        return False
    if not _may_be_letters(statement):
        return False
    nodes = list(_nodes(statement.sides, scope))
    if len(nodes) != 2:
        return False
    plain, turned = nodes if isinstance(nodes[0], Symbol) else nodes[::-1]
    match plain, turned:
        case Symbol(), Scripted(base=Symbol() as base, below=(), above=Symbol() as above, primes=0):
            return above.key == "T" and base.key == plain.key and _is_bare(plain, scope)
        case _:
            return False


def _compares_indices(left: Syntax, right: Syntax, scope: Scope) -> bool:
    """Whether two indices are compared: declared ones, or letters that mean nothing else; i, j and k with any."""
    first, second = (labels((node,)) or () for node in (left, right))
    if len(first) != 1 or len(second) != 1:
        return False
    meanings = [scope.find(label.spelling) for label in (*first, *second)]
    if meanings[0] is None and first[0].name in CERTAIN:
        return True
    if any(meaning is not None and not isinstance(meaning, Indexed) for meaning in meanings):
        return False
    named = [label.name.rstrip("'") for label in (*first, *second)]
    usual = [
        isinstance(meaning, Indexed) or name in scope.free_letters
        for meaning, name in zip(meanings, named, strict=True)
    ]
    return all(usual) or isinstance(meanings[0], Indexed)


def _is_bare(node: Syntax, scope: Scope) -> bool:
    name = spelling(node)
    meaning = None if name is None else scope.find(name)
    return isinstance(meaning, Quantity) and isinstance(meaning.expression, Name | Dimension)


def _tokens(statement: Statement) -> tuple[Token, ...]:
    found = list(statement.sides[0])
    for relation, side in zip(statement.relations, statement.sides[1:], strict=True):
        found += [relation, *side]
    return tuple(found)


def _text(statement: Statement) -> str:
    return text_of(_tokens(statement))
