"""How many parameters a network with one hidden layer has, and the shape of each parameter and its gradient."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    cross_entropy,
    define,
    dims,
    equal,
    grad,
    has_shape,
    index,
    jacobian,
    matrix,
    row,
    sigma,
    softmax,
    sum_over,
)

# inputs, hidden units and outputs
D_x, H, D_y = dims("D_x H D_y")
x, y = row("x", D_x), row("y", D_y)
W_1, b_1 = matrix("W_1", D_x, H), row("b_1", H)
W_2, b_2 = matrix("W_2", H, D_y), row("b_2", D_y)
z = define("z", x * W_1 + b_1)
h = define("h", sigma(z))
predicted = define(r"\hat{y}", softmax(define(r"\theta", h * W_2 + b_2)))
J = cross_entropy(y, predicted)

count = Claim(
    "Weights and biases of both layers: H (1 + D_x) + D_y (1 + H).",
    equal(D_x * H + H + H * D_y + D_y, H * (1 + D_x) + D_y * (1 + H)),
    source=sources.bishop_2006,
)
hidden_units_only = Mistake("The hidden units are counted for the parameters.", of=count, answer=H)
without_biases = Mistake("The biases are forgotten.", of=count, answer=H * (D_x + D_y))
one_bias_per_layer = Mistake("Each layer has one bias.", of=count, answer=H * D_x + 1 + D_y * H + 1)
biases_of_the_inputs = Mistake(
    "The biases are counted for the inputs of each layer.", of=count, answer=D_x * (1 + H) + H * (1 + D_y)
)
layers_multiplied = Mistake(
    "The counts of the layers are multiplied.", of=count, answer=H * (1 + D_x) * (D_y * (1 + H))
)

i, j, k = index("i", D_x), index("j", H), index("k", D_y)
entries_of_a_matrix = Claim(
    "A matrix has as many entries as its rows times its columns.",
    equal(sum_over(i, sum_over(j, 1)), sum_over(i, H), D_x * H),
)
rows_and_columns_added = Mistake("Rows and columns are added.", of=entries_of_a_matrix, answer=D_x + H)

count_of_the_entries = Claim(
    "Counted one by one: every entry of W_1, b_1, W_2 and b_2.",
    equal(
        sum_over(i, sum_over(j, 1)) + sum_over(j, 1) + sum_over(j, sum_over(k, 1)) + sum_over(k, 1),
        H * (1 + D_x) + D_y * (1 + H),
    ),
    source=sources.bishop_2006,
)
each_sum_is_one = Mistake("The sum of ones is taken for one.", of=count_of_the_entries, answer=4)

M = dims("H_2")[0]
two_hidden_layers = Claim(
    "A second hidden layer of H_2 units adds its own weights and biases.",
    equal(
        D_x * H + H + (H * M + M) + M * D_y + D_y,
        H * (1 + D_x) + M * (1 + H) + D_y * (1 + M),
    ),
    source=sources.bishop_2006,
)
skipped = Mistake(
    "The output is connected to the first hidden layer.",
    of=two_hidden_layers,
    answer=H * (1 + D_x) + M * (1 + H) + D_y * (1 + H),
)

prediction_shape = Claim("The prediction is a row, as the target is.", has_shape(predicted, (1, D_y)))
prediction_as_a_column = Mistake("It is a column.", of=prediction_shape, answer=(D_y, 1), expect=Misshapen)

hidden_shape = Claim("The hidden values are a row of H.", has_shape(h, (1, H)))
hidden_as_wide_as_the_input = Mistake("It is as wide as the input.", of=hidden_shape, answer=(1, D_x), expect=Misshapen)

weight_1_shape = Claim("The first weights have a row for each input.", has_shape(W_1, (D_x, H)))
row_for_each_hidden_unit = Mistake(
    "They have a row for each hidden unit.", of=weight_1_shape, answer=(H, D_x), expect=Misshapen
)

bias_1_shape = Claim("The first bias is a row of H.", has_shape(b_1, (1, H)))
bias_of_the_input = Mistake("It is as wide as the input.", of=bias_1_shape, answer=(1, D_x), expect=Misshapen)

weight_2_shape = Claim("The second weights have a row for each hidden unit.", has_shape(W_2, (H, D_y)))
row_for_each_output = Mistake("They have a row for each output.", of=weight_2_shape, answer=(D_y, H), expect=Misshapen)

bias_2_shape = Claim("The second bias is a row of D_y.", has_shape(b_2, (1, D_y)))
bias_of_the_hidden_layer = Mistake(
    "It is as wide as the hidden layer.", of=bias_2_shape, answer=(1, H), expect=Misshapen
)

weight_1_gradient_shape = Claim(
    "A gradient is shaped like what it is by: the first weights.",
    has_shape(grad(J, W_1), (D_x, H)),
    source=sources.lecun_1998,
)
weight_1_turned = Mistake("It is transposed.", of=weight_1_gradient_shape, answer=(H, D_x), expect=Misshapen)

bias_1_gradient_shape = Claim("The first bias.", has_shape(grad(J, b_1), (1, H)), source=sources.lecun_1998)
bias_1_turned = Mistake("It is transposed.", of=bias_1_gradient_shape, answer=(H, 1), expect=Misshapen)

weight_2_gradient_shape = Claim("The second weights.", has_shape(grad(J, W_2), (H, D_y)), source=sources.lecun_1998)
weight_2_turned = Mistake("It is transposed.", of=weight_2_gradient_shape, answer=(D_y, H), expect=Misshapen)

bias_2_gradient_shape = Claim("The second bias.", has_shape(grad(J, b_2), (1, D_y)), source=sources.lecun_1998)
one_number = Mistake("It is one number.", of=bias_2_gradient_shape, answer=(), expect=Misshapen)

input_gradient_shape = Claim("The input.", has_shape(grad(J, x), (1, D_x)), source=sources.lecun_1998)
input_turned = Mistake("It is transposed.", of=input_gradient_shape, answer=(D_x, 1), expect=Misshapen)

jacobian_shape = Claim(
    "A Jacobian has the outputs as rows: of the prediction by the input.",
    has_shape(jacobian(predicted, x), (D_y, D_x)),
    source=sources.magnus_neudecker_1988,
)
inputs_as_rows = Mistake("The inputs are the rows.", of=jacobian_shape, answer=(D_x, D_y), expect=Misshapen)
