"""Linear layers without a nonlinearity between them: one linear layer says the same."""

from derivations import sources
from verify import Claim, Misshapen, Mistake, define, dims, equal, matrix, vector

d_0, d_1, d_2 = dims("d_0 d_1 d_2")
x = vector("x", d_0)
W_1, b_1 = matrix("W_1", d_1, d_0), vector("b_1", d_1)
W_2, b_2 = matrix("W_2", d_2, d_1), vector("b_2", d_2)

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
