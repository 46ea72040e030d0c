"""Products of positive numbers over an index: e to the sum of their logarithms.

The product of p_i is e^(sum of log p_i) wherever every p_i is positive, and so are its derivatives, as what is
positive stays so nearby. A proof about the exponential is one about the product if no logarithm in it asks for a
condition; a counterexample to it is one, since its logarithms are defined there.
"""

from __future__ import annotations

from typing import cast

from verify import language as said
from verify.kernel.term import Unsupported
from verify.language import Expression, Link
from verify.language.arithmetic import Node
from verify.language.binders import rebuild
from verify.language.link import Interval
from verify.language.unfold import depth_of


def in_exponents(link: Link) -> Link:
    r"""A link with its products of unknown length as exponentials of sums.

    Raises :class:`Unsupported` where it speaks of levels all the same.

    >>> from verify.language import dims, equal, index, log, product_over, sum_over, vector
    >>> n, = dims("n")
    >>> p, i = vector("p", n), index("i", n)
    >>> link, = equal(log(product_over(i, p[i])), sum_over(i, log(p[i]))).links()
    >>> print(in_exponents(link).left)
    \log\left(e^{\sum_{i=1}^{n} \log\left(p_i\right)}\right)
    """
    right = link.right if isinstance(link.right, tuple | Interval) else _changed(link.right)
    changed = Link(_changed(link.left), link.relation, right, link.given)
    if depth_of(changed):
        raise Unsupported("a product over levels")
    return changed


def _changed(e: Expression) -> Expression:
    return cast(Expression, _in_exponent(e))


def _in_exponent(node: Node) -> Node:
    inner = rebuild(node, lambda part, _: _in_exponent(part))
    if isinstance(inner, said.Product) and not isinstance(inner.dimensions[0], said.Number):
        body, hints, dimensions = inner.args
        return said.exp(said.Sum.rebuilt(said.log(cast(Expression, body)), hints, dimensions))
    return inner
