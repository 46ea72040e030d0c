r"""Limits: ``\lim_{z \to \infty} f(z) = a``, ``f(z) \to a`` as z tends to infinity, and what infinity is as a side.

That a variable tends to infinity is a hypothesis of a link. ``\pm\infty`` makes two links of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verify.language import Dimension, Infinity, Link, Name, Node, Relation, Undecided
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.scope import Quantity, Scope
from verify.read.segment import Statement
from verify.read.syntax import Bars, Spelling, spelling
from verify.read.tokens import Kind, Token

LIM = r"\lim"
ARROW = r"\to"
INFINITY = r"\infty"
BOTH = frozenset({r"\pm", r"\mp"})
FINITE = "a limit elsewhere than at infinity is not decided"
NOWHERE = "what tends to infinity here is not said"


def limited(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    r"""What stands below a ``\lim`` that begins a side, and what it is taken of; nothing, and all of it, without.

    >>> from verify.read.tokens import tokenize
    >>> below, rest = limited(tokenize(r"\lim_{z \to \infty} e^{-z}"))
    >>> [token.text for token in below], rest[0].text
    (['z', '\\to', '\\infty'], 'e')
    """
    begins = len(tokens) > 2 and tokens[0].text == LIM and tokens[1].kind is Kind.BELOW
    if not begins or tokens[2].kind is not Kind.OPEN:
        return (), tuple(tokens)
    depth = 0
    for position, token in enumerate(tokens[2:], start=2):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0:
            return tuple(tokens[3:position]), tuple(tokens[position + 1 :])
    return (), tuple(tokens)


def infinity(tokens: Sequence[Token]) -> tuple[Infinity, ...]:
    r"""The infinity that a side is: none, one, or two for ``\pm\infty``."""
    texts = [token.text for token in tokens]
    if not texts or texts[-1] != INFINITY or len(texts) > 2:
        return ()
    sign = texts[0] if len(texts) == 2 else "+"
    if sign in BOTH:
        return Infinity(1), Infinity(-1)
    return (Infinity(-1 if sign == "-" else 1),) if sign in ("+", "-") else ()


def is_approach(statement: Statement) -> bool:
    r"""Whether a statement says of one name that it tends to infinity: ``n \to \infty``."""
    arrow = [relation.text for relation in statement.relations] == [ARROW]
    if not arrow or statement.continues or not infinity(statement.sides[1]):
        return False
    return _variable(statement.sides[0], frozenset()) is not None


def approached(tokens: Sequence[Token], scope: Scope) -> tuple[Link, ...]:
    r"""The hypotheses in ``z \to \infty``: one, or for ``\pm\infty`` and for ``|z|`` two, of which each is to do.

    Raises :class:`ReadError` for a limit elsewhere, and for what is no variable.
    """
    arrows = [position for position, token in enumerate(tokens) if token.text == ARROW]
    offset = tokens[0].start if tokens else 0
    ends = infinity(tokens[arrows[0] + 1 :]) if len(arrows) == 1 else ()
    if not ends:
        raise ReadError(FINITE, offset, expected=r"z \to \infty")
    variable = _variable(tokens[: arrows[0]], scope.words)
    if variable is None:
        raise ReadError("this is no variable that may tend to infinity", offset, expected="a name")
    name, sized = variable
    meaning = scope.find(name)
    known = meaning.expression if isinstance(meaning, Quantity) else None
    if not isinstance(known, Name | Dimension):
        raise ReadError("this is no variable that may tend to infinity", offset, known=scope.known)
    return tuple(Link(known, Relation.TENDS, end) for end in ((Infinity(1), Infinity(-1)) if sized else ends))


def _variable(tokens: Sequence[Token], words: frozenset[str]) -> tuple[Spelling, bool] | None:
    """The name that tends to infinity, and whether its size is said to; nothing for anything else."""
    try:
        node = parse(tokens, words)
    except ReadError:
        return None
    sized = isinstance(node, Bars) and not node.double
    name = spelling(node.inner if isinstance(node, Bars) and sized else node)
    return None if name is None else (name, sized)


def each_way(given: Sequence[Link]) -> Iterator[tuple[Link, ...]]:
    """The hypotheses with one way for what tends to infinity in two."""
    ways = [link for link in given if link.relation is Relation.TENDS]
    others = tuple(link for link in given if link.relation is not Relation.TENDS)
    variables = list(dict.fromkeys(link.left for link in ways))
    if len(variables) != 1 or len(ways) < 2:
        yield (*others, *ways)
        return
    for way in ways:
        yield (*others, way)


@dataclass(frozen=True)
class Limit:
    """A link in which a limit is taken, or none; and why a counterexample to it would not count."""

    link: Link
    supposed: str | None = None


def limit_of(link: Link, *, left: bool, right: bool) -> Limit | Undecided:
    """A link as it is meant, where a limit stands on its ``left`` or its ``right`` side, or something tends to a value.

    Two limits are equal if what they are taken of is, and may be so otherwise. The same is true of an equation that
    is said of what tends to infinity.
    """
    ways = tuple(each for each in link.given if each.relation is Relation.TENDS)
    if link.relation is Relation.TENDS or left != right:
        if link.relation not in (Relation.TENDS, Relation.EQUAL):
            return Undecided("relation", f"{link.relation} beside a limit is no relation that is checked")
        if not ways or isinstance(link.left, Infinity) or not isinstance(link.right, Node):
            return Undecided("relation", NOWHERE)
        turned = right and not left
        first, second = (link.right, link.left) if turned else (link.left, link.right)
        return Limit(Link(first, Relation.TENDS, second, link.given))
    if Infinity in (type(link.left), type(link.right)):
        return Undecided("relation", "infinity is no number")
    if not ways:
        return Limit(link) if not left else Undecided("relation", FINITE)
    plain = replace(link, given=tuple(each for each in link.given if each not in ways))
    says = "the limits may be equal" if left else f"it may be meant of {' and '.join(map(str, ways))} alone"
    return Limit(plain, f"this is no identity, and {says}")
