"""The softmax of a vector x: softmax(x)_i = e^(x_i) / sum_j e^(x_j)."""

from derivations import sources
from verify import Claim, Mistake, dims, equal, exp, index, scalar, softmax, sum_over, vector

(n,) = dims("n")
x, c = vector("x", n), scalar("c")
i, j = index("i", n), index("j", n)

translation_invariance = Claim(
    "Adding one number to every entry leaves the softmax as it was.",
    equal(
        softmax(x + c)[i],
        exp(x[i] + c) / sum_over(j, exp(x[j] + c)),
        exp(x[i]) * exp(c) / sum_over(j, exp(x[j]) * exp(c)),
        exp(x[i]) * exp(c) / (sum_over(j, exp(x[j])) * exp(c)),
        exp(x[i]) / sum_over(j, exp(x[j])),
        softmax(x)[i],
    ),
    source=sources.goodfellow_2016,
)
scaling_is_not_translation = Mistake(
    "The entries are scaled, not shifted.", of=translation_invariance, answer=softmax(2 * x)[i]
)
factor_left_in_the_denominator = Mistake(
    "The common factor is cancelled in the numerator only.",
    of=translation_invariance,
    answer=exp(x[i]) / (exp(c) * sum_over(j, exp(x[j]))),
)

sums_to_one = Claim(
    "The entries of the softmax add up to one.",
    equal(sum_over(i, softmax(x)[i]), 1),
    source=sources.bridle_1990,
)
sums_to_the_dimension = Mistake(
    "The sum is taken for the number of entries, as if each were one.", of=sums_to_one, answer=n
)

invariance_as_vectors = Claim(
    "The softmax of a vector and of the vector with a number added are one vector.",
    equal(softmax(x + c), softmax(x)),
)
shifted_afterwards = Mistake("The number is added to the softmax.", of=invariance_as_vectors, answer=softmax(x) + c)
one_entry_for_the_vector = Mistake("A single number stands for the vector.", of=sums_to_one, answer=1 / n)
