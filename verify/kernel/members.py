"""Vectors as families: the entries of a vector along a depth, where nothing else is said of the vector."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from sympy.core.basic import Basic

from verify import language as said
from verify.language import Expression, Link
from verify.language.arithmetic import Node
from verify.language.binders import rebuild
from verify.language.link import Interval
from verify.language.unfold import Depth, sides_of


def entries_as_members(link: Link, depth: Depth) -> Link:
    r"""The link with x_i as a member of a family, for vectors x whose entries are counted by a depth.

    >>> from verify.language import dims, equal, index, product_over, vector
    >>> from verify.language.unfold import depth_of
    >>> n, = dims("n")
    >>> i, x = index("i", n), vector("x", n)
    >>> link, = equal(product_over(i, x[i]), 1).links()
    >>> sorted(map(str, entries_as_members(link, depth_of(link)).left.atoms(said.Member)))
    ['x_{\\#0}']
    """
    along = {said.Dimension(symbol) for symbol in depth.dimensions}
    whole: set[said.Name] = set()
    vectors: set[said.Name] = set()
    for side in sides_of(link):
        _sort(side, along, vectors, whole)
    chosen = vectors - whole
    if not chosen:
        return link
    given = tuple(_link(each, chosen) for each in link.given)
    return replace(_link(link, chosen), given=given)


def _sort(node: Basic, along: set[said.Dimension], vectors: set[said.Name], whole: set[said.Name]) -> None:
    """The vectors along a depth of which an entry is named, and the names that stand for all entries at once."""
    match node:
        case said.Entry(tensor=said.Name() as name) if _is_along(name, along) and len(node.subscripts) == 1:
            vectors.add(name)
        case said.Derivative() | said.Vjp():
            whole |= node.variable.atoms(said.Name)
            for part in node.args:
                _sort(part, along, vectors, whole)
        case said.Name():
            whole.add(node)
        case _:
            for part in node.args:
                _sort(part, along, vectors, whole)


def _is_along(name: said.Name, along: set[said.Dimension]) -> bool:
    axes = [axis for axis in name.declared if axis != said.Number(1)]
    return len(name.declared) == 2 and len(axes) == 1 and axes[0] in along


def _link(link: Link, chosen: set[said.Name]) -> Link:
    right = link.right
    if not isinstance(right, tuple | Interval):
        right = _changed(right, chosen)
    return Link(_changed(link.left, chosen), link.relation, right, link.given)


def _changed(e: Expression, chosen: set[said.Name]) -> Expression:
    return cast(Expression, _node(e, chosen))


def _node(node: Node, chosen: set[said.Name]) -> Node:
    if isinstance(node, said.Entry) and node.tensor in chosen:
        assert isinstance(node.tensor, said.Name)
        return said.Member(node.tensor.symbol, node.subscripts[0])
    return rebuild(node, lambda part, _: _node(part, chosen))
