"""The softmax of a vector x: softmax(x)_i = e^(x_i) / sum_j e^(x_j)."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    define,
    dims,
    equal,
    exp,
    index,
    max_over,
    scalar,
    sigma,
    softmax,
    sum_over,
    vector,
    vector_of,
)

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
factor_counted_at_every_entry = Mistake(
    "The common factor is added up over the entries instead of pulled out.",
    of=translation_invariance,
    answer=exp(c) * exp(x[i]) / (n * exp(c) * sum_over(j, exp(x[j]))),
)

common_factor = Claim(
    "The common factor cancels as a fraction of its own.",
    equal(
        softmax(x + c)[i],
        exp(c) * exp(x[i]) / (exp(c) * sum_over(j, exp(x[j]))),
        exp(c) / exp(c) * (exp(x[i]) / sum_over(j, exp(x[j]))),
        softmax(x)[i],
    ),
    source=sources.goodfellow_2016,
)
factor_kept = Mistake("The factor is kept.", of=common_factor, answer=exp(c) * softmax(x)[i])

invariance_as_vectors = Claim(
    "The softmax of a vector and of the vector with a number added are one vector.",
    equal(
        softmax(x + c),
        vector_of(i, exp(c) * exp(x[i]) / sum_over(j, exp(c) * exp(x[j]))),
        vector_of(i, exp(c) * exp(x[i]) / (exp(c) * sum_over(j, exp(x[j])))),
        vector_of(i, exp(x[i]) / sum_over(j, exp(x[j]))),
        softmax(x),
    ),
)
shifted_afterwards = Mistake("The number is added to the softmax.", of=invariance_as_vectors, answer=softmax(x) + c)

shifted_exponential = Claim("A number added to the exponent is a factor.", equal(exp(x[i] + c), exp(x[i]) * exp(c)))
sum_for_product = Mistake("The exponentials are added.", of=shifted_exponential, answer=exp(x[i]) + exp(c))

sum_of_shifted_exponentials = Claim(
    "A number added to every exponent is a factor of the sum.",
    equal(
        sum_over(j, exp(x[j] + c)),
        sum_over(j, exp(x[j]) * exp(c)),
        exp(c) * sum_over(j, exp(x[j])),
    ),
)
exponential_of_the_sum = Mistake(
    "The exponential of a sum is taken for a sum of exponentials.",
    of=sum_of_shifted_exponentials,
    answer=sum_over(j, exp(x[j]) + exp(c)),
)
exponential_forgotten = Mistake(
    "The number leaves the exponent as it is.",
    of=sum_of_shifted_exponentials,
    answer=c * sum_over(j, exp(x[j])),
)

largest = max_over(j, x[j])
shift_by_the_maximum = Claim(
    "With the largest entry taken off every entry, the softmax is what it was.",
    equal(
        softmax(x - largest)[i],
        exp(x[i] - largest) / sum_over(j, exp(x[j] - largest)),
        softmax(x)[i],
    ),
    source=sources.blanchard_2021,
)
shifted_above_only = Mistake(
    "The shift is made in the numerator only.",
    of=shift_by_the_maximum,
    answer=exp(x[i] - largest) / sum_over(j, exp(x[j])),
)
scaled_by_the_maximum = Mistake(
    "The entries are scaled by the largest one.", of=shift_by_the_maximum, answer=softmax(largest * x)[i]
)

weights = define("s", exp(x))
mass = define("S", sum_over(j, exp(x[j])))
three_steps = Claim(
    "First the weights s_i = e^(x_i), then their sum S, then each weight over S.",
    equal(softmax(x)[i], weights[i] / mass, 1 / mass * weights[i]),
    source=sources.bridle_1990,
)
entry_for_its_weight = Mistake("The entry stands for its weight.", of=three_steps, answer=1 / mass * x[i])
turned_over = Mistake("The fraction is turned over.", of=three_steps, answer=mass / weights[i])

sums_to_one = Claim(
    "The entries of the softmax add up to one.",
    equal(
        sum_over(i, softmax(x)[i]),
        sum_over(i, exp(x[i]) / sum_over(j, exp(x[j]))),
        sum_over(i, exp(x[i])) / sum_over(j, exp(x[j])),
        1,
    ),
    source=sources.bridle_1990,
)
sums_to_the_dimension = Mistake(
    "The sum is taken for the number of entries, as if each were one.", of=sums_to_one, answer=n
)
one_entry_for_the_sum = Mistake("An average entry stands for the sum.", of=sums_to_one, answer=1 / n)

pair = vector("x", 2)
two_classes = Claim(
    "With two classes, the softmax is the logistic function of the difference.",
    equal(
        softmax(pair)[1],
        exp(pair[1]) / (exp(pair[1]) + exp(pair[2])),
        1 / (1 + exp(pair[2] - pair[1])),
        sigma(pair[1] - pair[2]),
    ),
    source=sources.bishop_2006,
)
difference_turned_round = Mistake("The difference is turned round.", of=two_classes, answer=sigma(pair[2] - pair[1]))
other_class_forgotten = Mistake("The other class is forgotten.", of=two_classes, answer=sigma(pair[1]))

second_of_two_classes = Claim(
    "The second class has what the first leaves.",
    equal(softmax(pair)[2], 1 - softmax(pair)[1], 1 - sigma(pair[1] - pair[2]), sigma(pair[2] - pair[1])),
    source=sources.bishop_2006,
)
same_as_the_first = Mistake("The first class once more.", of=second_of_two_classes, answer=sigma(pair[1] - pair[2]))
