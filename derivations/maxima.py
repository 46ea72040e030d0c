"""The largest of some values: what it does with sums, factors and functions that grow."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    dims,
    equal,
    exp,
    index,
    less,
    log,
    matrix,
    max_over,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    vector,
)

m, n = dims("m n")
x, b, W, c = vector("x", n), vector("b", m), matrix("W", m, n), scalar("c")
i, j, p = index("i", n), index("j", n), index("p", m)
largest, smallest = max_over(i, x[i]), -max_over(i, -x[i])
mass = sum_over(j, exp(x[j]))
positive = less(0, c)

of_the_exponentials = Claim(
    "The largest of the exponentials is that of the largest entry.", equal(max_over(i, exp(x[i])), exp(largest))
)
of_their_sum = Mistake("It is taken for the sum.", of=of_the_exponentials, answer=mass)
of_the_smallest = Mistake("It is taken at the smallest entry.", of=of_the_exponentials, answer=exp(smallest))

of_the_logarithms = Claim(
    "The largest logarithm is that of the largest entry.",
    equal(max_over(i, log(x[i])), log(largest)),
    given=(less(0, x),),
)
logarithm_forgotten = Mistake("The logarithm is forgotten.", of=of_the_logarithms, answer=largest)

of_the_logistic_values = Claim(
    "So it is with the logistic function, which grows.",
    equal(max_over(i, sigma(x[i])), sigma(largest)),
)
mirrored = Mistake("The argument has the wrong sign.", of=of_the_logistic_values, answer=sigma(-largest))

of_falling_values = Claim(
    "Of the mirrored values, which fall, the largest is at the smallest entry.",
    equal(max_over(i, sigma(-x[i])), max_over(i, 1 - sigma(x[i])), 1 - sigma(smallest)),
)
taken_to_grow = Mistake("They are taken to grow.", of=of_falling_values, answer=1 - sigma(largest))

of_the_hyperbolic_tangents = Claim("The hyperbolic tangent grows, too.", equal(max_over(i, tanh(x[i])), tanh(largest)))
taken_to_be_linear = Mistake("It is taken to be linear.", of=of_the_hyperbolic_tangents, answer=largest)

scaled = Claim(
    "A positive factor leaves a maximum.",
    equal(max_over(i, c * x[i]), c * largest),
    given=(positive,),
    source=sources.boyd_2004,
)
of_any_factor = Mistake("A factor of any sign is taken out.", of=scaled, answer=c * largest, given=(less(c, 1),))
scaled_by_a_negative = Claim(
    "A negative factor turns a maximum into a minimum.",
    equal(max_over(i, -c * x[i]), -c * smallest),
    given=(positive,),
)
maximum_kept = Mistake("The maximum stays one.", of=scaled_by_a_negative, answer=-c * largest)

shifted = Claim(
    "What is added to every entry is added to the largest.",
    equal(max_over(i, x[i] + c), largest + c),
    source=sources.blanchard_2021,
)
added_for_every_entry = Mistake("It is counted for every entry.", of=shifted, answer=largest + n * c)

largest_shifted = Claim(
    "After the shift by the largest entry, the largest exponential is 1.",
    equal(max_over(i, exp(x[i] - max_over(j, x[j]))), 1),
    source=sources.blanchard_2021,
)
largest_is_zero = Mistake("It is taken for the largest exponent.", of=largest_shifted, answer=0)

most_probable = Claim(
    "The largest entry of a softmax is one over the sum of the shifted exponentials.",
    equal(max_over(i, softmax(x)[i]), exp(largest) / mass, 1 / sum_over(j, exp(x[j] - largest))),
    source=sources.blanchard_2021,
)
not_normalized = Mistake("It is taken for 1.", of=most_probable, answer=1)
sign_of_the_shift = Mistake(
    "The shift has the wrong sign.", of=most_probable, answer=1 / sum_over(j, exp(x[j] + largest))
)

at_a_temperature = Claim(
    "So it is at any positive temperature.",
    equal(max_over(i, softmax(x / c)[i]), exp(largest / c) / sum_over(j, exp(x[j] / c))),
    given=(positive,),
    source=sources.goodfellow_2016,
)
of_negative_temperature = Mistake(
    "A negative temperature turns the order round.",
    of=at_a_temperature,
    answer=exp(largest / c) / sum_over(j, exp(x[j] / c)),
    given=(less(c, 0),),
)

either_order = Claim(
    "The largest entry of a matrix is found by rows or by columns.",
    equal(max_over(p, max_over(i, W[p, i])), max_over(i, max_over(p, W[p, i]))),
)
largest_of_the_first_row = Mistake("The first row alone is looked at.", of=either_order, answer=max_over(i, W[1, i]))

of_two = Claim(
    "The largest sum of an entry of one vector and one of another is the sum of the largest.",
    equal(max_over(p, max_over(i, b[p] + x[i])), max_over(p, b[p]) + largest),
)
at_one_index = Mistake("The two are taken at one index.", of=of_two, answer=max_over(i, x[i] + x[i]), given=())

offset_by_rows = Claim(
    "An offset for each row stays with its row.",
    equal(max_over(p, b[p] + max_over(i, W[p, i])), max_over(i, max_over(p, W[p, i] + b[p]))),
)
offset_apart = Mistake(
    "The offset is maximized apart.",
    of=offset_by_rows,
    answer=max_over(p, b[p]) + max_over(i, max_over(p, W[p, i])),
)

scaled_by_zero = Claim(
    "A factor that may be 0 leaves a maximum as well.",
    equal(max_over(i, c * x[i]), c * largest),
    given=(at_least(c, 0),),
    source=sources.boyd_2004,
)
smallest_taken = Mistake("The smallest entry is taken.", of=scaled_by_zero, answer=c * smallest)

grown_together = Claim(
    "What grows with an entry is added up where the entry is largest.",
    equal(max_over(i, x[i] + exp(x[i])), largest + exp(largest)),
)
one_of_them_falls = Mistake(
    "One of the two falls.",
    of=grown_together,
    answer=equal(max_over(i, x[i] + exp(-x[i])), largest + exp(-largest)),
)

of_the_log_probabilities = Claim(
    "The logarithm of the logistic function grows, too.",
    equal(max_over(i, x[i] - log(1 + exp(x[i]))), largest - log(1 + exp(largest))),
)
taken_twice = Mistake(
    "With the softplus counted twice it does not.",
    of=of_the_log_probabilities,
    answer=equal(max_over(i, x[i] - 2 * log(1 + exp(x[i]))), largest - 2 * log(1 + exp(largest))),
)
