"""Residual layers a_l = a_{l-1} + f(z_l), z_l = W_l a_{l-1} + b_l: what is passed back has two ways at every layer."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    definition,
    descending,
    diag,
    dims,
    equal,
    family,
    function,
    grad,
    hadamard,
    identity,
    index,
    jacobian,
    loss,
    recursion,
    vector,
)

L, d = dims("L d")
f = function("f")
x = vector("x", d)
W, b = family("W", (d, d)), family("b", (d, 1))
z = definition("z", lambda l: W(l) * a(l - 1) + b(l))
a = recursion("a", x, lambda l: a(l - 1) + f(z(l)), (d, 1))
J = loss("J", a(L))
l, before_last = index("l", L), index("l", L - 1)

chain_of_jacobians = Claim(
    "Each layer adds its Jacobian to the identity.",
    equal(jacobian(a(L), x), descending(l, identity(d) + diag(f.derivative(z(l))) * W(l), L, 1)),
    source=sources.he_2016,
)
without_the_identity = Mistake(
    "The way past the layer is forgotten.",
    of=chain_of_jacobians,
    answer=descending(l, diag(f.derivative(z(l))) * W(l), L, 1),
)

value_gradient = Claim(
    "The gradient by the values is that of the next layer, and what passes through its weights.",
    equal(grad(J, a(before_last)), grad(J, a(before_last + 1)) + W(before_last + 1).T * grad(J, z(before_last + 1))),
    source=sources.he_2016,
)
through_the_weights_only = Mistake(
    "One of two ways is forgotten.", of=value_gradient, answer=W(before_last + 1).T * grad(J, z(before_last + 1))
)
past_the_weights_only = Mistake("The other one is forgotten.", of=value_gradient, answer=grad(J, a(before_last + 1)))

error = Claim(
    "The error before f is the gradient by the values times the slope.",
    equal(grad(J, z(l)), hadamard(grad(J, a(l)), f.derivative(z(l)))),
    source=sources.he_2016,
)
slope_forgotten = Mistake("The slope is forgotten.", of=error, answer=grad(J, a(l)))

weight_gradient = Claim(
    "The weights receive the error times the values before.",
    equal(grad(J, W(l)), grad(J, z(l)) * a(l - 1).T),
    source=sources.he_2016,
)
values_for_the_error = Mistake(
    "The gradient by the values stands for the error.", of=weight_gradient, answer=grad(J, a(l)) * a(l - 1).T
)
