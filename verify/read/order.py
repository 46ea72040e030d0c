r"""The order of indices: ``\mathbf{1}[i < j]`` as a number, sums over pairs, and whether cases leave nothing out.

The language knows equal and different indices. That one is less than another is said by the sign of the
difference of their values, which no proof looks into: what is false is refuted at small sizes, and
what is true is undecided, but for a sum over all pairs of what is the same for (i, j) and (j, i).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import cast

from sympy.core.basic import Basic

from verify.check import check
from verify.language import Delta, Expression, Index, Link, Norm, Number, Proved, Relation
from verify.read.apply import substituted

ONE = Number(1)
HALF = ONE / 2
MOST_LABELS = 4
MOST_PARTS = 300
ORDERS = frozenset({"<", ">", r"\le", r"\ge"})
HOLDS = {"=": (0,), r"\equiv": (0,), r"\ne": (-1, 1), "<": (-1,), ">": (1,), r"\le": (-1, 0), r"\ge": (0, 1)}

Comparison = tuple[str, str, str]
"""Two labels, an index or a number each, and the relation between them."""


def before(first: Expression, second: Expression, *, by: int = 1) -> Expression:
    r"""1 where the first index is less than the second, by so much at least; 0 elsewhere.

    >>> from verify.language import dims, index
    >>> n, = dims("n")
    >>> before(index("i", n), index("j", n))
    \frac{1 + \frac{\left\lVert 2 \left(j - i\right) - 1 \right\rVert}{2 \left(j - i\right) - 1}}{2}
    """
    odd = 2 * by - 1
    twice = 2 * (second - first) - odd if odd > 0 else 2 * (second - first) + -odd
    return (ONE + Norm(twice) / twice) / 2


def is_symmetric(body: Expression, first: Index, second: Index) -> bool:
    """Whether a term, if it is no long one, is proved to be the same with two of its indices exchanged."""
    if _is_long(body):
        return False
    turned = substituted(body, {first: second, second: first})
    return body == turned or isinstance(check(Link(body, Relation.EQUAL, turned)).verdict, Proved)


def _is_long(body: Expression) -> bool:
    many, stack = 0, [cast(Basic, body)]
    while stack and many <= MOST_PARTS:
        many += 1
        stack.extend(stack.pop().args)
    return many > MOST_PARTS


def over_pairs(body: Expression, first: Index, second: Index, *, equal: bool = False) -> Expression:
    """A term that counts for each pair of indices once, the first being less than the second, or ``equal``.

    Where it is the same for both orders, it is half of what counts for each two that are different.
    """
    if is_symmetric(body, first, second):
        both = Delta(first, second)
        return HALF * ((ONE + both if equal else ONE - both) * body)
    return before(first, second, by=0 if equal else 1) * body


def exhaustive(cases: Sequence[Sequence[Comparison]], *, otherwise: bool = False, lowest: int = 1) -> str | None:
    """What is wrong with the conditions of cases, for whatever order of their indices: none holds, or two.

    ``otherwise`` if one case takes what the others leave; ``lowest`` is the first value of an index.

    >>> exhaustive([[("i", "=", "j")], [("i", "<", "j")], [("i", ">", "j")]])
    >>> exhaustive([[("i", "=", "j")], [("i", "<", "j")]])
    'none of the cases holds where j < i'
    """
    labels = sorted({label for case in cases for first, _, second in case for label in (first, second)})
    if len(labels) > MOST_LABELS:
        return f"cases with more than {MOST_LABELS} indices are not read"
    for ranks in product(range(len(labels)), repeat=len(labels)):
        order = dict(zip(labels, ranks, strict=True))
        if set(ranks) != set(range(max(ranks) + 1)) or not _is_possible(order, lowest):
            continue
        many = sum(all(_holds(each, order) for each in case) for case in cases)
        if many > 1 or (many == 0 and not otherwise):
            return f"{'none' if many == 0 else 'more than one'} of the cases holds where {_said(order)}"
    return None


def _holds(comparison: Comparison, order: Mapping[str, int]) -> bool:
    first, relation, second = comparison
    above = order[first] - order[second]
    return (above > 0) - (above < 0) in HOLDS[relation]


def _is_possible(order: Mapping[str, int], lowest: int) -> bool:
    """Whether the numbers among the labels have the order that they are given, and no index is below the lowest."""
    numbers = sorted((int(label), rank) for label, rank in order.items() if label.isdigit())
    below = [rank for number, rank in numbers if number <= lowest]
    ascending = all(one[1] < other[1] for one, other in pairwise(numbers))
    return ascending and not any(rank > min(order.values()) for rank in below)


def _said(order: Mapping[str, int]) -> str:
    by_rank = [[label for label, own in order.items() if own == rank] for rank in sorted(set(order.values()))]
    return " < ".join(" = ".join(labels) for labels in by_rank)
