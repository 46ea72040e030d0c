"""The affine layer in its four conventions: its outputs entry by entry, their shapes, and its Jacobians."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    delta,
    diff,
    dims,
    equal,
    has_shape,
    identity,
    index,
    jacobian,
    matrix,
    matrix_of,
    ones,
    row,
    sum_over,
    vector,
)

# d inputs, m outputs, N examples
d, m, N = dims("d m N")
i, a = index("i", m), index("a", m)
j = index("j", d)
r, t = index("r", N), index("t", N)

W, x, b = matrix("W", m, d), vector("x", d), vector("b", m)
y = W * x + b

column_entries = Claim(
    "In y = W x + b, an output is the inner product of a row of W with the input, and a bias.",
    equal(y[i], sum_over(j, W[i, j] * x[j]) + b[i]),
)
bias_summed = Mistake(
    "The bias is added for every input.", of=column_entries, answer=sum_over(j, W[i, j] * x[j] + b[i])
)
sums_multiplied = Mistake(
    "The sum of products is taken for the product of sums.",
    of=column_entries,
    answer=sum_over(j, W[i, j]) * sum_over(j, x[j]) + b[i],
)

column_shape = Claim("It is a column of m outputs.", has_shape(y, (m, 1)))
row_of_outputs = Mistake("A row for the column.", of=column_shape, answer=(1, m), expect=Misshapen)

column_weight_partials = Claim(
    "An output depends on the weights of its own row only.",
    equal(diff(y[a], W[i, j]), delta(a, i) * x[j]),
    source=sources.rumelhart_1986,
)
row_forgotten = Mistake("Every row counts.", of=column_weight_partials, answer=x[j])
weight_for_the_input = Mistake(
    "The weight stands for the input.", of=column_weight_partials, answer=delta(a, i) * W[i, j]
)

column_input_jacobian = Claim(
    "Its Jacobian by the input is W, outputs as rows.",
    equal(jacobian(y, x), matrix_of(i, j, diff(y[i], x[j])), W),
    source=sources.magnus_neudecker_1988,
)
inputs_as_rows = Mistake("The inputs are the rows.", of=column_input_jacobian, answer=W.T, expect=Misshapen)

column_input_jacobian_transposed = Claim(
    "With inputs as rows it is the transpose of W.",
    equal(jacobian(y, x).T, matrix_of(j, i, diff(y[i], x[j])), W.T),
    source=sources.magnus_neudecker_1988,
)
not_turned = Mistake("It is not turned.", of=column_input_jacobian_transposed, answer=W, expect=Misshapen)

column_bias_jacobian = Claim(
    "Its Jacobian by the bias is the identity.",
    equal(jacobian(y, b), matrix_of(i, a, diff(y[i], b[a])), identity(m)),
    source=sources.magnus_neudecker_1988,
)
ones_everywhere = Mistake("Every bias is added to every output.", of=column_bias_jacobian, answer=matrix_of(i, a, 1))

V = matrix("W", d, m)
z = V.T * x + b

transposed_entries = Claim(
    "In y = W^T x + b, an output is the inner product of a column of W with the input, and a bias.",
    equal(z[i], sum_over(j, x[j] * V[j, i]) + b[i]),
)
transposed_sums_multiplied = Mistake(
    "The sum of products is taken for the product of sums.",
    of=transposed_entries,
    answer=sum_over(j, x[j]) * sum_over(j, V[j, i]) + b[i],
)

transposed_shape = Claim("It is a column of m outputs.", has_shape(z, (m, 1)))
shape_of_the_input = Mistake("Its shape is that of the input.", of=transposed_shape, answer=(d, 1), expect=Misshapen)

transposed_partials = Claim(
    "The derivative by a weight is its input, where it is a weight of that output.",
    equal(diff(z[a], V[j, i]), delta(a, i) * x[j]),
    source=sources.rumelhart_1986,
)
column_forgotten = Mistake("Every column counts.", of=transposed_partials, answer=x[j])

own_weight_partial = Claim(
    "The derivative of an output by one of its own weights is the input of that weight.",
    equal(diff(z[i], V[j, i]), x[j]),
    source=sources.rumelhart_1986,
)
weight_for_its_input = Mistake("The weight stands for the input.", of=own_weight_partial, answer=V[j, i])

input_partial = Claim(
    "The derivative of an output by an input is the weight between them.",
    equal(diff(z[i], x[j]), V[j, i]),
    source=sources.rumelhart_1986,
)
input_for_its_weight = Mistake("The input stands for the weight.", of=input_partial, answer=x[j])
all_weights_of_the_input = Mistake("All weights of the input count.", of=input_partial, answer=sum_over(a, V[j, a]))

bias_partial = Claim(
    "The derivative of an output by its own bias is one.", equal(diff(z[i], b[i]), 1), source=sources.rumelhart_1986
)
bias_itself = Mistake("The bias itself is left.", of=bias_partial, answer=b[i])

transposed_input_jacobian = Claim(
    "Its Jacobian by the input is W^T, outputs as rows; with inputs as rows it is W.",
    equal(jacobian(z, x), matrix_of(i, j, diff(z[i], x[j])), V.T),
    source=sources.magnus_neudecker_1988,
)
weights_as_they_are = Mistake("The weights as they are.", of=transposed_input_jacobian, answer=V, expect=Misshapen)

u, g = row("x", d), row("b", m)
v = u * V + g

row_entries = Claim(
    "In y = x W + b, a row, an output is the product of the input with a column of W, and a bias.",
    equal(v[i], sum_over(j, u[j] * V[j, i]) + g[i]),
)
row_bias_forgotten = Mistake("The bias is forgotten.", of=row_entries, answer=sum_over(j, u[j] * V[j, i]))

row_shape = Claim("It is a row of m outputs.", has_shape(v, (1, m)))
column_of_outputs = Mistake("A column for the row.", of=row_shape, answer=(m, 1), expect=Misshapen)

row_input_jacobian = Claim(
    "Its Jacobian by the input, outputs as rows, is W^T.",
    equal(jacobian(v, u), matrix_of(i, j, diff(v[i], u[j])), V.T),
    source=sources.magnus_neudecker_1988,
)
row_weights_as_they_are = Mistake(
    "The weights as they are, in the other layout.", of=row_input_jacobian, answer=V, expect=Misshapen
)

row_input_jacobian_transposed = Claim(
    "With inputs as rows it is W.",
    equal(jacobian(v, u).T, matrix_of(j, i, diff(v[i], u[j])), V),
    source=sources.magnus_neudecker_1988,
)
row_layout_changed = Mistake("The layout has changed.", of=row_input_jacobian_transposed, answer=V.T, expect=Misshapen)

X = matrix("X", N, d)
Y = X * V + ones(N) * g

batch_entries = Claim(
    "In Y = X W + 1 b, each row is the output for the same row of X: the bias is added to every row.",
    equal(Y[r, i], sum_over(j, X[r, j] * V[j, i]) + g[i]),
)
bias_per_example = Mistake(
    "The bias is counted for every example.",
    of=batch_entries,
    answer=sum_over(j, X[r, j] * V[j, i]) + N * g[i],
)

batch_shape = Claim("It has a row for each example and a column for each output.", has_shape(Y, (N, m)))
examples_as_columns = Mistake("The examples are the columns.", of=batch_shape, answer=(m, N), expect=Misshapen)

batch_partials = Claim(
    "An output of an example depends on its own inputs, weights and bias.",
    equal(diff(Y[t, a], X[r, j]), delta(t, r) * V[j, a]),
    source=sources.glorot_2010,
)
examples_mixed = Mistake("The examples are mixed.", of=batch_partials, answer=V[j, a])

batch_weight_partials = Claim(
    "The weights are shared by all examples, not by the outputs.",
    equal(diff(Y[t, a], V[j, i]), delta(a, i) * X[t, j]),
    source=sources.glorot_2010,
)
summed_over_examples = Mistake(
    "The examples are added up too early.", of=batch_weight_partials, answer=delta(a, i) * sum_over(r, X[r, j])
)

batch_bias_partials = Claim(
    "A bias enters the output of every example once.",
    equal(diff(Y[t, a], g[i]), delta(a, i)),
    source=sources.glorot_2010,
)
counted_once_an_example = Mistake("It is counted N times.", of=batch_bias_partials, answer=N * delta(a, i))
