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
    has_shape,
    index,
    jacobian,
    loss,
    matrix,
    matrix_of,
    sum_over,
    vector,
    vector_of,
    vjp,
)

m, n = dims("m n")
W, x, b = matrix("W", m, n), vector("x", n), vector("b", m)
y = define("y", W * x + b)
J = loss("J", y)
upstream = vector(r"\delta", m)
error = define(r"\delta", grad(J, y))
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

weight_gradient_entries = Claim(
    "An entry of W reaches the loss through one output only.",
    equal(
        diff(J, W[i, j]),
        sum_over(k, diff(J, y[k]) * diff(y[k], W[i, j])),
        diff(J, y[i]) * diff(y[i], W[i, j]),
        error[i] * x[j],
    ),
    source=sources.rumelhart_1986,
)
weight_for_input = Mistake("The weight stands for the input.", of=weight_gradient_entries, answer=error[i] * W[i, j])
summed_over_outputs = Mistake(
    "Every output counts, as if the weight were shared.",
    of=weight_gradient_entries,
    answer=sum_over(k, error[k]) * x[j],
)

weight_gradient_of_a_loss = Claim(
    "The matrix of the derivatives by the entries is the outer product.",
    equal(grad(J, W), matrix_of(i, j, diff(J, W[i, j])), matrix_of(i, j, error[i] * x[j]), error * x.T),
    source=sources.lecun_1998,
)
rows_and_columns_swapped = Mistake(
    "Rows and columns are swapped.",
    of=weight_gradient_of_a_loss,
    answer=matrix_of(j, i, error[i] * x[j]),
    expect=Misshapen,
)
sum_of_the_factors = Mistake(
    "The factors are added.", of=weight_gradient_of_a_loss, answer=matrix_of(i, j, error[i] + x[j])
)
output_for_input = Mistake(
    "The output stands for the input.", of=weight_gradient_of_a_loss, answer=error * y.T, expect=Misshapen
)

weight_gradient_transposed = Claim(
    "In the other layout, a column for each output, it is the transpose.",
    equal(grad(J, W).T, x * error.T, matrix_of(j, i, error[i] * x[j])),
    source=sources.magnus_neudecker_1988,
)
layout_kept = Mistake("The layout is kept.", of=weight_gradient_transposed, answer=error * x.T, expect=Misshapen)

weight_gradient_shape = Claim("It is shaped like W.", has_shape(grad(J, W), (m, n)), source=sources.lecun_1998)
shaped_like_the_transpose = Mistake(
    "It is shaped like the transpose.", of=weight_gradient_shape, answer=(n, m), expect=Misshapen
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
    equal(diff(J, x[j]), sum_over(i, diff(J, y[i]) * diff(y[i], x[j])), sum_over(i, error[i] * W[i, j])),
    source=sources.rumelhart_1986,
)
factor_pulled_out = Mistake(
    "A factor leaves the sum that binds its index.",
    of=input_gradient_entries,
    answer=error[i] * sum_over(i, W[i, j]),
    expect=Misshapen,
)
sum_pulled_apart = Mistake(
    "The sum of products is taken for the product of sums.",
    of=input_gradient_entries,
    answer=sum_over(i, error[i]) * sum_over(i, W[i, j]),
)

input_gradient_of_a_loss = Claim(
    "The column of the derivatives by the entries is the product with the transposed weights.",
    equal(grad(J, x), vector_of(j, sum_over(i, error[i] * W[i, j])), W.T * error),
    source=sources.lecun_1998,
)
one_output_only = Mistake("One output only.", of=input_gradient_of_a_loss, answer=vector_of(j, error[1] * W[1, j]))

input_gradient_transposed = Claim(
    "In the other layout it is a row.",
    equal(grad(J, x).T, (W.T * error).T, error.T * W, error.T * jacobian(y, x)),
    source=sources.magnus_neudecker_1988,
)
column_kept = Mistake("It is left a column.", of=input_gradient_transposed, answer=W.T * error, expect=Misshapen)

input_gradient_shape = Claim("It is shaped like x.", has_shape(grad(J, x), (n, 1)), source=sources.lecun_1998)
shaped_like_the_output = Mistake(
    "It is shaped like the output.", of=input_gradient_shape, answer=(m, 1), expect=Misshapen
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
    equal(
        diff(J, b[i]),
        sum_over(k, diff(J, y[k]) * diff(y[k], b[i])),
        diff(J, y[i]) * diff(y[i], b[i]),
        error[i],
    ),
    source=sources.rumelhart_1986,
)
all_outputs = Mistake("Every output counts.", of=bias_gradient_entries, answer=sum_over(k, error[k]))

bias_gradient_of_a_loss = Claim(
    "The column of the derivatives by the entries is delta.",
    equal(grad(J, b), vector_of(i, diff(J, b[i])), error),
    source=sources.lecun_1998,
)
bias_for_delta = Mistake("The bias stands for delta.", of=bias_gradient_of_a_loss, answer=b)

bias_gradient_transposed = Claim(
    "In the other layout it is a row.", equal(grad(J, b).T, error.T), source=sources.magnus_neudecker_1988
)
bias_column_kept = Mistake("It is left a column.", of=bias_gradient_transposed, answer=error, expect=Misshapen)

bias_gradient_shape = Claim("It is shaped like b.", has_shape(grad(J, b), (m, 1)), source=sources.lecun_1998)
shaped_like_the_input = Mistake("It is shaped like the input.", of=bias_gradient_shape, answer=(n, 1), expect=Misshapen)
