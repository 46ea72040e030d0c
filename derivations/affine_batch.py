"""The affine layer for a batch, Y = X W + 1 b: a row for each of N examples; Delta = dJ/dY arrives from above."""

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
    ones,
    row,
    sum_over,
    vjp,
)

# d inputs, m outputs, N examples
N, d, m = dims("N d m")
X, W, b = matrix("X", N, d), matrix("W", d, m), row("b", m)
Y = define("Y", X * W + ones(N) * b)
J = loss("J", Y)
upstream = matrix(r"\Delta", N, m)
error = define(r"\Delta", grad(J, Y))
i, j, k, r, t = index("i", d), index("j", m), index("k", m), index("r", N), index("t", N)

weight_gradient = Claim(
    "The gradient by the shared weights adds up the outer products of all examples.",
    equal(vjp(Y, W, upstream=upstream), X.T * upstream),
    source=sources.goodfellow_2016,
)
factors_swapped = Mistake("The factors are swapped.", of=weight_gradient, answer=upstream.T * X, expect=Misshapen)
not_transposed = Mistake("The inputs are not transposed.", of=weight_gradient, answer=X * upstream, expect=Misshapen)
averaged = Mistake("The examples are averaged.", of=weight_gradient, answer=X.T * upstream / N)

weight_gradient_entries = Claim(
    "An entry of W reaches the loss through one output of every example.",
    equal(
        diff(J, W[i, j]),
        sum_over(r, sum_over(k, diff(J, Y[r, k]) * diff(Y[r, k], W[i, j]))),
        sum_over(r, diff(J, Y[r, j]) * diff(Y[r, j], W[i, j])),
        sum_over(r, error[r, j] * X[r, i]),
    ),
    source=sources.goodfellow_2016,
)
sum_pulled_apart = Mistake(
    "The sum of products is taken for the product of sums.",
    of=weight_gradient_entries,
    answer=sum_over(r, error[r, j]) * sum_over(r, X[r, i]),
)
one_example = Mistake("The first example stands for all.", of=weight_gradient_entries, answer=error[1, j] * X[1, i])

weight_gradient_of_a_loss = Claim(
    "The matrix of the derivatives by the entries is that product.",
    equal(
        grad(J, W),
        matrix_of(i, j, diff(J, W[i, j])),
        matrix_of(i, j, sum_over(r, X[r, i] * error[r, j])),
        X.T * error,
    ),
    source=sources.goodfellow_2016,
)
output_for_delta = Mistake("The output stands for Delta.", of=weight_gradient_of_a_loss, answer=X.T * Y)

weight_gradient_transposed = Claim(
    "In the other layout, a row for each output, it is the transpose.",
    equal(grad(J, W).T, error.T * X),
    source=sources.magnus_neudecker_1988,
)
layout_kept = Mistake("The layout is kept.", of=weight_gradient_transposed, answer=X.T * error, expect=Misshapen)

weight_gradient_shape = Claim("It is shaped like W.", has_shape(grad(J, W), (d, m)), source=sources.goodfellow_2016)
shaped_by_the_examples = Mistake(
    "It has a row for each example.", of=weight_gradient_shape, answer=(N, m), expect=Misshapen
)

input_gradient = Claim(
    "Each input receives its own row of the upstream gradient through the transposed weights.",
    equal(vjp(Y, X, upstream=upstream), upstream * W.T),
    source=sources.goodfellow_2016,
)
weights_not_transposed = Mistake(
    "The weights are not transposed.", of=input_gradient, answer=upstream * W, expect=Misshapen
)
order_of_columns = Mistake("The order is that for columns.", of=input_gradient, answer=W.T * upstream, expect=Misshapen)
inputs_averaged = Mistake("The examples are averaged.", of=input_gradient, answer=upstream * W.T / N)

input_gradient_entries = Claim(
    "An input of an example reaches the loss through every output of that example.",
    equal(
        diff(J, X[r, i]),
        sum_over(t, sum_over(j, diff(J, Y[t, j]) * diff(Y[t, j], X[r, i]))),
        sum_over(j, diff(J, Y[r, j]) * diff(Y[r, j], X[r, i])),
        sum_over(j, error[r, j] * W[i, j]),
    ),
    source=sources.goodfellow_2016,
)
examples_mixed = Mistake(
    "The examples are added up.",
    of=input_gradient_entries,
    answer=sum_over(t, sum_over(j, error[t, j] * W[i, j])),
)

input_gradient_of_a_loss = Claim(
    "The matrix of the derivatives by the entries is that product.",
    equal(grad(J, X), matrix_of(r, i, sum_over(j, error[r, j] * W[i, j])), error * W.T),
    source=sources.goodfellow_2016,
)
sign_flipped = Mistake("The sign is flipped.", of=input_gradient_of_a_loss, answer=-error * W.T)

input_gradient_transposed = Claim(
    "In the other layout, a column for each example, it is the transpose.",
    equal(grad(J, X).T, W * error.T),
    source=sources.magnus_neudecker_1988,
)
rows_kept = Mistake("The layout is kept.", of=input_gradient_transposed, answer=error * W.T, expect=Misshapen)

input_gradient_shape = Claim("It is shaped like X.", has_shape(grad(J, X), (N, d)), source=sources.goodfellow_2016)
shaped_like_the_output = Mistake(
    "It is shaped like the output.", of=input_gradient_shape, answer=(N, m), expect=Misshapen
)

bias_gradient = Claim(
    "The shared bias receives the rows of the upstream gradient added up.",
    equal(vjp(Y, b, upstream=upstream), ones(N).T * upstream),
    source=sources.goodfellow_2016,
)
rows_not_added = Mistake("The rows are not added up.", of=bias_gradient, answer=upstream, expect=Misshapen)
bias_averaged = Mistake("The rows are averaged.", of=bias_gradient, answer=ones(N).T * upstream / N)
columns_added = Mistake(
    "The columns are added up, not the rows.", of=bias_gradient, answer=upstream * ones(m), expect=Misshapen
)

bias_gradient_entries = Claim(
    "A bias reaches the loss through its own output of every example.",
    equal(
        diff(J, b[j]),
        sum_over(r, sum_over(k, diff(J, Y[r, k]) * diff(Y[r, k], b[j]))),
        sum_over(r, diff(J, Y[r, j]) * diff(Y[r, j], b[j])),
        sum_over(r, error[r, j]),
    ),
    source=sources.goodfellow_2016,
)
counted_n_times = Mistake("One example is counted N times.", of=bias_gradient_entries, answer=N * error[1, j])
everything_added = Mistake(
    "The outputs are added up too.", of=bias_gradient_entries, answer=sum_over(r, sum_over(k, error[r, k]))
)

bias_gradient_of_a_loss = Claim(
    "The row of the derivatives by the entries is 1^T Delta.",
    equal(grad(J, b), ones(N).T * error),
    source=sources.goodfellow_2016,
)
bias_sign = Mistake("The sign is flipped.", of=bias_gradient_of_a_loss, answer=-ones(N).T * error)

bias_gradient_transposed = Claim(
    "In the other layout it is a column.",
    equal(grad(J, b).T, error.T * ones(N)),
    source=sources.magnus_neudecker_1988,
)
bias_row_kept = Mistake("It is left a row.", of=bias_gradient_transposed, answer=ones(N).T * error, expect=Misshapen)

bias_gradient_shape = Claim("It is shaped like b.", has_shape(grad(J, b), (1, m)), source=sources.goodfellow_2016)
a_bias_per_example = Mistake("It has a row for each example.", of=bias_gradient_shape, answer=(N, m), expect=Misshapen)
