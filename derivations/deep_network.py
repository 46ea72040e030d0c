"""A network of any depth: z_l = W_l a_{l-1} + b_l, a_l = f(z_l), and what is passed back through it."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    ascending,
    definition,
    descending,
    diag,
    dims,
    equal,
    family,
    function,
    grad,
    hadamard,
    index,
    jacobian,
    loss,
    matrix,
    recursion,
    vector,
    widths,
)

(L,) = dims("L")
D = widths("D")
f = function("f")
x = vector("x", D(0))
W = family("W", lambda l: (D(l), D(l - 1)))
b = family("b", lambda l: (D(l), 1))
z = definition("z", lambda l: W(l) * a(l - 1) + b(l))
a = recursion("a", x, lambda l: f(z(l)), lambda l: (D(l), 1))
J = loss("J", a(L))
l, before_last = index("l", L), index("l", L - 1)


chain_of_jacobians = Claim(
    "The Jacobian of the network is the product of those of its layers, the last layer first.",
    equal(jacobian(a(L), x), descending(l, diag(f.derivative(z(l))) * W(l), L, 1)),
    source=sources.rumelhart_1986,
)
slopes_forgotten = Mistake("The slopes are forgotten.", of=chain_of_jacobians, answer=descending(l, W(l), L, 1))
slope_of_the_value = Mistake(
    "The slope is taken at the value, not before it.",
    of=chain_of_jacobians,
    answer=descending(l, diag(f.derivative(a(l))) * W(l), L, 1),
)
order_of_the_layers = Mistake(
    "The layers are in the order in which they compute.",
    of=chain_of_jacobians,
    answer=ascending(l, diag(f.derivative(z(l))) * W(l), 1, L),
    expect=Misshapen,
)
regrouped = Mistake(
    "Slopes and weights are multiplied apart, as if matrices could change places.",
    of=chain_of_jacobians,
    answer=descending(l, diag(f.derivative(z(l))), L, 1) * descending(l, W(l), L, 1),
    expect=Misshapen,
)

last_error = Claim(
    "The error of the last layer is the gradient by its values times the slope.",
    equal(grad(J, z(L)), hadamard(grad(J, a(L)), f.derivative(z(L)))),
    source=sources.rumelhart_1986,
)
last_slope_forgotten = Mistake("The slope is forgotten.", of=last_error, answer=grad(J, a(L)))

error_of_a_layer = Claim(
    "The error of a layer is that of the next one, through its weights turned round, times the slope.",
    equal(
        grad(J, z(before_last)),
        hadamard(W(before_last + 1).T * grad(J, z(before_last + 1)), f.derivative(z(before_last))),
    ),
    source=sources.rumelhart_1986,
)
not_turned_round = Mistake(
    "The weights are not transposed.",
    of=error_of_a_layer,
    answer=hadamard(W(before_last + 1) * grad(J, z(before_last + 1)), f.derivative(z(before_last))),
    expect=Misshapen,
)
weights_of_the_own_layer = Mistake(
    "The weights are those of the layer itself.",
    of=error_of_a_layer,
    answer=hadamard(W(before_last).T * grad(J, z(before_last + 1)), f.derivative(z(before_last))),
    expect=Misshapen,
)
slope_of_the_next_layer = Mistake(
    "The slope is that of the next layer.",
    of=error_of_a_layer,
    answer=W(before_last + 1).T * hadamard(grad(J, z(before_last + 1)), f.derivative(z(before_last + 1))),
)
no_slope = Mistake(
    "The slope is forgotten.", of=error_of_a_layer, answer=W(before_last + 1).T * grad(J, z(before_last + 1))
)
value_for_slope = Mistake(
    "The value stands for the slope.",
    of=error_of_a_layer,
    answer=hadamard(W(before_last + 1).T * grad(J, z(before_last + 1)), a(before_last)),
)

weight_gradient = Claim(
    "The weights of a layer receive its error times the values of the layer before.",
    equal(grad(J, W(l)), grad(J, z(l)) * a(l - 1).T),
    source=sources.rumelhart_1986,
)
factors_swapped = Mistake(
    "The factors are swapped.", of=weight_gradient, answer=a(l - 1) * grad(J, z(l)).T, expect=Misshapen
)
own_values = Mistake(
    "The values are those of the layer itself.",
    of=weight_gradient,
    answer=grad(J, z(l)) * a(l).T,
    expect=Misshapen,
)
values_not_errors = Mistake(
    "The gradient by the values stands for the error.", of=weight_gradient, answer=grad(J, a(l)) * a(l - 1).T
)

bias_gradient = Claim(
    "The bias of a layer receives its error.",
    equal(grad(J, b(l)), grad(J, z(l))),
    source=sources.rumelhart_1986,
)
gradient_by_the_values = Mistake("The slope is forgotten.", of=bias_gradient, answer=grad(J, a(l)))

value_gradient = Claim(
    "The values of a layer receive the error of the next through its weights.",
    equal(grad(J, a(before_last)), W(before_last + 1).T * grad(J, z(before_last + 1))),
    source=sources.rumelhart_1986,
)
through_the_values = Mistake(
    "The next layer's slope is forgotten.",
    of=value_gradient,
    answer=W(before_last + 1).T * grad(J, a(before_last + 1)),
)

# rows of examples: z_l = a_{l-1} W_l + b_l
m = index("l", L)
R = family("W", lambda l: (D(l - 1), D(l)))
r = family("b", lambda l: (1, D(l)))
s = definition("z", lambda l: h(l - 1) * R(l) + r(l))
x_row = matrix("x", 1, D(0))
h = recursion("a", x_row, lambda l: f(s(l)), lambda l: (1, D(l)))
K = loss("J", h(L))

row_weight_gradient = Claim(
    "In rows the weights receive the values of the layer before, turned round, times the error.",
    equal(grad(K, R(m)), h(m - 1).T * grad(K, s(m))),
    source=sources.rumelhart_1986,
)
row_factors_swapped = Mistake(
    "The factors are those for columns.", of=row_weight_gradient, answer=grad(K, s(m)) * h(m - 1).T, expect=Misshapen
)

row_error = Claim(
    "In rows the error passes the weights of the next layer from the right.",
    equal(
        grad(K, s(before_last)),
        hadamard(grad(K, s(before_last + 1)) * R(before_last + 1).T, f.derivative(s(before_last))),
    ),
    source=sources.rumelhart_1986,
)
row_weights_not_turned = Mistake(
    "The weights are not transposed.",
    of=row_error,
    answer=hadamard(grad(K, s(before_last + 1)) * R(before_last + 1), f.derivative(s(before_last))),
    expect=Misshapen,
)
