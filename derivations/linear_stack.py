"""Linear layers y = W x + b without a nonlinearity between them: one linear layer says the same."""

from derivations import sources
from verify import Claim, Misshapen, Mistake, define, dims, equal, jacobian, matrix, vector

d_0, d_1, d_2, d_3, d_4, d_5 = dims("d_0 d_1 d_2 d_3 d_4 d_5")
x = vector("x", d_0)
W_1, b_1 = matrix("W_1", d_1, d_0), vector("b_1", d_1)
W_2, b_2 = matrix("W_2", d_2, d_1), vector("b_2", d_2)
W_3, b_3 = matrix("W_3", d_3, d_2), vector("b_3", d_3)
W_4, b_4 = matrix("W_4", d_4, d_3), vector("b_4", d_4)
W_5, b_5 = matrix("W_5", d_5, d_4), vector("b_5", d_5)
f_1 = W_1 * x + b_1
f_2 = W_2 * f_1 + b_2
f_3 = W_3 * f_2 + b_3
f_4 = W_4 * f_3 + b_4
f_5 = W_5 * f_4 + b_5

two_layers = Claim(
    "Two affine layers collapse to one, with weights W_2 W_1 and bias W_2 b_1 + b_2.",
    equal(
        W_2 * (W_1 * x + b_1) + b_2,
        W_2 * W_1 * x + W_2 * b_1 + b_2,
        define("W'", W_2 * W_1) * x + define("b'", W_2 * b_1 + b_2),
    ),
    source=sources.bishop_2006,
)
first_bias_lost = Mistake("The first bias is lost.", of=two_layers, answer=W_2 * W_1 * x + b_2)
first_bias_not_carried = Mistake(
    "The first bias is not carried through the second layer.",
    of=two_layers,
    answer=W_2 * W_1 * x + b_1 + b_2,
    expect=Misshapen,
)
wrong_order = Mistake(
    "The weights are in the wrong order.", of=two_layers, answer=W_1 * W_2 * x + W_2 * b_1 + b_2, expect=Misshapen
)
sum_for_product = Mistake(
    "The weights are added.", of=two_layers, answer=(W_2 + W_1) * x + W_2 * b_1 + b_2, expect=Misshapen
)

three_layers = Claim(
    "Three affine layers collapse to one.",
    equal(
        f_3,
        W_3 * (W_2 * W_1 * x + W_2 * b_1 + b_2) + b_3,
        W_3 * W_2 * W_1 * x + W_3 * W_2 * b_1 + W_3 * b_2 + b_3,
        W_3 * W_2 * W_1 * x + (W_3 * (W_2 * b_1 + b_2) + b_3),
    ),
    source=sources.bishop_2006,
)
biases_added = Mistake(
    "The biases are added as they are.", of=three_layers, answer=W_3 * W_2 * W_1 * x + b_1 + b_2 + b_3, expect=Misshapen
)
one_weight_short = Mistake(
    "The first bias passes the last layer only.",
    of=three_layers,
    answer=W_3 * W_2 * W_1 * x + W_3 * b_1 + W_3 * b_2 + b_3,
    expect=Misshapen,
)
weights_added = Mistake(
    "Sums stand for the products.",
    of=three_layers,
    answer=(W_1 + W_2 + W_3) * x + (W_2 + W_3) * b_1 + W_3 * b_2 + b_3,
    expect=Misshapen,
)
second_bias_lost = Mistake(
    "The second bias is lost.", of=three_layers, answer=W_3 * W_2 * W_1 * x + W_3 * W_2 * b_1 + b_3
)
last_bias_carried_too = Mistake(
    "The last bias is multiplied by weights too.",
    of=three_layers,
    answer=W_3 * (W_2 * W_1 * x + W_2 * b_1 + b_2 + b_3),
    expect=Misshapen,
)

four_layers = Claim(
    "Four affine layers collapse to one.",
    equal(
        f_4,
        W_4 * W_3 * W_2 * W_1 * x + W_4 * W_3 * W_2 * b_1 + W_4 * W_3 * b_2 + W_4 * b_3 + b_4,
        W_4 * W_3 * W_2 * W_1 * x + (W_4 * (W_3 * (W_2 * b_1 + b_2) + b_3) + b_4),
    ),
    source=sources.bishop_2006,
)
third_bias_not_carried = Mistake(
    "The third bias is not carried through the fourth layer.",
    of=four_layers,
    answer=W_4 * W_3 * W_2 * W_1 * x + W_4 * W_3 * W_2 * b_1 + W_4 * W_3 * b_2 + b_3 + b_4,
    expect=Misshapen,
)
last_bias_counted_twice = Mistake(
    "The last bias is counted twice.",
    of=four_layers,
    answer=W_4 * W_3 * W_2 * W_1 * x + W_4 * W_3 * W_2 * b_1 + W_4 * W_3 * b_2 + W_4 * b_3 + b_4 + b_4,
)

five_layers = Claim(
    "Five affine layers collapse to one.",
    equal(
        f_5,
        W_5 * W_4 * W_3 * W_2 * W_1 * x
        + W_5 * W_4 * W_3 * W_2 * b_1
        + W_5 * W_4 * W_3 * b_2
        + W_5 * W_4 * b_3
        + W_5 * b_4
        + b_5,
    ),
    source=sources.bishop_2006,
)
weights_only = Mistake("All biases are lost.", of=five_layers, answer=W_5 * W_4 * W_3 * W_2 * W_1 * x)
last_bias_alone = Mistake("Only the last bias is kept.", of=five_layers, answer=W_5 * W_4 * W_3 * W_2 * W_1 * x + b_5)
reversed_order = Mistake(
    "The weights are in the reverse order.",
    of=five_layers,
    answer=W_1 * W_2 * W_3 * W_4 * W_5 * x + b_5,
    expect=Misshapen,
)

slope = Claim(
    "The Jacobian of three layers is the product of their weights.",
    equal(jacobian(f_3, x), W_3 * W_2 * W_1),
    source=sources.rumelhart_1986,
)
transposed_product = Mistake("It is transposed.", of=slope, answer=W_1.T * W_2.T * W_3.T, expect=Misshapen)
