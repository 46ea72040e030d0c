"""Links that grow: with the number of layers, and with the number of nested sums."""

from __future__ import annotations

from verify.language import (
    Add,
    Expression,
    define,
    diag,
    dims,
    function,
    grad,
    index,
    loss,
    matrix,
    sum_over,
    total,
    vector,
)

f = function("f")


def linear_stack(layers: int) -> tuple[Expression, Expression]:
    """Linear layers with biases, one inside the other, and multiplied out."""
    sizes = dims(" ".join(f"d_{layer}" for layer in range(layers + 1)))
    x = vector("x", sizes[0])
    nested: Expression = x
    collapsed: Expression = x
    for layer in range(layers):
        W, b = matrix(f"W_{layer}", sizes[layer + 1], sizes[layer]), vector(f"b_{layer}", sizes[layer + 1])
        nested = W * nested + b
        terms = collapsed.terms if isinstance(collapsed, Add) else (collapsed,)
        collapsed = sum((W * term for term in terms[1:]), start=W * terms[0]) + b
    return nested, collapsed


def backpropagation(layers: int) -> tuple[Expression, Expression]:
    """The gradient by the input, and the same by the recursion through the layers."""
    sizes = dims(" ".join(f"d_{layer}" for layer in range(layers + 1)))
    x = vector("x", sizes[0])
    inner: Expression = x
    steps = []
    for layer in range(layers):
        W, b = matrix(f"W_{layer}", sizes[layer + 1], sizes[layer]), vector(f"b_{layer}", sizes[layer + 1])
        before = define(f"z_{layer}", W * inner + b)
        inner = f(before)
        steps.append((W, before))
    output = define("y", inner)
    J = loss("J", output)
    upstream: Expression = grad(J, output)
    for W, before in reversed(steps):
        upstream = W.T * (diag(f.derivative(before)) * upstream)
    return grad(J, x), upstream


def nested_sums(sums: int) -> tuple[Expression, Expression]:
    """A power of a sum, and the same as that many nested sums."""
    (n,) = dims("n")
    x, over = vector("x", n), [index(letter, n) for letter in "abcdefgh"[:sums]]
    body: Expression = x[over[0]]
    for each in over[1:]:
        body = body * x[each]
    for each in over:
        body = sum_over(each, body)
    return total(x) ** sums, body
