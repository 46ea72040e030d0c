"""Hypotheses of an assignment: read from their text, and chosen for the links that they speak of."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Dependent, Expression, Link, Name, Node, Relation
from verify.read.differential import Layout
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.scope import Scope
from verify.read.segment import statements
from verify.read.tokens import tokenize

RELATIONS = {
    "=": Relation.EQUAL,
    "<": Relation.LESS,
    ">": Relation.GREATER,
    r"\le": Relation.AT_MOST,
    r"\ge": Relation.AT_LEAST,
}


def hypotheses(text: str, words: frozenset[str], scope: Scope, layout: Layout) -> list[Link]:
    """The hypotheses in a text such as ``a > 0``.

    Raises :class:`ReadError` for what is no relation between known things.
    """
    found: list[Link] = []
    for statement in statements(tokenize(text), words):
        if not statement.relations or statement.continues:
            raise ReadError("no relation", expected="=, < or >")
        sides = [elaborate(parse(side, words), scope, layout).expression for side in statement.sides]
        for relation, left, right in zip(statement.relations, sides, sides[1:], strict=False):
            if relation.text not in RELATIONS:
                raise ReadError(f"{relation.text} is no relation of a hypothesis", relation.start)
            found.append(Link(left, RELATIONS[relation.text], right))
    return found


def relevant(given: Sequence[Link], *sides: Expression) -> tuple[Link, ...]:
    """The hypotheses that speak of something in these expressions, or of something that such a one speaks of."""
    if not given:
        return ()
    names = {name for side in sides for name in side.atoms(Name, Dependent)}
    chosen: list[Link] = []
    rest = list(given)
    grown = True
    while grown:
        grown = False
        for link in list(rest):
            own = {
                name
                for side in (link.left, link.right)
                if isinstance(side, Node)
                for name in side.atoms(Name, Dependent)
            }
            if own & names:
                names |= own
                chosen.append(link)
                rest.remove(link)
                grown = True
    return tuple(link for link in given if link in chosen)
