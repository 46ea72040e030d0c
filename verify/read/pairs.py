r"""How sums and products stand within and beside each other.

``\sum_{i=1}^n \sum_{j=1}^{i-1}`` is one sum, over the pairs with j < i. A product, unlike a sum, does not take what
follows and has its index nowhere: ``\prod_i x_i \prod_i y_i`` are two products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from verify.read.patterns import same
from verify.read.source import Span
from verify.read.subscripts import children
from verify.read.syntax import Compared, Joined, Juxtaposed, Numeral, Ranged, Scripted, Signed, Symbol, Syntax

ORDERED = ("<", r"\le")
TIMES = frozenset({r"\cdot", r"\times", "*"})


def stands_in(index: Symbol | Scripted, node: Syntax) -> bool:
    """Whether an index stands in a formula, otherwise than bound there."""
    stack: list[Syntax] = [node]
    while stack:
        each = stack.pop()
        if same(each, index):
            return True
        if isinstance(each, Ranged) and any(same(own, index) for own in each.indices):
            continue
        stack.extend(children(each))
    return False


def parted(node: Ranged, is_function: Callable[[Syntax], bool]) -> tuple[Ranged, Syntax | None]:
    """A product or a maximum up to the last factor in which an index of it stands, and the factors after it."""
    body = node.body
    factors = body.parts if isinstance(body, Juxtaposed) else body.factors if isinstance(body, Joined) else ()
    if node.sign == r"\sum" or not factors:
        return node, None
    last = max((at for at, each in enumerate(factors) if _mentions(each, node)), default=len(factors) - 1)
    if isinstance(body, Juxtaposed) and is_function(factors[last]):
        last += 1
    if last >= len(factors) - 1:
        return node, None
    own, rest = factors[: last + 1], factors[last + 1 :]
    at, beyond = own[0].at.to(own[-1].at), rest[0].at.to(rest[-1].at)
    if isinstance(body, Juxtaposed):
        kept: Syntax = Juxtaposed(own, at) if len(own) > 1 else own[0]
        return replace(node, body=kept), Juxtaposed(rest, beyond) if len(rest) > 1 else rest[0]
    if isinstance(body, Joined) and body.signs[last] in TIMES:
        kept = Joined(own, body.signs[:last], at) if len(own) > 1 else own[0]
        return replace(node, body=kept), Joined(rest, body.signs[last + 1 :], beyond) if len(rest) > 1 else rest[0]
    return node, None


def _mentions(node: Syntax, ranged: Ranged) -> bool:
    return any(stands_in(index, node) for index in ranged.indices)


def merged(node: Ranged) -> Ranged:
    """A sum within a sum as one over pairs, where the bounds of the inner one move with the outer index."""
    inner = node.body
    if not isinstance(inner, Ranged) or {node.sign, inner.sign} != {r"\sum"} or len(node.indices) != 1:
        return node
    condition = None if node.over or inner.over or node.conditions else _between(node.indices[0], inner)
    bounds = None if condition is None else _bounds(node, inner, condition)
    if condition is None or bounds is None:
        return node
    indices = tuple(side for side in condition.sides if isinstance(side, Symbol | Scripted))
    low, high = bounds
    return replace(inner, indices=indices, low=low, high=high, conditions=(condition,), at=node.at)


def _between(outer: Symbol | Scripted, inner: Ranged) -> Compared | None:
    """How the index of an inner sum is compared to that of the outer one, if this is all that moves."""
    if len(inner.conditions) == 1 and inner.high is None and inner.low is None:
        (condition,) = inner.conditions
        first, second = condition.sides if len(condition.sides) == 2 else (outer, outer)
        plain = condition.relations[0] in ORDERED and same(first, outer) != same(second, outer)
        return condition if plain else None
    if inner.conditions or len(inner.indices) != 1:
        return None
    (own,) = inner.indices
    below, above = _shift(inner.high, outer), _shift(inner.low, outer)
    if below in (0, -1) and above is None:
        return _compared(own, outer, strict=below == -1)
    if above in (0, 1) and below is None:
        return _compared(outer, own, strict=above == 1)
    return None


def _bounds(node: Ranged, inner: Ranged, condition: Compared) -> tuple[Syntax | None, Syntax | None] | None:
    """The first and the last value of both indices, where each begins and ends at the same."""
    strict = condition.relations == ("<",)
    if not same(condition.sides[0], node.indices[0]):  # the inner index is the lesser one
        later = strict and _numeral(node.low) == 2 and _numeral(inner.low) == 1
        low = inner.low or node.low
        agree = node.low is None or low is node.low or later or same(node.low, low)
        return (low, node.high) if agree and _numeral(low) in (None, 0, 1) else None
    high = inner.high or node.high
    sooner = strict and node.high is not None and inner.high is not None and _shift(node.high, inner.high) == -1
    agree = node.high is None or high is node.high or sooner or same(node.high, high)
    return (node.low, high) if agree and _numeral(node.low) in (None, 0, 1) else None


def _shift(node: Syntax | None, name: Syntax) -> int | None:
    """The number that is added to a name; nothing for another formula."""
    if node is None:
        return None
    if same(node, name):
        return 0
    match node:
        case Signed(terms=((1, first), (sign, Numeral() as number))) if same(first, name) and number.text.isdigit():
            return sign * int(number.text)
        case _:
            return None


def _numeral(node: Syntax | None) -> int | None:
    """The number that a bound is; nothing where there is none, -1 for what is no number."""
    if node is None:
        return None
    return int(node.text) if isinstance(node, Numeral) and node.text.isdigit() else -1


def _compared(first: Syntax, second: Syntax, *, strict: bool) -> Compared:
    at = Span(min(first.at.start, second.at.start), max(first.at.end, second.at.end))
    return Compared((first, second), ("<" if strict else r"\le",), at)
