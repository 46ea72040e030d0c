"""Any number of affine layers f_l = W_l f_{l-1} + b_l without a nonlinearity: one affine layer says the same."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    ascending,
    descending,
    dims,
    equal,
    family,
    indices,
    jacobian,
    recursion,
    sum_over,
    vector,
    widths,
)

L, n = dims("L n")
D = widths("D")
l, j = indices("l j", L)
x = vector("x", D(0))

# W_l has a row for each output of its layer
W = family("W", lambda l: (D(l), D(l - 1)))
b = family("b", lambda l: (D(l), 1))
f = recursion("f", x, lambda l: W(l) * f(l - 1) + b(l), lambda l: (D(l), 1))
biases = sum_over(j, descending(l, W(l), L, j + 1) * b(j))

collapse = Claim(
    "Affine layers of any number collapse to one, each bias being carried through all layers above its own.",
    equal(f(L), descending(l, W(l), L, 1) * x + biases),
    source=sources.bishop_2006,
)
sums_for_products = Mistake(
    "The weights are added.",
    of=collapse,
    answer=sum_over(l, W(l)) * x + biases,
    expect=Misshapen,
)
biases_not_carried = Mistake(
    "The biases are added as they are.",
    of=collapse,
    answer=descending(l, W(l), L, 1) * x + sum_over(j, b(j)),
    expect=Misshapen,
)
biases_lost = Mistake("The biases are lost.", of=collapse, answer=descending(l, W(l), L, 1) * x)
wrong_order = Mistake(
    "The weights are in the order of the layers.",
    of=collapse,
    answer=ascending(l, W(l), 1, L) * x + biases,
    expect=Misshapen,
)
own_layer_too = Mistake(
    "Each bias passes its own layer too.",
    of=collapse,
    answer=descending(l, W(l), L, 1) * x + sum_over(j, descending(l, W(l), L, j) * b(j)),
    expect=Misshapen,
)

slope = Claim(
    "The Jacobian of the stack is the product of its weights.",
    equal(jacobian(f(L), x), descending(l, W(l), L, 1)),
    source=sources.rumelhart_1986,
)
first_layer_forgotten = Mistake(
    "The first layer is forgotten.", of=slope, answer=descending(l, W(l), L, 2), expect=Misshapen
)

# W_l has a row for each input of its layer
V = family("W", lambda l: (D(l - 1), D(l)))
g = recursion("f", x, lambda l: V(l).T * g(l - 1) + b(l), lambda l: (D(l), 1))
transposed_biases = sum_over(j, descending(l, V(l).T, L, j + 1) * b(j))

transposed_collapse = Claim(
    "So do layers W_l^T x + b_l.",
    equal(g(L), descending(l, V(l).T, L, 1) * x + transposed_biases),
    source=sources.bishop_2006,
)
sums_of_transposes = Mistake(
    "Sums stand for the products.",
    of=transposed_collapse,
    answer=sum_over(l, V(l).T) * x + transposed_biases,
    expect=Misshapen,
)
transposes_forgotten = Mistake(
    "The transposes are forgotten.",
    of=transposed_collapse,
    answer=descending(l, V(l), L, 1) * x + transposed_biases,
    expect=Misshapen,
)

product_of_transposes = Claim(
    "The transposes multiply to the transpose of the product in the order of the layers.",
    equal(descending(l, V(l).T, L, 1), ascending(l, V(l), 1, L).T),
)
order_kept = Mistake(
    "The transpose keeps the order.",
    of=product_of_transposes,
    answer=ascending(l, V(l).T, 1, L).T,
    expect=Misshapen,
)

# all layers of one width, where every product has a shape
A = family("A", (n, n))
c = family("c", (n, 1))
y = vector("x", n)
h = recursion("h", y, lambda l: A(l) * h(l - 1) + c(l), (n, 1))
carried = sum_over(j, descending(l, A(l), L, j + 1) * c(j))

square_collapse = Claim(
    "The same for layers of one width.",
    equal(h(L), descending(l, A(l), L, 1) * y + carried),
    source=sources.bishop_2006,
)
square_sums = Mistake(
    "Sums stand for the products: with two layers A_2 + A_1 for A_2 A_1.",
    of=square_collapse,
    answer=sum_over(l, A(l)) * y + carried,
)
square_order = Mistake(
    "The weights are in the order of the layers.", of=square_collapse, answer=ascending(l, A(l), 1, L) * y + carried
)
square_biases = Mistake(
    "The biases are added as they are.",
    of=square_collapse,
    answer=descending(l, A(l), L, 1) * y + sum_over(j, c(j)),
)
own_layer = Mistake(
    "Each bias passes its own layer too.",
    of=square_collapse,
    answer=descending(l, A(l), L, 1) * y + sum_over(j, descending(l, A(l), L, j) * c(j)),
)
