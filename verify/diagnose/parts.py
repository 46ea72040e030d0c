"""The parts of a formula of certain kinds, each met once: definitions share parts, and written out it is far larger."""

from __future__ import annotations

from typing import TypeVar

from sympy.core.basic import Basic

Found = TypeVar("Found", bound=Basic)


def atoms(part: Basic, *kinds: type[Found]) -> set[Found]:
    """All parts of these kinds.

    >>> from verify.language import Name, scalar
    >>> a = scalar("a")
    >>> atoms(a * (a + 1), Name) == {a}
    True
    """
    found: set[Found] = set()
    waiting, met = [part], {id(part)}
    while waiting:
        node = waiting.pop()
        if isinstance(node, kinds):
            found.add(node)
        for inner in node.args:
            if id(inner) not in met:
                met.add(id(inner))
                waiting.append(inner)
    return found
