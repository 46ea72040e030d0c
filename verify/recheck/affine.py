"""Equations of logarithms, by exponentials: a - b is 0 if e to it is 1.

Where a logarithm is multiplied by a number y that is not known, as in y log p, e to that is no product. But if y stands
nowhere but in sums and products, once in each, then a - b is c + d y, which is 0 for every y if it is for 0 and for 1.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from verify.recheck.identity import equal_for_all_sizes
from verify.recheck.stated import Stated, below
from verify.recheck.table import parts, with_parts

MOST_UNKNOWN = 3
BEYOND = 2


def equal_by_exponentials(stated: Stated) -> bool:
    """Whether e to the difference of the sides is 1, for every number in which that is affine at 0 and at 1."""
    left, right = stated.sides
    tried = [stated.less(left, right)]
    if all(stated.nodes[place][0] != "log" for place in below(stated.nodes, tried[0])):
        return False
    for unknown in _unknown(stated, tried[0])[:MOST_UNKNOWN]:
        tried = [_put(stated, each, unknown, stated.new("number", value)) for each in tried for value in ("0", "1")]
    return all(equal_for_all_sizes(stated, stated.new("exp", each), stated.new("number", "1")) for each in tried)


def _unknown(stated: Stated, place: int) -> list[Any]:
    """The numbers without an index in which a node is affine, and that multiply logarithms in it."""
    nodes = stated.nodes
    found = dict.fromkeys(nodes[each] for each in below(nodes, place) if nodes[each][0] == "entry")
    return [each for each in found if not each[2] and _degree(nodes, place, each) == 1]


def _degree(nodes: Any, place: int, unknown: Any) -> int:
    """The degree of a node in an unknown number: 0, 1, or more; and that if it is no polynomial."""
    node = nodes[place]
    if node == unknown:
        return 1
    inner = [_degree(nodes, part, unknown) for part in parts(node)]
    match node[0]:
        case "add" | "sum":
            return max(inner)
        case "mul":
            return min(BEYOND, sum(inner))
        case _:
            return BEYOND if any(inner) else 0


def _put(stated: Stated, place: int, unknown: Any, value: int) -> int:
    """A node with a value in the place of an unknown number in which it is affine."""
    node = stated.nodes[place]
    if node == unknown:
        return value
    if node[0] not in ("add", "mul", "sum"):
        return place
    inner = [_put(stated, part, unknown, value) for part in parts(node)]
    if node[0] == "sum":
        return stated.new(*with_parts(node, inner))
    numbers = [Fraction(stated.nodes[each][1]) for each in inner if stated.nodes[each][0] == "number"]
    others = [each for each in inner if stated.nodes[each][0] != "number"]
    constant = prod(numbers, start=Fraction(1)) if node[0] == "mul" else sum(numbers, Fraction(0))
    if not others or (node[0] == "mul" and constant == 0):
        return stated.new("number", str(constant))
    return stated.new(node[0], (stated.new("number", str(constant)), *others))
