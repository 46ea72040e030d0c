"""How deeply an expression is nested: what is too deep is not walked at all."""

from __future__ import annotations

from collections.abc import Collection

from sympy.core.basic import Basic

DEEPEST = 120
LARGEST = 4_000


def depth(expression: Basic) -> int:
    """The number of forms on the longest path from the whole to a part; counting stops beyond the deepest allowed.

    >>> from verify.language import scalar, sigma
    >>> depth(sigma(scalar("z"))) <= DEEPEST
    True
    """
    deepest = 1
    layer: Collection[Basic] = [expression] if expression._args else []
    while layer and deepest <= DEEPEST:
        deepest += 1
        layer = {id(part): part for node in layer for part in node._args if part._args}.values()
    return deepest


def is_too_deep(expression: Basic) -> bool:
    """Whether an expression is nested more deeply than any that is worked on."""
    return depth(expression) > DEEPEST


def is_too_large(expression: Basic, largest: int = LARGEST) -> bool:
    """Whether an expression, written out, has more parts than are worked on; shared parts count each time.

    >>> from verify.language import scalar
    >>> z = scalar("z")
    >>> is_too_large(z + z), is_too_large(z + z, 2)
    (False, True)
    """
    counted: dict[int, int] = {}

    def count(node: Basic) -> int:
        known = counted.get(id(node))
        if known is None:
            known = counted[id(node)] = min(largest + 1, 1 + sum(map(count, node.args)))
        return known

    return count(expression) > largest
