"""The affine layer y = W^T x + b, W with a row for each input; delta = dJ/dy arrives from above."""

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
    loss,
    matrix,
    matrix_of,
    sum_over,
    vector,
    vector_of,
    vjp,
)

# k outputs, d inputs
k, d = dims("k d")
W, x, b = matrix("W", d, k), vector("x", d), vector("b", k)
y = define("y", W.T * x + b)
J = loss("J", y)
upstream = vector(r"\delta", k)
error = define(r"\delta", grad(J, y))
i, j, p, n = index("i", d), index("j", k), index("p", d), index("n", k)

weight_gradient = Claim(
    "Shaped like W, the gradient is the outer product of input and upstream.",
    equal(vjp(y, W, upstream=upstream), x * upstream.T),
    source=sources.rumelhart_1986,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_gradient, answer=upstream * x.T, expect=Misshapen)
sign_flipped = Mistake("The sign is flipped.", of=weight_gradient, answer=-x * upstream.T)

weight_gradient_entries = Claim(
    "An entry of W reaches the loss through one output only.",
    equal(
        diff(J, W[i, j]),
        sum_over(n, diff(J, y[n]) * diff(y[n], W[i, j])),
        sum_over(n, error[n] * diff(sum_over(p, x[p] * W[p, n]) + b[n], W[i, j])),
        error[j] * diff(sum_over(p, x[p] * W[p, j]) + b[j], W[i, j]),
        error[j] * x[i],
    ),
    source=sources.rumelhart_1986,
)
summed_over_outputs = Mistake(
    "Every output counts, as if the weight were shared.",
    of=weight_gradient_entries,
    answer=x[i] * sum_over(n, error[n]),
)
all_inputs_count = Mistake(
    "The inputs are added up: the index of the sum is taken for that of the weight.",
    of=weight_gradient_entries,
    answer=error[j] * sum_over(p, x[p]),
)

weight_gradient_of_a_loss = Claim(
    "The matrix of the derivatives by the entries is the outer product.",
    equal(grad(J, W), matrix_of(i, j, diff(J, W[i, j])), matrix_of(i, j, error[j] * x[i]), x * error.T),
    source=sources.lecun_1998,
)
rows_and_columns_swapped = Mistake(
    "Rows and columns are swapped.",
    of=weight_gradient_of_a_loss,
    answer=matrix_of(j, i, error[j] * x[i]),
    expect=Misshapen,
)
output_for_upstream = Mistake("The output stands for delta.", of=weight_gradient_of_a_loss, answer=x * y.T)

weight_gradient_transposed = Claim(
    "In the other layout, a row for each output, it is the transpose.",
    equal(grad(J, W).T, error * x.T, matrix_of(j, i, error[j] * x[i])),
    source=sources.magnus_neudecker_1988,
)
layout_kept = Mistake("The layout is kept.", of=weight_gradient_transposed, answer=x * error.T, expect=Misshapen)

weight_gradient_shape = Claim("It is shaped like W.", has_shape(grad(J, W), (d, k)), source=sources.lecun_1998)
shaped_like_the_transpose = Mistake(
    "It is shaped like the transpose.", of=weight_gradient_shape, answer=(k, d), expect=Misshapen
)

input_gradient = Claim(
    "The input receives the upstream gradient through the weights as they are.",
    equal(vjp(y, x, upstream=upstream), W * upstream),
    source=sources.rumelhart_1986,
)
transposed_again = Mistake(
    "The weights are transposed again.", of=input_gradient, answer=W.T * upstream, expect=Misshapen
)
a_row_for_a_column = Mistake("The row for the column.", of=input_gradient, answer=upstream.T * W.T, expect=Misshapen)
output_for_delta = Mistake("The output stands for delta.", of=input_gradient, answer=W * y)

input_gradient_entries = Claim(
    "An input reaches the loss through every output.",
    equal(
        diff(J, x[i]),
        sum_over(j, diff(J, y[j]) * diff(y[j], x[i])),
        sum_over(j, error[j] * diff(sum_over(p, x[p] * W[p, j]) + b[j], x[i])),
        sum_over(j, error[j] * W[i, j]),
    ),
    source=sources.rumelhart_1986,
)
factor_pulled_out = Mistake(
    "A factor leaves the sum that binds its index.",
    of=input_gradient_entries,
    answer=error[j] * sum_over(j, W[i, j]),
    expect=Misshapen,
)
sum_over_the_inputs = Mistake(
    "The sum runs over the inputs of W.",
    of=input_gradient_entries,
    answer=sum_over(j, error[j] * sum_over(p, W[p, j])),
)

input_gradient_of_a_loss = Claim(
    "The column of the derivatives by the entries is the product with the weights.",
    equal(grad(J, x), vector_of(i, sum_over(j, error[j] * W[i, j])), W * error),
    source=sources.lecun_1998,
)
sums_multiplied = Mistake(
    "The sum of products is taken for the product of sums.",
    of=input_gradient_of_a_loss,
    answer=vector_of(i, sum_over(j, error[j]) * sum_over(j, W[i, j])),
)

input_gradient_transposed = Claim(
    "In the other layout it is a row.",
    equal(grad(J, x).T, (W * error).T, error.T * W.T),
    source=sources.magnus_neudecker_1988,
)
column_kept = Mistake("It is left a column.", of=input_gradient_transposed, answer=W * error, expect=Misshapen)

input_gradient_shape = Claim("It is shaped like x.", has_shape(grad(J, x), (d, 1)), source=sources.lecun_1998)
shaped_as_a_row = Mistake("It is a row.", of=input_gradient_shape, answer=(1, d), expect=Misshapen)

bias_gradient = Claim(
    "The bias receives the upstream gradient as it is.",
    equal(vjp(y, b, upstream=upstream), upstream),
    source=sources.rumelhart_1986,
)
weights_times_delta = Mistake("The weights have no part in it.", of=bias_gradient, answer=W.T * W * upstream)
row_for_the_bias = Mistake("A row for the column.", of=bias_gradient, answer=upstream.T, expect=Misshapen)

bias_gradient_entries = Claim(
    "A bias reaches the loss through its own output.",
    equal(
        diff(J, b[n]),
        sum_over(j, diff(J, y[j]) * diff(y[j], b[n])),
        sum_over(j, error[j] * diff(sum_over(p, x[p] * W[p, j]) + b[j], b[n])),
        error[n],
    ),
    source=sources.rumelhart_1986,
)
all_outputs = Mistake("Every output counts.", of=bias_gradient_entries, answer=sum_over(j, error[j]))

bias_gradient_of_a_loss = Claim(
    "The column of the derivatives by the entries is delta.",
    equal(grad(J, b), vector_of(j, diff(J, b[j])), error),
    source=sources.lecun_1998,
)
ones_for_delta = Mistake(
    "The derivative of the output stands alone.", of=bias_gradient_of_a_loss, answer=vector_of(j, 1)
)

bias_gradient_transposed = Claim(
    "In the other layout it is a row.",
    equal(grad(J, b).T, error.T),
    source=sources.magnus_neudecker_1988,
)
bias_column_kept = Mistake("It is left a column.", of=bias_gradient_transposed, answer=error, expect=Misshapen)

bias_gradient_shape = Claim("It is shaped like b.", has_shape(grad(J, b), (k, 1)), source=sources.lecun_1998)
shaped_like_the_input = Mistake("It is shaped like the input.", of=bias_gradient_shape, answer=(d, 1), expect=Misshapen)
