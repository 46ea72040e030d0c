"""Links and chains: what is claimed of two sides, and sequences of such claims.

A chain ``a = b = c`` is two links. A hypothesis is a link that is given, not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verify.language.arithmetic import Dimension, Name, as_expression
from verify.language.display import mimebundle
from verify.language.expression import Expression
from verify.language.latex import latex
from verify.language.layers import Infinity
from verify.language.shape import Shape, describe


class Relation(StrEnum):
    """How the two sides of a link are related."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    MEMBER = "in"
    TENDS = "to"
    SHAPE = "shape"
    DISTINCT = "!="
    INDEPENDENT = "independent"
    RANDOM = "random"


@dataclass(frozen=True)
class Interval:
    """An interval of real numbers; an end that is absent is infinite."""

    low: Expression | None
    high: Expression | None
    closed_low: bool
    closed_high: bool

    def __str__(self) -> str:
        low = r"-\infty" if self.low is None else latex(self.low)
        high = r"\infty" if self.high is None else latex(self.high)
        return f"{'[' if self.closed_low else '('}{low}, {high}{']' if self.closed_high else ')'}"


Side = Expression | Interval | Shape


@dataclass(frozen=True)
class Location:
    """Where something was written: a file, a line and a column, counted from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Link:
    """One step of an argument: left side, relation, right side, under the hypotheses given."""

    _repr_mimebundle_ = mimebundle

    left: Expression
    relation: Relation
    right: Side
    given: tuple[Link, ...] = ()

    def __str__(self) -> str:
        return str(Chain((self.left, self.right), (self.relation,)))


@dataclass(frozen=True)
class Chain:
    r"""Sides joined by relations; each neighboring pair is a link.

    >>> from verify.language import scalar
    >>> z = scalar("z")
    >>> [str(link) for link in equal(z + z, 2 * z, z * 2).links()]
    ['z + z = 2 z', '2 z = z \\cdot 2']
    """

    _repr_mimebundle_ = mimebundle

    sides: tuple[Side, ...]
    relations: tuple[Relation, ...]
    # What a limit is taken for: that a variable tends to infinity is a hypothesis of each link.
    under: tuple[Link, ...] = ()

    def links(self, given: tuple[Link, ...] = ()) -> tuple[Link, ...]:
        """The links, from left to right."""
        given = (*given, *self.under)
        pairs = zip(self.sides, self.relations, self.sides[1:], strict=False)
        return tuple(Link(left, relation, right, given) for left, relation, right in pairs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        text = side_text(self.sides[0])
        if self.relations[0] in (Relation.INDEPENDENT, Relation.RANDOM) and isinstance(self.sides[1], tuple):
            return f"{', '.join((text, *map(latex, self.sides[1])))} {self.relations[0]}"
        for relation, side in zip(self.relations, self.sides[1:], strict=True):
            text += f" {relation} {side_text(side)}"
        return text


def side_text(side: Side) -> str:
    """A side of a link in LaTeX."""
    if isinstance(side, tuple):
        return rf"\mathbb{{R}}^{{{describe(side)}}}"
    return str(side) if isinstance(side, Interval) else latex(side)


def equal(*sides: object) -> Chain:
    """Expressions that are all equal.

    >>> equal(1)
    Traceback (most recent call last):
    TypeError: Expected at least two sides but got 1.
    """
    if len(sides) < 2:
        raise TypeError(f"Expected at least two sides but got {len(sides)}.")
    return Chain(tuple(map(as_expression, sides)), (Relation.EQUAL,) * (len(sides) - 1))


def tends_to(left: object, right: object, **towards: Infinity) -> Chain:
    r"""The left side tends to the right one as a number, or a dimension, tends to plus or minus infinity.

    >>> from verify.language import oo, scalar, sigma
    >>> z = scalar("z")
    >>> print(tends_to(sigma(z), 1, z=oo).links()[0].given[0])
    z to \infty
    >>> tends_to(sigma(z), 1, x=oo)
    Traceback (most recent call last):
    TypeError: Expected a number or a dimension of the left side (z) but got x.
    """
    expression = as_expression(left)
    variables: dict[str, Name | Dimension] = {node.symbol: node for node in expression.atoms(Name)}
    variables |= {node.symbol: node for node in expression.atoms(Dimension)}
    under: list[Link] = []
    for symbol, end in towards.items():
        if symbol not in variables:
            known = ", ".join(sorted(variables))
            raise TypeError(f"Expected a number or a dimension of the left side ({known}) but got {symbol}.")
        under.append(Link(variables[symbol], Relation.TENDS, end))
    return Chain((expression, as_expression(right)), (Relation.TENDS,), tuple(under))


def less(left: object, right: object) -> Chain:
    """The left side is less than the right one."""
    return Chain((as_expression(left), as_expression(right)), (Relation.LESS,))


def at_most(left: object, right: object) -> Chain:
    """The left side is at most the right one."""
    return Chain((as_expression(left), as_expression(right)), (Relation.AT_MOST,))


def greater(left: object, right: object) -> Chain:
    """The left side is greater than the right one."""
    return Chain((as_expression(left), as_expression(right)), (Relation.GREATER,))


def member(expression: Expression, interval: Interval) -> Chain:
    r"""The expression lies in the interval.

    >>> from verify.language import scalar, sigma
    >>> print(member(sigma(scalar("z")), between(0, 1)))
    \sigma\left(z\right) in (0, 1)
    """
    return Chain((expression, interval), (Relation.MEMBER,))


def between(low: object | None, high: object | None, *, closed: str = "") -> Interval:
    """An interval: open, unless ``closed`` names ends ("low", "high" or "both"); an end that is None is infinite."""
    first, second = (None if end is None else as_expression(end) for end in (low, high))
    return Interval(first, second, closed in ("low", "both"), closed in ("high", "both"))


def at_least(left: object, right: object) -> Chain:
    """The left side is at least the right one: ``at_least(n, 2)``."""
    return Chain((as_expression(left), as_expression(right)), (Relation.AT_LEAST,))


def distinct(left: Expression, right: Expression) -> Chain:
    """Two indices differ: a hypothesis."""
    return Chain((left, right), (Relation.DISTINCT,))


def has_shape(expression: Expression, shape: tuple[object, ...]) -> Chain:
    """The expression has this shape: ``(m, n)``, or ``()`` for a scalar."""
    return Chain((expression, tuple(map(as_expression, shape))), (Relation.SHAPE,))
