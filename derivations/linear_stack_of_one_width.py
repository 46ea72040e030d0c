"""Linear layers of one width: where every product and sum exists, the wrong ones are false by their values."""

from derivations import sources
from verify import Claim, Mistake, dims, equal, matrix, vector

(d,) = dims("d")
x = vector("x", d)
W_1, W_2, W_3 = matrix("W_1", d, d), matrix("W_2", d, d), matrix("W_3", d, d)
b_1, b_2, b_3 = vector("b_1", d), vector("b_2", d), vector("b_3", d)

one_layer = Claim(
    "The transposed weights of one layer act on its input, and its bias is added as it is.",
    equal(W_1.T * x + b_1, (x.T * W_1).T + b_1),
)
empty_sum = Mistake("Read as an empty sum, the factor of the bias is zero.", of=one_layer, answer=W_1.T * x + 0 * b_1)
not_transposed = Mistake("The transpose is forgotten.", of=one_layer, answer=W_1 * x + b_1)

two_layers = Claim(
    "Two layers collapse to one.",
    equal(W_2 * (W_1 * x + b_1) + b_2, W_2 * W_1 * x + W_2 * b_1 + b_2),
    source=sources.bishop_2006,
)
wrong_order = Mistake("The weights are in the wrong order.", of=two_layers, answer=W_1 * W_2 * x + W_2 * b_1 + b_2)
bias_not_carried = Mistake(
    "The first bias is not carried through the second layer.", of=two_layers, answer=W_2 * W_1 * x + b_1 + b_2
)
bias_through_its_own_layer = Mistake(
    "The first bias is carried through the first layer.", of=two_layers, answer=W_2 * W_1 * x + W_1 * b_1 + b_2
)
sum_for_product = Mistake("The weights are added.", of=two_layers, answer=(W_1 + W_2) * x + W_2 * b_1 + b_2)
transposed = Mistake("The weights are transposed.", of=two_layers, answer=(W_2 * W_1).T * x + W_2 * b_1 + b_2)

two_layers_transposed = Claim(
    "Two layers with transposed weights collapse to one.",
    equal(
        W_2.T * (W_1.T * x + b_1) + b_2, W_2.T * W_1.T * x + W_2.T * b_1 + b_2, (W_1 * W_2).T * x + W_2.T * b_1 + b_2
    ),
    source=sources.bishop_2006,
)
transposes_not_reversed = Mistake(
    "The transpose of a product keeps the order of its factors.",
    of=two_layers_transposed,
    answer=(W_2 * W_1).T * x + W_2.T * b_1 + b_2,
)
sums_for_products = Mistake(
    "Sums stand for the products, and the empty sum loses the last bias.",
    of=two_layers_transposed,
    answer=(W_1.T + W_2.T) * x + W_2.T * b_1 + 0 * b_2,
)

three_layers = Claim(
    "Three layers collapse to one.",
    equal(
        W_3 * (W_2 * (W_1 * x + b_1) + b_2) + b_3,
        W_3 * W_2 * W_1 * x + W_3 * W_2 * b_1 + W_3 * b_2 + b_3,
    ),
    source=sources.bishop_2006,
)
reversed_order = Mistake(
    "The weights are in the reverse order.",
    of=three_layers,
    answer=W_1 * W_2 * W_3 * x + W_3 * W_2 * b_1 + W_3 * b_2 + b_3,
)
reversed_for_the_bias = Mistake(
    "The weights before the first bias are in the wrong order.",
    of=three_layers,
    answer=W_3 * W_2 * W_1 * x + W_2 * W_3 * b_1 + W_3 * b_2 + b_3,
)
biases_added = Mistake(
    "The biases are added as they are.", of=three_layers, answer=W_3 * W_2 * W_1 * x + b_1 + b_2 + b_3
)
one_weight_short = Mistake(
    "The first bias passes the last layer only.",
    of=three_layers,
    answer=W_3 * W_2 * W_1 * x + W_3 * b_1 + W_3 * b_2 + b_3,
)
weights_added = Mistake(
    "Sums stand for the products.",
    of=three_layers,
    answer=(W_1 + W_2 + W_3) * x + (W_2 + W_3) * b_1 + W_3 * b_2 + b_3,
)

three_layers_transposed = Claim(
    "Three layers with transposed weights collapse to one.",
    equal(
        W_3.T * (W_2.T * (W_1.T * x + b_1) + b_2) + b_3,
        W_3.T * W_2.T * W_1.T * x + W_3.T * W_2.T * b_1 + W_3.T * b_2 + b_3,
    ),
    source=sources.bishop_2006,
)
sums_and_the_empty_sum = Mistake(
    "Sums stand for the products, and the empty sum loses the last bias.",
    of=three_layers_transposed,
    answer=(W_1.T + W_2.T + W_3.T) * x + (W_2.T + W_3.T) * b_1 + W_3.T * b_2 + 0 * b_3,
)
transposes_forgotten = Mistake(
    "The transposes are forgotten.",
    of=three_layers_transposed,
    answer=W_3 * W_2 * W_1 * x + W_3 * W_2 * b_1 + W_3 * b_2 + b_3,
)
