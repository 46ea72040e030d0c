"""The affine layer y = W x + b, and what a loss J of y sends back through it; delta = dJ/dy arrives from above."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    define,
    diff,
    dims,
    equal,
    grad,
    index,
    loss,
    matrix,
    sum_over,
    vector,
    vjp,
)

m, n = dims("m n")
W, x, b = matrix("W", m, n), vector("x", n), vector("b", m)
y = define("y", W * x + b)
J = loss("J", y)
upstream = vector(r"\delta", m)
delta = define(r"\delta", grad(J, y))
i, j, k = index("i", m), index("j", n), index("k", m)

weight_gradient = Claim(
    "Shaped like W, the gradient is the outer product of upstream and input.",
    equal(vjp(y, W, upstream=upstream), upstream * x.T),
    source=sources.rumelhart_1986,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_gradient, answer=x * upstream.T, expect=Misshapen)
inner_for_outer = Mistake(
    "Without the transpose the product does not exist.", of=weight_gradient, answer=upstream * x, expect=Misshapen
)
sign_flipped = Mistake("The sign is flipped.", of=weight_gradient, answer=-upstream * x.T)

weight_gradient_of_a_loss = Claim("The same with the upstream gradient of a loss.", equal(grad(J, W), delta * x.T))
output_for_input = Mistake(
    "The output stands for the input.", of=weight_gradient_of_a_loss, answer=delta * y.T, expect=Misshapen
)

weight_gradient_entries = Claim(
    "An entry of W reaches the loss through one output only.",
    equal(
        diff(J, W[i, j]),
        sum_over(k, diff(J, y[k]) * diff(y[k], W[i, j])),
        diff(J, y[i]) * diff(y[i], W[i, j]),
        delta[i] * x[j],
    ),
    source=sources.rumelhart_1986,
)
weight_for_input = Mistake("The weight stands for the input.", of=weight_gradient_entries, answer=delta[i] * W[i, j])
summed_over_outputs = Mistake(
    "Every output counts, as if the weight were shared.",
    of=weight_gradient_entries,
    answer=sum_over(k, delta[k]) * x[j],
)

input_gradient = Claim(
    "The input receives the upstream gradient through the transposed weights.",
    equal(vjp(y, x, upstream=upstream), W.T * upstream),
    source=sources.rumelhart_1986,
)
not_transposed = Mistake("The weights are not transposed.", of=input_gradient, answer=W * upstream, expect=Misshapen)
a_row_for_a_column = Mistake("The row for the column.", of=input_gradient, answer=(W.T * upstream).T, expect=Misshapen)
bias_counted = Mistake("The bias has no part in it.", of=input_gradient, answer=W.T * (upstream + b))

input_gradient_entries = Claim(
    "An input reaches the loss through every output.",
    equal(diff(J, x[j]), sum_over(i, diff(J, y[i]) * diff(y[i], x[j])), sum_over(i, delta[i] * W[i, j])),
)
factor_pulled_out = Mistake(
    "A factor leaves the sum that binds its index.",
    of=input_gradient_entries,
    answer=delta[i] * sum_over(i, W[i, j]),
    expect=Misshapen,
)
sum_pulled_apart = Mistake(
    "The sum of products is taken for the product of sums.",
    of=input_gradient_entries,
    answer=sum_over(i, delta[i]) * sum_over(i, W[i, j]),
)

bias_gradient = Claim(
    "The bias receives the upstream gradient as it is.",
    equal(vjp(y, b, upstream=upstream), upstream),
    source=sources.rumelhart_1986,
)
input_times_delta = Mistake("The input has no part in it.", of=bias_gradient, answer=W * x)
transposed_bias = Mistake("A row for the column.", of=bias_gradient, answer=upstream.T, expect=Misshapen)

bias_gradient_entries = Claim(
    "A bias reaches the loss through its own output.",
    equal(diff(J, b[i]), diff(J, y[i]) * diff(y[i], b[i]), delta[i]),
)
all_outputs = Mistake("Every output counts.", of=bias_gradient_entries, answer=sum_over(k, delta[k]))
