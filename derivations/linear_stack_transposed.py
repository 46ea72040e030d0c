"""Linear layers y = W^T x + b without a nonlinearity between them: W_l has a row for each input of its layer."""

from derivations import sources
from verify import Claim, Misshapen, Mistake, define, dims, equal, jacobian, matrix, vector

d_0, d_1, d_2, d_3, d_4, d_5 = dims("d_0 d_1 d_2 d_3 d_4 d_5")
x = vector("x", d_0)
W_1, b_1 = matrix("W_1", d_0, d_1), vector("b_1", d_1)
W_2, b_2 = matrix("W_2", d_1, d_2), vector("b_2", d_2)
W_3, b_3 = matrix("W_3", d_2, d_3), vector("b_3", d_3)
W_4, b_4 = matrix("W_4", d_3, d_4), vector("b_4", d_4)
W_5, b_5 = matrix("W_5", d_4, d_5), vector("b_5", d_5)
f_1 = W_1.T * x + b_1
f_2 = W_2.T * f_1 + b_2
f_3 = W_3.T * f_2 + b_3
f_4 = W_4.T * f_3 + b_4
f_5 = W_5.T * f_4 + b_5

two_layers = Claim(
    "Two layers collapse to one, with weights W_1 W_2 and bias W_2^T b_1 + b_2.",
    equal(
        f_2,
        W_2.T * W_1.T * x + W_2.T * b_1 + b_2,
        (W_1 * W_2).T * x + W_2.T * b_1 + b_2,
        define("W'", W_1 * W_2).T * x + define("b'", W_2.T * b_1 + b_2),
    ),
    source=sources.bishop_2006,
)
order_of_the_transposes = Mistake(
    "The transpose of a product keeps the order of its factors.",
    of=two_layers,
    answer=(W_2 * W_1).T * x + W_2.T * b_1 + b_2,
    expect=Misshapen,
)
not_transposed = Mistake(
    "The transposes are forgotten.", of=two_layers, answer=W_2 * W_1 * x + W_2 * b_1 + b_2, expect=Misshapen
)
first_bias_lost = Mistake("The first bias is lost.", of=two_layers, answer=W_2.T * W_1.T * x + b_2)

three_layers = Claim(
    "Three layers collapse to one.",
    equal(
        f_3,
        W_3.T * (W_2.T * W_1.T * x + W_2.T * b_1 + b_2) + b_3,
        W_3.T * W_2.T * W_1.T * x + W_3.T * W_2.T * b_1 + W_3.T * b_2 + b_3,
        (W_1 * W_2 * W_3).T * x + ((W_2 * W_3).T * b_1 + W_3.T * b_2 + b_3),
    ),
    source=sources.bishop_2006,
)
weights_added = Mistake(
    "Sums stand for the products, and the empty sum loses the last bias.",
    of=three_layers,
    answer=(W_1.T + W_2.T + W_3.T) * x + (W_2.T + W_3.T) * b_1 + W_3.T * b_2,
    expect=Misshapen,
)
second_bias_lost = Mistake(
    "The second bias is lost.", of=three_layers, answer=W_3.T * W_2.T * W_1.T * x + W_3.T * W_2.T * b_1 + b_3
)

four_layers = Claim(
    "Four layers collapse to one.",
    equal(
        f_4,
        W_4.T * W_3.T * W_2.T * W_1.T * x + W_4.T * W_3.T * W_2.T * b_1 + W_4.T * W_3.T * b_2 + W_4.T * b_3 + b_4,
        (W_1 * W_2 * W_3 * W_4).T * x + ((W_2 * W_3 * W_4).T * b_1 + (W_3 * W_4).T * b_2 + W_4.T * b_3 + b_4),
    ),
    source=sources.bishop_2006,
)
third_bias_not_carried = Mistake(
    "The third bias is not carried through the fourth layer.",
    of=four_layers,
    answer=(W_1 * W_2 * W_3 * W_4).T * x + (W_2 * W_3 * W_4).T * b_1 + (W_3 * W_4).T * b_2 + b_3 + b_4,
    expect=Misshapen,
)
sign_of_the_last_bias = Mistake(
    "The last bias is taken off.",
    of=four_layers,
    answer=(W_1 * W_2 * W_3 * W_4).T * x + (W_2 * W_3 * W_4).T * b_1 + (W_3 * W_4).T * b_2 + W_4.T * b_3 - b_4,
)

five_layers = Claim(
    "Five layers collapse to one.",
    equal(
        f_5,
        (W_1 * W_2 * W_3 * W_4 * W_5).T * x
        + (W_2 * W_3 * W_4 * W_5).T * b_1
        + (W_3 * W_4 * W_5).T * b_2
        + (W_4 * W_5).T * b_3
        + W_5.T * b_4
        + b_5,
    ),
    source=sources.bishop_2006,
)
weights_only = Mistake("All biases are lost.", of=five_layers, answer=(W_1 * W_2 * W_3 * W_4 * W_5).T * x)
transposed_one_by_one = Mistake(
    "The weights are transposed in the order in which they were.",
    of=five_layers,
    answer=W_1.T * W_2.T * W_3.T * W_4.T * W_5.T * x + b_5,
    expect=Misshapen,
)

slope = Claim(
    "The Jacobian of three layers is the product of their transposed weights, the last layer first.",
    equal(jacobian(f_3, x), W_3.T * W_2.T * W_1.T, (W_1 * W_2 * W_3).T),
    source=sources.rumelhart_1986,
)
product_of_the_weights = Mistake("It is transposed.", of=slope, answer=W_1 * W_2 * W_3, expect=Misshapen)
