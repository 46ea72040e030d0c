"""The affine layer for rows, y = x W + b; delta = dJ/dy, a row, arrives from above."""

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
    has_shape,
    index,
    jacobian,
    loss,
    matrix,
    matrix_of,
    row,
    sum_over,
    vjp,
)

# d inputs, m outputs
d, m = dims("d m")
W, x, b = matrix("W", d, m), row("x", d), row("b", m)
y = define("y", x * W + b)
J = loss("J", y)
upstream = row(r"\delta", m)
error = define(r"\delta", grad(J, y))
i, j, k = index("i", d), index("j", m), index("k", m)

weight_gradient = Claim(
    "Shaped like W, the gradient is the product of the input as a column and the upstream row.",
    equal(vjp(y, W, upstream=upstream), x.T * upstream),
    source=sources.glorot_2010,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_gradient, answer=upstream.T * x, expect=Misshapen)
inner_for_outer = Mistake(
    "Without the transpose the product does not exist.", of=weight_gradient, answer=x * upstream, expect=Misshapen
)
output_for_upstream = Mistake("The output stands for the upstream row.", of=weight_gradient, answer=x.T * y)

weight_gradient_entries = Claim(
    "An entry of W reaches the loss through one output only.",
    equal(
        diff(J, W[i, j]),
        sum_over(k, diff(J, y[k]) * diff(y[k], W[i, j])),
        diff(J, y[j]) * diff(y[j], W[i, j]),
        x[i] * error[j],
    ),
    source=sources.glorot_2010,
)
weight_for_input = Mistake("The weight stands for the input.", of=weight_gradient_entries, answer=W[i, j] * error[j])

weight_gradient_of_a_loss = Claim(
    "The matrix of the derivatives by the entries is that product.",
    equal(grad(J, W), matrix_of(i, j, diff(J, W[i, j])), matrix_of(i, j, x[i] * error[j]), x.T * error),
    source=sources.glorot_2010,
)
outputs_added = Mistake(
    "The upstream gradient is added up.",
    of=weight_gradient_of_a_loss,
    answer=matrix_of(i, j, x[i] * sum_over(k, error[k])),
)

weight_gradient_transposed = Claim(
    "In the other layout, a row for each output, it is the transpose.",
    equal(grad(J, W).T, error.T * x),
    source=sources.magnus_neudecker_1988,
)
layout_kept = Mistake("The layout is kept.", of=weight_gradient_transposed, answer=x.T * error, expect=Misshapen)

weight_gradient_shape = Claim("It is shaped like W.", has_shape(grad(J, W), (d, m)), source=sources.lecun_1998)
shaped_like_the_transpose = Mistake(
    "It is shaped like the transpose.", of=weight_gradient_shape, answer=(m, d), expect=Misshapen
)

input_gradient = Claim(
    "The input receives the upstream row through the transposed weights.",
    equal(vjp(y, x, upstream=upstream), upstream * W.T),
    source=sources.glorot_2010,
)
not_transposed = Mistake("The weights are not transposed.", of=input_gradient, answer=upstream * W, expect=Misshapen)
order_of_columns = Mistake("The order is that for columns.", of=input_gradient, answer=W.T * upstream, expect=Misshapen)
bias_taken_off = Mistake("The bias has no part in it.", of=input_gradient, answer=(upstream - b) * W.T)

input_gradient_entries = Claim(
    "An input reaches the loss through every output.",
    equal(
        diff(J, x[i]),
        sum_over(j, diff(J, y[j]) * diff(y[j], x[i])),
        sum_over(j, error[j] * W[i, j]),
        (error * W.T)[i],
    ),
    source=sources.glorot_2010,
)
sum_pulled_apart = Mistake(
    "The sum of products is taken for the product of sums.",
    of=input_gradient_entries,
    answer=sum_over(j, error[j]) * sum_over(j, W[i, j]),
)

input_gradient_of_a_loss = Claim(
    "It is the upstream row times the Jacobian, outputs as rows.",
    equal(grad(J, x), error * jacobian(y, x), error * W.T),
    source=sources.glorot_2010,
)
output_for_delta = Mistake("The output stands for delta.", of=input_gradient_of_a_loss, answer=y * W.T)

input_gradient_transposed = Claim(
    "In the other layout it is a column.",
    equal(grad(J, x).T, W * error.T),
    source=sources.magnus_neudecker_1988,
)
row_kept = Mistake("It is left a row.", of=input_gradient_transposed, answer=error * W.T, expect=Misshapen)

input_gradient_shape = Claim("It is shaped like x.", has_shape(grad(J, x), (1, d)), source=sources.lecun_1998)
shaped_as_a_column = Mistake("It is a column.", of=input_gradient_shape, answer=(d, 1), expect=Misshapen)

bias_gradient = Claim(
    "The bias receives the upstream row as it is.",
    equal(vjp(y, b, upstream=upstream), upstream),
    source=sources.glorot_2010,
)
transposed_bias = Mistake("A column for the row.", of=bias_gradient, answer=upstream.T, expect=Misshapen)

bias_gradient_entries = Claim(
    "A bias reaches the loss through its own output.",
    equal(diff(J, b[j]), sum_over(k, diff(J, y[k]) * diff(y[k], b[j])), diff(J, y[j]) * diff(y[j], b[j]), error[j]),
    source=sources.glorot_2010,
)
all_outputs = Mistake("Every output counts.", of=bias_gradient_entries, answer=sum_over(k, error[k]))

bias_gradient_of_a_loss = Claim(
    "It is delta times the identity: the row delta.",
    equal(grad(J, b), error * jacobian(y, b), error),
    source=sources.glorot_2010,
)
weights_for_the_jacobian = Mistake(
    "The Jacobian by the input stands for that by the bias.",
    of=bias_gradient_of_a_loss,
    answer=error * W.T,
    expect=Misshapen,
)

bias_gradient_shape = Claim("It is shaped like b.", has_shape(grad(J, b), (1, m)), source=sources.lecun_1998)
bias_as_a_column = Mistake("It is a column.", of=bias_gradient_shape, answer=(m, 1), expect=Misshapen)
